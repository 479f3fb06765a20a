"""The record made again of its corrected facts, and the findings that hold for it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from loaders.correcting.facts import Fact
from loaders.review.contradictions import find_contradictions
from ontology.records import (
    Assignment,
    CorrectionNote,
    CorrectionStatus,
    FactKind,
    Finding,
    Record,
    Relation,
    Role,
    Task,
)

_CONTRADICTIONS = frozenset({"two-leads", "lead-also-coordinates", "deadline-before-document"})
_HEADER_FINDINGS = {"missing-number": "number", "missing-date": "date", "missing-issuer": "issuer"}


def rebuild(record: Record, facts: Sequence[Fact]) -> Record:
    """Return the record with its facts as they are now; each fact learns its place in it.

    Added tasks and citations stand where their words stand, all others at the end, so that nothing else changes its number.
    """
    kept = [fact for fact in facts if not fact.removed and not (fact.parent is not None and fact.parent.removed)]
    tasks = _tasks(kept)
    lists: dict[str, Any] = {
        name: tuple(_placed(kept, kind, name, sort=kind is FactKind.CITATION))
        for kind, name in (
            (FactKind.CITATION, "citations"),
            (FactKind.COMPONENT, "components"),
            (FactKind.TARGET, "targets"),
            (FactKind.BUDGET, "budgets"),
            (FactKind.REPORTING, "reporting"),
        )
    }
    renamed = {
        fact.first.code: fact.value.code
        for fact in kept
        if fact.kind is FactKind.COMPONENT and fact.first is not None and fact.first.code != fact.value.code
    }
    made = replace(record, tasks=tasks, **lists)
    document = replace(made.document, legal_bases=_bases(record, made))
    return _renamed(replace(made, document=document), renamed)


def _bases(before: Record, after: Record) -> tuple[str, ...]:
    """Return the legal bases as the corrected citations have them; what stands there without a citation stays."""
    was = {one.number for one in before.citations if one.relation is Relation.BASED_ON and one.number}
    now = [one.number for one in after.citations if one.relation is Relation.BASED_ON and one.number]
    kept = [one for one in before.document.legal_bases if one not in was or one in now]
    return tuple(dict.fromkeys([*kept, *(one for one in now if one not in was)]))


def _placed(kept: Sequence[Fact], kind: FactKind, name: str, *, sort: bool = False) -> list[Any]:
    found = [fact for fact in kept if fact.kind is kind]
    if sort and any(fact.first is None for fact in found):
        found.sort(key=lambda fact: fact.spans[0])
    for index, fact in enumerate(found):
        fact.at = f"/{name}/{index}"
    return [fact.value for fact in found]


def _tasks(kept: Sequence[Fact]) -> tuple[Task, ...]:
    wholes = [fact for fact in kept if fact.kind is FactKind.TASK]
    if any(fact.first is None for fact in wholes):
        wholes.sort(key=lambda fact: fact.spans[0])
    made = []
    for index, whole in enumerate(wholes):
        whole.at = f"/tasks/{index}"
        own = [fact for fact in kept if fact.parent is whole]
        timing = next((fact for fact in own if fact.kind is FactKind.TIMING), None)
        if timing is not None:
            timing.at = f"{whole.at}/timing"
        assignments: dict[tuple[str, Role], int] = {}
        values: list[Assignment] = []
        for fact in own:
            if fact.kind is FactKind.ASSIGNMENT:
                same = fact.value.iri or fact.value.agency, fact.value.role
                if same not in assignments:  # two that a correction made one are one
                    assignments[same] = len(values)
                    values.append(fact.value)
                fact.at = f"{whole.at}/assignments/{assignments[same]}"
        made.append(replace(whole.value, assignments=tuple(values), timing=timing.value if timing else None))
    return tuple(made)


def _renamed(record: Record, codes: dict[str, str]) -> Record:
    """Return the record in which all that names a component of another code names it by its new one."""
    if not codes:
        return record

    def new(code: str | None) -> str | None:
        return codes.get(code, code) if code is not None else None

    return replace(
        record,
        components=tuple(replace(one, parent=new(one.parent)) for one in record.components),
        tasks=tuple(replace(one, component=new(one.component)) for one in record.tasks),
        budgets=tuple(replace(one, component=new(one.component)) for one in record.budgets),
    )


def settle_findings(before: Record, after: Record, notes: Sequence[CorrectionNote]) -> list[Finding]:
    """Return the findings that hold after correction: what a person has decided is no longer open, contradictions are found anew."""
    applied = [note for note in notes if note.status is CorrectionStatus.APPLIED]
    header = {note.field for note in applied if note.kind is FactKind.HEADER and note.corrected}
    unknown = {one.agency for task in after.tasks for one in task.assignments if not one.resolved}
    open_citations = {one.span for one in after.citations if one.iri is None}
    led = [
        span for t in after.tasks if any(a.role is Role.LEAD for a in t.assignments) for span in (t.spans or (t.span,))
    ]
    changed_tasks = [note.span for note in applied if note.kind is FactKind.ASSIGNMENT and note.span is not None]

    def holds(finding: Finding) -> bool:
        code, span = finding.code, finding.span
        if code in _CONTRADICTIONS:
            return False
        if code in _HEADER_FINDINGS and _HEADER_FINDINGS[code] in header:
            return code == "missing-date" and len(after.document.date or "") < len("2017-03-09")
        if code == "unresolved-agency":
            return any(f"“{name}”" in finding.message for name in unknown)
        if code == "unresolved-citation":
            return span in open_citations
        if code == "row-without-lead" and span is not None and changed_tasks:
            return not any(one.start < span.end and span.start < one.end for one in led)
        return True

    return [*filter(holds, before.findings), *find_contradictions(after)]
