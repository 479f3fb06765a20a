"""OWL reasoning: the vocabulary is consistent, good data stay consistent, broken data are found and explained.

Where no Java is installed the tests that need the reasoner are skipped, saying so; the explanations are tested anyway.
"""

import os

import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef

from loaders.statements.state import state_record
from ontology.clashes import find_clashes
from ontology.namespaces import DM, ELI, ID
from ontology.reasoning import Triple, find_java, load_vocabulary, reason, select_sample
from tests.loaders.statements.state_samples import LOCAL_TEXT, PLAN_TEXT, local_record, plan_record, small_registry


@pytest.fixture(scope="module")
def java() -> str:
    """Skip where there is no Java, but never where the whole program is tested."""
    found = find_java()
    if found is None:
        reason = "no Java on this machine: install default-jre-headless"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


needs_java = pytest.mark.usefixtures("java")
TASK, AGENCY, DOCUMENT = ID["task/x"], ID["agency/x"], ID["document/a/2020/1"]
ASSIGNMENT = ID["assignment/x"]
GOOD: list[Triple] = [
    (TASK, RDF.type, DM.Task),
    (TASK, DM.inDocument, DOCUMENT),
    (AGENCY, RDF.type, DM.Agency),
    (ASSIGNMENT, RDF.type, DM.Assignment),
    (ASSIGNMENT, DM.task, TASK),
    (ASSIGNMENT, DM.agency, AGENCY),
    (ASSIGNMENT, DM.role, ID["role/lead"]),
]

BROKEN: dict[str, tuple[list[Triple], str]] = {
    "an agency that is a task": ([(AGENCY, RDF.type, DM.Task)], "disjoint"),
    "an assignment to a document's component": (
        [(ID["c"], RDF.type, DM.Component), (ASSIGNMENT, DM.task, ID["c"])],
        "disjoint",
    ),
    "two roles in one assignment": ([(ASSIGNMENT, DM.role, ID["role/coordinate"])], "two values"),
    "two dates of one document": (
        [(DOCUMENT, DM.dateText, Literal("2020")), (DOCUMENT, DM.dateText, Literal("2021"))],
        "two values",
    ),
    "each succeeds the other": (
        [(DOCUMENT, DM.succeeds, ID["document/b"]), (ID["document/b"], DM.succeeds, DOCUMENT)],
        "both ways",
    ),
    "a quote that has a timing": ([(ID["e"], RDF.type, DM.Evidence), (ID["e"], DM.timing, ID["t"])], "disjoint"),
    "a group that is an agency": ([(AGENCY, DM.spelledOut, Literal(True))], "disjoint"),
}


@needs_java
def test_vocabulary_with_whole_records_is_consistent() -> None:
    """Consistent with data, the vocabulary is consistent alone; and no class of it is impossible."""
    registry = small_registry()
    quads = [*state_record(plan_record(), PLAN_TEXT, registry), *state_record(local_record(), LOCAL_TEXT, registry)]
    verdict = reason(quad[:3] for quad in quads)
    assert (verdict.consistent, verdict.reasoner, verdict.impossible, verdict.clashes) == (True, "HermiT", (), ())


@needs_java
def test_what_owl_adds_is_classification() -> None:
    """A definition recognises an inherited assignment that nobody called so; a domain gives a class to what has none."""
    other = ID["assignment/y"]
    data: list[Triple] = [
        *GOOD,
        (other, RDF.type, DM.Assignment),
        (ASSIGNMENT, DM.inheritedFrom, other),
        (ID["z"], DM.valueText, Literal("90 %")),
    ]
    verdict = reason(data)
    assert verdict.consistent
    assert {(str(ASSIGNMENT), str(DM.InheritedAssignment)), (str(ID["z"]), str(DM.Target))} <= set(verdict.inferred)


@needs_java
@pytest.mark.parametrize("name", ["an agency that is a task", "two roles in one assignment", "each succeeds the other"])
def test_broken_data_are_inconsistent(name: str) -> None:
    """The reasoner finds what the explanations find."""
    triples, words = BROKEN[name]
    verdict = reason([*GOOD, *triples])
    assert verdict.consistent is False
    assert any(words in clash.message_en for clash in verdict.clashes)


@needs_java
def test_impossible_class_is_named() -> None:
    vocabulary = load_vocabulary()
    vocabulary.add((DM.Odd, RDF.type, OWL.Class))
    vocabulary.add((DM.Odd, RDFS.subClassOf, DM.Task))
    vocabulary.add((DM.Odd, RDFS.subClassOf, DM.Agency))
    assert reason(vocabulary=vocabulary).impossible == (str(DM.Odd),)


@needs_java
def test_contradiction_without_explanation_says_what_to_do() -> None:
    """A clash through a class expression is beyond the simple explanations; the verdict says so and how to go on."""
    vocabulary = load_vocabulary()
    nobody = BNode()
    vocabulary.add((nobody, RDF.type, OWL.Class))
    vocabulary.add((nobody, OWL.complementOf, DM.Task))
    vocabulary.add((DM.Timing, RDFS.subClassOf, nobody))
    data: list[Triple] = [(TASK, RDF.type, DM.Task), (TASK, RDF.type, URIRef(str(DM) + "Timing"))]
    for axiom in list(vocabulary.subjects(RDF.type, OWL.AllDisjointClasses)):
        vocabulary.remove((axiom, None, None))
    verdict = reason(data, vocabulary)
    assert verdict.consistent is False
    assert "Protégé" in verdict.clashes[0].message_vi


def test_without_java_it_says_so_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ontology.reasoning.find_java", lambda: None)
    verdict = reason(GOOD)
    assert (verdict.consistent, verdict.reasoner) == (None, None)
    assert "Java" in verdict.note_vi
    assert "default-jre-headless" in verdict.note_en


def test_without_java_simple_contradictions_are_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ontology.reasoning.find_java", lambda: None)
    verdict = reason([*GOOD, (AGENCY, RDF.type, DM.Task)])
    assert verdict.consistent is False
    assert len(verdict.clashes) == 1


def test_java_that_does_not_work_is_reported() -> None:
    verdict = reason(GOOD, java="/bin/false")
    assert verdict.consistent is None
    assert verdict.note_en.startswith("the OWL reasoner stopped")


def test_good_data_have_no_clash() -> None:
    sample = Graph()
    for triple in GOOD:
        sample.add(triple)
    assert find_clashes(load_vocabulary(), sample) == []


@pytest.mark.parametrize("name", BROKEN)
def test_clash_is_explained_in_both_languages(name: str) -> None:
    triples, words = BROKEN[name]
    sample = Graph()
    for triple in [*GOOD, *triples]:
        sample.add(triple)
    (clash,) = find_clashes(load_vocabulary(), sample)[:1]
    assert words in clash.message_en
    assert clash.message_vi != clash.message_en
    assert clash.about.startswith(ID)


def test_explanation_names_both_statements() -> None:
    sample = Graph()
    for triple in [*GOOD, (ID["c"], RDF.type, DM.Component), (ASSIGNMENT, DM.task, ID["c"])]:
        sample.add(triple)
    reasons = [reason for clash in find_clashes(load_vocabulary(), sample) for reason in clash.reasons]
    assert any("range Task" in one for one in reasons)
    assert any("a Component" in one for one in reasons)


def test_sample_leaves_out_what_owl_cannot_read() -> None:
    data: list[Triple] = [
        (TASK, RDF.type, DM.Task),
        (TASK, URIRef("http://example.org/unknown"), Literal(1)),
        (ID["timing/x"], DM.start, Literal("2020-01-01", datatype=URIRef("http://www.w3.org/2001/XMLSchema#date"))),
        (DOCUMENT, ELI.cites, ID["document/b"]),
    ]
    assert set(select_sample(data, load_vocabulary()).predicates()) == {RDF.type, ELI.cites}
