"""The vocabulary as people read it: each term with its names, its definition, where it stands, and the rules it must keep.

The source is ``daumoi.ttl`` (terms) and ``shapes.ttl`` (rules); nothing is written here that does not stand there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology.namespaces import DM

HERE = Path(__file__).parent
VOCABULARY_FILE = HERE / "daumoi.ttl"
SHAPES_FILE = HERE / "shapes.ttl"

_KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object-property",
    OWL.DatatypeProperty: "datatype-property",
    OWL.AnnotationProperty: "annotation-property",
}


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the vocabulary. ``parents``, ``domains`` and ``ranges`` are IRIs."""

    iri: str
    kind: str
    label: Bilingual
    definition: Bilingual
    parents: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    functional: bool
    note: Bilingual | None
    """Why a property declares no domain or no range."""

    @property
    def name(self) -> str:
        """What follows the namespace: ``Assignment``."""
        return self.iri.removeprefix(str(DM))


@dataclass(frozen=True, slots=True)
class Rule:
    """What a shape asks of the things of a class: ``path`` is the property it is about, or ``""``."""

    path: str
    message: Bilingual
    severity: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The rules that the things of one class must keep."""

    iri: str
    target: str
    rules: tuple[Rule, ...]


def short_name(iri: str) -> str:
    """Return an IRI as written in documents: ``dm:Task``, ``eli:LegalResource``; a foreign one without a prefix as it is.

    >>> short_name("http://www.w3.org/ns/org#ChangeEvent"), short_name("urn:x")
    ('org:ChangeEvent', 'urn:x')
    """
    for prefix, namespace in _prefixes():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


@cache
def _prefixes() -> tuple[tuple[str, str], ...]:
    named = [(prefix, str(space)) for prefix, space in _graph(VOCABULARY_FILE).namespaces() if prefix]
    return tuple(sorted(named, key=lambda one: (-len(one[1]), one[0])))


@cache
def _graph(file: Path) -> Graph:
    return Graph(bind_namespaces="none").parse(file, format="turtle")


@cache
def read_terms(file: Path = VOCABULARY_FILE) -> tuple[Term, ...]:
    """Return the classes, then the properties, that the vocabulary defines itself, each in the order of names."""
    graph = _graph(file)
    found = [
        _read_term(graph, node, kind)
        for type, kind in _KINDS.items()
        for node in graph.subjects(RDF.type, type)
        if isinstance(node, URIRef) and node.startswith(str(DM))
    ]
    return tuple(sorted(found, key=lambda term: (term.kind != "class", term.name.casefold())))


@cache
def superclasses(iri: str) -> frozenset[str]:
    """Return a class with all classes above it, those of other vocabularies too as far as the vocabulary declares them."""
    return frozenset(str(one) for one in _graph(VOCABULARY_FILE).transitive_objects(URIRef(iri), RDFS.subClassOf))


def _read_term(graph: Graph, node: URIRef, kind: str) -> Term:
    above = RDFS.subClassOf if kind == "class" else RDFS.subPropertyOf
    notes = [*graph.objects(node, DM.noDomainReason), *graph.objects(node, DM.noRangeReason)]
    return Term(
        str(node),
        kind,
        _texts(graph.objects(node, RDFS.label)),
        _texts(graph.objects(node, SKOS.definition)),
        _named(graph, graph.objects(node, above)),
        _named(graph, graph.objects(node, RDFS.domain)),
        _named(graph, graph.objects(node, RDFS.range)),
        (node, RDF.type, OWL.FunctionalProperty) in graph,
        _texts(notes) if notes else None,
    )


def _named(graph: Graph, nodes: Iterable[Node]) -> tuple[str, ...]:
    """Return the IRIs of classes, those of a union each; other expressions are left to the Turtle file."""
    found: list[str] = []
    for node in nodes:
        if isinstance(node, BNode):
            union = graph.value(node, OWL.unionOf)
            found += [str(one) for one in Collection(graph, union)] if union is not None else []
        else:
            found.append(str(node))
    return tuple(sorted(set(found)))


def _texts(literals: Iterable[Node]) -> Bilingual:
    by_language: dict[str, list[str]] = {}
    for one in literals:
        if isinstance(one, Literal):
            by_language.setdefault(one.language or "", []).append(str(one))
    return Bilingual(*(" ".join(sorted(by_language.get(language, []))) for language in ("vi", "en")))


@cache
def read_shapes(file: Path = SHAPES_FILE) -> tuple[Shape, ...]:
    """Return the shapes with their rules, in the order of the classes they are for."""
    graph = _graph(file)
    found = [
        Shape(str(shape), str(target), tuple(_read_rules(graph, shape)))
        for shape in graph.subjects(RDF.type, SH.NodeShape)
        for target in graph.objects(shape, SH.targetClass)
    ]
    return tuple(sorted(found, key=lambda shape: short_name(shape.target).casefold()))


def _read_rules(graph: Graph, shape: Node) -> list[Rule]:
    rules = [_read_rule(graph, one) for one in graph.objects(shape, SH.property)]
    own = _read_rule(graph, shape)
    return sorted([*rules, *([own] if own.message.vi else [])], key=lambda rule: (rule.path, rule.message.en))


def _read_rule(graph: Graph, node: Node) -> Rule:
    severity = str(graph.value(node, SH.severity) or SH.Violation).rsplit("#", 1)[-1]
    level = {"Violation": "error", "Warning": "warning"}.get(severity, "info")
    return Rule(str(graph.value(node, SH.path) or ""), _texts(graph.objects(node, SH.message)), level)
