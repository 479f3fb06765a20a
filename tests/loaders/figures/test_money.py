"""Money: case tables, ranges, units of tables."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.figures.money import find_amounts, parse_amount, parse_unit
from loaders.figures.numerals import format_number, parse_number
from tests.case_tables import case_id, read_cases

CASES = Path(__file__).parents[2] / "cases"


GOOD, BAD = read_cases("money", 30), read_cases("money_none", 10)


@pytest.mark.parametrize("row", GOOD, ids=case_id)
def test_amount(row: dict[str, str]) -> None:
    assert parse_amount(row["text"]) == Decimal(row["million"])


@pytest.mark.parametrize("row", BAD, ids=case_id)
def test_no_single_amount(row: dict[str, str]) -> None:
    assert parse_amount(row["text"]) is None


def test_a_range_keeps_both_ends() -> None:
    (amount,) = find_amounts("hỗ trợ từ 10 - 15 triệu đồng mỗi mô hình")
    assert (amount.low, amount.high) == (Decimal(10), Decimal(15))


def test_several_amounts_keep_their_places() -> None:
    text = "NSTW 6.220 triệu đồng; NSĐP 622 triệu đồng; khác 761 triệu đồng"
    assert [text[a.start : a.end] for a in find_amounts(text)] == [
        "6.220 triệu đồng",
        "622 triệu đồng",
        "761 triệu đồng",
    ]


@pytest.mark.parametrize(
    ("text", "million"),
    [
        ("Đơn vị tính: triệu đồng", "1"),
        ("(ĐVT: 1.000 đồng)", "0.001"),
        ("Đơn vị: Nghìn đồng", "0.001"),
        ("đơn vị tính: tỷ đồng", "1000"),
        ("triệu đồng", "1"),
        ("Đơn vị tính: %", None),
        ("Đơn vị chủ trì", None),
    ],
)
def test_unit_of_a_table(text: str, million: str | None) -> None:
    assert parse_unit(text) == (None if million is None else Decimal(million))


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_numbers_round_trip(number: Decimal) -> None:
    assert parse_number(format_number(number)) == number


@given(st.text(alphabet="0123456789.,- đtriệuỷồngnhì", max_size=40))
def test_soup_never_raises(text: str) -> None:
    for amount in find_amounts(text):
        assert 0 <= amount.start < amount.end <= len(text)
