"""From the store's answers to the graph of a lineage, its picture and the table beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ontology.errors import DrawError
from queries.answer import Value
from queries.catalogue import ask
from queries.release import Release
from server.languages import mark
from server.links import Links, join_iri
from server.pages.asking import Place, Row, ask_page, read_place
from server.rendering import Reader
from server.site import Site
from server.wording import write_date
from viz.graph import RELATIONS, LineageEdge, LineageGraph, LineageNode, NodeKind
from viz.lineage import draw_lineage


@dataclass(frozen=True, slots=True)
class Step:
    """One hop: from what, to what, in which relation, and the words that say so (one or two sides)."""

    source: str
    target: str
    relation: str
    inferred: bool
    quotes: tuple[tuple[Place | None, str], ...]
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Lineage:
    """All hops with the things they join; ``nodes`` are drawn in this order."""

    title: str
    nodes: dict[str, LineageNode]
    steps: tuple[Step, ...]

    def graph(self, links: Links, description: str) -> LineageGraph:
        """Return the graph to draw, each edge leading to its quote."""
        edges = []
        for step in self.steps:
            place = next((place for place, _ in step.quotes if place is not None), None)
            words = tuple(text for _, text in step.quotes if text)
            href = links.place(place.document, place.start, place.end) if place else None
            edges.append(LineageEdge(step.source, step.target, step.relation, step.inferred, words, href))
        return LineageGraph(self.title, description, tuple(self.nodes.values()), tuple(edges))


def describe_lineage(release: Release, node: str, reader: Reader, task: Row | None = None) -> Lineage:
    """Return the lineage of a task (``task`` is its row) or of a document: what it rests on, and what follows what.

    For a document, also the documents of the corpus that rest on it.
    """
    language = reader.language
    steps = [_stated_step(row) for row in ask(release, "task-lineage", node=node, language=language)]
    if task is None:
        steps += [
            _dependant_step(row, node) for row in ask_page(release, "dependants", document=node, language=language)
        ]
    else:
        steps = [*_task_steps(task), *steps]
    documents = {iri for step in steps for iri in (step.source, step.target) if "/id/document/" in iri}
    if task is None:
        documents.add(node)
    followed: list[Value] = [*sorted(documents)]
    for row in ask(release, "succession", document=followed, language=language):
        if {str(row["later"]), str(row["earlier"])} & documents:
            steps.append(_succession_step(row))
    steps = _merged(steps)
    shown = list(dict.fromkeys(iri for step in steps for iri in (step.source, step.target))) or [node]
    nodes = _nodes(release, shown, node, reader, task)
    say = reader.say(mark("Nguồn gốc của %s"))
    return Lineage(say % nodes[node].head if node in nodes else say, nodes, tuple(steps))


def _quote(evidence: Value | None, words: Value | None) -> tuple[tuple[Place | None, str], ...]:
    return ((read_place(evidence), " ".join(str(words).split())),) if words else ()


def _code(relation: Value | None) -> str:
    """Return the code of a relation; the inferred *carries out* is an implementation that no text states."""
    code = str(relation).rsplit("/", 1)[-1].replace("-", "_") if relation else "ensures_implementation_of"
    return code if code in RELATIONS else "cites"


def _stated_step(row: Row) -> Step:
    quotes = _quote(row["evidence"], row["quote"])
    inferred = not row["stated"]
    return Step(
        str(row["source"]), str(row["target"]), _code(row["relation"]), inferred, quotes, str(row["explanation"] or "")
    )


def _dependant_step(row: Row, node: str) -> Step:
    place = read_place(row["evidence"])
    return Step(str(row["source"]), node, _code(row["relation"]), False, ((place, ""),) if place else ())


def _succession_step(row: Row) -> Step:
    quotes = _quote(row["later_evidence"], row["later_quote"]) + _quote(row["earlier_evidence"], row["earlier_quote"])
    inferred = bool(row["rule"])
    return Step(str(row["later"]), str(row["earlier"]), "succeeds", inferred, quotes, str(row["explanation"] or ""))


def _task_steps(task: Row) -> list[Step]:
    own = str(task["task"])
    steps = [Step(own, str(task["document"]), "in", False, ())]
    if task["component"]:
        steps.append(Step(own, str(task["component"]), "component", False, ()))
    if task["result"]:
        steps.append(Step(own, str(task["result"]), "result_document", False, ()))
    return steps


def _merged(steps: Iterable[Step]) -> list[Step]:
    """Return each hop once; a mere citation is dropped where a stronger relation joins the same two."""
    found: dict[tuple[str, str, str], Step] = {}
    for step in steps:
        kept = found.setdefault((step.source, step.target, step.relation), step)
        if not any(text for _, text in kept.quotes) and any(text for _, text in step.quotes):
            found[step.source, step.target, step.relation] = step
    joined = {(source, target) for source, target, relation in found if relation != "cites"}
    return [step for step in found.values() if step.relation != "cites" or (step.source, step.target) not in joined]


def _nodes(release: Release, shown: list[str], focus: str, reader: Reader, task: Row | None) -> dict[str, LineageNode]:
    documents: list[Value] = [iri for iri in shown if "/id/document/" in iri]
    rows = ask_page(release, "document-cards", document=documents, language=reader.language) if documents else []
    cards = {str(row["document"]): row for row in rows}
    nodes: dict[str, LineageNode] = {}
    for iri in shown:
        href = reader.links.page(iri)
        if task is not None and iri == task["task"]:
            head = f"{reader.say(mark('Nhiệm vụ số'))} {task['task_number'] or ''}".strip()
            nodes[iri] = LineageNode(iri, NodeKind.TASK, head, str(task["task_text"]), href=href, focus=True)
        elif task is not None and iri == task["component"]:
            head = str(task["component_code"] or "")
            nodes[iri] = LineageNode(iri, NodeKind.COMPONENT, head, str(task["component_label"] or ""), href=href)
        else:
            nodes[iri] = _document_node(iri, cards.get(iri, {}), reader, focus=iri == focus)
    return nodes


def _document_node(iri: str, card: Row, reader: Reader, *, focus: bool) -> LineageNode:
    number = str(card.get("document_label") or "")
    kind = str(card.get("type_label") or "")
    head = " ".join(part for part in (kind, number) if part) or iri.rsplit("/", 1)[-1]
    date = write_date(card.get("date"), reader.language)
    foot = " · ".join(part for part in (str(card.get("issuer_label") or ""), date) if part)
    return LineageNode(
        iri, NodeKind.DOCUMENT, head, str(card.get("title") or ""), foot,
        reader.links.page(iri), held=bool(card.get("held")), focus=focus,
    )  # fmt: skip


def tell_lineage(lineage: Lineage, reader: Reader) -> str:
    """Return the lineage as sentences, for those who do not see the picture."""
    said = []
    for step in lineage.steps:
        relation = RELATIONS[step.relation].label(reader.language)
        inferred = f" ({reader.say(mark('suy ra'))})" if step.inferred else ""
        said.append(f"{lineage.nodes[step.source].head} {relation} {lineage.nodes[step.target].head}{inferred}")
    return "; ".join(said) + "." if said else reader.say(mark("Kho không nêu mối liên hệ nào."))


def show_lineage(site: Site, lineage: Lineage, reader: Reader) -> str | None:
    """Return the picture to stand in a page, ``None`` where it is too large to draw or no layout engine is there."""
    if not lineage.steps or len(lineage.nodes) > site.settings.picture_nodes:
        return None
    described = lineage.graph(reader.links, tell_lineage(lineage, reader))
    try:
        return draw_lineage(described, site.layout, reader.language, inline=True)
    except DrawError:
        return None


def picture(request: Request) -> Response:
    """Answer with the lineage of a task or document as an SVG file of its own."""
    site: Site = request.app.state.site
    release = site.release()
    reader = Reader(request)
    iri = join_iri(request.path_params["kind"], request.path_params["path"])
    task = None
    if request.path_params["kind"] == "task":
        rows = ask_page(release, "task", task=iri, language=reader.language)
        task = rows[0] if rows else None
    known = task is not None or bool(ask_page(release, "document-cards", document=iri))
    if not known:
        return PlainTextResponse(f"{iri}: not known\n", 404)
    lineage = describe_lineage(release, iri, reader, task)
    if not lineage.steps or len(lineage.nodes) > site.settings.picture_nodes:
        return PlainTextResponse("there is nothing to draw, or too much; see the table on the page\n", 404)
    text = draw_lineage(lineage.graph(reader.links, tell_lineage(lineage, reader)), site.layout, reader.language)
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return Response(text, media_type="image/svg+xml", headers=headers)


routes = [Route("/lineage/{kind:str}/{path:path}.svg", picture)]
