"""Align the headings of a local plan to the national components, by title and by order.

A local plan often heads its sections with the components' titles alone (*1. Chương trình 30a*, *1.1. Hỗ trợ đầu tư …*). The
children of one heading are placed on the national list without crossing; the whole placement with the greatest similarity wins.
"""

from collections.abc import Sequence
from itertools import pairwise

from loaders.figures.component_names import compare_titles, plain_title, title_similarity
from loaders.text.blocks import Node
from loaders.text.labels import BULLETS
from loaders.text.outline import walk
from ontology.registry import NationalComponent

_TOP = 0.72
"""A section's title is a project's from here on, if others beside it are too."""
_ALONE = 0.92
"""… and from here on if no other is."""
_BELOW = 0.55
"""Below an aligned project the choice is small, and less likeness is enough."""
_BY_ORDER = 0.38
"""Between two aligned neighbours a title this like fills the one gap."""

Aligned = tuple[NationalComponent, float, str]


def align_headings(root: Node, national: Sequence[NationalComponent]) -> dict[int, Aligned]:
    """Return ``{id(node): (component, similarity, "title" or "order")}`` for the headings that carry a component's title."""
    tops = [one for one in national if one.parent is None]
    best: list[tuple[Node, Aligned]] = []
    for node in walk(root):
        placed = _place(_headings(node), tops, _TOP)
        if len(placed) == 1 and placed[0][1][1] < _ALONE:
            continue
        if _weight(placed) > _weight(best):
            best = placed
    aligned: dict[int, Aligned] = {}
    for heading, place in best:
        aligned[id(heading)] = place
        children = [one for one in national if one.parent == place[0].code]
        for child, below in _place(_headings(heading), children, _BELOW):
            aligned[id(child)] = below
    return aligned


def _weight(placed: Sequence[tuple[Node, Aligned]]) -> float:
    return sum(score for _, (_, score, _) in placed)


def _headings(node: Node) -> list[Node]:
    return [
        child
        for child in node.children
        if child.paragraph is not None and child.label and child.kind not in BULLETS and len(child.title) <= 300
    ]


def _place(
    headings: Sequence[Node], components: Sequence[NationalComponent], least: float
) -> list[tuple[Node, Aligned]]:
    """Place headings on components in order, none crossing, for the greatest sum of likenesses."""
    if not headings or not components:
        return []
    names = [[plain_title(name) for name in (one.title, *one.names)] for one in components]
    alike = [
        [compare_titles(own, one, least) for one in names] for own in (plain_title(node.title) for node in headings)
    ]
    best = [[0.0] * (len(components) + 1) for _ in range(len(headings) + 1)]
    for i in range(len(headings) - 1, -1, -1):
        for j in range(len(components) - 1, -1, -1):
            take = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= least else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], take)
    pairs: list[tuple[int, int, str]] = []
    i = j = 0
    while i < len(headings) and j < len(components):
        if alike[i][j] >= least and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j, "title"))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    placed = [(i, j, alike[i][j], how) for i, j, how in pairs]
    for (i, j, _), (k, n, _) in pairwise(pairs):
        if (
            k - i == 2 and n - j == 2
        ):  # exactly one heading and one component are left between two aligned: order places it
            likeness = title_similarity(headings[i + 1].title, components[j + 1])
            if likeness >= _BY_ORDER:
                placed.append((i + 1, j + 1, likeness, "order"))
    return [(headings[i], (components[j], likeness, how)) for i, j, likeness, how in sorted(placed)]
