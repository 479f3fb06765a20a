"""Evidence: each fact's quote as a W3C Web Annotation selector, with its place in the stored text.

Guaranteed: ``text[start:end] == oa:exact`` for each evidence node, offsets in characters (Unicode code points) of the
NFC text layer whose SHA-256 is stated at the text's node.
"""

import hashlib
import re
from collections.abc import Iterable

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF

from loaders.statements.state_names import DocumentNames
from loaders.statements.state_quads import Statements, plain, whole
from ontology.namespaces import DM, ELI, OA, SPDX
from ontology.records import Record, Span

CONTEXT = 32
"""Characters before and after a quote that are kept beside it, so that it can be found again in a changed text."""

_NEAR = 80
"""Characters between a mention and the words on what it is about: the issuer, *về việc*."""


class Quotes:
    """States the evidence nodes of one document, each place once."""

    def __init__(self, names: DocumentNames, statements: Statements, text: str) -> None:
        self._names = names
        self._statements = statements
        self._text = text
        self._stated: set[Span] = set()

    def printed(self, span: Span | None) -> Literal | None:
        """Return the words at ``span`` as a plain string."""
        return None if span is None else plain(self._text[span.start : span.end])

    def cite(self, fact: URIRef, spans: Iterable[Span | None], predicate: URIRef = DM.evidence) -> None:
        """State that ``fact`` was read at ``spans``; empty spans are left out.

        Raise :class:`ValueError` for a span that is not in the text: no document can cause that, only a wrong program.
        """
        for span in spans:
            if span is not None and span.start != span.end:
                self._statements.add(fact, predicate, self.evidence(Span(*span)))

    def reaching(self, span: Span, words: str | None) -> Span | None:
        """Return the stretch from ``span`` to the end of ``words``, where they are in it or follow soon; blanks may differ."""
        if not words:
            return None
        pattern = r"\s+".join(map(re.escape, words.split()))
        found = re.compile(pattern).search(self._text, span.start, span.end + _NEAR + 2 * len(words))
        return Span(span.start, max(span.end, found.end())) if found else None

    def evidence(self, span: Span) -> URIRef:
        """Return the evidence node of a place in the text, stating it when it is asked for the first time."""
        place = f"{span.start}-{span.end}"
        node = self._names.name("evidence", place)
        if span in self._stated:
            return node
        if not 0 <= span.start < span.end <= len(self._text):
            raise ValueError(f"[{span.start}, {span.end}) is not inside a text of {len(self._text)} characters")
        self._stated.add(span)
        add = self._statements.add
        quote, position = self._names.name("evidence", place, "quote"), self._names.name("evidence", place, "position")
        self._statements.add_type(node, DM.Evidence)
        add(node, OA.hasSource, self._names.name("text"))
        add(node, OA.hasSelector, quote)
        add(node, OA.hasSelector, position)
        add(quote, RDF.type, OA.TextQuoteSelector)
        add(quote, OA.exact, Literal(self._text[span.start : span.end]))
        add(quote, OA.prefix, plain(self._text[max(0, span.start - CONTEXT) : span.start]))
        add(quote, OA.suffix, plain(self._text[span.end : span.end + CONTEXT]))
        add(position, RDF.type, OA.TextPositionSelector)
        add(position, OA.start, whole(span.start))
        add(position, OA.end, whole(span.end))
        return node


def state_text(record: Record, names: DocumentNames, statements: Statements, text: str) -> None:
    """State the expression and the stored text of a document: language, file, length and checksum."""
    expression, layer, checksum = names.name("expression"), names.name("text"), names.name("text", "sha256")
    add = statements.add
    add(names.document, ELI.is_realized_by, expression)
    statements.add_type(expression, ELI.LegalExpression)
    add(expression, ELI.title, Literal(record.document.title, lang="vi") if record.document.title else None)
    add(expression, ELI.language, URIRef("http://publications.europa.eu/resource/authority/language/VIE"))
    add(expression, ELI.is_embodied_by, layer)
    statements.add_type(layer, DM.TextLayer)
    add(layer, DM.textLength, whole(len(text)))
    add(layer, SPDX.checksum, checksum)
    statements.add_type(checksum, SPDX.Checksum)
    add(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    add(checksum, SPDX.checksumValue, Literal(hashlib.sha256(text.encode()).hexdigest()))
    if record.source is not None:
        add(layer, DCTERMS.title, plain(record.source.name))
        add(layer, DCTERMS["format"], plain(record.source.media_type))
