"""The program's own rules on the two small records: what follows, what must not, and with which quotes."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from loaders.statements.state import state_record, state_registry, state_vocabulary, used_agents
from ontology.namespaces import ID
from ontology.records import Record, Relation
from queries.checks import run_checks
from queries.header import read_header
from queries.inference import INFERRED, RULES, load_rules, run_rules
from queries.ntriples import graph_statements
from queries.store import GraphStore
from queries.succession import Subject, find_document_successions, infer_successions, likeness, pair
from tests.loaders.statements.state_samples import (
    DECREE_1,
    DECREE_9,
    LOCAL,
    LOCAL_TEXT,
    NORMS_1,
    NORMS_9,
    PLAN,
    PLAN_TEXT,
    RESOLUTION,
    local_record,
    plan_record,
    small_registry,
)

PREFIXES = """
PREFIX dm: <https://w3id.org/daumoi/ontology#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""


def build(*readings: tuple[Record, str]) -> GraphStore:
    """Return a store of some records with everything that follows."""
    registry = small_registry()
    quads = [quad for record, text in readings for quad in state_record(record, text, registry)]
    quads += state_registry(registry, used_agents(record for record, _ in readings)) + state_vocabulary()
    store = GraphStore.in_memory()
    for graph in sorted({str(quad[3]) for quad in quads}):
        store.add_triples(graph, graph_statements(graph, [quad for quad in quads if str(quad[3]) == graph]))
    run_rules(store, load_rules())
    store.add_triples(INFERRED, store.new_statements(infer_successions(store)))
    return store


@cache
def world() -> GraphStore:
    """Return the store of both samples."""
    return build((plan_record(), PLAN_TEXT), (local_record(), LOCAL_TEXT))


def pairs(predicate: str, store: GraphStore | None = None) -> set[tuple[str, str]]:
    """Return subject and object of all statements with a property."""
    rows = (store or world()).select(f"{PREFIXES} SELECT ?s ?o WHERE {{ ?s {predicate} ?o }}").rows
    return {(str(s), str(o)) for s, o in rows}


@pytest.mark.parametrize("file", sorted(RULES.glob("*.rq")), ids=lambda file: file.stem)
def test_header_says_what_the_rule_does(file: Path) -> None:
    fields = read_header(file.read_text("utf-8"), file).fields
    assert {"name", "order", "summary_vi", "summary_en"} <= fields.keys()
    assert file.stem == f"{fields['order'][0]}_{fields['name'][0].replace('-', '_')}"


@pytest.mark.parametrize("file", sorted(RULES.glob("*.rq")), ids=lambda file: file.stem)
def test_every_rule_finds_something(file: Path) -> None:
    """A rule that finds nothing in the samples is a rule that no test would see break."""
    store = build((plan_record(), PLAN_TEXT), (local_record(), LOCAL_TEXT))
    assert store.construct(file.read_text("utf-8"))


def test_rules_come_to_rest() -> None:
    assert set(run_rules(world(), load_rules()).values()) == {0}


def test_each_triple_stands_in_one_graph_after_inference() -> None:
    assert sum(world().count(graph) for graph in world().graphs()) == world().count()


def test_no_rule_ends_the_life_of_a_document() -> None:
    """Replacement and repeal are stated by words only: here by none."""
    assert pairs("dcterms:replaces") | pairs("eli:repeals") | pairs("eli:amends") == set()


def test_stated_replacement_stays_stated_and_is_not_an_inference() -> None:
    record = local_record()
    words = replace(record.citations[0], relation=Relation.REPLACES)
    store = build((replace(record, citations=(words, *record.citations[1:])), LOCAL_TEXT))
    assert pairs("dcterms:replaces", store) == {(LOCAL, DECREE_9)}
    assert "replaces" not in "".join(store.triples(INFERRED))


def test_stated_link_becomes_an_edge() -> None:
    assert (DECREE_9, RESOLUTION) in pairs("eli:ensures_implementation_of")


def test_cited_documents_are_described_and_not_held() -> None:
    assert {document for document, held in pairs("dm:held") if held == "False"} == {
        *(DECREE_1, DECREE_9, RESOLUTION, NORMS_1, NORMS_9)
    }
    assert (DECREE_1, "1/QĐ-TTg") in pairs("eli:id_local")
    assert (DECREE_9, "phê duyệt Chương trình G giai đoạn 2021-2025") in pairs("dcterms:title")
    assert (RESOLUTION, "Luật L") in pairs("dcterms:title")
    assert (DECREE_9, "2022-01-18") in pairs("dm:dateText")
    assert (NORMS_9, ID + "agency/thu-tuong") in pairs("eli:passed_by")


def test_held_document_is_not_described_by_others() -> None:
    """A document that another one cites keeps its own title once it is held."""
    cited = replace(plan_record().citations[1], iri=LOCAL, number="20/KH-UBND", subject="tên khác")
    citing = replace(plan_record(), citations=(cited,))
    store = build((citing, PLAN_TEXT), (local_record(), LOCAL_TEXT))
    assert {o for s, o in pairs("dm:held", store) if s == LOCAL} == {"True"}
    assert len({o for s, o in pairs("dcterms:title", store) if s == LOCAL}) == 1


def test_most_frequent_subject_is_the_title() -> None:
    record = local_record()
    first = record.citations[0]
    run_on = replace(first, subject=f"{first.subject} đạt tiến độ và có hiệu quả, Bộ trưởng ban hành")
    citations = (run_on, first, replace(first, span=record.citations[1].span), *record.citations[1:])
    store = build((replace(record, citations=citations), LOCAL_TEXT))
    assert {o for s, o in pairs("dcterms:title", store) if s == DECREE_9} == {first.subject}


def test_plan_of_the_phase_carries_out_its_instrument() -> None:
    assert pairs("dm:carriesOut") == {(LOCAL, DECREE_9)}
    rows = (
        world()
        .select(
            f"""{PREFIXES} SELECT ?score ?title ?quote WHERE {{
          ?i dm:inferredPredicate dm:carriesOut ; dm:score ?score ;
            dm:subjectEvidence/oa:hasSelector/oa:exact ?title ; dm:objectEvidence/oa:hasSelector/oa:exact ?quote }}"""
        )
        .rows
    )
    assert [(str(score), str(title)) for score, title, _ in rows] == [
        ("0.95", "Kế hoạch thực hiện Chương trình G giai đoạn 2021-2025")
    ]


@pytest.mark.parametrize(
    ("periods", "date", "cites", "expected"),
    [
        (("2022",), "2022-08", True, "0.95"),
        (("2021-2025",), "2022-08", False, "0.8"),
        (("2021-2025",), None, False, "0.6"),
        (("2021-2025",), "2021-12-01", True, None),
        (("2016-2020",), "2015-01-01", False, None),
        (("2019-2023",), "2022-08", False, None),
        ((), "2022-08", True, None),
    ],
)
def test_when_a_plan_carries_a_phase_out(
    periods: tuple[str, ...], date: str | None, cites: bool, expected: str | None
) -> None:
    record = local_record()
    document = replace(record.document, periods=periods, date=date)
    citations = record.citations if cites else record.citations[1:]
    store = build((replace(record, document=document, citations=citations, links=()), LOCAL_TEXT))
    found = store.select(f"{PREFIXES} SELECT ?s WHERE {{ ?i dm:inferredPredicate dm:carriesOut ; dm:score ?s }}").rows
    assert [str(score) for (score,) in found] == ([] if expected is None else [expected])


def test_lineage_reaches_the_root() -> None:
    task = ID + "task/tinh-b/uy-ban-nhan-dan/2022/20-kh-ubnd/1"
    assert {o for s, o in pairs("dm:implementsDecree") if s == task} == {DECREE_9, RESOLUTION}
    assert {o for s, o in pairs("dm:derivesFrom") if s == task} == {LOCAL, DECREE_9, NORMS_9, RESOLUTION}


def test_basis_is_not_implementation() -> None:
    assert (LOCAL, NORMS_9) in pairs("dm:derivesFrom")
    assert (LOCAL, NORMS_9) not in pairs("dm:implementsDecree")


def test_circle_of_documents_comes_to_rest() -> None:
    link = replace(local_record().links[0], subject="24/2021/QH15", object=DECREE_9)
    store = build((replace(local_record(), links=(*local_record().links, link)), LOCAL_TEXT))
    assert not [s for s, o in pairs("dm:implementsDecree", store) if s == o]


def test_shortcuts_repeat_stated_assignments() -> None:
    task = ID + "task/bo-a/2017/10-qd-ba/i.dd"
    assert {o for s, o in pairs("dm:ledBy") if s == task} == {ID + "agency/bo-a/vu-x"}
    assert {o for s, o in pairs("dm:coordinatedBy") if s == task} == {ID + "agency/bo-a/vu-y", ID + "group/bo-a/cac-vu"}


def test_member_of_its_time_inherits_unless_it_is_named_itself() -> None:
    """Of the units of the ministry, one leads itself, one was founded later, one was gone: one inherits."""
    found = (
        world()
        .select(
            f"{PREFIXES} SELECT ?task ?member ?from WHERE {{ ?a a dm:InheritedAssignment ; dm:task ?task ; dm:agency ?member ; "
            "dm:inheritedFrom/dm:agency ?from }"
        )
        .rows
    )
    assert {(str(t).rsplit("/", 1)[1], str(m).rsplit("/", 1)[1], str(g).rsplit("/", 1)[1]) for t, m, g in found} == {
        ("i.d", "vu-x", "cac-vu"),
        ("1", "so-e", "cac-so-nganh"),
    }


def test_phases_and_their_instruments_succeed() -> None:
    assert (ID + "phase/g/2021-2025", ID + "phase/g/2016-2020") in pairs("dm:succeeds")
    rows = (
        world()
        .select(
            f"""{PREFIXES} SELECT ?later ?earlier WHERE {{
          ?i dm:inferredSubject <{DECREE_9}> ; dm:inferredObject <{DECREE_1}> ; dm:inferredPredicate dm:succeeds ;
            dm:subjectEvidence/oa:hasSelector/oa:exact ?later ; dm:objectEvidence/oa:hasSelector/oa:exact ?earlier }}"""
        )
        .rows
    )
    assert len(rows) == 1
    assert str(rows[0][0]).endswith("2021-2025")
    assert str(rows[0][1]).endswith("2016-2020")


def test_norms_of_two_periods_succeed_by_subject_with_both_quotes() -> None:
    found = [one for one in find_document_successions(world()) if one.later.thing == NORMS_9]
    assert [(one.earlier.thing, one.rule) for one in found] == [(NORMS_1, "subject-succession")]
    rows = (
        world()
        .select(
            f"""{PREFIXES} SELECT ?later ?earlier WHERE {{
          ?i dm:inferredSubject <{NORMS_9}> ; dm:inferredObject <{NORMS_1}> ;
            dm:subjectEvidence/oa:hasSelector/oa:exact ?later ; dm:objectEvidence/oa:hasSelector/oa:exact ?earlier }}"""
        )
        .rows
    )
    assert len(rows) == 1
    assert "2021-2025" in str(rows[0][0])
    assert "2016-2020" in str(rows[0][1])


def test_components_of_adjacent_phases_succeed() -> None:
    da1 = ID + "national-component/g/{}/da1"
    assert {(s, o) for s, o in pairs("dm:succeeds") if "component" in s} == {
        (da1.format("2021-2025"), da1.format("2016-2020"))
    }


def _subject(thing: str, key: str, period: str, family: str = "f") -> Subject:
    return Subject(thing, family, key, period, "")


@pytest.mark.parametrize(
    ("earlier", "later", "found"),
    [
        (("dinh muc phan bo von @g", "2016-2020"), ("dinh muc phan bo von @g", "2021-2025"), True),
        (("dinh muc phan bo von @g", "2016-2020"), ("dinh muc phan bo von @h", "2021-2025"), False),
        (("dinh muc phan bo von @g", "2016-2020"), ("dinh muc phan bo von @g", "2026-2030"), False),
        (("dinh muc phan bo von", "2016-2020"), ("dinh muc phan bo von @g", "2021-2025"), False),
        (("quy trinh kiem tra giam sat @g", "2016-2020"), ("giam sat danh gia @g", "2021-2025"), True),
        (("quy trinh kiem tra giam sat", "2016-2020"), ("giam sat danh gia", "2021-2025"), False),
        (("ho tro viec lam @g", "2016-2020"), ("giam sat danh gia @g", "2021-2025"), False),
        (("@g", "2016-2020"), ("@g", "2021-2025"), True),
        (("tieu chi huyen ngheo", "2017-2020"), ("tieu chi huyen ngheo", "2021-2025"), True),
        (("tieu chi huyen ngheo", "2021"), ("tieu chi huyen ngheo", "2022"), True),
    ],
)
def test_which_subjects_pair(earlier: tuple[str, str], later: tuple[str, str], found: bool) -> None:
    pairs_found = pair([_subject("a", *earlier), _subject("b", *later)], "subject-succession")
    assert [(one.earlier.thing, one.later.thing) for one in pairs_found] == ([("a", "b")] if found else [])


def test_each_follows_at_most_one() -> None:
    subjects = [
        _subject("a", "tieu chi xa kho khan", "2016-2020"),
        _subject("b", "tieu chi xa kho khan", "2021-2025"),
        _subject("c", "tieu chi xa kho khan vung", "2021-2025"),
        _subject("d", "tieu chi xa kho khan", "2021-2025", "other issuer"),
    ]
    assert [(one.later.thing, one.earlier.thing) for one in pair(subjects, "r")] == [("b", "a")]


def test_likeness_is_symmetric() -> None:
    one, other = "giam sat danh gia @g", "quy trinh kiem tra giam sat @g"
    assert likeness(one, other) == likeness(other, one)
    assert 0.5 < likeness(one, other) < 0.6


@pytest.mark.parametrize(
    ("periods", "faults"),
    [(("2016-2020",), 0), (("2021-2025",), 1), (("2016-2020", "2021-2025"), 0), (("2017",), 0), ((), 0)],
)
def test_plan_of_another_period_is_a_fault(periods: tuple[str, ...], faults: int) -> None:
    record = plan_record()
    store = build((replace(record, document=replace(record.document, periods=periods)), PLAN_TEXT))
    found = [fault for fault in run_checks(store, {PLAN: PLAN_TEXT}) if fault.code == "period-mismatch"]
    assert len(found) == faults
    assert all("1/QĐ-TTg" in fault.message_vi for fault in found)


def test_samples_pass_every_check() -> None:
    assert run_checks(world(), {PLAN: PLAN_TEXT, LOCAL: LOCAL_TEXT}) == []
