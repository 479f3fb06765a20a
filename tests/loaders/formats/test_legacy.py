"""Old encodings are told from Unicode and from each other by the syllables they give."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.formats.decoding import convert_text, decode_text
from loaders.formats.legacy import TABLES, convert_legacy, find_table, from_tcvn3
from loaders.formats.syllables import count_syllables, is_syllable
from ontology.errors import SourceError
from ontology.records import Severity
from tests.case_tables import read_cases

ROWS = read_cases("legacy_encodings", 6)
DOCUMENTS = sorted((Path(__file__).parents[3] / "documents").glob("*.txt"))
PATH = Path("cu.txt")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_old_text_is_found_and_converted(row: dict[str, str]) -> None:
    assert find_table(row["written"]) == row["table"]
    converted, findings = convert_text(row["written"])
    assert converted == row["unicode"]
    assert [(f.code, row["table"] in f.message, row["table"] in f.message_en) for f in findings] == [
        ("legacy-encoding", True, True)
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_bytes_of_an_old_file_are_decoded(row: dict[str, str]) -> None:
    assert decode_text(row["written"].encode("cp1252"), PATH) == row["written"]


def test_windows_1258_is_converted() -> None:
    unicode = ROWS[0]["unicode"]
    marks = "\u0300\u0301\u0303\u0309\u0323"
    written = bytearray()
    for char in unicode:
        apart = unicodedata.normalize("NFD", char)
        bare = unicodedata.normalize("NFC", "".join(c for c in apart if c not in marks))
        written += (bare + "".join(c for c in apart if c in marks)).encode("cp1258")
    text = decode_text(bytes(written), PATH)
    assert convert_text(text)[0] == unicode


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name[:3])
def test_unicode_is_left_alone(path: Path) -> None:
    text = path.read_text("utf-8")
    assert convert_text(text) == (text, ())
    marked, right = count_syllables(text)
    assert marked > 1000
    assert right > 0.97 * marked


@pytest.mark.parametrize("table", ["TCVN3"])
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name[:3])
def test_a_whole_document_comes_back(path: Path, table: str) -> None:
    """Written in the old table, in the fonts of which accented capitals are small letters, it is the same but for those."""
    text = unicodedata.normalize("NFC", path.read_text("utf-8"))
    back = {TABLES[table](chr(code)): chr(code) for code in range(0xFF, 0xA0, -1)}
    small = "".join(c if c in back or c.lower() not in back else c.lower() for c in text)
    old = "".join(back.get(c, c) for c in small)
    converted, name, lines = convert_legacy(old)
    assert name == table
    assert lines > 20
    assert converted.lower() == text.lower()
    same = sum(a == b for a, b in zip(converted, text, strict=True))
    assert same > 0.995 * len(text)


def test_lines_that_are_unicode_already_stay() -> None:
    mixed = "\n".join(["Kế hoạch của Sở Y tế", ROWS[0]["written"], "Căn cứ Luật số 12, đã được duyệt"])
    converted, name, lines = convert_legacy(mixed)
    assert (name, lines) == ("TCVN3", 1)
    assert converted.split("\n") == ["Kế hoạch của Sở Y tế", ROWS[0]["unicode"], "Căn cứ Luật số 12, đã được duyệt"]


@pytest.mark.parametrize(
    "text",
    ["Le café est fermé à l'été", "Größe, Äpfel, Öl, über", "© 2022 ® ½ ¼ ¾ § 5", "ÀÁÂÃ", "", "plain", "�" * 50],
)
def test_what_no_table_explains_stays(text: str) -> None:
    assert convert_text(text * 20) == (text * 20, ())


def test_a_doubtful_conversion_is_a_warning() -> None:
    findings = convert_text(ROWS[0]["written"] * 3 + " Müller Größe")[1]
    assert [f.severity for f in findings] == [Severity.WARNING]


def test_an_unknown_encoding_is_refused_with_the_remedy() -> None:
    with pytest.raises(SourceError, match="not UTF-8") as caught:
        decode_text("Größe und Länge".encode("cp1252") * 20, PATH)
    assert "UniKey" in caught.value.remedy


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x1FF), max_size=300))
def test_converting_never_raises_and_keeps_lines(text: str) -> None:
    converted, _, _ = convert_legacy(text)
    assert len(converted.split("\n")) == len(text.split("\n"))


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_clear_error(data: bytes) -> None:
    try:
        text = decode_text(data, PATH)
    except SourceError as error:
        assert error.remedy  # noqa: PT017 - either outcome is right
    else:
        assert text


@pytest.mark.parametrize("word", ["nghiêng", "khuỷu", "yếu", "giếng", "quyển", "Đắk", "oan", "thuở", "xoèn", "ươn"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ñònh", "®Þnh", "Größe", "ếế", "HĐND", "kế́"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_soft_hyphen_of_tcvn3_is_a_letter() -> None:
    """*ư* has the code of the soft hyphen, which cleaning would drop."""
    assert from_tcvn3("\u00ad¬ng") == "ương"
