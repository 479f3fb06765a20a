"""How a correction finds its fact again: by the words under it first, by its key among those, never by one alone."""

import re
from collections.abc import Sequence

from loaders.correcting.facts import GLUE, Fact, find_quote, hash_under, quote_at, tidy, words_under
from loaders.correcting.outcomes import NOT_FOUND, SEVERAL, TEXT_CHANGED, Words
from ontology.corrections import Correction
from ontology.records import FactKind, Span

_ORDINAL = re.compile(r"(?P<key>.*?)(?: #(?P<ordinal>[1-9]\d?))?", re.DOTALL)


def split_ordinal(key: str) -> tuple[str, int | None]:
    """Return a key without its ordinal, and the ordinal: which of several facts of that key and those words is meant.

    >>> split_ordinal("90/QĐ-TTg #2"), split_ordinal("B.I.4.a")
    (('90/QĐ-TTg', 2), ('B.I.4.a', None))
    """
    found = _ORDINAL.fullmatch(key)
    assert found is not None  # every text matches
    return tidy(found["key"]), int(found["ordinal"]) if found["ordinal"] else None


def matches_text(correction: Correction, fact: Fact, text: str) -> bool:
    """Tell whether the words that the correction was made on still stand under the fact."""
    spans = fact.ground_of(correction.field)
    if correction.text_hash and hash_under(text, spans) != correction.text_hash:
        return False
    quote = tidy(correction.quote)  # of a row torn by a page break: its parts, which stand apart in the text
    return not quote or quote == quote_at(text, fact.spans_of(correction.field)) or quote in words_under(text, spans)


def find_fact(correction: Correction, facts: Sequence[Fact], text: str) -> tuple[Fact | None, Words | None]:
    """Return the fact that a correction means, or why none is certain.

    A fact whose key changed while the text stayed (a task that is numbered otherwise now) is found by its words and their hash.
    """
    key, ordinal = split_ordinal(correction.key)
    kind = FactKind.ASSIGNMENT if correction.kind is FactKind.MENTION else correction.kind
    alike = [fact for fact in facts if fact.kind is kind]
    unchanged = [fact for fact in alike if matches_text(correction, fact, text)]
    if correction.kind is FactKind.HEADER:
        return (unchanged[0], None) if unchanged else (None, TEXT_CHANGED)
    named = [fact for fact in unchanged if key in fact.names()]
    if not named and correction.text_hash:
        named = [fact for fact in unchanged if _essence(key, kind) in {_essence(one, kind) for one in fact.names()}]
        named = named if len(named) == 1 else []
    whole = [fact for fact in named if quote_at(text, fact.spans_of(correction.field)) == tidy(correction.quote)]
    named = whole or named
    if len(named) == 1 and ordinal in (None, 1):
        return named[0], None
    if named:
        chosen = named[ordinal - 1] if ordinal is not None and ordinal <= len(named) else None
        return chosen, None if chosen else SEVERAL
    return None, NOT_FOUND if _stands(correction, facts, text) else TEXT_CHANGED


def _essence(key: str, kind: FactKind) -> str:
    """Return what of a key does not depend on how tasks are numbered."""
    if kind is FactKind.ASSIGNMENT:
        return key.partition(GLUE)[2]
    return "" if kind in (FactKind.TASK, FactKind.TIMING) else key


def _stands(correction: Correction, facts: Sequence[Fact], text: str) -> bool:
    """Tell whether the words of the correction still stand somewhere in the text, on the same lines."""
    if not correction.quote:
        return hash_under(text, ()) == correction.text_hash
    grounds: list[tuple[Span, ...]] = [()]
    if correction.kind in _IN_TASKS:
        grounds = [fact.spans for fact in facts if fact.kind is FactKind.TASK]
    return any(
        not correction.text_hash
        or any(hash_under(text, (place, *ground)) == correction.text_hash for ground in grounds)
        for place in find_quote(text, correction.quote)
    )


_IN_TASKS = frozenset({FactKind.ASSIGNMENT, FactKind.TIMING, FactKind.MENTION})
"""Facts that rest on the words of their task too."""
