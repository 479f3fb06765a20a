"""Budget lines: amounts in running text and in tables, each with its component, year and source of funds.

A line *Tổng kinh phí … là N triệu đồng, trong đó:* opens a block; the lines below it name the sources. A source named without an
amount gives no line. Amounts for one (*50 triệu đồng/hộ*) and amounts without such words are no budget lines.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from loaders.figures.budget_sums import BudgetLine, check_sums
from loaders.figures.budget_tables import read_budget_table
from loaders.figures.budget_words import Label, is_rate, is_total_of, parse_label, source_behind
from loaders.figures.component_names import component_mentions
from loaders.figures.components import ComponentMap
from loaders.figures.money import Amount, find_amounts, parse_unit
from loaders.figures.numerals import parse_number
from loaders.text.blocks import Node
from loaders.text.columns import ColumnWords, name_columns
from loaders.text.outline import walk
from loaders.text.passage import Passage
from ontology.records import Budget, Finding

_BOUNDARY = re.compile(
    r"[;]|\.(?=\s)|(?<=\D\s)[-+](?=\s)|\btrong đó\b\s*:?|\bbao gồm\b\s*:?|\bgồm\b\s*:?", re.IGNORECASE
)
_YEAR_LABEL = re.compile(r"\s*năm\s+\d{4}\s*:", re.IGNORECASE)
_ASIDE = re.compile(r"^\(.*\)[.;]?$")


@dataclass(frozen=True, slots=True)
class BudgetReading:
    """What a document says about money, and where it does not add up."""

    budgets: tuple[Budget, ...]
    findings: tuple[Finding, ...]


def find_budgets(
    root: Node, places: ComponentMap, *, default_year: int | None, known: ColumnWords | None = None
) -> BudgetReading:
    """Return the budget lines of an outline in document order, with a finding for each sum that does not come out."""
    reader = _Reader(places, default_year)
    for node in walk(root):
        if node.kind in {"recipients", "signature"}:
            continue
        if node.cells:
            unit = _unit_of(node, known) if "budget" in node.cells else None
            for cell in node.cells.get("budget", ()):
                reader.take_cell(cell, unit)
            continue
        if node.table is not None:
            if not node.children:
                reader.lines += read_budget_table(node, places, default_year=default_year, known=known)
        elif node.paragraph is not None:
            reader.take(node.paragraph.passage)
    lines = tuple(reader.lines)
    return BudgetReading(tuple(map(_as_budget, lines)), check_sums(lines))


def _unit_of(node: Node, known: ColumnWords | None) -> Decimal | None:
    """Return the unit of money that the header of a row's money column names (*Kinh phí (triệu đồng)*)."""
    above: Node | None = node
    while above is not None and above.table is None:
        above = above.parent
    if above is None or above.table is None or known is None:
        return None
    for cell, column in zip(above.table.header, name_columns(above.table.header, known), strict=True):
        bracketed = re.search(r"\(([^()]*)\)", cell.text)
        if column == "budget" and bracketed is not None:
            return parse_unit(bracketed[1])
    return None


def _as_budget(line: BudgetLine) -> Budget:
    return Budget(line.component, line.year, line.source, _plain(line.amount), line.span, line.spending)


def _plain(amount: Decimal) -> float:
    """Return an amount as JSON shows it best: ``3188``, not ``3188.0``."""
    return int(amount) if amount == int(amount) else float(amount)


@dataclass(slots=True)
class _Block:
    """What a total opened: its number, year and component, the sources named so far, and whether only details follow."""

    number: int
    year: int | None
    component: str | None
    sources: set[str] = field(default_factory=set)
    details: bool = False


@dataclass(slots=True)
class _Reader:
    """Reads paragraphs in order; a block is open from a total to the first line that is neither source nor aside."""

    places: ComponentMap
    default_year: int | None
    lines: list[BudgetLine] = field(default_factory=list)
    blocks: int = 0
    block: _Block | None = None
    section: str | None = None

    def take(self, passage: Passage) -> None:
        if not passage.pieces:
            return
        section = self.places.code_at(passage.pieces[0].source)
        if section != self.section:
            self.block = None
        self.section = section
        if _ASIDE.match(passage.text):
            return
        found = list(_labelled(passage.text))
        if not found:
            if self.block is None:
                return
            label = parse_label(passage.text)
            if label.part:
                self.block.details = True
            elif not (label.source and len(passage.text) < 160):
                self.block = None
            return
        anchor = "total" if self.block is not None and _YEAR_LABEL.match(passage.text) else None
        for label, amount, start in found:
            within = self.block.component if self.block is not None and self.block.component else section
            named = component_mentions(passage.text[start : amount.start], within=within)
            if label.source in {None, "total"} and len(named) == 1:
                self._open(label, named[0])
                label = replace(label, source="total")
            elif label.source is None and anchor is not None and (label.year or label.whole_period):
                label = replace(label, source=anchor)  # "năm 2022: …; năm 2023: …"
            elif label.source == "total" or (self.block is None and label.source is not None):
                self._open(label, section)
            elif label.part and self.block is not None:
                self.block.details = True  # "Vốn đầu tư: …", then its sources
            if label.source is not None and amount.low == amount.high:
                self._add(passage, label, amount, start)
            anchor = label.source or anchor

    def take_cell(self, cell: Passage, unit: Decimal | None) -> None:
        """Take the money column of a task's row: amounts with their unit, or a number alone in the ``unit`` of the header."""
        if not cell.pieces:
            return
        section = self.places.code_at(cell.pieces[0].source)
        self.blocks += 1
        number = parse_number(cell.text) if unit is not None else None
        if number and unit is not None:
            line = BudgetLine(section, self.default_year, "total", number * unit, cell.span(), self.blocks)
            self.lines.append(line)
            return
        for label, amount, start in _labelled(cell.text):
            if amount.low == amount.high:
                year = None if label.whole_period else label.year or self.default_year
                span = cell.span(start, amount.end)
                source = label.source or "total"
                self.lines.append(BudgetLine(section, year, source, amount.low, span, self.blocks, label.spending))

    def _open(self, label: Label, component: str | None) -> None:
        self.blocks += 1
        year = None if label.whole_period else label.year or self.default_year
        self.block = _Block(self.blocks, year, component)

    def _add(self, passage: Passage, label: Label, amount: Amount, start: int) -> None:
        block = self.block
        if block is None or label.source is None or (block.details and label.source in block.sources):
            return
        if not block.details:
            block.sources.add(label.source)
        year = label.year or (None if label.whole_period else block.year)
        span = passage.span(start, amount.end)
        line = BudgetLine(block.component, year, label.source, amount.low, span, block.number, label.spending)
        self.lines.append(line)


def _labelled(text: str) -> Iterator[tuple[Label, Amount, int]]:
    """Yield each amount with the label in front of it and where that label begins; amounts for one are left out.

    An amount in brackets behind another details it: it counts only where it names a source and the other does not.
    """
    amounts = find_amounts(text)
    enclosing: Label | None = None
    for amount, start in zip(amounts, _label_starts(text, amounts), strict=True):
        label = parse_label(text[start : amount.start])
        if _inside_brackets(text, amounts, amount):
            known = enclosing.source if enclosing is not None else None
            if label.source is None or label.source == "total" or known not in {None, "total"}:
                continue
        else:
            behind = text[amount.end :]
            if label.source is None and not label.part and is_total_of(text[start : amount.start], behind):
                label = replace(label, source="total")
            elif label.source == "total" and len(amounts) == 1 and (source := source_behind(behind)) is not None:
                label = replace(label, source=source)
            enclosing = label
        if not is_rate(text[amount.end :]):
            yield label, amount, start


def _label_starts(text: str, amounts: Sequence[Amount]) -> Iterable[int]:
    floor = 0
    for amount in amounts:
        start = floor
        for mark in _BOUNDARY.finditer(text, floor, amount.start):
            start = mark.end()
        while start < amount.start and not text[start].isalnum():
            start += 1
        yield start
        floor = amount.end


def _inside_brackets(text: str, amounts: Sequence[Amount], amount: Amount) -> bool:
    """Tell whether an amount stands in brackets behind another one: it details what has been counted."""
    opened = text.rfind("(", 0, amount.start)
    if opened < 0 or ")" in text[opened : amount.start]:
        return False
    return any(other.end <= opened for other in amounts)
