"""Printed numbers and bullets."""

import csv
from pathlib import Path

import pytest

from loaders.labels import ordinal, parse_label

CASES = list(csv.DictReader((Path(__file__).parents[1] / "cases" / "labels.csv").read_text("utf-8").splitlines()))


def test_table_is_whole() -> None:
    assert len(CASES) >= 28


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_label(case: dict[str, str]) -> None:
    label, style, used = parse_label(case["text"])
    assert (label, style) == (case["label"], case["style"])
    assert case["text"][:used].strip() == label


def test_letters_run_as_vietnamese_lists_do() -> None:
    assert [ordinal(f"{letter})") for letter in "abcdđeghik"] == list(range(1, 11))
