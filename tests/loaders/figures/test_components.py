"""Components: headings, titles aligned to the national list, mentions in running text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.figures.component_names import component_mentions, find_component_mentions, parse_activity, parse_heading
from loaders.figures.components import ComponentMap, find_components
from loaders.text.blocks import Node
from loaders.text.columns import load_column_words
from loaders.text.layout import layout_blocks
from loaders.text.outline import build_outline, walk
from loaders.text.rows import add_row_nodes
from ontology.records import Component
from ontology.registry import NationalComponent
from tests.case_tables import case_id, read_cases

CASES = Path(__file__).parents[2] / "cases"
MENTIONS = read_cases("component_mentions", 20)


def _national(code: str, title: str) -> NationalComponent:
    above = code.rpartition(".")[0]
    kind = "Dự án" if not above else "Tiểu dự án"
    return NationalComponent("giam-ngheo", "2016-2020", code, kind, title, "", above or None, (), "")


NATIONAL = (
    _national("DA1", "Chương trình 30a"),
    _national("DA1.TDA1", "Hỗ trợ đầu tư cơ sở hạ tầng các huyện nghèo"),
    _national("DA1.TDA2", "Hỗ trợ đầu tư cơ sở hạ tầng các xã đặc biệt khó khăn vùng bãi ngang, ven biển và hải đảo"),
    _national("DA1.TDA3", "Hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế và nhân rộng mô hình giảm nghèo"),
    _national(
        "DA1.TDA4",
        "Hỗ trợ cho lao động thuộc hộ nghèo, hộ cận nghèo, hộ đồng bào dân tộc thiểu số đi làm việc có thời hạn ở nước ngoài",
    ),
    _national("DA2", "Chương trình 135"),
    _national("DA2.TDA1", "Hỗ trợ đầu tư cơ sở hạ tầng cho các xã đặc biệt khó khăn, xã biên giới, xã an toàn khu"),
    _national("DA2.TDA2", "Hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế các xã đặc biệt khó khăn"),
    _national("DA3", "Truyền thông và giảm nghèo về thông tin"),
)


def _read(text: str, national: tuple[NationalComponent, ...] = ()) -> tuple[tuple[Component, ...], ComponentMap, Node]:
    known = load_column_words()
    root = build_outline(layout_blocks(text, known))
    for node in list(walk(root)):
        add_row_nodes(node, known)
    components, places = find_components(root, national=national)
    return components, places, root


@pytest.mark.parametrize("row", MENTIONS, ids=case_id)
def test_mention(row: dict[str, str]) -> None:
    codes = component_mentions(row["text"], within=row["within"] or None, national=NATIONAL)
    assert " ".join(codes) == row["codes"]


@pytest.mark.parametrize(
    ("text", "prefix", "number", "title"),
    [
        ("Dự án 1: Chương trình 30a", "DA", 1, "Chương trình 30a"),
        ("Tiêu dự án 2: Hỗ trợ đầu tư", "TDA", 2, "Hỗ trợ đầu tư"),
        ("IV Dự án 4: Truyền thông", "DA", 4, "Truyền thông"),
        ("a) Tiểu dự án 1: Phát triển giáo dục;", "TDA", 1, "Phát triển giáo dục;"),
        ("DỰ ÁN 6: TRUYỀN THÔNG", "DA", 6, "TRUYỀN THÔNG"),
        ("Dự án 3. Hỗ trợ phát triển sản xuất.", "DA", 3, "Hỗ trợ phát triển sản xuất"),
        ("Tiểu dự án II: Giám sát", "TDA", 2, "Giám sát"),
        ("Nội dung thành phần số 03: Cơ cấu lại", "NDTP", 3, "Cơ cấu lại"),
        ("Hoạt động 2: Tập huấn", "HD", 2, "Tập huấn"),
        ("Dự án 2", "DA", 2, ""),
    ],
)
def test_heading(text: str, prefix: str, number: int, title: str) -> None:
    heading = parse_heading(text)
    assert heading is not None
    assert (heading.prefix, heading.number, heading.title) == (prefix, number, title)
    assert title in text[heading.start : heading.end + 1]


@pytest.mark.parametrize(
    "text",
    [
        "Dự án 2 do Ban Dân tộc chủ trì",
        "Dự án Hỗ trợ tăng cường hệ thống trợ giúp xã hội",
        "Các dự án thành phần",
        "Hỗ trợ dự án 2: x",
        "",
    ],
)
def test_no_heading(text: str) -> None:
    assert parse_heading(text) is None


def test_an_activity_without_number_keeps_its_word() -> None:
    activity = parse_activity("Hoạt động nâng cao năng lực:")
    assert activity is not None
    assert activity.title == "Hoạt động nâng cao năng lực"
    assert parse_activity("Hoạt động nhân rộng mô hình được tổ chức hằng năm.") is None
    assert parse_activity("Hoạt động khác") is None


NUMBERED = """III. NHIỆM VỤ
1. Ban hành văn bản:
- Kiện toàn Ban Chỉ đạo.
2. Các dự án thành phần
2.1. Dự án 2: Đa dạng hóa sinh kế
Tổng kinh phí là 10 triệu đồng.
2.2 Dự án 3: Hỗ trợ phát triển sản xuất
Tiểu dự án 1: Lĩnh vực nông nghiệp
Nội dung thứ nhất.
2.3 Dự án 4: Giáo dục nghề nghiệp
a) Tiểu dự án 1: Vùng khó khăn
- Mục tiêu: một mục tiêu.
b) Tiểu dự án 3: Việc làm bền vững
IV. KINH PHÍ
Tổng kinh phí là 20 triệu đồng.
"""


def test_numbered_headings_govern_what_stands_below_them() -> None:
    components, places, _ = _read(NUMBERED)
    assert [c.code for c in components] == ["DA2", "DA3", "DA3.TDA1", "DA4", "DA4.TDA1", "DA4.TDA3"]
    assert [c.parent for c in components] == [None, None, "DA3", None, "DA4", "DA4"]
    at = {
        "Kiện toàn": None,
        "Tổng kinh phí là 10": "DA2",
        "Nội dung thứ nhất": "DA3.TDA1",
        "Mục tiêu": "DA4.TDA1",
        "Tổng kinh phí là 20": None,
    }
    assert {words: places.code_at(NUMBERED.index(words)) for words in at} == at


def test_spans_are_the_words_read() -> None:
    components, _, _ = _read(NUMBERED)
    assert NUMBERED[slice(*components[0].span)] == "Dự án 2: Đa dạng hóa sinh kế"


ROWS = """Phụ lục
STT\tNội dung\tĐơn vị chủ trì\tThời gian
I\tDự án 1: Chương trình 30a\t\t
1\tTiêu dự án 1: <i>Hạ tầng huyện nghèo</i>\t\t
a\tHướng dẫn triển khai\tVụ Pháp chế\tHằng năm
II\tDự án 5: Nâng cao năng lực\t\t
1\tHoạt động nâng cao năng lực\t\t
a\tXây dựng tài liệu tập huấn\tVụ Pháp chế\tHằng năm
2\tHoạt động giám sát, đánh giá\t\t
a\tXây dựng kế hoạch kiểm tra\tVụ Pháp chế\tHằng năm
III\tNHIỆM VỤ KHÁC\t\t
1\tTổ chức hội nghị triển khai\tVụ Pháp chế\tHằng năm
"""


def test_captions_of_a_table_open_components() -> None:
    components, places, root = _read(ROWS)
    assert [c.code for c in components] == ["DA1", "DA1.TDA1", "DA5", "DA5.HD1", "DA5.HD2"]
    assert ROWS[slice(*components[1].span)] == "Tiêu dự án 1: <i>Hạ tầng huyện nghèo"
    codes = {node.title: places.by_node.get(id(node)) for node in walk(root) if node.cells}
    assert codes["Hướng dẫn triển khai"] == "DA1.TDA1"
    assert codes["Xây dựng tài liệu tập huấn"] == "DA5.HD1"
    assert codes["Xây dựng kế hoạch kiểm tra"] == "DA5.HD2"
    assert codes["Tổ chức hội nghị triển khai"] is None


LOCAL = """III. NỘI DUNG THỰC HIỆN
1. Chương trình 30a
1.1. Hỗ trợ đầu tư cơ sở hạ tầng các huyện nghèo
Xây dựng đường giao thông.
1.2. Hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế và nhân rộng mô hình giảm nghèo trên địa bàn huyện nghèo
1.3. Hỗ trợ cho lao động thuộc hộ nghèo, hộ dân tộc thiểu số đi làm việc có thời hạn ở nước ngoài
2. Chương trình 135
2.1. Hỗ trợ đầu tư cơ sở hạ tầng cho các xã đặc biệt khó khăn, xã an toàn khu
3. Truyền thông và giảm nghèo về thông tin
3.1. Phân công thực hiện: Sở Thông tin và Truyền thông chủ trì
V. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính
2. Sở Y tế
"""


def test_titles_are_aligned_to_the_national_list() -> None:
    components, places, _ = _read(LOCAL, NATIONAL)
    assert [c.code for c in components] == ["DA1", "DA1.TDA1", "DA1.TDA3", "DA1.TDA4", "DA2", "DA2.TDA1", "DA3"]
    assert {c.alignment for c in components} == {"title"}
    assert all(c.national == c.code and c.score is not None and c.score > 0.5 for c in components)
    assert places.code_at(LOCAL.index("Xây dựng đường")) == "DA1.TDA1"
    assert places.code_at(LOCAL.index("Sở Tài chính")) is None


def test_without_a_national_list_titles_are_no_components() -> None:
    assert _read(LOCAL)[0] == ()


def test_a_plan_that_numbers_differently_names_the_national_one() -> None:
    (component,) = _read("1. Dự án 7: Truyền thông và giảm nghèo về thông tin\n- Một việc.\n", NATIONAL)[0]
    assert (component.code, component.national, component.alignment) == ("DA7", "DA3", "stated")


@given(st.text(alphabet="TiểuêuDdựán 1234567890:;,.()-thuộcvà", max_size=80))
def test_soup_never_raises(text: str) -> None:
    for mention in find_component_mentions(text, within="DA1", national=NATIONAL):
        assert 0 <= mention.start < mention.end <= len(text)
    parse_heading(text)
    parse_activity(text)


def test_words_for_a_part_of_another_component_are_no_heading() -> None:
    assert parse_heading("Tiểu dự án 2 - Dự án 1: Hướng dẫn giải ngân") is None
    assert parse_heading("Tiểu dự án 2 - Hướng dẫn giải ngân") is not None
