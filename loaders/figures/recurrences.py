"""How often: *hằng năm*, *6 tháng*, *02 năm/lần*, *2 lần/năm*, *định kỳ quý, năm*, *đột xuất*."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from loaders.figures.moments import timing_words
from loaders.text.anchors import Anchored
from loaders.text.wordlists import begins_with
from ontology.records import Recurrence

_MONTHS = {
    1: Recurrence.MONTHLY,
    3: Recurrence.QUARTERLY,
    6: Recurrence.SEMIANNUAL,
    9: Recurrence.NINE_MONTH,
    12: Recurrence.ANNUAL,
    24: Recurrence.BIENNIAL,
}
_UNIT_MONTHS = {"tháng": 1, "quý": 3, "quí": 3, "năm": 12}
_BARE = {
    "năm": Recurrence.ANNUAL,
    "cả năm": Recurrence.ANNUAL,
    "quý": Recurrence.QUARTERLY,
    "tháng": Recurrence.MONTHLY,
}


@dataclass(frozen=True, slots=True)
class RecurrenceMention:
    """A recurrence at ``text[start:end]``. ``weak`` ones (*6 tháng*, *năm*) count only beside others or behind *định kỳ*."""

    start: int
    end: int
    code: Recurrence
    weak: bool


@cache
def _rhythms() -> Anchored:
    """The pattern, and where it can match: at a figure, at a unit, or at a word of the table."""
    words = [row.words for row in timing_words().of("recurrence", "numeral")]
    return Anchored(re.compile(r"\d(?<!\w\d)|" + begins_with([*words, *_UNIT_MONTHS, "cả"])), _pattern())


def _pattern() -> re.Pattern[str]:
    table = timing_words()
    number = rf"(?:\d{{1,2}}|{table.pattern('numeral')})"
    unit = r"(?:tháng|năm|quý|quí)"
    return re.compile(
        rf"""
          \b(?:mỗi|một|1|01)\s+(?P<in>{unit})\s+(?:(?:ít\s+nhất|tối\s+thiểu|tổ\s+chức)\s+)?(?P<often>{number})\s*lần\b   # mỗi năm 02 lần
        | \b(?P<times>{number})\s*lần\s*(?:/|trong|mỗi|một)\s*(?:0?1\s*|một\s+)?(?P<per>{unit})\b      # 2 lần/năm
        | \b(?P<word>{table.pattern("recurrence")})\b
        | \b(?P<every>{number})\s*(?P<unit>{unit})\s*(?:/|một|mỗi)?\s*(?:0?1\s+|một\s+)?lần\b          # 02 năm/lần
        | \b(?P<one>{unit})\s*/\s*(?:0?1\s*)?lần\b                                                     # quý/lần
        | (?<!\d[.,/])\b(?P<some>{number})\s*(?P<some_unit>{unit})\b(?!\s*(?:tuổi|qua|nay|kể|sau|trước|liên))   # 6 tháng
        | (?:(?<=^)|(?<=[,;/(])|(?<=[,;/(]\s)|(?<=\bvà\s)|(?<=\bhoặc\s)|(?<=báo\scáo\s)|(?<=định\skỳ\s)|(?<=định\skì\s))
          (?P<bare>cả\s+năm|năm|quý|tháng)(?=\s*(?:$|[,;/().]|(?:và|hoặc|báo|theo|về|gửi|với)\b))                       # quý, năm
        | (?<=báo\scáo\s)(?P<reported>năm|quý|tháng)\b(?!\s*(?:[\divx]|học|nay|qua|trước|sau|ngân))    # báo cáo năm
        """,
        re.VERBOSE,
    )


@cache
def _codes() -> Mapping[str, str]:
    return timing_words().values("recurrence")


def _count(text: str) -> int:
    return int(text) if text.isdigit() else int(timing_words().values("numeral")[" ".join(text.split())])


def find_recurrences(masked: str) -> list[RecurrenceMention]:
    """Return the recurrences of a folded text in order."""
    codes = _codes()
    found: list[RecurrenceMention] = []
    for match in _rhythms().finditer(masked):
        part = match.groupdict()
        weak = False
        if part["word"]:
            code = Recurrence(codes[" ".join(part["word"].split())])
        elif part["times"] or part["often"]:
            times = _count(part["times"] or part["often"])
            months = _UNIT_MONTHS[part["per"] or part["in"]] / times if times else 0.0
            code = _MONTHS.get(int(months), Recurrence.PERIODIC) if months == int(months) else Recurrence.PERIODIC
        elif part["every"]:
            code = _every(_count(part["every"]), part["unit"])
        elif part["one"]:
            code = _every(1, part["one"])
        elif part["bare"] or part["reported"]:
            code, weak = _BARE[" ".join((part["bare"] or part["reported"]).split())], True
        else:
            number, unit = _count(part["some"]), part["some_unit"]
            lead = masked[max(0, match.start() - 24) : match.start()]
            behind = re.search(r"định\s+k[ỳì]\s*\(?\s*$", lead)
            listed = number == 1 and bool(found) and _JOINT.fullmatch(masked, found[-1].end, match.start())
            if unit == "năm" and (behind is None or part["some"] == "năm") and not listed:
                continue  # "Kế hoạch 5 năm", "03 năm": a length, not a rhythm
            if unit == "tháng" and number not in {3, 6, 9, 12} and behind is None:
                continue
            if re.search(r"(?:trong|vòng|thời\s+hạn|kéo\s+dài|tối\s+thiểu|sau|ít\s+nhất)\s*$", lead):
                continue
            code, weak = _every(number, unit), behind is None
        found.append(RecurrenceMention(*match.span(), code, weak))
    return found


_JOINT = re.compile(r"\s*(?:,|/|;|và|hoặc)\s*")
"""What stands between the rhythms of one list: *6 tháng, 1 năm*."""


def _every(number: int, unit: str) -> Recurrence:
    return _MONTHS.get(number * _UNIT_MONTHS[unit], Recurrence.PERIODIC)


def codes_of(mentions: list[RecurrenceMention], masked: str) -> tuple[Recurrence, ...]:
    """Return the codes in order, each once; a *định kỳ* that the next words explain (*định kỳ 6 tháng*) is no code of its own.

    >>> text = "định kỳ (6 tháng, năm), đột xuất"
    >>> [code.value for code in codes_of(find_recurrences(text), text)]
    ['semiannual', 'annual', 'adhoc']
    """
    codes: list[Recurrence] = []
    for mention, follower in zip(mentions, [*mentions[1:], None], strict=False):
        explained = (
            mention.code is Recurrence.PERIODIC
            and follower is not None
            and follower.code not in {Recurrence.PERIODIC, Recurrence.ADHOC}
            and _EXPLAINS.fullmatch(masked, mention.end, follower.start)
        )
        if not explained and mention.code not in codes:
            codes.append(mention.code)
    return tuple(codes)


_EXPLAINS = re.compile(
    r"[\s(:]*(?:(?:là|gồm|theo|bao\s+gồm)[\s:]*)?(?:báo\s+cáo\s+)?(?:(?:vào|trước|chậm\s+nhất)\s+)?(?:ngày\s+\d{1,2}\s+)?(?:của\s+)?(?:tháng\s+)?"
)
