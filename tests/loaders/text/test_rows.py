"""Rows of task tables as nodes: captions, letters, unnumbered rows, tables that are none of tasks; columns by their words."""

from collections.abc import Sequence

import pytest

from loaders.text.blocks import Node, Table
from loaders.text.columns import ColumnWords, fits, name_columns
from loaders.text.layout import layout_blocks
from loaders.text.lines import clean_passage
from loaders.text.outline import build_outline, walk
from loaders.text.rows import add_row_nodes, is_caption_row, is_task_table

HEADER = ("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian")


def tree_of(rows: Sequence[tuple[str, ...]], known: ColumnWords, header: tuple[str, ...] = HEADER) -> list[str]:
    """Return the rows as an indented tree: ``label title`` with one dot for each depth."""
    text = "\n".join("\t".join(cells) for cells in [header, *rows])
    root = build_outline(layout_blocks(text, known))
    (table,) = [node for node in walk(root) if node.table is not None]
    add_row_nodes(table, known)

    def lines(node: Node, depth: int) -> list[str]:
        own = "." * depth + f"{node.label} {node.title}".strip()
        return [own, *(line for child in node.children for line in lines(child, depth + 1))]

    return [line for child in table.children for line in lines(child, 0)]


def test_numbers_stand_under_captions_and_letters_under_numbers(column_words: ColumnWords) -> None:
    rows = [
        ("A", "NHÓM CHUNG", "", ""),
        ("I", "Thể chế", "", ""),
        ("1", "Xây dựng", "Sở Y tế", "Quý I"),
        ("a", "Hướng dẫn", "Sở Y tế", "Quý I"),
        ("đ", "Kiểm tra", "Sở Y tế", "Quý I"),
        ("2", "Rà soát", "Sở Y tế", "Quý I"),
        ("II", "Đào tạo", "", ""),
        ("1", "Tập huấn", "Sở Y tế", "Quý I"),
        ("B", "NHÓM RIÊNG", "", ""),
        ("1", "Giám sát", "Sở Y tế", "Quý I"),
    ]
    assert tree_of(rows, column_words) == [
        "A NHÓM CHUNG",
        ".I Thể chế",
        "..1 Xây dựng",
        "...a Hướng dẫn",
        "...đ Kiểm tra",
        "..2 Rà soát",
        ".II Đào tạo",
        "..1 Tập huấn",
        "B NHÓM RIÊNG",
        ".1 Giám sát",
    ]


def test_decimal_numbers_nest(column_words: ColumnWords) -> None:
    rows = [
        ("1", "Một", "Sở Y tế", ""),
        ("1.1", "Hai", "Sở Y tế", ""),
        ("1.1.1", "Ba", "Sở Y tế", ""),
        ("2", "Bốn", "Sở Y tế", ""),
    ]
    assert tree_of(rows, column_words) == ["1 Một", ".1.1 Hai", "..1.1.1 Ba", "2 Bốn"]


def test_a_caption_may_stand_in_the_number_cell(column_words: ColumnWords) -> None:
    rows = [("IV Dự án 4: Nhà ở", "", "", ""), ("1", "Xây nhà", "Sở Xây dựng", "Năm 2022")]
    assert tree_of(rows, column_words) == ["IV Dự án 4: Nhà ở", ".1 Xây nhà"]


def test_a_row_without_number_is_a_sibling_of_those_above_or_a_child_of_the_caption(column_words: ColumnWords) -> None:
    rows = [
        ("I", "Thể chế", "", ""),
        ("", "Không số một", "Sở Y tế", "Quý I"),
        ("1", "Có số", "Sở Y tế", "Quý I"),
        ("", "Không số hai", "Sở Y tế", "Quý I"),
    ]
    assert tree_of(rows, column_words) == ["I Thể chế", ".Không số một", ".1 Có số", ".Không số hai"]


@pytest.mark.parametrize(
    ("cells", "caption"),
    [
        (("I", "Thể chế", "", ""), True),
        (("1", "NHÓM CHUNG", "", ""), True),
        (("1", "Rà soát", "", ""), False),
        (("I", "Thể chế", "Sở Y tế", ""), False),
    ],
)
def test_a_row_of_content_alone_that_heads_or_shouts_is_a_caption(
    cells: tuple[str, ...], caption: bool, column_words: ColumnWords
) -> None:
    text = "\n".join("\t".join(row) for row in (HEADER, cells, ("9", "Hết", "Sở Y tế", "Năm 2022")))
    root = build_outline(layout_blocks(text, column_words))
    (table,) = [node for node in walk(root) if node.table is not None]
    add_row_nodes(table, column_words)
    row = table.children[0]
    row.children.clear()
    assert is_caption_row(row) is caption


def table_with(header: tuple[str, ...]) -> Table:
    return Table(tuple(clean_passage(text, 0) for text in header), ())


@pytest.mark.parametrize(
    ("header", "tasks"),
    [
        (("TT", "Nội dung", "Cơ quan chủ trì"), True),
        (("Nhiệm vụ", "Thời gian hoàn thành"), True),
        (("Nội dung công việc", "Sản phẩm"), True),
        (("TT", "Nội dung", "Ghi chú"), False),
        (("Họ và tên", "Năm sinh"), False),
        (("Chỉ tiêu", "Đơn vị tính", "Năm 2022"), False),
        ((), False),
    ],
)
def test_a_task_table_names_a_content_and_who_or_when(
    header: tuple[str, ...], tasks: bool, column_words: ColumnWords
) -> None:
    assert is_task_table(table_with(header), column_words) is tasks


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp"), ("number", "content", "lead", "coordinate")),
        (("Đơn vị", "Chỉ tiêu"), ("unit", "indicator")),
        (("Đơn vị", "Nhiệm vụ"), ("implement", "content")),
        (("Cơ quan chủ trì[1]", "Sản phẩm/ hình thức văn bản"), ("lead", "product")),
        (("CƠ QUAN CHỦ TRÌ", "THỜI HẠN HOÀN THÀNH"), ("lead", "time")),
        (("Thời gian trình (tháng)", "Cấp trình"), ("time", "submit_to")),
        (("Họ và tên",), (None,)),
        (("",), (None,)),
    ],
)
def test_columns_are_known_by_their_words(
    header: tuple[str, ...], columns: tuple[str | None, ...], column_words: ColumnWords
) -> None:
    assert name_columns(table_with(header).header, column_words) == columns


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("7", "number"),
        ("IV", "number"),
        ("đ)", "number"),
        ("Quý II/2022", "time"),
        ("Hằng năm", "time"),
        ("Sở Tài chính, Sở Y tế", "lead"),
        ("UBND các huyện", "lead"),
        ("Rà soát, lập danh sách hộ nghèo trên địa bàn", "content"),
    ],
)
def test_a_cell_looks_like_its_column(text: str, best: str) -> None:
    kinds = ("number", "time", "lead", "content")
    assert max(kinds, key=lambda kind: fits(text, kind)) == best


def test_a_table_without_a_column_of_numbers_has_them_in_its_content(column_words: ColumnWords) -> None:
    header = ("Nội dung", "Phân công thực hiện", "Tiến độ", "Sản phẩm đầu ra")
    rows = [("II. Hạ tầng", "", "", ""), ("1. Nạo vét kênh", "Sở Y tế", "2026", "Kênh"), ("b. Kè", "Sở Y tế", "", "")]
    assert tree_of(rows, column_words, header) == ["II Hạ tầng", ".1 Nạo vét kênh", ".b. Kè"]


def test_a_caption_repeated_in_each_merged_cell_is_a_caption(column_words: ColumnWords) -> None:
    text = "\n".join("\t".join(row) for row in [HEADER, ("I", *["Nước sạch"] * 3), ("1", "Đo", "Sở Y tế", "2026")])
    root = build_outline(layout_blocks(text, column_words))
    (table,) = [node for node in walk(root) if node.table is not None]
    add_row_nodes(table, column_words)
    (caption,) = table.children
    assert is_caption_row(caption)
    assert [child.title for child in caption.children] == ["Đo"]
