"""Tasks with their assignments, as tables show them; and the page of one task."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queries.release import Release
from server.links import join_iri
from server.pages.asking import Place, Quotes, Row, ask_page, merge_evidence, read_place
from server.pages.corrections import read_marks
from server.pages.lineage import describe_lineage, show_lineage
from server.pages.missing import not_found
from server.rendering import Reader, render_page
from server.site import Site

ROLE_ORDER = ("lead", "direct", "advise", "coordinate", "implement", "request", "counterpart", "receive_report")
"""The order in which roles are shown: who answers for the task first."""


@dataclass(frozen=True, slots=True)
class Who:
    """An agency in a role, with the place that says so."""

    agency: str
    label: str
    role: str
    role_label: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A line of a table of tasks: the task's own row, and who has what to do with it."""

    row: Row
    who: tuple[Who, ...]


def task_lines(tasks: Iterable[Row], assignments: Iterable[Row]) -> list[TaskLine]:
    """Join tasks with their assignments: those who answer for it first, then in the order of the text."""
    found: defaultdict[str, dict[tuple[str, str], Who]] = defaultdict(dict)
    for row in assignments:
        who = Who(
            str(row["agency"]), str(row["agency_label"] or ""), str(row["role"]), str(row["role_label"] or row["role"]),
            read_place(row["evidence"]),
        )  # fmt: skip
        found[str(row["task"])].setdefault((who.agency, who.role), who)

    def order(who: Who) -> tuple[int, int, str]:
        rank = ROLE_ORDER.index(who.role) if who.role in ROLE_ORDER else len(ROLE_ORDER)
        return rank, who.place.start if who.place else 0, who.label

    return [TaskLine(row, tuple(sorted(found[str(row["task"])].values(), key=order))) for row in tasks]


def show_task(request: Request) -> Response:
    """Show one task: who, when, what comes of it, each with its quote, and where it comes from."""
    site: Site = request.app.state.site
    release = site.release()
    reader = Reader(request)
    task = join_iri("task", request.path_params["path"])
    rows = ask_page(release, "task", task=task, language=reader.language)
    if not rows:
        return not_found(request, task)
    quotes = Quotes(release)
    who = merge_evidence(ask_page(release, "task-assignments", task=task, language=reader.language), quotes)
    who.sort(key=lambda said: ROLE_ORDER.index(str(said.row["role"])) if said.row["role"] in ROLE_ORDER else 99)
    places = _places(release, task)
    marks = read_marks(release, reader.language)
    lineage = describe_lineage(release, task, reader, rows[0])
    return render_page(
        request,
        "task.html",
        {
            "task": rows[0],
            "iri": task,
            "stated": [said for said in who if said.row["group"] is None],
            "inherited": [said for said in who if said.row["group"] is not None],
            "marks": marks,
            "corrections": marks.about_task(task),
            "places": [(place, quotes.words(place)) for place in places],
            "lineage": lineage,
            "picture": show_lineage(site, lineage, reader),
            "picture_path": f"/lineage/task/{request.path_params['path']}.svg",
        },
    )


def _places(release: Release, fact: str) -> list[Place]:
    rows = ask_page(release, "fact-place", fact=fact)
    return sorted(place for row in rows if (place := read_place(row["evidence"])) is not None)


routes = [Route("/task/{path:path}", show_task)]
