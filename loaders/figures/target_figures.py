"""Figures with their units in a line of goals: *96%*, *110 trường học*, *02 - 2,5%/năm*, *19/19 tiêu chí*.

The units and the words around figures are rows of ``ontology/tables/target_words.csv``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from loaders.figures.moments import find_moments
from loaders.figures.numerals import NUMERAL
from loaders.text.wordlists import WordList, load_words, squeeze

_KINDS = ("measure", "noun", "hedge", "onward", "opening", "closing", "start", "not_count")


@cache
def target_words() -> WordList:
    """Return ``ontology/tables/target_words.csv``."""
    return load_words("target_words", _KINDS)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit at ``[start, end)``; ``named_at`` where the unit's noun begins (behind *nghìn*, *triệu*)."""

    start: int
    named_at: int
    end: int
    value: str
    unit: str
    noun: bool


@cache
def _figure() -> re.Pattern[str]:
    table = target_words()
    scale = r"(?:nghìn|ngàn|triệu|vạn)\s+"
    rate = r"/\s?1(?:00|0)?\.000\s+(?:trẻ\s+đẻ\s+sống|trẻ\s+em|dân|người)"  # 42/100.000 trẻ đẻ sống
    per = r"(?:\s*/\s*(?:năm|người/năm|người|hộ|xã|ha|tháng|vạn\s+dân|ngày))?"
    return re.compile(
        rf"""(?<![\w.,/\-–])(?P<low>(?P<fraction>\d{{1,3}}\s?/\s?\d{{1,3}})|{NUMERAL})(?:\s*(?:%\s*)?(?:-|–|—|đến|tới)\s*(?P<high>{NUMERAL}))?
             \s*(?P<unit>{rate}|(?:{scale})?(?:(?P<measure>{table.pattern("measure")})|(?P<noun>{table.pattern("noun")})){per})(?![^\W_])""",
        re.VERBOSE,
    )


@cache
def words_before(kind: str) -> re.Pattern[str]:
    """Words of a kind at the end of a text."""
    return re.compile(r"(?:^|(?<=[\s,(]))" + target_words().pattern(kind) + r"\s*$")


@cache
def words_after(kind: str) -> re.Pattern[str]:
    """Words of a kind at the start of a text."""
    return re.compile(r"[\s,:+–-]*" + target_words().pattern(kind) + r"(?![^\W_])\s*[,:]?\s*")


def parse_value(low: str, high: str | None = None) -> str:
    """Return a value as printed, without blanks and leading zeros.

    >>> parse_value("02", "2,5"), parse_value("1.438"), parse_value("0,5"), parse_value("06")
    ('2-2,5', '1.438', '0,5', '6')
    """
    values = [re.sub(r"^0+(?=\d)", "", re.sub(r"\s", "", one)) for one in (low, high) if one]
    return "-".join(values)


def find_figures(masked: str) -> list[Figure]:
    taken = [(moment.start, moment.end) for moment in find_moments(masked)]
    found: list[Figure] = []
    for match in _figure().finditer(masked):
        if not (match["fraction"] and match["noun"]) and any(
            a < match.end("low") and match.start() < b for a, b in taken
        ):
            continue
        if _is_age(masked, match) or _is_aside(masked, match, found):
            continue
        if match["noun"] and words_before("not_count").search(masked[max(0, match.start() - 24) : match.start()]):
            continue
        unit = squeeze(match["unit"]).replace(" /", "/").replace("/ ", "/")
        value = parse_value(match["low"], match["high"])
        named = match.start("noun") if match["noun"] else match.start("unit")
        found.append(Figure(match.start(), named, match.end(), value, unit, bool(match["noun"])))
    return found


def _is_age(masked: str, match: re.Match[str]) -> bool:
    """Tell whether a figure is an age that describes people (*trẻ em dưới 16 tuổi*), not a life expectancy."""
    return squeeze(match["unit"]) == "tuổi" and "tuổi thọ" not in masked[max(0, match.start() - 60) : match.start()]


def _is_aside(masked: str, match: re.Match[str], before: Sequence[Figure]) -> bool:
    """Tell whether a figure stands in brackets behind another and only explains it (*giảm 3% (từ 12% xuống 9%)*)."""
    opened = masked.rfind("(", 0, match.start())
    if opened < 0 or ")" in masked[opened : match.start()] or not any(one.end <= opened for one in before):
        return False
    return re.match(r"\(\s*(?:tương\s+đương|trong\s+đó|bằng)\b", masked[opened:]) is None


def is_baseline(masked: str, one: Figure, other: Figure) -> bool:
    """Tell whether ``one`` is only where ``other`` starts from: *từ 5,2% (năm 2021) xuống còn 3%*."""
    between = masked[one.end : other.start]
    step = re.fullmatch(
        r"\s*(?:\([^()]*\)\s*)?(?:(?:(?:đầu|cuối)\s*)?(?:năm\s*)?\d{4}\s*)?(?:,\s*)?(?:(?:giảm|tăng)\s*)?(?:xuống|lên|còn)[^,;.\d]{0,20}(?:năm\s+\d{4}\s*)?",
        between,
    )
    return (
        step is not None
        and re.search(r"\btừ\s+(?:khoảng\s+|mức\s+)?$", masked[max(0, one.start - 24) : one.start]) is not None
    )


def find_comparator(masked: str, figure: Figure, start: int) -> str | None:
    """Return how the value is meant: ``≥``, ``>``, ``≤``, ``<`` or ``≈``; ``None`` where the figure stands bare. ``start``: of its clause.

    >>> text = "phấn đấu đạt từ 90% trở lên"
    >>> find_comparator(text, find_figures(text)[0], 0)
    '≥'
    """
    if (behind := onward_behind(masked, figure)) is not None:
        return target_words().values("onward")[squeeze(behind.group())]
    end = figure.start
    while (hedge := words_before("hedge").search(masked, start, end)) is not None:
        if value := target_words().values("hedge")[squeeze(hedge.group())]:
            return value
        end = hedge.start()
    return None


def onward_behind(masked: str, figure: Figure) -> re.Match[str] | None:
    """Return *trở lên* or *trở xuống* right behind a figure."""
    return _onward().match(masked, figure.end)


@cache
def _onward() -> re.Pattern[str]:
    return re.compile(r"\s*" + target_words().pattern("onward") + r"(?![^\W_])")
