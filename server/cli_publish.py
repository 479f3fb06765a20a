"""``daumoi publish``: read documents and publish a release of them."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from ontology.errors import ReleaseError
from server.cli import DEFAULT_HOME, CorrectionTable, Home, Ocr
from server.pipeline import Outcome, publish_files
from server.places import CORRECTIONS
from server.terminal import format_json, progress_bars, to_stderr, write

_SHOWN = (
    ("HeldDocument", "Văn bản / documents"),
    ("Task", "Nhiệm vụ / tasks"),
    ("Assignment", "Phân công / assignments"),
    ("InheritedAssignment", "… kế thừa qua nhóm / inherited"),
    ("Citation", "Viện dẫn / citations"),
    ("Finding", "Phát hiện / findings"),
    ("Correction", "Hiệu đính / corrections"),
)


def register(app: typer.Typer) -> None:
    """Add ``publish``."""

    @app.command(
        help="Đọc văn bản, phát hành thành một bản bất biến. / Read documents and publish them as an immutable release.",
        epilog="Ví dụ / example:  daumoi publish documents/*.txt",
    )
    def publish(
        files: Annotated[list[Path], typer.Argument(help="Tệp hoặc thư mục / files or folders.", show_default=False)],
        home: Home = DEFAULT_HOME,
        as_json: Annotated[
            bool, typer.Option("--json", help="In tóm tắt dạng JSON / print the summary as JSON.")
        ] = False,
        ocr: Ocr = False,
        corrections: CorrectionTable = CORRECTIONS,
    ) -> None:
        outcome = run_pipeline(home, files, ocr=ocr, corrections=corrections)
        if as_json:
            manifest = outcome.release.manifest
            failures = [{"file": one.name, "message": one.finding.message_en} for one in outcome.failures]
            write(format_json({"release": manifest.id, "counts": manifest.counts, "failures": failures}))
        else:
            write(outcome.release.id)
        if outcome.failures:
            raise typer.Exit(1)


def run_pipeline(
    home: Path, files: list[Path], *, ocr: bool = False, corrections: Path | None = CORRECTIONS
) -> Outcome:
    """Read, correct and publish with progress and a summary on stderr."""
    with progress_bars() as tell:
        outcome = publish_files(home, files, tell, ocr=ocr, corrections=corrections)
    console = to_stderr()
    for one in outcome.failures:
        console.print(f"[bold red]![/] {one.finding.message} — {one.finding.remedy}")
    if outcome.was_there:
        console.print(f"Không có gì thay đổi / nothing has changed: {outcome.release.id}")
    table = Table(title=f"Bản phát hành / release {outcome.release.id}", title_justify="left", show_header=False)
    for name, label in _SHOWN:
        table.add_row(label, str(outcome.release.manifest.counts.get(name, 0)))
    console.print(table)
    return outcome


def require_release(home: Path) -> None:
    """Raise :class:`ReleaseError` where nothing was published yet."""
    from queries.release import read_pointer

    if read_pointer(home) is None:
        raise ReleaseError("nothing has been published yet", where=str(home), remedy="run: daumoi publish documents")
