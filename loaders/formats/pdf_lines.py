"""Lines of a PDF page in the order of reading, and which of them go on with the one above.

A page is words with places. Words on one height are a line; a gap that goes down through several lines parts two columns (masthead,
signature, a page in columns), and the left one is read first. A line that was broken because the next word did not fit is
joined to it again: that the word did not fit can be measured here and only guessed later.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from loaders.text.labels import parse_label

_WIDE_GAP = 1.6
"""Times the height of letters: a gap that wide in a line may part columns; blanks in justified lines stay below it."""
_SLACK = 3.0
_NARROW_PAGE, _NARROW_COLUMN = 300.0, 150.0
"""Points; where no line is longer than this, lines end where their writer ended them."""
_NUMBER_BREAK = re.compile(r"(?:/[\w-]*|\d/?|[A-ZĐ]{3,})-$")
_NUMBER_GOES_ON = re.compile(r"/[A-ZĐ]{2}|/\d{4}/")
_BRACKETED = re.compile(r"\([^()]*\)")
"""A line in brackets is a paragraph: *(Ban hành kèm theo Quyết định số …)*."""
_ENDED = (".", ";", ":", "!", "?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box, in points from the top left of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of a page or of one of its columns; ``right`` is where lines of its column end."""

    words: tuple[Word, ...]
    page: int = 0
    column: int = 0
    """0 where the page has one column at this height; neighbours in different columns have different numbers."""
    left: float = 0.0
    right: float = 0.0

    @property
    def text(self) -> str:
        """Its words, one blank between them."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        """The height of its letters."""
        return median(word.bottom - word.top for word in self.words)

    @property
    def centred(self) -> bool:
        """Whether it stands in the middle of its column, clear of both margins."""
        before, behind = self.x0 - self.left, self.right - self.x1
        return before > 20 and abs(before - behind) < 8


def words_of(found: Iterable[dict[str, Any]]) -> list[Word]:
    """Return pdfplumber's words as values, in NFC."""
    return [Word(unicodedata.normalize("NFC", w["text"]), w["x0"], w["x1"], w["top"], w["bottom"]) for w in found]


def group_lines(words: Iterable[Word]) -> list[PdfLine]:
    """Group words that stand on one height into lines, from the top."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.x0)):
        for group in reversed(groups[-3:]):
            first = max(group, key=lambda w: w.bottom - w.top)
            if min(first.bottom, word.bottom) - max(first.top, word.top) > 0.5 * min(
                first.bottom - first.top, word.bottom - word.top
            ):
                group.append(word)
                break
        else:
            groups.append([word])
    lines = [PdfLine(tuple(sorted(group, key=lambda w: w.x0))) for group in groups]
    return sorted(lines, key=lambda line: line.top)


def order_lines(words: Iterable[Word], page: int) -> list[PdfLine]:
    """Return the lines of a page in the order of reading, with the margins of their columns."""
    ordered: list[PdfLine] = []
    lines = group_lines(words)
    left, right = (min(line.x0 for line in lines), max(line.x1 for line in lines)) if lines else (0.0, 0.0)
    at = column = 0
    while at < len(lines):
        end, gutter = _columns_at(lines, at)
        if end == at:
            ordered.append(replace(lines[at], page=page, left=left, right=right))
            at += 1
            continue
        for side in _sides(lines[at:end], gutter):
            column += 1
            edges = min(line.x0 for line in side), max(line.x1 for line in side)
            ordered.extend(replace(line, page=page, column=column, left=edges[0], right=edges[1]) for line in side)
        at = end
    return ordered


def _gaps(lines: Sequence[PdfLine], at: int) -> list[tuple[float, float]]:
    """Return where a gutter may run at a line: its wide gaps, and the gap to a next line that stands beside it."""
    line = lines[at]
    found = []
    reach = line.words[0].x1
    for word in line.words[1:]:
        if word.x0 - reach > _WIDE_GAP * line.height:
            found.append((reach, word.x0))
        reach = max(reach, word.x1)
    if at + 1 < len(lines) and _beside(line, lines[at + 1]):
        left, right = sorted((line, lines[at + 1]), key=lambda one: one.x0)
        found.append((left.x1, right.x0))
    return found


def _beside(one: PdfLine, other: PdfLine) -> bool:
    """Tell whether two lines stand side by side, though not quite on one height."""
    apart = max(one.x0, other.x0) - min(one.x1, other.x1)
    return abs(one.top - other.top) < 0.9 * one.height and apart > _WIDE_GAP * one.height


def _columns_at(lines: Sequence[PdfLine], at: int) -> tuple[int, float]:
    """Return the end of the run of lines from ``at`` on that a gutter parts, and the gutter's place; ``(at, 0)`` if none.

    At least twice words must stand on both sides of it at one height, and no word may stand across.
    """
    best = (at, 0.0)
    for low, high in _gaps(lines, at):
        both, end = 0, at
        for i in range(at, len(lines)):
            line = lines[i]
            count, low, high = _gap_within(line, low, high)
            step = line.top - lines[i - 1].top if i > at else 0.0
            if high - low < 0.8 * line.height or step > 6 * line.height:
                break
            if 0 < count < len(line.words) or (i > at and _beside(lines[i - 1], line)):
                both, end = both + 1, i + 1
            elif both >= 2 and end == i and step < 2.2 * line.height:
                end = i + 1
        if both >= 2 and end > best[0]:
            best = (end, (low + high) / 2)
    return best


def _gap_within(line: PdfLine, low: float, high: float) -> tuple[int, float, float]:
    """Return how many words of a line stand left of its widest gap between ``low`` and ``high``, and that gap."""
    best = (0, low, min(high, line.words[0].x0))
    for count, word in enumerate(line.words, start=1):
        low = max(low, word.x1)
        end = min(high, line.words[count].x0) if count < len(line.words) else high
        if end - low > best[2] - best[1]:
            best = (count, low, end)
    return best


def _sides(lines: Sequence[PdfLine], gutter: float) -> Iterator[list[PdfLine]]:
    for take_left in (True, False):
        side = []
        for line in lines:
            words = tuple(word for word in line.words if (word.x0 + word.x1 < 2 * gutter) == take_left)
            if words:
                side.append(replace(line, words=words))
        if side:
            yield side


def join_wrapped(lines: Sequence[PdfLine]) -> list[str]:
    """Return the lines as text, those joined that only the width of the page broke, an empty one where a paragraph surely ends."""
    leading = _leading(lines)
    texts: list[str] = []
    for i, line in enumerate(lines):
        above = lines[i - 1] if i else None
        if above is None:
            texts.append(line.text)
        elif _wrapped(above, line, leading):
            texts[-1] += line.text if splits_word(texts[-1], line.text) else f" {line.text}"
        else:
            if _ended(above, line, leading):
                texts.append("")
            texts.append(line.text)
    return texts


def splits_word(above: str, below: str) -> bool:
    """Tell whether a line break stands inside a document number or a range of years: ``10/2022/TT-`` / ``BLĐTBXH``, ``39/2016`` / ``/TT-…``."""
    if _NUMBER_GOES_ON.match(below) and above[-1:].isdigit():
        return True
    return bool(_NUMBER_BREAK.search(above)) and below[:1].isalnum()


def _leading(lines: Sequence[PdfLine]) -> float:
    steps = [
        below.top - above.top
        for above, below in pairwise(lines)
        if (above.page, above.column) == (below.page, below.column) and 0 < below.top - above.top < 60
    ]
    return median(steps) if steps else 20.0


def _would_fit(above: PdfLine, line: PdfLine) -> bool:
    """Tell whether the first word of ``line`` had room behind ``above``."""
    first = line.words[0]
    return above.x1 + 0.25 * above.height + (first.x1 - first.x0) < above.right - _SLACK


def _near(above: PdfLine, line: PdfLine, leading: float) -> bool:
    """Tell whether ``line`` is the next one down, or the first of the next page below a last one."""
    if above.page != line.page:
        return line.page == above.page + 1 and above.column == line.column == 0
    return above.column == line.column and line.top - above.top < 1.35 * max(leading, 1.1 * line.height)


def _wrapped(above: PdfLine, line: PdfLine, leading: float) -> bool:
    if not _near(above, line, leading) or _would_fit(above, line) or _begins_item(above, line):
        return False
    if _BRACKETED.fullmatch(above.text):
        return False
    if splits_word(above.text, line.text):
        return True
    if (line.centred or above.centred) and above.page == line.page:
        return False
    if (
        above.right - above.left < (_NARROW_COLUMN if above.column else _NARROW_PAGE)
        or abs(above.height - line.height) > 0.2 * above.height
    ):
        return False
    indented = line.x0 > above.x0 + 6 and not parse_label(above.text)[0]
    return not indented and above.text.isupper() == line.text.isupper()


def _begins_item(above: PdfLine, line: PdfLine) -> bool:
    """Tell whether ``line`` begins with a number or bullet that is one.

    After a full line that does not end a sentence, a bare number (*khóa / XIII*) is a word, and after one stretched to the very
    margin a dash too (*Tài chính / - Kế hoạch*); in a bulleted item it stands below the first word behind the bullet.
    """
    label, style, _ = parse_label(line.text)
    if not label or above.text.endswith(_ENDED):
        return bool(label)
    hangs = parse_label(above.text)[1] == "dash" and len(above.words) > 1 and abs(line.x0 - above.words[1].x0) < 6
    stretched = abs(above.right - above.x1) < 1.5 and (line.x0 <= above.x0 + 6 or hangs)
    return not (label[-1].isalnum() or (style == "dash" and stretched))


def _ended(above: PdfLine, line: PdfLine, leading: float) -> bool:
    if above.page != line.page or above.column != line.column:
        return above.column != line.column
    if line.top - above.top > 1.6 * leading:
        return True
    if parse_label(line.text)[0] or (above.centred and line.centred):
        return False
    return _would_fit(above, line) and above.text.endswith(_ENDED)
