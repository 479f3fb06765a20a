"""Real documents and invented ones of other layouts, written anew in each format, give the facts of their text."""

from dataclasses import fields
from pathlib import Path

import pytest

from loaders.formats.docx import read_docx
from loaders.formats.html import read_html
from loaders.formats.pdf import read_pdf
from loaders.reader import Reader, build_reader
from loaders.source import read_source, text_source
from ontology.records import Record
from ontology.registry import Registry
from tests.loaders.formats.relaid import WRITERS, parts_of

CHECKOUT = Path(__file__).parents[3]
DOCUMENTS = [
    *sorted((CHECKOUT / "documents").glob("*.txt")),
    *sorted(p for p in (CHECKOUT / "benchmarks/accuracy/invented").iterdir() if p.suffix in {".txt", ".md"}),
]
READERS = {"docx": read_docx, "html": read_html, "pdf": read_pdf}


@pytest.fixture(scope="module")
def reader(registry: Registry) -> Reader:
    return build_reader(registry)


def test_all_kinds_of_layout_are_there() -> None:
    assert len(DOCUMENTS) >= 9


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem[:20])
def test_every_format_gives_the_same_facts(path: Path, reader: Reader) -> None:
    parts = parts_of(reader.lay_out(read_source(path).text))
    plain = WRITERS["txt"](parts).decode()
    wanted = reader.read(text_source(plain, name=path.name, media_type="text/plain", data=b""))
    assert len(wanted.tasks) > 5
    for ending, read in READERS.items():
        laid = read(WRITERS[ending](parts), path)
        assert laid.findings == ()
        found = reader.read(text_source(laid.text, name=path.name, media_type="text/plain", data=b""))
        for field in fields(Record):
            if field.name not in {"source", "findings"}:
                assert getattr(found, field.name) == getattr(wanted, field.name), f"{ending}: {field.name}"
