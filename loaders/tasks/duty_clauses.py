"""Where one statement changes its subject: *Sở X chủ trì …; Sở Tài chính bố trí kinh phí; UBND các xã thành lập …*."""

import re
from collections.abc import Sequence

from loaders.names.agency_index import AgencyIndex, split_words
from loaders.names.agency_names import AgencyMention
from loaders.tasks.duty_values import ends_with, group_mentions
from ontology.folding import fold

_SHARED_VERB = re.compile(
    r"\s+(?:tổ chức|tố chức|triển khai)(?:,? (?:triển khai|thực hiện))*\s+(?:thực hiện|dự án|các|nội dung)"
)
_ASIDE = re.compile(r"\s*(?:\([^()]{0,80}\)\s*)?")
_JOINED = re.compile(r"(?:với|cùng|gồm|là|:|,)\s*$")
_VERB_WINDOW = 40
# What may stand before the subject: when, and on what basis ("Hằng năm, các sở …", "Căn cứ Kế hoạch này, UBND các huyện …").
ADVERBIAL = re.compile(
    r"\W*(?:(?:hàng|hằng)\s+(?:năm|quý|tháng|tuần)|định kỳ|trước ngày|chậm nhất|trong|đến|từ|sau khi|ngay sau|căn cứ|trên cơ sở|theo|để|khi|đối với)"
    r"(?:\s[^;:.]{0,160})?,\s*"
)


def follows_verb(text: str, at: int, index: AgencyIndex) -> bool:
    """Tell whether a verb of duty follows at ``at`` (an aside in brackets may stand between)."""
    aside = _ASIDE.match(text, at)
    start = aside.end() if aside is not None else at
    words = split_words(text[start : start + _VERB_WINDOW])
    return bool(words) and not words[0].capital and bool(index.verbs.matches(words, 0))


def clause_starts(text: str, mentions: Sequence[AgencyMention], index: AgencyIndex) -> list[int]:
    """Return where a clause with a subject of its own begins: *…; Sở Tài chính bố trí kinh phí; UBND các xã thành lập …*.

    A semicolon right behind an agency may part a list as well; that, and the verb of such a list (*A; B tổ chức thực hiện*), begin
    nothing new.
    """
    starts = []
    folded = fold(text)
    lists = group_mentions(text, mentions)
    ends = {found.end: ends_with(_JOINED, folded, found.start) for found in lists}
    for found in lists:
        before = text[: found.start].rstrip()
        joined = ends.get(len(before.rstrip("; ")))  # None where no list ends at the semicolon
        if not before.endswith(";") or joined:
            continue
        shared = joined is not None and _SHARED_VERB.match(folded, found.end)
        if follows_verb(text, found.end, index) and not shared:
            starts.append(found.start)
    return starts


def opens_with_subject(text: str, mentions: Sequence[AgencyMention], index: AgencyIndex) -> bool:
    """Tell whether a statement begins with agencies and a verb of duty (*UBND các huyện chi trả trợ cấp …*)."""
    lists = group_mentions(text, mentions)
    if not lists or not follows_verb(text, lists[0].end, index):
        return False
    before = text[: lists[0].start]
    return not before.strip() or ADVERBIAL.fullmatch(fold(before)) is not None
