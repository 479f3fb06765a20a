"""Headers of tables: which row is one, and headers of two rows.

In a header of two rows the upper cells stand over groups (*Cơ quan thực hiện* over *Chủ trì* and *Phối hợp*, *Năm* over 2024 and 2025):
text dumps leave the other cells of a group empty, and those of the columns without groups in the lower row.
"""

import re
from collections.abc import Sequence

from loaders.text.columns import ColumnWords
from loaders.text.passage import Passage, join_passages
from ontology.folding import fold_words

_EMPTY = Passage("", ())
_LONGEST_LOWER = 40
_YEAR = re.compile(r"(?:năm\s+)?(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?", re.IGNORECASE)
_FIGURE = re.compile(r"[\d.,\s%+x✓-]+", re.IGNORECASE)


def pad(cells: list[Passage], width: int) -> list[Passage]:
    """Return a row of ``width`` cells; empty ones behind it are dropped, missing ones added."""
    if len(cells) > width > 0 and not any(cell.text for cell in cells[width:]):
        return cells[:width]
    return cells + [_EMPTY] * (width - len(cells))


def texts_of(cells: Sequence[Passage]) -> list[str]:
    """Return the texts of the cells that are not empty."""
    return [cell.text for cell in cells if cell.text]


def is_header(cells: Sequence[Passage], known: ColumnWords) -> bool:
    """Tell whether a row heads columns: at least half of its cells are known words of headers, of more than one kind."""
    named = [known.column_of(cell.text) for cell in cells if cell.text]
    hits = [name for name in named if name]
    return (
        len(set(hits)) >= 2 and len(hits) * 2 >= len(named) and ("content" in hits or "number" in hits or len(hits) > 2)
    )


def same_cells(cells: Sequence[Passage], header: Sequence[Passage]) -> bool:
    """Tell whether a row repeats a header."""
    return [fold_words(text) for text in texts_of(cells)] == [fold_words(text) for text in texts_of(header)]


def is_other_header(cells: Sequence[Passage], header: Sequence[Passage], known: ColumnWords) -> bool:
    """Tell whether a row heads another table: it is a header of its own, or begins with the word for row numbers."""
    if same_cells(cells, header) or len(texts_of(cells)) < 3:
        return False
    return is_header(cells, known) or (bool(cells[0].text) and known.column_of(cells[0].text) == "number")


def is_second_header(first: Sequence[Passage], cells: Sequence[Passage], known: ColumnWords) -> bool:
    """Tell whether the row below a header is its lower half: its cells stand below groups and nowhere else.

    >>> from loaders.text.columns import load_column_words
    >>> from loaders.text.lines import clean_passage
    >>> rows = [[clean_passage(text, 0) for text in row.split("|")] for row in ("TT|Nội dung|Kinh phí|", "||2024|2025", "1|Tập huấn|5|6")]
    >>> [is_second_header(rows[0], row, load_column_words()) for row in rows[1:]]
    [True, False]
    """
    texts = texts_of(cells)
    if 0 < len(texts) < len(cells) and all(known.column_of(text) for text in texts):
        return True
    if len(texts) < 2 or any(len(text) > _LONGEST_LOWER or _is_figure(text) for text in texts):
        return False
    width = max(len(first), len(cells))
    high, low = pad(list(first), width), pad(list(cells), width)
    filled = [i for i in range(width) if low[i].text]
    grouped = [i for i in filled if not high[i].text]
    opened = [i for i in filled if high[i].text]
    return bool(grouped) and all(i + 1 < width and not high[i + 1].text and low[i + 1].text for i in opened)


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None and _YEAR.fullmatch(text) is None


def merge_headers(first: list[Passage], second: list[Passage], known: ColumnWords) -> list[Passage]:
    """Join a header of two rows: a lower cell that is known names its column, any other names it together with its group."""
    width = max(len(first), len(second))
    merged: list[Passage] = []
    group = _EMPTY
    for high, low in zip(pad(first, width), pad(second, width), strict=True):
        group = high if high.text or not low.text else group
        if not low.text or known.column_of(low.text):
            merged.append(low if low.text else high)
        else:
            merged.append(join_passages([group, low]))
    return merged
