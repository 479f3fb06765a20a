"""Why a mention is that document, and why it relates to this one as it does: the words, or the place it stands in."""

import re
from collections.abc import Sequence

from loaders.citations.relation_words import load_relation_words
from loaders.explaining.explanation import Explanation, Reason, give_reason
from loaders.explaining.ground import Ground, Spot, offset_in
from loaders.text.passage import Passage
from loaders.text.wordlists import any_of
from ontology.folding import fold
from ontology.records import Citation, Relation


def explain_citations(citations: Sequence[Citation], ground: Ground) -> tuple[Explanation, ...]:
    """Return each citation with the rule of its identity and the words of its relation."""
    return tuple(
        Explanation(
            "citation",
            one.number or one.subject or one.type or "?",
            _shown(one),
            ground.place(one.span),
            (_identity(one, citations, ground), _relation(one, ground)),
        )
        for one in citations
    )


def _shown(one: Citation) -> str:
    parts = [one.type, one.number, one.date, one.issuer]
    return " · ".join(part for part in parts if part)


def _identity(one: Citation, all_: Sequence[Citation], ground: Ground) -> Reason:
    if one.self:
        return give_reason("citation:self")
    if one.iri is None:
        return give_reason("citation:none")
    if one.resolved_by == "same-text":
        fuller = [c for c in all_ if c.iri == one.iri and c.resolved_by != "same-text"]
        if fuller:
            nearest = min(fuller, key=lambda c: abs(c.span.start - one.span.start))
            return give_reason("citation:same-text", ground.place(nearest.span))
    rule = f"citation:{one.resolved_by}"
    return give_reason(rule if one.resolved_by in {"printed", "number-year", "registry"} else "citation:printed")


def _relation(one: Citation, ground: Ground) -> Reason:
    code = f"relation:{one.relation.value}"
    if one.relation is Relation.CITES:
        return give_reason("relation:default", code=code)
    spot = ground.spot(one.span.start)
    words = _words(one, spot, ground) if spot is not None else None
    if words is None:
        return give_reason("relation:place", code=code)
    return give_reason("relation", ground.place(words[0].span(*words[1])), code=code)


def _words(one: Citation, spot: Spot, ground: Ground) -> tuple[Passage, tuple[int, int]] | None:
    """Return the words that give a relation: those that open the paragraph, stand before or behind the mention, or head the column."""
    known = load_relation_words()
    text = spot.passage.text
    folded = fold(text)
    at = offset_in(spot.passage, one.span.start) or 0
    end = offset_in(spot.passage, one.span.end - 1) or at
    if one.relation is Relation.RESULT_DOCUMENT:
        if found := _last(known.completed, folded, 0, at):
            return spot.passage, found
        return (spot.header, (0, len(spot.header))) if spot.header is not None else None
    if one.relation is Relation.ANNEX:
        found = _last(known.captions, folded, 0, at)
        return (spot.passage, found) if found else None
    if one.relation is Relation.BASED_ON:
        opening = _last(
            [words for words, relation in known.openings if relation is one.relation], folded, 0, min(at, 60)
        )
        if opening:
            return spot.passage, opening
        heading = (
            next((h for h in ground.headings(spot.node) if known.is_heading(h.title)), None) if spot.node else None
        )
        return (
            (heading.paragraph.passage, (0, len(heading.title))) if heading is not None and heading.paragraph else None
        )
    before = [words for words, relation in known.before if relation is one.relation]
    behind = [words for words, relation in (*known.after, *known.passives) if relation is one.relation]
    found = _last(before, folded, 0, at)
    if found is None and (after := re.compile(_bounded(behind)).search(folded, end)) is not None:
        found = after.span()
    if found is None and one.relation is Relation.ENSURES_IMPLEMENTATION_OF:
        openings = [words for words, relation in known.openings if relation is Relation.BASED_ON]
        found = _last(openings, folded, 0, at)
    return (spot.passage, found) if found is not None else None


def _bounded(words: Sequence[str]) -> str:
    """Return a pattern for any of ``words`` as whole words; signs between them do not matter."""
    return r"(?<!\w)" + any_of(words).replace(r"\s+", r"\W+") + r"(?!\w)" if words else r"(?!)"


def _last(words: Sequence[str], folded: str, start: int, end: int) -> tuple[int, int] | None:
    found = None
    for match in re.compile(_bounded(words)).finditer(folded, start, end):
        found = match.span()
    return found
