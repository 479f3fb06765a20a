"""Tables of words (``ontology/tables/*_words.csv``: kind, words, value, note) as patterns.

A row says which words mean what; the readers in this folder walk the rows, over text that :func:`ontology.folding.fold` has
folded.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
    _patterns: dict[tuple[str, ...], str] = field(default_factory=dict, repr=False, compare=False)
    _values: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    def of(self, *kinds: str) -> tuple[Word, ...]:
        """Return the rows of these kinds."""
        return tuple(row for row in self.rows if row.kind in kinds)

    def pattern(self, *kinds: str) -> str:
        """Return a regular expression that matches the words of these kinds, the longest that fits, blanks free."""
        if kinds not in self._patterns:
            self._patterns[kinds] = any_of(row.words for row in self.of(*kinds))
        return self._patterns[kinds]

    def values(self, *kinds: str) -> Mapping[str, str]:
        """Return ``{words: value}`` of these kinds."""
        if kinds not in self._values:
            self._values[kinds] = {row.words: row.value for row in self.of(*kinds)}
        return self._values[kinds]


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words``, the longest that fits; a blank matches any run of blanks.

    Words that begin alike share their beginning, so that a text is compared with all of them at once.

    >>> any_of(["hết", "đến hết", "đến", "hoặc"])
    '(?:h(?:oặc|ết)|đến(?:\\\\s+hết)?)'
    """
    tree = _tree_of(words)
    return f"(?:{_branches(tree)})" if len(tree) == 1 or "" in tree else _branches(tree)


def whole_words(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words`` that stand whole, which a search finds by their first letters.

    >>> [found.group() for found in re.finditer(whole_words(["vốn vay", "nst"]), "vốn vay, nstw và nst")]
    ['vốn vay', 'nst']
    """
    tree = sorted(_tree_of(words).items())
    branches = [rf"{re.escape(letter)}(?<![^\W_]{re.escape(letter)}){_branches(below)}" for letter, below in tree]
    return rf"(?:{'|'.join(branches)})(?![^\W_])"


def begins_with(words: Iterable[str]) -> str:
    """Return a pattern for the first letter of any of ``words``, where the first word of one stands.

    >>> begins_with(["hằng năm", "hàng quý", "định kỳ"])
    'h(?=(?:àng|ằng))|đ(?=ịnh)'
    """
    tree = sorted(_tree_of(text.split()[0] for text in words).items())
    return "|".join(rf"{re.escape(letter)}(?={_branches(below)})" for letter, below in tree)


_Tree = dict[str, "_Tree"]
"""Letters that may follow; the empty one where a word may end."""


def _tree_of(words: Iterable[str]) -> _Tree:
    tree: _Tree = {}
    for text in words:
        below = tree
        for char in " ".join(text.split()):
            below = below.setdefault(char, {})
        below[""] = {}
    return tree


def _branches(tree: _Tree) -> str:
    options = [
        (r"\s+" if char == " " else re.escape(char)) + _branches(below) for char, below in sorted(tree.items()) if char
    ]
    if "" not in tree:
        return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
    return f"(?:{'|'.join(options)})?" if options else ""


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
