"""Why statements contradict the vocabulary, in words: the clashes that a person can act on.

A description-logic reasoner says *that* an ontology is inconsistent; this says *where*, by following the simple axioms
(subclasses, subproperties, domains, ranges) and reporting what they collide with: disjoint classes, a functional property
with two values, a property that must not hold both ways. It needs no Java. It is not complete: silence proves nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """One contradiction: what it is about, what is wrong in both languages, and the statements it follows from."""

    about: str
    message_vi: str
    message_en: str
    reasons: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.message_en} — {'; '.join(self.reasons)}" if self.reasons else self.message_en


def _short(node: Node) -> str:
    """Return the last step of an IRI, or the literal."""
    text = str(node)
    return text.rsplit("#", 1)[-1] if "#" in text else "/".join(text.rsplit("/", 2)[-2:])


def find_clashes(vocabulary: Graph, data: Graph) -> list[Clash]:
    """Return the contradictions between ``data`` and ``vocabulary``, sorted."""
    types = _types(vocabulary, data)
    found = [*_disjoint(vocabulary, types), *_functional(vocabulary, data), *_one_way(vocabulary, data)]
    return sorted(set(found))


Reasons = dict[Node, dict[Node, str]]
"""Individual → class → the statement that makes it one."""


def _above(vocabulary: Graph, name: URIRef) -> dict[Node, frozenset[Node]]:
    """Return for each term all terms above it, itself included."""
    direct = {s: set(vocabulary.objects(s, name)) for s in vocabulary.subjects(name, None)}

    def climb(term: Node) -> frozenset[Node]:
        seen, todo = {term}, [term]
        while todo:
            for up in direct.get(todo.pop(), ()):
                if up not in seen and isinstance(up, URIRef):
                    seen.add(up)
                    todo.append(up)
        return frozenset(seen)

    return {term: climb(term) for term in direct}


def _types(vocabulary: Graph, data: Graph) -> Reasons:
    classes, properties = _above(vocabulary, RDFS.subClassOf), _above(vocabulary, RDFS.subPropertyOf)
    found: Reasons = defaultdict(dict)

    def note(node: Node, kind: Node, why: str) -> None:
        for up in classes.get(kind, frozenset({kind})):
            found[node].setdefault(up, why)

    for s, kind in data.subject_objects(RDF.type):
        note(s, kind, f"{_short(s)} a {_short(kind)}")
    for s, p, o in data:
        for name in properties.get(p, frozenset({p})):
            for kind in vocabulary.objects(name, RDFS.domain):
                if isinstance(kind, URIRef):
                    note(s, kind, f"{_short(s)} {_short(p)} {_short(o)} (domain {_short(kind)})")
            for kind in vocabulary.objects(name, RDFS.range):
                if isinstance(kind, URIRef) and not isinstance(o, Literal):
                    note(o, kind, f"{_short(s)} {_short(p)} {_short(o)} (range {_short(kind)})")
    return found


def _disjoint_pairs(vocabulary: Graph) -> Iterator[frozenset[Node]]:
    for one, other in vocabulary.subject_objects(OWL.disjointWith):
        yield frozenset({one, other})
    for axiom in vocabulary.subjects(RDF.type, OWL.AllDisjointClasses):
        for head in vocabulary.objects(axiom, OWL.members):
            members = list(Collection(vocabulary, head))
            yield from (frozenset({a, b}) for i, a in enumerate(members) for b in members[i + 1 :])


def _disjoint(vocabulary: Graph, types: Reasons) -> Iterator[Clash]:
    pairs = set(_disjoint_pairs(vocabulary))
    for node, kinds in types.items():
        for pair in pairs:
            if pair <= kinds.keys() and len(pair) == 2:
                a, b = sorted(pair, key=str)
                yield Clash(
                    str(node),
                    f"{_short(node)} vừa là {_label(vocabulary, a, 'vi')} vừa là {_label(vocabulary, b, 'vi')}; hai lớp này không giao nhau",
                    f"{_short(node)} is both {_label(vocabulary, a, 'en')} and {_label(vocabulary, b, 'en')}, which are disjoint",
                    (kinds[a], kinds[b]),
                )


def _label(vocabulary: Graph, term: Node, language: str) -> str:
    labels = {o.language: str(o) for o in vocabulary.objects(term, RDFS.label) if isinstance(o, Literal)}
    return f"“{labels[language]}”" if language in labels else _short(term)


def _different(vocabulary: Graph) -> dict[Node, int]:
    """Return for each individual of a list of different ones the number of its list."""
    found: dict[Node, int] = {}
    for number, axiom in enumerate(sorted(vocabulary.subjects(RDF.type, OWL.AllDifferent), key=str)):
        for head in vocabulary.objects(axiom, OWL.distinctMembers):
            found.update(dict.fromkeys(Collection(vocabulary, head), number))
    return found


def _functional(vocabulary: Graph, data: Graph) -> Iterator[Clash]:
    different = _different(vocabulary)
    for name in vocabulary.subjects(RDF.type, OWL.FunctionalProperty):
        values: dict[Node, list[Node]] = defaultdict(list)
        for s, o in data.subject_objects(name):
            values[s].append(o)
        for s, found in values.items():
            several = sorted(set(found), key=str)
            for i, a in enumerate(several):
                for b in several[i + 1 :]:
                    literal = isinstance(a, Literal) and isinstance(b, Literal)
                    if literal or (a in different and different[a] == different.get(b)):
                        yield Clash(
                            str(s),
                            f"{_short(s)} có hai giá trị {_label(vocabulary, name, 'vi')}: {_short(a)} và {_short(b)}; chỉ được một",
                            f"{_short(s)} has two values of {_label(vocabulary, name, 'en')}: {_short(a)} and {_short(b)}; only one is allowed",
                        )


def _one_way(vocabulary: Graph, data: Graph) -> Iterator[Clash]:
    for name in vocabulary.subjects(RDF.type, OWL.AsymmetricProperty):
        for s, o in data.subject_objects(name):
            if (o, name, s) in data and not isinstance(s, BNode):
                yield Clash(
                    str(s),
                    f"{_short(s)} và {_short(o)}: quan hệ {_label(vocabulary, name, 'vi')} có cả hai chiều",
                    f"{_short(s)} and {_short(o)}: {_label(vocabulary, name, 'en')} holds both ways",
                    (f"{_short(s)} {_short(name)} {_short(o)}", f"{_short(o)} {_short(name)} {_short(s)}"),
                )
