"""From mentions to citations: who each mention means, which are the document itself, and what could not be resolved.

Guaranteed: a citation has an IRI or a finding says that it has none; mentions of one number in one text that do not contradict
each other have one identity.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.citations.citation_grammar import Cited
from loaders.citations.citation_relations import Mention, Stated
from loaders.citations.citations import Mentions
from loaders.citations.identity import (
    Home,
    Identity,
    identify_law,
    identify_numbered,
    joint_issuers,
    law_named,
)
from loaders.names.issuers import is_central, place_named
from ontology.entities import Jurisdiction
from ontology.folding import fold
from ontology.namespaces import number_key
from ontology.records import Citation, Document, DocumentLink, Finding, Relation, Severity
from ontology.registry import Registry

Resolved = tuple[tuple[Citation, ...], tuple[DocumentLink, ...], tuple[Finding, ...]]


def resolve_citations(mentions: Mentions, document: Document, registry: Registry) -> Resolved:
    """Return the citations of ``document``, the links stated between them, and a finding for each that has no identity."""
    home = home_of(document, registry)
    mentions = replace(mentions, items=tuple(_with_said_issuers(mentions.items)))
    fuller = _fuller_mentions(mentions.items, home)
    citations: list[Citation] = []
    for i, mention in enumerate(mentions.items):
        citations.append(_citation(i, mention, document, fuller, home))
    links = tuple(_links(mentions, citations, home))
    return tuple(citations), links, tuple(_findings(mentions.items, citations))


def _with_said_issuers(items: Sequence[Mention]) -> Iterator[Mention]:
    """Give mentions of a central Party document, whose symbol names no one body, the issuer that the text says elsewhere."""
    said: dict[str, Mention] = {}
    for mention in items:
        cited = mention.cited
        if cited.issuer is not None and not is_central(cited.issuer) and cited.symbols[-1:] == ("TW",):
            said.setdefault(number_key(cited.number or ""), mention)
    for mention in items:
        known = said.get(number_key(mention.cited.number or "")) if mention.cited.number else None
        mine = mention.cited.issuer
        if known is not None and (mine is None or is_central(mine)) and _same_day(mention, known):
            mention = replace(mention, cited=replace(mention.cited, issuer=known.cited.issuer))
        yield mention


def _same_day(one: Mention, other: Mention) -> bool:
    return one.cited.date is None or other.cited.date is None or one.cited.date == other.cited.date


def home_of(document: Document, registry: Registry) -> Home:
    """Return where a document speaks from, by the IRIs and names in its header."""
    agency_id = (document.issuer_iri or "").partition("/id/agency/")[2]
    place = _place(document, registry)
    try:
        agency = registry.agency(agency_id, place) if agency_id else None
    except KeyError:
        agency = None
    return Home(registry, place, agency, document.date)


def _place(document: Document, registry: Registry) -> Jurisdiction | None:
    place_id = (document.jurisdiction_iri or "").partition("/id/place/")[2]
    if place_id in registry.jurisdictions:
        return registry.jurisdictions[place_id]
    parent = registry.jurisdictions.get(place_id.rpartition("/")[0])
    if parent is None or not document.jurisdiction:
        return None
    for kind in sorted({kind.name for kind in registry.place_kinds.values()}, key=len, reverse=True):
        if document.jurisdiction.startswith(kind + " "):
            return place_named(kind, document.jurisdiction[len(kind) + 1 :], registry, parent)
    return None


_NEAREST = 40
"""Mentions of a number looked at in each direction; documents that say forty different things of one number are none."""


class _Fuller:
    """For each number, the identities that its fuller mentions give, in the order of the text."""

    def __init__(self) -> None:
        self._by_number: dict[str, list[tuple[int, Mention, Identity]]] = defaultdict(list)
        self._by_serial: dict[tuple[str | None, str], list[tuple[int, Mention, Identity]]] = defaultdict(list)
        self._dated_laws: dict[str, Cited] = {}

    def add_law(self, law: Cited) -> None:
        """Remember a law that is cited by name and date; of two of one name the first."""
        self._dated_laws.setdefault(fold(law.name or ""), law)

    def dated(self, law: Cited) -> Cited:
        """Return a law cited by its bare name with the date that the text gives it elsewhere."""
        known = self._dated_laws.get(fold(law.name or "")) if not (law.date or law.number or law.year) else None
        return law if known is None else replace(law, date=known.date)

    def add(self, place: int, mention: Mention, identity: Identity) -> None:
        cited = mention.cited
        self._by_number[number_key(cited.number or "")].append((place, mention, identity))
        if cited.serial:
            self._by_serial[(cited.type, cited.serial)].append((place, mention, identity))

    def of(self, place: int, mention: Mention) -> tuple[Mention, Identity] | None:
        """Return the fuller mention nearest before ``place``, else the first after it, that does not contradict."""
        cited = mention.cited
        if cited.short:
            candidates = self._by_serial.get((cited.type, cited.serial), [])
        else:
            candidates = self._by_number.get(number_key(cited.number or ""), [])
        at = bisect_left(candidates, place, key=lambda item: item[0])
        for other, full, identity in [
            *reversed(candidates[max(0, at - _NEAREST) : at]),
            *candidates[at : at + _NEAREST],
        ]:
            if other != place and _agree(mention, identity):
                return full, identity
        return None


def _agree(mention: Mention, identity: Identity) -> bool:
    mine, theirs = mention.cited.date, identity.date
    return mine is None or theirs is None or mine.startswith(theirs) or theirs.startswith(mine)


def _fuller_mentions(items: Sequence[Mention], home: Home) -> _Fuller:
    """Collect what dated mentions say; issuers are filled in from mentions that print them."""
    found = _Fuller()
    with_issuer: dict[str, Identity] = {}
    for mention in items:
        cited = mention.cited
        if cited.number and cited.date and cited.issuer is not None:
            with_issuer.setdefault(number_key(cited.number), identify_numbered(cited, None, home))
    for place, mention in enumerate(items):
        cited = mention.cited
        if cited.name and cited.date and not cited.number:
            found.add_law(cited)
        if not cited.number or cited.name or not (cited.date or cited.issuer or cited.year):
            continue
        known = with_issuer.get(number_key(cited.number))
        helpful = known if known and _agree(mention, known) else None
        identity = identify_numbered(cited, helpful, home)
        if identity.iri is not None or identity.date is not None:
            found.add(place, mention, identity)
    return found


def _citation(place: int, mention: Mention, document: Document, fuller: _Fuller, home: Home) -> Citation:
    cited = mention.cited
    if cited.name:
        dated = fuller.dated(cited)
        identity = identify_law(dated, home)
        if dated is not cited and identity.iri is not None:
            identity = replace(identity, resolved_by="same-text")
    else:
        better = fuller.of(place, mention)
        if cited.short and better is not None:
            full = better[1]
            identity = Identity(full.number, full.date, full.issuer, full.iri, "same-text" if full.iri else None)
        else:
            identity = identify_numbered(cited, better[1] if better else None, home)
    itself = _is_itself(mention, identity, document)
    if itself:
        identity = Identity(
            document.number,
            identity.date or document.date,
            document.issuer or identity.issuer,
            document.iri,
            identity.resolved_by or "same-text",
        )
    relation = mention.relation
    if relation is Relation.ANNEX and not (itself or mention.caption):
        relation = Relation.CITES
    return Citation(
        number=identity.number,
        type=cited.type,
        date=identity.date,
        issuer=identity.issuer,
        subject=_subject(mention),
        relation=relation,
        self=itself,
        iri=identity.iri,
        span=mention.span,
        joint_issuers=joint_issuers(cited, home.registry),
        resolved_by=identity.resolved_by if identity.iri else None,
    )


def _subject(mention: Mention) -> str | None:
    """Return the subject; of a law cited by name, its name without the type word."""
    cited = mention.cited
    if cited.name and cited.type and cited.name.casefold().startswith(cited.type.casefold() + " "):
        return cited.name[len(cited.type) + 1 :]
    return cited.subject


def _is_itself(mention: Mention, identity: Identity, document: Document) -> bool:
    cited = mention.cited
    if cited.name:
        return False
    if identity.number is None or document.number is None:
        return (
            cited.type == document.type
            and identity.number is None
            and document.number is None
            and mention.caption
            and not cited.short
        )
    if number_key(identity.number) != number_key(document.number):
        return False
    if (
        cited.date
        and document.date
        and not (cited.date.startswith(document.date) or document.date.startswith(cited.date))
    ):
        return mention.caption and cited.date[:4] == document.date[:4]
    return mention.caption or identity.issuer is None or document.issuer is None or identity.issuer == document.issuer


def _links(mentions: Mentions, citations: Sequence[Citation], home: Home) -> list[DocumentLink]:
    found: list[DocumentLink] = []
    for stated in mentions.stated:
        link = _link(stated, mentions.items, citations, home)
        if link is not None and link.subject != link.object and link not in found:
            found.append(link)
    return found


def _link(stated: Stated, items: Sequence[Mention], citations: Sequence[Citation], home: Home) -> DocumentLink | None:
    subject = _end(citations[stated.subject])
    mention = items[stated.subject]
    low = high = mention.span
    if isinstance(stated.object, int):
        target = _end(citations[stated.object])
        high = items[stated.object].span
    else:
        target = _law_end(stated.object, citations, home)
    if subject is None or target is None:
        return None
    span = type(low)(min(low.start, high.start), max(low.end, high.end))
    return DocumentLink(subject, stated.relation, target, span)


def _end(citation: Citation) -> str | None:
    """Return how a link names a document: by number where it has one, else by IRI."""
    return citation.number if citation.number and citation.iri else citation.iri


def _law_end(name: str, citations: Sequence[Citation], home: Home) -> str | None:
    """Return how a link names a law inside another's name: as the text cites it, else as the registry knows it."""
    for citation in citations:
        if citation.iri and citation.subject and f"{citation.type} {citation.subject}".casefold() == name.casefold():
            return _end(citation)
    law = law_named(name, None, home.registry, home.date)
    return law.number if law is not None else None


def _findings(items: Sequence[Mention], citations: Sequence[Citation]) -> list[Finding]:
    found: list[Finding] = []
    for mention, citation in zip(items, citations, strict=True):
        if citation.iri is None:
            printed = mention.passage.text[mention.cited.start : mention.cited.end]
            found.append(
                Finding(
                    code="unresolved-citation",
                    severity=Severity.INFO,
                    message=f"Chưa xác định được văn bản được viện dẫn: “{printed}”.",
                    span=citation.span,
                    remedy="Ghi đủ số, ngày và cơ quan ban hành, hoặc thêm văn bản vào bảng laws.csv, phases.csv.",
                    message_en=f"The cited document could not be identified: “{printed}”.",
                    remedy_en="Give number, date and issuer in full, or add the document to laws.csv or phases.csv.",
                )
            )
    return found
