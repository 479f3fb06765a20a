"""What the registry holds, as frozen values: places, agencies, patterns of agencies, groups, document types, programmes.

They are made from the rows of ``ontology/tables/*.csv`` by :mod:`ontology.registry_tables`; :mod:`ontology.registry` gives
them all under one roof and is the module to import from.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """A level of government."""

    NATIONAL = "national"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class ChangeKind(StrEnum):
    """What can happen to an agency or a place (closed list; after W3C ORG ``org:ChangeEvent``)."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    TRANSFERRED = "transferred"
    DISSOLVED = "dissolved"
    FOUNDED = "founded"


class Target(NamedTuple):
    """What a name or symbol may stand for: ``kind`` is *agency*, *body*, *unit*, *group* or *title*."""

    kind: str
    id: str


class NameForm(NamedTuple):
    """One way to write a name, what it stands for, and the full words that a record shows for it.

    ``full`` is the official name, or, for a group, the wording as printed in full words (*Ủy ban nhân dân các huyện, thành phố*).
    """

    text: str
    kind: str
    id: str
    full: str


class PlaceForm(NamedTuple):
    """One way to write a place (``tỉnh Bình Thuận``, ``Bình Thuận``), and the jurisdiction it stands for."""

    text: str
    id: str


@dataclass(frozen=True, slots=True)
class PlaceKind:
    """A kind of place (*tỉnh*, *thị xã*): its level, its Party committee (*Tỉnh ủy*, *Thị ủy*) and its short forms (*TX*)."""

    id: str
    name: str
    name_en: str
    level: Level
    committee: str
    names: tuple[str, ...] = ()


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
    names: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """``tỉnh Bình Thuận``; the country's name alone."""
        return f"{self.kind} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class LineOfWork:
    """A field that one chain of agencies works in, from ministry to division (*Bộ Tài chính → Sở Tài chính → Phòng …*).

    ``parts`` are the older lines that were joined in it (*nông nghiệp và môi trường* since 2025).
    """

    id: str
    name: str
    name_en: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyKind:
    """A kind of agency (*bộ*, *sở*, *tổ chức chính trị - xã hội*)."""

    id: str
    name: str
    name_en: str


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
    lines_of_work: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    source: str = ""
    pattern: str | None = None
    """The body or unit pattern it was made from; ``None`` for agencies listed by name."""

    @property
    def line_of_work(self) -> str | None:
        """The first line of work, the one it is named after."""
        return self.lines_of_work[0] if self.lines_of_work else None


@dataclass(frozen=True, slots=True)
class BodyPattern:
    """A body that exists once in each place of a level (*Sở Tài chính*), or once in each ministry (*Vụ Pháp chế*).

    ``level`` is ``None`` for units of ministries. ``slug`` is the last step of the ids made from it. Names may hold
    ``{kind}`` (*tỉnh*) and ``{committee}`` (*Tỉnh ủy*), ``name_pattern`` also ``{name}``, ``{place}`` (*tỉnh Bình Thuận*),
    ``{place_name}`` (*Bình Thuận*) and ``{agency}`` (the ministry). ``parent`` is the slug of a body of the same place, of the
    place above (``../uy-ban-nhan-dan``), or the id of an agency.
    """

    id: str
    slug: str
    name: str
    name_en: str
    kind: str
    level: Level | None
    parent: str | None
    lines_of_work: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    name_pattern: str = "{name} {place}"
    place_kinds: tuple[str, ...] = ()
    """Kinds of place that can have it (*quận*, *thị xã*); empty for all kinds of the level."""
    everywhere: bool = True
    """``False`` where not each of these places has it: then it is a member of a group only where it is known to exist."""
    valid_from: str | None = None
    valid_to: str | None = None
    source: str = ""

    @property
    def line_of_work(self) -> str | None:
        """The first line of work, the one it is named after."""
        return self.lines_of_work[0] if self.lines_of_work else None


@dataclass(frozen=True, slots=True)
class Group:
    """A collective agent. Members are ``member_bodies`` (ids of body patterns or agencies) or all of ``member_kinds``, at
    ``level`` (``None``: the level of the document), within ``scope``: the place of the ``document``, the level ``below`` it,
    the whole country (``national``), or the agency that issued the document (``issuer``: its own units).

    ``names`` are read as ``name``; ``variants`` mean the same but keep their own wording in records.

    ``spelled_out`` is ``False`` for groups that name nobody in particular (*các đơn vị có liên quan*): they have no members.
    A row whose name holds ``{body}`` is a pattern for any body of its level (*Sở … các tỉnh, thành phố*).
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
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """An office that stands for its agency (*Bộ trưởng*, *Giám đốc*, *Thủ trưởng*).

    ``agency_kinds`` are the kinds of agency whose name may follow it; ``alone`` is what it stands for when no name follows:
    an agency or body id, ``issuer`` (the agency that issued the document), or ``None`` (nothing certain).
    """

    id: str
    name: str
    name_en: str
    names: tuple[str, ...]
    agency_kinds: tuple[str, ...]
    alone: str | None


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """Short forms of words that occur inside names (``name``) or only in running text (``text``)."""

    expansion: str
    expansion_en: str
    forms: tuple[str, ...]
    scope: str


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
    party: bool = False
    """A type that only the Party's bodies issue."""


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

    @property
    def id(self) -> str:
        """``giam-ngheo-ben-vung/2016-2020``."""
        return f"{self.programme}/{self.period}"


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

    @property
    def id(self) -> str:
        """``giam-ngheo-ben-vung/2016-2020/DA1.TDA4``."""
        return f"{self.programme}/{self.period}/{self.code}"


@dataclass(frozen=True, slots=True)
class NamedLaw:
    """A law or other act cited by name: its number and date."""

    name: str
    type: str
    number: str
    date: str
    issuer: str
    names: tuple[str, ...] = ()
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """What happened to agencies: ``origins`` became ``results`` on ``date`` by ``decree``.

    ``basis`` is ``general-knowledge`` (decree named, its text not in the corpus) or the number of a document in the corpus.
    """

    id: str
    kind: ChangeKind
    origins: tuple[str, ...]
    results: tuple[str, ...]
    date: str
    decree: str
    basis: str
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class MandateTransfer:
    """Who took over a mandate (*quản lý nhà nước về giảm nghèo*); not the same as who succeeded an agency."""

    id: str
    mandate: str
    mandate_en: str
    origin: str
    result: str
    date: str
    decree: str
    basis: str
    note: str = ""
    note_en: str = ""
