"""Word documents (``.docx``): paragraphs and tables in the order of the text, automatic numbers written out.

Only the parts that hold text are unpacked, each up to a ceiling, so pictures and bombs in the package cost nothing; python-docx
would unpack all of it and knows neither numbers nor tracked changes. Heads and feet of pages and comments are
other parts and are not read; footnotes come at the end. XML with a document type is refused: Word writes none, and entities are how XML explodes.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree

from loaders.formats.docx_numbering import Numbering
from loaders.formats.docx_styles import Styles, W, child, value, whole_number
from loaders.formats.docx_text import TextReader, mark_is_deleted
from loaders.formats.grid import GridCell, lay_out_table, snap_edges
from loaders.formats.kinds import DAMAGED_ZIP
from loaders.formats.laid import Laid, one_line
from loaders.text.columns import ColumnWords, load_column_words
from ontology.errors import SourceError
from ontology.records import Finding, Severity

LARGEST_PART = 48 * 1024 * 1024
"""Bytes of one unpacked part; the text of a thousand pages is a tenth of it."""

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/")
_STRICT_NAMES = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_BESIDE = ("styles", "numbering", "footnotes", "endnotes")
_WIDEST = 200
"""Columns of the grid of a table; Word allows 63."""
_SAME_EDGE = 200
"""Twentieths of a point (3.5 mm) between two edges that still are one; Word's columns are rarely quite straight."""


def read_docx(data: bytes, path: Path) -> Laid:
    """Lay out a Word document.

    Raises:
        SourceError: it is damaged, too large, or has pictures instead of text.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            main = _main_part(package, path)
            document = _part(package, main, path)
            folder = main.rpartition("/")[0]
            beside = {name: _part(package, f"{folder}/{name}.xml", path) for name in _BESIDE}
    except DAMAGED_ZIP as error:
        raise _damaged(str(error), path) from error
    body = child(document, "body") if document is not None else None
    if body is None:
        raise _damaged("it has no body", path)
    styles = Styles(beside["styles"])
    reader = _Body(styles, Numbering(beside["numbering"], styles), TextReader(styles), load_column_words())
    lines = [*reader.lines(body)]
    text = "\n".join([*lines, *reader.notes(beside)]) + "\n"
    if reader.texts.tracked.pictures and len(text.split()) < 15 * reader.texts.tracked.pictures:
        raise SourceError(
            "the document holds pictures of pages, not text",
            path=path,
            remedy=f'save it as PDF, then recognise its text: ocrmypdf -l vie "{path.stem}.pdf" out.pdf, and read out.pdf',
        )
    return Laid(text, (*_findings(reader.texts), *reader.texts.fonts.findings()))


def _findings(texts: TextReader) -> tuple[Finding, ...]:
    tracked = texts.tracked
    if not tracked.inserted and not tracked.deleted:
        return ()
    return (
        Finding(
            "tracked-changes",
            Severity.INFO,
            f"Văn bản còn dấu vết chỉnh sửa: giữ {tracked.inserted} chỗ thêm, bỏ {tracked.deleted} chỗ xóa.",
            None,
            "Chấp nhận hoặc từ chối các chỉnh sửa trong Word rồi đọc lại.",
            f"The document has tracked changes: {tracked.inserted} insertions kept, {tracked.deleted} deletions dropped.",
            remedy_en="Accept or reject the changes in Word and read the file again.",
        ),
    )


# --- the package ----------------------------------------------------------------------------------------------------


def _main_part(package: zipfile.ZipFile, path: Path) -> str:
    relations = _part(package, "_rels/.rels", path)
    for relation in relations.iterfind(_RELATIONS + "Relationship") if relations is not None else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _part(package: zipfile.ZipFile, name: str, path: Path) -> etree._Element | None:
    """Return the root of a part, ``None`` if the package has no such part."""
    try:
        entry = package.getinfo(name)
    except KeyError:
        return None
    with package.open(entry) as file:
        data = file.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise SourceError(
            f"its part {name} unpacks to more than {LARGEST_PART // 2**20} MB",
            path=path,
            remedy="split the document; a file that small with a part that large may be meant to do harm",
        )
    if _STRICT.search(data, 0, 4096):
        for strict, usual in _STRICT_NAMES.items():
            data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise _damaged(f"{name}: {error.msg}", path) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _damaged(f"{name} declares a document type", path)
    return root


def _damaged(what: str, path: Path) -> SourceError:
    return SourceError(
        f"the Word file is damaged ({what})",
        path=path,
        remedy="open it in Word or LibreOffice, which may repair it, save it anew as .docx, and read that",
    )


# --- the text -------------------------------------------------------------------------------------------------------

_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


@dataclass(slots=True)
class _OpenCell:
    """A cell while the rows below may still go on with it."""

    row: int
    start: int
    end: int
    lines: tuple[str, ...]
    rows: int = 1


@dataclass(slots=True)
class _Body:
    """Walks the text once, for numbers and fields depend on what came before."""

    styles: Styles
    numbers: Numbering
    texts: TextReader
    columns: ColumnWords

    def lines(self, parent: etree._Element) -> Iterator[str]:
        """Yield the lines of everything inside ``parent``, an empty one for an empty paragraph."""
        carried = ""
        for element in _unwrapped(parent):
            if element.tag == W + "tbl":
                yield from lay_out_table(self._cells(element), self.columns)
            elif element.tag == W + "p":
                in_contents = self.texts.in_contents
                if self.styles.is_contents(element):
                    continue
                found = self.texts.read(element)
                if (in_contents or self.texts.in_contents) and not found.text:
                    continue
                if mark_is_deleted(element):
                    self.texts.tracked.deleted += 1
                    carried += found.text
                else:
                    yield from (self.numbers.next_label(element) + carried + found.text).split("\n")
                    carried = ""
                for box in found.boxes:
                    yield from (line for line in self.lines(box) if line.strip())
        if carried:
            yield carried

    def notes(self, parts: Mapping[str, etree._Element | None]) -> Iterator[str]:
        """Yield the footnotes and endnotes that the text referred to, each a line with its number, after an empty one."""
        referred = [*dict.fromkeys(self.texts.notes)]
        by_id = {
            (name, note.get(W + "id", "")): note
            for name in ("footnotes", "endnotes")
            if (part := parts.get(name)) is not None
            for note in part.iterchildren(etree.Element)
        }
        if referred:
            yield ""
        for number, place in enumerate(referred, start=1):
            note = by_id.get(place)
            said = one_line(" ".join(self.lines(note))) if note is not None else ""
            if said:
                yield f"[{number}] {said}"

    def _cells(self, table: etree._Element) -> list[GridCell]:
        """Return the cells of a table, those merged over rows as one."""
        widths = [whole_number(column.get(W + "w")) or 0 for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        edges = [0]
        for width in widths:
            edges.append(edges[-1] + width)
        numbers = snap_edges(edges, _SAME_EDGE)

        def column_at(place: int) -> int:
            if place < len(edges):
                return numbers[edges[place]]
            return numbers[edges[-1]] + place - len(edges) + 1

        cells: list[_OpenCell] = []
        rows = (row for row in _unwrapped(table) if row.tag == W + "tr" and child(row, "trPr", "del") is None)
        above: dict[int, _OpenCell] = {}
        for number, row in enumerate(rows):
            place = max(0, min(whole_number(value(row, "trPr", "gridBefore")) or 0, _WIDEST))
            here: dict[int, _OpenCell] = {}
            for cell in _unwrapped(row):
                if cell.tag != W + "tc":
                    continue
                start = place
                place += max(1, min(whole_number(value(cell, "tcPr", "gridSpan")) or 1, _WIDEST))
                merge = child(cell, "tcPr", "vMerge")
                first = column_at(start)
                if merge is not None and merge.get(W + "val", "continue") == "continue" and first in above:
                    here[first] = above[first]
                    above[first].rows = number - above[first].row + 1
                    continue
                opened = _OpenCell(number, first, max(first + 1, column_at(place)), tuple(self.lines(cell)))
                cells.append(opened)
                if merge is not None:
                    here[first] = opened
            above = here
        return [GridCell(c.row, c.start, c.lines, c.rows, c.end - c.start) for c in cells]


def _unwrapped(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the children of ``parent``, those inside content controls and insertions too; tables of contents are left out."""
    for element in parent.iterchildren(etree.Element):
        if element.tag not in _WRAPPERS:
            yield element
        elif "Table of Contents" not in (value(element, "sdtPr", "docPartObj", "docPartGallery") or ""):
            yield from _unwrapped(element)
