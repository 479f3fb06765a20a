"""Facts that the reader missed, made of a row of the table and the place of its quote."""

from dataclasses import replace
from typing import Any

from loaders.correcting.facts import GLUE, Fact, quote_at
from loaders.correcting.values import Namer, changed, unfit
from ontology.corrections import Correction, parse_fields
from ontology.records import (
    Assignment,
    Budget,
    Citation,
    Component,
    FactKind,
    Record,
    Relation,
    Reporting,
    Role,
    Section,
    Span,
    Target,
    Task,
    Timing,
)

BY_HAND = "correction"
"""The name of the rule that an added fact was made by."""


def make_fact(correction: Correction, record: Record, text: str, span: Span, task: Fact | None, namer: Namer) -> Fact:
    """Return the fact that ``correction`` adds, read at ``span``; ``task`` is the task it belongs to, for who and when.

    Raise :class:`ontology.errors.ParameterError` where the row does not say enough.
    """
    kind = correction.kind
    given = parse_fields(kind, correction.to)
    if kind in (FactKind.ASSIGNMENT, FactKind.TIMING) and task is None:
        raise unfit(f"văn bản không có nhiệm vụ “{_task_of(correction)}”", f"there is no task “{_task_of(correction)}”")
    value = _bare(correction, given, record, text, span)
    for name, cell in {**_from_key(correction), **given}.items():
        value = changed(kind, value, name, cell, namer, record)
    if isinstance(value, Citation) and value.iri is None:
        value = _known_citation(value, record)
    return Fact(kind, value, None, (span,), task if kind in (FactKind.ASSIGNMENT, FactKind.TIMING) else None)


def task_of(correction: Correction) -> str:
    """Return the id of the task that an added assignment or timing belongs to."""
    return correction.key.split(GLUE)[0].strip() if correction.kind is FactKind.ASSIGNMENT else correction.key


_task_of = task_of


def _from_key(correction: Correction) -> dict[str, str]:
    """Return the fields that the key says."""
    parts = [part.strip() for part in correction.key.split(GLUE.strip())]
    names: dict[FactKind, tuple[str, ...]] = {
        FactKind.CITATION: ("number",),
        FactKind.ASSIGNMENT: ("", "role", "agency"),
        FactKind.TARGET: ("indicator",),
        FactKind.BUDGET: ("component", "year", "source"),
        FactKind.REPORTING: ("from", "to"),
    }
    wanted = names.get(correction.kind, ())
    if len(wanted) > 1 and len(parts) != len(wanted):
        shape = GLUE.join(name or "task" for name in wanted)
        raise unfit(f"khóa phải có dạng “{shape}”", f"the key must be of the form “{shape}”")
    values = parts if len(wanted) > 1 else [correction.key]
    found = {name: value for name, value in zip(wanted, values, strict=False) if name}
    if "role" in found and found["role"] not in set(Role):
        raise unfit(f"“{found['role']}” không phải vai trò", f"“{found['role']}” is no role")
    return found


def _bare(correction: Correction, given: dict[str, str], record: Record, text: str, span: Span) -> Any:
    """Return the fact before its fields are filled in; raise where a needed field is missing."""
    key, words = correction.key, quote_at(text, (span,))
    needed: dict[FactKind, tuple[str, ...]] = {
        FactKind.COMPONENT: ("kind", "title"),
        FactKind.TARGET: ("value",),
        FactKind.BUDGET: ("amount_million_vnd",),
    }
    for name in needed.get(correction.kind, ()):
        if not given.get(name):
            raise unfit(f"cột “to” thiếu “{name}=…”", f"column “to” does not say “{name}=…”")
    match correction.kind:
        case FactKind.CITATION:
            return Citation(None, None, None, None, None, Relation.CITES, False, None, span)
        case FactKind.TASK:
            return Task(key, _sections_at(record.sections, span), None, words, span, rule=BY_HAND)
        case FactKind.ASSIGNMENT:
            return Assignment("", None, Role.IMPLEMENT, False, True, span, words, BY_HAND)
        case FactKind.TIMING:
            return Timing(words, span=span)
        case FactKind.COMPONENT:
            document = record.document
            programme, period = next(iter(document.programmes), None), next(iter(document.periods), None)
            return Component(key, "", "", None, None, span, programme, period)
        case FactKind.TARGET:
            return Target("", "", None, None, span)
        case FactKind.BUDGET:
            return Budget(None, None, "total", 0.0, span)
        case FactKind.REPORTING:
            return Reporting(None, None, (), None, span)
    raise unfit(f"không thể bổ sung “{correction.kind}”", f"“{correction.kind}” cannot be added")


def _sections_at(sections: tuple[Section, ...], span: Span) -> tuple[str, ...]:
    """Return the headings above a place, the outermost first."""
    around = [one for one in sections if one.extent.start <= span.start and span.end <= one.extent.end]
    return tuple(f"{one.label} {one.title}".strip() for one in sorted(around, key=lambda one: one.depth))


def _known_citation(citation: Citation, record: Record) -> Citation:
    """Return the citation with the identity that another mention of its number in the same text has."""
    for other in record.citations:
        if other.number and other.number == citation.number and other.iri:
            return replace(
                citation, iri=other.iri, self=other.self, date=citation.date or other.date,
                issuer=citation.issuer or other.issuer, resolved_by="same-text",
            )  # fmt: skip
    return citation
