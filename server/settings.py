"""What varies between one server and another; everything has a default that works on a laptop."""

from dataclasses import dataclass, field
from pathlib import Path

from server.places import VENDOR

TOKEN_NAME = "DAUMOI_MAINTAINER_TOKEN"
"""The environment variable with the maintainer's token; there is no option for it, because options are seen by all users."""
SHORTEST_TOKEN = 16


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
    maintainer_token: str = field(default="", repr=False)
    """What a maintainer signs in with to correct facts on the pages; without one, those pages are not there."""
    corrections: Path | None = None
    """The table of corrections that maintainers write; without one, those pages are not there either."""
    sources: tuple[Path, ...] = ()
    """The files and folders that the site was started on: a correction publishes them again."""
    ocr: bool = False
    """Whether scans among the sources are recognised."""

    @property
    def maintained(self) -> bool:
        """Whether facts can be corrected on the pages."""
        return bool(self.maintainer_token) and self.corrections is not None
