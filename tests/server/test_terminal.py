"""What the command line shows: nothing cut, whatever the width; codes and yes or no in words."""

import io

import pytest
from rich.console import Console, RenderableType

from queries.answer import Answer, Column, Iri
from server.terminal import draw_list, draw_table, needed_width, readable_columns

LABELS = ["Cơ quan", "Nội dung nhiệm vụ", "Thời gian", "Vì sao biết", "Nguyên văn"]
ROWS = [
    ["Sở Lao động - Thương binh và Xã hội", "Xây dựng quy trình kiểm tra và giám sát " * 4, "Quý II/2017", "văn bản nêu", "Sở LĐTBXH"],
    ["Phòng Y tế", "Tập huấn", "", "suy ra", "Phòng Y tế huyện"],
]  # fmt: skip


def _words(drawn: RenderableType, width: int) -> list[str]:
    console = Console(width=width, file=io.StringIO(), highlight=False, markup=False)
    console.print(drawn)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().split()


@pytest.mark.parametrize("width", [40, 80, 100])
def test_a_list_keeps_every_word_in_a_narrow_terminal(width: int) -> None:
    shown = _words(draw_list("Ai chủ trì", "Văn bản: A", LABELS, ROWS), width)
    for cell in [cell for row in ROWS for cell in row]:
        assert set(cell.split()) <= set(shown)
    assert shown.count("Cơ") == len(ROWS)
    assert shown.count("Thời") == 1, "what a row does not say has no line"


def test_a_table_that_has_room_keeps_every_word() -> None:
    width = needed_width(LABELS, ROWS)
    assert 80 < width < 120
    shown = _words(draw_table("Ai chủ trì", "", LABELS, ROWS), width)
    for cell in [cell for row in ROWS for cell in row]:
        assert set(cell.split()) <= set(shown)


def test_codes_and_addresses_give_way_to_their_words() -> None:
    names = ["task", "task_text", "route", "route_label", "inherited"]
    row = (Iri("https://w3id.org/daumoi/id/task/a"), "Tập huấn", "direct", "văn bản nêu", True)
    answer = Answer(tuple(map(Column, names)), (row,), "", "")
    assert [names[i] for i in readable_columns(answer)] == ["task_text", "route_label", "inherited"]
