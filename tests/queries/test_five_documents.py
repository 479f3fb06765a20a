"""The questions that the project was built for, asked of the five documents."""

import hashlib
from collections import Counter

import polars as pl
import pytest

from ontology.namespaces import GRAPH
from queries.answer import Answer
from queries.catalogue import ask, load_catalogue
from queries.lookup import Outcome, resolve_agency, resolve_document
from queries.publish import SHAPES
from queries.release import Release
from queries.search import search
from queries.shacl import validate_graphs


def _documents(answer: Answer) -> Counter[tuple[object, object]]:
    return Counter((str(row["document"]).split("/document/")[-1], row["route"]) for row in answer)


def test_who_leads_what_under_1722(five_documents: Release) -> None:
    answer = ask(five_documents, "leads", decree="1722/QĐ-TTg")
    found = _documents(answer)
    ministry = ("bo-lao-dong-thuong-binh-va-xa-hoi/2017/293-qd-ldtbxh", "direct")
    province = ("tinh-bac-kan/uy-ban-nhan-dan/2017/92-qd-ubnd", "inferred")
    assert set(found) == {ministry, province}
    assert found[ministry] >= 45
    assert found[province] >= 15
    agencies = {row["agency_label"] for row in answer}
    assert "Văn phòng Quốc gia về giảm nghèo" in agencies
    assert "Sở Lao động - Thương binh và Xã hội tỉnh Bắc Kạn" in agencies
    assert all(row["quote"] and row["role_label"] == "chủ trì" for row in answer)


def test_who_leads_what_under_90(five_documents: Release) -> None:
    answer = ask(five_documents, "leads", decree="90/qd-ttg", period="2021-2025")
    (document,) = {(str(row["document"]), row["route"]) for row in answer}
    assert "/tinh-lao-cai/huyen-bao-yen/uy-ban-nhan-dan/2022/" in document[0]
    assert len(answer) >= 10
    assert "Phòng Lao động - Thương binh và Xã hội huyện Bảo Yên" in {row["agency_label"] for row in answer}
    assert len(ask(five_documents, "leads", decree="90/qd-ttg", period="2016-2020")) == 0


@pytest.mark.parametrize(("language", "word"), [("vi", "suy luận"), ("en", "inferred")])
def test_successor_of_1722(five_documents: Release, language: str, word: str) -> None:
    answer = ask(five_documents, "succession", document="1722/QĐ-TTg", language=language)
    (row,) = [row for row in answer if row["earlier_label"] == "1722/QĐ-TTg"]
    assert row["later_label"] == "90/QĐ-TTg"
    assert row["nature"] == word
    assert "90/QĐ-TTg" in str(row["later_quote"])
    assert "1722/QĐ-TTg" in str(row["earlier_quote"])
    assert row["rule"]
    assert row["explanation"]
    replaced = "ASK { ?a <http://purl.org/dc/terms/replaces> ?b . ?c <https://w3id.org/daumoi/ontology#succeeds> ?b }"
    assert not five_documents.store.holds(replaced)


def test_province_plan_reaches_the_resolution_through_the_decision(five_documents: Release) -> None:
    assert set(_documents(ask(five_documents, "leads", decree="24/2021/QH15"))) == {
        ("tinh-binh-thuan/uy-ban-nhan-dan/2021/4506-kh-ubnd", "through")
    }
    node = "document/tinh-binh-thuan/uy-ban-nhan-dan/2021/4506-kh-ubnd"
    hops = {(row["source_label"], row["target_label"]) for row in ask(five_documents, "task-lineage", node=node)}
    assert {("4506/KH-UBND", "1705/QĐ-TTg"), ("1705/QĐ-TTg", "24/2021/QH15")} <= hops


def test_every_hop_of_a_lineage_has_its_words(five_documents: Release) -> None:
    documents = ask(five_documents, "documents").column("document")
    hops = [row for document in documents for row in ask(five_documents, "task-lineage", node=str(document))]
    assert len(hops) >= 20
    assert [hop for hop in hops if not hop["quote"] and hop["stated"]] == []
    assert all(hop["rule"] and hop["explanation"] for hop in hops if not hop["stated"])


def test_quotes_stand_in_the_stored_texts(five_documents: Release) -> None:
    assert not [fault for fault in five_documents.report() if fault["severity"] == "error"]
    for document in ask(five_documents, "documents").column("document"):
        text = five_documents.text(str(document))
        assert text
        stated = five_documents.store.select(
            "PREFIX eli: <http://data.europa.eu/eli/ontology#> PREFIX spdx: <http://spdx.org/rdf/terms#>"
            f"SELECT ?sum {{ <{document}> eli:is_realized_by/eli:is_embodied_by/spdx:checksum/spdx:checksumValue ?sum }}"
        ).rows
        assert stated == ((hashlib.sha256(text.encode()).hexdigest(),),)


def test_no_statement_counts_twice(five_documents: Release) -> None:
    assert five_documents.store.count() == sum(five_documents.manifest.graphs.values())


def test_side_table_says_what_the_graph_says(five_documents: Release) -> None:
    frame = pl.read_parquet(five_documents.assignments_path)
    counts = five_documents.manifest.counts
    assert frame.height == counts["Assignment"] + counts["InheritedAssignment"]
    leads = frame.filter(pl.col("role") == "lead", ~pl.col("inherited"))
    by_agency = dict(leads.group_by("agency").agg(pl.col("task").n_unique()).rows())
    answer = {row["agency"]: row["leads"] for row in ask(five_documents, "agencies") if row["leads"]}
    assert by_agency == answer


def test_inherited_tasks_are_marked(five_documents: Release) -> None:
    rows = list(ask(five_documents, "tasks-of-agency", agency="Sở Tài chính tỉnh Bình Thuận"))
    assert {row["inherited"] for row in rows} == {True, False}
    assert all((row["group"] is not None) == row["inherited"] for row in rows)


@pytest.mark.parametrize(
    "typed", ["1722/QĐ-TTg", "1722/qd-ttg", "1722", "QĐ 1722", "Quyết định số 1722/QĐ-TTg ngày 02/9/2016"]
)
def test_numbers_as_people_type_them(five_documents: Release, typed: str) -> None:
    found = resolve_document(five_documents.store, typed)
    assert found.outcome is Outcome.EXACT
    assert str(found.iri).endswith("/thu-tuong-chinh-phu/2016/1722-qd-ttg")


def test_local_names_need_their_place(five_documents: Release) -> None:
    assert resolve_agency(five_documents.store, "Sở Tài chính").outcome is Outcome.AMBIGUOUS
    assert resolve_agency(five_documents.store, "so tai chinh tinh binh thuan").outcome is Outcome.EXACT


@pytest.mark.parametrize(
    ("typed", "kind", "ending"),
    [
        ("1722/qd-ttg", "document", "/2016/1722-qd-ttg"),
        ("so tai chinh binh thuan", "agency", "/tinh-binh-thuan/so-tai-chinh"),
        ("sở tài chính chủ trì", "task", ""),
        ("truyen thong ve giam ngheo da chieu", "component", ""),
    ],
)
def test_search_finds(five_documents: Release, typed: str, kind: str, ending: str) -> None:
    found = search(five_documents.search_path, typed, kind=kind).hits
    assert found
    assert found[0].iri.endswith(ending)


@pytest.mark.parametrize("name", load_catalogue())
def test_every_query_answers_in_both_languages(five_documents: Release, name: str) -> None:
    given = {p.name: _EXAMPLES[p.name] for p in load_catalogue()[name].parameters if p.required}
    vietnamese = ask(five_documents, name, **given)
    takes_language = any(p.name == "language" for p in load_catalogue()[name].parameters)
    english = ask(five_documents, name, **given, language="en") if takes_language else vietnamese
    assert len(vietnamese) == len(english)
    assert (len(vietnamese) > 0) == (name not in _EMPTY)
    assert len(set(vietnamese.rows)) == len(vietnamese.rows)


_EXAMPLES = {
    "agency": "Sở Tài chính tỉnh Bình Thuận",
    "decree": "1722/QĐ-TTg",
    "document": "293/QĐ-LĐTBXH",
    "node": "document/bo-lao-dong-thuong-binh-va-xa-hoi/2017/293-qd-ldtbxh",
}
_EMPTY = {"corrections"}
"""Nothing was corrected by hand yet."""


@pytest.mark.parametrize(
    ("typed", "agency"),
    [
        ("Sở LĐTBXH tỉnh Bình Thuận", "tinh-binh-thuan/so-lao-dong-thuong-binh-va-xa-hoi"),
        ("sở lđ-tb&xh Bình Thuận", "tinh-binh-thuan/so-lao-dong-thuong-binh-va-xa-hoi"),
        ("so tai chinh binh thuan", "tinh-binh-thuan/so-tai-chinh"),
        ("phong ldtbxh huyen bao yen", "tinh-lao-cai/huyen-bao-yen/phong-lao-dong-thuong-binh-va-xa-hoi"),
        ("Bộ LĐTBXH", "bo-lao-dong-thuong-binh-va-xa-hoi"),
    ],
)
def test_agencies_are_known_as_officers_write_them(five_documents: Release, typed: str, agency: str) -> None:
    found = resolve_agency(five_documents.store, typed)
    assert str(found.iri).endswith("/agency/" + agency)
    hits = search(five_documents.search_path, typed).hits
    assert hits[0].iri == found.iri
    assert hits[0].exact


def test_a_short_name_that_many_bear_is_left_to_the_reader(five_documents: Release) -> None:
    assert resolve_agency(five_documents.store, "Sở LĐTBXH").outcome is Outcome.AMBIGUOUS
    assert resolve_agency(five_documents.store, "Sở Tài chính huyện Bình Thuận").outcome is Outcome.NONE


def test_a_hop_quotes_the_first_mention_in_the_text(five_documents: Release) -> None:
    task = "task/tinh-binh-thuan/uy-ban-nhan-dan/2021/4506-kh-ubnd/pl1.3"
    hops = {
        (row["source_label"], row["relation_label"], row["target_label"]): row["quote"]
        for row in ask(five_documents, "task-lineage", node=task)
    }
    title = "QUYẾT ĐỊNH SỐ 1705/QĐ-TTG NGÀY 12/10/2021 CỦA THỦ TƯỚNG CHÍNH PHỦ"
    assert hops["4506/KH-UBND", "thực hiện", "1705/QĐ-TTg"] == title
    assert str(hops["1705/QĐ-TTg", "thực hiện", "24/2021/QH15"]).startswith(title)


def test_every_document_has_one_type(five_documents: Release) -> None:
    """A directive of the Secretariat and one of the Prime Minister share a name; a cited document is of one of the two types."""
    rows = five_documents.store.select(
        "PREFIX eli: <http://data.europa.eu/eli/ontology#> SELECT ?d (COUNT(?t) AS ?n) (SAMPLE(?t) AS ?one) WHERE "
        "{ ?d a eli:LegalResource OPTIONAL { ?d eli:type_document ?t } } GROUP BY ?d"
    ).rows
    assert len(rows) >= 30
    assert [str(document) for document, number, _ in rows if int(str(number)) != 1] == []
    types = {str(document).rsplit("/", 1)[-1]: str(one).rsplit("/", 1)[-1] for document, _, one in rows}
    assert (types["05-ct-tw"], types["90-qd-ttg"]) == ("chi-thi-dang", "quyet-dinh")


def test_what_the_rules_made_conforms_too(five_documents: Release) -> None:
    graph = str(GRAPH["inferred"])
    assert validate_graphs({graph: five_documents.store.triples(graph)}, five_documents.store, SHAPES) == []


def test_printed_numbers_align_to_the_national_list(five_documents: Release) -> None:
    """The district prints *Dự án 3* with the national title: the same component, found by its number, and sure of it."""
    rows = five_documents.store.select(
        "PREFIX dm: <https://w3id.org/daumoi/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT ?code ?national ?score WHERE { ?c a dm:Component ; dm:inDocument ?d ; skos:notation ?code ; "
        "dm:alignedTo ?national ; dm:alignmentMethod <https://w3id.org/daumoi/id/alignment/stated> ; "
        'dm:alignmentScore ?score FILTER(CONTAINS(STR(?d), "huyen-bao-yen")) }'
    ).rows
    assert len(rows) >= 8
    assert all(str(national).endswith(f"/2021-2025/{str(code).lower()}") for code, national, _ in rows)
    assert all(0.55 <= float(str(score)) <= 1 for _, _, score in rows)


def test_one_line_of_work_from_ministry_to_district(five_documents: Release) -> None:
    answer = ask(five_documents, "line-of-work", agency="Sở Lao động - Thương binh và Xã hội tỉnh Bình Thuận")
    levels = [str(row["level"]).rsplit("/", 1)[-1] for row in answer]
    assert levels == sorted(levels, key=["national", "province", "district"].index)
    assert {"Bộ Lao động - Thương binh và Xã hội", "Phòng Lao động - Thương binh và Xã hội huyện Bảo Yên"} <= {
        row["agency_label"] for row in answer
    }
    assert len(ask(five_documents, "line-of-work", agency="Sở Tài chính tỉnh Bình Thuận", period="2016-2020")) < len(
        answer
    )
