"""Lines that say by labels what a table says by columns."""

import pytest

from loaders.text.columns import ColumnWords
from loaders.text.label_lines import gather_labels, names_agents, read_labels
from loaders.text.layout import layout_blocks
from loaders.text.lines import clean_passage
from loaders.text.outline import build_outline


@pytest.mark.parametrize(
    ("line", "head", "cells"),
    [
        ("Cơ quan chủ trì: Sở Y tế", "", {"lead": "Sở Y tế"}),
        ("Cơ quan phối hợp: Sở Y tế, UBND các huyện;", "", {"coordinate": "Sở Y tế, UBND các huyện"}),
        ("Đơn vị chủ trì: Sở Y tế. Thời gian: Quý I/2024.", "", {"lead": "Sở Y tế", "time": "Quý I/2024"}),
        (
            "Hỗ trợ vay vốn. Cơ quan chủ trì: Sở Tài chính. Thời gian: Hằng năm.",
            "Hỗ trợ vay vốn",
            {"lead": "Sở Tài chính", "time": "Hằng năm"},
        ),
        (
            "Tập huấn - Chủ trì: Sở Y tế - Phối hợp: Sở Nội vụ",
            "Tập huấn",
            {"lead": "Sở Y tế", "coordinate": "Sở Nội vụ"},
        ),
        (
            "Xây dựng kiến trúc (Cơ quan chủ trì: Sở Y tế; cơ quan phối hợp: các sở, ban, ngành).",
            "Xây dựng kiến trúc",
            {"lead": "Sở Y tế", "coordinate": "các sở, ban, ngành"},
        ),
        (
            "Tập huấn (Chủ trì: Sở Nội vụ; phối hợp: Sở Y tế; hoàn thành trước ngày 30/9/2024).",
            "Tập huấn",
            {"lead": "Sở Nội vụ", "coordinate": "Sở Y tế", "time": "trước ngày 30/9/2024"},
        ),
        (
            "Chủ trì: Sở Y tế (Chi cục Dân số)",
            "",
            {"lead": "Sở Y tế (Chi cục Dân số)"},
        ),
        ("Sản phẩm: Báo cáo; Thời hạn: 30/6", "", {"product": "Báo cáo", "time": "30/6"}),
        (
            "Cơ quan thực hiện: Sở Y tế. Tổ chức khám bệnh cho hộ nghèo.",
            "",
            {"implement": "Sở Y tế", "content": "Tổ chức khám bệnh cho hộ nghèo."},
        ),
        ("Phân công thực hiện: Sở Y tế chủ trì, phối hợp với Sở Nội vụ", "", {}),
        ("Chủ trì:", "", {}),
        ("Mục tiêu: giảm 2%", "", {}),
        ("Sở Y tế chủ trì thực hiện", "", {}),
        ("", "", {}),
    ],
)
def test_a_line_gives_cells(line: str, head: str, cells: dict[str, str], column_words: ColumnWords) -> None:
    found = read_labels(clean_passage(line, 0), column_words)
    assert {column: " / ".join(cell.text for cell in passages) for column, passages in found.cells.items()} == cells
    assert found.head.text == (head if cells else "")
    for passages in found.cells.values():
        for cell in passages:
            assert line[cell.span().start : cell.span().end] == cell.text


def test_label_lines_are_parted_from_the_others(column_words: ColumnWords) -> None:
    root = build_outline(
        layout_blocks("1. Tập huấn\n- Nội dung khác.\n- Chủ trì: Sở Y tế\n- Chủ trì: Sở Nội vụ\n", column_words)
    )
    (title,) = root.children
    cells, others = gather_labels(title.children, column_words)
    assert {column: [cell.text for cell in passages] for column, passages in cells.items()} == {
        "lead": ["Sở Y tế", "Sở Nội vụ"]
    }
    assert [node.title for node in others] == ["Nội dung khác."]
    assert names_agents(cells)
    assert not names_agents({"time": (clean_passage("Năm 2022", 0),)})
