"""Lines of the source as clean passages: markup dropped, blanks collapsed, nothing else changed.

Guaranteed afterwards: no Markdown emphasis, no inline tags, no runs of blanks, no blank at either end or inside a syllable; every
character still knows its place in the source. Letters are never changed here: what OCR damaged stays as printed, and readers fold it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from loaders.text.glued_syllables import find_glued, is_glued
from loaders.text.passage import Passage, Piece, join_passages
from loaders.text.torn_syllables import find_torn

_NOISE = re.compile(
    r"""
      (?P<drop> \A\s*\#{1,6}[ ]+(?=\S)         # a heading, in Markdown
              | \*{2,3}                       # bold, in Markdown made from Word files
              | \*(?=\S) | (?<=\S)\*          # italics; a star before a blank is a bullet and stays
              | </?(?:i|b|u|em|strong|sup|sub|p|span)\b[^<>]{0,80}>
              | [\u200b\u200c\u200d\u2060\ufeff\u00ad]     # zero-width characters, soft hyphens
              | (?<=\w)\[\d{1,2}\] )          # footnote marks: "Cơ quan chủ trì[1]"
    | (?P<blank> \s*<br\s*/?>\s* | \s{2,} | [^\S\ ] | (?<=[^\W_])_(?=[^\W_]) )   # one blank is one; "Ủy_ban": word-segmented text
    """,
    re.VERBOSE,
)
# Word-segmented text sets every sign apart: "Sở Tài_chính ( chủ_trì ) , 1 ."
_APART = re.compile(r"(?P<apart>\s+(?=[,;:.!?)\]”](?:\s|$))|(?<=[(\[“])\s+)|" + _NOISE.pattern, re.VERBOSE)
_SEGMENTED = re.compile(r"[^\W_]_[^\W_]")
_SEGMENTED_EVERY = 80
"""Characters for each of which a word-segmented text joins two syllables at least once."""
_MARKUP = "#*<[_"
"""A line without these, whose blanks are single and whose other characters are printed, is clean as it stands."""


_LOOK_ALIKES = str.maketrans("Ðð", "Đđ")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 0, its offsets in the source (line end excluded), and its cells if it has tabs."""

    number: int
    start: int
    end: int
    raw: str
    passage: Passage
    on_new_page: bool = False
    """Whether the number of a page stood between it and the line above."""

    @property
    def text(self) -> str:
        """The clean text of the line."""
        return self.passage.text


def clean_passage(raw: str, start: int, *, segmented: bool = False) -> Passage:
    """Return the clean passage of ``raw``, which stands at offset ``start`` of the source.

    In a word-segmented text the blanks before and within signs are dropped as well.

    >>> clean_passage("  **Số:**  293 /QĐ ", 100).text
    'Số: 293 /QĐ'
    >>> clean_passage("\u00d0i\u1ec1u 3", 0).text  # the Icelandic letter that old fonts put for Đ
    'Điều 3'
    """
    if "Ð" in raw or "ð" in raw:
        raw = raw.translate(_LOOK_ALIKES)
    left = len(raw) - len(raw.lstrip())
    body = raw.strip()
    if not segmented and "  " not in body and body.isprintable() and not any(map(body.__contains__, _MARKUP)):
        plain = Passage(body, (Piece(0, len(body), start + left, len(body)),)) if body else Passage("", ())
        return _mended(plain)
    text: list[str] = []
    pieces: list[Piece] = []
    at = done = 0
    for noise in (_APART if segmented else _NOISE).finditer(raw):
        at = _append(text, pieces, at, raw[done : noise.start()], start + done)
        if noise.lastgroup == "blank" and text:
            at = _append(text, pieces, at, " ", start + noise.start(), noise.end() - noise.start())
        done = noise.end()
    at = _append(text, pieces, at, raw[done:], start + done)
    return _mended(_without_double_blanks(Passage("".join(text), tuple(pieces))))


def _mended(passage: Passage) -> Passage:
    """Drop the blanks inside syllables that were drawn apart."""
    blanks = find_torn(passage.text)
    if not blanks:
        return passage
    cuts = [0, *(at for blank in blanks for at in (blank, blank + 1)), len(passage.text)]
    return join_passages((passage.cut_raw(low, high) for low, high in zip(cuts[::2], cuts[1::2], strict=True)), "")


def _parted(passage: Passage) -> Passage:
    """Put a blank between syllables that lost it; it stands for nothing in the source."""
    cuts = [0, *find_glued(passage.text), len(passage.text)]
    return join_passages(passage.cut_raw(low, high) for low, high in pairwise(cuts)) if len(cuts) > 2 else passage


def _append(text: list[str], pieces: list[Piece], at: int, part: str, source: int, width: int | None = None) -> int:
    if not part:
        return at
    length = len(part)
    text.append(part)
    pieces.append(Piece(at, length, source, length if width is None else width))
    return at + length


def _without_double_blanks(passage: Passage) -> Passage:
    """Drop the second of two blanks that met when markup between them was dropped, and blanks at the ends."""
    while (i := passage.text.find("  ")) >= 0:
        head, tail = passage.cut_raw(0, i + 1), passage.cut_raw(i + 2, len(passage.text))
        passage = Passage(
            head.text + tail.text,
            head.pieces + tuple(Piece(p.at + len(head.text), *p[1:]) for p in tail.pieces),
        )
    return passage.cut()


_OTHER_ENDS = re.compile(r"(?<=[\v\f\r])(?!\n)")


def split_lines(text: str) -> list[str]:
    """Return the lines of a text with their ends; behind a last line end, an empty one.

    >>> split_lines("a\\r\\n b\\f")
    ['a\\r\\n', ' b\\x0c', '']
    """
    parts = text.split("\n")
    parts[:-1] = [part + "\n" for part in parts[:-1]]
    if "\r" in text or "\f" in text or "\v" in text:
        return [piece for part in parts for piece in _OTHER_ENDS.split(part)]
    return parts


@lru_cache(maxsize=1)
def read_lines(text: str) -> tuple[Line, ...]:
    """Split the source into lines with their offsets; ``\\r\\n``, ``\\n``, vertical tab and form feed end a line.

    The lines of the document at hand are kept: its layout and its head both begin with them.

    >>> [(line.start, line.text) for line in read_lines("a\\r\\n b\\f")]
    [(0, 'a'), (3, 'b')]
    """
    lines: list[Line] = []
    start = 0
    glued = is_glued(text)
    segmented = len(_SEGMENTED.findall(text)) * _SEGMENTED_EVERY > len(text)
    for number, part in enumerate(split_lines(text)):
        raw = part.rstrip("\r\n\v\f")
        if part or not lines:
            passage = clean_passage(raw, start, segmented=segmented)
            lines.append(Line(number, start, start + len(raw), raw, _parted(passage) if glued else passage))
        start += len(part)
    return tuple(lines)
