"""The invented plan as LibreOffice writes it, and three small documents of what offices do: lists, tracked changes, a footnote.

``python -m tests.loaders.formats.office_samples`` writes the files in ``office/`` anew; it needs LibreOffice
(``apt-get install --no-install-recommends libreoffice-writer-nogui fonts-liberation2``). The files are kept, so that the tests do not.
"""

import html
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.loaders.formats.samples import (
    DATE,
    ISSUER,
    MOTTO,
    NUMBER,
    PLAN,
    RECEIVERS,
    SIGNATURE,
    TITLE,
    Grid,
    Item,
    merged_heights,
)  # fmt: skip

OFFICE = Path(__file__).parent / "office"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("fo", "xsl-fo-compatible"), ("draw", "drawing"), ("svg", "svg-compatible"))
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def _level(number: int, kind: str, suffix: str, shown: int = 1) -> str:
    place = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment '
        f'text:label-followed-by="space" fo:text-indent="-0.6cm" fo:margin-left="{0.6 * number + 0.5}cm"/></style:list-level-properties>'
    )
    if kind in {"-", "+"}:
        return f'<text:list-level-style-bullet text:level="{number}" text:bullet-char="{kind}">{place}</text:list-level-style-bullet>'
    return (
        f'<text:list-level-style-number text:level="{number}" style:num-format="{kind}" style:num-suffix="{suffix}" '
        f'text:display-levels="{shown}">{place}</text:list-level-style-number>'
    )


def _paragraph_style(name: str, inside: str, more: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Standard"{more}>{inside}</style:style>'


def _column(name: str, width: float) -> str:
    return f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties style:column-width="{width}cm"/></style:style>'


_JUSTIFIED = 'fo:text-align="justify" fo:margin-bottom="0.15cm"'
_STYLES = f"""<office:styles>
<style:default-style style:family="paragraph"><style:text-properties style:font-name="Liberation Serif" fo:font-size="13pt" fo:language="vi" fo:country="VN"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
<text:list-style style:name="Plan">{_level(1, "I", ".")}{_level(2, "1", ".")}{_level(3, "a", ")")}{_level(4, "-", "")}</text:list-style>
<text:list-style style:name="Deep">{_level(1, "1", ".")}{_level(2, "1", ".", 2)}{_level(3, "a", ")")}{_level(4, "+", "")}</text:list-style>
</office:styles><office:automatic-styles>
{_paragraph_style("Prose", f'<style:paragraph-properties {_JUSTIFIED} fo:text-indent="1cm"/>')}
{_paragraph_style("InList", f"<style:paragraph-properties {_JUSTIFIED}/>")}
{_paragraph_style("Centred", '<style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-weight="bold"/>')}
{_paragraph_style("Small", '<style:text-properties fo:font-size="11pt"/>')}
<style:style style:name="Ruled" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>
<style:style style:name="Open" style:family="table-cell"><style:table-cell-properties fo:border="none"/></style:style>
{_column("Number", 1.2)}{_column("Content", 5.5)}{_column("Other", 3.2)}{_column("Half", 7.8)}
<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-left="2.5cm" fo:margin-right="2cm" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm"/>
<style:header-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-bottom="0.4cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.3cm"/></style:footer-style></style:page-layout>
</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">
<style:header><text:p>Kế hoạch giảm nghèo - bản lưu hành nội bộ</text:p></style:header>
<style:footer><text:p>Trang <text:page-number text:select-page="current">1</text:page-number></text:p></style:footer></style:master-page></office:master-styles>"""


def paragraph(inside: str, style: str = "Prose") -> str:
    """Write a paragraph; ``inside`` is markup."""
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def document(body: str, before: str = "") -> str:
    """Write a whole document in one file, as LibreOffice opens it."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES} office:version="1.2" '
        f'office:mimetype="application/vnd.oasis.opendocument.text">{_STYLES}<office:body><office:text>{before}{body}</office:text></office:body></office:document>'
    )


class Lists:
    """Writes items of levels as nested lists, which go on counting after whatever stands between them."""

    def __init__(self, style: str) -> None:
        self._style = style
        self._open = 0

    def item(self, level: int, text: str) -> str:
        """Write an item at ``level`` (from 0), opening and closing lists as needed."""
        written = self.close(level + 1)
        if self._open == level + 1:
            written += "</text:list-item><text:list-item>"
        while self._open < level + 1:
            first = f' text:style-name="{self._style}" text:continue-numbering="true"' if not self._open else ""
            written += f"<text:list{first}><text:list-item>"
            self._open += 1
        return written + paragraph(html.escape(text), "InList")

    def close(self, down_to: int = 0) -> str:
        """Close lists until ``down_to`` are open."""
        closed = max(0, self._open - down_to)
        self._open -= closed
        return "</text:list-item></text:list>" * closed


def _placed(*sides: Sequence[str]) -> str:
    cells = "".join(
        f'<table:table-cell table:style-name="Open">{"".join(paragraph(html.escape(line), "Small") for line in side)}</table:table-cell>'
        for side in sides
    )
    return f'<table:table><table:table-column table:style-name="Half" table:number-columns-repeated="2"/><table:table-row>{cells}</table:table-row></table:table>'


def _table(grid: Grid) -> str:
    def cell(text: str, height: int = 1) -> str:
        span = f' table:number-rows-spanned="{height}"' if height > 1 else ""
        return f'<table:table-cell table:style-name="Ruled"{span}>{paragraph(html.escape(text), "Small")}</table:table-cell>'

    heights = merged_heights(grid)
    rows = [
        "".join(
            "<table:covered-table-cell/>" if text is None else cell(text, heights[number, column])
            for column, text in enumerate(row)
        )
        for number, row in enumerate(grid.rows)
    ]
    others = len(grid.header) - 2
    return (
        '<table:table table:name="B1"><table:table-column table:style-name="Number"/><table:table-column table:style-name="Content"/>'
        f'<table:table-column table:style-name="Other" table:number-columns-repeated="{others}"/>'
        f"<table:table-header-rows><table:table-row>{''.join(map(cell, grid.header))}</table:table-row></table:table-header-rows>"
        + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        + "</table:table>"
    )


def plan() -> str:
    """Write the invented plan: automatic numbers, merged cells, heads and feet of pages."""
    lists = Lists("Plan")
    parts = [_placed((*ISSUER, NUMBER), (*MOTTO, DATE)), paragraph(""), *(paragraph(t, "Centred") for t in TITLE)]
    for part in PLAN:
        if isinstance(part, Grid):
            parts.append(lists.close() + _table(part))
        elif part.level is None:
            parts.append(lists.close() + paragraph(html.escape(part.text)))
        else:
            parts.append(lists.item(part.level, part.text))
    return document("".join(parts) + lists.close() + paragraph("") + _placed(RECEIVERS, SIGNATURE))


LETTERED: tuple[Item, ...] = (
    Item("Phạm vi điều chỉnh", 0),
    Item("Quy định này áp dụng trong toàn tỉnh.", 1),
    Item("Các sở, ban, ngành có trách nhiệm:", 1),
    Item("Xây dựng kế hoạch hằng năm;", 2),
    Item("Bố trí kinh phí;", 2),
    Item("Nguồn ngân sách tỉnh;", 3),
    Item("Nguồn hợp pháp khác;", 3),
    Item("Kiểm tra, giám sát;", 2),
    Item("Báo cáo định kỳ;", 2),
    Item("đ) Công khai kết quả;"),
    Item("Lưu trữ hồ sơ.", 2),
    Item("Tổ chức thực hiện", 0),
    Item("Sở Y tế chủ trì.", 1),
)
"""A list with a letter that Word does not count: it was typed, and the list goes on behind it."""


def lettered() -> str:
    """Write :data:`LETTERED`."""
    lists = Lists("Deep")
    parts = [
        lists.close() + paragraph(html.escape(item.text)) if item.level is None else lists.item(item.level, item.text)
        for item in LETTERED
    ]
    return document("".join(parts) + lists.close())


def tracked() -> str:
    """Write three paragraphs with a word inserted, one deleted, and two paragraphs joined by deleting their break."""
    info = "<office:change-info><dc:creator>A</dc:creator><dc:date>2022-06-14T08:00:00</dc:date></office:change-info>"
    region = '<text:changed-region xml:id="{0}" text:id="{0}"><text:{1}>{2}</text:{1}></text:changed-region>'
    changes = (
        "<text:tracked-changes>"
        + region.format("c1", "insertion", info)
        + region.format("c2", "deletion", info + "<text:p>Sở Tài chính</text:p>")
        + region.format("c3", "deletion", info + "<text:p/><text:p/>")
        + "</text:tracked-changes>"
    )
    body = (
        paragraph('1. <text:change-start text:change-id="c1"/>Sở Y tế<text:change-end text:change-id="c1"/><text:change text:change-id="c2"/> chủ trì kiểm tra.')
        + paragraph('2. Các sở, ban, <text:change text:change-id="c3"/>ngành phối hợp thực hiện.')
        + paragraph("3. Kế hoạch này có hiệu lực từ ngày ký.")
    )  # fmt: skip
    return document(body, changes)


def footnoted() -> str:
    """Write a page with two footnotes, one of them in the head of a table, and a text box."""

    def note(number: int, text: str) -> str:
        return (
            f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
            f"<text:note-body>{paragraph(text, 'Small')}</text:note-body></text:note>"
        )

    header = ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Thời gian")
    table = _table(Grid(header, (("1", "Rà soát hộ nghèo trên địa bàn tỉnh", "Sở Y tế", "Quý I/2022"),)))
    table = table.replace("Cơ quan chủ trì", "Cơ quan chủ trì" + note(2, "Cơ quan đứng tên trước chủ trì."), 1)
    return document(
        paragraph("Tỷ lệ hộ nghèo giảm 1,5%/năm" + note(1, "Theo chuẩn nghèo đa chiều.") + " đến năm 2025.")
        + table
        + paragraph("Sở Tài chính bố trí kinh phí.")
    )


MADE = {"ke-hoach": (plan, ("docx", "pdf", "html")), "danh-sach": (lettered, ("docx", "html")),
        "chinh-sua": (tracked, ("docx",)), "chu-thich": (footnoted, ("docx", "pdf", "html"))}  # fmt: skip


def main(names: Iterable[str] = MADE) -> None:
    """Write the files anew."""
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            write, forms = MADE[name]
            source = Path(folder) / f"{name}.fodt"
            source.write_text(write(), "utf-8")
            for form in forms:
                command = ["soffice", f"-env:UserInstallation={Path(folder).as_uri()}/profile", "--headless"]
                subprocess.run([*command, "--convert-to", form, "--outdir", OFFICE, source], check=True, timeout=180)


if __name__ == "__main__":
    main()
