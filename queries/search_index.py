"""The text index of a release: documents, agencies, components and tasks in SQLite's FTS5, over folded words.

One entry per thing: what it is called, what else it is called, and what stands around it (a task's document and agencies),
so that *sở tài chính chủ trì* finds the tasks that the department leads. Rebuilt with every release from the graph alone.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ontology.folding import accented_words, plain_words
from queries.answer import Answer
from queries.store import GraphStore

_PREFIXES = """
PREFIX dm: <https://w3id.org/daumoi/ontology#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

_SCHEMA = """
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, label TEXT NOT NULL, label_en TEXT NOT NULL,
    detail TEXT NOT NULL, document TEXT NOT NULL, accented TEXT NOT NULL, names TEXT NOT NULL, links INTEGER NOT NULL
);
CREATE VIRTUAL TABLE folded USING fts5 (label, alias, around, content='', tokenize='unicode61 remove_diacritics 0', prefix='1 2 3');
"""


@dataclass(slots=True)
class _Entry:
    kind: str
    label: str = ""
    label_en: str = ""
    detail: str = ""
    document: str = ""
    aliases: set[str] = field(default_factory=set)
    around: set[str] = field(default_factory=set)
    links: int = 0


def write_search_index(store: GraphStore, path: Path) -> int:
    """Write the text index of ``store`` to the new file ``path`` and return its number of entries."""
    entries = _documents(store) | _agencies(store) | _components(store) | _tasks(store)
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        for number, (iri, entry) in enumerate(sorted(entries.items()), start=1):
            label = entry.label or entry.detail or iri.rsplit("/", 1)[-1]
            names = sorted(
                {" ".join(plain_words(name)) for name in {label, entry.label_en, entry.detail, *entry.aliases}}
            )
            accented = " ".join(
                accented_words(" ".join([label, entry.detail, *sorted(entry.aliases), *sorted(entry.around)]))
            )
            lines = "\n".join(["", *(name for name in names if name), ""])
            connection.execute(
                "INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?)",
                (
                    number,
                    iri,
                    entry.kind,
                    label,
                    entry.label_en,
                    entry.detail,
                    entry.document,
                    f" {accented} ",
                    lines,
                    entry.links,
                ),
            )
            connection.execute(
                "INSERT INTO folded (rowid, label, alias, around) VALUES (?,?,?,?)",
                (number, *(" ".join(plain_words(text)) for text in _columns(label, entry))),
            )
        connection.execute("INSERT INTO folded (folded) VALUES ('optimize')")
        connection.commit()
    finally:
        connection.close()
    return len(entries)


def _columns(label: str, entry: _Entry) -> Iterable[str]:
    yield f"{label} {entry.detail}"
    yield " ".join([entry.label_en, *sorted(entry.aliases)])
    yield " ".join(sorted(entry.around))


def _ask(store: GraphStore, query: str) -> Answer:
    return store.select(_PREFIXES + query)


def _documents(store: GraphStore) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    query = """SELECT ?document ?number ?title ?date ?typeLabel ?issuerLabel ?held WHERE {
      ?document a eli:LegalResource .
      OPTIONAL { ?document eli:id_local ?number }
      OPTIONAL { ?document dcterms:title ?title }
      OPTIONAL { ?document dm:dateText ?date }
      OPTIONAL { ?document dm:held ?held }
      OPTIONAL { ?document eli:type_document/skos:prefLabel ?typeLabel }
      OPTIONAL { ?document eli:passed_by/skos:prefLabel ?issuerLabel }
    } ORDER BY ?document ?title"""
    for iri, number, title, date, kind, issuer, held in _ask(store, query).rows:
        entry = entries.setdefault(str(iri), _Entry("document", document=str(iri)))
        entry.detail = entry.detail or str(number or "")
        entry.label = entry.label or str(title or "")
        entry.links = max(entry.links, 1 if held else 0)
        entry.around.update(str(value) for value in (date, str(date or "")[:4], kind, issuer) if value)
        entry.aliases.update({f"{kind} {number}", f"{kind} số {number}"} if kind and number else set())
    return entries


def _agencies(store: GraphStore) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    query = """SELECT ?agency ?label ?name WHERE {
      { ?agency a dm:Agency } UNION { ?agency a dm:AgentGroup } UNION { ?agency a dm:UnresolvedAgent }
      ?agency skos:prefLabel ?label
      OPTIONAL { { ?agency skos:altLabel ?name } UNION { ?agency skos:hiddenLabel ?name } }
    } ORDER BY ?agency ?label ?name"""
    for iri, label, name in _ask(store, query).rows:
        entry = entries.setdefault(str(iri), _Entry("agency"))
        if getattr(label, "language", "vi") == "en":
            entry.label_en = entry.label_en or str(label)
        else:
            entry.label = entry.label or str(label)
        if name:
            entry.aliases.add(str(name))
    for iri, count in _ask(store, "SELECT ?a (COUNT(*) AS ?n) WHERE { ?x dm:agency ?a } GROUP BY ?a").rows:
        if str(iri) in entries and isinstance(count, int):
            entries[str(iri)].links = count
    return entries


def _components(store: GraphStore) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    query = """SELECT ?component ?title ?code ?document ?number ?period WHERE {
      { ?component a dm:Component } UNION { ?component a dm:NationalComponent }
      ?component dcterms:title ?title .
      OPTIONAL { ?component skos:notation ?code }
      OPTIONAL { ?component dm:period ?period }
      OPTIONAL { ?component dm:inDocument ?document OPTIONAL { ?document eli:id_local ?number } }
    } ORDER BY ?component ?title"""
    for iri, title, code, document, number, period in _ask(store, query).rows:
        entry = entries.setdefault(str(iri), _Entry("component"))
        if getattr(title, "language", "vi") == "en":
            entry.label_en = entry.label_en or str(title)
        else:
            entry.label = entry.label or str(title)
        entry.detail = entry.detail or str(code or "")
        entry.document = str(document or "")
        entry.around.update(str(value) for value in (number, period) if value)
    return entries


def _tasks(store: GraphStore) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    query = """SELECT ?task ?text ?document ?documentNumber ?section ?deliverable WHERE {
      ?task a dm:Task ; dcterms:description ?text ; dm:inDocument ?document .
      OPTIONAL { ?document eli:id_local ?documentNumber }
      OPTIONAL { ?task dm:section ?section }
      OPTIONAL { ?task dm:deliverable ?deliverable }
    }"""
    for iri, text, document, document_number, section, deliverable in _ask(store, query).rows:
        entry = entries.setdefault(str(iri), _Entry("task", label=str(text), document=str(document)))
        entry.around.update(str(value) for value in (document_number, section, deliverable) if value)
    said: defaultdict[str, set[str]] = defaultdict(set)
    query = """SELECT ?task ?agencyLabel ?roleLabel WHERE {
      ?assignment a dm:Assignment ; dm:task ?task ; dm:agency/skos:prefLabel ?agencyLabel ; dm:role/skos:prefLabel ?roleLabel .
      FILTER(LANG(?agencyLabel) = "vi" && LANG(?roleLabel) = "vi")
    }"""
    for task, agency, role in _ask(store, query).rows:
        said[str(task)].update({str(agency), str(role)})
    for task_iri, words in said.items():
        if task_iri in entries:
            entries[task_iri].around.update(words)
    return entries
