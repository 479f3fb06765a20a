"""From the names in a record to the IRIs of the registry's things; what the registry does not know is named after itself."""

from dataclasses import dataclass, field

from rdflib import URIRef

from loaders.statements.state_names import path_of
from loaders.statements.state_quads import Statements, plain
from loaders.statements.subject_key import SubjectKeys
from ontology.folding import accent_key
from ontology.namespaces import DM, mint
from ontology.registry import Registry


@dataclass(frozen=True, slots=True)
class Lookup:
    """Names to IRIs. Keys are folded, so that *Uỷ ban* finds *Ủy ban*."""

    subject_keys: SubjectKeys
    registry: Registry
    types: dict[tuple[str, bool], str] = field(default_factory=dict)
    """By name, and whether the Party issues it."""
    places: dict[str, str] = field(default_factory=dict)
    programmes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, registry: Registry) -> "Lookup":
        """Build the lookup; of two things with one name the first is meant."""
        made = cls(SubjectKeys.of(registry.abbreviations, registry.programmes.values()), registry)
        for kind in registry.document_types.values():
            for name in (kind.name, *kind.short_forms):
                made.types.setdefault((accent_key(name), kind.party), kind.id)
        for place in registry.jurisdictions.values():
            made.places.setdefault(accent_key(place.full_name), place.id)
        for programme in registry.programmes.values():
            for name in (programme.id, programme.name, *programme.names):
                made.programmes.setdefault(accent_key(name), programme.id)
        return made

    def state_subject(self, node: URIRef, text: str | None, statements: Statements) -> None:
        """State what ``text`` says a document is about: its subject key, and the period that was cut out of it."""
        if text:
            key = self.subject_keys.key(text)
            statements.add(node, DM.subjectKey, plain(key.key))
            statements.add(node, DM.subjectPeriod, plain(key.period))

    def document_type(self, name: str | None, issuer_iri: str | None = None) -> URIRef | None:
        """Return the IRI of a document type, by name or short form; the Party's types are its own (*Chỉ thị*)."""
        if not name:
            return None
        key, party = accent_key(name), self._is_party(issuer_iri)
        return mint("document-type", self.types.get((key, party)) or self.types.get((key, not party)) or name)

    def _is_party(self, iri: str | None) -> bool:
        try:
            return iri is not None and self.registry.agency(path_of(iri)).kind == "party"
        except KeyError:
            return False

    def place(self, name: str | None, iri: str | None = None) -> URIRef | None:
        """Return the IRI of a place: the one that is known already, or by its full name (*tỉnh Bình Thuận*)."""
        if iri:
            return URIRef(iri)
        return mint("place", self.places.get(accent_key(name), name)) if name else None

    def programme(self, name: str | None) -> URIRef | None:
        """Return the IRI of a programme, by any of its names."""
        return mint("programme", self.programme_id(name)) if name else None

    def programme_id(self, name: str) -> str:
        """Return the id of a programme, its name where the registry has none."""
        return self.programmes.get(accent_key(name), name)

    def agent(self, name: str | None, iri: str | None = None) -> URIRef | None:
        """Return the IRI of an agency or group: the one that is known already, or one made from the name."""
        if iri:
            return URIRef(iri)
        return mint("agency", name) if name else None
