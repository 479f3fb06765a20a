"""A review as an officer reads it: grouped by what to do, in the order of the text, with lines, quotes and remedies."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from loaders.explaining.ground import Place
from loaders.review.draft_remark import Remark, draft_actions
from ontology.records import Severity
from server.draft import Review

SEVERITIES = {
    Severity.ERROR: ("phải sửa", "must be corrected"),
    Severity.WARNING: ("nên xem", "look at it"),
    Severity.INFO: ("để biết", "for information"),
}
_LONGEST_QUOTE = 160
_SHOWN_PLACES = 3
"""Places quoted in full where a remark has several; of the others only the lines are told."""


def draw_review(review: Review, severities: Sequence[Severity]) -> str:
    """Return the review as text, remarks of the wanted severities only."""
    return "\n".join(_lines(review, severities))


def describe_review(review: Review, severities: Sequence[Severity]) -> dict[str, object]:
    """Return the review as values for JSON."""
    labels = {one.action: one for one in draft_actions()}
    return {
        "file": review.name,
        "title": review.title,
        "release": review.release,
        "remarks": [
            {
                "action": one.action,
                "action_vi": labels[one.action].vi,
                "action_en": labels[one.action].en,
                "code": one.code,
                "severity": one.severity.value,
                "message": one.message,
                "message_en": one.message_en,
                "remedy": one.remedy,
                "remedy_en": one.remedy_en,
                "places": [asdict(place) for place in review.places(one)],
            }
            for one in review.remarks
            if one.severity in severities
        ],
    }


def _lines(review: Review, severities: Sequence[Severity]) -> Iterator[str]:
    yield f"{review.name}: {review.title}" if review.title else review.name
    shown = [one for one in review.remarks if one.severity in severities]
    counts = [f"{review.count(severity)} {vi} / {en}" for severity, (vi, en) in SEVERITIES.items()]
    yield " · ".join(counts)
    if review.release is None:
        yield "Chưa có kho: căn cứ chưa được đối chiếu với văn bản nào khác. / Nothing is published: the bases were not compared with other documents."
    else:
        yield f"Căn cứ đã đối chiếu với kho {review.release}. / Bases compared with the corpus {review.release}."
    yield ""
    if not shown:
        yield "Không có gì phải nêu. / Nothing to remark."
    for action in draft_actions():
        remarks = [one for one in shown if one.action == action.action]
        if remarks:
            yield f"■ {action.vi} / {action.en} ({len(remarks)})"
            for one in remarks:
                yield from _remark(one, review.places(one))
            yield ""


def _remark(one: Remark, places: Sequence[Place]) -> Iterator[str]:
    vi, en = SEVERITIES[one.severity]
    yield f"  • {_where(places)}[{vi} / {en}] {one.message}"
    yield f"    {one.message_en}"
    for place in places[:_SHOWN_PLACES]:
        yield f"      {place.line}: {place.before}⟦{_quote(place.quote)}⟧{place.after}"
    if one.remedy:
        yield f"    → {one.remedy}" + (f" / {one.remedy_en}" if one.remedy_en else "")


def _where(places: Sequence[Place]) -> str:
    lines = list(dict.fromkeys(place.line for place in places))
    if not lines:
        return ""
    return f"dòng / line {', '.join(map(str, lines[:12]))}{' …' if len(lines) > 12 else ''} "


def _quote(quote: str) -> str:
    words = " ".join(quote.split())
    if len(words) <= _LONGEST_QUOTE:
        return words
    half = _LONGEST_QUOTE // 2
    return f"{words[:half].rpartition(' ')[0]} … {words[-half:].partition(' ')[2]}"
