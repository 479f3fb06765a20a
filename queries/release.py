"""Releases: immutable snapshots in one folder each, and one pointer that says which is current.

::

    {home}/releases/
        current                 the pointer: the id of the current release, swapped atomically
        .lock                   held by whoever publishes
        .building-{id}/         a release in the making; what a dead publish leaves, the next one removes
        {id}/
            store/              the graph, opened read-only
            dumps/release.nq    every statement, sorted, the same bytes for the same input
            text/{sha256}.txt   the text layers that evidence points into
            text/index.json     which document has which text
            assignments.parquet one row per assignment, for whole-graph aggregates
            search.sqlite       the text index
            manifest.json       inputs, versions, counts
            report.json         what the checks found

Readers open what the pointer names and keep it; a new release changes nothing for them until they look again
(:class:`Watch`).
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ontology.errors import ReleaseError
from queries.store import GraphStore


@dataclass(frozen=True, slots=True)
class InputInfo:
    """A file that went into a release."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release was made of and what it holds; deterministic, so it names no clock and no machine."""

    id: str
    program_version: str
    vocabulary_version: str
    engine_version: str
    inputs: tuple[InputInfo, ...]
    counts: dict[str, int] = field(default_factory=dict)
    graphs: dict[str, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the manifest as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Read back what :meth:`to_json` wrote; raise ``ValueError``, ``KeyError`` or ``TypeError`` on anything else."""
        data = json.loads(text)
        data["inputs"] = tuple(InputInfo(**one) for one in data["inputs"])
        return cls(**data)


@dataclass(frozen=True)
class Release:
    """One release on disk. Nothing is opened before it is asked for."""

    id: str
    path: Path
    manifest: Manifest

    @cached_property
    def store(self) -> GraphStore:
        """The graph, read-only, opened once."""
        return GraphStore.open(self.path / "store", self.id)

    @property
    def dump_path(self) -> Path:
        """The dump: every statement with its graph, as N-Quads."""
        return self.path / "dumps" / "release.nq"

    def in_memory(self) -> "Release":
        """Return the same release with its graph loaded into memory from the dump: reads are two to three times faster."""
        loaded = replace(self)
        vars(loaded)["store"] = GraphStore.in_memory(self.dump_path.read_bytes(), self.id)
        return loaded

    @property
    def assignments_path(self) -> Path:
        """The columnar side table."""
        return self.path / "assignments.parquet"

    @property
    def search_path(self) -> Path:
        """The text index."""
        return self.path / "search.sqlite"

    @cached_property
    def _texts(self) -> dict[str, str]:
        index: dict[str, str] = json.loads((self.path / "text" / "index.json").read_text("utf-8"))
        return index

    def text(self, document: str) -> str | None:
        """Return the stored NFC text of a document (by IRI), ``None`` where it is cited but not held."""
        name = self._texts.get(document)
        return None if name is None else (self.path / "text" / name).read_bytes().decode("utf-8")

    def report(self) -> list[dict[str, str]]:
        """Return what the checks found when the release was published."""
        found: list[dict[str, str]] = json.loads((self.path / "report.json").read_text("utf-8"))
        return found


def releases_folder(home: Path) -> Path:
    """Return the folder of all releases under the data folder ``home``."""
    return home / "releases"


def open_release(home: Path, release_id: str) -> Release:
    """Open a release by id; raise :class:`ReleaseError` where it is absent or damaged."""
    path = releases_folder(home) / release_id
    if Path(release_id).name != release_id or not path.is_dir() or release_id.startswith("."):
        known = ", ".join(sorted(p.name for p in _finished(home))) or "none"
        raise ReleaseError(
            f"there is no release {release_id!r}", where=str(home), remedy=f"releases there are: {known}"
        )
    try:
        manifest = Manifest.from_json((path / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(
            f"the manifest cannot be read ({error})", where=str(path), remedy="remove the folder and publish again"
        ) from error
    return Release(release_id, path, manifest)


def open_current(home: Path) -> Release:
    """Open the release that the pointer names; raise :class:`ReleaseError` where nothing was published yet."""
    current = read_pointer(home)
    if current is None:
        raise ReleaseError(
            "nothing has been published yet", where=str(home), remedy="run: daumoi publish documents/*.txt"
        )
    return open_release(home, current)


def list_releases(home: Path) -> list[Release]:
    """Return all finished releases, the newest first."""
    folders = sorted(_finished(home), key=lambda p: (-(p / "manifest.json").stat().st_mtime_ns, p.name))
    return [open_release(home, folder.name) for folder in folders]


def find_release(home: Path, inputs: list[InputInfo], program_version: str) -> Release | None:
    """Return the current release if it was made of exactly these inputs by this version, else ``None``.

    This is the cheap question to ask before reading anything.
    """
    current = read_pointer(home)
    if current is None or not (releases_folder(home) / current / "manifest.json").is_file():
        return None
    release = open_release(home, current)
    wanted = tuple(sorted(inputs, key=lambda i: (i.name, i.sha256)))
    same = release.manifest.inputs == wanted and release.manifest.program_version == program_version
    return release if same else None


def _finished(home: Path) -> Iterator[Path]:
    folder = releases_folder(home)
    if folder.is_dir():
        yield from (p for p in folder.iterdir() if not p.name.startswith(".") and (p / "manifest.json").is_file())


# The pointer ---------------------------------------------------------------------------------------------------------


def read_pointer(home: Path) -> str | None:
    """Return the id of the current release, ``None`` before the first publish."""
    try:
        return (releases_folder(home) / "current").read_text("utf-8").strip() or None
    except FileNotFoundError:
        return None


def swap_pointer(home: Path, release_id: str) -> None:
    """Make ``release_id`` current: readers see the old one or the new one, also after a power cut."""
    folder = releases_folder(home)
    draft = folder / ".current-draft"
    with draft.open("w", encoding="utf-8") as file:
        file.write(release_id + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / "current")
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the entries of ``folder`` safe on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Watch:
    """Notices that another release became current. Cheap enough to ask before every request."""

    def __init__(self, home: Path) -> None:
        self._pointer = releases_folder(home) / "current"
        self._seen = self._stamp()

    def _stamp(self) -> tuple[int, int] | None:
        try:
            status = self._pointer.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns

    def changed(self) -> bool:
        """Return whether the pointer was swapped since this was last asked."""
        before, self._seen = self._seen, self._stamp()
        return before != self._seen


# Publishing ----------------------------------------------------------------------------------------------------------


@contextmanager
def publishing(home: Path) -> Iterator[Path]:
    """Hold the publisher's lock and yield the releases folder, cleared of what a dead publish left.

    The lock belongs to the process: the system releases it when the process ends, however it ends. Raise
    :class:`ReleaseError` where somebody else is publishing, or where the folder cannot be written.
    """
    folder = releases_folder(home)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("a")
    except OSError as error:
        raise ReleaseError(
            f"the folder of releases cannot be written ({error.strerror})",
            where=str(folder),
            remedy="choose another data folder, or make this one writable",
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ReleaseError(
                "somebody else is publishing here", where=str(folder), remedy="wait until that publish has finished"
            ) from error
        for leftover in folder.glob(".building-*"):
            shutil.rmtree(leftover)
        yield folder
