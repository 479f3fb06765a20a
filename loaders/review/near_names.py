"""Agencies whose printed name is not quite a registered one: read as what comes nearest, and said so, for a person to look at."""

from collections.abc import Iterator, Sequence

from loaders.names.agency_index import AgencyIndex
from ontology.records import Finding, Severity, Task


def find_near_names(tasks: Sequence[Task], index: AgencyIndex) -> Iterator[Finding]:
    """Yield a finding for each printed name of the document at hand that was understood only without its accents, once a name."""
    found = (mentions for memory in index.found.values() for mentions in memory.texts.values())
    near = {mention.printed for mentions in found for mention in mentions if mention.rule == "fuzzy"}
    seen: set[str] = set()
    for task in tasks:
        for assignment in task.assignments:
            if assignment.printed in near and assignment.printed not in seen:
                seen.add(assignment.printed)
                yield Finding(
                    "fuzzy-agency",
                    Severity.INFO,
                    f"“{assignment.printed}” được hiểu là “{assignment.agency}” (tên in sai hoặc thiếu dấu).",
                    assignment.span,
                    "Xem nguyên văn; nếu là cơ quan khác, ghi vào bảng hiệu đính.",
                    f"“{assignment.printed}” is understood as “{assignment.agency}” (its accents are wrong or missing).",
                    remedy_en="Look at the text; if another agency is meant, write it into the table of corrections.",
                )
