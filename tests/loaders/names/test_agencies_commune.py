"""What names mean in a document of a commune, which the registry does not list: its own bodies first, then those above it."""

import pytest

from loaders.names.agencies import find_agencies
from loaders.names.agency_index import AgencyIndex
from loaders.names.agency_places import NameContext
from ontology.registry import Registry
from tests.case_tables import case_id, read_cases

PROVINCE = "tinh-gia-lai-2025"


@pytest.fixture(scope="module")
def commune(registry: Registry) -> NameContext:
    place = registry.place("xã", "Suối Mơ", PROVINCE)
    above = tuple(registry.upward(PROVINCE))
    return NameContext(place, above, f"{place.id}/uy-ban-nhan-dan", None, "2026-03-15")


@pytest.mark.parametrize("row", read_cases("agencies_commune", 30), ids=case_id)
def test_a_communes_document_names_its_own_bodies(
    row: dict[str, str], commune: NameContext, agency_index: AgencyIndex
) -> None:
    agency_index.found.clear()
    found = find_agencies(row["text"], commune, agency_index)
    assert [("*" if mention.group else "") + mention.name for mention in found] == row["expected"].split("|")


def test_bodies_of_a_made_place_are_found_by_their_ids(registry: Registry) -> None:
    place = registry.place("phường", "Bến Xanh", PROVINCE)
    assert registry.agency(f"{place.id}/dang-uy", place).name == "Đảng ủy phường Bến Xanh"
    with pytest.raises(KeyError):
        registry.agency(f"{place.id}/dang-uy")
