"""Read many files to records, in as many processes as are given; what was read before is not read again.

A record depends on the file, on the program that reads and on the registry's tables, and on nothing else; so it is kept under
a hash of these three. A file that cannot be read becomes a :class:`Failure` with its finding and never stops the run; a
defect of the program does.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from loaders.formats.recogniser import find_recogniser
from loaders.formats.refusals import in_vietnamese
from loaders.reader import Reader, build_reader
from loaders.source import read_source
from ontology.errors import SourceError
from ontology.records import Finding, Record, Severity, format_record, parse_record
from ontology.registry import load_registry
from server.places import CHECKOUT

Told = Callable[[str, int, int], None]
"""Told of each file read: its name, how many are done, how many there are."""

READING_ROOMS = ("ontology", "loaders")
STATING_ROOMS = ("ontology", "loaders", "queries")
_PARALLEL_FROM = 4
"""Fewer files than this are read faster here than in processes that have to start first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read: its record and the text that the record's spans point into."""

    name: str
    sha256: str
    record: Record
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, as a finding."""

    name: str
    sha256: str
    finding: Finding

    def to_error(self, path: Path) -> SourceError:
        """Return it as the error of a command that was asked for this file alone."""
        said = self.finding
        return SourceError(said.message_en, path=path, remedy=said.remedy_en, vi=f"{said.message} — {said.remedy}")


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes; raise :class:`SourceError` where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(
            f"the file cannot be opened ({error.strerror})", path=path, remedy="check its name and your rights"
        ) from error


@cache
def hash_program(rooms: tuple[str, ...] = READING_ROOMS) -> str:
    """Return a hash of the program text, tables and rules in ``rooms``: what a result of theirs depends on."""
    digest = hashlib.sha256()
    for room in rooms:
        for path in sorted((CHECKOUT / room).rglob("*")):
            if path.suffix in {".py", ".csv", ".ttl", ".rq"}:
                digest.update(str(path.relative_to(CHECKOUT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def this_reader() -> Reader:
    """Return this process's reader, prepared once."""
    return build_reader(load_registry())


def read_file(path: Path, ocr: bool = False) -> Reading | Failure:
    """Read one file with the program's registry; scans are recognised where ``ocr`` is set."""
    name, sha256 = path.name, hash_file(path)
    try:
        source = read_source(path, recognise=ocr)
    except SourceError as error:
        finding = Finding(
            "unreadable-file",
            Severity.ERROR,
            f"Không đọc được tệp {name}: {in_vietnamese(error.what)}",
            None,
            remedy=in_vietnamese(error.remedy),
            message_en=f"The file {name} cannot be read: {error.what}",
            remedy_en=error.remedy,
        )
        return Failure(name, sha256, finding)
    return Reading(name, sha256, this_reader().read(source), source.text)


class RecordShelf:
    """Keeps readings under a hash of the file and of the program, and of the one that recognises scans, in ``folder``."""

    def __init__(self, folder: Path, ocr: bool = False) -> None:
        self._folder = folder
        self._recogniser = "-ocr-" + hashlib.sha256((find_recogniser() or "").encode()).hexdigest()[:8] if ocr else ""

    def _path(self, sha256: str) -> Path:
        return self._folder / f"{sha256[:24]}-{hash_program()[:12]}{self._recogniser}.json"

    def find(self, name: str, sha256: str) -> Reading | None:
        """Return what was kept of a file of this content, ``None`` where nothing was, or where it is damaged."""
        try:
            kept = json.loads(self._path(sha256).read_text("utf-8"))
            return Reading(name, sha256, parse_record(kept["record"]), kept["text"]) if kept["name"] == name else None
        except (OSError, ValueError, KeyError):
            return None

    def keep(self, reading: Reading) -> None:
        """Keep a reading; a folder that cannot be written costs time at the next run, and nothing else."""
        kept = {"name": reading.name, "record": format_record(reading.record, indent=None), "text": reading.text}
        path = self._path(reading.sha256)
        draft = path.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)


@contextmanager
def _processes(files: int) -> Iterator[Executor | None]:
    if files < _PARALLEL_FROM:
        yield None
        return
    workers = min(files, os.process_cpu_count() if hasattr(os, "process_cpu_count") else os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as executor:
        yield executor


def read_files(
    paths: Sequence[Path],
    shelf: RecordShelf,
    told: Told | None = None,
    executor: Executor | None = None,
    *,
    ocr: bool = False,
) -> list[Reading | Failure]:
    """Read ``paths``, in their order, scans too where ``ocr`` is set; any ``concurrent.futures`` executor will do (default: processes of this machine)."""
    tell = told or (lambda _name, _done, _all: None)
    results: dict[Path, Reading | Failure] = {}
    for path in paths:
        kept = shelf.find(path.name, hash_file(path))
        if kept is not None:
            results[path] = kept
            tell(path.name, len(results), len(paths))
    missing = [path for path in paths if path not in results]
    with nullcontext(executor) if executor else _processes(len(missing)) as pool:
        if pool is None:
            done = ((path, read_file(path, ocr)) for path in missing)
        else:
            waiting = {pool.submit(read_file, path, ocr): path for path in missing}
            done = ((waiting[future], future.result()) for future in as_completed(waiting))
        for path, result in done:
            results[path] = result
            if isinstance(result, Reading):
                shelf.keep(result)
            tell(path.name, len(results), len(paths))
    return [results[path] for path in paths]
