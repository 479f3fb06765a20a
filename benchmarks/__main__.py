"""Measure reading, publishing and asking on this machine and print tables: medians, and ratios to a peer in the same run.

.venv/bin/python -m benchmarks            # everything: about a minute
.venv/bin/python -m benchmarks read       # one of: read, publish, ask, page
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.asking import measure_asking, measure_pages
from benchmarks.reading import DOCUMENTS, measure_reading
from server.pipeline import publish_files

ROUNDS = 5


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median wall time of ``work`` in seconds, after one run that does not count."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def measure_publishing(home: Path) -> Table:
    """Return the wall time of a first publish of the documents, and of a second one that finds nothing changed."""
    table = Table("việc / work", "s", title="Phát hành / publishing the documents")
    start = time.perf_counter()
    publish_files(home, [DOCUMENTS])
    table.add_row("lần đầu / first", f"{time.perf_counter() - start:.2f}")
    table.add_row("không đổi / unchanged", f"{timed(lambda: publish_files(home, [DOCUMENTS]), 3):.2f}")
    return table


def machine() -> str:
    """Return one line about the machine and the commit, to stand above the figures."""
    folder = Path(__file__).parents[1]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=folder, capture_output=True, text=True, check=False
    )
    return f"{platform.machine()}, {os.cpu_count()} CPUs, load average {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, commit {commit.stdout.strip() or 'unknown'}"


def main(arguments: Sequence[str]) -> int:
    """Print the tables that ``arguments`` name, all of them by default."""
    console = Console(width=110)
    console.print(machine())
    wanted = set(arguments) or {"read", "publish", "ask", "page"}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        if "read" in wanted:
            console.print(*measure_reading())
        if wanted & {"publish", "ask", "page"}:
            console.print(measure_publishing(home))
        if "ask" in wanted:
            console.print(measure_asking(home, timed))
        if "page" in wanted:
            console.print(measure_pages(home))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
