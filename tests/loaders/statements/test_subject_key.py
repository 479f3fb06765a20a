"""What a document is about, without its period: a table of subjects and their keys."""

from functools import cache

import pytest

from loaders.statements.subject_key import SubjectKeys
from ontology.registry import load_registry
from tests.case_tables import case_id, read_cases

CASES = read_cases("subject_keys", 8)


@cache
def keys() -> SubjectKeys:
    """Return the keys of the program's own registry."""
    registry = load_registry()
    return SubjectKeys.of(registry.abbreviations, registry.programmes.values())


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_key(case: dict[str, str]) -> None:
    assert tuple(keys().key(case["text"])) == (case["key"], case["period"] or None)
