"""Lines cut into cells where a page had columns: by tabs, by bars, by runs of blanks.

Mastheads and signatures stand in two columns; what a converter leaves of them is one line with a gap, or one cell below the other.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from loaders.text.lines import Line, clean_passage, read_lines
from loaders.text.passage import Passage, join_passages
from ontology.folding import UPPER

# A run of blanks parts columns, but not the room left for a number (*Số:      /KH-UBND*) or a day (*ngày      tháng 8*).
_GAP = re.compile(
    r"\t+|\|+|(?<![/\s])(?<!Số)(?<!Số:)(?<!số:)(?<!SỐ:)(?<!ngày)(?<!tháng)(?<!năm)\s{4,}(?!\s*(?:/|tháng|năm))"
)
_WIDE = re.compile(r"\s{4}")
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


_HEAD_LINES = 220
_LONGEST = 1200
"""Characters of a line that are looked at: no line of a head or signature is longer."""
_REACH = 80
# Lines that begin a signature, the recipients, or a number stamped at the end.
_MARK = re.compile(r"n[ơo]i\s+(?:nh[ậa]n|g[ửu]i)|(?<!\w)(?:TM|T/M|KT|TL|T/L|TUQ|Q)\s?\.|^\W*S[ốo6]\s*:", re.IGNORECASE)


def find_cells(text: str) -> list[Cell]:
    """Return the cells of the lines where a document says who it is: its head, and what stands around signatures.

    Other lines are passed over, so that a long body costs next to nothing.
    """
    lines: list[Line] = []
    wanted = _HEAD_LINES
    for line in read_lines(text):
        number, raw = line.number, line.raw
        if raw and len(raw) < 90 and number + _REACH > wanted and (raw.isupper() or _MARK.search(raw)):
            wanted = number + _REACH
        if number < wanted and line.text:
            if len(raw) > _LONGEST:
                short = raw[:_LONGEST]
                line = Line(number, line.start, line.start + _LONGEST, short, clean_passage(short, line.start))
            lines.append(line)
    return split_cells(lines)


def split_cells(lines: Iterable[Line]) -> list[Cell]:
    """Return the cells of ``lines`` in order; empty ones and ruling lines (``-------``) are dropped.

    A place with a date that a line break parts (*Hà* / *Nội, ngày 29 tháng 3* / *năm 2019*) is one cell.
    """
    joined: list[Cell] = []
    for cell in (cell for line in lines for cell in _cells_of(line)):
        above = joined[-1] if joined else None
        if (
            above is not None
            and 0 < cell.line - above.line <= 2
            and cell.column == 0
            and _is_parted(above.text, cell.text)
        ):
            joined[-1] = Cell(cell.line, above.column, join_passages([above.passage, cell.passage]))
        else:
            joined.append(cell)
    return joined


_CAPITALISED = rf"[{UPPER}][^\W\d_]*"
_PLACE = re.compile(rf"(?:TP\.?\s?)?{_CAPITALISED}(?:[\s.-]{_CAPITALISED}){{0,3}}")
_PLACE_AND_DAY = re.compile(rf"{_CAPITALISED}(?:[\s.-]{_CAPITALISED}){{0,3}},\s*ngày\b", re.IGNORECASE)
_DAY_BEGUN = re.compile(r"[,\s]ngày(?:\s*\d{1,2})?(?:\s*tháng(?:\s*\d{1,2})?)?(?:\s*năm)?$", re.IGNORECASE)
_DAY_GOES_ON = re.compile(
    r"(?:\d{1,2}\s+)?(?:tháng|năm)\s*\d{1,4}\b|\d{4}$|\d{1,2}[/-]\d{1,2}[/-]\d{4}$", re.IGNORECASE
)


def _is_parted(above: str, below: str) -> bool:
    """Tell whether a line break stands inside a place or date."""
    tail = above[-40:]
    if "ng" in tail.lower() and _DAY_BEGUN.search(tail):
        return bool(_DAY_GOES_ON.match(below))
    return len(above) < 20 and bool(_PLACE.fullmatch(above)) and bool(_PLACE_AND_DAY.match(below))


def _cells_of(line: Line) -> list[Cell]:
    cells: list[Cell] = []
    at = 0
    column = 0
    raw = line.raw
    parted = "|" in raw or (("  " in raw or not raw.isprintable()) and ("\t" in raw or _WIDE.search(raw) is not None))
    if not parted:
        return [Cell(line.number, 0, line.passage)] if line.text and not _RULE.fullmatch(raw) else []
    for gap in [*_GAP.finditer(raw), None]:
        part = line.raw[at : gap.start() if gap else len(line.raw)]
        if not _RULE.fullmatch(part):
            cells.append(Cell(line.number, column, clean_passage(part, line.start + at)))
            column += 1
        elif part.strip():
            column += 1
        at = gap.end() if gap else at
    return [cell for cell in cells if cell.text]
