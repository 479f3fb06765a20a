"""What the pages ask the store: queries of their own (``queries/pages``), answered as rows that templates can read."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import queries
from ontology.namespaces import ID
from queries.answer import Answer, Value
from queries.catalogue import Catalogue, load_catalogue
from queries.release import Release

Row = Mapping[str, Value | None]
_EVIDENCE = re.compile(re.escape(str(ID)) + r"evidence/(?P<document>.+)/(?P<start>\d+)-(?P<end>\d+)")


@lru_cache(maxsize=1)
def page_queries() -> Catalogue:
    """Return the queries that only pages ask."""
    return load_catalogue(Path(queries.__file__).parent / "pages")


def ask_page(release: Release, name: str, **given: Value | list[Value] | None) -> list[Row]:
    """Return the rows of a page's query."""
    answer: Answer = page_queries()[name].ask(release.store, given)
    return list(answer)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of a document's text."""

    document: str
    start: int
    end: int


def read_place(evidence: Value | None) -> Place | None:
    """Return the place that an evidence IRI names (``evidence/{document}/{start}-{end}``), ``None`` for anything else.

    >>> read_place("https://w3id.org/daumoi/id/evidence/bo-y-te/2017/1-qd-byt/10-20")
    Place(document='https://w3id.org/daumoi/id/document/bo-y-te/2017/1-qd-byt', start=10, end=20)
    """
    match = _EVIDENCE.fullmatch(str(evidence or ""))
    if match is None:
        return None
    return Place(f"{ID}document/{match['document']}", int(match["start"]), int(match["end"]))


class Quotes:
    """Gives the words at a place, each text read once."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._texts: dict[str, str] = {}

    def words(self, place: Place | None) -> str:
        """Return the words at ``place`` on one line, ``""`` where there is none or its text is not held."""
        if place is None:
            return ""
        if place.document not in self._texts:
            self._texts[place.document] = self._release.text(place.document) or ""
        return " ".join(self._texts[place.document][place.start : place.end].split())


def places_of(rows: Iterable[Row]) -> tuple[Place, ...]:
    """Return the places that rows name in their column ``evidence``, each once, in the order of the text."""
    found = {place for row in rows if (place := read_place(row["evidence"])) is not None}
    return tuple(sorted(found))


def group_rows(rows: Iterable[Row], *names: str) -> dict[tuple[Hashable, ...], list[Row]]:
    """Return rows by the values of ``names``, in the order of first appearance."""
    groups: defaultdict[tuple[Hashable, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[name] for name in names)].append(row)
    return dict(groups)


@dataclass(frozen=True, slots=True)
class Said:
    """One row, with all the places that say so and their words."""

    row: Row
    places: tuple[tuple[Place, str], ...]


def merge_evidence(rows: Iterable[Row], quotes: Quotes) -> list[Said]:
    """Return rows that differ only in their evidence as one."""
    merged: dict[tuple[Hashable, ...], list[Row]] = {}
    for row in rows:
        key = tuple(value for name, value in row.items() if name != "evidence")
        merged.setdefault(key, []).append(row)
    return [Said(same[0], tuple((p, quotes.words(p)) for p in places_of(same))) for same in merged.values()]
