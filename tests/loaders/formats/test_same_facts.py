"""The same document as text, Word, PDF and web page gives the same facts; where they were read is not part of them."""

from dataclasses import fields
from pathlib import Path

import docx
import pytest

from loaders.reader import Reader, build_reader
from loaders.source import Source, read_source
from ontology.records import Record, Role
from ontology.registry import Registry
from tests.loaders.formats import samples
from tests.loaders.formats.samples import as_docx, as_html, as_pdf, as_text

FORMATS = {"docx": as_docx, "html": lambda: as_html().encode(), "pdf": as_pdf}


@pytest.fixture(scope="module")
def reader(registry: Registry) -> Reader:
    return build_reader(registry)


@pytest.fixture(scope="module")
def plain(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Record:
    path = tmp_path_factory.mktemp("plain") / "ke-hoach.txt"
    path.write_text(as_text(), "utf-8")
    return reader.read(read_source(path))


def read_as(ending: str, folder: Path) -> Source:
    path = folder / f"ke-hoach.{ending}"
    path.write_bytes(FORMATS[ending]())
    return read_source(path)


def test_the_plain_text_is_read_as_a_person_would(plain: Record) -> None:
    """The others are compared with it, so it must be right."""
    assert (plain.document.number, plain.document.date) == ("87/KH-UBND", "2022-06-14")
    assert plain.document.issuer == "Ủy ban nhân dân tỉnh Quảng Trị"
    assert [signer.name for signer in plain.document.signers] == ["Trần Văn Mẫu"]
    rows = [task for task in plain.tasks if task.kind == "row"]
    leads = [a.agency for task in rows for a in task.assignments if a.role is Role.LEAD]
    assert [name.removesuffix(" tỉnh Quảng Trị") for name in leads] == [
        "Sở Kế hoạch và Đầu tư",
        "Sở Kế hoạch và Đầu tư",
        "Sở Lao động - Thương binh và Xã hội",
        "Sở Lao động - Thương binh và Xã hội",
        "Sở Nông nghiệp và Phát triển nông thôn",
        "Sở Y tế",
    ]
    assert [task.timing.text if task.timing else "" for task in rows] == [
        "Quý III/2022",
        "Quý IV/2022",
        "Hằng năm",
        "Hằng năm",
        "Giai đoạn 2022-2025",
        "Hằng năm",
    ]
    assert [citation.number for citation in plain.citations][:2] == ["90/QĐ-TTg", "27/2022/NĐ-CP"]
    assert len([task for task in plain.tasks if task.kind == "duty"]) >= 5


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_facts_do_not_depend_on_the_format(ending: str, reader: Reader, plain: Record, tmp_path: Path) -> None:
    source = read_as(ending, tmp_path)
    assert source.findings == ()
    record = reader.read(source)
    for field in fields(Record):
        if field.name not in {"source", "findings"}:
            assert getattr(record, field.name) == getattr(plain, field.name), field.name
    assert [(f.code, f.message) for f in record.findings] == [(f.code, f.message) for f in plain.findings]


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_every_quote_is_in_the_text_layer(ending: str, reader: Reader, tmp_path: Path) -> None:
    source = read_as(ending, tmp_path)
    record = reader.read(source)
    assert record.tasks
    for task in record.tasks:
        for assignment in task.assignments:
            start, end = assignment.span
            assert source.text[start:end].split() == assignment.printed.split()


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_the_same_file_gives_the_same_text(ending: str, tmp_path: Path) -> None:
    first, second = read_as(ending, tmp_path), read_as(ending, tmp_path)
    assert first.text == second.text
    assert len(first.text.encode()) > 3000


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_a_plan_without_number_has_one_name_in_all_formats(
    ending: str, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples, "NUMBER", "Số: ....../KH-UBND")
    path = tmp_path / "ke-hoach.txt"
    path.write_text(as_text(), "utf-8")
    plain = reader.read(read_source(path)).document
    assert plain.number is None
    assert "khong-so" in (plain.iri or "")
    assert reader.read(read_as(ending, tmp_path)).document == plain


def test_a_heading_between_two_tables_heads_the_second(reader: Reader, tmp_path: Path) -> None:
    document = docx.Document()
    for text in (
        "ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ",
        "KẾ HOẠCH",
        "Giảm nghèo năm 2022",
        "I. NHIỆM VỤ",
        "1. Nhóm thứ nhất",
    ):
        document.add_paragraph(text)
    rows = (("TT", "Nội dung", "Cơ quan chủ trì"), ("1", "Rà soát hộ nghèo trên địa bàn tỉnh", "Sở Y tế"))
    for heading in ("2. Nhóm thứ hai", "Các cơ quan chủ động thực hiện kế hoạch này.", ""):
        table = document.add_table(rows=2, cols=3)
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                table.cell(i, j).text = text
        document.add_paragraph(heading)
    path = tmp_path / "hai-bang.docx"
    document.save(str(path))
    tasks = [task for task in reader.read(read_source(path)).tasks if task.kind == "row"]
    assert [task.section[-1] for task in tasks] == ["1. Nhóm thứ nhất", "2. Nhóm thứ hai", "2. Nhóm thứ hai"]
    assert {task.text for task in tasks} == {"Rà soát hộ nghèo trên địa bàn tỉnh"}
    assert [len(task.assignments) for task in tasks] == [1, 1, 1]
