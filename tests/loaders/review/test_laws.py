"""Whatever a text is like: looking at its record afterwards never fails, and every place it shows is verbatim."""

from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.explaining.explain import explain_record, explain_what
from loaders.explaining.ground import lay_ground
from loaders.reader import Reader
from loaders.review.draft import review_draft
from loaders.source import text_source
from tests.loaders.reading_soup import documents


@settings(max_examples=60, deadline=None)
@given(text=documents)
def test_any_soup_is_reviewed_with_places_inside_it(text: str, reader: Reader) -> None:
    source = text_source(text, name="x.txt", media_type="text/plain", data=b"")
    record = reader.read(source)
    for remark in review_draft(record, lay_ground(source.text, reader)):
        assert remark.message
        assert remark.message_en
        assert all(0 <= start <= end <= len(source.text) for start, end in remark.spans)


@settings(max_examples=60, deadline=None)
@given(text=documents, offset=st.integers(0, 400), words=st.text(max_size=12))
def test_any_soup_is_explained_and_any_question_answered(text: str, offset: int, words: str, reader: Reader) -> None:
    source = text_source(text, name="x.txt", media_type="text/plain", data=b"")
    record = reader.read(source)
    explained = explain_record(record, source.text, reader)
    assert sum(one.fact == "task" for one in explained) == len(record.tasks)
    for one in explained:
        assert one.reasons
        for place in (one.place, *(reason.place for reason in (*one.reasons, *one.missing))):
            assert place is None or source.text[slice(*place.span)] == place.quote
    for what in (f"@{offset}", words):
        for one in explain_what(record, source.text, reader, what):
            assert one.reasons
