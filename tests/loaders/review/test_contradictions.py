"""What a document says against itself, and what only looks so."""

import pytest

from loaders.review.contradictions import find_contradictions
from ontology.records import Assignment, Component, Document, Record, Role, Span, Task, Timing
from tests.loaders.conftest import ReadText

TWO_SECTIONS = """I. NHIỆM VỤ
1. Dự án 1: Hỗ trợ đầu tư hạ tầng
* Phân công thực hiện: {first} chủ trì.
II. TỔ CHỨC THỰC HIỆN
1. {second}
- {duty}
"""


@pytest.mark.parametrize(
    ("first", "second", "duty", "codes"),
    [
        ("Sở Xây dựng", "Sở Y tế", "Chủ trì thực hiện Dự án 1.", ["two-leads"]),
        ("Sở Y tế", "Sở Y tế", "Chủ trì thực hiện Dự án 1.", []),
        ("Sở Xây dựng", "Sở Y tế", "Chủ trì kiểm tra việc giải ngân của Dự án 1.", []),
        ("Sở Xây dựng", "Sở Y tế", "Phối hợp thực hiện Dự án 1.", []),
    ],
)
def test_two_sections_may_name_different_leads(
    first: str, second: str, duty: str, codes: list[str], read_plan: ReadText
) -> None:
    record = read_plan(TWO_SECTIONS.format(first=first, second=second, duty=duty))
    assert [finding.code for finding in find_contradictions(record)] == codes
    for finding in find_contradictions(record):
        assert first in finding.message
        assert second in finding.message_en


def test_two_duties_of_one_section_may_name_different_leads(read_plan: ReadText) -> None:
    record = read_plan(
        "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế chủ trì thực hiện Dự án 1.\n2. Sở Xây dựng chủ trì thực hiện Dự án 1.\n"
    )
    (finding,) = find_contradictions(record)
    assert finding.code == "two-leads"


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("Sở Y tế bố trí kinh phí theo Phụ lục 2.", ["Phụ lục 2"]),
        ("Nhiệm vụ được nêu tại Phụ lục kèm theo Kế hoạch này.", ["Phụ lục"]),
        ("Trình bày theo Phụ lục I Nghị định số 30/2020/NĐ-CP.", []),
        ("Theo Phụ lục ban hành kèm theo Thông tư số 10/2022/TT-BLĐTBXH.", []),
    ],
)
def test_an_annex_that_is_referred_to_must_be_there(words: str, missing: list[str], read_plan: ReadText) -> None:
    found = [one for one in read_plan(f"I. NHIỆM VỤ\n1. {words}\n").findings if one.code == "annex-missing"]
    assert [one.message.split(" được nói")[0] for one in found] == [name.lower().capitalize() for name in missing]


def test_two_leads_together_are_no_contradiction(read_plan: ReadText) -> None:
    record = read_plan("I. NHIỆM VỤ\n1. Dự án 1: Hạ tầng\n* Phân công thực hiện: Sở Y tế, Sở Xây dựng đồng chủ trì.\n")
    assert len(record.tasks[0].assignments) == 2
    assert find_contradictions(record) == ()


def record_with(
    assignments: list[tuple[str, Role]], timing: Timing | None = None, date: str | None = "2022-03-10"
) -> Record:
    given = tuple(
        Assignment(name, f"iri:{name}", role, False, True, Span(10 * n, 10 * n + 5))
        for n, (name, role) in enumerate(assignments)
    )
    task = Task("I.1", (), None, "Rà soát", Span(0, 7), assignments=given, timing=timing)
    return Record(Document(None, "Kế hoạch", date, None, None, None), components=(), tasks=(task,))


def test_a_lead_that_also_coordinates() -> None:
    record = record_with([("Sở Y tế", Role.LEAD), ("Sở Nội vụ", Role.COORDINATE), ("Sở Y tế", Role.COORDINATE)])
    (finding,) = find_contradictions(record)
    assert (finding.code, finding.span) == ("lead-also-coordinates", Span(20, 25))
    assert find_contradictions(record_with([("Sở Y tế", Role.LEAD), ("Sở Y tế", Role.ADVISE)])) == ()


@pytest.mark.parametrize(
    ("end", "date", "early"),
    [
        ("2022-01-01", "2022-03-10", True),
        ("2022-03-10", "2022-03-10", False),
        ("2022-12-31", "2022-03-10", False),
        ("2022-02", "2022-03-10", True),
        ("2022-03", "2022-03-10", False),
        ("2022-01-01", "2022", False),
        ("2021-12-31", "2022", True),
        ("2022-01-01", None, False),
        (None, "2022-03-10", False),
    ],
)
def test_a_deadline_before_the_document(end: str | None, date: str | None, early: bool) -> None:
    timing = Timing("trước ngày …", end=end, span=Span(30, 40))
    codes = [finding.code for finding in find_contradictions(record_with([], timing, date))]
    assert codes == (["deadline-before-document"] if early else [])


def test_what_is_completed_is_not_late() -> None:
    timing = Timing("Đã hoàn thành", end="2021-01-01", completed=True, span=Span(30, 40))
    assert find_contradictions(record_with([], timing)) == ()


def test_components_of_other_titles_are_not_mixed() -> None:
    component = Component("DA1", "Dự án", "Hạ tầng", None, None, Span(0, 1))
    record = record_with([("Sở Y tế", Role.LEAD)])
    assert find_contradictions(Record(record.document, components=(component,), tasks=record.tasks)) == ()
