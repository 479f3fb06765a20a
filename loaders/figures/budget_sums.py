"""Do the amounts add up? Sources against the total of their block, components against the document, parts against their component."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from loaders.figures.budget_words import SOURCE_NAMES, SOURCE_NAMES_EN, SOURCES
from loaders.figures.numerals import format_number, format_number_en
from ontology.records import Finding, Severity, Span

_REMEDY = "Đối chiếu từng số với bản gốc; nếu do làm tròn, sửa tổng hoặc ghi chú là số làm tròn."
_REMEDY_EN = (
    "Compare each figure with the original; if it is rounding, correct the total or say that the figures are rounded."
)


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """An amount in million đồng; lines of one block (a total and its sources) share its number."""

    component: str | None
    year: int | None
    source: str
    amount: Decimal
    span: Span
    block: int
    spending: str | None = None


def check_sums(lines: Sequence[BudgetLine]) -> tuple[Finding, ...]:
    """Return a finding for every stated total that its parts do not give, in document order."""
    found = [*_check_blocks(lines), *_check_components(lines)]
    return tuple(sorted(found, key=lambda finding: finding.span or Span(0, 0)))


def _check_blocks(lines: Sequence[BudgetLine]) -> Iterator[Finding]:
    """Sources against the total of the same block and year; a block with one source says nothing about the rest."""
    blocks: dict[tuple[int, int | None], list[BudgetLine]] = defaultdict(list)
    for line in lines:
        blocks[line.block, line.year].append(line)
    for block in blocks.values():
        totals = [line for line in block if line.source == "total"]
        parts = [line for line in block if line.source != "total"]
        if len(totals) != 1 or len({line.source for line in parts}) < 2:
            continue
        total, parts = totals[0], _without_details(parts)
        together = _sum(parts)
        if together != total.amount:
            listed = "; ".join(f"{SOURCE_NAMES[line.source].lower()} {format_number(line.amount)}" for line in parts)
            listed_en = "; ".join(f"{SOURCE_NAMES_EN[line.source]} {format_number_en(line.amount)}" for line in parts)
            yield _mismatch(
                total,
                together,
                f"các nguồn vốn cộng lại ({listed})",
                f"the sources ({listed_en})",
            )


def _sum(lines: Sequence[BudgetLine]) -> Decimal:
    return sum((line.amount for line in lines), Decimal(0))


def _without_details(parts: Sequence[BudgetLine]) -> list[BudgetLine]:
    """Drop lines of the same source that only detail the one above them (*trong đó: ngân sách tỉnh …, ngân sách huyện …*)."""
    kept: list[BudgetLine] = []
    i = 0
    while i < len(parts):
        kept.append(parts[i])
        together, j = Decimal(0), i + 1
        while j < len(parts) and parts[j].source == parts[i].source and together < parts[i].amount:
            together, j = together + parts[j].amount, j + 1
        i = j if j > i + 1 and together == parts[i].amount else i + 1
    return kept


def _check_components(lines: Sequence[BudgetLine]) -> Iterator[Finding]:
    """Components against what is stated above them, for each year and source."""
    stated: dict[tuple[int | None, str], dict[str | None, list[BudgetLine]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        stated[line.year, line.source][line.component].append(line)
    for (_, source), by_component in sorted(
        stated.items(), key=lambda item: (item[0][0] or 0, SOURCES.index(item[0][1]))
    ):
        for above, own in by_component.items():
            below = [code for code in by_component if code is not None and _is_below(code, above)]
            tops = [code for code in below if not any(_is_below(code, other) for other in below)]
            if len(tops) < 2 or len(own) != 1 or any(len(by_component[code]) != 1 for code in tops):
                continue
            parts = [by_component[code][0] for code in tops]
            together = _sum(parts)
            if together != own[0].amount:
                listed = "; ".join(f"{line.component}: {format_number(line.amount)}" for line in parts)
                listed_en = "; ".join(f"{line.component}: {format_number_en(line.amount)}" for line in parts)
                yield _mismatch(
                    own[0],
                    together,
                    f"{len(tops)} hợp phần cộng lại ({listed})",
                    f"its {len(tops)} components ({listed_en})",
                    source,
                )


def _is_below(code: str, above: str | None) -> bool:
    return above is None or code.startswith(above + ".")


def _mismatch(stated: BudgetLine, together: Decimal, parts: str, parts_en: str, source: str = "total") -> Finding:
    where = f" của {stated.component}" if stated.component else ""
    where_en = f" of {stated.component}" if stated.component else ""
    when = f" năm {stated.year}" if stated.year else ""
    when_en = f" in {stated.year}" if stated.year else ""
    gap = abs(together - stated.amount)
    return Finding(
        "sum-mismatch",
        Severity.WARNING,
        f"{SOURCE_NAMES[source]}{where}{when} ghi {format_number(stated.amount)} triệu đồng, nhưng {parts} "
        f"được {format_number(together)} triệu đồng: lệch {format_number(gap)} triệu đồng.",
        stated.span,
        _REMEDY,
        f"{SOURCE_NAMES_EN[source].capitalize()}{where_en}{when_en}: stated as {format_number_en(stated.amount)} million đồng, "
        f"but {parts_en} add up to {format_number_en(together)}: a difference of {format_number_en(gap)}.",
        remedy_en=_REMEDY_EN,
    )
