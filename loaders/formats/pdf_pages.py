"""Pages of a PDF or a scan, and how their lines and tables become one text.

A page is words with places and the cells between its rulings, whether a PDF said so or a picture was recognised; from here on both
go the same way: lines in the order of reading, tables that run over pages joined, what repeats on each page left out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from loaders.formats.grid import lay_out_table
from loaders.formats.pdf_lines import PdfLine, Word, join_wrapped, order_lines
from loaders.formats.pdf_tables import Box, PdfTable, goes_on, join_tables, read_table
from loaders.text.columns import ColumnWords
from loaders.text.labels import parse_label

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*(?:/|trên|of)\s*\d{1,4})?[-–—.\s]*", re.IGNORECASE)
_STRUCTURE = frozenset({"annex", "part", "chapter", "mục", "article"})
"""Styles of labels that no head of a page begins with, however alike two of them are."""


@dataclass(slots=True)
class Page:
    """What one page holds, in the order of reading, before what repeats is known; ``scanned``: it is a picture of text."""

    number: int
    width: float
    height: float
    blocks: list[PdfLine | PdfTable]
    letters: int = 0
    scanned: bool = False
    notes: list[PdfLine] = field(default_factory=list)
    """Lines of its footnotes, which come at the end of the text."""


def compose_blocks(
    words: Sequence[Word], cells_of_tables: Iterable[Sequence[Box]], number: int
) -> list[PdfLine | PdfTable]:
    """Return the lines and tables of a page, in the order of reading."""
    tables = []
    rest = list(words)
    for boxes in cells_of_tables:
        table = read_table(boxes, rest, number)
        if table is not None:
            tables.append(table)
            rest = [word for word in rest if not _inside(word, table)]
    blocks: list[PdfLine | PdfTable] = []
    for table in sorted(tables, key=lambda t: t.box[1]):
        above = [word for word in rest if word.middle < table.box[1]]
        rest = [word for word in rest if word.middle >= table.box[1]]
        blocks.extend(order_lines(above, number))
        blocks.append(table)
    blocks.extend(order_lines(rest, number))
    return blocks


def _inside(word: Word, table: PdfTable) -> bool:
    left, top, right, bottom = table.box
    return left <= (word.x0 + word.x1) / 2 <= right and top <= word.middle <= bottom


def find_open_ends(edges: Sequence[dict[str, Any]]) -> list[float]:
    """Return the heights at which columns are ruled and no line closes them: where the page tore a row.

    ``edges`` are rulings as pdfplumber gives them.
    """
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
    for page in pages:
        texts.extend(["", *join_wrapped(page.notes)] if page.notes else [])
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


def _keys(line: PdfLine, page: Page) -> tuple[tuple[str, int], tuple[str, int]]:
    """Return what a line is recognised by on another page: its text without digits, and its height on the page.

    Heights are cut into steps of eight points, twice, so that any two within four points are in one step together; in a scan
    no two pages lie alike.
    """
    text, height = re.sub(r"\d+", "#", line.text), min(line.top, page.height - line.bottom)
    return (text, 2 * int(height // 8)), (text, 2 * int((height + 4) // 8) + 1)


def _in_margin(line: PdfLine, page: Page) -> bool:
    return line.bottom < 0.12 * page.height or line.top > 0.88 * page.height


def _repeated(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Return the lines in the margins of at least half of the pages (and of two)."""
    seen = Counter(
        key
        for page in pages
        for key in {
            key for b in page.blocks if isinstance(b, PdfLine) and _in_margin(b, page) for key in _keys(b, page)
        }
    )
    return {key for key, count in seen.items() if count >= max(2, len(pages) / 2)}


def _is_furniture(line: PdfLine, page: Page, repeated: set[tuple[str, int]]) -> bool:
    if not _in_margin(line, page) or parse_label(line.text)[1] in _STRUCTURE:
        return False
    edge = line is page.blocks[0] or line is page.blocks[-1]
    return any(key in repeated for key in _keys(line, page)) or (edge and bool(_PAGE_NUMBER.fullmatch(line.text)))
