"""The registry prepared once for all tests of reading; it takes a second and never changes."""

from collections.abc import Callable

import pytest

from loaders.citations.citation_grammar import CitationGrammar
from loaders.names.agencies import find_agencies
from loaders.names.agency_cells import read_agency_cell
from loaders.names.agency_index import AgencyIndex
from loaders.names.agency_names import AgencyMention
from loaders.names.agency_places import NameContext
from loaders.reader import Reader, build_reader
from loaders.source import text_source
from loaders.text.columns import ColumnWords
from ontology.records import Record
from ontology.registry import Registry, load_registry


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry()


@pytest.fixture(scope="session")
def reader(registry: Registry) -> Reader:
    return build_reader(registry)


@pytest.fixture(scope="session")
def agency_index(reader: Reader) -> AgencyIndex:
    return reader.index


@pytest.fixture(scope="session")
def citation_grammar(reader: Reader) -> CitationGrammar:
    return reader.citations


@pytest.fixture(scope="session")
def column_words(reader: Reader) -> ColumnWords:
    return reader.columns


ReadText = Callable[[str], Record]
"""Reads a text as a document."""


@pytest.fixture(scope="session")
def read_text(reader: Reader) -> ReadText:
    return lambda text: reader.read(text_source(text, name="text", media_type="text/plain", data=text.encode()))


PLAN_HEAD = """ỦY BAN NHÂN DÂN
TỈNH BÌNH THUẬN
Số: 9001/KH-UBND
Bình Thuận, ngày 10 tháng 3 năm 2022

KẾ HOẠCH
Thực hiện công tác giảm nghèo năm 2022

"""
"""The head of an invented plan of a province; what a test adds below it is its body."""


@pytest.fixture(scope="session")
def read_plan(read_text: ReadText) -> ReadText:
    return lambda body: read_text(PLAN_HEAD + body)


ContextAt = Callable[[str, str], NameContext]
"""Makes the context of a document by the id of its place and of its issuer (``""`` for none)."""


@pytest.fixture(scope="session")
def context_at(registry: Registry) -> ContextAt:
    def make(place: str, issuer: str) -> NameContext:
        here, *above = registry.upward(place)
        agency = registry.agency(issuer) if issuer else None
        ministry = agency.id if agency is not None and agency.kind in {"ministry", "ministry-level"} else None
        return NameContext(here, tuple(above), issuer or None, ministry)

    return make


FindAt = Callable[[str, str, str], tuple[AgencyMention, ...]]
"""Finds the agencies of a text by the id of the document's place and of its issuer."""


@pytest.fixture(scope="session")
def find_at(agency_index: AgencyIndex, context_at: ContextAt) -> FindAt:
    return lambda text, place, issuer: find_agencies(text, context_at(place, issuer), agency_index)


@pytest.fixture(scope="session")
def read_cell_at(agency_index: AgencyIndex, context_at: ContextAt) -> FindAt:
    return lambda text, place, issuer: read_agency_cell(text, context_at(place, issuer), agency_index)
