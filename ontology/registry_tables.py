"""One reader per table of the registry: rows to values, with the checks that need only the row and its table.

Checks between rows and between tables are in :mod:`ontology.registry_checks`.
"""

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

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
from ontology.table_reading import TableRow, read_table

T = TypeVar("T")

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "place_kinds": ("id", "name", "name_en", "level", "committee", "names"),
        "jurisdictions": (
            *("id", "name", "kind", "level", "parent", "names"),
            *("valid_from", "valid_to", "predecessors", "source"),
        ),
        "lines_of_work": ("id", "name", "name_en", "parts"),
        "agencies": (
            *("id", "name", "name_en", "kind", "level", "parent", "jurisdiction", "lines_of_work"),
            *("names", "symbols", "valid_from", "valid_to", "source"),
        ),
        "bodies": (
            *("id", "slug", "name", "name_en", "kind", "level", "place_kinds", "everywhere", "parent", "lines_of_work"),
            *("names", "symbols", "name_pattern", "valid_from", "valid_to", "source"),
        ),
        "units": ("id", "name", "name_en", "kind", "lines_of_work", "names", "symbols", "name_pattern"),
        "groups": (
            *("id", "name", "name_en", "names", "variants", "spelled_out", "level", "scope"),
            *("member_bodies", "member_kinds"),
        ),
        "agency_kinds": ("id", "name", "name_en"),
        "titles": ("id", "name", "name_en", "names", "agency_kinds", "alone"),
        "abbreviations": ("expansion", "expansion_en", "forms", "scope"),
        "document_types": (
            *("id", "name", "name_en", "symbols", "short_forms"),
            *("normative", "numbered", "party"),
        ),
        "programmes": ("id", "name", "name_en", "names"),
        "phases": ("programme", "period", "instrument", "instrument_date", "instrument_issuer", "source"),
        "components": ("programme", "period", "code", "kind", "title", "title_en", "parent", "names", "source"),
        "laws": ("name", "name_en", "type", "number", "date", "issuer", "names"),
        "change_events": ("id", "kind", "from", "to", "date", "decree", "basis", "note", "note_en"),
        "mandate_transfers": (
            *("id", "mandate", "mandate_en", "from", "to", "date", "decree", "basis"),
            *("note", "note_en"),
        ),
    }
)
"""The columns of each table, in the order they are written."""

SCOPES = ("document", "below", "national", "issuer")
ABBREVIATION_SCOPES = ("name", "text")


def _required_date(row: TableRow) -> str:
    row.text("date")
    return row.date("date") or ""


def _one_of(row: TableRow, column: str, allowed: tuple[str, ...]) -> str:
    if row[column] not in allowed:
        row.fail(f"column “{column}” is “{row[column]}”", f"write one of: {', '.join(allowed)}")
    return row[column]


def _validity(row: TableRow) -> tuple[str | None, str | None]:
    start, end = row.date("valid_from"), row.date("valid_to")
    if start and end and end < start:
        row.fail(f"it ends ({end}) before it begins ({start})", "put valid_from and valid_to in order")
    return start, end


def parse_place_kind(row: TableRow) -> PlaceKind:
    """Make a kind of place from its row."""
    level = row.choice("level", Level)
    return PlaceKind(row.text("id"), row.text("name"), row.text("name_en"), level, row["committee"], row.forms("names"))


def parse_jurisdiction(row: TableRow) -> Jurisdiction:
    """Make a place from its row."""
    start, end = _validity(row)
    return Jurisdiction(
        id=row.text("id"),
        name=row.text("name"),
        kind=row["kind"],
        level=row.choice("level", Level),
        parent=row.optional("parent"),
        valid_from=start,
        valid_to=end,
        predecessors=row.forms("predecessors"),
        source=row["source"],
        names=row.forms("names"),
    )


def parse_line_of_work(row: TableRow) -> LineOfWork:
    """Make a line of work from its row."""
    return LineOfWork(row.text("id"), row.text("name"), row.text("name_en"), row.forms("parts"))


def parse_agency_kind(row: TableRow) -> AgencyKind:
    """Make a kind of agency from its row."""
    return AgencyKind(row.text("id"), row.text("name"), row.text("name_en"))


def parse_agency(row: TableRow) -> Agency:
    """Make an agency from its row."""
    start, end = _validity(row)
    return Agency(
        id=row.text("id"),
        name=row.text("name"),
        name_en=row.text("name_en"),
        kind=row.text("kind"),
        level=row.choice("level", Level),
        parent=row.optional("parent"),
        jurisdiction=row.text("jurisdiction"),
        lines_of_work=row.forms("lines_of_work"),
        names=row.forms("names"),
        symbols=row.forms("symbols"),
        valid_from=start,
        valid_to=end,
        source=row["source"],
    )


def parse_body(row: TableRow) -> BodyPattern:
    """Make the pattern of a local body from its row; an empty slug is the id, an empty pattern ``{name} {place}``."""
    start, end = _validity(row)
    return BodyPattern(
        id=row.text("id"),
        slug=row["slug"] or row["id"],
        name=row.text("name"),
        name_en=row.text("name_en"),
        kind=row.text("kind"),
        level=row.choice("level", Level),
        parent=row.optional("parent"),
        lines_of_work=row.forms("lines_of_work"),
        names=row.forms("names"),
        symbols=row.forms("symbols"),
        name_pattern=row["name_pattern"] or "{name} {place}",
        place_kinds=row.forms("place_kinds"),
        everywhere=row.flag("everywhere"),
        valid_from=start,
        valid_to=end,
        source=row["source"],
    )


def parse_unit(row: TableRow) -> BodyPattern:
    """Make the pattern of a ministry's unit from its row; an empty pattern is the bare name."""
    return BodyPattern(
        id=row.text("id"),
        slug=row["id"],
        name=row.text("name"),
        name_en=row.text("name_en"),
        kind=row.text("kind"),
        level=None,
        parent=None,
        lines_of_work=row.forms("lines_of_work"),
        names=row.forms("names"),
        symbols=row.forms("symbols"),
        name_pattern=row["name_pattern"] or "{name}",
    )


def parse_group(row: TableRow) -> Group:
    """Make a group from its row; a group that is not spelled out must have no rule of membership."""
    group = Group(
        id=row.text("id"),
        name=row.text("name"),
        name_en=row.text("name_en"),
        names=row.forms("names"),
        spelled_out=row.flag("spelled_out"),
        level=row.choice("level", Level) if row["level"] else None,
        scope=_one_of(row, "scope", SCOPES),
        member_bodies=row.forms("member_bodies"),
        member_kinds=row.forms("member_kinds"),
        variants=row.forms("variants"),
    )
    if not group.spelled_out and (group.member_bodies or group.member_kinds):
        row.fail("a group that is not spelled out has a rule of membership", "write yes, or empty the member columns")
    return group


def parse_title(row: TableRow) -> Title:
    """Make a title from its row."""
    return Title(
        id=row.text("id"),
        name=row.text("name"),
        name_en=row.text("name_en"),
        names=row.forms("names"),
        agency_kinds=row.forms("agency_kinds"),
        alone=row.optional("alone"),
    )


def parse_abbreviation(row: TableRow) -> Abbreviation:
    """Make an abbreviation from its row."""
    row.text("forms")
    scope = _one_of(row, "scope", ABBREVIATION_SCOPES)
    return Abbreviation(row.text("expansion"), row.text("expansion_en"), row.forms("forms"), scope)


def parse_document_type(row: TableRow) -> DocumentType:
    """Make a document type from its row."""
    return DocumentType(
        id=row.text("id"),
        name=row.text("name"),
        name_en=row.text("name_en"),
        symbols=row.forms("symbols"),
        short_forms=row.forms("short_forms"),
        normative=row.flag("normative"),
        numbered=row.flag("numbered"),
        party=row.flag("party"),
    )


def parse_programme(row: TableRow) -> Programme:
    """Make a programme from its row."""
    return Programme(row.text("id"), row.text("name"), row.text("name_en"), row.forms("names"))


def parse_phase(row: TableRow) -> Phase:
    """Make a phase of a programme from its row."""
    row.text("instrument_date")
    return Phase(
        programme=row.text("programme"),
        period=row.text("period"),
        instrument=row.text("instrument"),
        instrument_date=row.date("instrument_date") or "",
        instrument_issuer=row.text("instrument_issuer"),
        source=row["source"],
    )


def parse_component(row: TableRow) -> NationalComponent:
    """Make a national component from its row."""
    return NationalComponent(
        programme=row.text("programme"),
        period=row.text("period"),
        code=row.text("code"),
        kind=row.text("kind"),
        title=row.text("title"),
        title_en=row.text("title_en"),
        parent=row.optional("parent"),
        names=row.forms("names"),
        source=row["source"],
    )


def parse_law(row: TableRow) -> NamedLaw:
    """Make a law from its row."""
    return NamedLaw(
        name=row.text("name"),
        type=row.text("type"),
        number=row.text("number"),
        date=_required_date(row),
        issuer=row.text("issuer"),
        names=row.forms("names"),
        name_en=row.text("name_en"),
    )


def parse_change_event(row: TableRow) -> ChangeEvent:
    """Make a change event from its row."""
    return ChangeEvent(
        id=row.text("id"),
        kind=row.choice("kind", ChangeKind),
        origins=row.forms("from"),
        results=row.forms("to"),
        date=_required_date(row),
        decree=row.text("decree"),
        basis=row.text("basis"),
        note=row["note"],
        note_en=row["note_en"],
    )


def parse_mandate_transfer(row: TableRow) -> MandateTransfer:
    """Make a transfer of a mandate from its row."""
    return MandateTransfer(
        id=row.text("id"),
        mandate=row.text("mandate"),
        mandate_en=row.text("mandate_en"),
        origin=row.text("from"),
        result=row.text("to"),
        date=_required_date(row),
        decree=row.text("decree"),
        basis=row.text("basis"),
        note=row["note"],
        note_en=row["note_en"],
    )


class Entries(dict[str, tuple[T, TableRow]]):
    """Values of one table by key, each with the row it came from, so that a later check can name the line."""

    def values_only(self) -> Mapping[str, T]:
        """Return the values by key, read-only."""
        return MappingProxyType({key: value for key, (value, _) in self.items()})


def read_entries(folder: Path, table: str, parse: Callable[[TableRow], T], key: Callable[[T], Hashable]) -> Entries[T]:
    """Read a table of the registry; a key that occurs twice is an error."""
    entries: Entries[T] = Entries()
    for row in read_table(folder / f"{table}.csv", COLUMNS[table]):
        value = parse(row)
        name = str(key(value))
        if name in entries:
            row.fail(f"“{name}” is already on line {entries[name][1].line}", "give each row its own id, or merge them")
        entries[name] = (value, row)
    return entries
