"""The reading view: whatever the marks, the shown text is the text, and every mark has its anchor exactly once."""

import unicodedata
from collections.abc import Iterable, Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from server.reading import Mark, Segment, Shown, lay_out_reading
from tests.conftest import DOCUMENTS

TEXT = """KẾ HOẠCH
Triển khai chương trình giảm nghèo

1. Sở Tài chính chủ trì, phối hợp với Sở Xây dựng
lập dự toán hằng năm;

- Báo cáo Ủy ban nhân dân tỉnh trước ngày 15 tháng 12.
"""


def segments(blocks: Iterable[Shown]) -> Iterator[Segment]:
    for block in blocks:
        yield from block.segments
        for row in block.rows:
            for cell in row:
                yield from cell


def shown_text(blocks: Iterable[Shown]) -> str:
    return " ".join("".join(s.text for s in block.segments) for block in blocks if block.kind != "table")


@st.composite
def some_marks(draw: st.DrawFn) -> list[Mark]:
    spans = draw(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 60)), max_size=25))
    return [Mark(a, min(len(TEXT), a + n), draw(st.sampled_from(["agency", "task", "timing"]))) for a, n in spans]


@given(some_marks())
@settings(max_examples=60, deadline=None)
def test_marks_change_nothing_of_the_text(marks: list[Mark]) -> None:
    assert shown_text(lay_out_reading(TEXT, marks)).strip() == shown_text(lay_out_reading(TEXT, []))


@given(some_marks())
@settings(max_examples=60, deadline=None)
def test_every_mark_has_its_anchor_exactly_once(marks: list[Mark]) -> None:
    anchors = [anchor for segment in segments(lay_out_reading(TEXT, marks)) for anchor in segment.anchors]
    assert sorted(anchors) == sorted({f"span-{m.start}-{m.end}" for m in marks})


@given(some_marks())
@settings(max_examples=60, deadline=None)
def test_a_segment_is_under_exactly_the_marks_that_cover_it(marks: list[Mark]) -> None:
    for segment in segments(lay_out_reading(TEXT, marks)):
        if segment.text.strip():
            assert set(segment.marks) == {m for m in marks if m.start <= segment.source < m.end}


def test_marks_show_their_own_words_in_the_real_documents() -> None:
    for path in sorted(DOCUMENTS.glob("*.txt")):
        text = unicodedata.normalize("NFC", path.read_text("utf-8"))
        words = [(text.find(word), word) for word in ("chủ trì", "Căn cứ", "Ủy ban nhân dân")]
        marks = [Mark(at, at + len(word), "agency", word) for at, word in words if at >= 0]
        assert marks
        for mark in marks:
            under = "".join(s.text for s in segments(lay_out_reading(text, marks)) if mark in s.marks)
            assert under == mark.says


def test_tables_are_tables() -> None:
    first = sorted(DOCUMENTS.glob("*.txt"))[0]
    tables = [
        b for b in lay_out_reading(unicodedata.normalize("NFC", first.read_text("utf-8")), []) if b.kind == "table"
    ]
    assert tables
    assert all(len({len(row) for row in table.rows}) == 1 for table in tables)
