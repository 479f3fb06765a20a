"""The inside of a worker process: it opens one store, answers one query after the other, and knows no limit but memory.

It is told a query through a pipe and answers through the pipe: a short result as bytes, a long one as the name of a file that
the asker reads and removes. It can be killed at any moment without harm: the store is read-only.
"""

import contextlib
import os
import resource
import signal
import tempfile
from dataclasses import dataclass
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO

from ontology.errors import DaumoiError
from queries.store import GraphStore


@dataclass(frozen=True, slots=True)
class Question:
    """A query as put to a worker; see :meth:`queries.store.GraphStore.serialise`."""

    query: str
    accept: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base_iri: str | None = None


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """Bytes of memory a worker may take beyond what it needs to run at all, and bytes of result it may write."""

    memory: int = 1 << 30
    result: int = 1 << 29
    inline: int = 1 << 18
    """Results up to here come through the pipe, larger ones through a file."""


class ResultTooLarge(OSError):
    """The result grew past its limit. (An ``OSError``, so that the engine's writer stops at it.)"""


class Spool:
    """A file for results: in memory while short, on disk when longer, refused past ``limits.result``."""

    def __init__(self, folder: Path, limits: WorkerLimits) -> None:
        self._folder = folder
        self._limits = limits
        self._size = 0
        self._file: IO[bytes] = BytesIO()
        self.path: Path | None = None
        self.too_large = False

    def write(self, data: bytes) -> int:
        """Take ``data``; raise :class:`ResultTooLarge` past the limit."""
        self._size += len(data)
        if self._size > self._limits.result:
            self.too_large = True
            raise ResultTooLarge(f"the result is larger than {self._limits.result} bytes")
        if self.path is None and self._size > self._limits.inline:
            handle, name = tempfile.mkstemp(prefix="answer-", dir=self._folder)
            short, self._file, self.path = self._file, os.fdopen(handle, "wb"), Path(name)
            short.seek(0)
            self._file.write(short.read())
        return self._file.write(data)

    def flush(self) -> None:
        """Pass on what is buffered."""
        self._file.flush()

    def finish(self) -> bytes | Path:
        """Return the whole result, or the file that holds it."""
        if self.path is None:
            self._file.seek(0)
            return self._file.read()
        self._file.close()
        return self.path

    def discard(self) -> None:
        """Close and remove what was written."""
        self._file.close()
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def _limit_memory(limits: WorkerLimits) -> None:
    """Bound the address space to what is in use now and ``limits.memory`` more; leave no core files behind."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0]) if Path("/proc/self/statm").exists() else 0
    most = pages * resource.getpagesize() + limits.memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve_queries(pipe: Connection, store_path: str, release: str, folder: str, limits: WorkerLimits) -> None:
    """Answer questions from ``pipe`` until it closes. This is the main function of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the pipe
    with contextlib.suppress(OSError):
        os.nice(5)  # the server itself stays responsive while queries run
    store = GraphStore.open(Path(store_path), release)
    _limit_memory(limits)
    pipe.send(("ready", None, None))
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            pipe.send(_answer(store, pipe.recv(), Path(folder), limits))


def _answer(store: GraphStore, asked: Question, folder: Path, limits: WorkerLimits) -> tuple[str, object, object]:
    spool = Spool(folder, limits)
    try:
        media_type = store.serialise(
            asked.query,
            spool,
            asked.accept,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
            base_iri=asked.base_iri,
        )
        return "answer", media_type, spool.finish()
    except MemoryError:
        spool.discard()
        return "overrun", f"the query needs more than {limits.memory >> 20} MB of memory", None
    except (DaumoiError, OSError) as error:
        spool.discard()
        if spool.too_large:
            return "overrun", f"the result is larger than {limits.result >> 20} MB", None
        if isinstance(error, DaumoiError):
            return "error", error.what, error.remedy
        return "overrun", f"the result cannot be written ({error.strerror or error})", None
