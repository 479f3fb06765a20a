"""Of the saved page of a law portal the document is read, and nothing else; in whichever encoding and archive it was saved."""

import unicodedata
from collections.abc import Callable
from dataclasses import fields
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest

from loaders.formats.html import read_html
from loaders.formats.legacy import from_tcvn3, from_vni
from loaders.formats.legacy_fonts import FontReader, table_of_font
from loaders.reader import Reader, build_reader
from loaders.source import Source, read_source
from ontology.records import Record
from ontology.registry import Registry
from tests.loaders.formats.portals import PORTALS, STRANGE, library, store
from tests.loaders.formats.samples import as_text, word_bytes


@pytest.fixture(scope="module")
def reader(registry: Registry) -> Reader:
    return build_reader(registry)


@pytest.fixture(scope="module")
def plain(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Record:
    path = tmp_path_factory.mktemp("plain") / "ke-hoach.txt"
    path.write_text(as_text(), "utf-8")
    return reader.read(read_source(path))


def saved(data: bytes, folder: Path, name: str = "trang.html") -> Source:
    path = folder / name
    path.write_bytes(data)
    return read_source(path)


def assert_same_facts(found: Record, wanted: Record) -> None:
    for field in fields(Record):
        if field.name not in {"source", "findings"}:
            assert getattr(found, field.name) == getattr(wanted, field.name), field.name


@pytest.mark.parametrize("portal", sorted(PORTALS))
def test_the_document_is_read_and_nothing_else(portal: str, reader: Reader, plain: Record, tmp_path: Path) -> None:
    page = PORTALS[portal]()
    source = saved(page.encode(), tmp_path)
    assert [words for words in STRANGE if words in source.text] == []
    assert len([words for words in STRANGE if words in page]) > 5
    assert source.findings == ()
    assert_same_facts(reader.read(source), plain)


def mail(page: str, charset: str, transfer: str) -> bytes:
    """Return a page in an archive of one file, as browsers and Word save it: its pictures and frames behind it."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://example.org/vb/87.aspx"
    message["Subject"] = "=?utf-8?Q?K=E1=BA=BF_ho=E1=BA=A1ch?="
    message.set_content(page, subtype="html", charset=charset, cte=transfer)
    message.make_related()
    message.add_related("<html><body><p>Quảng cáo trong khung</p></body></html>", subtype="html", charset="utf-8")
    message.add_related(b"GIF89a", "image", "gif")
    return message.as_bytes()


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
@pytest.mark.parametrize("name", ["trang.mht", "trang.mhtml", "trang.doc"])
def test_archives_of_one_file(name: str, transfer: str, reader: Reader, plain: Record, tmp_path: Path) -> None:
    source = saved(mail(library(), "utf-8", transfer), tmp_path, name)
    assert source.info.media_type == "text/html"
    assert "Quảng cáo" not in source.text
    assert_same_facts(reader.read(source), plain)


def windows_1258(text: str) -> bytes:
    marks = "\u0300\u0301\u0303\u0309\u0323"
    written = bytearray()
    for char in text:
        apart = unicodedata.normalize("NFD", char)
        bare = unicodedata.normalize("NFC", "".join(c for c in apart if c not in marks))
        written += (bare + "".join(c for c in apart if c in marks)).encode("cp1258", errors="replace")
    return bytes(written)


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-16 with mark": lambda page: page.encode("utf-16"),
    "utf-16 without mark": lambda page: page.encode("utf-16-le"),
    "utf-16 big-endian": lambda page: page.encode("utf-16-be"),
    "windows-1258": lambda page: windows_1258(page.replace("charset=utf-8", "charset=windows-1258")),
    "utf-8 that says it is Western": lambda page: page.replace("charset=utf-8", "charset=iso-8859-1").encode(),
    "decomposed": lambda page: unicodedata.normalize("NFD", page).encode(),
}


@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
def test_encodings_of_pages(encoding: str, reader: Reader, plain: Record, tmp_path: Path) -> None:
    source = saved(ENCODINGS[encoding](store()), tmp_path)
    assert_same_facts(reader.read(source), plain)


# --- old fonts ------------------------------------------------------------------------------------------------------


TCVN3 = {
    from_tcvn3(f"a{chr(code)}")[1:]: chr(code)
    for code in range(0xFF, 0xA0, -1)
    if len(from_tcvn3(f"a{chr(code)}")) == 2
}
"""What each letter was written as."""


def in_tcvn3(text: str) -> str:
    """Write a text in the old table; its fonts for capitals draw small letters."""
    return "".join(TCVN3.get(char, char) for char in text.lower() if text.isupper()) or "".join(
        TCVN3.get(char, TCVN3.get(char.lower(), char)) for char in text
    )


def test_the_old_table_is_written_right() -> None:
    assert from_tcvn3(in_tcvn3("Quyết định về việc phê duyệt")) == "Quyết định về việc phê duyệt"


LINES = (
    (".VnTimeH", "ủy ban nhân dân", "ỦY BAN NHÂN DÂN"),
    (".VnTimeH", "hai", "HAI"),
    (".VnTime", "Sở Tài chính chủ trì, phối hợp với các sở, ban, ngành", "Sở Tài chính chủ trì, phối hợp với các sở, ban, ngành"),
    ("Times New Roman", "Sở Y tế chủ trì", "Sở Y tế chủ trì"),
)  # fmt: skip


def written(font: str, text: str) -> str:
    return in_tcvn3(text) if font.startswith(".") else text


@pytest.mark.parametrize("mark", ['<font face="{0}, Arial">{1}</font>', "<span style='font-family:\"{0}\"'>{1}</span>"])
def test_fonts_say_which_lines_of_a_page_are_old(mark: str) -> None:
    body = "".join(f"<p>{mark.format(font, written(font, text))}</p>" for font, text, _ in LINES)
    laid = read_html(f"<meta charset=utf-8>{body}".encode(), Path("a.html"))
    assert laid.text.split("\n")[:-1] == [unicode for _, _, unicode in LINES]
    assert [(finding.code, "TCVN3" in finding.message) for finding in laid.findings] == [("legacy-encoding", True)]


def test_fonts_say_which_lines_of_a_word_file_are_old(tmp_path: Path) -> None:
    document = docx.Document()
    for font, text, _ in LINES:
        run = document.add_paragraph().add_run(written(font, text))
        run.font.name = font
    style = document.styles.add_style("Cu", 1)
    style.font.name = "VNI-Times"
    document.add_paragraph("Quyeát ñònh", style="Cu")
    document.styles["Normal"].font.name = "Arial"
    source = saved(word_bytes(document), tmp_path, "a.docx")
    assert source.text.split("\n")[:-1] == [*(unicode for _, _, unicode in LINES), "Quyết định"]
    assert [finding.code for finding in source.findings] == ["legacy-encoding", "legacy-encoding"]


def test_a_unicode_text_in_an_old_font_is_left_alone() -> None:
    fonts = FontReader()
    assert fonts.read("Quyết định", ".VnTime") == "Quyết định"
    assert fonts.read("QuyÕt ®Þnh", "Arial") == "QuyÕt ®Þnh"
    assert fonts.findings() == ()
    assert fonts.read("Quyeát ñònh", "VNI-Helve") == from_vni("Quyeát ñònh") == "Quyết định"
    assert table_of_font(None) is None


def test_a_whole_page_of_old_letters(reader: Reader, plain: Record, tmp_path: Path) -> None:
    """No font is named and no encoding either: the letters themselves tell."""
    body = "".join(f"<p>{in_tcvn3(line)}</p>" for line in as_text().split("\n") if "\t" not in line)
    source = saved(f"<html><body>{body}</body></html>".encode("cp1252"), tmp_path)
    found = reader.read(source)
    assert found.document.number == plain.document.number
    assert found.document.issuer == plain.document.issuer
    assert [one.number for one in found.citations] == [one.number for one in plain.citations]


def test_what_a_style_sheet_in_the_page_hides_is_not_read() -> None:
    page = (
        "<style>p{margin:0} .a, .tip{ display : none } #b{visibility:hidden} @media print{.c{display:none} p{color:red}} .d{color:red}</style>"
        "<p>Sở Y tế<span class='x tip'>gợi ý</span> chủ trì</p><p id=b>ẩn</p><p class=c>chỉ không in</p><p class=d>đỏ</p>"
    )
    assert (
        read_html(f"<meta charset=utf-8>{page}".encode(), Path("a.html")).text == "Sở Y tế chủ trì\nchỉ không in\nđỏ\n"
    )
