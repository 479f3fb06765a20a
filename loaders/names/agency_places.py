"""The place behind a body's name: ``tỉnh Bình Thuận``, ``huyện`` alone, ``các tỉnh, thành phố``, ``cấp xã``, or nothing.

What stands there decides which body is meant: one of a named place, the one of the document's own place, or a group.
"""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache

from loaders.names.agency_index import AgencyIndex, SplitText, Word
from loaders.text.wordlists import load_words
from ontology.entities import Jurisdiction, Level
from ontology.folding import UPPER, fold, fold_plain
from ontology.namespaces import slug
from ontology.registry import holds_on

# "các tinh, thành phố" is OCR for "các tỉnh": the plural words are compared without diacritics.
_KIND = (
    r"(?:tinh(?!\s+(?:hinh|toan|den|tu)\b)|thanh pho|tp|huyen|thi xa|tx|quan(?!\s+(?:ly|triet|tam|trong|diem)\b)|xa(?!\s+hoi\b)"
    r"|phuong(?!\s+(?:an|phap|huong|tien)\b)|thi tran|tt|dac khu|dia phuong)"
)
"""Without diacritics verbs look like places: in *các huyện, thành phố quản lý …* stands no quận."""
_PLURAL = re.compile(
    rf"(?:(?:cua |tai |o )?(?:cac|toan the cac)\s+{_KIND}|{_KIND}\s*(?:,|va|/)\s*{_KIND}(?!\s+(?:uy|doan)\b))\b(?:\s*(?:,|va|;|/|-)?\s*{_KIND}\b(?!\s+(?:uy|doan)\b))*"
    r"(?P<land>(?:\s*,?\s*(?:bien gioi|mien nui|vung cao|ven bien|bai ngang|trung du|dong bang)\b)*)"
    r"(?:\s*,?\s*(?:truc thuoc|thuoc)\s+(?:trung uong|tw|tinh))?(?:\s+(?:trong|tren dia ban|cua|thuoc)\s+(?:toan\s+)?(?:tinh|huyen|thanh pho)\b)?"
)
_LEVEL = re.compile(
    r"(?:cac\s+)?cap\s+(?:tinh|huyen|xa|thanh pho)(?:\s*(?:,|va)\s*(?:cap\s+)?(?:tinh|huyen|xa)\b)*|cac\s+cap\b"
)
_KIND_LEVELS = {
    "tỉnh": Level.PROVINCE,
    "thành phố": Level.PROVINCE,
    "tp": Level.PROVINCE,
    "huyện": Level.DISTRICT,
    "thị xã": Level.DISTRICT,
    "quận": Level.DISTRICT,
    "xã": Level.COMMUNE,
    "phường": Level.COMMUNE,
    "thị trấn": Level.COMMUNE,
    "đặc khu": Level.COMMUNE,
}
_ONE_KIND = re.compile(r"(?:tỉnh|thành phố|tp\.?|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)\b")
_MISREAD = re.compile(
    r"tinh(?![^\W_])(?!\s+(?:gọn|giản|thần|hoa|tế|tuý|túy|luyện|bột|dầu|xảo|anh|nhuệ|vi|ý|hoàn|lọc|chế|chỉnh)(?![^\W_]))"
)
"""OCR loses the hook of *tỉnh*: *Ban Dân tộc tinh, các cơ quan …*."""
_PROPER = re.compile(rf"\s+([{UPPER}][^\W\d_]*(?:[\s-]+[{UPPER}][^\W\d_]*){{0,3}})")


@dataclass(frozen=True, slots=True, eq=False)
class NameContext:
    """Where a document speaks from: its own place, the places above it, and the ministry that issued it.

    One is made for each document and known by identity, so that what was found for it is looked up at no cost.
    """

    place: Jurisdiction | None = None
    above: tuple[Jurisdiction, ...] = ()
    issuer: str | None = None
    ministry: str | None = None
    day: str | None = None
    """The document's ISO date: of places and agencies of one name, those that stood then are meant."""

    def at(self, level: Level) -> Jurisdiction | None:
        """Return the document's own place at a level, or the place above it at that level."""
        return next((place for place in (self.place, *self.above) if place is not None and place.level is level), None)


@dataclass(frozen=True, slots=True)
class PlaceSuffix:
    """What a place suffix says. ``words`` is the plural or level as canonical words, for the names of groups."""

    end: int
    place: Jurisdiction | None = None
    group: bool = False
    words: str = ""
    level: Level | None = None
    unknown: str = ""
    """A place that is named but not registered (*huyện Xín Mần*)."""

    @property
    def meaning(self) -> Hashable:
        """What the suffix says, wherever it stands."""
        return (self.place.id if self.place is not None else None, self.group, self.words, self.level, self.unknown)


_KIND_NAMES = {
    "tinh": "tỉnh",
    "thanh pho": "thành phố",
    "tp": "thành phố",
    "huyen": "huyện",
    "thi xa": "thị xã",
    "tx": "thị xã",
    "quan": "quận",
    "xa": "xã",
    "phuong": "phường",
    "thi tran": "thị trấn",
    "tt": "thị trấn",
    "dac khu": "đặc khu",
    "dia phuong": "địa phương",
}
_EACH_KIND = re.compile(rf"\b{_KIND}\b")


def _plural_words(plain: str) -> str:
    """Return the plural in canonical words: ``các tỉnh, thành phố trực thuộc trung ương`` however it is printed."""
    belonging = re.search(r"\s*,?\s*(?:truc thuoc|thuoc)\b.*|\s+(?:trong|tren dia ban|cua)\b.*", plain)
    head = plain[: belonging.start()] if belonging else plain
    kinds = [_KIND_NAMES[found.group()] for found in _EACH_KIND.finditer(head)]
    plural = "các " if plain.startswith(("cac", "cua", "tai", "o ", "toan")) else ""
    central = " trực thuộc trung ương" if belonging and re.search(r"trung uong|\btw", belonging.group()) else ""
    return f"{plural}{', '.join(kinds)}{central}"


_STARTS = frozenset({"cua", "tai", "o", "cac", "toan", "cap", *(words.split()[0] for words in _KIND_NAMES)})
"""The first words of all suffixes but the names of places, without diacritics."""


def find_place_suffix(given: SplitText, at: int, context: NameContext, index: AgencyIndex) -> PlaceSuffix | None:
    """Return the place suffix that begins at word ``at`` of a text, or ``None``; ``end`` is an offset in characters."""
    text, words = given.text, given.words
    if at >= len(words):
        return None
    key = words[at].key
    if fold_plain(key) not in _STARTS and not index.places.begins(key):
        return None
    start, plain = words[at].start, given.plain
    if found := _PLURAL.match(plain, start):
        end = _plural_end(text, words, at, found, index)
        words_there = _plural_words(plain[start:end]) + _land(text, found)
        return PlaceSuffix(end, None, True, words_there, _lowest_level(plain[start:end]))
    if found := _LEVEL.match(plain, start):
        words_there = " ".join(text[start : found.end()].lower().split())
        return PlaceSuffix(found.end(), None, True, words_there, _lowest_level(found.group()))
    for match in index.places.matches(words, at):
        chosen = _choose_place([target.id for target in match.targets], context, index)
        if chosen is not None and not _goes_on(text, words, at, match.end, chosen):
            return PlaceSuffix(words[match.end - 1].end, chosen, level=chosen.level)
    if found := _ONE_KIND.match(fold(text[start : start + 12])) or _MISREAD.match(text[start : start + 12]):
        kind = "tỉnh" if found.group() == "tinh" else found.group().rstrip(".")
        end = start + found.end()
        level = _KIND_LEVELS[kind]
        behind = next((k for k in range(at, len(words)) if words[k].start >= end), len(words))
        named = _cut_capitals(_PROPER.match(text, end), text[start:end])
        begins_other = index.names.matches(words, behind) or index.verbs.matches(words, behind)
        # In "huyện Ủy ban …" begins another name, in "huyện Xây dựng …" a verb; "tỉnh Lê Trường Sơn" is a person.
        if named and not begins_other and not _is_person(kind, named.group(1)):
            return _named_place(kind, named, level, context)
        here = context.at(level)
        if kind in {"thành phố", "tp"} and (here is None or here.kind != "thành phố"):
            own = context.place
            here = own if own is not None and own.kind == "thành phố" else here
        return PlaceSuffix(end, here, level=level if here is None else here.level)
    return None


_NOT_IN_PLACES = frozenset({"và", "của", "trên", "các", "theo", "nhiệm", "về", "tại", "với", "cho", "đến", "để"})


def _cut_capitals(named: re.Match[str] | None, kind: str) -> re.Match[str] | None:
    """Cut a name in a text of capitals before a word that is in no place's name (*HỘI ĐỒNG NHÂN DÂN TỈNH VÀ …*)."""
    if named is None or not kind.isupper():
        return named
    for word in re.finditer(r"\w+", named.group(1)):
        if fold(word.group()) in _NOT_IN_PLACES:
            return _PROPER.match(named.string, named.start(), named.start(1) + word.start())
    return named


def _named_place(kind: str, named: re.Match[str], level: Level, context: NameContext) -> PlaceSuffix:
    """Return the place of a kind and name that is not listed: one of the document's own places, else one unknown."""
    printed = named.group(1)
    name = printed.title() if printed.isupper() and len(printed) > 3 else printed
    for own in (context.place, *context.above):
        if own is not None and (own.kind, fold(own.name)) == (kind, fold(name)):
            return PlaceSuffix(named.end(), own, level=own.level)
    return PlaceSuffix(named.end(), None, level=level, unknown=f"{kind} {name}")


def _is_person(kind: str, name: str) -> bool:
    """Tell whether the words behind a kind of place are a person's name (*Phó Chủ tịch UBND tỉnh Lê Trường Sơn*).

    Provinces and cities are listed, so that no other name follows; communes are named after persons.
    """
    words = name.split()
    return kind in {"tỉnh", "thành phố", "tp"} and len(words) > 1 and fold(words[0]) in _surnames()


_SIGNING_KINDS = ("office", "mark", "body", "noise", "surname")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(row.words for row in load_words("signing_words", _SIGNING_KINDS).of("surname"))


def _land(text: str, found: re.Match[str]) -> str:
    """Return the words that say which of the places are meant (*các huyện biên giới*), with a blank before them."""
    return f" {' '.join(text[found.start('land') : found.end('land')].lower().split())}".rstrip()


def _goes_on(text: str, words: Sequence[Word], at: int, end: int, place: Jurisdiction) -> bool:
    """Tell whether a province's bare name is the beginning of a longer one (*Báo Điện Biên Phủ*)."""
    if end >= len(words) or fold(place.kind).split(" ")[0] == words[at].key:
        return False
    return words[end].capital and text[words[end - 1].end : words[end].start] == " " and words[end].key.islower()


_LAST_KIND = re.compile(rf"\s*(?:,|\bva\b|;|/|-)\s*{_KIND}$")


def _plural_end(text: str, words: Sequence[Word], at: int, found: re.Match[str], index: AgencyIndex) -> int:
    """Return where a plural ends: before a last kind that begins a name (*các huyện, thành phố Tân An*)."""
    end = found.end()
    last = _LAST_KIND.search(found.string, found.start(), end)
    behind = next((k for k in range(at, len(words)) if words[k].start >= end), len(words))
    return last.start() if last is not None and begins_name(text, words, behind, index) else end


def begins_name(text: str, words: Sequence[Word], behind: int, index: AgencyIndex) -> bool:
    """Tell whether the last of several kinds of place, which ends before word ``behind``, has the name of a place behind it."""
    if 1 < behind < len(words) and (words[behind - 1].key, words[behind].key) == ("thành", "phố"):
        behind += 1  # "các tỉnh, thành" is a plural too
    if not 2 < behind < len(words) or words[behind - 1].key not in _KIND_ENDS or not words[behind].capital:
        return False
    kind = (
        2
        if words[behind - 1].key in {"phố", "xã", "trấn", "khu"} and words[behind - 2].key in {"thành", "thị", "đặc"}
        else 1
    )
    if words[behind - kind - 1].key not in {",", "và", ";", "/", "-"} or index.names.matches(words, behind):
        return False
    named = _PROPER.match(text, words[behind - 1].end)
    return named is not None and (" " in named.group(1) or bool(index.places.matches(words, behind - kind)))


_KIND_ENDS = frozenset({"khu", "tỉnh", "phố", "tp", "huyện", "xã", "tx", "quận", "phường", "trấn", "tt"})


def _lowest_level(plain: str) -> Level:
    if re.search(r"\b(?:tinh|trung uong|tw)\b", plain):
        return Level.PROVINCE
    if re.search(r"\b(?:huyen|thi xa|tx|quan|dia phuong)\b", plain):
        return Level.DISTRICT
    return Level.COMMUNE if re.search(r"\b(?:xa|phuong|thi tran|tt)\b", plain) else Level.PROVINCE


def _choose_place(ids: Sequence[str], context: NameContext, index: AgencyIndex) -> Jurisdiction | None:
    """Choose among places of one name: the document's own or one above it, one below it, the only one."""
    places = [index.registry.jurisdictions[id_] for id_ in ids]
    near = {place.id for place in (context.place, *context.above) if place is not None}
    standing = [place for place in places if holds_on(place, context.day)] or places
    own = [place for place in standing if place.id in near]
    below = [place for place in standing if place.parent in near]
    provinces = [place for place in standing if place.level is Level.PROVINCE]
    for chosen in (own, below, provinces):
        if chosen:
            return min(chosen, key=lambda place: (place.valid_to is not None, place.id))
    return standing[0] if len(standing) == 1 else None


def unknown_place_id(name: str, context: NameContext) -> str:
    """Return an id for a place that the registry does not have: a commune lies in the document's district, if it has one.

    >>> unknown_place_id("xã Hồng Thái", NameContext())
    'xa-hong-thai'
    """
    commune = name.startswith(("xã ", "phường ", "thị trấn ", "đặc khu "))
    district = context.at(Level.DISTRICT) if commune else None
    above = district or context.at(Level.PROVINCE)
    return f"{above.id}/{slug(name)}" if above is not None else slug(name)
