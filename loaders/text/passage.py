"""A stretch of readable text that knows, for every character, where in the source it came from.

Cleaning joins wrapped lines, drops markup and collapses blanks; reading works on the clean text; facts must point into
the source. A :class:`Passage` is the bridge: ``passage.text`` is for matching, ``passage.span(i, j)`` leads back.

Guaranteed: spans are monotone; ``source[span.start:span.end]`` begins with the character shown at ``i`` and ends with
the one shown at ``j - 1`` (joined line breaks aside).
"""

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ontology.records import Span


class Piece(NamedTuple):
    """``length`` characters of clean text from ``at`` on stand for ``[source, source + width)`` of the source.

    Where ``length == width`` the piece maps character by character; otherwise it is a substitution (a line break read as
    a blank) and maps as a whole.
    """

    at: int
    length: int
    source: int
    width: int


_BEHIND = sys.maxsize
"""Greater than any length: ``(at, _BEHIND)`` stands behind every piece that begins at ``at``."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Clean text with its way back to the source."""

    text: str
    pieces: tuple[Piece, ...]

    def __len__(self) -> int:
        return len(self.text)

    @property
    def has_words(self) -> bool:
        """Whether there is a letter or a figure in it; a dash, dots or a stray bracket say nothing."""
        return any(map(str.isalnum, self.text))

    def _pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """Return the pieces that ``text[start:end]``, which is not empty, has a part in."""
        pieces = self.pieces
        if len(pieces) == 1:
            return pieces
        return pieces[bisect_right(pieces, (start, _BEHIND)) - 1 : bisect_right(pieces, (end - 1, _BEHIND))]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the longest unbroken stretch of the source that ``text[start:end]`` was read from."""
        spans = self.spans(start, end)
        return spans[0] if len(spans) == 1 else max(spans, key=lambda s: s.end - s.start)

    def spans(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Return all stretches of the source that ``text[start:end]`` was read from, in order, adjoining ones merged."""
        end = len(self.text) if end is None else end
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"[{start}, {end}) is not inside a passage of {len(self.text)} characters")
        if not self.pieces:
            return (Span(0, 0),)
        if start == end:
            place = self.span(start, start + 1).start if start < len(self.text) else self.pieces[-1].source
            return (Span(place, place),)
        found: list[Span] = []
        first = -1
        last = 0
        for at, length, source, width in self._pieces(start, end):
            if length == width:
                low = source if start <= at else source + start - at
                high = source + width if end >= at + length else source + end - at
            else:
                low, high = source, source + width
            if first < 0:
                first = low
            elif last != low:
                found.append(Span(first, last))
                first = low
            last = high
        found.append(Span(first, last))
        return tuple(found)

    def cut(self, start: int = 0, end: int | None = None) -> "Passage":
        """Return the passage of ``text[start:end]``, blanks at its ends dropped."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return self.cut_raw(start, end)

    def cut_raw(self, start: int, end: int) -> "Passage":
        """Return the passage of ``text[start:end]`` with the blanks at its ends."""
        if start >= end:
            return Passage("", ())
        if start == 0 and end == len(self.text):
            return self
        kept: list[Piece] = []
        for at, length, source, width in self._pieces(start, end):
            low = max(start, at)
            high = min(end, at + length)
            if length == width:
                kept.append(Piece(low - start, high - low, source + low - at, high - low))
            else:
                kept.append(Piece(low - start, high - low, source, width))
        return Passage(self.text[start:end], tuple(kept))


_LAYOUT_GAP = 12
"""Characters between two parts that still count as layout: a line break, an empty line, indentation."""


def join_passages(parts: Iterable[Passage], glue: str = " ", *, longest_gap: int = _LAYOUT_GAP) -> Passage:
    """Join passages with ``glue``; the glue stands for the source between two parts where that is short, else for none.

    A short gap (a line break, the blanks around it) is layout and keeps the quote unbroken; one longer than ``longest_gap`` (the
    rest of a page between the halves of a torn row) is not part of the quote.
    """
    filled = [part for part in parts if part.text]
    return filled[0] if len(filled) == 1 else Passage(*_joined(filled, glue, longest_gap))


def _joined(parts: list[Passage], glue: str, longest_gap: int) -> tuple[str, tuple[Piece, ...]]:
    text: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for part in parts:
        if pieces:
            before = pieces[-1].source + pieces[-1].width
            gap = part.pieces[0].source - before
            width = gap if 0 <= gap <= longest_gap else 0
            if glue or width:
                pieces.append(Piece(at, len(glue), before, width))
            text.append(glue)
            at += len(glue)
        pieces.extend([Piece(place + at, length, source, width) for place, length, source, width in part.pieces])
        text.append(part.text)
        at += len(part.text)
    return "".join(text), tuple(pieces)


def iter_words(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield ``(start, end)`` of each run of letters and digits in the clean text."""
    start = None
    for i, char in enumerate(passage.text):
        if char.isalnum():
            start = i if start is None else start
        elif start is not None:
            yield start, i
            start = None
    if start is not None:
        yield start, len(passage.text)
