"""SHACL: each document's graph against the shapes, with as much of the other graphs beside it as it refers to.

A document's graph is validated with the classes of what it names (agencies of the registry, concepts, documents that only
the inferred graph describes), not with the whole registry: so the cost follows the change. Documents are independent and
go to worker processes.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from ontology.namespaces import GRAPH, ID
from queries.checks import Fault
from queries.store import GraphStore

_SUBCLASSES = "SELECT ?c ?d WHERE { ?c <http://www.w3.org/2000/01/rdf-schema#subClassOf> ?d }"
_SUBCLASS_OF = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"


def validate_graphs(
    statements: Mapping[str, Sequence[str]], store: GraphStore, shapes: Path, executor: Executor | None = None
) -> list[Fault]:
    """Validate each graph of ``statements`` (graph IRI → statements) and return the faults, sorted.

    ``executor`` runs the documents, for example :func:`validators`; without one, this process does.
    """
    subclasses = [
        f"<{c}> {_SUBCLASS_OF} <{d}>" for c, d in store.select(_SUBCLASSES).rows if not str(d).startswith("_:")
    ]
    jobs = [
        (
            graph.replace(GRAPH, ID),
            "".join(f"{one} .\n" for one in [*lines, *subclasses, *_beside(lines, store)]),
            str(shapes),
            frozenset(line.split(" ", 1)[0].strip("<>") for line in lines),
        )
        for graph, lines in sorted(statements.items())
    ]
    results = list(executor.map(_validate, jobs)) if executor is not None else [_validate(job) for job in jobs]
    return sorted({fault for faults in results for fault in faults})


@contextmanager
def validators(documents: int) -> Iterator[Executor | None]:
    """Start as many processes as can help to validate ``documents``, warming up at once; none for a single document.

    Start them early: loading the library takes as long as validating a document.
    """
    workers = min(documents, os.cpu_count() or 1)
    if workers < 2:
        yield None
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        for _ in range(workers):
            pool.submit(_warm_up)
        yield pool


def _warm_up() -> None:
    import pyshacl  # noqa: F401  # loaded for what comes after


def _beside(lines: Sequence[str], store: GraphStore) -> list[str]:
    """Return what the things are that ``lines`` name without describing them."""
    own = {line.split(" ", 1)[0] for line in lines}
    named = {value for line in lines if (value := line.split(" ", 2)[2]).startswith("<")}
    return store.types(sorted(named - own))


def _validate(job: tuple[str, str, str, frozenset[str]]) -> list[Fault]:
    from pyshacl import validate  # heavy: only the workers that validate pay for it
    from rdflib import SH, Graph
    from rdflib.namespace import RDF

    document, text, shapes, described = job
    data = Graph().parse(data=text, format="nt")
    _, report, _ = validate(data, shacl_graph=Graph().parse(shapes, format="turtle"), inplace=True, meta_shacl=False)
    faults = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        if str(report.value(result, SH.focusNode)) not in described:
            continue  # another graph describes it; here stands only what it is
        messages = {getattr(m, "language", None) or "": str(m) for m in report.objects(result, SH.resultMessage)}
        some = min(messages.items())[1] if messages else ""
        severity = str(report.value(result, SH.resultSeverity) or "").rsplit("#", 1)[-1]
        path = str(report.value(result, SH.resultPath) or "")
        value = report.value(result, SH.value)
        place = f" ({path}{f' = {value}' if value is not None else ''})" if path else ""
        faults.append(
            Fault(
                "shape-violation",
                {"Violation": "error", "Warning": "warning"}.get(severity, "info"),
                document,
                str(report.value(result, SH.focusNode)),
                messages.get("vi", some) + place,
                messages.get("en", some) + place,
            )
        )
    return faults
