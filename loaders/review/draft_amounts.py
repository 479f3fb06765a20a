"""Budget lines without an amount: a source of funds is named, its neighbours have figures, it has none."""

from collections.abc import Iterator, Sequence

from loaders.explaining.ground import Ground
from loaders.figures.budget_words import parse_label
from loaders.figures.money import find_amounts
from loaders.review.draft_remark import Remark, make_remark
from loaders.text.blocks import Node
from loaders.text.outline import walk

_LONGEST = 80
"""A line longer than this speaks about funds and is no budget line."""


def check_amounts(ground: Ground) -> Iterator[Remark]:
    """Yield a remark for each budget line that lacks its amount."""
    for parent in walk(ground.root):
        lines = [child for child in parent.children if child.paragraph is not None and not child.cells]
        for i, line in enumerate(lines):
            if _names_source(line) and not find_amounts(line.title) and _among_amounts(lines, i):
                yield _remark(line)


def _names_source(line: Node) -> bool:
    return (
        bool(line.label)
        and len(line.title) <= _LONGEST
        and parse_label(line.title).source in {"central", "local", "other"}
    )


def _among_amounts(lines: Sequence[Node], at: int) -> bool:
    beside = [*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]]
    return any(_names_source(line) and find_amounts(line.title) for line in beside)


def _remark(line: Node) -> Remark:
    assert line.paragraph is not None
    title = line.title.rstrip(" .;:")
    return make_remark(
        "amount-missing",
        f"Dòng kinh phí “{title}” không có số tiền.",
        f"The budget line “{title}” has no amount.",
        (line.paragraph.whole.span(),),
    )
