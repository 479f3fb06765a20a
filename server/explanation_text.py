"""Explanations as a person reads them in a terminal: what was read, the line with its words marked, why, and what was not taken."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from loaders.explaining.explanation import Explanation, Reason
from loaders.explaining.ground import Place

FACTS = {
    "document": "Văn bản / document",
    "citation": "Viện dẫn / citation",
    "component": "Hợp phần / component",
    "task": "Nhiệm vụ / task",
    "assignment": "Phân công / assignment",
    "timing": "Thời gian / timing",
    "deliverable": "Sản phẩm / product",
    "submission": "Cấp trình / submitted to",
    "result": "Văn bản kết quả / result document",
    "target": "Chỉ tiêu / target",
    "budget": "Kinh phí / budget line",
    "reporting": "Báo cáo / reporting",
    "finding": "Phát hiện / finding",
    "nothing": "Không đọc gì ở đây / nothing was read here",
}
_LONGEST_QUOTE = 220


def draw_explanations(explanations: Sequence[Explanation]) -> str:
    """Return explanations as text: one paragraph a fact, the parts of a task set in below it."""
    return "\n".join(line for one in explanations for line in _lines(one))


def describe_explanations(explanations: Sequence[Explanation]) -> list[dict[str, object]]:
    """Return explanations as values for JSON."""
    return [asdict(one) for one in explanations]


def _lines(one: Explanation) -> Iterator[str]:
    indent = "    " if one.of else ""
    value = " ".join(one.value.split())
    if len(value) > _LONGEST_QUOTE:
        value = value[:_LONGEST_QUOTE].rpartition(" ")[0] + " …"
    yield f"{indent}{FACTS[one.fact]} {one.id}" + (f": {value}" if value else "")
    if one.place is not None:
        yield f"{indent}  {_where(one.place)}"
    for reason in one.reasons:
        yield from _reason("vì / because", reason, indent)
    for reason in one.missing:
        yield from _reason("không lấy / not taken", reason, indent)
    for finding in one.findings:
        if one.fact != "finding":
            yield f"{indent}  ! {finding.message} / {finding.message_en}"
        if finding.remedy:
            yield f"{indent}    → {finding.remedy} / {finding.remedy_en}"
    yield ""


def _reason(label: str, reason: Reason, indent: str) -> Iterator[str]:
    line = f" (dòng / line {reason.place.line})" if reason.place is not None else ""
    yield f"{indent}  {label}: {reason.vi}{line}"
    yield f"{indent}    {reason.en}"


def _where(place: Place) -> str:
    quote = " ".join(place.quote.split())
    if len(quote) > _LONGEST_QUOTE:
        half = _LONGEST_QUOTE // 2
        quote = f"{quote[:half].rpartition(' ')[0]} … {quote[-half:].partition(' ')[2]}"
    return f"dòng / line {place.line} [{place.span.start}:{place.span.end}]  {place.before}⟦{quote}⟧{place.after}"
