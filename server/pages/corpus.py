"""The corpus as a whole: search, findings, what is cited but not held, and what the site is and is not."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ontology.errors import DaumoiError
from queries.catalogue import ask
from queries.search import KINDS, search
from server.pages.asking import Quotes, ask_page, group_rows, merge_evidence
from server.rendering import Reader, render_page
from server.site import Site

_PAGE = 20


def show_search(request: Request) -> Response:
    """Show what a text finds, with the number of hits of each kind."""
    site: Site = request.app.state.site
    release = site.release()
    text = request.query_params.get("q", "").strip()[:200]
    kind = request.query_params.get("kind")
    kind = kind if kind in KINDS else None
    number = request.query_params.get("page", "1")
    page = max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    found = search(release.search_path, text, kind=kind, limit=_PAGE, offset=(page - 1) * _PAGE)
    total = found.counts.get(kind, 0) if kind else sum(found.counts.values())
    return render_page(
        request,
        "search.html",
        {
            "text": text,
            "kind": kind,
            "kinds": KINDS,
            "hits": found.hits,
            "counts": found.counts,
            "total": total,
            "page_number": page,
            "pages": -(-total // _PAGE),
        },
    )


def show_findings(request: Request) -> Response:
    """Show all that is wrong or open, by kind; and what is cited but not held."""
    site: Site = request.app.state.site
    release = site.release()
    language = Reader(request).language
    rows = ask_page(release, "document-findings", language=language)
    groups = group_rows(rows, "code", "code_label", "severity", "severity_label")
    quotes = Quotes(release)
    rank = {"error": 0, "warning": 1, "info": 2}
    ordered = sorted(groups.items(), key=lambda item: (rank.get(str(item[0][2]), 3), str(item[0][0])))
    return render_page(
        request,
        "findings.html",
        {
            "groups": [(key, merge_evidence(same, quotes)) for key, same in ordered],
            "total": len({row["finding"] for row in rows}),
            "missing": list(ask(release, "cited-not-held", language=language)),
        },
    )


def show_about(request: Request) -> Response:
    """Show what the site is, how it reads, and what it cannot say."""
    site: Site = request.app.state.site
    release = site.release()
    language = Reader(request).language
    return render_page(
        request,
        "about.html",
        {
            "manifest": release.manifest,
            "roles": ask_page(release, "roles", language=language),
            "seconds": site.settings.query_seconds,
        },
    )


def tell_health(request: Request) -> Response:
    """Answer 200 with the id of the current release, 503 where there is none that opens."""
    site: Site = request.app.state.site
    try:
        return PlainTextResponse(f"ok {site.release().id}\n", headers={"Cache-Control": "no-store"})
    except DaumoiError as error:
        return PlainTextResponse(f"{error}\n", 503, headers={"Cache-Control": "no-store"})


def tell_robots(_request: Request) -> Response:
    """Keep robots off the endpoint, where each request costs a query."""
    return PlainTextResponse("User-agent: *\nDisallow: /sparql\nDisallow: /api/\nDisallow: /maintainer\n")


routes = [
    Route("/search", show_search),
    Route("/findings", show_findings),
    Route("/about", show_about),
    Route("/healthz", tell_health),
    Route("/robots.txt", tell_robots),
]
