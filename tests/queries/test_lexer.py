"""The words of a query, and what the guard makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import QueryRefused
from queries.guard import QueryLimits, check_query
from queries.lexer import iter_tokens, names_its_dataset, query_form

FINE = [
    "SELECT * { ?s ?p ?o }",
    'SELECT * { ?s ?p "SERVICE <x> { }" }',
    "SELECT * { ?s ?p 'it\\'s' } # SERVICE, INSERT",
    'SELECT * { ?s ?p """DELETE "" { { {""" }',
    "PREFIX service: <http://example.org/service#> SELECT * { ?s service:insert ?delete }",
    "SELECT * { <http://example.org/#SERVICE> ?p ?o }",
    "SELECT ?insert { ?insert ?load ?o FILTER(?a < ?b && ?c > ?d) }",
    "BASE <http://example.org/> ASK { ?s ?p ?o }",
    'SELECT * { ?s ?p "x"@service }',
]
REFUSED = [
    ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "service"),
    ("SELECT * { service silent ?x { ?s ?p ?o } }", "service"),
    ("# a comment\nINSERT DATA { <a> <b> <c> }", "update"),
    ("PREFIX x: <http://example.org/> delete where { ?s ?p ?o }", "update"),
    ("LOAD <http://127.0.0.1/>", "update"),
    ("WITH <g> DELETE { ?s ?p ?o } WHERE { SELECT * { ?s ?p ?o } }", "update"),
    ("DROP ALL", "update"),
    ("SELECT * { " + "{" * 200 + "}" * 201, "depth"),
    ("SELECT * { FILTER" + "(" * 200, "depth"),
    ("SELECT * { " + "OPTIONAL { ?s ?p ?o } " * 600 + "}", "depth"),
    ("SELECT * { ?s ?p '" + "x" * 100_000 + "' }", "length"),
]


@pytest.mark.parametrize("query", FINE)
def test_guard_lets_pass(query: str) -> None:
    check_query(query)


@pytest.mark.parametrize(("query", "reason"), REFUSED, ids=lambda value: value[:40])
def test_guard_refuses(query: str, reason: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        check_query(query)
    assert refused.value.reason == reason


def test_limits_are_arguments() -> None:
    check_query("SELECT * { { { ?s ?p ?o } } }", QueryLimits(depth=3))
    with pytest.raises(QueryRefused):
        check_query("SELECT * { { { { ?s ?p ?o } } } }", QueryLimits(depth=3))


@pytest.mark.parametrize(
    ("query", "form", "dataset"),
    [
        ("select * from <http://example.org/g> {}", "SELECT", True),
        ("ASK FROM NAMED <http://example.org/g> {}", "ASK", True),
        ("DESCRIBE <http://example.org/from>", "DESCRIBE", False),
        ("PREFIX from: <x> CONSTRUCT { ?from from:from 'FROM' } WHERE {}", "CONSTRUCT", False),
        ("nonsense", None, False),
    ],
)
def test_form_and_dataset(query: str, form: str | None, dataset: bool) -> None:
    assert query_form(query) == form
    assert names_its_dataset(query) is dataset


@given(st.text(alphabet=st.sampled_from(list("SELECT{}()<>?$\"'\\#:@ \n\tàđ.-_;,|^0")), max_size=200))
def test_every_character_belongs_to_a_token_or_is_blank(text: str) -> None:
    place = 0
    for token in iter_tokens(text):
        assert text[place : token.start].strip(" \t\r\n") == ""
        assert text[token.start : token.end] == token.text
        place = token.end
    assert text[place:].strip(" \t\r\n") == ""
