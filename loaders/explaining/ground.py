"""The ground that a record stands on: its text laid out again, so that any place can be asked what stands there and under what.

A record keeps spans and names of rules, not the tree they were read from. Laying the same text out with the same reader gives
that tree back; here it is indexed by offset. Used by what looks at a record afterwards (explanations, the review of a draft).
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.reader import Reader
from loaders.text.blocks import Node
from loaders.text.columns import name_columns
from loaders.text.outline import ancestors, walk
from loaders.text.passage import Passage
from ontology.records import Span

_CONTEXT = 48
"""Characters shown on each side of a quote."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the text as a person finds it: the line it begins on (from 1), its words, and what stands around them.

    ``quote`` is the text as it is; in ``before`` and ``after`` runs of blanks are one blank.
    """

    span: Span
    line: int
    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A passage of the outline: a paragraph, or a cell with the kind of its column and the header above it.

    ``node`` is ``None`` for a cell of a table that was not understood; ``table`` is the node of the table around a cell.
    """

    start: int
    end: int
    passage: Passage
    node: Node | None
    column: str | None = None
    header: Passage | None = None
    table: Node | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """A text with its lines and its outline, indexed by offset."""

    text: str
    root: Node
    reader: Reader
    spots: tuple[Spot, ...]
    _starts: tuple[int, ...] = field(repr=False)
    _lines: tuple[int, ...] = field(repr=False)

    def line(self, offset: int) -> int:
        """Return the number, from 1, of the line that holds ``offset``."""
        return bisect_right(self._lines, offset)

    def place(self, span: Span) -> Place:
        """Return a span as a place with its line, its words and what stands around them."""
        start, end = span
        before = self.text[max(0, start - _CONTEXT) : start]
        after = self.text[end : end + _CONTEXT]
        return Place(
            span,
            self.line(start),
            self.text[start:end],
            _one_line(before, cut=start > _CONTEXT, left=True),
            _one_line(after, cut=end + _CONTEXT < len(self.text), left=False),
        )

    def spot(self, offset: int) -> Spot | None:
        """Return the passage that holds ``offset``, ``None`` between passages (and in what layout drops)."""
        at = bisect_right(self._starts, offset) - 1
        while at >= 0:
            spot = self.spots[at]
            if spot.start <= offset < spot.end:
                return spot
            if self._starts[at] < offset - _LONGEST_GAP:
                return None
            at -= 1
        return None

    def headings(self, node: Node) -> Iterator[Node]:
        """Yield the headings above a node, the nearest first; captions of tables among them."""
        yield from (above for above in ancestors_of(node) if above.paragraph is not None)


_LONGEST_GAP = 20_000
"""A passage longer than this is not looked for from its end."""


def ancestors_of(node: Node) -> Iterator[Node]:
    """Yield all nodes above a node, tables included, the root left out."""
    above = node.parent
    while above is not None and above.kind != "root":
        yield above
        above = above.parent


def lay_ground(text: str, reader: Reader) -> Ground:
    """Lay a text out as ``reader`` does and index it."""
    root = reader.outline(reader.lay_out(text))
    spots = sorted(_spots(root, reader), key=lambda spot: (spot.start, -spot.end))
    lines = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
    return Ground(text, root, reader, tuple(spots), tuple(spot.start for spot in spots), tuple(lines))


def _spots(root: Node, reader: Reader) -> Iterator[Spot]:
    for node in walk(root):
        if node.table is not None:
            headers = _headers(node, reader)
            for passage in node.table.header:
                yield from _of(passage, None, "header", None, node)
            if not node.children:
                for row in node.table.rows:
                    for passage in row.cells:
                        yield from _of(passage, None, None, None, node)
        elif node.cells:
            table = next((above for above in ancestors_of(node) if above.table is not None), None)
            headers = _headers(table, reader) if table is not None else {}
            for column, passages in node.cells.items():
                for passage in passages:
                    yield from _of(passage, node, column, headers.get(column), table)
        elif node.paragraph is not None:
            yield from _of(node.paragraph.whole, node)


def _headers(table: Node | None, reader: Reader) -> dict[str, Passage]:
    """Return the header passages of a table by the kind of their column."""
    if table is None or table.table is None:
        return {}
    header = table.table.header
    found: dict[str, Passage] = {}
    for passage, column in zip(header, name_columns(header, reader.columns), strict=True):
        if column is not None and passage.text:
            found.setdefault(column, passage)
    return found


def _of(
    passage: Passage,
    node: Node | None,
    column: str | None = None,
    header: Passage | None = None,
    table: Node | None = None,
) -> Iterator[Spot]:
    if passage.text:
        for span in passage.spans():
            yield Spot(span.start, span.end, passage, node, column, header, table)


def _one_line(text: str, *, cut: bool, left: bool) -> str:
    """Return text with single blanks, at whole words where it was cut on the far side."""
    words = " ".join(text.split())
    if cut and left:
        words = "… " + words.partition(" ")[2]
    elif cut:
        words = words.rpartition(" ")[0] + " …"
    if left and text[-1:].isspace() and words:
        words += " "
    elif not left and text[:1].isspace() and words:
        words = " " + words
    return words


def offset_in(passage: Passage, source: int) -> int | None:
    """Return where in a passage's clean text a character of the source stands, ``None`` where it was not read from there."""
    for piece in passage.pieces:
        if piece.source <= source < piece.source + piece.width:
            return piece.at + (source - piece.source if piece.length == piece.width else 0)
    return None


def heading_text(node: Node) -> str:
    """Return a heading as printed, its label before its title."""
    return f"{node.label} {node.title}".strip()


def section_kind(node: Node, reader: Reader) -> tuple[str, Node] | None:
    """Return what the section of a node is about (*purpose*, *goals*, *funds* …) with the heading that says so, ``None`` if none does."""
    for above in [node, *ancestors(node)]:
        if above.paragraph is not None and (above.children or ":" in above.title[:40]):
            kind = reader.sections.kind_of(above.title)
            if kind is not None:
                return kind, above
    return None
