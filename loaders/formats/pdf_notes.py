"""Footnotes of a PDF page: marks raised behind a word are no part of it, and notes stand at the end of the text, not between two pages.

A mark is digits smaller than the letters beside them and raised above their feet. The *2* of *m²* is raised too, so what stands
behind a unit stays. At the foot of the page a mark begins a note.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from loaders.formats.pdf_lines import PdfLine, Word
from loaders.formats.pdf_tables import PdfTable

_SMALLER, _RAISED = 0.9, 0.12
_UNITS = frozenset({"m", "km", "cm", "dm", "hm", "mm"})
_GLUED = re.compile(r"(\d{1,3})([^\W\d_].*)")
_NOTE = re.compile(r"\[\d{1,3}\]")


@dataclass(frozen=True, slots=True)
class Marks:
    """A page without its marks: the letters that make words, and the marks that begin a note, as words."""

    letters: list[dict[str, Any]]
    """As pdfplumber gives them; what is raised behind a unit is let down to it."""
    numbers: frozenset[str]
    """The numbers of the notes that words refer to."""
    begins: tuple[Word, ...]


def find_marks(chars: Sequence[dict[str, Any]]) -> Marks:
    """Return the marks of footnotes among the letters of a page, which come in the order in which they are drawn."""
    letters: list[dict[str, Any]] = []
    numbers: set[str] = set()
    begins = []
    at = 0
    while at < len(chars):
        end = at
        while end < len(chars) and chars[end]["text"].isdigit() and _alike(chars[at], chars[end]):
            end += 1
        if 0 < end - at <= 3:
            before = chars[at - 1] if at else None
            behind = chars[end] if end < len(chars) else None
            number = "".join(char["text"] for char in chars[at:end])
            if before is not None and _is_raised(chars[at], before):
                if _word_before(chars, at) in _UNITS:
                    level = {"top": before["top"], "bottom": before["bottom"], "doctop": before["doctop"]}
                    letters.extend({**char, **level} for char in chars[at:end])
                else:
                    letters[-1] = {**before, "x1": chars[end - 1]["x1"]}  # or a full stop behind it would stand apart
                    numbers.add(number)
            elif behind is not None and _is_raised(chars[at], behind) and behind["x0"] >= chars[end - 1]["x1"] - 1:
                place = chars[at]["x0"], chars[end - 1]["x1"], behind["top"], behind["bottom"]
                begins.append(Word(f"[{number}]", *map(float, place)))
            else:
                letters.extend(chars[at:end])
        else:
            letters.extend(chars[at : max(end, at + 1)])
        at = max(end, at + 1)
    return Marks(letters, frozenset(numbers), tuple(begins))


def _alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(abs(one["size"] - other["size"]) < 0.1 and abs(one["top"] - other["top"]) < 0.5)


def _is_raised(mark: dict[str, Any], beside: dict[str, Any]) -> bool:
    """Tell whether a digit is smaller than the letter beside it on its line, and its foot higher."""
    height = beside["bottom"] - beside["top"]
    same_line = mark["top"] < beside["bottom"] and mark["bottom"] > beside["top"]
    near = -1 < mark["x0"] - beside["x1"] < 0.4 * height or -1 < beside["x0"] - mark["x1"] < 3 * height
    return bool(
        same_line
        and near
        and mark["size"] < _SMALLER * beside["size"]
        and beside["bottom"] - mark["bottom"] > _RAISED * height
    )


def _word_before(chars: Sequence[dict[str, Any]], at: int) -> str:
    start = at
    while start > 0 and chars[start - 1]["text"].isalpha():
        start -= 1
    return "".join(char["text"] for char in chars[start:at]).lower()


def part_marks(words: Sequence[Word], numbers: frozenset[str], height: float) -> list[Word]:
    """Return the words of a page, those in its lower half parted from a mark that is not raised: ``1Theo``."""
    parted = []
    for word in words:
        glued = _GLUED.match(word.text)
        if glued is None or glued.group(1) not in numbers or word.top < height / 2:
            parted.append(word)
            continue
        edge = word.x0 + (word.x1 - word.x0) * len(glued.group(1)) / len(word.text)
        parted += [replace(word, text=f"[{glued.group(1)}]", x1=edge), replace(word, text=glued.group(2), x0=edge)]
    return parted


def part_notes(blocks: Sequence[PdfLine | PdfTable], height: float) -> tuple[list[PdfLine | PdfTable], list[PdfLine]]:
    """Return the blocks of a page without its notes, and the lines of these: from the first mark at its foot on.

    What is printed larger below them (the number of the page) is none.
    """
    for at, block in enumerate(blocks):
        if not isinstance(block, PdfLine) or block.top < height / 3 or not _NOTE.match(block.text):
            continue
        below = [one for one in blocks[at:] if isinstance(one, PdfLine)]
        if len(below) < len(blocks) - at:
            continue
        notes = [line for line in below if line.height <= 1.08 * block.height and line.bottom < 0.95 * height]
        rest: list[PdfLine | PdfTable] = [line for line in below if line not in notes]
        return [*blocks[:at], *rest], notes
    return list(blocks), []
