"""Readings and the table of corrections: which rows are about which document, and what they make of what was read.

What was read is kept as it was read; corrections are applied each time afterwards, so they survive every reading.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from loaders.correcting.correct import correct_record, names_in, names_of
from loaders.correcting.outcomes import Words, flagged_finding, note_of
from loaders.reader import Reader
from ontology.corrections import Correction, load_corrections
from ontology.namespaces import ID, mint_document
from ontology.records import CorrectionNote, CorrectionStatus, FactKind, Finding, Record
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
    """Return the corrections that are about a record's document, under the name it has or the one that a row gives it."""
    names = _names(record, _numbering(corrections))
    return [one for one in corrections if names_in(one) & names]


def _numbering(corrections: Sequence[Correction]) -> list[Correction]:
    """Return the rows that give a document its number."""
    return [one for one in corrections if one.kind is FactKind.HEADER and one.field == "number" and one.to]


def _names(record: Record, numbering: Sequence[Correction]) -> frozenset[str]:
    """Return all names of a record's document: those it was read with, and those that a row's number makes."""
    names = names_of(record)
    numbers = [one.to for one in numbering if names_in(one) & names]
    if not numbers:
        return names
    document = record.document
    issuer = (document.issuer_iri or "").partition("/id/agency/")[2]
    iri = str(mint_document(issuer, document.date, numbers[-1])) if issuer and document.date else None
    return names | names_of(replace(record, document=replace(document, number=numbers[-1], iri=iri)))


def correct_results(results: Sequence[Reading | Failure], corrections: Sequence[Correction]) -> Corrected:
    """Apply ``corrections`` to all results; a row that names no document of theirs, or several, is kept aside."""
    numbering = _numbering(corrections)
    documents: defaultdict[str, set[str]] = defaultdict(set)
    for one in results if corrections else ():
        if isinstance(one, Reading):
            for name in _names(one.record, numbering):
                documents[name].add(one.record.document.iri or one.name)
    orphans: list[tuple[str, CorrectionNote]] = []
    usable: list[Correction] = []
    for correction in corrections:
        meant = {document for name in names_in(correction) for document in documents.get(name, ())}
        if len(meant) == 1:
            usable.append(correction)
            continue
        status = CorrectionStatus.WITHDRAWN if correction.withdrawn else CorrectionStatus.FLAGGED
        note = note_of(
            correction,
            status,
            _SEVERAL if meant else _NOT_HELD,
            original=correction.from_ or None,
            corrected=correction.to or None,
        )
        orphans.append((correction.document, note))
    corrected = [correct_reading(one, usable) if isinstance(one, Reading) else one for one in results]
    return Corrected(corrected, tuple(orphans))


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
