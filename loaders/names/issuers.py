"""Who issued a cited document, by the words behind *của*: *Thủ tướng Chính phủ*, *UBND tỉnh Lào Cai*, *Bộ trưởng Bộ Lao động - TBXH*.

Finding reads the phrase; resolving needs the place of the document (*UBND tỉnh* alone is its own province's). An office stands for
its agency (*Bộ trưởng Bộ Y tế* → *Bộ Y tế*). A phrase that no registered name begins is kept as printed, never guessed.
"""

import re
from dataclasses import dataclass

from loaders.citations.relation_words import RelationWords
from loaders.names.agency_index import AgencyIndex, Match, Word, split_words, without_dots
from ontology.entities import Agency, Jurisdiction, Level, Target
from ontology.folding import fold
from ontology.registry import Registry
from ontology.registry_members import COUNTRY, holds_on

_REACH = 220
"""Characters that the name of an issuer may take, joint issuers included."""
_STOP = re.compile(r"[;:()“”\"|]|\.(?=\s|$)|,\s")
_KINDS = frozenset({"agency", "body", "unit"})


@dataclass(frozen=True, slots=True)
class IssuerPhrase:
    """The issuer's words at ``text[start:end]``: what they may stand for, and the place printed behind them."""

    start: int
    end: int
    printed: str
    targets: tuple[Target, ...]
    place: str | None = None
    """Id of a registered place behind the name."""
    place_words: tuple[str, str] | None = None
    """Kind and name of an unregistered place behind the name (``("huyện", "Bảo Yên")``)."""
    place_kind: str | None = None
    """Kind of place that ends the name where no place follows (*UBND thành phố*)."""


# A body that decided in session: "Hội nghị lần thứ năm Ban Chấp hành Trung ương Đảng khóa XIII".
_SITTING = re.compile(r"[Hh]ội\s+nghị\s+(?:lần\s+thứ\s+)?[^\W_]+\s+(?:của\s+)?(?=Ban\s)")


def find_issuer(
    text: str, start: int, index: AgencyIndex, known: RelationWords, *, joint: bool = False
) -> IssuerPhrase | None:
    """Return the issuer whose name begins at ``start``, or ``None``; ``joint`` issuers are one phrase, the first one leads."""
    window = text[start : start + _REACH]
    words = without_dots(split_words(window))
    if not words:
        return None
    if (central := _CENTRAL.match(window)) is not None:
        return IssuerPhrase(start, start + central.end(), central.group(), (Target("agency", _CENTRAL_COMMITTEE),))
    if joint and (together := _JOINT_HEAD.match(window)) is not None:
        return _joint_phrase(start, window, words, together, index)
    sitting = _SITTING.match(window)
    behind = next((i for i, word in enumerate(words) if sitting and word.start >= sitting.end()), 0)
    first = _name_at(window, words, behind, index)
    if first is None:
        return _unregistered(start, window, known)
    end_word, phrase = first
    while joint and (more := _next_joint(words, end_word)) is not None:
        other = _name_at(window, words, more, index)
        if other is None or other[1].place != phrase.place or not _is_national(other[1], index):
            break
        end_word = other[0]
    end = words[end_word - 1].end
    return IssuerPhrase(
        start + words[0].start,
        start + end,
        window[words[0].start : end],
        phrase.targets,
        phrase.place,
        phrase.place_words,
        phrase.place_kind,
    )


_CENTRAL = re.compile(r"[Tt]rung\s+ương(?!\s+[^\W\d_a-zà-ỹđ])")
_CENTRAL_COMMITTEE = "ban-chap-hanh-trung-uong-dang"
"""*Nghị quyết … của Trung ương* says no more than that a central body of the Party issued it."""


def is_central(phrase: IssuerPhrase) -> bool:
    """Tell whether a phrase only says *Trung ương*, which a fuller mention may tell apart."""
    return _CENTRAL.fullmatch(phrase.printed) is not None


_JOINT_HEAD = re.compile(r"(?:[Ll]iên|[Cc]ác)\s+(?P<head>[Bb]ộ|[Ss]ở)\s*:?\s*")


def _joint_phrase(
    start: int, window: str, words: list[Word], together: re.Match[str], index: AgencyIndex
) -> IssuerPhrase | None:
    """Read joint issuers whose head word stands once (*liên Bộ: Y tế, Tài chính*): one phrase, the first one leads."""
    head = fold(together["head"])
    at = next((i for i, word in enumerate(words) if word.start >= together.end()), len(words))
    found: list[Match] = []
    while at < len(words):
        named = [*index.names.matches(words, at, head), *index.names.matches(words, at)]
        match = next((one for one in named if any(t.kind in _KINDS for t in one.targets)), None)
        if match is None:
            break
        found.append(match)
        more = _next_joint(words, match.end)
        at = len(words) if more is None else more
    if not found:
        return None
    end = words[found[-1].end - 1].end
    targets = tuple(Target(one.kind, one.id) for one in found[0].targets if one.kind in _KINDS)
    return IssuerPhrase(start, start + end, window[:end], targets)


def _is_national(phrase: IssuerPhrase, index: AgencyIndex) -> bool:
    return any(target.kind == "agency" and target.id in index.registry.agencies for target in phrase.targets)


def _next_joint(words: list[Word], at: int) -> int | None:
    """Return where the next name of a joint issuer would begin (*Bộ Y tế, Bộ Tài chính và Bộ Nội vụ*)."""
    i = at
    while i < len(words) and words[i].key in {",", "và", "-", "–", "&"}:
        i += 1
    return i if at < i < len(words) and words[i].capital else None


def _name_at(window: str, words: list[Word], at: int, index: AgencyIndex) -> tuple[int, IssuerPhrase] | None:
    """Read one name at word ``at``; return the index behind it (place included) and the phrase."""
    best: tuple[int, IssuerPhrase] | None = None
    for match in _matches(words, at, index):
        targets = tuple(Target(target.kind, target.id) for target in match.targets if target.kind in _KINDS)
        if not targets:
            continue
        end, place, place_words = _place_at(window, words, match.end, targets, index)
        if best is None or end > best[0]:
            kind = _kind_before(words, end, index) if place is None and place_words is None else None
            phrase = IssuerPhrase(words[at].start, words[end - 1].end, "", targets, place, place_words, kind)
            best = (end, phrase)
    return best or _title_at(window, words, at, index) or _symbol_at(words, at, index)


def _symbol_at(words: list[Word], at: int, index: AgencyIndex) -> tuple[int, IssuerPhrase] | None:
    """Read a body written as its symbol in numbers (*của CP*, *của UBTVQH*)."""
    word = words[at]
    if not word.capital or not 1 < len(word.key) < 9:
        return None
    found = tuple(t for t in index.registry.issuer_of_symbol(word.key) if t.kind == "agency")
    return (at + 1, IssuerPhrase(word.start, word.end, "", found)) if len(found) == 1 else None


def _matches(words: list[Word], at: int, index: AgencyIndex) -> list[Match]:
    return index.names.matches(words, at) or index.plain_names.matches(words, at)


def _title_at(window: str, words: list[Word], at: int, index: AgencyIndex) -> tuple[int, IssuerPhrase] | None:
    """Read *Bộ trưởng Bộ Y tế*, *Chủ tịch UBND tỉnh*: the agency behind an office, else what the office alone stands for."""
    for match in _matches(words, at, index):
        titles = [index.registry.titles[target.id] for target in match.targets if target.kind == "title"]
        if not titles:
            continue
        if match.end < len(words) and (below := _name_at(window, words, match.end, index)) is not None:
            return below
        alone = titles[0].alone
        if alone is None:
            continue
        if alone in index.registry.agencies:
            return match.end, IssuerPhrase(0, 0, "", (Target("agency", alone),))
        if alone in index.registry.bodies:
            end, place, place_words = _place_at(window, words, match.end, (Target("body", alone),), index)
            return end, IssuerPhrase(0, 0, "", (Target("body", alone),), place, place_words)
    return None


def _place_at(
    window: str, words: list[Word], at: int, targets: tuple[Target, ...], index: AgencyIndex
) -> tuple[int, str | None, tuple[str, str] | None]:
    """Read the place behind a local body; return the index behind it with the registered id or the printed words."""
    if at >= len(words) or all(target.kind == "agency" for target in targets):
        return at, None, None
    levels = {index.registry.bodies[t.id].level for t in targets if t.kind == "body"}
    kinds = _kinds(index)
    kind = _kind_before(words, at, index)
    for start in (at, at + 1) if words[at].key in {"-", "–", ","} and levels else (at,):
        for match in index.places.matches(words, start):
            listed = [index.registry.jurisdictions[target.id] for target in match.targets]
            fits = [place.id for place in listed if place.level in levels and kind in {None, place.kind}]
            if fits:
                return match.end, fits[0], None
    return _printed_place(window, words, at, kinds, kind, index)


def _printed_place(
    window: str, words: list[Word], at: int, kinds: dict[str, str], kind_alone: str | None, index: AgencyIndex
) -> tuple[int, str | None, tuple[str, str] | None]:
    """Read a place that is not registered: a word for a kind of place, then words with capitals (*huyện Mường Khương*)."""
    for size in (2, 1):
        kind = kinds.get(" ".join(word.key for word in words[at : at + size]))
        if kind is None:
            continue
        end = at + size
        while end < len(words) and end - at - size < 4 and (words[end].capital or words[end].key in {"'", "’"}):
            if _begins_another(words, end, end == at + size, index):
                break
            end += 1
        if end > at + size:
            name = window[words[at + size].start : words[end - 1].end]
            return end, None, (kind, name.title() if name.isupper() else name)
    if kind_alone is not None:
        end = at
        while end < len(words) and end - at < 4 and words[end].capital and not words[end].key.isdigit():
            if _begins_another(words, end, end == at, index):
                break
            end += 1
        if end > at:
            name = window[words[at].start : words[end - 1].end]
            return end, None, (kind_alone, name.title() if name.isupper() else name)
    return at, None, None


def _begins_another(words: list[Word], at: int, first: bool, index: AgencyIndex) -> bool:
    """Tell whether a name begins at a word of a place's name: a body of that place (*HUYỆN XÍN MẦN / PHÒNG …*), or an office."""
    return any(
        (match.end > at + 2 and not first) or (match.end > at + 1 and match.targets[0].kind == "title")
        for match in index.names.matches(words, at)
    )


def _kinds(index: AgencyIndex) -> dict[str, str]:
    """Return the folded words for kinds of place → the kind."""
    return {fold(word): kind.name for kind in index.registry.place_kinds.values() for word in (kind.name, *kind.names)}


def _kind_before(words: list[Word], at: int, index: AgencyIndex) -> str | None:
    """Return the kind of place that ends the name itself (*UBND huyện* | *Bảo Yên*), or that its committee tells (*Huyện ủy*)."""
    kinds = _kinds(index)
    for kind in index.registry.place_kinds.values():
        kinds.setdefault(fold(kind.committee), kind.name)
    ends = (" ".join(word.key for word in words[max(0, at - size) : at]) for size in (2, 1))
    return next((kinds[end] for end in ends if end in kinds), None)


def _unregistered(start: int, window: str, known: RelationWords) -> IssuerPhrase | None:
    """Keep a phrase that begins with a capital up to the words or signs that end it."""
    if not window[:1].isupper():
        return None
    stop = _STOP.search(window)
    end = min(stop.start() if stop else len(window), 110)
    folded = fold(window)
    for found in re.finditer(r"(?<=\s)", window[:end]):
        at = found.start()
        if known.subject.match(folded, at) or known.ending.match(folded, at):
            if window[at].isupper() and not window[:end].isupper():
                continue  # "Ban Tổ chức Trung ương"
            end = at
            break
    printed = window[:end].rstrip(" ,-–")
    return IssuerPhrase(start, start + len(printed), printed, ()) if len(printed) > 2 else None


def resolve_issuer(
    phrase: IssuerPhrase, registry: Registry, home: Jurisdiction | None, *, agency: Agency | None = None
) -> Agency | None:
    """Return the agency of a phrase, seen from the place ``home`` of the document and the ``agency`` that issued it.

    A local body without a place is that of ``home``, or of the place above of its level.
    """
    for target in phrase.targets:
        if target.kind == "agency":
            return registry.agency(target.id)
    for target in phrase.targets:
        if target.kind == "body":
            place = place_of(phrase, registry, home, registry.bodies[target.id].level)
            if place is not None and place.level is registry.bodies[target.id].level:
                try:
                    return registry.local_agency(target.id, place)
                except KeyError:
                    continue
        elif target.kind == "unit" and agency is not None and agency.level is Level.NATIONAL:
            return registry.unit_agency(target.id, agency.id)
    return None


def place_of(
    phrase: IssuerPhrase, registry: Registry, home: Jurisdiction | None, level: Level | None
) -> Jurisdiction | None:
    """Return the place meant by a phrase: the one printed, else that of the document at the level of the body."""
    if phrase.place is not None:
        return registry.jurisdictions[phrase.place]
    if phrase.place_words is not None:
        return place_named(*phrase.place_words, registry, home)
    levels = [place for place in above(home, registry) if place.level is level]
    kinds = [place for place in above(home, registry) if fold(place.kind) == phrase.place_kind]
    if kinds and phrase.place_kind is not None:
        return next((place for place in levels if place in kinds), None)
    return levels[0] if levels else None


def place_named(kind: str, name: str, registry: Registry, home: Jurisdiction | None) -> Jurisdiction | None:
    """Return the place of that kind and name near ``home``: the document's own, one below its province, or a listed one."""
    wanted = (fold(kind), fold(name))
    for place in (*above(home, registry), *registry.jurisdictions.values()):
        if (fold(place.kind), fold(place.name)) == wanted:
            return place
    for place in above(home, registry):
        if place.id in registry.jurisdictions:
            try:
                return registry.place(kind, name, place.id)
            except KeyError:
                continue
    try:
        return registry.place(kind, name, COUNTRY)  # nothing tells the province
    except KeyError:
        return None


def place_on_day(place: Jurisdiction, day: str | None, registry: Registry) -> Jurisdiction:
    """Return the place of that name that stood on an ISO day: *tỉnh Lâm Đồng* is another one since July 2025."""
    parent = registry.jurisdictions.get(place.parent or "")
    if place.id not in registry.jurisdictions and parent is not None:
        above_it = place_on_day(parent, day, registry)
        return place if above_it is parent else registry.place(place.kind, place.name, above_it.id)
    if day is None or holds_on(place, day):
        return place
    same = [
        other
        for other in registry.jurisdictions.values()
        if (other.kind, other.name, other.parent) == (place.kind, place.name, place.parent) and holds_on(other, day)
    ]
    return same[0] if len(same) == 1 else place


def agency_on_day(agency: Agency, day: str | None, registry: Registry) -> Agency:
    """Return the same body of the place of that name that stood on an ISO day."""
    place = registry.jurisdictions.get(agency.jurisdiction)
    if place is None or agency.pattern is None or agency.pattern not in registry.bodies:
        return agency
    standing = place_on_day(place, day, registry)
    return agency if standing is place else registry.local_agency(agency.pattern, standing)


def above(home: Jurisdiction | None, registry: Registry) -> list[Jurisdiction]:
    """Return a place, registered or not, and those above it, the country left out."""
    found: list[Jurisdiction] = []
    at = home
    while at is not None and at.id != COUNTRY:
        found.append(at)
        at = registry.jurisdictions.get(at.parent or "")
    return found
