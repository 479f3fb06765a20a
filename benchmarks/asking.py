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
    ("task-lineage", {"node": "document/thu-tuong-chinh-phu/2016/1722-qd-ttg"}),
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
        known = {key: value for key, value in given.items() if any(p.name == key for p in query.parameters)}
        answer = query.ask(release.store, known)
        took = timed(lambda query=query, known=known: query.ask(release.store, known))
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
    """Return the server's median time for a page of each kind, without the network."""
    table = Table("trang / page", "kB", "ms", title="Trang / pages, in process")
    release = open_current(home)
    documents = load_catalogue()["documents"].ask(release.store, {})
    first = next(str(row[0]) for row in documents.rows)
    transport = httpx.ASGITransport(create_app(home))

    async def measure() -> None:
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            for path in [*PAGES, "/" + first.partition("/id/")[2]]:
                body = await client.get(path)
                times = []
                for _ in range(9):
                    start = time.perf_counter()
                    await client.get(path)
                    times.append(time.perf_counter() - start)
                table.add_row(path, f"{len(body.content) / 1e3:.0f}", f"{median(times) * 1e3:.1f}")

    asyncio.run(measure())
    return table
