"""Read the tables of cases in ``tests/cases``, which a jurist can extend by a row."""

import csv
from pathlib import Path

CASES = Path(__file__).parent / "cases"


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table; lines that begin with ``#`` are remarks."""
    lines = path.read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def read_cases(name: str, at_least: int) -> list[dict[str, str]]:
    """Return the rows of ``tests/cases/{name}.csv``.

    A table that has lost rows, names two rows alike, or has a row with too many or too few cells is refused: a table that
    silently shrank would stay green.
    """
    rows = read_rows(CASES / f"{name}.csv")
    assert len(rows) >= at_least, f"{name}.csv has {len(rows)} rows, at least {at_least} belong there"
    for row in rows:
        assert None not in row, f"{name}.csv, {row['id']}: too many cells"
        assert None not in row.values(), f"{name}.csv, {row['id']}: too few cells"
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids), f"{name}.csv: two rows are called {max(ids, key=ids.count)}"
    return rows


def case_id(row: dict[str, str]) -> str:
    """Return how a test run names a row."""
    return row["id"]
