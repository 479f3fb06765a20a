"""One invented plan, written as text, Word, PDF and web page: the same document must give the same facts.

:data:`PLAN` says what stands in it; the writers below lay it out as each format does: Word with automatic numbers and merged cells,
the web page inside a portal with menus, the PDF with wrapped lines, heads of pages and a table over two pages.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

ISSUER = ("ỦY BAN NHÂN DÂN", "TỈNH QUẢNG TRỊ")
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
NUMBER, DATE = "Số: 87/KH-UBND", "Quảng Trị, ngày 14 tháng 6 năm 2022"
TITLE = (
    "KẾ HOẠCH",
    "Triển khai Chương trình mục tiêu quốc gia Giảm nghèo bền vững",
    "giai đoạn 2021-2025 trên địa bàn tỉnh Quảng Trị",
)


@dataclass(frozen=True)
class Item:
    """A paragraph; ``level`` numbers it: 0 ``I.``, 1 ``1.``, 2 ``a)``, 3 ``-``, ``None`` not at all."""

    text: str
    level: int | None = None


@dataclass(frozen=True)
class Grid:
    """A table; ``None`` in a cell: merged with the cell above."""

    header: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


PLAN: tuple[Item | Grid, ...] = (
    Item("Căn cứ Quyết định số 90/QĐ-TTg ngày 18 tháng 01 năm 2022 của Thủ tướng Chính phủ phê duyệt Chương trình mục tiêu quốc gia Giảm nghèo bền vững giai đoạn 2021-2025;"),
    Item("Căn cứ Nghị định số 27/2022/NĐ-CP ngày 19 tháng 4 năm 2022 của Chính phủ quy định cơ chế quản lý, tổ chức thực hiện các chương trình mục tiêu quốc gia,"),
    Item("Ủy ban nhân dân tỉnh ban hành Kế hoạch với các nội dung sau:"),
    Item("MỤC TIÊU", 0),
    Item("Mục tiêu chung", 1),
    Item("Giảm nghèo bền vững, hạn chế tái nghèo và phát sinh nghèo; hỗ trợ người nghèo vượt lên mức sống tối thiểu.", None),
    Item("Mục tiêu cụ thể đến năm 2025", 1),
    Item("Tỷ lệ hộ nghèo giảm bình quân 1,5%/năm;", 2),
    Item("100% người lao động thuộc hộ nghèo có nhu cầu được hỗ trợ kết nối việc làm.", 2),
    Item("NHIỆM VỤ CỤ THỂ", 0),
    Grid(
        ("STT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"),
        (
            ("1", "Xây dựng Nghị quyết quy định nguyên tắc, tiêu chí, định mức phân bổ vốn ngân sách trung ương", "Sở Kế hoạch và Đầu tư", "Sở Tài chính, Sở Lao động - Thương binh và Xã hội", "Quý III/2022"),
            ("2", "Tham mưu quy chế quản lý, tổ chức thực hiện các chương trình mục tiêu quốc gia trên địa bàn tỉnh", None, "Các sở, ban, ngành cấp tỉnh", "Quý IV/2022"),
            ("3", "Rà soát hộ nghèo, hộ cận nghèo theo chuẩn nghèo đa chiều", "Sở Lao động - Thương binh và Xã hội", "Ủy ban nhân dân các huyện, thị xã, thành phố", "Hằng năm"),
            ("4", "Tổ chức đào tạo nghề cho lao động thuộc hộ nghèo, hộ cận nghèo và hộ mới thoát nghèo", None, "Sở Nông nghiệp và Phát triển nông thôn", None),
            ("5", "Hỗ trợ phát triển sản xuất nông nghiệp gắn với chuỗi giá trị ở các xã đặc biệt khó khăn", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Công Thương", "Giai đoạn 2022-2025"),
            ("6", "Cải thiện dinh dưỡng cho trẻ em dưới 16 tuổi thuộc hộ nghèo", "Sở Y tế", "Sở Giáo dục và Đào tạo", "Hằng năm"),
        ),
    ),
    Item("TỔ CHỨC THỰC HIỆN", 0),
    Item("Sở Lao động - Thương binh và Xã hội", 1),
    Item("Chủ trì, phối hợp với Sở Tài chính, Sở Kế hoạch và Đầu tư và các cơ quan liên quan tham mưu Ủy ban nhân dân tỉnh phân bổ vốn thực hiện Chương trình hằng năm.", 3),
    Item("Tổng hợp kết quả thực hiện, báo cáo Ủy ban nhân dân tỉnh và Bộ Lao động - Thương binh và Xã hội trước ngày 15 tháng 12 hằng năm.", 3),
    Item("Sở Thông tin và Truyền thông", 1),
    Item("Chủ trì thực hiện Tiểu dự án giảm nghèo về thông tin; hướng dẫn các cơ quan báo chí tuyên truyền về công tác giảm nghèo.", 3),
    Item("Ủy ban nhân dân các huyện, thị xã, thành phố", 1),
    Item("Xây dựng kế hoạch giảm nghèo hằng năm của địa phương.", 3),
    Item("Định kỳ 6 tháng và hằng năm báo cáo kết quả về Sở Lao động - Thương binh và Xã hội.", 3),
    Item("Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị phản ánh về Sở Lao động - Thương binh và Xã hội để tổng hợp, báo cáo Ủy ban nhân dân tỉnh xem xét, giải quyết./."),
)  # fmt: skip
RECEIVERS = ("Nơi nhận:", "- Như trên;", "- Bộ Lao động - Thương binh và Xã hội;", "- Lưu: VT, KGVX.")
SIGNATURE = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu")
_ROMAN = ("I", "II", "III", "IV", "V")


def labels_of() -> list[str]:
    """Return the printed number of each part of the plan, as a person counts."""
    counts = [0, 0, 0]
    labels = []
    for part in PLAN:
        level = part.level if isinstance(part, Item) else None
        if level is not None and level < 3:
            counts[level] += 1
            counts[level + 1 :] = [0] * (2 - level)
        sign = ("", "", "", "-")[level] if level is not None else ""
        if level is not None and level < 3:
            sign = (_ROMAN[counts[0] - 1] + ".", f"{counts[1]}.", "abcdđe"[counts[2] - 1] + ")")[level]
        labels.append(sign)
    return labels


def printed(item: Item, label: str) -> str:
    """Return a paragraph with its number, as on paper."""
    return f"{label} {item.text}" if label else item.text


def _filled(grid: Grid) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for row in grid.rows:
        rows.append(tuple(rows[-1][i] if cell is None else cell for i, cell in enumerate(row)))
    return rows


def merged_heights(grid: Grid) -> dict[tuple[int, int], int]:
    """Return how many rows each cell reaches over."""
    heights: dict[tuple[int, int], int] = {}
    for column in range(len(grid.header)):
        top = 0
        for number, row in enumerate(grid.rows):
            if row[column] is not None:
                top = number
            heights[top, column] = number - top + 1
    return heights


# --- plain text -----------------------------------------------------------------------------------------------------


def as_text() -> str:
    """Write the plan as plain text: a paragraph a line, a row a line."""
    lines = [*ISSUER, *MOTTO, NUMBER, DATE, "", *TITLE, ""]
    for part, label in zip(PLAN, labels_of(), strict=True):
        if isinstance(part, Item):
            lines.append(printed(part, label))
        else:
            lines.extend("\t".join(row) for row in [part.header, *_filled(part)])
    lines.extend(["", *RECEIVERS, "", *SIGNATURE])
    return "\n".join(lines) + "\n"


# --- Word -----------------------------------------------------------------------------------------------------------

_LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"))


def add_list(document: WordDocument, number: int, levels: Sequence[tuple[str, str]] = _LEVELS) -> None:
    """Add a list definition ``number`` with these formats and texts to the numbering of a document."""
    numbering: Any = document.part.numbering_part.element
    written = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text) in enumerate(levels)
    )
    first = numbering.find("{*}num")
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{written}</w:abstractNum>')
    first.addprevious(abstract) if first is not None else numbering.append(abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def number_paragraph(paragraph: Any, number: int, level: int) -> None:
    """Put a paragraph into a list at a level."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def _placed(document: WordDocument, left: Sequence[str], right: Sequence[str]) -> None:
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, lines in zip(cells, (left, right), strict=True):
        cell.text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)


def word_bytes(document: WordDocument) -> bytes:
    """Return a document as the bytes of a .docx file."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def as_docx() -> bytes:
    """Write the plan with Word's automatic numbers, and tables whose cells are merged."""
    document = docx.Document()
    add_list(document, 71)
    document.sections[0].header.paragraphs[0].text = "Dự thảo lần 3 - không phải nội dung"
    _placed(document, (*ISSUER, NUMBER), (*MOTTO, DATE))
    for line in TITLE:
        document.add_paragraph(line)
    for part in PLAN:
        if isinstance(part, Item):
            paragraph = document.add_paragraph(part.text)
            if part.level is not None:
                number_paragraph(paragraph, 71, part.level)
            continue
        table = document.add_table(rows=len(part.rows) + 1, cols=len(part.header))
        for column, text in enumerate(part.header):
            table.cell(0, column).text = text
        for (row, column), height in merged_heights(part).items():
            cell = table.cell(row + 1, column)
            if height > 1:
                cell = cell.merge(table.cell(row + height, column))
            cell.text = part.rows[row][column] or ""
    document.add_paragraph("")
    _placed(document, RECEIVERS, SIGNATURE)
    return word_bytes(document)


# --- web page -------------------------------------------------------------------------------------------------------

_MENU = "".join(f'<li><a href="/muc/{i}">Chuyên mục văn bản số {i}</a></li>' for i in range(12))


def as_html() -> str:
    """Write the plan as a page that a law portal might have served, menus and related documents around it."""

    def lines(texts: Sequence[str]) -> str:
        return "".join(f"<p>{html.escape(text)}</p>" for text in texts)

    body = [
        f"<table><tr><td>{lines(ISSUER)}</td><td>{lines(MOTTO)}</td></tr><tr><td>{NUMBER}</td><td><i>{DATE}</i></td></tr></table>",
        f"<h2>{TITLE[0]}</h2><p><b>{TITLE[1]}<br>\n {TITLE[2]}</b></p>",
    ]
    for part, label in zip(PLAN, labels_of(), strict=True):
        if isinstance(part, Item):
            text = html.escape(printed(part, label)).replace("90/QĐ-TTg", '<a href="/vb/90">90/QĐ-TTg</a>')
            body.append(f"<p>{text}</p>")
            continue
        rows = ["<tr>" + "".join(f"<th>{text}</th>" for text in part.header) + "</tr>"]
        heights = merged_heights(part)
        for number, row in enumerate(part.rows):
            cells = [
                f'<td rowspan="{heights[number, column]}"><p>{text}</p></td>'
                for column, text in enumerate(row)
                if text is not None
            ]
            rows.append(f"<tr>{''.join(cells)}</tr>")
        body.append(f"<table border=1><tbody>{''.join(rows)}</tbody></table>")
    body.append(f"<table><tr><td>{lines(RECEIVERS)}</td><td>{lines(SIGNATURE)}</td></tr></table>")
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Kế hoạch 87</title><style>p{margin:0}</style></head><body>"
        f"<nav><ul>{_MENU}</ul></nav><div class=page><div class=left><ul>{_MENU}</ul></div>"
        f"<div class=content><div class=tools><a href='#'>Tải về</a><button>In</button></div><div>{''.join(body)}</div></div>"
        f"<div class=related><h3>Văn bản liên quan</h3><ul>{_MENU}</ul></div></div>"
        "<footer>Bản quyền của Cổng thông tin. Giấy phép số 12/GP-TTĐT.</footer><script>var x = 'Sở Y tế chủ trì';</script>"
        "</body></html>"
    )


# --- PDF ------------------------------------------------------------------------------------------------------------


def register_font() -> str:
    """Make the Vietnamese font known to reportlab and return its name."""
    name = "SourceSansPro"
    if name not in pdfmetrics.getRegisteredFontNames():
        font = files("font_source_sans_pro") / "files" / "SourceSansPro-Regular.ttf"
        pdfmetrics.registerFont(TTFont(name, str(font)))
    return name


def _page_furniture(canvas: Any, page: Any) -> None:
    canvas.setFont(register_font(), 9)
    canvas.drawString(60, 815, "Kế hoạch giảm nghèo tỉnh Quảng Trị")
    canvas.drawCentredString(A4[0] / 2, 25, str(page.page))


def pdf_bytes(story: Sequence[Any], *, furniture: bool = True) -> bytes:
    """Print reportlab flowables to a PDF, with a head and a number on each page."""
    file = BytesIO()
    draw = _page_furniture if furniture else (lambda _canvas, _page: None)
    pages = SimpleDocTemplate(
        file, pagesize=A4, leftMargin=70, rightMargin=50, topMargin=50, bottomMargin=50, invariant=1
    )
    pages.build(list(story), onFirstPage=draw, onLaterPages=draw)
    return file.getvalue()


def as_pdf() -> bytes:
    """Print the plan: justified lines that the width breaks, a ruled table with merged cells that runs over the page."""
    font = register_font()
    prose = ParagraphStyle(
        "prose", fontName=font, fontSize=13, leading=17, alignment=TA_JUSTIFY, firstLineIndent=28, spaceAfter=5
    )
    middle = ParagraphStyle("middle", fontName=font, fontSize=12, leading=15, alignment=TA_CENTER)
    small = ParagraphStyle("small", fontName=font, fontSize=10.5, leading=13)
    story: list[Any] = [
        Table(
            [[[Paragraph(t, middle) for t in (*ISSUER, NUMBER)], [Paragraph(t, middle) for t in (*MOTTO, DATE)]]],
            [190, 285],
        ),
        Spacer(1, 14),
        *(Paragraph(text, middle) for text in TITLE),
        Spacer(1, 10),
    ]
    for part, label in zip(PLAN, labels_of(), strict=True):
        if isinstance(part, Item):
            story.append(Paragraph(html.escape(printed(part, label)), prose))
            continue
        cells: list[list[Any]] = [[Paragraph(text, small) for text in part.header]]
        cells += [[Paragraph(text, small) if text else "" for text in row] for row in part.rows]
        rules: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        for (row, column), height in merged_heights(part).items():
            if height > 1:
                rules.append(("SPAN", (column, row + 1), (column, row + height)))
        story.append(Table(cells, [32, 158, 100, 110, 70], style=rules, repeatRows=1))
        story.append(Spacer(1, 8))
    story.append(
        Table([[[Paragraph(t, small) for t in RECEIVERS], [Paragraph(t, middle) for t in SIGNATURE]]], [230, 245])
    )
    return pdf_bytes(story)
