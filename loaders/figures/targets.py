"""Targets: each figure of a goal with what it measures, its unit, and by when.

A figure is a number with a unit (*96%*, *110 trường học*, *02 - 2,5%/năm*). The indicator is what the clause says without the
figure; several figures in one sentence are several targets. Numbers that name something (*Dự án 2*, *Chương trình 135*, dates,
document numbers) are none, and in *từ 5% xuống còn 3%* only the second is.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from loaders.figures.moments import masked_text
from loaders.figures.target_figures import (
    Figure,
    find_comparator,
    find_figures,
    is_baseline,
    onward_behind,
    target_words,
    words_after,
    words_before,
)
from loaders.figures.target_tables import read_target_table
from loaders.text.blocks import Node
from loaders.text.columns import ColumnWords
from loaders.text.passage import Passage
from loaders.text.sections import SectionWords
from loaders.text.wordlists import squeeze
from ontology.folding import fold
from ontology.records import Target


def find_line_targets(passage: Passage, *, by: str | None = None) -> tuple[Target, ...]:
    """Return the targets of one line of goals; ``by`` is the year that the heading or the document gives."""
    text = passage.text
    masked = masked_text(text)
    figures = find_figures(masked)
    if not figures:
        return ()
    targets: list[Target] = []
    opening = _OPENING_DUE.match(masked)
    by = (_year(opening.group()) if opening else None) or by
    cuts = _cuts(masked, figures)
    baseline: Figure | None = None
    for i, figure in enumerate(figures):
        if i + 1 < len(figures) and is_baseline(masked, figure, figures[i + 1]):
            baseline, cuts[i + 1] = figure, cuts[i]
            continue
        start, end = cuts[i], cuts[i + 1]
        indicator, first, last = _indicator(text, masked, figure, baseline or figure, start, end)
        begins, baseline = baseline, None
        if not indicator and targets:
            indicator = targets[-1].indicator  # "giảm 2.500 hộ, tương đương 2,5%"
        if indicator:
            due = _year(masked[start:end]) or by
            comparator = find_comparator(masked, figure, begins.end if begins is not None else start)
            stands = begins.value if begins is not None else None
            span = passage.span(first, last)
            targets.append(Target(indicator, figure.value, figure.unit, due, span, comparator, stands))
    return tuple(targets)


_STRONG = re.compile(r"[;:](?=\s|$)|\.(?=\s)|\(|,?\s*\btrong đó\b|,?\s*\btương đương\b")
_WEAK = re.compile(r",|\bvà\b")


def _cuts(masked: str, figures: Sequence[Figure]) -> list[int]:
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
        if mark.group() == ":" and words_before("hedge").sub("", masked[mark.end() : end]).strip() == "":
            continue  # "Tổng số hộ nghèo giảm: 2.500 hộ"
        found = mark.start() if mark.group().strip(" ,")[:1] == "t" else mark.end()
    return found


def _weak_cut(masked: str, start: int, end: int) -> int:
    """The last comma or *và* behind which a new indicator begins; else the last one; else the middle has no break."""
    marks = [mark.end() for mark in _WEAK.finditer(masked, start, end)]
    for mark in reversed(marks):
        rest = masked[mark:end].strip()
        if not rest or words_after("start").match(rest) or words_before("hedge").fullmatch(rest):
            return mark
    return marks[-1] if marks else start


_DUE_BEHIND = re.compile(
    r"(?:^|\s+)(?:(?:vào|đến|trong|hết|cuối)\s+)+(?:hết\s+|cuối\s+)?năm\s+\d{4}$|^(?:cuối\s+)?năm\s+\d{4}$|^và$",
    re.IGNORECASE,
)


_COMMA = re.compile(r"^(?:\s*,)?\s*")


def _indicator(text: str, masked: str, figure: Figure, foremost: Figure, start: int, end: int) -> tuple[str, int, int]:
    """Return what a figure measures, and the stretch of the clause it was read from.

    ``foremost`` is the figure that the clause begins with: the same one, or where it starts from (*từ 5% xuống còn 3%*).
    """
    while (
        opening := words_after("opening").match(masked, start, foremost.start)
    ) is not None and opening.end() > start:
        start = opening.end()
    due = re.compile(r"[\s,]*(?:đến\s+)?(?:hết\s+|cuối\s+)?năm\s+\d{4}\s*[,:]?\s*").match(masked, start, foremost.start)
    start = due.end() if due else start
    while start < foremost.start and not text[start].isalnum():
        start += 1
    before_end = foremost.start
    while (hedge := words_before("hedge").search(masked, start, before_end)) is not None and hedge.start() >= start:
        before_end = hedge.start()
    before = text[start:before_end].strip(" ,:")
    after_end = end
    onward = onward_behind(masked, figure)
    behind = onward.end() if onward is not None else figure.end
    closing = re.compile(r"\s*(?:,\s*)?" + target_words().pattern("closing") + r"(?![^\W_])").search(
        masked, figure.end, end
    )
    if closing is not None:
        after_end = closing.start()
    if (aside := re.compile(r"\s*\((?=[^)]*\d)|\s*\($").search(masked, figure.end, after_end)) is not None:
        after_end = aside.start()
    if text.count(")", figure.end, after_end) > text.count("(", figure.end, after_end):
        after_end = text.index(")", figure.end)
    after = re.sub(r"\s+và$", "", text[behind : max(behind, after_end)].strip(" ,;.:"))
    after = _DUE_BEHIND.sub("", after)
    if figure.noun and (after or len(before.split()) < 3):
        after = squeeze(text[figure.named_at : figure.end] + _COMMA.findall(text[behind:])[0] + after)
    elif not after:
        before = re.sub(r"\s+cho$", "", before)
    last = after_end if after_end > behind and text[behind:after_end].strip(" ,;.:") else figure.end
    while last > figure.end and not (text[last - 1].isalnum() or text[last - 1] in ')%”"'):
        last -= 1
    return squeeze(f"{before} {after}"), min(start, foremost.start), last


_OPENING_DUE = re.compile(r"\W*(?:phấn\s+đấu\s+)?(?:đến|trong|hết)\s+(?:hết\s+|cuối\s+)?năm\s+\d{4}\s*[:,]?")
"""*Đến năm 2025: A; B* is by 2025 for both."""

_COMPARED = re.compile(r"\bso\s+với\s+[^,;.()]*")
_BY = re.compile(
    r"(?:đến\s+)?(?:hết\s+|cuối\s+)?năm\s+(?P<year>(?:19|20)\d\d)\b(?!\s*[-–]\s*\d)|giai\s+đoạn\s+(?:19|20)\d\d\s*[-–]\s*(?P<end>(?:19|20)\d\d)"
)


def _year(masked: str) -> str | None:
    """Return the year by which: the latest that the words name, comparisons (*so với năm 2021*) left out."""
    years = [found["year"] or found["end"] for found in _BY.finditer(_COMPARED.sub(" ", masked))]
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
                by = _year(fold(passage.text)) or by
    for child in node.children:
        _visit(child, sections, kind, by, known, found)
