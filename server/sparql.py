"""The SPARQL endpoint: a bare ASGI route that reads the protocol exactly and lets worker processes do the work.

Every answer, errors too, may be read from any origin. A result is complete before its status line is sent; a query past its limit
is stopped, and the status says which limit it was. No update, no ``SERVICE``, no request ever leaves this machine.
"""

import json
import threading
from urllib.parse import parse_qs

import anyio
from anyio import CapacityLimiter, to_thread
from starlette.concurrency import iterate_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from ontology.errors import (
    DaumoiError,
    QueryBusy,
    QueryError,
    QueryOverrun,
    QueryRefused,
    QueryTimeout,
    ReleaseError,
)
from queries.competency import THEMES, load_questions
from queries.guard import QueryLimits, check_query
from queries.worker import Question
from queries.workers import Spooled
from server.headers import EDITOR_POLICY
from server.negotiation import choose_media_type
from server.prefixes import PREFIXES
from server.rendering import render_page
from server.service_description import DESCRIPTION_TYPES, describe_service
from server.site import Site
from server.sparql_request import Refusal, SparqlRequest, choose_result_type, read_sparql_request

_METHODS = "GET, HEAD, POST, OPTIONS"
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type, Authorization",
    "Access-Control-Expose-Headers": "X-Release, X-Query-Seconds-Limit, Retry-After",
    "Access-Control-Max-Age": "86400",
    "Vary": "Accept",
    "X-Robots-Tag": "noindex",
}
_REFUSED = {"length": 413, "service": 403, "update": 403}
"""Statuses of what the guard refuses; too deep and too wide are 400."""


class SparqlEndpoint:
    """The ASGI application behind ``/sparql``."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._threads: CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except Refusal as refusal:
            response = self._refuse(request, refusal)
        except ClientDisconnect:
            return
        for name, value in _OPEN.items():
            response.headers.setdefault(name, value)
        if request.method == "HEAD" and isinstance(response, StreamingResponse):
            headers = {name: value for name, value in response.headers.items() if name != "content-length"}
            response = Response(status_code=response.status_code, headers=headers)
        await response(scope, receive, send)

    def _refuse(self, request: Request, refusal: Refusal) -> Response:
        """Return the error as plain text, or as a problem document for clients that ask for JSON."""
        accept = request.headers.get("accept", "")
        if "json" in accept and "text/plain" not in accept and "sparql-results" not in accept:
            problem = {"type": "about:blank", "status": refusal.status, "title": refusal.text.strip()}
            return Response(json.dumps(problem), refusal.status, refusal.headers, media_type="application/problem+json")
        return Response(refusal.text, refusal.status, refusal.headers, media_type="text/plain; charset=utf-8")

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": _METHODS})
        if request.method not in ("GET", "HEAD", "POST"):
            raise Refusal(405, f"{request.method} is not allowed here; there are {_METHODS}\n", {"Allow": _METHODS})
        longest = self._site.settings.query_bytes
        body = await _read_body(request, longest * 3 + 10_000) if request.method == "POST" else b""
        asked = read_sparql_request(
            request.method,
            request.scope.get("query_string", b""),
            request.headers.get("content-type", ""),
            body,
            longest=longest,
        )
        if asked is None:
            if request.method == "POST":
                raise Refusal(400, "the request has no query\n")
            return await to_thread.run_sync(self._describe, request)
        return await self._evaluate(request, asked)

    def _describe(self, request: Request) -> Response:
        """Answer a request without a query: the editor for people, the service description for programs."""
        chosen = choose_media_type(request.headers.get("accept"), ("text/html", *DESCRIPTION_TYPES))
        if chosen is None:
            raise Refusal(406, "there are: text/html, " + ", ".join(DESCRIPTION_TYPES) + "\n")
        if chosen != "text/html":
            endpoint = str(request.url.replace(query=""))
            return Response(describe_service(endpoint, chosen), media_type=chosen)
        return show_editor(request, self._site)

    async def _evaluate(self, request: Request, asked: SparqlRequest) -> Response:
        settings = self._site.settings
        seconds = min(asked.seconds or settings.query_seconds, settings.query_seconds)
        try:
            check_query(asked.query, QueryLimits(length=settings.query_bytes))
            media_type = choose_result_type(asked, request.headers.get("accept"))
            question = Question(asked.query, media_type, asked.default_graphs, asked.named_graphs)
            spooled, release = await self._ask(request, question, seconds)
        except DaumoiError as error:
            raise _refusal_of(error, seconds) from error
        headers = {
            "Content-Length": str(spooled.size),
            "X-Release": release,
            "X-Query-Seconds-Limit": f"{seconds:g}",
        }
        shown = f"{spooled.media_type}; charset=utf-8" if spooled.media_type.startswith("text/") else spooled.media_type
        if request.method == "HEAD":
            spooled.close()
            return Response(status_code=200, headers=headers, media_type=shown)
        return StreamingResponse(iterate_in_threadpool(spooled.chunks()), headers=headers, media_type=shown)

    async def _ask(self, request: Request, question: Question, seconds: float) -> tuple[Spooled, str]:
        """Put the question in a thread, and stop it where the client leaves before the answer is there."""
        if self._threads is None:
            self._threads = CapacityLimiter(200)
        left = threading.Event()

        def put() -> tuple[Spooled, str]:
            pool = self._site.pool()
            return pool.ask(question, seconds, left.is_set), pool.release.id

        async def watch() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            left.set()

        # What is raised inside a task group leaves it as a group of errors; so it is carried out by hand.
        failure: DaumoiError | None = None
        answer: tuple[Spooled, str] | None = None
        async with anyio.create_task_group() as group:
            group.start_soon(watch)
            try:
                answer = await to_thread.run_sync(put, limiter=self._threads)
            except DaumoiError as error:
                failure = error
            group.cancel_scope.cancel()
        if answer is None:
            raise failure or QueryBusy("the server is stopping")
        return answer


async def _read_body(request: Request, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise Refusal(413, f"the request is longer than {most} bytes, the limit here\n")
        parts.append(chunk)
    return b"".join(parts)


def _refusal_of(error: DaumoiError, seconds: float) -> Refusal:
    text = f"{error}\n"
    match error:
        case QueryRefused():
            return Refusal(_REFUSED.get(error.reason, 400), text)
        case QueryTimeout():
            return Refusal(503, text, {"Retry-After": "60", "X-Query-Seconds-Limit": f"{seconds:g}"})
        case QueryBusy():
            return Refusal(503, text, {"Retry-After": "5"})
        case QueryOverrun():
            return Refusal(503, text)
        case ReleaseError():
            return Refusal(503, text, {"Retry-After": "60"})
        case QueryError():
            return Refusal(400, text)
    return Refusal(500, text)


def show_editor(request: Request, site: Site) -> Response:
    """Show the page with the editor, or with a plain form where the editor's files are not installed."""
    prefixes = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in PREFIXES.items() if name in _COMMON)
    asked = parse_qs(request.url.query).get("q", [""])[0]
    questions = load_questions()
    return render_page(
        request,
        "sparql.html",
        {
            "has_editor": site.has("yasgui.js"),
            "query": asked or prefixes + _FIRST,
            "examples": [next(one for one in questions if one.theme == theme) for theme in THEMES],
            "total": len(questions),
            "seconds": site.settings.query_seconds,
        },
        headers={"Content-Security-Policy": EDITOR_POLICY},
    )


_COMMON = ("dm", "id", "eli", "skos", "dcterms")
_FIRST = """
# Ai chủ trì việc gì, theo văn bản nào? / Who leads what under which decree?
SELECT ?agency ?name ?task ?text ?decree WHERE {
  ?task dm:ledBy ?agency ; dm:implementsDecree ?decree ; dcterms:description ?text .
  ?agency skos:prefLabel ?name FILTER(LANG(?name) = "vi")
} LIMIT 50
"""
