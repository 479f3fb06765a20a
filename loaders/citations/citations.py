"""Every mention of another document in a text, tables included, each with its relation; no identities yet.

A mention has a number (*Quyết định số 90/QĐ-TTg*), or is a law's name (*Luật Đầu tư công*), or a type and serial that a fuller mention of the
same text explains (*Quyết định 1722*). The document's own number at the head of a page is no mention.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from loaders.citations.citation_grammar import CitationGrammar, Cited, find_numbered
from loaders.citations.citation_relations import BARE, CLAUSE, Mention, Stated, Stretch, relate_citations
from loaders.citations.citation_zones import Zone, ZoneReader
from loaders.names.law_names import find_laws
from loaders.text.blocks import Block, Paragraph, Table
from loaders.text.columns import ColumnWords, name_columns
from loaders.text.passage import join_passages
from ontology.folding import fold_plain_in_place
from ontology.records import Relation


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions of a document in the order of its text, and what the text states between them."""

    items: tuple[Mention, ...]
    stated: tuple[Stated, ...]


def find_citations(blocks: Sequence[Block], grammar: CitationGrammar, columns: ColumnWords) -> Mentions:
    """Return the mentions of documents in ``blocks``, tables included, and the links stated between them."""
    stretches = list(_stretches(blocks, grammar, columns))
    full = [_cited_in(stretch.passage.text, grammar) for stretch in stretches]
    serials = {(c.type, c.serial) for found in full for c in found if c.type and c.serial and c.number}
    bare = {serial for _, serial in serials}
    items: list[Mention] = []
    stated: list[Stated] = []
    for stretch, found in zip(stretches, full, strict=True):
        if stretch.before_title:
            found = [one for one in found if not _is_whole(stretch.passage.text, one)]
        if serials:
            found = _with_short(stretch.passage.text, found, serials, bare, grammar)
        if found:
            relate_citations(stretch, found, grammar, items, stated)
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
        if one.type is None and BARE.fullmatch(between) and not CLAUSE.search(between):
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
            same_clause = not following.worded or not CLAUSE.search(between)  # "các Quyết định số: A; B của …"
            if one.subject is None and BARE.fullmatch(between) and same_clause:
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
    plain = fold_plain_in_place(text[: cited.start])
    if _DATA_LABEL.search(plain):
        return True
    return not re.search(r"[a-z]{2}", plain) or "hanh phuc" in plain or "viet nam" in plain


_DATA_LABEL = re.compile(r"^\W*so\s+(?:ky\s+)?hieu(?:\s+van\s+ban)?\s*:?\W*$")  # a law portal's data about the document


_SHORT_TAIL = re.compile(
    r"(?P<so>\s{1,3}(?:so\s{0,3}:?\s{0,3})?)(?P<serial>\d{1,5}[a-z]?)(?![\w%]|[.,/-]\d|\s?(?:/|nam\b|thang\b|trieu|ty\b|dong\b))"
)


_SERIAL = re.compile(r"\d{1,5}[a-z]?")
_BEFORE_SERIAL, _BEHIND_SERIAL = 48, 12
"""Characters around a serial that are looked at: no type is longer, nor what shows that it is another number."""


def _with_short(
    text: str, found: list[Cited], serials: set[tuple[str, str]], bare: Set[str], grammar: CitationGrammar
) -> list[Cited]:
    """Add mentions by type and serial alone (*Quyết định 1722*) where a fuller mention of the same stands in the document."""
    more: list[Cited] = []
    for hit in _SERIAL.finditer(text):
        if hit[0] not in bare:
            continue
        low = max(0, hit.start() - _BEFORE_SERIAL)
        plain = fold_plain_in_place(text[low : hit.end() + _BEHIND_SERIAL])
        for word in grammar.type_word.finditer(plain):
            tail = _SHORT_TAIL.match(plain, word.end())
            start = low + word.start()
            if tail is None or low + tail.start("serial") != hit.start() or not text[start].isupper():
                continue
            type_, serial, end = grammar.types[" ".join(word.group().split())], tail["serial"], low + tail.end()
            overlaps = any(c.start < end and start < max(c.end, c.start + 1) for c in found)
            if (type_, serial) in serials and not overlaps and not text[start - 1 : start].isalnum():
                more.append(Cited(start, end, None, type_, serial, topic=end, short=True))
    return sorted([*found, *more], key=lambda cited: cited.start) if more else found


def _stretches(blocks: Sequence[Block], grammar: CitationGrammar, columns: ColumnWords) -> Iterator[Stretch]:
    zones = ZoneReader(grammar)
    for block in _joined(blocks):
        if isinstance(block, Table):
            kinds = name_columns(block.header, columns)
            zones.meet_table(block)
            for row in block.rows:
                for i, cell in enumerate(row.cells):
                    if cell.text:
                        kind = kinds[i] if i < len(kinds) else None
                        done = kind == "product" or (kind != "content" and grammar.words.is_completed(cell.text))
                        yield Stretch(cell, Zone.TABLE, Relation.RESULT_DOCUMENT if done else None, False)
        else:
            place = zones.meet(block)
            yield Stretch(block.whole, place.zone, place.frame, place.caption, place.before_title)


_CUT_NUMBER = re.compile(r"\d/$|\d/[\w/]{0,12}-$")
_CUT_LABEL = re.compile(r"(?<!^)\bsố\s?:?$")
_NUMBER_HEAD = re.compile(r"\d{1,5}[a-z]?\s?/")
_GOES_ON = re.compile(r"(?:ngày\s+\d|tháng\s+\d|của\s+[A-ZĐÂÔƯ]|NGÀY\s+\d|CỦA\s)")


def _is_continued(held: Paragraph, block: Paragraph) -> bool:
    """Tell whether a paragraph begins inside a citation that the one above began."""
    if block.label:
        return False
    above = held.whole.text
    inside_number = bool(_CUT_NUMBER.search(above)) and block.whole.text[:1].isalnum()
    inside_number = inside_number or bool(_CUT_LABEL.search(above) and _NUMBER_HEAD.match(block.whole.text))
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
