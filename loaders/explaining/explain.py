"""Explain a record: for any fact, what was read and where, which rule and which words made it; for what was not taken, why not.

Nothing is read anew: the record is as the reader made it, and the text is laid out again by the same reader to find the words
behind each rule.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.explaining.explain_citations import explain_citations
from loaders.explaining.explain_figures import (
    explain_budgets,
    explain_components,
    explain_document,
    explain_reporting,
    explain_targets,
)
from loaders.explaining.explain_tasks import explain_tasks
from loaders.explaining.explanation import Explanation, Reason, give_reason
from loaders.explaining.ground import Ground, ancestors_of, heading_text, lay_ground, section_kind
from loaders.reader import Reader
from loaders.text.blocks import Node
from loaders.text.rows import is_caption_row
from ontology.folding import fold
from ontology.records import Finding, Record, Span

ALL = "all"
"""Asks for every fact."""
_SILENT = frozenset({"purpose", "goals", "audience", "funds", "background", "time"})
"""Kinds of sections from which no tasks are read."""


def explain_record(record: Record, text: str, reader: Reader) -> tuple[Explanation, ...]:
    """Return every fact of ``record`` explained: the document, citations, components, tasks with their parts, figures, findings.

    ``text`` is the text layer that the record's spans point into, ``reader`` the reader that made it. Each fact carries the
    findings in reach: those whose place overlaps its own.
    """
    return _explain(record, lay_ground(text, reader))


def _explain(record: Record, ground: Ground) -> tuple[Explanation, ...]:
    context = ground.reader.context(record.document)
    facts = (
        *explain_document(record.document, ground),
        *explain_citations(record.citations, ground),
        *explain_components(record, ground),
        *explain_tasks(record, ground, context),
        *explain_targets(record, ground),
        *explain_budgets(record, ground),
        *explain_reporting(record, ground),
    )
    return (*(_with_findings(one, record.findings) for one in facts), *_findings(record.findings, ground))


def explain_what(record: Record, text: str, reader: Reader, what: str) -> tuple[Explanation, ...]:
    """Return the facts that ``what`` asks for, explained.

    ``all`` asks for every fact; the id of a task, component or field, or the number of a document, for that fact and its parts; a
    number (or ``@`` and a number) for what covers that offset, the innermost first; anything else is looked for in the text (case, blanks
    and line breaks aside): the facts at those places. A place from which nothing was read gives an explanation of kind ``nothing``
    that says why. Nothing at all means that the words are not in the document.
    """
    ground = lay_ground(text, reader)
    facts = _explain(record, ground)
    if what == ALL:
        return facts
    if named := [one for one in facts if what in {one.id, one.of}]:
        return tuple(named)
    if re.fullmatch(r"@?\d+", what):
        offset = int(what.lstrip("@"))
        return _at(facts, Span(offset, offset + 1), ground) if offset < len(text) else ()
    found: dict[Explanation, None] = {}
    for span in find_fragment(text, what):
        found.update(dict.fromkeys(_at(facts, span, ground)))
    return tuple(found)


def find_fragment(text: str, fragment: str) -> Iterator[Span]:
    """Yield where ``fragment`` stands in ``text``, case and runs of blanks aside.

    >>> list(find_fragment("Sở  Y\\ntế chủ trì", "sở y tế"))
    [Span(start=0, end=8)]
    """
    words = fold(fragment).split()
    if words:
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        for found in pattern.finditer(fold(text)):
            yield Span(*found.span())


def _at(facts: Sequence[Explanation], span: Span, ground: Ground) -> tuple[Explanation, ...]:
    """Return the facts that overlap ``span``, the narrowest first; one of kind ``nothing`` where there is none but findings."""
    here = [one for one in facts if one.place is not None and _overlap(one.place.span, span)]
    here.sort(key=lambda one: one.place.span.end - one.place.span.start if one.place is not None else 0)
    if any(one.fact not in {"finding", "document"} for one in here):
        return tuple(here)
    near = tuple(finding for one in here for finding in one.findings)
    return (
        *here,
        Explanation("nothing", f"@{span.start}", "", ground.place(span), (_why_nothing(span, ground),), (), near),
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _with_findings(one: Explanation, findings: Sequence[Finding]) -> Explanation:
    """Give a fact the findings in reach: those that overlap it; a part of a task only those inside it."""
    if one.place is None:
        return one
    own = one.place.span
    near = tuple(f for f in findings if f.span is not None and _overlap(f.span, own))
    if one.of is not None:
        near = tuple(f for f in near if f.span is not None and own.start <= f.span.start and f.span.end <= own.end)
    return replace(one, findings=near) if near else one


def _findings(findings: Sequence[Finding], ground: Ground) -> Iterator[Explanation]:
    for finding in findings:
        place = ground.place(finding.span) if finding.span is not None else None
        reason = Reason("finding", finding.message, finding.message_en, place)
        yield Explanation("finding", finding.code, finding.message, place, (reason,), findings=(finding,))


# --- why nothing was read from a place ---


def _why_nothing(span: Span, ground: Ground) -> Reason:
    spot = ground.spot(span.start)
    if spot is None:
        return give_reason("nothing:layout")
    if spot.column == "header":
        return give_reason("nothing:header")
    node = spot.node
    if node is None:
        return give_reason("nothing:table")
    if node.cells:
        if is_caption_row(node):
            return give_reason("nothing:caption")
        header = spot.header
        words = header.text if header is not None else "…"
        return give_reason("nothing:column", words=words, name=spot.column or "–")
    return _why_no_statement(node, ground)


def _why_no_statement(node: Node, ground: Ground) -> Reason:
    for above in (node, *ancestors_of(node)):
        if above.kind in {"recipients", "signature"}:
            return give_reason(f"nothing:{above.kind}")
    section = section_kind(node, ground.reader)
    if section is not None and section[0] in _SILENT:
        kind, heading = section
        place = ground.place(heading.paragraph.whole.span()) if heading.paragraph is not None else None
        return give_reason("nothing:section", place, words=heading_text(heading)[:100], code=f"section:{kind}")
    if node.children:
        return give_reason("nothing:heading")
    return give_reason("nothing:words")
