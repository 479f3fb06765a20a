"""Tables of indicators: *Chỉ tiêu | Đơn vị tính | Kế hoạch năm 2022*, one target for each planned figure."""

import re

from loaders.figures.budget_tables import split_header
from loaders.figures.numerals import NUMERAL
from loaders.text.blocks import Table
from loaders.text.columns import ColumnWords, looks_like_number, name_columns
from loaders.text.passage import Passage
from loaders.text.wordlists import squeeze
from ontology.folding import fold
from ontology.records import Target

_INDICATOR = re.compile(r"\b(?:chỉ tiêu|mục tiêu|nội dung)\b")
_UNIT = re.compile(r"^(?:đvt|đơn vị tính|đơn vị)\b")
_PLANNED = re.compile(r"\b(?:kế hoạch|mục tiêu|chỉ tiêu|phấn đấu|kh|giao|năm \d{4})\b|^\d{4}$")
_DONE = re.compile(r"\b(?:thực hiện|ước|kết quả|hiện trạng|th)\b")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_VALUE = re.compile(
    rf"(?P<sign>[≥≤><~]|trên|dưới)?\s*(?P<low>{NUMERAL})(?:\s*[-–]\s*(?P<high>{NUMERAL}))?\s*(?P<unit>%)?(?:\s*(?P<onward>trở lên|trở xuống))?",
    re.IGNORECASE,
)
_SIGNS = {"~": "≈", "trên": ">", "dưới": "<", "trở lên": "≥", "trở xuống": "≤"}


def read_target_table(table: Table, *, by: str | None, known: ColumnWords | None = None) -> tuple[Target, ...]:
    """Return the planned figures of a table that has a column of indicators and one of units; none of any other table.

    Columns of what was done (*thực hiện*, *ước*) are left out; the year is the column's, else ``by``.
    """
    header, rows = split_header(table)
    named = set(name_columns(header, known)) if known is not None else set()
    if named & {"lead", "coordinate", "time", "implement"} and not {"indicator", "unit"} <= named:
        return ()
    heads = [squeeze(fold(cell.text)) for cell in header]
    unit = next((i for i, head in enumerate(heads) if _UNIT.match(head)), None)
    indicator = next((i for i, head in enumerate(heads) if i != unit and _INDICATOR.search(head)), None)
    if unit is None or indicator is None:
        return ()
    planned = [
        i
        for i, head in enumerate(heads)
        if i > indicator and i != unit and _PLANNED.search(head) and not _DONE.search(head)
    ]
    found: list[Target] = []
    for row in rows:
        cells = [*row.cells, *[Passage("", ())] * (len(header) - len(row.cells))]
        name = cells[indicator].text.strip(" :-+")
        if not name or looks_like_number(name):
            continue
        for i in planned:
            value = _VALUE.fullmatch(cells[i].text.strip())
            if value is None:
                continue
            year = _YEAR.search(heads[i])
            printed = "-".join(re.sub(r"^0+(?=\d)", "", part) for part in (value["low"], value["high"]) if part)
            printed_unit = squeeze(cells[unit].text).lower() or value["unit"]
            sign = (value["onward"] or value["sign"] or "").lower()
            due = year[1] if year else by
            found.append(Target(name, printed, printed_unit, due, cells[i].span(), _SIGNS.get(sign, sign) or None))
    return tuple(found)
