"""Passages: whatever is cut and joined, the way back to the source holds."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text.lines import clean_passage, read_lines
from loaders.text.passage import Passage, iter_words, join_passages
from tests.loaders.passages import passage_of

SOURCES = st.text(alphabet="ab đẫ\t\n*_-.", max_size=60)


def assert_leads_back(passage: Passage, source: str) -> None:
    """Every character of a passage that stands for one of the source is that one; spans are monotone and adjoin."""
    assert sum(piece.length for piece in passage.pieces) == len(passage)
    at, before = 0, 0
    for piece in passage.pieces:
        assert piece.at == at
        assert piece.source >= before
        at, before = at + piece.length, piece.source + piece.width
        if piece.length == piece.width > 0 and passage.text[piece.at : at].strip():
            assert source[piece.source : piece.source + piece.width] == passage.text[piece.at : at]
    spans = passage.spans() if passage.text else ()
    assert all(one.end < other.start for one, other in pairwise(spans))


@given(parts=st.lists(st.text(alphabet="abđ", min_size=1, max_size=5), min_size=1, max_size=5), gap=st.integers(0, 30))
def test_joined_parts_lead_back(parts: list[str], gap: int) -> None:
    source, passages = "", []
    for part in parts:
        source += "\n" * gap
        passages.append(passage_of(part, len(source)))
        source += part
    joined = join_passages(passages)
    assert joined.text == " ".join(parts)
    assert_leads_back(joined, source)
    for start, end in iter_words(joined):
        span = joined.span(start, end)
        assert source[span.start : span.end] == joined.text[start:end]


@given(text=SOURCES, start=st.integers(0, 60), end=st.integers(0, 60))
def test_cuts_lead_back(text: str, start: int, end: int) -> None:
    passage = passage_of(text, 7)
    low, high = sorted((min(start, len(text)), min(end, len(text))))
    cut = passage.cut(low, high)
    assert cut.text == text[low:high].strip()
    assert_leads_back(cut, " " * 7 + text)
    if cut.text:
        assert cut.span().end - cut.span().start == len(cut)


@given(text=SOURCES)
def test_cleaned_lines_lead_back(text: str) -> None:
    for line in read_lines(text):
        assert_leads_back(line.passage, text)
        assert line.passage.text == " ".join(line.passage.text.split())


@given(text=SOURCES)
def test_cleaning_keeps_every_letter(text: str) -> None:
    cleaned = clean_passage(text.replace("\n", " "), 0)
    assert [c for c in cleaned.text if c.isalpha()] == [c for c in text if c.isalpha()]


def test_a_short_gap_is_layout_and_a_long_one_is_not() -> None:
    near = join_passages([passage_of("Sở Y", 0), passage_of("tế", 6)])
    far = join_passages([passage_of("Sở Y", 0), passage_of("tế", 600)])
    assert near.spans() == ((0, 8),)
    assert far.spans() == ((0, 4), (600, 602))
    assert far.span() == (0, 4)


def test_a_place_without_width_is_where_the_next_word_begins() -> None:
    passage = join_passages([passage_of("Sở Y", 10), passage_of("tế", 20)])
    assert passage.spans(2, 2) == ((12, 12),)
    assert Passage("", ()).spans() == ((0, 0),)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 9)])
def test_stretches_outside_are_refused(start: int, end: int) -> None:
    with pytest.raises(IndexError, match="not inside"):
        passage_of("Sở Y", 0).spans(start, end)
