"""What the command line writes: data on stdout in the form asked for, everything else on stderr."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from queries.answer import Answer, Iri, Value
from server.pipeline import Progress as Told

STAGES = {"read": "Đọc / reading", "state": "Phát biểu / stating", "publish": "Phát hành / publishing"}


class Format(StrEnum):
    """The form of what stands on stdout."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TTL = "ttl"


class Shown(StrEnum):
    """The form of a result that is no set of statements and no answer to a query."""

    TABLE = "table"
    JSON = "json"


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


def readable_columns(answer: Answer) -> list[int]:
    """Return the columns of an answer that a person reads: names of things (IRIs) give way to their labels.

    A thing has a label beside it (``task`` and ``task_text``); a thing without one is kept, except where every cell is an IRI
    and other columns say what it is.
    """
    names = answer.names
    kept = []
    for i, name in enumerate(names):
        iris = [isinstance(row[i], Iri) for row in answer.rows if row[i] is not None]
        labelled = any(other.startswith(f"{name}_") for other in names)
        filled = any(row[i] is not None for row in answer.rows)
        if filled and not (iris and all(iris) and (labelled or len(names) > 6)):
            kept.append(i)
    return kept or list(range(len(names)))


def write_answer(title: str, answer: Answer, *, language: str = "vi") -> None:
    """Write an answer for people: a table of what can be read at a glance, at the terminal's width."""
    shown = readable_columns(answer)
    same = {i: answer.rows[0][i] for i in shown if len(answer.rows) > 1 and len({row[i] for row in answer.rows}) == 1}
    varied = [i for i in shown if i not in same] or shown
    told = "; ".join(f"{answer.columns[i].label(language)}: {value}" for i, value in same.items() if value is not None)
    table = Table(title=title, caption=told or None, title_justify="left", caption_justify="left", box=SIMPLE_HEAD)
    for i in varied:
        longest = max((len(str(row[i])) for row in answer.rows if row[i] is not None), default=0)
        table.add_column(answer.columns[i].label(language), overflow="fold", no_wrap=longest <= SHORT)
    for row in answer.rows:
        table.add_row(*("" if row[i] is None else " ".join(str(row[i]).split()) for i in varied))
    Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False).print(table)


SHORT = 22
"""Characters that a cell may have to stay on one line."""


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
