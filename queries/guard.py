"""A cheap look at a query before it reaches the engine.

The engine is fast and trusting: a few thousand nested braces end its process, and ``SERVICE`` really connects. Workers contain
what goes wrong; this guard refuses early what can be told from the words alone, with a reason that says what to change.
"""

from dataclasses import dataclass

from ontology.errors import QueryRefused
from queries.lexer import Kind, iter_tokens

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_PROLOGUE = frozenset({"PREFIX", "BASE", "VERSION"})


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """How long (characters), how deep (brackets in brackets) and how wide (``OPTIONAL``, ``UNION``, ``MINUS``) a query may be."""

    length: int = 100_000
    depth: int = 100
    clauses: int = 500


def check_query(query: str, limits: QueryLimits | None = None) -> None:
    """Raise :class:`QueryRefused` for a query that is too large, that reaches out, or that is an update.

    Words in strings, names and comments do not count.

    >>> check_query('SELECT * { ?service :insert "LOAD SERVICE" } # DROP')
    >>> check_query("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ontology.errors.QueryRefused: SERVICE is not allowed: no request leaves this machine — ask the other endpoint yourself and join
    """
    limits = limits or QueryLimits()
    if len(query) > limits.length:
        raise QueryRefused(
            f"the query has {len(query):,} characters, more than {limits.length:,}",
            reason="length",
            remedy="shorten it",
        )
    depth = clauses = 0
    first = True
    for token in iter_tokens(query):
        if token.kind is Kind.OPEN:
            depth += 1
            if depth > limits.depth:
                raise QueryRefused(
                    f"the query is nested deeper than {limits.depth}", reason="depth", remedy="flatten it"
                )
        elif token.kind is Kind.CLOSE:
            depth -= 1
        elif token.kind is Kind.WORD:
            word = token.text.upper()
            if word == "SERVICE":
                raise QueryRefused(
                    "SERVICE is not allowed: no request leaves this machine",
                    reason="service",
                    remedy="ask the other endpoint yourself and join",
                )
            if first and word in _UPDATES:
                raise QueryRefused(f"{word} is an update; this endpoint only reads", reason="update")
            first = first and word in _PROLOGUE
            clauses += word in {"OPTIONAL", "UNION", "MINUS", "EXISTS"}
            if clauses > limits.clauses:
                raise QueryRefused(
                    f"the query has more than {limits.clauses} clauses",
                    reason="depth",
                    remedy="use VALUES for long lists",
                )
