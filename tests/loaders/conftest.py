"""The registry prepared once for all tests of reading; it takes a second and never changes."""

from collections.abc import Callable

import pytest

from loaders.agencies import find_agencies, read_agency_cell
from loaders.agency_index import AgencyIndex, build_agency_index
from loaders.agency_names import AgencyMention
from loaders.agency_places import NameContext
from loaders.citation_grammar import CitationGrammar, build_citation_grammar
from loaders.columns import ColumnWords, load_column_words
from ontology.registry import Registry, load_registry


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry()


@pytest.fixture(scope="session")
def agency_index(registry: Registry) -> AgencyIndex:
    return build_agency_index(registry)


@pytest.fixture(scope="session")
def citation_grammar(agency_index: AgencyIndex) -> CitationGrammar:
    return build_citation_grammar(agency_index)


@pytest.fixture(scope="session")
def column_words() -> ColumnWords:
    return load_column_words()


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
