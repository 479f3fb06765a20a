"""The vocabulary opens at its IRI, as a page and as RDF; the validation report is a page and a file."""

import pyoxigraph
import pytest
from rdflib import RDF

from ontology.namespaces import DM
from ontology.vocabulary import read_shapes, read_terms, short_name, superclasses
from server.pages.vocabulary import find_lines
from tests.server.conftest import Client, parse_page


def test_every_term_stands_on_the_page_with_an_anchor(client: Client) -> None:
    page = parse_page(client.get("/ontology", accept="text/html").text)
    ids = set(page.xpath("//@id"))
    terms = read_terms()
    assert len(terms) >= 150
    assert {term.name for term in terms} <= ids
    assert len(page.xpath("//main//svg")) == (2 if client.app.state.site.has("elk.js") else 0)


@pytest.mark.parametrize(("language", "word"), [("vi", "Phân công"), ("en", "Inherited assignment")])
def test_names_in_the_readers_language(client: Client, language: str, word: str) -> None:
    page = parse_page(client.get(f"/ontology?lang={language}", accept="text/html").text)
    assert any(word in heading.text_content() for heading in page.xpath("//section/h3"))


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"]
)
def test_as_rdf_it_is_the_vocabulary(client: Client, accept: str) -> None:
    answer = client.get("/ontology", accept=accept)
    assert answer.headers["content-type"].startswith(accept)
    form = pyoxigraph.RdfFormat.from_media_type(accept)
    read = {(quad.subject.value, quad.predicate.value) for quad in pyoxigraph.parse(answer.content, form)}
    assert {(str(term.iri), str(RDF.type)) for term in read_terms()} <= read


def test_what_nobody_can_give_is_406(client: Client) -> None:
    assert client.get("/ontology", accept="image/png").status_code == 406


@pytest.mark.parametrize("name", ["ontology", "shapes"])
@pytest.mark.parametrize("suffix", ["ttl", "rdf", "jsonld", "nt"])
def test_files(client: Client, name: str, suffix: str) -> None:
    answer = client.get(f"/{name}.{suffix}")
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"


def test_every_class_has_an_example_where_the_corpus_has_one(client: Client) -> None:
    page = parse_page(client.get("/ontology?lang=en", accept="text/html").text)
    section = page.xpath("//section[@id='MandateTransfer']")[0]
    assert section.xpath(".//dt[starts-with(., 'Example')]/following-sibling::dd[1]//a/@href")


def test_validation_report_tells_rules_and_numbers(client: Client) -> None:
    page = parse_page(client.get("/validation?lang=vi").text)
    rows = page.xpath("//main//tbody/tr")
    assert len(rows) == len(read_shapes())
    assert "Bản phát hành này đạt mọi điều kiện" in page.xpath("//main")[0].text_content()
    told = client.get("/validation.json").json()
    assert told["ok"] is True
    assert told["faults"] == []


def test_shapes_have_their_rules_in_both_languages() -> None:
    rules = [rule for shape in read_shapes() for rule in shape.rules]
    assert len(rules) >= 150
    assert all(rule.message.vi and rule.message.en for rule in rules)


def test_short_names_and_superclasses() -> None:
    assert short_name(str(DM.Task)) == "dm:Task"
    assert {"http://xmlns.com/foaf/0.1/Agent", str(DM.Agency)} <= superclasses(str(DM.Agency))


def test_a_line_of_the_picture_goes_to_the_class_that_is_named() -> None:
    """A task is part of a document, and so a document in the widest sense; what is cited is drawn as the document all the same."""
    shown = [str(DM.Citation), str(DM.Task), "http://data.europa.eu/eli/ontology#LegalResource", str(DM.Agency)]
    terms = {term.name: term for term in read_terms()}
    assert find_lines(terms["citedDocument"], shown) == [(shown[0], shown[2], "property")]
    assert (shown[1], shown[3], "property") in find_lines(terms["ledBy"], shown)
