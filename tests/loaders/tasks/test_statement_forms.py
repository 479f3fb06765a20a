"""Forms of statements in which who does what stands elsewhere than at the beginning."""

import pytest

from ontology.records import Task
from tests.loaders.conftest import ReadText


def shown(task: Task) -> str:
    """Return the assignments of a task as ``role agency, role agency``, by what is printed."""
    return ", ".join(f"{given.role} {given.printed}" for given in task.assignments)


BRACKETS = [
    (
        "Nâng cấp bản đồ số (Sở Y tế chủ trì, phối hợp với Sở Nội vụ; thời gian: Quý II/2022).",
        "lead Sở Y tế, coordinate Sở Nội vụ",
    ),
    ("Tập huấn (Sở Y tế, Sở Nội vụ đồng chủ trì; hằng năm).", "lead Sở Y tế, lead Sở Nội vụ"),
    ("In tờ rơi (Sở Y tế thực hiện).", "implement Sở Y tế"),
    (
        "In tờ rơi (Sở Y tế chủ trì; Sở Nội vụ, Sở Tài chính phối hợp).",
        "lead Sở Y tế, coordinate Sở Nội vụ, coordinate Sở Tài chính",
    ),
    ("Tham mưu mức thu phí (Sở Tài chính chủ trì; xong trong năm 2022).", "lead Sở Tài chính, advise Sở Tài chính"),
    ("In tờ rơi theo mẫu (mẫu của Sở Y tế).", ""),
]


@pytest.mark.parametrize(("words", "expected"), BRACKETS)
def test_a_closing_bracket_says_who(words: str, expected: str, read_plan: ReadText) -> None:
    (task,) = read_plan(f"I. NHIỆM VỤ, GIẢI PHÁP\na) {words}\n").tasks
    assert shown(task) == expected


ROLE_HEADS = """V. PHÂN CÔNG TRÁCH NHIỆM
1. Sở Y tế
a) Chủ trì: Kiểm tra chất lượng nước sinh hoạt tại các trường học, khu dân cư; xây dựng quy chế.
b) Phối hợp: Với Sở Nội vụ, Sở Tài chính kiểm tra định mức.
2. Sở Nội vụ
a) Chủ trì:
- Sắp xếp các trạm.
b) Phối hợp:
- Với Sở Y tế tuyển dụng cán bộ;
- Cùng với Công an tỉnh xử lý vi phạm.
"""


def test_a_role_may_head_its_words(read_plan: ReadText) -> None:
    assert [shown(task) for task in read_plan(ROLE_HEADS).tasks] == [
        "lead Sở Y tế",
        "coordinate Sở Y tế, counterpart Sở Nội vụ, counterpart Sở Tài chính",
        "lead Sở Nội vụ",
        "coordinate Sở Nội vụ, counterpart Sở Y tế",
        "coordinate Sở Nội vụ, counterpart Công an tỉnh",
    ]


STATEMENTS = [
    (
        "Phân công thực hiện: Đề nghị Hội Nông dân tỉnh chủ trì, phối hợp với Sở Y tế tuyên truyền.",
        "request Hội Nông dân tỉnh, lead Hội Nông dân tỉnh, coordinate Sở Y tế",
    ),
    (
        "Vận động các nhà hảo tâm xây 40 căn nhà. Đề nghị Hội Nông dân tỉnh chủ trì thực hiện.",
        "request Hội Nông dân tỉnh, lead Hội Nông dân tỉnh",
    ),
    (
        "Các sở, ngành căn cứ chức năng, nhiệm vụ phối hợp với Sở Y tế triển khai Kế hoạch.",
        "coordinate Các sở, ngành, counterpart Sở Y tế",
    ),
    (
        "Ủy ban nhân dân các huyện chỉ đạo Ủy ban nhân dân cấp xã bố trí trụ sở, phối hợp quản lý tài sản.",
        "direct Ủy ban nhân dân các huyện, implement Ủy ban nhân dân cấp xã",
    ),
    (
        "Các sở báo cáo kết quả về UBND tỉnh (thông qua Sở Y tế) trước ngày 10/12.",
        "implement Các sở, receive_report UBND tỉnh, receive_report Sở Y tế",
    ),
]


@pytest.mark.parametrize(("words", "expected"), STATEMENTS)
def test_who_does_what(words: str, expected: str, read_plan: ReadText) -> None:
    (task,) = read_plan(f"I. TỔ CHỨC THỰC HIỆN\n1. {words}\n").tasks
    assert shown(task) == expected


def test_letters_below_a_row_are_its_parts(read_plan: ReadText) -> None:
    table = """I. NHIỆM VỤ
TT\tNội dung\tChủ trì\tPhối hợp
1\tTrang bị máy lọc nước:\t\t
\ta) Tại trường học\tSở Y tế\tSở Nội vụ
\tb) Tại trạm y tế\tSở Nội vụ\t
2\tTập huấn\tSở Y tế\t
"""
    tasks = read_plan(table).tasks
    assert [(task.id, task.text) for task in tasks] == [
        ("I.1.a", "Tại trường học"),
        ("I.1.b", "Tại trạm y tế"),
        ("I.2", "Tập huấn"),
    ]
