"""Look-ups: what people type, and what they mean."""

import csv
from pathlib import Path

import pytest

from queries.lookup import Outcome, resolve_agency, resolve_document
from queries.release import Release

CASES = Path(__file__).parents[1] / "cases"


def read_cases(name: str, least: int) -> list[dict[str, str]]:
    """Return the rows of a case table, of which there must be at least ``least``."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= least, f"{name} has lost rows"
    return rows


@pytest.mark.parametrize("case", read_cases("document_lookup.csv", 20), ids=lambda case: case["id"])
def test_documents(world: Release, case: dict[str, str]) -> None:
    found = resolve_document(world.store, case["text"])
    assert found.outcome == case["outcome"]
    if case["expected"]:
        assert [c.iri.rsplit("/document/")[-1] for c in found.candidates] == case["expected"].split()
    assert (found.iri is not None) == (found.outcome is Outcome.EXACT)


@pytest.mark.parametrize("case", read_cases("agency_lookup.csv", 10), ids=lambda case: case["id"])
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
