"""The JSON routes: every named query answers, in an envelope that never cuts in silence, as it is described."""

import csv
import io

import pytest
from jsonschema import Draft202012Validator

from ontology.namespaces import BASE
from queries.catalogue import NamedQuery, ask, load_catalogue
from queries.release import Release
from server.api import openapi_description, plain_cell
from tests.server.conftest import Client

CATALOGUE = load_catalogue()


def test_the_list_names_every_query(client: Client) -> None:
    rows = client.get("/api").json()["rows"]
    assert [row["name"] for row in rows] == list(CATALOGUE)
    assert all(row["summary_vi"] and row["summary_en"] for row in rows)


@pytest.mark.parametrize("query", CATALOGUE.values(), ids=list(CATALOGUE))
def test_every_query_answers_as_it_is_described(client: Client, five_documents: Release, query: NamedQuery) -> None:
    task = str(
        five_documents.store.select(f"SELECT ?x {{ ?x a <{BASE}ontology#Task> }} ORDER BY ?x LIMIT 1").rows[0][0]
    )
    given = {p.name: task if "…" in p.example else p.example for p in query.parameters if p.required}
    answer = client.ask("GET", f"/api/{query.name}", params=given)
    described = openapi_description()
    operation = described["paths"][f"/api/{query.name}"]["get"]
    if answer.status_code == 200:
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        Draft202012Validator(schema).validate(answer.json())
        expected = ask(five_documents, query.name, **given)
        assert answer.json()["total"] == len(expected)
        assert all(list(row) == list(expected.names) for row in answer.json()["rows"])
    else:
        assert answer.status_code == 400, answer.text  # its example names a document that is not among the five
        Draft202012Validator(described["components"]["schemas"]["error"]).validate(answer.json())
    names = {p["name"] for p in operation["parameters"] if "name" in p}
    assert names == {p.name for p in query.parameters}


def test_pages_add_up_to_the_whole(client: Client, five_documents: Release) -> None:
    whole = client.get("/api/agencies").json()
    assert whole["truncated"] is False
    assert whole["next"] is None
    assert whole["release"] == five_documents.id
    rows = []
    address = "/api/agencies?limit=50"
    while address:
        page = client.get(address).json()
        assert page["truncated"] is (page["next"] is not None)
        rows += page["rows"]
        address = page["next"]
    assert rows == whole["rows"]
    assert len(rows) > 100


def test_the_csv_is_whole_and_marked_for_excel_on_request(client: Client) -> None:
    plain = client.get("/api/agencies.csv")
    assert plain.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(plain.text)))
    assert len(rows) == client.get("/api/agencies").json()["total"]
    assert "attachment" in plain.headers["content-disposition"]
    assert client.get("/api/agencies.csv?excel=1").content.startswith(b"\xef\xbb\xbf")


def test_no_cell_is_a_formula() -> None:
    assert plain_cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert plain_cell("- Rà soát") == "- Rà soát"
    assert plain_cell(-5) == -5


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/api/khong-co", 404, "there is no query"),
        ("/api/leads?decree=khong-co", 400, "khong-co"),
        ("/api/leads?xyz=1", 400, "xyz"),
        ("/api/leads?role=boss", 400, "choose from"),
        ("/api/tasks-under-decree", 400, "needed"),
        ("/api/leads?limit=-1", 400, "whole number"),
        ("/api/leads.xml", 400, "no form"),
    ],
)
def test_errors_are_in_the_envelope_and_open_to_all(client: Client, address: str, status: int, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.json()["ok"] is False
    assert words in str(answer.json()["error"])
    assert answer.headers["access-control-allow-origin"] == "*"


def test_the_description_is_served(client: Client) -> None:
    described = client.get("/openapi.json").json()
    assert described == openapi_description()
    assert set(described["paths"]) == {f"/api/{name}" for name in CATALOGUE}
