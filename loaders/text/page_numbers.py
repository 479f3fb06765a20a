"""Lines that hold nothing but the number of a page, as text pulled from a PDF keeps them between its paragraphs.

A page number counts on from the one before it, a page's worth of lines apart, and has empty lines around it, stands in the middle
of the line, or at its edge where all others are indented; the numbers of rows and items come thicker. Guaranteed afterwards: the lines around a page number follow each other, and the one behind it knows.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.text.lines import Line

_PAGE = re.compile(r"(?:[-–—]\s*)?(?:trang\s+)?(?P<number>\d{1,3})(?:\s*/\s*\d{1,3})?(?:\s*[-–—])?", re.IGNORECASE)
_LINES_A_PAGE = 12
"""Lines with words that a page has at least; the rows of a table with one cell a line have fewer."""
_FIRST = frozenset({2, 3})
"""Numbers that the first page number of a text may be: the first page has none, the second may have lost its own."""
_CENTRED = re.compile(r"[ \u00a0]{12,}\S")


def drop_page_numbers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without page numbers and the empty lines around them, numbered anew where some were dropped.

    >>> from loaders.text.lines import read_lines
    >>> text = "\\n".join(["Một dòng của trang."] * 12 + ["", "2", "", "tiếp theo."])
    >>> [line.text for line in drop_page_numbers(read_lines(text))][-2:]
    ['Một dòng của trang.', 'tiếp theo.']
    """
    dropped = _page_lines(lines)
    if not dropped:
        return list(lines)
    for at in sorted(dropped):
        for step in (-1, 1):
            beside = at + step
            while 0 <= beside < len(lines) and not lines[beside].raw.strip():
                dropped.add(beside)
                beside += step
    kept = [(i, line) for i, line in enumerate(lines) if i not in dropped]
    return [replace(line, number=at, on_new_page=i - 1 in dropped) for at, (i, line) in enumerate(kept)]


def _page_lines(lines: Sequence[Line]) -> set[int]:
    found: set[int] = set()
    expected: int | None = None
    words = 0
    for i, line in enumerate(lines):
        if not line.text:
            continue
        number = _number_of(lines, i)
        follows = number in ({expected, expected + 1} if expected is not None else _FIRST)
        if number is not None and follows and words >= _LINES_A_PAGE:
            found.add(i)
            expected, words = number + 1, 0
            continue
        words = 0 if number is not None else words + 1  # numbers that come thick count rows
    return found


def _number_of(lines: Sequence[Line], at: int) -> int | None:
    """Return the number that a line consists of, ``None`` if it has more, or neither room nor empty lines around it."""
    line = lines[at]
    match = _PAGE.fullmatch(line.text)
    if match is None or "\t" in line.raw or "|" in line.raw:
        return None
    above, below = (lines[i].raw if 0 <= i < len(lines) else "" for i in (at - 1, at + 1))
    alone = not above.strip() and not below.strip()
    outdented = not line.raw[0].isspace() and all(one[:1] in " \t" and one.strip() for one in (above, below))
    return int(match["number"]) if alone or outdented or _CENTRED.match(line.raw) else None
