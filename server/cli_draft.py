"""``daumoi draft``: review plans before they are signed."""

import re
from pathlib import Path
from typing import Annotated

import typer

from ontology.records import Severity
from queries.release import Release, open_current, read_pointer
from server.cli import DEFAULT_HOME, Home, Ocr
from server.draft import Review, review
from server.draft_text import describe_review, draw_review
from server.reading_files import Failure, read_file, this_reader
from server.terminal import Shown, format_json, to_stderr, write


def register(app: typer.Typer) -> None:
    """Add ``draft``."""

    @app.command(
        help="Soát dự thảo trước khi ký: căn cứ, phân công, thời hạn, số liệu, đánh số, phụ lục; từng chỗ có dòng, trích dẫn và cách sửa. "
        "Mã thoát 1 nếu có điều phải nêu. / Review a draft before it is signed: legal bases, assignments, deadlines, figures, numbering, "
        "annexes; each with its line, quote and remedy. Exit code 1 if there is anything to remark.",
        epilog="Ví dụ / example:  daumoi draft documents/003_bbe02d2f4ff4dd0a.txt --severity warning",
    )
    def draft(
        files: Annotated[
            list[Path],
            typer.Argument(metavar="FILE…", help="Dự thảo / drafts: txt, docx, pdf, html.", show_default=False),
        ],
        form: Annotated[Shown, typer.Option("--format", "-f", help="Dạng kết quả / form of the result.")] = Shown.TABLE,
        severity: Annotated[
            Severity, typer.Option("--severity", help="Chỉ từ mức này trở lên / this level and above.")
        ] = Severity.INFO,
        day: Annotated[
            str | None,
            typer.Option(
                "--on",
                metavar="YYYY-MM-DD",
                help="Soát hiệu lực tại ngày này (mặc định: ngày ghi trong dự thảo) / "
                "look at validity on this day (default: the date that the draft bears).",
                show_default=False,
            ),
        ] = None,
        ocr: Ocr = False,
        home: Home = DEFAULT_HOME,
    ) -> None:
        if day is not None and not re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", day):
            raise typer.BadParameter(f"“{day}” không phải ngày YYYY-MM-DD / is no date YYYY-MM-DD", param_hint="--on")
        wanted = list(Severity)[: list(Severity).index(severity) + 1]
        release = open_current(home) if read_pointer(home) is not None else None
        reviews = [_review(path, release, day, ocr) for path in files]
        if form is Shown.JSON:
            write(format_json([describe_review(one, wanted) for one in reviews]))
        else:
            write("\n".join(draw_review(one, wanted) for one in reviews))
        found = sum(one.severity in wanted for reviewed in reviews for one in reviewed.remarks)
        to_stderr().print(f"{len(reviews)} dự thảo / drafts · {found} điều cần xem / remarks")
        if found:
            raise typer.Exit(1)


def _review(path: Path, release: Release | None, day: str | None, ocr: bool) -> Review:
    one = read_file(path, ocr)
    if isinstance(one, Failure):
        raise one.to_error(path)
    return review(one.name, one.record, one.text, this_reader(), release, day=day)
