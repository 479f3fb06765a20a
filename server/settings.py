"""What varies between one server and another; everything has a default that works on a laptop."""

from dataclasses import dataclass
from pathlib import Path

from server.places import VENDOR


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the site. Seconds, bytes and counts; ``vendor`` is where ``make assets`` put what came from npm."""

    query_seconds: float = 30.0
    """How long one SPARQL query may run before it is stopped."""
    query_workers: int = 2
    query_memory_bytes: int = 1024**3
    """What one query may take beyond what its worker needs to run at all."""
    query_bytes: int = 100_000
    """Longest query text accepted."""
    memory_bytes: int = 64 * 1024**2
    """A release whose dump is no larger than this is kept in memory for the pages, which then read two to three times faster."""
    page_rows: int = 2000
    """Rows that a JSON route gives in one answer unless ``limit`` says less; the rest is a ``next`` away."""
    picture_nodes: int = 300
    """Largest lineage that is drawn; a larger one is told in its table."""
    vendor: Path = VENDOR
