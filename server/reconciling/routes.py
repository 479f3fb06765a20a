"""The addresses of the reconciliation service under ``/reconcile``."""

from collections.abc import Awaitable, Callable
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ontology.errors import DaumoiError, ParameterError
from queries.matching.candidates import DESCRIBING, describe, named
from queries.matching.facts import PROPERTIES, TYPES, Facts, type_of
from server.headers import CONTENT_POLICY
from server.languages import choose_language
from server.reconciling import answers
from server.reconciling.protocol import (
    MOST_BYTES,
    read_batch,
    read_draft_batch,
    read_extend,
    read_form,
    read_json,
    refuse,
    whole_iri,
)
from server.rendering import Reader, render_page
from server.site import Site
from server.statuses import status_of

_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type",
    "Access-Control-Max-Age": "86400",
    "X-Robots-Tag": "noindex",
}
_FRAMED = CONTENT_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
"""For the one page that clients show in a frame of their own."""


class _TooLarge(Exception):
    """A body is longer than the limit."""


def _json(body: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(body, status, headers=_OPEN)


def _refused(error: DaumoiError, status: int | None = None) -> JSONResponse:
    """Return an error as the API gives it, with its Vietnamese beside the English."""
    said = {"what": error.what, "where": error.where, "remedy": error.remedy}
    if isinstance(error, ParameterError) and error.vi:
        said["vi"] = error.vi
    return _json({"ok": False, "error": said}, status or status_of(error))


def _answers(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Let every answer of ``handler`` be read from any origin, and every error be JSON."""

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_OPEN)
        try:
            response = await handler(request)
        except _TooLarge:
            too_long = refuse(
                f"the request is longer than {MOST_BYTES:,} bytes",
                "send smaller batches",
                "yêu cầu quá 2 MB; hãy chia nhỏ",
            )
            return _refused(too_long, 413)
        except DaumoiError as error:
            return _refused(error)
        for name, value in _OPEN.items():
            response.headers.setdefault(name, value)
        return response

    return answer


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            raise _TooLarge
        parts.append(chunk)
    return b"".join(parts)


def _language(request: Request) -> str:
    return choose_language(request.query_params.get("lang"), request.headers.get("accept-language"))


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


async def _reconcile(request: Request) -> Response:
    """Describe the service, or answer the batch or the request for data that the request carries."""
    language = _language(request)
    fields = read_form(request.scope.get("query_string", b""))
    given: Any = None
    if request.method == "POST":
        body = await _body(request)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json":
            given = read_json(_utf8(body), "body")
        else:
            fields |= read_form(body)

    def answer() -> Any:
        release = _site(request).release()
        matcher = answers.Matcher(release.store, language)
        if isinstance(given, dict) and "ids" in given:
            return answers.extend_draft(release.store, read_extend(given), language)
        if given is not None:
            return matcher.answer_draft(read_draft_batch(given))
        if "queries" in fields:
            return matcher.answer(read_batch(read_json(fields["queries"], "queries")))
        if "query" in fields:
            text = fields["query"]
            one = read_json(text, "query") if text.lstrip().startswith("{") else text
            return matcher.answer(read_batch({"query": one}))["query"]
        if "extend" in fields:
            return answers.extend(release.store, read_extend(read_json(fields["extend"], "extend")), language)
        if request.method == "POST":
            raise refuse(
                "the request carries nothing to answer",
                "send a form with 'queries' or 'extend', or JSON with 'queries'",
                "yêu cầu không có gì để trả lời: gửi 'queries' hoặc 'extend'",
            )
        return answers.describe_service(str(request.base_url).rstrip("/"), release.id, language)

    return _json(await to_thread.run_sync(answer))


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise refuse("the body is not UTF-8", "send UTF-8", "nội dung không phải UTF-8") from None


async def _suggest(request: Request) -> Response:
    """Offer things, types or properties while somebody types."""
    what, language = request.path_params["what"], _language(request)
    text = request.query_params.get("prefix", request.query_params.get("query", "")).strip()[:200]
    if what == "type":
        return _json(answers.suggest_types(text, language))
    if what == "property":
        return _json(answers.suggest_properties(text, language))
    if what != "entity":
        raise refuse(
            f"there are no suggestions of {what!r}",
            "there are: entity, type, property",
            "chỉ gợi ý entity, type, property",
        )
    kind, cursor = request.query_params.get("type"), _number(request, "cursor") or 0

    def answer() -> Any:
        return answers.suggest_things(_site(request).release().store, text, kind, language, cursor)

    return _json(await to_thread.run_sync(answer))


def _number(request: Request, name: str) -> int | None:
    text = request.query_params.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise refuse(
            f"{text!r} is no whole number", f"leave {name} out, or give a number", f"{name} phải là số nguyên", name
        )
    return int(text)


async def _propose(request: Request) -> Response:
    """Tell what can be fetched of things of a type."""
    kind, limit = request.query_params.get("type"), _number(request, "limit")
    return _json(answers.propose_properties(kind, _language(request), limit))


async def _view(request: Request) -> Response:
    """Lead from a thing's id to its page."""
    iri = whole_iri(request.query_params.get("id", ""))
    try:
        await to_thread.run_sync(lambda: named(_site(request).release().store, iri))
    except ParameterError as error:
        return _refused(error, 404)
    return RedirectResponse(Reader(request).links.page(iri), 303)


async def _preview(request: Request) -> Response:
    """Show a thing in a few lines, for a frame in the client's page."""

    def answer() -> Response:
        store = _site(request).release().store
        iri = whole_iri(request.query_params.get("id", ""))
        try:
            thing = named(store, iri)
        except ParameterError as error:
            return _refused(error, 404)
        language, facts = Reader(request).language, store.once(Facts)
        kind = type_of(iri)
        rows = [
            (one.name(language), [fact.text(language) for fact in facts.of(iri, one.id)][:3])
            for one in PROPERTIES.values()
            if kind in one.types and one.id not in (*DESCRIBING, "symbol", "pattern")
        ]
        return render_page(
            request,
            "reconcile_preview.html",
            {
                "thing": thing,
                "description": describe(store, iri, language),
                "rows": [(name, values) for name, values in rows if values],
                "view": f"/reconcile/view?id={thing.iri.partition('/id/')[2]}",
                "types": TYPES,
            },
            headers={"Content-Security-Policy": _FRAMED},
        )

    return await to_thread.run_sync(answer)


_ASKED = ["GET", "POST", "OPTIONS"]
routes = [
    Route("/reconcile", _answers(_reconcile), methods=_ASKED),
    Route("/reconcile/match", _answers(_reconcile), methods=["POST", "OPTIONS"]),
    Route("/reconcile/extend", _answers(_reconcile), methods=["POST", "OPTIONS"]),
    Route("/reconcile/suggest/{what}", _answers(_suggest), methods=["GET", "OPTIONS"]),
    Route("/reconcile/properties", _answers(_propose), methods=["GET", "OPTIONS"]),
    Route("/reconcile/preview", _answers(_preview), methods=["GET", "OPTIONS"]),
    Route("/reconcile/view", _answers(_view), methods=["GET", "OPTIONS"]),
]
