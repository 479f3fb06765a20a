"""Run the reader of a format in a process of its own, held to a memory and a time limit.

Parsers of foreign files can be made to eat memory, to loop or to crash by the file they read. None of that may reach the
program: the worker is started anew for each file, gets the bytes through a pipe, may open and write nothing large, and is
killed at its limit, with the programs that it started. Whatever ends it is one clear :class:`SourceError`.
"""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from loaders.formats.laid import Laid
from ontology.errors import SourceError
from ontology.records import Finding, Severity

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost: seconds of the clock, and bytes of memory of the worker."""

    seconds: float = 180.0
    memory: int = 1536 * 1024 * 1024


RECOGNISING = Limits(seconds=1800.0)
"""For scans: a page takes one to five seconds."""


def read_confined(kind: str, data: bytes, path: Path, limits: Limits, *, recognise: bool = False) -> Laid:
    """Lay out ``data``, a file of format ``kind``, in a worker of its own; ``path`` is for messages and remedies only.

    ``recognise``: what is a scan may be recognised.

    Raises:
        SourceError: the file cannot be read, or its reading passed a limit.
    """
    command = [sys.executable, "-B", "-m", "loaders.formats.worker", kind, path.name, str(limits.memory)]
    command += [str(int(limits.seconds) + 1), *(["recognise"] if recognise else [])]
    passed = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", **passed},
        start_new_session=True,
    ) as worker:
        try:
            answer, complaint = worker.communicate(data, timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            _kill(worker)
            worker.communicate()
            raise _too_slow(path, limits) from None
        except BaseException:  # whoever interrupts us must not leave the worker behind
            _kill(worker)
            raise
    if worker.returncode == 0:
        return _laid(answer, path)
    if worker.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise _too_slow(path, limits)
    raise _stopped(worker.returncode, complaint, path, limits)


def _kill(worker: "subprocess.Popen[bytes]") -> None:
    """Kill a worker and the programs that it started, which are in its session."""
    try:
        os.killpg(worker.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError):  # no sessions on this system, or all of it is over
        worker.kill()


def _laid(answer: bytes, path: Path) -> Laid:
    said = json.loads(answer)
    if "error" in said:
        raise SourceError(said["error"], path=path, remedy=said["remedy"])
    return Laid(said["text"], tuple(_finding(*fields) for fields in said["findings"]))


def _finding(code: str, severity: str, message: str, remedy: str, message_en: str, remedy_en: str) -> Finding:
    return Finding(code, Severity(severity), message, None, remedy, message_en, remedy_en=remedy_en)


def _too_slow(path: Path, limits: Limits) -> SourceError:
    return SourceError(
        f"reading it took more than {limits.seconds:g} seconds and was stopped",
        path=path,
        remedy="split the document, or save it as plain text (.txt, UTF-8) and read that",
    )


def _stopped(code: int, complaint: bytes, path: Path, limits: Limits) -> SourceError:
    last = complaint.decode(errors="replace").strip().rpartition("\n")[2][:200]
    if "MemoryError" in last or "memory" in last.lower():
        what = f"reading it needs more than {limits.memory // 2**20:,} MB of memory and was stopped"
    elif code < 0:
        what = f"the parser broke down on it ({signal.Signals(-code).name})"
    else:
        what = f"the parser cannot read it ({last})"
    return SourceError(
        what,
        path=path,
        remedy="open it in Word, LibreOffice or a browser, save it anew as .docx or .txt, and read that",
    )
