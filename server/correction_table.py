"""Writing the table of corrections: whole or not at all, one writer at a time, every other line of it left as it is.

A new table is written beside the old one, read back through the same checks as every start does, and only then put in its place. The
lock is on the folder, so that nothing is left behind; the system releases it however the writer ends.
"""

import csv
import fcntl
import io
import os
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ontology.corrections import COLUMNS, Correction, Flaw, find_flaw, load_corrections, parse_correction
from ontology.errors import CorrectionError

_FORMULA = ("=", "@")


def append_correction(path: Path, cells: Mapping[str, str]) -> Correction:
    """Check a new row and put it at the end of the table; without an ``id`` it gets the next one of its day.

    Raise :class:`ontology.errors.CorrectionError` where a cell is wrong, the id is taken or the table cannot be written.
    """
    row = tidy_cells(cells)
    with _writing(path) as text:
        rows = load_corrections(path)
        row["id"] = row["id"] or next_id(rows, row["when"])
        if any(one.id == row["id"] for one in rows):
            raise CorrectionError(
                f"the id “{row['id']}” is taken",
                vi=f"mã “{row['id']}” đã có; đặt mã khác",
                column="id",
                remedy="choose another",
            )
        refuse_flaws(row)
        made = parse_correction(row)
        _replace(path, _with_line(text, _line(row, _header(text))), (*rows, made))
    return made


def withdraw_correction(path: Path, correction_id: str, *, who: str, when: str, why: str) -> Correction:
    """Write into a row who took it back, when and why; the row stays.

    Raise :class:`ontology.errors.CorrectionError` where there is no such row, or it was withdrawn already.
    """
    with _writing(path) as text:
        rows = load_corrections(path)
        found = next((one for one in rows if one.id == correction_id), None)
        if found is None:
            raise CorrectionError(
                f"there is no correction “{correction_id}”", vi=f"không có hiệu đính “{correction_id}”", column="id",
                remedy="see: daumoi correct list",
            )  # fmt: skip
        if found.withdrawn:
            raise CorrectionError(
                f"“{correction_id}” was withdrawn on {found.withdrawn_on} already",
                vi=f"“{correction_id}” đã được rút ngày {found.withdrawn_on}", column="id",
            )  # fmt: skip
        row = tidy_cells({**found.cells(), "withdrawn_by": who, "withdrawn_on": when, "withdrawn_why": why})
        for column in ("withdrawn_by", "withdrawn_why"):
            if not row[column]:
                raise CorrectionError(
                    f"“{column}” is empty",
                    vi=f"“{column}” để trống; ghi ai rút và vì sao",
                    column=column,
                    remedy="say who and why",
                )
        refuse_flaws(row)
        made = parse_correction(row)
        header = _header(text)
        lines = text.splitlines(keepends=True)
        at = next(
            i for i, line in enumerate(lines) if not line.startswith("#") and _cell(line, header, "id") == correction_id
        )
        lines[at] = _line(row, header)
        _replace(path, "".join(lines), tuple(made if one.id == correction_id else one for one in rows))
    return made


def next_id(rows: tuple[Correction, ...], day: str) -> str:
    """Return the next free id of a day.

    >>> next_id((), "2026-11-20")
    '2026-11-20-1'
    """
    taken = {one.id for one in rows}
    number = 1
    while f"{day}-{number}" in taken:
        number += 1
    return f"{day}-{number}"


def tidy_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """Return a whole row: NFC, each cell on one line, missing cells empty."""
    return {name: " ".join(unicodedata.normalize("NFC", cells.get(name, "")).split()) for name in COLUMNS}


def refuse_flaws(row: Mapping[str, str]) -> None:
    """Raise :class:`ontology.errors.CorrectionError` for the first thing that is wrong with a row."""
    flaw = find_flaw(row) or _formula(row)
    if flaw is not None:
        raise CorrectionError(flaw.en, vi=f"{flaw.vi} — {flaw.remedy_vi}", column=flaw.column, remedy=flaw.remedy_en)


def _formula(row: Mapping[str, str]) -> Flaw | None:
    """Return what is wrong with a cell that a spreadsheet would run: the table is opened with such programs."""
    for column in ("document", "key", "to", "who", "why", "withdrawn_by", "withdrawn_why"):
        if row[column].startswith(_FORMULA):
            return Flaw(
                column, f"cột “{column}” bắt đầu bằng “{row[column][0]}”", f"column “{column}” begins with “{row[column][0]}”",
                "bỏ dấu ấy: bảng tính sẽ coi là công thức", "leave the sign out: a spreadsheet would take it for a formula",
            )  # fmt: skip
    return None


@contextmanager
def _writing(path: Path) -> Iterator[str]:
    """Hold the lock of the table's folder and yield the table's text (a new table's, where there is none)."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield path.read_bytes().decode("utf-8-sig") if path.exists() else ",".join(COLUMNS) + "\n"
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        os.close(folder)


def _unwritable(path: Path, error: OSError) -> CorrectionError:
    return CorrectionError(
        f"the table of corrections cannot be written ({error.strerror})",
        vi=f"không ghi được bảng hiệu đính ({error.strerror})",
        where=str(path),
        remedy="check the folder’s rights and the room on the disk",
    )


def _replace(path: Path, text: str, expected: tuple[Correction, ...]) -> None:
    """Put ``text`` in the place of the table, after reading it back; what a reader sees is the old table or the new one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        written = load_corrections(draft)
        if written != expected:
            raise CorrectionError(
                "the row would be read back otherwise than written", vi="dòng ghi vào sẽ bị đọc lại khác đi", where=str(path),
                remedy="look for signs that a CSV table cannot hold",
            )  # fmt: skip
        if path.exists():
            draft.chmod(path.stat().st_mode & 0o777)
        draft.replace(path)
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    finally:
        draft.unlink(missing_ok=True)


def _header(text: str) -> list[str]:
    """Return the columns in the order in which the table has them."""
    first = next(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [cell.strip() for cell in next(csv.reader([first]))]


def _cell(line: str, header: list[str], column: str) -> str | None:
    cells = next(csv.reader([line]), [])
    return cells[header.index(column)].strip() if len(cells) == len(header) else None


def _line(row: Mapping[str, str], header: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([row[name] for name in header])
    return out.getvalue()


def _with_line(text: str, line: str) -> str:
    return (text if text.endswith("\n") else text + "\n") + line
