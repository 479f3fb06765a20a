"""Check that every quote of a record stands where the record says."""

import re
from collections.abc import Iterator

from ontology.folding import fold
from ontology.records import Citation, Record, Span

_MARKUP = re.compile(r"<[^<>]{1,40}>")


def iter_quotes(record: Record) -> Iterator[tuple[str, Span, str | None]]:
    """Yield ``(where, span, what must stand there)`` of every fact; ``None`` where only a place is owed."""
    for name, span in record.document.spans.items():
        yield f"document {name}", span, None
    for citation in record.citations:
        yield f"citation {citation.number or citation.type}", citation.span, _number_as_printed(citation)
    for task in record.tasks:
        yield f"task {task.id}", task.span, task.text
        yield from ((f"task {task.id}", span, None) for span in task.spans)
        for assignment in task.assignments:
            yield f"task {task.id} {assignment.role.value}", assignment.span, assignment.printed or None
        if task.timing and task.timing.span:
            yield f"task {task.id} timing", task.timing.span, task.timing.text
        if task.deliverable_span:
            yield f"task {task.id} deliverable", task.deliverable_span, task.deliverable
    spans = {
        "component": [one.span for one in record.components],
        "target": [one.span for one in record.targets],
        "budget": [one.span for one in record.budgets],
        "reporting": [one.span for one in record.reporting],
        "link": [one.span for one in record.links],
    }
    for name, places in spans.items():
        yield from ((f"{name} {index}", span, None) for index, span in enumerate(places))
    for finding in record.findings:
        if finding.span is not None and finding.span.end > finding.span.start:
            yield f"finding {finding.code}", finding.span, None


def _number_as_printed(citation: Citation) -> str | None:
    """Return the digits that open the number; laws cited by name do not print theirs."""
    found = re.match(r"\d+", citation.number or "")
    return (
        found.group().lstrip("0")
        if found and not (citation.type or "").startswith(("Luật", "Hiến", "Bộ luật"))
        else None
    )


def holds_print(quote: str, printed: str) -> bool:
    """Return whether the quote is what was printed: one holds the other, markup, signs and white space aside.

    A fact torn by a page break has only its longest part as its quote; so the quote may be the shorter one.

    >>> holds_print("Sở Giáo dụcvà Đào tạo", "Sở Giáo dục và Đào tạo")
    True
    >>> holds_print("Tiêu dự án 1: <i>Hỗ trợ\\nđầu tư", "Tiêu dự án 1: Hỗ trợ đầu tư"), holds_print("Sở Y tế", "Sở Nội vụ")
    (True, False)
    """
    one, other = _letters(_MARKUP.sub(" ", quote)), _letters(printed)
    return bool(one) and (one in other or other in one)


def _letters(text: str) -> str:
    """Return the letters and figures alone: *Giáo dụcvà* is *Giáo dục và*, of which only the blank was put in."""
    return "".join(filter(str.isalnum, fold(text)))
