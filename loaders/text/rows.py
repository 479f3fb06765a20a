"""Table rows as nodes of the outline: captions govern the rows below them, letters stand under numbers.

The columns are known by their headers; a table whose columns are not understood gives no nodes and is reported.
"""

import re

from loaders.text.blocks import Node, Paragraph, Row, Table
from loaders.text.columns import AGENCY_COLUMNS, ColumnWords, name_columns
from loaders.text.labels import RANK
from loaders.text.passage import Passage

_RANK: dict[str, float] = {**RANK, "upper_mixed": 5.5, "roman_mixed": 6.5, "number_mixed": 10.5, "letter_mixed": 11.5}
"""The ranks of a text's labels, with those that only tables have between them: *A.1*, *I.1*, *1a*, *a.1*."""
_ROW_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("roman", re.compile(r"[IVX]{1,5}[.)]?")),
    ("upper", re.compile(r"[A-HĐ][.)]?")),
    ("decimal3", re.compile(r"\d{1,3}\.\d{1,2}\.\d{1,2}[.)]?")),
    ("decimal2", re.compile(r"\d{1,3}\.\d{1,2}[.)]?")),
    ("decimal1", re.compile(r"\d{1,3}[.)]?")),
    ("roman_mixed", re.compile(r"[IVX]{1,5}\.\d{1,2}[.)]?")),
    ("upper_mixed", re.compile(r"[A-HĐ]\.?(?:\d{1,2}|[IVX]{1,5})[.)]?")),
    ("number_mixed", re.compile(r"\d{1,3}\.?[a-zđ][.)]?")),
    ("letter_mixed", re.compile(r"[a-zđ]\.?\d{1,2}[.)]?")),
    ("paren_letter", re.compile(r"[a-zđ]{1,2}[.)]?")),
    ("dash", re.compile(r"[-–+*]")),
)
_CAPTION_IN_NUMBER = re.compile(r"([IVX]{1,5}|[A-H]|\d{1,3}(?:\.\d{1,2})*)[.)]?\s+(?=\S)")
_NUMBER_IN_CONTENT = re.compile(r"([IVX]{1,5}|[A-HĐ]|\d{1,3}(?:\.\d{1,2})*)[.)]\s+(?=[^\W\d_])")
_LETTER_IN_CONTENT = re.compile(r"([a-zđ])\)\s*(?=\S)")
_EMPTY = Passage("", ())


def is_task_table(table: Table, known: ColumnWords) -> bool:
    """Tell whether a table's header names a content column and one that says who or when."""
    columns = set(name_columns(table.header, known))
    return "content" in columns and bool(columns & (AGENCY_COLUMNS | {"time", "product"}))


def add_row_nodes(node: Node, known: ColumnWords) -> None:
    """Hang the rows of a task table below its node."""
    table = node.table
    if table is None or not is_task_table(table, known):
        return
    columns = name_columns(table.header, known)
    stack: list[Node] = [node]
    above: Node | None = None
    for row in table.rows:
        child = _row_node(row, columns)
        if above is not None:
            _repeat_above(child, above)
        above = child
        while len(stack) > 1 and _RANK[stack[-1].kind] >= _RANK[child.kind]:
            stack.pop()
        if not child.label:
            child.kind = _unnumbered_kind(stack)
            while len(stack) > 1 and _RANK[stack[-1].kind] >= _RANK[child.kind]:
                stack.pop()
        child.depth = stack[-1].depth + 1
        stack[-1].add(child)
        stack.append(child)


def is_caption_row(node: Node) -> bool:
    """Tell whether a row node only heads the rows below it: nothing but its content cell is filled, and it governs rows or shouts."""
    others = [p for column, cells in node.cells.items() if column not in {"number", "content"} for p in cells if p.text]
    if others:
        return False
    return bool(node.children) or node.kind in {"roman", "upper"} or node.title.isupper()


def _row_node(row: Row, columns: tuple[str | None, ...]) -> Node:
    cells: dict[str, tuple[Passage, ...]] = {}
    for i, passage in enumerate(row.cells):
        column = (columns[i] if i < len(columns) else None) or "other"
        cells[column] = (*cells.get(column, ()), passage)
    cells = _merged_once(cells)
    number = cells.get("number", (_EMPTY,))[0]
    content = next((p for p in cells.get("content", ()) if p.text), _EMPTY)
    label = number.text
    if not content.text and (found := _CAPTION_IN_NUMBER.match(label)):
        content = number.cut(found.end())
        label = found.group(1)
    if "number" in cells and not label and (used := _LETTER_IN_CONTENT.match(content.text)) is not None:
        whole, content, label = content, content.cut(used.end()), used.group(1)  # "a) Tại các phường" below row 3
        cells["content"] = tuple(content if cell is whole else cell for cell in cells["content"])
    if "number" not in cells and (used := _NUMBER_IN_CONTENT.match(content.text)) is not None:
        whole, content, label = content, content.cut(used.end()), used.group(1)  # a table without a column of numbers
        cells["content"] = tuple(content if cell is whole else cell for cell in cells["content"])
    kind = next((style for style, pattern in _ROW_STYLES if pattern.fullmatch(label)), "decimal1")
    return Node(Paragraph(label, content, content), kind, 0, cells=cells)


def _merged_once(cells: dict[str, tuple[Passage, ...]]) -> dict[str, tuple[Passage, ...]]:
    """Keep the text of a caption once that a dump repeats in each cell it was merged over."""
    filled = [p.text for column, passages in cells.items() if column != "number" for p in passages]
    if len(filled) < 3 or len(set(filled)) > 1 or not filled[0]:
        return cells
    return {
        column: passages if column in {"number", "content"} else (_EMPTY,) * len(passages)
        for column, passages in cells.items()
    }


_DITTO = re.compile(r"\W*(?:n\.?t\.?|như trên|như (?:mục|dòng|hàng) trên)\W*|[\"“”'〃]{1,2}", re.IGNORECASE)


def _repeat_above(node: Node, above: Node) -> None:
    """Put what stands above where a cell only says *nt*, *như trên* or has ditto marks."""
    for column, cells in node.cells.items():
        upper = above.cells.get(column, ())
        if column in {"number", "content"} or len(upper) != len(cells):
            continue
        if any(_DITTO.fullmatch(cell.text) for cell in cells):
            node.cells[column] = tuple(
                high if _DITTO.fullmatch(cell.text) else cell for cell, high in zip(cells, upper, strict=True)
            )


def _unnumbered_kind(stack: list[Node]) -> str:
    """An unnumbered row is a sibling of the numbered rows above it, or the only child of the caption above it."""
    above = stack[-1]
    if above.table is None and is_caption_row(above):
        return "decimal1" if _RANK[above.kind] < _RANK["decimal1"] else "dash"
    return above.kind if above.table is None else "decimal1"
