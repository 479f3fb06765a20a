"""Duties said outside any section of duties: execution clauses, orders in letters, what only tells and what is a basis."""

import pytest

from loaders.names.agency_index import AgencyIndex
from loaders.tasks.duty_values import DutyGrammar
from loaders.tasks.executions import read_article
from loaders.tasks.role_phrases import load_role_phrases
from loaders.text.passage import Passage, Piece
from tests.case_tables import case_id, read_cases
from tests.loaders.conftest import ContextAt, ReadText


@pytest.mark.parametrize("row", read_cases("executions", 8), ids=case_id)
def test_article(row: dict[str, str], agency_index: AgencyIndex, context_at: ContextAt) -> None:
    context = context_at("tinh-binh-thuan", "tinh-binh-thuan/uy-ban-nhan-dan")
    passage = Passage(row["text"], (Piece(0, len(row["text"]), 0, len(row["text"])),))
    duties = read_article(passage, DutyGrammar(agency_index, context, load_role_phrases()))
    given = [f"{item.role}:{item.agent.mention.printed}" for duty in duties for item in duty.given]
    assert given == [one for one in row["expected"].split("|") if one]


def test_an_order_in_a_letter_is_a_duty(read_text: ReadText) -> None:
    record = read_text(
        "Văn phòng nhận được Công văn số 91/VPCP-KTTH ngày 18/9/2023 của Văn phòng Chính phủ.\n"
        "Sau khi xem xét, Chủ tịch có ý kiến như sau:\n"
        "Giao Bộ Y tế chủ trì, phối hợp các đơn vị liên quan nghiên cứu; hoàn thành trước ngày 30/9/2023.\n"
    )
    (task,) = record.tasks
    assert [(one.agency, str(one.role)) for one in task.assignments] == [
        ("Bộ Y tế", "lead"),
        ("Các đơn vị có liên quan", "coordinate"),
    ]
    assert task.timing is not None
    assert task.timing.end == "2023-09-30"


@pytest.mark.parametrize(
    "line",
    [
        "Ngày 01/7/2023, Bộ Y tế ban hành Thông tư số 91/2023/TT-BYT, yêu cầu các địa phương báo cáo về Bộ Tài chính.",
        "Theo đề nghị của Bộ trưởng Bộ Y tế tại Tờ trình số 91/TTr-BYT,",
        "Căn cứ Thông tư số 91/2023/TT-BYT của Bộ trưởng Bộ Y tế hướng dẫn, yêu cầu thực hiện;",
    ],
    ids=["narrated", "proposal", "basis"],
)
def test_what_orders_nobody_is_no_task(line: str, read_text: ReadText) -> None:
    assert read_text(f"QUYẾT ĐỊNH\nVề việc tổ chức hội nghị\n{line}\n").tasks == ()


def test_a_paragraph_under_an_article_names_who_executes(read_text: ReadText) -> None:
    record = read_text(
        "QUYẾT ĐỊNH:\nĐiều 1. Ban hành Quy chế.\nĐiều 2. Quyết định có hiệu lực từ ngày ký.\n"
        "Bộ trưởng Bộ Y tế và Bộ trưởng Bộ Tài chính chịu trách nhiệm thi hành Quyết định này.\nNơi nhận:\n- Như trên;\n"
    )
    assert [one.agency for task in record.tasks for one in task.assignments] == ["Bộ Y tế", "Bộ Tài chính"]


def test_any_verb_of_duty_counts_under_an_article_about_responsibilities(read_text: ReadText) -> None:
    record = read_text(
        "QUYẾT ĐỊNH:\nĐiều 1. Ban hành Quy chế.\nĐiều 2. Trách nhiệm thi hành\n"
        "1. Bộ Y tế, Bộ Tài chính hướng dẫn thực hiện Quyết định này.\n2. Việc xét duyệt phải công khai.\n"
    )
    assert [(task.id, [one.agency for one in task.assignments]) for task in record.tasks] == [
        ("Điều 2.1", ["Bộ Y tế", "Bộ Tài chính"])
    ]


def test_the_body_of_a_letter_begins_with_its_first_order(read_text: ReadText) -> None:
    record = read_text(
        "Theo đó, yêu cầu Bộ Y tế rà soát các chính sách hiện hành.\n"
        "Bộ Tài chính bố trí kinh phí thực hiện theo quy định.\n"
    )
    assert [one.agency for task in record.tasks for one in task.assignments] == ["Bộ Y tế", "Bộ Tài chính"]
