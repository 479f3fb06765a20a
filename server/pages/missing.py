"""The page for what is not there: it says so in both languages and offers what comes near."""

from starlette.requests import Request
from starlette.responses import Response

from ontology.errors import ReleaseError
from queries.search import Hit, suggest
from server.rendering import render_page


def near_matches(request: Request, text: str) -> tuple[Hit, ...]:
    """Return things whose names come near ``text``; none where nothing was published yet."""
    try:
        release = request.app.state.site.release()
    except ReleaseError:
        return ()
    words = text.replace("-", " ").replace("/", " ")
    for length in range(len(words.split()), 0, -1):
        hits = suggest(release.search_path, " ".join(words.split()[:length]), limit=6)
        if hits:
            return hits
    return ()


def not_found(request: Request, iri: str = "") -> Response:
    """Answer 404 with near matches."""
    sought = (iri or request.url.path).rsplit("/", 1)[-1]
    return render_page(
        request, "missing.html", {"sought": iri or request.url.path, "near": near_matches(request, sought)}, status=404
    )
