"""How names are written: short forms put into full names, placeholders filled, all forms of the registry in one order."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ontology.entities import Abbreviation, BodyPattern, Group, NameForm, PlaceKind

MOST_SPELLINGS = 96
"""The most spellings made of one name; longer names keep the first ones (full words first)."""


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
        found = dict.fromkeys([name])
        for spelling in self._contracted(name, 0):
            if len(found) == MOST_SPELLINGS:
                break
            found.setdefault(spelling)
        return tuple(found)

    def _contracted(self, name: str, at: int) -> Iterator[str]:
        hits = self._hits(name, at)
        if not hits:
            yield name
            return
        start = hits[0][0]
        for end, replacements in [(end, forms) for begin, end, forms in hits if begin == start]:
            for form in replacements:
                whole = name[:start] + form + name[end:]
                yield from self._contracted(whole, start + len(form))
        step = re.compile(r"\w+").match(name, start)
        yield from self._contracted(name, step.end() if step else start + 1)

    def _hits(self, name: str, at: int) -> list[tuple[int, int, tuple[str, ...]]]:
        """Find the expansions that begin at the first place after ``at`` where any begins, longest first."""
        if not self._forms or (first := self._full.search(name, at)) is None:
            return []
        start, rest = first.start(), name[first.start() :].lower()
        return [
            (start, start + len(text), forms)
            for text, forms in sorted(self._forms.items(), key=lambda item: (-len(item[0]), item[0]))
            if rest.startswith(text) and not rest[len(text) : len(text) + 1].isalnum()
        ]


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
