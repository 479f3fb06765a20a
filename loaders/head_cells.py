"""Lines cut into cells where a page had columns: by tabs, by bars, by runs of blanks.

Mastheads and signatures stand in two columns; what a converter leaves of them is one line with a gap, or one cell below the other.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from loaders.lines import Line, clean_passage
from loaders.passage import Passage

# A run of blanks parts columns, but not the room left for a number (*Số:      /KH-UBND*) or a day (*ngày      tháng 8*).
_GAP = re.compile(
    r"\t+|\s*\|\s*|(?<![/\s])(?<!Số)(?<!Số:)(?<!số:)(?<!SỐ:)(?<!ngày)(?<!tháng)(?<!năm)\s{4,}(?!/|tháng|năm)"
)
_RULE = re.compile(r"[-_=*~.…\s|–—]*")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the line it is of, its place in the line from 0, and its clean passage."""

    line: int
    column: int
    passage: Passage

    @property
    def text(self) -> str:
        """The clean text of the cell."""
        return self.passage.text


def split_cells(lines: Iterable[Line]) -> list[Cell]:
    """Return the cells of ``lines`` in order; empty ones and ruling lines (``-------``) are dropped."""
    return [cell for line in lines for cell in _cells_of(line)]


def _cells_of(line: Line) -> list[Cell]:
    cells: list[Cell] = []
    at = 0
    column = 0
    for gap in [*_GAP.finditer(line.raw), None]:
        part = line.raw[at : gap.start() if gap else len(line.raw)]
        if not _RULE.fullmatch(part):
            cells.append(Cell(line.number, column, clean_passage(part, line.start + at)))
            column += 1
        elif part.strip():
            column += 1
        at = gap.end() if gap else at
    return [cell for cell in cells if cell.text]
