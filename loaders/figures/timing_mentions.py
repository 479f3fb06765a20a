"""Timings in running text: what of a duty says when or how often, and what only looks so.

Not timings: dates of cited documents, dates of effect, periods inside the names of programmes, years that qualify a noun (*kế hoạch năm
2022*), *hằng năm* that does (*vốn hằng năm*). The words of completion (*hoàn thành trong*) are not part of the timing; *trước*, *đến* are.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from loaders.figures.moments import Moment, masked_text, timing_words
from loaders.figures.recurrences import RecurrenceMention
from loaders.figures.terms import Term, find_terms
from loaders.figures.timing import bound_of, parse_timing, read_times
from loaders.text.passage import Passage
from ontology.folding import fold
from ontology.records import Recurrence, Timing

_LOOK = 60
"""So many characters before a moment are looked at for what governs it."""


class TimingMention(NamedTuple):
    """A timing at ``passage.text[start:end]``."""

    start: int
    end: int
    timing: Timing


class _Stretch(NamedTuple):
    start: int
    end: int
    rhythm: bool
    weak: bool = False


def find_timings(passage: Passage, *, default_year: int | None = None) -> list[TimingMention]:
    """Return what says when or how often in running text, in order."""
    return list(_timings(passage, default_year))


def _timings(passage: Passage, default_year: int | None) -> Iterator[TimingMention]:
    text = passage.text
    for start, end in _places(text):
        if (bare := _PERIODIC_NOUN.match(fold(text[start:end]))) is not None and start and text[start - 1].isspace():
            start += bare.end()
        timing = parse_timing(text[start:end], default_year=default_year)
        if timing is not None:
            yield TimingMention(start, end, Timing(*_fields(timing), span=passage.span(start, end)))


@lru_cache(maxsize=1024)
def _places(text: str) -> tuple[tuple[int, int], ...]:
    """Return where timings stand in running text, in order."""
    masked = masked_text(text)
    labelled = _labelled(masked)
    stretches = _merged(masked, [s for s in _stretches(masked) if not any(a <= s.start < b for a, b in labelled)])
    return tuple(sorted(labelled + stretches))


def find_first_timing(passage: Passage, *, default_year: int | None = None) -> Timing | None:
    """Return the first of :func:`find_timings`, ``None`` where nothing says when or how often."""
    held: TimingMention | None = None
    for found in _timings(passage, default_year):
        if held is not None and re.search(r"[;:]|\.\s", passage.text[held.end : found.start]):
            break
        if found.timing.recurrence != (Recurrence.PERIODIC,) or found.timing.end or found.timing.start:
            return found.timing  # "định kỳ báo cáo … trước ngày 20 hằng tháng": the day says more
        held = held or found
    return held.timing if held is not None else None


def _fields(timing: Timing) -> tuple[str, str | None, str | None, tuple[Recurrence, ...], bool, str | None]:
    return timing.text, timing.start, timing.end, timing.recurrence, timing.completed, timing.date


@cache
def _label() -> re.Pattern[str]:
    return re.compile(r"(?:^|(?<=[\s\-+*.;(]))" + timing_words().pattern("label") + r"\s*:\s*")


def _labelled(masked: str) -> list[tuple[int, int]]:
    """What stands behind *Thời gian thực hiện:*, up to the end of the clause."""
    found: list[tuple[int, int]] = []
    if ":" not in masked:
        return found
    for label in _label().finditer(masked):
        stop = _CLAUSE_END.search(masked, label.end())
        end = stop.start() if stop else len(masked)
        if masked[label.end() : end].strip():
            found.append((label.end(), len(masked[:end].rstrip())))
    return found


_CLAUSE_END = re.compile(r"[;)]|\.(?=\s|$)|\s[-+*]\s(?=[^;.:\d]{3,60}:)|$")
_PERIODIC_NOUN = re.compile(r"định\s+kỳ\s+(?=tháng\s+\d{1,2}(?:/|\s+năm\s+)\d{4})")
"""In *sinh hoạt định kỳ tháng 6/2026* the words *định kỳ* belong to the meeting."""
_DUE_ASIDE = re.compile(r"\s*\((?:trước|chậm\s+nhất|vào|xong\s+trước|muộn\s+nhất)[^()]{0,40}\)")
"""*hàng tháng (trước ngày 20)*: the day of the month belongs to the rhythm."""
_BLANKS = re.compile(r"\s*(?:của\s+)?")
_DONE = re.compile(r"^(?:(?:hoàn\s+thành|xong|thực\s+hiện)\s+)?")


def _stretches(masked: str) -> list[_Stretch]:
    moments, rhythm = read_times(masked)
    terms = find_terms(masked)
    found = [_Stretch(term.start, term.end, rhythm=False) for term in terms]
    if terms:
        moments = [m for m in moments if not _is_within(m.start, terms)]
        rhythm = [r for r in rhythm if not _is_within(r.start, terms)]
    firm = [r.start for r in rhythm if not r.weak]
    floor = 0
    for i, moment in enumerate(moments):
        kind, at = bound_of(masked, moment, floor)
        behind = bisect_left(firm, moment.end)
        yearly = (
            moment.year is None and behind < len(firm) and bool(_BLANKS.fullmatch(masked, moment.end, firm[behind]))
        )
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
        if (
            _is_due(masked, moment, kind, at, moments[i + 1 : i + 2])
            or (follows and kind in {"until", "before", ""})
            or yearly
        ):
            found.append(_Stretch(at, moment.end, rhythm=False))
        elif moment.unit == "year" and masked.startswith("năm", moment.start):
            found.append(_Stretch(moment.start, moment.end, rhythm=True, weak=True))  # "năm 2022 hoặc đột xuất"
    ends = sorted(stretch.end for stretch in found)
    for mention in rhythm:
        if not _qualifies_noun(masked, mention):
            ended = bisect_right(ends, mention.start)
            lead_in = _lead_in().search(masked, ends[ended - 1] if ended else 0, mention.start)
            start = lead_in.start() if lead_in else mention.start
            due = _DUE_ASIDE.match(masked, mention.end)
            found.append(_Stretch(start, due.end() if due else mention.end, rhythm=True, weak=mention.weak))
            insort(ends, found[-1].end)
    return sorted(found)


def _is_within(at: int, terms: list[Term]) -> bool:
    """Tell whether a place is inside one of the terms, which stand in order."""
    before = bisect_right(terms, at, key=lambda term: term.start)
    return before > 0 and at < terms[before - 1].end


@cache
def _lead_in() -> re.Pattern[str]:
    """*theo* (định kỳ); *trước ngày 15 tháng* (cuối quý); *vào ngày 20* (hằng tháng)."""
    bounds = timing_words().pattern("before", "until")
    return re.compile(
        rf"(?:\btheo\s+|\btừ\s+ngày\s+\d{{1,2}}\s+đến\s+ngày\s+\d{{1,2}}\s+|\b(?:{bounds}\s+)?ngày\s+\d{{1,2}}\s+(?:của\s+)?(?:tháng\s+)?(?:của\s+)?)$"
    )


def _is_due(masked: str, moment: Moment, kind: str, at: int, following: list[Moment]) -> bool:
    """Tell whether a moment in running text says when something is due; the bound words decide, by unit."""
    if kind == "after":
        return False
    if moment.unit == "quarter":
        return True
    if moment.unit in {"day", "half", "part"}:
        begins = kind != "from" or _closes(masked, moment, following) or _BEGINNING.search(masked, 0, at) is not None
        return kind != "" and begins
    if moment.unit == "month":
        return kind != "" or moment.year is not None
    if kind == "" and moment.unit == "year":
        return _is_year_of_doing(masked, moment)
    opening = at == 0 or re.search(r"[.;:,(]\s*$", masked[max(0, at - _LOOK) : at]) is not None
    completion = (
        re.search(timing_words().pattern("completion") + r"[^.;]{0,25}$", masked[max(0, at - _LOOK) : at]) is not None
    )
    if kind == "until":
        return opening or completion or re.match(r"đến\s+hết|hết|chậm|muộn|không", masked[at:]) is not None
    if kind == "from":
        return _closes(masked, moment, following)
    return kind in {"before", "within"}


_BEGINNING = re.compile(r"(?<![^\W_])(?:thực\s+hiện|triển\s+khai|áp\s+dụng|vận\s+hành|bắt\s+đầu|sử\s+dụng)\s*$")
"""*thực hiện từ ngày 01/7/2025* says when; *được ban hành từ ngày …* does not."""


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
    return bool(following) and bound_of(masked, following[0], moment.end)[0] in {"until", "before"}


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(r"(?:^|(?<=\W))" + timing_words().pattern("attribute") + r"(?:\s*[,và]+\s*)?\s*$")


_BESIDE_ANOTHER = re.compile(
    r"\b(?:kế hoạch|dự toán|vốn|kinh phí)\s+(?:\d{1,2}\s+năm|trung\s+hạn|dài\s+hạn|năm)(?:\s+giai\s+đoạn\s+\d{4}\s*[-–]\s*\d{4})?(?:\s*,|\s+và|\s+hoặc)\s*$"
)
"""*kế hoạch 5 năm và* (hằng năm): the plan's second attribute."""


def _qualifies_noun(masked: str, mention: RecurrenceMention) -> bool:
    """Tell whether *hằng năm* belongs to the noun before it (*vốn hằng năm*), or *đột xuất* to the one behind."""
    if mention.code in {Recurrence.PERIODIC, Recurrence.ADHOC}:
        return False
    before = masked[max(0, mention.start - _LOOK) : mention.start]
    return (
        _attribute().search(before) is not None
        or _BESIDE_ANOTHER.search(before) is not None
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
