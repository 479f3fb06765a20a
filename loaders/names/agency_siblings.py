"""One body in several places: *UBND các huyện, thành phố Mỹ Tho, thị xã Gò Công*, *UBND các huyện: A, B và thành phố C*.

The name stands once and the places follow; each is the body of that place. Where a list of places spells a plural out, the places stand
for the plural; where they stand beside it, the group of the others is named as well.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.names.agency_index import AgencyIndex, Named, SplitText, Word
from loaders.names.agency_names import AgencyMention, name_target
from loaders.names.agency_places import NameContext, PlaceSuffix, find_place_suffix
from ontology.entities import Level
from ontology.folding import UPPER, fold

_PROPER = re.compile(rf"\s+[{UPPER}]")
_SYLLABLE = rf"[{UPPER}][^\W\d_]*(?:['’][{UPPER}]?[^\W\d_]+)?"
_NAME = re.compile(rf"{_SYLLABLE}(?:[\s-]+{_SYLLABLE}){{0,3}}")
_KIND = re.compile(
    r"(?:huyện|thành phố|tp\.?|thị xã|tx\.?|quận|xã|phường|thị trấn|tt\.?|đặc khu|tỉnh)(?=\s)", re.IGNORECASE
)

_KIND_OF_ONE = re.compile(
    rf"(tỉnh|thành phố|thị xã|huyện|quận|phường|thị trấn|đặc khu|(?<!thị )xã)\s+(?=[{UPPER}])", re.IGNORECASE
)
_KINDS_IN_PLURAL = re.compile(r"(?<!\w)(?:tỉnh|huyện|thị xã|thành phố|quận|xã|phường|đặc khu)(?!\w)")
_GOES_ON = re.compile(r"\s*(?:[,;.)]|và\s|$)")
_JOINTS = {",", "và", "&"}
_JOINTS_OF_LIST = {*_JOINTS, ";"}


def find_siblings(
    given: SplitText, first: AgencyMention, context: NameContext, index: AgencyIndex
) -> list[AgencyMention]:
    """Return ``first``, the mention of a body, and the mentions of the same body in the places that follow it."""
    if not first.body:
        return [first]
    text, words = given.text, given.words
    at = _word_behind(words, first.end)
    follows = _PROPER.match(text, first.end) is not None and not first.printed.isupper()
    spelled_out = first.group and (follows or _is_sign(words, at, {":"}))
    joints = _JOINTS
    if spelled_out and _is_sign(words, at, {":"}):
        at += 1
        joints = _JOINTS_OF_LIST
    elif not spelled_out:
        at = _behind_joint(words, at, joints)
    found: list[AgencyMention] = []
    level = first.level
    while at < len(words):
        sibling = _body_at(given, at, first, level, context, index)
        if sibling is None or (not first.group and _is_above(sibling, first) and words[at - 1].key == ","):
            break  # in "xã Nghĩa Đô, huyện Bảo Yên" the district says where the commune lies
        found.append(sibling)
        at = _behind_joint(words, _word_behind(words, sibling.end), joints)
    if not found:
        return [first]
    return [found[0].with_start(first.start, text), *found[1:]] if spelled_out else [first, *found]


def _body_at(
    given: SplitText,
    at: int,
    first: AgencyMention,
    level: Level | None,
    context: NameContext,
    index: AgencyIndex,
) -> AgencyMention | None:
    """Return the body of the place that begins at word ``at``, ``None`` if no place begins there or another name does."""
    text, words = given.text, given.words
    if index.names.matches(words, at):
        return None
    kind_said = _KIND.match(text, words[at].start) is not None
    suffix = find_place_suffix(given, at, context, index) if kind_said or first.group else None
    if suffix is None:
        suffix = _bare_place(text, words, at, first, context, index)
    if suffix is None or suffix.group or (suffix.place is None and not suffix.unknown):
        return None
    if suffix.unknown and level is Level.DISTRICT and suffix.level is Level.PROVINCE:
        suffix = replace(suffix, level=level)  # "thành phố …" in a list of districts is one of them
    body = _of_level(first.body, suffix, index)
    if body is None:
        return None
    return name_target(text, words[at].start, suffix.end, Named("body", body, first.name), suffix, context, index)


def _bare_place(
    text: str, words: Sequence[Word], at: int, first: AgencyMention, context: NameContext, index: AgencyIndex
) -> PlaceSuffix | None:
    """Read a place named without its kind, which the plural before it tells: *UBND các huyện: Cái Bè, Cai Lậy*.

    Behind one place (*UBND huyện Cái Bè, Cai Lậy*) a listed place of that kind; of communes, of which few are listed, any name.
    """
    named = _NAME.match(text, words[at].start)
    if named is None or index.verbs.matches(words, at):
        return None
    if first.group:
        kinds = _KINDS_IN_PLURAL.findall(fold(first.printed))
    else:
        kinds = [fold(found[1]) for found in _KIND_OF_ONE.finditer(first.printed)][-1:]
    for kind in kinds:
        whole = f"{kind} {named.group()}"
        suffix = find_place_suffix(SplitText(whole), 0, context, index)
        if suffix is not None and suffix.place is not None and not suffix.group:
            return replace(suffix, end=words[at].start + suffix.end - len(kind) - 1)
    if not kinds or len(kinds) > 1 or not _ends_name(words, _word_behind(words, named.end()), index):
        return None  # in "UBND các huyện: Chỉ đạo …" no place is named
    return PlaceSuffix(named.end(), None, level=first.level, unknown=f"{kinds[0]} {named.group()}")


def _ends_name(words: Sequence[Word], at: int, index: AgencyIndex) -> bool:
    """Tell whether a name can have ended before word ``at``: a sign, *và* or a verb of duty stands there."""
    if at >= len(words) or not words[at].key[0].isalpha():
        return True
    return words[at].key in {"và", "hoặc"} or bool(index.verbs.matches(words, at))


def _is_commune(text: str, named: re.Match[str], first: AgencyMention) -> bool:
    """Tell whether a name in a list of communes is one of them: two words or more, and the list or sentence goes on behind."""
    return first.level is Level.COMMUNE and " " in named.group() and _GOES_ON.match(text, named.end()) is not None


def _is_above(sibling: AgencyMention, first: AgencyMention) -> bool:
    order = list(Level)
    return (
        sibling.level is not None and first.level is not None and order.index(sibling.level) < order.index(first.level)
    )


def _of_level(body_id: str, suffix: PlaceSuffix, index: AgencyIndex) -> str | None:
    """Return the body of the same name at the level of a place (*UBND tỉnh*, *UBND huyện*)."""
    bodies = index.registry.bodies
    known = bodies[body_id]
    if suffix.level is None or known.level is suffix.level:
        return body_id
    return next((one.id for one in bodies.values() if one.slug == known.slug and one.level is suffix.level), None)


def _is_sign(words: Sequence[Word], at: int, signs: set[str]) -> bool:
    return at < len(words) and words[at].key in signs


def _word_behind(words: Sequence[Word], end: int) -> int:
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if words[middle].start < end else (low, middle)
    return low


def _behind_joint(words: Sequence[Word], at: int, joints: set[str]) -> int:
    """Return the word behind a comma, *và* or both; past the last word if there is none of them."""
    if not _is_sign(words, at, joints):
        return len(words)
    return at + 2 if _is_sign(words, at, {",", ";"}) and _is_sign(words, at + 1, {"và"}) else at + 1
