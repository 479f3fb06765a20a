"""Orders and requests under an article, where a subject alone would be no duty."""

import pytest

from ontology.records import Role
from tests.loaders.conftest import ReadText


@pytest.mark.parametrize(
    ("words", "role", "agencies"),
    [
        ("Đề nghị Hội Nông dân tỉnh tham gia giám sát.", Role.REQUEST, ["Hội Nông dân tỉnh"]),
        ("Đề nghị Tỉnh đoàn, Hội Nông dân tỉnh vận động hội viên.", Role.REQUEST, ["Tỉnh đoàn", "Hội Nông dân tỉnh"]),
        ("Giao Sở Nội vụ theo dõi việc thực hiện.", Role.IMPLEMENT, ["Sở Nội vụ"]),
        ("Yêu cầu Sở Y tế, Sở Nội vụ rà soát biên chế.", Role.IMPLEMENT, ["Sở Y tế", "Sở Nội vụ"]),
        ("Giao cho Sở Tài chính bố trí kinh phí.", Role.IMPLEMENT, ["Sở Tài chính"]),
    ],
)
def test_an_order_at_once_is_a_duty(words: str, role: Role, agencies: list[str], read_plan: ReadText) -> None:
    record = read_plan(f"Điều 2. Tổ chức thực hiện\n1. Sở Y tế chủ trì hướng dẫn.\n2. {words}\n")
    found = record.tasks[-1]
    assert [(given.role, given.printed) for given in found.assignments] == [(role, name) for name in agencies]


def test_a_bare_mention_under_an_article_is_none(read_plan: ReadText) -> None:
    assert read_plan("Điều 1. Thành lập Tổ công tác\n1. Tổ trưởng: Giám đốc Sở Y tế.\n").tasks == ()


def test_a_closing_paragraph_tells_whom_to_tell(read_plan: ReadText) -> None:
    closing = "Trên đây là Kế hoạch năm 2022. Trong quá trình thực hiện, nếu vướng mắc, các sở, ngành phản ánh về Sở Nội vụ để tổng hợp./."
    found = read_plan(f"I. NHIỆM VỤ\n1. Sở Y tế chủ trì hướng dẫn.\n{closing}\n").tasks[-1]
    assert found.text.startswith("Trong quá trình")
    assert [(given.role, given.printed) for given in found.assignments] == [
        (Role.IMPLEMENT, "các sở, ngành"),
        (Role.RECEIVE_REPORT, "Sở Nội vụ"),
    ]


@pytest.mark.parametrize("closing", ["tinh, Sở Y tế", "tinh và Sở Y tế"])
def test_a_province_read_badly_ends_no_list(closing: str, read_plan: ReadText) -> None:
    (task,) = read_plan(f"I. NHIỆM VỤ\n1. Sở Nội vụ chủ trì, phối hợp với Ban Dân tộc {closing} rà soát.\n").tasks
    assert [given.agency for given in task.assignments[1:]] == [
        "Ban Dân tộc tỉnh Bình Thuận",
        "Sở Y tế tỉnh Bình Thuận",
    ]


def test_a_column_may_give_lead_and_advice(read_plan: ReadText) -> None:
    table = "I. NHIỆM VỤ\nTT\tNội dung\tChủ trì, tham mưu\tPhối hợp\n1\tKiểm tra\tSở Y tế\tSở Nội vụ\n2\tTập huấn\tSở Nội vụ\t\n"
    roles = [[given.role for given in task.assignments] for task in read_plan(table).tasks]
    assert roles == [[Role.LEAD, Role.ADVISE, Role.COORDINATE], [Role.LEAD, Role.ADVISE]]
