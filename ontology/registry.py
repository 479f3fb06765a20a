"""Who is who: agencies, local bodies, groups, jurisdictions, document types and programmes, from hand-edited tables.

The tables are ``ontology/tables/*.csv``; an officer extends the program by adding a row there. They are checked when
loaded: a wrong row stops the program with :class:`ontology.errors.RegistryError`, which names file, line and remedy.

Local bodies (*Sở Tài chính*) and ministry units (*Vụ Pháp chế*) are patterns, not lists: :meth:`Registry.local_agency` and
:meth:`Registry.unit_agency` make the agency of one place or one ministry.
"""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """A level of government."""

    NATIONAL = "national"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A place that is governed: the country, a province or city, a district, a commune.

    ``id`` is a slug path (``tinh-lao-cai/huyen-bao-yen``); ``kind`` the Vietnamese word (*tỉnh*, *thành phố*, *huyện*).
    """

    id: str
    name: str
    kind: str
    level: Level
    parent: str | None
    valid_from: str | None = None
    valid_to: str | None = None
    predecessors: tuple[str, ...] = ()
    source: str = ""

    @property
    def full_name(self) -> str:
        """``tỉnh Bình Thuận``; the country's name alone."""
        return f"{self.kind} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency. ``id`` is a slug path and the end of its IRI (``tinh-binh-thuan/so-tai-chinh``).

    ``name`` is the full official name with the jurisdiction (``Sở Tài chính tỉnh Bình Thuận``); ``names`` its other forms;
    ``symbols`` what stands for it in document numbers (``BLĐTBXH``, ``TTg``).
    """

    id: str
    name: str
    name_en: str
    kind: str
    level: Level
    parent: str | None
    jurisdiction: str
    line_of_work: str | None = None
    names: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class BodyPattern:
    """A body that exists once in each place of a level (*Sở Tài chính*), or once in each ministry (*Vụ Pháp chế*).

    ``level`` is ``None`` for units of ministries. ``name_pattern`` has ``{place}`` or ``{ministry}`` where it belongs.
    """

    id: str
    name: str
    name_en: str
    kind: str
    level: Level | None
    parent: str | None
    line_of_work: str | None = None
    names: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    name_pattern: str = "{name} {place}"
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A collective agent. Members are ``member_bodies`` (ids of body patterns or agencies) or all of ``member_kinds``, at
    ``level``, within the jurisdiction of the document (``scope`` = ``document``) or the whole country (``national``).

    ``spelled_out`` is ``False`` for groups that name nobody in particular (*các đơn vị có liên quan*): they have no members.
    """

    id: str
    name: str
    name_en: str
    names: tuple[str, ...]
    spelled_out: bool
    level: Level | None
    scope: str
    member_bodies: tuple[str, ...] = ()
    member_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document: *Quyết định*, its symbols in numbers (``QĐ``) and its short forms in text (``QĐ``)."""

    id: str
    name: str
    name_en: str
    symbols: tuple[str, ...]
    short_forms: tuple[str, ...]
    normative: bool
    numbered: bool
    """``False`` for types cited by name and date (laws)."""


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme across its phases (*Chương trình mục tiêu quốc gia Giảm nghèo bền vững*)."""

    id: str
    name: str
    name_en: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of a programme: its period and the instrument that approves it."""

    programme: str
    period: str
    instrument: str
    instrument_date: str
    instrument_issuer: str
    source: str


@dataclass(frozen=True, slots=True)
class NationalComponent:
    """A component of a phase, as the approving instrument lists it: ``code`` is a path (``DA1.TDA4``)."""

    programme: str
    period: str
    code: str
    kind: str
    title: str
    title_en: str
    parent: str | None
    names: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class NamedLaw:
    """A law or other act cited by name: its number and date."""

    name: str
    type: str
    number: str
    date: str
    issuer: str
    names: tuple[str, ...] = ()
