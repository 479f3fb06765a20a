"""A client of the real site on the real release of the five documents; nothing leaves the process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from lxml import html

from server.app import create_app
from server.settings import Settings


def parse_page(text: str) -> Any:
    """Return the tree of an HTML page (``Any``: what an XPath gives depends on its words)."""
    return html.fromstring(text)


class Client:
    """Asks an ASGI application as a browser or a program would, one event loop for all requests."""

    def __init__(self, app: FastAPI, portal: BlockingPortal) -> None:
        self.app = app
        self._portal = portal

    def ask(self, method: str, url: str, *, follow: bool = False, **given: Any) -> httpx.Response:
        """Send one request and return the answer."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://daumoi.test") as client:
                return await client.request(method, url, follow_redirects=follow, **given)

        return self._portal.call(send)

    def get(self, url: str, accept: str = "text/html", **headers: str) -> httpx.Response:
        """Get ``url`` as a reader would."""
        return self.ask("GET", url, headers={"Accept": accept, **headers})


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    with start_blocking_portal() as made:
        yield made


@pytest.fixture(scope="session")
def client(five_home: Path, portal: BlockingPortal) -> Iterator[Client]:
    app = create_app(five_home, Settings(query_seconds=20.0))
    yield Client(app, portal)
    app.state.site.close()
