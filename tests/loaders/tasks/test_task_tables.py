"""Tables of tasks as offices draw them: grouped headers, merged and ditto cells, sums, notes, captions, odd numbers."""

import pytest

from ontology.records import Record, Task
from tests.loaders.conftest import ReadText


def line_of(task: Task) -> str:
    """Return a task as a line: ``id: text: role agency, …; time``."""
    roles = ", ".join(f"{given.role} {given.printed}" for given in task.assignments)
    time = f"; {task.timing.start or ''}..{task.timing.end or ''}" if task.timing else ""
    return f"{task.id}: {task.text}: {roles}{time}"


def lines_of(record: Record) -> list[str]:
    return [line_of(task) for task in record.tasks]


TABLES = {
    "one-cell-a-line-below-a-title-with-a-column-of-notes": (
        """PHÂN CÔNG NHIỆM VỤ
TT
Nội dung nhiệm vụ
Cơ quan chủ trì
Cơ quan phối hợp
Thời gian hoàn thành
Ghi chú
I
Nhóm nhiệm vụ chung
1
Xây dựng kế hoạch
Sở Y tế
Các sở, ban, ngành
Quý I/2022
2
Tập huấn kỹ năng số
Sở Nội vụ
Sở Y tế
Quý II/2022
Lồng ghép
3
Số hóa hồ sơ của các cơ quan trên địa bàn
Sở Tư pháp
-
Năm 2022
""",
        [
            "I.1: Xây dựng kế hoạch: lead Sở Y tế, coordinate Các sở, ban, ngành; 2022-01-01..2022-03-31",
            "I.2: Tập huấn kỹ năng số: lead Sở Nội vụ, coordinate Sở Y tế; 2022-04-01..2022-06-30",
            "I.3: Số hóa hồ sơ của các cơ quan trên địa bàn: lead Sở Tư pháp; 2022-01-01..2022-12-31",
        ],
    ),
    "a-list-of-agencies-a-line-each": (
        """TT
Nội dung nhiệm vụ
Đơn vị chủ trì
Đơn vị phối hợp
Thời gian
1
Hướng dẫn thực hiện Chương trình
Sở Y tế
Sở Nội vụ;
Sở Tư pháp
Quý I/2022
""",
        [
            "1: Hướng dẫn thực hiện Chương trình: lead Sở Y tế, coordinate Sở Nội vụ, coordinate Sở Tư pháp; 2022-01-01..2022-03-31"
        ],
    ),
    "groups-of-columns": (
        """Nhiệm vụ\tĐơn vị thực hiện\t\tThời gian thực hiện\t\tSản phẩm
\tChủ trì\tPhối hợp\tBắt đầu\tKết thúc\t
Xây dựng nền tảng\tSở Y tế\tSở Tài chính\t01/2022\t6/2022\tNền tảng
Kết nối dữ liệu\tSở Tư pháp\tSở Y tế\t7/2022\t12/2022\tBáo cáo
""",
        [
            "-1: Xây dựng nền tảng: lead Sở Y tế, coordinate Sở Tài chính; 2022-01-01..2022-06-30",
            "-2: Kết nối dữ liệu: lead Sở Tư pháp, coordinate Sở Y tế; 2022-07-01..2022-12-31",
        ],
    ),
    "years-below-a-group-and-a-sum": (
        """TT\tNội dung\tCơ quan chủ trì\tNăm\t\tKinh phí (triệu đồng)
\t\t\t2022\t2023\t
1\tTập huấn\tSở Nội vụ\tx\t\t500
2\tMua sắm\tSở Tài chính\t\tx\t1.500
\tTổng cộng\t\t\t\t2.000
""",
        ["1: Tập huấn: lead Sở Nội vụ", "2: Mua sắm: lead Sở Tài chính"],
    ),
    "odd-numbers": (
        """STT | Nhiệm vụ | Chủ trì | Thời gian
|---|---|---|---|
| I.1 | Hoàn thiện thể chế | | |
| a.1 | Ban hành quy chế | Sở Nội vụ | Quý I |
| - | Thẩm định quy chế | Sở Tư pháp | Quý I |
| 1a | Đào tạo | Sở Y tế | 2022 |
| | Tổng số: 3 nhiệm vụ | | |
""",
        [
            "I.1.a.1: Ban hành quy chế: lead Sở Nội vụ; 2022-01-01..2022-03-31",
            "I.1.a.1.-1: Thẩm định quy chế: lead Sở Tư pháp; 2022-01-01..2022-03-31",
            "I.1.1a: Đào tạo: lead Sở Y tế; 2022-01-01..2022-12-31",
        ],
    ),
    "captions-and-another-table-between": (
        """TT\tNội dung\tCơ quan chủ trì\tThời gian
1\tXây dựng kế hoạch\tSở Nội vụ\tQuý I/2022
Bảng 2. Danh mục dự án
Tên dự án\tChủ đầu tư\tTổng mức\tĐịa điểm
Trung tâm dữ liệu\tSở Y tế\t15.000\tPhan Thiết
Bảng 3. Nhiệm vụ riêng
STT\tThời hạn\tĐơn vị chủ trì\tTên nhiệm vụ
1\t30/6/2022\tSở Y tế\tBệnh án điện tử
""",
        [
            "1: Xây dựng kế hoạch: lead Sở Nội vụ; 2022-01-01..2022-03-31",
            "1~2: Bệnh án điện tử: lead Sở Y tế; 2022-06-30..2022-06-30",
        ],
    ),
    "ditto-and-a-line-break-in-a-cell": (
        """STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\tSản phẩm
1\tRà soát\tSở Nội vụ\t- Sở Tài chính;
- Sở Tư pháp.\tTháng 5/2022\tBáo cáo
2\tĐề xuất\tnt\t-nt-\tTháng 6/2022\t"
3\tHội nghị\tSở Nội vụ (chủ trì), Sở Y tế (phối hợp)\t\tTháng 7/2022\tHội nghị
""",
        [
            "1: Rà soát: lead Sở Nội vụ, coordinate Sở Tài chính, coordinate Sở Tư pháp; 2022-05-01..2022-05-31",
            "2: Đề xuất: lead Sở Nội vụ, coordinate Sở Tài chính, coordinate Sở Tư pháp; 2022-06-01..2022-06-30",
            "3: Hội nghị: lead Sở Nội vụ, coordinate Sở Y tế; 2022-07-01..2022-07-31",
        ],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_gives_its_tasks(name: str, read_plan: ReadText) -> None:
    body, expected = TABLES[name]
    assert lines_of(read_plan(f"Danh mục nhiệm vụ\n{body}")) == expected


LABELS = """I. NHIỆM VỤ
1. Kiện toàn Ban Chỉ đạo
- Thời gian: Tháng 02/2022.
- Phụ trách: Sở Y tế.
2. Ban hành văn bản
- Thời gian: Cả năm.
- Trách nhiệm thực hiện: Sở Y tế (chủ trì); Sở Nội vụ, Sở Tư pháp (phối hợp).
3. Rà soát văn bản
- Thời gian: Quý I/2022.
4. Cải cách thể chế
a) Nội dung
- Theo dõi thi hành pháp luật.
b) Phân công thực hiện
- Chủ trì: Sở Tư pháp.
- Thời gian: Quý II/2022.
5. Đào tạo
- Thời gian: Quý III/2022.
- Mở lớp tập huấn.
"""


def test_labels_below_measures(read_plan: ReadText) -> None:
    assert lines_of(read_plan(LABELS)) == [
        "I.1: Kiện toàn Ban Chỉ đạo: lead Sở Y tế; 2022-02-01..2022-02-28",
        "I.2: Ban hành văn bản: lead Sở Y tế, coordinate Sở Nội vụ, coordinate Sở Tư pháp; 2022-01-01..2022-12-31",
        "I.3: Rà soát văn bản: ; 2022-01-01..2022-03-31",
        "I.4.a.-1: Theo dõi thi hành pháp luật.: ",
        "I.4.b: Cải cách thể chế: lead Sở Tư pháp; 2022-04-01..2022-06-30",
        "I.5.-2: Mở lớp tập huấn.: ",
    ]


CONTENTS = """I. NHIỆM VỤ
1. Rà soát văn bản
1.1. Nội dung thực hiện
a) Rà soát quy định;
b) Đề xuất sửa đổi.
1.2. Đơn vị chủ trì: Sở Tư pháp.
1.3. Thời gian thực hiện: Quý I/2022.
2. Tổ chức hội nghị
- Nội dung: Hội nghị tổng kết.
- Đơn vị chủ trì: Sở Y tế.
"""


def test_labels_govern_the_bullets_of_their_content(read_plan: ReadText) -> None:
    assert lines_of(read_plan(CONTENTS)) == [
        "I.1.1.a: Rà soát quy định: lead Sở Tư pháp; 2022-01-01..2022-03-31",
        "I.1.1.b: Đề xuất sửa đổi.: lead Sở Tư pháp; 2022-01-01..2022-03-31",
        "I.2.-1: Hội nghị tổng kết.: lead Sở Y tế",
    ]


def test_a_row_that_only_asks_the_front_has_its_lead(read_plan: ReadText) -> None:
    record = read_plan(
        "TT\tNội dung\tCơ quan chủ trì\tThời gian\n1\tGiám sát\tĐề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh\tHằng năm\n"
    )
    assert [finding.code for finding in record.findings] == []


def test_a_table_that_gave_figures_is_understood(read_plan: ReadText) -> None:
    record = read_plan(
        "II. KINH PHÍ\nĐơn vị tính: triệu đồng\nTT\tNội dung\tTổng số\tTrong đó\t\t\n\t\t\tNSTW\tNSĐP\tVốn khác\n"
        "1\tDự án 1: Hỗ trợ đất ở\t1.500\t1.000\t400\t100\n\tTổng cộng\t1.500\t1.000\t400\t100\n"
    )
    assert [(one.component, one.source, one.amount_million_vnd) for one in record.budgets] == [
        (code, source, amount)
        for code in ("DA1", None)
        for source, amount in (("total", 1500), ("central", 1000), ("local", 400), ("other", 100))
    ]
    assert [finding.code for finding in record.findings] == []
