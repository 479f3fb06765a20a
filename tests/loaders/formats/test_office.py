"""Files that an office program wrote (LibreOffice, see office_samples.py) are read like those that we wrote ourselves."""

from dataclasses import fields
from pathlib import Path

import pytest

from loaders.reader import Reader, build_reader
from loaders.source import read_source
from ontology.records import Record
from ontology.registry import Registry
from tests.loaders.formats.office_samples import LETTERED, MADE, OFFICE
from tests.loaders.formats.samples import as_text


@pytest.fixture(scope="module")
def reader(registry: Registry) -> Reader:
    return build_reader(registry)


def lines_of(name: str) -> list[str]:
    return [line for line in read_source(OFFICE / name).text.split("\n") if line]


def test_every_file_is_there() -> None:
    assert {path.name for path in OFFICE.iterdir()} == {
        f"{name}.{form}" for name, (_, forms) in MADE.items() for form in forms
    }
    assert sum(path.stat().st_size for path in OFFICE.iterdir()) < 250_000


@pytest.mark.parametrize("form", MADE["ke-hoach"][1])
def test_the_plan_gives_the_facts_of_its_text(form: str, reader: Reader, tmp_path: Path) -> None:
    plain = tmp_path / "ke-hoach.txt"
    plain.write_text(as_text(), "utf-8")
    wanted, found = reader.read(read_source(plain)), reader.read(read_source(OFFICE / f"ke-hoach.{form}"))
    assert len(wanted.tasks) > 10
    for field in fields(Record):
        if field.name not in {"source", "findings"}:
            assert getattr(found, field.name) == getattr(wanted, field.name), field.name


NUMBERED = ("1. ", "1.1. ", "1.2. ", "a) ", "b) ", "+ ", "+ ", "c) ", "d) ", "", "e) ", "2. ", "2.1. ")


def test_lists_within_lists_are_numbered_as_printed() -> None:
    """*đ)* was typed, for no program counts it; the list goes on behind it."""
    assert lines_of("danh-sach.docx") == [number + item.text for number, item in zip(NUMBERED, LETTERED, strict=True)]


def test_a_web_page_says_less_about_its_numbers() -> None:
    """LibreOffice writes no ``1.1.`` into a page, but the letters and what goes on behind *đ)* can be counted."""
    assert lines_of("danh-sach.html")[3:12] == [
        "a) Xây dựng kế hoạch hằng năm;",
        "b) Bố trí kinh phí;",
        "- Nguồn ngân sách tỉnh;",
        "- Nguồn hợp pháp khác;",
        "c) Kiểm tra, giám sát;",
        "d) Báo cáo định kỳ;",
        "đ) Công khai kết quả;",
        "e) Lưu trữ hồ sơ.",
        "2. Tổ chức thực hiện",
    ]


def test_tracked_changes_are_taken_as_accepted() -> None:
    source = read_source(OFFICE / "chinh-sua.docx")
    assert source.text.split("\n")[:-1] == [
        "1. Sở Y tế chủ trì kiểm tra.",
        "2. Các sở, ban, ngành phối hợp thực hiện.",
        "3. Kế hoạch này có hiệu lực từ ngày ký.",
    ]
    assert [finding.code for finding in source.findings] == ["tracked-changes"]


@pytest.mark.parametrize("form", MADE["chu-thich"][1])
def test_footnotes_come_at_the_end_and_their_marks_are_no_part_of_words(form: str) -> None:
    lines = lines_of(f"chu-thich.{form}")
    assert lines[-6:] == [
        "Tỷ lệ hộ nghèo giảm 1,5%/năm đến năm 2025.",
        "TT\tNội dung công việc\tCơ quan chủ trì\tThời gian",
        "1\tRà soát hộ nghèo trên địa bàn tỉnh\tSở Y tế\tQuý I/2022",
        "Sở Tài chính bố trí kinh phí.",
        "[1] Theo chuẩn nghèo đa chiều.",
        "[2] Cơ quan đứng tên trước chủ trì.",
    ]
