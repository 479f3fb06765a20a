"""Syllables that lost the blank between them: *Ủy bannhân dân*, *Giám đốcSở*, *CHƯƠNGTRÌNH*.

Some portals drop the blank where the original broke its line. No Vietnamese syllable has more than seven letters, so a text that
glues shows it; only in such a text are words looked at, and only one that splits in a single way is read as two.
"""

import re
from functools import lru_cache

from loaders.formats.syllables import is_syllable

_LONGER = 8
_LONG = re.compile(rf"[^\W\d_]{{{_LONGER},}}")
_WORD = re.compile(r"[^\W\d_]{4,}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_ENOUGH = 2
"""Glued words that make a text one that glues."""


def is_glued(text: str) -> bool:
    """Tell whether a text glues syllables."""
    found = 0
    for part in text.split():
        if len(part) < _LONGER:
            continue
        for word in _LONG.finditer(part):
            found += _split(word.group()) is not None
            if found >= _ENOUGH:
                return True
    return False


def find_glued(text: str) -> list[int]:
    """Return the offsets at which a blank was lost.

    >>> find_glued("Ủy bannhân dân, Giám đốcSở Y tế"), find_glued("Ủy ban nhân dân")
    ([6, 24], [])
    """
    found = []
    for word in _WORD.finditer(text):
        at = _split(word.group())
        if at is not None:
            found.append(word.start() + at)
    return found


@lru_cache(maxsize=16384)
def _split(word: str) -> int | None:
    """Return where a word of two syllables splits; ``None`` for one syllable, a foreign word, or one that splits in two ways."""
    if is_syllable(word) or not _BEYOND_ASCII.search(word):
        return None
    turns = [at for at in range(1, len(word)) if word[at - 1].islower() and word[at].isupper()]
    if len(turns) == 1:
        return turns[0] if is_syllable(word[: turns[0]]) and is_syllable(word[turns[0] :]) else None
    ways = [at for at in range(2, len(word) - 1) if is_syllable(word[:at]) and is_syllable(word[at:])]
    return ways[0] if len(ways) == 1 and not turns else None
