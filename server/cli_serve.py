"""``daumoi serve``: the site on loopback, after reading what changed."""

import errno
import os
import socket
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

import typer

from ontology.errors import ServeError
from queries.release import open_current
from server.cli import DEFAULT_HOME, CorrectionTable, Home, Ocr
from server.cli_publish import require_release, run_pipeline
from server.places import CORRECTIONS
from server.settings import SHORTEST_TOKEN, TOKEN_NAME, Settings
from server.terminal import to_stderr


def register(app: typer.Typer) -> None:
    """Add ``serve``."""

    @app.command(
        help="Mở trang web và điểm SPARQL trên máy này. / Serve the site and the SPARQL endpoint on this machine.",
        epilog="Ví dụ / example:  daumoi serve --read documents --port 8080",
    )
    def serve(
        home: Home = DEFAULT_HOME,
        host: Annotated[str, typer.Option("--host", envvar="HOST", help="Địa chỉ / address.")] = "127.0.0.1",
        port: Annotated[int, typer.Option("--port", envvar="PORT", min=1, max=65535, help="Cổng / port.")] = 8000,
        read: Annotated[
            list[Path] | None,
            typer.Option(
                "--read", help="Đọc và phát hành trước, nếu có thay đổi / read and publish first, if changed."
            ),
        ] = None,
        seconds: Annotated[
            float, typer.Option("--query-seconds", min=0.1, help="Giới hạn cho một câu SPARQL / limit of one query.")
        ] = Settings().query_seconds,
        ocr: Ocr = False,
        corrections: CorrectionTable = CORRECTIONS,
    ) -> None:
        token = require_token(os.environ.get(TOKEN_NAME, ""))
        require_port(host, port)
        if read:
            run_pipeline(home, read, ocr=ocr, corrections=corrections)
        require_release(home)
        settings = Settings(
            query_seconds=seconds, maintainer_token=token, corrections=corrections, sources=tuple(read or ()), ocr=ocr
        )
        _run(home, host, port, settings)


def require_token(token: str) -> str:
    """Return the maintainer's token; raise :class:`ServeError` where it is one that can be guessed. None is fine: nobody corrects."""
    if token and len(token) < SHORTEST_TOKEN:
        raise ServeError(
            f"{TOKEN_NAME} is shorter than {SHORTEST_TOKEN} characters",
            remedy="Đặt mã dài hơn / choose a longer one: python3 -c 'import secrets; print(secrets.token_urlsafe(24))'",
        )
    return token


def require_port(host: str, port: int) -> None:
    """Raise :class:`ServeError` where ``port`` is taken or ``host`` is not an address of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServeError(
                f"port {port} of {host} cannot be used ({error.strerror or error})",
                remedy=_remedy(error, port),
            ) from error


def _remedy(error: OSError, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"Cổng đang bận; chọn cổng khác / choose another: PORT={port % 65535 + 1} make serve"
        case errno.EACCES:
            return "Cổng dưới 1024 cần quyền quản trị / ports below 1024 need rights: PORT=8080 make serve"
        case _:
            return "Không phải địa chỉ của máy này / not an address of this machine: HOST=127.0.0.1 make serve"


def _question(home: Path) -> str:
    """Return the address of a question worth asking: who leads under the decree that most tasks come from."""
    from server.pages.asking import ask_page

    decrees = [row for row in ask_page(open_current(home), "decrees") if row["decree_label"]]
    if not decrees:
        return "/ask?role=lead"
    busiest = max(decrees, key=lambda row: (int(str(row["tasks"])), str(row["decree_label"])))
    return "/ask?" + urlencode({"role": "lead", "decree": str(busiest["decree_label"])}, safe="/")


def _run(home: Path, host: str, port: int, settings: Settings) -> None:
    import uvicorn

    from server.app import create_app

    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}"
    console = to_stderr()
    console.print(f"\n[bold]Đầu mối[/]  {address}\n")
    for label, path in (("Hỏi / ask", _question(home)), ("So sánh / compare", "/compare"), ("SPARQL", "/sparql")):
        console.print(f"  {label:<18} {address}{path}", soft_wrap=True)
    if settings.maintainer_token:
        console.print(f"  {'Hiệu đính / correct':<18} {address}/maintainer", soft_wrap=True)
    console.print("\nDừng / stop: Ctrl-C\n")
    uvicorn.run(create_app(home, settings), host=host, port=port, log_level="warning", server_header=False)
