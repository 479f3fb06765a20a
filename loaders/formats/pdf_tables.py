"""Tables of a PDF by their rulings: cells on a grid, a table that goes on over pages as one.

The cells are pdfplumber's; their edges are numbered to rows and columns, so a merged cell is known by its height. Where a page ends a
table, the next page repeats the header or not, tears a row, or leaves the lower half of a merged cell empty; all three are
mended here, where the page break can still be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from statistics import median

from rapidfuzz import fuzz

from loaders.formats.grid import GridCell, snap_edges
from loaders.formats.laid import one_line
from loaders.formats.pdf_lines import PdfLine, Word, group_lines, splits_word
from loaders.text.columns import ColumnWords, looks_like_number, name_columns
from loaders.text.passage import Passage, Piece

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the top left of the page."""

_SAME_EDGE = 3.0
_SHIFTED = 60.0
"""Points by which a table may stand further left or right overleaf: mirrored margins, a sheet put in askew."""
_ALIKE = 92.0
"""Percent: a repeated header is as like as this, for in a scan no two are recognised quite alike."""


@dataclass(frozen=True, slots=True)
class PdfCell(GridCell):
    """A cell with what tells whether its text goes on in another: the room behind its last line, the width of its first word."""

    room: float = inf
    first: float = 0.0


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table on one page, or on several once joined."""

    page: int
    box: Box
    cells: tuple[GridCell, ...]
    edges: tuple[float, ...]
    """Where its columns begin, and where the last one ends."""
    last_page: int = 0

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    def row(self, number: int) -> dict[int, GridCell]:
        """Return the cells that begin in a row, by column."""
        return {cell.column: cell for cell in self.cells if cell.row == number}


def read_table(boxes: Sequence[Box], words: Sequence[Word], page: int) -> PdfTable | None:
    """Return the table of these cells, ``None`` where they make no table (a frame, one column, no text)."""
    xs = snap_edges((x for box in boxes for x in (box[0], box[2])), _SAME_EDGE)
    ys = snap_edges((y for box in boxes for y in (box[1], box[3])), _SAME_EDGE)
    cells = []
    for box in sorted(boxes, key=lambda b: (b[1], b[0])):
        inside = [w for w in words if box[0] <= (w.x0 + w.x1) / 2 < box[2] and box[1] <= w.middle < box[3]]
        rows, columns = ys[box[3]] - ys[box[1]], xs[box[2]] - xs[box[0]]
        if rows and columns:
            lines = group_lines(inside)
            cells.append(PdfCell(ys[box[1]], xs[box[0]], _cell_lines(lines), rows, columns, *_fit(lines, box)))
    if len({cell.column for cell in cells}) < 2 or not any(cell.text for cell in cells):
        return None
    edges: dict[int, float] = {}
    for x, number in sorted(xs.items()):
        edges.setdefault(number, x)
    whole = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return PdfTable(page, whole, tuple(cells), tuple(edges.values()), page)


def _fit(lines: Sequence[PdfLine], box: Box) -> tuple[float, float]:
    """Return the room behind the last line of a cell, a blank and the padding taken off, and the width of its first word."""
    if not lines:
        return inf, 0.0
    first, last = lines[0].words[0], lines[-1]
    padding = max(0.0, min(line.x0 for line in lines) - box[0])
    return box[2] - padding - last.x1 - 0.25 * last.height, first.x1 - first.x0


def _cell_lines(lines: Sequence[PdfLine]) -> tuple[str, ...]:
    whole = "".join(line.text for line in lines)
    if len(lines) > 1 and len(whole) <= 3 and (whole.isdigit() or (whole.isalpha() and whole.isupper())):
        return (whole,)  # *STT* or *10* in a column that is too narrow for it
    texts: list[str] = []
    for line in lines:
        if texts and splits_word(texts[-1], line.text):
            texts[-1] += line.text
        else:
            texts.append(line.text)
    return tuple(texts)


def goes_on(above: PdfTable, below: PdfTable) -> bool:
    """Tell whether ``below`` is the rest of ``above`` on the next page: the same columns, of the same widths."""
    if below.page != above.last_page + 1 or len(above.edges) != len(below.edges):
        return False
    shifts = [a - b for a, b in zip(above.edges, below.edges, strict=True)]
    shift = median(shifts)
    return abs(shift) <= _SHIFTED and all(abs(one - shift) <= 2 * _SAME_EDGE for one in shifts)


def join_tables(above: PdfTable, below: PdfTable, known: ColumnWords) -> PdfTable:
    """Return both parts as one table: the repeated header dropped, a torn row and torn merged cells joined."""
    header = _header_rows(above, below)
    rest = [replace(cell, row=cell.row - header) for cell in below.cells if cell.row >= header]
    height = above.rows
    cells = {(cell.row, cell.column): cell for cell in above.cells}
    last = {
        column: next((c for c in above.cells if c.column == column and c.row + c.rows == height), None)
        for column in {cell.column for cell in rest}
    }
    torn = _is_torn(above, {cell.column: cell for cell in rest if cell.row == 0}, known)
    for cell in rest:
        upper = last.get(cell.column)
        if torn:
            cell = replace(cell, row=cell.row - 1)
        if cell.row <= (-1 if torn else 0) and upper is not None:
            if torn and (cell.text or cell.rows > 1):
                extra = replace(upper, lines=upper.lines + cell.lines, rows=upper.rows + cell.rows - 1)
                if isinstance(extra, PdfCell) and isinstance(cell, PdfCell) and cell.lines:
                    extra = replace(extra, room=cell.room)
                cells[upper.row, upper.column] = extra
                continue
            if not cell.text and upper.text and (upper.rows > 1 or cell.rows > 1):
                cells[upper.row, upper.column] = replace(upper, rows=upper.rows + cell.rows - torn)
                continue
        if cell.row < 0:
            continue
        cells[height + cell.row, cell.column] = replace(cell, row=height + cell.row)
    return replace(above, cells=tuple(cells.values()), last_page=below.last_page)


def _header_rows(above: PdfTable, below: PdfTable) -> int:
    """Return how many rows at the top of ``below`` repeat those of ``above``."""
    count = 0
    while count < min(3, below.rows - 1, above.rows):
        ours, theirs = ([one_line(c.text) for _, c in sorted(t.row(count).items())] for t in (above, below))
        if not any(ours) or (ours != theirs and fuzz.ratio(" ".join(ours), " ".join(theirs)) < _ALIKE):
            break
        count += 1
    return count


def _is_torn(above: PdfTable, first: dict[int, GridCell], known: ColumnWords) -> bool:
    """Tell whether the first row on a page is the rest of the last one: no number, and its content goes on or is absent."""
    header = above.row(0)
    columns = sorted({cell.column for cell in above.cells})
    names = name_columns([_passage(header[c].text) if c in header else _passage("") for c in columns], known)
    if "content" not in names or not any(cell.text for cell in first.values()):
        return False
    content, last = columns[names.index("content")], above.row(above.rows - 1)
    rest = first[content].text if content in first else ""
    if "number" not in names:
        return _goes_on(last.get(content), first.get(content))
    number = columns[names.index("number")]
    if number not in first or first[number].text:
        return False
    if number not in last or not looks_like_number(last[number].text):
        return _goes_on(last.get(content), first.get(content))
    if not rest or not rest[0].isupper():
        return True
    unnumbered = any(cell.column == number and cell.row and not cell.text for cell in above.cells)
    return not unnumbered and first[content].columns == 1 and not _fits(last.get(content), first[content])


def _goes_on(upper: GridCell | None, lower: GridCell | None) -> bool:
    """Tell whether a text goes on in the cell overleaf: no sentence ends, none begins, and there was no room for its first word."""
    if upper is None or lower is None or not upper.text or not lower.text:
        return False
    return upper.text[-1] not in ".;:" and not lower.text[0].isupper() and not _fits(upper, lower)


def _fits(upper: GridCell | None, lower: GridCell) -> bool:
    if not isinstance(upper, PdfCell) or not isinstance(lower, PdfCell):
        return True
    return lower.first <= upper.room


def _passage(text: str) -> Passage:
    return Passage(text, (Piece(0, len(text), 0, len(text)),)) if text else Passage("", ())
