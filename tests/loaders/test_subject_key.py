"""What a document is about, without its period: a table of subjects and their keys."""

import csv
from functools import cache
from pathlib import Path

import pytest

from loaders.subject_key import SubjectKeys
from ontology.registry import load_registry

TABLE = Path(__file__).parent.parent / "cases" / "subject_keys.csv"
CASES = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))


@cache
def keys() -> SubjectKeys:
    """Return the keys of the program's own registry."""
    registry = load_registry()
    return SubjectKeys.of(registry.abbreviations, registry.programmes.values())


def test_enough_cases() -> None:
    assert len(CASES) >= 8


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_key(case: dict[str, str]) -> None:
    assert tuple(keys().key(case["text"])) == (case["key"], case["period"] or None)
