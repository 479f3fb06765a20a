"""How names are written: short forms put into full names, placeholders filled, all forms of the registry in one order."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ontology.entities import (
    Abbreviation,
    Agency,
    BodyPattern,
    Group,
    Level,
    NameForm,
    PlaceForm,
    PlaceKind,
    Target,
)
from ontology.folding import plain_key

if TYPE_CHECKING:
    from ontology.registry import Registry

MOST_SPELLINGS = 96
"""The most spellings made of one name; longer names keep the first ones (full words first)."""
_WORD = re.compile(r"\w+")


def fill_kind(text: str, kind: PlaceKind) -> str:
    """Return ``text`` with ``{kind}`` and ``{committee}`` filled in.

    >>> from ontology.entities import Level
    >>> fill_kind("Ban Tuyên giáo {committee}", PlaceKind("tinh", "tỉnh", "province", Level.PROVINCE, "Tỉnh ủy"))
    'Ban Tuyên giáo Tỉnh ủy'
    """
    return text.replace("{kind}", kind.name).replace("{committee}", kind.committee)


def kind_words(kind: PlaceKind) -> tuple[str, ...]:
    """Return the ways to write a kind of place inside a name (*thành phố*, *TP*)."""
    return (kind.name, *kind.names)


class Speller:
    """Contracts full names by the abbreviations whose scope is ``name``, and expands contracted ones."""

    def __init__(self, abbreviations: Iterable[Abbreviation]) -> None:
        pairs = [(a.expansion, a.forms) for a in abbreviations if a.scope == "name"]
        self._forms: Mapping[str, tuple[str, ...]] = {expansion.lower(): forms for expansion, forms in pairs}
        self._expansions: Mapping[str, str] = {form: expansion for expansion, forms in pairs for form in forms}
        longest = sorted(self._forms, key=lambda text: (-len(text), text))
        self._longest = [(text, self._forms[text]) for text in longest]
        self._spelled: dict[str, tuple[str, ...]] = {}
        self._full = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)
        short = sorted(self._expansions, key=lambda text: (-len(text), text))
        self._short = re.compile(rf"(?<![\w&])(?:{'|'.join(map(re.escape, short))})(?![\w&])")

    def expand(self, text: str) -> str:
        """Return ``text`` with every known short form written out: *Sở NN&PTNT* → *Sở Nông nghiệp và Phát triển nông thôn*."""
        if not self._expansions:
            return text
        return self._short.sub(lambda found: self._expansions[found.group()], text)

    def spellings(self, name: str) -> tuple[str, ...]:
        """Return the full name first, then its contracted spellings, each once."""
        return tuple(dict.fromkeys([name, *self._contracted(name)]))[:MOST_SPELLINGS]

    def _contracted(self, name: str) -> tuple[str, ...]:
        """Return the spellings of a name or of the rest of one, each once; many names end alike, and an end is spelled once."""
        known = self._spelled.get(name)
        if known is None:
            known = self._spelled[name] = tuple(dict.fromkeys(self._spell(name)))[:MOST_SPELLINGS]
        return known

    def _spell(self, name: str) -> Iterator[str]:
        first = self._full.search(name) if self._forms else None
        if first is None:
            yield name
            return
        start, rest = first.start(), name[first.start() :].lower()
        for text, forms in self._longest:
            if rest.startswith(text) and not rest[len(text) : len(text) + 1].isalnum():
                for form in forms:
                    yield from (f"{name[:start]}{form}{tail}" for tail in self._contracted(name[start + len(text) :]))
        step = _WORD.match(name, start)
        behind = step.end() if step else start + 1
        yield from (f"{name[:behind]}{tail}" for tail in self._contracted(name[behind:]))


def body_names(body: BodyPattern, kinds: Sequence[PlaceKind]) -> Iterator[str]:
    """Yield the names of a local body without its place, in full words: bare, and with the kind of place behind it."""
    for name in (body.name, *body.names):
        for kind in kinds:
            if "{" in name:
                for word in kind_words(kind) if "{kind}" in name else (kind.name,):
                    yield name.replace("{kind}", word).replace("{committee}", kind.committee)
            else:
                yield name
                for word in kind_words(kind):
                    yield f"{name} {word}"


def group_names(group: Group, id: str) -> Iterator[NameForm]:
    """Yield the names of a group; a variant is shown in its own words, the other names as the group's name."""
    yield from (NameForm(name, "group", id, group.name) for name in (group.name, *group.names))
    yield from (NameForm(name, "group", id, name) for name in group.variants)


def pattern_names(group: Group, body: BodyPattern) -> Iterator[NameForm]:
    """Yield the names of the group that a pattern makes of one body, under each of the body's names."""
    for form in group_names(group, f"{body.id}/{group.id}"):
        full = form.full.replace("{body}", body.name)
        for name in (body.name, *(other for other in body.names if "{" not in other)):
            yield NameForm(form.text.replace("{body}", name), form.kind, form.id, full)


def _full_names(registry: "Registry") -> Iterator[NameForm]:
    for agency in registry.agencies.values():
        yield from (NameForm(one, "agency", agency.id, agency.name) for one in (agency.name, *agency.names))
    for body in registry.bodies.values():
        names = body_names(body, registry.kinds_with(body))
        yield from (NameForm(one, "body", body.id, body.name) for one in names)
    for unit in registry.units.values():
        yield from (NameForm(one, "unit", unit.id, unit.name) for one in (unit.name, *unit.names))
    for title in registry.titles.values():
        yield from (NameForm(one, "title", title.id, title.name) for one in (title.name, *title.names))
    for group in registry.groups.values():
        if "{body}" not in group.name:
            yield from group_names(group, group.id)
            continue
        for body in registry.bodies.values():
            if body.level is group.level and "{" not in body.name:
                yield from pattern_names(group, body)


def find_name_forms(registry: "Registry") -> Iterator[NameForm]:
    """Yield every way to write each name of the registry, short forms put in."""
    for full in _full_names(registry):
        for text in registry.speller.spellings(full.text):
            yield full._replace(text=text)


def find_place_forms(registry: "Registry") -> Iterator[PlaceForm]:
    """Yield every way to write each listed place: with its kind, and for the country and its provinces without."""
    for place in registry.jurisdictions.values():
        words = kind_words(registry.kind_of(place)) if place.kind else ()
        for name in (place.name, *place.names):
            if place.level in {Level.NATIONAL, Level.PROVINCE}:
                yield PlaceForm(name, place.id)
            yield from (PlaceForm(f"{word} {name}", place.id) for word in words)


def collect_symbols(registry: "Registry") -> Mapping[str, tuple[Target, ...]]:
    """Return what each symbol in document numbers may stand for, by folded symbol; agencies before bodies and units."""
    found: dict[str, dict[Target, None]] = {}
    targets: list[tuple[str, Agency | BodyPattern]] = [
        *(("agency", agency) for agency in registry.agencies.values()),
        *(("body", body) for body in registry.bodies.values()),
        *(("unit", unit) for unit in registry.units.values()),
    ]
    for kind, one in targets:
        for symbol in one.symbols:
            found.setdefault(plain_key(symbol).replace(" ", ""), {})[Target(kind, one.id)] = None
    return {symbol: tuple(them) for symbol, them in found.items()}
