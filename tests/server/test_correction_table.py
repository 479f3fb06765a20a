"""The table of corrections is written whole or not at all, one writer at a time, and no other line of it is touched."""

import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from ontology.corrections import COLUMNS, load_corrections
from ontology.errors import CorrectionError
from server.correction_table import append_correction, withdraw_correction

CELLS = {
    "document": "293/QĐ-LĐTBXH", "kind": "timing", "key": "B.I.4.a", "field": "end", "action": "change", "to": "2017-07-31",
    "quote": "Quý II/2017, trước \"hè\"", "who": "Lê A", "when": "2026-05-04", "why": "bản giấy, trang 3",
}  # fmt: skip
REMARK = "# bảng của tỉnh\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "corrections.csv"
    path.write_text(REMARK + ",".join(COLUMNS) + "\n", "utf-8")
    return path


def test_a_row_is_added_at_the_end_and_read_back(table: Path) -> None:
    first = append_correction(table, CELLS)
    second = append_correction(table, CELLS | {"key": "B.I.4.b"})
    assert [one.id for one in load_corrections(table)] == ["2026-05-04-1", "2026-05-04-2"]
    assert load_corrections(table) == (first, second)
    assert table.read_text("utf-8").startswith(REMARK)
    assert sorted(p.name for p in table.parent.iterdir()) == ["corrections.csv"]


def test_a_table_that_is_not_there_is_begun(tmp_path: Path) -> None:
    append_correction(tmp_path / "new" / "corrections.csv", CELLS)
    assert len(load_corrections(tmp_path / "new" / "corrections.csv")) == 1


def test_columns_stay_in_the_order_of_the_table(table: Path) -> None:
    columns = list(reversed(COLUMNS))
    table.write_text(",".join(columns) + "\n", "utf-8")
    made = append_correction(table, CELLS)
    assert load_corrections(table) == (made,)


def test_withdrawing_keeps_the_row_and_all_other_lines(table: Path) -> None:
    append_correction(table, CELLS)
    append_correction(table, CELLS | {"key": "B.I.4.b"})
    before = table.read_text("utf-8").splitlines()
    withdraw_correction(table, "2026-05-04-1", who="Trần B", when="2026-06-01", why="nhầm dòng")
    after = table.read_text("utf-8").splitlines()
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, True, False, True]
    first = load_corrections(table)[0]
    assert (first.withdrawn_by, first.withdrawn_on, first.withdrawn_why) == ("Trần B", "2026-06-01", "nhầm dòng")
    assert (first.to, first.who) == ("2017-07-31", "Lê A")
    with pytest.raises(CorrectionError, match="already"):
        withdraw_correction(table, "2026-05-04-1", who="B", when="2026-06-02", why="x")
    with pytest.raises(CorrectionError, match="no correction"):
        withdraw_correction(table, "2026-05-04-7", who="B", when="2026-06-02", why="x")
    with pytest.raises(CorrectionError, match="empty"):
        withdraw_correction(table, "2026-05-04-2", who="B", when="2026-06-02", why="  ")


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"who": ""}, "who"),
        ({"to": "31/7/2017"}, "to"),
        ({"why": "=HYPERLINK(\"x\")"}, "why"),
        ({"kind": "giờ"}, "kind"),
        ({"id": "Sửa!"}, "id"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_and_nothing_written(table: Path, changes: dict[str, str], column: str) -> None:
    before = table.read_bytes()
    with pytest.raises(CorrectionError) as refused:
        append_correction(table, CELLS | changes)
    assert refused.value.column == column
    assert refused.value.vi
    assert table.read_bytes() == before


def test_an_id_is_given_once(table: Path) -> None:
    append_correction(table, CELLS | {"id": "một".replace("ộ", "o")})
    with pytest.raises(CorrectionError, match="taken"):
        append_correction(table, CELLS | {"id": "mot"})


def test_a_cell_never_breaks_its_line(table: Path) -> None:
    made = append_correction(table, CELLS | {"why": "dòng một\ndòng hai\x0bba\u2028bốn", "quote": 'a,"b";c'})
    assert made.why == "dòng một dòng hai ba bốn"
    assert load_corrections(table) == (made,)


def test_a_write_that_dies_leaves_the_old_table(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append_correction(table, CELLS)
    before = table.read_bytes()

    def die(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", die)
    with pytest.raises(CorrectionError, match="No space left"):
        append_correction(table, CELLS | {"key": "B.I.4.b"})
    assert table.read_bytes() == before
    assert [p.name for p in table.parent.iterdir()] == ["corrections.csv"]


def test_a_reader_never_sees_half_a_table(table: Path) -> None:
    """Whoever has the old table open keeps it whole: the new one takes its place in one step."""
    append_correction(table, CELLS)
    before = table.read_bytes()
    with table.open("rb") as reader:
        append_correction(table, CELLS | {"key": "B.I.4.b"})
        assert reader.read() == before
    assert len(load_corrections(table)) == 2


def write_some(path: Path, who: str) -> list[str]:
    """Write some rows as one of two writers, when both are there."""
    (path.parent / f"{who}.ready").touch()
    until = time.monotonic() + 30
    while len(list(path.parent.glob("*.ready"))) < 2 and time.monotonic() < until:
        time.sleep(0.001)
    return [append_correction(path, CELLS | {"who": who, "why": f"{who} {number}"}).id for number in range(25)]


def test_two_writers_at_once_lose_nothing(table: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        given = [one for ids in pool.map(write_some, [table, table], ["A", "B"]) for one in ids]
    rows = load_corrections(table)
    assert len(rows) == len(set(given)) == 50
    assert {one.why for one in rows} == {f"{who} {number}" for who in "AB" for number in range(25)}
