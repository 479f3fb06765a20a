"""A document: its text with every recognised stretch marked, beside its facts; and its place among other documents."""

from collections.abc import Mapping
from functools import cache

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ontology.registry import load_registry
from queries.catalogue import ask
from queries.release import Release
from server.languages import mark
from server.links import Links, join_iri
from server.pages.asking import Quotes, Row, ask_page, group_rows, merge_evidence, read_place
from server.pages.corrections import read_marks
from server.pages.lineage import describe_lineage, show_lineage
from server.pages.missing import not_found
from server.pages.tasks import task_lines
from server.reading import Mark, Shown, lay_out_reading
from server.rendering import Reader, render_page
from server.site import Site

KINDS: Mapping[str, str] = {
    "agency": mark("Cơ quan và vai trò"),
    "task": mark("Nhiệm vụ"),
    "timing": mark("Thời gian"),
    "citation": mark("Văn bản viện dẫn"),
    "component": mark("Dự án, tiểu dự án"),
    "figure": mark("Mục tiêu, kinh phí"),
    "reporting": mark("Chế độ báo cáo"),
    "header": mark("Thể thức văn bản"),
    "finding": mark("Phát hiện"),
    "corrected": mark("Hiệu đính"),
}
"""Kinds of marks in a document's text, in the order of the legend."""


@cache
def _split_names() -> tuple[str, ...]:
    """Return the registered names with a hyphen inside, which a line break may have cut there."""
    return tuple(agency.name for agency in load_registry().agencies.values() if " - " in agency.name)


def show_document(request: Request) -> Response:
    """Show a document with its text; one that is cited but not held leads on to its place among the others."""
    site: Site = request.app.state.site
    release = site.release()
    reader = Reader(request)
    iri = join_iri("document", request.path_params["path"])
    rows = ask_page(release, "document", document=iri, language=reader.language) if _known(release, iri) else []
    if not rows:
        return not_found(request, iri)
    text = release.text(iri)
    if text is None:
        return RedirectResponse(reader.links.url(f"/decree/{request.path_params['path']}"), 303)
    language = reader.language
    quotes = Quotes(release)
    tasks = task_lines(
        ask_page(release, "document-tasks", document=iri),
        ask_page(release, "document-assignments", document=iri, language=language),
    )
    marks = ask_page(release, "document-marks", document=iri)
    correction_marks = read_marks(release, language)
    return render_page(
        request,
        "document.html",
        {
            "document": rows[0],
            "iri": iri,
            "lists": group_rows(ask_page(release, "document-lists", document=iri, language=language), "what"),
            "blocks": _reading(text, marks, reader),
            "outline": [
                (row, read_place(row["evidence"])) for row in ask_page(release, "document-outline", document=iri)
            ],
            "kinds": {
                kind: reader.say(name) for kind, name in KINDS.items() if any(row["kind"] == kind for row in marks)
            },
            "tasks": tasks,
            "relations": merge_evidence(
                ask_page(release, "document-relations", document=iri, language=language), quotes
            ),
            "findings": merge_evidence(ask_page(release, "document-findings", document=iri, language=language), quotes),
            "length": len(text),
            "marks": correction_marks,
            "corrections": correction_marks.count(iri),
        },
    )


def _known(release: Release, iri: str) -> bool:
    return bool(ask_page(release, "document-cards", document=iri))


def _reading(text: str, rows: list[Row], reader: Reader) -> tuple[Shown, ...]:
    marks = []
    read_off = {row["evidence"] for row in rows if row["kind"] != "place"}
    for row in rows:
        place = read_place(row["evidence"])
        if place is None or place.end > len(text) or (row["kind"] == "place" and row["evidence"] in read_off):
            continue
        kind = str(row["kind"])
        says = ": ".join(
            part for part in (reader.say(KINDS[kind]) if kind in KINDS else "", str(row["label"] or "")) if part
        )
        marks.append(Mark(place.start, place.end, kind, says, _mark_address(row, reader.links), str(row["role"] or "")))
    return lay_out_reading(text, marks, _split_names())


def _mark_address(row: Row, links: Links) -> str | None:
    target = row["target"]
    if target is None or row["kind"] in ("header", "section", "place"):
        return None
    return links.page(str(target))


def show_decree(request: Request) -> Response:
    """Show a document's place among the others: what hangs on it, what it stands on, what came before and after."""
    site: Site = request.app.state.site
    release = site.release()
    reader = Reader(request)
    iri = join_iri("document", request.path_params["path"])
    if not _known(release, iri):
        return not_found(request, iri)
    language = reader.language
    quotes = Quotes(release)
    lineage = describe_lineage(release, iri, reader)
    dependants = merge_evidence(ask_page(release, "dependants", document=iri, language=language), quotes)
    return render_page(
        request,
        "decree.html",
        {
            "document": ask_page(release, "document", document=iri, language=language)[0],
            "iri": iri,
            "lists": group_rows(ask_page(release, "document-lists", document=iri, language=language), "what"),
            "dependants": dependants,
            "implementing": list(ask(release, "implementing-documents", decree=iri, language=language)),
            "bases": [step for step in lineage.steps if step.source == iri and step.relation != "succeeds"],
            "succession": [_succession(row) for row in ask(release, "succession", document=iri, language=language)],
            "results": ask_page(release, "result-of", document=iri),
            "tasks": len(ask(release, "tasks-under-decree", decree=iri, language=language)),
            "lineage": lineage,
            "picture": show_lineage(site, lineage, reader),
            "picture_path": f"/lineage/document/{request.path_params['path']}.svg",
        },
    )


def _succession(row: Row) -> dict[str, object]:
    return {
        **row,
        "later_place": read_place(row["later_evidence"]),
        "earlier_place": read_place(row["earlier_evidence"]),
    }


routes = [Route("/document/{path:path}", show_document), Route("/decree/{path:path}", show_decree)]
