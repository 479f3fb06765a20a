"""From records to statements: the quads of the graph that ``docs/graph.md`` describes.

Each function is pure and gives the same quads in the same order for the same input. Guaranteed: no blank nodes outside the
vocabulary, each triple in one named graph only, each quote the words that stand at its place.
"""

from collections.abc import Iterable
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, PROV, RDFS

from loaders.statements.state_corrections import state_corrections, state_orphans
from loaders.statements.state_document import state_citations, state_document, state_links, state_sections
from loaders.statements.state_evidence import Quotes, state_text
from loaders.statements.state_figures import state_budgets, state_findings, state_reporting, state_targets
from loaders.statements.state_lookup import Lookup
from loaders.statements.state_names import DocumentNames, document_iri
from loaders.statements.state_quads import Quad, Statements, plain, sorted_quads
from loaders.statements.state_registry import UsedAgent, state_registry, used_agents
from loaders.statements.state_tasks import state_components, state_tasks
from ontology.namespaces import GRAPH, ID
from ontology.records import Record
from ontology.registry import Registry

__all__ = [
    "Lookup",
    "Quad",
    "UsedAgent",
    "document_graph",
    "document_iri",
    "state_orphans",
    "state_provenance",
    "state_record",
    "state_registry",
    "state_vocabulary",
    "used_agents",
]

_ONTOLOGY = Path(__file__).parents[2] / "ontology"
VOCABULARY_FILES = ("daumoi.ttl", "schemes.ttl", "cube.ttl")
"""What ``graph/vocabulary`` is made of."""


def state_record(record: Record, source_text: str, registry: Registry, look: Lookup | None = None) -> list[Quad]:
    """State everything that one record says: its document's graph, and its share of the graphs of findings and corrections.

    ``source_text`` is the NFC text layer that the record's spans point into. ``look`` is ``Lookup.of(registry)``, for a caller
    that states many records. Raise :class:`ValueError` for a span outside the text.
    """
    names = DocumentNames(document_iri(record, source_text))
    statements, findings = Statements(names.graph), Statements(GRAPH["findings"])
    corrections = Statements(GRAPH["corrections"])
    quotes = Quotes(names, statements, source_text)
    look = look or Lookup.of(registry)
    state_text(record, names, statements, source_text)
    state_document(record, names, statements, quotes, look)
    state_sections(record, names, statements, quotes)
    state_citations(record, names, statements, quotes, look)
    state_links(record, names, statements, quotes)
    state_components(record, names, statements, quotes, look)
    state_tasks(record, names, statements, quotes, look)
    state_targets(record, names, statements, quotes)
    state_budgets(record, names, statements, quotes)
    state_reporting(record, names, statements, quotes, look)
    state_findings(record, names, findings, quotes)
    state_corrections(record, names, corrections, quotes)
    return statements.quads() + findings.quads() + corrections.quads()


def document_graph(record: Record, source_text: str) -> URIRef:
    """Return the named graph that :func:`state_record` puts a record's statements in (its findings aside)."""
    return DocumentNames(document_iri(record, source_text)).graph


def state_vocabulary(folder: Path = _ONTOLOGY) -> list[Quad]:
    """State the vocabulary, the concept schemes and the structure of the data cubes, as their files say."""
    graph = GRAPH["vocabulary"]
    parsed = Graph()
    for name in VOCABULARY_FILES:
        parsed.parse(folder / name, format="turtle")
    return sorted_quads((s, p, o, graph) for s, p, o in parsed)  # type: ignore[misc]  # a parsed graph holds only terms


def state_provenance(
    readings: Iterable[tuple[Record, str]], *, program_version: str, vocabulary_version: str = ""
) -> list[Quad]:
    """State for each reading (record, text) which text was used, which graph came of it, and by which version.

    No clock is read: the same input gives the same statements.
    """
    statements = Statements(GRAPH["provenance"])
    add = statements.add
    program = ID[f"program/daumoi-{program_version}"]
    statements.add_type(program, PROV.SoftwareAgent)
    add(program, RDFS.label, plain(f"daumoi {program_version}"))
    add(program, DCTERMS.conformsTo, plain(vocabulary_version))
    for record, text in readings:
        names = DocumentNames(document_iri(record, text))
        run = names.name("run")
        statements.add_type(run, PROV.Activity)
        add(run, PROV.used, names.name("text"))
        add(run, PROV.wasAssociatedWith, program)
        statements.add_type(names.graph, PROV.Entity)
        add(names.graph, PROV.wasGeneratedBy, run)
        add(names.graph, PROV.wasDerivedFrom, names.name("text"))
        if record.source is not None and record.source.file_sha256:
            add(run, DCTERMS.source, plain(f"{record.source.name} sha256:{record.source.file_sha256}"))
    return statements.quads()
