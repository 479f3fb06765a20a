"""Targets: each figure of a goal with what it measures, its unit, and by when.

A figure is a number with a unit (*96%*, *110 trường học*, *02 - 2,5%/năm*). The indicator is what the clause says without the
figure; several figures in one sentence are several targets. Numbers that name something (*Dự án 2*, *Chương trình 135*, dates,
document numbers) are none, and in *từ 5% xuống còn 3%* only the second is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from loaders.blocks import Node
from loaders.columns import ColumnWords
from loaders.moments import find_moments, masked_text
from loaders.numerals import NUMERAL
from loaders.passage import Passage
from loaders.sections import SectionWords
from loaders.target_tables import read_target_table
from loaders.wordlists import WordList, fold_in_place, load_words, squeeze
from ontology.records import Target

_KINDS = ("measure", "noun", "hedge", "opening", "closing", "start", "not_count")


@cache
def target_words() -> WordList:
    """Return ``ontology/tables/target_words.csv``."""
    return load_words("target_words", _KINDS)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number with its unit at ``[start, end)``; ``unit_start`` where the unit begins."""

    start: int
    unit_start: int
    end: int
    value: str
    unit: str
    noun: bool


@cache
def _figure() -> re.Pattern[str]:
    table = target_words()
    scale = r"(?:nghìn|ngàn|triệu|vạn)\s+"
    per = r"(?:\s*/\s*(?:năm|người/năm|người|hộ|xã|ha|tháng|vạn\s+dân|ngày))?"
    return re.compile(
        rf"""(?<![\w.,/\-–])(?P<low>{NUMERAL})(?:\s*(?:-|–|—|đến|tới)\s*(?P<high>{NUMERAL}))?
             \s*(?P<unit>(?:{scale})?(?:(?P<measure>{table.pattern("measure")})|(?P<noun>{table.pattern("noun")})){per})(?![^\W_])""",
        re.VERBOSE,
    )


@cache
def _before(kind: str) -> re.Pattern[str]:
    """Words of a kind at the end of a text."""
    return re.compile(r"(?:^|(?<=[\s,(]))" + target_words().pattern(kind) + r"\s*$")


@cache
def _after(kind: str) -> re.Pattern[str]:
    """Words of a kind at the start of a text."""
    return re.compile(r"[\s,:+–-]*" + target_words().pattern(kind) + r"(?![^\W_])\s*[,:]?\s*")


def parse_value(low: str, high: str | None = None) -> str:
    """Return a value as printed, without blanks and leading zeros.

    >>> parse_value("02", "2,5"), parse_value("1.438"), parse_value("0,5"), parse_value("06")
    ('2-2,5', '1.438', '0,5', '6')
    """
    values = [re.sub(r"^0+(?=\d)", "", re.sub(r"\s", "", one)) for one in (low, high) if one]
    return "-".join(values)


def find_line_targets(passage: Passage, *, by: str | None = None) -> tuple[Target, ...]:
    """Return the targets of one line of goals; ``by`` is the year that the heading or the document gives."""
    text = passage.text
    masked = masked_text(text)
    figures = _figures(masked)
    if not figures:
        return ()
    targets: list[Target] = []
    opening = _OPENING_DUE.match(masked)
    by = (_year(opening.group()) if opening else None) or by
    cuts = _cuts(masked, figures)
    baseline: _Figure | None = None
    for i, figure in enumerate(figures):
        if i + 1 < len(figures) and _is_baseline(masked, figure, figures[i + 1]):
            baseline, cuts[i + 1] = figure, cuts[i]
            continue
        start, end = cuts[i], cuts[i + 1]
        indicator, first, last = _indicator(text, masked, figure, baseline or figure, start, end)
        baseline = None
        if indicator:
            due = _year(masked[start:end]) or by
            targets.append(Target(indicator, figure.value, figure.unit, due, passage.span(first, last)))
    return tuple(targets)


def _figures(masked: str) -> list[_Figure]:
    taken = [(moment.start, moment.end) for moment in find_moments(masked)]
    found: list[_Figure] = []
    for match in _figure().finditer(masked):
        if any(a < match.end("low") and match.start() < b for a, b in taken):
            continue
        if match["noun"] and _before("not_count").search(masked[max(0, match.start() - 24) : match.start()]):
            continue
        unit = squeeze(match["unit"]).replace(" /", "/").replace("/ ", "/")
        value = parse_value(match["low"], match["high"])
        found.append(_Figure(match.start(), match.start("unit"), match.end(), value, unit, bool(match["noun"])))
    return found


def _is_baseline(masked: str, one: _Figure, other: _Figure) -> bool:
    """Tell whether ``one`` is only where ``other`` starts from: *từ 5,2% (năm 2021) xuống còn 3%*."""
    between = masked[one.end : other.start]
    step = re.fullmatch(
        r"\s*(?:\([^()]*\))?\s*(?:(?:đầu|cuối)?\s*(?:năm)?\s*\d{4})?\s*,?\s*(?:giảm|tăng)?\s*(?:xuống|lên|còn)[^,;.\d]{0,20}(?:năm\s+\d{4}\s*)?",
        between,
    )
    return (
        step is not None
        and re.search(r"\btừ\s+(?:khoảng\s+|mức\s+)?$", masked[max(0, one.start - 24) : one.start]) is not None
    )


_STRONG = re.compile(r"[;:](?=\s|$)|\.(?=\s)|,?\s*\btrong đó\b|,?\s*\btương đương\b")
_WEAK = re.compile(r",|\bvà\b")


def _cuts(masked: str, figures: Sequence[_Figure]) -> list[int]:
    """Return where the clause of each figure begins, and the end of the last one's."""
    cuts = [_last_mark(_STRONG, masked, 0, figures[0].start, 0)]
    for one, other in pairwise(figures):
        strong = _last_mark(_STRONG, masked, one.end, other.start, -1)
        cuts.append(strong if strong >= 0 else _weak_cut(masked, one.end, other.start))
    end = re.compile(r"\.(?=\s+[^\W\d_])").search(masked, figures[-1].end)
    return [*cuts, end.start() if end else len(masked)]


def _last_mark(marks: re.Pattern[str], masked: str, start: int, end: int, default: int) -> int:
    found = default
    for mark in marks.finditer(masked, start, end):
        found = mark.start() if mark.group().strip(" ,")[:1] == "t" else mark.end()
    return found


def _weak_cut(masked: str, start: int, end: int) -> int:
    """The last comma or *và* behind which a new indicator begins; else the last one; else the middle has no break."""
    marks = [mark.end() for mark in _WEAK.finditer(masked, start, end)]
    for mark in reversed(marks):
        rest = masked[mark:end].strip()
        if not rest or _after("start").match(rest) or _before("hedge").fullmatch(rest):
            return mark
    return marks[-1] if marks else start


_DUE_BEHIND = re.compile(
    r"(?:^|\s+)(?:(?:vào|đến|trong|hết|cuối)\s+)+(?:hết\s+|cuối\s+)?năm\s+\d{4}$|^(?:cuối\s+)?năm\s+\d{4}$|^và$",
    re.IGNORECASE,
)


def _indicator(
    text: str, masked: str, figure: _Figure, foremost: _Figure, start: int, end: int
) -> tuple[str, int, int]:
    """Return what a figure measures, and the stretch of the clause it was read from.

    ``foremost`` is the figure that the clause begins with: the same one, or where it starts from (*từ 5% xuống còn 3%*).
    """
    while (opening := _after("opening").match(masked, start, foremost.start)) is not None and opening.end() > start:
        start = opening.end()
    due = re.compile(r"[\s,]*(?:đến\s+)?(?:hết\s+|cuối\s+)?năm\s+\d{4}\s*,?\s*").match(masked, start, foremost.start)
    start = due.end() if due else start
    while start < foremost.start and not text[start].isalnum():
        start += 1
    before_end = foremost.start
    while (hedge := _before("hedge").search(masked, start, before_end)) is not None and hedge.start() >= start:
        before_end = hedge.start()
    before = text[start:before_end].strip(" ,:")
    after_end = end
    closing = re.compile(r"\s*(?:,\s*)?" + target_words().pattern("closing") + r"(?![^\W_])").search(
        masked, figure.end, end
    )
    if closing is not None:
        after_end = closing.start()
    after = re.sub(r"\s+và$", "", text[figure.end : after_end].strip(" ,;.:"))
    after = _DUE_BEHIND.sub("", after)
    if figure.noun and (after or len(before.split()) < 3):
        after = squeeze(f"{text[figure.unit_start : figure.end]} {after}")
    elif not after:
        before = re.sub(r"\s+cho$", "", before)
    last = after_end if after_end > figure.end and text[figure.end : after_end].strip(" ,;.:") else figure.end
    while last > figure.end and not (text[last - 1].isalnum() or text[last - 1] in ')%”"'):
        last -= 1
    return squeeze(f"{before} {after}"), min(start, foremost.start), last


_OPENING_DUE = re.compile(r"\W*(?:phấn\s+đấu\s+)?(?:đến|trong|hết)\s+(?:hết\s+|cuối\s+)?năm\s+\d{4}\s*[:,]?")
"""*Đến năm 2025: A; B* is by 2025 for both."""

_BY = re.compile(
    r"(?<!so với )(?:đến\s+)?(?:hết\s+|cuối\s+)?năm\s+(?P<year>(?:19|20)\d\d)\b(?!\s*[-–]\s*\d)|giai\s+đoạn\s+(?:19|20)\d\d\s*[-–]\s*(?P<end>(?:19|20)\d\d)"
)


def _year(masked: str) -> str | None:
    """Return the year by which: the latest that the words name, comparisons (*so với năm 2021*) left out."""
    years = [found["year"] or found["end"] for found in _BY.finditer(masked)]
    return max(years) if years else None


def due_year(title: str | None, periods: Sequence[str], date: str | None) -> str | None:
    """Return the year that a document's goals are for: the one its title names, else its period's last, else that of its date.

    >>> due_year("Thực hiện Chương trình … năm 2022", ("2021-2025",), "2021-12-30")
    '2022'
    >>> due_year("Triển khai Chương trình … giai đoạn 2016-2020", ("2016-2020",), "2017-01-23")
    '2020'
    """
    of_title = _year(masked_text(title)) if title else None
    return of_title or (periods[0].split("-")[-1] if periods else None) or (date[:4] if date else None)


def find_targets(
    root: Node, sections: SectionWords, *, default_by: str | None, known: ColumnWords | None = None
) -> tuple[Target, ...]:
    """Return the targets of all sections of goals, and of tables of indicators wherever they stand, in document order."""
    found: list[Target] = []
    _visit(root, sections, None, default_by, known, found)
    return tuple(found)


def _visit(
    node: Node,
    sections: SectionWords,
    kind: str | None,
    by: str | None,
    known: ColumnWords | None,
    found: list[Target],
) -> None:
    if node.kind in {"recipients", "signature"} or node.cells:
        return
    if node.table is not None:
        if not node.children:
            found.extend(read_target_table(node.table, by=by, known=known))
        return
    if node.paragraph is not None and node.paragraph.passage.pieces:
        passage = node.paragraph.passage
        if node.children or node.kind != "plain" or ":" in passage.text[:40]:
            kind = sections.kind_of(passage.text) or kind
        if kind == "goals":
            found.extend(find_line_targets(passage, by=by))
            if node.children:
                by = _year(fold_in_place(passage.text)) or by
    for child in node.children:
        _visit(child, sections, kind, by, known, found)
