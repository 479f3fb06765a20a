"""Tables of money: components in rows, sources of funds or years in columns, the unit in a line above or in the header."""

import re
from collections.abc import Sequence
from decimal import Decimal

from loaders.figures.budget_sums import BudgetLine
from loaders.figures.budget_words import Label, is_total_row, parse_label
from loaders.figures.component_names import parse_heading
from loaders.figures.components import ComponentMap
from loaders.figures.money import parse_unit
from loaders.figures.numerals import parse_number
from loaders.text.blocks import Node, Row, Table
from loaders.text.columns import ColumnWords, looks_like_number, name_columns
from loaders.text.passage import Passage, join_passages

_LINES_ABOVE = 4
"""So many paragraphs above a table are searched for its unit."""


def read_budget_table(
    node: Node, places: ComponentMap, *, default_year: int | None, known: ColumnWords | None = None
) -> list[BudgetLine]:
    """Return the lines of a table of money: rows headed by a component, and the row that sums them.

    A table without a unit of money, or without a column that names a source, a total or a year, gives none.
    """
    table = node.table
    if table is None:
        return []
    header, rows = split_header(table)
    if known is not None and set(name_columns(header, known)) & {"lead", "coordinate", "time", "indicator"}:
        return []
    unit = _unit(node, header)
    columns = {i: label for i, cell in enumerate(header) if (label := _column(cell)) is not None}
    if unit is None or not columns:
        return []
    by_year = len({label.year for label in columns.values() if label.year}) > 1
    years = [_row_year(row) for row in rows]
    by_year = by_year or any(years)
    lines: list[BudgetLine] = []
    for row, own_year in zip(rows, years, strict=True):
        component, is_line = (_own_component(row, places), True) if own_year else _row_component(row, places)
        if not is_line:
            continue
        for i, label in columns.items():
            cell = row.cells[i] if i < len(row.cells) else Passage("", ())
            amount = parse_number(cell.text)
            if not amount or label.source is None:
                continue
            year = own_year or label.year or (None if label.whole_period or by_year else default_year)
            block = -1 - next(one.pieces[0].source for one in row.cells if one.pieces)
            lines.append(BudgetLine(component, year, label.source, amount * unit, cell.span(), block, label.spending))
    return lines


def split_header(table: Table) -> tuple[tuple[Passage, ...], Sequence[Row]]:
    """Return a table's header and its other rows; where no header was known, the leading rows without figures are it."""
    if table.header:
        return table.header, table.rows
    size = 0
    while size < min(3, len(table.rows)) and not any(parse_number(cell.text) for cell in table.rows[size].cells[1:]):
        size += 1
    width = max((len(row.cells) for row in table.rows[:size]), default=0)
    columns = [[row.cells[i] for row in table.rows[:size] if i < len(row.cells)] for i in range(width)]
    return tuple(join_passages(column) for column in columns), table.rows[size:]


def _unit(node: Node, header: Sequence[Passage]) -> Decimal | None:
    for cell in header:
        if (unit := parse_unit(cell.text)) is not None:
            return unit
        bracketed = re.search(r"\(([^()]*)\)", cell.text)
        if bracketed and (unit := parse_unit(bracketed[1])) is not None:
            return unit
    for above in _above(node):
        if (unit := parse_unit(above)) is not None:
            return unit
    return None


def _above(node: Node) -> Sequence[str]:
    """Return the nearest paragraphs above a table, the nearest first."""
    siblings = node.parent.children if node.parent is not None else []
    texts = [other.title for other in siblings[max(0, node.place - _LINES_ABOVE) : node.place]]
    if node.parent is not None:
        texts.insert(0, node.parent.title)
    return texts[::-1]


def _column(cell: Passage) -> Label | None:
    label = parse_label(cell.text)
    if label.source is not None:
        return label
    if (label.year or label.whole_period) and len(cell.text) < 40:
        return Label("total", label.year, label.whole_period, False)
    if re.search(r"\b(?:kinh phí|thành tiền)\b", cell.text, re.IGNORECASE) and len(cell.text) < 40:
        return Label("total", None, False, False)
    return None


_YEAR_CELL = re.compile(r"\W*(?:năm\s+)?((?:19|20)\d\d)\W*", re.IGNORECASE)


def _row_year(row: Row) -> int | None:
    """Return the year that a row is about: *Năm 2025* or *2025* alone in its first cell, behind a number at most."""
    texts = [cell.text for cell in row.cells if cell.text][:2]
    if len(texts) == 2 and _ROW_NUMBER.fullmatch(texts[0]):
        texts = texts[1:]
    found = _YEAR_CELL.fullmatch(texts[0]) if texts else None
    return int(found[1]) if found is not None else None


_ROW_NUMBER = re.compile(r"\d{1,2}[.)]?|[IVX]{1,4}[.)]?")


def _own_component(row: Row, places: ComponentMap) -> str | None:
    """Return the component in whose section a row stands."""
    return places.code_at(next(cell for cell in row.cells if cell.text).pieces[0].source)


def _row_component(row: Row, places: ComponentMap) -> tuple[str | None, bool]:
    """Return the component that a row heads, and whether it is a line at all (a component's, or the sum's)."""
    texts = [cell for cell in row.cells if cell.text and not looks_like_number(cell.text)]
    if not texts:
        return None, False
    if is_total_row(texts[0].text):
        return None, True
    if parse_heading(texts[0].text) is None:
        return None, False
    first = next(cell for cell in row.cells if cell.text)
    return places.code_at(first.pieces[0].source), True
