"""What a document says against itself: two leads for one component, a lead that also coordinates, a deadline before the document."""

from collections import defaultdict
from collections.abc import Iterator

from loaders.citations.document_dates import vi_date
from ontology.records import Assignment, Finding, Record, Role, Severity, Span, Task


def find_contradictions(record: Record) -> tuple[Finding, ...]:
    """Return the contradictions inside one record, each with the place that shows it."""
    return (*_two_leads(record), *_lead_coordinates(record), *_early_deadlines(record))


def _leads(task: Task) -> list[Assignment]:
    return [a for a in task.assignments if a.role is Role.LEAD]


def _two_leads(record: Record) -> Iterator[Finding]:
    """A component that is led *as a whole* by different agencies in two places.

    The section that assigns a component (*Phân công thực hiện* under its heading) and a duty that names it (*Chủ trì thực hiện
    Dự án 3*) both speak of the whole; rows and duties about parts of it do not.
    """
    whole: dict[str, dict[str, tuple[Task, Assignment]]] = defaultdict(dict)
    titles = {component.code: component.title for component in record.components}
    for task in record.tasks:
        if task.kind != "duty" or task.component is None or not _speaks_of_whole(task):
            continue
        for lead in _leads(task):
            whole[task.component].setdefault(lead.agency, (task, lead))
    for code, leads in whole.items():
        if len(leads) < 2 or len({task.id for task, _lead in leads.values()}) < 2:
            continue
        names = " và ".join(f"“{name}” (mục {task.id})" for name, (task, _lead) in leads.items())
        english = " and ".join(f"“{name}” (section {task.id})" for name, (task, _lead) in leads.items())
        *firsts, (last_task, last_lead) = leads.values()
        what = f"{code} {titles.get(code, '')}".strip()
        yield Finding(
            "two-leads",
            Severity.WARNING,
            f"{what} có các cơ quan chủ trì khác nhau ở hai mục: {names}.",
            _shown_at(last_task, last_lead),
            "Hỏi cơ quan ban hành mục nào đúng; ghi vào bảng hiệu đính.",
            f"{what} has different lead agencies in two sections: {english}.",
            tuple(_shown_at(task, lead) for task, lead in firsts),
            "Ask the issuer which section is right; write it into the table of corrections.",
        )


def _shown_at(task: Task, lead: Assignment) -> Span:
    """Return the place that shows who leads: the name in the task, or the task where the name stands in its heading."""
    return lead.span if lead.span.start >= task.span.start else task.span


def _speaks_of_whole(task: Task) -> bool:
    text = task.text.lower()
    return (
        text.startswith(("phân công", "cơ quan thực hiện", "đơn vị thực hiện", "chủ trì thực hiện"))
        or "chủ trì thực hiện dự án" in text
    )


def _lead_coordinates(record: Record) -> Iterator[Finding]:
    for task in record.tasks:
        leads = {a.agency for a in _leads(task)}
        for assignment in task.assignments:
            if assignment.role is Role.COORDINATE and assignment.agency in leads:
                yield Finding(
                    "lead-also-coordinates",
                    Severity.WARNING,
                    f"“{assignment.agency}” vừa chủ trì vừa phối hợp trong cùng nhiệm vụ {task.id}.",
                    assignment.span,
                    "Xem lại phân công trong văn bản gốc.",
                    f"“{assignment.agency}” both leads and coordinates task {task.id}.",
                    remedy_en="Look at the assignment in the original.",
                )


def _early_deadlines(record: Record) -> Iterator[Finding]:
    date = record.document.date
    if date is None:
        return
    for task in record.tasks:
        timing = task.timing
        if timing is None or timing.completed or timing.end is None or timing.span is None:
            continue
        if timing.end < date[: len(timing.end)]:
            yield Finding(
                "deadline-before-document",
                Severity.WARNING,
                f"Thời hạn “{timing.text}” của nhiệm vụ {task.id} trước ngày ban hành văn bản ({vi_date(date)}).",
                timing.span,
                "Xem lại thời hạn trong văn bản gốc.",
                f"Deadline “{timing.text}” of task {task.id} lies before the document’s date ({date}).",
                remedy_en="Look at the deadline in the original.",
            )
