"""Addresses: from an IRI to the page on this host, and back; the reader's language stays in every link.

IRIs are canonical and live at ``w3id.org``; pages link to the running host, so every IRI opens on a laptop too.
"""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from ontology.namespaces import ID

PAGE_KINDS = ("document", "agency", "group", "task", "component", "national-component")
"""Kinds of things that have a page of their own; everything else is shown as its data."""

_ID = str(ID)


def split_iri(iri: str) -> tuple[str, str] | None:
    """Return kind and path of one of our IRIs, ``None`` for anything else.

    >>> split_iri("https://w3id.org/daumoi/id/agency/bo-y-te")
    ('agency', 'bo-y-te')
    >>> split_iri("https://example.org/agency/bo-y-te") is None
    True
    """
    kind, slash, path = iri.removeprefix(_ID).partition("/") if iri.startswith(_ID) else ("", "", "")
    return (kind, path) if slash and path else None


def join_iri(kind: str, path: str) -> str:
    """Return the IRI of a thing by kind and path.

    >>> join_iri("agency", "bo-y-te")
    'https://w3id.org/daumoi/id/agency/bo-y-te'
    """
    return f"{_ID}{kind}/{path}"


class Links:
    """Makes the addresses of one answer; ``language`` is kept in them if the reader chose it by hand."""

    def __init__(self, language: str | None = None) -> None:
        self.language = language

    def url(self, path: str, parameters: Mapping[str, object] | None = None, fragment: str = "") -> str:
        """Return a local address with the parameters that are not ``None`` or empty.

        >>> Links("en").url("/search", {"q": "y tế", "page": None})
        '/search?q=y+t%E1%BA%BF&lang=en'
        >>> Links().url("/")
        '/'
        """
        given = {name: value for name, value in (parameters or {}).items() if value not in (None, "")}
        if self.language and "lang" not in given:
            given["lang"] = self.language
        query = f"?{urlencode(given, doseq=True)}" if given else ""
        return quote(path, safe="/.~-_@:") + query + (f"#{fragment}" if fragment else "")

    def page(self, iri: str) -> str:
        """Return the address of the page about ``iri``; the IRI itself where it is none of ours.

        >>> Links().page("https://w3id.org/daumoi/id/agency/bo-y-te")
        '/agency/bo-y-te'
        >>> Links().page("https://w3id.org/daumoi/id/role/lead")
        '/id/role/lead'
        """
        parts = split_iri(iri)
        if parts is None:
            return iri
        kind, path = parts
        return self.url(f"/{kind}/{path}" if kind in PAGE_KINDS else f"/id/{kind}/{path}")

    def place(self, document: str, start: int, end: int) -> str:
        """Return the permalink of a stretch of a document's text."""
        parts = split_iri(document)
        path = f"/{parts[0]}/{parts[1]}" if parts else "/"
        return self.url(path, fragment=f"span-{start}-{end}")
