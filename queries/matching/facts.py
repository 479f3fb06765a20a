"""What is known of the things that can be matched: to describe them, to filter by it, and to fetch it into a list.

A property is an id with its names in both languages and the types of things it is stated of; the statements are read once for
each release (``facts.rq``).
"""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from ontology.folding import plain_key
from ontology.namespaces import ID
from queries.answer import Iri, Value
from queries.catalogue import NamedQuery, read_query
from queries.short_forms import short_forms
from queries.store import GraphStore

TYPES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "agency": ("Cơ quan", "Agency"),
        "group": ("Nhóm cơ quan", "Group of agencies"),
        "document": ("Văn bản", "Document"),
        "place": ("Địa bàn", "Place"),
        "programme": ("Chương trình, giai đoạn", "Programme, phase"),
        "component": ("Dự án, tiểu dự án", "Component"),
    }
)
"""The types of things that can be matched, with their names."""

_OF_KIND = {"phase": "programme", "national-component": "component"}


@dataclass(frozen=True, slots=True)
class Property:
    """Something that can be said of a thing of ``types``; ``filters`` tells whether a list may be narrowed by it."""

    id: str
    vi: str
    en: str
    types: tuple[str, ...]
    filters: bool = True

    def name(self, language: str) -> str:
        """Return what it is called in ``language``."""
        return self.en if language == "en" else self.vi


_IN_ENGLISH = tuple(kind for kind in TYPES if kind != "document")
PROPERTIES: Mapping[str, Property] = MappingProxyType(
    {
        one.id: one
        for one in (
            Property("level", "Cấp", "Level", ("agency", "group", "place")),
            Property("jurisdiction", "Địa bàn", "Jurisdiction", ("agency", "group", "document")),
            Property("parent", "Cấp trên", "Part of", ("agency", "place", "component")),
            Property("kind", "Loại cơ quan", "Kind of agency", ("agency",)),
            Property("line-of-work", "Ngành", "Line of work", ("agency",)),
            Property("symbol", "Ký hiệu trong số văn bản", "Symbol in document numbers", ("agency",)),
            Property("valid-from", "Từ ngày", "Valid from", ("agency", "place"), filters=False),
            Property("valid-through", "Đến ngày", "Valid through", ("agency", "place")),
            Property("successor", "Kế thừa bởi", "Succeeded by", ("agency", "place")),
            Property("tasks-led", "Số việc chủ trì", "Tasks led", ("agency", "group"), filters=False),
            Property("number", "Số", "Number", ("document",)),
            Property("type", "Loại văn bản", "Type of document", ("document",)),
            Property("date", "Ngày ban hành", "Date", ("document",)),
            Property("issuer", "Cơ quan ban hành", "Issuer", ("document",)),
            Property("title", "Tên văn bản", "Title", ("document",), filters=False),
            Property("held", "Kho có nguyên văn", "Text is held", ("document",)),
            Property("period", "Giai đoạn", "Period", ("document", "programme", "component")),
            Property("programme", "Chương trình", "Programme", ("document", "programme", "component")),
            Property("instrument", "Văn bản phê duyệt", "Approving document", ("programme",)),
            Property("pattern", "Có ở mỗi nơi", "One in every place", ("agency",), filters=False),
            Property("code", "Mã", "Code", ("component",)),
            Property("name-en", "Tên tiếng Anh", "English name", _IN_ENGLISH, filters=False),
        )
    }
)
"""All properties by id, in the order in which they are proposed."""


def type_of(iri: str) -> str | None:
    """Return the type of a thing by its IRI, ``None`` for what cannot be matched.

    >>> type_of("https://w3id.org/daumoi/id/phase/giam-ngheo/2016-2020"), type_of("https://w3id.org/daumoi/id/task/x")
    ('programme', None)
    """
    kind = iri.removeprefix(str(ID)).partition("/")[0] if iri.startswith(str(ID)) else ""
    kind = _OF_KIND.get(kind, kind)
    return kind if kind in TYPES else None


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a property: an IRI with its names, or a plain value."""

    value: Value
    vi: str = ""
    en: str = ""

    def text(self, language: str = "vi") -> str:
        """Return the value as a person reads it."""
        if isinstance(self.value, datetime.date):
            return self.value.isoformat()
        return (self.en if language == "en" else self.vi) or self.vi or str(self.value)

    def agrees_with(self, given: str) -> bool:
        """Tell whether ``given`` means this value: its id, a name of it with or without its kind, the beginning of a date.

        >>> place = Fact(Iri(str(ID) + "place/tinh-b"), "tỉnh B", "B province")
        >>> [place.agrees_with(text) for text in ("place/tinh-b", "TINH B", "b", "tỉnh C")]
        [True, True, True, False]
        >>> Fact("2022-01-18").agrees_with("2022"), Fact("2022-08").agrees_with("2022-08-15")
        (True, True)
        """
        given = given.strip()
        if isinstance(self.value, bool):
            return given.lower() in (("true", "1", "có", "yes") if self.value else ("false", "0", "không", "no"))
        if isinstance(self.value, Iri):
            path = self.value.removeprefix(str(ID))
            if given in (self.value, path, path.rpartition("/")[2]):
                return True
            wanted = plain_key(short_forms().write_out(given))
            return bool(wanted) and wanted in {
                plain_key(name)
                for label in (self.vi, self.en)
                if label
                for name in (label, short_forms().without_kind(label))
            }
        text = self.text()
        if text[:4].isdecimal() and given[:4].isdecimal() and "-" in f"{text}{given}":
            return text.startswith(given) or given.startswith(text)
        return plain_key(text) == plain_key(given)


class Facts:
    """Everything that ``facts.rq`` says of the things of one store."""

    def __init__(self, store: GraphStore) -> None:
        self._of: defaultdict[str, defaultdict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        called: dict[tuple[str, str], str] = {}
        for thing, label in store.select(_LABELS).rows:
            called.setdefault((str(thing), getattr(label, "language", "vi")), str(label))
        self.patterns = frozenset(plain_key(str(label)) for (label,) in store.select(_PATTERNS).rows)
        """What bodies and units are called of which every place or every ministry has one, without its place or ministry."""
        for thing, name, value in _query().ask(store, {}).rows:
            kind = type_of(str(thing))
            if kind is not None and value is not None and kind in PROPERTIES[str(name)].types:
                labels = (called.get((str(value), language), "") for language in ("vi", "en"))
                self._of[str(thing)][str(name)].append(Fact(value, *labels))

    def of(self, iri: str, name: str) -> tuple[Fact, ...]:
        """Return the values of a property of a thing, none where nothing is known."""
        return tuple(self._of[iri][name]) if iri in self._of and name in self._of[iri] else ()

    def level_of(self, place: str) -> str:
        """Return the code of a place's level, ``""`` where it has none."""
        return next((str(fact.value).rsplit("/", 1)[-1] for fact in self.of(place, "level")), "")

    def things(self, kind: str) -> list[str]:
        """Return all things of one type of which anything is known."""
        return sorted(iri for iri in self._of if type_of(iri) == kind)

    def knows(self, iri: str) -> bool:
        """Tell whether anything is known of ``iri``."""
        return iri in self._of


_LABELS = """
PREFIX dm: <https://w3id.org/daumoi/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?label WHERE {
  { ?thing skos:prefLabel ?label } UNION { ?thing a dm:NationalComponent ; dcterms:title ?label }
  UNION { ?thing a eli:LegalResource ; eli:id_local ?label }
} ORDER BY ?thing ?label"""


_PATTERNS = f"""
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?label WHERE {{
  ?pattern a skos:Concept ; skos:prefLabel ?label
  FILTER(STRSTARTS(STR(?pattern), "{ID}body/") || STRSTARTS(STR(?pattern), "{ID}unit/"))
}}"""


@lru_cache(maxsize=1)
def _query() -> NamedQuery:
    return read_query(Path(__file__).parent / "facts.rq")
