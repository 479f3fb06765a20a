"""What a reconciliation client gets: the manifest, candidates in both forms, suggestions, and data of things."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from ontology.folding import plain_words
from ontology.namespaces import DM, ID
from queries.answer import Iri
from queries.lookup import Candidate
from queries.matching.candidates import Asked, Match, describe, find_candidates
from queries.matching.facts import PROPERTIES, TYPES, Fact, Facts, Property, type_of
from queries.matching.names import NAMES
from queries.store import GraphStore
from server.reconciling.protocol import Wanted, whole_iri

PREVIEW_WIDTH, PREVIEW_HEIGHT = 430, 260
_SUGGESTED = 12
Json = dict[str, Any]


def describe_service(base: str, release: str, language: str) -> Json:
    """Return the manifest; ``base`` is the address that clients reach this site by."""
    english = language == "en"
    suggest = {
        what: {"service_url": base, "service_path": f"/reconcile/suggest/{what}?lang={language}"}
        for what in ("entity", "type", "property")
    }
    return {
        "versions": ["0.1", "0.2"],
        "name": "Đầu mối: agencies, documents, places, programmes"
        if english
        else "Đầu mối: cơ quan, văn bản, địa bàn, chương trình",
        "identifierSpace": str(ID),
        "schemaSpace": str(DM),
        "documentation": f"{base}/about?lang={language}",
        "serviceVersion": release,
        "defaultTypes": [_type(kind, language) for kind in TYPES],
        "view": {"url": f"{base}/reconcile/view?id={{{{id}}}}"},
        "preview": {
            "url": f"{base}/reconcile/preview?lang={language}&id={{{{id}}}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": base, "service_path": f"/reconcile/properties?lang={language}"},
            "property_settings": [],
        },
        "batchSize": 50,
    }


def _type(kind: str, language: str) -> Json:
    vi, en = TYPES[kind]
    return {"id": kind, "name": en if language == "en" else vi}


class Matcher:
    """Finds candidates for the lines of one batch; a line that comes again is not looked up again."""

    def __init__(self, store: GraphStore, language: str) -> None:
        self._store = store
        self._language = language
        self._found: dict[Asked, tuple[Match, ...]] = {}

    def _candidates(self, asked: Asked) -> tuple[Match, ...]:
        if asked not in self._found:
            self._found[asked] = find_candidates(self._store, asked)
        return self._found[asked]

    def answer(self, batch: Mapping[str, Asked]) -> Json:
        """Return the candidates as version 0.2 has them."""
        return {
            key: {"result": [self._candidate(one) for one in self._candidates(asked)]} for key, asked in batch.items()
        }

    def answer_draft(self, batch: list[Asked]) -> Json:
        """Return the candidates as draft 1.0 has them: names and descriptions are lists of texts with their language."""
        results = []
        for asked in batch:
            candidates = []
            for one in self._candidates(asked):
                made = self._candidate(one)
                made["name"] = [{"str": one.label, "lang": "vi"}]
                made["description"] = [{"str": made["description"], "lang": self._language}]
                candidates.append(made)
            results.append({"candidates": candidates})
        return {"results": results}

    def _candidate(self, one: Match) -> Json:
        return {
            "id": one.id,
            "name": one.label,
            "description": describe(self._store, one.iri, self._language),
            "type": [_type(one.type, self._language)],
            "score": one.score,
            "match": one.match,
            "features": [{"id": name, "value": value} for name, value in one.features],
        }


# Suggestions ---------------------------------------------------------------------------------------------------------


def suggest_things(store: GraphStore, text: str, kind: str | None, language: str, cursor: int = 0) -> Json:
    """Return things whose names begin so, of one type or any."""
    found: list[Candidate] = []
    for one in [kind] if kind in NAMES else NAMES:
        found += islice(store.once(NAMES[str(one)]).beginning(text), cursor + _SUGGESTED)
    asked = plain_words(text)
    found.sort(key=lambda one: (plain_words(one.label)[: len(asked)] != asked, len(one.label), one.label, one.iri))
    return {
        "result": [
            {
                "id": one.iri.removeprefix(str(ID)),
                "name": one.label,
                "description": describe(store, str(one.iri), language),
                "notable": [_type(str(type_of(str(one.iri))), language)],
            }
            for one in found[cursor : cursor + _SUGGESTED]
        ]
    }


def suggest_types(text: str, language: str) -> Json:
    """Return the types whose id or name has the text in it."""
    return {"result": [_type(kind, language) for kind, names in TYPES.items() if _is_said(text, (kind, *names))]}


def suggest_properties(text: str, language: str) -> Json:
    """Return the properties by which a list can be narrowed whose id or name has the text in it."""
    found = [one for one in PROPERTIES.values() if one.filters and _is_said(text, (one.id, one.vi, one.en))]
    return {"result": [{"id": one.id, "name": one.name(language)} for one in found]}


def _is_said(text: str, names: tuple[str, ...]) -> bool:
    asked = " ".join(plain_words(text))
    return any(f" {asked}" in f" {' '.join(plain_words(name))}" for name in names)


# Data ----------------------------------------------------------------------------------------------------------------


def propose_properties(kind: str | None, language: str, limit: int | None) -> Json:
    """Return what can be fetched of things of a type (of any, where it is not ours)."""
    found = [one for one in PROPERTIES.values() if kind not in TYPES or kind in one.types]
    answer: Json = {"properties": [{"id": one.id, "name": one.name(language)} for one in found[:limit]]}
    if kind:
        answer["type"] = kind
    if limit is not None:
        answer["limit"] = limit
    return answer


def extend(store: GraphStore, wanted: Wanted, language: str) -> Json:
    """Return the wanted properties of the wanted things as version 0.2 has them; what is not known is an empty list."""
    facts = store.once(Facts)
    return {
        "meta": [_meta(PROPERTIES[name], language) for name in wanted.properties],
        "rows": {
            thing: {
                name: [_cell(one, language) for one in facts.of(whole_iri(thing), name)] for name in wanted.properties
            }
            for thing in wanted.things
        },
    }


def extend_draft(store: GraphStore, wanted: Wanted, language: str) -> Json:
    """Return the same as draft 1.0 has it."""
    answer = extend(store, wanted, language)
    rows = [
        {"id": thing, "properties": [{"id": name, "values": cells} for name, cells in row.items()]}
        for thing, row in answer["rows"].items()
    ]
    return {"meta": answer["meta"], "rows": rows}


_TYPE_OF_VALUES = {
    "jurisdiction": "place",
    "issuer": "agency",
    "programme": "programme",
    "instrument": "document",
}


def _meta(one: Property, language: str) -> Json:
    made: Json = {"id": one.id, "name": one.name(language)}
    if one.id in _TYPE_OF_VALUES:
        made["type"] = _type(_TYPE_OF_VALUES[one.id], language)
    return made


def _cell(fact: Fact, language: str) -> Json:
    """Return a value as a cell: a thing of ours by its id, numbers as numbers, all else as people read it (dates may be partial)."""
    if isinstance(fact.value, bool):
        words = ("yes", "no") if language == "en" else ("có", "không")
        return {"str": words[0] if fact.value else words[1]}
    if isinstance(fact.value, int):
        return {"int": fact.value}
    if isinstance(fact.value, (float, Decimal)):
        return {"float": float(fact.value)}
    if isinstance(fact.value, Iri) and type_of(str(fact.value)):
        return {"id": fact.value.removeprefix(str(ID)), "name": fact.text("vi")}
    return {"str": fact.text(language)}
