"""Parameters are bound as terms: what goes in comes out, and nothing else happens."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ontology.errors import ParameterError
from queries.answer import Iri, Text, Value
from queries.binding import bind_parameters, format_term
from queries.store import GraphStore

ECHO = "SELECT ?x WHERE {\n#: x\n}"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
@example('" } } ; DROP ALL # \\')
@example("a\\u0041\nb\r\t")
def test_any_text_survives(text: str) -> None:
    assert GraphStore.in_memory().select(ECHO, {"x": text}).rows == ((text,),)


@pytest.mark.parametrize(
    "value",
    [
        Iri("https://example.org/ă?b#c"),
        Text("Sở", "vi"),
        Text("x", "en-gb"),
        7,
        -1,
        True,
        Decimal("2.5"),
        1.5e300,
        datetime.date(2017, 2, 28),
        datetime.datetime(2017, 2, 28, 1, 2, 3, tzinfo=datetime.UTC),
    ],
)
def test_values_survive(value: Value) -> None:
    ((back,),) = GraphStore.in_memory().select(ECHO, {"x": value}).rows
    assert back == value
    assert type(back) is type(value)
    assert getattr(back, "language", None) == getattr(value, "language", None)


@pytest.mark.parametrize(
    "value",
    [
        Iri("no scheme"),
        Iri("x:> . <y:"),
        Iri("http://example.org/ a"),
        Iri(""),
        Iri("x:\n"),
        Text("a", 'vi" ; #'),
        Text("a", ""),
    ],
)
def test_what_is_no_term_is_refused(value: Value) -> None:
    with pytest.raises(ParameterError):
        format_term(value)


def test_markers_in_strings_and_other_comments_are_left_alone() -> None:
    query = 'SELECT * {\n?s ?p """\n#: x\n""" .\n# : x\n#x: x\n}'
    assert bind_parameters(query, {"x": 1}) == query


def test_no_value_restricts_nothing_and_no_values_match_nothing() -> None:
    store = GraphStore.in_memory("<urn:a> <urn:p> 'x' <urn:g> .".replace("'", '"'))
    query = "SELECT ?x WHERE {\n#: x\n?s ?p ?x }"
    assert len(store.select(query)) == len(store.select(query, {"x": None})) == 1
    assert len(store.select(query, {"x": []})) == 0
    assert len(store.select(query, {"x": ["x", "y"]})) == 1


def test_filter_marker_drops_rows_without_the_value() -> None:
    store = GraphStore.in_memory('<urn:a> <urn:p> "1" <urn:g> . <urn:b> <urn:q> "1" <urn:g> .'.replace(" . <", " .\n<"))
    query = "SELECT ?s ?x WHERE { ?s ?any ?y OPTIONAL { ?s <urn:p> ?x }\n#? x\n}"
    assert len(store.select(query)) == 2
    assert store.select(query, {"x": "1"}).rows == ((Iri("urn:a"), "1"),)
