"""Tables are read with line numbers, and a malformed table says where and what to do."""

from pathlib import Path

import pytest

from ontology.errors import RegistryError
from ontology.table_reading import read_table


def table(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "words.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_rows_keep_their_lines_and_come_in_nfc(tmp_path: Path) -> None:
    path = table(tmp_path, '\ufeff# for people\nform,kind\n\n"Sở Tài chính, cũ", \u0061\u0301\n# more\nB,\n')
    rows = read_table(path, ("form", "kind"))
    assert [(row.line, row["form"], row["kind"]) for row in rows] == [(4, "Sở Tài chính, cũ", "á"), (6, "B", "")]
    assert rows[1].optional("kind") is None


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    (row,) = read_table(table(tmp_path, "b,a\n1,2\n"), ("a", "b"))
    assert (row["a"], row["b"]) == ("2", "1")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the table is empty"),
        ("# only words\n", 1, "the table is empty"),
        ("a\n1\n", 1, "missing: b; unknown or twice: nothing"),
        ("a,b,c\n1,2,3\n", 1, "missing: nothing; unknown or twice: c"),
        ("a,b\n1,2\n1\n", 3, "the row has 1 cells, the header 2"),
        ("a,b\n1,2,3\n", 2, "the row has 3 cells, the header 2"),
        ('a,b\n1,"2\n', 1, "not well-formed CSV"),
        ('a,b\n1,"2\n3"\n', 1, "not well-formed CSV"),
        (b"a,b\n1,2\n\xff,3\n", 3, "not UTF-8"),
    ],
)
def test_a_malformed_table_is_refused(tmp_path: Path, text: str | bytes, line: int, message: str) -> None:
    with pytest.raises(RegistryError) as caught:
        read_table(table(tmp_path, text), ("a", "b"))
    assert message in caught.value.what
    assert caught.value.line == line
    assert caught.value.remedy


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="missing"):
        read_table(tmp_path / "none.csv", ("a",))


def test_cells_are_converted_or_refused(tmp_path: Path) -> None:
    (row,) = read_table(table(tmp_path, "a,b,c\nx; y,2025-02,yes\n"), ("a", "b", "c"))
    assert row.forms("a") == ("x", "y")
    assert row.date("b") == "2025-02"
    assert row.flag("c") is True
    for read in (row.date, row.flag):
        with pytest.raises(RegistryError, match=r"words\.csv:2"):
            read("a")
