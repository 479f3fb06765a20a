"""The state behind the routes: small releases in memory, new releases noticed, nothing served before the first publish."""

from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal

from ontology.errors import ReleaseError
from queries.release import Release
from server.app import create_app
from server.pipeline import publish_files
from server.settings import Settings
from server.site import Site
from tests.server.conftest import Client, parse_page


def test_a_release_says_the_same_from_memory_and_from_disk(five_documents: Release) -> None:
    loaded = five_documents.in_memory()
    assert loaded == five_documents
    assert loaded.store is not five_documents.store
    for graph in (None, *five_documents.store.graphs()):
        assert loaded.store.count(graph) == five_documents.store.count(graph) > 0


def test_only_a_small_release_is_kept_in_memory(five_home: Path) -> None:
    small, large = Site(five_home, Settings()), Site(five_home, Settings(memory_bytes=10))
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert small.release().store.select(count).rows == large.release().store.select(count).rows
    assert small.release() is small.release()


def test_a_new_release_is_served_without_a_restart(tmp_path: Path, portal: BlockingPortal) -> None:
    home = tmp_path / "home"
    app = create_app(home)
    client = Client(app, portal)
    before = client.get("/")
    assert before.status_code == 503
    assert "daumoi publish" in before.text
    assert client.get("/healthz").status_code == 503
    assert client.get("/sparql?query=ASK{}", accept="*/*").status_code == 503
    with pytest.raises(ReleaseError):
        app.state.site.release()
    document = tmp_path / "plan.txt"
    ids = []
    for agency in ("Sở Tài chính", "Sở Xây dựng"):
        document.write_text(f"KẾ HOẠCH\n\nVề việc giảm nghèo\n\n1. {agency} chủ trì lập dự toán.\n", "utf-8")
        ids.append(publish_files(home, [document]).release.id)
        assert client.get("/healthz").text == f"ok {ids[-1]}\n"
        assert agency in client.get("/ask?role=lead").text
        assert client.ask("GET", "/sparql", params={"query": "ASK {}"}).headers["x-release"] == ids[-1]
    assert ids[0] != ids[1]
    app.state.site.close()


def test_without_the_files_from_npm_the_site_works_with_plain_forms(
    five_home: Path, tmp_path: Path, portal: BlockingPortal
) -> None:
    app = create_app(five_home, Settings(vendor=tmp_path / "nothing"))
    client = Client(app, portal)
    editor = parse_page(client.get("/sparql").text)
    assert editor.xpath("//form[@id='plain-form']//textarea")
    assert not editor.xpath("//script[contains(@src, 'vendor')] | //link[contains(@href, 'vendor')]")
    assert not parse_page(client.get("/docs").text).xpath("//script[contains(@src, 'vendor')]")
    document = parse_page(client.get("/").text).xpath("//ul[@class='cards']//a/@href")[0]
    decree = parse_page(client.get(document.replace("/document/", "/decree/")).text)
    assert not decree.xpath("//svg[@class='lineage']")
    assert decree.xpath("//details[@open]//table")
    picture = client.get(document.replace("/document/", "/lineage/document/") + ".svg", accept="*/*")
    assert picture.status_code == 503
    app.state.site.close()
