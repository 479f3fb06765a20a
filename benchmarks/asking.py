"""How long named queries and pages take on a release, and the same question put to rdflib in the same run."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import httpx
import rdflib
from rich.table import Table

from queries.answer import Value
from queries.catalogue import load_catalogue
from queries.release import open_current
from server.app import create_app

Timed = Callable[..., float]

QUESTIONS: tuple[tuple[str, dict[str, Value]], ...] = (
    ("leads", {"decree": "1722/QĐ-TTg"}),
    ("tasks-of-agency", {"agency": "Văn phòng Quốc gia về giảm nghèo"}),
    ("task-lineage", {"node": "document/bo-lao-dong-thuong-binh-va-xa-hoi/2017/293-qd-ldtbxh"}),
    ("documents", {}),
    ("budgets", {}),
)
"""Questions that the site asks most: a sheet, a decree, a lineage, two lists."""

PEER = """SELECT ?agency (COUNT(?task) AS ?n) WHERE {
  ?assignment <https://w3id.org/daumoi/ontology#task> ?task ; <https://w3id.org/daumoi/ontology#agency> ?agency . } GROUP BY ?agency"""


def measure_asking(home: Path, timed: Timed) -> Table:
    """Return medians of the named queries, and of one query in the store and in rdflib over the same statements."""
    release = open_current(home)
    catalogue = load_catalogue()
    table = Table("câu hỏi / question", "hàng / rows", "ms", title="Hỏi / asking, in process")
    for name, given in QUESTIONS:
        query = catalogue[name]
        answer = query.ask(release.store, given)
        took = timed(lambda query=query, given=given: query.ask(release.store, given))
        table.add_row(name, str(len(answer.rows)), f"{took * 1e3:.1f}")
    ours = timed(lambda: release.store.select(PEER))
    peer = rdflib.Dataset(default_union=True)
    peer.parse(release.path / "dumps" / "release.nq", format="nquads")
    theirs = timed(lambda: list(peer.query(PEER)))
    table.add_row("tasks per agency (SPARQL): store", "", f"{ours * 1e3:.1f}")
    table.add_row(f"the same: rdflib {rdflib.__version__}", "", f"{theirs * 1e3:.1f} ({theirs / ours:.0f} ×)")
    return table


PAGES = (
    "/",
    "/ask?role=lead&decree=1722%2FQĐ-TTg",
    "/search?q=tai+chinh",
    "/findings",
    "/compare",
    "/api/leads?decree=90/QĐ-TTg",
)


def measure_pages(home: Path) -> Table:
    """Return the server's time for a page of each kind, without the network: made anew, and kept from an earlier reader."""
    table = Table("trang / page", "kB", "ms lần đầu / anew", "ms giữ lại / kept", title="Trang / pages, in process")
    release = open_current(home)
    documents = load_catalogue()["documents"].ask(release.store, {})
    first = next(str(row[0]) for row in documents.rows)

    async def ask(client: httpx.AsyncClient, path: str) -> tuple[httpx.Response, float]:
        start = time.perf_counter()
        answer = await client.get(path)
        return answer.raise_for_status(), (time.perf_counter() - start) * 1e3

    async def measure() -> None:
        for path in [*PAGES, "/" + first.partition("/id/")[2]]:
            anew, kept = [], []
            for _ in range(5):
                # An application of its own keeps nothing yet; the first request opens the store and does not count.
                transport = httpx.ASGITransport(create_app(home))
                async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                    await client.get("/queries")
                    body, took = await ask(client, path)
                    anew.append(took)
                    kept.append((await ask(client, path))[1])
            table.add_row(path, f"{len(body.content) / 1e3:.0f}", f"{median(anew):.1f}", f"{median(kept):.1f}")

    asyncio.run(measure())
    return table
