"""Whom tasks belong to where the words are few: headings of places, telegrams, reports, one column of assignments."""

import pytest

from tests.loaders.conftest import ReadText
from tests.loaders.tasks.lines import lines_of

PLANS: dict[str, tuple[str, list[str]]] = {
    "one-column-of-assignments": (
        """Nội dung\tPhân công nhiệm vụ\tTiến độ\tSản phẩm đầu ra
1. Đo nguồn nước.\tChủ trì: Sở Y tế (đo, QLCL); UBND các huyện (mặt bằng).
Phối hợp: Sở Nội vụ, trường đại học.\tQuý I/2023\tBáo cáo
Ghi chú: Các cơ quan gửi Sở Tài chính tổng hợp khi cần.
""",
        [
            "1 row: lead Sở Y tế, lead UBND các huyện, coordinate Sở Nội vụ, coordinate trường đại học",
        ],
    ),
    "a-telegram-says-whom-below": (
        """Để chủ động ứng phó, Ủy ban nhân dân tỉnh yêu cầu:
1. Sở Y tế theo dõi nguồn nước, hướng dẫn các hộ dân.
2. Sở Nội vụ kiểm tra.
""",
        ["1 duty: implement Sở Y tế", "2 duty: implement Sở Nội vụ"],
    ),
    "who-reports": (
        """I. TỔ CHỨC THỰC HIỆN
1. Chế độ báo cáo
Các sở, ban, ngành định kỳ báo cáo kết quả về Sở Nội vụ trước ngày 25 hằng tháng.
""",
        ["I.1.-1 duty: implement Các sở, ban, ngành, receive_report Sở Nội vụ"],
    ),
    "a-heading-of-a-place": (
        """I. TỔ CHỨC THỰC HIỆN
1. Đối với Thủ đô Hà Nội
- Chỉ đạo Sở Y tế đo nguồn nước.
2. Đối với tỉnh Lào Cai
- Trồng cây ven suối.
""",
        ["I.1.-1 duty: direct Thủ đô Hà Nội, implement Sở Y tế", "I.2.-1 duty: implement tỉnh Lào Cai"],
    ),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_gives_its_tasks_to_whom_it_means(name: str, read_plan: ReadText) -> None:
    body, expected = PLANS[name]
    assert lines_of(read_plan(body)) == expected
