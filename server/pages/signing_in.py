"""The door to the maintainers' pages: signing in and out, and who may send which form.

Nothing secret stands in an address; each form brings back its session's word, and what a browser says comes from another site is refused.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial, wraps
from urllib.parse import parse_qsl, urlsplit

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.desk import Desk
from server.rendering import Reader, render_page
from server.sessions import COOKIE, LIFETIME, Session, same_secret

_LONGEST_FORM = 64 * 1024
_WRONG_TOKEN_SECONDS = 0.5
"""What a wrong token costs its sender, and nobody else."""
_NO_STORE = {"Cache-Control": "no-store"}

Form = Mapping[str, str]
Handler = Callable[[Request, Desk, Session], Response]
FormHandler = Callable[[Request, Desk, Session, Form], Response]


def desk_of(request: Request) -> Desk:
    """Return the desk of the site that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


def show_page(request: Request, template: str, values: Mapping[str, object], status: int = 200) -> Response:
    """Render a page that nobody keeps."""
    return render_page(request, template, values, status=status, headers=_NO_STORE)


def lead_to(request: Request, path: str, **parameters: object) -> RedirectResponse:
    """Lead to another page of this site."""
    return RedirectResponse(Reader(request).links.url(path, parameters), 303, headers=_NO_STORE)


def _own_site(request: Request) -> bool:
    """Tell whether a browser says that a form comes from this site; older browsers say nothing, and the form's word decides."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin", "null")  # our own pages send none: their policy is no-referrer
    return origin == "null" or urlsplit(origin).netloc == request.url.netloc


async def _read_form(request: Request) -> dict[str, str] | None:
    """Return the fields of a form, ``None`` where it is no form or too large."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        return None
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            return None
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=60))
    except ValueError:
        return None


def _refuse(request: Request, status: int = 403) -> Response:
    return show_page(request, "maintainer_refused.html", {}, status)


def signed_in(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Let only maintainers in; others are led to the door, and back here afterwards."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        desk = desk_of(request)
        session = desk.sessions.find(request.cookies.get(COOKIE))
        if session is None:
            back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return lead_to(request, "/maintainer/login", next=back)
        return await to_thread.run_sync(partial(handler, request, desk, session))

    return answer


def signed_form(handler: FormHandler) -> Callable[[Request], Awaitable[Response]]:
    """Take a form from a maintainer: with a session, its word, and from this site."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        desk = desk_of(request)
        session = desk.sessions.find(request.cookies.get(COOKIE))
        form = await _read_form(request)
        if session is None or form is None or not _own_site(request) or not _has_word(session, form):
            return _refuse(request)
        return await to_thread.run_sync(partial(handler, request, desk, session, form))

    return answer


def _has_word(session: Session, form: Form) -> bool:
    return same_secret(form.get("csrf", ""), session.csrf)


def _safe_next(path: str | None) -> str:
    """Return where to go after signing in: a maintainers' page of this site, nothing else.

    >>> _safe_next("/maintainer/correct?document=a"), _safe_next("https://elsewhere.example/maintainer"), _safe_next("/maintainer//x")
    ('/maintainer/correct?document=a', '/maintainer', '/maintainer')
    """
    parts = urlsplit(path or "")
    inside = parts.path == "/maintainer" or parts.path.startswith("/maintainer/")
    return (
        path if path and inside and not parts.netloc and not parts.scheme and "//" not in parts.path else "/maintainer"
    )


def show_login(request: Request) -> Response:
    """Show the door."""
    values = {"next": _safe_next(request.query_params.get("next")), "who": "", "wrong": False}
    return show_page(request, "maintainer_login.html", values)


async def log_in(request: Request) -> Response:
    """Begin a session for whoever gives the token and a name."""
    form = await _read_form(request)
    if form is None or not _own_site(request):
        return _refuse(request)
    who, target = " ".join(form.get("who", "").split())[:120], _safe_next(form.get("next"))
    cookie = desk_of(request).sessions.begin(form.get("token", ""), who) if who else None
    if cookie is None:
        await anyio.sleep(_WRONG_TOKEN_SECONDS)
        return show_page(request, "maintainer_login.html", {"next": target, "who": who, "wrong": True}, 403)
    answer = RedirectResponse(target, 303, headers=_NO_STORE)
    answer.set_cookie(
        COOKIE,
        cookie,
        max_age=int(LIFETIME),
        path="/maintainer",
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


def log_out(request: Request, desk: Desk, _session: Session, _form: Form) -> Response:
    """End the session."""
    desk.sessions.end(request.cookies.get(COOKIE))
    answer = lead_to(request, "/corrections")
    answer.delete_cookie(COOKIE, path="/maintainer", httponly=True, samesite="strict")
    return answer


routes = [
    Route("/maintainer/login", show_login, methods=["GET"]),
    Route("/maintainer/login", log_in, methods=["POST"]),
    Route("/maintainer/logout", signed_form(log_out), methods=["POST"]),
]
