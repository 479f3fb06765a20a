"""Words that were written twice in a row: *ban hành Chương trình Chương trình mục tiêu quốc gia*."""

from collections.abc import Iterator

from loaders.explaining.ground import Ground
from loaders.review.draft_remark import Remark, make_remark
from loaders.text.passage import Passage, iter_words
from ontology.folding import fold

_LONGEST = 6
"""Words of the longest phrase looked for."""


def check_words(ground: Ground) -> Iterator[Remark]:
    """Yield a remark for each phrase of two to six words that stands twice in a row; one word twice may be meant (*đều đều*)."""
    seen: set[int] = set()
    for spot in ground.spots:
        if id(spot.passage) not in seen:
            seen.add(id(spot.passage))
            yield from _in_passage(spot.passage)


def _in_passage(passage: Passage) -> Iterator[Remark]:
    places = list(iter_words(passage))
    keys = [fold(passage.text[start:end]) for start, end in places]
    at = 0
    while at < len(keys):
        size = next((n for n in range(_LONGEST, 1, -1) if _doubled(passage.text, places, keys, at, n)), 0)
        if size:
            start, end = places[at][0], places[at + 2 * size - 1][1]
            words = passage.text[places[at][0] : places[at + size - 1][1]]
            yield make_remark(
                "doubled-words",
                f"“{words}” viết hai lần liền nhau.",
                f"“{words}” is written twice in a row.",
                (passage.span(start, end),),
            )
        at += max(1, 2 * size)


def _doubled(text: str, places: list[tuple[int, int]], keys: list[str], at: int, n: int) -> bool:
    """Tell whether ``n`` words stand twice with only blanks between all of them; figures do not count."""
    if keys[at : at + n] != keys[at + n : at + 2 * n] or at + 2 * n > len(keys) or len(set(keys[at : at + n])) == 1:
        return False
    between = text[places[at][1] : places[at + 2 * n - 1][0]]
    return not any(key.isdigit() for key in keys[at : at + n]) and all(
        char.isalnum() or char.isspace() for char in between
    )
