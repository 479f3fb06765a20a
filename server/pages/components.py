"""The page of a component: a document's *Dự án* or *Tiểu dự án*, or the national one that it carries out."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queries.catalogue import ask
from server.links import join_iri
from server.pages.asking import ask_page, group_rows, read_place
from server.pages.corrections import read_marks
from server.pages.missing import not_found
from server.pages.tasks import task_lines
from server.rendering import Reader, render_page
from server.site import Site


def show_component(request: Request) -> Response:
    """Show a component as one document heads it."""
    return _show(request, "component")


def show_national_component(request: Request) -> Response:
    """Show a component as the instrument of its phase lists it."""
    return _show(request, "national-component")


def _show(request: Request, kind: str) -> Response:
    site: Site = request.app.state.site
    release = site.release()
    reader = Reader(request)
    iri = join_iri(kind, request.path_params["path"])
    rows = ask_page(release, "component", component=iri, language=reader.language)
    if not rows:
        return not_found(request, iri)
    lines = task_lines(
        ask_page(release, "component-tasks", component=iri),
        ask_page(release, "component-assignments", component=iri, language=reader.language),
    )
    return render_page(
        request,
        "component.html",
        {
            "component": rows[0],
            "iri": iri,
            "place_of": read_place(rows[0]["evidence"]),
            "lists": group_rows(ask_page(release, "component-lists", component=iri), "what"),
            "tasks": lines,
            "marks": read_marks(release, reader.language),
            "succession": list(ask(release, "component-succession", component=iri, language=reader.language)),
            "budgets": [row for row in ask(release, "budgets", language=reader.language) if row["component"] == iri],
        },
    )


routes = [
    Route("/component/{path:path}", show_component),
    Route("/national-component/{path:path}", show_national_component),
]
