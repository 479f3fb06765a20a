"""Tables in the forms that text dumps give them."""

import pytest

from loaders.text.blocks import Table
from loaders.text.columns import align_cells, load_column_words, name_columns
from loaders.text.layout import layout_blocks
from loaders.text.lines import clean_passage

WORDS = load_column_words()
HEADER = ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện")


def only_table(text: str) -> Table:
    (table,) = [block for block in layout_blocks(text, WORDS) if isinstance(block, Table)]
    return table


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


ROWS = [
    ["1", "Xây dựng kế hoạch thực hiện Chương trình", "Sở Y tế", "Sở Tài chính, Sở Nội vụ", "Quý II/2022"],
    ["2", "Tổ chức tập huấn cho cán bộ cấp xã", "Sở Nội vụ", "UBND các huyện", "Hằng năm"],
]


def as_tabs() -> str:
    return "\n".join("\t".join(cells) for cells in [HEADER, *ROWS])


def as_markdown() -> str:
    lines = ["| " + " | ".join(cells) + " |" for cells in [HEADER, *ROWS]]
    return "\n".join([lines[0], "|---|---|:-:|---|---|", *lines[1:]])


def as_tabbed_cells() -> str:
    return "\n\n".join("\n".join("\t" + cell for cell in cells) for cells in [HEADER, *ROWS])


def as_plain_cells() -> str:
    return "\n".join(cell for cells in [HEADER, *ROWS] for cell in cells)


def as_lone_pipes() -> str:
    return "\n|\n".join(cell for cells in [HEADER, *ROWS] for cell in cells)


@pytest.mark.parametrize("form", [as_tabs, as_markdown, as_tabbed_cells, as_plain_cells, as_lone_pipes])
def test_one_table_in_every_form(form: object) -> None:
    assert callable(form)
    table = only_table("Mở đầu.\n\n" + form() + "\n\nTrên đây là Kế hoạch.\n")
    assert name_columns(table.header, WORDS) == ("number", "content", "lead", "coordinate", "time")
    assert texts(table) == ROWS


def test_a_row_torn_by_a_page_break_is_joined() -> None:
    head = "\t".join(HEADER)
    torn = f"{head}\n1\tXây dựng hệ thống theo dõi công tác giảm\tVăn phòng Quốc\tVụ Pháp chế và\tĐã hoàn thành\n\n{head}\n\tnghèo bền vững\tgia về giảm nghèo\tcác đơn vị liên quan\t(ngày 7/10/2016)\n2\tTổ chức hội nghị\tSở Y tế\t\tHằng năm"
    first, second = texts(only_table(torn))
    assert first[1:3] == ["Xây dựng hệ thống theo dõi công tác giảm nghèo bền vững", "Văn phòng Quốc gia về giảm nghèo"]
    assert first[4] == "Đã hoàn thành (ngày 7/10/2016)"
    assert second[0] == "2"


def test_an_unnumbered_row_of_its_own_is_not_joined() -> None:
    head = "\t".join(HEADER)
    rows = texts(
        only_table(f"{head}\nI\tHUY ĐỘNG NGUỒN LỰC\t\t\t\n\tTập trung nguồn lực đầu tư\tSở Y tế\tSở Nội vụ\tNăm 2022")
    )
    assert [row[1] for row in rows] == ["HUY ĐỘNG NGUỒN LỰC", "Tập trung nguồn lực đầu tư"]


def test_cells_lost_by_merging_are_placed_by_what_they_look_like() -> None:
    columns = ("number", "content", "lead", "coordinate", "time")
    cells = [
        clean_passage(text, 0)
        for text in ("3", "Rà soát hộ nghèo, hộ cận nghèo theo chuẩn mới", "Sở Y tế", "Quý I/2022")
    ]
    (placed,) = align_cells(cells, columns)
    assert {index: cell.text for index, cell in placed.items()} == {
        0: "3",
        1: "Rà soát hộ nghèo, hộ cận nghèo theo chuẩn mới",
        2: "Sở Y tế",
        4: "Quý I/2022",
    }


def test_prose_is_no_table() -> None:
    assert not [
        b
        for b in layout_blocks("Nội dung\nSở Y tế thực hiện.\n- Thời gian: năm 2022.\n", WORDS)
        if isinstance(b, Table)
    ]


BROKEN = """Nội dung\tPhân công nhiệm vụ\tTiến độ\tNguồn lực
1. Trồng cây dọc tuyến kênh nội đồng.
(Sản phẩm 2 của đề án)\tChủ trì: Sở Y tế.
Phối hợp: Sở Nội vụ.\tQuý I/2026\tChi thường xuyên
2. Lập sổ theo dõi nguồn nước.\tChủ trì: Sở Nội vụ.
- Phối hợp: Sở Y tế.\tQuý II/2026\tChi thường xuyên
3. Họp sơ kết.\tSở Y tế\tNăm 2027\tXã hội hóa"""


def test_line_breaks_inside_cells_join_until_the_row_is_full() -> None:
    assert texts(only_table(BROKEN)) == [
        [
            "1. Trồng cây dọc tuyến kênh nội đồng. (Sản phẩm 2 của đề án)",
            "Chủ trì: Sở Y tế. Phối hợp: Sở Nội vụ.",
            "Quý I/2026",
            "Chi thường xuyên",
        ],
        [
            "2. Lập sổ theo dõi nguồn nước.",
            "Chủ trì: Sở Nội vụ. - Phối hợp: Sở Y tế.",
            "Quý II/2026",
            "Chi thường xuyên",
        ],
        ["3. Họp sơ kết.", "Sở Y tế", "Năm 2027", "Xã hội hóa"],
    ]


def test_short_rows_stay_rows_of_their_own() -> None:
    head = "TT\tNội dung\tChủ trì\tPhối hợp\tThời gian"
    rows = texts(only_table(f"{head}\n1\tTập huấn\tSở Y tế\n2\tGiám sát\tSở Nội vụ\n3\tHọp\tSở Y tế"))
    assert [row[1] for row in rows] == ["Tập huấn", "Giám sát", "Họp"]


@pytest.mark.parametrize("number", ["- 4 -", "– 12 –", "7", "Trang 3/9"])
def test_the_number_of_a_page_between_rows_is_no_cell(number: str) -> None:
    head = "\t".join(HEADER)
    first, second = ("\t".join(cells) for cells in ROWS)
    assert texts(only_table(f"{head}\n{first}\n\n{number}\n\n{head}\n{second}\n")) == ROWS


def test_leads_that_are_numbered_in_one_cell_stay_in_it() -> None:
    cells = [*HEADER, "1", ROWS[0][1], "1. Sở Y tế", "2. Sở Nội vụ", "3. Sở Tài chính", *ROWS[0][3:], *ROWS[1]]
    expected = [["1", ROWS[0][1], "1. Sở Y tế 2. Sở Nội vụ 3. Sở Tài chính", *ROWS[0][3:]], ROWS[1]]
    assert texts(only_table("\n".join(cells))) == expected


def test_figures_in_cells_of_their_own_line_begin_no_row() -> None:
    table = only_table(
        "DANH MỤC CHỈ TIÊU\nSTT\nChỉ tiêu\nĐơn vị tính\nKế hoạch năm 2024\n1\nHồ sơ trực tuyến\n%\n80\n2\nSố xã có cáp quang\nxã\n124\n"
    )
    assert texts(table) == [["1", "Hồ sơ trực tuyến", "%", "80"], ["2", "Số xã có cáp quang", "xã", "124"]]
