"""The site: pages, JSON routes, dereferenceable IRIs and the SPARQL endpoint as one ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio import to_thread
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from ontology.errors import DaumoiError, ReleaseError
from server import api, api_page, identifiers
from server.desk import Desk
from server.headers import SecurityHeaders
from server.page_cache import PageCache
from server.pages import (
    agencies,
    components,
    corpus,
    corrections,
    documents,
    lineage,
    maintaining,
    missing,
    questions,
    tasks,
    vocabulary,
)
from server.places import STATIC
from server.reconciling import routes as reconciling
from server.rendering import render_page
from server.settings import Settings
from server.site import Site
from server.sparql import SparqlEndpoint
from server.statuses import status_of
from viz.lineage import STYLESHEET

_MODULES = (
    questions,
    corpus,
    corrections,
    agencies,
    components,
    tasks,
    lineage,
    documents,
    vocabulary,
    identifiers,
    api,
    api_page,
    reconciling,
)


def create_app(home: Path, settings: Settings | None = None) -> FastAPI:
    """Return the site on the releases under the data folder ``home``."""
    site = Site(home, settings or Settings())

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await to_thread.run_sync(site.warm)
        yield
        site.close()
        if site.settings.maintained:
            app.state.desk.close()

    # The description of the API is our own, from the catalogue of queries; the framework's page would fetch from elsewhere.
    app = FastAPI(title="Đầu mối", lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.site = site
    for module in _MODULES:
        app.router.routes.extend(module.routes)
    if site.settings.maintained:
        app.state.desk = Desk(site)
        app.router.routes.extend(maintaining.routes)
    app.router.routes.append(Route("/sparql", SparqlEndpoint(site)))
    app.router.routes.append(Route("/static/lineage.css", _lineage_style))
    app.mount("/static/vendor", StaticFiles(directory=site.settings.vendor, check_dir=False))
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_exception_handler(DaumoiError, _show_error)
    app.add_exception_handler(HTTPException, _show_status)
    app.add_exception_handler(Exception, _show_defect)
    app.add_middleware(PageCache, site=site)
    app.add_middleware(SecurityHeaders)
    return app


def _lineage_style(_request: Request) -> Response:
    return Response(STYLESHEET.read_text("utf-8"), media_type="text/css")


def _show_error(request: Request, error: Exception) -> Response:
    """Show an error of ours, as the route it came from speaks: JSON or a page."""
    assert isinstance(error, DaumoiError)
    if request.url.path.startswith("/api"):
        return api.api_error(error)
    unpublished = isinstance(error, ReleaseError)
    return render_page(request, "error.html", {"error": error, "unpublished": unpublished}, status=status_of(error))


def _show_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return missing.not_found(request)
    values = {"error": None, "unpublished": False, "status": error.status_code}
    return render_page(request, "error.html", values, status=error.status_code, headers=error.headers)


def _show_defect(request: Request, _error: Exception) -> Response:
    """Show that the program has a defect; what it is stands in the log."""
    return render_page(request, "error.html", {"error": None, "unpublished": False, "status": 500}, status=500)
