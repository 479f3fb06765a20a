"""``daumoi export``: the current release in a form other programs read."""

import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from queries.catalogue import ask
from queries.release import Release, open_current
from server.cli import DEFAULT_HOME, Home
from server.terminal import format_csv, to_stderr


class ExportFormat(StrEnum):
    """What a release can be exported as: all statements (``nq``, ``ttl``), one row per assignment (``csv``, ``parquet``), or
    one row per correction and fact (``corrections``, as CSV)."""

    NQ = "nq"
    TTL = "ttl"
    CSV = "csv"
    PARQUET = "parquet"
    CORRECTIONS = "corrections"


def register(app: typer.Typer) -> None:
    """Add ``export``."""

    @app.command(
        help="Xuất bản phát hành hiện hành. / Export the current release: statements (nq, ttl) or assignments (csv, parquet), corrections (corrections: CSV).",
        epilog="Ví dụ / example:  daumoi export --format csv > assignments.csv",
    )
    def export(
        form: Annotated[ExportFormat, typer.Option("--format", "-f", help="Dạng / form.")] = ExportFormat.NQ,
        output: Annotated[
            Path | None,
            typer.Option("--output", "-o", help="Tệp đích (mặc định stdout) / target file (default stdout)."),
        ] = None,
        home: Home = DEFAULT_HOME,
    ) -> None:
        release = open_current(home)
        if form is ExportFormat.PARQUET and output is None and sys.stdout.isatty():
            raise typer.BadParameter("parquet is no text: name a file with --output")
        if output is None:
            export_release(release, form, Path("/dev/stdout"))
        else:
            export_release(release, form, output)
            to_stderr().print(f"{output} · {release.id}")


def export_release(release: Release, form: ExportFormat, target: Path) -> None:
    """Write ``release`` to ``target`` as ``form``."""
    dump = release.dump_path
    match form:
        case ExportFormat.NQ:
            with dump.open("rb") as source, target.open("wb") as sink:
                shutil.copyfileobj(source, sink)
        case ExportFormat.TTL:
            with target.open("wb") as sink:
                release.store.serialise("CONSTRUCT WHERE { ?s ?p ?o }", sink, "text/turtle")
        case ExportFormat.PARQUET:
            with release.assignments_path.open("rb") as source, target.open("wb") as sink:
                shutil.copyfileobj(source, sink)
        case ExportFormat.CORRECTIONS:
            answer = ask(release, "corrections")
            target.write_text(format_csv(answer.names, answer.rows), "utf-8", newline="")
        case ExportFormat.CSV:
            import polars

            table = polars.read_parquet(release.assignments_path)
            lists = [name for name, kind in table.schema.items() if kind == polars.List]
            flat = table.with_columns(polars.col(name).list.join("; ") for name in lists)
            with target.open("wb") as sink:
                flat.write_csv(sink)
