"""Parameters in a query: bound as terms at marked places, never glued into its text as strings.

A query file marks where parameters enter with a comment of its own line that begins ``#:`` and lists their names::

    SELECT ?task WHERE {
      #: agency role
      ?assignment dm:agency ?agency ; dm:role ?role ; dm:task ?task .
    }

After an ``OPTIONAL``, where the variable may stay unbound, a line that begins ``#?`` restricts instead: it becomes a ``FILTER``
that only rows with the value pass.

As it stands, the file is an ordinary query that asks without restriction. For each parameter that was given, a ``VALUES``
block with its term (or its several terms) takes the marker's place, in the order listed; a parameter that was not given
restricts nothing. The result is portable SPARQL 1.1, so the same query runs on any store; and a ``VALUES`` at the head of a
group is what Oxigraph's planner likes best (put the most selective name first).
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ontology.errors import ParameterError
from queries.answer import Iri, Text, Value
from queries.lexer import Kind, iter_tokens

# SPARQL's IRIREF, with the scheme that RFC 3987 asks of an IRI that stands alone.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|^`\\\x00-\x20]*")
_LANGUAGE = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_MARKER = re.compile(r"#(?P<how>[:?])[ \t]*(?P<names>[A-Za-z_]\w*(?:[ \t]+[A-Za-z_]\w*)*)[ \t]*")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})


def format_term(value: Value) -> str:
    """Return ``value`` as a term of N-Triples and SPARQL; raise :class:`ParameterError` where it can be no term.

    >>> format_term(Iri("https://example.org/a"))
    '<https://example.org/a>'
    >>> format_term('a "quoted" word')
    '"a \\\\"quoted\\\\" word"'
    >>> format_term(datetime.date(2017, 3, 9))
    '"2017-03-09"^^<http://www.w3.org/2001/XMLSchema#date>'
    >>> format_term(Iri("https://example.org/> } DROP ALL"))
    Traceback (most recent call last):
    ontology.errors.ParameterError: 'https://example.org/> } DROP ALL' is no IRI
    """
    match value:
        case Iri():
            if not _IRI.fullmatch(value):
                raise ParameterError(f"{str(value)!r} is no IRI")
            return f"<{value}>"
        case Text():
            if not _LANGUAGE.fullmatch(value.language):
                raise ParameterError(f"{value.language!r} is no language tag")
            return f'"{value.translate(_ESCAPES)}"@{value.language}'
        case bool():
            return f'"{str(value).lower()}"^^<{_XSD}boolean>'
        case int():
            return f'"{value}"^^<{_XSD}integer>'
        case Decimal():
            return f'"{value}"^^<{_XSD}decimal>'
        case float():
            return f'"{value!r}"^^<{_XSD}double>'
        case datetime.datetime():
            return f'"{value.isoformat()}"^^<{_XSD}dateTime>'
        case datetime.date():
            return f'"{value.isoformat()}"^^<{_XSD}date>'
        case str():
            return f'"{value.translate(_ESCAPES)}"'


def marked_names(query: str) -> tuple[str, ...]:
    """Return the names of all parameters that ``query`` has a place for, in order of first mention.

    >>> marked_names("SELECT * { #: agency role\\n ?s ?p ?o }")
    ('agency', 'role')
    """
    found: dict[str, None] = {}
    for token in iter_tokens(query):
        if token.kind is Kind.COMMENT and (marker := _MARKER.fullmatch(token.text)):
            found.update(dict.fromkeys(marker["names"].split()))
    return tuple(found)


def bind_parameters(query: str, values: Mapping[str, Value | Sequence[Value] | None]) -> str:
    """Return ``query`` with the given values at its markers; ``None`` and names without a marker change nothing.

    >>> print(bind_parameters("SELECT * { #: a b\\n ?a :p ?b }", {"a": Iri("urn:x"), "b": None}))
    SELECT * { VALUES ?a { <urn:x> }
     ?a :p ?b }
    >>> print(bind_parameters("SELECT * {\\n#: a\\n?a :p ?b }", {"a": ["x", 2]}).splitlines()[1])
    VALUES ?a { "x" "2"^^<http://www.w3.org/2001/XMLSchema#integer> }
    >>> bind_parameters("SELECT * {\\n?a :p ?b\\n#? b\\n}", {"b": ["x", "y"]}).splitlines()[2]
    'FILTER(?b IN ("x", "y"))'
    """
    parts: list[str] = []
    done = 0
    for token in iter_tokens(query):
        marker = _MARKER.fullmatch(token.text) if token.kind is Kind.COMMENT else None
        if marker is None:
            continue
        blocks = []
        for name in marker["names"].split():
            given = values.get(name)
            if given is None:
                continue
            terms = [given] if isinstance(given, str) or not isinstance(given, Sequence) else list(given)
            formatted = [format_term(term) for term in terms]
            if marker["how"] == ":":
                blocks.append(f"VALUES ?{name} {{ {' '.join(formatted)} }}")
            else:
                blocks.append(f"FILTER(?{name} IN ({', '.join(formatted)}))")
        parts += [query[done : token.start], " ".join(blocks)]
        done = token.end
    return "".join(parts) + query[done:]
