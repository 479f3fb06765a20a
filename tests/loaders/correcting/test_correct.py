"""What people corrected holds after every reading, shows what had been read, and is never applied to a text that changed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from loaders.correcting.correct import correct_record
from loaders.correcting.facts import hash_under
from loaders.correcting.offered import find_offered, offer_facts, places_of_quote
from loaders.reader import Reader
from loaders.source import read_source, text_source
from ontology.corrections import COLUMNS, Correction, find_flaw, parse_correction
from ontology.records import CorrectionNote, CorrectionStatus, FactKind, Record, Role, Task, format_record, parse_record
from tests.conftest import DOCUMENTS
from tests.loaders.conftest import PLAN_HEAD

BODY = """Căn cứ Quyết định số 90/QĐ-TTg ngày 18 tháng 01 năm 2022 của Thủ tướng Chính phủ;

II. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính
- Chủ trì, phối hợp với Sở Y tế bố trí kinh phí thực hiện trong quý II năm 2022.
- Báo cáo Ủy ban nhân dân tỉnh định kỳ hằng năm.
2. Sở Nội vụ
- Tham mưu đánh giá kết quả thực hiện trước ngày 30/11/2022; gửi Sở Tài chính tổng hợp.
"""
TEXT = PLAN_HEAD + BODY
LEAD = "II.1.-1 | lead | Sở Tài chính tỉnh Bình Thuận"
HEALTH = "Sở Y tế tỉnh Bình Thuận"
HOME_AFFAIRS = "Sở Nội vụ tỉnh Bình Thuận"
Read = Callable[[str], Record]
Apply = Callable[..., Record]


@pytest.fixture(scope="module")
def read(reader: Reader) -> Read:
    return lambda text: reader.read(text_source(text, name="plan.txt", media_type="text/plain", data=text.encode()))


@pytest.fixture(scope="module")
def record(read: Read) -> Record:
    return read(TEXT)


@pytest.fixture
def apply(read: Read, reader: Reader) -> Apply:
    """Read a text and apply rows to what was read."""
    return lambda *rows, text=TEXT: correct_record(read(text), text, rows, reader)


def row(record: Record, kind: str, key: str, **given: str) -> Correction:
    """Return a row about a fact of the plan; words, hash and value are taken from the text as it was read first."""
    cells = dict.fromkeys(COLUMNS, "") | {
        "id": "1", "document": "9001/KH-UBND", "kind": kind, "key": key, "action": "change", "who": "Lê A", "when": "2026-05-04",
        "why": "xem bản giấy",
    } | given  # fmt: skip
    if "quote" not in given:
        found = find_offered(record, TEXT, FactKind(kind), key, given.get("field"))[0]
        said = {
            "quote": found.quote,
            "text_hash": found.text_hash,
            "from": found.values.get(given.get("field", ""), ""),
        }
        cells |= {name: value for name, value in said.items() if name not in given}
    assert find_flaw(cells) is None
    return parse_correction(cells)


def only(record: Record) -> CorrectionNote:
    (note,) = record.corrections
    return note


def task(record: Record, task_id: str) -> Task:
    return next(one for one in record.tasks if one.id == task_id)


def who(record: Record, task_id: str) -> set[tuple[str, Role]]:
    return {(one.agency, one.role) for one in task(record, task_id).assignments}


def test_without_rows_a_record_is_as_it_was_read(record: Record, reader: Reader) -> None:
    assert correct_record(record, TEXT, (), reader) is record


def test_a_wrong_agency_is_corrected_and_keeps_what_was_read(record: Record, apply: Apply) -> None:
    corrected = apply(row(record, "assignment", LEAD, field="agency", to=HOME_AFFAIRS))
    assert who(corrected, "II.1.-1") == {(HOME_AFFAIRS, Role.LEAD), (HEALTH, Role.COORDINATE)}
    note = only(corrected)
    assert note.status is CorrectionStatus.APPLIED
    assert (note.original, note.corrected) == ("Sở Tài chính tỉnh Bình Thuận", HOME_AFFAIRS)
    assert (note.who, note.when, note.why) == ("Lê A", "2026-05-04", "xem bản giấy")
    assert note.fact == "/tasks/0/assignments/0"
    made = task(corrected, "II.1.-1").assignments[0]
    assert made.iri == "https://w3id.org/daumoi/id/agency/tinh-binh-thuan/so-noi-vu"
    assert TEXT[made.span.start : made.span.end] == made.printed == "Sở Tài chính"
    assert who(corrected, "II.1.-2") == who(record, "II.1.-2")


def test_the_corrected_record_is_written_and_read_back(record: Record, apply: Apply) -> None:
    corrected = apply(row(record, "timing", "II.1.-1", field="end", to="2022-07-31"))
    assert parse_record(format_record(corrected)) == corrected


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("TỔ CHỨC THỰC HIỆN", "TỔ CHỨC  THỰC HIỆN") + "3. Sở Xây dựng\n- Chủ trì nghiệm thu.\n",
        TEXT.replace("1. Sở Tài chính", "1. Sở Công Thương\n- Chủ trì bình ổn giá.\n2. Sở Tài chính").replace(
            "2. Sở Nội vụ", "3. Sở Nội vụ"
        ),
        TEXT.replace("bố trí kinh phí thực hiện trong", "bố trí kinh phí   thực hiện trong"),
    ],
    ids=["text added elsewhere", "tasks numbered otherwise", "blanks set otherwise"],
)
def test_it_survives_reading_again(record: Record, apply: Apply, changed: str) -> None:
    """The row is found by its words, not by where they stand or how the tasks are numbered."""
    assert changed != TEXT
    corrected = apply(row(record, "timing", "II.1.-1", field="end", to="2022-07-31"), text=changed)
    assert only(corrected).status is CorrectionStatus.APPLIED
    assert [t.timing.end for t in corrected.tasks if t.timing and t.timing.text == "quý II năm 2022"] == ["2022-07-31"]


def test_a_change_of_the_text_flags_it(record: Record, apply: Apply) -> None:
    changed = TEXT.replace("quý II năm 2022", "quý III năm 2022")
    corrected = apply(row(record, "timing", "II.1.-1", field="end", to="2022-07-31"), text=changed)
    note = only(corrected)
    assert note.status is CorrectionStatus.FLAGGED
    assert "đổi" in note.note
    assert "changed" in note.note_en
    timing = task(corrected, "II.1.-1").timing
    assert timing is not None
    assert timing.end == "2022-09-30"
    (finding,) = [one for one in corrected.findings if one.code == "correction-flagged"]
    assert "Lê A" in finding.message
    assert finding.remedy
    assert finding.remedy_en


def test_a_change_of_the_task_flags_a_correction_of_who(record: Record, apply: Apply) -> None:
    """The agency's name still stands in its heading; what it has to do is another thing."""
    changed = TEXT.replace("bố trí kinh phí thực hiện", "bố trí nhân lực thực hiện")
    note = only(apply(row(record, "assignment", LEAD, field="role", to="coordinate"), text=changed))
    assert note.status is CorrectionStatus.FLAGGED


def test_a_fact_that_reads_something_else_is_flagged(record: Record, apply: Apply) -> None:
    stale = row(record, "timing", "II.1.-1", field="end", to="2022-07-31", **{"from": "2022-05-31"})
    corrected = apply(stale)
    assert only(corrected).status is CorrectionStatus.FLAGGED
    assert "2022-06-30" in only(corrected).note
    assert task(corrected, "II.1.-1").timing == task(record, "II.1.-1").timing


def test_an_unknown_agency_is_never_made_up(record: Record, apply: Apply) -> None:
    note = only(apply(row(record, "assignment", LEAD, field="agency", to="Sở Mây Trời")))
    assert note.status is CorrectionStatus.FLAGGED
    assert "Sở Mây Trời" in note.note


def test_a_withdrawn_row_changes_nothing_and_stays(record: Record, apply: Apply) -> None:
    withdrawn = replace(
        row(record, "assignment", LEAD, field="agency", to=HOME_AFFAIRS),
        withdrawn_by="Trần B", withdrawn_on="2026-06-01", withdrawn_why="nhầm",
    )  # fmt: skip
    corrected = apply(withdrawn)
    assert who(corrected, "II.1.-1") == who(record, "II.1.-1")
    note = only(corrected)
    assert note.status is CorrectionStatus.WITHDRAWN
    assert (note.withdrawn_by, note.withdrawn_on, note.withdrawn_why) == ("Trần B", "2026-06-01", "nhầm")
    assert note.corrected == HOME_AFFAIRS


def test_what_is_read_right_by_now_needs_no_correction(record: Record, apply: Apply) -> None:
    old = row(
        record,
        "assignment",
        LEAD.replace("lead", "implement"),
        field="role",
        to="lead",
        quote="Sở Tài chính",
        **{"from": "implement"},
    )
    assert only(apply(old)).status is CorrectionStatus.SUPERSEDED
    gone = row(record, "assignment", LEAD.replace("lead", "request"), action="remove", quote="Sở Tài chính")
    assert only(apply(gone)).status is CorrectionStatus.SUPERSEDED


def test_the_later_row_wins(record: Record, apply: Apply) -> None:
    first = row(record, "assignment", LEAD, field="agency", to=HOME_AFFAIRS)
    second = replace(row(record, "assignment", LEAD, field="agency", to=HEALTH), id="2")
    corrected = apply(first, second)
    assert [note.status for note in corrected.corrections] == [CorrectionStatus.SUPERSEDED, CorrectionStatus.APPLIED]
    assert "2" in corrected.corrections[0].note
    assert corrected.corrections[1].original == "Sở Tài chính tỉnh Bình Thuận"
    assert (HEALTH, Role.LEAD) in who(corrected, "II.1.-1")


def test_a_wrong_fact_is_removed_and_its_words_kept(record: Record, apply: Apply) -> None:
    corrected = apply(row(record, "assignment", f"II.1.-1 | coordinate | {HEALTH}", action="remove"))
    assert who(corrected, "II.1.-1") == {("Sở Tài chính tỉnh Bình Thuận", Role.LEAD)}
    assert only(corrected).original == f"agency={HEALTH}; role=coordinate"
    assert only(corrected).fact is None
    whole = apply(row(record, "task", "II.1.-2", action="remove"))
    assert [one.id for one in whole.tasks] == ["II.1.-1", "II.2.-1"]


MISSED = [
    ("assignment", f"II.2.-1 | coordinate | {HEALTH}", "", "Tham mưu đánh giá kết quả"),
    ("task", "II.2.-9", "deliverable=Báo cáo", "gửi Sở Tài chính tổng hợp"),
    ("target", "Tỷ lệ hộ nghèo", "value=2; unit=%; by=2022", "đánh giá kết quả"),
    ("budget", " | 2022 | local", "amount_million_vnd=250.5", "bố trí kinh phí"),
    ("component", "DA1", "kind=Dự án; title=Giảm nghèo", "công tác giảm nghèo"),
    ("citation", "12/NĐ-CP", "type=Nghị định; relation=cites", "Căn cứ Quyết định"),
    ("reporting", f"{HEALTH} | Sở Tài chính tỉnh Bình Thuận", "frequency=năm", "gửi Sở Tài chính tổng hợp"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "key", "to", "quote"), MISSED, ids=[one[0] for one in MISSED])
def test_a_missed_fact_is_added_with_its_quote(
    record: Record, apply: Apply, kind: str, key: str, to: str, quote: str
) -> None:
    ((_, text_hash),) = places_of_quote(TEXT, quote)
    added = row(record, kind, key, action="add", to=to, quote=quote, text_hash=text_hash)
    corrected = apply(added)
    note = only(corrected)
    assert (note.status, note.original) == (CorrectionStatus.APPLIED, None), note.note
    assert note.fact is not None
    place: object = corrected
    for step in note.fact.strip("/").split("/"):
        place = place[int(step)] if isinstance(place, tuple) else getattr(place, step)
    span = place.span  # type: ignore[attr-defined]  # every fact has one
    assert TEXT[span.start : span.end] == quote
    gone = apply(added, text=TEXT.replace(quote, "…"))
    assert only(gone).status is CorrectionStatus.FLAGGED


def test_a_missing_number_gives_the_document_its_name(read: Read, reader: Reader) -> None:
    text = TEXT.replace("Số: 9001/KH-UBND", "Số:      /KH-UBND")
    bare = read(text)
    assert bare.document.number is None
    found = find_offered(bare, text, FactKind.HEADER, "", "number")[0]
    cells = dict.fromkeys(COLUMNS, "") | {
        "id": "1", "document": "plan.txt", "kind": "header", "field": "number", "action": "change", "to": "77/KH-UBND", "who": "A",
        "when": "2026-05-04", "why": "bản giấy", "quote": found.quote, "text_hash": found.text_hash,
    }  # fmt: skip
    corrected = correct_record(bare, text, (parse_correction(cells),), reader)
    assert corrected.document.number == "77/KH-UBND"
    assert (
        corrected.document.iri == "https://w3id.org/daumoi/id/document/tinh-binh-thuan/uy-ban-nhan-dan/2022/77-kh-ubnd"
    )
    assert "missing-number" in {one.code for one in bare.findings}
    assert "missing-number" not in {one.code for one in corrected.findings}


def test_a_corrected_place_changes_whose_departments_are_meant(record: Record, apply: Apply) -> None:
    """The header decides who *Sở Tài chính* is, so the text is read again under it."""
    corrected = apply(row(record, "header", "", field="jurisdiction", to="tỉnh Lào Cai"))
    assert only(corrected).status is CorrectionStatus.APPLIED
    assert ("Sở Tài chính tỉnh Lào Cai", Role.LEAD) in who(corrected, "II.1.-1")
    assert corrected.source == record.source
    issuer = apply(row(record, "header", "", field="issuer", to="Ủy ban nhân dân tỉnh Lào Cai"))
    assert issuer.document.iri is not None
    assert "tinh-lao-cai" in issuer.document.iri


def test_a_judgement_of_a_name_holds_wherever_it_stands(record: Record, apply: Apply) -> None:
    corrected = apply(row(record, "mention", "Sở Tài chính", field="agency", to=HOME_AFFAIRS))
    named = {one.agency for one in (a for t in corrected.tasks for a in t.assignments) if one.printed == "Sở Tài chính"}
    assert named == {HOME_AFFAIRS}
    note = only(corrected)
    assert note.status is CorrectionStatus.APPLIED
    assert len({note.fact, *note.others}) >= 2
    assert note.original == "Sở Tài chính tỉnh Bình Thuận"


def test_two_facts_of_one_name_are_told_apart(read: Read, apply: Apply) -> None:
    text = TEXT + "3. Sở Xây dựng\n- Rà soát Quyết định số 90/QĐ-TTg và Quyết định số 90/QĐ-TTg.\n"
    record = read(text)
    under = [one for one in record.citations if one.number == "90/QĐ-TTg"][1:]
    assert len(under) == 2
    text_hash = hash_under(text, (under[0].span,))
    cells = {
        "field": "relation",
        "to": "amends",
        "quote": "Quyết định số 90/QĐ-TTg",
        "text_hash": text_hash,
        "from": "cites",
    }
    unsure = row(record, "citation", "90/QĐ-TTg", **cells)
    assert only(apply(unsure, text=text)).status is CorrectionStatus.FLAGGED
    sure = row(record, "citation", "90/QĐ-TTg #2", **cells)
    corrected = apply(sure, text=text)
    assert [one.relation for one in corrected.citations if one.number == "90/QĐ-TTg"][1:] == ["cites", "amends"]


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: str(path.stem)[:12])
def test_every_fact_of_a_real_document_is_found_again(path: Path, reader: Reader) -> None:
    """Whatever is offered can be corrected: torn rows, repeated citations, facts without words of their own."""
    source = read_source(path)
    record = reader.read(source)
    facts = [one for one in offer_facts(record, source.text) if one.kind not in (FactKind.HEADER, FactKind.MENTION)]
    assert len(facts) > 150
    rows = [
        parse_correction(
            dict.fromkeys(COLUMNS, "")
            | {
                "id": str(number), "document": path.name, "kind": one.kind.value, "key": one.key, "action": "remove",
                "quote": one.quote, "text_hash": one.text_hash, "who": "A", "when": "2026-05-04", "why": "thử",
            }
        )
        for number, one in enumerate(facts)
    ]  # fmt: skip
    corrected = correct_record(record, source.text, rows, reader)
    assert {note.key for note in corrected.corrections if note.status is not CorrectionStatus.APPLIED} == set()
    left = (corrected.tasks, corrected.citations, corrected.targets, corrected.budgets, corrected.reporting)
    assert left == ((),) * 5


def test_contradictions_are_found_anew(record: Record, apply: Apply) -> None:
    clash = apply(
        row(record, "assignment", f"II.1.-1 | coordinate | {HEALTH}", field="agency", to="Sở Tài chính tỉnh Bình Thuận")
    )
    assert "lead-also-coordinates" in {one.code for one in clash.findings}
    late = apply(row(record, "timing", "II.1.-1", field="end", to="2021-06-30"))
    assert "deadline-before-document" in {one.code for one in late.findings}
