"""What a citation means where it stands: the relation that its words and its place give it, and what it does to its neighbours.

*Căn cứ* in the head makes a basis, *triển khai thực hiện* in title, preamble or purpose what the document implements, *kèm theo* in a caption its
instrument, *Đã hoàn thành (QĐ số …)* in a cell the product of a task. A mention inside the subject of another (*Quyết định 1705 … ban
hành Kế hoạch triển khai Nghị quyết số 24/2021/QH15*) is nested: the document only cites it, and the two are linked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from loaders.citations.citation_grammar import CitationGrammar, Cited
from loaders.citations.citation_zones import Zone
from loaders.text.passage import Passage
from ontology.folding import fold_plain_in_place
from ontology.records import Relation, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation in its place: the passage it was read from, the relation its words give, and whether it stands in another's subject."""

    cited: Cited
    passage: Passage
    relation: Relation
    zone: Zone
    nested: bool = False
    caption: bool = False

    @property
    def span(self) -> Span:
        """The stretch of the source it stands in; torn by a page break, its longest unbroken part."""
        stretches = self.passage.spans(self.cited.start, self.cited.end)
        return max(stretches, key=lambda s: s.end - s.start)


class Stated(NamedTuple):
    """That one mentioned document acts on another: indices into the mentions, or the name of a law inside a law's name."""

    subject: int
    relation: Relation
    object: int | str


class Stretch(NamedTuple):
    """A passage that may hold citations, with what its place means."""

    passage: Passage
    zone: Zone
    frame: Relation | None
    caption: bool
    before_title: bool = False


BARE = re.compile(r"[\s,;.)]*(?:(?:và|với|cùng|hoặc)\s+)?(?:(?:các|cùng|số)\s+)*$", re.IGNORECASE)
_NEW_ITEM = re.compile(r"(?:,|\svà|\scùng|\svới)\s+(?:các\s+)?$", re.IGNORECASE)
# "…, Bộ trưởng Bộ Y tế ban hành Kế hoạch …": after the bases, the sentence says what the issuer does.
_NEW_SENTENCE = re.compile(r",\s+(?=[A-ZĐÂÔƯ])[^;.,]{3,120}?\s(?:ban hành|xây dựng|đề ra|triển khai|yêu cầu)\s")
CLAUSE = re.compile(r";|\.(?=\s)")


def relate_citations(
    stretch: Stretch, found: list[Cited], grammar: CitationGrammar, items: list[Mention], stated: list[Stated]
) -> None:
    """Give each citation of a passage its relation, and note what the passage states between them."""
    text, first = stretch.passage.text, len(items)
    for cited in found:
        here = len(items)
        before = items[first:]
        between = text[before[-1].cited.end if before else 0 : cited.start]
        relation, nested, host = _standing(stretch, cited, before, between, grammar)
        passive = grammar.words.relation_passive(between) if before else None
        acting = _acting_on(here - 1, stated) if before and BARE.fullmatch(between) else None
        if passive is not None:
            acted = _acted_on(before, cited, text)
            relation, nested = before[acted].relation, before[acted].nested
            stated.append(Stated(here, passive, first + acted))
        elif acting is not None:
            stated.append(Stated(here, *acting))
        elif nested and host is not None:
            acts = _acts(text, before[host].cited, between, before, grammar)
            stated.append(Stated(first + host, acts, here))
        for law in cited.inner:
            stated.append(Stated(here, Relation.AMENDS, law))
        if (cited.type or "") and fold_plain_in_place(cited.type or "") in _plain_proposals(grammar):
            relation = Relation.CITES
        items.append(Mention(cited, stretch.passage, relation, stretch.zone, nested, stretch.caption))
        if not nested and relation is Relation.CITES and stretch.zone is not Zone.TABLE:
            after = grammar.words.relation_after(text[cited.end : cited.end + 60])
            if after is not None:
                items[here] = replace(items[here], relation=after)


def _acted_on(before: Sequence[Mention], cited: Cited, text: str) -> int:
    """Return which mention *được sửa đổi, bổ sung bởi* speaks of: of one nested in another's subject and that other, the one of the same type.

    In *Nghị định A quy định chi tiết Luật L, được sửa đổi bởi Nghị định B* a decree amends the decree, not the law.
    """
    last = before[-1]
    if last.nested and last.cited.type != cited.type:
        for i in range(len(before) - 2, max(-1, len(before) - 2 - _DEPTH), -1):
            one = before[i]
            if CLAUSE.search(text[one.cited.end : cited.start]):
                break
            if not one.nested and one.cited.type == cited.type:
                return i
    return _first_of_same(before)


def _first_of_same(before: Sequence[Mention]) -> int:
    """Return the first mention in the passage of the document mentioned last (*Nghị định A (gọi tắt là Nghị định A), được sửa đổi bởi …*)."""
    number = before[-1].cited.number
    return next((i for i, one in enumerate(before) if number and one.cited.number == number), len(before) - 1)


def _acting_on(index: int, stated: Sequence[Stated]) -> tuple[Relation, int | str] | None:
    """Return what a mention does to one before it (*A … được sửa đổi bởi B và C*: C does what B does)."""
    for one in reversed(stated):
        if one.subject == index and isinstance(one.object, int) and one.object < index:
            return one.relation, one.object
    return None


def _plain_proposals(grammar: CitationGrammar) -> frozenset[str]:
    return frozenset(fold_plain_in_place(word) for word in grammar.words.proposals)


def _standing(
    stretch: Stretch, cited: Cited, before: Sequence[Mention], between: str, grammar: CitationGrammar
) -> tuple[Relation, bool, int | None]:
    """Return the relation of a citation, whether it is nested, and the index (in ``before``) of its host."""
    if before and BARE.fullmatch(between) and not CLAUSE.search(between):
        last = before[-1]
        return last.relation, last.nested, _host(before, last.cited) if last.nested else None
    new_clause = bool(CLAUSE.search(between) or _NEW_SENTENCE.search(between))
    host = _host(before, cited)
    if host is not None and cited.number is not None and before[host].cited.number == cited.number:
        host = None
    elif host is None and before and stretch.frame is Relation.BASED_ON and not _ABBREVIATED.search(between):
        host = len(before) - 1  # a subject that begins with no known word
    aside = _ASIDE.match(between) is not None and grammar.words.relation_before(between) in _ACTS
    if before and host is None and aside:
        return Relation.CITES, True, len(before) - 1  # "Thông tư A (thay thế Thông tư B)"
    if host is not None and not new_clause:
        new_item = stretch.frame is Relation.BASED_ON and cited.date is not None and _NEW_ITEM.search(between)
        if not new_item:
            return Relation.CITES, True, host
        return stretch.frame or Relation.CITES, False, None
    lead = CLAUSE.split(between)[-1] if before else between
    if before and stretch.frame is None and BARE.fullmatch(lead) and (acted := _list_of_acted(before)) is not None:
        return acted, False, None
    return _own_relation(stretch, lead, bool(before), grammar), False, None


def _list_of_acted(before: Sequence[Mention]) -> Relation | None:
    """Return what is done to the documents of a list that a semicolon parts: *thay thế các Quyết định A …; Quyết định B …*."""
    last = next((one for one in reversed(before) if not one.nested), None)
    return last.relation if last is not None and last.relation in _ACTS else None


_DEPTH = 40
"""Mentions looked back at for the one whose subject goes on; no subject holds more."""


_ASIDE = re.compile(r"\s*\(")
_ACTS = frozenset({Relation.REPLACES, Relation.REPEALS, Relation.AMENDS})


def _host(before: Sequence[Mention], cited: Cited) -> int | None:
    """Return the latest mention whose subject goes on over ``cited``."""
    for i in range(len(before) - 1, max(-1, len(before) - 1 - _DEPTH), -1):
        one = before[i].cited
        if one.start < cited.start < one.topic and one is not cited:
            return i
    return None


def _own_relation(stretch: Stretch, lead: str, later: bool, grammar: CitationGrammar) -> Relation:
    """Return the relation of a citation that stands in nobody's subject, by the words of its clause before it."""
    words = grammar.words
    if stretch.caption:
        return Relation.ANNEX
    if _ABBREVIATED.search(lead):
        return Relation.CITES
    opening = words.opening_of(lead + " ") if not later else None
    flat = re.sub(r"[\s\-–+*•]+", " ", lead).strip().casefold()
    if stretch.frame is Relation.BASED_ON and later and _SUBJECT_AGAIN.match(flat):
        return Relation.CITES  # "Căn cứ Thông tư A …; Hướng dẫn thực hiện Quyết định B": the subject of A goes on
    if stretch.frame is not None and stretch.frame is not Relation.RESULT_DOCUMENT:
        starts_clause = flat in {"", "và", "các", "và các", "các văn bản", "số"} or opening is not None
        if stretch.frame is not Relation.BASED_ON or starts_clause or not _is_issuing(lead):
            return stretch.frame
    if stretch.frame is Relation.RESULT_DOCUMENT:
        return stretch.frame
    found = words.relation_of_list(lead) if lead.rstrip().endswith(":") else None
    found = found or words.relation_before(lead)
    if found is None or (found is Relation.ENSURES_IMPLEMENTATION_OF and stretch.zone not in _WHOLE_DOCUMENT):
        return Relation.CITES
    return found


_SUBJECT_AGAIN = re.compile(r"(?:về việc|hướng dẫn|quy định|sửa đổi|phê duyệt)\s")
_ABBREVIATED = re.compile(r"\((?:[Ss]au\s+đây\s+)?(?:được\s+)?(?:viết|gọi)\s+(?:tắt\s+)?(?:là|tắt)[^)]*$")
_WHOLE_DOCUMENT = frozenset({Zone.HEAD, Zone.PURPOSE, Zone.ARTICLE_1, Zone.ANNEX_HEAD})
_ISSUING = re.compile(
    r"(?:ban\s+hành|xây\s+dựng|triển\s+khai|đề\s+ra|yêu\s+cầu|đề\s+nghị|báo\s+cáo|hướng\s+dẫn|tổ\s+chức|thông\s+báo)\s",
    re.IGNORECASE,
)


def _is_issuing(lead: str) -> bool:
    """Tell whether a clause of the bases already says what the issuer does (*UBND huyện ban hành Kế hoạch thực hiện …*)."""
    return bool(_ISSUING.search(lead))


def _acts(text: str, host: Cited, between: str, before: Sequence[Mention], grammar: CitationGrammar) -> Relation:
    """Return what the host does to a document named in its subject."""
    if before and before[-1].nested and BARE.fullmatch(between):
        start = min(one.cited.start for one in before if one.nested and one.cited.start > host.start)
        between = text[host.end : start]
    return grammar.words.relation_before(between) or Relation.CITES
