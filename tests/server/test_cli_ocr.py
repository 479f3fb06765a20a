"""``--ocr`` on the command line: scans are read, the record says so, and a release knows what recognised them."""

import json
import os
from pathlib import Path

import pypdfium2
import pytest

from loaders.formats.recogniser import INSTALL, find_recogniser
from server.cli import main
from server.pipeline import collect_files, program_version
from server.reading_files import Failure, Reading, RecordShelf, read_file, read_files
from tests.loaders.formats.samples import as_pdf


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first page of the invented plan, as a picture."""
    if find_recogniser() is None:
        reason = f"Tesseract with its Vietnamese model is not installed: {INSTALL}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    page = pypdfium2.PdfDocument(as_pdf())[0].render(scale=200 / 72, grayscale=True).to_pil()
    path = tmp_path_factory.mktemp("scan") / "trang-1.png"
    page.save(path, dpi=(200, 200))
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = 0
    try:
        main(arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_scan_is_refused_in_both_languages(scan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "read", str(scan))
    assert (code, out) == (3, "")
    vietnamese, english = err.strip().split("\n")
    assert "đây là ảnh, không phải văn bản" in vietnamese
    assert "this is a picture, not text" in english
    assert "--ocr" in vietnamese
    assert "--ocr" in english


def test_a_scan_is_read_where_asked(scan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "read", str(scan), "--ocr", "--format", "json")
    record = json.loads(out)
    assert code == 0
    assert record["document"]["number"] == "87/KH-UBND"
    assert "recognised-text" in {finding["code"] for finding in record["findings"]}


def test_a_setting_asks_for_good(
    scan: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAUMOI_OCR", "1")
    code, out, _ = run(capsys, "check", str(scan), "--format", "json")
    assert code == 1
    assert "recognised-text" in {finding["code"] for finding in json.loads(out)}


def test_pictures_in_a_folder_are_documents_only_where_they_are_recognised(scan: Path) -> None:
    (scan.parent / "a.txt").write_text("Kế hoạch", "utf-8")
    assert [path.name for path in collect_files([scan.parent])] == ["a.txt"]
    assert [path.name for path in collect_files([scan.parent], ocr=True)] == ["a.txt", "trang-1.png"]


def test_what_was_recognised_is_kept_apart_from_what_was_not(scan: Path, tmp_path: Path) -> None:
    (one,) = read_files([scan], RecordShelf(tmp_path, ocr=True), ocr=True)
    assert isinstance(one, Reading)
    assert RecordShelf(tmp_path, ocr=True).find(scan.name, one.sha256) == one
    assert RecordShelf(tmp_path).find(scan.name, one.sha256) is None
    assert isinstance(read_file(scan), Failure)


def test_a_release_names_what_recognised_its_scans() -> None:
    plain, with_ocr = program_version(), program_version(ocr=True)
    assert with_ocr.startswith(plain)
    assert with_ocr != plain
    assert "tesseract" in with_ocr or "noocr" in with_ocr
