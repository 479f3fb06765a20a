"""Names as offices print them, by the table: from which place or agency a document speaks, on which day, and what is meant."""

import pytest

from loaders.names.agencies import find_agencies
from loaders.names.agency_cells import read_agency_cell
from loaders.names.agency_index import AgencyIndex
from loaders.names.agency_places import NameContext
from ontology.registry import Registry
from tests.case_tables import case_id, read_cases
from tests.loaders.names.test_agencies import assert_in_order, kind_of


def context_of(speaks: str, day: str, registry: Registry) -> NameContext:
    """Return where a document speaks from: an agency, a place, or ``place > xã Hồng Thái`` for one that is not listed."""
    if speaks in registry.agencies:
        return NameContext(registry.jurisdictions["viet-nam"], (), speaks, speaks, day or None)
    listed, _, printed = speaks.partition(" > ")
    here, *above = registry.upward(listed)
    if printed:
        kind, name = printed.split(" ", 1)
        here, above = registry.place(kind, name, listed), [here, *above]
    return NameContext(here, tuple(above), f"{here.id}/uy-ban-nhan-dan", None, day or None)


@pytest.mark.parametrize("row", read_cases("agencies_printed", 400), ids=case_id)
def test_a_printed_name(row: dict[str, str], agency_index: AgencyIndex) -> None:
    found = find_agencies(row["text"], context_of(row["speaks"], row["day"], agency_index.registry), agency_index)
    names = row["expected"].split("|")
    assert [mention.name for mention in found] == names
    assert [kind_of(mention) for mention in found] == (
        row["kinds"].split("|") if row["kinds"] else ["agency"] * len(names)
    )
    assert_in_order(found, row["text"])
    assert (found[0].start, found[-1].end) == (0, len(row["text"])), "nothing of a name is left over"


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Cục Việc làm (Bộ Nội vụ), Sở Y tế", ["Cục Việc làm", "Sở Y tế tỉnh Bình Thuận"]),
        ("Sở Y tế (Bộ Nội vụ phối hợp)", ["Sở Y tế tỉnh Bình Thuận", "Bộ Nội vụ"]),
        ("Các sở, ngành lấy ý kiến người dân", ["Các sở, ngành"]),
    ],
)
def test_a_cell_names_those_who_have_a_part(
    cell: str, names: list[str], registry: Registry, agency_index: AgencyIndex
) -> None:
    context = context_of("tinh-binh-thuan", "", registry)
    assert [mention.name for mention in read_agency_cell(cell, context, agency_index)] == names
