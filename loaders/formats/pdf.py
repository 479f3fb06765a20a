"""PDF with a text layer: lines in the order of reading, tables by their rulings, what repeats on each page removed.

A scan has no text to read and is refused with the command that gives it some; text whose font does not say which letters
it draws is as good as a scan.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from loaders.formats.grid import lay_out_table
from loaders.formats.laid import Laid
from loaders.formats.pdf_lines import PdfLine, Word, join_wrapped, order_lines, words_of
from loaders.formats.pdf_tables import PdfTable, goes_on, join_tables, read_table
from loaders.text.columns import ColumnWords, load_column_words
from loaders.text.labels import parse_label
from ontology.errors import SourceError
from ontology.records import Finding, Severity

_LETTERS_A_PAGE = 40
"""Fewer letters than this on a page with a picture: the page is a scan with a stamp or number on it."""
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*(?:/|trên|of)\s*\d{1,4})?[-–—.\s]*", re.IGNORECASE)
_GLYPHS = re.compile(r"\(cid:\d+\)|\ufffd")
_STRUCTURE = frozenset({"annex", "part", "chapter", "mục", "article"})
"""Styles of labels that no head of a page begins with, however alike two of them are."""

_TEXT_SETTINGS = {"x_tolerance_ratio": 0.17, "y_tolerance": 2, "keep_blank_chars": False}


@dataclass(slots=True)
class Page:
    """What one page holds, in the order of reading, before what repeats is known."""

    number: int
    width: float
    height: float
    blocks: list[PdfLine | PdfTable]
    letters: int
    pictures: bool


def read_pdf(data: bytes, path: Path) -> Laid:
    """Lay out a PDF.

    Raises:
        SourceError: it is encrypted or damaged, a scan, or of fonts that do not name their letters.
    """
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            pages = [_read_page(page, number) for number, page in enumerate(pdf.pages)]
    except (PdfminerException, PSException) as error:
        cause = error.args[0] if error.args else error
        if isinstance(error, PDFPasswordIncorrect) or isinstance(cause, PDFPasswordIncorrect):
            raise SourceError(
                "the PDF is protected by a password",
                path=path,
                remedy=f'remove it: qpdf --decrypt --password=… "{path.name}" open.pdf, and read open.pdf',
            ) from error
        if "allocate" in str(cause):
            raise MemoryError from error
        raise SourceError(
            f"the PDF is damaged ({cause or type(error).__name__})",
            path=path,
            remedy="get it again, or print it anew to PDF",
        ) from error
    empty = [page.number + 1 for page in pages if page.letters < _LETTERS_A_PAGE and page.pictures]
    if not pages or len(empty) == len(pages) or not any(page.letters for page in pages):
        raise _scan("the PDF is a scan: its pages are pictures without text", path)
    text = lay_out_pages(pages, load_column_words())
    if len(_GLYPHS.findall(text)) > 0.02 * len(text.split()):
        raise _scan("the fonts of the PDF do not say which letters they draw", path)
    return Laid(text, _findings(empty))


def _scan(what: str, path: Path) -> SourceError:
    return SourceError(
        what,
        path=path,
        remedy=f'recognise its text: ocrmypdf -l vie --force-ocr "{path.name}" text.pdf (packages ocrmypdf, tesseract-ocr-vie), '
        "check the result, and read text.pdf",
    )


def _findings(empty: Sequence[int]) -> tuple[Finding, ...]:
    if not empty:
        return ()
    numbers = ", ".join(map(str, empty))
    return (
        Finding(
            "page-without-text",
            Severity.WARNING,
            f"Trang {numbers} chỉ có ảnh, không có chữ; chưa đọc được.",
            None,
            "Nhận dạng chữ các trang này (ocrmypdf -l vie) rồi đọc lại.",
            f"Page {numbers} is a picture without text and was not read.",
            remedy_en="Recognise the text of these pages (ocrmypdf -l vie) and read the file again.",
        ),
    )


def _read_page(page: Any, number: int) -> Page:
    """Read one page and let go of what pdfplumber keeps of it."""
    printed = page.dedupe_chars(tolerance=0.6) if _is_overprinted(page.chars) else page
    words = words_of(printed.extract_words(**_TEXT_SETTINGS))
    tables = []
    for found in page.find_tables({"explicit_horizontal_lines": _open_ends(page.edges)}):
        table = read_table(found.cells, words, number)
        if table is not None:
            tables.append(table)
            words = [word for word in words if not _inside(word, table)]
    blocks: list[PdfLine | PdfTable] = []
    for table in sorted(tables, key=lambda t: t.box[1]):
        above = [word for word in words if word.middle < table.box[1]]
        words = [word for word in words if word.middle >= table.box[1]]
        blocks.extend(order_lines(above, number))
        blocks.append(table)
    blocks.extend(order_lines(words, number))
    letters = sum(1 for char in page.chars if char["text"].isalnum())
    read = Page(number, float(page.width), float(page.height), blocks, letters, bool(page.images))
    page.close()
    return read


def _is_overprinted(chars: Sequence[dict[str, Any]]) -> bool:
    """Tell whether letters are printed twice at one place, as some programs make bold type."""
    places = {(char["text"], round(char["x0"]), round(char["top"])) for char in chars if not char["text"].isspace()}
    return len(places) < 0.98 * sum(not char["text"].isspace() for char in chars)


def _open_ends(edges: Sequence[dict[str, Any]]) -> list[float]:
    """Return the heights at which columns are ruled and no line closes them: where the page tore a row."""
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["height"] > 5]
    level = [edge["top"] for edge in edges if edge["orientation"] == "h" and edge["width"] > 5]
    found: list[float] = []
    for end in sorted({round(edge[side], 1) for edge in upright for side in ("top", "bottom")}):
        columns = {
            round(edge["x0"] / 3) for edge in upright if abs(edge["top"] - end) <= 1 or abs(edge["bottom"] - end) <= 1
        }
        through = any(edge["top"] < end - 3 and edge["bottom"] > end + 3 for edge in upright)
        if len(columns) >= 3 and not through and all(abs(end - place) > 3 for place in [*level, *found]):
            found.append(end)
    return found


def _inside(word: Word, table: PdfTable) -> bool:
    left, top, right, bottom = table.box
    return left <= (word.x0 + word.x1) / 2 <= right and top <= word.middle <= bottom


def lay_out_pages(pages: Sequence[Page], known: ColumnWords) -> str:
    """Return the text of all pages: repeated heads and feet dropped, tables over several pages joined."""
    repeated = _repeated(pages)
    margins = _margins(pages)
    blocks: list[PdfLine | PdfTable] = []
    for page, after in zip_longest(pages, pages[1:]):
        for block in _without_cut_letters(page, after):
            if isinstance(block, PdfLine):
                if not _is_furniture(block, page, repeated):
                    left, right = margins[round(page.width)] if not block.column else (block.left, block.right)
                    blocks.append(replace(block, left=left, right=right))
            elif blocks and isinstance(last := blocks[-1], PdfTable) and goes_on(last, block):
                blocks[-1] = join_tables(last, block, known)
            else:
                blocks.append(block)
    texts: list[str] = []
    run: list[PdfLine] = []
    for block in blocks:
        if isinstance(block, PdfLine):
            run.append(block)
        else:
            texts.extend([*join_wrapped(run), *lay_out_table(block.cells, known)])
            run = []
    texts.extend(join_wrapped(run))
    return "\n".join(texts) + "\n"


def _margins(pages: Sequence[Page]) -> dict[int, tuple[float, float]]:
    """Return for each width of page where lines begin and end; a line in twenty may stick out."""
    lines: dict[int, list[PdfLine]] = {}
    for page in pages:
        own = [block for block in page.blocks if isinstance(block, PdfLine) and not block.column]
        lines.setdefault(round(page.width), []).extend(own)
    return {
        width: (min(line.x0 for line in own), sorted(line.x1 for line in own)[-1 - len(own) // 20])
        for width, own in lines.items()
        if own
    }


def _without_cut_letters(page: Page, after: Page | None) -> list[PdfLine | PdfTable]:
    """Return the blocks of a page without the letters of the next page's first line that browsers draw below its edge too.

    They are cut off where one looks at the page; in the file they stand alone at the bottom, at the places they have overleaf.
    """
    last = page.blocks[-1] if page.blocks else None
    first = after.blocks[0] if after is not None and after.blocks else None
    if not isinstance(last, PdfLine) or not isinstance(first, PdfLine) or any(len(w.text) > 1 for w in last.words):
        return page.blocks
    overleaf = all(
        any(letter.text in word.text and word.x0 - 1 <= letter.x0 <= word.x1 for word in first.words)
        for letter in last.words
    )
    return page.blocks[:-1] if overleaf and _in_margin(last, page) else page.blocks


def _key(line: PdfLine, page: Page) -> tuple[str, int]:
    """Return what a line is recognised by on another page: its text without digits, and its height on the page."""
    return re.sub(r"\d+", "#", line.text), round(min(line.top, page.height - line.bottom) / 4)


def _in_margin(line: PdfLine, page: Page) -> bool:
    return line.bottom < 0.12 * page.height or line.top > 0.88 * page.height


def _repeated(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Return the lines in the margins of at least half of the pages (and of two)."""
    seen = Counter(
        key
        for page in pages
        for key in {_key(b, page) for b in page.blocks if isinstance(b, PdfLine) and _in_margin(b, page)}
    )
    return {key for key, count in seen.items() if count >= max(2, len(pages) / 2)}


def _is_furniture(line: PdfLine, page: Page, repeated: set[tuple[str, int]]) -> bool:
    if not _in_margin(line, page) or parse_label(line.text)[1] in _STRUCTURE:
        return False
    edge = line is page.blocks[0] or line is page.blocks[-1]
    return _key(line, page) in repeated or (edge and bool(_PAGE_NUMBER.fullmatch(line.text)))
