"""Tables as cells on a grid, and as lines of text: a row a line, one tab between cells.

Word, HTML and PDF say which cells are merged, and plain text cannot. A cell merged over rows is written in the first of them; where
its column says who, when or what comes out of it, in each, for each of these rows has that lead. A cell merged over
columns is written once. Columns that no cell begins in are dropped.

Tables that only place text on the page (masthead, signature, a frame) are written cell after cell instead.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.formats.laid import one_line
from loaders.text.columns import AGENCY_COLUMNS, ColumnWords
from ontology.folding import fold_plain

_SHARED = AGENCY_COLUMNS | {"time", "submit_to", "product"}
"""Kinds of columns in which a cell merged over rows holds for each row."""

_PLACING = re.compile(
    r"cong hoa xa hoi chu nghia|doc lap\W+tu do\W+hanh phuc|dang cong san viet nam|noi nhan\b|kinh gui\b|\bngay .{0,12}thang .{0,9}nam\b|^so ?: ?\S*/",
    re.MULTILINE,
)
_SIGNING = re.compile(r"^(?:TM|KT|TL|TUQ|Q)\s?\.\s?\w", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at ``row`` and ``column`` (both from 0) that reaches over ``rows`` and ``columns``; ``lines`` are its paragraphs."""

    row: int
    column: int
    lines: tuple[str, ...]
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """All its paragraphs as one line."""
        return one_line(" ".join(self.lines))


def snap_edges(edges: Iterable[float], tolerance: float) -> dict[float, int]:
    """Number the columns of a table by the left and right edges of its cells; edges nearer than ``tolerance`` are one.

    >>> snap_edges([0, 50, 51.5, 120], 3)
    {0: 0, 50: 1, 51.5: 1, 120: 2}
    """
    numbers: dict[float, int] = {}
    number, last = -1, None
    for edge in sorted(set(edges)):
        if last is None or edge - last > tolerance:
            number += 1
            last = edge
        numbers[edge] = number
    return numbers


def lay_out_table(cells: Sequence[GridCell], known: ColumnWords) -> list[str]:
    """Return the lines of a table with an empty line around them, so that a paragraph between two tables is seen as one."""
    lines = lay_out_grid(cells, known)
    return ["", *lines, ""] if any("\t" in line for line in lines) else lines


def lay_out_grid(cells: Sequence[GridCell], known: ColumnWords) -> list[str]:
    """Return the lines of a table; ``known`` tells what its columns mean."""
    cells = [cell for cell in cells if cell.text]
    if not cells:
        return []
    if _is_placing(cells):
        return [line for cell in sorted(cells, key=lambda c: (c.row, c.column)) for line in cell.lines if line.strip()]
    used = {column: i for i, column in enumerate(sorted({cell.column for cell in cells}))}
    shared, below = _shared_columns(cells, known)
    captions = _captions(cells)
    lines: dict[int, list[str]] = {}
    for cell in sorted(cells, key=lambda c: c.row):
        line, at = lines.setdefault(cell.row, [""] * len(used)), used[cell.column]
        line[at] = f"{line[at]} {cell.text}" if line[at] else cell.text
    for cell in cells:
        if cell.row >= below and cell.column in shared:
            for row in range(cell.row + 1, cell.row + cell.rows):
                if row in lines and not lines[row][used[cell.column]] and row not in captions:
                    lines[row][used[cell.column]] = cell.text
    return ["\t".join(line) for _, line in sorted(lines.items())]


def _is_placing(cells: Sequence[GridCell]) -> bool:
    """Tell whether the cells only place text: one column, or two side by side with the words of a head or an end."""
    by_row = Counter(cell.row for cell in cells)
    widest = max(by_row.values())
    if widest == 1:
        return True
    if widest > 2 or len(by_row) > 8:
        return False
    return any(
        _PLACING.search(fold_plain_lines(cell.lines)) or _SIGNING.search("\n".join(cell.lines)) for cell in cells
    )


def fold_plain_lines(lines: Iterable[str]) -> str:
    """Return lines folded to small letters without accents, blanks single, for matching."""
    return "\n".join(" ".join(fold_plain(line).split()) for line in lines)


def _shared_columns(cells: Sequence[GridCell], known: ColumnWords) -> tuple[set[int], int]:
    """Return the columns whose merged cells hold for each row, and the number of the first row below the header."""
    by_row: dict[int, list[GridCell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    for row in sorted(by_row):
        named = [cell for cell in by_row[row] if known.column_of(cell.text)]
        if len(named) < 2 or len(named) * 2 < len(by_row[row]):
            continue
        below = row + max(cell.rows for cell in named)
        kinds = {
            cell.column: kind
            for cell in cells
            if row <= cell.row < below and (kind := known.column_of(cell.text)) is not None
        }
        return {column for column, kind in kinds.items() if kind in _SHARED}, below
    return set(), 0


def _captions(cells: Sequence[GridCell]) -> set[int]:
    """Return the rows that are titles of sections: one cell, over several columns."""
    by_row = Counter(cell.row for cell in cells)
    return {cell.row for cell in cells if cell.columns > 1 and by_row[cell.row] == 1}
