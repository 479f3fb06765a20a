"""The table of corrections is checked when it is read: file, line, what is wrong and what to do, in both languages."""

import re
from pathlib import Path

import pytest

from ontology.corrections import COLUMNS, FIELDS, find_flaw, load_corrections, parse_fields
from ontology.errors import RegistryError
from ontology.records import CorrectionAction, FactKind
from tests.case_tables import case_id, read_cases

ROOT = Path(__file__).parents[2]
GOOD = {
    "id": "2026-05-04-1", "document": "293/QĐ-LĐTBXH", "kind": "timing", "key": "B.I.4.a", "field": "end", "action": "change",
    "from": "2017-06-30", "to": "2017-07-31", "quote": "Quý II/2017", "text_hash": "", "who": "Lê A", "when": "2026-05-04",
    "why": "bản giấy ghi tháng 7", "withdrawn_by": "", "withdrawn_on": "", "withdrawn_why": "",
}  # fmt: skip


def write(path: Path, *rows: dict[str, str]) -> Path:
    lines = ["# một dòng cho người đọc", ",".join(COLUMNS)]
    lines += [",".join('"' + row[name].replace('"', '""') + '"' for name in COLUMNS) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_the_table_of_the_checkout_is_good() -> None:
    load_corrections(ROOT / "documents" / "corrections.csv")


def test_a_row_says_who_when_why(tmp_path: Path) -> None:
    (row,) = load_corrections(write(tmp_path / "corrections.csv", GOOD))
    assert (row.kind, row.action, row.field) == (FactKind.TIMING, CorrectionAction.CHANGE, "end")
    assert (row.who, row.when, row.why, row.withdrawn) == ("Lê A", "2026-05-04", "bản giấy ghi tháng 7", False)
    assert row.cells() == GOOD


def test_no_table_is_no_row(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "nowhere.csv") == ()


@pytest.mark.parametrize("case", read_cases("corrections_bad", at_least=17), ids=case_id)
def test_a_wrong_row_stops_with_file_line_and_remedy(case: dict[str, str], tmp_path: Path) -> None:
    wrong = GOOD | {case["column"]: case["value"]}
    other = GOOD | {"id": "2026-05-04-9"}
    with pytest.raises(RegistryError) as stopped:
        load_corrections(write(tmp_path / "corrections.csv", other, wrong))
    error = stopped.value
    assert case["says"] in str(error)
    assert (error.file.name, error.line) == ("corrections.csv", 4)
    assert error.remedy
    flaw = find_flaw(wrong)
    assert flaw is not None
    assert flaw.vi != flaw.en
    assert flaw.remedy_vi


def test_two_rows_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="stands in line 3 already"):
        load_corrections(write(tmp_path / "corrections.csv", GOOD, GOOD))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"action": "remove"}, "belongs to the action change"),
        ({"action": "add", "field": "", "quote": "", "text_hash": "0" * 16}, "an added fact must have its quote"),
        ({"action": "add", "field": "", "to": "hết tháng 7"}, "not of the form field=value"),
        ({"action": "add", "field": "", "to": "end=tháng 7"}, "not a day"),
        ({"kind": "header", "action": "remove", "field": ""}, "write one of: change"),
        ({"kind": "header", "key": "", "field": "date", "to": "2017-02-29"}, "not a date"),
        ({"kind": "header", "key": "", "field": "date", "to": "tháng 2"}, "not a date"),
        ({"kind": "assignment", "field": "role", "to": "boss"}, "write one of: lead"),
        ({"kind": "budget", "field": "year", "to": "hai nghìn"}, "not a number"),
        ({"kind": "timing", "field": "recurrence", "to": "annual; mãi"}, "write one of: annual"),
        ({"withdrawn_by": "B", "withdrawn_on": "mai", "withdrawn_why": "x"}, "not a day"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused(changes: dict[str, str], says: str) -> None:
    flaw = find_flaw(GOOD | changes)
    assert flaw is not None
    assert says in f"{flaw.en} — {flaw.remedy_en}"


def test_nothing_is_a_value_too() -> None:
    assert find_flaw(GOOD | {"to": ""}) is None
    assert find_flaw(GOOD | {"kind": "header", "key": "", "field": "date", "to": "2017-02"}) is None
    assert find_flaw(GOOD | {"kind": "header", "key": "", "field": "number", "to": "", "from": "9/QĐ"}) is None


def test_fields_of_an_added_fact_may_hold_semicolons() -> None:
    assert parse_fields(FactKind.TASK, "text=a; b; deliverable=c") == {"text": "a; b", "deliverable": "c"}
    assert parse_fields(FactKind.TASK, "") == {}


def test_the_documentation_names_every_column_kind_and_field() -> None:
    page = (ROOT / "docs" / "corrections.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+)`", page))
    wanted = {*COLUMNS, *FactKind, *CorrectionAction, *(name for fields in FIELDS.values() for name in fields)}
    assert wanted - named == set()
