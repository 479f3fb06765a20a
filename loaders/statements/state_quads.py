"""What statements are made of: quads of rdflib terms, gathered for one named graph and put in a fixed order.

Guaranteed of :meth:`Statements.quads`: no blank nodes, each quad once, and the same order for the same statements.
"""

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD

from ontology.namespaces import ID, slug

Term = URIRef | Literal
Quad = tuple[URIRef, URIRef, Term, URIRef]
"""Subject, predicate, object and the named graph."""

_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def quad_key(quad: Quad) -> tuple[str, ...]:
    """Return the key that puts quads in their order: graph, subject, predicate, object with its language and datatype.

    >>> a, b, g = URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:g")
    >>> quad_key((a, b, Literal("x", lang="vi"), g))
    ('urn:g', 'urn:a', 'urn:b', 'literal', 'x', 'vi', '')
    """
    subject, predicate, value, graph = quad
    if isinstance(value, Literal):
        return (
            str(graph),
            str(subject),
            str(predicate),
            "literal",
            str(value),
            value.language or "",
            str(value.datatype or ""),
        )
    return str(graph), str(subject), str(predicate), "iri", str(value), "", ""


def sorted_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Return each of ``quads`` once, in their order."""
    return sorted(set(quads), key=quad_key)


class Statements:
    """Statements of one named graph. A value of ``None`` or ``""`` says nothing and is left out."""

    def __init__(self, graph: URIRef) -> None:
        self.graph = graph
        self._quads: set[Quad] = set()

    def add(self, subject: URIRef, predicate: URIRef, value: Term | None) -> None:
        """State one triple, unless there is no value."""
        if value is not None:
            self._quads.add((subject, predicate, value, self.graph))

    def add_type(self, subject: URIRef, *classes: URIRef) -> None:
        """State what ``subject`` is."""
        for kind in classes:
            self.add(subject, RDF.type, kind)

    def quads(self) -> list[Quad]:
        """Return all statements in their order."""
        return sorted(self._quads, key=quad_key)


def vi(text: str | None) -> Literal | None:
    """Return ``text`` as a Vietnamese text, ``None`` where there is none."""
    return Literal(text, lang="vi") if text else None


def en(text: str | None) -> Literal | None:
    """Return ``text`` as an English text, ``None`` where there is none."""
    return Literal(text, lang="en") if text else None


def plain(text: str | None) -> Literal | None:
    """Return ``text`` as a plain string, ``None`` where there is none."""
    return Literal(text) if text else None


def truth(value: bool) -> Literal:
    """Return an ``xsd:boolean``."""
    return Literal(value)


def whole(value: int | None) -> Literal | None:
    """Return an ``xsd:integer``, ``None`` where there is none."""
    return None if value is None else Literal(value)


def decimal(value: float | Decimal | None) -> Literal | None:
    """Return an ``xsd:decimal`` in its shortest form, ``None`` where there is none.

    >>> str(decimal(3188.0)), str(decimal(0.1)), str(decimal(120000000.0))
    ('3188', '0.1', '120000000')
    """
    if value is None:
        return None
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    text = format(exact, "f")
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, datatype=XSD.decimal)


def day(text: str | None) -> Literal | None:
    """Return a full ISO date as ``xsd:date``; ``None`` for a partial one, an impossible one, or none.

    >>> str(day("2017-03-09")), day("2022-08"), day("2021-02-29")
    ('2017-03-09', None, None)
    """
    if text is None or len(text) != len("2017-03-09"):
        return None
    try:
        return Literal(datetime.date.fromisoformat(text))
    except ValueError:
        return None


def concept(scheme: str, code: str) -> URIRef:
    """Return the IRI of a concept of one of the schemes.

    >>> concept("role", "receive_report")
    rdflib.term.URIRef('https://w3id.org/daumoi/id/role/receive-report')
    """
    return ID[f"{scheme}/{slug(code)}"]


def printed_numbers(text: str) -> tuple[Decimal, ...]:
    """Return the numbers in a value as a Vietnamese document prints it: decimal comma, point or blank between thousands.

    >>> printed_numbers("2-2,5"), printed_numbers("1.750"), printed_numbers("trên 90%")
    ((Decimal('2'), Decimal('2.5')), (Decimal('1750'),), (Decimal('90'),))
    >>> printed_numbers("không")
    ()
    """
    joined = re.sub(r"(?<=\d)[.\u00a0 ](?=\d{3}(?!\d))", "", text)
    return tuple(Decimal(found) for found in _DIGITS.findall(joined.replace(",", ".")))
