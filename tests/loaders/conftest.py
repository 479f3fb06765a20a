"""The registry prepared once for all tests of reading; it takes a second and never changes."""

import pytest

from loaders.agency_index import AgencyIndex, build_agency_index
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
