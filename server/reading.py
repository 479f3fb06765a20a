"""The text of a document as a page shows it: paragraphs, headings and tables, every recognised stretch marked and linked.

Offsets are those of the stored NFC text, so a permalink lands on exactly the characters that justify a fact, however the
lines were broken in the source. What the layout leaves out (page numbers, rules, doubled headers) can still be pointed at:
the anchor then stands before the next paragraph.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from loaders.text.blocks import Node, Table
from loaders.text.columns import ColumnWords, load_column_words
from loaders.text.layout import layout_blocks
from loaders.text.outline import build_outline, walk
from loaders.text.passage import Passage


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch ``[start, end)`` of the source that a fact was read from.

    ``kind`` chooses how it looks; ``says`` tells what was understood; ``role`` is the code of an assignment's role.
    """

    start: int
    end: int
    kind: str
    says: str = ""
    href: str | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of shown text under the same marks, the innermost last; ``source`` is where it begins in the stored text.

    ``anchors`` are the permalinks that begin here.
    """

    text: str
    source: int
    marks: tuple[Mark, ...] = ()
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A block of the page: ``kind`` is ``heading``, ``item``, ``plain``, ``centred`` or ``table``."""

    kind: str
    segments: tuple[Segment, ...] = ()
    rows: tuple[tuple[tuple[Segment, ...], ...], ...] = ()
    has_header: bool = False
    deep: bool = False


class _Marks:
    """The marks by place: which cover a character, where they begin and end."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        ordered = sorted(set(marks), key=lambda m: (m.start, -m.end, m.kind, m.role, m.says))
        self.bounds = sorted({m.start for m in ordered} | {m.end for m in ordered})
        self._covering: list[tuple[Mark, ...]] = []
        self._pending = deque(sorted({(m.start, m.end) for m in ordered}))
        waiting = iter(ordered)
        following = next(waiting, None)
        active: list[Mark] = []
        for bound in self.bounds:
            active = [m for m in active if m.end > bound]
            while following is not None and following.start <= bound:
                if following.end > bound:
                    active.append(following)
                following = next(waiting, None)
            self._covering.append(tuple(sorted(active, key=lambda m: m.start - m.end)))

    def at(self, place: int) -> tuple[Mark, ...]:
        """Return the marks that cover the character at ``place``, the innermost last."""
        index = bisect_right(self.bounds, place) - 1
        return self._covering[index] if index >= 0 else ()

    def cuts(self, start: int, end: int) -> list[int]:
        """Return the bounds strictly inside ``(start, end)``."""
        return self.bounds[bisect_right(self.bounds, start) : bisect_right(self.bounds, end - 1)]

    def take_anchors(self, up_to: int) -> tuple[str, ...]:
        """Return the permalinks that begin at or before ``up_to`` and have no place yet."""
        due: list[str] = []
        while self._pending and self._pending[0][0] <= up_to:
            due.append("span-{}-{}".format(*self._pending.popleft()))
        return tuple(due)


def _segments(passage: Passage, marks: _Marks) -> tuple[Segment, ...]:
    """Cut a passage where marks begin and end."""
    made: list[Segment] = []
    for piece in passage.pieces:
        text = passage.text[piece.at : piece.at + piece.length]
        if piece.length == piece.width:
            bounds = [piece.source, *marks.cuts(piece.source, piece.source + piece.width), piece.source + piece.width]
            parts = [(low, text[low - piece.source : high - piece.source]) for low, high in pairwise(bounds)]
        else:
            parts = [(piece.source, text)]
        for source, shown in parts:
            covering = marks.at(source)
            anchors = marks.take_anchors(source)
            if made and not anchors and made[-1].marks == covering:
                made[-1] = Segment(made[-1].text + shown, made[-1].source, covering, made[-1].anchors)
            elif shown:
                made.append(Segment(shown, source, covering, anchors))
    return tuple(made)


def _show_table(table: Table, marks: _Marks) -> Shown:
    lines = ([table.header] if table.header else []) + [row.cells for row in table.rows]
    width = max((len(line) for line in lines), default=0)
    rows = [
        tuple(_segments(cell, marks) for cell in (*line, *[Passage("", ())] * (width - len(line)))) for line in lines
    ]
    return Shown("table", rows=tuple(rows), has_header=bool(table.header))


_CENTRED_KINDS = frozenset({"part_title", "annex"})
_HEADING_KINDS = frozenset(
    {"part", "chapter", "mục", "article", "roman", "upper", "decimal1", "decimal2", "project", "subproject"}
)
_ITEM_KINDS = frozenset({"dash", "plus", "star", "paren_letter", "paren_number"})


def _show_paragraph(node: Node, marks: _Marks) -> Shown:
    assert node.paragraph is not None
    whole = node.paragraph.whole
    text = whole.text
    short = len(text) <= 160 and not text.endswith((".", ";", ","))
    if node.kind in _CENTRED_KINDS or (node.kind == "plain" and text.isupper() and short):
        kind = "centred"
    elif node.kind in _HEADING_KINDS and short:
        kind = "heading"
    else:
        kind = "item" if node.kind in _ITEM_KINDS else "plain"
    return Shown(kind, _segments(whole, marks), deep=node.kind == "plus")


@lru_cache(maxsize=1)
def _columns() -> ColumnWords:
    return load_column_words()


@lru_cache(maxsize=64)
def _nodes(text: str, split_names: tuple[str, ...]) -> tuple[Node, ...]:
    """Return the paragraphs and tables of a text in order; the same text is laid out once."""
    return tuple(walk(build_outline(layout_blocks(text, _columns(), split_names))))


def lay_out_reading(text: str, marks: Sequence[Mark], split_names: Iterable[str] = ()) -> tuple[Shown, ...]:
    """Return the blocks of a page for ``text``; ``split_names`` are registered names with a hyphen inside.

    Every mark has its anchor exactly once; the shown text of a mark is its stretch of the source, line breaks aside.
    """
    places = _Marks(marks)
    shown: list[Shown] = []
    for node in _nodes(text, tuple(split_names)):
        if node.table is not None:
            shown.append(_show_table(node.table, places))
        elif node.paragraph is not None:
            shown.append(_show_paragraph(node, places))
    left = places.take_anchors(len(text))
    if left:
        shown.append(Shown("plain", (Segment("", len(text), (), left),)))
    return tuple(shown)
