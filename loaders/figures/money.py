"""Amounts of money in đồng, in million: ``3.188 triệu đồng``, ``2,5 tỷ đồng``, ``2 tỷ 500 triệu đồng``.

Foreign currency is left alone, and so are counts (*1,5 triệu lao động*) and words that only look like money (*2 triệu đồng bào*).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from loaders.figures.numerals import NUMERAL, parse_number
from loaders.text.anchors import Anchored
from loaders.text.wordlists import WordList, load_words, squeeze
from ontology.folding import fold


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at ``text[start:end]`` in million đồng; ``high`` differs from ``low`` in a range (*10 - 15 triệu đồng*)."""

    start: int
    end: int
    low: Decimal
    high: Decimal


@cache
def money_words() -> WordList:
    """Return ``ontology/tables/money_words.csv``."""
    return load_words("money_words", ("unit", "foreign", "bare", "not_money"))


@cache
def _amounts() -> Anchored:
    table = money_words()
    unit, not_money, foreign = table.pattern("unit"), table.pattern("not_money"), table.pattern("foreign")
    pattern = re.compile(
        rf"""(?<![\d.,/\-])(?P<number>{NUMERAL})
             (?:\s*(?:-|–|—|đến|tới)\s*(?P<to>{NUMERAL}))?
             \s*(?P<unit>{unit})(?![^\W_])
             (?!\s+{not_money}\b)(?!\s*{foreign}\b)""",
        re.VERBOSE,
    )
    return Anchored(re.compile(r"\d(?<!\d\d)"), pattern)


@cache
def _first_words() -> tuple[str, ...]:
    """Words of which every amount has one; most text has none and is not looked at further."""
    return tuple(sorted({row.words.split()[0] for row in money_words().of("unit")}))


_AFTER_BARE = re.compile(
    r"\s*(?:$|[.,;:)(/+]|-\s|\d|(?:từ|cho|để|do|và|gồm|trong|được|của|thuộc|nguồn|vốn|mỗi|so|lên|xuống)\b)"
)
"""What may follow *5 tỷ* or *20 triệu* if it is money: *5 tỷ từ ngân sách*, not *1,5 triệu lao động*."""


def find_amounts(text: str) -> list[Amount]:
    """Return the amounts in a text, in order; neighbours of falling units are one (*2 tỷ 500 triệu đồng*)."""
    folded = fold(text)
    if not any(map(folded.__contains__, _first_words())):
        return []
    units, bare = money_words().values("unit"), money_words().values("bare")
    found: list[Amount] = []
    scale: Decimal | None = None
    for match in _amounts().finditer(folded):
        unit = squeeze(match["unit"])
        if unit in bare and not _AFTER_BARE.match(folded, match.end()):
            continue
        factor = Decimal(units[unit])
        low = parse_number(match["number"])
        high = parse_number(match["to"]) if match["to"] else low
        if low is None or high is None:
            continue
        low, high = low * factor, high * factor
        joined = found and scale is not None and factor < scale and not folded[found[-1].end : match.start()].strip()
        if joined and found[-1].low == found[-1].high and low == high:
            total = found[-1].low + low
            found[-1] = Amount(found[-1].start, match.end(), total, total)
        else:
            found.append(Amount(*match.span(), low, high))
        scale = factor
    return found


def parse_amount(text: str) -> Decimal | None:
    """Return the one amount that ``text`` prints, in million đồng; ``None`` for none, several or a range.

    >>> [str(parse_amount(t)) for t in ("3.188 triệu đồng", "2,5 tỷ đồng", "06 triệu", "500.000 đồng", "2 triệu USD")]
    ['3188', '2500.0', '6', '0.500000', 'None']
    """
    found = find_amounts(text)
    if len(found) != 1 or found[0].low != found[0].high:
        return None
    return found[0].low


@cache
def _of_table() -> tuple[re.Pattern[str], ...]:
    unit = rf"(?P<unit>{money_words().pattern('unit')})"
    return (
        re.compile(rf"(?:đơn\s+vị(?:\s+tính)?|đvt)\s*[:：]?\s*\(?{unit}(?![^\W_])"),
        re.compile(rf"\A[\s(]*{unit}[\s).]*\Z"),
    )


def parse_unit(text: str) -> Decimal | None:
    """Return how many million đồng the unit of a table is (*Đơn vị tính: triệu đồng* → 1), ``None`` if it is none of money.

    >>> str(parse_unit("(ĐVT: 1.000 đồng)"))
    '0.001'
    """
    folded = fold(text)
    found = next((hit for pattern in _of_table() if (hit := pattern.search(folded)) is not None), None)
    return Decimal(money_words().values("unit")[squeeze(found["unit"])]) if found else None
