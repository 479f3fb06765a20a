"""The vocabulary is complete, documented in both languages, within OWL 2 DL, and the same as what the program uses."""

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef

from ontology.namespaces import DM

ROOT = Path(__file__).parent.parent.parent
VOCABULARY = Graph().parse(ROOT / "ontology" / "daumoi.ttl")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
TERMS = sorted(
    {
        s
        for kind in KINDS
        for s in VOCABULARY.subjects(RDF.type, kind)
        if isinstance(s, URIRef) and s.startswith(str(DM))
    }
)
PROPERTIES = [t for t in TERMS if (t, RDF.type, OWL.Class) not in VOCABULARY]

# The datatypes of the OWL 2 map that the vocabulary may use (OWL 2 Structural Specification, 4).
DATATYPES = {XSD.string, XSD.integer, XSD.decimal, XSD.boolean, XSD.nonNegativeInteger, RDF.PlainLiteral, RDFS.Literal}


def _short(term: URIRef) -> str:
    return str(term).removeprefix(str(DM))


def test_enough_terms() -> None:
    assert len(TERMS) - len(PROPERTIES) >= 24
    assert len(PROPERTIES) >= 100


@pytest.mark.parametrize("term", TERMS, ids=_short)
def test_documented_in_both_languages(term: URIRef) -> None:
    for name in (RDFS.label, SKOS.definition):
        texts = {o.language: str(o) for o in VOCABULARY.objects(term, name) if isinstance(o, Literal)}
        assert set(texts) == {"vi", "en"}, f"{name} of {term}"
        assert all(text.strip() for text in texts.values())


@pytest.mark.parametrize("term", PROPERTIES, ids=_short)
def test_domain_and_range_or_a_reason(term: URIRef) -> None:
    if (term, RDF.type, OWL.AnnotationProperty) in VOCABULARY:
        return
    for axiom, reason in ((RDFS.domain, DM.noDomainReason), (RDFS.range, DM.noRangeReason)):
        stated = VOCABULARY.value(term, axiom) is not None
        languages = {o.language for o in VOCABULARY.objects(term, reason) if isinstance(o, Literal)}
        assert stated != bool(languages), f"{term} needs {axiom} or a reason, not both"
        assert stated or languages == {"vi", "en"}


def test_every_named_thing_is_declared() -> None:
    """What OWL 2 DL asks: each IRI is declared as what it is used as, and no property is of two kinds."""
    declared = {s for kind in KINDS for s in VOCABULARY.subjects(RDF.type, kind)}
    used = set()
    for axiom in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.onProperty, OWL.onClass):
        used |= {o for o in VOCABULARY.objects(None, axiom) if isinstance(o, URIRef)}
    members = {o for o in VOCABULARY.objects(None, RDF.first) if isinstance(o, URIRef)}
    assert (used | members) - declared - DATATYPES == set()
    kinds = {term: [k for k in KINDS[1:] if (term, RDF.type, k) in VOCABULARY] for term in declared}
    assert {term for term, found in kinds.items() if len(found) > 1} == set()


def test_annotations_use_declared_properties() -> None:
    annotating = {p for s, p, _ in VOCABULARY if not isinstance(s, BNode)}
    builtin = {p for p in annotating if str(p).startswith((str(RDF), str(RDFS), str(OWL)))}
    declared = set(VOCABULARY.subjects(RDF.type, OWL.AnnotationProperty))
    assert annotating - builtin - declared == set()


def test_transitive_properties_are_not_restricted() -> None:
    """OWL 2 DL: a transitive property is not simple, so it is neither functional, nor asymmetric, nor counted."""
    transitive = set(VOCABULARY.subjects(RDF.type, OWL.TransitiveProperty))
    assert transitive
    forbidden = (OWL.FunctionalProperty, OWL.AsymmetricProperty, OWL.IrreflexiveProperty)
    assert {t for t in transitive for kind in forbidden if (t, RDF.type, kind) in VOCABULARY} == set()
    counted = {
        VOCABULARY.value(s, OWL.onProperty)
        for p in (OWL.qualifiedCardinality, OWL.cardinality)
        for s in VOCABULARY.subjects(p, None)
    }
    assert counted & transitive == set()


def test_literals_use_known_datatypes() -> None:
    found = {o.datatype for o in VOCABULARY.objects() if isinstance(o, Literal) and o.datatype is not None}
    assert found - DATATYPES == set()


def test_version_is_said_once() -> None:
    ontology = VOCABULARY.value(predicate=RDF.type, object=OWL.Ontology)
    assert (
        str(VOCABULARY.value(ontology, OWL.versionIRI)) == f"{ontology}/{VOCABULARY.value(ontology, OWL.versionInfo)}"
    )


def _used(pattern: str, *globs: str) -> set[str]:
    files = [file for glob in globs for file in ROOT.glob(glob)]
    assert files
    return {name for file in files for name in re.findall(pattern, file.read_text("utf-8"))}


def test_program_and_vocabulary_agree() -> None:
    """Every term that code, rules and shapes use is in the vocabulary, and every property of it can be stated."""
    python = _used(r"\bDM\.(\w+)", "loaders/**/*.py", "queries/*.py", "server/*.py", "viz/*.py")
    sparql = _used(r"\bdm:(\w+)", "queries/**/*.rq", "ontology/shapes.ttl", "ontology/cube.ttl", "queries/*.py")
    known = {_short(term) for term in TERMS}
    assert (python | sparql) - known == set()
    assert known - python - sparql - {"noDomainReason", "noRangeReason"} == set()


def test_documentation_lists_every_term() -> None:
    """docs/graph.md is what people write queries by: its list is the vocabulary's list."""
    page = (ROOT / "docs" / "graph.md").read_text("utf-8")
    listed = set(re.findall(r"`dm:(\w+)`", page)) | set(re.findall(r"\bdm:(\w+)", page))
    assert listed == {_short(term) for term in TERMS}
