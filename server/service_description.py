"""What the endpoint says of itself to programs: SPARQL 1.1 Service Description."""

from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef

from ontology.namespaces import GRAPH

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_WRITERS = {
    "text/turtle": "turtle",
    "application/rdf+xml": "xml",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
}
DESCRIPTION_TYPES = tuple(_WRITERS)


def describe_service(endpoint: str, media_type: str) -> bytes:
    """Return the description of the service at ``endpoint``, written as ``media_type``."""
    graph = Graph(bind_namespaces="none")
    graph.bind("sd", SD)
    service, dataset, default = URIRef(endpoint), BNode("dataset"), BNode("default")
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    graph.add((service, SD.feature, SD.UnionDefaultGraph))
    for name in (
        "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
        "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
    ):  # fmt: skip
        graph.add((service, SD.resultFormat, _FORMATS[name]))
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    for name in ("vocabulary", "registry", "inferred", "findings", "provenance"):
        node = BNode(name)
        graph.add((dataset, SD.namedGraph, node))
        graph.add((node, RDF.type, SD.NamedGraph))
        graph.add((node, SD.name, URIRef(GRAPH[name])))
    graph.add((service, URIRef("http://purl.org/dc/terms/title"), Literal("Đầu mối", lang="vi")))
    return graph.serialize(format=_WRITERS[media_type], encoding="utf-8")
