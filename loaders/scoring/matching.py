"""Pair what should have been read with what was read: one to one, so that the pairs are as alike as possible together."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from ontology.records import Span

A = TypeVar("A")
B = TypeVar("B")


def match_pairs(
    expected: Sequence[A], found: Sequence[B], likeness: Callable[[A, B], float], least: float
) -> dict[int, int]:
    """Return ``{index in expected: index in found}`` with the greatest sum of likeness; pairs below ``least`` never form.

    >>> match_pairs(["an", "bo"], ["bo", "an"], lambda a, b: float(a == b), 0.5)
    {0: 1, 1: 0}
    >>> match_pairs([1.0, 2.0], [1.9], lambda a, b: 1 - abs(a - b), 0.05)
    {1: 0}
    """
    gain = [[max(0.0, likeness(a, b) - least + 1e-9) for b in found] for a in expected]
    pairs: dict[int, int] = {}
    for rows, columns in _islands(gain, len(found)):
        best = _assign([[gain[row][column] for column in columns] for row in rows])
        for i, j in best.items():
            if gain[rows[i]][columns[j]] > 0:
                pairs[rows[i]] = columns[j]
    return dict(sorted(pairs.items()))


def _islands(gain: list[list[float]], width: int) -> list[tuple[list[int], list[int]]]:
    """Split the pairs with any gain into parts that share neither row nor column: each is small, though the whole is not."""
    seen: set[int] = set()
    islands = []
    for first in range(len(gain)):
        if first in seen:
            continue
        rows, columns, open_rows = {first}, set[int](), [first]
        while open_rows:
            row = open_rows.pop()
            for column in range(width):
                if gain[row][column] > 0 and column not in columns:
                    columns.add(column)
                    fresh = {r for r in range(len(gain)) if gain[r][column] > 0} - rows
                    rows |= fresh
                    open_rows.extend(fresh)
        seen |= rows
        if columns:
            islands.append((sorted(rows), sorted(columns)))
    return islands


def _assign(gain: list[list[float]]) -> dict[int, int]:
    """Return the row-to-column assignment of greatest total gain (the Hungarian method, shortest augmenting paths)."""
    if len(gain) > len(gain[0]):
        turned = _assign([list(column) for column in zip(*gain, strict=True)])
        return {row: column for column, row in turned.items()}
    rows, columns = len(gain), len(gain[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner, previous = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0], at = row, 0
        slack, done = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while True:
            done[at] = True
            here, least, following = owner[at], float("inf"), 0
            for column in range(1, columns + 1):
                if done[column]:
                    continue
                cost = -gain[here - 1][column - 1] - row_price[here] - column_price[column]
                if cost < slack[column]:
                    slack[column], previous[column] = cost, at
                if slack[column] < least:
                    least, following = slack[column], column
            for column in range(columns + 1):
                if done[column]:
                    row_price[owner[column]] += least
                    column_price[column] -= least
                else:
                    slack[column] -= least
            at = following
            if owner[at] == 0:
                break
        while at:
            owner[at] = owner[previous[at]]
            at = previous[at]
    return {owner[column] - 1: column - 1 for column in range(1, columns + 1) if owner[column]}


def overlap(one: Span, other: Span) -> float:
    """Return the share of the shorter span that both cover, 0 to 1.

    >>> overlap(Span(0, 10), Span(5, 25)), overlap(Span(0, 5), Span(5, 9))
    (0.5, 0.0)
    """
    common = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return max(0, common) / shorter if shorter > 0 else 0.0
