"""The records of the five documents as they were last reviewed, and the schema that every record follows.

``pytest tests/loaders/test_golden.py --update-golden`` writes both anew; the difference is reviewed like code.
"""

import difflib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from loaders.reader import Reader
from loaders.source import read_source
from ontology.records import format_record, record_schema

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
SCHEMA = ROOT / "docs" / "record.schema.json"
DOCUMENTS = sorted((ROOT / "documents").glob("*.txt"))
LONGEST_DIFF = 60


def written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def assert_same(found: Any, path: Path, *, update: bool) -> None:
    """Compare parsed JSON; where it differs, show the lines that do."""
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(written(found), encoding="utf-8")
    golden = json.loads(path.read_text("utf-8"))
    if found == golden:
        return
    lines = list(
        difflib.unified_diff(
            written(golden).splitlines(), written(found).splitlines(), "golden", "read", n=3, lineterm=""
        )
    )
    shown = "\n".join(lines[:LONGEST_DIFF])
    pytest.fail(
        f"{path.name}: {len(lines)} lines differ; if this is meant, run with --update-golden\n{shown}", pytrace=False
    )


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.stem)[:12])
def test_a_document_gives_the_record_that_was_reviewed(path: Path, reader: Reader, updates_golden: bool) -> None:
    record = json.loads(format_record(reader.read(read_source(path))))
    assert_same(record, GOLDEN / f"{path.stem}.json", update=updates_golden)


def test_every_document_has_one_golden_record_and_none_is_left_over() -> None:
    assert len(DOCUMENTS) == 5
    assert {path.stem for path in GOLDEN.glob("*.json")} == {path.stem for path in DOCUMENTS}


def test_the_published_schema_is_that_of_the_record(updates_golden: bool) -> None:
    assert_same(record_schema(), SCHEMA, update=updates_golden)


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.stem)[:12])
def test_a_record_follows_the_published_schema(path: Path, validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(json.loads((GOLDEN / f"{path.stem}.json").read_text("utf-8")))


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("tasks", 0, "assignments", 0, "role"), "boss"),
        (("tasks", 0, "span"), [1]),
        (("tasks", 0, "text"), None),
        (("citations", 0, "relation"), "likes"),
        (("document",), None),
        (("findings",), {}),
    ],
)
def test_the_schema_refuses_what_is_no_record(
    where: tuple[str | int, ...], value: object, validator: jsonschema.Draft202012Validator
) -> None:
    record = json.loads((GOLDEN / f"{DOCUMENTS[0].stem}.json").read_text("utf-8"))
    place = record
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = value
    assert not validator.is_valid(record)
