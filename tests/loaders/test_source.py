"""A file becomes its text layer, whatever its encoding; a file that is not read says what to do with it."""

import codecs
import hashlib
import unicodedata
import zipfile
from pathlib import Path

import pytest

from loaders.formats.kinds import MEDIA_TYPES, find_format
from loaders.formats.refusals import in_vietnamese
from loaders.source import read_source
from ontology.errors import SourceError
from tests.loaders.formats.samples import as_docx

TEXT = "Kế hoạch số 12/KH-UBND của Ủy ban nhân dân tỉnh Quảng Trị\n\tSở Y tế chủ trì.\n"

ENCODED = {
    "utf-8": TEXT.encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + TEXT.encode(),
    "utf-16 with mark": TEXT.encode("utf-16"),
    "utf-16 big-endian with mark": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "utf-16 without mark": (TEXT * 3).encode("utf-16-le"),
    "utf-16 big-endian without mark": (TEXT * 3).encode("utf-16-be"),
    "utf-32": TEXT.encode("utf-32"),
    "decomposed": unicodedata.normalize("NFD", TEXT).encode(),
}


@pytest.mark.parametrize("case", sorted(ENCODED))
def test_the_text_layer_is_the_text_in_nfc(case: str, tmp_path: Path) -> None:
    path = tmp_path / "van-ban.txt"
    path.write_bytes(ENCODED[case])
    source = read_source(path)
    assert source.text == (TEXT * 3 if "without" in case else TEXT)
    assert source.findings == ()
    assert source.info.sha256 == hashlib.sha256(source.text.encode()).hexdigest()
    assert source.info.file_sha256 == hashlib.sha256(ENCODED[case]).hexdigest()
    assert (source.info.name, source.info.media_type, source.info.length) == (
        "van-ban.txt",
        "text/plain",
        len(source.text),
    )


def test_an_old_encoding_is_converted_with_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "cu.txt"
    path.write_bytes("QuyÕt ®Þnh vÒ viÖc phª duyÖt Ch­¬ng tr×nh gi¶m nghÌo\r\n".encode("cp1252") * 3)
    source = read_source(path)
    assert source.text.startswith("Quyết định về việc phê duyệt Chương trình giảm nghèo\r\n")
    assert [finding.code for finding in source.findings] == ["legacy-encoding"]


def test_the_bytes_say_what_a_file_is_not_its_name(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.doc"
    path.write_text("<html><body><p>Số: 12/KH-UBND</p><p>Sở Y tế chủ trì.</p></body></html>", "utf-8")
    assert read_source(path).text == "Số: 12/KH-UBND\nSở Y tế chủ trì.\n"
    assert read_source(path).info.media_type == "text/html"
    path = tmp_path / "ke-hoach.txt"
    path.write_bytes(as_docx())
    assert read_source(path).info.media_type == MEDIA_TYPES["docx"]


REFUSED = {
    "a.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, 'soffice --headless --convert-to docx "a.doc"'),
    "a.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "without one"),
    "a.rtf": (b"{\\rtf1\\ansi}", "--convert-to docx"),
    "a.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, 'tesseract "a.png" "a" -l vie'),
    "scan.jpg": (b"\xff\xd8\xff\xe0" + b"\0" * 50, "tesseract"),
    "a.tif": (b"II*\0" + b"\0" * 50, "tesseract"),
    "a.xyz": (b"text", "save the document as"),
    "a.pdf": ("không phải".encode(), "get it again"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_not_read_comes_with_its_remedy(name: str, tmp_path: Path) -> None:
    data, remedy = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_source(path)
    assert remedy in caught.value.remedy
    assert in_vietnamese(caught.value.what) != caught.value.what
    assert in_vietnamese(caught.value.remedy) != caught.value.remedy


@pytest.mark.parametrize(
    ("names", "remedy"),
    [
        (["content.xml", "mimetype"], "--convert-to docx"),
        (["xl/workbook.xml", "[Content_Types].xml", "_rels/.rels"], "--convert-to pdf"),
        (["a.txt"], "unpack"),
    ],
)
def test_packages_of_other_kinds(names: list[str], remedy: str, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    with zipfile.ZipFile(path, "w") as package:
        for name in names:
            package.writestr(name, "x")
    with pytest.raises(SourceError) as caught:
        read_source(path)
    assert remedy in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.md", b"# K\n", "text"),
        ("README", b"text", "text"),
        ("a.txt", b"<html> is a word here", "text"),
        ("a.HTM", b"x", "html"),
        ("a.mhtml", b"MIME-Version: 1.0", "html"),
        ("a.doc", b"\xef\xbb\xbf<!DOCTYPE html><p>", "html"),
        ("a.doc", b"<?xml version='1.0'?>\n<html>", "html"),
        ("a.pdf", b"\n%PDF-1.4", "pdf"),
    ],
)
def test_formats(name: str, data: bytes, kind: str) -> None:
    assert find_format(data, Path(name)) == kind
    assert kind in MEDIA_TYPES
