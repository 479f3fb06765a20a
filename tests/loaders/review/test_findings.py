"""The real defects of the five documents are findings, each said in both languages, with its place and a remedy."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from loaders.reader import Reader, build_reader
from loaders.source import Source, read_source, text_source
from ontology.records import Finding
from ontology.registry import load_registry

CHECKOUT = Path(__file__).parents[3]
DOCUMENTS = sorted((CHECKOUT / "documents").glob("*.txt"))
SCHEMES = (CHECKOUT / "ontology" / "schemes.ttl").read_text("utf-8")
_BLANKS = re.compile(r"\s{2,}|\s[.,;:]|\bNone\b|[{}]")


@cache
def reader() -> Reader:
    return build_reader(load_registry())


@cache
def read(path: Path) -> tuple[Source, tuple[Finding, ...]]:
    source = read_source(path)
    return source, reader().read(source).findings


def findings(number: str, code: str) -> list[Finding]:
    path = next(path for path in DOCUMENTS if path.name.startswith(number))
    return [finding for finding in read(path)[1] if finding.code == code]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_finding_reads_well_in_both_languages(path: Path) -> None:
    source, found = read(path)
    assert found
    for finding in found:
        for words in (finding.message, finding.message_en, finding.remedy, finding.remedy_en):
            assert words.endswith("."), finding
            assert not _BLANKS.search(words), finding
        assert finding.message != finding.message_en
        assert f"/finding-code/{finding.code}>" in SCHEMES
        for span in (finding.span, *finding.others):
            assert span is not None
            assert source.text[span.start : span.end].strip()


def test_the_sums_of_the_district_plan() -> None:
    """Seven components give 7.604, stated 7.603; local funds give 623, stated 622."""
    total, local = findings("003", "sum-mismatch")
    assert "7.603 triệu đồng" in total.message
    assert "7.604 triệu đồng: lệch 1 triệu đồng" in total.message
    assert "7,603 million đồng" in total.message_en
    assert "add up to 7,604: a difference of 1." in total.message_en
    assert "622 triệu đồng" in local.message
    assert "623 triệu đồng: lệch 1 triệu đồng" in local.message


def test_the_two_leads_of_project_3_in_the_plan_of_bac_kan() -> None:
    (leads,) = findings("002", "two-leads")
    assert "(mục III.3.3)" in leads.message
    assert "(mục V.3.-1)" in leads.message
    assert len(leads.others) == 1
    text = read(next(path for path in DOCUMENTS if path.name.startswith("002")))[0].text
    assert text[slice(*leads.others[0])] == "Văn phòng Điều phối Xây dựng nông thôn mới và Giảm nghèo"


def test_the_row_of_binh_thuan_whose_cells_were_merged() -> None:
    (row,) = findings("004", "row-without-content")
    assert "Sở Y tế" in row.message
    assert "Sở Y tế" in row.message_en


def test_what_the_files_lost() -> None:
    assert Counter(finding.code for path in DOCUMENTS for finding in read(path)[1]).keys() >= {
        "missing-number",
        "missing-date",
        "missing-masthead",
        "annex-only",
        "annex-missing",
        "damaged-text",
    }


ROWS = """TT	Nội dung thực hiện	Cơ quan chủ trì	Cơ quan phối hợp	Thời gian
1	Rà soát hộ nghèo, hộ cận nghèo trên địa bàn tỉnh	Sở Y tế	Sở Tài chính	Hằng năm
2	Tập huấn cán bộ làm công tác giảm nghèo ở cơ sở		Sở Tài chính	Hằng năm
3	Tuyên truyền chính sách giảm nghèo ở cơ sở	Sở Nội vụ	Sở Tài chính	Hằng năm
"""


@pytest.mark.parametrize("table", [ROWS, "|" + ROWS.replace("\t", "|").replace("\n", "|\n|").rstrip("|") + "\n"])
def test_a_row_whose_lead_cell_was_merged_away(table: str) -> None:
    source = text_source(f"KẾ HOẠCH\nPHỤ LỤC\n{table}", name="x.txt", media_type="text/plain", data=b"")
    (row,) = [finding for finding in reader().read(source).findings if finding.code == "row-without-lead"]
    assert "“Tập huấn cán bộ làm công tác giảm nghèo ở cơ sở”" in row.message
    assert row.span is not None
    assert source.text[slice(*row.span)] == "Tập huấn cán bộ làm công tác giảm nghèo ở cơ sở"
