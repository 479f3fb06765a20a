"""The page about the JSON routes: the API browser from npm where it is installed, a plain list always."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queries.catalogue import load_catalogue
from server.headers import EDITOR_POLICY
from server.rendering import render_page
from server.site import Site


def show_api(request: Request) -> Response:
    """Show the JSON routes."""
    site: Site = request.app.state.site
    return render_page(
        request,
        "api.html",
        {"queries": list(load_catalogue().values()), "has_browser": site.has("swagger-ui.js")},
        headers={"Content-Security-Policy": EDITOR_POLICY},
    )


routes = [Route("/docs", show_api)]
