"""Reporting duties: case table for statements, the reporting regime, one fact for each pair."""

import pytest

from loaders.figures.report_frequency import parse_frequency
from loaders.figures.reporting import find_reporting_regime, merge_reporting
from loaders.figures.reporting_statements import find_reporting
from loaders.names.agency_names import AgencyMention
from ontology.records import Recurrence, Reporting, Span
from tests.case_tables import case_id, read_cases
from tests.loaders.passages import passage_of

CASES = read_cases("reporting", 20)


def _mention(name: str, at: int = 0) -> AgencyMention:
    return AgencyMention(at, at + len(name), name, f"iri:{name}", False, True, name)


def _mentions(text: str, names: str) -> list[AgencyMention]:
    found = []
    at = 0
    for name in filter(None, names.split(";")):
        at = text.index(name, at)
        found.append(_mention(name, at))
        at += len(name)
    return found


def _written(found: tuple[Reporting, ...]) -> str:
    return " ## ".join(f"{r.from_} -> {r.to} | {','.join(r.frequency) or '-'} | {r.deadline or '-'}" for r in found)


@pytest.mark.parametrize("row", CASES, ids=case_id)
def test_statement(row: dict[str, str]) -> None:
    owners = [_mention(name) for name in filter(None, row["owners"].split(";"))]
    found = find_reporting(passage_of(row["text"]), owners, _mentions(row["text"], row["agencies"]))
    assert _written(found) == row["expected"]
    for one in found:
        assert 0 <= one.span.start < one.span.end <= len(row["text"])
        assert one.to_iri == (f"iri:{one.to}" if one.to else None)


def test_a_table_says_how_often_where_the_row_does_not() -> None:
    text = "Tổng hợp kết quả, báo cáo Thủ tướng theo quy định"
    rhythm = (Recurrence.ANNUAL, Recurrence.ADHOC)
    (one,) = find_reporting(passage_of(text), [_mention("Vụ A")], _mentions(text, "Thủ tướng"), rhythm=rhythm)
    assert one.frequency == ("năm", "đột xuất")


REGIME = [
    ("Đơn vị báo cáo: Các cơ quan và UBND các xã thực hiện các nội dung Kế hoạch.", "Các cơ quan;UBND các xã"),
    (
        "Đơn vị nhận báo cáo: UBND huyện (qua Phòng A). Thời gian gửi báo cáo định kỳ gồm: Báo cáo 6 tháng, báo cáo 9 tháng, báo cáo năm "
        "thực hiện báo cáo trước ngày 15 tháng cuối quý.",
        "UBND huyện;Phòng A",
    ),
    ("Thời gian gửi báo cáo đột xuất theo yêu cầu các đơn vị chủ trì.", "các đơn vị chủ trì"),
]


def test_a_regime_gives_each_sender_with_each_recipient() -> None:
    found = find_reporting_regime([(passage_of(text), _mentions(text, names)) for text, names in REGIME])
    often = "6 tháng,9 tháng,năm,đột xuất | trước ngày 15 tháng cuối quý"
    assert _written(found) == f"Các cơ quan -> UBND huyện | {often} ## UBND các xã -> UBND huyện | {often}"


def test_a_section_without_labels_is_no_regime() -> None:
    text = "Các sở báo cáo Sở A hằng năm."
    assert find_reporting_regime([(passage_of(text), _mentions(text, "Các sở;Sở A"))]) == ()


def test_one_fact_for_each_pair() -> None:
    first = Reporting("A", "B", ("định kỳ",), None, Span(0, 1))
    again = Reporting("A", "B", ("6 tháng", "năm"), "trước ngày 15/12", Span(5, 6))
    other = Reporting("A", "C", (), None, Span(7, 8))
    (merged, kept) = merge_reporting([first, again, other])
    assert (merged.frequency, merged.deadline, merged.span) == (("6 tháng", "năm"), "trước ngày 15/12", Span(0, 1))
    assert kept is other


@pytest.mark.parametrize(
    ("text", "often"),
    [
        ("báo cáo định kỳ hằng quý, 6 tháng, năm", ("quý", "6 tháng", "năm")),
        ("báo cáo tháng, quý", ("tháng", "quý")),
        ("báo cáo năm 2022", ()),
        ("trong vòng 6 tháng kể từ ngày ký", ()),
        ("định kỳ, đột xuất", ("định kỳ", "đột xuất")),
    ],
)
def test_frequency(text: str, often: tuple[str, ...]) -> None:
    assert parse_frequency(text) == often
