"""Heads of documents by the table: lines are parted by ⏎, tabs are ⇥; an empty cell means that the paper does not say."""

import pytest

from loaders.citations.citation_grammar import CitationGrammar
from loaders.citations.citations import find_citations
from loaders.heads.header import read_header
from loaders.names.agency_index import AgencyIndex
from loaders.text.columns import ColumnWords
from loaders.text.layout import layout_blocks
from ontology.records import Document, Finding
from tests.case_tables import case_id, read_cases

FIELDS = ("number", "type", "date", "issuer", "jurisdiction", "title", "attached_to")


@pytest.fixture
def read_head(citation_grammar: CitationGrammar, agency_index: AgencyIndex, column_words: ColumnWords) -> "Reader":
    return Reader(citation_grammar, agency_index, column_words)


class Reader:
    """Reads a text as the reader does, up to its head."""

    def __init__(self, grammar: CitationGrammar, index: AgencyIndex, columns: ColumnWords) -> None:
        self._grammar, self._index, self._columns = grammar, index, columns

    def __call__(self, text: str) -> tuple[Document, tuple[Finding, ...]]:
        blocks = layout_blocks(text, self._columns, self._index.split_names)
        mentions = find_citations(blocks, self._grammar, self._columns)
        return read_header(text, blocks, mentions, self._grammar)


@pytest.mark.parametrize("case", [*read_cases("headers", 35), *read_cases("headers_variants", 50)], ids=case_id)
def test_header(case: dict[str, str], read_head: Reader) -> None:
    text = case["text"].replace("⏎", "\n").replace("⇥", "\t")
    document, _ = read_head(text)
    expected = {field: case[field] for field in FIELDS}
    read = {field: getattr(document, field) or "" for field in FIELDS}
    assert read == expected
    assert list(document.legal_bases) == [base for base in case["legal_bases"].split("|") if base]
