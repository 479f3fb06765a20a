"""What is to be looked at before a draft is signed: a remark with its places, what to do, how much it matters, and the remedy.

What there is to do and the remedies are rows of ``ontology/tables/draft_actions.csv`` and ``draft_checks.csv``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ontology.records import Finding, Severity, Span
from ontology.table_reading import TABLES, read_table

UNREAD = "reading"
"""The action of findings that no row knows: the program says what it could not do, and a person looks."""


@dataclass(frozen=True, slots=True)
class Check:
    """A row of ``draft_checks.csv``: what a remark of this code asks for."""

    code: str
    action: str
    severity: Severity
    remedy: str
    remedy_en: str


@dataclass(frozen=True, slots=True)
class Action:
    """A row of ``draft_actions.csv``."""

    action: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at, at one place or several; ``action`` says what to do about it."""

    code: str
    action: str
    severity: Severity
    message: str
    message_en: str
    spans: tuple[Span, ...]
    remedy: str = ""
    remedy_en: str = ""


@cache
def draft_checks(folder: Path = TABLES) -> Mapping[str, Check]:
    """Return the checks by code; raise ``RegistryError`` for a wrong row."""
    actions = {one.action for one in draft_actions(folder)}
    found: dict[str, Check] = {}
    for row in read_table(folder / "draft_checks.csv", ("code", "action", "severity", "remedy", "remedy_en", "note")):
        code, action = row.text("code"), row.text("action")
        if action not in actions:
            row.fail(f"“{action}” is no action", "use one of: " + ", ".join(sorted(actions)))
        if code in found:
            row.fail(f"the code “{code}” stands twice", "keep one row")
        severity = row.choice("severity", Severity)
        found[code] = Check(code, action, severity, row.text("remedy"), row.text("remedy_en"))
    return found


@cache
def draft_actions(folder: Path = TABLES) -> tuple[Action, ...]:
    """Return what there may be to do, in the order in which it is shown."""
    rows = read_table(folder / "draft_actions.csv", ("action", "vi", "en", "note"))
    return tuple(Action(row.text("action"), row.text("vi"), row.text("en")) for row in rows)


def make_remark(code: str, message: str, message_en: str, spans: Sequence[Span]) -> Remark:
    """Return a remark of a code that the table knows."""
    check = draft_checks()[code]
    return Remark(code, check.action, check.severity, message, message_en, tuple(spans), check.remedy, check.remedy_en)


def from_finding(finding: Finding) -> Remark:
    """Return a finding of the reader as a remark; one whose code has no row is something the program could not read."""
    spans = (*(() if finding.span is None else (finding.span,)), *finding.others)
    if finding.code in draft_checks():
        return make_remark(finding.code, finding.message, finding.message_en, spans)
    return Remark(
        finding.code,
        UNREAD,
        finding.severity,
        finding.message,
        finding.message_en,
        spans,
        finding.remedy,
        finding.remedy_en,
    )


def merge_remarks(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return remarks with those that say the same at several places made one, ordered by action, then by place."""
    merged: dict[tuple[str, str], Remark] = {}
    for one in remarks:
        key = (one.code, one.message.casefold())
        known = merged.get(key)
        merged[key] = one if known is None else replace(known, spans=(*known.spans, *one.spans))
    order = {one.action: n for n, one in enumerate(draft_actions())}
    ordered = [replace(one, spans=tuple(sorted(set(one.spans)))) for one in merged.values()]
    return tuple(sorted(ordered, key=lambda one: (order[one.action], one.spans[:1] or ((0, 0),), one.code)))
