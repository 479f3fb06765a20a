"""From a cell of the table to the value of a fact: what it changes besides (an agency's IRI), or why it cannot be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from loaders.correcting.shown import attribute_of
from loaders.names.agencies import find_agencies
from loaders.names.agency_places import NameContext
from loaders.reader import Reader
from ontology.corrections import FIELDS, ValueKind, split_list
from ontology.errors import ParameterError
from ontology.folding import accent_key
from ontology.namespaces import ID, mint, mint_document
from ontology.records import Citation, FactKind, Record, Recurrence, Relation, Role

_DOCUMENT = re.compile(re.escape(str(ID)) + r"document/[^/\s]+(?:/[^/\s]+)*/\d{4}/[^/\s]+")


def unfit(vi: str, en: str) -> ParameterError:
    """Return the error of a value that cannot be taken, said in both languages."""
    return ParameterError(en, vi=vi)


@dataclass(frozen=True, slots=True)
class Agent:
    """An agency or group that a cell names."""

    name: str
    iri: str
    group: bool
    spelled_out: bool


@dataclass(frozen=True, slots=True)
class Namer:
    """Knows what names in a document's corrections stand for."""

    reader: Reader
    context: NameContext
    known: Mapping[str, Agent]
    """Those that the document names already, by name."""

    @classmethod
    def of(cls, reader: Reader, record: Record) -> "Namer":
        """Return the namer of a record's document."""
        known = {
            one.agency: Agent(one.agency, one.iri, one.group, one.spelled_out)
            for task in record.tasks
            for one in task.assignments
            if one.resolved and one.iri
        }
        return cls(reader, reader.context(record.document), known)

    def agent(self, named: str) -> Agent:
        """Return the agency or group of this name or IRI; raise :class:`ParameterError` where the registry has none."""
        path = named.removeprefix(str(ID))
        if path.startswith("agency/"):
            try:
                agency = self.reader.registry.agency(path.removeprefix("agency/"))
            except KeyError:
                raise _unknown_agency(named) from None
            return Agent(agency.name, str(mint("agency", agency.id)), False, True)
        if named in self.known:
            return self.known[named]
        found = find_agencies(named, self.context, self.reader.index)
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(named)) and found[0].resolved and found[0].iri:
            return Agent(found[0].name, found[0].iri, found[0].group, found[0].spelled_out)
        raise _unknown_agency(named)

    def place(self, named: str) -> tuple[str, str]:
        """Return name and IRI of the place of this full name or IRI."""
        key = accent_key(named)
        for place in self.reader.registry.jurisdictions.values():
            if key == accent_key(place.full_name) or named.removeprefix(str(ID)) == f"jurisdiction/{place.id}":
                return place.full_name, str(mint("place", place.id))
        raise unfit(f"danh mục không có địa bàn “{named}”", f"the registry has no place “{named}”")


def _unknown_agency(named: str) -> ParameterError:
    return unfit(
        f"danh mục không có cơ quan hay nhóm nào tên đúng là “{named}”",
        f"the registry has no agency or group called exactly “{named}”",
    )


def changed(kind: FactKind, value: Any, name: str, cell: str, namer: Namer, record: Record) -> Any:
    """Return ``value`` with its field ``name`` as ``cell`` says; raise :class:`ParameterError` where that cannot be."""
    updates = _updates(kind, name, cell, namer, record)
    made = replace(value, **updates)
    if isinstance(made, Citation) and name in ("number", "date", "issuer"):
        return _identified(made, namer)
    return made


def _updates(kind: FactKind, name: str, cell: str, namer: Namer, record: Record) -> dict[str, Any]:
    attribute = attribute_of(name)
    value_kind = FIELDS[kind][name]
    match value_kind:
        case ValueKind.AGENCY:
            return _agency_updates(kind, attribute, cell, namer)
        case ValueKind.PLACE:
            place, iri = namer.place(cell) if cell else (None, None)
            return {attribute: place, f"{attribute}_iri": iri}
        case ValueKind.DOCUMENT:
            return {attribute: _document(cell), "resolved_by": "correction" if cell else None}
        case ValueKind.ROLE:
            return {attribute: Role(cell)}
        case ValueKind.RELATION:
            return {attribute: Relation(cell)}
        case ValueKind.RECURRENCE:
            return {attribute: tuple(map(Recurrence, split_list(cell)))}
        case ValueKind.LIST:
            return {attribute: split_list(cell)}
        case ValueKind.TRUTH:
            return {attribute: cell == "yes"}
        case ValueKind.NUMBER:
            return {attribute: _number(name, cell)}
    if kind is FactKind.TASK and name == "result_document":
        known = {one.number: one.iri for one in record.citations if one.number}
        return {attribute: cell or None, "result_document_iri": known.get(cell)}
    if name in ("component", "parent") and cell and cell not in {one.code for one in record.components}:
        raise unfit(f"văn bản không có hợp phần mã “{cell}”", f"the document has no component “{cell}”")
    if name == "type" and cell and cell not in {one.name for one in namer.reader.registry.document_types.values()}:
        raise unfit(f"danh mục không có loại văn bản “{cell}”", f"the registry has no type of document “{cell}”")
    if not cell and name in ("text", "indicator", "value", "title", "kind", "code"):
        raise unfit(f"“{name}” không được để trống", f"“{name}” must not be empty")
    return {attribute: cell or None}


def _agency_updates(kind: FactKind, attribute: str, cell: str, namer: Namer) -> dict[str, Any]:
    if kind is FactKind.ASSIGNMENT:
        agent = namer.agent(cell)
        return {
            "agency": agent.name, "iri": agent.iri, "group": agent.group, "spelled_out": agent.spelled_out, "resolved": True,
        }  # fmt: skip
    found = namer.agent(cell) if cell else None
    if kind is FactKind.CITATION:
        return {attribute: found.name if found else None}
    stem = attribute.removesuffix("_")
    return {attribute: found.name if found else None, f"{stem}_iri": found.iri if found else None}


def _number(name: str, cell: str) -> int | float | None:
    if name == "amount_million_vnd":
        if not cell:
            raise unfit("số tiền không được để trống", "the amount must not be empty")
        return float(cell)
    try:
        return int(cell) if cell else None
    except ValueError:
        raise unfit(f"“{cell}” không phải số nguyên", f"“{cell}” is no whole number") from None


def _document(cell: str) -> str | None:
    if not cell:
        return None
    iri = cell if cell.startswith(str(ID)) else f"{ID}{cell}"
    if not _DOCUMENT.fullmatch(iri):
        raise unfit(
            f"“{cell}” không phải địa chỉ văn bản; ghi document/cơ-quan/năm/số",
            f"“{cell}” is no document’s address; write document/issuer/year/number",
        )
    return iri


def _identified(citation: Citation, namer: Namer) -> Citation:
    """Return a citation whose number, date or issuer was corrected with the identity that follows; unresolved where none does."""
    if not (citation.number and citation.date and citation.issuer):
        return replace(citation, iri=None, resolved_by=None)
    try:
        issuer = namer.agent(citation.issuer).iri.partition("/id/agency/")[2]
    except ParameterError:
        issuer = ""
    if not issuer:
        return replace(citation, iri=None, resolved_by=None)
    return replace(citation, iri=str(mint_document(issuer, citation.date, citation.number)), resolved_by="correction")
