"""Checks of a whole release: what no single document's graph can show, each check a SPARQL file.

``queries/checks/*.rq`` select what is wrong; a row is a fault. The header gives the severity and the sentence in both
languages, with ``{column}`` where a value belongs. Quotes are compared with the stored texts, character by character.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from rdflib import RDF, Literal, URIRef
from rdflib.term import Node

from ontology.errors import QueryFileError
from ontology.namespaces import DM, mint
from queries.header import read_header
from queries.ntriples import format_node
from queries.store import GraphStore

CHECKS = Path(__file__).parent / "checks"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something that a check found. ``node`` is what is wrong, ``document`` where it stands (or ``""``)."""

    code: str
    severity: str
    document: str
    node: str
    message_vi: str
    message_en: str

    def to_dict(self) -> dict[str, str]:
        """Return the fields by name."""
        return asdict(self)


def fault_statements(faults: Sequence[Fault]) -> list[str]:
    """Return ``faults`` as statements about ``dm:Finding`` nodes, so that they stand beside what the readers found.

    >>> fault_statements([Fault("quote-mismatch", "error", "", "urn:e", "sai", "wrong")])[0]
    '<https://w3id.org/daumoi/id/finding/release/quote-mismatch/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/daumoi/ontology#Finding>'
    """
    statements = []
    numbers: Counter[str] = Counter()
    for fault in sorted(faults):
        numbers[fault.code] += 1
        node = format_node(mint("finding", "release", fault.code, str(numbers[fault.code])))
        facts: list[tuple[Node, Node]] = [
            (RDF.type, DM.Finding),
            (DM.code, mint("finding-code", fault.code)),
            (DM.severity, mint("severity", fault.severity)),
            (DM.message, Literal(fault.message_vi, lang="vi")),
            (DM.message, Literal(fault.message_en, lang="en")),
        ]
        if fault.document:
            facts.append((DM.inDocument, URIRef(fault.document)))
        statements += [f"{node} {format_node(name)} {format_node(value)}" for name, value in facts]
    return statements


def run_checks(store: GraphStore, texts: Mapping[str, str], folder: Path = CHECKS) -> list[Fault]:
    """Run all checks over ``store``; ``texts`` are the stored texts by document."""
    found = {fault for file in sorted(folder.glob("*.rq")) for fault in _run(store, file)}
    return sorted(found.union(check_graphs(store), check_quotes(store, texts)))


@dataclass(frozen=True, slots=True)
class Check:
    """What a check of a whole release looks for."""

    code: str
    severity: str
    summary_vi: str
    summary_en: str


@cache
def list_checks(folder: Path = CHECKS) -> tuple[Check, ...]:
    """Return the checks of ``folder``, in the order of their codes."""
    found = []
    for file in sorted(folder.glob("*.rq")):
        fields = read_header(file.read_text("utf-8"), file).fields
        summaries = (fields.get(f"summary_{language}", [""])[0] for language in ("vi", "en"))
        found.append(Check(file.stem, fields["severity"][0], *summaries))
    return tuple(found)


def _run(store: GraphStore, file: Path) -> Iterator[Fault]:
    text = file.read_text("utf-8")
    fields = read_header(text, file).fields
    for key in ("severity", "message_vi", "message_en"):
        if key not in fields:
            raise QueryFileError(f"the header does not say {key!r}", file=file, line=1, remedy=f"add '#+ {key}: …'")
    for row in store.select(text):
        values = {name: "" if value is None else str(value) for name, value in row.items()}
        yield Fault(
            file.stem,
            fields["severity"][0],
            values.get("document", ""),
            values.get("node", ""),
            fields["message_vi"][0].format_map(values),
            fields["message_en"][0].format_map(values),
        )


_TWICE = """
SELECT DISTINCT ?node ?property WHERE {
  GRAPH ?one { ?node ?property ?value }
  GRAPH ?two { ?node ?property ?value }
  FILTER(STR(?one) < STR(?two))
}"""


def check_graphs(store: GraphStore) -> Iterator[Fault]:
    """Yield a fault for each property that two graphs state alike; looked for only where the counts give a reason to."""
    if sum(store.count(graph) for graph in store.graphs()) == store.count():
        return
    for node, name in store.select(_TWICE).rows:
        message = f"{name} được ghi trong hai đồ thị", f"{name} stands in two graphs"
        yield Fault("two-graphs", "warning", "", str(node), *message)


_QUOTES = """
PREFIX dm: <https://w3id.org/daumoi/ontology#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?evidence ?document ?exact ?start ?end WHERE {
  ?evidence a dm:Evidence ; oa:hasSource ?text ; oa:hasSelector ?quote, ?position .
  ?quote oa:exact ?exact . ?position oa:start ?start ; oa:end ?end .
  ?document eli:is_realized_by/eli:is_embodied_by ?text .
}"""


def check_quotes(store: GraphStore, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault for each quote that does not stand in the stored text at the place it names."""
    for evidence, document, exact, start, end in store.select(_QUOTES).rows:
        text = texts.get(str(document))
        if text is None:
            wrong_vi, wrong_en = "văn bản không được lưu", "the text is not stored"
        elif not isinstance(start, int) or not isinstance(end, int) or text[start:end] != exact:
            wrong_vi, wrong_en = "trích dẫn không khớp với văn bản", "the quote is not what the text says there"
        else:
            continue
        place = f"[{start}, {end})"
        yield Fault(
            "quote-mismatch", "error", str(document), str(evidence), f"{wrong_vi} {place}", f"{wrong_en} {place}"
        )
