"""The columnar side table of a release: one row per assignment, stated or inherited, as Parquet.

Aggregates and comparisons over the whole graph cost seconds in a triple store and milliseconds here. The table repeats what
the graph says and nothing else; it is rebuilt with every release.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from queries.answer import Answer, Value
from queries.store import GraphStore

SCHEMA: dict[str, pl.DataType] = {
    "assignment": pl.String(),
    "inherited": pl.Boolean(),
    "role": pl.String(),
    "agency": pl.String(),
    "agency_label": pl.String(),
    "agency_label_en": pl.String(),
    "agency_level": pl.String(),
    "group": pl.Boolean(),
    "task": pl.String(),
    "task_number": pl.String(),
    "task_text": pl.String(),
    "document": pl.String(),
    "document_number": pl.String(),
    "document_date": pl.String(),
    "jurisdiction": pl.String(),
    "jurisdiction_label": pl.String(),
    "level": pl.String(),
    "programmes": pl.List(pl.String()),
    "periods": pl.List(pl.String()),
    "component": pl.String(),
    "component_code": pl.String(),
    "component_title": pl.String(),
    "national_component": pl.String(),
    "start": pl.Date(),
    "deadline": pl.Date(),
    "recurrence": pl.List(pl.String()),
}
"""Columns and types. ``periods`` and ``programmes`` are those of the task's component, else of its document."""

_PREFIXES = """
PREFIX dm: <https://w3id.org/daumoi/ontology#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

_ASSIGNMENTS = """SELECT ?assignment ?role ?agency ?task ?type WHERE {
  ?assignment dm:agency ?agency ; dm:task ?task ; dm:role/skos:notation ?role ; a ?type .
  VALUES ?type { dm:Assignment dm:InheritedAssignment }
}"""
_AGENTS = """SELECT ?agency ?label ?labelEn ?level ?group WHERE {
  { SELECT DISTINCT ?agency WHERE { ?assignment dm:agency ?agency } }
  OPTIONAL { ?agency skos:prefLabel ?label FILTER(LANG(?label) = "vi") }
  OPTIONAL { ?agency skos:prefLabel ?labelEn FILTER(LANG(?labelEn) = "en") }
  OPTIONAL { ?agency dm:level/skos:notation ?level }
  OPTIONAL { ?agency a ?group FILTER(?group = dm:AgentGroup) }
}"""
_TASKS = """SELECT ?task ?number ?text ?document ?component ?start ?end WHERE {
  ?task a dm:Task ; dm:inDocument ?document .
  OPTIONAL { ?task eli:number ?number }
  OPTIONAL { ?task dcterms:description ?text }
  OPTIONAL { ?task dm:component ?component }
  OPTIONAL { ?task dm:timing ?timing
    OPTIONAL { ?timing dm:start ?start }
    OPTIONAL { ?timing dm:end ?end } }
}"""
_RECURRENCE = "SELECT ?task ?value WHERE { ?task dm:timing/dm:recurrence/skos:notation ?value }"
_DOCUMENTS = """SELECT ?document ?number ?date ?place ?placeLabel ?level WHERE {
  { SELECT DISTINCT ?document WHERE { ?task a dm:Task ; dm:inDocument ?document } }
  OPTIONAL { ?document eli:id_local ?number }
  OPTIONAL { ?document dm:dateText ?date }
  OPTIONAL { ?document dm:jurisdiction ?place
    OPTIONAL { ?place skos:prefLabel ?placeLabel FILTER(LANG(?placeLabel) = "vi") }
    OPTIONAL { ?place dm:level/skos:notation ?level } }
}"""
_COMPONENTS = """SELECT ?component ?code ?title ?national WHERE {
  ?component a dm:Component .
  OPTIONAL { ?component skos:notation ?code }
  OPTIONAL { ?component dcterms:title ?title FILTER(LANG(?title) IN ("vi", "")) }
  OPTIONAL { ?component dm:alignedTo ?national }
}"""
_PERIODS = "SELECT ?node ?value WHERE { ?node dm:period ?value }"
_PROGRAMMES = "SELECT ?node ?value WHERE { ?node dm:programme ?value }"

_Plain = dict[str, Value | None]


def _by(answer: Answer) -> dict[str, _Plain]:
    """Index an answer by its first column; the first row of a node counts, rows being in a stated order."""
    found: dict[str, _Plain] = {}
    for row in sorted(answer.rows, key=repr):
        found.setdefault(str(row[0]), dict(zip(answer.names, row, strict=True)))
    return found


def _lists(answer: Answer) -> dict[str, list[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node, value in answer.rows:
        found[str(node)].add(str(value))
    return {node: sorted(values) for node, values in found.items()}


def _plain(value: Value | None) -> Value | None:
    return str(value) if isinstance(value, str) else value


def assignment_rows(store: GraphStore) -> Iterable[dict[str, object]]:
    """Yield the rows of the side table, ordered by the assignment's IRI."""

    def ask(query: str) -> Answer:
        return store.select(_PREFIXES + query)

    agents, tasks, documents, components = (_by(ask(q)) for q in (_AGENTS, _TASKS, _DOCUMENTS, _COMPONENTS))
    recurrence, periods, programmes = (_lists(ask(q)) for q in (_RECURRENCE, _PERIODS, _PROGRAMMES))
    nothing: _Plain = {}
    for assignment, role, agency, task_iri, kind in sorted(ask(_ASSIGNMENTS).rows, key=lambda row: str(row[0])):
        agent = agents.get(str(agency), nothing)
        task = tasks.get(str(task_iri), nothing)
        document = documents.get(str(task.get("document")), nothing)
        component = components.get(str(task.get("component")), nothing)
        scope = [str(task.get("component")), str(task.get("document"))]
        yield {
            "assignment": str(assignment),
            "inherited": str(kind).endswith("#InheritedAssignment"),
            "role": str(role),
            "agency": str(agency),
            "agency_label": _plain(agent.get("label")),
            "agency_label_en": _plain(agent.get("labelEn")),
            "agency_level": _plain(agent.get("level")),
            "group": agent.get("group") is not None,
            "task": str(task_iri),
            "task_number": _plain(task.get("number")),
            "task_text": _plain(task.get("text")),
            "document": _plain(task.get("document")),
            "document_number": _plain(document.get("number")),
            "document_date": _plain(document.get("date")),
            "jurisdiction": _plain(document.get("place")),
            "jurisdiction_label": _plain(document.get("placeLabel")),
            "level": _plain(document.get("level")),
            "programmes": next((programmes[node] for node in scope if node in programmes), []),
            "periods": next((periods[node] for node in scope if node in periods), []),
            "component": _plain(task.get("component")),
            "component_code": _plain(component.get("code")),
            "component_title": _plain(component.get("title")),
            "national_component": _plain(component.get("national")),
            "start": task.get("start"),
            "deadline": task.get("end"),
            "recurrence": recurrence.get(str(task_iri), []),
        }


def write_assignments(store: GraphStore, path: Path) -> int:
    """Write the side table of ``store`` to ``path`` and return its number of rows."""
    frame = pl.DataFrame(list(assignment_rows(store)), schema=SCHEMA)
    frame.write_parquet(path, compression="zstd", statistics=True)
    return frame.height


def read_assignments(path: Path) -> pl.LazyFrame:
    """Open the side table of a release for a lazy query."""
    return pl.scan_parquet(path)
