"""Asking: the home page with the question as a sentence, its answer, the named queries, and the comparison of periods."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ontology.errors import DaumoiError, ParameterError, UnknownQuery
from ontology.folding import fold_plain
from ontology.records import Role
from queries.answer import Iri
from queries.catalogue import NamedQuery, ask, load_catalogue
from queries.competency import THEMES, load_questions
from queries.release import Release
from server.api import read_given
from server.links import split_iri
from server.pages.asking import Row, ask_page, group_rows
from server.pages.corrections import read_marks
from server.pages.missing import not_found
from server.rendering import Reader, render_page
from server.site import Site

_SHOWN_ROWS = 400
"""Rows that a page of answers shows; it says how many there are, and the CSV has them all."""


def show_home(request: Request) -> Response:
    """Show the question, what the corpus holds, and where to begin."""
    site: Site = request.app.state.site
    release = site.release()
    reader = Reader(request)
    choices = _choices(release, reader)
    busiest = max(choices["decrees"], key=lambda row: (row["tasks"], str(row["decree_label"])), default=None)
    return render_page(
        request,
        "home.html",
        {
            "choices": choices,
            "example": {"decree": busiest, "period": next(reversed(choices["periods"]), None)},
            "asked": {"role": "lead", "text": "", "decree": "", "period": ""},
            "counts": release.manifest.counts,
            "documents": ask_page(release, "held-documents", language=reader.language),
        },
    )


def _choices(release: Release, reader: Reader) -> dict[str, Any]:
    language = reader.language
    roles = ask_page(release, "roles", language=language)
    labels = {str(row["role"]): str(row["role_label"]) for row in roles}
    return {
        "roles": [(role.value, labels.get(role.value, role.value)) for role in Role],
        "decrees": [row for row in ask_page(release, "decrees", language=language) if row["decree_label"]],
        "periods": [str(row["period"]) for row in ask_page(release, "periods", language=language)],
    }


def show_answer(request: Request) -> Response:
    """Answer the question of the home page; the address holds the whole question."""
    site: Site = request.app.state.site
    release = site.release()
    reader = Reader(request)
    asked = {
        name: request.query_params.get(name, "").strip() for name in ("role", "text", "decree", "period", "agency")
    }
    asked["role"] = asked["role"] or "lead"
    given = {name: value for name, value in asked.items() if value and name != "text"}
    error: DaumoiError | None = None
    rows: list[Row] = []
    query = load_catalogue()["leads"]
    try:
        rows = list(query.ask(release.store, {**given, "language": reader.language}))
    except ParameterError as wrong:
        error = wrong
    rows = [row for row in rows if _matches(row, asked["text"])]
    assignments = group_rows(rows, "assignment")
    shown = dict(list(assignments.items())[:_SHOWN_ROWS])
    by_agency = group_rows((same[0] for same in shown.values()), "agency", "agency_label")
    return render_page(
        request,
        "answer.html",
        {
            "choices": _choices(release, reader),
            "asked": asked,
            "error": error,
            "agencies": by_agency,
            "decrees": {key[0]: _decrees(same) for key, same in shown.items()},
            "total": len(assignments),
            "task_total": len({row["task"] for row in rows}),
            "agency_total": len({row["agency"] for row in rows}),
            "shown": len(shown),
            "marks": read_marks(release, reader.language),
            "sparql": query.bind(release.store, {**given, "language": reader.language}) if not error else "",
            "api": "/api/leads?" + urlencode(given),
            "csv": "/api/leads.csv?" + urlencode({**given, "excel": "1"}),
            "open_editor": reader.links.url("/sparql"),
        },
        status=400 if error else 200,
    )


def _matches(row: Row, text: str) -> bool:
    words = fold_plain(text).split()
    where = fold_plain(" ".join(str(row[name] or "") for name in ("task_text", "component_label", "agency_label")))
    return all(word in where for word in words)


_ROUTES = ("itself", "direct", "inferred", "through")


def _decrees(rows: Sequence[Row]) -> list[Row]:
    """Return the decrees that an assignment falls under, the nearest first."""
    unique = {row["decree"]: row for row in reversed(rows)}
    return sorted(unique.values(), key=lambda row: (_ROUTES.index(str(row["route"])), str(row["decree_label"])))


def list_queries(request: Request) -> Response:
    """Show all named queries."""
    site: Site = request.app.state.site
    site.release()
    return render_page(request, "queries.html", {"queries": list(load_catalogue().values())})


def list_competency_questions(request: Request) -> Response:
    """Show the competency questions by theme, each with its query, to be opened in the editor."""
    reader = Reader(request)
    questions = load_questions()
    themes = [
        (reader.pick(*words), [one for one in questions if one.theme == theme]) for theme, words in THEMES.items()
    ]
    return render_page(request, "competency.html", {"themes": themes, "total": len(questions)})


def show_query(request: Request) -> Response:
    """Show one named query: its form, its rows, its SPARQL."""
    site: Site = request.app.state.site
    release = site.release()
    reader = Reader(request)
    try:
        query = load_catalogue()[request.path_params["name"]]
    except UnknownQuery:
        return not_found(request)
    given = read_given(request)
    error: DaumoiError | None = None
    rows: Sequence[Sequence[Any]] = ()
    sparql = query.text
    total = 0
    if _can_run(query, given):
        try:
            values = {**_in_language(query, reader), **given}
            answer = query.ask(release.store, values)
            rows, total, sparql = answer.rows[:_SHOWN_ROWS], len(answer), query.bind(release.store, values)
        except DaumoiError as wrong:
            error = wrong
    address = urlencode({name: value for name, value in given.items() if value}, doseq=True)
    return render_page(
        request,
        "query.html",
        {
            "query": query,
            "given": given,
            "error": error,
            "ran": _can_run(query, given) and error is None,
            "header": [(i, column) for i, column in enumerate(query.columns) if column.name not in _hidden(query)],
            "labels": _label_columns(query),
            "wordy": _wordy(query, rows),
            "rows": rows,
            "total": total,
            "sparql": sparql,
            "is_iri": lambda cell: isinstance(cell, Iri),
            "is_day": lambda cell: isinstance(cell, datetime.date),
            "ours": lambda cell: split_iri(str(cell)) is not None,
            "api": f"/api/{query.name}" + (f"?{address}" if address else ""),
            "csv": f"/api/{query.name}.csv?{address}{'&' if address else ''}excel=1",
        },
        status=400 if error else 200,
    )


def _can_run(query: NamedQuery, given: Mapping[str, Any]) -> bool:
    return all(given.get(p.name) or p.default for p in query.parameters if p.required)


def _in_language(query: NamedQuery, reader: Reader) -> dict[str, str]:
    return {"language": reader.language} if any(p.name == "language" for p in query.parameters) else {}


def _label_columns(query: NamedQuery) -> dict[int, int]:
    """Return for each column that names a thing the column that says what it is called."""
    at = {column.name: i for i, column in enumerate(query.columns)}
    found = {}
    for name, i in at.items():
        label = next((at[f"{name}{end}"] for end in ("_label", "_text", "_title") if f"{name}{end}" in at), None)
        if label is not None:
            found[i] = label
    return found


_WORDY = 60
"""Characters from which a cell is text to read, and its column keeps the room for it."""


def _wordy(query: NamedQuery, rows: Sequence[Sequence[Any]]) -> set[int]:
    """Return the columns that show text to read."""
    labels = _label_columns(query)
    shown = {i: labels.get(i, i) for i in range(len(query.columns))}
    return {i for i, at in shown.items() if any(isinstance(row[at], str) and len(row[at]) > _WORDY for row in rows)}


def _hidden(query: NamedQuery) -> set[str]:
    """Return the columns that are shown inside the thing that they name."""
    return {query.columns[label].name for label in _label_columns(query).values()}


def show_comparison(request: Request) -> Response:
    """Show who led what in one period beside who leads it in the next."""
    site: Site = request.app.state.site
    release = site.release()
    reader = Reader(request)
    asked = {name: request.query_params.get(name, "").strip() for name in ("earlier", "later")}
    given = {name: value for name, value in asked.items() if value}
    error: DaumoiError | None = None
    rows: list[Row] = []
    agencies: list[Row] = []
    try:
        rows = list(ask(release, "leads-compared", language=reader.language, **given))
        agencies = list(ask(release, "agencies-compared", language=reader.language, **given))
    except ParameterError as wrong:
        error = wrong
    defaults = {p.name: p.default or "" for p in load_catalogue()["leads-compared"].parameters}
    return render_page(
        request,
        "compare.html",
        {
            "periods": [str(row["period"]) for row in ask_page(release, "periods", language=reader.language)],
            "asked": {name: asked[name] or defaults[name] for name in asked},
            "rows": rows,
            "agencies": agencies,
            "succession": list(ask(release, "succession", language=reader.language)),
            "error": error,
            "csv": "/api/leads-compared.csv?" + urlencode({**given, "excel": "1"}),
        },
        status=400 if error else 200,
    )


routes = [
    Route("/", show_home),
    Route("/ask", show_answer),
    Route("/queries", list_queries),
    Route("/queries/competency", list_competency_questions),
    Route("/queries/{name}", show_query),
    Route("/compare", show_comparison),
]
