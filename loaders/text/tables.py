"""Tables in the forms that text dumps give them: tabs between cells, one cell a line, or pipes.

A reader takes the lines and a position and returns the table that begins there, with the number of the first line behind it, or
``None``. Headers repeated on each page are dropped and rows torn by a page break are joined again, cell by cell.
"""

import re
from collections.abc import Sequence

from loaders.text.blocks import Row, Table
from loaders.text.columns import ColumnWords, align_cells, fits, looks_like_number, name_columns
from loaders.text.labels import BULLETS, parse_label
from loaders.text.lines import Line, clean_passage
from loaders.text.passage import Passage, join_passages
from loaders.text.table_headers import (
    is_header,
    is_other_header,
    is_second_header,
    merge_headers,
    pad,
    same_cells,
    texts_of,
)

_EMPTY = Passage("", ())
_ENDS = re.compile(
    r"(?:phụ\s*lục|nơi\s+nhận|mẫu\s+số|(?:biểu|bảng)\s+(?:số\s+|mẫu\s+)?\d|ghi\s+chú\s*:|\(?(?:đvt|đơn\s+vị(?:\s+tính)?)\s*:|tm\.|kt\.|trên\s+đây\s+là)",
    re.IGNORECASE,
)
_COLUMN_NUMBERS = re.compile(r"[(\[]?\d{1,2}[)\]]?(?:\s*=.*)?|[A-Z]")
_CAPTION_LINE = re.compile(r"(?:[IVX]{1,5}|[A-H])[.)]\s+\S")
"""A caption between rows that lost its empty cells, as editors print merged ones: *II. Phối hợp liên ngành*."""
_PAGE_NUMBER = re.compile(r"(?P<dash>[-–—]\s*)?(?:trang\s+)?\d{1,3}\s*(?:/\s*\d{1,3})?(?(dash)\s*[-–—])", re.IGNORECASE)
_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")


def read_table_at(lines: Sequence[Line], at: int, known: ColumnWords) -> tuple[Table, int] | None:
    """Return the table that begins at line ``at`` and the index of the line after it, or ``None``."""
    raw = lines[at].raw
    if raw.count("|") >= 2 and raw.strip().strip("|").strip():
        return _read_pipes(lines, at, known)
    if raw.strip().count("\t") >= 2:
        return _read_tabs(lines, at, known)
    return _read_cells(lines, at, known)


# --- tabs and pipes: a row is a line -------------------------------------------------------------------------------


def _split(line: Line, sign: str) -> list[Passage]:
    raw = line.raw
    start, end = 0, len(raw)
    if sign == "|":
        start = raw.index("|") + 1 if raw.lstrip().startswith("|") else 0
        end = raw.rindex("|") if raw.rstrip().endswith("|") else end
    cells: list[Passage] = []
    for part in raw[start:end].split(sign):
        cells.append(clean_passage(part, line.start + start))
        start += len(part) + 1
    return cells


def _read_tabs(lines: Sequence[Line], at: int, known: ColumnWords) -> tuple[Table, int] | None:
    return _read_rows(lines, at, known, "\t")


def _read_pipes(lines: Sequence[Line], at: int, known: ColumnWords) -> tuple[Table, int] | None:
    return _read_rows(lines, at, known, "|")


def _read_rows(lines: Sequence[Line], at: int, known: ColumnWords, sign: str) -> tuple[Table, int] | None:
    rows: list[tuple[list[Passage], bool]] = []
    header: list[Passage] = []
    broken = False
    i, last = at, at
    while i < len(lines):
        line = lines[i]
        if not line.text or (sign == "|" and _RULE.fullmatch(line.raw)):
            i += 1
            continue
        whole = len(rows[-1][0]) >= len(header) if rows else True
        if sign == "\t" and header and whole and (torn := _row_of_lines(lines, i, len(header))) is not None:
            rows.append((torn[0], broken))
            broken = False
            i = last = torn[1]
            continue
        if line.raw.count(sign) < (1 if rows or header else 2):
            follower = next((other for other in lines[i + 1 : i + 4] if other.text), None)
            goes_on = (
                follower is not None
                and follower.raw.count(sign) >= 1
                and not _ENDS.match(line.text)
                and not (is_header(_split(follower, sign), known) and _stands_alone(lines, i))
            )
            if goes_on and follower is not None and _is_page_number(line, _split(follower, sign), known):
                pass  # between the rows of one page and those of the next
            elif goes_on and (rows or header) and _CAPTION_LINE.match(line.text):
                rows.append(([line.passage], broken))
            elif goes_on and rows:
                rows[-1][0][-1] = join_passages([rows[-1][0][-1], line.passage])
            else:
                break
            i, last = i + 1, i + 1
            continue
        cells = _split(line, sign)
        if is_header(cells, known) and (not header or same_cells(cells, header)):
            broken = bool(header)
            header = header or cells
        elif not header and rows and is_header(cells, known):
            break
        elif header and not rows and is_second_header(header, cells, known):
            header = merge_headers(header, cells, known)
        elif header and rows and is_other_header(cells, header, known):
            break
        elif header and rows and _goes_on_in_cell(rows[-1][0], cells, header, known):
            above = rows[-1][0]
            above[-1:] = [join_passages([above[-1], cells[0]]), *cells[1:]]  # a line break inside a cell
        elif not all(_COLUMN_NUMBERS.fullmatch(cell.text) for cell in cells if cell.text) or len(texts_of(cells)) < 3:
            rows.append((cells, broken))
            broken = False
        i, last = i + 1, i + 1
    if not rows or (not header and len(rows) < 2):
        return None
    width = max(len(header), *(len(cells) for cells, _ in rows)) if not header else len(header)
    columns = name_columns(header, known) if header else (None,) * width
    return _finish(header, [(pad(cells, width), torn) for cells, torn in rows], columns, sign, lines[at]), last


def _is_page_number(line: Line, below: Sequence[Passage], known: ColumnWords) -> bool:
    """Tell whether a line between two rows is the number of a page: between dashes, or right above a repeated header."""
    found = _PAGE_NUMBER.fullmatch(line.text)
    return found is not None and (bool(found["dash"]) or is_header(below, known))


def _goes_on_in_cell(
    above: Sequence[Passage], cells: Sequence[Passage], header: Sequence[Passage], known: ColumnWords
) -> bool:
    """Tell whether a line is the rest of the row above, one of whose cells has a line break: the row has cells to spare and it no number."""
    if known.column_of(header[0].text) != "number" or not above[0].text or not cells[0].text:
        return False
    return len(above) + len(cells) - 1 <= len(header) and not looks_like_number(cells[0].text)


_LONGEST_ROW = 40
"""Lines that the cells of one row may have together."""


def _row_of_lines(lines: Sequence[Line], at: int, width: int) -> tuple[list[Passage], int] | None:
    """Read a numbered row whose cells have line breaks, where its lines together have as many cells as the header."""
    cells = _split(lines[at], "\t")
    if width < 4 or len(cells) >= width or not (looks_like_number(cells[0].text) or parse_label(cells[0].text)[0]):
        return None
    for i in range(at + 1, min(at + _LONGEST_ROW, len(lines))):
        more = _split(lines[i], "\t")
        label, style, _ = parse_label(more[0].text)
        begins_row = looks_like_number(more[0].text) or (label and style not in BULLETS and len(more) > 1)
        if not lines[i].text or begins_row or len(cells) + len(more) - 1 > width:
            return None
        cells[-1:] = [join_passages([cells[-1], more[0]]), *more[1:]]
        if len(cells) == width:
            return cells, i + 1
    return None


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line between a row and a header is a heading or paragraph, not the rest of a torn cell.

    It begins with a number of its own, or has an empty line before it and begins like a sentence.
    """
    text = lines[at].text
    label, style, _ = parse_label(text)
    if label and style not in BULLETS:
        return True
    return not lines[at - 1].text and text[0].isupper() and len(text) > 20


# --- one cell a line ------------------------------------------------------------------------------------------------

_LONGEST_HEADER = 60
_WHAT = frozenset({"content", "indicator"})
_TAB_AT_START = re.compile(r"[ \u00a0]*\t")


def _read_cells(lines: Sequence[Line], at: int, known: ColumnWords) -> tuple[Table, int] | None:
    header, i = _cells_header(lines, at, known)
    if len(header) < 3:
        return None
    columns = name_columns(header, known)
    tabbed = bool(_TAB_AT_START.match(lines[at].raw))
    lined = lines[at : i + 1]
    piped = sum(line.raw.strip() == "|" for line in lined) >= len(header) - 1
    groups, end = (_tabbed_groups if tabbed else _plain_groups)(lines, i, columns, piped)
    rows: list[tuple[list[Passage], bool]] = []
    for cells in groups:
        for placed in align_cells(cells, columns):
            rows.append(([placed.get(j, _EMPTY) for j in range(len(columns))], False))
    if not rows:
        return None
    return _finish(header, rows, columns, "cells", lines[at]), end


def _cells_header(lines: Sequence[Line], at: int, known: ColumnWords) -> tuple[list[Passage], int]:
    """Collect the run of short lines that head columns; a header has a content column and one of agencies or a number."""
    header: list[Passage] = []
    kinds: set[str] = set()
    i = at
    while i < len(lines) and len(header) < 12:
        text = lines[i].text.strip("| ")
        if text:
            kind = known.column_of(text) if len(text) <= _LONGEST_HEADER else None
            if kind is None or (kind in kinds and kind == "number"):
                break
            kinds.add(kind)
            header.append(clean_passage(lines[i].raw.replace("|", " "), lines[i].start))
        elif header and not lines[i].raw.strip() and _TAB_AT_START.match(lines[at].raw) and "\t" not in lines[i].raw:
            break
        i += 1
    named = [known.column_of(cell.text) for cell in header]
    titles = named.index("number") if "number" in named else 0
    if titles and set(named[:titles]) <= {"content", "implement", "indicator"} and _WHAT & set(named[titles:]):
        return [], at  # titles above a header: "DANH MỤC NHIỆM VỤ"
    if (
        len(kinds) < 3
        or not kinds & {"content", "indicator"}
        or not kinds & {"lead", "lead_advise", "implement", "number"}
    ):
        return [], at
    return header, i


def _tabbed_groups(
    lines: Sequence[Line], i: int, columns: Sequence[str | None], _piped: bool
) -> tuple[list[list[Passage]], int]:
    """Cells begin with a tab; a line without one goes on with the cell above; an empty line ends the row."""
    groups: list[list[Passage]] = [[]]
    end = i
    for j in range(i, len(lines)):
        line = lines[j]
        if "\t" not in line.raw and not line.text:
            if groups[-1]:
                groups.append([])
            continue
        if _TAB_AT_START.match(line.raw):
            if not line.raw.startswith("\t") and len(groups[-1]) < len(columns) and groups[-1]:
                groups.append([])  # blanks before the tab: the remains of a cell that ended the row
            groups[-1].append(line.passage)
        elif groups[-1] and not _ENDS.match(line.text):
            groups[-1][-1] = join_passages([groups[-1][-1], line.passage])
        else:
            break
        end = j + 1
    return [group for group in groups if group], end


def _plain_groups(
    lines: Sequence[Line], i: int, columns: Sequence[str | None], piped: bool
) -> tuple[list[list[Passage]], int]:
    """Cells are lines; a line that is a row number begins a row; a heading or a closing formula ends the table."""
    groups: list[list[Passage]] = []
    end = i
    repeated = 0
    counted = 0  # the last row number
    inside = False  # of a cell that lone pipes bound: a further line belongs to it
    for j in range(i, len(lines)):
        text = lines[j].text.strip("| ")
        if not text:
            inside = inside and "|" not in lines[j].raw
            continue
        if _ENDS.match(text) or (len(text) > 400 and not groups):
            break
        if (
            piped
            and groups
            and lines[j - 1].raw.strip() != "|"
            and not inside
            and "|" not in lines[j].raw
            and lines[j - 1].text == ""
        ):
            break
        cell = clean_passage(lines[j].raw.replace("|", " "), lines[j].start)
        if piped and inside and groups:
            groups[-1][-1] = join_passages([groups[-1][-1], cell])
            end = j + 1
            continue
        inside = piped
        row = groups[-1] if groups else []
        open_row = 1 < len(row) < len(columns)
        nothing = text in "-+–" and open_row  # a cell that says nothing, no row's bullet
        figure = open_row and text.isdigit() and int(text) not in {1, counted + 1}  # "Tỷ lệ … / % / 80"
        if looks_like_number(text) and columns[0] == "number" and not nothing and not figure:
            groups.append([cell])
            counted = int(text) if text.isdigit() else counted
        elif not piped and len(row) > 1 and _counts_on(row[-1].text, text):
            row[-1] = join_passages([row[-1], cell])  # "1. Bộ A / 2. Bộ B": one cell, numbered inside
        elif not piped and len(row) > 1 and row[-1].text.endswith((";", ",")) and fits(row[-1].text, "coordinate") > 0:
            row[-1] = join_passages([row[-1], cell])  # a list of agencies, each on a line of its own
            groups[-1] = row
        elif groups:
            groups[-1].append(cell)
        else:
            repeated += 1
            if repeated > 2:
                break
            groups.append([cell])
        end = j + 1
    return groups, end


def _counts_on(above: str, below: str) -> bool:
    """Tell whether a line is the next item of a list that a cell began: *1. Bộ A* / *2. Bộ B*."""
    number = re.match(r"(\d)[.)]\s+(?=[^\W\d_])", below)
    if number is None or number[1] < "2" or not re.match(r"1[.)]\s+[^\W\d_]", above):
        return False
    return re.search(rf"(?:^|\s){int(number[1]) - 1}[.)]\s", above) is not None


# --- all forms ------------------------------------------------------------------------------------------------------


def _finish(
    header: Sequence[Passage],
    rows: list[tuple[list[Passage], bool]],
    columns: Sequence[str | None],
    form: str,
    first: Line,
) -> Table:
    number = columns.index("number") if "number" in columns else None
    joined: list[list[Passage]] = []
    for cells, after_break in rows:
        if joined and _continues(joined[-1], cells, columns, number, after_break):
            width = max(len(joined[-1]), len(cells))
            joined[-1] = [
                join_passages([above, below])
                for above, below in zip(pad(joined[-1], width), pad(cells, width), strict=True)
            ]
        elif any(cell.text for cell in cells):
            joined.append(cells)
    form = {"\t": "tabs", "|": "pipes"}.get(form, form)
    return Table(tuple(header), tuple(Row(tuple(cells)) for cells in joined), form, first.number)


def _continues(
    above: Sequence[Passage],
    cells: Sequence[Passage],
    columns: Sequence[str | None],
    number: int | None,
    after_break: bool,
) -> bool:
    """Tell whether a row is the rest of the one above, which a page break tore.

    It has no number, and either follows a repeated header with a cell that goes on in lower case, or has no content of its own.
    """
    if number is None or number >= len(cells) or cells[number].text:
        return False
    filled = [i for i, cell in enumerate(cells) if cell.text]
    if not filled:
        return False
    content = next((i for i, column in enumerate(columns) if column in {"content", "indicator"}), None)
    own_content = content is not None and content < len(cells) and bool(cells[content].text)
    goes_on = any(_goes_on(above[i].text, cells[i].text) for i in filled if i < len(above))
    if not own_content:
        return all(i < len(above) and (above[i].text or after_break) for i in filled) and (after_break or goes_on)
    return after_break and goes_on


def _goes_on(above: str, below: str) -> bool:
    return bool(below) and (below[0].islower() or below[0] in ",;)" or (bool(above) and above[-1] in ",-–("))
