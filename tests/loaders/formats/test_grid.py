"""A table on a grid becomes lines: what is merged over rows holds for each where it says who and when."""

import pytest

from loaders.formats.grid import GridCell, lay_out_grid, snap_edges
from loaders.text.columns import ColumnWords


def cells_of(*rows: tuple[str, ...], merged: dict[tuple[int, int], tuple[int, int]] | None = None) -> list[GridCell]:
    """Return the cells of ``rows``; ``merged`` gives the height and width of some."""
    merged = merged or {}
    return [
        GridCell(i, j, (text,), *merged.get((i, j), (1, 1)))
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
        if text
    ]


HEADER = ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn", "Sản phẩm", "Kinh phí")


@pytest.mark.parametrize("column", range(7))
def test_only_who_when_and_what_comes_out_is_repeated(column: int, column_words: ColumnWords) -> None:
    first, second = ["1"] * 7, ["2"] * 7
    first[column], second[column] = "chung", ""
    lines = lay_out_grid(cells_of(HEADER, tuple(first), tuple(second), merged={(1, column): (2, 1)}), column_words)
    assert len(lines) == 3
    assert (lines[2].split("\t")[column] == "chung") == (column in {2, 3, 4, 5})


def test_a_table_whose_header_is_not_understood_repeats_nothing(column_words: ColumnWords) -> None:
    rows = cells_of(("A", "B", "C"), ("1", "x", "chung"), ("2", "y", ""), merged={(1, 2): (2, 1)})
    assert lay_out_grid(rows, column_words) == ["A\tB\tC", "1\tx\tchung", "2\ty\t"]


def test_empty_cells_are_kept_and_empty_columns_and_rows_dropped(column_words: ColumnWords) -> None:
    rows = [
        GridCell(0, 0, ("TT",)),
        GridCell(0, 3, ("Nội dung",)),
        GridCell(0, 5, ("Chủ trì",)),
        GridCell(4, 3, ("A",)),
    ]
    assert lay_out_grid(rows, column_words) == ["TT\tNội dung\tChủ trì", "\tA\t"]


def test_nothing_in_a_cell_breaks_its_row(column_words: ColumnWords) -> None:
    rows = [GridCell(0, 0, ("a\tb", " c\nd")), GridCell(0, 1, ("e\u00a0f",)), GridCell(0, 2, ("g",))]
    assert lay_out_grid(rows, column_words) == ["a b c d\te f\tg"]


def test_a_caption_does_not_get_the_lead_of_the_rows_above(column_words: ColumnWords) -> None:
    rows = [
        *cells_of(("TT", "Nội dung", "Chủ trì"), ("1", "A", "Sở Y tế"), merged={(1, 2): (3, 1)}),
        GridCell(2, 0, ("II. Dự án 2",), 1, 2),
        *(GridCell(3, column, (text,)) for column, text in enumerate(("2", "B"))),
    ]
    assert lay_out_grid(rows, column_words)[2:] == ["II. Dự án 2\t\t", "2\tB\tSở Y tế"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("UBND TỈNH A", "Số: 5/KH-UBND"), ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")),
        (("Nơi nhận:", "- Như trên;"), ("KT. CHỦ TỊCH", "Nguyễn Văn A")),
        (("", ""), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    ],
)
def test_cells_that_place_text_are_lines(
    left: tuple[str, ...], right: tuple[str, ...], column_words: ColumnWords
) -> None:
    lines = lay_out_grid([GridCell(0, 0, left), GridCell(0, 2, right)], column_words)
    assert lines == [line for line in (*left, *right) if line]


def test_two_columns_of_data_stay_a_table(column_words: ColumnWords) -> None:
    assert lay_out_grid(cells_of(("Đơn vị", "Nhiệm vụ"), ("Sở Y tế", "Rà soát")), column_words) == (
        ["Đơn vị\tNhiệm vụ", "Sở Y tế\tRà soát"]
    )


def test_a_frame_of_one_column_is_text(column_words: ColumnWords) -> None:
    assert lay_out_grid([GridCell(0, 0, ("Điều 1.", "", "Điều 2."))], column_words) == ["Điều 1.", "Điều 2."]
    assert lay_out_grid([], column_words) == []


def test_edges_near_each_other_are_one() -> None:
    assert snap_edges([3, 0, 100, 101], 2) == {0: 0, 3: 1, 100: 2, 101: 2}


def test_a_header_cell_over_two_rows_is_written_once(column_words: ColumnWords) -> None:
    rows = [
        *(GridCell(0, j, (text,), 2) for j, text in enumerate(("TT", "Nội dung"))),
        GridCell(0, 2, ("Cơ quan",), 1, 2),
        GridCell(0, 4, ("Thời gian",), 2),
        *(GridCell(1, j, (text,)) for j, text in ((2, "Chủ trì"), (3, "Phối hợp"))),
        *(GridCell(2, j, (text,)) for j, text in enumerate(("1", "A", "B", "C", "D"))),
    ]
    assert lay_out_grid(rows, column_words)[:2] == ["TT\tNội dung\tCơ quan\t\tThời gian", "\t\tChủ trì\tPhối hợp\t"]
