"""What became of a correction, in words: applied, flagged, superseded or withdrawn, and why."""

from dataclasses import dataclass

from ontology.corrections import Correction
from ontology.records import CorrectionNote, CorrectionStatus, Finding, Severity, Span

_APPLIED = ("Đã áp dụng.", "Applied.")
_REMEDY = (
    "Xem lại nguyên văn, rồi rút hiệu đính này hoặc ghi một hiệu đính mới.",
    "Look at the text, then withdraw this correction or write a new one.",
)


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in both languages."""

    vi: str
    en: str


APPLIED = Words(*_APPLIED)
WITHDRAWN = Words("Đã rút; dữ kiện như máy đọc.", "Withdrawn; the fact is as it was read.")
READ_SO = Words("Không cần nữa: máy nay đọc đúng như vậy.", "No longer needed: it is now read so.")
NOT_READ = Words("Không cần nữa: máy nay không đọc ra dữ kiện này.", "No longer needed: it is no longer read.")
TEXT_CHANGED = Words(
    "Nguyên văn bên dưới đã đổi hoặc không còn; không áp dụng.", "The text under it changed or is gone; not applied."
)
NOT_FOUND = Words(
    "Nguyên văn còn đó nhưng không tìm thấy dữ kiện; không áp dụng.",
    "The text is there, but the fact is no longer found; not applied.",
)
SEVERAL = Words(
    "Nhiều dữ kiện cùng khóa và cùng nguyên văn; thêm “ #2” vào khóa để chỉ dữ kiện thứ hai. Chưa áp dụng.",
    "Several facts have this key and these words; add “ #2” to the key to mean the second one. Not applied.",
)
TAKEN = Words(
    "Khóa này đã có dữ kiện khác; không áp dụng.", "Another fact has this key already; not applied."
)  # fmt: skip


def superseded_by(other: Correction) -> Words:
    """Say that a later row speaks of the same."""
    return Words(f"Được thay bằng hiệu đính {other.id}.", f"Superseded by correction {other.id}.")


def reads_now(value: str) -> Words:
    """Say that the fact is neither what was corrected nor what it was corrected to."""
    shown_vi, shown_en = (f"“{value}”", f"“{value}”") if value else ("để trống", "empty")
    return Words(
        f"Dữ kiện nay được đọc là {shown_vi}, khác với giá trị đã sửa; không áp dụng.",
        f"The fact now reads {shown_en}, which is not what was corrected; not applied.",
    )


def note_of(
    correction: Correction,
    status: CorrectionStatus,
    words: Words,
    *,
    original: str | None = None,
    corrected: str | None = None,
    fact: str | None = None,
    others: tuple[str, ...] = (),
    span: Span | None = None,
) -> CorrectionNote:
    """Return the note that the record keeps of a correction."""
    return CorrectionNote(
        id=correction.id,
        kind=correction.kind,
        action=correction.action,
        key=correction.key,
        field=correction.field,
        original=original,
        corrected=corrected,
        status=status,
        note=words.vi,
        note_en=words.en,
        who=correction.who,
        when=correction.when,
        why=correction.why,
        quote=correction.quote,
        withdrawn_by=correction.withdrawn_by,
        withdrawn_on=correction.withdrawn_on,
        withdrawn_why=correction.withdrawn_why,
        fact=fact,
        others=others,
        span=span,
    )


def flagged_finding(note: CorrectionNote) -> Finding:
    """Return the finding that a correction waits for a look."""
    return Finding(
        "correction-flagged",
        Severity.WARNING,
        f"Hiệu đính {note.id} ({note.who}, {note.when}) chưa được áp dụng: {note.note}",
        note.span,
        _REMEDY[0],
        f"Correction {note.id} ({note.who}, {note.when}) is not applied: {note.note_en}",
        remedy_en=_REMEDY[1],
    )
