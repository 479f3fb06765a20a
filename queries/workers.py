"""Worker processes for queries that strangers write: stopped when their time is up, and nobody else notices.

The engine cannot be told to stop, so a query past its limit is stopped by killing the process that evaluates it. A spare
stands ready, and the dead one is replaced in the background. Each worker opens the release read-only, has a bound on its
memory, and writes a complete result before the first byte of it is sent.
"""

import contextlib
import queue
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import TracebackType

from ontology.errors import QueryBusy, QueryError, QueryOverrun, QueryTimeout, ReleaseError
from queries.release import Release
from queries.worker import Question, WorkerLimits, serve_queries

_CHUNK = 1 << 16
_LOOK = 0.05
"""Seconds between two looks at whether the asker has gone."""


@dataclass(slots=True)
class Spooled:
    """A complete result: its media type and its bytes, in memory or in a file that :meth:`chunks` or :meth:`close` removes."""

    media_type: str
    _body: bytes | Path
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = self._body.stat().st_size if isinstance(self._body, Path) else len(self._body)

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes in order, then forget them."""
        try:
            if isinstance(self._body, bytes):
                yield self._body
            else:
                with self._body.open("rb") as file:
                    while chunk := file.read(_CHUNK):
                        yield chunk
        finally:
            self.close()

    def read(self) -> bytes:
        """Return all bytes at once, then forget them."""
        return b"".join(self.chunks())

    def close(self) -> None:
        """Remove the file, if there is one."""
        if isinstance(self._body, Path):
            self._body.unlink(missing_ok=True)


class _Worker:
    """One process with its pipe."""

    def __init__(self, process: ForkServerProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.ready = False

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()
        self.process.close()


class WorkerPool:
    """Workers on one release. Threads may ask at the same time; close it when another release takes over."""

    def __init__(
        self,
        release: Release,
        *,
        workers: int = 2,
        spares: int = 1,
        waiting: int = 64,
        limits: WorkerLimits | None = None,
        start_seconds: float = 30.0,
    ) -> None:
        self.release = release
        self._limits = limits or WorkerLimits()
        self._start_seconds = start_seconds
        self._folder = Path(tempfile.mkdtemp(prefix="daumoi-answers-"))
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(["queries.worker"])
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._turns = threading.BoundedSemaphore(workers)
        self._waiting = threading.BoundedSemaphore(workers + waiting)
        self._lock = threading.Lock()
        self._closed = False
        self._all: set[_Worker] = set()
        for _ in range(workers + spares):
            self._start()

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, question: Question, seconds: float, gone: Callable[[], bool] | None = None) -> Spooled:
        """Put ``question`` and return its whole result.

        ``gone`` is looked at while waiting: where it says that the asker has left, the query is stopped and its time counts
        as up. Raise :class:`QueryTimeout` at the limit, :class:`QueryOverrun` where the query takes too much memory or
        its result grows too large, :class:`QueryBusy` where too many wait, :class:`QueryError` where it is wrong.
        """
        until = time.monotonic() + seconds
        if not self._waiting.acquire(blocking=False):
            raise QueryBusy("too many queries are waiting")
        try:
            if not self._turns.acquire(timeout=seconds):
                raise QueryBusy(f"no worker became free within {seconds:g} seconds")
            try:
                return self._ask(question, until, seconds, gone)
            finally:
                self._turns.release()
        finally:
            self._waiting.release()

    def _ask(self, question: Question, until: float, seconds: float, gone: Callable[[], bool] | None) -> Spooled:
        worker = self._take(until, seconds)
        try:
            worker.pipe.send(question)
            while not worker.pipe.poll(min(_LOOK if gone else seconds, max(0.0, until - time.monotonic()))):
                if time.monotonic() >= until or (gone and gone()):
                    self._replace(worker)
                    raise QueryTimeout(seconds)
            kind, first, second = worker.pipe.recv()
        except (EOFError, OSError):
            self._replace(worker)
            raise QueryOverrun(
                f"the query broke its worker: it needs more than {self._limits.memory >> 20} MB of memory, or is too deep",
                remedy="ask for less: add a LIMIT, drop ORDER BY, DISTINCT or GROUP_CONCAT over large results",
            ) from None
        self._give_back(worker)
        if kind == "answer":
            return Spooled(first, second)
        if kind == "overrun":
            raise QueryOverrun(first, remedy="ask for less: add a LIMIT")
        raise QueryError(first, remedy=second)

    # The workers' life ------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        arguments = (theirs, str(self.release.path / "store"), self.release.id, str(self._folder), self._limits)
        process = self._context.Process(target=serve_queries, args=arguments, daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        with self._lock:
            if not self._closed:
                self._all.add(worker)
                self._idle.put(worker)
                return
        worker.kill()

    def _take(self, until: float, seconds: float) -> _Worker:
        """Return a worker that has opened its store; one that cannot is a fault of the release."""
        try:
            worker = self._idle.get(timeout=max(0.001, until - time.monotonic()))
        except queue.Empty:
            raise QueryBusy(f"no worker became free within {seconds:g} seconds") from None
        if worker.ready:
            return worker
        try:
            if not worker.pipe.poll(self._start_seconds):
                raise EOFError
            worker.pipe.recv()
        except (EOFError, OSError):
            self._replace(worker)
            raise ReleaseError(
                "a worker cannot open the store", where=str(self.release.path), remedy="publish again, or see the log"
            ) from None
        worker.ready = True
        return worker

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            if not self._closed:
                self._idle.put(worker)

    def _replace(self, worker: _Worker) -> None:
        """End ``worker`` and start another in the background: the asker does not wait for either."""
        with self._lock:
            self._all.discard(worker)
        worker.process.kill()
        threading.Thread(target=self._bury_and_start, args=(worker,), daemon=True).start()

    def _bury_and_start(self, worker: _Worker) -> None:
        worker.kill()
        for stray in self._folder.glob("answer-*"):
            # What a killed worker was writing; files of finished answers are younger than this or being read.
            with contextlib.suppress(OSError):
                if time.time() - stray.stat().st_mtime > 600:
                    stray.unlink()
        if not self._closed:
            self._start()

    def close(self) -> None:
        """End all workers and remove their files."""
        with self._lock:
            self._closed = True
            workers, self._all = self._all, set()
        for worker in workers:
            worker.kill()
        shutil.rmtree(self._folder, ignore_errors=True)
