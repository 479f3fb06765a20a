"""Every shape has teeth: a good sample conforms, and each constraint, broken once, is reported in both languages."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCTERMS, ORG, OWL, RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from loaders.statements.state import state_provenance, state_record, state_registry, used_agents
from ontology.namespaces import DM, ID
from ontology.records import CorrectionAction, CorrectionNote, CorrectionStatus, FactKind, Span
from ontology.registry import load_registry
from queries.inference import INFERRED, load_rules, run_rules
from queries.ntriples import graph_statements
from queries.store import GraphStore
from queries.succession import infer_successions
from tests.loaders.statements.state_samples import LOCAL_TEXT, PLAN_TEXT, local_record, plan_record, small_registry

ROOT = Path(__file__).parent.parent.parent
SHAPES = Graph().parse(ROOT / "ontology" / "shapes.ttl")
VOCABULARY = Graph().parse(ROOT / "ontology" / "daumoi.ttl")
CORRECTIONS = (
    CorrectionNote(
        "sua-1", FactKind.HEADER, CorrectionAction.CHANGE, "", "title", "Kế hoạch", "Kế hoạch số 2", CorrectionStatus.APPLIED,
        "Đã áp dụng.", "Applied.", "Người sửa", "2026-01-02", "đọc sai", "Kế hoạch", fact="/document", span=Span(0, 3),
    ),
    CorrectionNote(
        "sua-2", FactKind.HEADER, CorrectionAction.CHANGE, "", "date", "2017", "2018", CorrectionStatus.WITHDRAWN,
        "Đã rút.", "Withdrawn.", "Người sửa", "2026-01-02", "đọc sai", "2017", "Người rút", "2026-02-01", "nhầm",
    ),
)  # fmt: skip


@cache
def sample() -> Graph:
    """Return statements of every class, stated and inferred, that conform."""
    registry = small_registry()
    readings = [(replace(plan_record(), corrections=CORRECTIONS), PLAN_TEXT), (local_record(), LOCAL_TEXT)]
    quads = [quad for record, text in readings for quad in state_record(record, text, registry)]
    quads += state_registry(registry, used_agents(record for record, _ in readings))
    quads += state_provenance(readings, program_version="1")
    store = GraphStore.in_memory()
    for graph in sorted({str(quad[3]) for quad in quads}):
        store.add_triples(graph, graph_statements(graph, [quad for quad in quads if str(quad[3]) == graph]))
    run_rules(store, load_rules())
    store.add_triples(INFERRED, infer_successions(store))
    lines = [line for graph in store.graphs() for line in store.triples(graph)]
    return Graph().parse(data="".join(f"{line} .\n" for line in lines), format="nt")


def faults(data: Graph, shapes: Graph) -> Graph:
    """Return the validation report."""
    _, report, _ = validate(data, shacl_graph=shapes, meta_shacl=False)
    assert isinstance(report, Graph)
    return report


def only(shape: Node) -> Graph:
    """Return the graph of one shape alone."""
    alone, todo = Graph(), [shape]
    while todo:
        node = todo.pop()
        for p, o in SHAPES.predicate_objects(node):
            alone.add((node, p, o))
            if isinstance(o, BNode):
                todo.append(o)
    return alone


def targets(shape: Node) -> list[URIRef]:
    """Return what the shape is about in the sample."""
    data = sample()
    found = {
        node
        for kind in SHAPES.objects(shape, SH.targetClass)
        for node in data.subjects(RDF.type, kind)
        if isinstance(node, URIRef)
    }
    for name in SHAPES.objects(shape, SH.targetSubjectsOf):
        found |= {node for node in data.subjects(name, None) if isinstance(node, URIRef)}
    return sorted(found)


def around(shape: Node) -> Graph:
    """Return the part of the sample that one shape looks at: its targets, and the classes of everything."""
    part = Graph()
    for triple in sample().triples((None, RDF.type, None)):
        part.add(triple)
    for node in targets(shape):
        for triple in sample().triples((node, None, None)):
            part.add(triple)
    return part


NODE_SHAPES = sorted(SHAPES.subjects(RDF.type, SH.NodeShape), key=str)


def cases() -> Iterator[tuple[Node, Node, str]]:
    """Yield each shape with each of its property shapes, and how to break it."""
    for shape in NODE_SHAPES:
        for constraint in SHAPES.objects(shape, SH.property):
            if SHAPES.value(constraint, SH.minCount) is not None:
                yield shape, constraint, "missing"
            if SHAPES.value(constraint, SH.maxCount) is not None:
                yield shape, constraint, "again"
            if (constraint, SH.disjoint, None) not in SHAPES:
                yield shape, constraint, "wrong"


CASES = sorted(cases(), key=lambda case: (str(case[0]), str(SHAPES.value(case[1], SH.path)), case[2]))


def _name(case: tuple[Node, Node, str]) -> str:
    path = str(SHAPES.value(case[1], SH.path))
    return f"{str(case[0]).rsplit('#')[-1]}-{path.rsplit('#')[-1].rsplit('/')[-1]}-{case[2]}"


def test_sample_conforms() -> None:
    report = faults(sample(), SHAPES)
    assert [str(o) for o in report.objects(None, SH.resultMessage)] == []


def test_registry_of_the_program_conforms() -> None:
    """A row of a table that no shape would accept is found here, not when somebody publishes."""
    data = Graph()
    for s, p, o, _ in state_registry(load_registry(), []):
        data.add((s, p, o))
    report = faults(data, SHAPES)
    found = {
        (str(report.value(r, SH.focusNode)), str(report.value(r, SH.resultPath)))
        for r in report.subjects(SH.focusNode, None)
    }
    assert found == set()


def test_one_shape_per_class() -> None:
    """Every class of the vocabulary has its shape, and every shape finds something in the sample."""
    classes = {c for c in VOCABULARY.subjects(RDF.type, OWL.Class) if str(c).startswith(str(DM))}
    shaped = [kind for shape in NODE_SHAPES for kind in SHAPES.objects(shape, SH.targetClass)]
    assert classes - set(shaped) == set()
    assert len(shaped) == len(set(shaped))
    assert [shape for shape in NODE_SHAPES if not targets(shape)] == []


def test_messages_are_in_both_languages() -> None:
    for shape in NODE_SHAPES:
        for constraint in SHAPES.objects(shape, SH.property):
            languages = sorted(
                o.language or "" for o in SHAPES.objects(constraint, SH.message) if isinstance(o, Literal)
            )
            assert languages == ["en", "vi"], _name((shape, constraint, ""))


def test_enough_cases() -> None:
    assert len(CASES) >= 200


def _broken(shape: Node, constraint: Node, how: str) -> tuple[Graph, URIRef, URIRef]:
    """Return the sample with one value of the constraint's path broken, the node, and the path."""
    path = SHAPES.value(constraint, SH.path)
    assert isinstance(path, URIRef)
    data = around(shape)
    having = [node for node in targets(shape) if (node, path, None) in data] or targets(shape)
    node = having[0]
    values = list(data.objects(node, path))
    datatype = SHAPES.value(constraint, SH.datatype)
    if how == "missing":
        data.remove((node, path, None))
    elif how == "again":
        most = SHAPES.value(constraint, SH.maxCount)
        assert isinstance(most, Literal)
        for number in range(int(most) + 1):
            data.add((node, path, Literal(f"một giá trị khác {number}")))
    else:
        for value in values:
            data.remove((node, path, value))
        data.add((node, path, Literal("sai") if datatype is None else ID["sai"]))
    return data, node, path


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_broken_once_is_reported(case: tuple[Node, Node, str]) -> None:
    shape, constraint, how = case
    data, node, path = _broken(shape, constraint, how)
    report = faults(data, only(shape))
    found = [
        result
        for result in report.subjects(SH.sourceShape, None)
        if report.value(result, SH.focusNode) == node and report.value(result, SH.resultPath) == path
    ]
    component = {"missing": SH.MinCountConstraintComponent, "again": SH.MaxCountConstraintComponent}.get(how)
    if component is not None:
        found = [one for one in found if report.value(one, SH.sourceConstraintComponent) == component]
    assert found, f"{path} of {node}, broken ({how}), is not reported"
    messages = {
        o.language for result in found for o in report.objects(result, SH.resultMessage) if isinstance(o, Literal)
    }
    assert messages == {"vi", "en"}


@pytest.mark.parametrize(
    ("kind", "origins", "results", "fits"),
    [
        ("renamed", 1, 1, True),
        ("renamed", 1, 2, False),
        ("merged", 2, 1, True),
        ("merged", 1, 1, False),
        ("split", 1, 2, True),
        ("split", 2, 1, False),
        ("transferred", 1, 1, True),
        ("transferred", 1, 0, False),
        ("dissolved", 1, 0, True),
        ("dissolved", 1, 1, False),
        ("founded", 0, 1, True),
        ("founded", 1, 1, False),
    ],
)
@pytest.mark.parametrize(
    ("shape_name", "of", "sides"),
    [
        ("ChangeEvent", DM.Agency, (ORG.originalOrganization, ORG.resultingOrganization)),
        ("PlaceChange", DM.Jurisdiction, (DM.originalPlace, DM.resultingPlace)),
    ],
)
def test_changes_have_as_many_on_each_side_as_their_kind_says(
    kind: str, origins: int, results: int, fits: bool, shape_name: str, of: URIRef, sides: tuple[URIRef, URIRef]
) -> None:
    data = Graph()
    event = ID["change/x"]
    shape = URIRef(f"https://w3id.org/daumoi/shapes#{shape_name}")
    target = SHAPES.value(shape, SH.targetClass)
    assert target is not None
    data.add((event, RDF.type, target))
    data.add((event, DM.changeKind, ID[f"change-kind/{kind}"]))
    data.add((event, DM.decreeText, Literal("1/2025/QH15")))
    data.add((event, DM.basisText, Literal("general-knowledge")))
    data.add((event, DCTERMS.date, Literal("2025-03-01", datatype=XSD.date)))
    for side, count in zip(sides, (origins, results), strict=True):
        for number in range(count):
            thing = ID[f"thing/{side.rsplit('#')[-1]}-{number}"]
            data.add((event, side, thing))
            data.add((thing, RDF.type, of))
    assert (len(list(faults(data, only(shape)).subjects(SH.focusNode, event))) == 0) == fits


def test_start_must_not_follow_end() -> None:
    node = next(node for node in sample().subjects(DM.start, None))
    data = Graph()
    for triple in sample().triples((node, None, None)):
        data.add(triple)
    data.set((node, DM.end, Literal("1999-01-01", datatype=XSD.date)))
    report = faults(data, only(URIRef("https://w3id.org/daumoi/shapes#Timing")))
    assert DM.start in set(report.objects(None, SH.resultPath))


def test_replacement_is_never_inferred() -> None:
    """The shape of inferences allows succession and carrying out, and nothing that ends a document's life."""
    node = next(node for node in sample().subjects(RDF.type, DM.Inference))
    data = Graph()
    for triple in sample().triples((node, None, None)):
        data.add(triple)
    data.set((node, DM.inferredPredicate, URIRef("http://purl.org/dc/terms/replaces")))
    report = faults(data, only(URIRef("https://w3id.org/daumoi/shapes#Inference")))
    assert DM.inferredPredicate in set(report.objects(None, SH.resultPath))
