"""Budget lines in text and tables, and sums that do not come out."""

import pytest

from loaders.figures.budget_words import parse_label
from loaders.figures.budgets import BudgetReading, find_budgets
from loaders.figures.components import find_components
from loaders.text.blocks import Node
from loaders.text.columns import load_column_words
from loaders.text.layout import layout_blocks
from loaders.text.outline import build_outline, walk
from loaders.text.rows import add_row_nodes


def _read(text: str, year: int | None = 2022) -> BudgetReading:
    known = load_column_words()
    root: Node = build_outline(layout_blocks(text, known))
    for node in list(walk(root)):
        add_row_nodes(node, known)
    return find_budgets(root, find_components(root)[1], default_year=year, known=known)


def _lines(text: str, year: int | None = 2022) -> list[tuple[str | None, int | None, str, float]]:
    return [(b.component, b.year, b.source, b.amount_million_vnd) for b in _read(text, year).budgets]


PLAN = """III. NHIỆM VỤ
1. Dự án 2: Đa dạng hóa sinh kế
Tổng kinh phí thực hiện năm 2022 là 3.188 triệu đồng, trong đó:
+ Vốn sự nghiệp ngân sách TW: 2.416 triệu đồng.
+ Vốn ngân sách địa phương: 241 triệu đồng.
+ Vốn huy động khác (dân đóng góp): 531 triệu đồng.
(Phụ lục số 3 kèm theo)
2. Dự án 3: Hỗ trợ phát triển sản xuất
Tổng kinh phí thực hiện năm 2022 là 1.999 triệu đồng, trong đó:
+ Vốn sự nghiệp ngân sách TW: 1.817 triệu đồng.
+ Vốn ngân sách địa phương: 182 triệu đồng.
+ Vốn huy động khác (dân đóng góp).
IV. KINH PHÍ THỰC HIỆN
Tổng kinh phí thực hiện năm 2022 là 5.186 triệu đồng, trong đó:
+ Vốn sự nghiệp ngân sách TW: 4.233 triệu đồng.
+ Vốn ngân sách địa phương: 422 triệu đồng.
+ Vốn huy động khác (dân đóng góp): 531 triệu đồng.
"""


def test_each_amount_has_component_year_and_source() -> None:
    assert _lines(PLAN) == [
        ("DA2", 2022, "total", 3188),
        ("DA2", 2022, "central", 2416),
        ("DA2", 2022, "local", 241),
        ("DA2", 2022, "other", 531),
        ("DA3", 2022, "total", 1999),
        ("DA3", 2022, "central", 1817),
        ("DA3", 2022, "local", 182),
        (None, 2022, "total", 5186),
        (None, 2022, "central", 4233),
        (None, 2022, "local", 422),
        (None, 2022, "other", 531),
    ]


def test_spans_are_label_and_amount() -> None:
    quotes = [PLAN[slice(*b.span)] for b in _read(PLAN).budgets]
    assert quotes[:2] == [
        "Tổng kinh phí thực hiện năm 2022 là 3.188 triệu đồng",
        "Vốn sự nghiệp ngân sách TW: 2.416 triệu đồng",
    ]


def test_sums_that_come_out_differently_are_findings() -> None:
    findings = _read(PLAN).findings
    assert [(f.code, PLAN[slice(*f.span)] if f.span else "") for f in findings] == [
        ("sum-mismatch", "Tổng kinh phí thực hiện năm 2022 là 5.186 triệu đồng"),
        ("sum-mismatch", "Vốn ngân sách địa phương: 422 triệu đồng"),
    ]
    assert "5.187" in findings[0].message
    assert "5,187" in findings[0].message_en
    assert "DA2: 241; DA3: 182" in findings[1].message
    assert all(f.remedy for f in findings)


def test_sums_that_come_out_are_no_findings() -> None:
    assert _read(PLAN.replace("5.186", "5.187").replace("422", "423")).findings == ()


def test_sources_against_the_total_of_their_block() -> None:
    text = "IV. KINH PHÍ\nTổng kinh phí: 100 triệu đồng, trong đó: ngân sách trung ương 60 triệu đồng; ngân sách địa phương 30 triệu đồng.\n"
    (finding,) = _read(text).findings
    assert "90 triệu đồng: lệch 10 triệu đồng" in finding.message


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Tổng kinh phí 7.603 triệu đồng, trong đó: NSTW 6.220 triệu đồng, NSĐP 622 triệu đồng, huy động khác 761 triệu đồng.",
            [("total", 7603), ("central", 6220), ("local", 622), ("other", 761)],
        ),
        (
            "Ngân sách trung ương: 100 triệu đồng (vốn đầu tư: 60 triệu đồng; vốn sự nghiệp: 40 triệu đồng).",
            [("central", 100)],
        ),
        (
            "Tổng vốn đầu tư 50 triệu đồng (ngân sách trung ương 45 triệu đồng, ngân sách tỉnh 5 triệu đồng).",
            [("total", 50), ("central", 45), ("local", 5)],
        ),
        ("Dự kiến kinh phí thực hiện: 2,5 tỷ đồng từ nguồn xã hội hóa.", [("other", 2500)]),
        (
            "Dự toán kinh phí là 12,5 tỷ đồng, gồm: ngân sách trung ương 10 tỷ đồng; nguồn viện trợ 2,5 tỷ đồng.",
            [("total", 12500), ("central", 10000), ("other", 2500)],
        ),
        ("Kinh phí: 50 triệu đồng.", [("total", 50)]),
        ("Kinh phí đào tạo một lớp 50 triệu đồng.", []),
        ("Hỗ trợ 50 triệu đồng/hộ từ ngân sách trung ương.", []),
        ("Vốn huy động khác (dân đóng góp).", []),
        ("Thu nhập bình quân đạt 60 triệu đồng.", []),
        ("Ngân sách tỉnh hỗ trợ 40 triệu đồng/nhà; tổng kinh phí: 400 triệu đồng.", [("total", 400)]),
    ],
)
def test_one_sentence(text: str, lines: list[tuple[str, float]]) -> None:
    assert [(source, amount) for _, _, source, amount in _lines(text)] == lines


def test_years_within_a_period() -> None:
    text = "Tổng kinh phí giai đoạn 2021 - 2025: 60 triệu đồng; trong đó: năm 2022: 20 triệu đồng; năm 2023: 40 triệu đồng."
    assert _lines(text) == [(None, None, "total", 60), (None, 2022, "total", 20), (None, 2023, "total", 40)]


def test_details_of_one_source_are_not_counted_twice() -> None:
    text = (
        "Tổng kinh phí: 100 triệu đồng, trong đó:\n- Ngân sách trung ương: 60 triệu đồng.\n- Ngân sách địa phương: 40 triệu đồng, trong đó:\n"
        "+ Ngân sách tỉnh: 25 triệu đồng.\n+ Ngân sách huyện: 15 triệu đồng.\n"
    )
    assert _read(text).findings == ()
    assert len(_read(text).budgets) == 5


NESTED = """V. KINH PHÍ
Tổng nguồn vốn thực hiện năm 2024 là 226 triệu đồng (ngân sách Trung ương: 200 triệu đồng, ngân sách địa phương đối ứng: 26 triệu đồng), trong đó:
1. Vốn đầu tư phát triển: 120 triệu đồng (NSTW: 109 triệu đồng; NSĐP: 11 triệu đồng).
2. Vốn sự nghiệp: 106 triệu đồng, bao gồm: NSTW 91 triệu đồng; NSĐP 15 triệu đồng.
"""


def test_kinds_of_spending_detail_the_sources() -> None:
    assert _lines(NESTED) == [(None, 2024, "total", 226), (None, 2024, "central", 200), (None, 2024, "local", 26)]
    assert _read(NESTED).findings == ()


BY_COMPONENT = """V. KINH PHÍ
Tổng kinh phí năm 2024: 150 triệu đồng, trong đó:
- Dự án 1: Hỗ trợ hạ tầng: 100 triệu đồng (ngân sách trung ương 90 triệu đồng; ngân sách huyện 10 triệu đồng).
- Dự án 2: 50 triệu đồng, gồm Tiểu dự án 1: 20 triệu đồng; Tiểu dự án 2: 30 triệu đồng.
"""


def test_a_list_of_funds_names_its_components() -> None:
    assert [(c, s, a) for c, _, s, a in _lines(BY_COMPONENT)] == [
        (None, "total", 150),
        ("DA1", "total", 100),
        ("DA1", "central", 90),
        ("DA1", "local", 10),
        ("DA2", "total", 50),
        ("DA2.TDA1", "total", 20),
        ("DA2.TDA2", "total", 30),
    ]
    assert _read(BY_COMPONENT).findings == ()
    assert len(_read(BY_COMPONENT.replace("30 triệu", "31 triệu")).findings) == 1


TABLE = """IV. KINH PHÍ
Biểu phân bổ kinh phí năm 2023 (Đơn vị tính: triệu đồng)
TT\tNội dung\tTổng cộng\tNgân sách trung ương\tNgân sách địa phương
\tTổng cộng\t1.500\t1.200\t301
1\tDự án 1: Hỗ trợ hạ tầng\t1.000\t800\t200
1.1\tTiểu dự án 1: Đường giao thông\t400\t300\t100
1.2\tTiểu dự án 2: Trường học\t600\t500\t100
2\tDự án 2: Sinh kế\t500\t400\t100
\tMô hình nuôi bò\t500\t400\t100
"""


def test_a_table_of_money() -> None:
    reading = _read(TABLE, 2023)
    lines = [(b.component, b.source, b.amount_million_vnd) for b in reading.budgets]
    assert lines[:3] == [(None, "total", 1500), (None, "central", 1200), (None, "local", 301)]
    assert ("DA1.TDA2", "central", 500) in lines
    assert len(lines) == 15
    assert [TABLE[slice(*f.span)] for f in reading.findings if f.span] == ["1.500", "301"]


def test_a_table_without_a_unit_of_money_is_none() -> None:
    assert _lines(TABLE.replace("(Đơn vị tính: triệu đồng)", "")) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Vốn sự nghiệp ngân sách TW", "central"),
        ("Nguồn ngân sách Trung ương", "central"),
        ("Vốn đối ứng ngân sách tỉnh", "local"),
        ("Ngân sách xã", "local"),
        ("Vốn tín dụng", "other"),
        ("Nguồn lồng ghép các chương trình khác", "other"),
        ("Tổng nhu cầu kinh phí", "total"),
        ("Vốn sự nghiệp", None),
        ("Hỗ trợ sản xuất", None),
    ],
)
def test_label(text: str, source: str | None) -> None:
    assert parse_label(text).source == source


TASKS = """Nội dung\tPhân công thực hiện\tTiến độ\tNguồn lực
1. Đo nguồn nước\tSở Y tế\tQuý I/2023\tNSNN 1.200 triệu đồng (chi thường xuyên)
2. Trồng cây\tSở Nội vụ\tQuý I/2023\tNgân sách trung ương 30 triệu đồng; ngân sách tỉnh 5 triệu đồng
3. Họp\tSở Nội vụ\tQuý I/2023\tChi thường xuyên
"""


def test_the_money_column_of_a_table_of_tasks() -> None:
    assert _lines(TASKS, 2023) == [
        (None, 2023, "total", 1200),
        (None, 2023, "central", 30),
        (None, 2023, "local", 5),
    ]
    bare = TASKS.replace("Nguồn lực", "Kinh phí (triệu đồng)").replace(
        "NSNN 1.200 triệu đồng (chi thường xuyên)", "1.200"
    )
    assert _lines(bare, 2023)[0] == (None, 2023, "total", 1200)


def test_what_is_invested_and_what_is_spent() -> None:
    found = _read(
        "II. KINH PHÍ\nVốn đầu tư phát triển ngân sách trung ương: 700 triệu đồng; vốn sự nghiệp ngân sách trung ương: 300 triệu đồng; ngân sách tỉnh: 90 triệu đồng.\n"
    )
    assert [(b.source, b.amount_million_vnd, b.spending) for b in found.budgets] == [
        ("central", 700, "investment"),
        ("central", 300, "recurrent"),
        ("local", 90, None),
    ]


def test_years_in_columns_beside_their_sum() -> None:
    text = "ĐVT: tỷ đồng\nTT\tNội dung\tTổng cộng\tNăm 2022\tNăm 2023\nI\tVốn đầu tư\t10\t4\t6\n\tCộng\t10\t4\t6\n"
    assert _lines(text) == [(None, None, "total", 10000), (None, 2022, "total", 4000), (None, 2023, "total", 6000)]


def test_all_sources_of_a_sentence() -> None:
    text = "I. KINH PHÍ\nTổng kinh phí: 12.500 triệu đồng, trong đó: NSTW 10.000 triệu đồng; NSĐP 1.500 triệu đồng; vốn huy động 1.000 triệu đồng.\n"
    assert [line[2:] for line in _lines(text)] == [
        ("total", 12500),
        ("central", 10000),
        ("local", 1500),
        ("other", 1000),
    ]


@pytest.mark.parametrize(
    ("behind", "source"),
    [
        (", từ nguồn ngân sách huyện.", "local"),
        (" (ngân sách tỉnh bảo đảm).", "local"),
        (" do ngân sách trung ương hỗ trợ.", "central"),
        (", nguồn xã hội hóa.", "other"),
        (", từ ngân sách trung ương và ngân sách tỉnh.", "total"),
        (" để tập huấn cho cán bộ ngân sách xã.", "total"),
        (".", "total"),
    ],
)
def test_a_source_may_stand_behind_the_amount(behind: str, source: str) -> None:
    assert _lines(f"I. KINH PHÍ\nKinh phí: 75 triệu đồng{behind}\n") == [(None, 2022, source, 75)]


def test_funds_for_something_are_a_total_where_their_parts_follow() -> None:
    text = "I. KINH PHÍ\n1. Kinh phí sửa chữa nhà văn hóa: 9 tỷ đồng, gồm ngân sách tỉnh 6 tỷ đồng, ngân sách huyện 3 tỷ đồng.\n"
    assert [(source, amount) for _, _, source, amount in _lines(text)] == [
        ("total", 9000),
        ("local", 6000),
        ("local", 3000),
    ]
    assert _lines("I. NỘI DUNG\n1. Kinh phí hỗ trợ mỗi mô hình là: 9 triệu đồng.\n") == []


def test_years_may_head_the_rows_of_a_table() -> None:
    table = """I. KINH PHÍ
Đơn vị tính: Triệu đồng
| STT | Năm | Tổng kinh phí | Ngân sách tỉnh | Nguồn xã hội hóa |
| 1 | Năm 2023 | 40 | 30 | 10 |
| 2 | Năm 2024 | 60 | 45 | 15 |
| | Cộng | 100 | 75 | 25 |
"""
    assert _lines(table) == [
        (None, year, source, amount)
        for year, amounts in ((2023, (40, 30, 10)), (2024, (60, 45, 15)), (None, (100, 75, 25)))
        for source, amount in zip(("total", "local", "other"), amounts, strict=True)
    ]
