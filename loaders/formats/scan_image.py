"""The picture of a page made ready to be recognised: red stamps out, set straight, its rulings found and wiped.

Rulings are found the way the eye does: a stroke much longer than any letter is wide. Averaging a picture over blocks one pixel high
and a fifth of an inch long leaves dark only what is dark all along; the same with the picture turned gives the upright ones. They
are wiped before the letters are recognised, for a ruling beside a letter is read as one (``|``, ``l``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import pvariance
from typing import Any

from PIL import Image, ImageDraw

_RUN = 14.0
"""Points: a stroke this long is no part of a letter."""
_THICKEST = 5.0
"""Points: a bar thicker than this is no ruling."""
_SOLID = 0.97
_SIDEWAYS = 3.0
"""Degrees by which a page may lie askew in the scanner."""
_DARK_BLOCKS = re.compile(rb"[\xc8-\xff]+")
_THUMB = 700
"""Pixels of width at which the lean of a page is measured."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight stroke, in pixels: from ``start`` to ``end`` along its direction, between ``low`` and ``high`` across it."""

    start: int
    end: int
    low: int
    high: int


def without_stamps(image: Image.Image) -> Image.Image:
    """Return a picture in greys in which red ink is paper: seals lie across the signer's capacity and name."""
    if image.mode in {"1", "L", "I", "I;16", "F"}:
        return image.convert("L")
    if image.mode in {"LA", "PA", "RGBA"} or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    return image.convert("RGB").getchannel("R")


def dark_limit(image: Image.Image) -> int:
    """Return the grey that best parts ink from paper (Otsu's choice: the two sides differ most)."""
    counts = image.histogram()
    total, whole = sum(counts), sum(grey * count for grey, count in enumerate(counts))
    best, limit = -1.0, 128
    below = summed = 0
    for grey, count in enumerate(counts[:-1]):
        below += count
        summed += grey * count
        if not 0 < below < total:
            continue
        apart = summed / below - (whole - summed) / (total - below)
        if (between := below * (total - below) * apart * apart) > best:
            best, limit = between, grey
    return max(60, min(limit, 200))


def straighten(image: Image.Image) -> Image.Image:
    """Return a page turned so that its lines lie level: then its rows of pixels differ most, full lines and empty gaps."""
    factor = max(1, image.width // _THUMB)
    thumb = Image.eval(image.reduce(factor), lambda grey: 255 - grey)

    def levelness(angle: float) -> float:
        turned = thumb.rotate(angle, Image.Resampling.BILINEAR)
        return pvariance(turned.resize((1, thumb.height), Image.Resampling.BOX).tobytes())

    steps = int(_SIDEWAYS / 0.5)
    best = max((step * 0.5 for step in range(-steps, steps + 1)), key=lambda angle: (levelness(angle), -abs(angle)))
    for width in (0.1, 0.02):
        around = [best + step * width for step in range(-5, 6)]
        best = max(around, key=lambda angle: (levelness(angle), -abs(angle)))
    if abs(best) < 0.03:
        return image
    return image.rotate(best, Image.Resampling.BICUBIC, fillcolor=255)


def find_strokes(image: Image.Image, pixels_a_point: float) -> tuple[list[Stroke], list[Stroke]]:
    """Return the level and the upright rulings of a page in greys."""
    limit = dark_limit(image)
    ink = image.point([255 if grey <= limit else 0 for grey in range(256)])
    run, thickest = max(8, round(_RUN * pixels_a_point)), _THICKEST * pixels_a_point
    found = []
    for turned in (ink, ink.transpose(Image.Transpose.TRANSPOSE)):
        thin = [stroke for stroke in _joined(_blocks(turned, run)) if stroke.high - stroke.low < thickest]
        found.append([whole for stroke in thin if (whole := _reach(stroke, turned, run)) is not None])
    return found[0], found[1]


def _blocks(ink: Image.Image, run: int) -> Iterator[tuple[int, int, int]]:
    """Yield row, start and end of each dark run of blocks."""
    small = ink.reduce((run, 1))
    data, width = small.tobytes(), small.width
    for row in range(small.height):
        for found in _DARK_BLOCKS.finditer(data[row * width : (row + 1) * width]):
            yield row, found.start() * run, min(found.end() * run, ink.width)


def _joined(blocks: Iterator[tuple[int, int, int]]) -> list[Stroke]:
    """Join the runs of neighbouring rows that lie over one another."""
    done: list[Stroke] = []
    growing: list[Stroke] = []
    for row, start, end in blocks:
        done += [stroke for stroke in growing if row - stroke.high > 2]
        growing = [stroke for stroke in growing if row - stroke.high <= 2]
        touching = [stroke for stroke in growing if stroke.start <= end and start <= stroke.end]
        growing = [stroke for stroke in growing if stroke not in touching]
        growing.append(
            Stroke(
                min([start, *(stroke.start for stroke in touching)]),
                max([end, *(stroke.end for stroke in touching)]),
                min([row, *(stroke.low for stroke in touching)]),
                row,
            )
        )
    return done + growing


def _reach(stroke: Stroke, ink: Image.Image, run: int) -> Stroke | None:
    """Return a stroke with its ends where the ink ends; ``None`` for letters: too short, or feet in a row with gaps."""
    left, right = max(0, stroke.start - run), min(ink.width, stroke.end + run)
    band = ink.crop((left, max(0, stroke.low - 1), right, min(ink.height, stroke.high + 2)))
    dark = [any(column) for column in zip(*_rows(band), strict=True)]
    start, end = stroke.start - left, stroke.end - left
    while start > 0 and dark[start - 1]:
        start -= 1
    while start < end - 1 and not dark[start]:
        start += 1
    while end < len(dark) and dark[end]:
        end += 1
    while end > start + 1 and not dark[end - 1]:
        end -= 1
    if end - start < run or sum(dark[start:end]) < _SOLID * (end - start):
        return None
    return replace(stroke, start=left + start, end=left + end)


def _rows(image: Image.Image) -> list[bytes]:
    data = image.tobytes()
    return [data[at : at + image.width] for at in range(0, len(data), image.width)]


def edges_of(level: list[Stroke], upright: list[Stroke], pixels_a_point: float) -> list[dict[str, Any]]:
    """Return rulings as the edges from which pdfplumber makes cells, in points."""
    edges = []
    for orientation, strokes in (("h", level), ("v", upright)):
        for stroke in strokes:
            start, end = stroke.start / pixels_a_point, stroke.end / pixels_a_point
            across = (stroke.low + stroke.high + 1) / 2 / pixels_a_point
            box = (start, across, end, across) if orientation == "h" else (across, start, across, end)
            edges.append(
                {
                    "orientation": orientation, "object_type": "line",
                    "x0": box[0], "top": box[1], "x1": box[2], "bottom": box[3],
                    "width": box[2] - box[0], "height": box[3] - box[1],
                }
            )  # fmt: skip
    return edges


def wipe(image: Image.Image, level: list[Stroke], upright: list[Stroke]) -> Image.Image:
    """Return the page without its rulings."""
    clean = image.copy()
    draw = ImageDraw.Draw(clean)
    for stroke in level:
        draw.rectangle((stroke.start - 1, stroke.low - 2, stroke.end, stroke.high + 2), fill=255)
    for stroke in upright:
        draw.rectangle((stroke.low - 2, stroke.start - 1, stroke.high + 2, stroke.end), fill=255)
    return clean
