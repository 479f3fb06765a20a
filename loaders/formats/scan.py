"""Scans: pages that are pictures of text, recognised where the user asked for it.

Each page is set straight, its rulings are found, its words recognised, and then it is a page like one of a PDF. What came
from recognition says so in a finding, for its quotes are quotes of the recognised text.
"""

import subprocess
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from loaders.formats.laid import Laid
from loaders.formats.pdf_pages import Page, compose_blocks, find_open_ends, lay_out_pages
from loaders.formats.pdf_tables import Box
from loaders.formats.recogniser import require_recogniser
from loaders.formats.scan_cells import read_lone_signs
from loaders.formats.scan_image import edges_of, find_strokes, straighten, wipe, without_stamps
from loaders.formats.scan_words import PAGE_SECONDS, Recognised, find_turn, recognise_words
from loaders.text.columns import load_column_words
from ontology.errors import SourceError
from ontology.records import Finding, Severity

_DOTS = 300
"""Dots per inch at which pages are recognised; the model was trained on letters of that size."""
_MOST_PIXELS = 40_000_000
"""A page of A2 at 300 dots per inch."""
_A4_WIDTH, _A4_HEIGHT = 595.0, 842.0
_DOUBTFUL = 60
"""Percent: a word this unsure may well be another one."""
_TURNED = 65.0
"""Percent: pages whose letters are this unsure on average may lie on their side."""
_SAME = 3.0
"""Points between two ends of rulings that still meet."""
_FORMATS = ("PNG", "JPEG", "TIFF")


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page that was recognised, with what was recognised on it; ``None`` where that took too long or failed."""

    page: Page
    read: Recognised | None


def read_picture(data: bytes, path: Path, *, recognise: bool = False) -> Laid:
    """Recognise a picture of one page or, in a TIFF, of several.

    Raises:
        SourceError: nobody asked for that, Tesseract is missing, the picture is damaged, or there are no letters in it.
    """
    if not recognise:
        raise refused_picture(path)
    recogniser = require_recogniser(path)
    pages = [recognise_page(image, scale, number) for number, (image, scale) in enumerate(_frames(data, path))]
    if not any(one.page.letters for one in pages):
        raise SourceError("no letters can be recognised in the picture", path=path, remedy="scan it again, at 300 dpi")
    text = lay_out_pages([one.page for one in pages], load_column_words())
    return Laid(text, tell_recognised(pages, recogniser))


def refused_picture(path: Path) -> SourceError:
    """Return what is said of a picture that nobody asked to recognise."""
    return SourceError(
        "this is a picture, not text",
        path=path,
        remedy=f'recognise its text first: tesseract "{path.name}" "{path.stem}" -l vie (package tesseract-ocr-vie), '
        f"check the result, and read {path.stem}.txt; or let it be recognised here: daumoi read --ocr",
    )


def recognise_pdf_pages(data: bytes, numbers: Sequence[int]) -> Iterator[ScannedPage]:
    """Draw pages of a PDF, counted from 0, and recognise them."""
    document = pypdfium2.PdfDocument(data)
    try:
        for number in numbers:
            drawn = document[number]
            scale = _scale(*drawn.get_size())
            image = drawn.render(scale=scale, rev_byteorder=True).to_pil()
            drawn.close()
            yield recognise_page(image, scale, number)
    finally:
        document.close()


def _scale(width: float, height: float) -> float:
    """Return how many pixels a point is drawn with."""
    return float(min(_DOTS / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5))


def _frames(data: bytes, path: Path) -> Iterator[tuple[Image.Image, float]]:
    """Yield the pages of a picture, upright as its camera says, each with its pixels per point."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of metadata that are a little wrong
            with Image.open(BytesIO(data), formats=_FORMATS) as file:
                for frame in ImageSequence.Iterator(file):
                    if frame.width * frame.height > 4 * _MOST_PIXELS:
                        raise _damaged(f"{frame.width:,} × {frame.height:,} pixels are more than a page has", path)
                    image = ImageOps.exif_transpose(frame)
                    yield _at_size(image, file.info.get("dpi"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _damaged(str(error)[:100], path) from error


def _at_size(image: Image.Image, dots: object) -> tuple[Image.Image, float]:
    """Return a picture at the size at which letters are recognised best, with its pixels per point."""
    across = _A4_WIDTH if image.width <= image.height else _A4_HEIGHT
    scale = image.width / across
    if isinstance(dots, tuple) and dots and 100 <= float(dots[0]) <= 1200:
        scale = float(dots[0]) / 72
    wanted = _scale(image.width / scale, image.height / scale)
    if abs(wanted / scale - 1) < 0.25:
        return image, scale
    size = max(1, round(image.width * wanted / scale)), max(1, round(image.height * wanted / scale))
    return without_stamps(image).resize(size, Image.Resampling.BICUBIC), wanted


def _damaged(what: str, path: Path) -> SourceError:
    return SourceError(f"the picture cannot be read ({what})", path=path, remedy="scan or save it again, as PNG or PDF")


def recognise_page(image: Image.Image, scale: float, number: int) -> ScannedPage:
    """Recognise the picture of a page; ``scale`` is its pixels per point."""
    grey = without_stamps(image)
    try:
        sheet, read = _recognise_straight(grey, scale)
        if read.confidence < _TURNED and (turn := find_turn(grey, scale)):
            other = _recognise_straight(grey.rotate(-turn, expand=True), scale)
            if other[1].confidence > read.confidence:
                sheet, read = other
        read = read_lone_signs(read, sheet.tables, sheet.image, scale)
    except subprocess.SubprocessError:
        return ScannedPage(Page(number, image.width / scale, image.height / scale, [], scanned=True), None)
    blocks = compose_blocks(read.words, sheet.tables, number)
    letters = sum(char.isalnum() for word in read.words for char in word.text)
    size = sheet.image.width / scale, sheet.image.height / scale
    return ScannedPage(Page(number, *size, blocks, letters, scanned=True), read)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page set straight and without its rulings, and the cells that stood between them, in points, table by table."""

    image: Image.Image
    tables: list[list[Box]]


def _recognise_straight(grey: Image.Image, scale: float) -> tuple[_Sheet, Recognised]:
    straight = straighten(grey)
    level, upright = find_strokes(straight, scale)
    sheet = _Sheet(wipe(straight, level, upright), _cells(edges_of(level, upright, scale)))
    return sheet, recognise_words(sheet.image, scale)


def _cells(edges: list[dict[str, Any]]) -> list[list[Box]]:
    """Return the cells between rulings, table by table, as pdfplumber finds them in a PDF."""
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    for end in find_open_ends(edges):
        left, right = min(edge["x0"] for edge in upright), max(edge["x1"] for edge in upright)
        box = {"x0": left, "x1": right, "top": end, "bottom": end, "width": right - left, "height": 0.0}
        edges.append({"orientation": "h", "object_type": "line", **box})
    merged = merge_edges(edges, _SAME, _SAME, _SAME, _SAME)
    cells = intersections_to_cells(edges_to_intersections(merged, _SAME, _SAME))
    tables: list[list[Box]] = cells_to_tables(cells)
    return tables


def tell_recognised(pages: Sequence[ScannedPage], recogniser: str) -> tuple[Finding, ...]:
    """Return what a reader must know of a text that was recognised: from what, by what, how sure."""
    read = [one.read for one in pages if one.read is not None]
    sure = [sure for one in read for sure in one.sure]
    doubtful = sum(one < _DOUBTFUL for one in sure)
    mean = round(sum(sure) / max(1, len(sure)))
    numbers = tell_pages([one.page.number + 1 for one in pages])
    found = [
        Finding(
            "recognised-text",
            Severity.WARNING if doubtful > 0.02 * len(sure) else Severity.INFO,
            f"Văn bản là ảnh quét: chữ ở trang {numbers} do máy nhận dạng ({recogniser}), độ tin cậy trung bình {mean} %, "
            f"{doubtful} trong {len(sure)} từ chưa chắc; trích dẫn là trích từ chữ nhận dạng.",
            None,
            "Đối chiếu trích dẫn với bản quét trước khi dùng.",
            f"The document is a scan: the text of page {numbers} was recognised ({recogniser}), {mean} % sure on average, "
            f"{doubtful} of {len(sure)} words doubtful; quotes are of the recognised text.",
            remedy_en="Compare quotes with the scan before you rely on them.",
        )
    ]
    given_up = [one.page.number + 1 for one in pages if one.read is None]
    if given_up:
        numbers = tell_pages(given_up)
        found.append(
            Finding(
                "page-without-text",
                Severity.WARNING,
                f"Trang {numbers}: nhận dạng không xong trong {PAGE_SECONDS:g} giây; chưa đọc được.",
                None,
                "Quét lại các trang này rõ hơn (300 dpi) rồi đọc lại.",
                f"Page {numbers}: recognition did not succeed within {PAGE_SECONDS:g} seconds; not read.",
                remedy_en="Scan these pages again, more clearly (300 dpi), and read the file again.",
            )
        )
    return tuple(found)


def tell_pages(numbers: Sequence[int]) -> str:
    """Return numbers of pages as a person writes them.

    >>> tell_pages([1, 2, 3, 7, 9, 10])
    '1-3, 7, 9, 10'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
