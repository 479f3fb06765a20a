"""Search: with or without diacritics, by alias and number; exact accents first."""

from pathlib import Path

import pytest

from ontology.errors import ReleaseError
from queries.release import Release
from queries.search import search, suggest
from queries.search_index import write_search_index
from queries.store import GraphStore


def _found(world: Release, text: str, kind: str | None = None) -> list[str]:
    return [hit.iri.split("/id/")[-1] for hit in search(world.search_path, text, kind=kind).hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("10/QĐ-A", "document/bo-a/2017/10-qd-a"),
        ("10/qd-a", "document/bo-a/2017/10-qd-a"),
        ("Quyết định 10", "document/bo-a/2017/10-qd-a"),
        ("kế hoạch tập", "document/tinh-b/2018/20-kh-ubnd"),
        ("ke hoach tap h", "document/tinh-b/2018/20-kh-ubnd"),
        ("qđ 1 2021", "document/thu-tuong-chinh-phu/2021/1-qd-ttg"),
        ("Sở Đường tỉnh B", "agency/tinh-b/so-d"),
        ("so duong tinh c", "agency/tinh-c/so-d"),
        ("SĐ", "agency/tinh-b/so-d"),
        ("prime minister", "agency/thu-tuong-chinh-phu"),
        ("Dự án 1", "component/bo-a/2017/10-qd-a/da1"),
        ("sở đường chủ trì", "task/tinh-b/2018/20-kh-ubnd/a"),
        ("vu y phoi hop", "task/bo-a/2017/10-qd-a/1"),
        ("tap huan can bo", "task/tinh-b/2018/20-kh-ubnd/a"),
    ],
)
def test_best_hit(world: Release, text: str, first: str) -> None:
    assert _found(world, text)[:1] == [first]


def test_accents_as_typed_come_first(world: Release) -> None:
    hits = search(world.search_path, "sở đường").hits
    assert all(hit.exact for hit in hits)
    assert not any(hit.exact for hit in search(world.search_path, "sờ đương").hits)


@pytest.mark.parametrize(("typed", "first"), [("bản tin", "b"), ("bán tín", "c"), ("ban tin", "a")])
def test_of_names_that_fold_alike_the_one_typed_comes_first(tmp_path: Path, typed: str, first: str) -> None:
    names = {"a": "Ban Tin", "b": "Bản tin", "c": "Bán tín"}
    lines = [
        f"<urn:{iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/daumoi/ontology#Agency> <urn:g> .\n"
        f'<urn:{iri}> <http://www.w3.org/2004/02/skos/core#prefLabel> "{name}"@vi <urn:g> .'
        for iri, name in names.items()
    ]
    index = tmp_path / "search.sqlite"
    assert write_search_index(GraphStore.in_memory("\n".join(lines)), index) == 3
    hits = search(index, typed).hits
    assert next(hit.iri for hit in hits) == f"urn:{first}"
    assert len(hits) == 3


def test_kinds_and_counts(world: Release) -> None:
    found = search(world.search_path, "kế hoạch", kind="document")
    assert {hit.kind for hit in found.hits} == {"document"}
    assert found.counts == {"document": 2}
    everything = search(world.search_path, "b")
    assert sum(everything.counts.values()) == len(everything.hits)


def test_pages_do_not_overlap(world: Release) -> None:
    whole = _found(world, "b")
    paged = [
        hit.iri.split("/id/")[-1]
        for at in range(len(whole))
        for hit in search(world.search_path, "b", limit=1, offset=at).hits
    ]
    assert paged == whole


@pytest.mark.parametrize(
    "text", ["", "   ", "!!!", '"', "a* OR b NEAR(", "kind:agency", "x" * 5000, "\x00", "NOT AND OR"]
)
def test_no_text_breaks_it(world: Release, text: str) -> None:
    assert len(search(world.search_path, text).hits) <= 20


def test_suggestions_prefer_names(world: Release) -> None:
    assert {hit.label for hit in suggest(world.search_path, "sở đ")[:2]} == {"Sở Đường tỉnh B", "Sở Đường tỉnh C"}
    assert suggest(world.search_path, "tập huấn cán")[0].kind == "task"


def test_missing_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="text index"):
        search(tmp_path / "search.sqlite", "x")
