"""The facts of a record as corrections name them: a kind, a key that people can read, and the words under it.

The key of an assignment is ``task | role | agency``, of a budget line ``component | year | source``, of a reporting duty
``from | to``; of a task its id, of a component its code, of a citation its number, of a target its indicator.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from loaders.correcting.shown import show_field
from ontology.corrections import FIELDS, HASH_LENGTH
from ontology.records import FactKind, Record, Span

GLUE = " | "
"""Between the parts of a key."""

_LISTS = (
    (FactKind.CITATION, "citations"),
    (FactKind.COMPONENT, "components"),
    (FactKind.TARGET, "targets"),
    (FactKind.BUDGET, "budgets"),
    (FactKind.REPORTING, "reporting"),
)
_KEY_FIELDS: dict[FactKind, tuple[str, ...]] = {
    FactKind.CITATION: ("number",),
    FactKind.COMPONENT: ("code",),
    FactKind.TARGET: ("indicator",),
    FactKind.BUDGET: ("component", "year", "source"),
    FactKind.REPORTING: ("from", "to"),
    FactKind.ASSIGNMENT: ("role", "agency"),
}


@dataclass(slots=True, eq=False)
class Fact:
    """One fact under correction: its value now, its value as read (``None`` for an added one), and whether it is removed."""

    kind: FactKind
    value: Any
    first: Any
    spans: tuple[Span, ...]
    parent: "Fact | None" = None
    removed: bool = False
    at: str = field(default="")
    """The JSON pointer into the corrected record, once that is made."""

    def names(self) -> set[str]:
        """Return the keys it is found by: as it is now, and as it was read."""
        made = {key_of(self.kind, self.value, self.parent.value if self.parent else None)}
        if self.first is not None and (self.parent is None or self.parent.first is not None):
            made.add(key_of(self.kind, self.first, self.parent.first if self.parent else None))
        return made

    def key_with(self, name: str, value: str) -> str:
        """Return the key that it would have if the field ``name`` were ``value``."""
        return key_of(self.kind, self.value, self.parent.value if self.parent else None, {name: value})

    def spans_of(self, name: str | None) -> tuple[Span, ...]:
        """Return where it was read; of a header field, where that field was; nothing where the words are not there."""
        if self.kind is FactKind.HEADER:
            span = self.value.spans.get(name or "")
            return () if span is None else (span,)
        return self.spans

    def ground_of(self, name: str | None) -> tuple[Span, ...]:
        """Return what it rests on: where it was read and, of who and when, the task that says so."""
        own = self.spans_of(name)
        return (*own, *self.parent.spans) if self.parent is not None and own else own


def key_of(kind: FactKind, value: Any, parent: Any = None, instead: dict[str, str] | None = None) -> str:
    """Return the key of a fact; ``instead`` gives other values for some of its fields.

    >>> from ontology.records import Budget
    >>> key_of(FactKind.BUDGET, Budget("DA2", 2022, "central", 3188.0, Span(0, 4)))
    'DA2 | 2022 | central'
    """
    if kind is FactKind.HEADER:
        return ""
    if kind in (FactKind.TASK, FactKind.TIMING):
        return str(parent.id if kind is FactKind.TIMING else value.id)
    parts = [(instead or {}).get(name, show_field(value, name)) for name in _KEY_FIELDS[kind]]
    if kind is FactKind.CITATION and not parts[0]:
        parts = [value.subject or value.type or ""]
    return tidy(GLUE.join([parent.id, *parts] if kind is FactKind.ASSIGNMENT else parts))


def list_facts(record: Record) -> list[Fact]:
    """Return all facts of a record that can be corrected, in the order of the record."""
    found = [Fact(FactKind.HEADER, record.document, record.document, ())]
    for task in record.tasks:
        whole = Fact(FactKind.TASK, task, task, task.spans or (task.span,))
        found.append(whole)
        if task.timing is not None:
            spans = (task.timing.span,) if task.timing.span is not None else whole.spans
            found.append(Fact(FactKind.TIMING, task.timing, task.timing, spans, whole))
        found += [Fact(FactKind.ASSIGNMENT, one, one, (one.span,), whole) for one in task.assignments]
    for kind, name in _LISTS:
        found += [Fact(kind, one, one, (one.span,)) for one in getattr(record, name)]
    return found


def tidy(text: str) -> str:
    """Return ``text`` on one line, single blanks between its words."""
    return " ".join(text.split())


def quote_at(text: str, spans: Sequence[Span]) -> str:
    """Return the words at ``spans`` on one line."""
    return tidy(" ".join(text[span.start : span.end] for span in spans))


def words_under(text: str, spans: Sequence[Span]) -> str:
    """Return the whole lines that ``spans`` touch, on one line; the whole text where there is no span."""
    if not spans:
        return tidy(text)
    lines: dict[tuple[int, int], None] = {}
    for span in spans:
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", max(span.start, span.end - 1))
        lines[start, len(text) if end < 0 else end] = None
    return tidy(" ".join(text[start:end] for start, end in sorted(lines)))


@lru_cache(maxsize=8192)
def hash_under(text: str, spans: tuple[Span, ...]) -> str:
    """Return the hash of the lines under ``spans``: the same however the blanks in them were set."""
    return hashlib.sha256(words_under(text, spans).encode()).hexdigest()[:HASH_LENGTH]


def find_quote(text: str, quote: str) -> Iterator[Span]:
    """Yield every place of ``quote`` in ``text``, however its blanks and line ends are set."""
    words = quote.split()
    if words:
        for found in re.finditer(r"\s+".join(map(re.escape, words)), text):
            yield Span(found.start(), found.end())


def describe(fact: Fact, *, as_read: bool = False) -> str:
    """Return what a fact says: its fields that say something.

    >>> from ontology.records import Target
    >>> describe(Fact(FactKind.TARGET, Target("Giảm nghèo", "2", "%", None, Span(0, 1)), None, ()))
    'indicator=Giảm nghèo; value=2; unit=%'
    """
    value = fact.first if as_read and fact.first is not None else fact.value
    shown = ((name, show_field(value, name)) for name in FIELDS[fact.kind])
    return "; ".join(f"{name}={said}" for name, said in shown if said)
