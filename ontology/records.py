"""The frozen record of one document: what a careful clerk would write down, each fact with its place.

The names of the fields are the names of the JSON record that ``daumoi read --format json`` prints and that tools
outside use: they may be added to, not renamed. Spans are ``[start, end)`` offsets in characters into the NFC text layer
of the source, and ``text[start:end]`` is always exactly what was read. Where a fact was read from is not part of its
equality.
"""

import dataclasses
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from pydantic import Field, TypeAdapter


class Span(NamedTuple):
    """A stretch ``[start, end)`` of the source text, in characters."""

    start: int
    end: int


class Role(StrEnum):
    """What an agency has to do with a task; the words that say so are in ``ontology/tables/role_words.csv``."""

    LEAD = "lead"
    COORDINATE = "coordinate"
    ADVISE = "advise"
    DIRECT = "direct"
    IMPLEMENT = "implement"
    REQUEST = "request"
    RECEIVE_REPORT = "receive_report"
    COUNTERPART = "counterpart"


class Relation(StrEnum):
    """How a document, or one it names, relates to another."""

    BASED_ON = "based_on"
    ENSURES_IMPLEMENTATION_OF = "ensures_implementation_of"
    ANNEX = "annex"
    REPLACES = "replaces"
    REPEALS = "repeals"
    AMENDS = "amends"
    RESULT_DOCUMENT = "result_document"
    CITES = "cites"


class Recurrence(StrEnum):
    """How often something falls due."""

    ANNUAL = "annual"
    SEMIANNUAL = "semiannual"
    NINE_MONTH = "nine_month"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    BIENNIAL = "biennial"
    PERIODIC = "periodic"
    ADHOC = "adhoc"


class Severity(StrEnum):
    """How much a finding matters: *error* spoils a fact, *warning* deserves a look, *info* is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class FactKind(StrEnum):
    """What a correction is about. ``mention`` is a judgement: wherever these words stand, this agency is meant."""

    HEADER = "header"
    CITATION = "citation"
    TASK = "task"
    ASSIGNMENT = "assignment"
    TIMING = "timing"
    COMPONENT = "component"
    TARGET = "target"
    BUDGET = "budget"
    REPORTING = "reporting"
    MENTION = "mention"


class CorrectionAction(StrEnum):
    """What a correction does to a fact."""

    CHANGE = "change"
    REMOVE = "remove"
    ADD = "add"


class CorrectionStatus(StrEnum):
    """What became of a correction: *flagged* ones were not applied, *superseded* ones are no longer needed."""

    APPLIED = "applied"
    FLAGGED = "flagged"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who signed, and in which capacity (*KT.* = for, *TM.* = on behalf of)."""

    name: str
    capacity: str
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """The document that the file holds, or whose annex it holds.

    ``number`` is as printed without inner spaces (``160/NQ-CP``), ``None`` where it is blank. ``date`` is ISO 8601, partial
    where the document is (``2022-08``). ``attached_to`` is the number of the instrument that issues the text when the file holds
    only the attached text; the identity is then that instrument's. ``spans`` tells where each field was read.
    """

    number: str | None
    type: str | None
    date: str | None
    issuer: str | None
    jurisdiction: str | None
    title: str | None
    signers: tuple[Signer, ...] = ()
    recipients: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    attached_to: str | None = None
    iri: str | None = None
    issuer_iri: str | None = None
    jurisdiction_iri: str | None = None
    spans: dict[str, Span] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document. ``iri`` is ``None`` where the mention could not be resolved to a document."""

    number: str | None
    type: str | None
    date: str | None
    issuer: str | None
    subject: str | None
    relation: Relation
    self: bool
    iri: str | None
    span: Span = field(compare=False)
    joint_issuers: tuple[str, ...] = ()
    """All issuers of a joint document (*Thông tư liên tịch*) in order; ``issuer``, the first, is the one of its identity."""
    resolved_by: str | None = field(default=None, compare=False)
    """Which rule gave the identity: ``printed``, ``same-text``, ``number-year``, ``registry``; ``None`` if unresolved."""


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A relation that the text states between two documents *it cites* (nested phrases)."""

    subject: str
    relation: Relation
    object: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Component:
    """A *Dự án*, *Tiểu dự án* or *Hoạt động* of a programme phase, as this document heads it.

    ``code`` is the canonical path (``DA1.TDA4``); ``national`` is the code of the national component that a local heading
    was aligned to, with ``alignment`` saying how (``stated``, ``title``, ``order``).
    """

    code: str
    kind: str
    title: str
    parent: str | None
    national: str | None
    span: Span = field(compare=False)
    programme: str | None = None
    period: str | None = None
    alignment: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """An agency or group, and its role in a task.

    ``rule`` names what made the fact (``column:lead``, ``phrase:chủ trì``, ``heading``); ``printed`` is the mention as read.
    """

    agency: str
    iri: str | None
    role: Role
    group: bool
    spelled_out: bool
    span: Span = field(compare=False)
    printed: str = field(default="", compare=False)
    rule: str = field(default="", compare=False)
    resolved: bool = field(default=True, compare=False)
    """``False`` where the name is not in the registry and the IRI was made from the printed name."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When: as printed, and as an interval (inclusive ISO dates), a recurrence, or a completion."""

    text: str
    start: str | None = None
    end: str | None = None
    recurrence: tuple[Recurrence, ...] = ()
    completed: bool = False
    date: str | None = None
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Task:
    """A table row or a duty statement.

    ``id`` is the path of printed numbers (``B.I.4.a``), unique in the document. ``kind`` is ``row`` (of a table), ``duty``
    (a statement that assigns someone) or ``content`` (a measure that assigns no one). Where a row was torn by a page break,
    ``span`` is its longest unbroken part and ``spans`` lists them all.
    """

    id: str
    section: tuple[str, ...]
    component: str | None
    text: str
    span: Span = field(compare=False)
    kind: str = "duty"
    assignments: tuple[Assignment, ...] = ()
    timing: Timing | None = None
    deliverable: str | None = None
    deliverable_span: Span | None = field(default=None, compare=False)
    result_document: str | None = None
    result_document_iri: str | None = None
    submit_to: str | None = None
    submit_to_iri: str | None = None
    spans: tuple[Span, ...] = field(default=(), compare=False)
    rule: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Target:
    """A measurable aim: indicator, value or range as printed (decimal comma kept), unit, and by when."""

    indicator: str
    value: str
    unit: str | None
    by: str | None
    span: Span = field(compare=False)
    comparator: str | None = field(default=None, compare=False)
    """How the value is meant: ``≥`` (*ít nhất*, *trở lên*), ``>`` (*trên*), ``≤``, ``<``, ``≈`` (*khoảng*)."""
    baseline: str | None = field(default=None, compare=False)
    """From where, as printed: ``5`` in *giảm từ 5% xuống 3%*."""


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget line in million đồng. ``component`` is ``None`` for the whole document.

    ``source`` is one of ``total``, ``central``, ``local``, ``other``.
    """

    component: str | None
    year: int | None
    source: str
    amount_million_vnd: float
    span: Span = field(compare=False)
    spending: str | None = field(default=None, compare=False)
    """``investment`` (*vốn đầu tư*) or ``recurrent`` (*vốn sự nghiệp*) where the words say which."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """Who reports to whom, how often (words as printed, normalised), and by when."""

    from_: Annotated[str | None, Field(alias="from")]
    to: str | None
    frequency: tuple[str, ...]
    deadline: str | None
    span: Span = field(compare=False)
    from_iri: str | None = None
    to_iri: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong or open in a document, with its place and a remedy. Codes are listed in the scheme ``dm:FindingCode``."""

    code: str
    severity: Severity
    message: str
    span: Span | None = field(compare=False)
    remedy: str = ""
    message_en: str = ""
    others: tuple[Span, ...] = field(default=(), compare=False)
    """Further places that show it: the other of two that contradict each other."""
    remedy_en: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the document's outline: label and title as printed, depth from 0, and the stretch it governs."""

    label: str
    title: str
    depth: int
    span: Span = field(compare=False)
    extent: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """Which text the spans point into."""

    name: str
    media_type: str
    sha256: str
    """SHA-256 of the NFC text layer encoded as UTF-8."""
    length: int
    file_sha256: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """A human's last word on a fact of this record, with what had been read and what became of the correction.

    ``original`` is what the reader read, ``corrected`` what stands in the record where the correction is applied; ``fact`` is a JSON
    pointer (RFC 6901) to the corrected fact in this record, ``None`` where there is no such fact (any more).
    """

    id: str
    kind: FactKind
    action: CorrectionAction
    key: str
    field: str | None
    original: str | None
    corrected: str | None
    status: CorrectionStatus
    note: str
    note_en: str
    who: str
    when: str
    why: str
    quote: str = ""
    withdrawn_by: str | None = None
    withdrawn_on: str | None = None
    withdrawn_why: str | None = None
    fact: str | None = dataclasses.field(default=None, compare=False)
    others: tuple[str, ...] = dataclasses.field(default=(), compare=False)
    """Pointers to the further facts that a judgement of a name changed."""
    span: Span | None = dataclasses.field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Record:
    """All facts of one document, as read; after the table of corrections was applied, ``corrections`` tells what it did."""

    document: Document
    citations: tuple[Citation, ...] = ()
    components: tuple[Component, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    budgets: tuple[Budget, ...] = ()
    reporting: tuple[Reporting, ...] = ()
    findings: tuple[Finding, ...] = ()
    links: tuple[DocumentLink, ...] = ()
    sections: tuple[Section, ...] = ()
    source: SourceInfo | None = None
    corrections: tuple[CorrectionNote, ...] = ()


_ADAPTER: TypeAdapter[Record] = TypeAdapter(Record)


def format_record(record: Record, *, indent: int | None = 2) -> str:
    """Return the record as JSON text, keys in the order of the dataclasses, Vietnamese kept as it is.

    >>> blank = Record(Document(None, None, None, None, None, None))
    >>> parse_record(format_record(blank)) == blank
    True
    """
    return _ADAPTER.dump_json(record, indent=indent, by_alias=True).decode()


def parse_record(text: str) -> Record:
    """Read back what :func:`format_record` wrote; raise ``pydantic.ValidationError`` on anything else."""
    return _ADAPTER.validate_json(text)


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the record, generated from these dataclasses."""
    return _ADAPTER.json_schema(by_alias=True, mode="serialization")
