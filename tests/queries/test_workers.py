"""Workers: what they answer, and that nothing a query does can take more than its share."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ontology.errors import QueryError, QueryOverrun, QueryTimeout, ReleaseError
from queries.release import Manifest, Release
from queries.worker import Question, WorkerLimits
from queries.workers import WorkerPool
from tests.queries.conftest import publish_world

ENDLESS = """SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?p ?q ?r }"""
GREEDY = """SELECT (GROUP_CONCAT(?long; SEPARATOR="") AS ?all) {
  ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(CONCAT(STR(?a), STR(?d), STR(?g)) AS ?long) }"""
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerPool]:
    release = publish_world(tmp_path_factory.mktemp("workers"))
    limits = WorkerLimits(memory=64 << 20, result=4 << 20, inline=1 << 10)
    with WorkerPool(release, workers=2, limits=limits) as pool:
        yield pool


def test_short_answer(pool: WorkerPool) -> None:
    spooled = pool.ask(Question("ASK { ?s ?p ?o }"), 10)
    assert spooled.media_type == "application/sparql-results+json"
    assert spooled.read() == b'{"head":{},"boolean":true}'


def test_long_answer_comes_whole_and_leaves_no_file(pool: WorkerPool) -> None:
    spooled = pool.ask(Question("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "text/csv"), 10)
    body = spooled.read()
    assert len(body) == spooled.size > 1 << 10
    assert body.count(b"\r\n") == pool.release.store.count() + 1
    assert not list(pool._folder.glob("answer-*"))


def test_dataset_can_be_chosen(pool: WorkerPool) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graph = "https://w3id.org/daumoi/graph/registry"
    size = str(pool.release.manifest.graphs[graph]).encode()
    assert pool.ask(Question(count, "text/csv", (graph,)), 10).read() == b"n\r\n" + size + b"\r\n"
    clause = count.replace("{", f"FROM <{graph}> {{", 1)
    assert pool.ask(Question(clause, "text/csv"), 10).read() == b"n\r\n" + size + b"\r\n"
    whole = str(pool.release.store.count()).encode()
    assert pool.ask(Question(count, "text/csv"), 10).read() == b"n\r\n" + whole + b"\r\n"


def test_time_limit_stops_the_query_and_the_next_does_not_notice(pool: WorkerPool) -> None:
    started = time.monotonic()
    with pytest.raises(QueryTimeout) as stopped:
        pool.ask(Question(ENDLESS), 0.3)
    assert stopped.value.limit_seconds == 0.3
    assert time.monotonic() - started < 0.8
    assert pool.ask(Question("ASK {}"), 10).read() == b'{"head":{},"boolean":true}'


def test_asker_who_leaves_stops_the_query(pool: WorkerPool) -> None:
    started = time.monotonic()
    with pytest.raises(QueryTimeout):
        pool.ask(Question(ENDLESS), 30, gone=lambda: time.monotonic() - started > 0.2)
    assert time.monotonic() - started < 2


def test_memory_is_bounded(pool: WorkerPool) -> None:
    with pytest.raises(QueryOverrun):
        pool.ask(Question(GREEDY), 30)
    assert pool.ask(Question("ASK {}"), 10).size > 0


def test_result_is_bounded(pool: WorkerPool) -> None:
    with pytest.raises(QueryOverrun, match="larger than 4 MB"):
        pool.ask(Question(LARGE), 30)
    assert not list(pool._folder.glob("answer-*"))


def test_wrong_query_says_where(pool: WorkerPool) -> None:
    with pytest.raises(QueryError, match=r"2:"):
        pool.ask(Question("SELECT * {\n nonsense"), 10)


def test_engine_that_dies_is_replaced(pool: WorkerPool) -> None:
    with pytest.raises(QueryOverrun, match="broke its worker"):
        pool.ask(Question("SELECT * { " + "{" * 5000 + " ?s ?p ?o " + "}" * 5000 + " }"), 10)
    assert pool.ask(Question("ASK {}"), 10).size > 0


def test_damaged_release_says_so(tmp_path: Path) -> None:
    manifest = Manifest("x", "", "", "", ())
    with WorkerPool(Release("x", tmp_path, manifest), workers=1, spares=0) as pool, pytest.raises(ReleaseError):
        pool.ask(Question("ASK {}"), 10)
