"""A small world made by hand: two programmes' phases, a decree of each, a ministry plan, a province plan, a district plan.

It is written in the terms of docs/graph.md, small enough to count on fingers, and stands for no real document.
"""

import warnings
from pathlib import Path

import pytest
from rdflib import Dataset
from rdflib.term import Node

from queries.publish import publish_release
from queries.release import InputInfo, Release

HERE = Path(__file__).parent
SHAPES = HERE / "shapes.ttl"


def read_world(file: Path = HERE / "world.trig") -> dict[str, list[tuple[Node, ...]]]:
    """Return the quads of the small world by graph."""
    dataset = Dataset()
    with warnings.catch_warnings(
        action="ignore", category=DeprecationWarning
    ):  # rdflib's own parser uses its old names
        dataset.parse(data=file.read_text("utf-8"), format="trig")
    graphs: dict[str, list[tuple[Node, ...]]] = {}
    for s, p, o, g in dataset.quads():
        assert g is not None
        graphs.setdefault(str(g), []).append((s, p, o))
    return graphs


TEXTS = {
    "https://w3id.org/daumoi/id/document/bo-a/2017/10-qd-a": "Căn cứ Quyết định số 1/QĐ-TTg. Vụ X chủ trì, phối hợp với Vụ Y rà soát.",
    "https://w3id.org/daumoi/id/document/tinh-b/2018/20-kh-ubnd": "Thực hiện Quyết định số 1/QĐ-TTg. Sở Đ chủ trì tập huấn.",
}
"""The texts of the two documents of the small world that are held."""


def publish_world(home: Path, **changes: str) -> Release:
    """Publish the small world; ``changes`` replace texts by document."""
    inputs = [InputInfo("a.txt", "1" * 64), InputInfo("b.txt", "2" * 64)]
    return publish_release(home, read_world(), TEXTS | changes, inputs, "0.0.1", shapes=SHAPES)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The small world, published once for all tests that only read."""
    return publish_world(tmp_path_factory.mktemp("world"))
