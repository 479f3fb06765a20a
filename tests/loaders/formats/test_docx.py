"""What a Word file shows is what is read: changes, fields, boxes, merged cells; not its heads, feet and notes."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from loaders.formats.docx import read_docx
from ontology.errors import SourceError
from tests.loaders.formats.samples import add_list, number_paragraph, word_bytes

W = nsdecls("w")
NAME = Path("van-ban.docx")


def body_of(xml: str, document: Any = None) -> str:
    """Return the text of a document whose body is ``xml``."""
    document = document or docx.Document()
    body = document.element.body
    for child in reversed(
        parse_xml(
            f'<w:body {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            f'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">{xml}</w:body>'
        )
    ):
        body.insert(0, child)
    return read_docx(word_bytes(document), NAME).text.lstrip("\n")


def p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_insertions_are_kept_and_deletions_dropped_with_a_finding() -> None:
    document = docx.Document()
    body = parse_xml(
        f"<w:body {W}>{p(r('Sở ') + '<w:ins>' + r('Y tế') + '</w:ins><w:del><w:r><w:delText>Tài chính</w:delText></w:r></w:del>' + r(' chủ trì.'))}</w:body>"
    )
    document.element.body.insert(0, body[0])
    laid = read_docx(word_bytes(document), NAME)
    assert laid.text == "Sở Y tế chủ trì.\n"
    assert [(f.code, "1 chỗ thêm" in f.message, "1 deletions" in f.message_en) for f in laid.findings] == [
        ("tracked-changes", True, True)
    ]


def test_moved_text_stands_where_it_was_moved_to() -> None:
    moved = f"<w:moveFrom>{r('Cũ')}</w:moveFrom>"
    assert body_of(p(moved + r("A")) + p(f"<w:moveTo>{r('Cũ')}</w:moveTo>")) == "A\nCũ\n"


def test_a_deleted_end_of_paragraph_joins_it_to_the_next() -> None:
    assert body_of(p(r("Sở "), "<w:rPr><w:del/></w:rPr>") + p(r("Y tế"))) == "Sở Y tế\n"


def test_fields_show_their_result_and_contents_are_left_out() -> None:
    code = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    contents = code.replace("REF a", "TOC \\o")
    assert body_of(p(r("Điều ") + code + r("5") + end)) == "Điều 5\n"
    assert (
        body_of(p(contents + r("I. MỤC TIÊU    1")) + p(r("II. NHIỆM VỤ    2")) + p(end) + p(r("I. MỤC TIÊU")))
        == "I. MỤC TIÊU\n"
    )


def test_a_field_that_never_ends_does_not_swallow_the_rest() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert body_of(p(begin + r("mất")) + p(r("Điều 2."))) == "Điều 2.\n"


def test_hidden_text_is_not_shown_and_capitals_are() -> None:
    assert (
        body_of(p(r("kế hoạch", "<w:caps/>") + r(" ẩn", "<w:vanish/>") + r(" năm", '<w:caps w:val="0"/>')))
        == "KẾ HOẠCH năm\n"
    )


def test_a_text_box_is_a_paragraph_of_its_own_and_read_once() -> None:
    box = f"<w:txbxContent>{p(r('Số: 12/KH-UBND'))}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert body_of(p(r("TỈNH A") + both) + p(r("KẾ HOẠCH"))) == "TỈNH A\nSố: 12/KH-UBND\nKẾ HOẠCH\n"


def test_breaks_tabs_and_signs() -> None:
    inner = (
        r("A")
        + "<w:r><w:br/></w:r>"
        + r("B")
        + "<w:r><w:tab/></w:r>"
        + r("C")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + r("D")
    )
    text = body_of(p(inner))
    assert text.split() == ["A", "B", "C-D"]
    assert "\n" in text.strip()
    assert "\t" not in text


def test_content_controls_hyperlinks_and_insertions_of_paragraphs_are_looked_into() -> None:
    xml = f"<w:sdt><w:sdtContent>{p('<w:hyperlink>' + r('90/QĐ-TTg') + '</w:hyperlink>')}</w:sdtContent></w:sdt>"
    assert body_of(xml) == "90/QĐ-TTg\n"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text)) if text else p('')}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = (600, 4000, 2000, 2000)) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{p('')}"


START, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
HEADER = row(cell("TT"), cell("Nội dung"), cell("Chủ trì"), cell("Thời gian"))


def test_a_lead_merged_over_rows_leads_each_and_a_merged_number_does_not_repeat() -> None:
    text = body_of(
        table(
            HEADER,
            row(cell("1", START), cell("Rà soát", START), cell("Sở Y tế", START), cell("Quý I")),
            row(cell("", ON), cell("", ON), cell("", ON), cell("Quý II")),
            row(cell("2"), cell("Báo cáo"), cell("", ON), cell("")),
        )
    )
    assert text.split("\n")[:4] == [
        "TT\tNội dung\tChủ trì\tThời gian",
        "1\tRà soát\tSở Y tế\tQuý I",
        "\t\tSở Y tế\tQuý II",
        "2\tBáo cáo\tSở Y tế\t",
    ]


def test_a_cell_merged_over_columns_is_written_once() -> None:
    text = body_of(
        table(
            HEADER, row(cell("I. Dự án 1", '<w:gridSpan w:val="4"/>')), row(cell("1"), cell("A"), cell("B"), cell("C"))
        )
    )
    assert text.split("\n")[1:3] == ["I. Dự án 1\t\t\t", "1\tA\tB\tC"]


def test_columns_that_are_not_quite_straight_are_one() -> None:
    widths = (600, 60, 3940, 2000, 2000)
    text = body_of(
        table(
            row(cell("TT"), cell("Nội dung", '<w:gridSpan w:val="2"/>'), cell("Chủ trì"), cell("Thời gian")),
            row(cell("1", '<w:gridSpan w:val="2"/>'), cell("A"), cell("B"), cell("C")),
            widths=widths,
        )
    )
    assert text.split("\n")[:2] == ["TT\tNội dung\tChủ trì\tThời gian", "1\tA\tB\tC"]


def test_paragraphs_of_a_cell_stand_in_one_line_and_deleted_rows_are_gone() -> None:
    two = f"<w:tc>{p(r('Sở Y tế;'))}{p(r('Sở&#9;Tài chính'))}</w:tc>"
    gone = row(cell("1"), cell("X"), cell("Y"), cell("Z"), properties="<w:del/>")
    text = body_of(table(HEADER, gone, row(cell("1"), cell("A"), two, cell("C"))))
    assert text.split("\n")[1] == "1\tA\tSở Y tế; Sở Tài chính\tC"


def test_a_two_row_header_keeps_its_upper_cells_once() -> None:
    text = body_of(
        table(
            row(cell("TT", START), cell("Nội dung", START), cell("Cơ quan", '<w:gridSpan w:val="2"/>')),
            row(cell("", ON), cell("", ON), cell("Chủ trì"), cell("Phối hợp")),
            row(cell("1"), cell("A"), cell("Sở Y tế", START), cell("B")),
            row(cell("2"), cell("C"), cell("", ON), cell("D")),
        )
    )
    assert text.split("\n")[:4] == [
        "TT\tNội dung\tCơ quan\t",
        "\t\tChủ trì\tPhối hợp",
        "1\tA\tSở Y tế\tB",
        "2\tC\tSở Y tế\tD",
    ]


def test_a_masthead_in_cells_is_written_line_by_line() -> None:
    left = f"<w:tc>{p(r('UBND TỈNH A'))}{p(r('Số: 1/KH-UBND'))}</w:tc>"
    right = f"<w:tc>{p(r('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'))}{p(r('A, ngày 1 tháng 2 năm 2022'))}</w:tc>"
    assert body_of(table(row(left, right), widths=(3000, 5000))).split("\n")[:4] == (
        ["UBND TỈNH A", "Số: 1/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "A, ngày 1 tháng 2 năm 2022"]
    )


def test_heads_feet_and_numbers_of_deleted_merged_cells_do_not_show() -> None:
    document = docx.Document()
    add_list(document, 71, [("decimal", "%1.")])
    document.sections[0].header.paragraphs[0].text = "Đầu trang"
    document.sections[0].footer.paragraphs[0].text = "Chân trang"
    number_paragraph(document.add_paragraph("Một"), 71, 0)
    number_paragraph(document.add_paragraph("Hai"), 71, 0)
    assert read_docx(word_bytes(document), NAME).text == "1. Một\n2. Hai\n"


def test_strict_open_xml_is_read_too() -> None:
    document = docx.Document()
    document.add_paragraph("Điều 1. Ban hành")
    source = zipfile.ZipFile(BytesIO(word_bytes(document)))
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
            package.writestr(name, data)
    assert read_docx(file.getvalue(), NAME).text == "Điều 1. Ban hành\n"


def test_pictures_of_pages_are_refused_with_the_remedy() -> None:
    picture = "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"
    with pytest.raises(SourceError, match="pictures of pages") as caught:
        body_of(p(picture) + p(picture) + p(r("2")))
    assert "ocrmypdf -l vie" in caught.value.remedy
