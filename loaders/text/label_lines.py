"""Label lines under a task's title: *- Cơ quan chủ trì: … - Cơ quan phối hợp: … - Thời gian: …*.

They are the cells of a row that was set as lines; the labels are the header words of tables. They may stand one a line, as bullets,
or all in one line, and belong to the title above them or to the bullets between title and labels.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.text.blocks import Node, Paragraph
from loaders.text.columns import AGENCY_COLUMNS, ColumnWords, fits
from loaders.text.passage import Passage
from ontology.folding import UPPER

_LABEL = re.compile(
    r"(?:^|(?<=[.;(])\s*[-–+*]?\s*|\s[-–+*]\s+)(?P<label>(?!(?:[Ll]à|[Đđ]ược|[Cc]ó|[Vv]à)\s)[^\W\d_](?:(?!\s[-–+*]\s)[^:;.()]){3,45}):\s*"
)
_COLUMNS = AGENCY_COLUMNS | {"time", "product", "submit_to", "budget", "budget_source", "note"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a line says by labels: the words before the first label (the task, if they stand in one line), and the cells."""

    head: Passage
    cells: dict[str, tuple[Passage, ...]]


_ROLE_VERB = re.compile(r"^[^.;]*(?<!\()\b(?:chủ trì|phối hợp)\b(?!\s*\))")


def _is_prose(text: str, column: str) -> bool:
    """Tell a sentence from a cell: *Phân công thực hiện: Sở X chủ trì, phối hợp với …* says its roles itself."""
    if column == "implement" and _ROLE_VERB.match(text) is not None:
        return True
    return column in {"lead", "coordinate"} and (_WITH.match(text) is not None or _says_what(text, column))


_WITH = re.compile(r"\s*(?:với|cùng(?: với)?)\s", re.IGNORECASE)
_FIRST_WORDS = 60


def _says_what(text: str, column: str) -> bool:
    """Tell whether behind *Chủ trì:* stands what is led, not who leads: *a) Chủ trì: Kiểm soát dư lượng thuốc …; xây dựng …*."""
    return len(text) > _FIRST_WORDS and fits(text, column) < 0 and not _NAMES.search(text[:_FIRST_WORDS])


_NAMES = re.compile(
    rf"^\s*(?:[{UPPER}][^\W\d_]*\s+){{2}}|(?:^|\s)(?:[{UPPER}]{{3,}}|Công ty|Liên hiệp|Tập đoàn|Tỉnh|Chi)(?![^\W_])"
)
"""Words that only names begin with, of bodies that no list of words knows."""


_DUE = re.compile(r";\s*(?:hoàn thành|xong|thực hiện|thời gian|trình)?\s*", re.IGNORECASE)


def _part_due(cell: Passage) -> tuple[Passage, Passage | None]:
    """Part from agencies what says when, behind a semicolon and without a label: *Phối hợp: Sở X; hoàn thành trước ngày 30/9*."""
    for mark in _DUE.finditer(cell.text):
        if fits(cell.text[mark.end() :], "time") > 0:
            return cell.cut(0, mark.start()), cell.cut(mark.end())
    return cell, None


def _without_bracket(cell: Passage) -> Passage:
    """Drop the bracket that closes all labels, with the stop behind it: *(Chủ trì: Sở X; thời gian: 2025).*"""
    text = cell.text.rstrip(" .;-–")
    if text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].rstrip(" .;-–")
    return cell.cut(0, len(text))


_NOTHING = Labelled(Passage("", ()), {})
_SENTENCE = re.compile(rf"\.\s+(?=[{UPPER}])")


def read_labels(passage: Passage, known: ColumnWords) -> Labelled:
    """Return what a line gives by labels; behind agencies a further sentence is the task itself (``content``).

    >>> from loaders.text.columns import load_column_words
    >>> from loaders.text.lines import clean_passage
    >>> line = clean_passage("Cơ quan chủ trì: Sở Y tế. Thời gian: Quý I/2024.", 0)
    >>> {column: cells[0].text for column, cells in read_labels(line, load_column_words()).cells.items()}
    {'lead': 'Sở Y tế', 'time': 'Quý I/2024'}
    """
    if ":" not in passage.text:
        return _NOTHING
    found = [(m, known.column_of(m["label"].strip(" -–+*"))) for m in _LABEL.finditer(passage.text)]
    labels = [
        (m, column) for m, column in found if column in _COLUMNS and not _is_prose(passage.text[m.end() :], column)
    ]
    if not labels:
        return _NOTHING
    cells: dict[str, tuple[Passage, ...]] = {}
    ends = [m.start() for m, _ in labels[1:]] + [len(passage)]
    for (match, column), end in zip(labels, ends, strict=True):
        assert column is not None
        cell = passage.cut(match.end(), end)
        rest = _SENTENCE.search(cell.text) if column in AGENCY_COLUMNS else None
        if rest is not None and fits(cell.text[rest.end() :], column) < 0:
            cells["content"] = (cell.cut(rest.end()),)
            cell = cell.cut(0, rest.start())
        cell = _without_bracket(cell)
        if column in AGENCY_COLUMNS:
            cell, due = _part_due(cell)
            if due is not None:
                cells["time"] = (*cells.get("time", ()), due)
        if cell.text:
            cells[column] = (*cells.get(column, ()), cell)
    head = passage.cut(0, labels[0][0].start())
    return Labelled(head.cut(0, len(head.text.rstrip(" .;:-–+*("))), cells)


_CONTENT = re.compile(
    r"(?:Nội dung|Nhiệm vụ|Công việc)(?:\s(?:thực hiện|công việc|nhiệm vụ|cụ thể))?\s*:\s+(?=\S)", re.IGNORECASE
)


def without_label(passage: Passage) -> Passage:
    """Return what a line says behind *Nội dung:*, the line itself where it has no such label."""
    found = _CONTENT.match(passage.text)
    return passage.cut(found.end()) if found is not None else passage


def gather_labels(nodes: Sequence[Node], known: ColumnWords) -> tuple[dict[str, tuple[Passage, ...]], list[Node]]:
    """Return the cells that label lines among ``nodes`` give, and the nodes that are no label lines."""
    cells: dict[str, tuple[Passage, ...]] = {}
    others: list[Node] = []
    for node in nodes:
        labelled = _NOTHING
        if node.paragraph is not None and not node.cells:
            labelled = read_labels(node.paragraph.passage, known)
        if not labelled.cells or labelled.head.text:
            others.append(node)
            continue
        for column, passages in labelled.cells.items():
            cells[column] = (*cells.get(column, ()), *passages)
    return cells, others


def names_agents(cells: dict[str, tuple[Passage, ...]]) -> bool:
    """Tell whether cells say who: without an agency a label is a heading (*Thời gian: …* of a whole plan)."""
    return bool(AGENCY_COLUMNS & cells.keys())


def as_row(node: Node, content: Passage, cells: dict[str, tuple[Passage, ...]]) -> Node:
    """Return a labelled task as the row it would be in a table."""
    assert node.paragraph is not None
    paragraph = Paragraph(node.label, content, content, node.paragraph.first_line)
    cells = {**cells, "content": (content,)}
    return Node(paragraph, node.kind, node.depth, node.parent, cells=cells, place=node.place)
