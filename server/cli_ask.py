"""``daumoi ask NAME``: put a named query to the current release; each query is a command of its own with typed options."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from queries.catalogue import NamedQuery, ask, load_catalogue
from queries.parameters import Parameter
from queries.release import open_current
from server.cli import DEFAULT_HOME, Home
from server.terminal import Format, format_csv, format_json, to_stderr, write, write_answer

_GIVEN = "given_"
"""Before a parameter's name in the function's signature: a query may call one ``from``, or ``home`` as the command does."""


def register(app: typer.Typer) -> None:
    """Add ``ask`` with one command for each named query."""
    questions = typer.Typer(
        help="Hỏi kho bằng một câu hỏi có tên. / Ask the corpus one of the named questions.",
        epilog="Ví dụ / example:  daumoi ask leads --decree 90/QĐ-TTg --period 2021-2025",
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for query in load_catalogue().values():
        questions.command(query.name, help=f"{query.summary_vi}. / {query.summary_en}.", epilog=_example(query))(
            _command(query)
        )
    app.add_typer(questions, name="ask")


def _example(query: NamedQuery) -> str:
    given = [
        f"--{_option(p)} '{p.example}'"
        for p in query.parameters
        if p.example and (p.required or p is query.parameters[0])
    ]
    return "Ví dụ / example:  " + " ".join(["daumoi ask", query.name, *given])


def _option(parameter: Parameter) -> str:
    return parameter.name.replace("_", "-")


def _command(query: NamedQuery) -> Callable[..., None]:
    """Return a function whose signature tells typer the options of ``query``."""

    def run(form: Format, home: Path, show_sparql: bool, **given: list[str] | None) -> None:
        release = open_current(home)
        values = {name.removeprefix(_GIVEN): value for name, value in given.items() if value}
        if show_sparql:
            write(query.bind(release.store, values))
            return
        answer = ask(release, query.name, **values)
        match form:
            case Format.JSON:
                write(format_json([dict(row) for row in answer]))
            case Format.CSV:
                write(format_csv(answer.names, answer.rows))
            case Format.TTL:
                raise typer.BadParameter("an answer is a table: use table, json or csv")
            case Format.TABLE:
                language = (values.get("language") or ["vi"])[0]
                write_answer(query.summary(language), answer, language=language)
        to_stderr().print(f"{len(answer)} dòng / rows · {release.id}")

    def option(parameter: Parameter) -> inspect.Parameter:
        about = f"{parameter.label_vi} / {parameter.label_en}"
        choices = parameter.choices()
        told = f" [{'|'.join(choices)}]" if choices else (f", {parameter.example}" if parameter.example else "")
        needed = " (bắt buộc / required)" if parameter.required else ""
        default = f" (mặc định / default: {parameter.default})" if parameter.default else ""
        kind = Annotated[
            list[str] | None,
            typer.Option(f"--{_option(parameter)}", help=about + told + needed + default, show_default=False),
        ]
        return inspect.Parameter(
            f"{_GIVEN}{parameter.name}", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind
        )

    fixed: list[tuple[str, Any, Any]] = [
        ("form", Annotated[Format, typer.Option("--format", "-f", help="Dạng kết quả / form.")], Format.TABLE),
        ("home", Home, DEFAULT_HOME),
        (
            "show_sparql",
            Annotated[bool, typer.Option("--sparql", help="In câu SPARQL thay vì hỏi / print the SPARQL instead.")],
            False,
        ),
    ]
    parameters = [option(parameter) for parameter in query.parameters]
    parameters += [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, kind, default in fixed
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    run.__name__ = query.name.replace("-", "_")
    return run
