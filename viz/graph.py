"""The graph that a lineage picture is drawn from: plain values, so that a picture can be made and tested without a store.

Every text in it is already in the reader's language; what the picture adds of its own (the names of relations, the legend)
comes from :data:`RELATIONS`.
"""

from dataclasses import dataclass
from enum import StrEnum


class NodeKind(StrEnum):
    """What stands in a box; each kind has its own outline."""

    TASK = "task"
    DOCUMENT = "document"
    COMPONENT = "component"


@dataclass(frozen=True, slots=True)
class LineageNode:
    """A box: ``head`` (a number, a task's place) above ``text`` (a title), ``foot`` below (issuer and date).

    ``held`` is ``False`` for a document that is cited but not in the corpus; ``focus`` marks what the picture is about.
    """

    id: str
    kind: NodeKind
    head: str
    text: str = ""
    foot: str = ""
    href: str | None = None
    held: bool = True
    focus: bool = False


@dataclass(frozen=True, slots=True)
class LineageEdge:
    """``source`` stands in ``relation`` (a code of :data:`RELATIONS`) to ``target``; ``quotes`` are the words that say so.

    ``inferred`` marks what no document states but a rule concludes; ``name`` is written instead of the relation's.
    """

    source: str
    target: str
    relation: str
    inferred: bool = False
    quotes: tuple[str, ...] = ()
    href: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class LineageGraph:
    """What to draw: ``title`` says what it is about, ``description`` tells the same in a sentence or two."""

    title: str
    description: str
    nodes: tuple[LineageNode, ...]
    edges: tuple[LineageEdge, ...]


@dataclass(frozen=True, slots=True)
class RelationStyle:
    """How a relation is named and drawn: by stroke, dashes and arrow head, never by colour alone."""

    code: str
    vi: str
    en: str
    width: float
    dashes: str
    head: str

    def label(self, language: str) -> str:
        """Return the name in ``language`` (``vi`` or ``en``)."""
        return self.en if language == "en" else self.vi


RELATIONS = {
    style.code: style
    for style in (
        RelationStyle("in", "nằm trong", "in", 1.2, "", "none"),
        RelationStyle("component", "thuộc", "belongs to", 1.2, "1 3", "none"),
        RelationStyle("annex", "ban hành kèm theo", "annex of", 1.2, "", "square"),
        RelationStyle("based_on", "căn cứ", "based on", 1.4, "", "arrow"),
        RelationStyle("ensures_implementation_of", "triển khai", "implements", 3.0, "", "arrow"),
        RelationStyle("result_document", "sản phẩm là", "resulted in", 1.4, "6 3", "dot"),
        RelationStyle("amends", "sửa đổi, bổ sung", "amends", 1.4, "12 3", "open"),
        RelationStyle("replaces", "thay thế", "replaces", 2.2, "12 4", "bar"),
        RelationStyle("repeals", "bãi bỏ", "repeals", 2.2, "12 4 3 4", "bar"),
        RelationStyle("succeeds", "kế tiếp", "succeeds", 2.0, "7 4 1.5 4", "open"),
        RelationStyle("cites", "dẫn chiếu", "cites", 1.2, "1.5 4", "open"),
    )
}
"""Codes are those of :class:`ontology.records.Relation`, with ``in``, ``component`` and ``succeeds`` beside them."""
