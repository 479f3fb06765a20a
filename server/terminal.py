"""What the command line writes: data on stdout in the form asked for, everything else on stderr."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from queries.answer import Value
from server.pipeline import Progress as Told

STAGES = {"read": "Đọc / reading", "state": "Phát biểu / stating", "publish": "Phát hành / publishing"}


class Format(StrEnum):
    """The form of what stands on stdout."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TTL = "ttl"


def to_stderr() -> Console:
    """Return the console for diagnostics and progress."""
    return Console(stderr=True, highlight=False)


def write(text: str) -> None:
    """Write data to stdout, with a line end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def format_json(value: object) -> str:
    """Return ``value`` as readable JSON; dates and exact numbers as their text."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def format_csv(header: Sequence[str], rows: Iterable[Sequence[Value | None]]) -> str:
    """Return rows as CSV (RFC 4180), an empty cell where nothing is stated.

    >>> format_csv(["a", "b"], [["x,y", None]])
    'a,b\\r\\n"x,y",\\r\\n'
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(["" if cell is None else str(cell) for cell in row] for row in rows)
    return out.getvalue()


def write_table(
    title: str, header: Sequence[str], rows: Iterable[Sequence[Value | None]], *, caption: str = ""
) -> None:
    """Write rows as a table that fits the terminal."""
    table = Table(
        title=title or None, caption=caption or None, title_justify="left", caption_justify="left", expand=False
    )
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False).print(table)


@contextmanager
def progress_bars() -> Iterator[Told]:
    """Show the stages of a run on stderr while the block runs; yields what to tell."""
    columns = (
        TextColumn("{task.description:<24}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[what]}"),
    )
    with Progress(*columns, TimeElapsedColumn(), console=to_stderr(), transient=True) as progress:
        bars = {}

        def tell(stage: str, what: str, done: int, all_: int) -> None:
            if stage not in bars:
                bars[stage] = progress.add_task(STAGES.get(stage, stage), total=all_, what=what)
            progress.update(bars[stage], completed=done, total=all_, what=what)

        yield tell
