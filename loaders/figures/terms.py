"""Terms: so long from an event on (*trong thời hạn 30 ngày kể từ ngày ban hành*, *chậm nhất 15 ngày sau khi …*, *sau 10 ngày làm việc*).

The event is hardly ever a day that the text names; then the term is kept as printed and has no interval. Working days are never
counted out: which days are none is not for the reader to say.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from loaders.figures.moments import timing_words
from loaders.text.anchors import Anchored
from loaders.text.wordlists import begins_with


@dataclass(frozen=True, slots=True)
class Term:
    """A term at ``text[start:end]``: its length, and where the words begin that say from when it is counted."""

    start: int
    end: int
    number: int
    unit: str
    counted_from: int
    runs_on: bool
    """Whether it runs on from what it is counted from (*kể từ*), not up to it (*trước khi*)."""

    def end_from(self, first: date) -> date | None:
        """Return its last day if it is counted from ``first``; the first day itself does not count.

        >>> Term(0, 0, 1, "tháng", 0, True).end_from(date(2025, 1, 31)), Term(0, 0, 5, "ngày làm việc", 0, True).end_from(date(2025, 1, 1))
        (datetime.date(2025, 2, 28), None)
        """
        if self.unit in {"ngày", "tuần"}:
            return first + timedelta(days=self.number * (7 if self.unit == "tuần" else 1))
        if self.unit == "tháng":
            year, month = divmod(first.month - 1 + self.number, 12)
            year, month = first.year + year, month + 1
            return date(year, month, min(first.day, monthrange(year, month)[1]))
        return None


@cache
def _terms() -> Anchored:
    words = [row.words for row in timing_words().of("term_latest", "term_within")]
    return Anchored(re.compile(begins_with(words)), _pattern())


def _pattern() -> re.Pattern[str]:
    latest = timing_words().pattern("term_latest")
    within = timing_words().pattern("term_within")
    since = timing_words().pattern("term_since")
    number = rf"(?:\d{{1,3}}|{timing_words().pattern('numeral')})"
    return re.compile(
        rf"""(?<![^\W_])(?P<how>{latest}|{within})\s+(?P<number>{number})(?:\s*\([^()\d]{{1,24}}\))?
             \s*(?P<unit>ngày\s+làm\s+việc|ngày|tuần|tháng|giờ)(?![^\W_]|\s*/|\s+\d)
             (?:\s*,?\s*(?P<since>{since})(?![^\W_])[^,;.()]{{0,110}})?""",
        re.VERBOSE,
    )


def find_terms(masked: str) -> list[Term]:
    """Return the terms of a folded text; a length without an event counts only as *trong thời hạn …* or in working days.

    >>> [text[t.start : t.end] for text in ("hoàn thành trong thời hạn 30 ngày kể từ ngày ký.",) for t in find_terms(text)]
    ['trong thời hạn 30 ngày kể từ ngày ký']
    """
    firm = timing_words().values("term_latest")
    found: list[Term] = []
    for match in _terms().finditer(masked):
        unit, since = " ".join(match["unit"].split()), match["since"]
        how = " ".join(match["how"].split())
        if since is None and how not in firm and unit != "ngày làm việc":
            continue
        end = len(masked[: match.end()].rstrip())
        number = int(match["number"]) if match["number"].isdigit() else _numeral(match["number"])
        counted = match.start("since") if since is not None else end
        found.append(Term(match.start(), end, number, unit, counted, since is not None and "trước" not in since))
    return found


def _numeral(words: str) -> int:
    return int(timing_words().values("numeral")[" ".join(words.split())])
