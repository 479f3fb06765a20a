"""Dates of documents as printed: ``ngày 02 tháng 9 năm 2016``, ``ngày 18/01/2022``, ``ngày    tháng 8 năm 2022``, ``năm 2019``.

Digits that OCR drew apart (``tháng 0 6``, ``202 5``) are read together. Partial dates stay partial; a day that the month
does not have is left out rather than moved.
"""

import re
from datetime import date
from typing import NamedTuple

_D2 = r"\d(?:\s?\d)?"
_D4 = r"(?:1\s?9|2\s?0)\s?\d\s?\d"
_GAP = r"[\s.…_]{0,40}"
_SLASH = r"\s{0,2}[/.\-–]\s{0,2}"
_DATE = re.compile(
    rf"""
    (?: (?:ngày|ngay)\s{{0,3}} (?:
          (?P<d1>{_D2}) {_SLASH} (?P<m1>{_D2}) {_SLASH} (?P<y1>{_D4}) (?!\d)
        | (?P<d6>{_D2}) {_SLASH} (?P<m6>{_D2}) {_SLASH} (?P<y6>\d\d) (?![\d%]|{_SLASH}\d)   # 01/7/16
        | [\s.…_]{{0,40}} / {_GAP} (?P<m2>{_D2}) {_SLASH} (?P<y2>{_D4}) (?!\d)
        | (?P<d3>{_D2})? {_GAP} (?:tháng|thang) {_GAP} (?P<m3>{_D2})? {_GAP} (?:năm|nam) \s{{0,4}} (?P<y3>{_D4}) (?!\d)
        )
      | (?:tháng|thang) {_GAP} (?P<m4>{_D2}) (?: {_GAP} (?:năm|nam) \s{{0,4}} | {_SLASH} ) (?P<y4>{_D4}) (?!\d)
      | (?:năm|nam) \s{{0,3}} (?P<y5>{_D4}) (?!\d)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


class PrintedDate(NamedTuple):
    """A date at ``text[start:end]``, ISO 8601, possibly partial (``2022-08``, ``2019``)."""

    start: int
    end: int
    value: str


def parse_date_at(text: str, start: int) -> PrintedDate | None:
    """Return the date that begins exactly at ``start``, or ``None``.

    >>> parse_date_at("ngày 02/9/2016 của", 0)
    PrintedDate(start=0, end=14, value='2016-09-02')
    >>> parse_date_at("ngày         tháng  8  năm 2022", 0).value, parse_date_at("ngày 2 tháng 0 6 năm 202 5", 0).value
    ('2022-08', '2025-06-02')
    >>> parse_date_at("ngày 01/7/16", 0).value
    '2016-07-01'
    """
    found = _DATE.match(text, start)
    return _printed(found) if found else None


def find_date(text: str, start: int = 0, end: int | None = None) -> PrintedDate | None:
    """Return the first date with a month in ``text[start:end]``, or ``None``."""
    for found in _DATE.finditer(text, start, len(text) if end is None else end):
        if not found["y5"] and (printed := _printed(found)) is not None:
            return printed
    return None


def _printed(found: re.Match[str]) -> PrintedDate | None:
    groups = {name: re.sub(r"\s", "", value) for name, value in found.groupdict().items() if value}
    year = next(value for name, value in groups.items() if name.startswith("y"))
    if len(year) == 2:
        year = ("20" if year < "50" else "19") + year
    month = next((int(value) for name, value in groups.items() if name.startswith("m")), None)
    day = next((int(value) for name, value in groups.items() if name.startswith("d")), None)
    return PrintedDate(found.start(), found.end(), _iso(int(year), month, day))


def _iso(year: int, month: int | None, day: int | None) -> str:
    if month is None or not 1 <= month <= 12:
        return f"{year:04d}"
    try:
        return date(year, month, day or 0).isoformat()
    except ValueError:
        return f"{year:04d}-{month:02d}"


def vi_date(iso: str) -> str:
    """Return an ISO date, full or partial, as Vietnamese offices write it.

    >>> vi_date("2022-01-18"), vi_date("2022-08"), vi_date("2019")
    ('18/01/2022', '08/2022', '2019')
    """
    return "/".join(reversed(iso.split("-")))
