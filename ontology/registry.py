"""Who is who: agencies, local bodies, groups, jurisdictions, document types and programmes, from hand-edited tables.

The tables are ``ontology/tables/*.csv``; an officer extends the program by adding a row there. They are checked when
loaded: a wrong row stops the program with :class:`ontology.errors.RegistryError`, which names file, line and remedy.

Local bodies (*Sở Tài chính*) and ministry units (*Vụ Pháp chế*) are patterns, not lists: :meth:`Registry.local_agency` and
:meth:`Registry.unit_agency` make the agency of one place or one ministry.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

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
    NameForm,
    NationalComponent,
    Phase,
    PlaceForm,
    PlaceKind,
    Programme,
    Target,
    Title,
)
from ontology.folding import fold_words, plain_key
from ontology.namespaces import slug
from ontology.registry_checks import RegistryEntries, check_registry, read_registry
from ontology.registry_forms import Speller, collect_symbols, fill_kind, find_name_forms, find_place_forms
from ontology.registry_made import make_body_group, make_local_agency, make_unit_agency
from ontology.registry_members import COUNTRY, find_members, holds_on
from ontology.table_reading import TABLES

__all__ = [
    "Abbreviation",
    "Agency",
    "AgencyKind",
    "BodyPattern",
    "ChangeEvent",
    "ChangeKind",
    "DocumentType",
    "Group",
    "Jurisdiction",
    "Level",
    "LineOfWork",
    "MandateTransfer",
    "NameForm",
    "NamedLaw",
    "NationalComponent",
    "Phase",
    "PlaceForm",
    "PlaceKind",
    "Programme",
    "Registry",
    "RegistryShelf",
    "Target",
    "Title",
    "holds_on",
    "load_registry",
]


@dataclass(frozen=True)
class Registry:
    """All tables, and what can be made from them. Every mapping is read-only and in the order of its table."""

    place_kinds: Mapping[str, PlaceKind]
    jurisdictions: Mapping[str, Jurisdiction]
    lines_of_work: Mapping[str, LineOfWork]
    agency_kinds: Mapping[str, AgencyKind]
    agencies: Mapping[str, Agency]
    bodies: Mapping[str, BodyPattern]
    units: Mapping[str, BodyPattern]
    groups: Mapping[str, Group]
    titles: Mapping[str, Title]
    document_types: Mapping[str, DocumentType]
    programmes: Mapping[str, Programme]
    phases: Mapping[str, Phase]
    components: Mapping[str, NationalComponent]
    laws: Mapping[str, NamedLaw]
    change_events: Mapping[str, ChangeEvent]
    mandate_transfers: Mapping[str, MandateTransfer]
    abbreviations: tuple[Abbreviation, ...]

    # Places

    def place(self, kind: str, name: str, parent: str) -> Jurisdiction:
        """Return the place of that kind and name below ``parent``: the listed one, or one made on the spot.

        Communes and unlisted districts are made; ``kind`` is a word of ``place_kinds.csv`` (*xã*), else ``KeyError``.
        """
        above = self.jurisdictions[parent]
        path = slug(f"{kind} {name}")
        listed = self.jurisdictions.get(path if above.id == COUNTRY else f"{parent}/{path}")
        if listed is not None:
            return listed
        order = list(Level)
        levels = [k.level for k in self.place_kinds.values() if k.name == kind.lower()]
        level = min((at for at in levels if order.index(at) > order.index(above.level)), key=order.index, default=None)
        if level is None:
            raise KeyError(f"no kind of place “{kind}” below {parent}")
        return Jurisdiction(f"{parent}/{path}", name, kind.lower(), level, parent)

    def kind_of(self, place: Jurisdiction) -> PlaceKind:
        """Return the kind of a place; *thành phố* is another kind in a province than below the country."""
        for kind in self.place_kinds.values():
            if kind.level is place.level and kind.name == place.kind:
                return kind
        raise KeyError(f"no kind “{place.kind}” at level {place.level}")

    def upward(self, jurisdiction_id: str) -> Iterator[Jurisdiction]:
        """Yield the place and those above it, up to the country."""
        at: str | None = jurisdiction_id
        while at is not None:
            yield self.jurisdictions[at]
            at = self.jurisdictions[at].parent

    def places_within(self, jurisdiction_id: str, level: Level, day: str | None = None) -> tuple[Jurisdiction, ...]:
        """Return the listed places of ``level`` in a place (itself included); for a higher level, the one it lies in."""
        for place in self.upward(jurisdiction_id):
            if place.level is level:
                return (place,)
        return tuple(
            place
            for place in self.jurisdictions.values()
            if place.level is level
            and holds_on(place, day)
            and any(above.id == jurisdiction_id for above in self.upward(place.id))
        )

    # Agencies

    @cached_property
    def _bodies_by_slug(self) -> Mapping[tuple[Level, str, str], BodyPattern]:
        found: dict[tuple[Level, str, str], BodyPattern] = {}
        for body in self.bodies.values():
            for kind in self.kinds_with(body):
                found.setdefault((kind.level, kind.name, slug(fill_kind(body.slug, kind))), body)
        return found

    def kinds_with(self, body: BodyPattern) -> tuple[PlaceKind, ...]:
        """Return the kinds of place that have a body."""
        return tuple(
            kind
            for kind in self.place_kinds.values()
            if kind.level is body.level and (not body.place_kinds or kind.name in body.place_kinds)
        )

    def local_agency(self, body_id: str, place: str | Jurisdiction) -> Agency:
        """Return the agency that a body pattern makes in one place; ``KeyError`` where it has no such body.

        ``local_agency("so-tai-chinh", "tinh-binh-thuan")`` is *Sở Tài chính tỉnh Bình Thuận*.
        """
        body = self.bodies[body_id]
        where = place if isinstance(place, Jurisdiction) else self.jurisdictions[place]
        if where.level is not body.level:
            raise KeyError(f"{body_id} is a body of level {body.level}, {where.id} is of level {where.level}")
        return make_local_agency(body, where, self.kind_of(where), self._parent_of_body(body, where))

    def _parent_of_body(self, body: BodyPattern, where: Jurisdiction) -> str | None:
        if body.parent is None or body.parent in self.agencies:
            return body.parent
        above: Jurisdiction | None = where
        if body.parent.startswith("../"):
            above = self.jurisdictions.get(where.parent or "")
        wanted = body.parent.removeprefix("../")
        if above is None or above.level is Level.NATIONAL:
            return None
        step = slug(fill_kind(wanted, self.kind_of(above)))
        return f"{above.id}/{step}" if (above.level, above.kind, step) in self._bodies_by_slug else None

    def unit_agency(self, unit_id: str, agency_id: str) -> Agency:
        """Return the unit of one ministry or other agency; ``KeyError`` where either is unknown.

        ``unit_agency("vu-phap-che", "bo-tu-phap")`` is that ministry's *Vụ Pháp chế*.
        """
        return make_unit_agency(self.units[unit_id], self.agency(agency_id))

    def agency(self, agency_id: str, near: Jurisdiction | None = None) -> Agency:
        """Return an agency by its id, listed or generated; ``KeyError`` where there is none.

        ``near`` is a place that may be made on the spot (a commune): its bodies are found as those of listed places are.
        """
        if agency_id in self.agencies:
            return self.agencies[agency_id]
        head, _, tail = agency_id.rpartition("/")
        place = near if near is not None and near.id == head else self.jurisdictions.get(head)
        if place is not None:
            body = self._bodies_by_slug.get((place.level, place.kind, tail))
            if body is not None:
                return self.local_agency(body.id, place)
        elif head and tail in self.units:
            return self.unit_agency(tail, head)
        raise KeyError(f"no agency “{agency_id}”")

    def standing(self, ids: Iterable[str], day: str | None) -> tuple[str, ...]:
        """Return those of several places or agencies of one name that existed on an ISO day; all, if none did.

        ``standing(["tinh-lao-cai", "tinh-lao-cai-2025"], "2022-08")`` is the first; after June 2025 the second.
        """
        known = tuple(ids)
        things = [self.jurisdictions[id] if id in self.jurisdictions else self.agency(id) for id in known]
        return tuple(id for id, one in zip(known, things, strict=True) if holds_on(one, day)) or known

    # Groups

    def group(self, group_id: str) -> Group:
        """Return a group by its id: listed, or a pattern with a body before it (``so-tai-chinh/cac-tinh-thanh-pho``)."""
        if group_id in self.groups:
            return self.groups[group_id]
        body_id, _, pattern_id = group_id.rpartition("/")
        if pattern_id in self.groups and body_id in self.bodies:
            return self.body_group(pattern_id, body_id)
        raise KeyError(f"no group “{group_id}”")

    def body_group(self, pattern_id: str, body_id: str) -> Group:
        """Return the group that a pattern makes of one body: *Sở Tài chính các tỉnh, thành phố*."""
        pattern, body = self.groups[pattern_id], self.bodies[body_id]
        if "{body}" not in pattern.name or pattern.level is not body.level:
            raise KeyError(f"{pattern_id} makes no group of {body_id}")
        return make_body_group(pattern, body)

    def group_members(
        self,
        group_id: str,
        jurisdiction_id: str,
        *,
        issuer: str | None = None,
        known: Collection[str] | None = None,
        day: str | None = None,
    ) -> tuple[str, ...]:
        """Return the ids of a group's members, in the order of the tables; none for a group that is not spelled out.

        Args:
            group_id: the group.
            jurisdiction_id: the place of the document that names the group.
            issuer: the agency that issued the document; a group of its own units has no members without it.
            known: when given, only these agencies count (those that the corpus names).
            day: the ISO date of the document; without it, whatever ever existed counts.
        """
        where = self.jurisdictions[jurisdiction_id]
        return find_members(self, self.group(group_id), where, issuer=issuer, known=known, day=day)

    # Names

    @cached_property
    def speller(self) -> Speller:
        """The speller of this registry's abbreviations."""
        return Speller(self.abbreviations)

    def expand(self, text: str) -> str:
        """Return ``text`` with the short forms of names written out (*Sở LĐTBXH* → *Sở Lao động - Thương binh và Xã hội*)."""
        return self.speller.expand(text)

    @cached_property
    def _name_forms(self) -> tuple[NameForm, ...]:
        return tuple(sorted(set(find_name_forms(self))))

    def name_forms(self) -> tuple[NameForm, ...]:
        """Return every way to write a name with what it may stand for, short forms put in, in a fixed order.

        Kinds: ``agency``, ``body``, ``unit``, ``group``, ``title``. One text may stand for several targets (*Hội Nông dân* of
        each level): which one is meant follows from the document.
        """
        return self._name_forms

    def place_forms(self) -> tuple[PlaceForm, ...]:
        """Return every way to write a listed place, in a fixed order: with its kind, and, for provinces, without it.

        A district's name alone is left out: too many are common words (*Thống Nhất*, *Hòa Bình*).
        """
        return tuple(sorted(set(find_place_forms(self))))

    def laws_named(self, name: str) -> tuple[NamedLaw, ...]:
        """Return the laws of a name, in the order of the table; signs and case do not matter."""
        return self._laws_by_words.get(" ".join(fold_words(name)), ())

    @cached_property
    def _laws_by_words(self) -> Mapping[str, tuple[NamedLaw, ...]]:
        found: dict[str, dict[str, NamedLaw]] = {}
        for id, law in self.laws.items():
            for name in (law.name, *law.names):
                found.setdefault(" ".join(fold_words(name)), {})[id] = law
        return {words: tuple(laws.values()) for words, laws in found.items()}

    # Numbers and symbols

    def issuer_of_symbol(self, suffix: str) -> tuple[Target, ...]:
        """Return what a symbol in a document number may stand for: ``LĐTBXH``, ``BLĐTBXH``, ``TTg``, ``UBND``, ``QH14``.

        Agencies come before bodies and units. A legislature's number is ignored (``QH14`` is ``QH``).
        """
        key = plain_key(suffix).replace(" ", "")
        bare = re.sub(r"\d+$", "", key)
        return self._symbols.get(key) or self._symbols.get(bare, ())

    @cached_property
    def _symbols(self) -> Mapping[str, tuple[Target, ...]]:
        return collect_symbols(self)

    def types_of_symbol(self, symbol: str) -> tuple[DocumentType, ...]:
        """Return the document types that a symbol in a number may stand for: ``QĐ``, ``NQ``, ``TTLT``."""
        return self._types.get(plain_key(symbol), ())

    @cached_property
    def _types(self) -> Mapping[str, tuple[DocumentType, ...]]:
        found: dict[str, dict[DocumentType, None]] = {}
        for type in self.document_types.values():
            for symbol in type.symbols:
                found.setdefault(plain_key(symbol), {})[type] = None
        return {symbol: tuple(types) for symbol, types in found.items()}


def _registry_of(entries: RegistryEntries) -> Registry:
    return Registry(
        place_kinds=entries.place_kinds.values_only(),
        jurisdictions=entries.jurisdictions.values_only(),
        lines_of_work=entries.lines_of_work.values_only(),
        agency_kinds=entries.agency_kinds.values_only(),
        agencies=entries.agencies.values_only(),
        bodies=entries.bodies.values_only(),
        units=entries.units.values_only(),
        groups=entries.groups.values_only(),
        titles=entries.titles.values_only(),
        document_types=entries.document_types.values_only(),
        programmes=entries.programmes.values_only(),
        phases=entries.phases.values_only(),
        components=entries.components.values_only(),
        laws=entries.laws.values_only(),
        change_events=entries.change_events.values_only(),
        mandate_transfers=entries.mandate_transfers.values_only(),
        abbreviations=tuple(entries.abbreviations.values_only().values()),
    )


def load_registry(folder: Path | None = None) -> Registry:
    """Read and check all tables of ``folder`` (default: those of the program).

    Raises:
        RegistryError: a table is wrong; the error names file, line and remedy.
    """
    entries = read_registry(folder or TABLES)
    check_registry(entries)
    return _registry_of(entries)


class RegistryShelf:
    """Keeps the registries that were loaded, one per folder, for a caller that needs them more than once."""

    def __init__(self) -> None:
        self._loaded: dict[Path, Registry] = {}

    def load(self, folder: Path | None = None) -> Registry:
        """Return the registry of ``folder``, read at the first call only."""
        path = (folder or TABLES).resolve()
        if path not in self._loaded:
            self._loaded[path] = load_registry(path)
        return self._loaded[path]
