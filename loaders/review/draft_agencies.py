"""Agencies that did not exist on the day of the draft: dissolved, merged or renamed before it, or founded after it."""

from collections import defaultdict
from collections.abc import Iterator

from loaders.citations.document_dates import vi_date
from loaders.review.draft_remark import Remark, make_remark
from ontology.entities import Agency, Jurisdiction
from ontology.records import Record, Span
from ontology.registry import Registry, holds_on

_AGENCY = "/id/agency/"


def check_agencies(record: Record, registry: Registry) -> Iterator[Remark]:
    """Yield what is wrong with the agencies that are given something to do, on the document's date.

    One remark for each agency that was dissolved or is not yet founded; one for all agencies of a place that is no more.
    """
    day = record.document.date
    if day is None:
        return
    places: dict[str, list[Span]] = defaultdict(list)
    gone: dict[str, dict[str, list[Span]]] = defaultdict(dict)
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
        place = registry.jurisdictions.get(agency.jurisdiction)
        if place is not None and _has_ended(place, day):
            gone[place.id][agency.name] = spans
        elif not holds_on(agency, day):
            yield _agency_remark(agency, day, spans, registry)
    for place_id, agencies in gone.items():
        yield _place_remark(registry.jurisdictions[place_id], day, agencies, registry)


def _has_ended(thing: Agency | Jurisdiction, day: str) -> bool:
    return thing.valid_to is not None and day[: len(thing.valid_to)] > thing.valid_to[: len(day)]


def _agency_remark(agency: Agency, day: str, spans: list[Span], registry: Registry) -> Remark:
    begun, ended = agency.valid_from, agency.valid_to
    if begun is not None and not _has_ended(agency, day):
        return make_remark(
            "agency-not-yet",
            f"{agency.name} chỉ có từ {vi_date(begun)}, sau ngày của văn bản ({vi_date(day)}).",
            f"{agency.name} exists only since {begun}, after the document’s date ({day}).",
            spans,
        )
    how, how_en = _what_happened(agency.id, registry)
    return make_remark(
        "agency-dissolved",
        f"{agency.name} không còn sau ngày {vi_date(ended or '')}{how}; văn bản đề ngày {vi_date(day)}.",
        f"{agency.name} did not exist after {ended}{how_en}; the document is dated {day}.",
        spans,
    )


def _place_remark(place: Jurisdiction, day: str, agencies: dict[str, list[Span]], registry: Registry) -> Remark:
    how, how_en = _what_happened(place.id, registry)
    listed = "; ".join(agencies)
    return make_remark(
        "agency-dissolved",
        f"{place.full_name[0].upper()}{place.full_name[1:]} không còn sau ngày {vi_date(place.valid_to or '')}{how}; văn bản đề ngày {vi_date(day)}: {listed}.",
        f"{place.full_name[0].upper()}{place.full_name[1:]} did not exist after {place.valid_to}{how_en}; the document is dated {day}: {listed}.",
        sorted(span for spans in agencies.values() for span in spans),
    )


def _what_happened(id_: str, registry: Registry) -> tuple[str, str]:
    """Return by which act an agency or a place ended and what it is now, in brackets, in both languages."""
    for event in registry.change_events.values():
        if id_ in event.origins and id_ not in event.results:
            became = ", ".join(_name(result, registry) for result in event.results)
            return (
                f" ({event.decree}{f': nay là {became}' if became else ''})",
                f" ({event.decree}{f': now {became}' if became else ''})",
            )
    return "", ""


def _name(id_: str, registry: Registry) -> str:
    if id_ in registry.jurisdictions:
        return registry.jurisdictions[id_].full_name
    try:
        return registry.agency(id_).name
    except KeyError:
        return id_
