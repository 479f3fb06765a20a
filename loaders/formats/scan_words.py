"""Letters of a picture, by Tesseract: words with their places and how sure it is of each.

It is given the picture through a pipe and answers in hOCR through another, so it writes no file.
"""

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from statistics import median

from lxml import etree
from PIL import Image

from loaders.formats.pdf_lines import Word
from loaders.formats.recogniser import LANGUAGE
from loaders.formats.syllables import is_syllable

PAGE_SECONDS = 120.0
"""A page takes one to five seconds; noise without end may take any time."""
_SAME_SIZE = (0.7, 1.4)
_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size (-?[\d.]+); x_descenders (-?[\d.]+)")
_SURE = re.compile(r"x_wconf (\d+)")
_TURNED = re.compile(rb"Rotate: (\d+)")
_CIRCULAR = re.compile(r"(?<=/\d{4}/)[T1Il]{2}(?=-[A-ZĐ])")
_DECISION = re.compile(r"QĐ-(?:[T1Il]['’]?){2}g\b")
_NOISE = 15
"""Percent: what is this unsure is a blot."""
_ONLY_SIGNS = re.compile(r"[^\w\s%&+*/()•§-]+")
_BULLETS = frozenset("=—–~¬_»")
"""What a hyphen at the beginning of a line is misread as."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised on a page: its words, in points, and of each how sure the program is, in percent."""

    words: tuple[Word, ...]
    sure: tuple[int, ...]

    @property
    def confidence(self) -> float:
        """How sure the program is of a letter, on average."""
        letters = sum(len(word.text) for word in self.words)
        return sum(len(word.text) * sure for word, sure in zip(self.words, self.sure, strict=True)) / max(1, letters)


def recognise_words(image: Image.Image, pixels_a_point: float, *, one_column: bool = False) -> Recognised:
    """Return the words of a page in greys, set straight; ``one_column``: it is one block of lines, whatever its gaps."""
    found = etree.fromstring(
        _ask(image, pixels_a_point, "6" if one_column else "3", "hocr"), etree.HTMLParser(encoding="utf-8")
    )
    lines = [] if found is None else [line for line in map(_read_line, found.iter("span")) if line is not None]
    body = _body_size(lines)
    words: list[Word] = []
    sure: list[int] = []
    for line in lines:
        size = body if _SAME_SIZE[0] < line.size / body < _SAME_SIZE[1] else line.size
        below = line.below * size / line.size
        for number, (text, left, right, certain) in enumerate(line.words):
            if number == 0 and text in _BULLETS and len(line.words) > 1:
                text = "-"
            if certain < _NOISE or _ONLY_SIGNS.fullmatch(text):
                continue
            foot = line.foot + line.slope * ((left + right) / 2 - line.left) + below
            for part, start, end in part_words(text, left, right):
                box = (start, end, foot - size, foot)
                words.append(Word(part, *(edge / pixels_a_point for edge in box)))
                sure.append(certain)
    return Recognised(tuple(words), tuple(sure))


def mend_number(word: str) -> str:
    """Return a document number with letters where only letters can stand: the kind of document between year and issuer.

    >>> mend_number("10/2022/11-BLĐTBXH;"), mend_number("1722/QĐ-1Tg"), mend_number("11/2022")
    ('10/2022/TT-BLĐTBXH;', '1722/QĐ-TTg', '11/2022')
    """
    word = word.replace("ĐÐ", "Đ").replace("Ð", "Đ")  # the Icelandic letter looks the same
    return _DECISION.sub("QĐ-TTg", _CIRCULAR.sub("TT", word))


def part_words(text: str, left: float, right: float) -> list[tuple[str, float, float]]:
    """Return what was read as one word: mended, and parted where it is several, each with its ends."""
    return _apart(mend_number(text), left, right)


def _apart(text: str, left: float, right: float) -> list[tuple[str, float, float]]:
    """Return a word, or the two that it holds where a blank was too narrow to be seen: ``vàXã``, ``SởLĐTBXH``, ``tỉnh,thành``."""
    for at in range(2, len(text)):
        first, second = text[:at], text[at:]
        if is_syllable(first.rstrip(",;")) and _begins_word(first[-1], second):
            middle = left + (right - left) * at / len(text)
            return [(first, left, middle), *_apart(second, middle, right)]
    return [(text, left, right)]


def _begins_word(before: str, text: str) -> bool:
    """Tell whether a word surely begins behind the sign ``before``: a capital behind a small letter, a letter behind a comma."""
    word = text.rstrip(".,;:)")
    if before in ",;":
        return text[0].isalpha()
    return before.islower() and text[0].isupper() and (is_syllable(word) or (word.isalpha() and word.isupper()))


def find_turn(image: Image.Image, pixels_a_point: float) -> int:
    """Return by how many degrees, clockwise, a page must be turned to stand upright: 0, 90, 180 or 270."""
    try:
        found = _TURNED.search(_ask(image, pixels_a_point, "0", "osd"))
    except subprocess.CalledProcessError:
        return 0  # too few letters to tell, or no model for it
    return int(found.group(1)) if found else 0


def _ask(image: Image.Image, pixels_a_point: float, segmentation: str, form: str) -> bytes:
    picture = BytesIO()
    image.save(picture, "PNG", compress_level=1)
    language = ("-l", LANGUAGE) if form == "hocr" else ("-l", "osd")
    dots = str(round(72 * pixels_a_point))
    command = ["tesseract", "stdin", "stdout", *language, "--dpi", dots, "--psm", segmentation]
    if form == "hocr":
        command.append(form)
    done = subprocess.run(
        command,
        input=picture.getvalue(),
        capture_output=True,
        timeout=PAGE_SECONDS,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its threads wait for one another longer than they work
    )
    return done.stdout


@dataclass(frozen=True, slots=True)
class _Line:
    """A recognised line, in pixels: where its letters stand, how high they are, its words with both ends and confidence."""

    left: float
    foot: float
    slope: float
    size: float
    below: float
    words: tuple[tuple[str, int, int, int], ...]


def _read_line(element: etree._Element) -> _Line | None:
    words = []
    title = element.get("title", "")
    box, baseline, size = (pattern.search(title) for pattern in (_BOX, _BASELINE, _SIZE))
    if box is None or size is None or float(size.group(1)) <= 0:
        return None
    for word in element.iter("span"):
        place, sure = _BOX.search(word.get("title", "")), _SURE.search(word.get("title", ""))
        text = "".join("".join(map(str, word.itertext())).split())
        if word.get("class") == "ocrx_word" and place is not None and sure is not None and text:
            words.append((text, int(place.group(1)), int(place.group(3)), int(sure.group(1))))
    if not words:
        return None
    slope, shift = (float(baseline.group(1)), float(baseline.group(2))) if baseline else (0.0, 0.0)
    return _Line(
        int(box.group(1)), int(box.group(4)) + shift, slope, float(size.group(1)), float(size.group(2)), tuple(words)
    )


def _body_size(lines: Sequence[_Line]) -> float:
    """Return the height of most of the letters of a page: heights of single lines depend on which letters happen to be in them."""
    sizes = [line.size for line in lines for word in line.words for _ in word[0]]
    return median(sizes) if sizes else 1.0
