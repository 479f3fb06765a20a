"""Texts made of the words that the reader knows, in orders that no clerk would write: headings, bullets, tables, nonsense."""

from hypothesis import strategies as st

from ontology.table_reading import TABLES
from tests.case_tables import read_cases, read_rows
from tests.loaders.conftest import PLAN_HEAD

_WORD_TABLES = {
    "role_words": "phrase",
    "duty_verbs": "form",
    "section_words": "form",
    "column_words": "form",
    **dict.fromkeys(
        (
            "timing_words",
            "money_words",
            "relation_words",
            "signing_words",
            "component_words",
            "budget_words",
            "target_words",
            "reporting_words",
        ),
        "words",
    ),
}
WORDS = sorted(
    {
        row[column].replace("*", "chặt chẽ")
        for table, column in _WORD_TABLES.items()
        for row in read_rows(TABLES / f"{table}.csv")
    }
)
STATEMENTS = [row["text"] for table in ("agencies", "agencies_none", "duties") for row in read_cases(table, 40)]
FIGURES = [
    "12/2022/QĐ-TTg",
    "ngày 12/3/2022",
    "năm 2022",
    "Quý II/2022",
    "3.188 triệu đồng",
    "2,5%",
    "500 hộ",
    "Quyết định số 90/QĐ-TTg ngày 18 tháng 01 năm 2022 của Thủ tướng Chính phủ",
    "giai đoạn 2021-2025",
    *("(", ")", ";", ".", ":", "…", "./."),
]
LABELS = [
    *(
        "I. ",
        "II. ",
        "A. ",
        "1. ",
        "2. ",
        "1.1. ",
        "a) ",
        "b) ",
        "đ) ",
        "- ",
        "+ ",
        "* ",
        "(1) ",
        "• ",
        "## ",
        "**",
        "",
        "",
    ),
    *("Điều 3. ", "Phụ lục 2", "Dự án 1: ", "Tiểu dự án 2: ", "Chương I", "Mục 2. ", "Nơi nhận:", "KẾ HOẠCH", "| "),
]
HEADERS = [
    *("STT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", "Sản phẩm", "Cấp trình"),
    *("Kinh phí (triệu đồng)", "Năm 2022", "Ghi chú"),
]

_phrase = st.one_of(st.sampled_from(WORDS), st.sampled_from(FIGURES), st.sampled_from(STATEMENTS))
_words = st.lists(_phrase, max_size=4).map(" ".join)
_cells = st.lists(st.one_of(st.just(""), _phrase, st.sampled_from(["1", "a", "II"])), min_size=2, max_size=8)
_headers = st.lists(st.sampled_from(HEADERS), min_size=2, max_size=7, unique=True)
_row = st.one_of(_cells, _headers)
_line = st.one_of(
    st.builds(lambda label, words: label + words, st.sampled_from(LABELS), _words),
    _row.map("\t".join),
    _row.map(lambda cells: f"| {' | '.join(cells)} |"),
    _phrase,
    st.just(""),
)

documents = st.builds(
    lambda head, lines, end: head + end.join(lines),
    st.sampled_from(["", PLAN_HEAD]),
    st.lists(_line, min_size=1, max_size=30),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
)
"""Whole documents."""
