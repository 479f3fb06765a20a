"""The maintainers' desk: facts of a document of the release as they were read, and corrections on their way to the table."""

import threading
from collections import OrderedDict
from pathlib import Path

from loaders.correcting.offered import OfferedFact, offer_facts
from loaders.source import text_source
from ontology.corrections import Correction
from ontology.records import CorrectionNote
from server.correcting import read_table, rows_about
from server.correction_rows import Wish, make_row
from server.correction_table import append_correction, withdraw_correction
from server.pages.asking import ask_page
from server.reading_files import Reading, this_reader
from server.republishing import Republisher
from server.sessions import Sessions
from server.site import Site

_KEPT = 4
"""Readings kept: whoever corrects a document corrects several facts of it."""


class Desk:
    """What the maintainers' pages share: sessions, the table, readings of the documents at hand, publishing."""

    def __init__(self, site: Site) -> None:
        settings = site.settings
        if settings.corrections is None:
            raise ValueError("a desk needs a table of corrections")
        self.site = site
        self.table: Path = settings.corrections
        self.sessions = Sessions(settings.maintainer_token)
        self.republisher = Republisher(site.home, settings)
        self._readings: OrderedDict[tuple[str, str], tuple[Reading, list[OfferedFact]]] = OrderedDict()
        self._lock = threading.Lock()

    def rows(self) -> tuple[Correction, ...]:
        """Return the table as it stands now."""
        return read_table(self.table)

    def facts(self, document: str) -> tuple[Reading, list[OfferedFact]] | None:
        """Return a document of the release and its facts as they were read; ``None`` where the release does not hold its text."""
        release = self.site.release()
        text = release.text(document)
        if text is None:
            return None
        key = release.id, document
        with self._lock:
            if key not in self._readings:
                shown = ask_page(release, "document", document=document)
                name = str(shown[0]["file"] or "") if shown else ""
                source = text_source(text, name=name, media_type="text/plain", data=text.encode())
                reading = Reading(name, source.info.file_sha256, this_reader().read(source), text)
                self._readings[key] = reading, offer_facts(reading.record, text)
                while len(self._readings) > _KEPT:
                    self._readings.popitem(last=False)
            self._readings.move_to_end(key)
            return self._readings[key]

    def about(self, reading: Reading) -> list[Correction]:
        """Return the rows of the table that are about a document."""
        return rows_about(reading.record, self.rows())

    def write(self, reading: Reading, wish: Wish) -> tuple[Correction, CorrectionNote]:
        """Check a wish, write it into the table and ask for a publish; raise :class:`ontology.errors.CorrectionError`."""
        with self._lock:
            row, note = make_row(reading, wish, self.about(reading), this_reader())
        written = append_correction(self.table, row)
        self.republisher.start()
        return written, note

    def withdraw(self, correction_id: str, *, who: str, when: str, why: str) -> Correction:
        """Take a correction back and ask for a publish; raise :class:`ontology.errors.CorrectionError`."""
        made = withdraw_correction(self.table, correction_id, who=who, when=when, why=why)
        self.republisher.start()
        return made

    def close(self) -> None:
        """Stop a publish that is under way."""
        self.republisher.close()
