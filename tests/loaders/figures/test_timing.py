"""Timing: case tables for cells and running text, and laws."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.figures.timing import parse_timing
from loaders.figures.timing_mentions import find_first_timing, find_timings
from tests.case_tables import case_id, read_cases
from tests.loaders.passages import passage_of

CASES = Path(__file__).parents[2] / "cases"


def _year(row: dict[str, str]) -> int | None:
    return int(row["default_year"]) if row["default_year"] else None


CELLS, RUNNING, NONE = read_cases("timing", 100), read_cases("timing_running", 18), read_cases("timing_none", 15)


@pytest.mark.parametrize("row", CELLS, ids=case_id)
def test_cell(row: dict[str, str]) -> None:
    timing = parse_timing(row["text"], default_year=_year(row))
    assert timing is not None
    assert timing.text == row["text"]
    assert (timing.start or "", timing.end or "") == (row["start"], row["end"])
    assert " ".join(timing.recurrence) == row["recurrence"]
    assert (timing.completed, timing.date or "") == (row["completed"] == "yes", row["date"])


@pytest.mark.parametrize("blank", ["", "  ", "-", "…", " – ", "..."])
def test_blank_cell(blank: str) -> None:
    assert parse_timing(blank) is None


@pytest.mark.parametrize("row", RUNNING, ids=case_id)
def test_running_text(row: dict[str, str]) -> None:
    found = find_timings(passage_of(row["text"], 1000), default_year=_year(row))
    assert row["found"] in [row["text"][m.start : m.end] for m in found]
    timing = next(m.timing for m in found if row["text"][m.start : m.end] == row["found"])
    assert (timing.start or "", timing.end or "") == (row["start"], row["end"])
    assert " ".join(timing.recurrence) == row["recurrence"]
    at = row["text"].index(row["found"])
    assert timing.span == (1000 + at, 1000 + at + len(row["found"]))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("định kỳ báo cáo Ủy ban trước ngày 25 hằng tháng", "trước ngày 25 hằng tháng"),
        ("định kỳ báo cáo Ủy ban; hoàn thành trước ngày 25/3/2024", "định kỳ"),
        ("định kỳ báo cáo Ủy ban", "định kỳ"),
        ("phổ biến trong buổi sinh hoạt định kỳ tháng 4/2024", "tháng 4/2024"),
    ],
)
def test_the_first_timing_that_says_most(text: str, first: str) -> None:
    timing = find_first_timing(passage_of(text))
    assert timing is not None
    assert timing.text == first


@pytest.mark.parametrize("row", NONE, ids=case_id)
def test_no_timing(row: dict[str, str]) -> None:
    assert find_timings(passage_of(row["text"])) == []


_SOUP = st.lists(
    st.sampled_from(
        [
            "quý",
            "năm",
            "tháng",
            "ngày",
            "II/2017",
            "2022",
            "31/12/2022",
            "29/2",
            "30/2/2021",
            "giai",
            "đoạn",
            "2021-2025",
            "9999",
            "trước",
            "đến",
            "từ",
            "hết",
            "chậm",
            "nhất",
            "định",
            "kỳ",
            "hằng",
            "6",
            "06",
            "lần",
            "/",
            ",",
            ";",
            "(",
            ")",
            "-",
            "đã",
            "hoàn",
            "thành",
            "số",
            "48/2016/QĐ-TTg",
            "và",
            "đột",
            "xuất",
            "cuối",
            "đầu",
            "T13",
            "20252021",
            "0",
            ":",
            ".",
            "thời",
            "gian:",
        ]
    ),
    max_size=25,
)


@given(_SOUP)
def test_soup_never_raises_and_quotes_stand(parts: list[str]) -> None:
    text = " ".join(parts)
    timing = parse_timing(text, default_year=2022)
    assert timing is None or timing.start is None or timing.end is None or timing.start <= timing.end
    last = 0
    for mention in find_timings(passage_of(text), default_year=2022):
        assert last <= mention.start < mention.end <= len(text)
        assert mention.timing.text == text[mention.start : mention.end].strip()
        last = mention.end


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    parse_timing(text, default_year=2020)
    find_timings(passage_of(text))
