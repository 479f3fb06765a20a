"""The prefixes that we write Turtle with and offer in the editor."""

from ontology.namespaces import CPOV, DM, ELI, GRAPH, ID, OA, ORG, QB, TIME

PREFIXES = {
    "dm": str(DM),
    "id": str(ID),
    "graph": str(GRAPH),
    "eli": str(ELI),
    "org": str(ORG),
    "cv": str(CPOV),
    "oa": str(OA),
    "time": str(TIME),
    "qb": str(QB),
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
