"""What people corrected, beside the facts and as a list; and what deserves a human look first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ontology.errors import ParameterError
from ontology.records import CorrectionStatus
from queries.catalogue import ask, load_catalogue
from queries.release import Release
from server.pages.asking import Place, Quotes, Row, Said, ask_page, merge_evidence, read_place
from server.rendering import Reader, render_page
from server.site import Site

_OPEN = frozenset({CorrectionStatus.APPLIED, CorrectionStatus.FLAGGED})
"""What is shown beside a fact in tables; withdrawn and superseded ones are on the fact's own page and in the list."""
_HEADER_FIELDS = frozenset({"date", "issuer", "jurisdiction", "periods", "programmes", "recipients"})
"""Fields of the header that have a place of their own on a document's page."""

_K = TypeVar("_K")


@dataclass(frozen=True, slots=True)
class CorrectionMarks:
    """The corrections of a release, found by what they are about."""

    facts: Mapping[str, tuple[Row, ...]]
    assignments: Mapping[tuple[str, str, str], tuple[Row, ...]]
    tasks: Mapping[str, tuple[Row, ...]]
    evidence: Mapping[Place, tuple[Row, ...]]

    def of(self, *iris: object) -> tuple[Row, ...]:
        """Return all corrections of these facts."""
        return _once(row for iri in iris for row in self.facts.get(str(iri), ()))

    def task(self, task: object) -> tuple[Row, ...]:
        """Return the open corrections of a task and its timing, for its line in a table."""
        return _open_ones(self.tasks.get(str(task), ()))

    def assignment(self, task: object, agency: object, role: object) -> tuple[Row, ...]:
        """Return the open corrections of one agency's role in a task."""
        return _open_ones(self.assignments.get((str(task), str(agency), str(role)), ()))

    def line(self, assignment: object, task: object) -> tuple[Row, ...]:
        """Return the open corrections of an assignment and of its task."""
        return _open_ones([*self.facts.get(str(assignment), ()), *self.tasks.get(str(task), ())])

    def at(self, places: Iterable[tuple[Place, str]]) -> tuple[Row, ...]:
        """Return the open corrections of what was read at these places."""
        return _open_ones(row for place, _ in places for row in self.evidence.get(place, ()))

    def header(self, document: object, field: str) -> tuple[Row, ...]:
        """Return the open corrections of one field of a document's header."""
        return tuple(row for row in _open_ones(self.of(document)) if row["field"] == field and row["kind"] == "header")

    def about_task(self, task: object) -> tuple[Row, ...]:
        """Return what a task's own page shows above its tables: all of the task, and what no line of a table has a place for."""
        own = [row for key, rows in self.assignments.items() if key[0] == str(task) for row in rows]
        return _once([*self.tasks.get(str(task), ()), *(row for row in own if row["status"] not in _OPEN)])

    def count(self, document: object) -> int:
        """Return how many corrections there are of a document."""
        return len({row["correction"] for rows in self.facts.values() for row in rows if row["document"] == document})

    def document(self, document: object) -> tuple[Row, ...]:
        """Return the open corrections that hang on a document and have no place of their own on its page."""
        return tuple(row for row in _open_ones(self.of(document)) if row["field"] not in _HEADER_FIELDS)


def _once(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple({row["correction"]: row for row in rows}.values())


def _open_ones(rows: Iterable[Row]) -> tuple[Row, ...]:
    return _once(row for row in rows if row["status"] in _OPEN)


def read_marks(release: Release, language: str) -> CorrectionMarks:
    """Return the corrections of a release by fact, assignment, task and place."""
    if not release.manifest.counts.get("Correction"):
        return CorrectionMarks({}, {}, {}, {})
    rows = {row["correction"]: row for row in ask(release, "corrections", language=language)}
    facts: defaultdict[str, list[Row]] = defaultdict(list)
    assignments: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    tasks: defaultdict[str, list[Row]] = defaultdict(list)
    evidence: defaultdict[Place, list[Row]] = defaultdict(list)
    for found in ask_page(release, "corrected-facts"):
        row, fact = rows[found["correction"]], str(found["fact"])
        facts[fact].append(row)
        if found["agency"] is not None:
            assignments[str(found["task"]), str(found["agency"]), str(found["role"])].append(row)
        elif found["task"] is not None or "/id/task/" in fact:
            tasks[str(found["task"] or fact)].append(row)
        place = read_place(found["evidence"])
        if place is not None:
            evidence[place].append(row)
    return CorrectionMarks(_frozen(facts), _frozen(assignments), _frozen(tasks), _frozen(evidence))


def _frozen(found: Mapping[_K, list[Row]]) -> dict[_K, tuple[Row, ...]]:
    return {key: tuple(rows) for key, rows in found.items()}


def _chosen(request: Request, name: str, query: str) -> str | None:
    """Return the value of a filter, ``None`` where it is none that the query knows: a page is no place to refuse."""
    given = request.query_params.get(name)
    parameter = next(one for one in load_catalogue()[query].parameters if one.name == name)
    return given if given in parameter.choices() else None


def _asked(
    release: Release, query: str, request: Request, name: str
) -> tuple[list[Row], str | None, ParameterError | None]:
    """Return the rows that the page's filters leave, the filter chosen, and why the document could not be used."""
    language = Reader(request).language
    chosen = _chosen(request, name, query)
    document = request.query_params.get("document") or None
    try:
        return list(ask(release, query, language=language, document=document, **{name: chosen})), chosen, None
    except ParameterError as error:
        return list(ask(release, query, language=language, **{name: chosen})), chosen, error


def show_corrections(request: Request) -> Response:
    """Show every row of the table of corrections, the withdrawn ones too, with what became of it."""
    site: Site = request.app.state.site
    release = site.release()
    rows, status, refused = _asked(release, "corrections", request, "status")
    quotes = Quotes(release)
    once = _once(rows)
    return render_page(
        request,
        "corrections.html",
        {
            "said": [Said(row, _places(row, quotes)) for row in once],
            "status": status,
            "document": request.query_params.get("document") or "",
            "refused": refused,
            "documents": _held(release),
            "statuses": _labels(release, request, "correction-status", CorrectionStatus),
        },
    )


def _places(row: Row, quotes: Quotes) -> tuple[tuple[Place, str], ...]:
    place = read_place(row["evidence"])
    return () if place is None else ((place, quotes.words(place)),)


def _held(release: Release) -> list[Row]:
    return ask_page(release, "held-documents")


def _labels(release: Release, request: Request, scheme: str, codes: Iterable[str]) -> dict[str, str]:
    """Return the labels of a scheme's concepts by code, in the order of ``codes``."""
    rows = ask_page(release, "scheme-labels", scheme=scheme, language=Reader(request).language)
    labels = {str(row["code"]): str(row["label"]) for row in rows}
    return {str(code): labels.get(str(code), str(code)) for code in codes}


def show_review(request: Request) -> Response:
    """Show what deserves a human look first, the weightiest first, with its place and what to do."""
    site: Site = request.app.state.site
    release = site.release()
    rows, kind, refused = _asked(release, "review", request, "kind")
    said = merge_evidence(rows, Quotes(release))
    everything = (
        rows if kind is None and refused is None else list(ask(release, "review", language=Reader(request).language))
    )
    counts: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    for row in everything:
        counts.setdefault(str(row["kind"]), set()).add(str(row["item"]))
        labels[str(row["kind"])] = str(row["kind_label"])
    return render_page(
        request,
        "review.html",
        {
            "said": said,
            "kind": kind,
            "document": request.query_params.get("document") or "",
            "refused": refused,
            "documents": _held(release),
            "kinds": {code: (labels[code], len(items)) for code, items in counts.items()},
        },
    )


routes = [Route("/corrections", show_corrections), Route("/review", show_review)]
