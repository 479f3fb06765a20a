"""Heads of documents by the table: lines are parted by ⏎, tabs are ⇥; an empty cell means that the paper does not say."""

import csv
from pathlib import Path

import pytest

from loaders.agency_index import AgencyIndex
from loaders.citation_grammar import CitationGrammar
from loaders.citations import find_citations
from loaders.columns import ColumnWords
from loaders.header import read_header
from loaders.layout import layout_blocks
from ontology.records import Document, Finding

CASES = Path(__file__).parent.parent / "cases" / "headers.csv"
FIELDS = ("number", "type", "date", "issuer", "jurisdiction", "title", "attached_to")


def read_cases(minimum: int) -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= minimum, f"headers.csv has only {len(rows)} rows"
    return rows


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


@pytest.mark.parametrize("case", read_cases(35), ids=lambda case: case["id"])
def test_header(case: dict[str, str], read_head: Reader) -> None:
    text = case["text"].replace("⏎", "\n").replace("⇥", "\t")
    document, _ = read_head(text)
    expected = {field: case[field] for field in FIELDS}
    read = {field: getattr(document, field) or "" for field in FIELDS}
    assert read == expected
    assert list(document.legal_bases) == [base for base in case["legal_bases"].split("|") if base]
