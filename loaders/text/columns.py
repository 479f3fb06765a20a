"""What a table's columns mean: by the words of their headers, never by their position.

The words are rows of ``ontology/tables/column_words.csv``. Where a dump has lost cells (merged cells, one cell a line),
:func:`align_cells` places what is left by what each cell looks like.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from loaders.text.passage import Passage
from ontology.folding import fold, fold_words
from ontology.table_reading import TABLES, read_table

_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-ZĐ]|[a-zđ]{1,2})[.)]?|[-+*]")
_CAPTION = re.compile(r"(?:[IVX]{1,5}|[A-H]|\d{1,3}(?:\.\d{1,2})*)[.)]?\s+\S.{3,}")
_TIME = re.compile(
    r"^(?:quý|năm|tháng|giai đoạn|hằng|hàng|định kỳ|thường xuyên|trước|sau|chậm nhất|đã hoàn thành|đột xuất|"
    r"khi có|trong|đến|từ|xong|\d{1,2}\s*tháng|\d{1,2}/\d{1,4}|(?:19|20)\d\d|ngày|đầu năm|cuối năm|theo)\b",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"^(?:(?:\d+\.|[-+])\s*)?(?:các\s+|liên\s+)?(?:bộ|sở|ban|ngành|phòng|cục|vụ|tổng cục|chi cục|văn phòng|thanh tra|trung tâm|viện|"
    r"ủy ban|uỷ ban|ubnd|hđnd|hội|đoàn|tỉnh|huyện|thành phố|cơ quan|đơn vị|công an|ngân hàng|kho bạc|bảo hiểm|mặt trận|"
    r"liên đoàn|liên minh|đài|báo|trường|cấp|chính phủ|thủ tướng|địa phương|bộ chỉ huy|bhxh|nhcsxh|kbnn|chủ tịch)\b",
    re.IGNORECASE,
)

_FOOTNOTE = re.compile(r"\[\d+\]|\(\d+\)")
_SIGNS = re.compile(r"[\[(&]")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_HEADER = 160
"""Characters; no cell with more heads a column."""
AGENCY_COLUMNS = frozenset({"lead", "lead_advise", "coordinate", "implement", "advise"})


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """The registered header forms, folded, with the kind of the column each heads."""

    forms: dict[tuple[str, ...], str]
    longest: int
    firsts: frozenset[str]
    lasts: frozenset[str]
    """The words that forms begin and end with."""

    def column_of(self, header: str) -> str | None:
        """Return the kind of the column that ``header`` heads, or ``None``.

        The longest registered form that begins or ends the header wins; a slash parts alternatives.

        >>> load_column_words().column_of("Cơ quan chủ trì[1]"), load_column_words().column_of("Sản phẩm/ hình thức văn bản")
        ('lead', 'product')
        """
        if len(header) > _LONGEST_HEADER or not self._may_head(header):
            return None
        folded = tuple(fold_words(_FOOTNOTE.sub(" ", header)))
        if not folded or len(folded) > 14:
            return None
        if folded in self.forms:
            return self.forms[folded]
        for size in range(min(self.longest, len(folded)), max(1, len(folded) - 7), -1):
            for part in (folded[:size], folded[-size:]):
                if part in self.forms:
                    return self.forms[part]
        return None

    def _may_head(self, header: str) -> bool:
        """Tell whether the first or the last word of a cell is one that forms begin or end with; most cells are passed over by this."""
        if _SIGNS.search(header):
            return True
        ends = _WORD.findall(header.rpartition(" ")[2])
        first = _WORD.search(header)
        return not ends or first is None or fold(first.group()) in self.firsts or fold(ends[-1]) in self.lasts


def load_column_words(folder: Path | None = None) -> ColumnWords:
    """Read ``column_words.csv``; raise :class:`ontology.errors.RegistryError` for a wrong row."""
    path = (folder or TABLES) / "column_words.csv"
    rows = read_table(path, ("form", "column", "note"))
    forms = {tuple(fold_words(row.text("form"))): row.text("column") for row in rows}
    return ColumnWords(
        forms,
        max(map(len, forms)),
        frozenset(form[0] for form in forms),
        frozenset(form[-1] for form in forms),
    )


def name_columns(header: Sequence[Passage], known: ColumnWords) -> tuple[str | None, ...]:
    """Return the kind of each header cell; the ambiguous *Đơn vị* is a unit only in a table of indicators."""
    named = [known.column_of(cell.text) for cell in header]
    for i, column in enumerate(named):
        if column == "unit_or_agency":
            named[i] = "unit" if "indicator" in named else "implement"
    return tuple(named)


def looks_like_number(text: str) -> bool:
    """Tell whether a cell is a row number or letter (``7``, ``1.2``, ``IV``, ``đ)``)."""
    return bool(_NUMBER.fullmatch(text.strip()))


def is_caption(text: str) -> bool:
    """Tell whether a number cell carries its section's title as well (``IV Dự án 4: …``)."""
    return bool(_CAPTION.fullmatch(text.strip()))


def fits(text: str, column: str | None) -> float:
    """Tell how well a cell's text fits a kind of column, from -1 (not at all) to 1."""
    if column == "number":
        return 1.0 if looks_like_number(text) else (0.5 if is_caption(text) and len(text) < 90 else -1.0)
    if column == "time":
        return 1.0 if _TIME.match(text) else -1.0
    if column in AGENCY_COLUMNS:
        certain = 1.0 if column != "coordinate" else 0.9  # of two columns that would do, the lead comes first
        return certain if _AGENCY.match(text) else (-0.4 if len(text) < 120 else -1.0)
    if column == "submit_to":
        return 0.8 if _AGENCY.match(text) and len(text) < 40 else -1.0
    if column == "content":
        return 0.6 if len(text) > 25 and not _AGENCY.match(text) else (0.1 if not looks_like_number(text) else -0.8)
    return 0.2 if not looks_like_number(text) else -0.5


def align_cells(cells: Sequence[Passage], columns: Sequence[str | None]) -> list[dict[int, Passage]]:
    """Place cells that came without their columns, in order; return one or more rows of ``{column index: cell}``.

    As many cells as columns, and none of them impossible: taken as they stand. Otherwise the best monotone placement
    by :func:`fits`; where a second run of agencies follows a full row, it is a row of its own whose other cells were merged away.
    """
    if len(cells) == len(columns) and all(
        not cell.text or fits(cell.text, column) > -1.0 for cell, column in zip(cells, columns, strict=True)
    ):
        return [dict(enumerate(cells))]
    best = _best_placement(cells, columns)
    rows: list[dict[int, Passage]] = [{}]
    last = -1
    for cell, place in zip(cells, best, strict=True):
        if place <= last:
            rows.append({})
        rows[-1][place] = cell
        last = place
    return rows


_NEW_ROW = -1.2
_SKIP: Mapping[str, float] = {"content": -0.6, "number": -0.3}


def _best_placement(cells: Sequence[Passage], columns: Sequence[str | None]) -> list[int]:
    """Dynamic programme over (cell, column): stepping right may skip columns, stepping back starts a new row."""
    width = len(columns)
    score: list[list[tuple[float, int]]] = []
    for i, cell in enumerate(cells):
        line: list[tuple[float, int]] = []
        for j in range(width):
            own = fits(cell.text, columns[j]) if cell.text else 0.0
            options = [(_skip(columns, 0, j), -1)] if i == 0 else []
            if i:
                for k in range(width):
                    before = score[i - 1][k][0]
                    step = _skip(columns, k + 1, j) if k < j else _NEW_ROW + _skip(columns, 0, j)
                    options.append((before + step, k))
            value, came = max(options)
            line.append((value + own, came))
        score.append(line)
    place = max(range(width), key=lambda j: score[-1][j][0])
    path = [place]
    for i in range(len(cells) - 1, 0, -1):
        place = score[i][place][1]
        path.append(place)
    return path[::-1]


def _skip(columns: Sequence[str | None], start: int, end: int) -> float:
    return sum(_SKIP.get(columns[i] or "", -0.1) for i in range(start, end))
