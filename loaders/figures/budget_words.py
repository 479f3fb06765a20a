"""The words of budget lines, and what a label in front of an amount says: source of funds and year.

The words are rows of ``ontology/tables/budget_words.csv``.
"""

import re
from dataclasses import dataclass
from functools import cache

from loaders.text.wordlists import WordList, load_words, squeeze, whole_words
from ontology.folding import fold

SOURCES = ("central", "local", "other", "total")
"""In this order a label is tried: *Tổng kinh phí từ ngân sách trung ương* is money of the centre."""

SOURCE_NAMES = {
    "total": "Tổng kinh phí",
    "central": "Vốn ngân sách trung ương",
    "local": "Vốn ngân sách địa phương",
    "other": "Vốn huy động khác",
}
SOURCE_NAMES_EN = {
    "total": "total funds",
    "central": "central budget",
    "local": "local budget",
    "other": "other sources",
}


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says; ``source`` and ``year`` are ``None`` where it is silent. ``whole_period``: it names a period instead."""

    source: str | None
    year: int | None
    whole_period: bool
    part: bool
    spending: str | None = None
    """``investment`` or ``recurrent`` where the label says which."""


@cache
def budget_words() -> WordList:
    """Return ``ontology/tables/budget_words.csv``."""
    return load_words("budget_words", ("total", "central", "local", "other", "part", "rate", "total_row"))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(whole_words(row.words for row in budget_words().of(kind)))


@cache
def _rate() -> re.Pattern[str]:
    return re.compile(r"\s*" + budget_words().pattern("rate") + r"(?![^\W_])")


_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b(?!\s*[-–]\s*\d)|^\W*((?:19|20)\d\d)\W*$")
_TOTAL_OF = re.compile(r"\W*(?:kinh phí|vốn|dự toán)\b[^:;]{0,160}(?::|\blà|\bkhoảng|\bdự kiến)\s*")
"""*Kinh phí nâng cấp Trung tâm Y tế: 3 tỷ đồng, trong đó …*: a total where its parts follow."""
_PARTS_BEHIND = re.compile(r"\s*[,(;.]?\s*(?:trong đó|gồm|bao gồm|cụ thể)\b|\s*\((?=[^()]*\d)")
_SOURCE_BEHIND = re.compile(
    r"\s*[,;(–-]?\s*(?:(?:được|sử dụng|lấy|trích|bố trí|cân đối|hỗ trợ|đảm bảo|bảo đảm|do|từ|bằng|thuộc|nguồn)\s+){0,5}(?P<source>[^,;.()\d]{3,60})"
)
_BARE_TOTAL = re.compile(r"\W*(?:kinh phí|dự toán)(?:\s+năm\s+\d{4})?\s*(?:là|khoảng)?\W*")
_PERIOD = re.compile(r"\b(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d\b|\bcả\s+giai\s+đoạn\b")


def parse_label(text: str) -> Label:
    """Read a label.

    >>> parse_label("Vốn sự nghiệp ngân sách TW:").source
    'central'
    >>> parse_label("Tổng kinh phí thực hiện năm 2022 là")
    Label(source='total', year=2022, whole_period=False, part=False, spending=None)
    >>> parse_label("Vốn huy động khác (dân đóng góp):").source
    'other'
    """
    folded = fold(text)
    source = next((kind for kind in SOURCES if _pattern(kind).search(folded)), None)
    if source is None and _BARE_TOTAL.fullmatch(folded):
        source = "total"
    parts = {budget_words().values("part")[squeeze(found.group())] for found in _pattern("part").finditer(folded)}
    years = [int(a or b) for a, b in _YEAR.findall(folded)]
    return Label(
        source,
        years[-1] if years else None,
        _PERIOD.search(folded) is not None and not years,
        source is None and bool(parts),
        parts.pop() if len(parts) == 1 else None,
    )


def is_total_of(label: str, after: str) -> bool:
    """Tell whether a label that names no source is one of funds whose parts follow behind the amount.

    >>> is_total_of("Kinh phí nâng cấp Trạm Y tế:", ", trong đó ngân sách tỉnh 2 tỷ đồng"), is_total_of("Hỗ trợ", ".")
    (True, False)
    """
    return _TOTAL_OF.fullmatch(fold(label)) is not None and _PARTS_BEHIND.match(fold(after)) is not None


def source_behind(after: str) -> str | None:
    """Return the source of funds that stands behind an amount: *85 triệu đồng, từ nguồn ngân sách xã*, *(ngân sách tỉnh đảm bảo)*.

    ``None`` where none, or sources of several kinds, are named.

    >>> source_behind(", từ nguồn ngân sách huyện."), source_behind(" (ngân sách tỉnh cấp)"), source_behind(", trong đó:")
    ('local', 'local', None)
    >>> source_behind(", từ ngân sách trung ương và ngân sách tỉnh") is None
    True
    """
    found = _SOURCE_BEHIND.match(fold(after))
    if found is None:
        return None
    words = found["source"]
    kinds = {kind for kind in SOURCES if _pattern(kind).search(words)}
    opens = next((kind for kind in SOURCES if _pattern(kind).match(words) or _FUNDS.match(words)), None)
    return kinds.pop() if len(kinds) == 1 and opens is not None and "total" not in kinds else None


_FUNDS = re.compile(r"(?:vốn|kinh phí|nguồn)\s")


def is_rate(after: str) -> bool:
    """Tell whether an amount is one for each (``50 triệu đồng/hộ``): ``after`` is the text behind it."""
    return _rate().match(fold(after[:24])) is not None


def is_total_row(text: str) -> bool:
    """Tell whether a row of a table sums the others (*Tổng cộng*)."""
    return re.fullmatch(r"\W*" + budget_words().pattern("total_row") + r"(?:\s*\([^)]*\))?\W*", fold(text)) is not None
