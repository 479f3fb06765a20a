"""The catalogue: headers that are checked, parameters that are typed, and questions asked of the small world."""

import datetime
from pathlib import Path

import pytest

from ontology.errors import ParameterError, QueryFileError, UnknownQuery
from queries.catalogue import ask, load_catalogue, projection, read_query
from queries.parameters import is_type
from queries.release import Release

GOOD = """#+ name: good
#+ summary_vi: Tốt
#+ summary_en: Good
#+ params:
#+   node: iri, required | Nút | Node | task/…
#+   word: string, default=x | Từ | Word |
#+ columns:
#+   node: Nút | Node
#+   n: Số | Number
SELECT ?node (COUNT(*) AS ?n) WHERE {
  #: node
  ?node ?p ?word
  #? word
} GROUP BY ?node
"""
BAD = [
    ("name: good", "name: other", 1, "is called"),
    ("#+ summary_en: Good\n", "", 1, "summary_en"),
    ("iri, required", "irri, required", 5, "no type"),
    ("iri, required", "iri, needed", 5, "malformed"),
    ("| Nút | Node | task/…", "| Nút | Node", 5, "malformed"),
    ("#+   node: iri", "#+ - node: iri", 5, "header line"),
    ("  #: node\n", "", 1, "parameters"),
    ("#+   n: Số | Number", "#+   m: Số | Number", 1, "columns"),
    ("#+   n: Số | Number", "#+   n: Số", 9, "malformed"),
    ("#+   n: Số | Number", "#+   node: Số | Number", 9, "twice"),
    ("#+ params:\n", "#+ params: none\n", 5, "indented under nothing"),
]


def test_good_header_is_read(tmp_path: Path) -> None:
    file = tmp_path / "good.rq"
    file.write_text(GOOD, "utf-8")
    query = read_query(file)
    assert [(p.name, p.type, p.required, p.default) for p in query.parameters] == [
        ("node", "iri", True, None),
        ("word", "string", False, "x"),
    ]
    assert [c.label("en") for c in query.columns] == ["Node", "Number"]
    assert query.text.startswith("SELECT ?node")


@pytest.mark.parametrize(("old", "new", "line", "says"), BAD, ids=lambda value: str(value)[:24])
def test_malformed_header_stops_with_its_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    file = tmp_path / "good.rq"
    file.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(QueryFileError, match=says) as stopped:
        read_query(file)
    assert stopped.value.line == line
    assert stopped.value.remedy


def test_projection_knows_where_it_ends() -> None:
    assert projection("SELECT * { ?a ?b ?c }") == []
    assert projection("PREFIX a: <b> select distinct ?a (max(?x + (?y)) as ?m) ?c from <g> where { }") == [
        "a",
        "m",
        "c",
    ]


@pytest.mark.parametrize("name", load_catalogue())
def test_every_query_is_documented_in_both_languages(name: str) -> None:
    query = load_catalogue()[name]
    assert query.summary("vi") != query.summary("en")
    labels = [(p.label_vi, p.label_en) for p in query.parameters] + [(c.label_vi, c.label_en) for c in query.columns]
    assert all(vi and en for vi, en in labels)
    for parameter in query.parameters:
        assert is_type(parameter.type)
        assert parameter.example
        if parameter.default is not None and parameter.choices():
            assert parameter.default in parameter.choices()


def test_there_are_enough_queries() -> None:
    assert len(load_catalogue()) >= 22


# What the small world answers: enough parameters to ask each query, and the number of rows counted by hand.
ASKED: list[tuple[str, dict[str, object], int]] = [
    ("leads", {}, 5),
    ("leads", {"decree": "10/qd-a"}, 2),
    ("leads", {"decree": "1/QĐ-TTg năm 2016", "role": "coordinate"}, 1),
    ("leads", {"decree": "1/QĐ-TTg năm 2021"}, 0),
    ("leads", {"agency": "Vụ X", "period": "2016-2020"}, 2),
    ("leads", {"agency": "Vụ X", "period": "2021-2025"}, 0),
    ("leads", {"level": "province"}, 3),
    ("tasks-of-agency", {"agency": "Vụ X"}, 1),
    ("coordination", {}, 1),
    ("coordination", {"partner": "Vụ X"}, 0),
    ("tasks-under-decree", {"decree": "10/QĐ-A"}, 2),
    ("task-lineage", {"node": "task/tinh-b/2018/20-kh-ubnd/a"}, 2),
    ("task-lineage", {"node": "document/bo-a/2017/10-qd-a"}, 1),
    ("succession", {}, 0),
    ("component-succession", {}, 0),
    ("leads-compared", {}, 0),
    ("agencies-compared", {}, 3),
    ("deadlines", {}, 2),
    ("deadlines", {"from": "2017-01-01", "to": datetime.date(2017, 6, 29)}, 1),
    ("deadlines", {"from": "1/1/2017", "to": "2017-06-30", "agency": "Vụ Y"}, 1),
    ("deadlines", {"agency": "Vụ Y", "role": "lead"}, 0),
    ("budgets", {}, 0),
    ("budget-sums", {}, 0),
    ("legal-bases", {"document": "10/QĐ-A"}, 0),
    ("cited-not-held", {}, 0),
    ("tasks-without", {}, 1),
    ("tasks-without", {"missing": "lead"}, 0),
    ("findings", {}, 0),
    ("document-tasks", {"document": "10/QĐ-A"}, 1),
    ("document-citations", {"document": "10/QĐ-A"}, 0),
    ("components", {}, 1),
    ("agencies", {}, 3),
    ("agency-reports", {}, 0),
    ("targets", {}, 0),
    ("groups-of-agency", {"agency": "Sở Đường tỉnh B"}, 1),
    ("implementing-documents", {"decree": "1/QĐ-TTg năm 2016"}, 2),
    ("result-documents", {}, 0),
    ("documents", {}, 2),
    ("documents", {"held": "false"}, 2),
    ("evidence", {"node": "task/tinh-b/2018/20-kh-ubnd/a"}, 1),
    ("counts", {}, 7),
    ("corrections", {}, 0),
    ("review", {}, 0),
    ("line-of-work", {"agency": "Vụ X"}, 0),
]


@pytest.mark.parametrize(("name", "params", "rows"), ASKED, ids=str)
def test_small_world_answers(world: Release, name: str, params: dict[str, str], rows: int) -> None:
    answer = ask(world, name, **params)
    assert len(answer) == rows
    assert answer.release == world.id
    assert answer.names == tuple(c.name for c in load_catalogue()[name].columns)


def test_every_query_is_asked() -> None:
    assert {name for name, _, _ in ASKED} == set(load_catalogue())


def test_leads_say_how_the_decree_is_reached(world: Release) -> None:
    rows = {row["document_label"]: row for row in ask(world, "leads", decree="1/QĐ-TTg năm 2016")}
    assert rows["10/QĐ-A"]["route"] == "direct"
    assert rows["20/KH-UBND"]["route"] == "through"
    assert rows["20/KH-UBND"]["agency_label"] == "Sở Đường tỉnh B"
    assert rows["10/QĐ-A"]["deadline"] == datetime.date(2017, 6, 30)
    english = {row["document_label"]: row for row in ask(world, "leads", decree="1/QĐ-TTg năm 2016", language="en")}
    assert english["20/KH-UBND"]["agency_label"] == "Department of Roads, B"


def test_several_values_of_one_parameter(world: Release) -> None:
    assert len(ask(world, "leads", decree="10/QĐ-A", role=["lead", "coordinate"])) == 3


@pytest.mark.parametrize(
    ("name", "params", "says"),
    [
        ("leads", {"decre": "10/QĐ-A"}, "decree"),
        ("leads", {"decree": "1/QĐ-TTg"}, "several things.*2016.*2021"),
        ("leads", {"decree": "11/QĐ-A"}, "10/QĐ-A"),
        ("leads", {"period": "2016"}, "2016-2020"),
        ("leads", {"period": "2020-2016"}, "2016-2020"),
        ("leads", {"role": "boss"}, "lead, coordinate"),
        ("leads", {"language": "fr"}, "vi, en"),
        ("tasks-of-agency", {}, "is needed"),
        ("tasks-of-agency", {"agency": "Sở Đường"}, "tỉnh B.*tỉnh C"),
        ("tasks-of-agency", {"agency": ""}, "is needed"),
        ("deadlines", {"from": "31/2/2017"}, "2017-06-30"),
        ("evidence", {"node": "not an iri"}, "full IRI"),
        ("task-lineage", {"node": "task/tinh-b/2018/20-kh-ubnd/khong-co"}, "nothing is known of .*khong-co"),
        ("tasks-without", {"missing": "patience"}, "lead, product, date"),
        ("budgets", {"year": "MMXXII"}, "whole number"),
    ],
)
def test_wrong_parameters_name_what_is_right(world: Release, name: str, params: dict[str, str], says: str) -> None:
    with pytest.raises(ParameterError, match=says):
        ask(world, name, **params)


def test_unknown_query_names_near_ones(world: Release) -> None:
    with pytest.raises(UnknownQuery, match="leads"):
        ask(world, "lead")
