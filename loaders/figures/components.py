"""The components that a document heads: numbered (*Dự án 1: …*), or a local plan's headings that carry their titles only.

A heading governs what stands below it in the tree, rows of tables included; where a heading is a line of its own without a
number (*Tiểu dự án 1: …*), it governs what follows up to the next heading of its rank. :class:`ComponentMap` tells the component
in force at any place of the source.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from loaders.figures.component_alignment import align_headings
from loaders.figures.component_names import (
    KIND_NAMES,
    KINDS,
    ComponentHeading,
    best_national,
    parse_activity,
    parse_heading,
    title_similarity,
)
from loaders.figures.money import find_amounts
from loaders.text.blocks import Node, Table
from loaders.text.columns import is_caption, looks_like_number
from loaders.text.labels import RANK, parse_label
from loaders.text.passage import Passage
from ontology.records import Component, Span
from ontology.registry import NationalComponent

_SAME_TITLE = 0.8
"""From here on two titles are the same one, give or take a word."""


@dataclass(frozen=True, slots=True)
class ComponentMap:
    """Which component is in force where: ``codes[i]`` from source offset ``places[i]`` on.

    ``by_node`` is the same by ``id`` of the outline's node, for the nodes inside a component.
    """

    places: tuple[int, ...] = ()
    codes: tuple[str | None, ...] = ()
    by_node: Mapping[int, str] = field(default_factory=dict)

    def code_at(self, offset: int) -> str | None:
        """Return the code of the component that governs the source at ``offset``, ``None`` outside any."""
        at = bisect_right(self.places, offset) - 1
        return self.codes[at] if at >= 0 else None


@dataclass(slots=True)
class _Line:
    """A line that may open or close components: its depth in the tree, and what it opens, if anything."""

    passage: Passage
    place: int
    """Where the line begins in the source, its label or number cell included."""
    depth: float
    heading: ComponentHeading | None = None
    aligned: tuple[NationalComponent, float, str] | None = None


@dataclass(slots=True)
class _Reader:
    """Walks the lines in order and keeps the components that are open."""

    national: Sequence[NationalComponent]
    programme: str | None
    period: str | None
    open: list[tuple[float, Component]] = field(default_factory=list)
    found: dict[str, Component] = field(default_factory=dict)
    changes: list[tuple[int, str | None]] = field(default_factory=list)
    activities: dict[str, int] = field(default_factory=dict)

    def take(self, line: _Line) -> None:
        while self.open and self.open[-1][0] >= line.depth:
            self.open.pop()
        component = None
        if line.aligned is not None:
            component = self._aligned(line, *line.aligned)
        elif line.heading is not None:
            component = self._stated(line.passage, line.heading)
        if component is not None:
            while self.open and _rank(self.open[-1][1]) >= _rank(component):
                self.open.pop()
            self.open.append((line.depth, component))
            self.found.setdefault(component.code, component)
        self.changes.append((line.place, self.open[-1][1].code if self.open else None))

    def _stated(self, passage: Passage, heading: ComponentHeading) -> Component | None:
        above = [one for _, one in self.open if _rank(one) < KINDS.index(heading.kind)]
        parent = above[-1].code if above else None
        if heading.number is None:
            if parent is None:
                return None
            self.activities[parent] = number = self.activities.get(parent, 0) + 1
        else:
            number = heading.number
        if parent is None and heading.kind != "project":
            parent = self._parent_by_title(heading)
        code = ".".join(filter(None, (parent, f"{heading.prefix}{number}")))
        component = Component(
            code=code,
            kind=KIND_NAMES[heading.prefix],
            title=heading.title,
            parent=parent,
            national=None,
            span=_hull(passage, heading.start, heading.end),
            programme=self.programme,
            period=self.period,
            alignment="stated",
        )
        return self._with_national(component)

    def _parent_by_title(self, heading: ComponentHeading) -> str | None:
        """A *Tiểu dự án 4* outside any *Dự án* is the national one with that number and title."""
        tail = f"{heading.prefix}{heading.number}"
        same = [one for one in self.national if one.code.split(".")[-1] == tail]
        best, score = best_national(heading.title, same)
        return best.parent if best is not None and (score >= 0.5 or len(same) == 1) else None

    def _with_national(self, component: Component) -> Component:
        """Compare a stated number with the national one; where the plan numbers differently, the title tells."""
        own = next((one for one in self.national if one.code == component.code), None)
        score = title_similarity(component.title, own) if own is not None else 0.0
        if own is not None and (score >= 0.5 or not component.title):
            return replace(component, score=round(score, 3))
        best, other = best_national(component.title, self.national)
        if best is not None and other >= _SAME_TITLE and best.code != component.code:
            return replace(component, national=best.code, score=round(other, 3))
        return component

    def _aligned(self, line: _Line, national: NationalComponent, score: float, how: str) -> Component:
        text = line.passage.text
        end = len(text.rstrip(" :."))
        return Component(
            code=national.code,
            kind=national.kind,
            title=text[:end],
            parent=national.parent,
            national=national.code,
            span=_hull(line.passage, 0, end),
            programme=self.programme,
            period=self.period,
            alignment=how,
            score=round(score, 3),
        )


def _rank(component: Component) -> int:
    prefix = component.code.split(".")[-1].rstrip("0123456789")
    return {"DA": 0, "NDTP": 0, "TDA": 1}.get(prefix, 2)


_MARKUP = 8
"""A gap in the source that is only markup (``<i>``) does not break a quote."""


def _hull(passage: Passage, start: int, end: int) -> Span:
    """Return the stretch of the source from start to end, over markup; the longest unbroken part where the gap is longer."""
    parts = passage.spans(start, end)
    if all(0 <= after.start - before.end <= _MARKUP for before, after in pairwise(parts)):
        return Span(parts[0].start, parts[-1].end)
    return passage.span(start, end)


def find_components(
    root: Node,
    *,
    national: Sequence[NationalComponent] = (),
    programme: str | None = None,
    period: str | None = None,
) -> tuple[tuple[Component, ...], ComponentMap]:
    """Return the components in the order of their first headings, and the map of what they govern.

    ``national`` are the components of the document's programme and period. Headings without a number are aligned to them by
    title and order only where the document numbers none itself.
    """
    lines = list(_outline_lines(root))
    if not any(line.heading is not None and line.heading.number is not None for line, _ in lines):
        aligned = align_headings(root, national)
        for line, node in lines:
            if node is not None:
                line.aligned = aligned.get(id(node))
    reader = _Reader(national, programme, period)
    by_node: dict[int, str] = {}
    for line, node in lines:
        reader.take(line)
        if node is not None and reader.open:
            by_node[id(node)] = reader.open[-1][1].code
    changes = sorted(reader.changes, key=lambda change: change[0])
    places, codes = tuple(place for place, _ in changes), tuple(code for _, code in changes)
    return tuple(reader.found.values()), ComponentMap(places, codes, by_node)


def _outline_lines(node: Node) -> Iterator[tuple[_Line, Node | None]]:
    """Yield the lines of a tree in order; bullets and plain paragraphs open nothing unless they are headings by their words."""
    for child in node.children:
        if child.table is not None and child.children:  # a task table: its rows are nodes
            yield from _outline_lines(child)
        elif child.table is not None:
            for line in _table_lines(child.table, child.depth):
                yield line, None
        elif child.paragraph is not None and child.paragraph.whole.pieces:
            passage, place = child.paragraph.passage, _place(child)
            heading = parse_heading(passage.text)
            if heading is not None and not _is_heading(child, heading):
                heading = None
            if heading is None and child.children and child.label:
                heading = parse_activity(passage.text)
            # A heading without a label of its own stands above its followers: it stays open for its siblings.
            above = heading is not None and not child.label and not child.children
            yield _Line(passage, place, child.depth - 0.5 if above else child.depth, heading), child
            yield from _outline_lines(child)


def _place(node: Node) -> int:
    """Return where a node begins in the source: its label, or the first cell of its row."""
    assert node.paragraph is not None
    starts = [node.paragraph.whole.pieces[0].source]
    starts += [cell.pieces[0].source for cells in node.cells.values() for cell in cells if cell.pieces]
    return min(starts)


def _is_heading(node: Node, heading: ComponentHeading) -> bool:
    """Tell a heading from a sentence that begins with a component's name."""
    text = node.title
    if not node.children and find_amounts(text):
        return False  # "- Dự án 1: … : 500 triệu đồng" in a list of funds
    return bool(node.children) or (len(text) <= 300 and not text.rstrip().endswith(";")) or not heading.title


_DEEP = 100.0


def _table_lines(table: Table, depth: int) -> Iterator[_Line]:
    """Yield a table's rows as lines whose depth follows from the style of the number cell (A, I, 1, 1.1, a)."""
    for row in table.rows:
        filled = [cell for cell in row.cells if cell.text]
        if not filled:
            continue
        number, rest = _number_of(filled)
        if number is None and not rest:
            continue
        _, style, _ = parse_label(f"{number}. X" if number else "")
        rank = RANK.get(style, _DEEP) if number else _DEEP
        content = rest[0] if rest else filled[0]
        heading = parse_heading(content.text)
        if heading is None and len(rest) == 1:
            heading = parse_activity(content.text)
        if number is None and heading is not None:
            rank = RANK["decimal1"] + KINDS.index(heading.kind)
        yield _Line(content, filled[0].pieces[0].source, depth + rank / _DEEP, heading)


def _number_of(filled: Sequence[Passage]) -> tuple[str | None, list[Passage]]:
    """Split the number off a row's filled cells; a caption may carry it in the same cell (``IV Dự án 4: …``)."""
    first = filled[0].text.strip()
    if looks_like_number(first) and len(filled) > 1:
        return first.strip(".)( "), list(filled[1:])
    if is_caption(first) and (printed := re.match(r"(\d[\d.]*|[IVX]+|[A-H])[.)]?\s", first)):
        return printed[1].strip("."), list(filled)
    return None, list(filled)
