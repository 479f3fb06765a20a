"""Numbers of rows and other signs that stand alone in a cell of a scanned table.

To a program that looks at a whole page a single sign far from any other is no text. So what is alone in its cell is cut out, laid
on a strip, one below the other as lines of a page, and read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from loaders.formats.pdf_lines import Word
from loaders.formats.pdf_tables import Box
from loaders.formats.scan_words import Recognised, recognise_words

_GAP = 9.0
"""Points between two lines of the strip, and around it."""
_LONGEST_SIGN = 3
"""Letters of a word that may be a misread number: ``l``, ``K``, ``10``."""
_LARGEST = 40.0
"""Points: ink that is higher or wider is no number but text or a picture."""
_INK, _LEAST_INK = 128, 1.5
"""How dark ink is at least, and how many square points of it are more than dust."""
_INSET = 2.0


@dataclass(frozen=True, slots=True)
class _Cut:
    """What was cut out of a page: its picture and where it stood, in pixels."""

    image: Image.Image
    left: int
    top: int


def read_lone_signs(read: Recognised, tables: Sequence[Sequence[Box]], image: Image.Image, scale: float) -> Recognised:
    """Return what was read of a page with what stands alone in the cells of its tables."""
    cuts: list[_Cut] = []
    doubted: list[set[int]] = []
    for box in (box for boxes in tables for box in boxes):
        inside = [i for i, word in enumerate(read.words) if _is_in(word, box)]
        if len(inside) > 1 or any(len(read.words[i].text) > _LONGEST_SIGN for i in inside):
            continue
        cut = _cut_out(box, image, scale)
        if cut is not None:
            cuts.append(cut)
            doubted.append(set(inside))
    if not cuts:
        return read
    again = _read_strip(cuts, scale)
    replaced = set[int]().union(*(doubted[line] for line, _, _ in again))
    kept = [(word, sure) for i, (word, sure) in enumerate(zip(read.words, read.sure, strict=True)) if i not in replaced]
    kept += [(word, sure) for _, word, sure in again]
    return Recognised(tuple(word for word, _ in kept), tuple(sure for _, sure in kept))


def _is_in(word: Word, box: Box) -> bool:
    left, top, right, bottom = box
    return left <= (word.x0 + word.x1) / 2 < right and top <= word.middle < bottom


def _cut_out(box: Box, image: Image.Image, scale: float) -> _Cut | None:
    """Return the ink in a cell if it may be a sign, ``None`` for an empty cell, dust and whatever is larger."""
    left, top, right, bottom = (round(edge * scale) for edge in box)
    inset = round(_INSET * scale)
    cell = image.crop((left + inset, top + inset, max(left, right - inset), max(top, bottom - inset)))
    ink = cell.point([255 if grey < _INK else 0 for grey in range(256)])
    place = ink.getbbox()
    if place is None or ink.histogram()[255] < _LEAST_INK * scale * scale:
        return None
    if max(place[2] - place[0], place[3] - place[1]) > _LARGEST * scale:
        return None
    return _Cut(cell.crop(place), left + inset + place[0], top + inset + place[1])


def _read_strip(cuts: Sequence[_Cut], scale: float) -> list[tuple[int, Word, int]]:
    """Read what was cut out, line by line; return of which cut each word is, the word where it stood, and how sure it is."""
    gap = round(_GAP * scale)
    width, height = max(cut.image.width for cut in cuts), sum(cut.image.height + gap for cut in cuts)
    strip = Image.new("L", (width + 8 * gap, height + gap), 255)
    tops = []
    at = gap
    for cut in cuts:
        strip.paste(cut.image, (gap, at))
        tops.append(at)
        at += cut.image.height + gap
    found = recognise_words(strip, scale, one_column=True)
    placed = []
    for word, sure in zip(found.words, found.sure, strict=True):
        line = max((i for i, top in enumerate(tops) if top / scale <= word.middle), default=0)
        right, down = (cuts[line].left - gap) / scale, (cuts[line].top - tops[line]) / scale
        moved = Word(word.text, word.x0 + right, word.x1 + right, word.top + down, word.bottom + down)
        placed.append((line, moved, sure))
    return placed
