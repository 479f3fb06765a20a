"""Checks between the rows and the tables of the registry: references, cycles, and names claimed twice.

Each failure is a :class:`ontology.errors.RegistryError` that names the row to change.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ontology.entities import (
    Abbreviation,
    Agency,
    AgencyKind,
    BodyPattern,
    ChangeEvent,
    ChangeKind,
    DocumentType,
    Group,
    Jurisdiction,
    Level,
    LineOfWork,
    MandateTransfer,
    NamedLaw,
    NationalComponent,
    Phase,
    PlaceKind,
    Programme,
    Title,
)
from ontology.folding import accent_key, plain_key
from ontology.namespaces import slug
from ontology.registry_changes import LEVEL_WIDE
from ontology.registry_forms import fill_kind
from ontology.registry_tables import (
    Entries,
    parse_abbreviation,
    parse_agency,
    parse_agency_kind,
    parse_body,
    parse_change_event,
    parse_component,
    parse_document_type,
    parse_group,
    parse_jurisdiction,
    parse_law,
    parse_line_of_work,
    parse_mandate_transfer,
    parse_phase,
    parse_place_kind,
    parse_programme,
    parse_title,
    parse_unit,
    read_entries,
)
from ontology.table_reading import TableRow

_ORDER = tuple(Level)


@dataclass(frozen=True, slots=True)
class RegistryEntries:
    """All tables as read, each value with its row."""

    place_kinds: Entries[PlaceKind]
    jurisdictions: Entries[Jurisdiction]
    lines_of_work: Entries[LineOfWork]
    agency_kinds: Entries[AgencyKind]
    agencies: Entries[Agency]
    bodies: Entries[BodyPattern]
    units: Entries[BodyPattern]
    groups: Entries[Group]
    titles: Entries[Title]
    document_types: Entries[DocumentType]
    programmes: Entries[Programme]
    phases: Entries[Phase]
    components: Entries[NationalComponent]
    laws: Entries[NamedLaw]
    change_events: Entries[ChangeEvent]
    mandate_transfers: Entries[MandateTransfer]
    abbreviations: Entries[Abbreviation]


def read_registry(folder: Path) -> RegistryEntries:
    """Read every table of ``folder``; checks within a table only."""
    return RegistryEntries(
        place_kinds=read_entries(folder, "place_kinds", parse_place_kind, lambda one: one.id),
        jurisdictions=read_entries(folder, "jurisdictions", parse_jurisdiction, lambda one: one.id),
        lines_of_work=read_entries(folder, "lines_of_work", parse_line_of_work, lambda one: one.id),
        agency_kinds=read_entries(folder, "agency_kinds", parse_agency_kind, lambda one: one.id),
        agencies=read_entries(folder, "agencies", parse_agency, lambda one: one.id),
        bodies=read_entries(folder, "bodies", parse_body, lambda one: one.id),
        units=read_entries(folder, "units", parse_unit, lambda one: one.id),
        groups=read_entries(folder, "groups", parse_group, lambda one: one.id),
        titles=read_entries(folder, "titles", parse_title, lambda one: one.id),
        document_types=read_entries(folder, "document_types", parse_document_type, lambda one: one.id),
        programmes=read_entries(folder, "programmes", parse_programme, lambda one: one.id),
        phases=read_entries(folder, "phases", parse_phase, lambda one: one.id),
        components=read_entries(folder, "components", parse_component, lambda one: one.id),
        laws=read_entries(folder, "laws", parse_law, lambda one: one.number),
        change_events=read_entries(folder, "change_events", parse_change_event, lambda one: one.id),
        mandate_transfers=read_entries(folder, "mandate_transfers", parse_mandate_transfer, lambda one: one.id),
        abbreviations=read_entries(
            folder, "abbreviations", parse_abbreviation, lambda one: f"{one.scope} {one.expansion}"
        ),
    )


def check_registry(entries: RegistryEntries) -> None:
    """Raise :class:`RegistryError` for the first row that does not fit the others."""
    _check_slugs(entries)
    _check_places(entries)
    _check_lines(entries)
    _check_agencies(entries)
    _check_bodies(entries)
    _check_groups(entries)
    _check_titles(entries)
    _check_abbreviations(entries)
    _check_document_types(entries)
    _check_programmes(entries)
    _check_laws(entries)
    _check_changes(entries)


def _need(row: TableRow, column: str, value: str | None, known: Mapping[str, Any], table: str) -> None:
    if value is not None and value not in known:
        row.fail(f"column “{column}” names “{value}”, which {table} does not have", f"correct it, or add it to {table}")


def _check_slugs(entries: RegistryEntries) -> None:
    tables: Iterable[Entries[Any]] = (getattr(entries, field.name) for field in fields(entries))
    without_id = {"abbreviations", "laws", "phases", "components"}
    for field, table in zip(fields(entries), tables, strict=True):
        if field.name in without_id:
            continue
        for key, (_, row) in table.items():
            if key != "/".join(slug(step) for step in key.split("/")):
                row.fail(f"the id “{key}” is not a slug", "write lower-case letters, digits and hyphens only")


def _check_cycle(key: str, row: TableRow, parent_of: Callable[[str], str | None]) -> None:
    seen = {key}
    at = parent_of(key)
    while at is not None:
        if at in seen:
            row.fail(f"“{key}” lies above itself (through “{at}”)", "correct one parent on the way")
        seen.add(at)
        at = parent_of(at)


def _check_places(entries: RegistryEntries) -> None:
    places = entries.jurisdictions
    kinds = {(kind.level, kind.name) for kind, _ in entries.place_kinds.values()}
    for place, row in places.values():
        _need(row, "parent", place.parent, places, "jurisdictions.csv")
        for one in place.predecessors:
            _need(row, "predecessors", one, places, "jurisdictions.csv")
        if (place.level, place.kind) not in kinds and place.level is not Level.NATIONAL:
            row.fail(
                f"there is no kind “{place.kind}” at level {place.level}", "correct it, or add it to place_kinds.csv"
            )
        if (place.parent is None) != (place.level is Level.NATIONAL):
            row.fail("only the country has no parent", "write the place above into “parent”")
        if place.parent and _ORDER.index(places[place.parent][0].level) >= _ORDER.index(place.level):
            row.fail(f"its parent “{place.parent}” is not of a higher level", "correct level or parent")
    for key, (_, row) in places.items():
        _check_cycle(key, row, lambda at: places[at][0].parent)
    _check_claims(
        (f"{place.level} {place.parent} {place.kind}", (place.name, *place.names), place, row)
        for place, row in places.values()
    )


def _check_lines(entries: RegistryEntries) -> None:
    for line, row in entries.lines_of_work.values():
        for part in line.parts:
            _need(row, "parts", part, entries.lines_of_work, "lines_of_work.csv")
    for table in (entries.agencies, entries.bodies, entries.units):
        for one, row in table.values():
            for name in one.lines_of_work:
                _need(row, "lines_of_work", name, entries.lines_of_work, "lines_of_work.csv")


def _check_agencies(entries: RegistryEntries) -> None:
    agencies = entries.agencies
    for table in (agencies, entries.bodies, entries.units):
        for one, row in table.values():
            _need(row, "kind", one.kind, entries.agency_kinds, "agency_kinds.csv")
    for agency, row in agencies.values():
        _need(row, "parent", agency.parent, agencies, "agencies.csv")
        _need(row, "jurisdiction", agency.jurisdiction, entries.jurisdictions, "jurisdictions.csv")
    for key, (_, row) in agencies.items():
        _check_cycle(key, row, lambda at: agencies[at][0].parent)
    _check_claims(
        (f"{agency.level} {agency.jurisdiction}", (agency.name, *agency.names), agency, row)
        for agency, row in agencies.values()
    )


def _overlap(one: Any, other: Any) -> bool:
    def starts(x: Any) -> str:
        return x.valid_from or ""

    def ends(x: Any) -> str:
        return x.valid_to or "9999"

    return starts(one) <= ends(other) and starts(other) <= ends(one)


def _check_claims(
    claims: Iterable[tuple[str, tuple[str, ...], Any, TableRow]], fold: Callable[[str], str] = plain_key
) -> None:
    """Check that no two things of one realm that exist at one time share a folded name."""
    taken: dict[tuple[str, str], list[tuple[Any, TableRow]]] = {}
    for realm, names, thing, row in claims:
        keys: dict[str, str] = {}
        for name in names:
            key = fold(name)
            if key in keys:
                row.fail(
                    f"the forms “{keys[key]}” and “{name}” are the same once accents, case and hyphens are folded",
                    "keep one of them; the reader folds by itself",
                )
            keys[key] = name
            for other, other_row in taken.get((realm, key), []):
                if _overlap(thing, other):
                    row.fail(
                        f"“{name}” is also a name of “{other.id}” (line {other_row.line})",
                        "remove the form from one of them, or give them periods that do not overlap",
                    )
            taken.setdefault((realm, key), []).append((thing, row))


def _check_bodies(entries: RegistryEntries) -> None:
    kinds = [kind for kind, _ in entries.place_kinds.values()]
    slugs: dict[tuple[Level, str, str], list[tuple[BodyPattern, TableRow]]] = {}
    for body, row in entries.bodies.values():
        if body.level is None or body.level is Level.NATIONAL:
            row.fail("a body belongs to a level below the country", "write province, district or commune")
        own = [kind for kind in kinds if kind.level is body.level]
        for name in body.place_kinds:
            if name not in {kind.name for kind in own}:
                row.fail(f"there is no kind “{name}” at level {body.level}", "correct it, or add it to place_kinds.csv")
        for kind in own:
            if body.place_kinds and kind.name not in body.place_kinds:
                continue
            step = (kind.level, kind.name, slug(fill_kind(body.slug, kind)))
            for other, other_row in slugs.get(step, []):
                row.fail(f"its slug is also that of “{other.id}” (line {other_row.line})", "give it a slug of its own")
            slugs.setdefault(step, []).append((body, row))
    _check_body_parents(entries, slugs)
    for body, row in entries.bodies.values():
        _check_pattern(row, body.name_pattern, ("{place}", "{place_name}"))
    for unit, row in entries.units.values():
        _check_pattern(row, unit.name_pattern, ("{name}", "{agency}"))
    _check_claims(
        (f"{body.level} {kind.name}", tuple(fill_kind(name, kind) for name in (body.name, *body.names)), body, row)
        for body, row in entries.bodies.values()
        for kind in kinds
        if kind.level is body.level and (not body.place_kinds or kind.name in body.place_kinds)
    )
    _check_claims(("unit", (unit.name, *unit.names), unit, row) for unit, row in entries.units.values())


def _check_pattern(row: TableRow, pattern: str, needed: tuple[str, ...]) -> None:
    if not any(one in pattern for one in needed):
        row.fail(f"the name pattern “{pattern}” has none of {', '.join(needed)}", "say where the place or name stands")


def _check_body_parents(
    entries: RegistryEntries, slugs: Mapping[tuple[Level, str, str], list[tuple[BodyPattern, TableRow]]]
) -> None:
    raw = {(body.level, body.slug) for body, _ in entries.bodies.values()}
    rendered = {(level, step) for level, _, step in slugs}
    for body, row in entries.bodies.values():
        if body.parent is None or body.parent in entries.agencies or body.level is None:
            continue
        upward = body.parent.startswith("../")
        wanted = body.parent.removeprefix("../")
        levels = _ORDER[: _ORDER.index(body.level)] if upward else (body.level,)
        if not any((level, wanted) in raw or (level, wanted) in rendered for level in levels):
            row.fail(
                f"column “parent” names “{body.parent}”, which is neither an agency nor the slug of a body there",
                "write a slug of the same level, “../” and a slug of a level above, or the id of an agency",
            )

    _check_body_cycles(entries)


def _check_body_cycles(entries: RegistryEntries) -> None:
    """Check that parents of the same place lead out of it."""
    above: dict[tuple[Level, str], tuple[Level, str] | None] = {}
    for body, _ in entries.bodies.values():
        if body.level is not None:
            inside = body.parent and body.parent not in entries.agencies and not body.parent.startswith("../")
            above.setdefault((body.level, body.slug), (body.level, body.parent) if inside and body.parent else None)
    for body, row in entries.bodies.values():
        seen: list[str] = []
        at = (body.level, body.slug) if body.level is not None else None
        while at is not None:
            if at[1] in seen:
                row.fail(f"“{body.id}” lies above itself (through “{seen[-1]}”)", "correct one parent on the way")
            seen.append(at[1])
            at = above.get(at)


def _check_groups(entries: RegistryEntries) -> None:
    patterns: Mapping[str, Any] = {**entries.agencies, **entries.bodies}
    for group, row in entries.groups.values():
        for one in group.member_bodies:
            _need(row, "member_bodies", one, patterns, "bodies.csv or agencies.csv")
        for kind in group.member_kinds:
            _need(row, "member_kinds", kind, entries.agency_kinds, "agency_kinds.csv")
        for name in (*group.names, *group.variants):
            if ("{body}" in name) != ("{body}" in group.name):
                row.fail(f"“{name}” does not fit “{group.name}”", "write {body} in all names of the row or in none")
    _check_claims(
        ("group", (group.name, *group.names, *group.variants), _Timeless(group.id), row)
        for group, row in entries.groups.values()
    )


@dataclass(frozen=True, slots=True)
class _Timeless:
    """Something without a period, for the check of names."""

    id: str
    valid_from: None = None
    valid_to: None = None


def _check_titles(entries: RegistryEntries) -> None:
    known: Mapping[str, Any] = {**entries.agencies, **entries.bodies, **entries.units}
    for title, row in entries.titles.values():
        for kind in title.agency_kinds:
            if kind != "group":
                _need(row, "agency_kinds", kind, entries.agency_kinds, "agency_kinds.csv")
        if title.alone is not None and title.alone != "issuer":
            _need(row, "alone", title.alone, known, "agencies.csv, bodies.csv or units.csv")
    _check_claims(
        (("title", (title.name, *title.names), _Timeless(title.id), row) for title, row in entries.titles.values()),
        accent_key,  # Thủ trưởng is not Thứ trưởng
    )


def _check_abbreviations(entries: RegistryEntries) -> None:
    taken: dict[tuple[str, str], TableRow] = {}
    for one, row in entries.abbreviations.values():
        for form in one.forms:
            if (one.scope, form) in taken:
                row.fail(
                    f"“{form}” already stands for something else (line {taken[one.scope, form].line})",
                    "a short form has one meaning in each scope; keep one, or write the ambiguous one in neither row",
                )
            taken[one.scope, form] = row
            if plain_key(form) == plain_key(one.expansion):
                row.fail(f"“{form}” is not shorter than what it stands for", "remove it; the reader folds by itself")


def _check_document_types(entries: RegistryEntries) -> None:
    taken: dict[tuple[str, bool], TableRow] = {}
    for type, row in entries.document_types.values():
        for symbol in type.symbols:
            key = (accent_key(symbol), type.party)
            if key in taken:
                row.fail(
                    f"the symbol “{symbol}” is already on line {taken[key].line}", "a symbol has one type; keep one"
                )
            taken[key] = row


def _check_programmes(entries: RegistryEntries) -> None:
    for phase, row in entries.phases.values():
        _need(row, "programme", phase.programme, entries.programmes, "programmes.csv")
        _need(row, "instrument_issuer", phase.instrument_issuer, entries.agencies, "agencies.csv")
    for component, row in entries.components.values():
        phase_id = f"{component.programme}/{component.period}"
        _need(row, "period", phase_id, entries.phases, "phases.csv")
        if component.parent is not None:
            _need(row, "parent", f"{phase_id}/{component.parent}", entries.components, "components.csv")
            if component.code != f"{component.parent}.{component.code.rpartition('.')[2]}":
                row.fail(
                    f"the code “{component.code}” does not continue its parent’s", f"begin it with {component.parent}."
                )
        elif "." in component.code:
            row.fail("a code with a dot needs a parent", f"write {component.code.rpartition('.')[0]} into “parent”")


def _check_laws(entries: RegistryEntries) -> None:
    for law, row in entries.laws.values():
        _need(row, "issuer", law.issuer, entries.agencies, "agencies.csv")
        if law.type not in {type.name for type, _ in entries.document_types.values()}:
            row.fail(f"“{law.type}” is no type of document", "correct it to a name of document_types.csv")


_MANY = 99
_SIDES: Mapping[ChangeKind, tuple[tuple[int, int], tuple[int, int]]] = {
    ChangeKind.RENAMED: ((1, 1), (1, 1)),
    ChangeKind.MERGED: ((2, _MANY), (1, 1)),
    ChangeKind.SPLIT: ((1, 1), (2, _MANY)),
    ChangeKind.TRANSFERRED: ((1, 1), (1, 1)),
    ChangeKind.DISSOLVED: ((1, _MANY), (0, 0)),
    ChangeKind.FOUNDED: ((0, 0), (1, 1)),
}
"""How many agencies each kind of change begins and ends with (least, most)."""


def _said(kind: ChangeKind) -> str:
    def words(side: tuple[int, int]) -> str:
        low, high = side
        return str(low) if low == high else f"{low} or more"

    origins, results = _SIDES[kind]
    return f"goes from {words(origins)} to {words(results)}"


def _check_changes(entries: RegistryEntries) -> None:
    whole_levels = {f"{LEVEL_WIDE}{level}": level for level in Level}
    agencies: Mapping[str, Any] = {**entries.agencies, **entries.bodies}
    known: Mapping[str, Any] = {**agencies, **entries.jurisdictions, **whole_levels}
    for event, row in entries.change_events.values():
        sides = (len(event.origins), len(event.results))
        whole = any(one in whole_levels for one in event.origins)
        if not whole and not all(
            low <= size <= high for size, (low, high) in zip(sides, _SIDES[event.kind], strict=True)
        ):
            row.fail(
                f"“{event.kind}” does not go from {sides[0]} to {sides[1]}",
                "correct kind, from or to: " + "; ".join(f"{kind} {_said(kind)}" for kind in ChangeKind),
            )
        for one in event.origins:
            _need(row, "from", one, known, "agencies.csv, bodies.csv or jurisdictions.csv")
        for one in event.results:
            _need(row, "to", one, known, "agencies.csv, bodies.csv or jurisdictions.csv")
        named = {one in entries.jurisdictions for one in (*event.origins, *event.results)}
        if len(named) > 1:
            row.fail("an event is of agencies or of places, not of both", "write two rows")
    for transfer, row in entries.mandate_transfers.values():
        _need(row, "from", transfer.origin, agencies, "agencies.csv or bodies.csv")
        _need(row, "to", transfer.result, agencies, "agencies.csv or bodies.csv")
