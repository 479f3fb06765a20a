"""The store: what is asked, what comes back, and what is refused."""

import io
from pathlib import Path

import pytest

from ontology.errors import QueryError, ReleaseError
from queries.answer import Column, Iri, Text
from queries.publish import remove_release
from queries.release import open_current
from queries.store import RDF_FORMATS, RESULT_FORMATS, GraphStore
from tests.queries.conftest import TEXTS, publish_world

QUADS = """<urn:a> <urn:p> "x"@vi <urn:g> .
<urn:a> <urn:p> "x"@vi <urn:h> .
<urn:b> <urn:p> <urn:c> <urn:h> .
"""


@pytest.fixture
def store() -> GraphStore:
    return GraphStore.in_memory(QUADS, "r1")


def test_union_counts_a_triple_once(store: GraphStore) -> None:
    assert (store.count(), store.count("urn:g"), store.count("urn:h")) == (2, 1, 2)
    assert store.graphs() == ["urn:g", "urn:h"]


def test_answers_know_their_columns_and_release(store: GraphStore) -> None:
    answer = store.select("SELECT ?s ?o ?none { ?s <urn:p> ?o OPTIONAL { ?s <urn:q> ?none } } ORDER BY ?s")
    assert answer.columns == (Column("s"), Column("o"), Column("none"))
    assert answer.rows == ((Iri("urn:a"), Text("x", "vi"), None), (Iri("urn:b"), Iri("urn:c"), None))
    assert [row["s"] for row in answer] == ["urn:a", "urn:b"]
    assert answer.column("o") == ("x", "urn:c")
    assert answer.release == "r1"
    with pytest.raises(ValueError, match="nothing"):
        answer.column("nothing")


def test_from_is_honoured(store: GraphStore) -> None:
    assert store.holds("ASK { <urn:b> ?p ?o }")
    assert not store.holds("ASK FROM <urn:g> { <urn:b> ?p ?o }")
    assert store.holds("ASK FROM NAMED <urn:h> { GRAPH ?g { <urn:b> ?p ?o } }")
    assert not store.holds("ASK FROM NAMED <urn:h> { <urn:b> ?p ?o }")


def test_dataset_of_the_request_overrides_that_of_the_query(store: GraphStore) -> None:
    out = io.BytesIO()
    store.serialise("SELECT (COUNT(*) AS ?n) FROM <urn:h> { ?s ?p ?o }", out, "text/csv", default_graphs=["urn:g"])
    assert out.getvalue() == b"n\r\n1\r\n"


@pytest.mark.parametrize("media_type", RESULT_FORMATS)
def test_tables_are_written_in_every_form(store: GraphStore, media_type: str) -> None:
    out = io.BytesIO()
    assert store.serialise("SELECT ?s { ?s ?p ?o }", out, media_type) == media_type
    assert b"urn:b" in out.getvalue()


@pytest.mark.parametrize("media_type", RDF_FORMATS)
def test_triples_are_written_in_every_form(store: GraphStore, media_type: str) -> None:
    out = io.BytesIO()
    query = "CONSTRUCT { ?s <http://example.org/p> ?o } WHERE { ?s ?p ?o }"
    assert store.serialise(query, out, media_type) == media_type
    assert b"urn:b" in out.getvalue()


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ("SELECT * { ?s ?p ?o }", "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"),
        ("SELECT * {", None),
        ("DELETE WHERE { ?s ?p ?o }", None),
    ],
)
def test_what_has_no_such_form_is_refused(store: GraphStore, query: str, media_type: str | None) -> None:
    with pytest.raises(QueryError):
        store.serialise(query, io.BytesIO(), media_type)
    assert store.count() == 2


def test_each_question_has_its_method(store: GraphStore) -> None:
    with pytest.raises(QueryError, match="not a SELECT"):
        store.select("ASK {}")
    with pytest.raises(QueryError, match="not an ASK"):
        store.holds("SELECT * {}")
    with pytest.raises(QueryError, match="not a CONSTRUCT"):
        store.construct("ASK {}")
    assert store.construct("CONSTRUCT WHERE { ?s ?p ?o }") == sorted(
        ['<urn:a> <urn:p> "x"@vi', "<urn:b> <urn:p> <urn:c>"]
    )


def test_backup_is_a_store_of_its_own(tmp_path: Path) -> None:
    original = GraphStore.create(tmp_path / "one")
    original.load_nquads(QUADS)
    original.backup(tmp_path / "two")
    original.add_triples("urn:g", ["<urn:new> <urn:p> <urn:c>"])
    assert (original.count(), GraphStore.open(tmp_path / "two").count()) == (3, 2)


def test_no_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no store"):
        GraphStore.open(tmp_path / "nothing")
    (tmp_path / "damaged").mkdir()
    with pytest.raises(ReleaseError, match="cannot be opened"):
        GraphStore.open(tmp_path / "damaged")


def test_damaged_statements_are_refused() -> None:
    with pytest.raises(ReleaseError, match="not valid"):
        GraphStore.in_memory("<urn:a> <urn:p> nonsense .")


def test_only_old_releases_can_be_removed(tmp_path: Path) -> None:
    old = publish_world(tmp_path)
    plan = next(iter(TEXTS))
    new = publish_world(tmp_path, **{plan: TEXTS[plan] + " Hết."})
    with pytest.raises(ReleaseError, match="current"):
        remove_release(tmp_path, new.id)
    remove_release(tmp_path, old.id)
    assert not old.path.exists()
    assert open_current(tmp_path).id == new.id
    with pytest.raises(ReleaseError, match="no release"):
        remove_release(tmp_path, old.id)
