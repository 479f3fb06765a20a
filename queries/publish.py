"""Publishing: from statements to a release that readers can open.

The id of a release is made from its content, so publishing the same content again does nothing. A release is built in a
folder of its own, checked, and only then renamed and pointed at: a publish that dies anywhere changes nothing that readers
see, and the next one removes what it left.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from rdflib.term import Node

from ontology.errors import ReleaseError
from ontology.namespaces import GRAPH
from queries.checks import CHECKS, Fault, fault_statements, run_checks
from queries.inference import INFERRED, RULES, load_rules, run_rules
from queries.ntriples import graph_statements
from queries.release import (
    InputInfo,
    Manifest,
    Release,
    open_release,
    publishing,
    read_pointer,
    releases_folder,
    swap_pointer,
    sync_folder,
)
from queries.search_index import write_search_index
from queries.shacl import validate_graphs, validators
from queries.sidetable import write_assignments
from queries.store import ENGINE_VERSION, GraphStore
from queries.succession import infer_successions

Progress = Callable[[str, int, int], None]
"""Told of each step: its name, how many steps are done, how many there are."""

SHAPES = Path(__file__).parent.parent / "ontology" / "shapes.ttl"
FINDINGS = str(GRAPH["findings"])
DOCUMENT_GRAPHS = str(GRAPH["document/"])
PEOPLES_GRAPHS = frozenset({str(GRAPH["registry"]), str(GRAPH["corrections"])})
VERDICTS = ".verdicts"
"""The folder beside the releases that remembers what validating a graph found."""

STEPS = (
    "mệnh đề / statements",
    "kho / store",
    "suy luận / inference",
    "kiểm tra / checks",
    "bảng / tables",
    "tìm kiếm / search",
    "thẩm định / validation",
    "kết xuất / dumps",
    "con trỏ / pointer",
)
"""What a publish does, in order, as its progress names it."""


@dataclass(frozen=True, slots=True)
class _Content:
    """Everything that goes into a release, sorted."""

    statements: dict[str, list[str]]
    texts: dict[str, str]
    inputs: tuple[InputInfo, ...]
    program_version: str
    vocabulary_version: str

    rules: Path
    shapes: Path

    @property
    def validated(self) -> dict[str, list[str]]:
        """The statements of the graphs that people and readers fill; what rules make is checked as a whole, by queries."""
        return {
            graph: lines
            for graph, lines in self.statements.items()
            if graph.startswith(DOCUMENT_GRAPHS) or graph in PEOPLES_GRAPHS
        }

    def id(self) -> str:
        """Return the id that this content has, wherever and whenever it is published."""
        digest = hashlib.sha256()

        def take(*parts: str) -> None:
            for part in parts:
                digest.update(part.encode())
                digest.update(b"\0")

        take(self.program_version, self.vocabulary_version, ENGINE_VERSION)
        for one in self.inputs:
            take(one.name, one.sha256)
        for file in sorted([*self.rules.glob("*.rq"), *CHECKS.glob("*.rq"), self.shapes]):
            take(file.name, file.read_text("utf-8"))
        for graph, lines in self.statements.items():
            take(graph, *lines)
        for document, text in self.texts.items():
            take(document, text)
        return digest.hexdigest()[:16]


def publish_release(
    home: Path,
    graphs: Mapping[str, Iterable[tuple[Node, ...]]],
    texts: Mapping[str, str],
    inputs: Sequence[InputInfo],
    program_version: str,
    on_progress: Progress | None = None,
    *,
    vocabulary_version: str = "",
    executor: Executor | None = None,
    rules: Path = RULES,
    shapes: Path = SHAPES,
) -> Release:
    """Publish a release under the data folder ``home`` and make it current.

    ``graphs`` gives the quads (or triples) of each named graph, ``texts`` the NFC text of each document by its IRI. Where
    a release of this content exists it is pointed at and returned. Raise :class:`ReleaseError` where somebody else is
    publishing, the disk cannot be written, or the statements are not RDF.
    """
    tell = on_progress or (lambda _step, _done, _all: None)
    tell(STEPS[0], 0, len(STEPS))
    content = _Content(
        {graph: graph_statements(graph, quads) for graph, quads in sorted(graphs.items())},
        dict(sorted(texts.items())),
        tuple(sorted(inputs, key=lambda one: (one.name, one.sha256))),
        program_version,
        vocabulary_version,
        rules,
        shapes,
    )
    release_id = content.id()
    with publishing(home) as folder:
        if not (folder / release_id / "manifest.json").is_file():
            building = folder / f".building-{release_id}"
            try:
                building.mkdir()
                started = validators(len(content.validated), all_anew=not (folder / VERDICTS).is_dir())
                with nullcontext(executor) if executor else started as pool:
                    _build(building, release_id, content, tell, pool)
                shutil.rmtree(folder / release_id, ignore_errors=True)
                building.rename(folder / release_id)
            except OSError as error:
                shutil.rmtree(building, ignore_errors=True)
                raise ReleaseError(
                    f"the release cannot be written ({error})",
                    where=str(folder),
                    remedy="make room on the disk and publish again",
                ) from error
            sync_folder(folder)
        tell(STEPS[-1], len(STEPS) - 1, len(STEPS))
        release = open_release(home, release_id)
        if read_pointer(home) != release_id:
            swap_pointer(home, release_id)
        tell("", len(STEPS), len(STEPS))
    return release


def _build(folder: Path, release_id: str, content: _Content, tell: Progress, executor: Executor | None) -> None:
    done = iter(range(1, len(STEPS)))

    def step() -> None:
        number = next(done)
        tell(STEPS[number], number, len(STEPS))

    step()
    store = _load(folder, content.statements)
    step()
    inferences = run_rules(store, load_rules(content.rules))
    succeeding = store.new_statements(infer_successions(store))
    store.add_triples(INFERRED, succeeding)
    inferences["succession"] = len(succeeding)
    step()
    with ThreadPoolExecutor(1) as beside:  # validation is the longest step and runs in processes of its own
        validation = beside.submit(
            validate_graphs, content.validated, store, content.shapes, executor, folder.parent / VERDICTS
        )
        faults = run_checks(store, content.texts)
        step()
        rows = write_assignments(store, folder / "assignments.parquet")
        step()
        entries = write_search_index(store, folder / "search.sqlite")
        step()
        faults = sorted({*faults, *validation.result()})
    step()
    store.add_triples(FINDINGS, fault_statements(faults))
    store.flush()
    statements = {**content.statements, **{graph: store.triples(graph) for graph in (INFERRED, FINDINGS)}}
    sums = _write_dumps(folder / "dumps", statements)
    _write_texts(folder / "text", content.texts)
    counts = {**_counts(store), "assignment_rows": rows, "search_entries": entries}
    counts |= {f"inferred_{name}": number for name, number in inferences.items()}
    manifest = Manifest(
        release_id,
        content.program_version,
        content.vocabulary_version,
        ENGINE_VERSION,
        content.inputs,
        counts,
        {graph: len(lines) for graph, lines in sorted(statements.items())},
        _count_faults(faults),
        sums,
    )
    report = [fault.to_dict() for fault in faults]
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "manifest.json").write_text(manifest.to_json(), "utf-8")


def _load(folder: Path, statements: Mapping[str, list[str]]) -> GraphStore:
    store = GraphStore.create(folder / "store")
    draft = folder / "draft.nt"
    for graph, lines in statements.items():
        with draft.open("w", encoding="utf-8") as file:
            file.writelines(f"{line} .\n" for line in lines)
        store.bulk_load(graph, draft)
    draft.unlink(missing_ok=True)
    return store


def _write_dumps(folder: Path, statements: Mapping[str, list[str]]) -> dict[str, str]:
    """Write ``release.nq``, graphs by IRI and statements sorted; return the SHA-256 of what was written, by file."""
    folder.mkdir()
    digest = hashlib.sha256()
    with (folder / "release.nq").open("wb") as file:
        for graph, lines in sorted(statements.items()):
            block = "".join(f"{line} <{graph}> .\n" for line in lines).encode()
            digest.update(block)
            file.write(block)
    return {"dumps/release.nq": digest.hexdigest()}


def _write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    folder.mkdir()
    index = {}
    for document, text in texts.items():
        raw = text.encode()
        index[document] = f"{hashlib.sha256(raw).hexdigest()}.txt"
        (folder / index[document]).write_bytes(raw)
    (folder / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n", "utf-8")


_COUNT = "SELECT ?type (COUNT(DISTINCT ?node) AS ?n) WHERE { ?node a ?type } GROUP BY ?type ORDER BY ?type"


def local_name(iri: str) -> str:
    """Return the end of a class's IRI, by which a manifest counts its things.

    >>> local_name("http://www.w3.org/ns/org#ChangeEvent")
    'ChangeEvent'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _counts(store: GraphStore) -> dict[str, int]:
    """Return how many things of each kind there are, by the local name of the class."""
    counts = {local_name(str(kind)): int(str(number)) for kind, number in store.select(_COUNT).rows}
    held = store.select("SELECT (COUNT(*) AS ?n) { ?d <https://w3id.org/daumoi/ontology#held> true }").rows[0][0]
    return {**counts, "HeldDocument": int(str(held)), "statements": store.count()}


def _count_faults(faults: Sequence[Fault]) -> dict[str, int]:
    found: dict[str, int] = {}
    for fault in sorted(faults):
        key = f"{fault.severity}:{fault.code}"
        found[key] = found.get(key, 0) + 1
    return found


def remove_release(home: Path, release_id: str) -> None:
    """Remove an old release; raise :class:`ReleaseError` where it is the current one or there is none."""
    with publishing(home):
        open_release(home, release_id)
        if read_pointer(home) == release_id:
            raise ReleaseError(
                "the current release cannot be removed", where=release_id, remedy="publish another first"
            )
        shutil.rmtree(releases_folder(home) / release_id)
