"""Web pages (``.html``, ``.mhtml``, and the ``.doc`` files that are web pages): the document out of the page, laid out as text.

Blocks are lines, list numbers are written out, tables keep what their merged cells mean. Nothing that the page refers to is fetched.
"""

import re
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from loaders.formats.decoding import CONTROLS, is_binary
from loaders.formats.docx_numbering import format_number
from loaders.formats.grid import GridCell, lay_out_table
from loaders.formats.html_bytes import decode_page
from loaders.formats.html_main import drop_hidden, drop_link_lists, find_main, take_notes
from loaders.formats.laid import Laid
from loaders.formats.legacy_fonts import FontReader
from loaders.text.columns import ColumnWords, load_column_words
from loaders.text.labels import parse_label
from ontology.errors import SourceError
from ontology.records import Finding, Severity

_BLOCKS = frozenset(
    {
        "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p",
        "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption",
    }
)  # fmt: skip
_DEEPEST = 2000
_DEEPEST_LIST = 10
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_LIST_STYLES = {
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "decimal": "decimal", "none": "none", "disc": "bullet",
    "circle": "bullet", "square": "bullet",
}  # fmt: skip
_FONT = re.compile(r"font-family\s*:\s*([^;]+)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")


def read_html(data: bytes, path: Path) -> Laid:
    """Lay out a saved web page.

    Raises:
        SourceError: there is no text in it, or its elements are nested out of all reason.
    """
    text = unicodedata.normalize("NFC", decode_page(data, path))
    if is_binary(text):
        raise _unreadable("it is binary, not text", path)
    text = CONTROLS.sub("", re.sub(r"\A\s*<\?xml[^>]*\?>", "", text))
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(str(error.msg), path) from error
    if root is None:
        raise _unreadable("nothing in it is HTML", path)
    if any("depth" in str(entry.message).lower() for entry in parser.error_log):
        raise _unreadable(f"its elements are nested more than {_DEEPEST:,} deep", path)
    body = root.find("body")
    body = root if body is None else body
    notes = take_notes(body)
    drop_hidden(body)
    main = find_main(body)
    drop_link_lists(main)
    sys.setrecursionlimit(6 * _DEEPEST)
    page = _Page(load_column_words())
    page.block(main)
    lines = page.finish()
    if notes:
        lines.append("")
    for note in notes:
        page.block(note)
    if not any(line.strip() for line in lines):
        raise SourceError(
            "there is no text in the page",
            path=path,
            remedy="save the page after it has loaded (in the browser: Save as, complete), or copy its text to a .txt file",
        )
    return Laid("\n".join(lines) + "\n", (*_findings(page.deleted), *page.fonts.findings()))


def _unreadable(what: str, path: Path) -> SourceError:
    return SourceError(
        f"the page cannot be read ({what})",
        path=path,
        remedy="copy the text of the document to a .txt file, and read that",
    )


def _findings(deleted: int) -> tuple[Finding, ...]:
    if not deleted:
        return ()
    return (
        Finding(
            "tracked-changes",
            Severity.INFO,
            f"Trang còn dấu vết chỉnh sửa: bỏ {deleted} chỗ xóa.",
            None,
            "Đối chiếu với bản chính thức.",
            f"The page shows tracked changes: {deleted} deletions dropped.",
            remedy_en="Compare with the official text.",
        ),
    )


@dataclass(slots=True)
class _Page:
    """Writes the elements of a page as lines, in their order."""

    columns: ColumnWords
    lines: list[str] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    marker: str = ""
    deleted: int = 0
    fonts: FontReader = field(default_factory=FontReader)
    font: str | None = None
    depth: int = 0
    counted: dict[tuple[int, str], int] = field(default_factory=dict)
    """How far the last list of each depth and kind has counted."""

    def finish(self) -> list[str]:
        """Return all lines."""
        self.close()
        return self.lines

    def close(self) -> None:
        """End the line that is being written; blanks at its ends go, a marker of a list comes first."""
        text = "".join(self.running)
        self.running.clear()
        text = re.sub(r"(?<=\s) | (?=\n)", "", text.strip(" \n")) if "\u00a0" not in text else text
        text = text.replace("\u00a0", " ").strip()
        if not text:
            return
        if self.marker and not parse_label(text)[0]:
            text = self.marker + text
        self.marker = ""
        self.lines.extend(_with_narrow_gap(line.strip()) for line in text.split("\n"))

    def block(self, element: etree._Element, preformatted: bool = False) -> None:
        """Write an element and what is in it, not what is behind it."""
        tag = str(element.tag).lower()
        if tag == "table":
            self.close()
            self._table(element)
            return
        if tag == "br":
            self.running.append("\n")
            return
        if tag == "del":
            self.deleted += 1
            return
        outer, self.font = self.font, _font_of(element) or self.font
        is_block = tag in _BLOCKS
        if is_block:
            self.close()
        preformatted = preformatted or tag == "pre" or "white-space:pre" in element.get("style", "").replace(" ", "")
        if tag in {"ol", "ul", "menu", "dir"}:
            self._list(element, preformatted)
        else:
            self._text(element.text, preformatted)
            for child in element.iterchildren(etree.Element):
                self.block(child, preformatted)
                self._text(child.tail, preformatted)
        self.font = outer
        if is_block:
            self.close()

    def _text(self, text: str | None, preformatted: bool) -> None:
        if not text:
            return
        text = self.fonts.read(text, self.font)
        if preformatted:
            self.running.append(text.replace("\r\n", "\n").replace("\t", "    "))
            return
        text = _SPACE.sub(" ", text)
        if text.startswith(" ") and (not self.running or self.running[-1].endswith((" ", "\n"))):
            text = text[1:]
        if text:
            self.running.append(text)

    def _list(self, element: etree._Element, preformatted: bool) -> None:
        kind = _list_kind(element)
        start = element.get("start", "")
        number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
        if not start and _resumes(element):
            number = self.counted.get((self.depth, kind), 0) + 1
        self.depth += 1
        self._text(element.text, preformatted)
        for child in element.iterchildren(etree.Element):
            if child.tag == "li":
                self.close()
                own = child.get("value", "")
                number = int(own) if re.fullmatch(r"\d{1,6}", own) else number
                if kind == "bullet":
                    self.marker = "- "
                elif kind != "none":
                    sign = ")" if kind in {"lowerLetter"} else "."
                    self.marker = format_number(number, kind) + sign + " "
                self.counted[self.depth - 1, kind] = number
                number += 1
            self.block(child, preformatted)
            self._text(child.tail, preformatted)
        self.depth -= 1
        self.marker = ""

    def _table(self, table: etree._Element) -> None:
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        caption = table.find("caption")
        if caption is not None:
            self.block(caption)
        cells: list[GridCell] = []
        free_from: dict[int, int] = {}
        """The row from which on a column is free of a cell that reaches down."""
        for number, row in enumerate(rows):
            column = 0
            for cell in row.iterchildren("td", "th"):
                while free_from.get(column, 0) > number:
                    column += 1
                columns = _span(cell, "colspan", 100)
                height = min(_span(cell, "rowspan", 1000) or len(rows), len(rows) - number)
                if height > 1:
                    free_from.update(dict.fromkeys(range(column, column + max(1, columns)), number + height))
                inside = _Page(self.columns, fonts=self.fonts, font=_font_of(table) or self.font)
                inside.block(cell)
                cells.append(GridCell(number, column, tuple(inside.finish()), height, max(1, columns)))
                self.deleted += inside.deleted
                column += max(1, columns)
        if _is_frame(table, rows):
            self.lines.extend(line for cell in cells for line in cell.lines)
        else:
            self.lines.extend(lay_out_table(cells, self.columns))


def _font_of(element: etree._Element) -> str | None:
    """Return the font that an element names, the first of several."""
    face = element.get("face")
    if face is None and (styled := _FONT.search(element.get("style", ""))) is not None:
        face = styled.group(1)
    return face.partition(",")[0] if face else None


def _with_narrow_gap(line: str) -> str:
    """Return a line with one blank behind its number or bullet, where Word writes several that do not break."""
    label = parse_label(line)[0]
    behind = line[len(label) :]
    return f"{label} {behind.lstrip()}" if label and line.startswith(label) and behind[:2].isspace() else line


def _is_frame(table: etree._Element, rows: list[etree._Element]) -> bool:
    """Tell whether a table lays out the page: it holds other tables, or is one row of much text."""
    if any(True for _ in table.iterdescendants("table")):
        return True
    return len(rows) == 1 and sum(map(len, rows[0].itertext())) > 3000


def _span(cell: etree._Element, name: str, most: int) -> int:
    text = cell.get(name, "1").strip()
    return min(int(text), most) if re.fullmatch(r"\d{1,6}", text) else 1


def _resumes(element: etree._Element) -> bool:
    """Tell whether a list goes on inside an item that an earlier list began, as LibreOffice writes one that a paragraph interrupts."""
    first = next(element.iterchildren(etree.Element), None)
    for _ in range(_DEEPEST_LIST):
        if first is None or first.tag != "ol":
            return False
        if re.fullmatch(r"\d{1,6}", first.get("start", "")):
            return True
        first = next(first.iterchildren(etree.Element), None)
    return False


def _list_kind(element: etree._Element) -> str:
    style = _LIST_STYLE.search(element.get("style", ""))
    if style is not None and style.group(1) in _LIST_STYLES:
        return _LIST_STYLES[style.group(1)]
    if element.tag != "ol":
        return "bullet"
    return _LIST_TYPES.get(element.get("type", "1"), "decimal")
