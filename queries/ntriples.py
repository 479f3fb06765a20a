"""From rdflib terms to N-Triples statements: sorted, each once, the same for the same graph.

Statements are kept without the final `` .`` so that a graph name can follow: ``<s> <p> <o>`` is a line of N-Triples with
`` .`` behind it, and a line of N-Quads with `` <g> .``.
"""

from collections.abc import Iterable
from hashlib import sha256

from rdflib.term import BNode, Literal, Node, URIRef

from ontology.errors import ReleaseError
from queries.store import canonical_triples

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_FORBIDDEN = frozenset('<>"{}|^`\\ \t\r\n')


def format_node(node: Node) -> str:
    """Return one rdflib term as N-Triples; raise :class:`ReleaseError` where it has no such form.

    >>> from rdflib import Literal
    >>> format_node(Literal("Sở Tài chính", lang="vi"))
    '"Sở Tài chính"@vi'
    """
    match node:
        case URIRef():
            if ":" not in node or not _FORBIDDEN.isdisjoint(node):
                raise ReleaseError(f"{str(node)!r} is no IRI", remedy="this is a defect of the program: report it")
            return f"<{node}>"
        case Literal():
            quoted = f'"{str(node).translate(_ESCAPES)}"'
            if node.language:
                return f"{quoted}@{node.language}"
            return f"{quoted}^^<{node.datatype}>" if node.datatype else quoted
        case BNode():
            return f"_:{node}"
    raise ReleaseError(f"{node!r} cannot stand in a statement", remedy="this is a defect of the program: report it")


def graph_statements(graph: str, quads: Iterable[tuple[Node, ...]]) -> list[str]:
    """Return the sorted statements of one graph; of each quad the first three terms count.

    Blank nodes get names that depend on the graph's content alone.

    >>> from rdflib import URIRef
    >>> graph_statements("urn:g", [(URIRef("urn:a"), URIRef("urn:p"), URIRef("urn:b"))] * 2)
    ['<urn:a> <urn:p> <urn:b>']
    """
    formatted: dict[Node, str] = {}

    def name(node: Node) -> str:
        known = formatted.get(node)
        if known is None:
            known = formatted[node] = format_node(node)
        return known

    statements = sorted({f"{name(quad[0])} {name(quad[1])} {name(quad[2])}" for quad in quads})
    if any(isinstance(node, BNode) for node in formatted):
        text = "".join(f"{statement} .\n" for statement in statements)
        return canonical_triples(text, sha256(graph.encode()).hexdigest()[:8])
    return statements
