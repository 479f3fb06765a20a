"""SHACL: each document's graph against the shapes, with as much of the other graphs beside it as it refers to.

A document's graph is validated with the classes of what it names (agencies of the registry, concepts, documents that only
the inferred graph describes), not with the whole registry: so the cost follows the change. Documents are independent and
go to worker processes.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path

from ontology.namespaces import GRAPH, ID
from queries.checks import Fault
from queries.store import GraphStore

_Job = tuple[str, str, str, frozenset[str]]
"""A graph to validate: its document, the statements with those beside them, the file of shapes, what the graph describes."""

_SUBCLASSES = "SELECT ?c ?d WHERE { ?c <http://www.w3.org/2000/01/rdf-schema#subClassOf> ?d }"
_SUBCLASS_OF = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"


def validate_graphs(
    statements: Mapping[str, Sequence[str]],
    store: GraphStore,
    shapes: Path,
    executor: Executor | None = None,
    verdicts: Path | None = None,
) -> list[Fault]:
    """Validate each graph of ``statements`` (graph IRI → statements) and return the faults, sorted.

    ``executor`` runs the graphs, for example :func:`validators`; without one, this process does. ``verdicts`` is a folder that
    remembers what was found: a graph that has not changed, beside things that have not changed, is not validated again.
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
    known = _Verdicts(verdicts, shapes)
    todo = [job for job in jobs if known.find(job) is None]
    results = executor.map(_validate, todo) if executor is not None else map(_validate, todo)
    for job, faults in zip(todo, results, strict=True):
        known.keep(job, faults)
    known.forget_all_but(jobs)
    return sorted({fault for job in jobs for fault in known.find(job) or ()})


class _Verdicts:
    """What validating a graph found, by the hash of the graph, of what stands beside it, and of the shapes."""

    def __init__(self, folder: Path | None, shapes: Path) -> None:
        self._folder = folder
        self._shapes = hashlib.sha256(shapes.read_bytes() + metadata.version("pyshacl").encode()).digest()
        self._found: dict[str, list[Fault]] = {}

    def _key(self, job: _Job) -> str:
        return hashlib.sha256(self._shapes + job[0].encode() + b"\0" + job[1].encode()).hexdigest()

    def find(self, job: _Job) -> list[Fault] | None:
        key = self._key(job)
        if key not in self._found and self._folder is not None:
            with suppress(OSError, ValueError, TypeError):  # a verdict that cannot be read is found anew
                rows = json.loads((self._folder / f"{key}.json").read_text("utf-8"))
                self._found[key] = [Fault(**row) for row in rows]
        return self._found.get(key)

    def keep(self, job: _Job, faults: list[Fault]) -> None:
        key = self._key(job)
        self._found[key] = faults
        if self._folder is not None:
            self._folder.mkdir(exist_ok=True)
            (self._folder / f"{key}.json").write_text(
                json.dumps([one.to_dict() for one in faults], ensure_ascii=False), "utf-8"
            )

    def forget_all_but(self, jobs: Sequence[_Job]) -> None:
        kept = {f"{self._key(job)}.json" for job in jobs}
        if self._folder is not None and self._folder.is_dir():
            for file in self._folder.iterdir():
                if file.name not in kept:
                    file.unlink(missing_ok=True)


@contextmanager
def validators(graphs: int, *, all_anew: bool = True) -> Iterator[Executor | None]:
    """Start as many processes as can help to validate ``graphs``; none for a single one.

    Where ``all_anew``, they load the library at once, which takes as long as validating a document; else only when asked.
    """
    workers = min(graphs, os.cpu_count() or 1)
    if workers < 2:
        yield None
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        for _ in range(workers if all_anew else 0):
            pool.submit(_warm_up)
        yield pool


def _warm_up() -> None:
    import pyshacl  # noqa: F401  # loaded for what comes after


def _beside(lines: Sequence[str], store: GraphStore) -> list[str]:
    """Return what the things are that ``lines`` name without describing them."""
    own = {line.split(" ", 1)[0] for line in lines}
    named = {value for line in lines if (value := line.split(" ", 2)[2]).startswith("<")}
    return store.types(sorted(named - own))


def _validate(job: _Job) -> list[Fault]:
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
