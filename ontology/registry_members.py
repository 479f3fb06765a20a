"""Who belongs to a group: the membership rule of its row (kinds or bodies × level × scope), applied to one document."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from ontology.entities import Agency, BodyPattern, Group, Jurisdiction, Level

if TYPE_CHECKING:
    from ontology.registry import Registry

COUNTRY = "viet-nam"
_LEVELS = tuple(Level)


def holds_on(thing: Agency | BodyPattern | Jurisdiction, day: str | None) -> bool:
    """Tell whether a thing existed on an ISO day (partial dates allowed on both sides); with no day, whether it ever did."""
    if day is None:
        return True
    begun = thing.valid_from is None or thing.valid_from[: len(day)] <= day
    return begun and (thing.valid_to is None or day[: len(thing.valid_to)] <= thing.valid_to)


def find_members(
    registry: "Registry",
    group: Group,
    where: Jurisdiction,
    *,
    issuer: str | None,
    known: Collection[str] | None,
    day: str | None,
) -> tuple[str, ...]:
    """Return the ids of a group's members; the arguments are those of ``Registry.group_members``."""
    if not group.spelled_out or not (group.member_bodies or group.member_kinds):
        return ()
    if group.scope == "issuer":
        found = _units_of(registry, group, issuer, known or (), day)
    else:
        found = _members_at(registry, group, where, known or (), day)
    return tuple(id for id in dict.fromkeys(found) if known is None or id in known)


def _units_of(
    registry: "Registry", group: Group, issuer: str | None, known: Collection[str], day: str | None
) -> Iterator[str]:
    """Yield the issuer's listed units, and those of its pattern units that are known (not every ministry has each)."""
    if issuer is None:
        return
    for agency in registry.agencies.values():
        if agency.parent == issuer and agency.kind in group.member_kinds and holds_on(agency, day):
            yield agency.id
    for id in sorted(known):
        head, _, unit = id.rpartition("/")
        if head == issuer and unit in registry.units and registry.units[unit].kind in group.member_kinds:
            yield id


def _level_of(group: Group, where: Jurisdiction) -> Level | None:
    if group.level is not None:
        return group.level
    at = _LEVELS.index(where.level) + (group.scope == "below")
    return _LEVELS[at] if at < len(_LEVELS) else None


def _belongs(one: Agency | BodyPattern, group: Group, level: Level | None) -> bool:
    return one.level is level and (one.id in group.member_bodies or one.kind in group.member_kinds)


def _members_at(
    registry: "Registry", group: Group, where: Jurisdiction, known: Collection[str], day: str | None
) -> Iterator[str]:
    level = _level_of(group, where)
    for agency in registry.agencies.values():
        if _belongs(agency, group, level) and holds_on(agency, day):
            yield agency.id
    if level is None or level is Level.NATIONAL:
        return
    bodies = [body for body in registry.bodies.values() if _belongs(body, group, level) and holds_on(body, day)]
    for place in registry.places_within(COUNTRY if group.scope == "national" else where.id, level, day):
        for body in bodies:
            if body.place_kinds and place.kind not in body.place_kinds:
                continue
            id = registry.local_agency(body.id, place).id
            if body.everywhere or id in known:
                yield id
