"""State the registry's other tables: programmes with their phases and components, laws by name, changes, and the concepts
that the tables define."""

from collections.abc import Collection

from rdflib import URIRef
from rdflib.namespace import DCTERMS, SKOS

from loaders.statements.state_quads import Statements, concept, day, en, plain, truth, vi
from loaders.statements.subject_key import SubjectKeys
from ontology.folding import plain_key
from ontology.namespaces import DM, ELI, ID, ORG, mint, mint_document
from ontology.registry import BodyPattern, ChangeEvent, Registry
from ontology.registry_changes import changes_of, is_of_places, transfers_of


def state_names(node: URIRef, names: tuple[str, ...], english: str, statements: Statements) -> None:
    """State the names of a thing: the first is the preferred one, each also folded for searching."""
    statements.add(node, SKOS.prefLabel, vi(names[0]))
    statements.add(node, SKOS.prefLabel, en(english))
    for name in names[1:]:
        if name != names[0]:
            statements.add(node, SKOS.altLabel, vi(name))
    for name in names:
        statements.add(node, SKOS.hiddenLabel, plain(plain_key(name)))


def state_programmes(registry: Registry, statements: Statements) -> None:
    """State programmes, their phases with the approving instruments, and the national components."""
    add = statements.add
    for programme in registry.programmes.values():
        node = mint("programme", programme.id)
        statements.add_type(node, DM.Programme)
        state_names(node, (programme.name, *programme.names), programme.name_en, statements)
    for phase in registry.phases.values():
        node = mint("phase", phase.id)
        statements.add_type(node, DM.ProgrammePhase)
        name = registry.programmes[phase.programme]
        add(node, SKOS.prefLabel, vi(f"{name.name} giai đoạn {phase.period}"))
        add(node, SKOS.prefLabel, en(f"{name.name_en}, {phase.period}"))
        add(node, DM.programme, mint("programme", phase.programme))
        add(node, DM.period, plain(phase.period))
        add(node, DM.instrument, mint_document(phase.instrument_issuer, phase.instrument_date, phase.instrument))
        add(node, DM.decreeText, plain(phase.instrument))
        add(node, DCTERMS.date, plain(phase.instrument_date))
        add(node, DCTERMS.source, plain(phase.source))
    keys = SubjectKeys.of(registry.abbreviations, registry.programmes.values())
    for component in registry.components.values():
        node = mint("national-component", component.id)
        statements.add_type(node, DM.NationalComponent)
        add(node, SKOS.notation, plain(component.code))
        add(node, DCTERMS.title, vi(component.title))
        add(node, DCTERMS.title, en(component.title_en))
        add(node, DM.subjectKey, plain(keys.key(component.title).key))
        add(node, DM.componentKind, concept("component-kind", component.kind))
        add(node, DM.programme, mint("programme", component.programme))
        add(node, DM.period, plain(component.period))
        add(node, DM.phase, mint("phase", component.programme, component.period))
        if component.parent:
            above = mint("national-component", component.programme, component.period, component.parent)
            add(node, DM.parentComponent, above)
        add(node, DCTERMS.source, plain(component.source))


def state_laws(registry: Registry, statements: Statements) -> None:
    """State which document each named law is."""
    add = statements.add
    for law in registry.laws.values():
        node = mint("named-act", law.number.replace("/", "-"))
        statements.add_type(node, DM.NamedAct)
        state_names(node, (law.name, *law.names), law.name_en, statements)
        add(node, DM.namesDocument, mint_document(law.issuer, law.date, law.number))
        add(node, DM.decreeText, plain(law.number))
        add(node, DCTERMS.date, plain(law.date))


def state_changes(registry: Registry, agencies: Collection[str], statements: Statements) -> None:
    """State what happened to agencies and places, and which mandates were handed over.

    Events of bodies (*Sở Lao động* of every province) are stated for the places of ``agencies`` only.
    """
    add = statements.add
    for event in changes_of(registry, agencies):
        _state_event(
            event, ORG.ChangeEvent, "agency", (ORG.originalOrganization, ORG.resultingOrganization), statements
        )
    for event in registry.change_events.values():
        if is_of_places(registry, event):
            _state_event(event, DM.PlaceChange, "place", (DM.originalPlace, DM.resultingPlace), statements)
    for transfer in transfers_of(registry, agencies):
        node = mint("mandate-transfer", transfer.id)
        statements.add_type(node, DM.MandateTransfer)
        add(node, DM.mandate, vi(transfer.mandate))
        add(node, DM.mandate, en(transfer.mandate_en))
        add(node, DM.mandateFrom, mint("agency", transfer.origin) if transfer.origin else None)
        add(node, DM.mandateTo, mint("agency", transfer.result) if transfer.result else None)
        _state_decree(node, transfer.date, transfer.decree, transfer.basis, transfer.note, transfer.note_en, statements)


def _state_event(
    event: ChangeEvent, type: URIRef, kind: str, sides: tuple[URIRef, URIRef], statements: Statements
) -> None:
    node = mint("change", event.id)
    statements.add_type(node, type)
    statements.add(node, DM.changeKind, concept("change-kind", event.kind))
    for side, ids in zip(sides, (event.origins, event.results), strict=True):
        for one in ids:
            statements.add(node, side, mint(kind, one))
    _state_decree(node, event.date, event.decree, event.basis, event.note, event.note_en, statements)


def _state_decree(
    node: URIRef, date: str, decree: str, basis: str, note: str, note_en: str, statements: Statements
) -> None:
    add = statements.add
    add(node, DCTERMS.date, day(date) or plain(date))
    add(node, DM.decreeText, plain(decree))
    add(node, DM.basisText, plain(basis))
    add(node, SKOS.note, vi(note))
    add(node, SKOS.note, en(note_en))


def state_terms(registry: Registry, statements: Statements) -> None:
    """State the concepts that the registry's tables define: types, kinds, patterns and lines of work."""
    for type in registry.document_types.values():
        node = _state_concept("document-type", type.id, type.name, type.name_en, statements)
        statements.add_type(node, ELI.ResourceType)
        statements.add(node, DM.partyType, truth(type.party))
        for short in type.short_forms:
            statements.add(node, SKOS.altLabel, vi(short))
    for kind in registry.agency_kinds.values():
        _state_concept("agency-kind", kind.id, kind.name, kind.name_en, statements)
    patterns: list[tuple[str, BodyPattern]] = [("body", one) for one in registry.bodies.values()]
    for scheme, pattern in [*patterns, *(("unit", one) for one in registry.units.values())]:
        _state_concept(scheme, pattern.id, pattern.name, pattern.name_en, statements)
    for line in registry.lines_of_work.values():
        node = _state_concept("line-of-work", line.id, line.name, line.name_en, statements)
        for part in line.parts:
            statements.add(node, DM.linePart, mint("line-of-work", part))


def _state_concept(scheme: str, id: str, name: str, english: str, statements: Statements) -> URIRef:
    node = mint(scheme, id)
    statements.add_type(node, SKOS.Concept)
    statements.add(node, SKOS.inScheme, ID[f"scheme/{scheme}"])
    statements.add(node, SKOS.notation, plain(id))
    statements.add(node, SKOS.prefLabel, vi(name))
    statements.add(node, SKOS.prefLabel, en(english))
    return node
