"""Names of places in a document: the path of printed numbers, and the headings above.

``III.2.-3`` is the third bullet under 2 under III; ``PL1.4`` the fourth row of the first annex; ``Điều 3`` an article.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from loaders.text.blocks import Node
from loaders.text.outline import ancestors, walk
from loaders.text.passage import Passage
from ontology.records import Section, Span, Task

_NUMBERED = re.compile(r"[IVXA-ZĐ\da-zđ.]+")


def task_path(node: Node) -> str:
    """Return the path of printed labels down to a node; bullets and plain paragraphs count within their parent."""
    steps = [_step(step) for step in [node, *ancestors_through_tables(node)]]
    return ".".join(step for step in reversed(steps) if step)


def ancestors_through_tables(node: Node) -> list[Node]:
    """Return the nodes above, tables left out."""
    found: list[Node] = []
    above = node.parent
    while above is not None:
        if above.paragraph is not None:
            found.append(above)
        above = above.parent
    return found


def _step(node: Node) -> str:
    label = node.label
    if node.kind == "annex":
        number = re.search(r"(\d{1,2}|[IVX]{1,5})\W*$", label)
        return f"PL{number.group(1)}" if number else ""
    if node.kind == "part_title":
        return ""
    if node.kind == "article":
        return label.rstrip(".:")
    core = label.strip("().:/ –-")
    if core and _NUMBERED.fullmatch(core):
        return core.split(".")[-1] if _repeats_parent(node, core) else core
    if node.parent is None:
        return ""
    paragraph, unnumbered = _counted(node.parent)[node.place]
    return f"-{paragraph if node.cells else unnumbered}" if node.cells or unnumbered else ""


def _counted(parent: Node) -> list[tuple[int, int]]:
    """Return of each child which paragraph and which one without a number it is, from 1; 0 for one that is none."""
    if len(parent.counted) != len(parent.children):
        parent.counted.clear()
        paragraphs = unnumbered = 0
        for child in parent.children:
            is_paragraph = child.paragraph is not None
            is_bare = is_paragraph and not _NUMBERED.fullmatch(child.label.strip("().:/ –-") or "?")
            paragraphs, unnumbered = paragraphs + is_paragraph, unnumbered + is_bare
            parent.counted.append((paragraphs * is_paragraph, unnumbered * is_bare))
    return parent.counted


def _repeats_parent(node: Node, core: str) -> bool:
    """Tell whether ``2.1`` stands under ``2``: the path then says 2.1, not 2.2.1."""
    parent = next((up for up in ancestors(node) if up.label), None)
    return parent is not None and "." in core and core.rsplit(".", 1)[0] == parent.label.strip("().:/ –-")


def section_path(node: Node) -> tuple[str, ...]:
    """Return the headings above a node, each as label and title; parts without a number head nothing of their own."""
    above = [up for up in ancestors_through_tables(node) if up.kind not in {"plain", "part_title"}]
    above = [up for up in above if up.kind != "annex" or _step(up)]
    return tuple(f"{up.label} {up.title}".strip() for up in reversed(above))


_LONGEST_TITLE = 300


def find_sections(root: Node) -> tuple[Section, ...]:
    """Return the nodes that head others as sections, in document order, each with the extent of all below it."""
    extents: dict[int, Span] = {}
    nodes = list(walk(root))
    for node in reversed(nodes):  # those below come before their heading
        places = [_extent_of(passage) for passage in _passages(node) if passage.text]
        places += [extents[id(child)] for child in node.children if id(child) in extents]
        if len(places) == 1:
            extents[id(node)] = places[0]
        elif places:
            extents[id(node)] = Span(min(places)[0], max([end for _, end in places]))
    found: list[Section] = []
    for node in nodes:
        extent = extents.get(id(node))
        if node.paragraph is not None and node.children and node.paragraph.whole.text and extent is not None:
            title = node.title[:_LONGEST_TITLE]
            found.append(Section(node.label, title, node.depth, _extent_of(node.paragraph.whole), extent))
    return tuple(found)


def _passages(node: Node) -> list[Passage]:
    own = [node.paragraph.whole] if node.paragraph is not None else []
    return [*own, *(cell for cells in node.cells.values() for cell in cells)] if node.cells else own


def _extent_of(passage: Passage) -> Span:
    """Return the stretch of the source from a passage's first character to its last."""
    pieces = passage.pieces
    if len(pieces) == 1:
        return Span(pieces[0].source, pieces[0].source + pieces[0].width)
    return Span(min(piece.source for piece in pieces), max(piece.source + piece.width for piece in pieces))


def unique_ids(tasks: Sequence[Task], annexes: Sequence[int | None]) -> list[Task]:
    """Return the tasks with ids that are unique in the document.

    ``annexes`` tells for each task the annex it stands in, if any. The rows of an unnumbered annex carry no prefix (``B.I.4.a``)
    unless the text before it uses the same paths: then all of them begin with ``PL.``. What is still equal is counted (``~2``).
    """
    by_place: dict[int | None, set[str]] = defaultdict(set)
    for task, annex in zip(tasks, annexes, strict=True):
        by_place[annex].add(task.id)
    clashing = {
        annex
        for annex, own in by_place.items()
        if annex is not None and any(own & ids for other, ids in by_place.items() if other != annex)
    }
    counts: Counter[str] = Counter()
    found = []
    for task, annex in zip(tasks, annexes, strict=True):
        plain = f"PL.{task.id}" if annex in clashing and not task.id.startswith("PL") else task.id
        counts[plain] += 1
        own = plain if counts[plain] == 1 else f"{plain}~{counts[plain]}"
        found.append(task if own == task.id else replace(task, id=own))
    return found
