"""The names of each type of thing that can be matched, and how a misspelt one is told from another name.

A slip of the pen or of the scanner is forgiven only where it makes a word that stands in no name of the release: *Hà Nam* is not
a misspelt *Hà Nội*, whatever the distance.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from ontology.folding import plain_words
from queries.lookup import Candidate, Names
from queries.short_forms import short_forms
from queries.store import GraphStore

_PREFIXES = """PREFIX dm: <https://w3id.org/daumoi/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?label ?name ?place WHERE {
"""
_ORDER = "} ORDER BY ?thing ?label ?name ?place"
_OTHERS = "OPTIONAL { { ?thing skos:altLabel ?name } UNION { ?thing skos:hiddenLabel ?name } }\n"
_PLACE = 'OPTIONAL { ?thing dm:jurisdiction/skos:prefLabel ?place FILTER(LANG(?place) = "vi") }\n'

_LEAST = 60
"""Names less alike (of 100) are not worth a look."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A candidate that is called nearly as asked: the name (folded), how alike from 0 to 1, and slips if only those differ."""

    candidate: Candidate
    name: str
    likeness: float
    slips: int | None


class ThingNames(Names):
    """The names of one type of thing, with what comes near and what begins with a text."""

    def __init__(self, store: GraphStore) -> None:
        super().__init__(store)
        self.words = frozenset(word for name in self._folded for word in name.split())
        self._all = tuple(self._folded)

    def near(self, text: str, limit: int) -> list[Similar]:
        """Return the things whose names are most like ``text``, the likest first, each once."""
        asked = " ".join(plain_words(short_forms().write_out(text)))
        if not asked:
            return []
        found: dict[Candidate, Similar] = {}
        for name, _, _ in process.extract(
            asked, self._all, scorer=fuzz.token_sort_ratio, limit=3 * limit, score_cutoff=_LEAST
        ):
            likeness = max(fuzz.ratio(asked, name), 0.95 * fuzz.token_sort_ratio(asked, name)) / 100
            slips = count_slips(asked.split(), name.split(), self.words)
            for candidate in self._folded[name]:
                if candidate not in found or found[candidate].likeness < likeness:
                    found[candidate] = Similar(candidate, name, likeness, slips)
        ranked = sorted(found.values(), key=lambda one: (-one.likeness, one.candidate.label, one.candidate.iri))
        return ranked[:limit]

    def beginning(self, text: str) -> Iterator[Candidate]:
        """Yield the things a name of which begins with ``text``, then those in which a word does; each once."""
        asked = " ".join(plain_words(text))
        if not asked:
            return
        told: set[Candidate] = set()
        for test in (lambda name: name.startswith(asked), lambda name: f" {asked}" in name):
            for name in sorted(filter(test, self._folded), key=lambda one: (len(one), one)):
                for candidate in sorted(self._folded[name] - told, key=lambda one: (one.label, one.iri)):
                    told.add(candidate)
                    yield candidate


def count_slips(asked: list[str], name: list[str], words: frozenset[str]) -> int | None:
    """Return in how many words ``asked`` is misspelt for ``name``; ``None`` where it is another name.

    A misspelt word has no digit, is one letter (of seven or more: two letters) away, and is itself in no name (``words``);
    wrong blanks count as one. At most one word in four may be misspelt.

    >>> known = frozenset("so y te tinh ha nam noi".split())
    >>> count_slips("so y te tinh hq noi".split(), "so y te tinh ha noi".split(), known)
    1
    >>> count_slips("so y te tinh ha nam".split(), "so y te tinh ha noi".split(), known) is None
    True
    """
    if len(asked) != len(name):
        return 1 if "".join(asked) == "".join(name) else None
    slips = 0
    for one, other in zip(asked, name, strict=True):
        if one == other:
            continue
        bound = 2 if len(other) >= 7 else 1
        if one in words or any(letter.isdigit() for letter in one + other) or OSA.distance(one, other) > bound:
            return None
        slips += 1
    return slips if slips <= max(1, len(name) // 4) else None


class _Agencies(ThingNames):
    query = f"""{_PREFIXES} ?thing a dm:Agency ; skos:prefLabel ?label
      OPTIONAL {{ {{ ?thing skos:altLabel ?name }} UNION {{ ?thing skos:hiddenLabel ?name }} UNION {{
        ?thing org:unitOf/skos:prefLabel ?above ; skos:prefLabel ?own
        FILTER(LANG(?above) = "vi" && LANG(?own) = "vi") BIND(CONCAT(?own, " ", ?above) AS ?name) }} }}
    {_PLACE}{_ORDER}"""


class _Groups(ThingNames):
    query = f"{_PREFIXES} ?thing a dm:AgentGroup ; skos:prefLabel ?label\n{_OTHERS}{_PLACE}{_ORDER}"


class _Places(ThingNames):
    query = f"""{_PREFIXES} ?thing a dm:Jurisdiction ; skos:prefLabel ?label
      OPTIONAL {{ ?thing skos:prefLabel ?place FILTER(LANG(?place) = "vi") }}
      OPTIONAL {{ {{ ?thing skos:altLabel ?name }} UNION {{ ?thing dm:parentPlace/skos:prefLabel ?above ; skos:prefLabel ?own
        FILTER(LANG(?above) = "vi" && LANG(?own) = "vi") BIND(CONCAT(?own, ", ", ?above) AS ?name) }} }}
    {_ORDER}"""


class _Programmes(ThingNames):
    query = f"""{_PREFIXES} VALUES ?class {{ dm:Programme dm:ProgrammePhase }} ?thing a ?class ; skos:prefLabel ?label
      BIND(?none AS ?place) {_OTHERS}{_ORDER}"""


class _Components(ThingNames):
    query = f"""{_PREFIXES} ?thing a dm:NationalComponent ; dcterms:title ?label ; skos:notation ?code ; dm:componentKind/skos:prefLabel ?kind
      FILTER(LANG(?kind) = LANG(?label)) BIND(?none AS ?place)
      VALUES ?whole {{ true false }}
      BIND(CONCAT(?kind, " ", REPLACE(?code, "^.*?([0-9]+)$", "$1"), IF(?whole, CONCAT(": ", ?label), "")) AS ?name)
    {_ORDER}"""


class _Documents(ThingNames):
    """Numbers (or the titles of those without) for what is near; what a number means is the lookup's to say."""

    query = f"""{_PREFIXES} ?thing a eli:LegalResource
      OPTIONAL {{ ?thing eli:id_local ?number }} OPTIONAL {{ ?thing dcterms:title ?name }}
      BIND(COALESCE(?number, STR(?name)) AS ?label) BIND(?none AS ?place) FILTER(BOUND(?label)) {_ORDER}"""


NAMES: Mapping[str, type[ThingNames]] = MappingProxyType(
    {
        "agency": _Agencies,
        "group": _Groups,
        "document": _Documents,
        "place": _Places,
        "programme": _Programmes,
        "component": _Components,
    }
)
"""The names of each type, to be made once for a store."""
