"""The command ``daumoi``: read, publish, correct, serve, ask, check, export, doctor, score.

Data goes to stdout, diagnostics to stderr. Exit codes: 0 done, 1 there are findings, 2 the command was used wrongly,
3 the data or the machine does not allow it. A command lives in a module of its own and adds itself by ``register(app)``;
to add one, write the module and name it in :data:`COMMANDS`.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from ontology.errors import CorrectionError, DaumoiError, ParameterError, SourceError
from server.places import HOME

COMMANDS = (
    "server.cli_read",
    "server.cli_publish",
    "server.cli_correct",
    "server.cli_serve",
    "server.cli_ask",
    "server.cli_export",
    "server.cli_doctor",
    "server.cli_score",
    "server.cli_draft",
)
"""Modules that each add their commands."""

Home = Annotated[
    Path,
    typer.Option(
        "--home", envvar="DAUMOI_HOME", help="Thư mục dữ liệu / data folder.", show_default="data/ in the checkout"
    ),
]
DEFAULT_HOME = HOME
CorrectionTable = Annotated[
    Path,
    typer.Option(
        "--corrections",
        envvar="DAUMOI_CORRECTIONS",
        help="Bảng hiệu đính / the table of corrections.",
        show_default="documents/corrections.csv",
    ),
]

Ocr = Annotated[
    bool,
    typer.Option(
        "--ocr",
        envvar="DAUMOI_OCR",
        help="Nhận dạng chữ của bản quét và ảnh bằng Tesseract (mô hình vie). / "
        "Recognise the text of scans and pictures with Tesseract (model vie).",
    ),
]


def make_app() -> typer.Typer:
    """Return the command with all its parts."""
    app = typer.Typer(
        name="daumoi",
        help="Đầu mối: ai chủ trì việc gì, theo văn bản nào, đến bao giờ. / Who leads what, under which decree, by when.",
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback(invoke_without_command=True)
    def _main(
        show_version: Annotated[bool, typer.Option("--version", help="In phiên bản / print the version.")] = False,
    ) -> None:
        if show_version:
            print(version("daumoi"))
            raise typer.Exit

    for module in COMMANDS:
        import_module(module).register(app)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command (default: as the shell called it); an error of ours goes to stderr, with its exit code."""
    try:
        make_app()(None if arguments is None else list(arguments))
    except DaumoiError as error:
        in_vietnamese = error.vi if isinstance(error, ParameterError | CorrectionError | SourceError) else ""
        print("\n".join(f"daumoi: {said}" for said in (in_vietnamese, error) if said), file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        # The reader of our stdout (a pager, head) has seen enough; nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
