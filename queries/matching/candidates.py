"""From a name in somebody's list to the things it may mean, scored from 0 to 100; only what leaves no doubt is a match.

A match needs a name that is the thing's own (as written, with other accents, by a short form, or with a slip that makes no other
name), no second thing as good, no condition against it, and, for bodies that every place or every ministry has, the place or the
ministry: *Sở Tài chính* is nobody's, *Sở Tài chính Bình Thuận* is one department.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from rapidfuzz import fuzz

from ontology.errors import ParameterError
from ontology.folding import accented_words, plain_key, plain_words
from ontology.namespaces import ID
from queries.lookup import Candidate, DocumentNames, Names, Outcome
from queries.matching.facts import PROPERTIES, TYPES, Facts, type_of
from queries.matching.names import NAMES
from queries.short_forms import short_forms
from queries.store import GraphStore

_LOCAL = {"province", "district", "commune"}
_SURE = 80.0
"""The least score of a match."""
_LIST_MARK = re.compile(r"^\s*(?:[-–+*•]+|\d{1,3}[.)])\s+")
DESCRIBING = ("type", "level", "jurisdiction", "date", "period", "code", "parent", "valid-through")
"""The properties by which a thing is described in a few words."""
_NEAR = 12
_WORTH_SHOWING = 50.0
"""The least score of a candidate that is only called nearly so."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must or should be so of a thing: one property, with values of which any (all, none) must agree."""

    property: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: str = "any"


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a list: the name, the types that may be meant (none: any), how many candidates, conditions."""

    text: str
    types: tuple[str, ...] = ()
    limit: int = 8
    conditions: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        for kind in self.types:
            _one_of("type", kind, TYPES)
        for condition in self.conditions:
            _one_of("property", condition.property, PROPERTIES)


def _one_of(what: str, given: str, there: Iterable[str]) -> None:
    known = list(there)
    if given not in known:
        near = get_close_matches(given, known) or known
        raise ParameterError(
            f"there is no {what} {given!r}",
            where=what,
            remedy=f"there are: {', '.join(near)}",
            vi=f"không có {given!r} — có: {', '.join(near)}",
        )


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that may be meant; ``match`` tells whether nothing speaks against it."""

    iri: str
    type: str
    label: str
    score: float
    match: bool
    features: tuple[tuple[str, float | bool], ...]

    @property
    def id(self) -> str:
        """Return the thing's id: its IRI without what all IRIs of the project begin with."""
        return self.iri.removeprefix(str(ID))


@dataclass(frozen=True, slots=True)
class _Scored:
    candidate: Candidate
    type: str
    score: float
    certain: bool
    features: tuple[tuple[str, float | bool], ...]


def find_candidates(store: GraphStore, asked: Asked) -> tuple[Match, ...]:
    """Return the things of ``store`` that ``asked`` may mean, the best first, at most ``asked.limit``."""
    facts = store.once(Facts)
    text = _LIST_MARK.sub("", asked.text).strip()
    types = asked.types or tuple(TYPES)
    if text:
        scored = [one for kind in types for one in _meant(store, facts, kind, text)]
        scored = scored or [one for kind in types for one in _similar(store, facts, kind, text)]
    else:
        scored = [one for kind in types for one in _by_conditions(store, facts, kind, asked.conditions)]
    judged = [made for one in scored if (made := _judge(facts, one, asked.conditions)) is not None]
    best: dict[str, _Scored] = {}
    for one in judged:
        iri = str(one.candidate.iri)
        if iri not in best or best[iri].score < one.score:
            best[iri] = one
    ranked = sorted(best.values(), key=lambda one: (-one.score, one.candidate.label, one.candidate.iri))
    alone = len(ranked) == 1 or (len(ranked) > 1 and ranked[0].score > ranked[1].score)
    return tuple(
        Match(
            str(one.candidate.iri),
            one.type,
            one.candidate.label,
            round(one.score, 1),
            place == 0 and alone and one.certain and one.score >= _SURE and bool(text),
            one.features,
        )
        for place, one in enumerate(ranked[: asked.limit])
    )


def _meant(store: GraphStore, facts: Facts, kind: str, text: str) -> list[_Scored]:
    """Return the things of one type that ``text`` is a name (or the id) of."""
    iri = text if text.startswith(str(ID)) else f"{ID}{text}"
    if type_of(iri) == kind and facts.knows(iri):
        return [_Scored(named(store, iri), kind, 100.0, True, (("id", True),))]
    names: DocumentNames | Names = store.once(DocumentNames) if kind == "document" else store.once(NAMES[kind])
    found = names.resolve(text)
    if found.outcome is Outcome.NONE:
        return []
    return [_resolved(facts, kind, text, candidate) for candidate in found.candidates]


def _similar(store: GraphStore, facts: Facts, kind: str, text: str) -> list[_Scored]:
    """Return the things of one type that are called nearly so; slips of a letter do not make it another name."""
    return [
        _Scored(
            one.candidate,
            kind,
            75.0 * one.likeness if one.slips is None else 92.0 - 2.0 * one.slips,
            one.slips is not None and _is_told_apart(facts, str(one.candidate.iri), one.candidate.label, one.name),
            (("name", round(100 * one.likeness, 1)), ("exact", False), ("misspelt", one.slips is not None)),
        )
        for one in store.once(NAMES[kind]).near(text, _NEAR)
        if 75.0 * one.likeness >= _WORTH_SHOWING
    ]


def _resolved(facts: Facts, kind: str, text: str, candidate: Candidate) -> _Scored:
    """Return a candidate that the lookup gave, scored by how nearly it is written as the release writes it."""
    label = candidate.label
    accents = accented_words(text) == accented_words(label)
    exact = plain_words(text) == plain_words(label)
    likeness = fuzz.ratio(" ".join(plain_words(short_forms().write_out(text))), " ".join(plain_words(label)))
    score = 100.0 if accents else 98.0 if exact else 95.0
    certain = _is_told_apart(facts, str(candidate.iri), label, text)
    if kind == "document" and not exact:
        # A whole number inside more words is the number; a part of it (1722, QĐ 90) only points at one.
        whole = f" {' '.join(plain_words(label))} " in f" {' '.join(plain_words(text))} "
        titled = any(
            plain_words(str(fact.value)) == plain_words(text) for fact in facts.of(str(candidate.iri), "title")
        )
        score, certain = (97.0, certain) if whole else (96.0, titled) if titled else (70.0, False)
    features = (("name", round(likeness, 1)), ("exact", exact), ("accents", accents), ("told_apart", certain))
    return _Scored(candidate, kind, score, certain, features)


def _is_told_apart(facts: Facts, iri: str, label: str, text: str) -> bool:
    """Tell whether ``text`` says which one it is, where every place, every ministry or every issuer has one so called."""
    written = short_forms().write_out(text)
    said = f" {' '.join(plain_words(written))} "

    def says(name: str) -> bool:
        return f" {' '.join(plain_words(name))} " in said

    if type_of(iri) == "place":
        levels = {str(fact.value).rsplit("/", 1)[-1] for fact in facts.of(iri, "level")}
        return not levels & {"district", "commune"} or says(label)
    if facts.of(iri, "pattern") or type_of(iri) in ("group", "document"):
        places = facts.of(iri, "jurisdiction")
        local = [fact for fact in places if facts.level_of(str(fact.value)) in _LOCAL]
        if local:
            return any(says(short_forms().without_kind(fact.vi)) for fact in local)
        above = facts.of(iri, "parent") if facts.of(iri, "pattern") else ()
        return not above or any(says(fact.vi) for fact in above)
    # A national body may be called like one that every province has: *Cục Thống kê*.
    return type_of(iri) != "agency" or plain_key(written) not in facts.patterns


def _judge(facts: Facts, one: _Scored, conditions: Sequence[Condition]) -> _Scored | None:
    """Return ``one`` with what the conditions say of it; ``None`` where a required one is against it."""
    score, certain, features = one.score, one.certain, list(one.features)
    for condition in conditions:
        if one.type not in PROPERTIES[condition.property].types:
            continue
        agrees = _agrees(facts, str(one.candidate.iri), condition)
        if agrees is not True and condition.required:
            return None
        if agrees is None:
            certain = False
            score *= 0.95
        elif not agrees:
            certain = False
            score *= 0.6
        elif condition.property in ("jurisdiction", "parent", "issuer"):
            certain = certain or dict(one.features).get("told_apart") is False
        features.append((f"property:{condition.property}", agrees is True))
    return _Scored(one.candidate, one.type, score, certain, tuple(features))


def _agrees(facts: Facts, iri: str, condition: Condition) -> bool | None:
    """Tell whether a condition holds; ``None`` where nothing is known of the property."""
    known = facts.of(iri, condition.property)
    if not known:
        return None
    held = [any(fact.agrees_with(value) for fact in known) for value in condition.values]
    if condition.quantifier == "none":
        return not any(held)
    return all(held) if condition.quantifier == "all" else any(held)


def _by_conditions(store: GraphStore, facts: Facts, kind: str, conditions: Sequence[Condition]) -> list[_Scored]:
    """Return all things of one type that agree with every condition, for a line without a name."""
    mine = [one for one in conditions if kind in PROPERTIES[one.property].types]
    if not mine or len(mine) < len(conditions):
        return []
    return [
        _Scored(named(store, iri), kind, 60.0, False, ())
        for iri in facts.things(kind)
        if all(_agrees(facts, iri, one) for one in mine)
    ]


def named(store: GraphStore, iri: str) -> Candidate:
    """Return a thing of the release with its label; raise :class:`ParameterError` where nothing is known of it."""
    iri = iri if iri.startswith("http") else f"{ID}{iri}"
    kind = type_of(iri)
    found = store.once(NAMES[kind]).called(iri) if kind else None
    if found is None:
        raise ParameterError(
            f"nothing is known of {iri!r}",
            where="id",
            remedy="ask for it by its name first",
            vi=f"kho không biết {iri}",
        )
    return found


def describe(store: GraphStore, iri: str, language: str = "vi") -> str:
    """Return in a few words what a thing is: type, level, place, date, until when."""
    facts = store.once(Facts)
    kind = type_of(iri) or "agency"
    vi, en = TYPES[kind]
    parts = [en if language == "en" else vi]
    for name in DESCRIBING[:-1]:
        parts += [fact.text(language) for fact in facts.of(iri, name)[:2]]
    until = facts.of(iri, DESCRIBING[-1])
    if until:
        parts.append(("until " if language == "en" else "đến ") + until[0].text(language))
    return " · ".join(dict.fromkeys(parts))
