"""Word tables: patterns from rows, wrong rows named."""

import re
from pathlib import Path

import pytest

from loaders.text.wordlists import any_of, load_words
from ontology.errors import RegistryError


def _table(folder: Path, *rows: str) -> Path:
    (folder / "some_words.csv").write_text("\n".join(("kind,words,value,note", *rows)) + "\n", encoding="utf-8")
    return folder


def test_rows_become_patterns_longest_first(tmp_path: Path) -> None:
    words = load_words(
        "some_words", ("until", "from"), _table(tmp_path, "until,hết,,", "until,Đến  hết,x,", "from,từ,,")
    )
    found = re.match(words.pattern("until"), "đến   hết năm")
    assert found is not None
    assert found.group() == "đến   hết"
    assert words.values("until") == {"hết": "", "đến hết": "x"}


def test_a_wrong_kind_names_file_line_and_remedy(tmp_path: Path) -> None:
    with pytest.raises(RegistryError) as caught:
        load_words("some_words", ("until",), _table(tmp_path, "until,hết,,", "untli,đến,,"))
    assert (caught.value.line, caught.value.file.name) == (3, "some_words.csv")
    assert "untli" in caught.value.what
    assert "until" in caught.value.remedy


def test_empty_words_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(RegistryError):
        load_words("some_words", ("until",), _table(tmp_path, "until,,,"))


def test_words_are_taken_literally() -> None:
    assert re.fullmatch(any_of(["tr.đ", "%/năm"]), "tr.đ")
    assert not re.fullmatch(any_of(["tr.đ"]), "trxđ")
