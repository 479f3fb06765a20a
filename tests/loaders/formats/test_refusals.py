"""Whatever a reader refuses is said in Vietnamese too, by rows of a table that leave nothing out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import loaders
from loaders.formats.refusals import in_vietnamese, load_refusals
from ontology.errors import RegistryError
from ontology.table_reading import TABLES, read_table

ENGLISH = {row["english"] for row in read_table(TABLES / "refusals.csv", ("english", "vietnamese", "note"))}
MAKERS = {"SourceError", "_refusal", "_damaged", "_unreadable", "_scan", "_no_page"}
"""What is called with the words of a refusal first, and its remedy by name or third."""


def words_of(node: ast.expr | None) -> str | None:
    """Return a string of the program, what varies in it as ``{}``."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def said_by(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS and node.args:
            remedies = [keyword.value for keyword in node.keywords if keyword.arg == "remedy"]
            yield from filter(None, map(words_of, [node.args[0], *remedies, *node.args[2:3]]))


def test_every_refusal_has_its_row() -> None:
    said = {words for path in Path(loaders.__file__).parent.rglob("*.py") for words in said_by(path)}
    said.discard("{}: {}")  # the name of a part and what its parser says
    assert len(said) > 50
    assert {words for words in said if in_vietnamese(words) == words} == set()


def test_what_varies_stands_in_its_place_and_is_said_in_vietnamese_too() -> None:
    assert in_vietnamese("the picture cannot be read (9 × 8 pixels are more than a page has)") == (
        "không đọc được ảnh (9 × 8 điểm ảnh, nhiều hơn một trang)"
    )
    remedy = 'remove it: qpdf --decrypt --password=… "a.pdf" open.pdf, and read open.pdf'
    assert 'qpdf --decrypt --password=… "a.pdf" open.pdf' in in_vietnamese(remedy)
    assert in_vietnamese("nobody says this") == "nobody says this"


def test_no_sentence_is_left_in_english() -> None:
    assert len(ENGLISH) == len(load_refusals())
    assert all(any(ord(char) > 127 for char in vietnamese) for _, vietnamese in load_refusals())


def test_a_row_that_loses_what_varies_is_refused(tmp_path: Path) -> None:
    (tmp_path / "refusals.csv").write_text("english,vietnamese,note\nit has {} pages,nhiều trang,\n", "utf-8")
    with pytest.raises(RegistryError, match="not the same number"):
        load_refusals(tmp_path)
