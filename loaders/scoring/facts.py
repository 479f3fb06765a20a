"""Say how alike two facts of one class are (to pair them), whether they are the same, and show them in words."""

import re

from rapidfuzz import fuzz

from loaders.scoring.matching import overlap
from loaders.scoring.names import plain_frequency, same_name, same_number
from ontology.folding import accent_key
from ontology.namespaces import slug
from ontology.records import Budget, Citation, Component, Reporting, Target, Task


def identity_of(citation: Citation) -> str | None:
    """Return the end of the IRI that the citation's document must have, or ``None`` if the text does not fix it."""
    if citation.number is None or citation.date is None or citation.issuer is None:
        return None
    return f"/{citation.date[:4]}/{slug(citation.number)}"


def show_relation(citation: Citation) -> str:
    return citation.relation.value + (" (self)" if citation.self else "")


def like_citation(key: Citation, read: Citation) -> float:
    near = overlap(key.span, read.span)
    if not near:
        return 0.0
    if key.number is None:
        return near if same_name(key.type, read.type) else 0.0
    return near if same_number(key.number, read.number) else 0.0


def like_task(key: Task, read: Task) -> float:
    text = fuzz.ratio(accent_key(key.text), accent_key(read.text)) / 100
    near = max((overlap(a, b) for a in key.spans or (key.span,) for b in read.spans or (read.span,)), default=0.0)
    return text + (0.04 if key.id == read.id else 0) + (0.06 * near) - (0.1 if near == 0 else 0)


def like_component(key: Component, read: Component) -> float:
    code = key.code == read.code
    title = fuzz.ratio(accent_key(key.title), accent_key(read.title)) / 100
    return (0.4 if code else 0) + 0.5 * title + 0.1 * overlap(key.span, read.span) if code or title > 0.8 else 0.0


def same_component(key: Component, read: Component) -> bool:
    same_code = same_name(key.code, read.code) or (".HD" in key.code and key.parent == read.parent)
    same_national = key.national is None or key.national == read.national
    title = fuzz.ratio(accent_key(key.title), accent_key(read.title)) / 100
    return same_code and same_national and title > 0.9 and same_name(key.kind, read.kind)


def like_budget(key: Budget, read: Budget) -> float:
    near = overlap(key.span, read.span)
    if abs(key.amount_million_vnd - read.amount_million_vnd) < 0.001:
        return 0.5 + 0.3 * (near > 0) + 0.1 * (key.source == read.source) + 0.1 * (key.component == read.component)
    return 0.5 * (near > 0) * (key.source == read.source) * (key.component == read.component)


def same_budget(key: Budget, read: Budget) -> bool:
    return key == read or (
        abs(key.amount_million_vnd - read.amount_million_vnd) < 0.001
        and (key.component, key.year, key.source) == (read.component, read.year, read.source)
    )


def like_target(key: Target, read: Target) -> float:
    value = _value(key.value) == _value(read.value)
    alike = fuzz.token_set_ratio(accent_key(key.indicator), accent_key(read.indicator)) / 100
    return (
        (0.4 if value else 0) + 0.3 * (overlap(key.span, read.span) > 0) + 0.3 * alike if value or alike > 0.8 else 0.0
    )


def same_target(key: Target, read: Target) -> bool:
    return _value(key.value) == _value(read.value) and _unit(key.unit) == _unit(read.unit) and key.by == read.by


def _value(value: str) -> str:
    return re.sub(r"(?<![\d,.])0+(?=\d)", "", re.sub(r"\s+", "", value).replace("–", "-"))


def _unit(unit: str | None) -> str:
    return re.sub(r"\s+", "", unit or "").lower()


def like_report(key: Reporting, read: Reporting) -> float:
    names = same_name(key.from_, read.from_) + same_name(key.to, read.to)
    frequency = plain_frequency(key.frequency) == plain_frequency(read.frequency)
    return 0.3 * names + 0.2 * (overlap(key.span, read.span) > 0) + 0.1 * frequency


def same_report(key: Reporting, read: Reporting) -> bool:
    return (
        same_name(key.from_, read.from_)
        and same_name(key.to, read.to)
        and plain_frequency(key.frequency) == plain_frequency(read.frequency)
    )


def show_citation(one: Citation) -> str:
    return " ".join(part for part in (one.type, one.number, one.date, one.issuer) if part)


def show_component(one: Component) -> str:
    return f"{one.code} ({one.kind}) {one.title}" + (f" = {one.national}" if one.national else "")


def show_budget(one: Budget) -> str:
    return f"{one.component or 'whole'} {one.year} {one.source}: {one.amount_million_vnd:g}"


def show_target(one: Target) -> str:
    return f"{one.indicator}: {one.value} {one.unit or ''} ({one.by})"


def show_report(one: Reporting) -> str:
    return f"{one.from_} → {one.to}: {', '.join(one.frequency)}"
