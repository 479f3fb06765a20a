"""Every IRI opens: pages for people, data for programs, the place in the text for facts without a page."""

import json

import pytest
from rdflib import Graph, URIRef

from queries.release import Release
from tests.server.conftest import Client

BASE = "https://w3id.org/daumoi"


def some(release: Release, kind: str, extra: str = "") -> str:
    """Return the path behind ``/id/`` of the first thing of class ``dm:{kind}``."""
    query = f"PREFIX dm: <{BASE}/ontology#> SELECT ?x {{ ?x a dm:{kind} {extra} }} ORDER BY ?x LIMIT 1"
    return str(release.store.select(query).rows[0][0]).removeprefix(f"{BASE}/id/")


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("text/html", ""), ("text/turtle", ".ttl"), ("application/json", ".json"), ("application/ld+json", ".jsonld"),
        ("application/rdf+xml;q=0.9, text/html;q=0.5", ".rdf"), ("application/n-triples", ".nt"),
    ],
)  # fmt: skip
def test_an_iri_leads_to_what_the_client_accepts(
    client: Client, five_documents: Release, accept: str, ending: str
) -> None:
    path = some(five_documents, "Task")
    answer = client.get(f"/id/{path}", accept=accept)
    assert answer.status_code == 303
    assert answer.headers["location"] == (f"/data/{path}{ending}" if ending else f"/{path}")
    assert "Accept" in answer.headers["vary"]
    data = client.get(answer.headers["location"], accept="*/*")
    assert data.status_code == 200
    if ending in (".ttl", ".rdf", ".nt"):
        media_type = data.headers["content-type"].split(";")[0]
        graph = Graph().parse(data=data.text, format=media_type)
        assert (URIRef(f"{BASE}/id/{path}"), None, None) in graph
    elif ending:
        assert path.rsplit("/", 1)[-1] in json.dumps(data.json())


def test_a_suffix_wins_over_accept(client: Client, five_documents: Release) -> None:
    path = some(five_documents, "Agency")
    assert client.get(f"/id/{path}.ttl").headers["location"] == f"/data/{path}.ttl"


@pytest.mark.parametrize("kind", ["Assignment", "Citation", "Evidence", "Component", "ReportingDuty", "Target"])
def test_a_fact_leads_to_its_words(client: Client, five_documents: Release, kind: str) -> None:
    path = some(five_documents, kind)
    location = client.get(f"/id/{path}").headers["location"]
    assert location.startswith("/component/" if kind == "Component" else "/document/")
    assert kind == "Component" or "#span-" in location
    assert client.get(location.split("#")[0]).status_code == 200


def test_a_concept_shows_what_is_stated_of_it(client: Client, five_documents: Release) -> None:
    for path in ("role/lead", some(five_documents, "Programme"), some(five_documents, "Inference")):
        answer = client.ask("GET", f"/id/{path}", follow=True, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert f"{BASE}/id/{path}" in answer.text


def test_nothing_acceptable_is_406_and_nothing_known_404(client: Client, five_documents: Release) -> None:
    path = some(five_documents, "Task")
    assert client.get(f"/id/{path}", accept="image/png").status_code == 406
    assert client.get("/id/task/khong/co").status_code == 404
    assert client.get("/data/task/khong/co.ttl").status_code == 404
    assert client.get(f"/data/{path}.xyz").status_code == 404


@pytest.mark.parametrize("path", ["agency/x%3E%20.%20%7D%20DROP", "agency/%22%3E", "agency/a%0Ab", "x/%00"])
def test_a_hostile_path_asks_nothing(client: Client, path: str) -> None:
    assert client.get(f"/id/{path}").status_code in (400, 404)
