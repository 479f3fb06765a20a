"""Every mention of another document, with its relation by the words and its place; no identities yet.

*Căn cứ* in the head makes a basis, *triển khai thực hiện* in title, preamble or purpose what the document implements, *kèm theo* in a caption its
instrument, *Đã hoàn thành (QĐ số …)* in a cell the product of a task. A mention inside the subject of another (*Quyết định 1705 … ban
hành Kế hoạch triển khai Nghị quyết số 24/2021/QH15*) is nested: the document only cites it, and the two are linked.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from loaders.blocks import Block, Paragraph, Table
from loaders.citation_grammar import CitationGrammar, Cited, find_numbered, plain_in_place
from loaders.citation_zones import Zone, ZoneReader
from loaders.columns import ColumnWords, name_columns
from loaders.law_names import find_laws
from loaders.passage import Passage, join_passages
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
        """The stretch of the source that holds the mention's number (or its name)."""
        stretches = self.passage.spans(self.cited.start, self.cited.end)
        return max(stretches, key=lambda s: s.end - s.start)


class Stated(NamedTuple):
    """That one mentioned document acts on another: indices into the mentions, or the name of a law inside a law's name."""

    subject: int
    relation: Relation
    object: int | str


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions of a document in the order of its text, and what the text states between them."""

    items: tuple[Mention, ...]
    stated: tuple[Stated, ...]


class _Stretch(NamedTuple):
    """A passage that may hold citations, with what its place means."""

    passage: Passage
    zone: Zone
    frame: Relation | None
    caption: bool
    before_title: bool = False


def find_citations(blocks: Sequence[Block], grammar: CitationGrammar, columns: ColumnWords) -> Mentions:
    """Return the mentions of documents in ``blocks``, tables included, and the links stated between them."""
    stretches = list(_stretches(blocks, grammar, columns))
    full = [_cited_in(stretch.passage.text, grammar) for stretch in stretches]
    serials = {(c.type, c.serial) for found in full for c in found if c.type and c.serial and c.number}
    items: list[Mention] = []
    stated: list[Stated] = []
    for stretch, found in zip(stretches, full, strict=True):
        if stretch.before_title:
            found = [one for one in found if not _is_whole(stretch.passage.text, one)]
        if serials:
            found = _with_short(stretch.passage.text, found, serials, grammar)
        if found:
            _relate(stretch, found, grammar, items, stated)
    return Mentions(tuple(items), tuple(stated))


def _cited_in(text: str, grammar: CitationGrammar) -> list[Cited]:
    laws = find_laws(text, grammar)
    numbered = [one for one in find_numbered(text, grammar) if not _is_own_number(text, one)]
    starts = [law.start for law in laws]
    kept = [one for one in numbered if not _inside(one, laws, starts)]
    return _with_shared_types(text, _with_shared_issuers(text, sorted([*laws, *kept], key=lambda cited: cited.start)))


def _inside(one: Cited, laws: Sequence[Cited], starts: Sequence[int]) -> bool:
    """Tell whether a number belongs to a law already read (*Luật Đầu tư công số 39/2019/QH14*)."""
    nearest = bisect_right(starts, one.end - 1) - 1
    return nearest >= 0 and laws[nearest].end > one.start


def _with_shared_types(text: str, found: list[Cited]) -> list[Cited]:
    """Give the type before a list to each of its numbers: *các Nghị quyết số 88/2019/QH14, 120/2020/QH14*."""
    for i in range(1, len(found)):
        one, above = found[i], found[i - 1]
        between = text[above.end : one.start]
        if one.type is None and _BARE.fullmatch(between) and not _CLAUSE.search(between):
            found[i] = replace(one, type=above.type)
    return found


def _with_shared_issuers(text: str, found: list[Cited]) -> list[Cited]:
    """Give the issuer behind a list to each of its documents: *Kết luận số 06-KL/TW ngày …, Chỉ thị số 40-CT/TW ngày … của Ban Bí thư*."""
    for i in range(len(found) - 2, -1, -1):
        one, following = found[i], found[i + 1]
        if (
            one.issuer is None
            and one.number
            and following.issuer is not None
            and one.symbols[-1:] == following.symbols[-1:]
        ):
            between = text[one.end : following.start]
            if one.subject is None and _BARE.fullmatch(between) and not _CLAUSE.search(between):
                found[i] = replace(one, issuer=following.issuer)
    return found


def _is_whole(text: str, cited: Cited) -> bool:
    """Tell whether a citation is all that a line of the masthead holds: *Luật số: 91/2025/QH15* is the law's own number."""
    return not re.search(r"[^\W_]", text[: cited.start] + text[cited.end :]) and not text.lstrip().startswith(
        ("-", "+")
    )


def _is_own_number(text: str, cited: Cited) -> bool:
    """Tell whether a number is that of a page's head: *Số: 293/QĐ-LĐTBXH*, with no type word and nothing behind it."""
    if cited.worded or cited.date is not None:
        return False
    plain = plain_in_place(text[: cited.start])
    return not re.search(r"[a-z]{2}", plain) or "hanh phuc" in plain or "viet nam" in plain


_SHORT_TAIL = re.compile(
    r"(?P<so>\s{1,3}(?:so\s{0,3}:?\s{0,3})?)(?P<serial>\d{1,5}[a-z]?)(?![\w%]|[.,/-]\d|\s?(?:/|nam\b|thang\b|trieu|ty\b|dong\b))"
)


def _with_short(text: str, found: list[Cited], serials: set[tuple[str, str]], grammar: CitationGrammar) -> list[Cited]:
    """Add mentions by type and serial alone (*Quyết định 1722*) where a fuller mention of the same stands in the document."""
    plain = plain_in_place(text)
    more: list[Cited] = []
    for word in grammar.type_word.finditer(plain):
        tail = _SHORT_TAIL.match(plain, word.end())
        if tail is None or not text[word.start()].isupper():
            continue
        type_, serial = grammar.types[" ".join(word.group().split())], tail["serial"]
        overlaps = any(c.start < tail.end() and word.start() < max(c.end, c.start + 1) for c in found)
        if (type_, serial) in serials and not overlaps:
            more.append(Cited(word.start(), tail.end(), None, type_, serial, topic=tail.end(), short=True))
    return sorted([*found, *more], key=lambda cited: cited.start) if more else found


def _stretches(blocks: Sequence[Block], grammar: CitationGrammar, columns: ColumnWords) -> Iterator[_Stretch]:
    zones = ZoneReader(grammar)
    for block in _joined(blocks):
        if isinstance(block, Table):
            kinds = name_columns(block.header, columns)
            zones.meet_table(block)
            for row in block.rows:
                for i, cell in enumerate(row.cells):
                    if cell.text:
                        product = i < len(kinds) and kinds[i] == "product"
                        done = product or grammar.words.is_completed(cell.text)
                        yield _Stretch(cell, Zone.TABLE, Relation.RESULT_DOCUMENT if done else None, False)
        else:
            place = zones.meet(block)
            yield _Stretch(block.whole, place.zone, place.frame, place.caption, place.before_title)


_CUT_NUMBER = re.compile(r"\d/$|\d/[\w/]{0,12}-$")
_GOES_ON = re.compile(r"(?:ngày\s+\d|tháng\s+\d|của\s+[A-ZĐÂÔƯ]|NGÀY\s+\d|CỦA\s)")


def _is_continued(held: Paragraph, block: Paragraph) -> bool:
    """Tell whether a paragraph begins inside a citation that the one above began."""
    if block.label:
        return False
    above = held.whole.text
    inside_number = bool(_CUT_NUMBER.search(above)) and block.whole.text[:1].isalnum()
    return inside_number or (above[-1:].isalnum() and bool(_GOES_ON.match(block.whole.text)))


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks with a paragraph that begins inside a citation (*ngày 23 tháng 6 …*) joined to the one above."""
    held: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Table):
            if held is not None:
                yield held
                held = None
            yield block
        elif held is not None and _is_continued(held, block):
            glue = "" if held.whole.text.endswith(("/", "-")) else " "
            whole = join_passages([held.whole, block.whole], glue)
            cut = len(held.whole.text) - len(held.passage.text)
            held = Paragraph(held.label, whole.cut(cut), whole, held.first_line)
        else:
            if held is not None:
                yield held
            held = block
    if held is not None:
        yield held


_BARE = re.compile(r"[\s,;.)]*(?:(?:và|với|cùng|hoặc)\s+)?(?:(?:các|cùng|số)\s+)*$", re.IGNORECASE)
_NEW_ITEM = re.compile(r"(?:,|\svà|\scùng|\svới)\s+(?:các\s+)?$", re.IGNORECASE)
# "…, Bộ trưởng Bộ Y tế ban hành Kế hoạch …": after the bases, the sentence says what the issuer does.
_NEW_SENTENCE = re.compile(r",\s+(?=[A-ZĐÂÔƯ])[^;.,]{3,120}?\s(?:ban hành|xây dựng|đề ra|triển khai|yêu cầu)\s")
_CLAUSE = re.compile(r";|\.(?=\s)")


def _relate(
    stretch: _Stretch, found: list[Cited], grammar: CitationGrammar, items: list[Mention], stated: list[Stated]
) -> None:
    """Give each citation of a passage its relation, and note what the passage states between them."""
    text, first = stretch.passage.text, len(items)
    for cited in found:
        here = len(items)
        before = items[first:]
        between = text[before[-1].cited.end if before else 0 : cited.start]
        relation, nested, host = _standing(stretch, cited, before, between, grammar)
        passive = grammar.words.relation_passive(between) if before else None
        acting = _acting_on(here - 1, stated) if before and _BARE.fullmatch(between) else None
        if passive is not None:
            acted = _first_of_same(before)
            relation, nested = before[acted].relation, before[acted].nested
            stated.append(Stated(here, passive, first + acted))
        elif acting is not None:
            stated.append(Stated(here, *acting))
        elif nested and host is not None:
            acts = _acts(text, before[host].cited, between, before, grammar)
            stated.append(Stated(first + host, acts, here))
        for law in cited.inner:
            stated.append(Stated(here, Relation.AMENDS, law))
        if (cited.type or "") and plain_in_place(cited.type or "") in _plain_proposals(grammar):
            relation = Relation.CITES
        items.append(Mention(cited, stretch.passage, relation, stretch.zone, nested, stretch.caption))
        if not nested and relation is Relation.CITES and stretch.zone is not Zone.TABLE:
            after = grammar.words.relation_after(text[cited.end : cited.end + 60])
            if after is not None:
                items[here] = replace(items[here], relation=after)


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
    return frozenset(plain_in_place(word) for word in grammar.words.proposals)


def _standing(
    stretch: _Stretch, cited: Cited, before: Sequence[Mention], between: str, grammar: CitationGrammar
) -> tuple[Relation, bool, int | None]:
    """Return the relation of a citation, whether it is nested, and the index (in ``before``) of its host."""
    if before and _BARE.fullmatch(between) and not _CLAUSE.search(between):
        last = before[-1]
        return last.relation, last.nested, _host(before, last.cited) if last.nested else None
    new_clause = bool(_CLAUSE.search(between) or _NEW_SENTENCE.search(between))
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
    lead = _CLAUSE.split(between)[-1] if before else between
    return _own_relation(stretch, lead, bool(before), grammar), False, None


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


def _own_relation(stretch: _Stretch, lead: str, later: bool, grammar: CitationGrammar) -> Relation:
    """Return the relation of a citation that stands in nobody's subject, by the words of its clause before it."""
    words = grammar.words
    if stretch.caption:
        return Relation.ANNEX
    if _ABBREVIATED.search(lead):
        return Relation.CITES
    opening = words.opening_of(lead + " ") if not later else None
    flat = re.sub(r"[\s\-–+*•]+", " ", lead).strip().casefold()
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
    if before and before[-1].nested and _BARE.fullmatch(between):
        start = min(one.cited.start for one in before if one.nested and one.cited.start > host.start)
        between = text[host.end : start]
    return grammar.words.relation_before(between) or Relation.CITES
