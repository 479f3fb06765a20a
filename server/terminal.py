"""What the command line writes: data on stdout in the form asked for, everything else on stderr."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
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
        title=title or None,
        caption=caption or None,
        title_justify="left",
        caption_justify="left",
        expand=False,
        show_header=any(header),
    )
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False).print(table)


def readable_columns(answer: Answer) -> list[int]:
    """Return the columns of an answer that a person reads: names of things (IRIs) and codes give way to their labels.

    A thing has a label beside it (``task`` and ``task_text``); a thing without one is kept, except where every cell is an IRI
    and other columns say what it is.
    """
    names = answer.names
    kept = []
    for i, name in enumerate(names):
        iris = [isinstance(row[i], Iri) for row in answer.rows if row[i] is not None]
        labelled = any(other.startswith(f"{name}_") for other in names)
        filled = any(row[i] is not None for row in answer.rows)
        coded = f"{name}_label" in names
        if filled and not coded and not (iris and all(iris) and (labelled or len(names) > 6)):
            kept.append(i)
    return kept or list(range(len(names)))


def readable_cell(value: Value | None, language: str = "vi") -> str:
    """Return one value as a person reads it, on one line.

    >>> readable_cell("Quyết định số\\n\\n90/QĐ-TTg"), readable_cell(True), readable_cell(False, "en"), readable_cell(None)
    ('Quyết định số 90/QĐ-TTg', 'có', 'no', '')
    """
    if isinstance(value, bool):
        return {("vi", True): "có", ("vi", False): "không", ("en", True): "yes", ("en", False): "no"}[language, value]
    return "" if value is None else " ".join(str(value).split())


def write_answer(title: str, answer: Answer, *, language: str = "vi") -> None:
    """Write an answer for people at the terminal's width: a table where its columns have room, else row by row."""
    shown = readable_columns(answer)
    same = {i: answer.rows[0][i] for i in shown if len(answer.rows) > 1 and len({row[i] for row in answer.rows}) == 1}
    varied = [i for i in shown if i not in same] or shown
    labels = [answer.columns[i].label(language) for i in varied]
    rows = [[readable_cell(row[i], language) for i in varied] for row in answer.rows]
    told = "; ".join(
        f"{answer.columns[i].label(language)}: {readable_cell(value, language)}"
        for i, value in same.items()
        if value is not None
    )
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False)
    drawn = draw_table(title, told, labels, rows)
    console.print(drawn if needed_width(labels, rows) <= console.width else draw_list(title, told, labels, rows))


SHORT = 22
"""Characters that a cell may have to stay on one line."""


def needed_width(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Return the characters a table needs in which short columns stay on a line and long ones are not squeezed below that."""
    longest = [max(map(len, (label, *(row[i] for row in rows)))) for i, label in enumerate(labels)]
    return sum(min(length, SHORT) + 3 for length in longest)


def draw_table(title: str, told: str, labels: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    """Return rows as a table; ``told`` is what holds for all of them."""
    table = Table(title=title, caption=told or None, title_justify="left", caption_justify="left", box=SIMPLE_HEAD)
    for i, label in enumerate(labels):
        longest = max((len(row[i]) for row in rows), default=0)
        table.add_column(label, overflow="fold", no_wrap=longest <= SHORT)
    for row in rows:
        table.add_row(*row)
    return table


def draw_list(title: str, told: str, labels: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    """Return rows one below the other, each a list of what it says: for terminals too narrow for their table."""
    parts: list[RenderableType] = [title, ""]
    for row in rows:
        block = Table.grid(padding=(0, 2))
        block.add_column(max_width=SHORT, overflow="fold")
        block.add_column(overflow="fold")
        for label, cell in zip(labels, row, strict=True):
            if cell:
                block.add_row(label, cell)
        parts.append(Padding(block, (0, 0, 1, 2)))
    return Group(*parts, *([told] if told else []))


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
