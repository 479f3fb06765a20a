"""Laws of reading whole documents: every fact has its quote, the same text gives the same record, nothing raises."""

import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from loaders.reader import Reader
from loaders.scoring.quotes import holds_print, iter_quotes
from loaders.source import read_source, text_source
from ontology.folding import accent_key
from ontology.records import Record, Span, format_record, parse_record
from tests.loaders.conftest import PLAN_HEAD, ReadText
from tests.loaders.reading_soup import documents

ROOT = Path(__file__).parents[2]
FIVE = sorted((ROOT / "documents").glob("*.txt"))
INVENTED = sorted(
    path for path in (ROOT / "benchmarks" / "accuracy" / "invented").iterdir() if path.suffix in {".txt", ".md"}
)
DOCUMENTS = [*FIVE, *INVENTED]


def test_there_are_documents() -> None:
    assert len(FIVE) == 5
    assert len(INVENTED) >= 4


class Shelf:
    """Reads each document once for all laws."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._read: dict[Path, tuple[str, Record]] = {}

    def read(self, path: Path) -> tuple[str, Record]:
        if path not in self._read:
            source = read_source(path)
            self._read[path] = source.text, self._reader.read(source)
        return self._read[path]


@pytest.fixture(scope="module")
def shelf(reader: Reader) -> Shelf:
    return Shelf(reader)


each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.stem)[:12])


def assert_quoted(record: Record, text: str) -> None:
    """Every span lies inside the text and holds what was read there."""
    for where, span, printed in iter_quotes(record):
        assert 0 <= span.start < span.end <= len(text), where
        if printed is not None:
            assert holds_print(text[span.start : span.end], printed), where
    ids = [task.id for task in record.tasks]
    assert len(set(ids)) == len(ids)


@each_document
def test_every_fact_has_its_quote(path: Path, shelf: Shelf) -> None:
    text, record = shelf.read(path)
    assert_quoted(record, text)
    assert sum(1 for _ in iter_quotes(record)) > 60


@each_document
def test_agencies_stand_where_they_were_read(path: Path, shelf: Shelf) -> None:
    text, record = shelf.read(path)
    torn = 0
    for task in record.tasks:
        for assignment in task.assignments:
            quote = accent_key(text[assignment.span.start : assignment.span.end])
            whole = accent_key(assignment.printed)
            assert whole.startswith(quote) or whole.endswith(quote), (task.id, assignment)
            torn += quote != whole
    assert torn <= 3, "a name that a page break tore has its longer part as quote, and such names are few"


@each_document
def test_tasks_and_citations_stand_in_order(path: Path, shelf: Shelf) -> None:
    _text, record = shelf.read(path)
    for one, other in pairwise(record.citations):
        assert one.span <= other.span
    for task in record.tasks:
        assert task.span in task.spans
        assert all(one.end <= other.start for one, other in pairwise(task.spans)), task.id


@each_document
def test_sections_govern_what_stands_in_them(path: Path, shelf: Shelf) -> None:
    text, record = shelf.read(path)
    for section in record.sections:
        assert section.extent.start <= section.span.start < section.span.end <= section.extent.end <= len(text)
        assert holds_print(text[section.span.start : section.span.end], f"{section.label} {section.title}")


@each_document
def test_what_is_resolved_has_an_iri_and_findings_speak_both_languages(path: Path, shelf: Shelf) -> None:
    _text, record = shelf.read(path)
    for task in record.tasks:
        assert all(given.iri and given.agency and given.rule for given in task.assignments), task.id
    for finding in record.findings:
        assert finding.message
        assert finding.message_en, finding.code
        assert finding.message != finding.message_en


@each_document
def test_a_record_survives_writing_and_reading(path: Path, shelf: Shelf) -> None:
    _text, record = shelf.read(path)
    assert parse_record(format_record(record)) == record
    assert format_record(parse_record(format_record(record))) == format_record(record)


READ_ONE = """
import sys
from pathlib import Path
from loaders.reader import build_reader
from loaders.source import read_source
from ontology.records import format_record
from ontology.registry import load_registry
reader = build_reader(load_registry())
for path in sys.argv[1:]:
    print(format_record(reader.read(read_source(Path(path)))))
"""
ROWS = """PHỤ LỤC
TT\tNội dung\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian
1\t\tSở Y tế\tSở Nội vụ, Hội Nông dân\tQuý I/2022
2\tKiểm tra\tSở Tài chính\tCông an tỉnh\t2022
"""


def test_another_process_with_another_order_of_sets_gives_the_same_bytes(shelf: Shelf, tmp_path: Path) -> None:
    path, rows = DOCUMENTS[0], tmp_path / "rows.txt"
    rows.write_text(PLAN_HEAD + ROWS, encoding="utf-8")
    printed = subprocess.run(
        [sys.executable, "-c", READ_ONE, str(path), str(rows)],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONIOENCODING": "utf-8"},
        text=True,
        encoding="utf-8",
    ).stdout
    assert printed.strip() == "\n".join(format_record(shelf.read(one)[1]) for one in (path, rows))


def moved(span: Span | None, by: int) -> Span | None:
    return None if span is None else Span(span.start + by, span.end + by)


@each_document
def test_a_text_further_down_has_the_same_facts_further_down(path: Path, shelf: Shelf, read_text: ReadText) -> None:
    text, record = shelf.read(path)
    below = read_text("\n\n\n" + text)
    assert replace(below, source=None) == replace(record, source=None)
    for one, other in zip(iter_quotes(record), iter_quotes(below), strict=True):
        assert moved(one[1], 3) == other[1], one[0]


@each_document
def test_decomposed_letters_are_the_same_letters(path: Path, shelf: Shelf, read_text: ReadText) -> None:
    text, record = shelf.read(path)
    decomposed = read_text(unicodedata.normalize("NFD", text))
    assert replace(decomposed, source=None) == replace(record, source=None)


@each_document
def test_line_ends_of_another_system_change_nothing(path: Path, shelf: Shelf, read_text: ReadText) -> None:
    text, record = shelf.read(path)
    other = read_text(text.replace("\r\n", "\n").replace("\n", "\r\n"))
    assert replace(other, source=None) == replace(record, source=None)


@settings(max_examples=60)
@given(text=documents)
def test_any_soup_is_read_and_quoted(text: str, read_text: ReadText) -> None:
    record = read_text(text)
    assert_quoted(record, unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "\t",
        "|",
        "| | |",
        "-",
        "I.",
        "Điều 3.",
        "KẾ HOẠCH",
        "Nơi nhận:",
        "(" * 3000,
        "Sở " * 2000,
        "- " * 2000,
        "\x00\ufffe",
    ],
)
def test_odd_texts_are_read(text: str, reader: Reader) -> None:
    for body in (text, PLAN_HEAD + text):
        source = text_source(body, name="odd", media_type="text/plain", data=body.encode())
        assert_quoted(reader.read(source), source.text)
