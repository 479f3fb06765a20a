"""A scan is recognised where the user asked for it, and then read like any other document; its text says where it came from."""

import os
import random
import shutil
import subprocess
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from loaders.formats.confine import Limits, read_confined
from loaders.formats.pdf_lines import Word
from loaders.formats.pdf_pages import Page
from loaders.formats.recogniser import INSTALL, find_recogniser, require_recogniser
from loaders.formats.scan import ScannedPage, recognise_page, tell_pages, tell_recognised
from loaders.formats.scan_image import dark_limit, find_strokes, straighten, without_stamps
from loaders.formats.scan_words import Recognised, part_words
from loaders.reader import build_reader
from loaders.source import Source, read_source
from ontology.errors import SourceError
from ontology.records import Record, Role, Severity
from ontology.registry import Registry
from tests.loaders.formats.samples import as_pdf, as_text

SCALE = 200 / 72
"""Pixels per point of an office scanner set to 200 dots per inch."""


@pytest.fixture(scope="module")
def recogniser() -> str:
    """Skip where there is no Tesseract, but never where the whole program is tested."""
    found = find_recogniser()
    if found is None:
        reason = f"Tesseract with its Vietnamese model is not installed: {INSTALL}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def pages_of(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=SCALE, rev_byteorder=True).to_pil() for page in document]


def scanned(pages: Sequence[Image.Image], lean: float = 0.0, dust: int = 0) -> list[Image.Image]:
    """Return pages as a scanner gives them: a little askew, with dust."""
    chance = random.Random(5)
    found = []
    for page in pages:
        image = page.rotate(lean, Image.Resampling.BICUBIC, fillcolor="white")
        draw = ImageDraw.Draw(image)
        for _ in range(dust):
            x, y = chance.randrange(image.width), chance.randrange(image.height)
            draw.point((x, y), fill="gray")
        found.append(image)
    return found


def as_file(pages: Sequence[Image.Image], form: str) -> bytes:
    file = BytesIO()
    more = {"save_all": True, "append_images": pages[1:], "resolution": 200.0} if form in {"PDF", "TIFF"} else {}
    pages[0].copy().save(file, form, dpi=(200, 200), **more)
    return file.getvalue()


def read(data: bytes, name: str, folder: Path) -> Source:
    path = folder / name
    path.write_bytes(data)
    return read_source(path, recognise=True)


@pytest.fixture(scope="module")
def plan() -> list[Image.Image]:
    return pages_of(as_pdf())


@pytest.fixture(scope="module")
def source(recogniser: str, plan: list[Image.Image], tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The plan as a scan: slightly askew and dusty."""
    assert recogniser
    pages = scanned(plan, lean=0.6, dust=400)
    return read(as_file(pages, "PDF"), "quet.pdf", tmp_path_factory.mktemp("scan"))


@pytest.fixture(scope="module")
def records(source: Source, registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> tuple[Record, Record]:
    path = tmp_path_factory.mktemp("plain") / "ke-hoach.txt"
    path.write_text(as_text(), "utf-8")
    reader = build_reader(registry)
    return reader.read(source), reader.read(read_source(path))


def test_nearly_every_word_is_recognised(source: Source) -> None:
    wanted, found = as_text().split(), source.text.split()
    missing = [word for word in set(wanted) if wanted.count(word) > found.count(word)]
    lost = sum(wanted.count(word) - found.count(word) for word in missing)
    assert lost <= 0.03 * len(wanted), missing


def test_a_scan_gives_the_facts_of_the_document(records: tuple[Record, Record]) -> None:
    found, plain = records
    for name in ("number", "date", "type", "issuer", "title", "periods"):
        assert getattr(found.document, name) == getattr(plain.document, name), name
    assert [one.number for one in found.citations] == [one.number for one in plain.citations]

    def leads(record: Record) -> list[tuple[str, str]]:
        rows = [task for task in record.tasks if task.kind == "row"]
        return [
            (task.id.rpartition(".")[2], a.agency) for task in rows for a in task.assignments if a.role is Role.LEAD
        ]

    assert leads(found) == leads(plain)
    assert len(leads(found)) == 6
    assert [t.timing.text for t in found.tasks if t.timing] == [t.timing.text for t in plain.tasks if t.timing]


def test_the_record_says_that_its_text_was_recognised(source: Source, recogniser: str) -> None:
    assert [finding.code for finding in source.findings] == ["recognised-text"]
    finding = source.findings[0]
    assert recogniser in finding.message
    assert recogniser in finding.message_en
    assert "1, 2" in finding.message
    assert finding.remedy
    assert finding.remedy_en


def test_every_quote_is_in_the_recognised_text(source: Source, records: tuple[Record, Record]) -> None:
    for task in records[0].tasks:
        for assignment in task.assignments:
            start, end = assignment.span
            assert source.text[start:end].split() == assignment.printed.split()


def test_without_being_asked_a_scan_is_refused_as_ever(plan: list[Image.Image], tmp_path: Path) -> None:
    for name, form, remedy in (("a.pdf", "PDF", "ocrmypdf -l vie --force-ocr"), ("a.png", "PNG", 'tesseract "a.png"')):
        path = tmp_path / name
        path.write_bytes(as_file(plan, form))
        with pytest.raises(SourceError) as caught:
            read_source(path)
        assert remedy in caught.value.remedy
        assert "--ocr" in caught.value.remedy


def test_where_there_is_no_tesseract_the_remedy_says_what_to_install(
    plan: list[Image.Image], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError, match="not installed") as caught:
        read_confined("png", as_file(plan, "PNG"), Path("a.png"), Limits(30.0), recognise=True)
    assert INSTALL in caught.value.remedy


def test_a_tesseract_without_vietnamese_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho eng\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    find_recogniser.cache_clear()
    try:
        assert find_recogniser() is None
        with pytest.raises(SourceError, match="not installed"):
            require_recogniser(Path("a.pdf"))
        program.write_text("#!/bin/sh\n[ $1 = --version ] && echo tesseract 5.9 || echo vie\n", "utf-8")
        find_recogniser.cache_clear()
        assert find_recogniser() == "Tesseract 5.9"
    finally:
        find_recogniser.cache_clear()


@pytest.mark.parametrize(("form", "name"), [("JPEG", "trang.jpg"), ("TIFF", "trang.tif"), ("PNG", "trang.txt")])
def test_pictures_are_recognised_page_by_page(
    form: str, name: str, recogniser: str, plan: list[Image.Image], tmp_path: Path
) -> None:
    assert recogniser
    pages = [page.crop((0, 0, page.width, page.height // 3)) for page in plan]
    found = read(as_file(pages, form), name, tmp_path)
    assert found.info.media_type == {"JPEG": "image/jpeg", "TIFF": "image/tiff", "PNG": "image/png"}[form]
    assert "Số: 87/KH-UBND" in found.text
    assert ("Sở Thông tin và Truyền thông" in found.text) == (form == "TIFF")


def test_only_the_scanned_pages_of_a_pdf_are_recognised(
    recogniser: str, plan: list[Image.Image], tmp_path: Path
) -> None:
    assert recogniser
    mixed = pypdfium2.PdfDocument(as_pdf())
    del mixed[1]
    mixed.import_pages(pypdfium2.PdfDocument(as_file([plan[1]], "PDF")))
    file = BytesIO()
    mixed.save(file)
    path = tmp_path / "lan.pdf"
    path.write_bytes(file.getvalue())
    assert [finding.code for finding in read_source(path).findings] == ["page-without-text"]
    found = read_source(path, recognise=True)
    assert [finding.code for finding in found.findings] == ["recognised-text"]
    assert "trang 2 " in found.findings[0].message
    assert "Sở Thông tin và Truyền thông" in found.text


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180])
def test_a_page_on_its_side_is_turned(turn: Image.Transpose, recogniser: str, plan: list[Image.Image]) -> None:
    assert recogniser
    upper = plan[1].crop((0, 80, plan[1].width, 900))
    found = recognise_page(upper.transpose(turn), SCALE, 0)
    words = [word.text for word in found.read.words] if found.read else []
    assert {"Thông", "Truyền", "chí"} <= set(words)
    assert found.page.width > found.page.height


def test_a_red_seal_over_the_name_is_paper() -> None:
    page = Image.new("RGB", (200, 100), "white")
    draw = ImageDraw.Draw(page)
    draw.ellipse((20, 5, 120, 95), outline=(225, 30, 40), width=6)
    draw.rectangle((60, 40, 160, 50), fill=(20, 20, 20))
    grey = without_stamps(page)
    assert grey.getpixel((22, 50)) > 200  # type: ignore[operator]
    assert grey.getpixel((100, 45)) < 40  # type: ignore[operator]


@pytest.mark.parametrize("lean", [-2.4, -0.7, 0.0, 0.3, 1.5])
def test_a_leaning_page_is_set_straight_and_its_rulings_are_found(lean: float, plan: list[Image.Image]) -> None:
    grey = without_stamps(scanned(plan[:1], lean)[0])
    level, upright = find_strokes(straighten(grey), SCALE)
    assert (len([s for s in level if s.end - s.start > 250]), len(upright)) == (10, 6)
    assert max(stroke.high - stroke.low for stroke in (*level, *upright)) <= 4


def test_letters_are_no_rulings(plan: list[Image.Image]) -> None:
    assert find_strokes(without_stamps(plan[1]), SCALE) == ([], [])


def test_ink_is_told_from_grey_paper() -> None:
    page = Image.new("L", (100, 100), 190)
    ImageDraw.Draw(page).rectangle((0, 0, 30, 30), fill=90)
    assert 90 <= dark_limit(page) < 190


def test_a_blank_page_has_no_letters(recogniser: str, tmp_path: Path) -> None:
    assert recogniser
    with pytest.raises(SourceError, match="no letters"):
        read(as_file([Image.new("L", (800, 1100), 255)], "PNG"), "trang.png", tmp_path)


def test_pictures_that_are_none(recogniser: str, tmp_path: Path) -> None:
    assert recogniser
    for name, data in {
        "a.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        "b.jpg": b"\xff\xd8\xff\xe0abc",
        "c.tif": b"II*\0" * 9,
    }.items():
        with pytest.raises(SourceError, match="picture cannot be read"):
            read(data, name, tmp_path)


def test_the_recogniser_dies_with_its_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plan: list[Image.Image]
) -> None:
    """A Tesseract that never answers is stopped with the process that waits for it."""
    program = tmp_path / "tesseract"
    sleep, mark = shutil.which("sleep"), tmp_path / "pid"
    program.write_text(
        f"#!/bin/sh\ncase $1 in --list-langs) echo vie;; --version) echo tesseract 5;; *) echo $$ >&2; exec {sleep} 61.25;; esac\n",
        "utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(SourceError, match="more than 4 seconds"):
        read_confined("png", as_file(plan, "PNG"), Path("a.png"), Limits(4.0), recognise=True)
    time.sleep(0.2)
    listed = subprocess.run(["/bin/sh", "-c", "cat /proc/[0-9]*/cmdline"], capture_output=True, check=False)
    assert b"61.25" not in listed.stdout
    assert not mark.exists()


def test_numbers_of_pages() -> None:
    assert tell_pages([1, 2, 3, 7]) == "1-3, 7"
    assert tell_pages([4, 5]) == "4, 5"


@pytest.mark.parametrize(("sure", "severity"), [(95, Severity.INFO), (40, Severity.WARNING)])
def test_a_doubtful_text_is_a_warning(sure: int, severity: Severity) -> None:
    read = Recognised((Word("Sở", 0, 9, 0, 9), Word("Ytế", 9, 20, 0, 9)), (97, sure))
    found = tell_recognised([ScannedPage(Page(0, 595, 842, []), read), ScannedPage(Page(1, 595, 842, []), None)], "T 5")
    assert [finding.severity for finding in found] == [severity, Severity.WARNING]
    assert [finding.code for finding in found] == ["recognised-text", "page-without-text"]
    assert f"{(97 + sure) // 2} %" in found[0].message
    assert "Trang 2" in found[1].message


@pytest.mark.parametrize(
    ("read", "words"),
    [
        ("vàXã", ["và", "Xã"]),
        ("SởY", ["Sở", "Y"]),
        ("SởLĐTBXH", ["Sở", "LĐTBXH"]),
        ("tỉnh,thành", ["tỉnh,", "thành"]),
        ("90/QĐ-1Tg", ["90/QĐ-TTg"]),
        ("1722/QĐÐ-1'1g;", ["1722/QĐ-TTg;"]),
        ("10/2022/11-BLĐTBXH", ["10/2022/TT-BLĐTBXH"]),
        ("1,5%/năm", ["1,5%/năm"]),
        ("QĐ-UBND", ["QĐ-UBND"]),
    ],
)
def test_words_that_run_on_are_parted_and_numbers_mended(read: str, words: list[str]) -> None:
    assert [text for text, _, _ in part_words(read, 0.0, 100.0)] == words
