"""Why a task was read, and what it lacks: the row or statement, its component, timing, product and the level it goes to."""

import re
from collections.abc import Iterator

from loaders.explaining.explain_assignments import AssignmentReasons, find_label
from loaders.explaining.explanation import Explanation, Reason, give_reason, name_of
from loaders.explaining.ground import Ground, Spot
from loaders.figures.component_names import find_component_mentions
from loaders.figures.moments import masked_text, plan_year
from loaders.figures.recurrences import codes_of
from loaders.figures.timing import read_times
from loaders.names.agency_places import NameContext
from loaders.text.passage import Passage
from ontology.records import Record, Role, Span, Task, Timing

_LABELS = {
    "lead": ("lead", "lead_advise"),
    "timing": ("time",),
    "deliverable": ("product",),
}
"""The columns whose cells give what a task may lack."""


def explain_tasks(record: Record, ground: Ground, context: NameContext) -> Iterator[Explanation]:
    """Yield each task with its assignments, timing, product, submission and result, in the order of the record."""
    assignments = AssignmentReasons(ground, context)
    year = plan_year(record.document.title, record.document.date)
    for task in record.tasks:
        yield Explanation(
            "task",
            task.id,
            task.text,
            ground.place(task.span),
            tuple(_task_reasons(task, record, ground)),
            tuple(_missing(task, ground)),
        )
        for one in task.assignments:
            role_vi, role_en = name_of(f"role:{one.role.value}")
            yield Explanation(
                "assignment",
                f"{task.id}/{one.role.value}",
                f"{one.agency} — {role_vi} / {role_en}",
                ground.place(one.span),
                assignments.explain(one, task),
                of=task.id,
            )
        if task.timing is not None:
            yield _explain_timing(task, task.timing, ground, year)
        yield from _explain_ends(task, record, ground)


# --- the task itself ---


def _task_reasons(task: Task, record: Record, ground: Ground) -> Iterator[Reason]:
    spot = ground.spot(task.span.start)
    if task.rule == "label-lines":
        yield give_reason("task:label-lines")
    elif task.kind == "row":
        headers = _headers(spot)
        yield give_reason("task:row", words=" | ".join(passage.text for passage in headers.values()))
        if spot is not None and spot.node is not None and not spot.node.title:
            yield give_reason("task:merged")
    else:
        rule = "task:measure" if task.kind == "content" else "task:duty" if task.section else "task:statement"
        yield give_reason(rule, words=_short(task.section[-1]) if task.section else "")
    if task.component is not None:
        heading = _component_heading(task, record)
        if heading is not None:
            yield give_reason("task:component", ground.place(heading), id=task.component)
        elif find_component_mentions(task.text):
            yield give_reason("task:component-named", id=task.component)
        else:
            yield give_reason("task:component", words=task.section[-1] if task.section else "", id=task.component)


def _component_heading(task: Task, record: Record) -> Span | None:
    """Return where the heading stands that puts a task in its component: the one of that code above the task."""
    above = [c.span for c in record.components if c.code == task.component and c.span.start <= task.span.start]
    if not above:
        return None
    heading = above[-1]
    inside = any(
        section.extent.start <= heading.start < section.extent.end and section.extent.end >= task.span.end
        for section in record.sections
        if section.span.start <= heading.start < section.span.end
    )
    return heading if inside or task.kind == "row" else None


def _headers(spot: Spot | None) -> dict[str, Passage]:
    table = spot.table if spot is not None else None
    if table is None or table.table is None:
        return {}
    return {passage.text: passage for passage in table.table.header if passage.text}


# --- what a task lacks ---


def _missing(task: Task, ground: Ground) -> Iterator[Reason]:
    roles = {one.role for one in task.assignments}
    if not task.assignments:
        yield give_reason("missing:agents")
    elif Role.LEAD not in roles:
        yield _lack("lead", task, ground)
    if task.timing is None:
        yield _lack("timing", task, ground)
    if task.deliverable is None:
        yield _lack("deliverable", task, ground)


def _lack(what: str, task: Task, ground: Ground) -> Reason:
    """Return why something is not there: an empty cell, a column that the table lacks, or no words."""
    spot = ground.spot(task.span.start)
    node = spot.node if spot is not None else None
    if task.kind != "row" or spot is None or node is None or not node.cells:
        return give_reason(f"missing:{what}:words")
    header = next((ground_header(ground, spot, column) for column in _LABELS[what] if column in node.cells), None)
    if header is not None:
        return give_reason(f"missing:{what}:cell", ground.place(header.span()), words=header.text)
    return give_reason(f"missing:{what}:column")


def ground_header(ground: Ground, spot: Spot, column: str) -> Passage | None:
    """Return the header of a kind of column in the table around a spot."""
    table = spot.table.table if spot.table is not None else None
    for passage in table.header if table is not None else ():
        if passage.text and ground.reader.columns.column_of(passage.text) == column:
            return passage
    return None


# --- when ---


def _explain_timing(task: Task, timing: Timing, ground: Ground, year: int | None) -> Explanation:
    place = ground.place(timing.span) if timing.span is not None else None
    return Explanation(
        "timing",
        f"{task.id}/timing",
        _shown(timing),
        place,
        tuple(_timing_reasons(timing, ground, year)),
        of=task.id,
    )


def _timing_reasons(timing: Timing, ground: Ground, year: int | None) -> Iterator[Reason]:
    yield _cell_reason("timing", "time", timing.span, ground) or give_reason("timing:text")
    if timing.completed:
        yield give_reason("timing:completed")
        return
    masked = masked_text(timing.text)
    moments, rhythm = read_times(masked)
    codes = codes_of(rhythm, masked)
    if timing.start or timing.end:
        for moment in moments:
            yield give_reason("timing:moment", words=timing.text[moment.start : moment.end].strip())
        if year is not None and any(moment.year is None for moment in moments):
            yield give_reason("timing:year", name=str(year))
    for mention in rhythm:
        if mention.code in codes and mention.code in timing.recurrence:
            words = timing.text[mention.start : mention.end].strip()
            yield give_reason("timing:recurrence", words=words, code=f"recurrence:{mention.code.value}")
    if not (timing.start or timing.end or timing.recurrence):
        yield give_reason("timing:verbatim")


def _shown(timing: Timing) -> str:
    value = timing.text
    if timing.start or timing.end:
        value += f" → {timing.start or '…'} – {timing.end or '…'}"
    if timing.recurrence:
        value += f" → {', '.join(code.value for code in timing.recurrence)}"
    if timing.completed:
        value += " → completed" + (f" {timing.date}" if timing.date else "")
    return value


# --- product, level, result ---


def _explain_ends(task: Task, record: Record, ground: Ground) -> Iterator[Explanation]:
    if task.deliverable is not None:
        reason = _cell_reason("deliverable", "product", task.deliverable_span, ground)
        place = ground.place(task.deliverable_span) if task.deliverable_span is not None else None
        yield Explanation(
            "deliverable",
            f"{task.id}/deliverable",
            task.deliverable,
            place,
            (reason or give_reason("deliverable:column", words="…"),),
            of=task.id,
        )
    if task.submit_to is not None:
        yield _explain_submission(task, task.submit_to, ground)
    if task.result_document is not None:
        cited = next((c for c in record.citations if c.iri and c.iri == task.result_document_iri), None)
        place = ground.place(cited.span) if cited is not None else None
        words = " ".join(place.quote.split()) if place is not None else task.result_document
        reason = give_reason("result:document", place, words=words)
        yield Explanation("result", f"{task.id}/result", task.result_document, place, (reason,), of=task.id)


def _explain_submission(task: Task, name: str, ground: Ground) -> Explanation:
    spot = ground.spot(task.span.start)
    cell = _row_cell(spot, "submit_to")
    if cell is not None and spot is not None:
        header = ground_header(ground, spot, "submit_to")
        reason = give_reason("submit:column", words=header.text if header is not None else "…")
        return Explanation(
            "submission", f"{task.id}/submission", name, ground.place(cell.span()), (reason,), of=task.id
        )
    found = re.search(r"\btrình\b", ground.text[task.span.start : task.span.end], re.IGNORECASE)
    place = None
    if found is not None:
        place = ground.place(Span(task.span.start + found.start(), task.span.start + found.end()))
    reason = give_reason("submit:phrase", place, words=place.quote if place is not None else "trình")
    return Explanation("submission", f"{task.id}/submission", name, place, (reason,), of=task.id)


def _row_cell(spot: Spot | None, column: str) -> Passage | None:
    cells = spot.node.cells.get(column, ()) if spot is not None and spot.node is not None else ()
    return next((passage for passage in cells if passage.text), None)


def _cell_reason(fact: str, column: str, span: Span | None, ground: Ground) -> Reason | None:
    """Return that a fact is a cell of a column, or stands behind its label; ``None`` where it is neither."""
    spot = ground.spot(span.start) if span is not None else None
    if spot is None or span is None:
        return None
    if spot.column is not None:
        header = spot.header or ground_header(ground, spot, column)
        place = ground.place(header.span()) if header is not None else None
        return give_reason(f"{fact}:column", place, words=header.text if header is not None else spot.column)
    label = find_label(ground, spot, span, column)
    if label is None:
        return None
    rule = "timing:label" if fact == "timing" else f"{fact}:column"
    return give_reason(rule, ground.place(spot.passage.span(*label)))


def _short(text: str, most: int = 100) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"
