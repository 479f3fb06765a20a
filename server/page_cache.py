"""Answers kept as long as their release is current: a page depends on release, address and language, and on nothing else."""

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ontology.errors import DaumoiError
from server.languages import choose_language
from server.site import Site

_KEPT_PATHS = ("/ask", "/search", "/agency/", "/group/", "/document/", "/decree/", "/task/", "/component/",
               "/national-component/", "/findings", "/corrections", "/review", "/queries", "/compare", "/about", "/lineage/", "/api/", "/thing/")  # fmt: skip
_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A complete answer with its entity tag."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    tag: str


class PageCache:
    """Keeps complete answers of ``app`` up to ``size`` bytes in all, the least recently asked forgotten first."""

    def __init__(self, app: ASGIApp, site: Site, size: int = 64 << 20) -> None:
        self._app = app
        self._site = site
        self._room = size
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = self._key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        if kept is None:
            await self._ask(scope, receive, send, key)
        else:
            await _give(kept, scope, send)

    def _key(self, scope: Scope) -> tuple[str, ...] | None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        path: str = scope["path"]
        if path != "/" and not path.startswith(_KEPT_PATHS):
            return None
        try:
            release = self._site.release().id
        except DaumoiError:
            return None
        query = scope.get("query_string", b"").decode("latin-1")
        language = choose_language(None, Headers(scope=scope).get("accept-language"))
        return release, path, query, language

    async def _ask(self, scope: Scope, receive: Receive, send: Send, key: tuple[str, ...]) -> None:
        """Let the application answer; pass the answer on, and keep it if it is whole, good and not too large."""
        start: Message = {}
        parts: list[bytes] = []

        async def listen(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            await self._finish(scope, start, b"".join(parts), key, send)

        await self._app(scope, receive, listen)

    async def _finish(self, scope: Scope, start: Message, body: bytes, key: tuple[str, ...], send: Send) -> None:
        if start["status"] != 200 or len(body) > _LARGEST:
            await send(start)
            await send({"type": "http.response.body", "body": body})
            return
        tag = f'"{key[0]}-{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["ETag"] = tag
        headers.setdefault("Cache-Control", "no-cache")
        kept = Kept(tuple(headers.raw), body, tag)
        self._keep(key, kept)
        await _give(kept, scope, send)

    def _keep(self, key: tuple[str, ...], kept: Kept) -> None:
        with self._lock:
            for old in [old for old in self._kept if old[0] != key[0]]:
                self._room += len(self._kept.pop(old).body)
            if key not in self._kept:
                self._kept[key] = kept
                self._room -= len(kept.body)
            while self._room < 0:
                self._room += len(self._kept.popitem(last=False)[1].body)


async def _give(kept: Kept, scope: Scope, send: Send) -> None:
    """Send a kept answer, or 304 where the client has it already."""
    known = Headers(scope=scope).get("if-none-match", "")
    if kept.tag in known:
        headers = [(name, value) for name, value in kept.headers if name not in (b"content-length", b"content-type")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": list(kept.headers)})
    await send({"type": "http.response.body", "body": kept.body})
