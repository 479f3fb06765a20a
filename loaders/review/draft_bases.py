"""Legal bases that belong to another period, or that the registry knows a newer one of: laws by name, instruments of programmes."""

import re
from collections.abc import Iterator

from loaders.citations.document_dates import vi_date
from loaders.names.programmes import find_periods
from loaders.review.draft_citations import written
from loaders.review.draft_remark import Remark, make_remark
from ontology.entities import NamedLaw, Phase
from ontology.folding import fold_words
from ontology.namespaces import number_key
from ontology.records import Citation, Record, Relation
from ontology.registry import Registry

_OF_CONCERN = frozenset({Relation.BASED_ON, Relation.ENSURES_IMPLEMENTATION_OF})


def check_bases(record: Record, registry: Registry) -> Iterator[Remark]:
    """Yield a remark for each basis that seems not to be that of the draft's period."""
    seen: set[str] = set()
    for one in record.citations:
        key = one.iri or written(one)
        if one.relation not in _OF_CONCERN or one.self or key in seen:
            continue
        seen.add(key)
        superseded = _older_phase(one, record, registry)
        if superseded is not None:
            yield _phase_remark(one, *superseded)
        elif (other := _other_period(one, record, registry)) is not None:
            yield _period_remark(one, other, own_periods(record, registry))
        if (newer := newer_law(one, record.document.date, registry)) is not None:
            yield _law_remark(one, newer)


_TITLED_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b(?!\s*[-–])", re.IGNORECASE)


def own_periods(record: Record, registry: Registry) -> tuple[str, ...]:
    """Return the periods that a draft is about: where its title names a year, that of its programme's phase of the year.

    The reader takes periods from the bases as well; a basis of another period is what a review looks for.
    """
    document = record.document
    years = _TITLED_YEAR.findall(document.title or "")
    if not years or any(_meet(period, years[-1]) for period in document.periods):
        return document.periods
    programmes = {one.id for one in registry.programmes.values() if one.name in document.programmes}
    found = [p.period for p in registry.phases.values() if p.programme in programmes and _meet(p.period, years[-1])]
    return tuple(dict.fromkeys(found)) or document.periods


def _older_phase(one: Citation, record: Record, registry: Registry) -> tuple[Phase, Phase] | None:
    """Return the phase that a basis approved and the one that the draft is about, where they are not the same."""
    date, own, periods = record.document.date, _phase_of(one, registry), own_periods(record, registry)
    if own is None or date is None or own.period in periods:
        return None
    later = [
        phase
        for phase in registry.phases.values()
        if phase.programme == own.programme
        and phase.period[:4] > own.period[:4]
        and phase.instrument_date[: len(date)] <= date
        and (not periods or phase.period in periods)
    ]
    return (own, later[-1]) if later else None


def _phase_of(one: Citation, registry: Registry) -> Phase | None:
    """Return the phase of a programme that a document approves."""
    return next((phase for phase in registry.phases.values() if _is_instrument(one, phase)), None)


def _is_instrument(one: Citation, phase: Phase) -> bool:
    return (
        one.number is not None
        and number_key(one.number) == number_key(phase.instrument)
        and (one.date or "")[:4] in {"", phase.instrument_date[:4]}
    )


def _phase_remark(one: Citation, own: Phase, later: Phase) -> Remark:
    return make_remark(
        "base-superseded",
        f"{written(one)} phê duyệt giai đoạn {own.period}; giai đoạn {later.period} theo {later.instrument} ngày {vi_date(later.instrument_date)} (danh mục phases.csv).",
        f"{written(one)} approved the period {own.period}; {later.period} follows {later.instrument} of {later.instrument_date} (registry, phases.csv).",
        (one.span,),
    )


def _other_period(one: Citation, record: Record, registry: Registry) -> tuple[str, ...] | None:
    """Return the periods of a basis (as the registry or its subject has them) where none meets one of the document."""
    own = own_periods(record, registry)
    phase = _phase_of(one, registry)
    theirs = (phase.period,) if phase is not None else find_periods([one.subject or ""])
    if not own or not theirs or any(_meet(a, b) for a in own for b in theirs):
        return None
    return theirs


def _meet(one: str, other: str) -> bool:
    return one[:4] <= other[-4:] and other[:4] <= one[-4:]


def _period_remark(one: Citation, theirs: tuple[str, ...], periods: tuple[str, ...]) -> Remark:
    own = ", ".join(periods)
    return make_remark(
        "base-other-period",
        f"{written(one)} nói về giai đoạn {', '.join(theirs)}, văn bản này về giai đoạn {own}.",
        f"{written(one)} is about {', '.join(theirs)}, this document about {own}.",
        (one.span,),
    )


def newer_law(one: Citation, date: str | None, registry: Registry) -> NamedLaw | None:
    """Return the latest law of the same name that was passed after the cited one and not after ``date``."""
    law = next((law for law in registry.laws.values() if one.number == law.number), None)
    if law is None or date is None:
        return None
    same = [other for other in registry.laws.values() if fold_words(other.name) == fold_words(law.name)]
    newer = [other for other in same if other.date > law.date and other.date[: len(date)] <= date]
    return max(newer, key=lambda other: other.date) if newer else None


def _law_remark(one: Citation, newer: NamedLaw) -> Remark:
    return make_remark(
        "law-newer",
        f"{written(one)}: đã có {newer.name} số {newer.number} ngày {vi_date(newer.date)}.",
        f"{written(one)}: there is a newer one, {newer.number} of {newer.date}.",
        (one.span,),
    )
