"""Days that no calendar has: ``30/02/2022``, ``ngày 31 tháng 4``, a thirteenth month."""

import re
from calendar import monthrange
from collections.abc import Iterator

from loaders.explaining.ground import Ground
from loaders.review.draft_remark import Remark, make_remark
from ontology.records import Span

_DAY = re.compile(
    r"""
      (?<![\d/.-]) (?P<d>\d{1,2}) \s?/\s? (?P<m>\d{1,2}) \s?/\s? (?P<y>(?:19|20)\d\d) (?![\d/])
    | (?:\bngày\s{1,3}|\bNGÀY\s{1,3}) (?P<d2>\d{1,2}) \s{1,3} (?:tháng|THÁNG) \s{1,3} (?P<m2>\d{1,2}) (?:\s{1,3} (?:năm|NĂM) \s{1,3} (?P<y2>(?:19|20)\d\d))?
    | (?:\bngày\s{1,3}) (?P<d3>\d{1,2}) / (?P<m3>\d{1,2}) (?![\d/.,%])
    """,
    re.VERBOSE,
)
_LEAP_YEAR = 2020
"""Stands for a year that is not printed: 29 February may be meant."""


def check_dates(ground: Ground) -> Iterator[Remark]:
    """Yield a remark for each date in the text that does not exist."""
    for found in _DAY.finditer(ground.text):
        day, month = int(found["d"] or found["d2"] or found["d3"]), int(found["m"] or found["m2"] or found["m3"])
        year = int(found["y"] or found["y2"] or _LEAP_YEAR)
        why = _why_not(day, month, year)
        if why is None:
            continue
        printed = " ".join(found.group().split())
        yield make_remark(
            "impossible-date",
            f"Không có ngày “{printed}”: {why[0]}.",
            f"There is no day “{printed}”: {why[1]}.",
            (Span(*found.span()),),
        )


def _why_not(day: int, month: int, year: int) -> tuple[str, str] | None:
    if not 1 <= month <= 12:
        return "một năm có 12 tháng", "a year has 12 months"
    longest = monthrange(year, month)[1]
    if 1 <= day <= longest:
        return None
    return f"tháng {month} có {longest} ngày", f"month {month} has {longest} days"
