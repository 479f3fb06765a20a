"""Whatever rows a table has: nothing falls, each row has its note, every quote stands in its text, and the graph can be stated."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.correcting.correct import correct_record
from loaders.correcting.offered import OfferedFact, offer_facts
from loaders.reader import Reader
from loaders.source import text_source
from loaders.statements.state import state_record
from ontology.corrections import COLUMNS, FIELDS, Correction, ValueKind, find_flaw, parse_correction
from ontology.namespaces import GRAPH
from ontology.records import CorrectionStatus, FactKind, Recurrence, Relation, Role, format_record, parse_record
from tests.loaders.correcting.test_correct import TEXT

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "record.schema.json").read_text("utf-8"))
WORDS = st.sampled_from(
    ["", "Sở Y tế tỉnh Bình Thuận", "các sở, ban, ngành", "DA1", "tỉnh Lào Cai", "1/KH-X", "Kế hoạch", "x; y", "–"]
)
VALUES: dict[ValueKind, st.SearchStrategy[str]] = {
    ValueKind.DATE: st.sampled_from(["", "2022", "2022-05", "2022-05-06"]),
    ValueKind.DAY: st.sampled_from(["", "1999-12-31", "2022-05-06"]),
    ValueKind.NUMBER: st.sampled_from(["", "2022", "3188.5", "-1"]),
    ValueKind.TRUTH: st.sampled_from(["yes", "no"]),
    ValueKind.ROLE: st.sampled_from([*Role]),
    ValueKind.RELATION: st.sampled_from([*Relation]),
    ValueKind.RECURRENCE: st.sampled_from(["", *Recurrence, "annual; adhoc"]),
    ValueKind.SOURCE: st.sampled_from(["total", "local"]),
    ValueKind.DOCUMENT: st.sampled_from(["", "document/chinh-phu/2020/1-nd-cp", "somewhere"]),
}


@st.composite
def rows(draw: Callable[..., object], facts: list[OfferedFact]) -> list[Correction]:
    """Draw rows about the plan: about what it says, about what it does not, with values that fit their fields."""
    made: list[Correction] = []
    for number in range(draw(st.integers(1, 6))):  # type: ignore[call-overload]  # an int by its strategy
        fact = draw(st.sampled_from(facts))
        assert isinstance(fact, OfferedFact)
        action = draw(st.sampled_from(["change", "change", "remove", "add"]))
        name = draw(st.sampled_from(sorted(fact.values)))
        value = draw(VALUES.get(FIELDS[fact.kind][str(name)], WORDS))
        cells = dict.fromkeys(COLUMNS, "") | {
            "id": str(number), "document": "9001/KH-UBND", "kind": fact.kind.value, "key": fact.key, "action": str(action),
            "quote": fact.quote, "text_hash": str(draw(st.sampled_from(["", fact.text_hash, "0" * 16]))), "who": "A", "when": "2026-05-04",
            "why": "thử", "from": fact.values[str(name)], "to": str(value),
        }  # fmt: skip
        if action == "change":
            cells["field"] = str(name)
        elif action == "add":
            cells["to"] = f"{name}={value}"
        if find_flaw(cells) is None:
            made.append(parse_correction(cells))
    return made


def test_any_rows_leave_a_record_that_holds_together(reader: Reader) -> None:
    source = text_source(TEXT, name="plan.txt", media_type="text/plain", data=TEXT.encode())
    record = reader.read(source)
    facts = offer_facts(record, TEXT)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    seen: set[str] = set()

    @settings(max_examples=60)
    @given(rows(facts))
    def law(table: list[Correction]) -> None:
        corrected = correct_record(record, TEXT, table, reader)
        assert [note.id for note in corrected.corrections] == [row.id for row in table]
        seen.update(note.status for note in corrected.corrections)
        flagged = [note for note in corrected.corrections if note.status is CorrectionStatus.FLAGGED]
        assert len([one for one in corrected.findings if one.code == "correction-flagged"]) == len(flagged)
        assert correct_record(record, TEXT, table, reader) == corrected
        validator.validate(json.loads(format_record(corrected)))
        assert parse_record(format_record(corrected)) == corrected
        quads = state_record(corrected, TEXT, reader.registry)
        stated = {
            str(s) for s, p, _, g in quads if str(g) == str(GRAPH["corrections"]) and str(p).endswith("#factKind")
        }
        assert len(stated) == len(table)

    law()
    assert {CorrectionStatus.APPLIED, CorrectionStatus.FLAGGED} <= seen
    assert {fact.kind for fact in facts} >= {FactKind.HEADER, FactKind.TASK, FactKind.ASSIGNMENT, FactKind.MENTION}
