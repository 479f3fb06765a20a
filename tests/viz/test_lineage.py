"""The lineage picture: says everything the graph says, the same way each time, and stays out of its own way."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ontology.errors import DrawError
from ontology.records import Relation
from viz.elk import ElkLayout
from viz.graph import RELATIONS, LineageEdge, LineageGraph, LineageNode, NodeKind
from viz.lettering import text_width, wrap_text
from viz.lineage import draw_lineage

SVG = "{http://www.w3.org/2000/svg}"
ENGINE = Path(__file__).parents[2] / "server" / "static" / "vendor" / "elk.js"


@pytest.fixture(scope="module")
def layout() -> Iterator[ElkLayout]:
    engine = ElkLayout(ENGINE)
    yield engine
    engine.close()


def a_graph(bases: int = 3) -> LineageGraph:
    nodes = [
        LineageNode("t", NodeKind.TASK, "Nhiệm vụ A.1", "Hướng dẫn <thực hiện> & theo dõi", href="/task/a", focus=True),
        LineageNode(
            "p", NodeKind.DOCUMENT, "Kế hoạch 1/KH-UBND", "Về việc giảm nghèo", "UBND tỉnh · 02/9/2016", "/d/p"
        ),
        *(LineageNode(f"b{i}", NodeKind.DOCUMENT, f"Nghị định {i}/NĐ-CP", held=False) for i in range(bases)),
    ]
    edges = [
        LineageEdge("t", "p", "in"),
        *(LineageEdge("p", f"b{i}", "based_on", quotes=(f"Căn cứ Nghị định {i}",)) for i in range(bases)),
        LineageEdge("b0", "b1", "succeeds", inferred=True),
    ]
    return LineageGraph("Nguồn gốc", "Nhiệm vụ này nằm trong một kế hoạch.", tuple(nodes), tuple(edges))


def test_everything_in_the_graph_is_in_the_picture(layout: ElkLayout) -> None:
    root = ET.fromstring(draw_lineage(a_graph(), layout))
    words = " ".join(root.itertext())
    for expected in (
        "Nguồn gốc",
        "Nhiệm vụ A.1",
        "<thực hiện>",
        "Kế hoạch 1/KH-UBND",
        "«Căn cứ Nghị định 2»",
        "suy ra",
    ):
        assert expected in words
    assert {a.get("href") for a in root.iter(f"{SVG}a")} == {"/task/a", "/d/p"}
    assert len([g for g in root.iter(f"{SVG}g") if "absent" in (g.get("class") or "")]) == 3
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None


def test_same_graph_same_bytes_whatever_was_drawn_before(layout: ElkLayout) -> None:
    first = draw_lineage(a_graph(), layout)
    draw_lineage(a_graph(12), layout)
    other = ElkLayout(ENGINE)
    try:
        assert draw_lineage(a_graph(), layout) == first == draw_lineage(a_graph(), other)
    finally:
        other.close()


def box_of(path: str) -> tuple[float, float, float]:
    """Return left, top and bottom of an outline."""
    points = [(float(x), float(y)) for x, y in re.findall(r"[ML](\S+) (\S+)", path)]
    heights = [y for _, y in points] + [float(y) for y in re.findall(r"V(\S+)", path)]
    return min(x for x, _ in points), min(heights), max(heights)


def test_no_two_boxes_touch(layout: ElkLayout) -> None:
    root = ET.fromstring(draw_lineage(a_graph(30), layout))
    boxes = sorted(box_of(p.get("d") or "") for p in root.iter(f"{SVG}path") if p.get("class") == "outline")
    assert len(boxes) == 32
    columns = {x // 100 for x, _, _ in boxes}
    assert len(columns) >= 3
    for (x, _, bottom), (next_x, next_top, _) in pairwise(boxes):
        assert x // 100 != next_x // 100 or bottom < next_top


def test_english_words_are_english(layout: ElkLayout) -> None:
    words = " ".join(ET.fromstring(draw_lineage(a_graph(), layout, "en")).itertext())
    assert "based on" in words
    assert "succeeds (inferred)" in words
    assert "(not held)" in words
    assert "suy ra" not in words


def test_a_picture_for_a_page_brings_no_style_of_its_own(layout: ElkLayout) -> None:
    assert "<style>" in draw_lineage(a_graph(), layout)
    inline = draw_lineage(a_graph(), layout, inline=True)
    assert "<style" not in inline
    assert "style=" not in inline


def test_strokes_tell_relations_apart_without_colour() -> None:
    looks = [(style.width, style.dashes, style.head) for style in RELATIONS.values()]
    assert len(set(looks)) == len(looks)
    assert {relation.value for relation in Relation} <= RELATIONS.keys()


def test_without_the_engine_it_says_so() -> None:
    with pytest.raises(DrawError, match="make assets"):
        draw_lineage(a_graph(), ElkLayout(Path("nowhere/elk.js")))


def test_a_layout_that_takes_too_long_is_given_up() -> None:
    layout = ElkLayout(ENGINE, limit=0.001)
    try:
        with pytest.raises(DrawError, match=r"more than 0\.001 seconds"):
            draw_lineage(a_graph(), layout)
    finally:
        layout.close()


def test_an_engine_that_died_is_closed_and_replaced() -> None:
    """What was still on its way to it is lost with it; nobody stumbles over the broken pipe."""
    layout = ElkLayout(ENGINE)
    try:
        draw_lineage(a_graph(), layout)
        process = layout._process
        assert process is not None
        assert process.stdin is not None
        process.kill()
        process.wait()
        process.stdin.write("half a graph")
        layout.close()
        assert draw_lineage(a_graph(), layout).startswith("<svg")
    finally:
        layout.close()


@pytest.mark.parametrize(
    "text", ["Ủy ban nhân dân huyện Bảo Yên " * 5, "x" * 300, "Sở Lao động - Thương binh và Xã hội"]
)
@pytest.mark.parametrize("lines", [None, 1, 3])
def test_lines_fit_their_box(text: str, lines: int | None) -> None:
    made = wrap_text(text, 200, 12, lines)
    assert all(text_width(line.rstrip("…"), 12) <= 200 for line in made)
    assert lines is None or len(made) <= lines
