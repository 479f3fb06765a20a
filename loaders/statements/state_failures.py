"""State that a file could not be read at all: a finding without a document, so that it is seen where the others are."""

from collections.abc import Iterable

from loaders.statements.state_quads import Quad, Statements, concept, en, vi
from ontology.namespaces import DM, GRAPH, mint
from ontology.records import Finding


def state_failures(failures: Iterable[tuple[str, Finding]]) -> list[Quad]:
    """State one finding for each ``(file name, finding)``.

    >>> from ontology.records import Severity
    >>> finding = Finding("unreadable-file", Severity.ERROR, "Không đọc được", None, "xem lại tệp", "cannot be read")
    >>> sorted({str(quad[0]) for quad in state_failures([("Bảng 1.txt", finding)])})
    ['https://w3id.org/daumoi/id/finding/file/bang-1.txt/unreadable-file']
    """
    statements = Statements(GRAPH["findings"])
    for name, finding in failures:
        node = mint("finding", "file", name, finding.code)
        statements.add_type(node, DM.Finding)
        statements.add(node, DM.code, concept("finding-code", finding.code))
        statements.add(node, DM.severity, concept("severity", finding.severity))
        statements.add(node, DM.message, vi(finding.message))
        statements.add(node, DM.message, en(finding.message_en))
        statements.add(node, DM.remedy, vi(finding.remedy))
        statements.add(node, DM.remedy, en(finding.remedy_en))
    return statements.quads()
