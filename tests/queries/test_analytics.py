"""Analytics: figures that can be checked by hand."""

import networkx as nx
import polars as pl
import pytest

from queries.analytics import (
    coordination_network,
    decree_network,
    find_orphans,
    lead_concentration,
    measure_agencies,
    measure_documents,
)
from queries.release import Release
from queries.store import GraphStore

ROWS = [
    # task, agency, role, inherited
    ("t1", "a", "lead", False),
    ("t1", "b", "coordinate", False),
    ("t1", "c", "coordinate", False),
    ("t2", "a", "lead", False),
    ("t2", "b", "coordinate", False),
    ("t3", "b", "lead", False),
    ("t3", "d", "coordinate", False),
    ("t3", "b", "coordinate", False),
    ("t4", "d", "lead", True),
    ("t4", "e", "advise", False),
]


def _frame() -> pl.DataFrame:
    frame = pl.DataFrame(ROWS, schema=["task", "agency", "role", "inherited"], orient="row")
    return frame.with_columns(agency_label=pl.col("agency").str.to_uppercase())


def test_coordination_by_hand() -> None:
    network = coordination_network(_frame())
    assert {(u, v): d["tasks"] for u, v, d in network.edges(data=True)} == {("a", "b"): 2, ("a", "c"): 1, ("b", "d"): 1}
    by_agency = {m.agency: m for m in measure_agencies(network)}
    assert set(by_agency) == {"a", "b", "c", "d"}
    assert (by_agency["a"].leads, by_agency["a"].partners, by_agency["a"].shared) == (2, 2, 3)
    assert (by_agency["b"].leads, by_agency["b"].partners, by_agency["b"].shared) == (1, 2, 3)
    # c - a - b - d: of the three pairs of others, a lies between (c,b) and (c,d), b between (a,d) and (c,d).
    assert by_agency["a"].betweenness == pytest.approx(2 / 3)
    assert by_agency["b"].betweenness == pytest.approx(2 / 3)
    assert by_agency["c"].betweenness == 0


def test_inherited_counts_only_when_asked() -> None:
    assert coordination_network(_frame()).nodes["d"]["leads"] == 0
    assert coordination_network(_frame(), inherited=True).nodes["d"]["leads"] == 1


def test_concentration_by_hand() -> None:
    assert lead_concentration(_frame()) == pytest.approx((2 / 3) ** 2 + (1 / 3) ** 2)
    assert lead_concentration(_frame().filter(pl.col("task") == "t1")) == 1
    assert lead_concentration(_frame().filter(pl.col("role") == "advise")) is None


def test_documents_of_the_small_world(world: Release) -> None:
    network = decree_network(world.store)
    measures = {m.document.rsplit("/document/")[-1]: m for m in measure_documents(network)}
    decree, plan, local = (
        measures[d] for d in ("thu-tuong-chinh-phu/2016/1-qd-ttg", "bo-a/2017/10-qd-a", "tinh-b/2018/20-kh-ubnd")
    )
    assert [(m.depth, m.dependants, m.held) for m in (decree, plan, local)] == [
        (0, 2, False),
        (1, 1, True),
        (2, 0, True),
    ]
    assert nx.is_directed_acyclic_graph(network)
    assert find_orphans(network) == []


def test_a_circle_of_documents_has_a_depth() -> None:
    eli = "http://data.europa.eu/eli/ontology#"
    lines = [f"<urn:{a}> <{eli}based_on> <urn:{b}> <urn:g> ." for a, b in ("xy", "yx", "zx")]
    network = decree_network(GraphStore.in_memory("\n".join(lines)))
    assert {m.document: (m.depth, m.dependants) for m in measure_documents(network)} == {
        "urn:x": (0, 2),
        "urn:y": (0, 2),
        "urn:z": (1, 0),
    }
