"""The page of an agency or group: who it is, and its tasks by role, stated and inherited apart."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queries.answer import Value
from queries.release import Release
from server.links import join_iri
from server.pages.asking import Quotes, Row, ask_page, group_rows, merge_evidence
from server.pages.corrections import read_marks
from server.pages.missing import not_found
from server.pages.tasks import ROLE_ORDER
from server.rendering import Reader, render_page
from server.site import Site


def show_agency(request: Request) -> Response:
    """Show one agency or group."""
    return _show(request, "agency")


def show_group(request: Request) -> Response:
    """Show one collective agent."""
    return _show(request, "group")


def _show(request: Request, kind: str) -> Response:
    site: Site = request.app.state.site
    release = site.release()
    reader = Reader(request)
    iri = join_iri(kind, request.path_params["path"])
    rows = ask_page(release, "agency", agency=iri, language=reader.language)
    if not rows:
        return not_found(request, iri)
    tasks = ask_page(release, "agency-tasks", agency=iri, language=reader.language)
    quotes = Quotes(release)
    changes = _changes(ask_page(release, "agency-changes", agency=iri, language=reader.language))
    stated = [row for row in tasks if row["group"] is None]
    inherited = [row for row in tasks if row["group"] is not None]
    return render_page(
        request,
        "agency.html",
        {
            "agency": rows[0],
            "iri": iri,
            "kind": kind,
            "lists": group_rows(ask_page(release, "agency-lists", agency=iri, language=reader.language), "what"),
            "changes": changes,
            "holders": [one for one in changes if one["row"]["what"] == "mandate"],
            "roles": _by_role(stated, quotes),
            "decrees": group_rows(_decrees(release, tasks), "document"),
            "stated_count": len({row["task"] for row in stated}),
            "inherited": {
                group: merge_evidence(same, quotes)
                for group, same in group_rows(inherited, "group", "group_label").items()
            },
            "marks": read_marks(release, reader.language),
            "inherited_count": len({row["task"] for row in inherited}),
        },
    )


def _changes(rows: Sequence[Row]) -> list[Mapping[str, Any]]:
    """Return one entry for each event: its first row, and the rows of the agencies before and after it."""
    return [
        {
            "row": same[0],
            "before": [row for row in same if row["side"] == "before"],
            "after": [row for row in same if row["side"] == "after"],
        }
        for same in group_rows(rows, "event").values()
    ]


def _decrees(release: Release, tasks: Sequence[Row]) -> list[Row]:
    documents: list[Value] = sorted({str(row["document"]) for row in tasks})
    return ask_page(release, "document-decrees", document=documents) if documents else []


def _by_role(rows: Sequence[Row], quotes: Quotes) -> list[tuple[Row, list[object]]]:
    groups = group_rows(rows, "role")
    ranked = sorted(groups, key=lambda key: ROLE_ORDER.index(str(key[0])) if key[0] in ROLE_ORDER else 99)
    return [(groups[key][0], list(merge_evidence(groups[key], quotes))) for key in ranked]


routes = [Route("/agency/{path:path}", show_agency), Route("/group/{path:path}", show_group)]
