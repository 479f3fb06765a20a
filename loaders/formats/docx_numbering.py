"""Automatic numbers of Word, computed: *điểm a khoản 2* cannot be cited from a file whose numbers nobody wrote down.

A paragraph points to a ``num``, which points to an ``abstractNum`` with nine levels; each level says how its numbers look
(``lvlText`` ``%1.%2.``) and where they start. Counters belong to the ``abstractNum``: two ``num`` of it go on counting
together, unless one overrides the start. (ECMA-376 part 1, §17.9.)
"""

import re
from dataclasses import dataclass

from lxml import etree

from loaders.formats.docx_styles import Styles, W, child, switch, value, whole_number
from loaders.formats.docx_text import SYMBOLS

_LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_PLACE = re.compile(r"%([1-9])")
_PLAIN_SIGNS = {number: sign for number, sign in SYMBOLS.items() if sign in "*+-"}
_PRINTED_BULLETS = frozenset("-–—−+*•●○◦▪■►▶✓✔➢❖o")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list numbers: ``restart`` is the number of levels after which it starts anew, 0 for never."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    gap: str = " "
    style: str | None = None


def format_number(number: int, kind: str) -> str:
    """Write a number as Word does in the format ``kind`` (``w:numFmt``); unknown formats are written in digits.

    >>> [format_number(28, kind) for kind in ("decimal", "upperRoman", "lowerLetter", "decimalZero", "none")]
    ['28', 'XXVIII', 'bb', '28', '']
    """
    if kind == "none":
        return ""
    if kind in {"upperRoman", "lowerRoman"} and 0 < number < 4000:
        written = ""
        for worth, letters in _ROMAN:
            written += letters * (number // worth)
            number %= worth
        return written.upper() if kind == "upperRoman" else written
    if kind == "vietnameseCounting" and 0 < number < 100:
        return _in_words(number)
    if kind in {"upperLetter", "lowerLetter"} and 0 < number < 1000:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _in_words(number: int) -> str:
    """Return a number below a hundred in Vietnamese words.

    >>> [_in_words(number) for number in (5, 10, 15, 21, 35, 50)]
    ['năm', 'mười', 'mười lăm', 'hai mươi mốt', 'ba mươi lăm', 'năm mươi']
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    last = {0: "", 1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{_DIGITS[tens]} mươi {last}".strip() if tens > 1 else f"mười {last}".strip()


class Numbering:
    """The lists of a document, and how far each has counted; ask for labels in the order of the text."""

    def __init__(self, part: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[int, etree._Element] = {}
        self._nums: dict[int, etree._Element] = {}
        self._levels: dict[int, tuple[int, tuple[Level, ...]]] = {}
        self._counters: dict[int, list[int | None]] = {}
        self._restarted: set[tuple[int, int]] = set()
        for element in part.iterfind(W + "abstractNum") if part is not None else ():
            if (number := whole_number(element.get(W + "abstractNumId"))) is not None:
                self._abstract[number] = element
        for element in part.iterfind(W + "num") if part is not None else ():
            if (number := whole_number(element.get(W + "numId"))) is not None:
                self._nums[number] = element

    def next_label(self, paragraph: etree._Element) -> str:
        """Count a paragraph in and return its number or bullet with the gap behind it, ``""`` if it has none."""
        numbered = self._styles.numbering_of(paragraph)
        if numbered is None or numbered.num not in self._nums:
            return ""
        abstract, levels = self._levels_of(numbered.num)
        at = numbered.level
        if at is None:
            at = next((i for i, level in enumerate(levels) if level.style and level.style == numbered.style), 0)
        if not 0 <= at < len(levels):
            return ""
        level = levels[at]
        if level.format == "bullet":
            return _bullet(level.text) + level.gap
        counters = self._count(numbered.num, abstract, levels, at)

        def number(found: re.Match[str]) -> str:
            i = int(found.group(1)) - 1
            counted = counters[i]
            written = counted if counted is not None else levels[i].start
            return format_number(written, "decimal" if level.legal else levels[i].format)

        label = _PLACE.sub(number, level.text)
        return label + level.gap if label.strip() else ""

    def _count(self, num: int, abstract: int, levels: tuple[Level, ...], at: int) -> list[int | None]:
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        for override in self._nums[num].iterfind(W + "lvlOverride"):
            where = whole_number(override.get(W + "ilvl"))
            start = whole_number(value(override, "startOverride"))
            if where == at and start is not None and (num, at) not in self._restarted:
                self._restarted.add((num, at))
                counters[at] = None
        counted = counters[at]
        counters[at] = levels[at].start if counted is None else counted + 1
        for deeper in range(at + 1, _LEVELS):
            restart = levels[deeper].restart if deeper < len(levels) else None
            if restart is None or (restart > 0 and at < restart):
                counters[deeper] = None
        return counters

    def _levels_of(self, num: int) -> tuple[int, tuple[Level, ...]]:
        """Return the ``abstractNum`` that a ``num`` counts with, and its levels with the num's own changes."""
        if num not in self._levels:
            abstract = self._abstract_of(num)
            elements: list[etree._Element | None] = [None] * _LEVELS
            starts: dict[int, int] = {}
            for parent in (self._abstract.get(abstract), *self._nums[num].iterfind(W + "lvlOverride")):
                for element in parent.iterfind(W + "lvl") if parent is not None else ():
                    place = whole_number(element.get(W + "ilvl"))
                    if place is not None and 0 <= place < _LEVELS:
                        elements[place] = element
            for override in self._nums[num].iterfind(W + "lvlOverride"):
                place, start = whole_number(override.get(W + "ilvl")), whole_number(value(override, "startOverride"))
                if place is not None and start is not None:
                    starts[place] = start
            levels = tuple(_level(element, starts.get(i)) for i, element in enumerate(elements))
            self._levels[num] = abstract, levels
        return self._levels[num]

    def _abstract_of(self, num: int) -> int:
        """Follow ``num`` to its ``abstractNum``, through the list style that it may only point to."""
        for _ in range(8):
            abstract = whole_number(value(self._nums.get(num), "abstractNumId"))
            if abstract is None:
                return -1 - num
            linked = self._styles.numbering_of_style(value(self._abstract.get(abstract), "numStyleLink"))
            if linked is None or linked.num == num:
                return abstract
            num = linked.num
        return -1 - num


def _level(element: etree._Element | None, start: int | None) -> Level:
    if element is None:
        return Level(format="none", start=1 if start is None else start)
    if start is None:
        start = whole_number(value(element, "start"))
    text = value(element, "lvlText") or ""
    if child(element, "lvlPicBulletId") is not None:
        text = "•"
    return Level(
        format=value(element, "numFmt") or "decimal",
        text=text,
        start=0 if start is None else start,
        restart=whole_number(value(element, "lvlRestart")),
        legal=bool(switch(element, "isLgl")),
        gap="" if value(element, "suff") == "nothing" else " ",
        style=value(element, "pStyle"),
    )


def _bullet(text: str) -> str:
    """Return a bullet as it can be printed: signs of symbol fonts as ``•``."""
    text = text.strip().translate(_PLAIN_SIGNS)
    if not text:
        return ""
    return "•" if text == "o" or not all(char in _PRINTED_BULLETS for char in text) else text
