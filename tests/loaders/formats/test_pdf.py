"""A PDF is read in the order in which a person reads it; what the page adds to the text is gone."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, Spacer, Table

from loaders.formats.grid import GridCell, lay_out_grid
from loaders.formats.pdf import read_pdf
from loaders.formats.pdf_tables import PdfCell, PdfTable, goes_on, join_tables
from loaders.text.columns import ColumnWords
from ontology.errors import SourceError
from tests.loaders.formats.samples import pdf_bytes, register_font

NAME = Path("van-ban.pdf")
SENTENCE = "Ủy ban nhân dân tỉnh giao các sở, ban, ngành và Ủy ban nhân dân các huyện tổ chức thực hiện Kế hoạch này bảo đảm tiến độ"


def prose(text: str, **style: Any) -> Paragraph:
    settings: dict[str, Any] = {"fontSize": 13, "leading": 17, "alignment": TA_JUSTIFY} | style
    return Paragraph(text, ParagraphStyle("prose", fontName=register_font(), **settings))


def lines_of(*story: Any, furniture: bool = False) -> list[str]:
    return [line for line in read_pdf(pdf_bytes(story, furniture=furniture), NAME).text.split("\n") if line]


def drawn(*pages: Sequence[tuple[float, float, str]], picture_on: tuple[int, ...] = (), size: float = 12) -> bytes:
    """Return a PDF of words put at places, in points from the left and from the top."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    picture = BytesIO()
    Image.new("RGB", (60, 90), "gray").save(picture, "PNG")
    for number, words in enumerate(pages):
        if number in picture_on:
            canvas.drawImage(ImageReader(BytesIO(picture.getvalue())), 0, 0, *A4)
        canvas.setFont(register_font(), size)
        for x, y, text in words:
            canvas.drawString(x, A4[1] - y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_lines_broken_by_the_width_are_joined_and_paragraphs_are_not() -> None:
    first, second = f"{SENTENCE}, Hiệu quả.", f"{SENTENCE}; báo cáo Ủy ban nhân dân tỉnh."
    for indent in (0, 28):
        assert lines_of(prose(first, firstLineIndent=indent), prose(second, firstLineIndent=indent)) == [first, second]


def test_numbered_items_begin_lines_and_hanging_lines_go_on() -> None:
    items = [f"a) {SENTENCE}.", f"b) {SENTENCE}.", f"- {SENTENCE} {SENTENCE}."]
    assert lines_of(*(prose(item, leftIndent=36, firstLineIndent=-18) for item in items)) == items


def test_a_paragraph_goes_on_over_the_page_without_its_head_and_number() -> None:
    story = [Spacer(1, 670), prose(f"{SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE}.")]
    assert lines_of(*story, furniture=True) == [f"{SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE} {SENTENCE}."]


def test_a_full_line_far_above_another_is_not_joined_to_it() -> None:
    full = SENTENCE[:96]
    near, far = [(70, 300, full), (70, 317, full), (70, 334, full)], (70, 380, "Hết")
    assert read_pdf(drawn([*near, far]), NAME).text.split("\n")[:-1] == [" ".join([full] * 3), "", "Hết"]


def test_heads_that_repeat_go_and_titles_stay() -> None:
    story = [prose("KẾ HOẠCH"), PageBreak(), prose("Điều 2."), PageBreak(), prose("Điều 3.")]
    assert lines_of(*story, furniture=True) == ["KẾ HOẠCH", "Điều 2.", "Điều 3."]
    assert lines_of(*story) == ["KẾ HOẠCH", "Điều 2.", "Điều 3."]


@pytest.mark.parametrize("number", ["2", "- 2 -", "Trang 2/9", "2/9"])
def test_the_number_of_a_page_is_no_text(number: str) -> None:
    text = read_pdf(drawn([(70, 100, "Điều 1.")], [(300, 40, number), (70, 100, "Điều 2.")]), NAME).text
    assert text.split("\n")[:2] == ["Điều 1.", "Điều 2."]


def test_a_number_in_the_text_stays() -> None:
    assert read_pdf(drawn([(70, 300, "Tổng số"), (70, 320, "2022")]), NAME).text.split() == ["Tổng", "số", "2022"]


def test_columns_are_read_one_after_the_other() -> None:
    left = ["ỦY BAN NHÂN DÂN", "TỈNH A", "Số: 5/KH-UBND"]
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "A, ngày 5 tháng 6 năm 2022"]
    words = [(80, 60 + 16 * i, text) for i, text in enumerate(left)]
    words += [(300, 60 + 16 * i, text) for i, text in enumerate(right)]
    words += [(70, 150, "KẾ HOẠCH"), (70, 170, "Triển khai")]
    text = read_pdf(drawn(words), NAME).text
    assert [line for line in text.split("\n") if line] == [*left, *right, "KẾ HOẠCH", "Triển khai"]


def test_columns_whose_lines_are_not_on_one_height() -> None:
    left = [(70, 500 + 14 * i, f"- Bên trái {i};") for i in range(6)]
    right = [(320, 506 + 18 * i, f"BÊN PHẢI {i}") for i in range(4)]
    lines = [line for line in read_pdf(drawn([*left, *right]), NAME).text.split("\n") if line]
    assert lines == [text for _, _, text in [*left, *right]]


def test_wide_blanks_in_one_line_are_no_columns() -> None:
    words = [(70, 100, "Số:"), (200, 100, "/KH-UBND"), (70, 120, f"{SENTENCE[:80]}"), (70, 140, "Hết.")]
    assert read_pdf(drawn(words), NAME).text.split("\n")[0] == "Số: /KH-UBND"


def ruled(rows: list[list[str]], *spans: tuple[int, int, int, int], repeat: int = 0, **more: Any) -> Table:
    """Return a ruled table; ``spans`` are merged cells as column, row, last column, last row."""
    cells = [[prose(text, fontSize=10, leading=13) if text else "" for text in row] for row in rows]
    rules: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    rules += [("SPAN", (span[0], span[1]), (span[2], span[3])) for span in spans]
    return Table(cells, [36, 200, 120, 90], style=rules, repeatRows=repeat, **more)


HEADER = ["TT", "Nội dung", "Chủ trì", "Thời gian"]


def test_cells_merged_over_rows_and_columns() -> None:
    table = ruled(
        [HEADER, ["I. Dự án 1", "", "", ""], ["1", "Rà soát", "Sở Y tế", "Quý I"], ["2", "Báo cáo", "", ""]],
        (0, 1, 3, 1),
        (2, 2, 2, 3),
    )
    assert lines_of(table) == [
        "TT\tNội dung\tChủ trì\tThời gian",
        "I. Dự án 1\t\t\t",
        "1\tRà soát\tSở Y tế\tQuý I",
        "2\tBáo cáo\tSở Y tế\t",
    ]


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_over_two_pages_is_one(repeat: int) -> None:
    rows = [HEADER, *([f"{i}", f"Nhiệm vụ số {i}", "Sở Y tế", f"Quý {i}"] for i in range(1, 50))]
    lines = lines_of(prose("Điều 1."), ruled(rows, repeat=repeat), prose("Điều 2."), furniture=True)
    assert lines == ["Điều 1.", *("\t".join(row) for row in rows), "Điều 2."]


def test_a_row_torn_by_the_page_is_joined() -> None:
    long = " ".join(f"nội dung thứ {i} của nhiệm vụ" for i in range(60))
    rows = [
        HEADER,
        ["1", "Ngắn", "Sở Y tế", "Quý I"],
        ["2", long, "Sở Tài chính", "Quý II"],
        ["3", "Hết", "Sở Nội vụ", ""],
    ]
    lines = lines_of(Spacer(1, 500), ruled(rows, splitInRow=1))
    assert lines == ["\t".join(row) for row in rows]


def part(page: int, *rows: tuple[str, ...]) -> PdfTable:
    cells = tuple(GridCell(i, j, (text,) if text else ()) for i, row in enumerate(rows) for j, text in enumerate(row))
    return PdfTable(page, (70, 50, 500, 800), cells, (70, 100, 300, 400, 500), page)


@pytest.mark.parametrize("repeated", [(), (tuple(HEADER),)])
def test_parts_of_a_table_are_joined_where_the_page_broke_them(
    repeated: tuple[tuple[str, ...], ...], column_words: ColumnWords
) -> None:
    above = part(3, tuple(HEADER), ("1", "Rà soát, cập nhật", "Sở Y tế, Sở", "Quý I"))
    torn = part(4, *repeated, ("", "và báo cáo", "Nội vụ", ""), ("2", "Hết", "Sở Y tế", ""))
    assert goes_on(above, torn)
    assert lay_out_grid(join_tables(above, torn, column_words).cells, column_words) == [
        "TT\tNội dung\tChủ trì\tThời gian",
        "1\tRà soát, cập nhật và báo cáo\tSở Y tế, Sở Nội vụ\tQuý I",
        "2\tHết\tSở Y tế\t",
    ]
    whole = part(4, *repeated, ("", "Mục khác", "", ""), ("2", "Hết", "", ""))
    lines = lay_out_grid(join_tables(above, whole, column_words).cells, column_words)
    assert lines[2:] == ["\tMục khác\t\t", "2\tHết\t\t"]


@pytest.mark.parametrize(("tall", "filled"), [(True, "Sở Y tế"), (False, "")])
def test_an_empty_cell_overleaf_belongs_to_the_one_above_only_if_that_one_is_merged(
    tall: bool, filled: str, column_words: ColumnWords
) -> None:
    above = part(3, tuple(HEADER), ("1", "A", "Sở Y tế", "Quý I"), ("2", "B", "", "Quý I"))
    cells = [cell for cell in above.cells if (cell.row, cell.column) != (2, 2)]
    if tall:
        cells = [replace(cell, rows=2) if (cell.row, cell.column) == (1, 2) else cell for cell in cells]
    else:
        cells.append(GridCell(2, 2, ("Sở Nội vụ",)))
    joined = join_tables(replace(above, cells=tuple(cells)), part(4, ("3", "C", "", "Quý I")), column_words)
    assert lay_out_grid(joined.cells, column_words)[3] == f"3\tC\t{filled}\tQuý I"


def test_a_table_that_stands_further_left_overleaf_goes_on() -> None:
    """A sheet lies askew in the scanner, or margins are mirrored; its header is recognised nearly alike."""
    first, moved = part(3, tuple(HEADER)), part(4, (*HEADER[:-1], HEADER[-1] + "."))
    moved = replace(moved, edges=tuple(edge - 14 for edge in moved.edges))
    assert goes_on(first, moved)
    assert not goes_on(first, replace(moved, edges=tuple(edge - 90 for edge in first.edges)))


def test_tables_that_only_look_alike_stay_apart() -> None:
    first, other = part(3, tuple(HEADER)), part(5, tuple(HEADER))
    assert not goes_on(first, other)
    assert not goes_on(first, replace(part(4, tuple(HEADER)), edges=(70, 120, 300, 400, 500)))


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_lead_merged_over_the_page_break_leads_all_its_rows(repeat: int) -> None:
    rows = [HEADER, *([f"{i}", f"Nhiệm vụ {i}", "Sở Y tế" if i == 1 else "", "Quý I"] for i in range(1, 9))]
    lines = lines_of(Spacer(1, 600), ruled(rows, (2, 1, 2, 8), repeat=repeat))
    assert [line.split("\t")[2] for line in lines[1:]] == ["Sở Y tế"] * 8
    assert [line.split("\t")[0] for line in lines] == ["TT", *map(str, range(1, 9))]


def test_two_tables_on_one_page_are_two() -> None:
    rows = [HEADER, ["1", "A", "B", "C"]]
    lines = lines_of(ruled(rows), Spacer(1, 20), prose("Điều 2."), ruled(rows))
    assert lines == ["\t".join(HEADER), "1\tA\tB\tC", "Điều 2.", "\t".join(HEADER), "1\tA\tB\tC"]


def test_a_document_number_broken_in_a_cell_is_whole() -> None:
    rows = [HEADER, ["1", "Thực hiện Thông tư hướng dẫn số 10/2022/TT-<br/>BLĐTBXH", "A", "B"]]
    assert "10/2022/TT-BLĐTBXH" in lines_of(ruled(rows))[1]


def test_a_scan_is_refused_with_the_command() -> None:
    with pytest.raises(SourceError, match="scan") as caught:
        read_pdf(drawn([], [(300, 820, "2")], picture_on=(0, 1)), NAME)
    assert 'ocrmypdf -l vie --force-ocr "van-ban.pdf"' in caught.value.remedy


def test_a_scanned_page_among_others_is_a_finding() -> None:
    laid = read_pdf(drawn([(70, 300, SENTENCE[:70])], [], [(70, 300, SENTENCE[:70])], picture_on=(1,)), NAME)
    assert [(finding.code, "2" in finding.message) for finding in laid.findings] == [("page-without-text", True)]
    assert laid.text.count("Ủy ban nhân dân tỉnh") == 2


def test_a_background_picture_does_no_harm() -> None:
    assert read_pdf(drawn([(70, 300, SENTENCE[:70])], picture_on=(0,)), NAME).findings == ()


def test_letters_of_the_next_page_below_the_edge_are_no_text() -> None:
    """Browsers print the top line of a page on the page before too, where it cannot be seen, if another font draws it."""
    over, next_line = [(70, 300, "Điều 1."), (98.5, 800, "Ủ")], [(90, 60, "- Ủy ban nhân dân tỉnh"), (70, 90, "Ủ")]
    text = read_pdf(drawn(over, next_line), NAME).text
    assert text.split("\n")[:-1] == ["Điều 1.", "- Ủy ban nhân dân tỉnh", "Ủ"]


def test_letters_printed_twice_to_look_bold_are_read_once() -> None:
    words = [(70, 300, "KẾ HOẠCH"), (70.4, 300, "KẾ HOẠCH"), (70, 330, "Điều 1.")]
    assert read_pdf(drawn(words), NAME).text.split("\n")[:2] == ["KẾ HOẠCH", "Điều 1."]


def test_a_page_turned_on_its_side_is_read_upright() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for turned in (0, 90):
        canvas.setPageRotation(turned)
        canvas.setFont(register_font(), 12)
        if turned:
            canvas.translate(A4[0], 0)
            canvas.rotate(90)
        for i, text in enumerate(("Phụ lục 1", "Phân công nhiệm vụ cho các sở")):
            canvas.drawString(80, 400 - 20 * i, text)
        canvas.showPage()
    canvas.save()
    assert read_pdf(file.getvalue(), NAME).text.split("\n")[:-1] == ["Phụ lục 1", "Phân công nhiệm vụ cho các sở"] * 2


def test_raised_marks_of_notes_are_left_out_and_units_are_whole() -> None:
    body = prose("Hỗ trợ 500 m<super>2</super> nhà ở cho hộ nghèo<super>3</super> trong năm 2022<super>12</super>.")
    note = prose("<super>3</super> Theo chuẩn nghèo đa chiều.", fontSize=10)
    lines = lines_of(body, Spacer(1, 600), note)
    assert lines == ["Hỗ trợ 500 m2 nhà ở cho hộ nghèo trong năm 2022.", "[3] Theo chuẩn nghèo đa chiều."]


def test_a_note_does_not_part_a_paragraph_that_runs_over_the_page() -> None:
    text = f"{SENTENCE}, {SENTENCE}, {SENTENCE}"
    words = ("<super>1</super> Theo chuẩn nghèo.", prose(f"A<super>1</super> {SENTENCE}"))
    story = [words[1], Spacer(1, 655), prose(words[0], fontSize=9, leading=10), PageBreak(), prose(text)]
    assert lines_of(*story) == [f"A {SENTENCE}", text, "[1] Theo chuẩn nghèo."]


def cells_of(*rows: tuple[str, str, float, float]) -> tuple[PdfCell, ...]:
    """Return cells of two columns, number and content, with the room behind the content and the width of its first word."""
    return tuple(
        cell
        for i, (number, content, room, first) in enumerate(rows)
        for cell in (PdfCell(i, 0, (number,) if number else ()), PdfCell(i, 1, (content,), 1, 1, room, first))
    )


@pytest.mark.parametrize(
    ("above", "below", "torn"),
    [
        (("2", "Xây dựng quy trình kiểm tra", 10.0, 20.0), ("", "Chương trình giảm nghèo", 90.0, 55.0), True),
        (("2", "Xây dựng quy trình kiểm tra", 90.0, 20.0), ("", "Chương trình giảm nghèo", 90.0, 55.0), False),
        (("2", "Xây dựng quy trình kiểm tra", 10.0, 20.0), ("3", "Chương trình giảm nghèo", 90.0, 55.0), False),
        (("", "Phê duyệt danh sách xã vùng bãi", 10.0, 20.0), ("", "ngang ven biển", 90.0, 30.0), True),
        (("", "Phê duyệt danh sách xã vùng bãi.", 10.0, 20.0), ("", "ngang ven biển", 90.0, 30.0), False),
        (("", "Phê duyệt danh sách xã vùng bãi", 60.0, 20.0), ("", "ngang ven biển", 90.0, 30.0), False),
    ],
)
def test_a_row_torn_by_the_page_is_known_by_the_room_behind_it(
    above: tuple[str, str, float, float], below: tuple[str, str, float, float], torn: bool, column_words: ColumnWords
) -> None:
    header = ("TT", "Nội dung công việc", 99.0, 9.0)
    first = PdfTable(0, (70, 100, 500, 800), cells_of(header, ("1", "A", 99.0, 9.0), above), (70, 120, 500), 0)
    rest = PdfTable(1, (70, 50, 500, 200), cells_of(below), (70, 120, 500), 1)
    lines = lay_out_grid(join_tables(first, rest, column_words).cells, column_words)
    assert lines[2:] == (
        [f"{above[0]}\t{above[1]} {below[1]}"] if torn else [f"{above[0]}\t{above[1]}", f"{below[0]}\t{below[1]}"]
    )


def test_a_number_broken_by_a_narrow_column_is_whole() -> None:
    rows = [["STT", "Nội dung công việc", "Cơ quan chủ trì"], ["10", "Nhiệm vụ", "Sở Y tế"]]
    table = Table(
        [[prose(text, fontSize=11) for text in row] for row in rows],
        [21, 200, 150],
        style=[("GRID", (0, 0), (-1, -1), 0.5, "black")],
    )
    assert lines_of(table) == ["\t".join(row) for row in rows]


def test_a_line_in_brackets_is_a_paragraph() -> None:
    over = f"({SENTENCE[:80]})"
    assert lines_of(*(prose(text, fontSize=12) for text in (over, SENTENCE))) == [over, SENTENCE]
