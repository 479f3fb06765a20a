"""Draw a lineage as SVG: boxes in layers, from a task on the left to the law it rests on at the right.

Same graph, same bytes. The picture explains itself: each relation has its own stroke and arrow head, named on the line where
there is room and in the legend always; a document that the corpus does not hold has a broken outline and says so; what
is inferred says so. Links lead to the things and to the quotes. Colours come from ``lineage.css``, in light and dark.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from viz.elk import ElkLayout
from viz.graph import RELATIONS, LineageEdge, LineageGraph, LineageNode, NodeKind, RelationStyle
from viz.lettering import text_width, wrap_text

STYLESHEET = Path(__file__).with_name("lineage.css")
"""The colours, for a page that shows the picture inline; a picture of its own carries them inside."""

_SIZE = 13.0
_SMALL = 11.5
_LINE = 19.0
_SMALL_LINE = 17.0
_BOX = 236.0
_PAD = 12.0
_MARGIN = 16.0
_LABELS_UP_TO = 40
"""Edges above which names are left to the legend."""

_WORDS = {
    "not_held": ("không có trong kho", "not held"),
    "inferred": ("suy ra", "inferred"),
    "legend": ("Chú giải", "Key"),
}
_LAYOUT = {
    "elk.algorithm": "layered",
    "elk.direction": "RIGHT",
    "elk.edgeRouting": "SPLINES",
    "elk.randomSeed": "1",
    "elk.padding": f"[top={_MARGIN},left={_MARGIN},bottom={_MARGIN},right={_MARGIN}]",
    "elk.spacing.nodeNode": "18",
    "elk.layered.spacing.nodeNodeBetweenLayers": "64",
    "elk.layered.spacing.edgeNodeBetweenLayers": "24",
    "elk.spacing.edgeLabel": "4",
    "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
    "elk.layered.crossingMinimization.strategy": "LAYER_SWEEP",
    "elk.layered.thoroughness": "30",
    "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
    "elk.separateConnectedComponents": "true",
}


def _word(key: str, language: str) -> str:
    return _WORDS[key][1 if language == "en" else 0]


class _Box:
    """A node with its text broken into lines, and so its height."""

    def __init__(self, node: LineageNode, language: str) -> None:
        self.node = node
        inner = _BOX - 2 * _PAD
        self.head = wrap_text(node.head, inner / 1.06, _SIZE, lines=2)
        self.text = wrap_text(node.text, inner, _SMALL, lines=4)
        self.foot = wrap_text(node.foot, inner, _SMALL, lines=2)
        if not node.held:
            self.foot.append(f"({_word('not_held', language)})")
        self.height = 2 * _PAD - 4 + len(self.head) * _LINE + (len(self.text) + len(self.foot)) * _SMALL_LINE


def edge_label(edge: LineageEdge, language: str, relations: Mapping[str, RelationStyle] = RELATIONS) -> str:
    """Return the edge's own name or that of its relation, with the word that it is inferred where it is.

    >>> edge_label(LineageEdge("a", "b", "succeeds", inferred=True), "vi")
    'kế tiếp (suy ra)'
    """
    label = edge.name or relations[edge.relation].label(language)
    return f"{label} ({_word('inferred', language)})" if edge.inferred else label


def _elk_graph(
    graph: LineageGraph, boxes: Sequence[_Box], language: str, relations: Mapping[str, RelationStyle]
) -> dict[str, Any]:
    at = {box.node.id: f"n{i}" for i, box in enumerate(boxes)}
    named = len(graph.edges) <= _LABELS_UP_TO
    edges = []
    for i, edge in enumerate(graph.edges):
        label = edge_label(edge, language, relations)
        text = [{"text": label, "width": text_width(label, _SMALL) + 8, "height": _SMALL_LINE}] if named else []
        edges.append({"id": f"e{i}", "sources": [at[edge.source]], "targets": [at[edge.target]], "labels": text})
    children = [{"id": at[box.node.id], "width": _BOX, "height": box.height} for box in boxes]
    return {"id": "root", "layoutOptions": _LAYOUT, "children": children, "edges": edges}


def draw_lineage(
    graph: LineageGraph,
    layout: ElkLayout,
    language: str = "vi",
    *,
    inline: bool = False,
    relations: Mapping[str, RelationStyle] = RELATIONS,
    key: str = "lineage",
) -> str:
    """Return the picture of ``graph`` as SVG text.

    ``inline`` leaves out the stylesheet, for a page that brings :data:`STYLESHEET` itself; ``key`` begins the ids in it, so that
    a page can have two. ``relations`` names and draws the edges. Raise :class:`ontology.errors.DrawError` where no layout
    can be had.
    """
    boxes = [_Box(node, language) for node in graph.nodes]
    placed = layout.lay_out(_elk_graph(graph, boxes, language, relations))
    used = [style for code, style in relations.items() if any(edge.relation == code for edge in graph.edges)]
    inferred = {edge.relation for edge in graph.edges if edge.inferred}
    width = max(placed["width"], _BOX + 2 * _MARGIN)
    pen = _Pen(relations, key, language)
    legend = _legend(used, inferred, pen, width, top=placed["height"])
    height = placed["height"] + float(legend.attrib.pop("data-height"))
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width:.0f} {height:.0f}",
            "width": f"{width:.0f}",
            "height": f"{height:.0f}",
            "class": "lineage",
            "role": "group",
            "aria-labelledby": f"{key}-title {key}-description",
            "lang": language,
        },
    )
    _add(root, "title", graph.title, id=f"{key}-title")
    _add(root, "desc", graph.description, id=f"{key}-description")
    if not inline:
        _add(root, "style", STYLESHEET.read_text("utf-8"))
    root.append(_markers(key))
    lines = _add(root, "g", **{"class": "edges"})
    for edge, where in zip(graph.edges, placed["edges"], strict=True):
        _draw_edge(lines, edge, where, pen)
    nodes = _add(root, "g", **{"class": "nodes"})
    for box, where in zip(boxes, placed["children"], strict=True):
        _draw_node(nodes, box, where["x"], where["y"])
    root.append(legend)
    return ET.tostring(root, encoding="unicode")


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, tag, attributes)
    if text:
        made.text = text
    return made


def _linked(parent: ET.Element, href: str | None) -> ET.Element:
    return _add(parent, "a", href=href) if href else parent


def _markers(key: str) -> ET.Element:
    shapes = {
        "arrow": ("path", {"d": "M0 0 L9 4.5 L0 9 Z", "class": "solid"}, 9.0),
        "open": ("path", {"d": "M1 1 L8.5 4.5 L1 8", "class": "hollow"}, 8.5),
        "dot": ("circle", {"cx": "4.5", "cy": "4.5", "r": "3.5", "class": "solid"}, 8.0),
        "square": ("rect", {"x": "1", "y": "1", "width": "7", "height": "7", "class": "solid"}, 8.0),
        "bar": ("path", {"d": "M0 0 L9 4.5 L0 9 Z M9 0 V9", "class": "barred"}, 9.0),
    }
    definitions = ET.Element("defs")
    for name, (tag, attributes, tip) in shapes.items():
        marker = _add(
            definitions,
            "marker",
            id=f"{key}-{name}",
            viewBox="-1 -1 11 11",
            refX=f"{tip:g}",
            refY="4.5",
            markerWidth="11",
            markerHeight="11",
            markerUnits="userSpaceOnUse",
            orient="auto",
        )
        _add(marker, tag, **attributes)
    return definitions


@dataclass(frozen=True, slots=True)
class _Pen:
    """How the edges of one picture are drawn and named."""

    relations: Mapping[str, RelationStyle]
    key: str
    language: str


def _stroke(style: RelationStyle, key: str) -> dict[str, str]:
    attributes = {"class": f"edge {style.code}", "stroke-width": f"{style.width:g}", "fill": "none"}
    if style.dashes:
        attributes |= {"stroke-dasharray": style.dashes}
        if style.dashes.startswith("1"):
            attributes |= {"stroke-linecap": "round"}
    if style.head != "none":
        attributes |= {"marker-end": f"url(#{key}-{style.head})"}
    return attributes


def _draw_edge(parent: ET.Element, edge: LineageEdge, where: dict[str, Any], pen: _Pen) -> None:
    group = _linked(_add(parent, "g"), edge.href)
    label = edge_label(edge, pen.language, pen.relations)
    _add(group, "title", "\n".join([label, *(f"«{quote}»" for quote in edge.quotes)]))
    for section in where.get("sections", ()):
        points = [section["startPoint"], *section.get("bendPoints", ()), section["endPoint"]]
        _add(
            group,
            "path",
            d=_curve([(p["x"], p["y"]) for p in points]),
            **_stroke(pen.relations[edge.relation], pen.key),
        )
    for text in where.get("labels", ()):
        x, y = text["x"] + text["width"] / 2, text["y"] + _SMALL_LINE - 5
        _add(group, "text", text["text"], x=f"{x:.1f}", y=f"{y:.1f}", **{"class": "label", "text-anchor": "middle"})


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """Return the path data of a spline as ELK gives it: end points, with two control points for each cubic between."""
    start, rest = points[0], points[1:]
    steps = [f"M{start[0]:.1f} {start[1]:.1f}"]
    while len(rest) >= 3:
        steps.append("C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in rest[:3]))
        rest = rest[3:]
    if len(rest) == 2:
        steps.append("Q" + " ".join(f"{x:.1f} {y:.1f}" for x, y in rest))
    elif rest:
        steps.append(f"L{rest[0][0]:.1f} {rest[0][1]:.1f}")
    return " ".join(steps)


def _outline(box: _Box, x: float, y: float) -> str:
    right, bottom, fold = x + _BOX, y + box.height, 14.0
    match box.node.kind:
        case NodeKind.DOCUMENT:
            return f"M{x:.1f} {y:.1f} H{right - fold:.1f} L{right:.1f} {y + fold:.1f} V{bottom:.1f} H{x:.1f} Z"
        case NodeKind.COMPONENT:
            middle = (y + bottom) / 2
            return (
                f"M{x + 8:.1f} {y:.1f} H{right - 8:.1f} L{right:.1f} {middle:.1f} L{right - 8:.1f} {bottom:.1f} "
                f"H{x + 8:.1f} L{x:.1f} {middle:.1f} Z"
            )
        case NodeKind.TASK:
            r = 10.0
            return (
                f"M{x + r:.1f} {y:.1f} H{right - r:.1f} Q{right:.1f} {y:.1f} {right:.1f} {y + r:.1f} V{bottom - r:.1f} "
                f"Q{right:.1f} {bottom:.1f} {right - r:.1f} {bottom:.1f} H{x + r:.1f} Q{x:.1f} {bottom:.1f} {x:.1f} "
                f"{bottom - r:.1f} V{y + r:.1f} Q{x:.1f} {y:.1f} {x + r:.1f} {y:.1f} Z"
            )


def _draw_node(parent: ET.Element, box: _Box, x: float, y: float) -> None:
    node = box.node
    marks = [name for name, said in (("focus", node.focus), ("absent", not node.held)) if said]
    group = _linked(_add(parent, "g", **{"class": " ".join(["node", node.kind, *marks])}), node.href)
    _add(group, "title", " — ".join(part for part in (node.head, node.text, " ".join(box.foot)) if part))
    outline = {"d": _outline(box, x, y), "class": "outline", "stroke-width": "2.4" if node.focus else "1.2"}
    if not node.held:
        outline |= {"stroke-dasharray": "5 4"}
    _add(group, "path", **outline)
    if node.kind is NodeKind.DOCUMENT:
        fold = f"M{x + _BOX - 14:.1f} {y:.1f} V{y + 14:.1f} H{x + _BOX:.1f}"
        _add(group, "path", **{"d": fold, "class": "fold", "fill": "none"})
    line = y + _PAD - 2
    for name, texts, step in (
        ("head", box.head, _LINE),
        ("text", box.text, _SMALL_LINE),
        ("foot", box.foot, _SMALL_LINE),
    ):
        for text in texts:
            line += step
            _add(group, "text", text, x=f"{x + _PAD:.1f}", y=f"{line - 5:.1f}", **{"class": name})


def _legend(used: Sequence[RelationStyle], inferred: set[str], pen: _Pen, width: float, top: float) -> ET.Element:
    """Return the key to the strokes in the picture, in as many columns as fit; its height is in ``data-height``."""
    group = ET.Element("g", {"class": "legend"})
    language = pen.language
    names = [s.label(language) + (f" ({_word('inferred', language)})" if s.code in inferred else "") for s in used]
    column = 58 + max((text_width(name, _SMALL) for name in names), default=0) + 20
    columns = max(1, int((width - 2 * _MARGIN) // column))
    for i, (style, name) in enumerate(zip(used, names, strict=True)):
        x, y = _MARGIN + (i % columns) * column, top + 14 + (i // columns) * 22
        _add(group, "path", d=f"M{x:.1f} {y:.1f} H{x + 46:.1f}", **_stroke(style, pen.key))
        _add(group, "text", name, x=f"{x + 56:.1f}", y=f"{y + 4:.1f}", **{"class": "label"})
    rows = -(-len(used) // columns)
    group.set("data-height", f"{rows * 22 + _MARGIN if rows else 0}")
    return group
