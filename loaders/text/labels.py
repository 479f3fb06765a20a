"""Printed numbers and bullets: ``I.``, ``1.1.``, ``đ)``, ``-``, ``Điều 3.``, ``Phụ lục 2`` and their order of rank.

Vietnamese drafting rules (Nghị định 30/2020/NĐ-CP, Phụ lục I) give the order part, chapter, section, article, clause, point;
plans use A, I, 1, 1.1, a), -, + in that order. The order here is that of the plans, with articles between.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from ontology.folding import UPPER


class Style(NamedTuple):
    """A style of numbering: its name, its rank (lower is higher in the tree), and the pattern of its label."""

    name: str
    rank: int
    pattern: re.Pattern[str]


_AFTER = rf"""(?=["“'‘(*]*[{UPPER}0-9])"""


def _style(name: str, rank: int, pattern: str) -> Style:
    return Style(name, rank, re.compile(pattern))


STYLES: tuple[Style, ...] = (
    _style(
        "annex",
        0,
        r"(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu|BIỂU|Biểu)(?:\s+(?:số|SỐ))?(?:\s*:?\s*(?:\d{1,2}|[IVX]{1,5}|[A-H]))?\.?:?(?=\s|$)",
    ),
    _style("part", 1, r"(?:PHẦN|Phần)\s+(?:thứ\s+\w+|THỨ\s+\w+|[IVX]{1,5}|\d{1,2})[.:]?(?=\s|$)"),
    _style("chapter", 2, r"(?:CHƯƠNG|Chương)\s+(?:[IVX]{1,5}|\d{1,2})[.:]?(?=\s|$)"),
    _style("mục", 3, r"(?:MỤC|Mục)\s+(?:[IVX]{1,5}|\d{1,2})[.:]?(?=\s|$)"),
    _style("article", 4, r"(?:ĐIỀU|Điều)\s+\d{1,3}[.:](?=\s|$)"),
    _style("roman", 6, rf"(?:[IVX]{{1,5}})(?:[.)]|\s*[-–:](?=\s)|/(?=\s)|(?=\s+[{UPPER}]))\s*{_AFTER}"),
    _style("upper", 5, rf"[A-HĐ](?:[.)]|\s*[-–:])\s*{_AFTER}"),
    _style("decimal4", 10, rf"\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}}[.)]?\s+{_AFTER}"),
    _style("decimal3", 9, rf"\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}}[.):]?\s+{_AFTER}"),
    _style("decimal2", 8, rf"\d{{1,2}}\.\d{{1,2}}[.):]?\s*{_AFTER}(?!\d)"),
    _style("decimal1", 7, rf"\d{{1,2}}(?:\.|/|\s*[-–:](?=\s))\s*{_AFTER}(?!\d)"),
    _style("paren_number", 12, r"(?:\(\d{1,2}\)|\d{1,2}\))\s*(?=\S)"),
    _style("paren_letter", 11, r"(?:\([a-zđ]{1,2}\)|[a-zđ]{1,2}\))\s*(?=\S)|[a-zđ]\.\s+(?=[^\W\d_])"),
    _style("star", 13, r"(?:\*\)?|●|•|►|▪|\u2756|\uf0b7|\uf02d|\u25aa|\u25cf)\s+(?=\S)"),
    _style("dash", 14, r"[-–—−]\s*(?=[^\s\d-])|[-–—−]\s+(?=\S)"),
    _style("plus", 15, r"\+\s*(?=\S)"),
)
RANK = {style.name: style.rank for style in STYLES}
BULLETS = frozenset({"star", "dash", "plus"})


_ANY = re.compile("|".join(f"(?P<{style.name}>{style.pattern.pattern})" for style in STYLES))
_NO_LABELS = frozenset({"tr.", "đ."})
"""Abbreviations that look like a point's letter."""


@lru_cache(maxsize=4096)
def parse_label(text: str) -> tuple[str, str, int]:
    """Return ``(label, style name, length consumed)`` of the number or bullet at the start of ``text``; ``("", "", 0)`` if none.

    >>> parse_label("1.1. Hỗ trợ đầu tư")
    ('1.1.', 'decimal2', 5)
    >>> parse_label("2.416 triệu đồng"), parse_label("15 tháng"), parse_label("đ) Rà soát")[:2]
    (('', '', 0), ('', '', 0), ('đ)', 'paren_letter'))
    """
    found = _ANY.match(text)
    label = found.group().strip() if found is not None else ""
    if found is None or found.lastgroup is None or label in _NO_LABELS:
        return "", "", 0
    return label, found.lastgroup, found.end()


_ROMAN = {"I": 1, "V": 5, "X": 10}


def ordinal(label: str) -> int | None:
    """Return the place of a label in its sequence (``III.`` → 3, ``đ)`` → 5), ``None`` for bullets.

    Letters run a b c d đ e g h i k l m n o p q as Vietnamese lists do; ``f`` and ``j`` count as their neighbours.

    >>> [ordinal(x) for x in ("IV", "1.12.", "đ)", "e)", "C.", "-")]
    [4, 12, 5, 6, 3, None]
    """
    core = label.strip("().:/ -–")
    last = core.split(".")[-1] if "." in core else core.split()[-1] if core else ""
    if last.isdigit():
        return int(last)
    if last and all(char in _ROMAN for char in last):
        values = [_ROMAN[char] for char in last]
        return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    letters = "abcdđeghiklmnopqrstuvxy"
    if len(last) == 1 and last.lower() in letters:
        return letters.index(last.lower()) + 1
    return None
