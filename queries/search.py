"""Search: from what people type to things, without or with half the diacritics, by alias, by document number.

Every word must be found (the last one may be unfinished), as typed or with short forms written out. Things that carry the words with exactly the accents typed come
first; then exact names, then names before surroundings, then what is more linked.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import ReleaseError
from ontology.folding import accented_words, fold_plain, plain_words
from queries.short_forms import short_forms

KINDS = ("document", "agency", "component", "task")
"""What can be found."""

_CANDIDATES = 400
"""How many of the best entries by words alone are ranked by accents; more than any page shows."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``detail`` is its number or code; ``exact`` tells whether accents agree as typed."""

    iri: str
    kind: str
    label: str
    label_en: str
    detail: str
    document: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The hits on one page, and how many there are of each kind in all."""

    hits: tuple[Hit, ...]
    counts: dict[str, int]


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        raise ReleaseError("the text index is missing", where=str(path), remedy="publish again")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        yield connection
    finally:
        connection.close()


def search(path: Path, text: str, *, kind: str | None = None, limit: int = 20, offset: int = 0) -> Found:
    """Return what ``text`` finds in the index at ``path``; nothing for a text without a word.

    ``kind`` is one of :data:`KINDS`, or ``None`` for all of them.
    """
    readings = [one for one in dict.fromkeys((text, short_forms().write_out(text))) if plain_words(one)]
    if not readings:
        return Found((), {})
    match = " OR ".join(f"({_all_words(plain_words(one)[:24])})" for one in readings)
    with _reading(path) as connection:
        counts = dict(
            connection.execute(
                "SELECT kind, COUNT(*) FROM folded JOIN entry ON entry.id = folded.rowid WHERE folded MATCH ? GROUP BY kind",
                (match,),
            )
        )
        rows = connection.execute(
            "SELECT iri, kind, entry.label, label_en, detail, document, accented, names, links, bm25(folded, 8.0, 6.0, 1.0) AS score "
            "FROM folded JOIN entry ON entry.id = folded.rowid WHERE folded MATCH ? AND (? IS NULL OR kind = ?) "
            "ORDER BY score LIMIT ?",
            (match, kind, kind, max(_CANDIDATES, offset + limit)),
        ).fetchall()
    ranked = sorted(rows, key=lambda row: min(_rank(row, one) for one in readings))
    return Found(
        tuple(_hit(row, readings) for row in ranked[offset : offset + limit]),
        {name: counts[name] for name in KINDS if name in counts},
    )


def _all_words(words: list[str]) -> str:
    return " ".join(f'"{word}"' for word in words[:-1]) + f' "{words[-1]}"*'


def suggest(path: Path, text: str, *, limit: int = 8) -> tuple[Hit, ...]:
    """Return what to offer while somebody types: names first, tasks only where nothing is called so."""
    found = [hit for name in KINDS[:3] for hit in search(path, text, kind=name, limit=limit).hits]
    found.sort(key=lambda hit: not hit.exact)
    return tuple(found[:limit]) or search(path, text, limit=limit).hits


def _misses(accented: str, text: str) -> int:
    """Return how many of the accented words typed do not stand in the entry with exactly these accents."""
    typed = [word for word in accented_words(text) if not word.isascii() or fold_plain(word) != word]
    return sum(f" {word}" not in accented for word in typed)


_Found = tuple[str, str, str, str, str, str, str, str, int, float]
"""A row as selected above: what a hit shows, then accented words, names, links and score."""


def _hit(row: _Found, readings: list[str]) -> Hit:
    iri, kind, label, label_en, detail, document, accented = row[:7]
    exact = any(_misses(accented, one) == 0 for one in readings)
    return Hit(iri, kind, label, label_en, detail, document, exact=exact)


def _rank(row: _Found, text: str) -> tuple[int, int, int, float, int, str]:
    iri, kind, accented, names, links, score = row[0], row[1], row[6], row[7], row[8], row[9]
    whole = " ".join(plain_words(text)[:24])
    named = 0 if f"\n{whole}\n" in names else 1 if f"\n{whole}" in names else 2
    return _misses(accented, text), named, KINDS.index(kind) if named < 2 else 0, round(score, 3), -links, iri
