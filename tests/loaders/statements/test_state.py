"""What a record says becomes statements: every fact with its quote, every triple in one graph, the same each time."""

import hashlib
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, BNode, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS, TIME

from loaders.statements.state import (
    Quad,
    document_graph,
    state_provenance,
    state_record,
    state_registry,
    state_vocabulary,
    used_agents,
)
from loaders.statements.state_document import RELATION_PROPERTY
from loaders.statements.state_names import DocumentNames, step
from loaders.statements.state_quads import decimal, printed_numbers
from ontology.namespaces import DM, ELI, GRAPH, ID, OA, SPDX
from ontology.records import Citation, Document, Record, Relation, Span, Task
from tests.loaders.statements.state_samples import (
    DECREE_1,
    DECREE_9,
    LOCAL,
    LOCAL_TEXT,
    NORMS_1,
    PLAN,
    PLAN_TEXT,
    RESOLUTION,
    local_record,
    plan_record,
    small_registry,
)

SAMPLES = [(plan_record(), PLAN_TEXT), (local_record(), LOCAL_TEXT)]
TASK = ID["task/bo-a/2017/10-qd-ba/i.dd"]


@cache
def stated(number: int) -> tuple[Quad, ...]:
    """Return the statements of one sample."""
    record, text = SAMPLES[number]
    return tuple(state_record(record, text, small_registry()))


def values(number: int, subject: str, predicate: URIRef) -> set[str]:
    """Return the values that a sample states, as strings."""
    return {str(o) for s, p, o, _ in stated(number) if str(s) == str(subject) and p == predicate}


def everything() -> list[Quad]:
    """Return all that the pipeline states of the samples."""
    return [
        *stated(0),
        *stated(1),
        *state_registry(small_registry(), used_agents(record for record, _ in SAMPLES)),
        *state_vocabulary(),
        *state_provenance(SAMPLES, program_version="1"),
    ]


def test_same_input_same_statements_in_the_same_order() -> None:
    for record, text in SAMPLES:
        assert state_record(record, text, small_registry()) == state_record(record, text, small_registry())


def test_each_triple_stands_in_one_graph() -> None:
    triples = Counter((s, p, o) for s, p, o, _ in everything() if not isinstance(s, BNode) and not isinstance(o, BNode))
    assert [triple for triple, times in triples.items() if times > 1] == []


def test_no_blank_nodes_outside_the_vocabulary() -> None:
    for s, _, o, graph in everything():
        if graph != GRAPH["vocabulary"]:
            assert not isinstance(s, BNode)
            assert not isinstance(o, BNode)


@pytest.mark.parametrize("number", [0, 1])
def test_every_quote_stands_in_its_text(number: int) -> None:
    quads, text = stated(number), SAMPLES[number][1]
    exact = {str(s).removesuffix("/quote"): str(o) for s, p, o, _ in quads if p == OA.exact}
    start = {str(s).removesuffix("/position"): int(str(o)) for s, p, o, _ in quads if p == OA.start}
    end = {str(s).removesuffix("/position"): int(str(o)) for s, p, o, _ in quads if p == OA.end}
    prefix = {str(s).removesuffix("/quote"): str(o) for s, p, o, _ in quads if p == OA.prefix}
    assert len(exact) >= 8
    assert exact.keys() == start.keys() == end.keys()
    for node, quote in exact.items():
        assert text[start[node] : end[node]] == quote
        assert text[: start[node]].endswith(prefix.get(node, ""))


@pytest.mark.parametrize("number", [0, 1])
def test_every_fact_has_a_quote(number: int) -> None:
    quads = stated(number)
    facts = {
        s
        for s, p, o, _ in quads
        if p == RDF.type
        and o
        in {DM.Task, DM.Assignment, DM.Citation, DM.Component, DM.Target, DM.BudgetLine, DM.ReportingDuty, DM.Section}
    }
    assert len(facts) >= 8
    assert facts - {s for s, p, _, _ in quads if p == DM.evidence} == set()


def test_text_has_its_checksum() -> None:
    assert values(0, ID["text/bo-a/2017/10-qd-ba/sha256"], SPDX.checksumValue) == {
        hashlib.sha256(PLAN_TEXT.encode()).hexdigest()
    }


def test_document_is_described() -> None:
    assert values(0, PLAN, ELI.id_local) == {"10/QĐ-BA"}
    assert values(0, PLAN, ELI.date_document) == {"2017-03-09"}
    assert values(0, PLAN, ELI.passed_by) == {ID + "agency/bo-a"}
    assert values(0, PLAN, ELI.type_document) == {ID + "document-type/quyet-dinh"}
    assert values(0, PLAN, DM.programme) == {ID + "programme/g"}
    assert values(0, PLAN, DM.held) == {"true"}
    assert values(0, PLAN, ELI.has_annex) == {ID + "annex/bo-a/2017/10-qd-ba/1"}


def test_partial_date_is_kept_as_text_only() -> None:
    assert values(1, LOCAL, DM.dateText) == {"2022-08"}
    assert values(1, LOCAL, ELI.date_document) == set()


def test_relations_follow_the_words() -> None:
    assert values(0, PLAN, ELI.ensures_implementation_of) == {DECREE_1}
    assert values(0, PLAN, ELI.based_on) == {DECREE_1}
    assert values(0, PLAN, ELI.cites) == {NORMS_1}
    assert values(1, LOCAL, ELI.cites) == {RESOLUTION}
    for p in (ELI.repeals, DCTERMS.replaces, ELI.amends):
        assert values(0, PLAN, p) | values(1, LOCAL, p) == set()


@pytest.mark.parametrize("relation", list(Relation))
def test_each_relation_has_its_property(relation: Relation) -> None:
    text = "Văn bản A và văn bản B"
    citation = Citation("1/X", None, None, None, None, relation, False, DECREE_1, Span(0, 9))
    record = Record(Document("2/Y", None, "2020-01-01", None, None, None, iri=PLAN), (citation,))
    quads = state_record(record, text, small_registry())
    assert (URIRef(PLAN), RELATION_PROPERTY[relation], URIRef(DECREE_1)) in {quad[:3] for quad in quads}


def test_annexed_text_points_back() -> None:
    citation = Citation("1/X", None, None, None, None, Relation.ANNEX, False, DECREE_1, Span(0, 2))
    record = Record(Document(None, None, None, None, None, None, iri=PLAN, attached_to="1/X"), (citation,))
    quads = {quad[:3] for quad in state_record(record, "abc", small_registry())}
    assert (URIRef(DECREE_1), ELI.has_annex, URIRef(PLAN)) in quads


def test_each_issuer_of_a_joint_document_is_stated() -> None:
    issuers = ("Bộ Tài chính", "Bộ Y tế")
    citation = Citation(
        "1/X", None, None, issuers[0], None, Relation.CITES, False, DECREE_1, Span(0, 2), joint_issuers=issuers
    )
    record = Record(Document("2/Y", None, "2020-01-01", None, None, None, iri=PLAN), (citation,))
    quads = list(state_record(record, "abc", small_registry()))
    assert {str(o) for _, p, o, _ in quads if p == DM.citedJointIssuer} == set(issuers)
    assert {str(o) for _, p, o, _ in quads if p == DM.citedIssuer} == {issuers[0]}


def test_document_never_relates_to_itself() -> None:
    assert [(p, o) for s, p, o, _ in stated(0) if str(s) == PLAN and str(o) == PLAN] == []


def test_unresolved_mention_is_kept() -> None:
    found = [s for s, p, o, _ in stated(1) if p == DM.citedNumber and str(o) == "77/KH-UBND"]
    assert len(found) == 1
    assert [p for s, p, _, _ in stated(1) if s == found[0] and p in {DM.citedDocument, DM.resolvedBy}] == []


def test_link_between_cited_documents_is_a_node_with_its_quote() -> None:
    links = [s for s, p, o, _ in stated(1) if p == RDF.type and o == DM.StatedLink]
    assert len(links) == 1
    assert values(1, links[0], DM.linkSubject) == {DECREE_9}
    assert values(1, links[0], DM.linkObject) == {RESOLUTION}
    assert not [o for s, p, o, _ in stated(1) if str(s) == DECREE_9]


def test_subject_reaches_over_the_words() -> None:
    about = [o for s, p, o, _ in stated(1) if p == DM.aboutEvidence]
    quotes = {q for one in about for q in values(1, f"{one}/quote", OA.exact)}
    assert any(q.startswith("Quyết định số 9/QĐ-TTg") and q.endswith("giai đoạn 2021-2025") for q in quotes)


def test_task_is_described() -> None:
    assert values(0, TASK, ELI.number) == {"I.đ"}
    assert values(0, TASK, DM.section) == {"I NHIỆM VỤ"}
    assert values(0, TASK, DM.inSection) == {ID + "section/bo-a/2017/10-qd-ba/1"}
    assert values(0, TASK, DM.component) == {ID + "component/bo-a/2017/10-qd-ba/da1"}
    assert values(0, TASK, DM.resultDocument) == {NORMS_1}
    assert values(0, TASK, DM.submitTo) == {ID + "agency/thu-tuong"}
    assert values(0, TASK, DM.subjectPeriod) == {"2016-2020"}


def test_letters_d_and_dd_are_two_tasks() -> None:
    tasks = {str(s) for s, p, o, _ in stated(0) if p == RDF.type and o == DM.Task}
    assert tasks == {str(TASK), ID + "task/bo-a/2017/10-qd-ba/i.d"}


def test_assignment_names_agent_task_and_role() -> None:
    node = ID["assignment/bo-a/2017/10-qd-ba/i.dd/lead/bo-a/vu-x"]
    assert values(0, node, DM.agency) == {ID + "agency/bo-a/vu-x"}
    assert values(0, node, DM.task) == {str(TASK)}
    assert values(0, node, DM.role) == {ID + "role/lead"}
    assert values(0, node, DM.printed) == {"Vụ X, Bộ A"}


def test_timing_has_interval_and_instants() -> None:
    node = ID["timing/bo-a/2017/10-qd-ba/i.dd"]
    assert (values(0, node, DM.start), values(0, node, DM.end)) == ({"2017-04-01"}, {"2017-06-30"})
    (instant,) = values(0, node, TIME.hasBeginning)
    assert values(0, instant, TIME.inXSDDate) == {"2017-04-01"}
    yearly = ID["timing/bo-a/2017/10-qd-ba/i.d"]
    assert values(0, yearly, DM.recurrence) == {ID + "recurrence/annual"}
    assert (values(0, yearly, DM.completed), values(0, yearly, DM.completedOn)) == ({"true"}, {"2017-01"})


def test_component_is_aligned_and_not_identified() -> None:
    node = ID["component/bo-a/2017/10-qd-ba/da1"]
    assert values(0, node, DM.alignedTo) == {ID + "national-component/g/2016-2020/da1"}
    assert values(0, node, DM.alignmentScore) == {"0.9"}
    assert not [p for _, p, _, _ in stated(0) if p == SKOS.exactMatch]


def test_figures_keep_what_is_printed() -> None:
    target, budget = ID["target/bo-a/2017/10-qd-ba/1"], ID["budget/bo-a/2017/10-qd-ba/1"]
    assert values(0, target, DM.valueText) == {"2-2,5"}
    assert (values(0, target, DM.lowValue), values(0, target, DM.highValue)) == ({"2"}, {"2.5"})
    assert values(0, budget, DM.amountMillionVND) == {"3188"}
    assert values(0, budget, DM.printed) == {"3.188 triệu đồng"}
    whole = ID["budget/bo-a/2017/10-qd-ba/2"]
    assert values(0, whole, DM.scope) == {PLAN}
    assert values(0, whole, DM.budgetPeriod) == {"2016-2020"}


def test_findings_have_their_own_graph_and_their_quotes_stay() -> None:
    findings = [quad for quad in stated(0) if quad[3] == GRAPH["findings"]]
    assert {str(o) for _, p, o, _ in findings if p == DM.code} == {
        ID + "finding-code/row-without-lead",
        ID + "finding-code/missing-date",
    }
    evidence = {o for _, p, o, _ in findings if p == DM.evidence}
    assert len(evidence) == 1
    assert {graph for s, p, _, graph in stated(0) if s in evidence} == {document_graph(*SAMPLES[0])}


def test_span_outside_the_text_is_our_defect() -> None:
    record = Record(Document(None, None, None, None, None, None), tasks=(Task("1", (), None, "x", Span(0, 99)),))
    with pytest.raises(ValueError, match="not inside a text of 3"):
        state_record(record, "abc", small_registry())


def test_same_mention_in_two_places_is_one_assignment_with_two_quotes() -> None:
    record = plan_record()
    task = record.tasks[0]
    again = replace(task.assignments[0], span=Span(0, 5))
    more = replace(record, tasks=(replace(task, assignments=(*task.assignments, again)),))
    quads = state_record(more, PLAN_TEXT, small_registry())
    node = ID["assignment/bo-a/2017/10-qd-ba/i.dd/lead/bo-a/vu-x"]
    assert len([o for s, p, o, _ in quads if s == node and p == DM.evidence]) == 2


def test_registry_states_members_and_parents() -> None:
    quads = state_registry(small_registry(), used_agents(record for record, _ in SAMPLES))
    triples = {quad[:3] for quad in quads}
    group, unit = ID["group/bo-a/cac-vu"], ID["agency/bo-a/vu-x"]
    assert (group, FOAF.member, unit) in triples
    assert (unit, URIRef("http://www.w3.org/ns/org#unitOf"), ID["agency/bo-a"]) in triples
    assert (ID["group/tinh-b/cac-so-nganh"], FOAF.member, ID["agency/tinh-b/so-e"]) in triples
    assert (ID["agency/tinh-b/to-chuc-la"], RDF.type, DM.UnresolvedAgent) in triples
    assert (ID["agency/tinh-b/so-d"], SKOS.prefLabel, Literal("Sở Đ tỉnh B", lang="vi")) in triples


def test_registry_states_no_local_body_that_nobody_names() -> None:
    quads = state_registry(small_registry(), [])
    assert not [s for s, _, _, _ in quads if str(s).startswith(ID + "agency/tinh-b")]


def test_provenance_knows_no_clock() -> None:
    quads = state_provenance(SAMPLES, program_version="1.2.3")
    assert quads == state_provenance(SAMPLES, program_version="1.2.3")
    runs = {s for s, p, o, _ in quads if p == RDF.type and str(o).endswith("prov#Activity")}
    assert runs == {ID["run/bo-a/2017/10-qd-ba"], ID["run/tinh-b/uy-ban-nhan-dan/2022/20-kh-ubnd"]}


@given(st.lists(st.text("abdđ1.IV+- ", max_size=4), max_size=12))
def test_fresh_names_are_never_given_twice(numbers: list[str]) -> None:
    names = DocumentNames(URIRef(PLAN))
    given_out = [names.fresh("task", step(number)) for number in numbers]
    assert len(set(given_out)) == len(given_out)


@settings(max_examples=60)
@given(st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False))
def test_decimals_are_written_without_exponent(value: object) -> None:
    text = str(decimal(float(str(value))))
    assert "e" not in text.lower()
    assert float(text) == float(str(value))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2-2,5", [2, 2.5]),
        ("1.438", [1438]),
        ("3.188,5", [3188.5]),
        ("100 %", [100]),
        ("", []),
        ("1 234 567", [1234567]),
    ],
)
def test_printed_numbers(text: str, numbers: list[float]) -> None:
    assert [float(one) for one in printed_numbers(text)] == numbers
