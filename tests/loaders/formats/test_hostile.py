"""Files made to do harm, and files that are merely broken, end in one clear error, soon and in bounded memory."""

import os
import random
import subprocess
import sys
import zipfile
import zlib
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from loaders.formats.confine import Limits, read_confined
from loaders.formats.refusals import in_vietnamese
from loaders.source import LARGEST_FILE, read_source
from ontology.errors import SourceError

QUICK = Limits(seconds=30.0, memory=1024 * 1024 * 1024)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_of(document: bytes | list[bytes], name: str = "word/document.xml") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open(name, "w", force_zip64=True) as part:
            for piece in document if isinstance(document, list) else [document]:
                part.write(piece)
    return file.getvalue()


def word(body: str, before: str = "") -> bytes:
    return docx_of(f"<?xml version='1.0'?>{before}<w:document {W}><w:body>{body}</w:body></w:document>".encode())


def encrypted_pdf() -> bytes:
    file = BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("mat-khau", canPrint=0))
    canvas.drawString(100, 700, "Ke hoach")
    canvas.save()
    return file.getvalue()


def package(**parts: str) -> bytes:
    """Return a Word file of one paragraph with these parts beside it."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        paragraph = (
            "<w:p><w:pPr><w:pStyle w:val='A'/></w:pPr><w:r><w:footnoteReference w:id='1'/><w:t>Điều 1</w:t></w:r></w:p>"
        )
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{paragraph}</w:body></w:document>")
        for name, written in parts.items():
            archive.writestr(f"word/{name}.xml", written)
    return file.getvalue()


def pdf_of(
    stream: bytes, filters: str = "", pages: str = "[3 0 R]", *, count: int = 1, box: str = "/MediaBox[0 0 595 842]"
) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids {pages}/Count {count}>>".encode(),
        f"<</Type/Page/Parent 2 0 R{box}/Contents 4 0 R>>".encode(),
        f"<</Length {len(stream)}{filters}>>\nstream\n".encode() + stream + b"\nendstream",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for i, written in enumerate(objects):
        places.append(len(data))
        data += f"{i + 1} 0 obj\n".encode() + written + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 5\n0000000000 65535 f \n{table}trailer<</Size 5/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF"
    return data + end.encode()


def deflated_zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(1)
    piece = b" " * 2**20
    return b"".join([packer.compress(piece) for _ in range(megabytes)] + [packer.flush()])


LETTERS = "abcdefghijkl"
LAUGHS = "<!DOCTYPE a [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {this} '{('&' + before + ';') * 10}'>" for before, this in pairwise(LETTERS)
)
JUNK = random.Random(7).randbytes(200_000)

HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.txt", b"", "empty"),
    "blanks": ("a.txt", b" \n\t\r\n", "empty"),
    "empty word file": ("a.docx", b"", "not a Word document"),
    "junk as text": ("a.txt", JUNK, "binary"),
    "controls as text": ("a.txt", bytes(range(1, 8)) * 99 + "Kế hoạch".encode() * 99, "binary"),
    "junk as word": ("a.docx", JUNK, "not a Word document"),
    "junk as pdf": ("a.pdf", JUNK, "not a PDF"),
    "junk behind a pdf mark": ("a.pdf", b"%PDF-1.7\n" + JUNK, "damaged|scan|cannot read"),
    "junk behind a zip mark": ("a.docx", b"PK\x03\x04" + JUNK, "damaged"),
    "junk as page": ("a.html", b"<html>" + JUNK, "binary"),
    "Latin-1 that is no Vietnamese": ("a.txt", "Le café est fermé à l'été, déjà vu où çà et là".encode("cp1252") * 9, "not UTF-8"),
    "text in Chinese": ("a.txt", "国家机构".encode("gb18030") * 50, "not UTF-8"),
    "zip bomb": ("a.docx", docx_of([b" " * 2**20] * 80), "unpacks to more than"),
    "billion laughs": ("a.docx", word("<w:p><w:r><w:t>&l;</w:t></w:r></w:p>", LAUGHS + "]>"), "damaged"),
    "outside entity": ("a.docx", word("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "document type"),
    "nested tags": ("a.docx", word("<w:ins>" * 10_000 + "</w:ins>" * 10_000), "damaged"),
    "no body": ("a.docx", docx_of(f"<w:document {W}/>".encode()), "no body"),
    "not closed": ("a.docx", docx_of(f"<w:document {W}><w:body><w:p>".encode()), "damaged"),
    "no document": ("a.docx", docx_of(b"x", "word/other.xml"), "no body"),
    "nested elements": ("a.html", b"<html><body>" + b"<div>" * 10_000 + b"A" + b"</div>" * 10_000, "nested"),
    "page without text": ("a.html", b"<html><body><script>x</script><img src=a.png></body></html>", "no text"),
    "locked": ("a.pdf", encrypted_pdf(), "password"),
    "cut off": ("a.pdf", encrypted_pdf()[:300], "damaged|scan|cannot read"),
    "pdf bomb": ("a.pdf", pdf_of(deflated_zeros(1500), "/Filter/FlateDecode"), "MB of memory"),
    "pages in a ring": ("a.pdf", pdf_of(b"BT ET", pages="[2 0 R]"), "scan|damaged|cannot read"),
    "page tree that is itself": ("a.pdf", pdf_of(b"BT ET", pages="2 0 R"), "no text|damaged|cannot read"),
    "too many pages": ("a.pdf", pdf_of(b"BT ET", pages=f"[{'3 0 R ' * 100_000}]", count=100_000), "100,000 pages, more than"),
    "page without a box": ("a.pdf", pdf_of(b"BT ET", box=""), "damaged|cannot read"),
    "page whose box is no numbers": ("a.pdf", pdf_of(b"BT ET", box="/MediaBox[0 0 (a) /B]"), "damaged|cannot read"),
    "page of a thousand miles": ("a.pdf", pdf_of(b"BT ET", box="/MediaBox[0 0 99999999 99999999]"), "no text"),
    "many filters": ("a.pdf", pdf_of(b"x", f"/Filter[{'/FlateDecode' * 5000}]"), "no text|damaged|cannot read"),
    "length that is itself": ("a.pdf", pdf_of(b"BT ET", "/Length 4 0 R"), "no text|damaged|cannot read"),
    "quadratic entities": ("a.docx", word("<w:p><w:r><w:t>" + "&a;" * 50_000 + "</w:t></w:r></w:p>", f"<!DOCTYPE a [<!ENTITY a '{'x' * 50_000}'>]>"), "damaged"),
    "laughs in the styles": ("a.docx", package(styles=f"{LAUGHS}]><w:styles {W}>&l;</w:styles>"), "styles.xml"),
    "broken numbering": ("a.docx", package(numbering="<x"), "numbering.xml"),
    "nested tables": ("a.docx", word("<w:tbl><w:tr><w:tc>" * 120 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 120), "depth"),
    "nested tables of a page": ("a.html", b"<html>" + b"<table><tr><td>" * 5000 + b"A", "nested"),
    "archive in archives": ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 3000, "no page"),
    "archive of headers": ("a.mht", b"MIME-Version: 1.0\n" + b"X: a\n" * 300_000, "no page"),
    "nested arrays": ("a.pdf", pdf_of(b"[" * 200_000 + b"]" * 200_000), "scan|damaged|cannot read"),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_a_hostile_file_ends_in_a_clear_error(case: str, tmp_path: Path) -> None:
    name, data, what = HOSTILE[case]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError, match=what) as caught:
        read_source(path, QUICK)
    assert caught.value.remedy
    assert in_vietnamese(caught.value.what) != caught.value.what
    assert in_vietnamese(caught.value.remedy) != caught.value.remedy
    assert caught.value.path == path
    assert len(str(caught.value)) < 700


def test_there_are_enough_hostile_files() -> None:
    assert len(HOSTILE) >= 40


def cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{inside}</w:t></w:r></w:p></w:tc>"


WIDE, LESS = ("<w:gridSpan w:val='2000000000'/>", "<w:gridSpan w:val='-5'/>")
ODD: dict[str, tuple[str, bytes, str]] = {
    "cell over two thousand million columns": ("a.docx", word(f"<w:tbl><w:tr>{cell('A', WIDE)}{cell('B')}</w:tr></w:tbl>"), "A\tB"),
    "cells before the first": ("a.docx", word(f"<w:tbl><w:tblGrid><w:gridCol w:w='100'/></w:tblGrid><w:tr><w:trPr><w:gridBefore w:val='-9'/></w:trPr>{cell('A')}{cell('B', LESS)}</w:tr></w:tbl>"), "A B"),
    "table of twenty thousand rows": ("a.docx", word("<w:tbl>" + f"<w:tr>{cell('A', '<w:vMerge/>')}{cell('B')}</w:tr>" * 20_000 + "</w:tbl>"), "A\tB"),
    "style based on itself": ("a.docx", package(styles=f"<w:styles {W}><w:style w:styleId='A' w:type='paragraph'><w:basedOn w:val='A'/></w:style></w:styles>"), "Điều 1"),
    "note that refers to itself": ("a.docx", package(footnotes=f"<w:footnotes {W}><w:footnote w:id='1'><w:p><w:r><w:t>N</w:t><w:footnoteReference w:id='1'/></w:r></w:p></w:footnote></w:footnotes>"), "[1] N"),
    "cells over everything": ("a.html", b"<html><table><tr>" + b"<td colspan=100 rowspan=1000>A</td>" * 500 + b"</tr>" + b"<tr><td>x</td></tr>" * 500 + b"</table>", "A\tA"),
    "style sheet of brackets": ("a.html", b"<html><style>" + b"a{" * 200_000 + b"@media print{" * 20_000 + b"</style><p>A", "A"),
    "two million attributes": ("a.html", b"<html><p " + b"a=b " * 1_000_000 + b">A</p>", "A"),
    "encoding of no characters": ("a.html", b"<html><meta charset=idna><p>K\xe1 A</p>", "Ká A"),
    "control signs in a page": ("a.html", b"<html><p>A" + b"B" * 400 + b"<!-- c -->&#11;&#1;\x0b\x01<script>x</script>\x02C</p>", "BC"),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(ODD))
def test_an_odd_file_is_read_in_bounded_time(case: str, tmp_path: Path) -> None:
    name, data, words = ODD[case]
    path = tmp_path / name
    path.write_bytes(data)
    assert words in read_source(path, QUICK).text


def test_a_file_of_500_megabytes_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with path.open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    with pytest.raises(SourceError, match=f"more than {LARGEST_FILE:,}"):
        read_source(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    for path, what in ((pipe, "device or pipe"), (tmp_path, "a folder"), (tmp_path / "none.txt", "cannot be read")):
        with pytest.raises(SourceError, match=what):
            read_source(path)


def test_a_reader_that_takes_too_long_is_killed(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(b"<html><body>" + b"<p>Dieu 1.</p>" * 200_000)
    with pytest.raises(SourceError, match=r"more than 0\.2 seconds"):
        read_source(page, Limits(seconds=0.2))


def test_a_reader_that_needs_too_much_memory_is_stopped(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>A</w:t></w:r></w:p>" * 900_000
    with pytest.raises(SourceError, match="MB of memory"):
        read_confined("docx", word(body), tmp_path / "a.docx", Limits(60.0, 160 * 1024 * 1024))


def test_the_worker_cannot_write_files(tmp_path: Path) -> None:
    """The limit is set before the file is looked at."""
    target = tmp_path / "written"
    code = f"from loaders.formats.worker import limit_process; limit_process(2**30, 10); f = open({str(target)!r}, 'wb', 0); f.write(b'x')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"File too large" in done.stderr
    assert target.read_bytes() == b""
