"""Why the other facts were read: the document's own fields, components, targets, budget lines, reporting duties."""

import re
from collections.abc import Iterator

from loaders.explaining.explanation import Explanation, Reason, give_reason
from loaders.explaining.ground import Ground, heading_text, section_kind
from loaders.figures.budget_words import SOURCE_NAMES, SOURCE_NAMES_EN, parse_label
from ontology.records import Budget, Component, Document, Record, Reporting, Target

_FIELDS = (
    *("number", "type", "date", "issuer", "jurisdiction", "title", "attached_to"),
    *("programmes", "periods", "legal_bases", "recipients", "signers"),
)


def explain_document(document: Document, ground: Ground) -> Iterator[Explanation]:
    """Yield what is known of the document itself, field by field."""
    for name in _FIELDS:
        value = getattr(document, name)
        if not value:
            continue
        span = document.spans.get(name)
        place = ground.place(span) if span is not None else None
        reasons = [give_reason(f"field:{name}")]
        if document.attached_to and name in {"number", "date", "issuer"} and place is not None:
            reasons = [give_reason("field:caption", place)]
        shown = value if isinstance(value, str) else "; ".join(getattr(one, "name", one) for one in value)
        yield Explanation("document", name, shown, place, tuple(reasons))


def explain_components(record: Record, ground: Ground) -> Iterator[Explanation]:
    """Yield each component with how its heading was recognised."""
    for one in record.components:
        yield Explanation(
            "component", one.code, f"{one.code} {one.title}".strip(), ground.place(one.span), tuple(_component(one))
        )


def _component(one: Component) -> Iterator[Reason]:
    score = f"{one.score:.2f}" if one.score is not None else "–"
    if one.alignment in {"title", "order"}:
        yield give_reason(f"component:{one.alignment}", id=one.national or one.code, score=score)
    else:
        yield give_reason("component:stated")
        if one.national is not None:
            yield give_reason("component:national", id=one.national, score=score)
    if one.parent is not None:
        yield give_reason("component:parent", id=one.parent)


def explain_targets(record: Record, ground: Ground) -> Iterator[Explanation]:
    """Yield each target with the section or table it stands in."""
    for n, one in enumerate(record.targets, 1):
        yield Explanation("target", f"target/{n}", _target(one), ground.place(one.span), (_target_reason(one, ground),))


def _target(one: Target) -> str:
    return " ".join(filter(None, (one.indicator + ":", one.value, one.unit, f"({one.by})" if one.by else "")))


def _target_reason(one: Target, ground: Ground) -> Reason:
    spot = ground.spot(one.span.start)
    if spot is not None and spot.table is not None:
        return give_reason("target:table")
    section = section_kind(spot.node, ground.reader) if spot is not None and spot.node is not None else None
    if section is None:
        return give_reason("target:place")
    heading = section[1]
    place = ground.place(heading.paragraph.whole.span()) if heading.paragraph is not None else None
    return give_reason("target:section", place, words=heading_text(heading)[:100])


def explain_budgets(record: Record, ground: Ground) -> Iterator[Explanation]:
    """Yield each budget line with the words of its source, year and component."""
    for n, one in enumerate(record.budgets, 1):
        place = ground.place(one.span)
        value = f"{one.component or '–'} · {one.year or '–'} · {one.source} · {one.amount_million_vnd:g} triệu đồng"
        yield Explanation("budget", f"budget/{n}", value, place, tuple(_budget(one, place.quote)))


def _budget(one: Budget, quote: str) -> Iterator[Reason]:
    said = parse_label(re.split(r"\d[\d.,]*\s*(?:triệu|tỷ|đồng)", quote, maxsplit=1)[0])
    if one.source == "total":
        yield give_reason("budget:total")
    else:
        vi, en = SOURCE_NAMES[one.source], SOURCE_NAMES_EN[one.source]
        named = give_reason("budget:source", name=vi)
        yield Reason(named.rule, named.vi, give_reason("budget:source", name=en).en)
    if one.year is not None:
        printed = said.year == one.year or str(one.year) in quote
        yield give_reason("budget:year" if printed else "budget:default-year", name=str(one.year))
    if one.component is not None:
        yield give_reason("budget:component", id=one.component)


def explain_reporting(record: Record, ground: Ground) -> Iterator[Explanation]:
    """Yield each reporting duty with its words of frequency and deadline."""
    for n, one in enumerate(record.reporting, 1):
        value = f"{one.from_ or '–'} → {one.to or '–'}"
        yield Explanation("reporting", f"reporting/{n}", value, ground.place(one.span), tuple(_reporting(one)))


def _reporting(one: Reporting) -> Iterator[Reason]:
    yield give_reason("reporting:place")
    if one.frequency:
        yield give_reason("reporting:frequency", words=", ".join(one.frequency))
    if one.deadline:
        yield give_reason("reporting:deadline", words=one.deadline)
