"""State the registry: who is who, for the agencies that are listed by name or that some document names.

Local bodies are patterns, and there are thousands of them; only those that occur are stated, with the agencies above them.
So is the membership of each group that occurs, as far as its members occur.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS

from loaders.statements.state_names import path_of
from loaders.statements.state_quads import Quad, Statements, concept, en, plain, truth
from loaders.statements.state_terms import state_changes, state_laws, state_names, state_programmes, state_terms
from ontology.namespaces import CPOV, DM, GRAPH, ID, ORG, SCHEMA, mint, slug
from ontology.records import Record
from ontology.registry import Agency, Jurisdiction, Registry
from ontology.registry_changes import changes_of, transfers_of

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
    agencies = _described(registry, [path_of(agent.iri) for agent in agents if agent.iri.startswith(ID["agency/"])])
    followed = _with_successors(registry, agencies)
    for agency in followed.values():
        _state_agency(agency, registry, statements)
    for agent in agents:
        if agent.iri.startswith(ID["group/"]):
            _state_group(agent, registry, agencies, statements)
        elif path_of(agent.iri) not in agencies:
            statements.add_type(URIRef(agent.iri), DM.UnresolvedAgent)
            state_names(URIRef(agent.iri), (agent.name,), "", statements)
    for place in registry.jurisdictions.values():
        _state_place(place, registry, statements)
    state_programmes(registry, statements)
    state_laws(registry, statements)
    state_changes(registry, followed, statements)
    state_terms(registry, statements)
    return statements.quads()


def _described(registry: Registry, ids: Iterable[str]) -> dict[str, Agency]:
    """Return the listed agencies, those of ``ids``, and all above them."""
    found = dict(registry.agencies)
    wanted = list(ids)
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


def _with_successors(registry: Registry, agencies: dict[str, Agency]) -> dict[str, Agency]:
    """Return ``agencies`` with those that their changes lead to; no document names these, so no group has them as members."""
    events, transfers = changes_of(registry, agencies), transfers_of(registry, agencies)
    named = {one for event in events for one in (*event.origins, *event.results)}
    named |= {one for transfer in transfers for one in (transfer.origin, transfer.result)}
    more = _described(registry, sorted(named | agencies.keys()))
    return more if len(more) == len(agencies) else _with_successors(registry, more)


def _state_agency(agency: Agency, registry: Registry, statements: Statements) -> None:
    node, add = mint("agency", agency.id), statements.add
    unit = agency.pattern is not None and agency.pattern in registry.units
    statements.add_type(node, DM.Agency, ORG.OrganizationalUnit if unit else ORG.FormalOrganization)
    if agency.kind not in _NOT_PUBLIC:
        statements.add_type(node, CPOV.PublicOrganisation)
    state_names(node, (agency.name, *agency.names), agency.name_en, statements)
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
    state_names(node, (agent.name,), "", statements)
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
    state_names(node, (place.full_name, *place.names), english, statements)
    add(node, DM.level, concept("level", place.level))
    add(node, DM.parentPlace, mint("place", place.parent) if place.parent else None)
    for earlier in place.predecessors:
        add(node, DM.predecessorPlace, mint("place", earlier))
    _state_validity(node, place.valid_from, place.valid_to, place.source, statements)
