"""Hand-edited CSV tables, read with line numbers and checked while reading.

A table is UTF-8, has a header that names exactly the expected columns, and as many cells in each row. Lines that begin with
``#`` and empty lines are for people. A wrong table raises :class:`ontology.errors.RegistryError` with file, line and remedy.

Guaranteed for each cell: Unicode NFC, no blanks at its ends.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from ontology.errors import RegistryError

TABLES = Path(__file__).parent / "tables"
"""Where the tables are that come with the program."""

TABLES = Path(__file__).parent / "tables"
"""Where the tables of the program live."""

_ISO_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: ``row["column"]`` is the cell's text; the other readers check and convert."""

    path: Path
    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def fail(self, what: str, remedy: str) -> NoReturn:
        """Raise :class:`RegistryError` for this row."""
        raise RegistryError(what, file=self.path, line=self.line, remedy=remedy)

    def text(self, column: str) -> str:
        """Return a cell that must not be empty."""
        if not self.values[column]:
            self.fail(f"column “{column}” is empty", f"write a value into “{column}” or remove the row")
        return self.values[column]

    def optional(self, column: str) -> str | None:
        """Return a cell, ``None`` where it is empty."""
        return self.values[column] or None

    def forms(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell that are separated by ``;``; a part twice or an empty part is an error."""
        if not self.values[column]:
            return ()
        parts = tuple(part.strip() for part in self.values[column].split(";"))
        if "" in parts:
            self.fail(f"column “{column}” has an empty part between two “;”", "remove the superfluous “;”")
        for part in parts:
            if parts.count(part) > 1:
                self.fail(f"column “{column}” names “{part}” twice", "keep it once")
        return parts

    def date(self, column: str) -> str | None:
        """Return an ISO 8601 date (possibly only year or month), ``None`` where the cell is empty."""
        value = self.optional(column)
        if value is not None and not _ISO_DATE.fullmatch(value):
            self.fail(f"column “{column}” is “{value}”, not a date", "write it as YYYY-MM-DD (or YYYY-MM, or YYYY)")
        return value

    def flag(self, column: str) -> bool:
        """Return whether the cell says ``yes``; anything but ``yes`` and ``no`` is an error."""
        if self.values[column] not in {"yes", "no"}:
            self.fail(f"column “{column}” is “{self.values[column]}”", "write yes or no")
        return self.values[column] == "yes"

    def choice(self, column: str, kind: type[_E]) -> _E:
        """Return the member of a closed list that the cell names."""
        try:
            return kind(self.values[column])
        except ValueError:
            allowed = ", ".join(kind)
            self.fail(f"column “{column}” is “{self.values[column]}”", f"write one of: {allowed}")


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise RegistryError("the table is missing", file=path, line=0, remedy="restore the file") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise RegistryError("the table is not UTF-8", file=path, line=line, remedy="save it as CSV UTF-8") from error


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    kept = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    for (number, _), cells in zip(kept, csv.reader((line for _, line in kept), strict=True), strict=True):
        yield number, [unicodedata.normalize("NFC", cell).strip() for cell in cells]


def read_table(path: Path, columns: Sequence[str]) -> list[TableRow]:
    """Read a table whose header names exactly ``columns``, in any order; a cell never holds a line break.

    Raises:
        RegistryError: file missing, not UTF-8, broken quoting, wrong header, wrong number of cells.
    """
    try:
        lines = list(_lines(_decoded(path)))
    except (csv.Error, ValueError) as error:
        raise RegistryError(
            f"the table is not well-formed CSV ({error})",
            file=path,
            line=1,
            remedy="look for a quotation mark that is not closed, or a line break inside a cell",
        ) from error
    if not lines:
        raise RegistryError("the table is empty", file=path, line=1, remedy=f"begin with: {','.join(columns)}")
    (first, header), *body = lines
    if sorted(header) != sorted(columns):
        missing = ", ".join(c for c in columns if c not in header) or "nothing"
        unknown = ", ".join(c for c in header if c not in columns) or "nothing"
        raise RegistryError(
            f"the header is not the expected one (missing: {missing}; unknown or twice: {unknown})",
            file=path,
            line=first,
            remedy=f"use the columns {','.join(columns)}",
        )
    rows = []
    for number, cells in body:
        row = TableRow(path, number, dict(zip(header, cells, strict=False)))
        if len(cells) != len(header):
            row.fail(
                f"the row has {len(cells)} cells, the header {len(header)}",
                "quote cells that hold a comma, and write a comma for each empty cell",
            )
        rows.append(row)
    return rows
