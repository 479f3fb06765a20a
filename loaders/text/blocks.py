"""The shape of a document as read: paragraphs, bullets and tables in order, then the tree of its headings.

These are the values that the finders work on; :mod:`loaders.text.layout` makes them from a source.
"""

from dataclasses import dataclass, field

from loaders.text.passage import Passage


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or bullet: ``label`` is its printed number or bullet (``"III."``, ``"1.1."``, ``"đ)"``, ``"-"``,
    ``"Điều 3."``, ``"Phụ lục 2"``, or ``""``), ``passage`` what follows the label, ``whole`` both together."""

    label: str
    passage: Passage
    whole: Passage
    first_line: int = 0
    """Number of its first line in the source, from 0."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; ``cells`` are aligned to the table's ``columns`` as far as the source allows."""

    cells: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``header`` the passages of its header cells (``()`` where it has none), torn rows already joined."""

    header: tuple[Passage, ...]
    rows: tuple[Row, ...]
    form: str = "tabs"
    """How it was laid out: ``tabs``, ``cells`` (one cell per line), ``pipes``."""
    first_line: int = 0


Block = Paragraph | Table


@dataclass(slots=True, eq=False)
class Node:
    """A node of the outline: a heading or item with what stands under it. ``kind`` names its numbering style."""

    paragraph: Paragraph | None
    kind: str
    depth: int
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    table: Table | None = None
    cells: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    """Of a table row: its cells by the kind of their column."""
    place: int = 0
    """Which of its parent's children it is, from 0."""
    marked: int | None = None
    """The first of its children that is no plain paragraph."""
    counted: list[tuple[int, int]] = field(default_factory=list)
    """Of each of its children, which paragraph and which one without number it is; see :mod:`loaders.tasks.task_ids`."""

    def add(self, child: "Node") -> None:
        """Put a node behind the children so far."""
        child.parent, child.place = self, len(self.children)
        if self.marked is None and child.kind != "plain":
            self.marked = child.place
        self.children.append(child)

    @property
    def follows_marked(self) -> bool:
        """Whether one of the nodes beside and before it is no plain paragraph."""
        return self.parent is not None and self.parent.marked is not None and self.parent.marked < self.place

    @property
    def label(self) -> str:
        """The printed number or bullet, ``""`` at the root and for plain paragraphs."""
        return self.paragraph.label if self.paragraph else ""

    @property
    def title(self) -> str:
        """The text behind the label, ``""`` at the root and for tables."""
        return self.paragraph.passage.text if self.paragraph else ""
