"""From what a person says to a row of the table: words, hash and present value are taken from the document itself.

Whoever corrects names the fact and says what is right and why; the row keeps what stood there, so that a change of the text shows.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.correcting.correct import correct_record
from loaders.correcting.offered import find_offered, places_of_quote
from loaders.correcting.shown import same
from loaders.reader import Reader
from ontology.corrections import FIELDS, Correction, parse_correction
from ontology.errors import CorrectionError
from ontology.records import CorrectionAction, CorrectionNote, CorrectionStatus, FactKind
from server.correcting import name_document
from server.correction_table import refuse_flaws, tidy_cells
from server.reading_files import Reading


def today() -> str:
    """Return the day of this machine, in ISO form."""
    return datetime.datetime.now(tz=datetime.UTC).astimezone().date().isoformat()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants corrected. ``quote`` is needed for what the reader missed, and tells two facts of one key apart."""

    kind: FactKind
    action: CorrectionAction
    key: str
    field: str
    to: str
    who: str
    when: str
    why: str
    quote: str = ""
    text_hash: str = ""


def make_row(
    reading: Reading, wish: Wish, rows: Sequence[Correction], reader: Reader
) -> tuple[dict[str, str], CorrectionNote]:
    """Return the row of a wish and what it would do; ``rows`` are those about this document that hold already.

    Raise :class:`ontology.errors.CorrectionError` where the fact is not there, or the correction could not be applied.
    """
    found = _found(reading, wish)
    row = tidy_cells(
        {
            "document": name_document(reading.record),
            "kind": wish.kind,
            "key": wish.key,
            "field": wish.field,
            "action": wish.action,
            "from": found[2],
            "to": wish.to,
            "quote": found[0],
            "text_hash": found[1],
            "who": wish.who,
            "when": wish.when,
            "why": wish.why,
        }
    )
    _refuse_as_read(wish, row, rows)
    refuse_flaws({**row, "id": "new"})
    correction = parse_correction({**row, "id": "new"})
    note = correct_record(reading.record, reading.text, (*rows, correction), reader).corrections[-1]
    if note.status is not CorrectionStatus.APPLIED:
        raise CorrectionError(note.note_en, vi=note.note, column="to" if wish.to else "key")
    return row, note


def _refuse_as_read(wish: Wish, row: dict[str, str], rows: Sequence[Correction]) -> None:
    """Refuse a value that is as read, unless an earlier correction is to be undone by it: that one is to be withdrawn."""
    if wish.action is CorrectionAction.CHANGE and wish.field in FIELDS[wish.kind]:
        kind = FIELDS[wish.kind][wish.field]
        if same(kind, row["from"], row["to"]):
            earlier = [
                one.id for one in rows if one.kind is wish.kind and one.key == row["key"] and one.field == wish.field
            ]
            raise CorrectionError(
                "the value is what was read",
                vi="giá trị này chính là giá trị máy đọc" + (f"; hãy rút hiệu đính {earlier[-1]}" if earlier else ""),
                column="to",
                remedy=f"withdraw correction {earlier[-1]}" if earlier else "write the right value",
            )


def _found(reading: Reading, wish: Wish) -> tuple[str, str, str]:
    """Return quote, hash and present value of what is wished to be corrected."""
    if wish.action is CorrectionAction.ADD:
        places = places_of_quote(reading.text, wish.quote)
        if not places:
            raise CorrectionError(
                "the document does not have these words", vi="văn bản không có đoạn chữ này; chép đúng lời văn bản", column="quote",
                remedy="copy the words from the document",
            )  # fmt: skip
        hashes = {text_hash for _, text_hash in places}
        chosen = wish.text_hash if wish.text_hash in hashes else places[0][1]
        return wish.quote, chosen, ""
    found = find_offered(reading.record, reading.text, wish.kind, wish.key, wish.field)
    if wish.text_hash:
        found = [one for one in found if one.text_hash == wish.text_hash]
    if not found:
        raise CorrectionError(
            f"the document has no {wish.kind} “{wish.key or wish.field}”",
            vi=f"văn bản không có dữ kiện {wish.kind} “{wish.key or wish.field}”",
            column="key",
            remedy="see: daumoi correct facts FILE",
        )
    one = found[0]
    return one.quote, one.text_hash, one.values.get(wish.field, one.says)
