"""Tables of words (``ontology/tables/*_words.csv``: kind, words, value, note) as patterns.

A row says which words mean what; the readers in this folder walk the rows, over text that :func:`ontology.folding.fold` has
folded.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ontology.folding import fold
from ontology.table_reading import TABLES, read_table


@dataclass(frozen=True, slots=True)
class Word:
    """One row: what ``words`` (folded, blanks single) stand for."""

    kind: str
    words: str
    value: str


@dataclass(frozen=True, slots=True)
class WordList:
    """The rows of one table, in the order of the file."""

    rows: tuple[Word, ...]

    def of(self, *kinds: str) -> tuple[Word, ...]:
        """Return the rows of these kinds."""
        return tuple(row for row in self.rows if row.kind in kinds)

    def pattern(self, *kinds: str) -> str:
        """Return a regular expression that matches the words of these kinds, longest first, blanks free."""
        return any_of(row.words for row in self.of(*kinds))

    def values(self, *kinds: str) -> dict[str, str]:
        """Return ``{words: value}`` of these kinds."""
        return {row.words: row.value for row in self.of(*kinds)}


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words``, longest first; a blank matches any run of blanks.

    >>> any_of(["hết", "đến hết"])
    '(?:đến\\\\s+hết|hết)'
    """
    ordered = sorted(set(words), key=lambda text: (-len(text), text))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, text.split())) for text in ordered) + ")"


@cache
def load_words(table: str, kinds: tuple[str, ...], folder: Path = TABLES) -> WordList:
    """Read ``{table}.csv``; a row of a kind that its reader does not know is a :class:`ontology.errors.RegistryError`."""
    rows: list[Word] = []
    for row in read_table(folder / f"{table}.csv", ("kind", "words", "value", "note")):
        if row["kind"] not in kinds:
            row.fail(f"“{row['kind']}” is no kind of words known here", "use one of: " + ", ".join(kinds))
        rows.append(Word(row["kind"], squeeze(fold(row.text("words"))), row["value"]))
    return WordList(tuple(rows))


def squeeze(text: str) -> str:
    """Return ``text`` with runs of blanks as one blank and none at the ends."""
    return " ".join(text.split())
