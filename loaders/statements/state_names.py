"""The names of what one document states: IRIs that stay the same as long as the text says the same.

Guaranteed: two things of one document never share an IRI, and the IRI of a task, assignment or component depends on the
printed number, the agent and the role, not on where in the list it stands.
"""

import hashlib
import re

from rdflib import URIRef

from ontology.namespaces import GRAPH, ID, mint, slug
from ontology.records import Record

_DOCUMENT = str(ID["document/"])
_THING = re.compile(re.escape(str(ID)) + r"[a-z-]+/(?P<path>.+)")


def document_iri(record: Record, source_text: str) -> URIRef:
    """Return the IRI of the document; one without issuer, year or number is named after what is known and its text.

    >>> from ontology.records import Document
    >>> document_iri(Record(Document(None, None, "2022-08", "UBND huyện Bảo Yên", None, None)), "…")
    rdflib.term.URIRef('https://w3id.org/daumoi/id/document/ubnd-huyen-bao-yen/2022/van-ban-b4935894c8ce')
    """
    if record.document.iri:
        return URIRef(record.document.iri)
    digest = hashlib.sha256(source_text.encode()).hexdigest()[:12]
    year = (record.document.date or "")[:4] or "khong-ro-nam"
    return mint("document", record.document.issuer or "khong-ro-co-quan", year, f"van-ban-{digest}")


def path_of(iri: str) -> str:
    """Return what follows the kind in the IRI of a thing; a foreign IRI is slugged whole.

    >>> path_of("https://w3id.org/daumoi/id/agency/tinh-binh-thuan/so-tai-chinh")
    'tinh-binh-thuan/so-tai-chinh'
    >>> path_of("http://example.org/A b")
    'http-example.org-a-b'
    """
    found = _THING.fullmatch(iri)
    return found["path"] if found else slug(iri)


def step(printed: str) -> str:
    """Return a printed number as one step of an IRI; *đ* and *d* stay apart, because lists count a, b, c, d, đ, e.

    >>> step("B.I.4.a"), step("III.2.đ"), step("+")
    ('b.i.4.a', 'iii.2.dd', 'n')
    """
    return slug(printed.replace("đ", "dd").replace("Đ", "dd")).strip(".") or "n"


class DocumentNames:
    """Mints the IRIs of one document's things."""

    def __init__(self, document: URIRef) -> None:
        self.document = document
        self.path = path_of(document)
        self.graph = GRAPH[f"document/{self.path}"]
        self._taken: dict[URIRef, int] = {}
        self.places: dict[str, URIRef] = {"/document": document}
        """What stands at which JSON pointer of the record: corrections name their fact by it."""

    def name(self, kind: str, *steps: str) -> URIRef:
        """Return the IRI of a thing that is there once by its nature (the text, a quote from 10 to 20)."""
        return ID["/".join((kind, self.path, *steps))]

    def fresh(self, kind: str, *steps: str) -> URIRef:
        """Return an IRI that was not given out before: the second thing of the same name gets ``-2``.

        >>> names = DocumentNames(ID["document/quoc-hoi/2021/24-2021-qh15"])
        >>> [str(names.fresh("task", "i.1")).rsplit("/", 1)[1] for _ in range(3)]
        ['i.1', 'i.1-2', 'i.1-3']
        """
        wanted = self.name(kind, *steps)
        made = wanted
        while made in self._taken:
            self._taken[wanted] += 1
            made = URIRef(f"{wanted}-{self._taken[wanted]}")
        self._taken[made] = 1
        return made
