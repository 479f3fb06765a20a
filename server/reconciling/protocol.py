"""Reading what a reconciliation client sends: batches of queries in both forms, requests for more data, within their limits.

Version 0.2 sends a form field ``queries`` (an object by key) or ``extend``; draft 1.0 sends JSON with a list of conditions. What is
malformed is refused as a whole, with the key of the query and what to write instead.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from ontology.errors import ParameterError
from ontology.namespaces import ID
from queries.matching.candidates import Asked, Condition
from queries.matching.facts import PROPERTIES

MOST_QUERIES = 1000
"""Queries in one batch, and things in one request for data."""
MOST_BYTES = 2_000_000
_LONGEST = 2000
_MOST_CANDIDATES = 50
_MOST_CONDITIONS = 20


def refuse(what: str, remedy: str, vi: str, where: str = "") -> ParameterError:
    """Return the error for a request that cannot be read."""
    return ParameterError(what, where=where, remedy=remedy, vi=vi)


def read_json(text: str, where: str) -> Any:
    """Return the value of a JSON text; raise :class:`ParameterError` where it is none, or nested too deep."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refuse(f"this is no JSON ({error})", "send a JSON object", "không phải JSON", where) from None


def read_form(text: bytes) -> dict[str, str]:
    """Return the fields of a form or an address; raise :class:`ParameterError` where they are not UTF-8 or too many.

    >>> read_form(b"queries=%7B%7D&lang=vi")
    {'queries': '{}', 'lang': 'vi'}
    >>> read_form("query=Bộ Y tế".encode())
    {'query': 'Bộ Y tế'}
    """
    try:
        return dict(parse_qsl(text.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=20))
    except ValueError as error:
        raise refuse(
            f"the form cannot be read ({error})", "send it URL-encoded, in UTF-8", "biểu mẫu không đọc được; gửi UTF-8"
        ) from None


def read_batch(given: Any) -> dict[str, Asked]:
    """Return the queries of version 0.2 by key.

    >>> read_batch({"q0": {"query": "Bộ Y tế", "type": "agency", "properties": [{"pid": "level", "v": "national"}]}})["q0"].types
    ('agency',)
    """
    if not isinstance(given, Mapping):
        raise refuse(
            "the batch is no object",
            'write {"q0": {"query": "…"}}',
            "lô truy vấn phải là một đối tượng JSON",
            "queries",
        )
    _within(given)
    return {str(key): _read_query(query, str(key)) for key, query in given.items()}


def read_draft_batch(given: Any) -> list[Asked]:
    """Return the queries of draft 1.0 in order.

    >>> read_draft_batch({"queries": [{"conditions": [{"matchType": "name", "propertyValue": "Bộ Y tế"}]}]})[0].text
    'Bộ Y tế'
    """
    queries = given.get("queries") if isinstance(given, Mapping) else None
    if not isinstance(queries, list):
        raise refuse(
            "there is no list of queries",
            'write {"queries": [{"conditions": […]}]}',
            "thiếu danh sách queries",
            "queries",
        )
    _within(queries)
    return [_read_draft_query(query, f"queries[{i}]") for i, query in enumerate(queries)]


def _within(batch: Mapping[str, Any] | Sequence[Any]) -> None:
    if len(batch) > MOST_QUERIES:
        raise refuse(
            f"the batch has {len(batch):,} queries, more than {MOST_QUERIES:,}",
            "send it in smaller batches",
            f"lô có {len(batch)} truy vấn, quá {MOST_QUERIES}; hãy chia nhỏ",
            "queries",
        )


def _read_query(given: Any, key: str) -> Asked:
    if isinstance(given, str):
        given = {"query": given}
    if not isinstance(given, Mapping):
        raise refuse("the query is no object", 'write {"query": "…"}', "truy vấn phải là một đối tượng JSON", key)
    conditions = []
    for one in _list(given.get("properties"), key, "properties"):
        name = one.get("pid") if isinstance(one, Mapping) else None
        if not isinstance(name, str):
            raise refuse("a property has no pid", 'write {"pid": "…", "v": "…"}', "thuộc tính thiếu pid", key)
        conditions.append(Condition(name, _values(one.get("v"), key)))
    return _asked(given.get("query", ""), given.get("type"), given.get("limit"), conditions, key)


def _read_draft_query(given: Any, key: str) -> Asked:
    if not isinstance(given, Mapping):
        raise refuse("the query is no object", 'write {"conditions": […]}', "truy vấn phải là một đối tượng JSON", key)
    name: Any = ""
    conditions = []
    for one in _list(given.get("conditions"), key, "conditions"):
        kind = one.get("matchType") if isinstance(one, Mapping) else None
        value = one.get("propertyValue", one.get("v")) if isinstance(one, Mapping) else None
        if kind == "name":
            name = value
        elif kind == "property" and isinstance(pid := one.get("propertyId", one.get("pid")), str):
            quantifier = one.get("matchQuantifier", "any")
            if quantifier not in ("any", "all", "none"):
                raise refuse(
                    f"{quantifier!r} is no quantifier", "choose any, all or none", "chọn any, all hoặc none", key
                )
            conditions.append(Condition(pid, _values(value, key), one.get("required") is True, quantifier))
        else:
            raise refuse(
                "a condition is neither of a name nor of a property",
                'write "matchType": "name", or "property" with "propertyId"',
                "điều kiện phải có matchType là name, hoặc property kèm propertyId",
                key,
            )
    return _asked(name, given.get("type"), given.get("limit"), conditions, key)


def _asked(name: Any, kind: Any, limit: Any, conditions: list[Condition], key: str) -> Asked:
    text = _plain(name[0] if isinstance(name, list) and len(name) == 1 else name, key).strip()
    if len(text) > _LONGEST:
        raise refuse(
            f"the name has {len(text):,} characters", f"at most {_LONGEST:,}", f"tên dài quá {_LONGEST} ký tự", key
        )
    if not text and not conditions:
        raise refuse("there is neither a name nor a property", 'write {"query": "…"}', "thiếu tên và thuộc tính", key)
    kinds = [] if kind in (None, "") else kind if isinstance(kind, list) else [kind]
    types = tuple(str(one.get("id", "")) if isinstance(one, Mapping) else str(one) for one in kinds)
    most = 8 if limit is None else limit
    if isinstance(most, bool) or not isinstance(most, (int, float)) or not most >= 1 or most != int(min(most, 1e9)):
        raise refuse(
            f"{limit!r} is no number of candidates", "a whole number from 1", "limit phải là số nguyên từ 1", key
        )
    try:
        return Asked(text, types, min(int(most), _MOST_CANDIDATES), tuple(conditions))
    except ParameterError as error:
        raise ParameterError(error.what, where=key, remedy=error.remedy, vi=error.vi) from None


def _list(given: Any, key: str, what: str) -> list[Any]:
    """Return a list; nothing is an empty one, one thing a list of it."""
    found = [] if given is None else given if isinstance(given, list) else [given]
    if len(found) > _MOST_CONDITIONS:
        raise refuse(
            f"there are {len(found)} {what}", f"at most {_MOST_CONDITIONS}", f"quá {_MOST_CONDITIONS} điều kiện", key
        )
    return found


def _values(given: Any, key: str) -> tuple[str, ...]:
    return tuple(_plain(one, key) for one in (given if isinstance(given, list) else [given]))


def _plain(given: Any, key: str) -> str:
    """Return a value as text; a thing that was reconciled before stands for its id."""
    if isinstance(given, Mapping):
        given = given.get("id") or given.get("str") or given.get("name")
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, (str, int, float)):
        return str(given)
    raise refuse("a value is no text, number or thing", 'write "v": "…"', "giá trị phải là chữ, số hoặc {id}", key)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request for data: which things (IRIs), which properties."""

    things: tuple[str, ...]
    properties: tuple[str, ...]


def read_extend(given: Any) -> Wanted:
    """Return what a request for data wants.

    >>> read_extend({"ids": ["agency/bo-y-te"], "properties": [{"id": "level"}]}).properties
    ('level',)
    """
    if (
        not isinstance(given, Mapping)
        or not isinstance(given.get("ids"), list)
        or not isinstance(given.get("properties"), list)
    ):
        raise refuse(
            "ids or properties are missing",
            'write {"ids": ["…"], "properties": [{"id": "…"}]}',
            "thiếu ids hoặc properties",
            "extend",
        )
    _within(given["ids"])
    names = [str(one.get("id", "")) if isinstance(one, Mapping) else str(one) for one in given["properties"]]
    for name in names:
        if name not in PROPERTIES:
            raise refuse(
                f"there is no property {name!r}",
                f"there are: {', '.join(PROPERTIES)}",
                f"không có thuộc tính {name!r} — có: {', '.join(PROPERTIES)}",
                "extend",
            )
    return Wanted(tuple(map(str, given["ids"])), tuple(dict.fromkeys(names)))


def whole_iri(thing: str) -> str:
    """Return the IRI of a thing by its id.

    >>> whole_iri("agency/bo-y-te")
    'https://w3id.org/daumoi/id/agency/bo-y-te'
    """
    return thing if thing.startswith(str(ID)) else f"{ID}{thing}"
