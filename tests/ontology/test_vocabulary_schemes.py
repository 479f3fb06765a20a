"""The closed lists as SKOS are the closed lists in code, in tables and in shapes."""

import csv
import re
from pathlib import Path

import pytest
from rdflib import RDF, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection

from ontology.namespaces import ID, mint
from ontology.records import CorrectionAction, CorrectionStatus, FactKind, Recurrence, Relation, Role, Severity
from ontology.registry import ChangeKind, Level, load_registry

ROOT = Path(__file__).parent.parent.parent
SCHEMES = Graph().parse(ROOT / "ontology" / "schemes.ttl")
SHAPES = Graph().parse(ROOT / "ontology" / "shapes.ttl")
CONCEPTS = sorted(SCHEMES.subjects(RDF.type, SKOS.Concept), key=str)


def members(scheme: str) -> dict[str, URIRef]:
    """Return the concepts of a scheme by notation."""
    found = SCHEMES.subjects(SKOS.inScheme, ID[f"scheme/{scheme}"])
    return {str(SCHEMES.value(one, SKOS.notation)): one for one in found if isinstance(one, URIRef)}


@pytest.mark.parametrize("thing", [*CONCEPTS, *sorted(SCHEMES.subjects(RDF.type, SKOS.ConceptScheme), key=str)])
def test_documented_in_both_languages(thing: URIRef) -> None:
    for name in (SKOS.prefLabel, SKOS.definition):
        assert sorted(o.language or "" for o in SCHEMES.objects(thing, name) if isinstance(o, Literal)) == ["en", "vi"]


def test_iris_come_from_notations() -> None:
    assert len(CONCEPTS) >= 90
    for one in CONCEPTS:
        scheme = str(SCHEMES.value(one, SKOS.inScheme)).removeprefix(ID["scheme/"])
        assert one == mint(scheme, str(SCHEMES.value(one, SKOS.notation)))


@pytest.mark.parametrize(
    ("scheme", "enum"),
    [
        ("role", Role),
        ("relation", Relation),
        ("recurrence", Recurrence),
        ("severity", Severity),
        ("level", Level),
        ("change-kind", ChangeKind),
        ("fact-kind", FactKind),
        ("correction-action", CorrectionAction),
        ("correction-status", CorrectionStatus),
    ],
)
def test_enums_are_schemes(scheme: str, enum: type[Role]) -> None:
    assert {str(one) for one in enum} == set(members(scheme))


def test_plain_codes_are_schemes() -> None:
    assert set(members("task-kind")) == {"row", "duty", "content"}
    assert set(members("funding-source")) == {"total", "central", "local", "other"}
    assert set(members("resolution")) == {"printed", "same-text", "number-year", "registry", "correction"}
    assert set(members("alignment")) == {"stated", "title", "order"}


def test_component_kinds_of_the_tables_are_in_the_scheme() -> None:
    kinds = {component.kind for component in load_registry().components.values()}
    assert kinds
    assert kinds <= set(members("component-kind"))


def test_finding_codes_in_use_are_in_the_scheme() -> None:
    """A finding whose code no scheme explains would be shown to people as a bare word."""
    used = {file.stem for file in (ROOT / "queries" / "checks").glob("*.rq")}
    for folder in ("loaders", "queries", "server"):
        for file in (ROOT / folder).rglob("*.py"):
            used |= set(re.findall(r"\b(?:Finding|Fault)\(\s*(?:code=)?\"([a-z-]+)\"", file.read_text("utf-8")))
    assert len(used) >= 8
    assert used - set(members("finding-code")) == set()


def test_every_rule_that_infers_is_in_the_scheme() -> None:
    rules = (ROOT / "queries" / "rules").glob("*.rq")
    named = {name for file in rules for name in re.findall(r"\brule:([a-z-]+)", file.read_text("utf-8"))}
    python = (ROOT / "queries" / "succession.py").read_text("utf-8")
    named |= set(re.findall(r"\"([a-z]+-succession)\"", python))
    assert named == set(members("rule"))


def test_closed_lists_of_the_shapes_are_the_schemes() -> None:
    lists = [list(Collection(SHAPES, head)) for head in SHAPES.objects(None, SH["in"])]
    closed = [sorted(map(str, one)) for one in lists if len(one) > 2 and str(one[0]).startswith(str(ID))]
    schemes = {scheme: sorted(map(str, members(scheme).values())) for scheme in _closed_schemes()}
    assert len(closed) >= 15
    for one in closed:
        assert one in schemes.values(), f"{one[0]} … is not the whole list of its scheme"


def _closed_schemes() -> set[str]:
    return {str(s).removeprefix(ID["scheme/"]) for s in SCHEMES.subjects(RDF.type, SKOS.ConceptScheme)}


def test_tables_use_codes_of_the_schemes() -> None:
    """role_words.csv and relation_words.csv name roles and relations by code."""
    for table, column, scheme in (("role_words", "role", "role"), ("relation_words", "relation", "relation")):
        lines = (ROOT / "ontology" / "tables" / f"{table}.csv").read_text("utf-8").splitlines()
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        codes = {row[column] for row in rows if row.get(column)}
        if codes:
            assert codes <= set(members(scheme)) | {"none"}, table
