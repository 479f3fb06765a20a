"""What an explanation is: a fact, the place it was read from, and the rules and words that made it.

The sentences are rows of ``ontology/tables/rule_words.csv``, by the name of the rule; both languages are always given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders.explaining.ground import Place
from ontology.records import Finding
from ontology.table_reading import TABLES, read_table


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a fact was read (or not): the rule, the sentence that says so, and the words it stands on, where there are any."""

    rule: str
    vi: str
    en: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One fact explained.

    ``fact`` is its kind (``document``, ``citation``, ``component``, ``task``, ``assignment``, ``timing``, ``deliverable``, ``submission``,
    ``result``, ``target``, ``budget``, ``reporting``, ``finding``, or ``nothing`` for a place no fact was read from); ``id`` names it in
    the record; ``of`` is the task it belongs to. ``missing`` says what was not taken and why; ``findings`` are those in reach.
    """

    fact: str
    id: str
    value: str
    place: Place | None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Reason, ...] = ()
    findings: tuple[Finding, ...] = ()
    of: str | None = None


@cache
def rule_words() -> Mapping[str, tuple[str, str]]:
    """Return the sentences of all rules, in Vietnamese and English; raise ``RegistryError`` for a wrong row."""
    return load_rule_words(TABLES)


def load_rule_words(folder: Path) -> Mapping[str, tuple[str, str]]:
    """Read ``rule_words.csv`` of ``folder``."""
    found: dict[str, tuple[str, str]] = {}
    for row in read_table(folder / "rule_words.csv", ("rule", "vi", "en", "note")):
        rule = row.text("rule")
        if rule in found:
            row.fail(f"the rule “{rule}” stands twice", "keep one row")
        found[rule] = (row.text("vi"), row.text("en"))
    return found


def name_of(rule: str) -> tuple[str, str]:
    """Return what a code (``role:lead``, ``relation:cites``, ``section:goals``) is called, in Vietnamese and English.

    >>> name_of("role:lead")
    ('chủ trì', 'lead')
    """
    return rule_words().get(rule, (rule.partition(":")[2], rule.partition(":")[2]))


def give_reason(
    rule: str, place: Place | None = None, *, code: str | None = None, words: str | None = None, **values: object
) -> Reason:
    """Return the reason that ``rule`` is, its sentence filled in.

    ``words`` are those of ``place`` unless given; ``code`` is one that has a name in the table (``role:lead``): it fills ``{role}`` and
    ``{name}`` in each language.
    """
    vi, en = rule_words()[rule]
    said = words if words is not None else " ".join(place.quote.split()) if place is not None else ""
    named_vi, named_en = name_of(code) if code is not None else ("", "")
    in_vi = {"words": said, "role": named_vi, "name": named_vi} | values
    in_en = {"words": said, "role": named_en, "name": named_en} | values
    return Reason(rule, vi.format(**in_vi), en.format(**in_en), place)
