"""``daumoi score``: how well documents are read, against answer keys made by hand."""

import sys
from typing import Annotated

import typer
from rich.console import Console

from server.score import count_errors, find_keys, format_scores, print_scores, score_keys
from server.terminal import Shown, to_stderr, write

_WIDTH = 120


def register(app: typer.Typer) -> None:
    """Add ``score``."""

    @app.command(
        help="Chấm bộ đọc theo đáp án làm tay: độ chính xác, độ đầy đủ, F1 và từng lỗi. Mã thoát 1 nếu còn lỗi. / "
        "Score the reader against hand-made answer keys: precision, recall, F1 and every error. Exit code 1 if there are errors.",
        epilog="Ví dụ / example:  daumoi score 003 --errors",
    )
    def score(
        keys: Annotated[
            list[str] | None,
            typer.Argument(
                metavar="KEY…",
                help="Tệp đáp án, thư mục, hoặc phần đầu tên đáp án; bỏ trống là tất cả. / "
                "Files of keys, folders, or beginnings of their names; none means all of benchmarks/accuracy.",
                show_default=False,
            ),
        ] = None,
        errors: Annotated[bool, typer.Option("--errors", help="In từng lỗi / print every error.")] = False,
        form: Annotated[Shown, typer.Option("--format", "-f", help="Dạng kết quả / form of the result.")] = Shown.TABLE,
    ) -> None:
        paths = find_keys(keys or ())
        scores = score_keys(paths)
        if form is Shown.JSON:
            write(format_scores(scores))
        else:
            print_scores(scores, Console(width=None if sys.stdout.isatty() else _WIDTH), errors=errors)
        found = count_errors(scores)
        to_stderr().print(f"{len(scores)} văn bản / documents · {found} lỗi / errors")
        if found:
            raise typer.Exit(1)
