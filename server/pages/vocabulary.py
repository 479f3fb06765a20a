"""The vocabulary at its IRI, and the rules that a release was checked against: for people as pages, for programs as RDF."""

from collections.abc import Mapping, Sequence
from functools import cache, partial

from rdflib import Graph
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ontology.errors import DrawError
from ontology.namespaces import DM
from ontology.vocabulary import SHAPES_FILE, VOCABULARY_FILE, Term, read_shapes, read_terms, short_name, superclasses
from queries.answer import Iri, Value
from queries.binding import format_term
from queries.checks import list_checks
from queries.publish import local_name
from queries.release import Release
from server.languages import mark
from server.negotiation import choose_media_type
from server.rendering import Reader, render_page
from server.site import Site
from viz.graph import LineageEdge, LineageGraph, LineageNode, NodeKind, RelationStyle
from viz.lineage import draw_lineage

_FORMS = {
    "ttl": ("text/turtle", "turtle"),
    "rdf": ("application/rdf+xml", "xml"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nt": ("application/n-triples", "nt"),
}
_FILES = {"ontology": VOCABULARY_FILE, "shapes": SHAPES_FILE}
_STROKES = {
    "property": RelationStyle(
        "property", "thuộc tính, từ chủ thể đến giá trị", "property, from subject to value", 1.4, "", "arrow"
    ),
    "subclass": RelationStyle("subclass", "là một loại của", "is a kind of", 1.2, "6 3", "open"),
}
_ELI = "http://data.europa.eu/eli/ontology#"
_ORG = "http://www.w3.org/ns/org#"
_DIAGRAMS = {
    "facts": (
        *(
            DM[name]
            for name in ("Task", "Assignment", "InheritedAssignment", "Agency", "AgentGroup", "Timing", "Evidence")
        ),
        *(DM[name] for name in ("Component", "NationalComponent", "Citation", "TextLayer", "Finding")),
        f"{_ELI}LegalResource",
    ),
    "registry": (
        *(DM[name] for name in ("Agency", "Jurisdiction", "MandateTransfer", "PlaceChange", "NamedAct", "AgentGroup")),
        *(DM[name] for name in ("Programme", "ProgrammePhase", "NationalComponent")),
        f"{_ELI}LegalResource",
        f"{_ORG}ChangeEvent",
    ),
}
"""What each picture of the vocabulary shows; the lines between them come from the vocabulary."""


def show_vocabulary(request: Request) -> Response:
    """Show the vocabulary as a page, or give it as RDF, as the client accepts."""
    offered = ("text/html", *(media_type for media_type, _ in _FORMS.values()))
    chosen = choose_media_type(request.headers.get("accept"), offered)
    if chosen is None:
        headers = {"Vary": "Accept", "Access-Control-Allow-Origin": "*"}
        return PlainTextResponse("there are: " + ", ".join(offered) + "\n", 406, headers=headers)
    if chosen != "text/html":
        return _give("ontology", next(suffix for suffix, (media_type, _) in _FORMS.items() if media_type == chosen))
    site: Site = request.app.state.site
    reader = Reader(request)
    terms = read_terms()
    values = {
        "classes": [term for term in terms if term.kind == "class"],
        "properties": [term for term in terms if term.kind != "class"],
        "rules": {shape.target: shape.rules for shape in read_shapes()},
        "used_by": _used_by(terms),
        "examples": _examples(site.release(), terms),
        "short": short_name,
        "own": str(DM),
        "pictures": {key: _draw(site, key, reader) for key in _DIAGRAMS},
    }
    return render_page(request, "vocabulary.html", values)


def give_file(_request: Request, *, name: str, suffix: str) -> Response:
    """Give the vocabulary or the shapes in one RDF form (``/ontology.ttl``, ``/shapes.jsonld``)."""
    return _give(name, suffix)


def _give(name: str, suffix: str) -> Response:
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Vary": "Accept",
        "Content-Location": f"/{name}.{suffix}",
        "Link": f'<{str(DM).rstrip("#")}>; rel="canonical"',
    }
    return Response(_serialised(name, suffix), media_type=_FORMS[suffix][0], headers=headers)


@cache
def _serialised(name: str, suffix: str) -> bytes:
    if suffix == "ttl":
        return _FILES[name].read_bytes()
    return Graph().parse(_FILES[name], format="turtle").serialize(format=_FORMS[suffix][1], encoding="utf-8")


def _used_by(terms: tuple[Term, ...]) -> Mapping[str, list[Term]]:
    """Return the properties that a class has by their domain."""
    found: dict[str, list[Term]] = {}
    for term in terms:
        for domain in term.domains:
            found.setdefault(domain, []).append(term)
    return found


def _examples(release: Release, terms: tuple[Term, ...]) -> Mapping[str, tuple[Value | None, ...]]:
    """Return one thing of each class, and one statement of each property, as the release has them."""
    found: dict[str, tuple[Value | None, ...]] = {}
    for term in terms:
        iri = format_term(Iri(term.iri))
        pattern = f"?s a {iri}" if term.kind == "class" else f"?s {iri} ?o"
        rows = release.store.select(f"SELECT {'?s' if term.kind == 'class' else '?s ?o'} {{ {pattern} }} LIMIT 1").rows
        if rows:
            found[term.iri] = tuple(rows[0])
    return found


def _draw(site: Site, key: str, reader: Reader) -> str | None:
    """Draw the classes of one picture; ``None`` where no layout can be had: the tables say the same."""
    by_iri = {term.iri: term for term in read_terms()}
    shown = [str(iri) for iri in _DIAGRAMS[key]]
    nodes = tuple(
        LineageNode(
            iri,
            NodeKind.DOCUMENT if iri not in by_iri else NodeKind.TASK,
            short_name(iri),
            reader.pick(by_iri[iri].label.vi, by_iri[iri].label.en) if iri in by_iri else "",
            href=f"#{by_iri[iri].name}" if iri in by_iri else None,
        )
        for iri in shown
    )
    named: dict[tuple[str, str, str], list[str]] = {}
    for term in by_iri.values():
        for source, target, stroke in find_lines(term, shown):
            if source in shown and target in shown:
                named.setdefault((source, target, stroke), []).append("" if stroke == "subclass" else term.name)
    edges = tuple(
        LineageEdge(source, target, stroke, name=", ".join(names[:3]) + (" …" if len(names) > 3 else ""))
        for (source, target, stroke), names in sorted(named.items())
    )
    title = reader.say(mark("Các lớp của từ vựng và quan hệ giữa chúng"))
    graph = LineageGraph(title, reader.say(mark("Bảng bên dưới nói cùng điều này.")), nodes, edges)
    try:
        return draw_lineage(graph, site.layout, reader.language, inline=True, relations=_STROKES, key=f"classes-{key}")
    except DrawError:
        return None


def find_lines(term: Term, shown: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return the lines of a term between the classes ``shown``; one of a class not shown belongs to those under it."""
    if term.kind == "class":
        return [(term.iri, parent, "subclass") for parent in term.parents]
    if term.kind != "object-property":
        return []

    def covered(classes: Sequence[str]) -> list[str]:
        direct = [one for one in shown if one in classes]
        return direct or [one for one in shown if superclasses(one) & set(classes)]

    return [(domain, range_, "property") for domain in covered(term.domains) for range_ in covered(term.ranges)]


def show_validation(request: Request) -> Response:
    """Show what the release was checked against, and what the checks found, for people who do not program."""
    site: Site = request.app.state.site
    release = site.release()
    reader = Reader(request)
    faults = release.report()
    values = {
        "faults": _by_code(faults),
        "total": len(faults),
        "shapes": read_shapes(),
        "labels": {term.iri: reader.pick(term.label.vi, term.label.en) for term in read_terms()},
        "counted": {shape.target: release.manifest.counts.get(local_name(shape.target), 0) for shape in read_shapes()},
        "short": short_name,
        "checks": list_checks(),
    }
    return render_page(request, "validation.html", values)


def _by_code(faults: Sequence[Mapping[str, str]]) -> list[tuple[str, str, list[Mapping[str, str]]]]:
    """Return the faults by severity and code."""
    found: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for fault in faults:
        found.setdefault((fault["severity"], fault["code"]), []).append(fault)
    return [(severity, code, same) for (severity, code), same in found.items()]


def give_report(request: Request) -> Response:
    """Give what the checks found as a file."""
    release = request.app.state.site.release()
    headers = {"Access-Control-Allow-Origin": "*", "X-Release": release.id}
    return JSONResponse({"ok": True, "release": release.id, "faults": release.report()}, headers=headers)


routes = [
    Route("/ontology", show_vocabulary),
    Route("/validation", show_validation),
    Route("/validation.json", give_report),
    *(Route(f"/{name}.{suffix}", partial(give_file, name=name, suffix=suffix)) for name in _FILES for suffix in _FORMS),
]
