"""Page numbers between paragraphs: dropped where they count pages, kept where they count rows."""

from loaders.text.blocks import Paragraph
from loaders.text.columns import ColumnWords
from loaders.text.layout import layout_blocks
from loaders.text.lines import read_lines
from loaders.text.page_numbers import drop_page_numbers

PAGE = "\n".join(
    f"- Tổ chức thực hiện nội dung thứ {word}."
    for word in ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
)
LONG_PAGE = f"{PAGE}\n{PAGE}"
TORN = f"{LONG_PAGE}\n- Sở Y tế kiểm tra và tổng\n\n{{}}\n\nhợp báo cáo kết quả.\n{LONG_PAGE}\n"


def texts(text: str) -> list[str]:
    return [line.text for line in drop_page_numbers(read_lines(text)) if line.text]


def test_numbers_that_count_pages_are_dropped() -> None:
    text = f"{LONG_PAGE}\n\n                                   2\n\n{LONG_PAGE}\n\n- 3 -\n\n{LONG_PAGE}\n\nTrang 4/4\n\n{PAGE}"
    assert all(line.startswith("- Tổ chức") for line in texts(text))


def test_numbers_that_count_rows_stay() -> None:
    rows = "\n\n".join(f"{number}\n\nNội dung {number}\n\nSở Y tế" for number in range(1, 6))
    assert [line for line in texts(f"{LONG_PAGE}\n\n{rows}") if line.isdigit()] == ["1", "2", "3", "4", "5"]


def test_a_number_that_does_not_count_on_stays() -> None:
    assert "2024" in texts(f"{LONG_PAGE}\n\n2024\n\n{PAGE}")
    assert "7" in texts(f"{LONG_PAGE}\n\n2\n\n{LONG_PAGE}\n\n7\n\n{PAGE}")


def test_a_paragraph_goes_on_over_a_page_and_its_quote_leaves_the_number_out(column_words: ColumnWords) -> None:
    text = TORN.format("2")
    torn = [b for b in layout_blocks(text, column_words) if isinstance(b, Paragraph) and "kiểm tra" in b.passage.text]
    assert [b.passage.text for b in torn] == ["Sở Y tế kiểm tra và tổng hợp báo cáo kết quả."]
    assert [text[s.start : s.end] for s in torn[0].passage.spans()] == [
        "Sở Y tế kiểm tra và tổng",
        "hợp báo cáo kết quả.",
    ]


def test_a_number_at_the_edge_of_an_indented_text_is_a_page() -> None:
    indented = "\n".join(f"\t{line}" for line in LONG_PAGE.split("\n"))
    assert "2" not in texts(f"{indented}\n2\n{indented}")
    assert "2" in texts(f"{LONG_PAGE}\n2\n{LONG_PAGE}")
