"""Every IRI opens: ``/id/{kind}/{path}`` leads to a page or to data, as the client accepts (303); ``/data/…`` is the data.

Facts without a page of their own (an assignment, a citation, a quote) lead to their place in the document's text.
"""

import json
from io import BytesIO

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from queries.answer import Iri
from queries.binding import format_term
from queries.release import Release
from server.api import plain_value
from server.links import PAGE_KINDS, join_iri
from server.negotiation import choose_media_type
from server.pages.asking import ask_page, read_place
from server.pages.corrections import read_marks
from server.pages.missing import not_found
from server.rendering import Reader, render_page
from server.site import Site

DATA_TYPES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "json": "application/json",
}
_OFFERED = ("text/html", *DATA_TYPES.values())


def open_identifier(request: Request) -> Response:
    """Lead from an IRI's path to its page or its data; unknown things are 404 with what comes near."""
    kind, path = request.path_params["kind"], request.path_params["path"]
    release = request.app.state.site.release()
    suffix = next((name for name in DATA_TYPES if path.endswith(f".{name}")), None)
    if suffix is not None and not is_known(release, join_iri(kind, path)):
        path = path[: -len(suffix) - 1]
    else:
        suffix = None
    iri = join_iri(kind, path)
    if not is_known(release, iri):
        return not_found(request, iri)
    links = Reader(request).links
    chosen = DATA_TYPES[suffix] if suffix else choose_media_type(request.headers.get("accept"), _OFFERED)
    headers = {"Vary": "Accept", "Access-Control-Allow-Origin": "*"}
    if chosen is None:
        return PlainTextResponse("there are: " + ", ".join(_OFFERED) + "\n", 406, headers=headers)
    if chosen != "text/html":
        ending = next(name for name, media_type in DATA_TYPES.items() if media_type == chosen)
        return RedirectResponse(links.url(f"/data/{kind}/{path}.{ending}"), 303, headers=headers)
    return RedirectResponse(_page_of(release, kind, path, request), 303, headers=headers)


def _page_of(release: Release, kind: str, path: str, request: Request) -> str:
    links = Reader(request).links
    iri = join_iri(kind, path)
    if kind in PAGE_KINDS:
        return links.page(iri)
    if kind == "correction":
        return links.url("/corrections", fragment=path)
    places = sorted(
        place for row in ask_page(release, "fact-place", fact=iri) if (place := read_place(row["evidence"])) is not None
    )
    if places:
        return links.place(places[0].document, places[0].start, places[0].end)
    return links.url(f"/thing/{kind}/{path}")


def is_known(release: Release, iri: str) -> bool:
    """Tell whether anything is stated of ``iri``."""
    return release.store.holds(f"ASK {{ {format_term(Iri(iri))} ?p ?o }}")


def give_data(request: Request) -> Response:
    """Answer with what is stated of a thing, in the form that the suffix names."""
    site: Site = request.app.state.site
    release = site.release()
    name, _, suffix = request.path_params["path"].rpartition(".")
    iri = join_iri(request.path_params["kind"], name)
    if suffix not in DATA_TYPES or not is_known(release, iri):
        return not_found(request, iri)
    headers = {
        "Access-Control-Allow-Origin": "*",
        "X-Release": release.id,
        "Link": f'<{iri}>; rel="canonical"',
        "Content-Location": request.url.path,
    }
    if suffix == "json":
        return _as_json(release, iri, headers)
    out = BytesIO()
    media_type = release.store.serialise(_description(iri), out, DATA_TYPES[suffix])
    return Response(out.getvalue(), media_type=media_type, headers=headers)


def _description(iri: str) -> str:
    """Return the query for what is stated of a thing, and the quotes of its evidence with it."""
    term = format_term(Iri(iri))
    return f"""PREFIX dm: <https://w3id.org/daumoi/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ BIND({term} AS ?s) ?s ?p ?o }}
  UNION {{ {term} dm:evidence ?s . ?s ?p ?o }}
  UNION {{ {term} dm:evidence/oa:hasSelector ?s . ?s ?p ?o }}
}}"""


def _as_json(release: Release, iri: str, headers: dict[str, str]) -> Response:
    facts: dict[str, list[object]] = {}
    answer = release.store.select(f"SELECT ?p ?o {{ {format_term(Iri(iri))} ?p ?o }} ORDER BY ?p ?o")
    for predicate, value in answer.rows:
        facts.setdefault(str(predicate), []).append(plain_value(value))
    text = json.dumps({"ok": True, "iri": iri, "facts": facts, "release": release.id}, ensure_ascii=False, indent=1)
    return Response(text, media_type="application/json", headers=headers)


def show_thing(request: Request) -> Response:
    """Show what is stated of a thing that has no page of its own (a concept, a programme, an inference)."""
    site: Site = request.app.state.site
    release = site.release()
    iri = join_iri(request.path_params["kind"], request.path_params["path"])
    rows = list(release.store.select(f"SELECT ?p ?o {{ {format_term(Iri(iri))} ?p ?o }} ORDER BY ?p ?o"))
    if not rows:
        return not_found(request, iri)
    label = next((str(row["o"]) for row in rows if str(row["p"]).endswith(("#prefLabel", "/title", "#label"))), iri)
    data = f"/data/{request.path_params['kind']}/{request.path_params['path']}"
    return render_page(
        request,
        "thing.html",
        {
            "iri": iri,
            "label": label,
            "rows": rows,
            "is_iri": lambda cell: isinstance(cell, Iri),
            "data": data,
            "corrections": read_marks(release, Reader(request).language).of(iri),
        },
    )


routes = [
    Route("/id/{kind}/{path:path}", open_identifier),
    Route("/data/{kind}/{path:path}", give_data),
    Route("/thing/{kind}/{path:path}", show_thing),
]
