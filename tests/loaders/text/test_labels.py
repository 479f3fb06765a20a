"""Printed numbers and bullets."""

import pytest

from loaders.text.labels import ordinal, parse_label
from tests.case_tables import case_id, read_cases

CASES = read_cases("labels", 28)


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_label(case: dict[str, str]) -> None:
    label, style, used = parse_label(case["text"])
    assert (label, style) == (case["label"], case["style"])
    assert case["text"][:used].strip() == label


def test_letters_run_as_vietnamese_lists_do() -> None:
    assert [ordinal(f"{letter})") for letter in "abcdđeghik"] == list(range(1, 11))
