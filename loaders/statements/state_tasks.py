"""State components, tasks, and who has which role in them."""

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS, TIME, XSD

from loaders.figures.component_names import title_similarity
from loaders.statements.state_document import innermost, section_iri
from loaders.statements.state_evidence import Quotes
from loaders.statements.state_lookup import Lookup
from loaders.statements.state_names import DocumentNames, path_of, step
from loaders.statements.state_quads import Statements, concept, day, decimal, plain, truth, vi, whole
from ontology.namespaces import DM, ELI, mint
from ontology.records import Component, Document, Record, Task, Timing

SECTION_GLUE = " › "
"""Between the headings that lead to a task."""


def state_components(
    record: Record, names: DocumentNames, statements: Statements, quotes: Quotes, look: Lookup
) -> None:
    """State each component as this document heads it, and the national component that it was aligned to."""
    add = statements.add
    for order, component in enumerate(record.components, 1):
        node = component_iri(names, component.code)
        names.places[f"/components/{order - 1}"] = node
        statements.add_type(node, DM.Component)
        add(node, DM.inDocument, names.document)
        add(node, DM.order, whole(order))
        add(node, SKOS.notation, plain(component.code))
        add(node, DCTERMS.title, vi(component.title))
        add(node, DM.componentKind, concept("component-kind", component.kind))
        add(node, DM.parentComponent, component_iri(names, component.parent) if component.parent else None)
        add(node, DM.programme, look.programme(component.programme))
        add(node, DM.period, plain(component.period))
        aligned = _align(component, record.document, look)
        if aligned is not None:
            national, method, score = aligned
            add(node, DM.alignedTo, mint("national-component", national))
            add(node, DM.alignmentMethod, concept("alignment", method) if method else None)
            add(node, DM.alignmentScore, decimal(score))
        quotes.cite(node, (component.span,))


def component_iri(names: DocumentNames, code: str) -> URIRef:
    """Return the IRI of a component of this document."""
    return names.name("component", step(code))


_ALIKE = 0.55
"""A printed number means the national component of that number if the title is this like its own."""


def _align(component: Component, document: Document, look: Lookup) -> tuple[str, str | None, float | None] | None:
    """Return the national component's id, how it was found and how sure; by its printed number if nothing else was needed."""
    programme = component.programme or next(iter(document.programmes), None)
    period = component.period or next(iter(document.periods), None)
    if not (programme and period):
        return None
    phase = f"{look.programme_id(programme)}/{period}"
    if component.national:
        return f"{phase}/{component.national}", component.alignment, component.score
    same_number = look.registry.components.get(f"{phase}/{component.code}")
    if same_number is None or (score := title_similarity(component.title, same_number)) < _ALIKE:
        return None
    return same_number.id, "stated", round(score, 3)


def state_tasks(record: Record, names: DocumentNames, statements: Statements, quotes: Quotes, look: Lookup) -> None:
    """State each task with its place in the document, its time, its product and its assignments."""
    for order, task in enumerate(record.tasks, 1):
        node = names.fresh("task", step(task.id))
        names.places[f"/tasks/{order - 1}"] = node
        statements.add(node, DM.order, whole(order))
        section = innermost(record.sections, task.span)
        statements.add(node, DM.inSection, None if section is None else section_iri(names, section))
        _state_task(task, node, names, statements)
        if task.result_document_iri:
            look.state_subject(node, task.text, statements)
        quotes.cite(node, task.spans or (task.span,))
        quotes.cite(node, (task.deliverable_span,), DM.deliverableEvidence)
        if task.timing is not None:
            names.places[f"/tasks/{order - 1}/timing"] = _state_timing(task.timing, node, names, statements, quotes)
        made = _state_assignments(task, node, names, statements, quotes, look)
        names.places.update({f"/tasks/{order - 1}/assignments/{index}": one for index, one in enumerate(made)})


def _state_task(task: Task, node: URIRef, names: DocumentNames, statements: Statements) -> None:
    add = statements.add
    statements.add_type(node, DM.Task)
    add(node, DM.inDocument, names.document)
    add(node, ELI.number, plain(task.id))
    add(node, DCTERMS.description, vi(task.text))
    add(node, DM.taskKind, concept("task-kind", task.kind))
    add(node, DM.section, plain(SECTION_GLUE.join(task.section)))
    add(node, DM.component, component_iri(names, task.component) if task.component else None)
    add(node, DM.deliverable, vi(task.deliverable))
    add(node, DM.resultDocument, URIRef(task.result_document_iri) if task.result_document_iri else None)
    add(node, DM.resultDocumentText, plain(task.result_document))
    add(node, DM.submitToText, plain(task.submit_to))
    add(node, DM.submitTo, URIRef(task.submit_to_iri) if task.submit_to_iri else None)
    add(node, DM.extractedBy, plain(task.rule))


def _state_timing(timing: Timing, task: URIRef, names: DocumentNames, statements: Statements, quotes: Quotes) -> URIRef:
    add, place = statements.add, path_of(task).removeprefix(f"{names.path}/")
    node = names.name("timing", place)
    add(task, DM.timing, node)
    statements.add_type(node, DM.Timing)
    add(node, DM.inDocument, names.document)
    add(node, DM.printed, plain(timing.text))
    for text, simple, bound, end in (
        (timing.start, DM.start, TIME.hasBeginning, "start"),
        (timing.end, DM.end, TIME.hasEnd, "end"),
    ):
        date = day(text)
        if date is not None:
            instant = names.name("timing", place, end)
            add(node, simple, date)
            add(node, bound, instant)
            statements.add_type(instant, TIME.Instant)
            add(instant, TIME.inXSDDate, Literal(str(date), datatype=XSD.date))
    for recurrence in timing.recurrence:
        add(node, DM.recurrence, concept("recurrence", recurrence))
    add(node, DM.completed, truth(timing.completed))
    add(node, DM.completedOn, plain(timing.date))
    quotes.cite(node, (timing.span,))
    return node


def _state_assignments(
    task: Task, node: URIRef, names: DocumentNames, statements: Statements, quotes: Quotes, look: Lookup
) -> list[URIRef]:
    """State who has which role; return a node for each assignment, the task's own where nobody is named."""
    add, place = statements.add, path_of(node).removeprefix(f"{names.path}/")
    nodes = []
    for assignment in task.assignments:
        agent = look.agent(assignment.agency, assignment.iri)
        if agent is None:
            nodes.append(node)
            continue
        made = names.name("assignment", place, step(assignment.role), path_of(agent))
        statements.add_type(made, DM.Assignment)
        add(made, DM.task, node)
        add(made, DM.agency, agent)
        add(made, DM.role, concept("role", assignment.role))
        add(made, DM.inDocument, names.document)
        add(made, DM.printed, plain(assignment.printed))
        add(made, DM.extractedBy, plain(assignment.rule))
        quotes.cite(made, (assignment.span,))
        nodes.append(made)
    return nodes
