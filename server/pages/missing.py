"""The page for what is not there: it says so in both languages and offers what comes near."""

import re

from starlette.requests import Request
from starlette.responses import Response

from ontology.errors import ReleaseError
from queries.search import KINDS, Hit, search
from server.rendering import render_page

_SEPARATORS = re.compile(r"[\W_]+")


def near_matches(request: Request, iri: str) -> tuple[Hit, ...]:
    """Return things whose names come near the end of ``iri``, those of its own kind first; none before the first publish."""
    try:
        release = request.app.state.site.release()
    except ReleaseError:
        return ()
    words = [word for word in _SEPARATORS.split(iri.rsplit("/", 1)[-1]) if word]
    own = next((kind for kind in KINDS if f"/{kind}/" in iri), None)
    for kind in dict.fromkeys((own, None)):
        for length in range(len(words), 0, -1):
            found = search(release.search_path, " ".join(words[:length]), kind=kind, limit=6)
            if found.hits:
                return found.hits
    return ()


def not_found(request: Request, iri: str = "") -> Response:
    """Answer 404 with near matches."""
    sought = iri or request.url.path
    return render_page(request, "missing.html", {"sought": sought, "near": near_matches(request, sought)}, status=404)
