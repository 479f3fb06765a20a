"""A place named as the one that acts: *Đối với Thủ đô Hà Nội*, *Đối với tỉnh Lào Cai* stand for its People's Committee."""

from loaders.names.agency_index import AgencyIndex, split_words
from loaders.names.agency_names import AgencyMention
from loaders.names.agency_places import NameContext
from ontology.namespaces import mint
from ontology.registry import holds_on

COMMITTEE = "peoples-committee"


def find_place_agent(text: str, start: int, context: NameContext, index: AgencyIndex) -> AgencyMention | None:
    """Return the People's Committee of the listed place that ``text[start:]`` begins with, ``None`` where it begins with none."""
    words = split_words(text[start:])
    registry = index.registry
    for match in index.places.matches(words, 0):
        places = [registry.jurisdictions[target.id] for target in match.targets]
        place = next((one for one in places if holds_on(one, context.day)), places[0])
        body = next((b for b in registry.bodies.values() if b.kind == COMMITTEE and b.level is place.level), None)
        if body is None:
            continue
        agency = registry.local_agency(body.id, place)
        end = start + words[match.end - 1].end
        iri = str(mint("agency", agency.id))
        return AgencyMention(start, end, agency.name, iri, False, True, text[start:end], rule="place", level=body.level)
    return None
