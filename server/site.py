"""What all routes of one site share: the settings, the current release, the layout engine of the pictures."""

import threading
from contextlib import suppress
from pathlib import Path

from ontology.errors import ReleaseError
from queries.release import Release, Watch, open_current
from queries.worker import WorkerLimits
from queries.workers import WorkerPool
from server.settings import Settings
from viz.elk import ElkLayout


class Site:
    """The state behind the routes. A new release is noticed at the next request; the old one stays with those who use it."""

    def __init__(self, home: Path, settings: Settings) -> None:
        self.home = home
        self.settings = settings
        self.layout = ElkLayout(settings.vendor / "elk.js")
        self._watch = Watch(home)
        self._release: Release | None = None
        self._pool: WorkerPool | None = None
        self._lock = threading.Lock()

    def release(self) -> Release:
        """Return the current release; raise :class:`ontology.errors.ReleaseError` where nothing was published."""
        with self._lock:
            if self._watch.changed() or self._release is None:
                current = open_current(self.home)
                small = current.dump_path.stat().st_size <= self.settings.memory_bytes
                self._release = current.in_memory() if small else current
            return self._release

    def warm(self) -> None:
        """Load what the first reader would wait for, if there is anything to load yet."""
        with suppress(ReleaseError):
            self.release()

    def pool(self) -> WorkerPool:
        """Return the workers on the current release; those on an older one finish what they were asked, then end."""
        release = self.release()
        with self._lock:
            if self._pool is None or self._pool.release.id != release.id:
                if self._pool is not None:
                    retire = threading.Timer(self.settings.query_seconds + 1, self._pool.close)
                    retire.daemon = True
                    retire.start()
                limits = WorkerLimits(memory=self.settings.query_memory_bytes)
                self._pool = WorkerPool(release, workers=self.settings.query_workers, limits=limits)
            return self._pool

    def has(self, asset: str) -> bool:
        """Tell whether ``make assets`` has set out the file ``asset``."""
        return (self.settings.vendor / asset).is_file()

    def close(self) -> None:
        """End the processes that the site started."""
        self.layout.close()
        if self._pool is not None:
            self._pool.close()
