"""State what people corrected: who, when, why, what had been read and what holds now, and what became of it.

All corrections share one graph. A fact's own statements (in its document's graph) are those of the corrected record; here stand the
value as read beside it, and ``dm:correction`` leads from the fact to the correction.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, SKOS

from loaders.statements.state_evidence import Quotes
from loaders.statements.state_names import DocumentNames
from loaders.statements.state_quads import Quad, Statements, concept, day, en, plain, truth, vi
from ontology.namespaces import DM, ELI, GRAPH, ID, mint
from ontology.records import CorrectionNote, CorrectionStatus, FactKind, Record

_K = FactKind
PROPERTIES: Mapping[tuple[FactKind, str], URIRef] = MappingProxyType(
    {
        (_K.HEADER, "number"): ELI.id_local,
        (_K.HEADER, "type"): ELI.type_document,
        (_K.HEADER, "date"): DM.dateText,
        (_K.HEADER, "issuer"): ELI.passed_by,
        (_K.HEADER, "jurisdiction"): DM.jurisdiction,
        (_K.HEADER, "title"): DCTERMS.title,
        (_K.HEADER, "recipients"): DM.recipient,
        (_K.HEADER, "programmes"): DM.programme,
        (_K.HEADER, "periods"): DM.period,
        (_K.HEADER, "attached_to"): ELI.has_annex,
        (_K.CITATION, "number"): DM.citedNumber,
        (_K.CITATION, "type"): DM.citedType,
        (_K.CITATION, "date"): DM.citedDate,
        (_K.CITATION, "issuer"): DM.citedIssuer,
        (_K.CITATION, "subject"): DM.subject,
        (_K.CITATION, "relation"): DM.relation,
        (_K.CITATION, "iri"): DM.citedDocument,
        (_K.TASK, "text"): DCTERMS.description,
        (_K.TASK, "component"): DM.component,
        (_K.TASK, "deliverable"): DM.deliverable,
        (_K.TASK, "result_document"): DM.resultDocument,
        (_K.TASK, "submit_to"): DM.submitTo,
        (_K.ASSIGNMENT, "agency"): DM.agency,
        (_K.ASSIGNMENT, "role"): DM.role,
        (_K.MENTION, "agency"): DM.agency,
        (_K.TIMING, "text"): DM.printed,
        (_K.TIMING, "start"): DM.start,
        (_K.TIMING, "end"): DM.end,
        (_K.TIMING, "recurrence"): DM.recurrence,
        (_K.TIMING, "completed"): DM.completed,
        (_K.TIMING, "date"): DM.completedOn,
        (_K.COMPONENT, "code"): SKOS.notation,
        (_K.COMPONENT, "kind"): DM.componentKind,
        (_K.COMPONENT, "title"): DCTERMS.title,
        (_K.COMPONENT, "parent"): DM.parentComponent,
        (_K.COMPONENT, "national"): DM.alignedTo,
        (_K.TARGET, "indicator"): DM.indicator,
        (_K.TARGET, "value"): DM.valueText,
        (_K.TARGET, "unit"): DM.unit,
        (_K.TARGET, "by"): DM.byText,
        (_K.BUDGET, "component"): DM.component,
        (_K.BUDGET, "year"): DM.year,
        (_K.BUDGET, "source"): DM.fundingSource,
        (_K.BUDGET, "amount_million_vnd"): DM.amountMillionVND,
        (_K.REPORTING, "from"): DM.reportFrom,
        (_K.REPORTING, "to"): DM.reportTo,
        (_K.REPORTING, "frequency"): DM.frequency,
        (_K.REPORTING, "deadline"): DM.deadline,
    }
)
"""The property of the graph that a field of the record is."""


def state_corrections(record: Record, names: DocumentNames, statements: Statements, quotes: Quotes) -> None:
    """State the corrections of one record; call it when all facts have been stated, for it names them.

    A correction without a fact (one that was removed, or is not found) hangs on the task it was read in, or on the document.
    """
    tasks = {task.id: names.places[f"/tasks/{index}"] for index, task in enumerate(record.tasks)}
    for note in record.corrections:
        node = _state_note(note, statements)
        whole = tasks.get(note.key.split(" | ")[0].split(" #")[0]) if note.kind in _IN_TASKS else None
        fact = names.places.get(note.fact or "") or whole or names.document
        for one in (fact, *(names.places[pointer] for pointer in note.others)):
            statements.add(node, DM.corrects, one)
            statements.add(one, DM.correction, node)
        statements.add(node, DM.inDocument, names.document)
        if note.status is CorrectionStatus.APPLIED:
            statements.add(names.graph, PROV.wasDerivedFrom, node)
        if note.span is not None and note.span.start != note.span.end:
            statements.add(node, DM.evidence, quotes.evidence(note.span))


_IN_TASKS = frozenset({FactKind.TASK, FactKind.TIMING, FactKind.ASSIGNMENT})


def state_orphans(notes: Iterable[tuple[str, CorrectionNote]]) -> list[Quad]:
    """State the corrections of documents that are not in the corpus: each with what its row calls the document."""
    statements = Statements(GRAPH["corrections"])
    for document, note in notes:
        node = _state_note(note, statements)
        path = document.removeprefix(str(ID))
        named = (
            ID[path]
            if path.startswith("document/")
            else mint("document", "khong-co-trong-kho", document.replace("/", "-"))
        )
        statements.add(node, DM.corrects, named)
    return statements.quads()


def _state_note(note: CorrectionNote, statements: Statements) -> URIRef:
    """State what the row says and what became of it."""
    node, add = mint("correction", note.id), statements.add
    statements.add_type(node, DM.Correction)
    add(node, DM.factKind, concept("fact-kind", note.kind))
    add(node, DM.factKey, plain(note.key))
    add(node, DM.correctionAction, concept("correction-action", note.action))
    add(node, DM.correctionStatus, concept("correction-status", note.status))
    add(node, DM.correctedProperty, PROPERTIES[note.kind, note.field] if note.field else None)
    add(node, DM.correctedField, plain(note.field))
    add(node, DM.originalValue, plain(note.original))
    add(node, DM.correctedValue, plain(note.corrected))
    add(node, DM.printed, plain(note.quote))
    add(node, DM.reason, vi(note.why))
    add(node, DM.correctedBy, plain(note.who))
    add(node, DM.correctedOn, day(note.when))
    add(node, DM.outcome, vi(note.note))
    add(node, DM.outcome, en(note.note_en))
    add(node, DM.withdrawn, truth(note.status is CorrectionStatus.WITHDRAWN))
    add(node, DM.flagged, truth(note.status is CorrectionStatus.FLAGGED))
    add(node, DM.withdrawnBy, plain(note.withdrawn_by))
    add(node, DM.withdrawnOn, day(note.withdrawn_on))
    add(node, DM.withdrawalReason, vi(note.withdrawn_why))
    for name in (note.who, note.withdrawn_by):
        if name:
            person = mint("person", name)
            statements.add_type(person, PROV.Person)
            add(person, FOAF.name, plain(name))
    add(node, PROV.wasAttributedTo, mint("person", note.who))
    return node
