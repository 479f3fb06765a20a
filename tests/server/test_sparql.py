"""The SPARQL protocol as clients see it: what is asked, in which form it comes back, and how each refusal reads."""

import csv
import io
import json
from typing import Any

import pytest
from rdflib import Graph

from queries.release import Release
from tests.server.conftest import Client

SELECT = "SELECT ?s WHERE { ?s a <https://w3id.org/daumoi/ontology#Task> } ORDER BY ?s LIMIT 3"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 3"
JSON = "application/sparql-results+json"


def test_three_ways_to_ask_give_one_answer(client: Client) -> None:
    accept = {"Accept": JSON}
    by_get = client.ask("GET", "/sparql", params={"query": SELECT}, headers=accept)
    by_form = client.ask("POST", "/sparql", data={"query": SELECT}, headers=accept)
    direct = client.ask(
        "POST", "/sparql", content=SELECT, headers={**accept, "Content-Type": "application/sparql-query; charset=utf-8"}
    )
    assert by_get.status_code == by_form.status_code == direct.status_code == 200
    assert by_get.content == by_form.content == direct.content
    assert len(by_get.json()["results"]["bindings"]) == 3


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (SELECT, "*/*", JSON),
        (SELECT, "application/json", JSON),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv;q=0.9, text/tab-separated-values", "text/tab-separated-values"),
        (SELECT, "text/html, text/csv;q=0.1", "text/csv"),
        (ASK, "text/csv, */*;q=0.1", JSON),
        (ASK, "application/xml", "application/sparql-results+xml"),
        (CONSTRUCT, "*/*", "text/turtle"),
        (CONSTRUCT, "application/rdf+xml;q=0.5, application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/json", "application/ld+json"),
    ],
)
def test_the_form_is_the_one_the_client_likes_best(client: Client, query: str, accept: str, media_type: str) -> None:
    answer = client.ask("GET", "/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert int(answer.headers["content-length"]) == len(answer.content)
    if media_type == JSON:
        json.loads(answer.text)
    elif media_type == "text/csv":
        assert len(list(csv.reader(io.StringIO(answer.text)))) == 4
    elif query is CONSTRUCT and "json" not in media_type:
        assert len(Graph().parse(data=answer.text, format=media_type)) == 3


def test_format_wins_over_accept(client: Client) -> None:
    answer = client.ask("GET", "/sparql", params={"query": SELECT, "format": "csv"}, headers={"Accept": JSON})
    assert answer.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize(
    ("status", "method", "given", "words"),
    [
        (400, "GET", {"params": [("query", SELECT), ("query", ASK)]}, "exactly one query"),
        (400, "GET", {"params": {"default-graph-uri": "urn:g"}}, "has no query"),
        (400, "GET", {"params": {"query": "SELECT ?s WHERE { ?s ?p"}}, "not valid SPARQL"),
        (400, "GET", {"params": {"query": SELECT, "timeout": "soon"}}, "no number of seconds"),
        (400, "POST", {"data": {"q": SELECT}}, "no query"),
        (400, "POST", {"content": b"query=%FF%FE", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, "UTF-8"),
        (400, "POST", {"content": b"\xff\xfe", "headers": {"Content-Type": "application/sparql-query"}}, "UTF-8"),
        (403, "POST", {"content": "DROP ALL", "headers": {"Content-Type": "application/sparql-update"}}, "read-only"),
        (403, "POST", {"data": {"update": "DROP ALL"}}, "read-only"),
        (403, "GET", {"params": {"query": "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"}}, "SERVICE"),
        (403, "GET", {"params": {"query": "LOAD <http://example.org/>"}}, "only reads"),
        (403, "GET", {"params": {"query": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}}, "only reads"),
        (405, "PUT", {"content": SELECT}, "not allowed"),
        (405, "DELETE", {}, "not allowed"),
        (406, "GET", {"params": {"query": SELECT}, "headers": {"Accept": "image/png"}}, "application/sparql-results+json"),
        (406, "GET", {"params": {"query": CONSTRUCT, "format": "csv"}}, "text/turtle"),
        (413, "POST", {"data": {"query": SELECT + " #" + "x" * 100_001}}, "100000 bytes"),
        (413, "POST", {"content": b"x" * 400_000, "headers": {"Content-Type": "application/sparql-query"}}, "limit"),
        (415, "POST", {"content": SELECT, "headers": {"Content-Type": "text/plain"}}, "application/sparql-query"),
        (415, "POST", {"content": SELECT, "headers": {"Content-Type": "application/sparql-query; charset=latin-1"}}, "UTF-8"),
    ],
)  # fmt: skip
def test_each_refusal_has_its_status_and_says_why(
    client: Client, status: int, method: str, given: dict[str, Any], words: str
) -> None:
    answer = client.ask(method, "/sparql", **given)
    assert answer.status_code == status, answer.text
    assert words in answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_syntax_error_names_line_and_column(client: Client) -> None:
    answer = client.ask("GET", "/sparql", params={"query": "SELECT ?s\nWHERE { ?s ?p }"})
    assert answer.status_code == 400
    assert "2:" in answer.text


def test_a_json_client_gets_a_problem_document(client: Client) -> None:
    answer = client.ask("GET", "/sparql", params={"query": "SELECT"}, headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code == 400


def test_a_query_past_its_limit_is_stopped_and_others_go_on(client: Client) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    answer = client.ask("GET", "/sparql", params={"query": slow, "timeout": "0.5"})
    assert answer.status_code == 503
    assert "0.5 seconds" in answer.text
    assert answer.headers["retry-after"]
    assert client.ask("GET", "/sparql", params={"query": ASK}).json()["boolean"] is True


def test_the_datasets_asked_for_are_the_datasets_seen(client: Client) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def number(**given: object) -> int:
        answer = client.ask("GET", "/sparql", params={"query": count, **given}, headers={"Accept": JSON})
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    registry = number(**{"default-graph-uri": "https://w3id.org/daumoi/graph/registry"})
    assert 0 < registry < number()
    assert number(**{"default-graph-uri": "urn:nothing"}) == 0
    assert number(**{"named-graph-uri": "https://w3id.org/daumoi/graph/registry"}) == 0


def test_head_and_options(client: Client) -> None:
    head = client.ask("HEAD", "/sparql", params={"query": SELECT})
    assert (head.status_code, head.content) == (200, b"")
    options = client.ask("OPTIONS", "/sparql")
    assert options.status_code == 204
    assert "POST" in options.headers["access-control-allow-methods"]


def test_every_answer_names_its_release(client: Client, five_documents: Release) -> None:
    assert client.ask("GET", "/sparql", params={"query": ASK}).headers["x-release"] == five_documents.id


def test_without_a_query_people_get_the_editor_and_programs_the_description(client: Client) -> None:
    assert "<textarea" in client.get("/sparql").text
    answer = client.ask("GET", "/sparql", headers={"Accept": "text/turtle"})
    assert answer.headers["content-type"].startswith("text/turtle")
    described = Graph().parse(data=answer.text, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    endpoints = [str(o) for p, o in described.predicate_objects() if str(p) == f"{sd}endpoint"]
    assert endpoints == ["http://daumoi.test/sparql"]
    assert client.ask("GET", "/sparql", headers={"Accept": "image/png"}).status_code == 406
