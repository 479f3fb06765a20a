"""Reading a request of the SPARQL 1.1 Protocol: exactly one query, from wherever the protocol lets it stand.

Every way to be wrong has its status and a text that says what to do; a refused request changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from queries.lexer import query_form
from server.negotiation import choose_media_type

SELECT_TYPES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
ASK_TYPES = SELECT_TYPES[:2]
GRAPH_TYPES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
_ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/plain": "application/n-triples",
}
_SHORT = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"


class Refusal(Exception):
    """A request that is not answered: the status, a plain text for the client, and headers to send with it."""

    def __init__(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        self.status = status
        self.text = text
        self.headers = headers or {}
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """A query as asked. Graph lists are ``None`` where the request names none; ``seconds`` is a limit the client asks for."""

    query: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    format: str | None = None
    seconds: float | None = None


def read_sparql_request(
    method: str, query_string: bytes, content_type: str, body: bytes, *, longest: int
) -> SparqlRequest | None:
    """Read the request; ``None`` where it carries no query at all (the service then describes itself).

    Raise :class:`Refusal` with 400, 403, 413 or 415.
    """
    media_type, charset = _media_type(content_type)
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refusal(415, f"the charset {charset} is not understood; send UTF-8\n")
    pairs = _read_pairs(query_string)
    if method == "POST":
        if media_type == _UPDATE:
            raise Refusal(403, "this endpoint is read-only: updates are refused and nothing was changed\n")
        if media_type == _QUERY:
            if any(name == "query" for name, _ in pairs):
                raise Refusal(400, "the query stands both in the address and in the body; send it once\n")
            pairs = [*pairs, ("query", _decode(body))]
        elif media_type == _FORM:
            pairs = [*pairs, *_read_pairs(body)]
        else:
            named = media_type or "none"
            raise Refusal(
                415,
                f"content type {named} is not understood; send {_FORM} or {_QUERY}\n",
                {"Accept-Post": f"{_FORM}, {_QUERY}"},
            )
    return _one_request(pairs, longest)


def _one_request(pairs: Sequence[tuple[str, str]], longest: int) -> SparqlRequest | None:
    names = [name for name, _ in pairs]
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name in names):
        raise Refusal(403, "this endpoint is read-only: updates are refused and nothing was changed\n")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1:
        raise Refusal(400, f"exactly one query is answered; the request has {len(queries)}\n")
    if not queries:
        if any(name in ("default-graph-uri", "named-graph-uri") for name in names):
            raise Refusal(400, "the request names graphs but has no query\n")
        return None
    if len(queries[0].encode()) > longest:
        raise Refusal(413, f"the query is longer than {longest} bytes, the limit here\n")
    default = tuple(value for name, value in pairs if name == "default-graph-uri")
    named = tuple(value for name, value in pairs if name == "named-graph-uri")
    given = bool(default or named)
    asked = next((value for name, value in pairs if name in ("format", "output") and value), None)
    return SparqlRequest(
        queries[0], default if given else None, named if given else None, asked, _seconds(dict(pairs).get("timeout"))
    )


def _seconds(text: str | None) -> float | None:
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        raise Refusal(400, f"timeout={text} is no number of seconds\n") from None
    if not 0 < seconds < float("inf"):
        raise Refusal(400, f"timeout={text} is no positive number of seconds\n")
    return seconds


def _media_type(content_type: str) -> tuple[str, str]:
    kind, *parameters = (part.strip() for part in content_type.lower().split(";"))
    charset = next((p.partition("=")[2].strip('" ') for p in parameters if p.startswith("charset=")), "")
    return kind, charset


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"the request is not UTF-8 (byte {error.start})\n") from None


def _read_pairs(raw: bytes) -> list[tuple[str, str]]:
    """Decode a form once; bytes that are no UTF-8 are refused, not replaced."""
    text = raw.decode("latin-1")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=200)
    except UnicodeDecodeError:
        raise Refusal(400, "the request is not UTF-8\n") from None
    except ValueError as error:
        raise Refusal(400, f"the form cannot be read ({error})\n") from None
    return [(_decode(name.encode("latin-1")) if not name.isascii() else name, value) for name, value in pairs]


def choose_result_type(request: SparqlRequest, accept: str | None) -> str:
    """Return the media type to answer in; raise :class:`Refusal` 406 with the list of what there is.

    Aliases count as what they stand for (``application/json``); ``format=`` wins over ``Accept``.
    """
    form = query_form(request.query)
    offered = GRAPH_TYPES if form in ("CONSTRUCT", "DESCRIBE") else ASK_TYPES if form == "ASK" else SELECT_TYPES
    if request.format is not None:
        asked = _SHORT.get(request.format.lower(), request.format.lower())
        if asked in ("application/sparql-results+json",) and asked not in offered:
            asked = "application/ld+json"
        if asked in ("application/sparql-results+xml",) and asked not in offered:
            asked = "application/rdf+xml"
        chosen = asked if asked in offered else None
    else:
        aliases = {alias: full for alias, full in _ALIASES.items() if full in offered}
        if form in ("CONSTRUCT", "DESCRIBE"):
            aliases |= {"application/json": "application/ld+json", "application/xml": "application/rdf+xml"}
        wanted = choose_media_type(accept, (*offered, *aliases))
        chosen = aliases.get(wanted, wanted) if wanted else None
    if chosen is None:
        raise Refusal(406, "none of the accepted media types can be written; there are:\n" + "\n".join(offered) + "\n")
    return chosen
