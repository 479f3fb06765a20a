"""``daumoi read --explain``: the drawing, the JSON, and where the value may be left out."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from server.cli import make_app

DOCUMENT = str(next((Path(__file__).parents[2] / "documents").glob("000_*.txt")))


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(make_app(), ["read", *arguments])


def test_a_task_is_drawn_with_its_quote_rule_and_header() -> None:
    result = ask(DOCUMENT, "--explain", "B.I.4.a")
    assert result.exit_code == 0
    shown = result.stdout
    assert "Nhiệm vụ / task B.I.4.a" in shown
    assert "⟦Cục Quản lý Lao động ngoài nước⟧" in shown
    assert "Tên đứng trong cột “Đơn vị chủ trì”: chủ trì" in shown
    assert "The name stands in the column “Đơn vị chủ trì”: lead" in shown
    assert "B.I.4.b" not in shown


def test_json_carries_the_same_reasons() -> None:
    result = ask(DOCUMENT, "--explain", "B.I.4.a", "--format", "json")
    (explained,) = json.loads(result.stdout).values()
    lead = next(one for one in explained if one["id"] == "B.I.4.a/lead")
    assert lead["of"] == "B.I.4.a"
    assert lead["reasons"][0]["rule"] == "column"
    assert lead["place"]["quote"] == "Cục Quản lý Lao động ngoài nước"


@pytest.mark.parametrize(
    "arguments", [(DOCUMENT, "--explain"), ("--explain", DOCUMENT), (DOCUMENT, "--explain", "--format", "table")]
)
def test_without_a_value_everything_is_explained(arguments: tuple[str, ...]) -> None:
    result = ask(*arguments)
    assert result.exit_code == 0
    for words in ("Văn bản / document number", "Nhiệm vụ / task B.I.4.a", "Phát hiện / finding damaged-text"):
        assert words in result.stdout


def test_words_that_are_not_there_end_with_one() -> None:
    result = ask(DOCUMENT, "--explain", "không có chữ này ở đâu")
    assert result.exit_code == 1
    assert "is not in the document" in result.stderr


def test_other_forms_are_refused() -> None:
    assert ask(DOCUMENT, "--explain", "--format", "csv").exit_code == 2
