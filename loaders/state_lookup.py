"""From the names in a record to the IRIs of the registry's things; what the registry does not know is named after itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rdflib import URIRef

from ontology.names import accent_key
from ontology.namespaces import mint
from ontology.registry import DocumentType, Jurisdiction, Programme


@dataclass(frozen=True, slots=True)
class Lookup:
    """Names to IRIs. Keys are folded, so that *Uỷ ban* finds *Ủy ban*."""

    types: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    programmes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, types: Iterable[DocumentType], places: Iterable[Jurisdiction], programmes: Iterable[Programme]
    ) -> "Lookup":
        """Build the lookup; of two things with one name the first is meant."""
        made = cls()
        for kind in types:
            for name in (kind.name, *kind.short_forms):
                made.types.setdefault(accent_key(name), kind.id)
        for place in places:
            made.places.setdefault(accent_key(place.full_name), place.id)
        for programme in programmes:
            for name in (programme.id, programme.name, *programme.names):
                made.programmes.setdefault(accent_key(name), programme.id)
        return made

    def document_type(self, name: str | None) -> URIRef | None:
        """Return the IRI of a document type, by name or short form."""
        return mint("document-type", self.types.get(accent_key(name), name)) if name else None

    def place(self, name: str | None, iri: str | None = None) -> URIRef | None:
        """Return the IRI of a place: the one that is known already, or by its full name (*tỉnh Bình Thuận*)."""
        if iri:
            return URIRef(iri)
        return mint("place", self.places.get(accent_key(name), name)) if name else None

    def programme(self, name: str | None) -> URIRef | None:
        """Return the IRI of a programme, by any of its names."""
        return mint("programme", self.programme_id(name)) if name else None

    def programme_id(self, name: str) -> str:
        """Return the id of a programme, its name where the registry has none.

        >>> Lookup.of((), (), (Programme("giam-ngheo", "Giảm nghèo bền vững", "", ("GNBV",)),)).programme_id("gnbv")
        'giam-ngheo'
        """
        return self.programmes.get(accent_key(name), name)

    def agent(self, name: str | None, iri: str | None = None) -> URIRef | None:
        """Return the IRI of an agency or group: the one that is known already, or one made from the name."""
        if iri:
            return URIRef(iri)
        return mint("agency", name) if name else None
