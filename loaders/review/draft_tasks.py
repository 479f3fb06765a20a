"""Tasks without lead, deadline or product: each row of a table that lacks one, and one remark for all statements of a document."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from loaders.citations.relation_words import load_relation_words
from loaders.explaining.ground import Ground, Spot
from loaders.review.draft_remark import Remark, make_remark
from loaders.text.blocks import Node
from ontology.folding import fold
from ontology.records import Assignment, Record, Role, Span, Task

_ANSWERS = frozenset({Role.LEAD, Role.IMPLEMENT, Role.ADVISE, Role.DIRECT, Role.REQUEST})
_SAME = 85
"""Least likeness of a measure to a duty that says it again, with an agency."""
_LISTED = 8
"""Tasks named one by one in a remark that stands for many."""


def check_tasks(record: Record, ground: Ground, wrong_dates: Sequence[Span] = ()) -> Iterator[Remark]:
    """Yield what the tasks of a draft leave open; a task with a date of ``wrong_dates`` has a deadline, if a wrong one."""
    yield from _rows(record, ground)
    yield from _nobody_answers(record)
    yield from _several_leads(record)
    yield from _unassigned(record)
    yield from _undated(record, wrong_dates)


def _rows(record: Record, ground: Ground) -> Iterator[Remark]:
    """Rows with an empty cell for when or what; tables without such a column are named in one remark."""
    without: dict[str, list[Task]] = defaultdict(list)
    for task in record.tasks:
        spot = ground.spot(task.span.start)
        if task.kind != "row" or spot is None or spot.node is None or spot.table is None:
            continue
        for column, lacks in (("time", task.timing is None), ("product", task.deliverable is None)):
            if lacks and column in spot.node.cells:
                yield _empty_cell(task, column)
            elif lacks and not _has_column(spot, column) and not (column == "product" and _is_document(task, ground)):
                without[column].append(task)
    for column, tasks in without.items():
        vi, en = _COLUMNS[column]
        yield make_remark(
            "no-timing" if column == "time" else "no-product",
            f"{len(tasks)} nhiệm vụ trong bảng không có cột {vi}: {_ids(tasks)}.",
            f"{_several(len(tasks), 'task')} in tables without a column for {en}: {_ids(tasks)}.",
            _spans(tasks),
        )


def _is_document(task: Task, ground: Ground) -> bool:
    """Tell whether a row is itself a document to be issued (*Nghị quyết của HĐND tỉnh về …*): it is its own product."""
    types = [type.name for type in ground.reader.registry.document_types.values()]
    text = fold(task.text) + " "
    return any(text.startswith(fold(name) + " ") for name in (*types, *load_relation_words().generic))


_COLUMNS = {"time": ("thời gian", "when"), "product": ("sản phẩm", "the product")}


def _has_column(spot: Spot, column: str) -> bool:
    rows: Sequence[Node] = spot.table.children if spot.table is not None else ()
    return any(column in row.cells for row in rows)


def _empty_cell(task: Task, column: str) -> Remark:
    name = _short(task.text)
    if column == "time":
        return make_remark(
            "row-without-deadline",
            f"Nhiệm vụ {task.id} “{name}”: ô thời gian trống.",
            f"Task {task.id} “{name}”: its cell for when is empty.",
            (task.span,),
        )
    return make_remark(
        "row-without-product",
        f"Nhiệm vụ {task.id} “{name}”: ô sản phẩm trống.",
        f"Task {task.id} “{name}”: its cell for the product is empty.",
        (task.span,),
    )


def _nobody_answers(record: Record) -> Iterator[Remark]:
    """Statements in which agencies only coordinate or are reported to."""
    for task in record.tasks:
        roles = {one.role for one in task.assignments}
        if task.kind == "row" or not roles or roles & _ANSWERS or Role.COUNTERPART in roles:
            continue
        yield make_remark(
            "task-without-lead",
            f"Nhiệm vụ {task.id} “{_short(task.text)}” chỉ nêu cơ quan phối hợp, không nêu ai chủ trì.",
            f"Task {task.id} “{_short(task.text)}” names those who coordinate and nobody who leads.",
            (task.span,),
        )


def _several_leads(record: Record) -> Iterator[Remark]:
    several = [task for task in record.tasks if len(_own_leads(task)) > 1]
    if several:
        yield make_remark(
            "several-leads",
            f"{len(several)} nhiệm vụ có từ hai cơ quan cùng chủ trì: {_ids(several)}.",
            f"{_several(len(several), 'task')} with two leads or more: {_ids(several)}.",
            [task.span for task in several],
        )


def _own_leads(task: Task) -> list[Assignment]:
    """Return the agencies that a task itself names as leads; under the heading of several each leads its own part."""
    leads = [one for one in task.assignments if one.role is Role.LEAD and not one.group]
    if task.kind == "row":
        return leads
    inside = task.spans or (task.span,)
    return [one for one in leads if any(part.start <= one.span.start < part.end for part in inside)]


def _unassigned(record: Record) -> Iterator[Remark]:
    """Measures that nobody is named for, where neither their section nor a table of the document assigns them."""
    if any(task.kind == "row" and task.assignments for task in record.tasks):
        return
    assigned = {section for task in record.tasks if task.assignments for section in _stems(task)}
    duties = [task.text for task in record.tasks if task.assignments]
    open_: dict[tuple[str, ...], list[Task]] = defaultdict(list)
    for task in record.tasks:
        if task.kind != "content" or task.assignments or set(_stems(task)) & assigned:
            continue
        if not any(fuzz.ratio(task.text, other) >= _SAME for other in duties):
            open_[task.section].append(task)
    for section, tasks in open_.items():
        name = _short(section[-1]) if section else ""
        yield make_remark(
            "measures-unassigned",
            f"Mục “{name}”: {len(tasks)} nhiệm vụ không giao cho cơ quan nào ({_ids(tasks)}).",
            f"Section “{name}”: {_several(len(tasks), 'measure')} assigned to nobody ({_ids(tasks)}).",
            [task.span for task in tasks],
        )


def _stems(task: Task) -> Iterator[tuple[str, ...]]:
    """Yield the sections that an assignment in this task speaks for: its own and the one above, the top one left out."""
    for depth in range(len(task.section), max(1, len(task.section) - 2), -1):
        yield task.section[:depth]


def _undated(record: Record, wrong_dates: Sequence[Span]) -> Iterator[Remark]:
    """One remark for all statements without a deadline; the clause that only says who carries out a decision needs none."""
    duties = [task for task in record.tasks if task.kind == "duty" and task.assignments and not _is_execution(task)]
    undated = [task for task in duties if task.timing is None and not _holds(task, wrong_dates)]
    if undated and len(duties) > 1:
        yield make_remark(
            "no-timing",
            f"{len(undated)} trong {len(duties)} câu giao việc không ghi thời hạn: {_ids(undated)}.",
            f"{len(undated)} of {len(duties)} statements of duties without a deadline: {_ids(undated)}.",
            _spans(undated),
        )


def _holds(task: Task, places: Sequence[Span]) -> bool:
    return any(part.start <= place.start < part.end for part in task.spans or (task.span,) for place in places)


def _is_execution(task: Task) -> bool:
    return all(one.rule.startswith(_EXECUTION) for one in task.assignments)


_EXECUTION = "phrase:chịu trách nhiệm"


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("s" if count > 1 else "")


def _spans(tasks: Sequence[Task]) -> list[Span]:
    return [task.span for task in tasks]


def _ids(tasks: Sequence[Task]) -> str:
    listed = ", ".join(task.id for task in tasks[:_LISTED])
    return listed + (" …" if len(tasks) > _LISTED else "")


def _short(text: str, most: int = 70) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"
