"""Numbers of sections, items, articles, annexes and table rows that are skipped, said twice or out of order.

Siblings of one style are compared in the order of the text. A sequence may begin again at its start where something else stands
between (a lead-in line, a caption); letters run a, b, c, d, đ, e, g as Vietnamese lists do.
"""

import re
from collections.abc import Iterator, Sequence

from loaders.explaining.ground import Ground
from loaders.review.draft_remark import Remark, make_remark
from loaders.text.blocks import Node
from loaders.text.labels import BULLETS, ordinal
from loaders.text.outline import walk
from loaders.text.rows import is_caption_row
from ontology.records import Span

_COUNTED = frozenset(
    {"part", "chapter", "mục", "article", "roman", "upper", "decimal1", "decimal2", "decimal3", "decimal4"}
    | {"paren_letter", "paren_number", "annex"}
)
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_UNLABELLED = re.compile(r"(\d{1,2})\.\s+\d")
"""*1. 100% hộ nghèo …*: a number that was not taken for one, because a figure follows."""
_NO_LETTERS = frozenset("fjwz")


def check_numbering(ground: Ground) -> Iterator[Remark]:
    """Yield a remark for each place where a sequence of numbers breaks."""
    yield from _check_articles(ground)
    for node in walk(ground.root):
        if node.table is not None:
            yield from _check_rows(node)
        elif not node.cells:
            yield from _check_children(node)


def _check_children(parent: Node) -> Iterator[Remark]:
    kinds = {child.kind for child in parent.children} & _COUNTED - {"article"}
    for kind in sorted(kinds):
        for run in _runs(parent.children, kind):
            yield from _check_run(run)
            if kind in {"decimal2", "decimal3"}:
                yield from _check_prefix(parent, run)


def _runs(children: Sequence[Node], kind: str) -> Iterator[list[Node]]:
    """Yield the siblings of one style; a new run begins where the number falls back to the start behind something else."""
    run: list[Node] = []
    between = False
    for child in children:
        if child.kind != kind and not (kind == "decimal1" and _UNLABELLED.match(child.title)):
            between = between or child.kind not in BULLETS
            continue
        if run and (between or _ends_in_lead_in(run[-1])) and _number(child) == 1:
            yield run
            run = []
        run.append(child)
        between = False
    if run:
        yield run


def _ends_in_lead_in(node: Node) -> bool:
    """Tell whether the last paragraph below a node opens a list (*Các yêu cầu gồm:*)."""
    *_, last = walk(node)
    return last is not node and last.title.rstrip().endswith(":")


def _check_articles(ground: Ground) -> Iterator[Remark]:
    """Articles count through the whole text; an attached text may count anew."""
    run: list[Node] = []
    for node in walk(ground.root):
        if node.kind == "article":
            if run and _number(node) == 1:
                yield from _check_run(run)
                run = []
            run.append(node)
    yield from _check_run(run)


def _check_rows(table: Node) -> Iterator[Remark]:
    """Rows count through the table, or anew under each caption."""
    last: dict[str, Node] = {}
    for parent in walk(table):
        rows = [child for child in parent.children if child.cells]
        for kind in sorted({row.kind for row in rows} & _COUNTED):
            numbered = [row for row in rows if row.kind == kind and row.label]
            goes_on = last.get(kind) if numbered and _number(numbered[0]) != 1 else None
            yield from _check_run(numbered, goes_on)
            last.update({kind: numbered[-1]} if numbered else {})
        yield from _unnumbered(rows)


def _unnumbered(rows: Sequence[Node]) -> Iterator[Remark]:
    for row in rows:
        if not row.label and row.title and any(other.label for other in rows) and not is_caption_row(row):
            yield make_remark(
                "row-without-number",
                f"Dòng “{_short(row.title)}” không có số thứ tự.",
                f"Row “{_short(row.title)}” has no number.",
                _places(row),
            )


def _check_run(run: Sequence[Node], before: Node | None = None) -> Iterator[Remark]:
    """Compare each number with the one before it; ``before`` is one that the run may go on from."""
    for node in run:
        number = _number(node)
        if number is None:
            if node.label.strip("().").lower() in _NO_LETTERS:
                yield _no_letter(node)
                return
            continue
        last = _number(before) if before is not None else 0
        remark = _compare(before, node, last or 0, number)
        if remark is not None:
            yield remark
        before = node


def _compare(before: Node | None, node: Node, last: int, number: int) -> Remark | None:
    label, above = node.label.strip(), before.label.strip() if before is not None else ""
    if number == last + 1:
        return None
    if number == last and before is not None:
        return make_remark(
            "numbering",
            f"Số “{label}” dùng hai lần: trước đã có “{_shown(before)}”.",
            f"Number “{label}” is used twice: “{_shown(before)}” stands before it.",
            _places(node),
        )
    if number < last:
        return make_remark(
            "numbering",
            f"“{label}” đứng sau “{above}”: sai thứ tự.",
            f"“{label}” stands behind “{above}”: out of order.",
            _places(node),
        )
    missing = [_label_like(node, n) for n in range(last + 1, number)]
    which = ", ".join(f"“{one}”" for one in missing[:4]) + (" …" if len(missing) > 4 else "")
    if before is None:
        return make_remark(
            "numbering",
            f"Bắt đầu từ “{label}”, không có {which}.",
            f"It begins with “{label}”; there is no {which}.",
            _places(node),
        )
    return make_remark(
        "numbering",
        f"Sau “{above}” đến “{label}”, thiếu {which}.",
        f"“{label}” follows “{above}”; {which} is missing.",
        _places(node),
    )


def _no_letter(node: Node) -> Remark:
    label = node.label.strip()
    return make_remark(
        "numbering",
        f"“{label}” không có trong bảng chữ cái tiếng Việt; sau “e” là “g”.",
        f"“{label}” is no letter of the Vietnamese alphabet; “g” follows “e”.",
        _places(node),
    )


def _check_prefix(parent: Node, run: Sequence[Node]) -> Iterator[Remark]:
    """*2.1* stands under *2*: another first number was left over from copying."""
    above = re.fullmatch(r"(\d{1,2}(?:\.\d{1,2})*)[.)/:]?", parent.label.strip())
    if above is None:
        return
    for node in run:
        own = node.label.strip(" .):").rpartition(".")[0]
        if own != above[1]:
            yield make_remark(
                "numbering",
                f"“{node.label.strip()}” đứng dưới mục “{parent.label.strip()}”: số đầu không khớp.",
                f"“{node.label.strip()}” stands under “{parent.label.strip()}”: its first number does not match.",
                _places(node),
            )


def _number(node: Node) -> int | None:
    if not node.label and (found := _UNLABELLED.match(node.title)):
        return int(found[1])
    return ordinal(node.label) if node.label else None


def _label_like(node: Node, number: int) -> str:
    """Return the label of another number in a node's own style: ``c)`` beside ``d)``, ``IV.`` beside ``V.``."""
    label = node.label.strip()
    core = re.search(r"(\d{1,3}|[IVX]{1,5}|[A-Za-zđĐ])(?=\W*$)", label)
    if core is None:
        return str(number)
    if core[1].isdigit():
        new = str(number)
    elif node.kind in {"paren_letter", "upper"}:
        letters = _LETTERS.upper() if core[1].isupper() else _LETTERS
        new = letters[number - 1] if number <= len(letters) else str(number)
    else:
        new = _ROMAN[number - 1] if number <= len(_ROMAN) else str(number)
    return label[: core.start()] + new + label[core.end() :]


def _shown(node: Node) -> str:
    return _short(f"{node.label} {node.title}".strip())


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"


def _places(node: Node) -> tuple[Span, ...]:
    """Return where a node's label and first words stand."""
    assert node.paragraph is not None
    if node.cells:
        label = next((passage for passage in node.cells.get("number", ()) if passage.text), node.paragraph.whole)
        return (label.span(),) if label.text else (node.paragraph.passage.span(),)
    whole = node.paragraph.whole
    return (whole.span(0, min(len(whole.text), max(len(node.label), 1))),)
