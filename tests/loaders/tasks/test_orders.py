"""Directives, conclusions and resolutions: who is told what, outside any section of duties."""

import pytest

from tests.loaders.conftest import ReadText
from tests.loaders.tasks.lines import lines_of

ORDERS = {
    "a-directive": (
        """Để khắc phục tồn tại, Chủ tịch UBND tỉnh chỉ thị:
1. Các sở, ban, ngành tập trung thực hiện các nhiệm vụ sau đây:
a) Nâng cao nhận thức;
b) Bố trí nguồn lực.
2. Giám đốc Sở Y tế:
a) Chủ trì, phối hợp với Sở Nội vụ rà soát;
b) Kiểm tra.
3. Sở Tài chính hướng dẫn thủ tục.
4. Giám đốc các sở, Chủ tịch UBND các huyện chịu trách nhiệm thi hành Chỉ thị này./.
""",
        [
            "1.a duty: implement Các sở, ban, ngành",
            "1.b duty: implement Các sở, ban, ngành",
            "2.a duty: lead Giám đốc Sở Y tế, coordinate Sở Nội vụ",
            "2.b duty: implement Giám đốc Sở Y tế",
            "3 duty: implement Sở Tài chính",
            "4 duty: implement Giám đốc các sở, implement Chủ tịch UBND các huyện",
        ],
    ),
    "a-conclusion": (
        """Sau khi nghe báo cáo, Chủ tịch UBND tỉnh kết luận như sau:
1. Về tình hình chung
Sở Y tế đã chuẩn bị báo cáo đầy đủ.
2. Về nhiệm vụ thời gian tới
a) Đồng ý với đề xuất của Sở Giao thông vận tải; giao Sở Giao thông vận tải hoàn thiện hồ sơ.
b) Yêu cầu các địa phương giải ngân vốn.
c) Văn phòng UBND tỉnh theo dõi, đôn đốc.
Văn phòng UBND tỉnh thông báo để các sở, ngành biết, thực hiện./.
""",
        [
            "2.a duty: implement Sở Giao thông vận tải",
            "2.b duty: implement các địa phương",
            "2.c duty: implement Văn phòng UBND tỉnh",
        ],
    ),
    "a-resolution-of-a-council": (
        """Điều 3. Tổ chức thực hiện
1. Hội đồng nhân dân tỉnh giao Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết và báo cáo với Hội đồng nhân dân tỉnh.
2. Thường trực Hội đồng nhân dân, các Ban Hội đồng nhân dân, Tổ đại biểu và đại biểu Hội đồng nhân dân tỉnh giám sát việc thực hiện.
3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh giám sát.
""",
        [
            "Điều 3.1 duty: implement Ủy ban nhân dân tỉnh, receive_report Hội đồng nhân dân tỉnh",
            "Điều 3.2 duty: implement Thường trực Hội đồng nhân dân, implement các Ban Hội đồng nhân dân, implement Tổ đại biểu, "
            "implement đại biểu Hội đồng nhân dân tỉnh",
            "Điều 3.3 duty: request Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
        ],
    ),
    "what-a-council-agrees-to": (
        """Điều 1. Hội đồng nhân dân tỉnh tán thành những nội dung đánh giá và nhiệm vụ, giải pháp năm 2022:
I. ĐÁNH GIÁ TÌNH HÌNH
Tình hình kinh tế ổn định.
""",
        [],
    ),
    "lines-that-end-in-a-word-of-time": (
        """I. NHIỆM VỤ
1. Xây dựng văn bản.
Cơ quan chủ trì: Phòng Quản lý dự phòng
Cơ quan phối hợp: Sở Tài chính
Thời gian: Hằng năm
2. Truyền thông
- Đầu mối thực hiện: Sở Y tế
- Thời gian hoàn thành: Quý IV hằng năm
""",
        [
            "I.1 duty: lead Phòng Quản lý dự phòng, coordinate Sở Tài chính",
            "I.2 duty: lead Sở Y tế",
        ],
    ),
}


@pytest.mark.parametrize("name", ORDERS)
def test_orders_are_duties(name: str, read_plan: ReadText) -> None:
    body, expected = ORDERS[name]
    assert lines_of(read_plan(body)) == expected
