"""Headings and what stands under them, where styles of numbering come in an order of their own."""

import pytest

from loaders.text.columns import load_column_words
from loaders.text.layout import layout_blocks
from loaders.text.outline import build_outline, walk

LETTERS_UNDER_ROMANS = """I. TÌNH HÌNH
1. Kết quả năm trước.
II. NỘI DUNG
A. Các dự án
1. Hỗ trợ sinh kế.
B. Các chính sách
1. Hỗ trợ nhà ở.
III. KINH PHÍ
1. Ngân sách tỉnh.
IV. TỔ CHỨC
A. Cấp tỉnh
1. Sở Y tế.
"""
ROMANS_UNDER_LETTERS = """A. PHẦN CHUNG
I. Mục tiêu
1. Giảm nghèo.
B. PHẦN RIÊNG
I. Nhiệm vụ
1. Đào tạo nghề.
II. Giải pháp
1. Tuyên truyền.
C. THỰC HIỆN
1. Sở Y tế.
"""


def paths_of(text: str) -> list[str]:
    """Return each heading with those above it, by their labels."""
    paths = []
    for node in walk(build_outline(layout_blocks(text, load_column_words()))):
        labels = []
        above = node
        while above.paragraph is not None:
            labels.append(above.label.strip("."))
            assert above.parent is not None
            above = above.parent
        if labels:
            paths.append("/".join(reversed(labels)))
    return paths


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LETTERS_UNDER_ROMANS, "I I/1 II II/A II/A/1 II/B II/B/1 III III/1 IV IV/A IV/A/1"),
        (ROMANS_UNDER_LETTERS, "A A/I A/I/1 B B/I B/I/1 B/II B/II/1 C C/1"),
    ],
)
def test_letters_and_romans_stand_as_they_came(text: str, expected: str) -> None:
    assert paths_of(text) == expected.split()
