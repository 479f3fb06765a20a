"""Namespaces and the minting of IRIs: canonical, stable, hierarchical, made from names that people can read.

``https://w3id.org/daumoi/id/{kind}/{slug…}``. The w3id redirect is not registered yet: nothing depends on it being
reachable; pages link to the running host instead.
"""

import re
from functools import lru_cache

from rdflib import Namespace, URIRef

from ontology.folding import bare_letters

BASE = "https://w3id.org/daumoi/"
DM = Namespace(BASE + "ontology#")
ID = Namespace(BASE + "id/")
GRAPH = Namespace(BASE + "graph/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
ORG = Namespace("http://www.w3.org/ns/org#")
CPOV = Namespace("http://data.europa.eu/m8g/")
OA = Namespace("http://www.w3.org/ns/oa#")
TIME = Namespace("http://www.w3.org/2006/time#")
QB = Namespace("http://purl.org/linked-data/cube#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
SCHEMA = Namespace("https://schema.org/")

_SERIAL = re.compile(r"^0*(\d+)")
_SEPARATORS = re.compile(r"[^a-z0-9.]+")


@lru_cache(maxsize=16384)
def slug(text: str) -> str:
    """Return ``text`` as a lower-case ASCII slug; *đ* becomes *d*, everything else that is no letter or digit a hyphen.

    >>> slug("Sở Lao động - Thương binh và Xã hội")
    'so-lao-dong-thuong-binh-va-xa-hoi'
    >>> slug("1722/QĐ-TTg")
    '1722-qd-ttg'
    """
    return _SEPARATORS.sub("-", bare_letters(text.lower())).strip("-")


@lru_cache(maxsize=16384)
def mint(kind: str, *parts: str) -> URIRef:
    """Return the IRI of a thing; each part is a path of slugs already (``tinh-binh-thuan/so-tai-chinh``) or is slugged.

    >>> mint("document", "thu-tuong-chinh-phu", "2016", "1722/QĐ-TTg".replace("/", "-"))
    rdflib.term.URIRef('https://w3id.org/daumoi/id/document/thu-tuong-chinh-phu/2016/1722-qd-ttg')
    """
    path = "/".join("/".join(slug(step) for step in part.split("/")) for part in parts)
    return ID[f"{kind}/{path}"]


def number_key(number: str) -> str:
    """Return the key under which two ways to write one document number meet: case and leading zeros do not matter.

    The serial has two digits at least, as the drafting rules want it.

    >>> number_key("9/2022/TT-BLĐTBXH"), number_key("0908/CTr-UBND")
    ('09/2022/tt-blđtbxh', '908/ctr-ubnd')
    """
    return _SERIAL.sub(lambda found: found[1].zfill(2), number.casefold(), count=1)


def mint_document(issuer: str, date: str, number: str) -> URIRef:
    """Return the IRI of a document: the id of its issuer (a path), the year of its ISO date, its number.

    >>> mint_document("tinh-lao-cai/uy-ban-nhan-dan", "2022-04-28", "168/KH-UBND")
    rdflib.term.URIRef('https://w3id.org/daumoi/id/document/tinh-lao-cai/uy-ban-nhan-dan/2022/168-kh-ubnd')
    """
    return mint("document", issuer, date[:4], number_key(number).replace("/", "-"))
