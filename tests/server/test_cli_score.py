"""``daumoi score``: which keys are meant, what is printed, how it ends."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from loaders.scoring.counts import BESIDE, CLASSES
from ontology.errors import ParameterError
from server.cli import make_app
from server.places import ANSWER_KEYS
from server.score import find_keys, score_keys

KEY = "quyet-dinh-bo-vai-tro"


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(make_app(), ["score", *arguments])


def test_without_words_all_keys_are_meant_the_real_documents_first() -> None:
    keys = find_keys()
    assert [path.stem for path in keys[:5]] == ["000", "001", "002", "003", "004"]
    assert {path.parent.name for path in keys[5:]} == {"invented", "blind"}
    assert len(keys) >= 26


def test_a_word_means_a_file_a_folder_or_the_beginning_of_a_name() -> None:
    assert find_keys(["003"]) == [ANSWER_KEYS / "keys" / "003.json"]
    assert find_keys([str(ANSWER_KEYS / "keys" / "001.json"), "001"])[0].stem == "001"
    assert len(find_keys([str(ANSWER_KEYS / "keys")])) == 5
    with pytest.raises(ParameterError, match="nothing-like-it"):
        find_keys(["nothing-like-it"])


def test_two_keys_of_one_name_are_both_scored(tmp_path: Path) -> None:
    source = next(path for path in find_keys() if path.stem == KEY)
    raw = json.loads(source.read_text("utf-8"))
    text = source.parent / raw["file"]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        shutil.copy(text, tmp_path / name / "document.txt")
        (tmp_path / name / "key.json").write_text(json.dumps({**raw, "file": "document.txt"}), "utf-8")
    assert set(score_keys([tmp_path / "one" / "key.json", tmp_path / "two" / "key.json"])) == {"one/key", "two/key"}


def test_the_table_has_precision_recall_and_f1_of_every_class_and_the_errors() -> None:
    result = ask(KEY, "--errors")
    for words in ("precision", "recall", "F1", *CLASSES, *BESIDE):
        assert words in result.stdout
    errors = [line for line in result.stdout.splitlines() if "missing:" in line or "extra:" in line or "wrong:" in line]
    assert result.exit_code == (1 if errors else 0)


def test_json_has_the_same_figures() -> None:
    result = ask(KEY, "--format", "json")
    shown = json.loads(result.stdout)
    assert list(shown) == [KEY]
    assert set(shown[KEY]) == {*CLASSES, *BESIDE}
    assert shown[KEY]["tasks"]["there"] == shown[KEY]["tasks"]["right"] > 10


def test_an_error_against_the_key_ends_with_one(tmp_path: Path) -> None:
    source = next(path for path in find_keys() if path.stem == KEY)
    raw = json.loads(source.read_text("utf-8"))
    raw["tasks"] = raw["tasks"][1:]
    shutil.copy(source.parent / raw["file"], tmp_path / "document.txt")
    (tmp_path / "key.json").write_text(json.dumps({**raw, "file": "document.txt"}), "utf-8")
    result = ask(str(tmp_path / "key.json"), "--errors")
    assert result.exit_code == 1
    assert "thừa / extra" in result.stdout


def test_wrong_use_and_wrong_data_end_differently(tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text("{}", "utf-8")
    unknown, broken = ask("nothing-like-it"), ask(str(tmp_path / "key.json"))
    assert getattr(unknown.exception, "exit_code", None) == 2
    assert getattr(broken.exception, "exit_code", None) == 3
    assert ask(KEY, "--format", "ttl").exit_code == 2


def test_the_help_has_both_languages_and_an_example() -> None:
    shown = ask("--help").stdout
    assert "Chấm bộ đọc" in shown
    assert "Score the reader" in shown
    assert "daumoi score 003 --errors" in shown
