"""State the registry: who is who, for the agencies that are listed by name or that some document names.

Local bodies are patterns, and there are thousands of them; only those that occur are stated, with the agencies above them.
So is the membership of each group that occurs, as far as its members occur.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS

from loaders.state_names import path_of
from loaders.state_quads import Quad, Statements, concept, day, en, plain, truth, vi
from loaders.subject_key import SubjectKeys
from ontology.names import plain_key
from ontology.namespaces import CPOV, DM, ELI, GRAPH, ID, ORG, SCHEMA, mint, mint_document, slug
from ontology.records import Record
from ontology.registry import Agency, BodyPattern, Jurisdiction, Registry

_NOT_PUBLIC = frozenset({"association", "community", "enterprise"})
"""Kinds of agency that are not public organisations in the sense of CPOV."""

_ISSUER = re.compile(r"(.+)/\d{4}/[^/]+")
"""The path of a document's IRI: its issuer, year and number."""


@dataclass(frozen=True, slots=True, order=True)
class UsedAgent:
    """An agency or group that a record names: what the registry needs to know to describe it."""

    iri: str
    name: str
    group: bool = False
    spelled_out: bool = True


def used_agents(records: Iterable[Record]) -> list[UsedAgent]:
    """Return every agency and group that ``records`` name, each IRI once, in a fixed order."""
    found: dict[str, UsedAgent] = {}
    for agent in sorted(agent for record in records for agent in _named(record)):
        found.setdefault(agent.iri, agent)
    return list(found.values())


def _named(record: Record) -> Iterator[UsedAgent]:
    document = record.document
    if document.issuer:
        yield _by_name(document.issuer, document.issuer_iri)
    for citation in record.citations:
        if citation.issuer and citation.iri and (found := _ISSUER.fullmatch(path_of(citation.iri))):
            yield UsedAgent(str(ID[f"agency/{found[1]}"]), citation.issuer)
    for task in record.tasks:
        if task.submit_to and task.submit_to_iri:
            yield _by_name(task.submit_to, task.submit_to_iri)
        for one in task.assignments:
            yield UsedAgent(one.iri or str(mint("agency", one.agency)), one.agency, one.group, one.spelled_out)
    for duty in record.reporting:
        for name, iri in ((duty.from_, duty.from_iri), (duty.to, duty.to_iri)):
            if name:
                yield _by_name(name, iri)


def _by_name(name: str, iri: str | None) -> UsedAgent:
    return UsedAgent(iri or str(mint("agency", name)), name, (iri or "").startswith(ID["group/"]))


def state_registry(registry: Registry, used: Iterable[UsedAgent]) -> list[Quad]:
    """State listed agencies, the used local ones with those above them, used groups, places, programmes and changes."""
    statements = Statements(GRAPH["registry"])
    agents = sorted(used)
    agencies = _described(registry, agents)
    for agency in agencies.values():
        _state_agency(agency, registry, statements)
    for agent in agents:
        if agent.iri.startswith(ID["group/"]):
            _state_group(agent, registry, agencies, statements)
        elif path_of(agent.iri) not in agencies:
            statements.add_type(URIRef(agent.iri), DM.UnresolvedAgent)
            _state_names(URIRef(agent.iri), (agent.name,), "", statements)
    for place in registry.jurisdictions.values():
        _state_place(place, registry, statements)
    _state_programmes(registry, statements)
    _state_laws(registry, statements)
    _state_changes(registry, statements)
    _state_terms(registry, statements)
    return statements.quads()


def _described(registry: Registry, agents: Iterable[UsedAgent]) -> dict[str, Agency]:
    found = dict(registry.agencies)
    wanted = [path_of(agent.iri) for agent in agents if agent.iri.startswith(ID["agency/"])]
    while wanted:
        id = wanted.pop()
        if id in found:
            continue
        try:
            found[id] = registry.agency(id)
        except KeyError:
            continue
        if found[id].parent:
            wanted.append(found[id].parent or "")
    return dict(sorted(found.items()))


def _state_names(node: URIRef, names: tuple[str, ...], english: str, statements: Statements) -> None:
    statements.add(node, SKOS.prefLabel, vi(names[0]))
    statements.add(node, SKOS.prefLabel, en(english))
    for name in names[1:]:
        if name != names[0]:
            statements.add(node, SKOS.altLabel, vi(name))
    for name in names:
        statements.add(node, SKOS.hiddenLabel, plain(plain_key(name)))


def _state_agency(agency: Agency, registry: Registry, statements: Statements) -> None:
    node, add = mint("agency", agency.id), statements.add
    unit = agency.pattern is not None and agency.pattern in registry.units
    statements.add_type(node, DM.Agency, ORG.OrganizationalUnit if unit else ORG.FormalOrganization)
    if agency.kind not in _NOT_PUBLIC:
        statements.add_type(node, CPOV.PublicOrganisation)
    _state_names(node, (agency.name, *agency.names), agency.name_en, statements)
    add(node, DM.level, concept("level", agency.level))
    add(node, DM.jurisdiction, mint("place", agency.jurisdiction))
    add(node, DCTERMS.type, mint("agency-kind", agency.kind))
    if agency.pattern is not None:
        add(node, ORG.classification, mint("unit" if unit else "body", agency.pattern))
    if agency.parent is not None:
        add(node, ORG.subOrganizationOf, mint("agency", agency.parent))
        add(node, ORG.unitOf, mint("agency", agency.parent) if unit else None)
    for line in agency.lines_of_work:
        add(node, DM.lineOfWork, mint("line-of-work", line))
    for symbol in agency.symbols:
        add(node, ORG.identifier, plain(symbol))
    _state_validity(node, agency.valid_from, agency.valid_to, agency.source, statements)


def _state_validity(node: URIRef, start: str | None, end: str | None, source: str, statements: Statements) -> None:
    statements.add(node, SCHEMA.validFrom, plain(start))
    statements.add(node, SCHEMA.validThrough, plain(end))
    statements.add(node, DCTERMS.source, plain(source))


def _state_group(agent: UsedAgent, registry: Registry, agencies: dict[str, Agency], statements: Statements) -> None:
    node, add = URIRef(agent.iri), statements.add
    statements.add_type(node, DM.AgentGroup)
    _state_names(node, (agent.name,), "", statements)
    add(node, DM.spelledOut, truth(agent.spelled_out))
    where, group_id = _split_group(path_of(agent.iri), registry, agencies)
    if where in registry.jurisdictions:
        add(node, DM.jurisdiction, mint("place", where))
    if group_id is None:
        return
    group = registry.group(group_id)
    add(node, SKOS.prefLabel, en(group.name_en))
    add(node, DM.level, concept("level", group.level) if group.level else None)
    for body in group.member_bodies:
        add(node, DM.memberBody, mint("body" if body in registry.bodies else "agency", body))
    for kind in group.member_kinds:
        add(node, DM.memberKind, mint("agency-kind", kind))
    if not agent.spelled_out:
        return
    place = where if where in registry.jurisdictions else agencies[where].jurisdiction
    issuer = where if where in agencies else None
    for member in registry.group_members(group_id, place, issuer=issuer, known=agencies.keys()):
        add(node, FOAF.member, mint("agency", member))


def _split_group(path: str, registry: Registry, agencies: dict[str, Agency]) -> tuple[str, str | None]:
    """Return the place or agency that a group's IRI begins with, and the registry's id of the group, if it has one."""
    steps = path.split("/")
    for at in range(len(steps) - 1, 0, -1):
        where, group_id = "/".join(steps[:at]), "/".join(steps[at:])
        if where in registry.jurisdictions or where in agencies:
            try:
                return where, registry.group(group_id).id
            except KeyError:
                return where, _body_group(group_id, registry)
    return "", None


def _body_group(name: str, registry: Registry) -> str | None:
    """Return the id of the group of one body that a slugged name stands for (*so-tai-chinh-cac-tinh-thanh-pho*)."""
    for pattern in registry.groups.values():
        if "{body}" in pattern.name:
            for body in registry.bodies.values():
                if body.level is pattern.level and name.startswith(slug(body.name)):
                    made = registry.body_group(pattern.id, body.id)
                    if name in {slug(one) for one in (made.name, *made.names, *made.variants)}:
                        return made.id
    return None


def _state_place(place: Jurisdiction, registry: Registry, statements: Statements) -> None:
    node, add = mint("place", place.id), statements.add
    statements.add_type(node, DM.Jurisdiction)
    english = f"{place.name} {registry.kind_of(place).name_en}" if place.kind else ""
    _state_names(node, (place.full_name, *place.names), english, statements)
    add(node, DM.level, concept("level", place.level))
    add(node, DM.parentPlace, mint("place", place.parent) if place.parent else None)
    for earlier in place.predecessors:
        add(node, DM.predecessorPlace, mint("place", earlier))
    _state_validity(node, place.valid_from, place.valid_to, place.source, statements)


def _state_programmes(registry: Registry, statements: Statements) -> None:
    add = statements.add
    for programme in registry.programmes.values():
        node = mint("programme", programme.id)
        statements.add_type(node, DM.Programme)
        _state_names(node, (programme.name, *programme.names), programme.name_en, statements)
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


def _state_laws(registry: Registry, statements: Statements) -> None:
    add = statements.add
    for law in registry.laws.values():
        node = mint("named-act", law.number.replace("/", "-"))
        statements.add_type(node, DM.NamedAct)
        _state_names(node, (law.name, *law.names), law.name_en, statements)
        add(node, DM.namesDocument, mint_document(law.issuer, law.date, law.number))
        add(node, DM.decreeText, plain(law.number))
        add(node, DCTERMS.date, plain(law.date))


def _state_changes(registry: Registry, statements: Statements) -> None:
    add = statements.add
    for event in registry.change_events.values():
        node = mint("change", event.id)
        statements.add_type(node, ORG.ChangeEvent)
        add(node, DM.changeKind, concept("change-kind", event.kind))
        for origin in event.origins:
            add(node, ORG.originalOrganization, mint("agency", origin))
        for result in event.results:
            add(node, ORG.resultingOrganization, mint("agency", result))
        _state_decree(node, event.date, event.decree, event.basis, event.note, event.note_en, statements)
    for transfer in registry.mandate_transfers.values():
        node = mint("mandate-transfer", transfer.id)
        statements.add_type(node, DM.MandateTransfer)
        add(node, DM.mandate, vi(transfer.mandate))
        add(node, DM.mandate, en(transfer.mandate_en))
        add(node, DM.mandateFrom, mint("agency", transfer.origin) if transfer.origin else None)
        add(node, DM.mandateTo, mint("agency", transfer.result) if transfer.result else None)
        _state_decree(node, transfer.date, transfer.decree, transfer.basis, transfer.note, transfer.note_en, statements)


def _state_decree(
    node: URIRef, date: str, decree: str, basis: str, note: str, note_en: str, statements: Statements
) -> None:
    add = statements.add
    add(node, DCTERMS.date, day(date) or plain(date))
    add(node, DM.decreeText, plain(decree))
    add(node, DM.basisText, plain(basis))
    add(node, SKOS.note, vi(note))
    add(node, SKOS.note, en(note_en))


def _state_terms(registry: Registry, statements: Statements) -> None:
    """State the concepts that the registry's tables define: types, kinds, patterns and lines of work."""
    for type in registry.document_types.values():
        node = _state_concept("document-type", type.id, type.name, type.name_en, statements)
        statements.add_type(node, ELI.ResourceType)
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
