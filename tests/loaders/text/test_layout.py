"""Wrapped lines, paragraphs, and the three habits of breaking lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text.blocks import Paragraph, Table
from loaders.text.columns import load_column_words
from loaders.text.layout import layout_blocks, measure_habit
from loaders.text.lines import read_lines
from tests.case_tables import case_id, read_cases

CASES = read_cases("layout_joins", 12)
NAMES = ("Bộ Lao động - Thương binh và Xã hội",)
WORDS = load_column_words()


def paragraphs(text: str) -> list[Paragraph]:
    return [block for block in layout_blocks(text, WORDS, NAMES) if isinstance(block, Paragraph)]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_two_lines(case: dict[str, str]) -> None:
    found = paragraphs(f"{case['above']}\n{case['below']}\n")
    assert (len(found) == 1) is (case["joined"] == "yes")


WRAPPED = """I. MỤC TIÊU

1. Phấn đấu giảm tỷ lệ hộ nghèo chung toàn huyện theo chuẩn nghèo tiếp cận

đa chiều; Quyết định số 12/QĐ-UBND ngày 02/3/2022 của Ủy ban nhân dân

Tỉnh về việc giao chỉ tiêu giảm nghèo; Thông tư số 10/2022/TT-

BLĐTBXH ngày 31/5/2022 của Bộ Lao động về hướng dẫn giám sát.

2. Huy động, lồng ghép, sử dụng có hiệu quả các nguồn lực để thực hiện các

chương trình mục tiêu quốc gia trên địa bàn huyện bảo đảm đúng quy định.

2.1. Dự án 2: Đa dạng hóa sinh kế

Tổng kinh phí thực hiện năm 2022 là 3.188 triệu đồng, trong đó:

+ Vốn sự nghiệp ngân sách trung ương giao cho các xã thực hiện trong năm

nay là 2.416 triệu đồng.
"""


def test_lines_with_empty_lines_between_are_joined() -> None:
    assert measure_habit(read_lines(WRAPPED)).blanks_between
    found = paragraphs(WRAPPED)
    assert [p.label for p in found] == ["I.", "1.", "2.", "2.1.", "", "+"]
    assert "TT-BLĐTBXH" in found[1].passage.text
    assert found[4].passage.text.startswith("Tổng kinh phí")


def test_a_paragraph_a_line_stays_so() -> None:
    text = "\n".join(f"Đoạn số {n} nói một điều trọn vẹn và kết thúc bằng dấu chấm." for n in range(20))
    assert len(paragraphs(text)) == 20


@given(st.text(alphabet="aăâ đ.-+;:()|\t\n*12IV", max_size=300))
def test_layout_never_fails_and_every_quote_is_in_its_source(text: str) -> None:
    for block in layout_blocks(text, WORDS, NAMES):
        passages = (
            [block.passage] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row.cells]
        )
        assert isinstance(block, Paragraph | Table)
        for passage in passages:
            for i, char in enumerate(passage.text):
                span = passage.span(i, i + 1)
                if not char.isspace():
                    assert text[span.start : span.end] == char


SEGMENTED = """C .
Phân_công nhiệm_vụ
1 .
Sở Y_tế ( chủ_trì ) , phối_hợp với các sở , ngành :
- Xây_dựng kế_hoạch .
"""


def test_word_segmented_text_reads_as_print() -> None:
    assert [p.whole.text for p in paragraphs(SEGMENTED)] == [
        "C. Phân công nhiệm vụ",
        "1. Sở Y tế (chủ trì), phối hợp với các sở, ngành:",
        "- Xây dựng kế hoạch.",
    ]


def test_rules_and_bars_are_no_paragraphs() -> None:
    assert [p.whole.text for p in paragraphs("Điều 3. Hiệu lực.\n|\n-------\nHết.\n")] == ["Điều 3. Hiệu lực.", "Hết."]


def test_syllables_drawn_apart_are_read_whole_and_quoted_as_printed() -> None:
    text = "Bộ Y t ế chủ trì, phối hợp với Sở Y tế tỉnh Qu ả ng Ngãi.\n"
    (paragraph,) = paragraphs(text)
    assert paragraph.whole.text == "Bộ Y tế chủ trì, phối hợp với Sở Y tế tỉnh Quảng Ngãi."
    assert [text[span.start : span.end] for span in paragraph.whole.spans(0, 7)] == ["Bộ Y t ế"]


def test_syllables_that_lost_their_blank_are_read_apart_and_quoted_as_printed() -> None:
    text = "Chủ tịch Ủy bannhân dân huyện, Giám đốcSở Y tế\nBAN HÀNH CHƯƠNGTRÌNH GIẢI QUYẾTVIỆC LÀM\n"
    first, second = paragraphs(text)
    assert first.whole.text == "Chủ tịch Ủy ban nhân dân huyện, Giám đốc Sở Y tế"
    assert second.whole.text == "BAN HÀNH CHƯƠNG TRÌNH GIẢI QUYẾT VIỆC LÀM"
    at = first.whole.text.index("ban nhân")
    assert [text[span.start : span.end] for span in first.whole.spans(at, at + 8)] == ["bannhân"]


def test_a_text_that_does_not_glue_keeps_its_foreign_words() -> None:
    (paragraph,) = paragraphs("Phần mềm Wòrdpressvà trang Êđêcủa huyện\n")
    assert paragraph.whole.text == "Phần mềm Wòrdpressvà trang Êđêcủa huyện"
