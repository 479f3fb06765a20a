"""The tree of headings and items, from the blocks in order and the rank of their labels.

A local text may skip ranks or use a lower style above a higher one; a style that is already open is a sibling wherever it stands.
Plain paragraphs are leaves under the innermost heading; tables are leaves too.
"""

import re
from collections.abc import Iterator, Sequence

from loaders.text.blocks import Block, Node, Paragraph, Table
from loaders.text.labels import BULLETS, RANK, ordinal, parse_label
from ontology.folding import UPPER

_PART_TITLE = re.compile(
    r"(?:KẾ HOẠCH|CHƯƠNG TRÌNH|CHƯƠNG TRÌNH HÀNH ĐỘNG|ĐỀ ÁN|QUY CHẾ|QUY ĐỊNH|HƯỚNG DẪN|PHƯƠNG ÁN|DANH MỤC|BẢNG PHÂN CÔNG|NỘI DUNG)$"
)
_ATTACHED = re.compile(
    r"(?:KẾ HOẠCH|CHƯƠNG TRÌNH|CHIẾN LƯỢC|ĐỀ ÁN|QUY CHẾ|QUY ĐỊNH|QUY TRÌNH|HƯỚNG DẪN|PHƯƠNG ÁN|DANH MỤC|BẢNG|PHÂN CÔNG|NỘI DUNG|NHIỆM VỤ|BỘ CHỈ SỐ|BỘ TIÊU CHÍ)(?!\w)"
)
"""Behind a signature, the title of what is attached begins so, however it goes on (*KẾ HOẠCH HÀNH ĐỘNG CỦA NGÀNH …*)."""
_CLOSED = frozenset({"recipients", "signature"})
_REOPENING = frozenset({"part", "chapter", "mục", "roman"})
"""Headings that no list of recipients and no signature holds."""
_PROJECT = re.compile(r"(?:dự án|nội dung thành phần|nội dung)\s+(?:số\s+)?(?:\d{1,2}|l)\s*[:.]", re.IGNORECASE)
_SUBPROJECT = re.compile(r"(?:ti[eêể]u dự án|nội dung|hoạt động)\s+(?:số\s+)?(?:\d{1,2}|l)\s*[:.]", re.IGNORECASE)
_HEADING_RANK = RANK | {"project": RANK["decimal1"], "subproject": RANK["decimal4"]}
_RECIPIENTS = re.compile(r"nơi nhận\s*:?", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:trên đây là|trong quá trình (?:tổ chức )?(?:triển khai|thực hiện)|căn cứ (?:các )?nội dung|yêu cầu (?:các|thủ trưởng))",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    rf"(?:TM\.|KT\.|TL\.|TUQ\.|Q\.)\s?[{UPPER}]|(?:CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG|TỔNG BÍ THƯ)$"
)


def build_outline(blocks: Sequence[Block]) -> Node:
    """Return the root of the tree; every block is the paragraph or table of exactly one node, in document order."""
    root = Node(None, "root", -1)
    stack: list[Node] = [root]
    seen_body = False
    for block in blocks:
        if isinstance(block, Table):
            parent = _innermost_heading(stack)
            parent.add(Node(None, "table", parent.depth + 1, table=block))
            continue
        kind = _kind_of(block, stack)
        if kind == "plain":
            if _CLOSING.match(block.passage.text) and seen_body:
                del stack[1:]
            parent = _innermost_heading(stack)
            parent.add(Node(block, "plain", parent.depth + 1))
            continue
        seen_body = seen_body or _HEADING_RANK.get(kind, 99) < RANK["paren_letter"]
        _open(stack, kind)
        node = Node(block, kind, stack[-1].depth + 1)
        stack[-1].add(node)
        stack.append(node)
    return root


def _kind_of(block: Paragraph, stack: Sequence[Node]) -> str:
    text = block.whole.text
    if _RECIPIENTS.match(text):
        return "recipients"
    if not block.label:
        if _SIGNATURE.match(text) and len(text) < 80:
            return "signature"
        behind_signature = any(node.kind in _CLOSED for node in stack)
        if (_PART_TITLE.match(text) or (behind_signature and _ATTACHED.match(text))) and text.isupper():
            return "part_title"
        if len(text) < 300 and not text.endswith((".", ";")):
            if _PROJECT.match(text):
                return "project"
            if _SUBPROJECT.match(text):
                return "subproject"
        return "plain"
    _label, style, _used = parse_label(text)
    if style in {"roman", "upper"}:
        return _letter_or_roman(block.label, style, stack)
    return style


def _letter_or_roman(label: str, style: str, stack: Sequence[Node]) -> str:
    """Decide whether ``C.``, ``D.``, ``I.``, ``V.`` is a letter or a Roman number: by the one it follows."""
    core = label.strip(".)/:-– ")
    if len(core) != 1 or core not in "CDIVX":
        return style
    letter = _last_of(stack, "upper")
    if letter is not None and core in "CD" and letter.label.strip(".)") == "BC"["CD".index(core)]:
        return "upper"
    return "roman" if core in "IVX" else "upper"


def _last_of(stack: Sequence[Node], kind: str) -> Node | None:
    """Return the last node of a kind on the innermost level that has one."""
    for node in reversed(stack):
        found = next((child for child in reversed(node.children) if child.kind == kind), None)
        if found is not None:
            return found
    return None


def _open(stack: list[Node], kind: str) -> None:
    """Close what a label of this kind ends: up to an open sibling, or all of lower rank."""
    closed = kind in _REOPENING and any(node.kind in _CLOSED for node in stack)
    if closed or kind in {"annex", "part_title", "recipients", "signature"}:
        del stack[1:]
        return
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].kind == kind:
            del stack[depth:]
            return
        if stack[depth].kind in {"annex", "part_title", "recipients", "signature"}:
            break
    while len(stack) > 1 and _HEADING_RANK.get(stack[-1].kind, -1) >= _HEADING_RANK[kind]:
        if kind == "upper" and stack[-1].kind == "roman" and (ordinal(stack[-1].label) or 0) > 1:
            return  # "III. Nội dung / A. Các dự án / B. Các chính sách / IV. Kinh phí"
        stack.pop()


def _innermost_heading(stack: list[Node]) -> Node:
    while len(stack) > 1 and stack[-1].kind in BULLETS:
        stack.pop()
    return stack[-1]


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, in document order."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.children))


def ancestors(node: Node) -> Iterator[Node]:
    """Yield the nodes above, from the nearest to the root (root left out)."""
    above = node.parent
    while above is not None and above.paragraph is not None:
        yield above
        above = above.parent
