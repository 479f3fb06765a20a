"""The words of a SPARQL text: enough of its grammar to tell a keyword from a comment, a string or a name.

Deliberately small. It is used to see what a query *is* (its form, whether it names its dataset), to find the places where
parameters are bound, and to refuse cheaply what must not reach the engine. It never rewrites what it does not understand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a token is."""

    STRING = "string"
    COMMENT = "comment"
    IRI = "iri"
    VARIABLE = "variable"
    NAME = "name"
    WORD = "word"
    OPEN = "open"
    CLOSE = "close"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it stands, in characters."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The place behind the token."""
        return self.start + len(self.text)


# The alternatives in the order in which the SPARQL 1.1 grammar (terminals 139-173) tells them apart. A lone quote that never
# closes is OTHER: the engine reports the error with its line, which this lexer need not do better.
_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n]+)
  | (?P<comment>\#[^\r\n]*)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|\"{1,2}(?!\"))*\"\"\"
             | '''(?:[^'\\]|\\.|'{1,2}(?!'))*'''
             | \"(?:[^"\\\r\n]|\\.)*\"
             | '(?:[^'\\\r\n]|\\.)*')
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<variable>[?$][^\W]\w*)
  | (?P<name>(?:[^\W\d_][\w.\-]*)?:(?:[\w:%.\-]|\\[_~.\-!$&'()*+,;=/?\#@%])*)
  | (?P<word>@?[^\W\d_][\w\-]*)
  | (?P<open>[{(\[])
  | (?P<close>[})\]])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def iter_tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of ``query`` in order, blanks left out.

    >>> [t.kind.value for t in iter_tokens('SELECT ?a { ?a :p "SERVICE" } # FROM')]
    ['word', 'variable', 'open', 'variable', 'name', 'string', 'close', 'comment']
    """
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup
        if kind is not None and kind != "space":
            yield Token(Kind(kind), match.group(), match.start())


def query_form(query: str) -> str | None:
    """Return ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``, or ``None`` where the text has none of them.

    >>> query_form('PREFIX select: <http://example.org/ask#> construct { ?s ?p ?o } WHERE { ?s ?p ?o }')
    'CONSTRUCT'
    >>> query_form('DELETE WHERE { ?s ?p ?o }')
    """
    for token in iter_tokens(query):
        if token.kind is Kind.WORD and token.text.upper() in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}:
            return token.text.upper()
    return None


def names_its_dataset(query: str) -> bool:
    """Return whether the query has a ``FROM`` clause, which then decides what its default graph is.

    >>> names_its_dataset("SELECT * FROM <http://example.org/g> { ?s ?p ?o }")
    True
    >>> names_its_dataset('SELECT * { ?from :from "FROM" } # FROM <g>')
    False
    """
    return any(token.kind is Kind.WORD and token.text.upper() == "FROM" for token in iter_tokens(query))
