"""State what a document is, and what it says of other documents.

Each mention of a document is a ``dm:Citation`` node with its quote, and the relation it stands for is also stated directly
between the two documents. What the text says *of* a cited document stays on the mention; the rules gather it, so that no
triple stands in the graphs of two documents.
"""

from collections.abc import Mapping
from types import MappingProxyType

from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF

from loaders.statements.state_evidence import Quotes
from loaders.statements.state_lookup import Lookup
from loaders.statements.state_names import DocumentNames
from loaders.statements.state_quads import Statements, concept, day, plain, truth, vi, whole
from ontology.namespaces import DM, ELI, ID
from ontology.records import Citation, Document, Record, Relation, Section, Span

RELATION_PROPERTY: Mapping[Relation, URIRef] = MappingProxyType(
    {
        Relation.BASED_ON: ELI.based_on,
        Relation.ENSURES_IMPLEMENTATION_OF: ELI.ensures_implementation_of,
        Relation.REPLACES: DCTERMS.replaces,
        Relation.REPEALS: ELI.repeals,
        Relation.AMENDS: ELI.amends,
        Relation.CITES: ELI.cites,
        # A mention of an annex, or of a task's product, says no more of the whole document than that it cites.
        Relation.ANNEX: ELI.cites,
        Relation.RESULT_DOCUMENT: ELI.cites,
    }
)


def state_document(record: Record, names: DocumentNames, statements: Statements, quotes: Quotes, look: Lookup) -> None:
    """State the description of the document itself, with the quotes of its fields."""
    document, add = record.document, statements.add
    iri = names.document
    statements.add_type(iri, ELI.LegalResource)
    add(iri, DM.held, truth(True))
    add(iri, ELI.id_local, plain(document.number))
    add(iri, DCTERMS.title, vi(document.title))
    look.state_subject(iri, document.title, statements)
    add(iri, ELI.type_document, look.document_type(document.type, document.issuer_iri))
    add(iri, ELI.date_document, day(document.date))
    add(iri, DM.dateText, plain(document.date))
    add(iri, ELI.passed_by, look.agent(document.issuer, document.issuer_iri))
    add(iri, DM.jurisdiction, look.place(document.jurisdiction, document.jurisdiction_iri))
    for programme in document.programmes:
        add(iri, DM.programme, look.programme(programme))
    for period in document.periods:
        add(iri, DM.period, plain(period))
    for recipient in document.recipients:
        add(iri, DM.recipient, vi(recipient))
    for number, signer in enumerate(document.signers, 1):
        node = names.name("signature", str(number))
        add(iri, DM.signature, node)
        statements.add_type(node, DM.Signature)
        add(node, FOAF.name, plain(signer.name))
        add(node, DM.capacity, vi(signer.capacity))
        quotes.cite(node, (signer.span,))
    quotes.cite(iri, (document.spans[field] for field in sorted(document.spans)))
    if "title" in document.spans:
        quotes.cite(iri, (document.spans["title"],), DM.titleEvidence)
    if document.attached_to is not None:
        _state_annex(document, names, statements)


def _state_annex(document: Document, names: DocumentNames, statements: Statements) -> None:
    annex = names.name("annex", "1")
    statements.add(names.document, ELI.has_annex, annex)
    statements.add_type(annex, DM.Annex)
    statements.add(annex, DCTERMS.title, vi(document.title))
    statements.add(annex, DM.inDocument, names.document)


def state_sections(record: Record, names: DocumentNames, statements: Statements, quotes: Quotes) -> None:
    """State the outline: each heading, what it stands under, and where."""
    for number, section in enumerate(record.sections, 1):
        node = section_iri(names, number)
        statements.add_type(node, DM.Section)
        statements.add(node, DM.inDocument, names.document)
        statements.add(node, ELI.number, plain(section.label))
        statements.add(node, DCTERMS.title, vi(section.title))
        statements.add(node, DM.depth, whole(section.depth))
        statements.add(node, DM.order, whole(number))
        parent = innermost(record.sections[: number - 1], section.span)
        statements.add(node, DM.parentSection, None if parent is None else section_iri(names, parent))
        quotes.cite(node, (section.span,))


def section_iri(names: DocumentNames, number: int) -> URIRef:
    """Return the IRI of the ``number``-th heading, from 1."""
    return names.name("section", str(number))


def innermost(sections: tuple[Section, ...], span: Span) -> int | None:
    """Return the number (from 1) of the narrowest of ``sections`` that governs the place ``span``, ``None`` if none does."""
    around = [
        (section.extent.end - section.extent.start, -number)
        for number, section in enumerate(sections, 1)
        if section.extent.start <= span.start and span.end <= section.extent.end
    ]
    return -min(around)[1] if around else None


def state_citations(record: Record, names: DocumentNames, statements: Statements, quotes: Quotes, look: Lookup) -> None:
    """State each mention of a document, and the relation between the two documents that it stands for."""
    for index, citation in enumerate(record.citations):
        node = names.fresh("citation", f"{citation.span.start}-{citation.span.end}")
        names.places[f"/citations/{index}"] = node
        _state_mention(citation, node, names, statements)
        look.state_subject(node, citation.subject, statements)
        quotes.cite(node, (citation.span,))
        quotes.cite(node, (quotes.reaching(citation.span, citation.subject),), DM.aboutEvidence)
        if citation.iri is None or citation.self or citation.iri == str(names.document):
            continue
        cited = URIRef(citation.iri)
        if citation.relation is Relation.ANNEX and citation.number == record.document.attached_to is not None:
            statements.add(cited, ELI.has_annex, names.document)
        else:
            statements.add(names.document, RELATION_PROPERTY[citation.relation], cited)


def _state_mention(citation: Citation, node: URIRef, names: DocumentNames, statements: Statements) -> None:
    add = statements.add
    statements.add_type(node, DM.Citation)
    add(node, DM.inDocument, names.document)
    add(node, DM.citedDocument, URIRef(citation.iri) if citation.iri else None)
    add(node, DM.relation, concept("relation", citation.relation))
    add(node, DM.citedNumber, plain(citation.number))
    add(node, DM.citedType, plain(citation.type))
    add(node, DM.citedDate, plain(citation.date))
    add(node, DM.citedIssuer, plain(citation.issuer))
    for issuer in citation.joint_issuers:
        add(node, DM.citedJointIssuer, plain(issuer))
    add(node, DM.subject, vi(citation.subject))
    add(node, DM.selfCitation, truth(citation.self))
    add(node, DM.resolvedBy, concept("resolution", citation.resolved_by) if citation.resolved_by else None)


def state_links(record: Record, names: DocumentNames, statements: Statements, quotes: Quotes) -> None:
    """State the relations between two *cited* documents, as nodes; the rules make the direct edges of them, once."""
    known = {citation.number: citation.iri for citation in record.citations if citation.number and citation.iri}
    for link in record.links:
        ends = [_end(end, known) for end in (link.subject, link.object)]
        if None in ends or ends[0] == ends[1]:
            continue
        node = names.fresh("link", f"{link.span.start}-{link.span.end}")
        statements.add_type(node, DM.StatedLink)
        statements.add(node, DM.inDocument, names.document)
        statements.add(node, DM.linkSubject, ends[0])
        statements.add(node, DM.relation, concept("relation", link.relation))
        statements.add(node, DM.linkObject, ends[1])
        quotes.cite(node, (link.span,))


def _end(text: str, known: Mapping[str, str]) -> URIRef | None:
    if text.startswith(str(ID)):
        return URIRef(text)
    return URIRef(known[text]) if text in known else None
