"""The whole way, once: files → records → statements → a published release.

Nothing is done twice: where the current release was made of the same files by the same program and tables, it is returned
as it is.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from loaders.formats.recogniser import find_recogniser
from loaders.statements.state import (
    Quad,
    document_iri,
    state_orphans,
    state_provenance,
    state_record,
    state_registry,
    state_vocabulary,
    used_agents,
)
from loaders.statements.state_failures import state_failures
from ontology.errors import SourceError
from ontology.records import CorrectionNote
from ontology.registry import load_registry
from queries.publish import publish_release
from queries.release import InputInfo, Release, find_release
from server.correcting import correct_results, flagged_orphans, read_table
from server.reading_files import STATING_ROOMS, Failure, Reading, RecordShelf, hash_file, hash_program, read_files

Progress = Callable[[str, str, int, int], None]
"""Told of each step: the stage (``read``, ``state`` or ``publish``), what is at hand, how many are done, how many there are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made: the release, whether it was there already, and the files that could not be read."""

    release: Release
    was_there: bool
    failures: tuple[Failure, ...] = ()


def program_version(*, ocr: bool = False) -> str:
    """Return the program's version with a hash of all that a release depends on, and with ``ocr`` what recognises scans."""
    recogniser = "." + "".join(filter(str.isalnum, find_recogniser() or "no-ocr")).lower() if ocr else ""
    return f"{version('daumoi')}+{hash_program(STATING_ROOMS)[:12]}{recogniser}"


def collect_files(paths: Sequence[Path], *, ocr: bool = False) -> list[Path]:
    """Return the files named by ``paths``, folders opened, each once, sorted by name; of pictures in folders only with ``ocr``.

    Raise :class:`SourceError` where a path does not exist, or where there is no document at all.
    """
    found: dict[Path, None] = {}
    endings = DOCUMENT_SUFFIXES | PICTURE_SUFFIXES if ocr else DOCUMENT_SUFFIXES
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.iterdir() if p.suffix.lower() in endings and not p.name.startswith("."))
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found[path] = None
        else:
            raise SourceError("there is no such file or folder", path=path, remedy="check the path")
    if not found:
        where = paths[0] if paths else Path()
        raise SourceError("there is no document here", path=where, remedy="name a .txt, .docx, .pdf or .html file")
    return sorted(found, key=lambda p: (p.name, p))


DOCUMENT_SUFFIXES = frozenset({".txt", ".docx", ".pdf", ".html", ".htm", ".mhtml", ".mht", ".doc", ".rtf", ".odt"})
PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})


def publish_files(
    home: Path,
    paths: Sequence[Path],
    progress: Progress | None = None,
    executor: Executor | None = None,
    *,
    ocr: bool = False,
    corrections: Path | None = None,
) -> Outcome:
    """Read ``paths``, scans too where ``ocr`` is set, and publish a release of exactly them under the data folder ``home``.

    ``corrections`` is the table that is applied to what was read; without one, everything is as it was read.

    Raise :class:`SourceError` where nothing could be read at all, :class:`ontology.errors.ReleaseError` where the release
    cannot be written, :class:`ontology.errors.RegistryError` where a row of the table is wrong.
    """
    tell = progress or (lambda _stage, _what, _done, _all: None)
    files = collect_files(paths, ocr=ocr)
    inputs = [InputInfo(path.name, hash_file(path)) for path in files]
    table = read_table(corrections)
    if table and corrections is not None:
        inputs.append(InputInfo(corrections.name, hash_file(corrections)))
    current = find_release(home, inputs, program_version(ocr=ocr))
    if current is not None:
        return Outcome(current, was_there=True)
    shelf = RecordShelf(home / "records", ocr)
    results = read_files(files, shelf, lambda what, done, all_: tell("read", what, done, all_), executor, ocr=ocr)
    corrected = correct_results(results, table)
    readings = [one for one in corrected.results if isinstance(one, Reading)]
    failures = tuple(one for one in results if isinstance(one, Failure))
    if not readings:
        raise failures[0].to_error(files[0])
    release = publish_release(
        home,
        state_results(
            corrected.results,
            lambda what, done, all_: tell("state", what, done, all_),
            ocr=ocr,
            orphans=corrected.orphans,
        ),
        {str(document_iri(one.record, one.text)): one.text for one in readings},
        inputs,
        program_version(ocr=ocr),
        lambda what, done, all_: tell("publish", what, done, all_),
        vocabulary_version=hash_program(("ontology",))[:12],
        executor=executor,
    )
    return Outcome(release, was_there=False, failures=failures)


def state_results(
    results: Sequence[Reading | Failure],
    told: Callable[[str, int, int], None] | None = None,
    *,
    ocr: bool = False,
    orphans: Sequence[tuple[str, CorrectionNote]] = (),
) -> dict[str, list[Quad]]:
    """State all readings and failures, the registry around them and where they came from: quads by their graph's IRI.

    ``ocr``: scans were recognised, so what recognised them is named with the program.

    ``orphans`` are corrections of documents that are not among the readings, each with what its row calls the document.

    Where two files hold the same document, the later name wins; a release never mixes two texts of one document.
    """
    registry = load_registry()
    readings = sorted((one for one in results if isinstance(one, Reading)), key=lambda one: one.name)
    by_document = {document_iri(one.record, one.text): one for one in readings}
    kept = list(by_document.values())
    graphs: defaultdict[str, list[Quad]] = defaultdict(list)

    def add(quads: list[Quad]) -> None:
        for quad in quads:
            graphs[str(quad[3])].append(quad)

    for done, reading in enumerate(kept, start=1):
        add(state_record(reading.record, reading.text, registry))
        if told:
            told(reading.name, done, len(kept))
    add(state_failures((one.name, one.finding) for one in results if isinstance(one, Failure)))
    add(state_failures(flagged_orphans(orphans)))
    add(state_orphans(orphans))
    add(state_vocabulary())
    add(state_registry(registry, used_agents(one.record for one in kept)))
    add(state_provenance([(one.record, one.text) for one in kept], program_version=program_version(ocr=ocr)))
    return dict(graphs)
