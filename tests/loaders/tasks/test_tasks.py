"""From invented plans to tasks: which paragraphs and rows are tasks, whose, under which id and heading."""

import pytest

from tests.loaders.conftest import PLAN_HEAD, ReadText
from tests.loaders.tasks.lines import lines_of

PLANS = {
    "sections": (
        """I. MỤC ĐÍCH, YÊU CẦU
1. Sở Y tế chủ trì nâng cao nhận thức.
II. NHIỆM VỤ VÀ GIẢI PHÁP
1. Truyền thông
- Tuyên truyền chính sách giảm nghèo.
- Sở Y tế chủ trì, phối hợp với Sở Tài chính hỗ trợ khám chữa bệnh.
2. Hỗ trợ nhà ở
a) Rà soát nhu cầu;
b) Cho vay ưu đãi.
III. KINH PHÍ THỰC HIỆN
1. Sở Tài chính bố trí kinh phí.
IV. TỔ CHỨC THỰC HIỆN
1. Sở Y tế
- Chủ trì, phối hợp với các đơn vị liên quan thực hiện chính sách bảo hiểm y tế.
- Báo cáo UBND tỉnh kết quả.
2. Sở Tài chính: Tham mưu UBND tỉnh bố trí kinh phí.
3. UBND các huyện, thị xã, thành phố
a) Chỉ đạo UBND các xã, phường, thị trấn rà soát hộ nghèo;
b) Xây dựng kế hoạch.
4. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các đoàn thể
- Giám sát việc thực hiện.
Nơi nhận:
- Sở Y tế chủ trì;
""",
        [
            "II.1.-1 content",
            "II.1.-2 duty: lead Sở Y tế, coordinate Sở Tài chính",
            "II.2.a content",
            "II.2.b content",
            "IV.1.-1 duty: lead Sở Y tế, coordinate các đơn vị liên quan",
            "IV.1.-2 duty: implement Sở Y tế, receive_report UBND tỉnh",
            "IV.2 duty: advise Sở Tài chính",
            "IV.3.a duty: direct UBND các huyện, thị xã, thành phố, implement UBND các xã, phường, thị trấn",
            "IV.3.b duty: implement UBND các huyện, thị xã, thành phố",
            "IV.4.-1 duty: request Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh, request các đoàn thể",
        ],
    ),
    "measures-in-the-first-section": (
        "I. NHIỆM VỤ\n1. Truyền thông\n- Tuyên truyền.\n2. Đào tạo nghề.\n",
        ["I.1.-1 content", "I.2 content"],
    ),
    "a-heading-with-roles": (
        """I. TỔ CHỨC THỰC HIỆN
1. Giao Sở Y tế: chủ trì, phối hợp với các sở, ban, ngành thực hiện các nội dung sau:
a) Tập huấn.
b) Kiểm tra, báo cáo UBND tỉnh.
""",
        [
            "I.1.a duty: lead Sở Y tế, coordinate các sở, ban, ngành",
            "I.1.b duty: receive_report UBND tỉnh, lead Sở Y tế, coordinate các sở, ban, ngành",
        ],
    ),
    "a-line-that-opens-a-list": (
        """I. TỔ CHỨC THỰC HIỆN
Các sở, ban, ngành, UBND các huyện, thị xã, thành phố triển khai các nhiệm vụ sau:
1. Tuyên truyền.
2. Kiểm tra.
""",
        [
            "I.1 duty: implement Các sở, ban, ngành, implement UBND các huyện, thị xã, thành phố",
            "I.2 duty: implement Các sở, ban, ngành, implement UBND các huyện, thị xã, thành phố",
        ],
    ),
    "two-leads-two-tasks": (
        """I. NHIỆM VỤ
1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ xây dựng kế hoạch; Sở Tài chính chủ trì bố trí kinh phí.
""",
        ["I.1.1 duty: lead Sở Y tế, coordinate Sở Nội vụ", "I.1.2 duty: lead Sở Tài chính"],
    ),
    "closing-orders": (
        """I. NHIỆM VỤ
1. Tuyên truyền.
Trên đây là Kế hoạch. Đề nghị Sở Nội vụ theo dõi. Yêu cầu các đơn vị triển khai thực hiện./.
""",
        ["I.1 content", "-6.1 duty: implement Sở Nội vụ", "-6.2 duty: implement các đơn vị"],
    ),
    "components": (
        """I. NHIỆM VỤ
1. Dự án 1: Hỗ trợ đầu tư hạ tầng
- Đầu tư đường giao thông.
* Phân công thực hiện: Sở Xây dựng chủ trì, phối hợp với Sở Tài chính.
2. Dự án 2: Đa dạng hóa sinh kế
* Phân công thực hiện: Sở Nội vụ chủ trì.
II. TỔ CHỨC THỰC HIỆN
1. Sở Y tế
- Chủ trì thực hiện Dự án 1 và Dự án 2; báo cáo UBND tỉnh.
- Chủ trì kiểm tra Dự án 2.
""",
        [
            "I.1.-1 content DA1",
            "I.1.-2 duty DA1: lead Sở Xây dựng, coordinate Sở Tài chính",
            "I.2.-1 duty DA2: lead Sở Nội vụ",
            "II.1.-1.1 duty DA1: lead Sở Y tế",
            "II.1.-1.2 duty DA2: lead Sở Y tế, receive_report UBND tỉnh",
            "II.1.-2 duty DA2: lead Sở Y tế",
        ],
    ),
    "labels": (
        """I. NHIỆM VỤ
1. Tổ chức tập huấn cho cán bộ
- Cơ quan chủ trì: Sở Nội vụ
- Cơ quan phối hợp: Sở Y tế, UBND các huyện
- Thời gian: Quý III/2022
- Sản phẩm: Báo cáo
2. Hỗ trợ vay vốn. Cơ quan chủ trì: Sở Tài chính. Thời gian: Hằng năm.
3. Truyền thông
- Phát thanh
- In tờ rơi
- Cơ quan chủ trì: Sở Y tế
""",
        [
            "I.1 duty: lead Sở Nội vụ, coordinate Sở Y tế, coordinate UBND các huyện",
            "I.2 duty: lead Sở Tài chính",
            "I.3.-1 duty: lead Sở Y tế",
            "I.3.-2 duty: lead Sở Y tế",
        ],
    ),
    "execution-clause": (
        """QUYẾT ĐỊNH:
Điều 1. Ban hành Kế hoạch.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Điều 3. Chánh Văn phòng UBND tỉnh, Giám đốc Sở Y tế chịu trách nhiệm thi hành Quyết định này./.
""",
        ["Điều 3 duty: implement Chánh Văn phòng UBND tỉnh, implement Giám đốc Sở Y tế"],
    ),
    "table": (
        """I. NHIỆM VỤ
Bảng phân công
TT\tNội dung\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\tSản phẩm\tCấp trình
I\tCông tác chỉ đạo
1\tXây dựng kế hoạch\tSở Y tế\tSở Tài chính, Sở Nội vụ\tQuý II/2022\tKế hoạch\tUBND tỉnh
a\tHướng dẫn địa phương\tSở Y tế\tUBND các huyện\tHằng năm\tVăn bản\t
II. Phối hợp liên ngành
2\tPhối hợp với Bộ Y tế tập huấn\tSở Nội vụ\t\tNăm 2022\tBáo cáo\t
""",
        [
            "I.I.1 row: lead Sở Y tế, coordinate Sở Tài chính, coordinate Sở Nội vụ",
            "I.I.1.a row: lead Sở Y tế, coordinate UBND các huyện",
            "I.II.2 row: lead Sở Nội vụ, counterpart Bộ Y tế",
        ],
    ),
    "roles-inside-cells": (
        """I. NHIỆM VỤ
| TT | Nhiệm vụ | Chủ trì | Phối hợp |
|---|---|---|---|
| A | NHÓM NHIỆM VỤ CHUNG | | |
| 1 | Rà soát hộ nghèo | 1. Sở Y tế; 2. Sở Nội vụ | Các sở, ngành liên quan |
| 2 | Giám sát | Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh | |
| 3 | Xây dựng phần mềm | Chủ trì: Sở Y tế; Phối hợp: Sở Nội vụ | |
""",
        [
            "I.A.1 row: lead Sở Y tế, lead Sở Nội vụ, coordinate Các sở, ngành liên quan",
            "I.A.2 row: request Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
            "I.A.3 row: lead Sở Y tế, coordinate Sở Nội vụ",
        ],
    ),
    "columns-in-another-order": (
        """I. NHIỆM VỤ
| Thời hạn | Cơ quan phối hợp | Nội dung công việc | Đơn vị chủ trì tham mưu | STT |
|---|---|---|---|---|
| Quý I | Sở Tài chính | Xây dựng đề án | Sở Y tế | 1 |
""",
        ["I.1 row: lead Sở Y tế, advise Sở Y tế, coordinate Sở Tài chính"],
    ),
    "goals-in-one-line-and-an-unnumbered-row": (
        """I. NHIỆM VỤ
Mục tiêu: Sở Y tế chủ trì đạt 95%.
Nâng cao đời sống người nghèo
Bảo đảm an sinh.
Bảng phân công
TT\tNội dung\tCơ quan chủ trì\tThời gian
1\tRà soát\tSở Y tế\tQuý I
\tKiểm tra\tSở Y tế\tQuý I
2\tGiám sát\tSở Y tế\tQuý I
""",
        [
            "I.-2 content",
            "I.-3 content",
            "I.1 row: lead Sở Y tế",
            "I.-2~2 row: lead Sở Y tế",
            "I.2 row: lead Sở Y tế",
        ],
    ),
    "a-clause-about-the-subject": (
        """I. TỔ CHỨC THỰC HIỆN
1. Các sở có dự án chủ trì thực hiện.
2. Sở Nội vụ
- Sở Y tế phối hợp thực hiện.
- Theo dõi.
""",
        ["I.1 duty: lead Các sở", "I.2.-1 duty: coordinate Sở Y tế", "I.2.-2 duty: implement Sở Nội vụ"],
    ),
    "brackets-at-the-end": (
        """I. NHIỆM VỤ
- Rà soát văn bản (Sở Y tế chủ trì; thời gian: Quý IV/2022).
- Nâng cấp Cổng dịch vụ công (Sở Y tế, Sở Nội vụ).
- Hỗ trợ vùng khó khăn (khu vực II, III).
""",
        [
            "I.-1 duty: lead Sở Y tế",
            "I.-2 duty: implement Sở Y tế, implement Sở Nội vụ",
            "I.-3 content",
        ],
    ),
    "what-only-points-elsewhere": (
        "I. NHIỆM VỤ\nNhiệm vụ cụ thể được phân công tại Phụ lục kèm theo Kế hoạch này.\n1. Truyền thông.\n",
        ["I.1 content"],
    ),
    "a-heading-that-says-what-the-body-is": (
        """Điều 2. Tổ chức thực hiện
1. Sở Y tế là cơ quan thường trực, có trách nhiệm:
a) Theo dõi;
b) Chủ trì cuộc họp.
2. Các sở, UBND các huyện: Xây dựng kế hoạch.
""",
        [
            "Điều 2.1.a duty: implement Sở Y tế",
            "Điều 2.1.b duty: implement Sở Y tế",
            "Điều 2.2 duty: implement Các sở, implement UBND các huyện",
        ],
    ),
    "orders-behind-a-line-that-orders": (
        """Để phòng, chống dịch, Chủ tịch UBND tỉnh yêu cầu:
1. Giám đốc Công an tỉnh, Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh chỉ đạo lực lượng hỗ trợ.
2. Giám đốc Sở Y tế:
- Giám sát.
""",
        [
            "1 duty: implement Giám đốc Công an tỉnh, implement Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh",
            "2.-1 duty: implement Giám đốc Sở Y tế",
        ],
    ),
    "an-attached-plan-behind-the-signature": (
        """Điều 1. Ban hành Kế hoạch.
Nơi nhận:
- Như trên;
KT. CHỦ TỊCH
KẾ HOẠCH HÀNH ĐỘNG CỦA NGÀNH Y TẾ
I. NHIỆM VỤ
1. Sở Y tế chủ trì tập huấn.
""",
        ["I.1 duty: lead Sở Y tế"],
    ),
    "who-answers-for-money": (
        """I. NHIỆM VỤ
1. Truyền thông.
II. KINH PHÍ THỰC HIỆN
1. Kinh phí thực hiện: 500 triệu đồng. Sở Y tế chủ trì, phối hợp với Sở Tài chính phân bổ.
2. Sở Tài chính bố trí kinh phí.
""",
        ["I.1 content", "II.1 duty: lead Sở Y tế, coordinate Sở Tài chính"],
    ),
    "money-among-orders": (
        """Chủ tịch UBND tỉnh yêu cầu:
1. Giám đốc Sở Y tế rà soát.
2. Kinh phí thực hiện: 500 triệu đồng. Các sở, ban, ngành hoàn thành quyết toán.
""",
        ["1 duty: implement Giám đốc Sở Y tế", "2 duty: implement Các sở, ban, ngành"],
    ),
    "orders-behind-semicolons-and-a-sentence-that-says-when": (
        """Sau khi xem xét, Chủ tịch UBND tỉnh có ý kiến như sau:
Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ tham mưu văn bản; giao Sở Tài chính bố trí kinh phí. Hoàn thành trước ngày 28/9/2022.
""",
        ["-3.1 duty: lead Sở Y tế, coordinate Sở Nội vụ, advise Sở Y tế", "-3.2 duty: implement Sở Tài chính"],
    ),
    "nothing-to-do": ("I. MỤC TIÊU\n1. Giảm 2% hộ nghèo.\n", []),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_gives_its_tasks(name: str, read_plan: ReadText) -> None:
    body, expected = PLANS[name]
    assert lines_of(read_plan(body)) == expected


def test_headings_above_a_task_are_its_section(read_plan: ReadText) -> None:
    (task,) = read_plan("I. NHIỆM VỤ\n1. Truyền thông\n1.1. Báo chí\na) Phát thanh.\n").tasks
    assert task.id == "I.1.1.a"
    assert task.section == ("I. NHIỆM VỤ", "1. Truyền thông", "1.1. Báo chí")


def test_a_row_carries_when_what_and_to_whom(read_plan: ReadText) -> None:
    record = read_plan(PLANS["table"][0])
    first, second, third = record.tasks
    assert first.timing is not None
    assert (first.timing.text, first.timing.start, first.timing.end) == ("Quý II/2022", "2022-04-01", "2022-06-30")
    assert (first.deliverable, first.submit_to) == ("Kế hoạch", "Ủy ban nhân dân tỉnh Bình Thuận")
    assert (second.deliverable, second.submit_to) == ("Văn bản", None)
    assert third.section == ("I. NHIỆM VỤ", "II Phối hợp liên ngành")


def test_labels_carry_when_and_what(read_plan: ReadText) -> None:
    first, second, *_others = read_plan(PLANS["labels"][0]).tasks
    assert (first.text, first.deliverable) == ("Tổ chức tập huấn cho cán bộ", "Báo cáo")
    assert first.timing is not None
    assert first.timing.end == "2022-09-30"
    assert second.text == "Hỗ trợ vay vốn"


def test_a_finished_row_names_the_document_that_came_out(read_plan: ReadText) -> None:
    (task,) = read_plan(
        "I. NHIỆM VỤ\nTT\tNhiệm vụ\tCơ quan thực hiện\tThời gian\n"
        "1\tBáo cáo\tSở Y tế\tĐã hoàn thành (Quyết định số 9002/QĐ-UBND ngày 05/01/2022)\n"
    ).tasks
    assert task.result_document == "9002/QĐ-UBND"
    assert task.timing is not None
    assert (task.timing.completed, task.timing.date) == (True, "2022-01-05")


def test_a_closing_order_begins_where_it_is_given(read_plan: ReadText) -> None:
    (_first, order) = read_plan(
        "I. NHIỆM VỤ\n1. Tuyên truyền.\nTrên đây là Kế hoạch, UBND tỉnh yêu cầu các sở thực hiện./.\n"
    ).tasks
    assert order.text == "UBND tỉnh yêu cầu các sở thực hiện./."


def test_a_sentence_that_says_when_belongs_to_the_order_before(read_plan: ReadText) -> None:
    *_others, order = read_plan(PLANS["orders-behind-semicolons-and-a-sentence-that-says-when"][0]).tasks
    assert order.timing is not None
    assert (order.timing.text, order.timing.end) == ("trước ngày 28/9/2022", "2022-09-28")


def test_two_paragraphs_of_one_number_have_two_ids(read_plan: ReadText) -> None:
    ids = [task.id for task in read_plan("I. NHIỆM VỤ\n1. Tuyên truyền.\n1. Đào tạo.\n").tasks]
    assert ids == ["I.1", "I.1~2"]


def test_a_row_of_agents_alone_shares_the_content_above(read_plan: ReadText) -> None:
    record = read_plan(
        "I. NHIỆM VỤ\nTT\tNội dung\tCơ quan chủ trì\tThời gian\n1\tRà soát hộ nghèo\tSở Y tế\tNăm 2022\n2\t\tSở Nội vụ\tNăm 2022\n"
    )
    assert [task.text for task in record.tasks] == ["Rà soát hộ nghèo", "Rà soát hộ nghèo"]
    assert [finding.code for finding in record.findings] == ["row-without-content"]


def test_a_row_without_lead_is_reported(read_plan: ReadText) -> None:
    record = read_plan(
        "I. NHIỆM VỤ\nTT\tNội dung\tCơ quan chủ trì\tPhối hợp\n1\tRà soát\t\tSở Y tế\n2\tHỗ trợ\tSở Y tế\t\n"
    )
    (finding,) = record.findings
    assert finding.code == "row-without-lead"
    assert "Rà soát" in finding.message
    assert "Rà soát" in finding.message_en


def test_an_agency_that_nobody_registered_is_reported_once(read_plan: ReadText) -> None:
    body = "I. NHIỆM VỤ\nTT\tNội dung\tCơ quan chủ trì\n1\tCấp nước\tCông ty Sao Mai\n2\tThoát nước\tCông ty Sao Mai\n"
    record = read_plan(body)
    assert [finding.code for finding in record.findings] == ["unresolved-agency"]
    assert [task.assignments[0].resolved for task in record.tasks] == [False, False]
    assert len({task.assignments[0].iri for task in record.tasks}) == 1


def test_a_table_of_unknown_columns_is_reported_and_not_read(read_plan: ReadText) -> None:
    record = read_plan("I. NHIỆM VỤ\nHọ tên\tTuổi\tQuê\nAn\t20\tHàm Tân\nBình\t30\tLa Gi\n")
    assert record.tasks == ()
    assert [finding.code for finding in record.findings] == ["table-not-understood"]


def test_spans_point_at_the_words(read_plan: ReadText) -> None:
    for body, _expected in PLANS.values():
        text = PLAN_HEAD + body
        for task in read_plan(body).tasks:
            assert text[task.span.start : task.span.end].startswith(task.text[:8])
            for given in task.assignments:
                assert text[given.span.start : given.span.end] == given.printed
