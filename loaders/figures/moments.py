"""Moments in text: days, months, quarters, halves, years and spans of years, with the first and last day of each.

What precedes a moment (*trước*, *đến hết*, *từ*) is not read here but in :mod:`loaders.figures.timing`. Numbers of documents
(``48/2016/QĐ-TTg``, with the date behind them) and dates of effect are masked first: they are no moments of a task.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from loaders.text.anchors import Anchored
from loaders.text.wordlists import WordList, load_words
from ontology.folding import fold

_D, _M, _Y = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_Q = r"(?:iv|1v|i{1,3}|l{1,3}|[1-4])\b"  # "Quý ll": OCR reads the Roman one as l
_JOIN = r"\s*(?:,|;|-|–|—|/|\bvà\b)\s*"
_OF_YEAR = r"\s*(?:,\s*năm\s+|/\s*(?:năm\s+)?|-\s*|\.\s*|(?:của\s+)?năm\s+|\s)\s*"

_NEXT = r"\s+(?:của\s+)?năm\s+(?:sau|tiếp\s+theo|kế\s+tiếp|liền\s+kề|kế\s+sau)\b"
"""*ngày 31/01 năm sau*: of the year behind the one that is spoken of."""
_MOMENT = re.compile(
    rf"""
      (?<![\d/.,-])(?:ngày\s+)?(?:(?P<d0>{_D})\s*[-–]\s*)?(?P<d>{_D})\s*(?P<sep>[/.-])\s*(?P<m>{_M})\s*(?P=sep)\s*(?P<y>{_Y})\b     # 15/12/2022
    | (?:ngày\s+)?(?<!\d)(?<!tuần\s)(?<!thứ\s)(?P<d2>{_D})\s+tháng\s+(?P<m2>{_M})\b(?:{_OF_YEAR}(?P<y2>{_Y})\b|(?P<n2>{_NEXT}))?    # 15 tháng 12 năm 2022
    | (?<![\d/.,-])(?:ngày\s+)?(?P<d3>{_D})\s?/\s?(?P<m3>{_M})\b(?!\s*[/%.,]?\d)(?P<n3>{_NEXT})?          # 30/6, 31/01 năm sau
    | (?<=ngày\s)(?P<d4>{_D})\s?-\s?(?P<m4>{_M})\b(?!\s*(?:[/.\-]\s*\d|tháng\b|\d))                             # ngày 30-8
    | \b(?:tháng\s*|t(?=\d))(?P<mo>{_M}\b(?:{_JOIN}(?:tháng\s*)?{_M}\b)*)(?:{_OF_YEAR}(?P<my>{_Y})\b)?   # tháng 8/2022, 5-6/2022
    | (?<![\d/.,])(?P<mo4>{_M})\s*/\s*(?P<my4>{_Y})\b(?!/)                                              # 8/2022
    | \b(?:quý|quí|q\.?)\s*(?P<q>{_Q}(?:{_JOIN}(?:quý\s+|quí\s+)?{_Q})*)(?:{_OF_YEAR}(?P<qy>{_Y})\b)?    # quý I-II/2022
    | (?<![^\W_])(?P<q2>iv|i{{1,3}})\s?/\s?(?P<qy2>{_Y})\b(?!/)                                           # II/2022
    | \b(?P<hn>0?3|0?6|0?9|ba|sáu|chín)\s+tháng\s+(?P<hw>đầu|cuối)(?:\s+(?:của\s+)?năm(?:\s+(?P<hy>{_Y})\b)?)?   # 6 tháng đầu năm 2022
    | \bnửa\s+(?P<nw>đầu|cuối)\s+(?:của\s+)?năm(?:\s+(?P<ny>{_Y})\b)?                                    # nửa đầu năm 2022
    | \b(?P<pw>đầu|giữa|cuối)\s+năm(?:\s+(?P<py>{_Y})\b)?                                                # cuối năm 2022
    | (?<![\d/.,])(?:năm\s+)?(?P<ya>{_Y})\s*[-–—÷]\s*(?:năm\s+)?(?P<yb>{_Y})\b(?![/.,]\d)                # 2021 - 2025
    | (?<![\d/.,])(?P<yc>{_Y})(?P<yd>{_Y})\b                                                             # 20212025: the hyphen lost
    | (?<![\d/.,-])(?:năm\s+)?(?P<yy>{_Y})\b(?!\s*[/%]|[.,]\d|\s*-\s*\d)                                 # năm 2022
    """,
    re.VERBOSE,
)
_MOMENTS = Anchored(
    re.compile(
        r"\d(?<!\d\d)|n(?=gày\s|ăm\s|ửa\s)|t(?=háng|\d)|q(?=u[ýí]|\.?\s*[1-4il])|i(?=[iv]{0,2}\s?/)|b(?=a\s+tháng)|s(?=áu\s+tháng)"
        r"|c(?=hín\s+tháng|uối\s+năm)|đ(?=ầu\s+năm)|g(?=iữa\s+năm)"
    ),
    _MOMENT,
)
_DATED = rf"(?P<dated>\s*,?\s*\(?(?i:ngày)\s+{_D}\s*(?:[/.-]\s*{_M}\s*[/.-]\s*{_Y}|tháng\s+{_M}\s+năm\s+{_Y}))?"
_NUMBER = re.compile(
    r"""(?: (?:(?i:số)\s*:?\s*)? \b\d+[a-z]?(?:\s?/\s?\d{4})? \s?/\s?[A-ZĐ][\w&]*(?:\s?[-/]\s?[A-ZĐ][\w&]*)*   # 48/2016/QĐ-TTg
          | \b\d+-[A-ZĐ]{2,}(?:/[A-ZĐ]{2,})?                                                                  # 05-CT/TW
          | (?i:\b(?:luật|bộ\s+luật|pháp\s+lệnh|hiến\s+pháp)\b[^.;()]{0,80}?(?=\s+ngày\s)) )"""  # laws by name and date
    + _DATED,
    re.VERBOSE,
)
_NUMBERS = Anchored(
    re.compile(r"\d(?<!\w\d)|[Ss](?=[ốỐ])|[Ll](?=[Uu][Ậậ])|[Bb](?=[Ộộ]\s)|[Pp](?=[Hh][Áá])|[Hh](?=[Ii][Ếế])"), _NUMBER
)
_SIGN = re.compile(r"/\s?[A-ZĐ]|\d-[A-ZĐ]")
"""What every number of a document has."""
_TIMING_KINDS = [
    "recurrence",
    "before",
    "until",
    "from",
    "within",
    "after",
    "onward",
    "completed",
    "effect",
    "label",
    "completion",
    "attribute",
    "doing",
    "numeral",
    "term_latest",
    "term_within",
    "term_since",
]


def timing_words() -> WordList:
    """Return ``ontology/tables/timing_words.csv``."""
    return load_words("timing_words", tuple(_TIMING_KINDS))


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment at ``text[start:end]``. ``year`` is ``None`` where none is printed; then ``first`` and ``last`` are of year 1.

    ``unit`` is ``day``, ``month``, ``quarter``, ``half``, ``year``, ``years`` or ``part`` (*đầu năm*: only ``first`` counts,
    *cuối năm*: only ``last``).
    """

    start: int
    end: int
    unit: str
    first: date
    last: date
    year: int | None
    part: str = ""
    of_next_year: bool = False

    def in_year(self, year: int) -> "Moment | None":
        """Return the same moment of ``year``, or of the next where the words say so; ``None`` for 29 February of a common year."""
        year += self.of_next_year
        try:
            first = self.first.replace(year=year)
            return replace(self, first=first, last=_end_of(year, self.last) or first, year=year)
        except ValueError:
            return None


def _end_of(year: int, last: date) -> date | None:
    """The last day of February depends on the year; every other day is itself."""
    if (last.month, last.day) == (2, 28):
        return date(year, 2, monthrange(year, 2)[1])
    return last.replace(year=year)


@cache
def _effect() -> re.Pattern[str]:
    return re.compile(
        timing_words().pattern("effect") + r"[^.;]{0,30}?(?=ngày)(?:ngày\s+\S+(?:\s+tháng\s+\d+\s+năm\s+\d+)?)"
    )


@lru_cache(maxsize=2048)
def masked_text(text: str, *, dates_kept: bool = False) -> str:
    """Return ``text`` folded in place, with document numbers, their dates and dates of effect blanked out.

    With ``dates_kept`` only the numbers go: for a cell that says *Đã hoàn thành* the date of the document is the answer.

    >>> masked_text("QĐ số 48/2016/QĐ-TTg ngày 31/10/2016, trước ngày 15/12/2022").split()
    ['qđ', ',', 'trước', 'ngày', '15/12/2022']
    """
    folded = fold(text)
    dated = "ngày" in folded
    if _SIGN.search(text) or (dated and ("luật" in folded or "pháp" in folded)):
        parts: list[str] = []
        at = 0
        for found in _NUMBERS.finditer(text):
            end = found.start("dated") if dates_kept and found.group("dated") else found.end()
            parts += [folded[at : found.start()], " " * (end - found.start())]
            at = end
        folded = "".join([*parts, folded[at:]])
    if dates_kept or not dated or "hiệu" not in folded:
        return folded
    return _effect().sub(lambda found: " " * len(found.group()), folded)


def find_moments(masked: str) -> list[Moment]:
    """Return the moments of a text that :func:`masked_text` made, in order."""
    return [moment for found in _MOMENTS.finditer(masked) if (moment := _moment(found)) is not None]


def _moment(found: re.Match[str]) -> Moment | None:
    part = found.groupdict()
    start, end = found.span()

    def made(
        unit: str, year: str | None, first: tuple[int, int], last: tuple[int, int], edge: str = ""
    ) -> Moment | None:
        number = int(year) if year else 1
        try:
            ends = date(number, last[0], last[1] or monthrange(number, last[0])[1])
            return Moment(start, end, unit, date(number, *first), ends, int(year) if year else None, edge)
        except ValueError:  # 31/6: no day of the calendar
            return None

    for day, month, year in (("d", "m", "y"), ("d2", "m2", "y2"), ("d3", "m3", ""), ("d4", "m4", "")):
        if part[day]:
            at = (int(part[month]), int(part[day]))
            since = int(part["d0"]) if day == "d" and part["d0"] else at[1]  # 15-20/6/2022
            moment = made("day", part.get(year), (at[0], min(since, at[1])), at)
            following = bool(part["n2"] or part["n3"])
            return replace(moment, of_next_year=True) if moment is not None and following else moment
    for months, year in (("mo", "my"), ("mo4", "my4")):
        if part[months]:
            numbers = [int(n) for n in re.findall(r"\d+", part[months])]
            return made("month", part[year], (min(numbers), 1), (max(numbers), 0))
    if printed := part["q"] or part["q2"]:
        quarters = [_quarter(q) for q in re.findall(_Q, printed)]
        return made("quarter", part["qy"] or part["qy2"], (3 * min(quarters) - 2, 1), (3 * max(quarters), 0))
    if part["hn"]:
        months_long = {"ba": 3, "sáu": 6, "chín": 9}.get(part["hn"]) or int(part["hn"])
        first, last = (1, months_long) if part["hw"] == "đầu" else (13 - months_long, 12)
        return made("half", part["hy"], (first, 1), (last, 0))
    if part["nw"]:
        first, last = (1, 6) if part["nw"] == "đầu" else (7, 12)
        return made("half", part["ny"], (first, 1), (last, 0))
    if part["pw"]:
        return made("part", part["py"], (1, 1), (12, 31), part["pw"])
    if part["yy"]:
        return made("year", part["yy"], (1, 1), (12, 31))
    begin, finish = int(part["ya"] or part["yc"]), int(part["yb"] or part["yd"])
    if finish < begin:
        return None
    return Moment(start, end, "years", date(begin, 1, 1), date(finish, 12, 31), finish)


def _quarter(text: str) -> int:
    return {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1v": 4, "l": 1, "ll": 2, "lll": 3}.get(text) or int(text)


def with_years(moments: list[Moment], default_year: int | None) -> list[Moment]:
    """Give moments without a year that of the next one that has it, else of the one before, else ``default_year``.

    Those that stay without are left out.
    """
    given: list[Moment] = []
    for i, moment in enumerate(moments):
        if moment.year is not None:
            given.append(moment)
            continue
        later = (m.first.year for m in moments[i + 1 :] if m.year is not None)
        earlier = (m.year for m in reversed(given) if m.year is not None)
        year = next(later, None) or next(earlier, None) or default_year
        if year is not None and (placed := moment.in_year(year)) is not None:
            given.append(placed)
    return given


def plan_year(title: str | None, date: str | None) -> int | None:
    """Return the year that dates without one belong to: the one year that a document's title names, else that of its date.

    >>> plan_year("Thực hiện Chương trình … năm 2024", "2023-12-28"), plan_year("… giai đoạn 2021-2025", "2022-05-01")
    (2024, 2022)
    """
    years = {m.year for m in find_moments(masked_text(title or "")) if m.unit == "year" and m.year is not None}
    if len(years) == 1 and "năm" in (title or "").lower():
        return years.pop()
    return int(date[:4]) if date else None


def money_year(title: str | None, date: str | None) -> int | None:
    """Return the year that money without one is for: as :func:`plan_year`, but none where the title names a period of years.

    >>> money_year("… giai đoạn 2021-2025", "2022-08-18"), money_year("… năm 2022 thuộc giai đoạn 2021-2025", "2022-08-18")
    (None, 2022)
    """
    moments = find_moments(masked_text(title or ""))
    if any(m.unit == "years" for m in moments) and not any(m.unit == "year" for m in moments):
        return None
    return plan_year(title, date)
