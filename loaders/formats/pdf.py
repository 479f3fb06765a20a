"""PDF with a text layer: words and rulings of each page, and pages that are pictures of text told from the others.

A scan has no text to read and is refused with the command that gives it some, unless the user asked to have it recognised; text
whose font does not say which letters it draws is as good as a scan.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from pdfplumber.utils.text import extract_words

from loaders.formats.laid import Laid
from loaders.formats.pdf_lines import Word, words_of
from loaders.formats.pdf_notes import find_marks, part_marks, part_notes
from loaders.formats.pdf_pages import Page, compose_blocks, find_open_ends, lay_out_pages
from loaders.formats.recogniser import require_recogniser
from loaders.formats.scan import recognise_pdf_pages, tell_pages, tell_recognised
from loaders.text.columns import load_column_words
from ontology.errors import SourceError
from ontology.records import Finding, Severity

MOST_PAGES = 2000
_LETTERS_A_PAGE = 40
"""Fewer letters than this on a page with a picture: the page is a scan with a stamp or number on it."""
_GLYPHS = re.compile(r"\(cid:\d+\)|\ufffd")
_SIGNED = re.compile(r"ký bởi|người ký|thời gian ký|ngày ký|digitally signed|signed by|signature", re.IGNORECASE)
"""What a digital signature prints upon a scan: the only text of its page."""
_LETTERS_OF_A_SIGNATURE = 500
_COVERED = 0.6
"""The share of a page that its picture covers at least if it is a scan."""

_TEXT_SETTINGS: dict[str, Any] = {"x_tolerance_ratio": 0.17, "y_tolerance": 2, "keep_blank_chars": False}


def read_pdf(data: bytes, path: Path, *, recognise: bool = False) -> Laid:
    """Lay out a PDF; where ``recognise`` is set, its scanned pages are recognised.

    Raises:
        SourceError: it is encrypted or damaged, or a scan, or of fonts that do not name their letters, and nobody asked to
            recognise it or the program for that is missing.
    """
    _look_at(data, path)
    pages = _read_pages(data, path)
    scanned = [page.number for page in pages if page.scanned]
    if not pages or len(scanned) == len(pages) or not any(page.letters for page in pages):
        if not recognise:
            if not scanned:
                raise _scan("the PDF has no text: its pages are blank, drawn or damaged", path)
            raise _scan("the PDF is a scan: its pages are pictures without text", path)
        scanned = [page.number for page in pages]
    text = lay_out_pages(pages, load_column_words())
    if len(_GLYPHS.findall(text)) > 0.02 * len(text.split()):
        if not recognise:
            raise _scan("the fonts of the PDF do not say which letters they draw", path)
        scanned = [page.number for page in pages]
    if not scanned or not recognise:
        return Laid(text, _findings(scanned))
    recogniser = require_recogniser(path)
    recognised = list(recognise_pdf_pages(data, scanned))
    by_number = {one.page.number: one.page for one in recognised}
    whole = [by_number.get(page.number, page) for page in pages]
    if not any(page.letters for page in whole):
        raise SourceError("no letters can be recognised in the scan", path=path, remedy="scan it again, at 300 dpi")
    return Laid(lay_out_pages(whole, load_column_words()), tell_recognised(recognised, recogniser))


def _look_at(data: bytes, path: Path) -> None:
    """Refuse what the drawing library, which never goes round in circles, finds to have no pages, or too many to read.

    What it cannot open at all is left to the other library, which mends more and says more.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    pages = len(document)
    document.close()
    if pages > MOST_PAGES:
        raise SourceError(
            f"the PDF has {pages:,} pages, more than {MOST_PAGES:,}",
            path=path,
            remedy=f'split it: qpdf --split-pages=500 "{path.name}" part.pdf, and read the parts',
        )
    if not pages:
        raise _damaged("it has no pages", path)


def _damaged(what: str, path: Path) -> SourceError:
    return SourceError(f"the PDF is damaged ({what})", path=path, remedy="get it again, or print it anew to PDF")


def _read_pages(data: bytes, path: Path) -> list[Page]:
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            return [_read_page(page, number) for number, page in enumerate(pdf.pages)]
    except (PdfminerException, MalformedPDFException, PSException) as error:
        cause = error.args[0] if error.args else error
        if isinstance(error, PDFPasswordIncorrect) or isinstance(cause, PDFPasswordIncorrect):
            raise SourceError(
                "the PDF is protected by a password",
                path=path,
                remedy=f'remove it: qpdf --decrypt --password=… "{path.name}" open.pdf, and read open.pdf',
            ) from error
        if "allocate" in str(cause):
            raise MemoryError from error
        raise _damaged(str(cause or type(error).__name__)[:80], path) from error


def _scan(what: str, path: Path) -> SourceError:
    return SourceError(
        what,
        path=path,
        remedy=f'recognise its text: ocrmypdf -l vie --force-ocr "{path.name}" text.pdf (packages ocrmypdf, tesseract-ocr-vie), '
        "check the result, and read text.pdf; or let it be recognised here: daumoi read --ocr",
    )


def _findings(scanned: Sequence[int]) -> tuple[Finding, ...]:
    if not scanned:
        return ()
    numbers = tell_pages([number + 1 for number in scanned])
    return (
        Finding(
            "page-without-text",
            Severity.WARNING,
            f"Trang {numbers} chỉ có ảnh, không có chữ; chưa đọc được.",
            None,
            "Nhận dạng chữ các trang này (ocrmypdf -l vie, hoặc đọc lại với --ocr).",
            f"Page {numbers} is a picture without text and was not read.",
            remedy_en="Recognise the text of these pages (ocrmypdf -l vie, or read the file again with --ocr).",
        ),
    )


def _read_page(page: Any, number: int) -> Page:
    """Read one page and let go of what pdfplumber keeps of it."""
    printed = page.dedupe_chars(tolerance=0.6) if _is_overprinted(page.chars) else page
    marks = find_marks(printed.chars)
    words = [*words_of(extract_words(marks.letters, **_TEXT_SETTINGS)), *marks.begins]
    words = part_marks(words, marks.numbers, float(page.height))
    found = page.find_tables({"explicit_horizontal_lines": find_open_ends(page.edges)})
    blocks, notes = part_notes(compose_blocks(words, [table.cells for table in found], number), float(page.height))
    letters = "".join(char["text"] for char in page.chars if char["text"].isalnum())
    scanned = _is_scanned(page, len(letters), words)
    read = Page(number, float(page.width), float(page.height), blocks, len(letters), scanned, notes)
    page.close()
    return read


def _is_scanned(page: Any, letters: int, words: Sequence[Word]) -> bool:
    """Tell whether a page is a picture: no text but what was stamped, numbered or signed upon it."""
    if not page.images or letters >= _LETTERS_OF_A_SIGNATURE:
        return False
    if letters < _LETTERS_A_PAGE:
        return True
    covered = sum(abs(one["x1"] - one["x0"]) * abs(one["bottom"] - one["top"]) for one in page.images)
    signed = _SIGNED.search(" ".join(word.text for word in words))
    return signed is not None and covered >= _COVERED * float(page.width) * float(page.height)


def _is_overprinted(chars: Sequence[dict[str, Any]]) -> bool:
    """Tell whether letters are printed twice at one place, as some programs make bold type."""
    places = {(char["text"], round(char["x0"]), round(char["top"])) for char in chars if not char["text"].isspace()}
    return len(places) < 0.98 * sum(not char["text"].isspace() for char in chars)
