"""Agencies that did not exist on the day of the draft: dissolved, merged or renamed before it, or founded after it."""

from collections import defaultdict
from collections.abc import Iterator

from loaders.citations.document_dates import vi_date
from loaders.review.draft_remark import Remark, make_remark
from ontology.entities import Agency, ChangeEvent
from ontology.records import Record, Span
from ontology.registry import Registry, holds_on

_AGENCY = "/id/agency/"


def check_agencies(record: Record, registry: Registry) -> Iterator[Remark]:
    """Yield a remark for each agency that is given something to do and did not exist on the document's date."""
    day = record.document.date
    if day is None:
        return
    places: dict[str, list[Span]] = defaultdict(list)
    for task in record.tasks:
        for one in task.assignments:
            agency_id = (one.iri or "").partition(_AGENCY)[2]
            if agency_id and not one.group:
                places[agency_id].append(one.span)
    for agency_id, spans in places.items():
        try:
            agency = registry.agency(agency_id)
        except KeyError:
            continue  # not in the registry: the reader says so
        if not _stood(agency, day, registry):
            yield _remark(agency, day, spans, registry)


def _stood(agency: Agency, day: str, registry: Registry) -> bool:
    place = registry.jurisdictions.get(agency.jurisdiction)
    return holds_on(agency, day) and (place is None or holds_on(place, day))


def _remark(agency: Agency, day: str, spans: list[Span], registry: Registry) -> Remark:
    begun = agency.valid_from
    if begun is not None and begun[: len(day)] > day:
        return make_remark(
            "agency-not-yet",
            f"{agency.name} chỉ có từ {vi_date(begun)}, sau ngày của văn bản ({vi_date(day)}).",
            f"{agency.name} exists only since {begun}, after the document’s date ({day}).",
            spans,
        )
    place = registry.jurisdictions.get(agency.jurisdiction)
    ended = agency.valid_to or (place.valid_to if place is not None else None)
    event = _event(agency, registry)
    became = ", ".join(_name(result, registry) for result in event.results) if event is not None else ""
    how = f" ({event.decree}{f': nay là {became}' if became else ''})" if event is not None else ""
    how_en = f" ({event.decree}{f': now {became}' if became else ''})" if event is not None else ""
    return make_remark(
        "agency-dissolved",
        f"{agency.name} không còn sau ngày {vi_date(ended or '')}{how}; văn bản đề ngày {vi_date(day)}.",
        f"{agency.name} did not exist after {ended}{how_en}; the document is dated {day}.",
        spans,
    )


def _event(agency: Agency, registry: Registry) -> ChangeEvent | None:
    """Return what happened to an agency, or to its place."""
    for event in registry.change_events.values():
        if agency.id in event.origins and agency.id not in event.results:
            return event
    for event in registry.change_events.values():
        if agency.jurisdiction in event.origins and agency.jurisdiction not in event.results:
            return event
    return None


def _name(id_: str, registry: Registry) -> str:
    if id_ in registry.jurisdictions:
        return registry.jurisdictions[id_].full_name
    try:
        return registry.agency(id_).name
    except KeyError:
        return id_
