"""Publishing again beside the running server: in a process of its own, one at a time, asked for after each correction.

The server notices the new release by itself. A correction that comes while a publish runs is published by one more run after it.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from server.places import CHECKOUT
from server.settings import TOKEN_NAME, Settings


class State(StrEnum):
    """How publishing stands: never asked for, under way, done, or failed."""

    IDLE = "idle"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How publishing stands, and what it said last where it failed."""

    state: State
    said: str = ""


class Republisher:
    """Publishes the sources of a site again."""

    def __init__(self, home: Path, settings: Settings) -> None:
        self._command = command_for(home, settings)
        self._lock = threading.Lock()
        self._progress = Progress(State.IDLE)
        self._process: subprocess.Popen[str] | None = None
        self._again = False

    @property
    def possible(self) -> bool:
        """Whether the site knows the files it was made of."""
        return self._command is not None

    @property
    def progress(self) -> Progress:
        """How publishing stands."""
        with self._lock:
            return self._progress

    def start(self) -> bool:
        """Publish again, or once more after the run that is under way; return whether that is possible."""
        if self._command is None:
            return False
        with self._lock:
            if self._progress.state is State.RUNNING:
                self._again = True
                return True
            self._progress = Progress(State.RUNNING)
        threading.Thread(target=self._run, name="republish", daemon=True).start()
        return True

    def _run(self) -> None:
        assert self._command is not None
        while True:
            environment = {name: value for name, value in os.environ.items() if name != TOKEN_NAME}
            process = subprocess.Popen(
                self._command,
                cwd=CHECKOUT,
                env=environment,
                text=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            with self._lock:
                self._process = process
            _, said = process.communicate()
            with self._lock:
                self._process = None
                if self._again:
                    self._again = False
                    continue
                # Exit code 1: published, and some file could not be read.
                fine = process.returncode in (0, 1)
                self._progress = Progress(State.DONE if fine else State.FAILED, "" if fine else _last_words(said))
                return

    def close(self) -> None:
        """Stop what is under way; readers keep the release they have."""
        with self._lock:
            self._again = False
            process = self._process
        if process is not None:
            process.terminate()


def _last_words(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    return "\n".join(lines[-4:])


def command_for(home: Path, settings: Settings) -> Sequence[str] | None:
    """Return the command that publishes a site's sources with its corrections, ``None`` where the sources are not known."""
    if not settings.sources or settings.corrections is None:
        return None
    return [
        sys.executable, "-c", "from server.cli import main; main()", "publish",
        *(str(path.resolve()) for path in settings.sources),
        "--home", str(home.resolve()), "--corrections", str(settings.corrections.resolve()),
        *(["--ocr"] if settings.ocr else []),
    ]  # fmt: skip
