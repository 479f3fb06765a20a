"""Citations by the table: what is found, its date and issuer, and the relation that its words and place give."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.citations.citation_grammar import CitationGrammar
from loaders.citations.citations import find_citations
from loaders.names.issuers import resolve_issuer
from loaders.text.blocks import Paragraph, Row, Table
from loaders.text.columns import ColumnWords
from loaders.text.labels import parse_label
from loaders.text.lines import clean_passage
from ontology.registry import Registry
from tests.case_tables import case_id, read_cases

CASES = Path(__file__).parents[2] / "cases"
ZONES = {
    "head": ["KẾ HOẠCH", "Giảm nghèo năm 2022"],
    "title": ["KẾ HOẠCH"],
    "purpose": ["KẾ HOẠCH", "Giảm nghèo năm 2022", "I. MỤC ĐÍCH, YÊU CẦU"],
    "body": ["KẾ HOẠCH", "Giảm nghèo năm 2022", "III. TỔ CHỨC THỰC HIỆN"],
}


def paragraphs(*texts: str) -> Iterator[Paragraph]:
    at = 0
    for number, text in enumerate(texts):
        whole = clean_passage(text, at)
        label, _, used = parse_label(whole.text)
        yield Paragraph(label, whole.cut(used), whole, number)
        at += len(text) + 1


def blocks_of(zone: str, text: str) -> list[Paragraph | Table]:
    if zone == "cell":
        return [Table((), (Row((clean_passage(text, 0),)),))]
    return list(paragraphs(*ZONES[zone], text))


@pytest.mark.parametrize("case", [*read_cases("citations", 120), *read_cases("citations_variants", 50)], ids=case_id)
def test_citation(
    case: dict[str, str], citation_grammar: CitationGrammar, column_words: ColumnWords, registry: Registry
) -> None:
    mentions = find_citations(blocks_of(case["zone"], case["text"]), citation_grammar, column_words)
    home = registry.jurisdictions["tinh-lao-cai"]
    full = {(one.cited.type, one.cited.serial): one.cited for one in mentions.items if one.cited.number}
    read = []
    for mention in mentions.items:
        cited = mention.cited
        if cited.short:
            cited = full[cited.type, cited.serial]
        agency = resolve_issuer(cited.issuer, registry, home) if cited.issuer else None
        issuer = agency.name if agency else cited.issuer.printed if cited.issuer else ""
        read.append((cited.number or cited.name or "", cited.date or "", issuer, mention.relation.value))
    lists = [case[column].split("|") for column in ("cited", "dates", "issuers", "relations")]
    assert read == list(zip(*lists, strict=True))


@pytest.mark.parametrize("case", read_cases("citations_none", 30), ids=case_id)
@pytest.mark.parametrize("zone", ["head", "body", "cell"])
def test_no_citation(
    case: dict[str, str], zone: str, citation_grammar: CitationGrammar, column_words: ColumnWords
) -> None:
    mentions = find_citations(blocks_of(zone, case["text"]), citation_grammar, column_words)
    assert [one.cited for one in mentions.items] == []


def test_a_number_on_the_line_below_its_label(citation_grammar: CitationGrammar, column_words: ColumnWords) -> None:
    lines = [
        *ZONES["body"],
        "- Thực hiện chính sách theo Nghị quyết số:",
        "80/2011/NQ-CP ngày 19/5/2011 của Chính phủ.",
    ]
    mentions = find_citations(list(paragraphs(*lines)), citation_grammar, column_words)
    assert [(one.cited.number, one.cited.type, one.cited.date) for one in mentions.items] == [
        ("80/2011/NQ-CP", "Nghị quyết", "2011-05-19")
    ]
