"""Kinds of sections by the words of their headings, and the paths that name places."""

from pathlib import Path

import pytest

from loaders.tasks.task_ids import find_sections, section_path, task_path
from loaders.text.columns import ColumnWords
from loaders.text.layout import layout_blocks
from loaders.text.outline import build_outline, walk
from loaders.text.sections import load_section_words
from ontology.errors import RegistryError

WORDS = load_section_words()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", "purpose"),
        ("Mục tiêu cụ thể đến năm 2025", "goals"),
        ("Mục tiêu: Hỗ trợ đa dạng hóa sinh kế cho người nghèo trên địa bàn các huyện", "goals"),
        ("NHIỆM VỤ VÀ GIẢI PHÁP", "measures"),
        ("Nhiệm vụ, giải pháp chủ yếu", "measures"),
        ("Nội dung thực hiện", "measures"),
        ("TỔ CHỨC THỰC HIỆN", "organisation"),
        ("Phân công thực hiện: Sở Y tế chủ trì", "organisation"),
        ("Kinh phí thực hiện", "funds"),
        ("Chế độ thông tin, báo cáo", "reporting"),
        ("Thời gian thực hiện: năm 2022", "time"),
        ("CĂN CỨ PHÁP LÝ", "background"),
        ("Đối tượng, phạm vi", "audience"),
        ("Sở Y tế", None),
        ("Truyền thông", None),
        ("Nhiệm vụ của các sở, ngành, địa phương được giao tại Kế hoạch này phải hoàn thành đúng thời hạn", None),
        ("", None),
    ],
)
def test_a_heading_opens_a_kind_of_section(title: str, kind: str | None) -> None:
    assert WORDS.kind_of(title) == kind


def test_a_row_without_its_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "section_words.csv").write_text("form,section,note\nmục đích,,\n", "utf-8")
    with pytest.raises(RegistryError, match="section"):
        load_section_words(tmp_path)


TEXT = """KẾ HOẠCH
I. NHIỆM VỤ
1. Truyền thông
1.1. Báo chí
a) Phát thanh
- Tin bài.
- Phóng sự.
+ Ngắn.
đ) Truyền hình.
1.2. Mạng xã hội.
Không có nhãn.
(1) Trang tin.
Điều 3. Thi hành
Phụ lục 2
1. Danh sách.
PHỤ LỤC III
1. Danh sách khác.
"""


def test_paths_are_the_printed_numbers_and_bullets_count_in_their_parent(column_words: ColumnWords) -> None:
    root = build_outline(layout_blocks(TEXT, column_words))
    paths = {node.title: task_path(node) for node in walk(root) if node.paragraph is not None}
    assert paths["Truyền thông"] == "I.1"
    assert paths["Báo chí"] == "I.1.1"
    assert paths["Phát thanh"] == "I.1.1.a"
    assert paths["Tin bài."] == "I.1.1.a.-1"
    assert paths["Phóng sự."] == "I.1.1.a.-2"
    assert paths["Ngắn."] == "I.1.1.a.-2.-1"
    assert paths["Truyền hình."] == "I.1.1.đ"
    assert paths["Không có nhãn."] == "I.1.2.-1"
    assert paths["Trang tin."] == "I.1.2.1"
    assert paths["Danh sách."] == "PL2.1"
    assert paths["Danh sách khác."] == "PLIII.1"


def test_sections_are_the_headings_above_with_their_extent(column_words: ColumnWords) -> None:
    root = build_outline(layout_blocks(TEXT, column_words))
    nodes = {node.title: node for node in walk(root) if node.paragraph is not None}
    assert section_path(nodes["Tin bài."]) == ("I. NHIỆM VỤ", "1. Truyền thông", "1.1. Báo chí", "a) Phát thanh")
    sections = {section.title: section for section in find_sections(root)}
    assert "Tin bài." not in sections
    section = sections["Phát thanh"]
    assert (section.label, section.title) == ("a)", "Phát thanh")
    assert TEXT[section.span.start : section.span.end] == "a) Phát thanh"
    assert TEXT[section.extent.start : section.extent.end] == "a) Phát thanh\n- Tin bài.\n- Phóng sự.\n+ Ngắn."
