"""When a task is due: an interval, a recurrence or a completion, from a table cell or a phrase.

What a careful clerk would write, where the words leave a choice:

- ``start``/``end`` are inclusive. A bare deadline has only ``end``; *từ năm 2022*, *Năm 2022 và các năm tiếp theo* only ``start``.
- *trước ngày 15/12/2022* ends on 15 December (so offices use it); before a month, quarter or year ends on its eve.
- *cuối năm 2022* has only ``end``, *đầu năm 2023* only ``start``. Several moments give the interval that holds them all.
- *định kỳ* is ``periodic`` only where the text does not say how often. *Thường xuyên*, *giữa kỳ*, *cuối kỳ*, *Sau khi …*, *Theo quy định* have
  neither interval nor code: the text alone.
- A day or month without a year takes the year of the next moment, of the one before, or ``default_year``; where it comes
  back every year it has no interval.
- A term (*trong thời hạn 30 ngày kể từ ngày …*) has an interval only where the words name the day that it runs from.
- A cell that says *Đã hoàn thành* has no interval; ``date`` is the last date in it, that of the document or of the event.
"""

import re
from datetime import timedelta
from functools import cache, lru_cache

from loaders.figures.moments import Moment, find_moments, masked_text, timing_words, with_years
from loaders.figures.recurrences import RecurrenceMention, codes_of, find_recurrences
from loaders.figures.terms import Term, find_terms
from loaders.text.wordlists import squeeze
from ontology.records import Recurrence, Timing

_BLANK = re.compile(r"[\s.\-–—…_/]*")


@lru_cache(maxsize=2048)
def parse_timing(text: str, *, default_year: int | None = None) -> Timing | None:
    """Read a whole cell or phrase; ``None`` only where it is empty or a dash. What is not understood keeps its text.

    >>> parse_timing("Quý II/2017").end
    '2017-06-30'
    >>> parse_timing("6 tháng/ Hằng năm/ Đột xuất").recurrence
    (<Recurrence.SEMIANNUAL: 'semiannual'>, <Recurrence.ANNUAL: 'annual'>, <Recurrence.ADHOC: 'adhoc'>)
    >>> parse_timing("Đã hoàn thành (QĐ số 48/2016/QĐ-TTg ngày 31/10/2016)").date
    '2016-10-31'
    >>> parse_timing("Sau khi có hướng dẫn")
    Timing(text='Sau khi có hướng dẫn', start=None, end=None, recurrence=(), completed=False, date=None, span=None)
    """
    printed = squeeze(text)
    if _BLANK.fullmatch(printed):
        return None
    if _completed().match(masked_text(printed, dates_kept=True)):
        days = [m for m in find_moments(masked_text(printed, dates_kept=True)) if m.unit == "day" and m.year]
        return Timing(printed, completed=True, date=days[-1].last.isoformat() if days else None)
    masked = masked_text(printed)
    if (done := _done_inside().search(masked)) is not None:
        masked = masked[: done.start()]  # "Năm 2023 (đã hoàn thành)"
        return Timing(printed, *_interval(masked, with_years(find_moments(masked), default_year)), completed=True)
    moments, rhythm = read_times(masked)
    codes = codes_of(rhythm, masked)
    if (term := find_terms(masked)) and not codes:
        return Timing(printed, *_interval_of(term[0], moments, default_year))
    if any(code not in {Recurrence.PERIODIC, Recurrence.ADHOC} for code in codes):
        moments = [moment for moment in moments if moment.year is not None]
    start, end = _interval(masked, with_years(moments, default_year))
    if default_year is not None and _WITHIN_YEAR.fullmatch(masked):
        return Timing(printed, f"{default_year}-01-01", f"{default_year}-12-31")
    return Timing(printed, start, end, codes)


@cache
def _done_inside() -> re.Pattern[str]:
    return re.compile(r"\s*\(\s*" + timing_words().pattern("completed") + r"\s*\)\W*$")


def _interval_of(term: Term, moments: list[Moment], default_year: int | None) -> tuple[str | None, str | None]:
    """Return the interval of a term that runs from a day the words name; one that runs from an event has none."""
    days = [m for m in with_years(moments, default_year) if m.unit == "day" and m.start >= term.counted_from]
    if not days or not term.runs_on:
        return None, None
    start, end = days[0].first, term.end_from(days[0].first)
    return start.isoformat(), end.isoformat() if end is not None else None


_WITHIN_YEAR = re.compile(r"\W*(?:(?:thường\s+xuyên|thực\s+hiện|hoàn\s+thành)\s+)?(?:trong|cả)\s+năm\W*")


def read_times(masked: str) -> tuple[list[Moment], list[RecurrenceMention]]:
    """Return moments and recurrences; *6 tháng đầu năm* is a rhythm in a report's list and an interval elsewhere."""
    moments, rhythm = find_moments(masked), find_recurrences(masked)
    firm = any(not mention.weak for mention in rhythm) or "báo cáo" in masked or len(rhythm) > 1
    if firm:
        moments = [m for m in moments if not (m.unit in {"half", "part"} and m.year is None)]
    taken = [(m.start, m.end) for m in moments]
    return moments, [r for r in rhythm if not any(start < r.end and r.start < end for start, end in taken)]


@cache
def _completed() -> re.Pattern[str]:
    return re.compile(r"\W*" + timing_words().pattern("completed") + r"\b")


@cache
def _bound() -> re.Pattern[str]:
    """The bound words right before a moment, in groups named by kind; *ngày*, *tháng* … may stand between."""
    groups = "|".join(
        f"(?P<{kind}>{timing_words().pattern(kind)})" for kind in ("before", "until", "from", "within", "after")
    )
    filler = r"(?:ngày|cuối|hết|thời\s+điểm|khoảng|mốc|giai\s+đoạn|kỳ|ngày\s+cuối|\d{1,2}\s*(?:giờ|h)(?:\s*\d{1,2}(?:\s*phút)?)?\s*,?)"
    return re.compile(rf"(?:^|(?<=[\s(,;:.\-–/]))(?:{groups})(?:\s+{filler})*\s*$")


def bound_of(masked: str, moment: Moment, floor: int) -> tuple[str, int]:
    """Return the kind of the bound word before ``moment`` (``""`` for none) and where it begins."""
    kind, at = "", moment.start
    while (found := _bound().search(masked, floor, at)) is not None:
        inner = found.lastgroup or ""
        if kind and (kind, inner) not in {
            ("until", "before"),
            ("before", "until"),
            ("until", "until"),
            ("from", "from"),
        }:
            break
        kind = "before" if "before" in {kind, inner} and "until" not in {kind} else inner
        at = found.start()
    return kind, at


_AND = re.compile(r"\s*(?:,|;|và|hoặc)\s*")
_TO = re.compile(r"\s*[-–—÷]\s*")
_SINCE_DAY = re.compile(r"\btừ\s+(?:ngày\s+)?(\d{1,2})\s*$")
"""*từ ngày 15 đến ngày 30/6/2022*: the first day has no month of its own."""


def _is_span(moment: Moment) -> bool:
    """Tell whether a moment holds more than one of its unit (*2021-2025*, *quý II-IV*)."""
    months = 12 * (moment.last.year - moment.first.year) + moment.last.month - moment.first.month
    return moment.unit == "years" or months > {"month": 0, "quarter": 2}.get(moment.unit, 12)


def _interval(masked: str, moments: list[Moment]) -> tuple[str | None, str | None]:
    starts, ends = [], []
    onward = False
    floor = 0
    before = ""
    for moment in moments:
        kind, at = bound_of(masked, moment, floor)
        if not kind and before in {"before", "until"} and _AND.fullmatch(masked, floor, at):
            kind = before  # "trước 15/6 và 15/12"
        if kind == "from" and _is_span(moment):
            kind = ""  # "từ 2021-2025"
        if not kind and before == "from" and _TO.fullmatch(masked, floor, at):
            kind = "until"  # "Từ tháng 4/2022 - 2025"
        if kind == "until" and (since := _SINCE_DAY.search(masked, floor, at)) is not None:
            starts.append(moment.first.replace(day=min(int(since[1]), moment.first.day)))
        before, floor = kind, moment.end
        tail = masked[moment.end : moment.end + 30]
        onward = onward or _onward().match(tail) is not None
        if kind == "after":
            continue
        if kind == "from" or moment.part == "đầu":
            starts.append(moment.first)
        elif kind == "until" or moment.part == "cuối":
            ends.append(moment.last)
        elif kind == "before":
            ends.append(moment.last if moment.unit == "day" else moment.first - timedelta(days=1))
        else:
            starts.append(moment.first)
            ends.append(moment.last)
    start = min(starts).isoformat() if starts else None
    end = max(ends).isoformat() if ends and not onward else None
    return (None, end) if start and end and start > end else (start, end)


@cache
def _onward() -> re.Pattern[str]:
    return re.compile(r"\s*,?\s*" + timing_words().pattern("onward"))
