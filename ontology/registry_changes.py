"""What a row about *every* Sở or Phòng means in one place: change events and mandate transfers of local bodies, made local.

A row of ``change_events.csv`` speaks of agencies, of places, or of bodies (*Sở Lao động* of each province); one of bodies
stands for one event in each place. Only places that the corpus speaks of get theirs: sixty provinces nobody asked about
would be noise.
"""

import datetime
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ontology.entities import ChangeEvent, Jurisdiction, Level, MandateTransfer
from ontology.registry_members import holds_on

if TYPE_CHECKING:
    from ontology.registry import Registry

LEVEL_WIDE = "level:"
"""``level:district`` in ``from``: every body of that level that the corpus names."""


def changes_of(registry: "Registry", agencies: Collection[str]) -> Iterator[ChangeEvent]:
    """Yield the events of agencies: those of listed ones as they stand, those of bodies once in each place of ``agencies``.

    Events of places are left out; ids of local events end in the place (``2025-03-01-so-noi-vu/tinh-binh-thuan``).
    """
    places = _places_of(registry, agencies)
    for event in registry.change_events.values():
        if is_of_places(registry, event):
            continue
        if not _is_local(registry, (*event.origins, *event.results)):
            yield event
            continue
        for place in places:
            if not holds_on(place, _eve(event.date)):
                continue
            eve = _eve(event.date)
            origins = _local_ids(registry, event.origins, place, agencies, eve)
            results = _local_ids(registry, event.results, place, agencies, eve)
            if len(results) == len(event.results) and any(one in agencies for one in origins):
                yield replace(event, id=f"{event.id}/{place.id}", origins=origins, results=results)


def is_of_places(registry: "Registry", event: ChangeEvent) -> bool:
    """Tell whether places were merged, split or renamed, not agencies."""
    return any(one in registry.jurisdictions for one in (*event.origins, *event.results))


def transfers_of(registry: "Registry", agencies: Collection[str]) -> Iterator[MandateTransfer]:
    """Yield the mandate transfers of agencies, those of bodies once in each place of ``agencies``."""
    places = _places_of(registry, agencies)
    for transfer in registry.mandate_transfers.values():
        if not _is_local(registry, (transfer.origin, transfer.result)):
            yield transfer
            continue
        for place in places:
            if not holds_on(place, _eve(transfer.date)):
                continue
            origin = _local_ids(registry, (transfer.origin,), place, agencies, _eve(transfer.date))
            result = _local_ids(registry, (transfer.result,), place, agencies, _eve(transfer.date))
            if origin and result and origin[0] in agencies:
                yield replace(transfer, id=f"{transfer.id}/{place.id}", origin=origin[0], result=result[0])


def _eve(date: str) -> str:
    """Return the day before an event, on which what it ends still stood; a partial date stays as it is."""
    return str(datetime.date.fromisoformat(date) - datetime.timedelta(1)) if len(date) == 10 else date


def _is_local(registry: "Registry", ids: Collection[str]) -> bool:
    return any(one in registry.bodies or one.startswith(LEVEL_WIDE) for one in ids)


def _places_of(registry: "Registry", agencies: Collection[str]) -> tuple[Jurisdiction, ...]:
    heads = {id.rpartition("/")[0] for id in agencies}
    return tuple(place for place in registry.jurisdictions.values() if place.id in heads)


def _local_ids(
    registry: "Registry", ids: Collection[str], place: Jurisdiction, agencies: Collection[str], eve: str
) -> tuple[str, ...]:
    """Return the ids of the agencies that bodies are in one place; none for bodies that it does not have.

    Of a whole level, those that still stood on the ``eve``.
    """
    found: list[str] = []
    for one in ids:
        if one.startswith(LEVEL_WIDE):
            if place.level is Level(one.removeprefix(LEVEL_WIDE)):
                here = sorted(id for id in agencies if id.rpartition("/")[0] == place.id)
                found += [id for id in here if holds_on(registry.agency(id), eve)]
        elif one in registry.bodies:
            body = registry.bodies[one]
            if place.level is body.level and (not body.place_kinds or place.kind in body.place_kinds):
                found.append(registry.local_agency(one, place).id)
        else:
            found.append(one)
    return tuple(found)
