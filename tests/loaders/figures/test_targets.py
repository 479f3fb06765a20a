"""Targets: case tables for lines of goals, sections, tables of indicators."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.figures.targets import find_line_targets, find_targets
from loaders.text.columns import load_column_words
from loaders.text.layout import layout_blocks
from loaders.text.outline import build_outline
from loaders.text.sections import load_section_words
from ontology.records import Target
from tests.case_tables import case_id, read_cases
from tests.loaders.passages import passage_of

CASES = Path(__file__).parents[2] / "cases"


GOOD, BAD = read_cases("targets", 25), read_cases("targets_none", 10)


@pytest.mark.parametrize("row", GOOD, ids=case_id)
def test_targets_of_a_line(row: dict[str, str]) -> None:
    found = find_line_targets(passage_of(row["text"], 500), by=row["by"] or None)
    assert " ## ".join(f"{t.indicator} | {t.value} | {t.unit} | {t.by}" for t in found) == row["targets"]
    for target in found:
        assert 500 <= target.span.start < target.span.end <= 500 + len(row["text"])


@pytest.mark.parametrize("row", read_cases("target_comparators", 12), ids=case_id)
def test_how_a_value_is_meant(row: dict[str, str]) -> None:
    (target,) = find_line_targets(passage_of(row["text"]), by="2025")
    assert (target.comparator or "", target.baseline or "") == (row["comparator"], row["baseline"])


@pytest.mark.parametrize("row", BAD, ids=case_id)
def test_no_target(row: dict[str, str]) -> None:
    assert find_line_targets(passage_of(row["text"])) == ()


def _read(text: str) -> tuple[Target, ...]:
    known = load_column_words()
    root = build_outline(layout_blocks(text, known))
    return find_targets(root, load_section_words(), default_by="2022", known=known)


def test_only_sections_of_goals_and_the_year_of_the_line_above() -> None:
    text = """I. MỤC TIÊU
1. Mục tiêu cụ thể
- Các chỉ tiêu chủ yếu cần đạt được đến năm 2020:
+ 95% hộ nghèo có nước sinh hoạt hợp vệ sinh;
- 90% hộ dân được nghe đài.
II. NHIỆM VỤ
- Cấp thẻ cho 100% hộ nghèo.
"""
    assert [(t.value, t.by) for t in _read(text)] == [("95", "2020"), ("90", "2022")]


def test_a_table_of_indicators_with_an_agency_and_signs() -> None:
    text = """TT\tChỉ tiêu\tĐơn vị tính\tKế hoạch năm 2022\tCơ quan theo dõi
1\tHồ sơ trực tuyến\t%\t≥ 80\tSở Y tế
2\tHộ nghèo\t%\tDưới 5\tSở Nội vụ
3\tĐiểm phục vụ\tđiểm\t15 trở lên\tSở Tư pháp
"""
    assert [(t.indicator, t.value, t.comparator) for t in _read(text)] == [
        ("Hồ sơ trực tuyến", "80", "≥"),
        ("Hộ nghèo", "5", "<"),
        ("Điểm phục vụ", "15", "≥"),
    ]


def test_a_table_of_indicators() -> None:
    text = """Phụ lục 1
TT\tChỉ tiêu\tĐVT\tThực hiện năm 2021\tKế hoạch năm 2022\tKế hoạch năm 2023
1\tSố hộ nghèo giảm\tHộ\t900\t1.438\t1.200
2\tTỷ lệ hộ nghèo\t%\t12,5\t5,7-6\t
"""
    assert [(t.indicator, t.value, t.unit, t.by) for t in _read(text)] == [
        ("Số hộ nghèo giảm", "1.438", "hộ", "2022"),
        ("Số hộ nghèo giảm", "1.200", "hộ", "2023"),
        ("Tỷ lệ hộ nghèo", "5,7-6", "%", "2022"),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "100%",
                "5",
                "-",
                "2,5%/năm",
                "hộ nghèo",
                "từ",
                "xuống còn",
                ";",
                ",",
                "trong đó",
                "năm 2025",
                "giảm",
                "cho",
                "1.500",
                "km",
                "đạt",
                ".",
                "(",
            ]
        ),
        max_size=20,
    )
)
def test_soup_never_raises(parts: list[str]) -> None:
    text = " ".join(parts)
    for target in find_line_targets(passage_of(text), by="2022"):
        assert target.indicator
        assert target.span.end <= len(text)
