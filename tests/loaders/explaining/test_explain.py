"""Every fact says which words made it, and the words are where it says."""

import re
from functools import cache
from pathlib import Path

import pytest

from loaders.explaining.explain import ALL, explain_record, explain_what, find_fragment
from loaders.explaining.explanation import Explanation, load_rule_words, rule_words
from loaders.explaining.ground import lay_ground
from loaders.reader import Reader, build_reader
from loaders.source import text_source
from ontology.errors import RegistryError
from ontology.records import Record, Role, Span
from ontology.registry import load_registry

CHECKOUT = Path(__file__).parents[3]
DOCUMENTS = sorted((CHECKOUT / "documents").glob("*.txt"))
INVENTED = sorted(
    path for path in (CHECKOUT / "benchmarks" / "accuracy" / "invented").iterdir() if path.suffix in {".txt", ".md"}
)


@cache
def reader() -> Reader:
    return build_reader(load_registry())


@cache
def read(path: Path) -> tuple[Record, str]:
    source = text_source(path.read_text("utf-8"), name=path.name, media_type="text/plain", data=b"")
    return reader().read(source), source.text


def read_text(text: str) -> tuple[Record, str]:
    source = text_source(text, name="x.txt", media_type="text/plain", data=b"")
    return reader().read(source), source.text


PLAN = """ỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN
Số: 12/KH-UBND
Bình Thuận, ngày 10 tháng 3 năm 2022

KẾ HOẠCH
Thực hiện Chương trình mục tiêu quốc gia Giảm nghèo bền vững năm 2022

Căn cứ Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ;

I. MỤC ĐÍCH
1. Nâng cao nhận thức của người dân.

II. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính
- Chủ trì, phối hợp với Sở Y tế bố trí kinh phí trước ngày 30/6.
- Theo dõi việc sử dụng vốn theo Quyết định số 90/QĐ-TTg.
2. Sở Nội vụ chủ trì đào tạo cán bộ, hoàn thành trong Quý III/2022.
III. PHÂN CÔNG
TT\tNội dung\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\tSản phẩm
1\tXây dựng dự toán kinh phí của chương trình\tSở Tài chính\tSở Y tế\tHằng năm\tDự toán
2\tTập huấn cán bộ cấp xã làm công tác giảm nghèo\t\tSở Nội vụ\t\t

Nơi nhận:
- Như trên;
- Lưu: VT.
"""


def facts(what: str) -> tuple[Explanation, ...]:
    record, text = read_text(PLAN)
    return explain_what(record, text, reader(), what)


def rules(one: Explanation) -> set[str]:
    return {reason.rule for reason in (*one.reasons, *one.missing)}


@pytest.mark.parametrize("path", [*DOCUMENTS, *INVENTED], ids=lambda path: path.stem)
def test_every_fact_has_a_reason_and_every_place_is_verbatim(path: Path) -> None:
    record, text = read(path)
    explained = explain_record(record, text, reader())
    tasks = [one for one in explained if one.fact == "task"]
    assert [one.id for one in tasks] == [task.id for task in record.tasks]
    assert sum(one.fact == "assignment" for one in explained) == sum(len(task.assignments) for task in record.tasks)
    assert sum(one.fact == "citation" for one in explained) == len(record.citations)
    for one in explained:
        assert one.reasons, one
        for place in [one.place, *(reason.place for reason in (*one.reasons, *one.missing))]:
            if place is not None:
                assert text[place.span.start : place.span.end] == place.quote
                assert place.line == text.count("\n", 0, place.span.start) + 1
        for reason in (*one.reasons, *one.missing):
            assert reason.vi
            assert reason.en
            assert "{" not in reason.vi + reason.en


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_words_of_roles_are_found_where_they_stand(path: Path) -> None:
    record, text = read(path)
    explained = [one for one in explain_record(record, text, reader()) if one.fact == "assignment"]
    assert len(explained) > 50
    unseen = [one for one in explained if "phrase:unseen" in rules(one)]
    assert not unseen
    for one in explained:
        role = one.reasons[0]
        if role.rule in {"column", "phrase", "phrase:above"}:
            assert role.place is not None


def test_a_row_shows_the_headers_of_its_cells() -> None:
    lead = next(one for one in facts("III.1") if one.id == "III.1/lead")
    assert lead.reasons[0].rule == "column"
    assert lead.reasons[0].place is not None
    assert lead.reasons[0].place.quote == "Cơ quan chủ trì"
    timing = next(one for one in facts("III.1") if one.fact == "timing")
    assert rules(timing) == {"timing:column", "timing:recurrence"}
    assert next(one for one in facts("III.1") if one.fact == "deliverable").value == "Dự toán"


def test_a_row_says_what_its_empty_cells_leave_open() -> None:
    task = next(one for one in facts("III.2") if one.fact == "task")
    assert {"missing:lead:cell", "missing:timing:cell", "missing:deliverable:cell"} <= rules(task)
    assert "Cơ quan chủ trì" in next(reason.vi for reason in task.missing if reason.rule == "missing:lead:cell")


def test_a_duty_under_a_heading_shows_phrase_heading_and_deadline() -> None:
    found = facts("II.1.-1")
    lead = next(one for one in found if one.id == "II.1.-1/lead")
    assert lead.reasons[0].rule == "phrase"
    assert lead.reasons[0].place is not None
    assert lead.reasons[0].place.quote == "Chủ trì"
    timing = next(one for one in found if one.fact == "timing")
    assert {"timing:text", "timing:moment", "timing:year"} <= rules(timing)
    bare = next(one for one in facts("II.1.-2") if one.fact == "assignment")
    assert bare.reasons[0].rule == "heading"
    assert "Sở Tài chính" in bare.reasons[0].vi


def test_a_citation_shows_its_relation_and_the_fuller_mention() -> None:
    first, second = facts("90/QĐ-TTg")
    assert {"citation:printed", "relation"} <= rules(first) or {"citation:registry", "relation"} <= rules(first)
    assert next(reason for reason in first.reasons if reason.rule == "relation").place is not None
    assert "relation:default" in rules(second)


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        ("Nâng cao nhận thức", "nothing:section"),
        ("Như trên", "nothing:recipients"),
        ("Cơ quan phối hợp", "nothing:header"),
        ("TỔ CHỨC THỰC HIỆN", "nothing:heading"),
    ],
)
def test_where_nothing_was_read_the_reason_is_given(what: str, rule: str) -> None:
    *others, found = facts(what)
    assert {one.fact for one in others} <= {"document"}
    assert found.fact == "nothing"
    assert [reason.rule for reason in found.reasons] == [rule]


def test_what_may_be_an_offset_words_or_all() -> None:
    record, text = read_text(PLAN)
    at = text.index("Quý III/2022")
    by_offset = facts(str(at))
    assert [one.fact for one in by_offset][:2] == ["timing", "task"]
    assert facts(f"@{at}") == by_offset
    assert facts("quý  iii/2022") == by_offset
    assert facts("không có chữ này ở đâu cả") == ()
    assert facts("99999999") == ()
    assert facts(ALL) == explain_record(record, text, reader())


def test_a_fragment_is_found_over_line_breaks() -> None:
    assert list(find_fragment("Sở\n  Tài chính", "sở tài chính")) == [Span(0, 14)]
    assert list(find_fragment("Sở", "  ")) == []


def test_findings_stand_with_the_fact_they_are_about() -> None:
    task = next(one for one in facts("III.2") if one.fact == "task")
    assert "row-without-lead" in {finding.code for finding in task.findings}


def test_every_code_of_the_record_has_its_words() -> None:
    words = rule_words()
    assert {f"role:{role.value}" for role in Role} <= set(words)
    assert all(re.fullmatch(r"[a-z_]+(?:[:-][a-z_-]+)*", rule) for rule in words)
    for vi, en in words.values():
        assert set(re.findall(r"{\w+}", vi)) == set(re.findall(r"{\w+}", en)) or "{role}" in vi + en


def test_a_rule_said_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rule_words.csv").write_text("rule,vi,en,note\nphrase,một,one,\nphrase,hai,two,\n", "utf-8")
    with pytest.raises(RegistryError, match="stands twice"):
        load_rule_words(tmp_path)


def test_the_ground_finds_the_passage_of_any_fact() -> None:
    record, text = read(DOCUMENTS[0])
    ground = lay_ground(text, reader())
    for task in record.tasks:
        for one in task.assignments:
            spot = ground.spot(one.span.start)
            assert spot is not None
            assert spot.start <= one.span.start < spot.end
