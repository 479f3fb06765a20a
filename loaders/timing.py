"""When a task is due: an interval, a recurrence or a completion, from a cell or from running text.

What a careful clerk would write, where the words leave a choice:

- ``start``/``end`` are inclusive. A bare deadline has only ``end``; *từ năm 2022*, *Năm 2022 và các năm tiếp theo* only ``start``.
- *trước ngày 15/12/2022* ends on 15 December (so offices use it); before a month, quarter or year ends on its eve.
- *cuối năm 2022* has only ``end``, *đầu năm 2023* only ``start``. Several moments give the interval that holds them all.
- *định kỳ* is ``periodic`` only where the text does not say how often. *Thường xuyên*, *giữa kỳ*, *cuối kỳ*, *Sau khi …*, *Theo quy định* have
  neither interval nor code: the text alone.
- A day or month without a year takes the year of the next moment, of the one before, or ``default_year``; where it comes
  back every year it has no interval.
- A cell that says *Đã hoàn thành* has no interval; ``date`` is the last date in it, that of the document or of the event.
"""

import re
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from loaders.moments import Moment, find_moments, masked_text, timing_words, with_years
from loaders.passage import Passage
from loaders.recurrences import RecurrenceMention, codes_of, find_recurrences
from loaders.wordlists import squeeze
from ontology.records import Recurrence, Timing

_BLANK = re.compile(r"[\s.\-–—…_/]*")


class TimingMention(NamedTuple):
    """A timing at ``passage.text[start:end]``."""

    start: int
    end: int
    timing: Timing


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
    moments, rhythm = _read(masked)
    codes = codes_of(rhythm, masked)
    if any(code not in {Recurrence.PERIODIC, Recurrence.ADHOC} for code in codes):
        moments = [moment for moment in moments if moment.year is not None]
    start, end = _interval(masked, with_years(moments, default_year))
    return Timing(printed, start, end, codes)


def _read(masked: str) -> tuple[list[Moment], list[RecurrenceMention]]:
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
    filler = r"(?:ngày|cuối|hết|thời\s+điểm|khoảng|mốc|giai\s+đoạn|kỳ|ngày\s+cuối)"
    return re.compile(rf"(?:^|(?<=[\s(,;:.\-–/]))(?:{groups})(?:\s+{filler})*\s*$")


def _bound_of(masked: str, moment: Moment, floor: int) -> tuple[str, int]:
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


def _interval(masked: str, moments: list[Moment]) -> tuple[str | None, str | None]:
    starts, ends = [], []
    onward = False
    floor = 0
    for moment in moments:
        kind, _ = _bound_of(masked, moment, floor)
        floor = moment.end
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


# --- running text --------------------------------------------------------------------------------------------------


class _Stretch(NamedTuple):
    start: int
    end: int
    rhythm: bool
    weak: bool = False


def find_timings(passage: Passage, *, default_year: int | None = None) -> list[TimingMention]:
    """Return what says when or how often in running text, in order.

    Not read as timings: dates of cited documents, dates of effect, periods inside the names of programmes, years that qualify a noun
    (*kế hoạch năm 2022*), *hằng năm* that does (*vốn hằng năm*).
    """
    text = passage.text
    masked = masked_text(text)
    found: list[TimingMention] = []
    labelled = _labelled(masked)
    stretches = _merged(masked, [s for s in _stretches(masked) if not any(a <= s.start < b for a, b in labelled)])
    for start, end in sorted(labelled + stretches):
        timing = parse_timing(text[start:end], default_year=default_year)
        if timing is not None:
            spanned = Timing(*_fields(timing), span=passage.span(start, end))
            found.append(TimingMention(start, end, spanned))
    return found


def _fields(timing: Timing) -> tuple[str, str | None, str | None, tuple[Recurrence, ...], bool, str | None]:
    return timing.text, timing.start, timing.end, timing.recurrence, timing.completed, timing.date


@cache
def _label() -> re.Pattern[str]:
    return re.compile(r"(?:^|(?<=[\s\-+*.;(]))" + timing_words().pattern("label") + r"\s*:\s*")


def _labelled(masked: str) -> list[tuple[int, int]]:
    """What stands behind *Thời gian thực hiện:*, up to the end of the clause."""
    found = []
    for label in _label().finditer(masked):
        stop = re.compile(r"[;)]|\.(?=\s|$)|\s[-+*]\s(?=[^;.:\d]{3,60}:)|$").search(masked, label.end())
        end = stop.start() if stop else len(masked)
        if masked[label.end() : end].strip():
            found.append((label.end(), len(masked[:end].rstrip())))
    return found


_DONE = re.compile(r"^(?:(?:hoàn\s+thành|xong|thực\s+hiện)\s+)?")


def _stretches(masked: str) -> list[_Stretch]:
    moments, rhythm = _read(masked)
    found: list[_Stretch] = []
    floor = 0
    for i, moment in enumerate(moments):
        kind, at = _bound_of(masked, moment, floor)
        follows = (
            bool(found)
            and not found[-1].weak
            and masked[found[-1].end : at].strip(" ,") in {"", "và"}
            and floor == found[-1].end
        )
        floor = moment.end
        if kind == "within":
            at = moment.start  # "hoàn thành trong Quý IV/2023": the quarter is the timing
        else:
            at += len(_DONE.findall(masked[at : at + 20])[0])
        if _is_due(masked, moment, kind, at, moments[i + 1 : i + 2]) or (follows and kind in {"until", "before", ""}):
            found.append(_Stretch(at, moment.end, rhythm=False))
        elif moment.unit == "year" and masked.startswith("năm", moment.start):
            found.append(_Stretch(moment.start, moment.end, rhythm=True, weak=True))  # "năm 2022 hoặc đột xuất"
    for mention in rhythm:
        if not _qualifies_noun(masked, mention):
            lead_in = _lead_in().search(masked, _floor_of(found, mention.start), mention.start)
            start = lead_in.start() if lead_in else mention.start
            found.append(_Stretch(start, mention.end, rhythm=True, weak=mention.weak))
    return sorted(found)


def _floor_of(stretches: list[_Stretch], before: int) -> int:
    """Return where the last stretch that ends before ``before`` ends."""
    return max((stretch.end for stretch in stretches if stretch.end <= before), default=0)


@cache
def _lead_in() -> re.Pattern[str]:
    """*theo* (định kỳ); *trước ngày 15 tháng* (cuối quý); *vào ngày 20* (hằng tháng)."""
    bounds = timing_words().pattern("before", "until")
    return re.compile(rf"(?:\btheo\s+|\b(?:{bounds}\s+)?ngày\s+\d{{1,2}}\s+(?:của\s+)?(?:tháng\s+)?(?:của\s+)?)$")


def _is_due(masked: str, moment: Moment, kind: str, at: int, following: list[Moment]) -> bool:
    """Tell whether a moment in running text says when something is due; the bound words decide, by unit."""
    if kind == "after":
        return False
    if moment.unit == "quarter":
        return True
    if moment.unit in {"day", "half", "part"}:
        return kind != "" and not (kind == "from" and not _closes(masked, moment, following))
    if moment.unit == "month":
        return kind != "" or moment.year is not None
    if kind == "" and moment.unit == "year":
        return _is_year_of_doing(masked, moment)
    opening = re.search(r"(?:^|[.;:,(])\s*$", masked[:at]) is not None
    completion = re.search(timing_words().pattern("completion") + r"[^.;]{0,25}$", masked[:at]) is not None
    if kind == "until":
        return opening or completion or re.match(r"đến\s+hết|hết|chậm|muộn|không", masked[at:]) is not None
    if kind == "from":
        return _closes(masked, moment, following)
    return kind in {"before", "within"}


@cache
def _doing() -> re.Pattern[str]:
    return re.compile(r"\W*" + timing_words().pattern("doing") + r"(?![^\W_])")


@cache
def _any_attribute() -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])" + timing_words().pattern("attribute") + r"(?![^\W_])")


def _is_year_of_doing(masked: str, moment: Moment) -> bool:
    """Tell whether a clause says what is done in a year (*Rà soát hộ nghèo năm 2022;*), not what a plan or text is for."""
    begin = max(masked.rfind(mark, 0, moment.start) for mark in ".;:") + 1
    if not masked.startswith("năm", moment.start) or not re.match(r"\s*(?:[.;]|$)", masked[moment.end :]):
        return False
    clause = masked[begin : moment.start]
    return _doing().match(clause) is not None and _any_attribute().search(clause) is None


def _closes(masked: str, moment: Moment, following: list[Moment]) -> bool:
    """Tell whether *từ …* is followed by its *đến …*."""
    return bool(following) and _bound_of(masked, following[0], moment.end)[0] in {"until", "before"}


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(r"(?:^|(?<=\W))" + timing_words().pattern("attribute") + r"(?:\s*[,và]+\s*)?\s*$")


def _qualifies_noun(masked: str, mention: RecurrenceMention) -> bool:
    """Tell whether *hằng năm* belongs to the noun before it (*vốn hằng năm*), or *đột xuất* to the one behind."""
    if mention.code in {Recurrence.PERIODIC, Recurrence.ADHOC}:
        return False
    before = masked[: mention.start]
    return (
        _attribute().search(before) is not None
        or re.match(r"\s+(?:của|được\s+giao)\b", masked[mention.end :]) is not None
    )


_PROVISO = re.compile(r"\s*(?:\((?:khi|nếu)\s[^()]{3,40}\)|khi\s+cần\s+thiết\b)")
_LIST = r"\s|[,/()]|\bvà\b|\bhoặc\b"
_GLUE = re.compile(rf"(?:{_LIST})*")
_RHYTHM_GLUE = re.compile(rf"(?:{_LIST}|;|\btheo\b|\bbáo\s+cáo\b|\b(?:đầu|giữa|cuối)\s+k[ỳì]\b|\bkhi\s+cần\s+thiết\b)*")


def _is_list(masked: str, group: list[_Stretch]) -> bool:
    """Tell whether weak stretches make a list of rhythms (*6 tháng, năm*), not two years that qualify nouns."""
    return not any(masked.startswith("năm 2", stretch.start) for stretch in group)


def _merged(masked: str, stretches: list[_Stretch]) -> list[tuple[int, int]]:
    """Join neighbours with nothing but list words between them; drop what is weak and stands alone."""
    groups: list[list[_Stretch]] = []
    for stretch in stretches:
        before = groups[-1][-1] if groups else None
        glue = _RHYTHM_GLUE if before and before.rhythm and stretch.rhythm else _GLUE
        if before and glue.fullmatch(masked, before.end, max(stretch.start, before.end)):
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    found: list[tuple[int, int]] = []
    for group in groups:
        if all(stretch.weak for stretch in group) and (len(group) == 1 or not _is_list(masked, group)):
            continue
        start, end = group[0].start, max(stretch.end for stretch in group)
        if masked.count("(", start, end) > masked.count(")", start, end) and masked[end : end + 1] == ")":
            end += 1
        if (proviso := _PROVISO.match(masked, end)) is not None:
            end = proviso.end()
        found.append((start, end))
    return found
