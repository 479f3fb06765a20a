"""Look-ups: what people type, and what they mean."""

from pathlib import Path

import pytest

from queries.lookup import Outcome, resolve_agency, resolve_document
from queries.release import Release
from tests.case_tables import case_id, read_cases

CASES = Path(__file__).parents[1] / "cases"


@pytest.mark.parametrize("case", read_cases("document_lookup", 20), ids=case_id)
def test_documents(world: Release, case: dict[str, str]) -> None:
    found = resolve_document(world.store, case["text"])
    assert found.outcome == case["outcome"]
    if case["expected"]:
        assert [c.iri.rsplit("/document/")[-1] for c in found.candidates] == case["expected"].split()
    assert (found.iri is not None) == (found.outcome is Outcome.EXACT)


@pytest.mark.parametrize("case", read_cases("agency_lookup", 10), ids=case_id)
def test_agencies(world: Release, case: dict[str, str]) -> None:
    found = resolve_agency(world.store, case["text"])
    assert found.outcome == case["outcome"]
    if case["expected"]:
        assert [c.iri.rsplit("/agency/")[-1] for c in found.candidates] == case["expected"].split()


def test_near_matches_are_offered(world: Release) -> None:
    assert any("10/QĐ-A" in str(c) for c in resolve_document(world.store, "10/QĐ-B").candidates)
    assert [c.label for c in resolve_agency(world.store, "Sở Dương tỉnh").candidates][:2] == [
        "Sở Đường tỉnh B",
        "Sở Đường tỉnh C",
    ]
