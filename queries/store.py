"""The store: the only module that knows pyoxigraph.

A store holds named graphs, and in its default graph their union, written out when the store is built. (The engine can also
make the union on the fly, but then a triple that two graphs state counts twice, and reads are three to four times slower.)
A query that names its dataset (``FROM``) is put to exactly that dataset; every other one sees the union.

Releases are opened read-only: one writer while a release is built, any number of readers afterwards, never both.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Protocol, TypeVar, cast

import pyoxigraph as ox

from ontology.errors import QueryError, ReleaseError
from queries.answer import Answer, Column, Iri, Row, Text, Value
from queries.binding import bind_parameters

T = TypeVar("T")
_XSD = "http://www.w3.org/2001/XMLSchema#"

_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

ENGINE_VERSION = f"pyoxigraph {ox.__version__}"

RESULT_FORMATS: Mapping[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""Media types that a SELECT or ASK can be written in (for an ASK, CSV and TSV are the bare word)."""

RDF_FORMATS: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
}
"""Media types that a CONSTRUCT or DESCRIBE can be written in."""


def _value(term: object) -> Value | None:
    """Return the engine's term as a plain value; a number or date that Python cannot hold stays as printed."""
    match term:
        case None:
            return None
        case ox.NamedNode():
            return Iri(term.value)
        case ox.BlankNode():
            return Iri(f"_:{term.value}")
        case ox.Literal() if term.language:
            return Text(term.value, term.language)
        case ox.Literal():
            return _literal(term.value, term.datatype.value.removeprefix(_XSD))
    return str(term)


def _literal(lexical: str, datatype: str) -> Value:
    try:
        match datatype:
            case "boolean":
                return lexical in {"true", "1"}
            case "integer":
                return int(lexical)
            case "decimal":
                return Decimal(lexical)
            case "double" | "float":
                return float(lexical)
            case "date":
                return datetime.date.fromisoformat(lexical[:10])
            case "dateTime":
                return datetime.datetime.fromisoformat(lexical.replace("Z", "+00:00"))
    except (ValueError, ArithmeticError):
        return lexical
    return lexical


class Sink(Protocol):
    """Whatever takes bytes."""

    def write(self, data: bytes, /) -> int:
        """Take all of ``data`` and return its length."""


class GraphStore:
    """One store, on disk or in memory. Make it with :meth:`open`, :meth:`create` or :meth:`in_memory`."""

    def __init__(self, engine: ox.Store, release: str = "") -> None:
        self._engine = engine
        self.release = release
        """Id of the release that the store belongs to, named in every answer."""
        self._derived: dict[Callable[[GraphStore], object], object] = {}

    def once(self, make: "Callable[[GraphStore], T]") -> T:
        """Return what ``make`` derives from this store, made at the first call and kept as long as the store.

        For stores that no longer change. Two threads may both make it; one of the results stays.
        """
        if make not in self._derived:
            self._derived[make] = make(self)
        return cast(T, self._derived[make])

    @classmethod
    def open(cls, path: Path, release: str = "") -> "GraphStore":
        """Open the store in folder ``path`` for reading only; raise :class:`ReleaseError` where there is none."""
        if not path.is_dir():
            raise ReleaseError("there is no store here", where=str(path), remedy="publish first: daumoi publish")
        try:
            return cls(ox.Store.read_only(str(path)), release)
        except OSError as error:
            raise ReleaseError(
                f"the store cannot be opened ({error})", where=str(path), remedy="publish again"
            ) from error

    @classmethod
    def create(cls, path: Path) -> "GraphStore":
        """Create an empty store in folder ``path`` for writing."""
        return cls(ox.Store(str(path)))

    @classmethod
    def in_memory(cls, nquads: bytes | str = b"", release: str = "") -> "GraphStore":
        """Return a store in memory with ``nquads`` loaded."""
        store = cls(ox.Store(), release)
        store.load_nquads(nquads)
        return store

    # Asking ----------------------------------------------------------------------------------------------------------

    def select(self, query: str, values: Mapping[str, Value | Sequence[Value] | None] | None = None) -> Answer:
        """Put a SELECT with ``values`` bound at its markers; raise :class:`QueryError` for anything else.

        >>> store = GraphStore.in_memory('<urn:a> <urn:n> "7"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g> .')
        >>> store.select("SELECT ?s ?n { ?s <urn:n> ?n }").rows
        ((Iri('urn:a'), 7),)
        """
        text = bind_parameters(query, values or {})
        result = self._query(text)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("this is not a SELECT")
        columns = tuple(Column(variable.value) for variable in result.variables)
        rows = self._rows(result, len(columns))
        return Answer(columns, tuple(rows), text, self.release)

    @staticmethod
    def _rows(result: ox.QuerySolutions, width: int) -> Iterator[Row]:
        try:
            for solution in result:
                yield tuple(_value(solution[i]) for i in range(width))
        except RuntimeError as error:
            raise QueryError(f"the query failed ({error})") from error

    def holds(self, query: str, values: Mapping[str, Value | Sequence[Value] | None] | None = None) -> bool:
        """Put an ASK and return its answer."""
        result = self._query(bind_parameters(query, values or {}))
        if not isinstance(result, ox.QueryBoolean):
            raise QueryError("this is not an ASK")
        return bool(result)

    def construct(self, query: str, values: Mapping[str, Value | Sequence[Value] | None] | None = None) -> list[str]:
        """Put a CONSTRUCT and return its triples as sorted N-Triples statements (without the final `` .``), each once."""
        result = self._query(bind_parameters(query, values or {}))
        if not isinstance(result, ox.QueryTriples):
            raise QueryError("this is not a CONSTRUCT")
        return sorted({f"{t.subject} {t.predicate} {t.object}" for t in result})

    def serialise(
        self,
        query: str,
        output: Sink,
        accept: str | None = None,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        base_iri: str | None = None,
    ) -> str:
        """Put any query and write its result to ``output`` by the engine's own writer; return the media type written.

        ``accept`` is a media type of :data:`RESULT_FORMATS` or :data:`RDF_FORMATS`; ``None`` stands for SPARQL JSON or
        Turtle. ``default_graphs`` and ``named_graphs``, where given, override the dataset of the query. Raise
        :class:`QueryError` where the query is wrong or its result has no such form.
        """
        result = self._query(query, default_graphs, named_graphs, base_iri)
        try:
            if isinstance(result, ox.QueryTriples):
                media_type = accept or "text/turtle"
                if media_type not in RDF_FORMATS:
                    raise QueryError(f"triples cannot be written as {media_type}")
                result.serialize(cast(IO[bytes], output), RDF_FORMATS[media_type])
            else:
                media_type = accept or "application/sparql-results+json"
                if media_type not in RESULT_FORMATS:
                    raise QueryError(f"a SELECT or ASK cannot be written as {media_type}")
                result.serialize(cast(IO[bytes], output), RESULT_FORMATS[media_type])
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"the query failed ({error})") from error
        return media_type

    def _query(
        self,
        text: str,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        base_iri: str | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            if default_graphs is None and named_graphs is None:
                return self._engine.query(text, base_iri=base_iri)
            return self._engine.query(
                text,
                base_iri=base_iri,
                default_graph=[ox.NamedNode(g) for g in default_graphs or ()],
                named_graphs=[ox.NamedNode(g) for g in named_graphs or ()],
            )
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise QueryError(f"the query is not valid SPARQL: {error}") from error

    # Building --------------------------------------------------------------------------------------------------------

    def load_nquads(self, nquads: bytes | str) -> None:
        """Add quads, and their triples to the union; raise :class:`ReleaseError` where the text is not N-Quads."""
        try:
            self._engine.load(nquads, format=ox.RdfFormat.N_QUADS)
            self._engine.extend(ox.Quad(q.subject, q.predicate, q.object) for q in list(self._engine) if _is_named(q))
        except SyntaxError as error:
            raise ReleaseError(
                f"a statement is not valid: {error}", remedy="this is a defect of the program"
            ) from error

    def bulk_load(self, graph: str, triples: Path) -> None:
        """Load a file of N-Triples into ``graph`` and into the union, as fast as the engine can."""
        for target in (ox.NamedNode(graph), ox.DefaultGraph()):
            try:
                self._engine.bulk_load(path=str(triples), format=ox.RdfFormat.N_TRIPLES, to_graph=target)
            except SyntaxError as error:
                raise ReleaseError(
                    f"a statement of graph {graph} is not valid: {error}", remedy="this is a defect of the program"
                ) from error

    def add_triples(self, graph: str, statements: Iterable[str]) -> None:
        """Add statements, each as :meth:`construct` returns them, to ``graph`` and to the union."""
        text = "".join(f"{statement} .\n" for statement in statements).encode()
        for target in (ox.NamedNode(graph), ox.DefaultGraph()):
            self._engine.load(text, format=ox.RdfFormat.N_TRIPLES, to_graph=target)

    def new_statements(self, statements: Sequence[str]) -> list[str]:
        """Return those of ``statements`` that no graph of this store holds yet."""
        text = "".join(f"{statement} .\n" for statement in statements)
        quads = ox.parse(text, ox.RdfFormat.N_TRIPLES)
        return [f"{q.subject} {q.predicate} {q.object}" for q in quads if q not in self._engine]

    def types(self, nodes: Iterable[str]) -> list[str]:
        """Return the statements that say what ``nodes`` (IRIs in angle brackets) are."""
        found = []
        for node in nodes:
            subject = ox.NamedNode(node[1:-1])
            for q in self._engine.quads_for_pattern(subject, _RDF_TYPE, None, ox.DefaultGraph()):
                found.append(f"{q.subject} {q.predicate} {q.object}")
        return found

    def triples(self, graph: str) -> list[str]:
        """Return the triples of ``graph`` as sorted N-Triples statements."""
        found = self._engine.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        return sorted(f"{q.subject} {q.predicate} {q.object}" for q in found)

    def graphs(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        return sorted(g.value for g in self._engine.named_graphs() if isinstance(g, ox.NamedNode))

    def count(self, graph: str | None = None) -> int:
        """Return how many triples ``graph`` (or, without one, the union) holds."""
        where = "?s ?p ?o" if graph is None else f"GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }}"
        return int(str(self.select(f"SELECT (COUNT(*) AS ?n) {{ {where} }}").rows[0][0]))

    def backup(self, path: Path) -> None:
        """Write a copy of the whole store to the new folder ``path`` (hard links: under a millisecond)."""
        self._engine.backup(str(path))

    def flush(self) -> None:
        """Make everything written safe on disk and the files compact for readers."""
        self._engine.flush()
        self._engine.optimize()


def _is_named(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode)


def canonical_triples(ntriples: str, prefix: str) -> list[str]:
    """Return the statements of an N-Triples text, sorted, each once, with blank nodes renamed in a way that depends only
    on the graph (RDFC-1.0) and marked with ``prefix``, so that nodes of two graphs never meet.

    >>> canonical_triples("_:x <urn:p> _:y .", "g")
    ['_:gc14n1 <urn:p> _:gc14n0']
    """
    dataset = ox.Dataset(ox.parse(ntriples, ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    def name(term: object) -> str:
        return f"_:{prefix}{term.value}" if isinstance(term, ox.BlankNode) else str(term)

    return sorted({f"{name(q.subject)} {q.predicate} {name(q.object)}" for q in dataset})
