"""Every rule of the registry has teeth: a copy of the tables is broken once per rule, and the error names the place."""

import csv
import shutil
from pathlib import Path

import pytest

from ontology.errors import RegistryError
from ontology.registry import load_registry
from ontology.registry_tables import COLUMNS
from ontology.table_reading import TABLES
from tests.case_tables import read_cases

BREAKS = read_cases("registry_breaks", 70)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the program's tables that may be broken."""
    return Path(shutil.copytree(TABLES, tmp_path / "tables"))


def change_cell(path: Path, match: str, column: str, value: str) -> int:
    """Write ``value`` into the first row that has a cell ``match``; return its line."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    at = next(i for i, row in enumerate(rows) if i and match in row)
    rows[at][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return at + 1


def test_there_are_enough_cases() -> None:
    assert len(BREAKS) >= 70
    assert {case["table"] for case in BREAKS} == set(COLUMNS)


@pytest.mark.parametrize("case", BREAKS, ids=[case["id"] for case in BREAKS])
def test_a_broken_row_is_named(case: dict[str, str], tables: Path) -> None:
    path = tables / f"{case['table']}.csv"
    line = change_cell(path, case["match"], case["column"], case["value"])
    with pytest.raises(RegistryError) as caught:
        load_registry(tables)
    error = caught.value
    assert case["message"] in str(error)
    assert error.file.name in {path.name, "bodies.csv", "agencies.csv"}
    assert f"{error.file}:{error.line}" in str(error)
    assert error.remedy
    if error.line != line:  # of two rows that clash, the later one is named, with the line of the earlier
        assert f"line {line}" in error.what or error.line > line or "itself" in error.what


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_a_missing_table_is_named(table: str, tables: Path) -> None:
    (tables / f"{table}.csv").unlink()
    with pytest.raises(RegistryError, match=rf"{table}\.csv:0: the table is missing"):
        load_registry(tables)


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_a_wrong_header_is_named(table: str, tables: Path) -> None:
    path = tables / f"{table}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("name", "nmae", 1).replace("period", "perod", 1), "utf-8")
    if "nmae" not in path.read_text(encoding="utf-8").splitlines()[0]:
        path.write_text("x," + path.read_text(encoding="utf-8"), "utf-8")
    with pytest.raises(RegistryError, match=rf"{table}\.csv:1: the header is not the expected one"):
        load_registry(tables)


def test_the_same_name_in_other_years_is_allowed(tables: Path) -> None:
    change_cell(tables / "agencies.csv", "bo-nong-nghiep-va-moi-truong", "names", "BNN&PTNT")
    registry = load_registry(tables)
    assert "BNN&PTNT" in registry.agencies["bo-nong-nghiep-va-moi-truong"].names
