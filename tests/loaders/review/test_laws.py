"""Whatever a text is like: looking at its record afterwards never fails, and every place it shows is verbatim."""

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loaders.explaining.explain import ALL, explain_what
from loaders.explaining.explanation import Explanation
from loaders.explaining.ground import lay_ground
from loaders.reader import Reader
from loaders.review.draft import review_draft
from loaders.review.draft_remark import Remark
from loaders.source import Source, text_source
from ontology.records import Record
from tests.loaders.conftest import ReadText
from tests.loaders.reading_soup import documents


@pytest.fixture(scope="module")
def review(reader: Reader) -> Callable[[Source], tuple[Remark, ...]]:
    return lambda source: review_draft(reader.read(source), lay_ground(source.text, reader))


@pytest.fixture(scope="module")
def explain(reader: Reader) -> Callable[[Source, Record, str], tuple[Explanation, ...]]:
    return lambda source, record, what: explain_what(record, source.text, reader, what)


@settings(max_examples=60, deadline=None)
@example(text="%\t\t%\nSTT\tNội dung")
@given(text=documents)
def test_any_soup_is_reviewed_with_places_inside_it(text: str, review: Callable[[Source], tuple[Remark, ...]]) -> None:
    source = text_source(text, name="x.txt", media_type="text/plain", data=b"")
    for remark in review(source):
        assert remark.message
        assert remark.message_en
        assert all(0 <= start <= end <= len(source.text) for start, end in remark.spans)


@settings(max_examples=60, deadline=None)
@given(text=documents, offset=st.integers(0, 400), words=st.text(max_size=12))
def test_any_soup_is_explained_and_any_question_answered(
    text: str,
    offset: int,
    words: str,
    read_text: ReadText,
    explain: Callable[[Source, Record, str], tuple[Explanation, ...]],
) -> None:
    source = text_source(text, name="x.txt", media_type="text/plain", data=b"")
    record = read_text(text)
    explained = explain(source, record, ALL)
    assert sum(one.fact == "task" for one in explained) == len(record.tasks)
    for one in explained:
        assert one.reasons
        for place in (one.place, *(reason.place for reason in (*one.reasons, *one.missing))):
            assert place is None or source.text[slice(*place.span)] == place.quote
    for what in (f"@{offset}", words):
        for one in explain(source, record, what):
            assert one.reasons
