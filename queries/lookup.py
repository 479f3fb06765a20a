"""Lookup: which document or agency somebody means by what they typed.

A number may come without diacritics, in any case, with its type before it, its year or date behind it (``90/qd-ttg``,
``QĐ 1722``, ``quyết định 90/QĐ-TTg năm 2022``); an agency by any of its names. The answer is one thing, several to choose
from, or none with what comes near; nothing is guessed between several.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from rapidfuzz import fuzz, process

from ontology.folding import accented_words, fold_plain, plain_key, plain_words
from queries.answer import Iri
from queries.short_forms import short_forms
from queries.store import GraphStore


class Outcome(StrEnum):
    """How a lookup ended."""

    EXACT = "exact"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant, with what it is called (a document: its number) and a word more (its date and title)."""

    iri: Iri
    label: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.label} ({self.detail})" if self.detail else self.label


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text means. ``iri`` is set where the outcome is exact; else ``candidates`` are the choices or near matches."""

    outcome: Outcome
    iri: Iri | None
    candidates: tuple[Candidate, ...]


def _resolution(found: Iterable[Candidate], near: Iterable[Candidate] = ()) -> Resolution:
    unique = tuple(sorted(set(found), key=lambda one: (one.label, one.detail, one.iri)))
    if len(unique) == 1:
        return Resolution(Outcome.EXACT, unique[0].iri, unique)
    if unique:
        return Resolution(Outcome.AMBIGUOUS, None, unique)
    return Resolution(Outcome.NONE, None, tuple(dict.fromkeys(near))[:8])


# Documents -----------------------------------------------------------------------------------------------------------

_DOCUMENTS = """
PREFIX dm: <https://w3id.org/daumoi/ontology#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?document ?number ?date ?title WHERE {
  ?document a eli:LegalResource .
  OPTIONAL { ?document eli:id_local ?number }
  OPTIONAL { ?document dm:dateText ?date }
  OPTIONAL { ?document dcterms:title ?title }
} ORDER BY ?document ?title"""

# The number as typed: digits, then symbols behind slashes or blanks (90/QĐ-TTg, 24/2021/QH15, 48/2016/QĐ-TTg, 05-CT/TW).
_NUMBER = re.compile(r"(?<!\d)(?P<first>\d{1,5})(?P<rest>(?:\s*[/-]\s*[a-z0-9]+)+)?")
_ISO = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d?)-(?P<day>\d\d?)")
_DAY = re.compile(r"(?P<day>\d\d?)\s*[/.-]\s*(?P<month>\d\d?)\s*[/.-]\s*(?P<year>(?:19|20)\d\d)")
_DAY_IN_WORDS = re.compile(r"ngay\s+(?P<day>\d\d?)\s+thang\s+(?P<month>\d\d?)\s+nam\s+(?P<year>(?:19|20)\d\d)")
_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")


@dataclass(frozen=True, slots=True)
class _Held:
    candidate: Candidate
    number: tuple[str, ...]
    date: str


class DocumentNames:
    """The numbers, dates and titles of all documents of one store."""

    def __init__(self, store: GraphStore) -> None:
        self._by_number: defaultdict[tuple[str, ...], list[_Held]] = defaultdict(list)
        self._by_first: defaultdict[str, list[_Held]] = defaultdict(list)
        self._symbols: set[str] = set()
        self._by_iri: dict[str, Candidate] = {}
        self._titles: dict[str, Candidate] = {}
        for iri, number, date, title in store.select(_DOCUMENTS).rows:
            if str(iri) in self._by_iri:
                continue
            detail = ", ".join(str(value) for value in (date, title) if value)
            candidate = Candidate(Iri(str(iri)), str(number or title or iri), detail)
            self._by_iri[str(iri)] = candidate
            if number:
                held = _Held(candidate, tuple(plain_words(str(number))), str(date or ""))
                self._by_number[held.number].append(held)
                self._by_first[held.number[0]].append(held)
                self._symbols.update(part for part in held.number if not part.isdigit())
            if title:
                self._titles.setdefault(fold_plain(str(title)), candidate)

    def resolve(self, text: str) -> Resolution:
        """Return the document that ``text`` means."""
        text = text.strip()
        if text in self._by_iri:
            return _resolution([self._by_iri[text]])
        if text.startswith("http"):
            return _resolution((), self._near(text.rsplit("/", 1)[-1]))
        folded = fold_plain(text)
        date, rest = _take_date(folded)
        found = self._numbered(rest, date)
        if not found and (titled := self._titles.get(folded)):
            found = [titled]
        return _resolution(found, self._near(folded))

    def _numbered(self, text: str, date: str) -> list[Candidate]:
        numbers = [plain_words(match.group()) for match in _NUMBER.finditer(text)]
        words = plain_words(text)
        for parts in sorted(numbers, key=len, reverse=True):
            held = self._by_number.get(tuple(parts), [])
            if not held:
                # Without its year or symbols, or with the symbol before it (QĐ 90): every word typed must be in the number.
                symbols = {word for word in words if not word.isdigit()} & {
                    "qd",
                    "nq",
                    "kh",
                    "nd",
                    "tt",
                    "ct",
                    "kl",
                    "cv",
                }
                wanted = {*parts, *symbols}
                held = [one for one in self._by_first.get(parts[0], []) if wanted <= set(one.number)]
            dated = [one for one in held if one.date.startswith(date) or (one.date and date.startswith(one.date))]
            year = next((word for word in words if _YEAR.fullmatch(word) and word not in parts), "")
            dated = [one for one in dated if not year or one.date.startswith(year)]
            if dated:
                return [one.candidate for one in dated]
        return []

    def _near(self, folded: str) -> list[Candidate]:
        labels = {number: " ".join(number) for number in self._by_number}
        best = process.extract(" ".join(plain_words(folded)), labels, scorer=fuzz.WRatio, limit=6, score_cutoff=70)
        return [held.candidate for _, _, number in best for held in self._by_number[number]]


def _take_date(folded: str) -> tuple[str, str]:
    """Return the ISO date in ``folded``, or ``""``, and the text without it."""
    for pattern in (_ISO, _DAY_IN_WORDS, _DAY):
        if match := pattern.search(folded):
            iso = f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
            return iso, folded[: match.start()] + " " + folded[match.end() :]
    return "", folded


# Agencies ------------------------------------------------------------------------------------------------------------

_AGENCIES = """
PREFIX dm: <https://w3id.org/daumoi/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?agency ?label ?name ?place WHERE {
  { ?agency a dm:Agency } UNION { ?agency a dm:AgentGroup } UNION { ?agency a dm:UnresolvedAgent }
  ?agency skos:prefLabel ?label
  OPTIONAL { { ?agency skos:altLabel ?name } UNION { ?agency skos:hiddenLabel ?name } }
  OPTIONAL { ?agency dm:jurisdiction/skos:prefLabel ?place FILTER(LANG(?place) = "vi") }
} ORDER BY ?agency ?label ?name ?place"""


class Names:
    """All names of the things that ``query`` finds in one store: each with a label, other names, and the place in its label."""

    query: ClassVar[str]

    def __init__(self, store: GraphStore) -> None:
        self._accented: defaultdict[str, set[Candidate]] = defaultdict(set)
        self._folded: defaultdict[str, set[Candidate]] = defaultdict(set)
        self._aliases: defaultdict[str, set[Candidate]] = defaultdict(set)
        self._placed: defaultdict[str, set[Candidate]] = defaultdict(set)
        self._by_iri: dict[str, Candidate] = {}
        rows = store.select(self.query).rows
        for iri, label, _, _ in rows:
            if getattr(label, "language", "vi") == "vi":
                self._by_iri.setdefault(str(iri), Candidate(Iri(str(iri)), str(label)))
        for iri, label, name, place in rows:
            candidate = self._by_iri.setdefault(str(iri), Candidate(Iri(str(iri)), str(label)))
            self._accented[" ".join(accented_words(str(label)))].add(candidate)
            self._folded[" ".join(plain_words(str(label)))].add(candidate)
            if name:
                self._aliases[" ".join(accented_words(str(name)))].add(candidate)
                self._folded[" ".join(plain_words(str(name)))].add(candidate)
            if place and str(label).endswith(str(place)):
                bare = str(label).removesuffix(str(place)) + short_forms().without_kind(str(place))
                self._placed[plain_key(bare)].add(candidate)

    def called(self, iri: str) -> Candidate | None:
        """Return the thing ``iri`` with its label, ``None`` where there is none."""
        return self._by_iri.get(iri)

    def resolve(self, text: str) -> Resolution:
        """Return the thing that ``text`` means.

        By its full name, else by another name, else without diacritics; the same with short forms written out; last with
        its place but not the place's kind (*Sở LĐTBXH Bình Thuận*).
        """
        text = text.strip()
        if text in self._by_iri:
            return _resolution([self._by_iri[text]])
        written = short_forms().write_out(text)
        for typed in dict.fromkeys((text, written)):
            accented, folded = " ".join(accented_words(typed)), " ".join(plain_words(typed))
            for names, key in ((self._accented, accented), (self._aliases, accented), (self._folded, folded)):
                if found := names.get(key):
                    return _resolution(found)
        if found := self._folded.get(plain_key(written)) or self._placed.get(plain_key(written)):
            return _resolution(found)
        return _resolution((), self._near(" ".join(plain_words(written))))

    def _near(self, folded: str) -> list[Candidate]:
        inside = [name for name in self._folded if folded and f" {folded} " in f" {name} "]
        close = process.extract(folded, list(self._folded), scorer=fuzz.WRatio, limit=8, score_cutoff=75)
        names = [*sorted(inside, key=len)[:8], *(name for name, _, _ in close)]
        return [one for name in names for one in sorted(self._folded[name], key=lambda one: one.label)]


class AgencyNames(Names):
    """All names of all agencies and groups of one store."""

    query = _AGENCIES


def resolve_document(store: GraphStore, text: str) -> Resolution:
    """Return which document of ``store`` is meant by ``text``; see :meth:`DocumentNames.resolve`."""
    return store.once(DocumentNames).resolve(text)


def resolve_agency(store: GraphStore, text: str) -> Resolution:
    """Return which agency or group of ``store`` is meant by ``text``; see :meth:`Names.resolve`."""
    return store.once(AgencyNames).resolve(text)
