"""Identities of citations by the table (IRIs below ``…/id/document/``), and what a text states between two documents it cites."""

from pathlib import Path

import pytest

from loaders.citations.citation_grammar import CitationGrammar
from loaders.citations.citations import find_citations
from loaders.citations.resolution import Resolved, resolve_citations
from loaders.text.blocks import Paragraph
from loaders.text.columns import ColumnWords
from loaders.text.labels import parse_label
from loaders.text.lines import clean_passage
from ontology.namespaces import mint
from ontology.records import Document
from ontology.registry import Registry
from tests.case_tables import case_id, read_cases

CASES = Path(__file__).parents[2] / "cases"
DOCUMENT = str(mint("document", "x")).removesuffix("x")


def own(place: str, jurisdiction: str) -> Document:
    return Document(
        number="999/KH-UBND",
        type="Kế hoạch",
        date="2022-12-01",
        issuer=f"Ủy ban nhân dân {jurisdiction}",
        jurisdiction=jurisdiction,
        title=None,
        iri=DOCUMENT + f"{place}/uy-ban-nhan-dan/2022/999-kh-ubnd",
        issuer_iri=str(mint("agency", place, "uy-ban-nhan-dan")),
        jurisdiction_iri=str(mint("place", place)),
    )


HOMES = {
    "province": own("tinh-lao-cai", "tỉnh Lào Cai"),
    "district": own("tinh-lao-cai/huyen-bao-yen", "huyện Bảo Yên"),
}


def resolve(
    text: str, document: Document, grammar: CitationGrammar, columns: ColumnWords, registry: Registry
) -> Resolved:
    blocks = []
    for number, line in enumerate(["KẾ HOẠCH", "Giảm nghèo năm 2022", text]):
        whole = clean_passage(line, 100 * number)
        label, _, used = parse_label(whole.text)
        blocks.append(Paragraph(label, whole.cut(used), whole, number))
    return resolve_citations(find_citations(blocks, grammar, columns), document, registry)


@pytest.mark.parametrize("case", read_cases("citations_resolved", 38), ids=case_id)
def test_identity(
    case: dict[str, str], citation_grammar: CitationGrammar, column_words: ColumnWords, registry: Registry
) -> None:
    citations, _, findings = resolve(case["text"], HOMES[case["home"]], citation_grammar, column_words, registry)
    assert [(one.iri or "").removeprefix(DOCUMENT) for one in citations] == case["iris"].split("|")
    assert [one.resolved_by or "" for one in citations] == case["resolved_by"].split("|")
    open_ones = [one for one in citations if one.iri is None]
    assert [finding.span for finding in findings] == [one.span for one in open_ones]
    assert all(finding.code == "unresolved-citation" and finding.remedy for finding in findings)


@pytest.mark.parametrize("case", read_cases("citations_links", 11), ids=case_id)
def test_stated_link(
    case: dict[str, str], citation_grammar: CitationGrammar, column_words: ColumnWords, registry: Registry
) -> None:
    _, links, _ = resolve(case["text"], HOMES["province"], citation_grammar, column_words, registry)
    stated = [f"{link.subject} {link.relation} {link.object}" for link in links]
    assert stated == [link for link in case["links"].split("|") if link]


def test_itself(citation_grammar: CitationGrammar, column_words: ColumnWords, registry: Registry) -> None:
    text = "(Kèm theo Kế hoạch số 999/KH-UBND ngày 01/12/2022 của UBND tỉnh)"
    citations, _, _ = resolve(text, HOMES["province"], citation_grammar, column_words, registry)
    assert [(one.self, one.relation.value, one.issuer) for one in citations] == [
        (True, "annex", "Ủy ban nhân dân tỉnh Lào Cai")
    ]


def test_same_number_of_another_is_not_itself(
    citation_grammar: CitationGrammar, column_words: ColumnWords, registry: Registry
) -> None:
    text = "Căn cứ Kế hoạch số 999/KH-UBND ngày 05/3/2021 của UBND tỉnh Yên Bái;"
    citations, _, _ = resolve(text, HOMES["province"], citation_grammar, column_words, registry)
    assert [one.self for one in citations] == [False]


def test_a_bare_law_is_the_one_that_the_text_dates(
    citation_grammar: CitationGrammar, column_words: ColumnWords, registry: Registry
) -> None:
    """Two laws are called so; which one is meant, the text says where it gives the date."""
    text = (
        "Căn cứ Luật Bảo vệ môi trường ngày 17 tháng 11 năm 2020; Nghị định số 08/2022/NĐ-CP ngày 10/01/2022 của Chính phủ "
        "quy định chi tiết một số điều của Luật Bảo vệ môi trường;"
    )
    citations, links, _ = resolve(text, HOMES["province"], citation_grammar, column_words, registry)
    dated, _, bare = citations
    assert (
        (bare.number, bare.date, bare.iri)
        == (dated.number, dated.date, dated.iri)
        == ("72/2020/QH14", "2020-11-17", dated.iri)
    )
    assert (bare.resolved_by, dated.resolved_by) == ("same-text", "registry")
    assert [link.object for link in links] == ["72/2020/QH14"]


def test_a_joint_document_keeps_all_its_issuers(
    citation_grammar: CitationGrammar, column_words: ColumnWords, registry: Registry
) -> None:
    text = (
        "Căn cứ Thông tư liên tịch số 26/2014/TTLT-BNNPTNT-BKHĐT-BTC ngày 13/8/2014 của liên Bộ: Nông nghiệp và Phát "
        "triển nông thôn, Kế hoạch và Đầu tư, Tài chính; Kế hoạch số 168/KH-UBND ngày 28/4/2022 của UBND tỉnh;"
    )
    citations, _, _ = resolve(text, HOMES["province"], citation_grammar, column_words, registry)
    joint, plain = citations
    assert joint.joint_issuers == ("Bộ Nông nghiệp và Phát triển nông thôn", "Bộ Kế hoạch và Đầu tư", "Bộ Tài chính")
    assert joint.issuer == joint.joint_issuers[0]
    assert plain.joint_issuers == ()
