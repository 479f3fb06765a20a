"""Tasks as lines, so that a test shows at a glance what was read."""

from ontology.records import Record, Task


def line_of(task: Task) -> str:
    """Return a task as a line: ``id kind component: role agency, role agency``."""
    roles = ", ".join(f"{given.role} {given.printed}" for given in task.assignments)
    head = " ".join(filter(None, (task.id, task.kind, task.component)))
    return f"{head}: {roles}".rstrip(": ")


def lines_of(record: Record) -> list[str]:
    """Return the tasks of a record as lines."""
    return [line_of(task) for task in record.tasks]
