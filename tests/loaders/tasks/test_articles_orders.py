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
