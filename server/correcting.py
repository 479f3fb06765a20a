"""Readings and the table of corrections: which rows are about which document, and what they make of what was read.

What was read is kept as it was read; corrections are applied each time afterwards, so they survive every reading.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from loaders.correcting.correct import correct_record, names_document
from loaders.correcting.outcomes import Words, flagged_finding, note_of
from loaders.reader import Reader
from ontology.corrections import Correction, load_corrections
from ontology.namespaces import ID, mint_document
from ontology.records import CorrectionNote, CorrectionStatus, Finding, Record
from server.reading_files import Failure, Reading, this_reader

_NOT_HELD = Words("Kho không có văn bản này; chưa áp dụng.", "The corpus does not hold this document; not applied.")
_SEVERAL = Words(
    "Nhiều văn bản cùng số này; ghi địa chỉ (document/…) hoặc tên tệp. Chưa áp dụng.",
    "Several documents have this number; write the address (document/…) or the file’s name. Not applied.",
)


@dataclass(frozen=True, slots=True)
class Corrected:
    """Results with corrections applied, and the rows that found no document, each with what it calls it."""

    results: list[Reading | Failure]
    orphans: tuple[tuple[str, CorrectionNote], ...]


def flagged_orphans(orphans: Sequence[tuple[str, CorrectionNote]]) -> list[tuple[str, Finding]]:
    """Return the findings of rows without a document: where they stand, and what is to be said."""
    flagged = [note for _, note in orphans if note.status is CorrectionStatus.FLAGGED]
    return [(f"corrections/{note.id}", flagged_finding(note)) for note in flagged]


def correct_reading(
    reading: Reading, corrections: Sequence[Correction], reader: Callable[[], Reader] = this_reader
) -> Reading:
    """Return a reading with the corrections that are about its document applied."""
    own = rows_about(reading.record, corrections)
    return replace(reading, record=correct_record(reading.record, reading.text, own, reader())) if own else reading


def rows_about(record: Record, corrections: Sequence[Correction]) -> list[Correction]:
    """Return the corrections that are about a record's document."""
    return [one for one in corrections if _is_about(one, record, corrections)]


def _is_about(correction: Correction, record: Record, corrections: Sequence[Correction]) -> bool:
    """Tell whether a row is about a record, under the name it has or the one that another row gives it."""
    if names_document(correction, record):
        return True
    renamed = _renamed(record, corrections)
    return renamed is not None and names_document(correction, renamed)


def _renamed(record: Record, corrections: Sequence[Correction]) -> Record | None:
    """Return a record under the number that a row of the table gives its document, ``None`` where none does."""
    numbers = [
        one.to for one in corrections if one.kind == "header" and one.field == "number" and names_document(one, record)
    ]
    if not numbers or not numbers[-1]:
        return None
    document = record.document
    issuer = (document.issuer_iri or "").partition("/id/agency/")[2]
    iri = str(mint_document(issuer, document.date, numbers[-1])) if issuer and document.date else None
    return replace(record, document=replace(document, number=numbers[-1], iri=iri))


def correct_results(results: Sequence[Reading | Failure], corrections: Sequence[Correction]) -> Corrected:
    """Apply ``corrections`` to all results; a row that names no document of theirs, or several, is kept aside."""
    readings = [one for one in results if isinstance(one, Reading)]
    known = _identities(readings, corrections)
    orphans: list[tuple[str, CorrectionNote]] = []
    usable: list[Correction] = []
    for correction in corrections:
        documents = known.get(correction.id, set())
        if len(documents) == 1:
            usable.append(correction)
            continue
        status = CorrectionStatus.WITHDRAWN if correction.withdrawn else CorrectionStatus.FLAGGED
        note = note_of(
            correction,
            status,
            _SEVERAL if documents else _NOT_HELD,
            original=correction.from_ or None,
            corrected=correction.to or None,
        )
        orphans.append((correction.document, note))
    corrected = [correct_reading(one, usable) if isinstance(one, Reading) else one for one in results]
    return Corrected(corrected, tuple(orphans))


def _identities(readings: Sequence[Reading], corrections: Sequence[Correction]) -> dict[str, set[str]]:
    """Return which documents each row may be about, by the row's id; two files of one document count once."""
    found: dict[str, set[str]] = {}
    for correction in corrections:
        for reading in readings:
            if _is_about(correction, reading.record, corrections):
                found.setdefault(correction.id, set()).add(reading.record.document.iri or reading.name)
    return found


def read_table(path: Path | None) -> tuple[Correction, ...]:
    """Return the rows of the table of corrections, none where no table is used."""
    return load_corrections(path) if path is not None else ()


def name_document(record: Record) -> str:
    """Return what a new row calls a record's document: its address; the file's name where the address is made of its words.

    A document without a number is named after its words, and would have another name as soon as one of them changes.
    """
    iri = record.document.iri or ""
    if record.document.number is None and record.source is not None:
        return record.source.name
    return iri.removeprefix(str(ID))
