"""The facts of a document as a person chooses among them: with key, present values, words and the hash under them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.correcting.facts import Fact, find_quote, hash_under, list_facts, quote_at, tidy
from loaders.correcting.shown import show_field
from ontology.corrections import FIELDS
from ontology.records import FactKind, Record, Span


@dataclass(frozen=True, slots=True)
class OfferedFact:
    """One fact that can be corrected. ``quote`` and ``text_hash`` are what a row of the table keeps of it."""

    kind: FactKind
    key: str
    values: Mapping[str, str]
    quote: str
    text_hash: str
    spans: tuple[Span, ...]

    @property
    def says(self) -> str:
        """What it says, for a list of facts."""
        return "; ".join(f"{name}={value}" for name, value in self.values.items() if value)

    def touches(self, start: int, end: int) -> bool:
        """Tell whether it was read from a place that overlaps ``[start, end)``."""
        return any(span.start < end and start < span.end for span in self.spans)


def offer_facts(record: Record, text: str) -> list[OfferedFact]:
    """Return all facts of a record (as read); each field of the header is one, and each printed name of an agency is one."""
    facts = list_facts(record)
    offered = [*_header_fields(facts[0], text)]
    seen: Counter[tuple[FactKind, str, str, str]] = Counter()
    counted = Counter(_mark(fact, text) for fact in facts[1:])
    for fact in facts[1:]:
        mark = _mark(fact, text)
        seen[mark] += 1
        kind, key, quote, text_hash = mark
        named = f"{key} #{seen[mark]}" if counted[mark] > 1 else key
        values = {name: show_field(fact.value, name) for name in FIELDS[kind]}
        offered.append(OfferedFact(kind, named, values, quote, text_hash, fact.spans))
    return [*offered, *_mentions(facts, text)]


def _mark(fact: Fact, text: str) -> tuple[FactKind, str, str, str]:
    (key,) = fact.names()
    return fact.kind, key, quote_at(text, fact.spans), hash_under(text, fact.ground_of(None))


def _header_fields(header: Fact, text: str) -> Iterator[OfferedFact]:
    for name in FIELDS[FactKind.HEADER]:
        spans = header.spans_of(name)
        value = {name: show_field(header.value, name)}
        yield OfferedFact(FactKind.HEADER, "", value, quote_at(text, spans), hash_under(text, spans), spans)


def _mentions(facts: Sequence[Fact], text: str) -> Iterator[OfferedFact]:
    seen: set[str] = set()
    for fact in facts:
        printed = tidy(fact.value.printed) if fact.kind is FactKind.ASSIGNMENT else ""
        if printed and printed not in seen:
            seen.add(printed)
            yield OfferedFact(
                FactKind.MENTION, printed, {"agency": fact.value.agency}, quote_at(text, fact.spans),
                hash_under(text, fact.ground_of(None)), fact.spans,
            )  # fmt: skip


def find_offered(record: Record, text: str, kind: FactKind, key: str, field: str | None = None) -> list[OfferedFact]:
    """Return the facts of this kind and key (of the header: of this field)."""
    wanted = tidy(key)
    return [
        one
        for one in offer_facts(record, text)
        if one.kind is kind and (field in one.values if kind is FactKind.HEADER else one.key == wanted)
    ]


def places_of_quote(text: str, quote: str) -> list[tuple[Span, str]]:
    """Return every place of a quote with the hash of the text under it."""
    return [(span, hash_under(text, (span,))) for span in find_quote(text, quote)]
