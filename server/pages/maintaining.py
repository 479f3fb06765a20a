"""The maintainers' pages: sign in, choose a fact, correct it or take a correction back. They exist only where a token is set.

Nothing here is cached, nothing secret stands in an address. Each form brings back its session's word, and what a browser says comes
from another site is refused.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial, wraps
from urllib.parse import parse_qsl, urlsplit

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from loaders.correcting.offered import OfferedFact
from ontology.corrections import FIELDS, SOURCES, Correction
from ontology.errors import CorrectionError, RegistryError
from ontology.records import CorrectionAction, FactKind, Recurrence, Relation, Role
from queries.catalogue import ask
from server.correction_rows import Wish, today
from server.desk import Desk
from server.field_names import CODES, KINDS
from server.pages.asking import Row, ask_page
from server.pages.missing import not_found
from server.reading_files import Reading
from server.rendering import Reader, render_page
from server.sessions import COOKIE, LIFETIME, Session, same_secret

_LONGEST_FORM = 64 * 1024
_WRONG_TOKEN_SECONDS = 0.5
"""What a wrong token costs its sender, and nobody else."""
_NO_STORE = {"Cache-Control": "no-store"}
_SHOWN = 300
"""Facts listed at once; a filter finds the others."""

Form = Mapping[str, str]
Handler = Callable[[Request, Desk, Session], Response]
FormHandler = Callable[[Request, Desk, Session, Form], Response]


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _page(request: Request, template: str, values: Mapping[str, object], status: int = 200) -> Response:
    return render_page(request, template, values, status=status, headers=_NO_STORE)


def _go(request: Request, path: str, **parameters: object) -> RedirectResponse:
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
    return _page(request, "maintainer_refused.html", {}, status)


def signed_in(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Let only maintainers in; others are led to the door, and back here afterwards."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        desk = _desk(request)
        session = desk.sessions.find(request.cookies.get(COOKIE))
        if session is None:
            back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return _go(request, "/maintainer/login", next=back)
        return await to_thread.run_sync(partial(handler, request, desk, session))

    return answer


def signed_form(handler: FormHandler) -> Callable[[Request], Awaitable[Response]]:
    """Take a form from a maintainer: with a session, its word, and from this site."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        desk = _desk(request)
        session = desk.sessions.find(request.cookies.get(COOKIE))
        form = await _read_form(request)
        if session is None or form is None or not _own_site(request) or not _has_word(session, form):
            return _refuse(request)
        return await to_thread.run_sync(partial(handler, request, desk, session, form))

    return answer


def _has_word(session: Session, form: Form) -> bool:
    return same_secret(form.get("csrf", ""), session.csrf)


# Signing in ----------------------------------------------------------------------------------------------------------


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
    return _page(request, "maintainer_login.html", values)


async def log_in(request: Request) -> Response:
    """Begin a session for whoever gives the token and a name."""
    form = await _read_form(request)
    if form is None or not _own_site(request):
        return _refuse(request)
    who, target = " ".join(form.get("who", "").split())[:120], _safe_next(form.get("next"))
    cookie = _desk(request).sessions.begin(form.get("token", ""), who) if who else None
    if cookie is None:
        await anyio.sleep(_WRONG_TOKEN_SECONDS)
        return _page(request, "maintainer_login.html", {"next": target, "who": who, "wrong": True}, 403)
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
    answer = _go(request, "/corrections")
    answer.delete_cookie(COOKIE, path="/maintainer", httponly=True, samesite="strict")
    return answer


# The desk ------------------------------------------------------------------------------------------------------------


def show_desk(request: Request, desk: Desk, session: Session) -> Response:
    """Show how the table stands: what is not published yet, and whether a publish is under way."""
    release = desk.site.release()
    published = list(ask(release, "corrections", language=Reader(request).language))
    shown = {str(row["id"]): row for row in published}
    try:
        rows, wrong = desk.rows(), None
    except RegistryError as error:
        rows, wrong = (), error
    waiting = [row for row in rows if not _is_shown(row, shown.get(row.id))]
    return _page(
        request,
        "maintainer.html",
        {
            "session": session,
            "waiting": waiting,
            "kinds": KINDS,
            "flagged": [row for row in shown.values() if row["status"] == "flagged"],
            "wrong": wrong,
            "progress": desk.republisher.progress,
            "possible": desk.republisher.possible,
            "table": str(desk.table.name),
            "done": request.query_params.get("done", ""),
            "documents": ask_page(release, "held-documents", language=Reader(request).language),
        },
    )


def _is_shown(row: Correction, shown: Row | None) -> bool:
    """Tell whether the release has a row of the table as it stands now."""
    return (
        shown is not None
        and (row.who, row.why) == (shown["by"], shown["reason"])
        and row.withdrawn == (shown["withdrawn_on"] is not None)
    )


def publish_again(request: Request, desk: Desk, _session: Session, _form: Form) -> Response:
    """Publish again."""
    desk.republisher.start()
    return _go(request, "/maintainer")


# Correcting ----------------------------------------------------------------------------------------------------------


def show_correct(request: Request, desk: Desk, session: Session) -> Response:
    """Show the facts of a document to choose from or, for a chosen one, the form."""
    document = request.query_params.get("document", "")
    found = desk.facts(document)
    if found is None:
        return not_found(request, document)
    reading, facts = found
    given = request.query_params
    kind = given.get("kind") if given.get("kind") in set(FactKind) else None
    if given.get("action") == CorrectionAction.ADD and kind is not None:
        return _show_form(request, desk, session, reading, None, dict(given), None)
    if kind is not None and "key" in given:
        fact = _chosen(facts, FactKind(kind), given["key"], given.get("field"), given.get("hash", ""))
        if fact is not None:
            return _show_form(request, desk, session, reading, fact, dict(given), None)
    return _show_facts(request, session, reading, facts, kind)


def _chosen(
    facts: list[OfferedFact], kind: FactKind, key: str, field: str | None, text_hash: str
) -> OfferedFact | None:
    key = "" if kind is FactKind.HEADER else key
    alike = [f for f in facts if f.kind is kind and f.key == key and (kind is not FactKind.HEADER or field in f.values)]
    return next((f for f in alike if f.text_hash == text_hash), alike[0] if alike else None)


def _span(request: Request) -> tuple[int, int] | None:
    first, _, last = request.query_params.get("at", "").partition("-")
    return (int(first), int(last)) if first.isdecimal() and last.isdecimal() and len(first + last) < 18 else None


def _show_facts(
    request: Request, session: Session, reading: Reading, facts: list[OfferedFact], kind: str | None
) -> Response:
    span, words = _span(request), " ".join(request.query_params.get("find", "").casefold().split())
    wanted = [
        fact
        for fact in facts
        if (span is None or fact.touches(*span))
        and (kind is None or fact.kind == kind)
        and words in f"{fact.key} {fact.says} {fact.quote}".casefold()
    ]
    return _page(
        request,
        "maintainer_facts.html",
        {
            "session": session,
            "document": request.query_params["document"],
            "record": reading.record,
            "file": reading.name,
            "facts": wanted[:_SHOWN],
            "more": max(0, len(wanted) - _SHOWN),
            "kind": kind,
            "kinds": KINDS,
            "find": request.query_params.get("find", ""),
            "at": request.query_params.get("at", "") if span else "",
            "quote": " ".join(reading.text[span[0] : span[1]].split()) if span else "",
        },
    )


def _show_form(
    request: Request,
    desk: Desk,
    session: Session,
    reading: Reading,
    fact: OfferedFact | None,
    given: Form,
    error: CorrectionError | None,
) -> Response:
    kind = FactKind(given["kind"])
    span = _span(request)
    quote = given.get("quote") or (" ".join(reading.text[span[0] : span[1]].split()) if span else "")
    agencies = sorted({one.agency for task in reading.record.tasks for one in task.assignments})
    rows = [row for row in desk.about(reading) if fact is not None and row.kind is kind and row.key == fact.key]
    return _page(
        request,
        "maintainer_correct.html",
        {
            "session": session,
            "document": given["document"],
            "record": reading.record,
            "file": reading.name,
            "fact": fact,
            "kind": kind,
            "kind_name": KINDS[kind],
            "fields": FIELDS[kind],
            "codes": {
                "role": tuple(Role),
                "relation": tuple(Relation),
                "recurrence": tuple(Recurrence),
                "source": SOURCES,
                "truth": ("yes", "no"),
            },
            "given": {"action": "change", "field": "", "to": "", "why": "", "key": "", "quote": quote, **given},
            "agencies": agencies,
            "code_names": CODES,
            "earlier": rows,
            "error": error,
        },
        400 if error else 200,
    )


def take_correction(request: Request, desk: Desk, session: Session, form: Form) -> Response:
    """Write a correction into the table; where it cannot be taken, show the form again and say why."""
    document = form.get("document", "")
    found = desk.facts(document)
    if found is None or form.get("kind") not in set(FactKind):
        return not_found(request, document)
    reading, facts = found
    kind = FactKind(form["kind"])
    action = form.get("action", "")
    fact = _chosen(facts, kind, form.get("key", ""), form.get("field"), form.get("hash", ""))
    try:
        if action not in set(CorrectionAction):
            raise CorrectionError(
                f"“{action}” is no action", vi=f"“{action}” không phải cách hiệu đính", column="action"
            )
        wish = Wish(
            kind=kind,
            action=CorrectionAction(action),
            key=form.get("key", ""),
            field=form.get("field", "") if action == CorrectionAction.CHANGE else "",
            to="" if action == CorrectionAction.REMOVE else form.get("to", ""),
            who=session.who,
            when=today(),
            why=form.get("why", ""),
            quote=form.get("quote", ""),
            text_hash=form.get("hash", ""),
        )
        written, _note = desk.write(reading, wish)
    except CorrectionError as error:
        return _show_form(
            request, desk, session, reading, fact if action != CorrectionAction.ADD else None, form, error
        )
    return _go(request, "/maintainer", done=written.id)


def show_withdraw(request: Request, desk: Desk, session: Session) -> Response:
    """Show the form that takes a correction back."""
    wanted = request.query_params.get("id", "")
    row = next((one for one in desk.rows() if one.id == wanted), None)
    if row is None:
        return not_found(request, wanted)
    return _page(
        request, "maintainer_withdraw.html", {"session": session, "kinds": KINDS, "row": row, "error": None, "why": ""}
    )


def take_withdrawal(request: Request, desk: Desk, session: Session, form: Form) -> Response:
    """Take a correction back."""
    wanted = form.get("id", "")
    row = next((one for one in desk.rows() if one.id == wanted), None)
    if row is None:
        return not_found(request, wanted)
    try:
        desk.withdraw(wanted, who=session.who, when=today(), why=form.get("why", ""))
    except CorrectionError as error:
        values = {"session": session, "kinds": KINDS, "row": row, "error": error, "why": form.get("why", "")}
        return _page(request, "maintainer_withdraw.html", values, 400)
    return _go(request, "/maintainer", done=wanted)


routes = [
    Route("/maintainer", signed_in(show_desk)),
    Route("/maintainer/login", show_login, methods=["GET"]),
    Route("/maintainer/login", log_in, methods=["POST"]),
    Route("/maintainer/logout", signed_form(log_out), methods=["POST"]),
    Route("/maintainer/publish", signed_form(publish_again), methods=["POST"]),
    Route("/maintainer/correct", signed_in(show_correct), methods=["GET"]),
    Route("/maintainer/correct", signed_form(take_correction), methods=["POST"]),
    Route("/maintainer/withdraw", signed_in(show_withdraw), methods=["GET"]),
    Route("/maintainer/withdraw", signed_form(take_withdrawal), methods=["POST"]),
]
