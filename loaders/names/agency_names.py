"""What a found name means in this document: one agency with its full name and IRI, or a group.

A body of the document's own level is that place's; of a level above, the place above's; of a level below, the group of all of them. A
unit of a ministry belongs to the ministry that issued the document unless another is named.
"""

import re
from dataclasses import dataclass, replace

from loaders.names.agency_index import AgencyIndex, Named, split_words
from loaders.names.agency_places import NameContext, PlaceSuffix, unknown_place_id
from ontology.entities import BodyPattern, Level
from ontology.folding import fold
from ontology.namespaces import mint, slug
from ontology.registry import holds_on

_BELOW = {
    Level.PROVINCE: "các tỉnh, thành phố",
    Level.DISTRICT: "các huyện, thị xã, thành phố",
    Level.COMMUNE: "các xã, phường, thị trấn",
}


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """A mention of an agency or group in a text: offsets, and what it means."""

    start: int
    end: int
    name: str
    iri: str | None
    group: bool
    spelled_out: bool
    printed: str
    resolved: bool = True
    rule: str = "registry"
    level: Level | None = None
    fitting: int = 0
    """How well it fits the document (3 its own place or ministry, 2 a place above, 1 any certain one, 0 otherwise)."""

    body: str = ""
    """The id of the body pattern that it is (*Ủy ban nhân dân huyện*), of one place or of all."""

    def rank(self) -> tuple[int, int, int]:
        """Order readings of one place: the longest, then the most fitting."""
        return (self.end, self.fitting, self.resolved)

    def as_group(self, name: str) -> "AgencyMention":
        """Return the mention as that of a group of this name."""
        iri = f"{(self.iri or '').replace('/id/agency/', '/id/group/').rpartition('/')[0]}/{slug(name)}"
        return replace(self, name=name, iri=iri, group=True, rule="group")

    def at(self, start: int, end: int, text: str) -> "AgencyMention":
        """Return the mention that the same name makes at ``text[start:end]``."""
        return AgencyMention(
            start,
            end,
            self.name,
            self.iri,
            self.group,
            self.spelled_out,
            text[start:end],
            self.resolved,
            self.rule,
            self.level,
            self.fitting,
            self.body,
        )

    def with_start(self, start: int, text: str) -> "AgencyMention":
        """Return the mention begun earlier (with its title)."""
        return replace(self, start=start, printed=text[start : self.end])


def name_target(
    text: str,
    start: int,
    end: int,
    target: Named,
    suffix: PlaceSuffix | None,
    context: NameContext,
    index: AgencyIndex,
    *,
    fuzzy: bool = False,
) -> AgencyMention | None:
    """Return the mention that a registered name makes here, ``None`` where name and place do not go together."""
    if target.kind == "unit":
        return _name_unit(start, end, index.registry.units[target.id], text, suffix, context, index, fuzzy)
    if target.kind == "title" and fold(text[start : min(end, start + 4)]) == "các ":
        return None  # a plural stands for nobody certain
    meanings = index.memory(context).meanings
    key = (target, suffix.meaning if suffix is not None else None, fuzzy)
    meant: AgencyMention | None
    if key in meanings:
        meant = meanings[key]
    else:
        meant = meanings[key] = _mean(text[start:end], target, suffix, context, index, fuzzy)
    return meant.at(start, end, text) if meant is not None else None


def _mean(
    printed: str, target: Named, suffix: PlaceSuffix | None, context: NameContext, index: AgencyIndex, fuzzy: bool
) -> AgencyMention | None:
    """Return what a name means with a suffix in this document; the same for all its places, which are not set yet."""
    made = AgencyMention(0, len(printed), "", None, False, True, printed, rule="fuzzy" if fuzzy else "registry")
    if target.kind == "agency":
        if suffix is not None:
            return None
        agency = index.registry.agency(target.id)
        own = 3 if context.ministry and target.id.startswith(context.ministry + "/") else 1
        own = own if holds_on(agency, context.day) else 0
        return replace(made, name=agency.name, iri=str(mint("agency", agency.id)), level=agency.level, fitting=own)
    if target.kind == "group":
        return _mean_group(printed, False, context, index, target) if suffix is None else None
    if target.kind == "title":
        return _name_title(made, target.id, suffix, context, index)
    return _name_body(replace(made, body=target.id), index.registry.bodies[target.id], suffix, context, index)


_OF_MINISTRY = re.compile(r"\s*(?:\(|,)?\s*(?:thuộc\s+|của\s+)?(?=Bộ\s)")


def _name_unit(
    start: int,
    end: int,
    unit: BodyPattern,
    text: str,
    suffix: PlaceSuffix | None,
    context: NameContext,
    index: AgencyIndex,
    fuzzy: bool,
) -> AgencyMention | None:
    if suffix is not None:
        return None
    made = AgencyMention(start, end, "", None, False, True, text[start:end], rule="fuzzy" if fuzzy else "registry")
    if behind := _OF_MINISTRY.match(text, end):
        ministry = _ministry_at(text, behind.end(), index)
        if ministry is not None:
            agency = index.registry.unit_agency(unit.id, ministry[0])
            return replace(
                made,
                name=agency.name,
                iri=str(mint("agency", agency.id)),
                level=agency.level,
                fitting=2,
                end=ministry[1],
                printed=text[made.start : ministry[1]],
            )
    if context.ministry is None:
        return None
    agency = index.registry.unit_agency(unit.id, context.ministry)
    return replace(made, name=agency.name, iri=str(mint("agency", agency.id)), level=agency.level, fitting=1)


def _ministry_at(text: str, at: int, index: AgencyIndex) -> tuple[str, int] | None:
    words = split_words(text[at : at + 120])
    for match in index.names.matches(words, 0):
        for target in match.targets:
            if target.kind == "agency" and index.registry.agency(target.id).kind == "ministry":
                return target.id, at + words[match.end - 1].end
    return None


def _name_title(
    made: AgencyMention, title_id: str, suffix: PlaceSuffix | None, context: NameContext, index: AgencyIndex
) -> AgencyMention | None:
    """Return what a title without a name stands for (*Bộ trưởng*, *Chủ tịch UBND tỉnh* in short)."""
    title = index.registry.titles[title_id]
    if title.alone is None:
        return None
    if title.alone == "issuer":
        if context.issuer is None or suffix is not None:
            return None
        agency = index.registry.agency(context.issuer, context.place)
        if title.agency_kinds and agency.kind not in title.agency_kinds:
            return _all_of_kind(made, title.agency_kinds, context, index) if agency.kind == "government" else None
        return replace(made, name=agency.name, iri=str(mint("agency", agency.id)), level=agency.level, rule="title")
    if title.alone in index.registry.bodies:
        return _name_body(made, index.registry.bodies[title.alone], suffix, context, index)
    agency = index.registry.agency(title.alone)
    return replace(made, name=agency.name, iri=str(mint("agency", agency.id)), level=agency.level, rule="title")


def _all_of_kind(
    made: AgencyMention, kinds: tuple[str, ...], context: NameContext, index: AgencyIndex
) -> AgencyMention | None:
    """Return the group of all agencies of the kinds: *Bộ trưởng, Thủ trưởng cơ quan ngang bộ* in an order of the Prime Minister."""
    registry = index.registry
    group = next((g for g in registry.groups.values() if g.member_kinds == kinds and not g.member_bodies), None)
    if group is None or len(kinds) != 1:
        return None
    known = Named("group", group.id, group.name)
    return replace(_mean_group(made.printed, False, context, index, known), rule="title")


def _name_body(
    made: AgencyMention, body: BodyPattern, suffix: PlaceSuffix | None, context: NameContext, index: AgencyIndex
) -> AgencyMention | None:
    if suffix is not None and suffix.group:
        return _body_group(made, body, suffix.words, context, index)
    if suffix is not None and suffix.level is not None and suffix.level is not body.level:
        return None
    if suffix is not None and suffix.unknown:
        place_id = unknown_place_id(suffix.unknown, context)
        iri = str(mint("agency", f"{place_id}/{body.slug}"))
        name = _at_unknown(body, suffix.unknown, index)
        return replace(made, name=name, iri=iri, level=body.level, resolved=False, rule="open-place", fitting=1)
    place = suffix.place if suffix is not None else None
    if place is None and body.level is not None:
        place = context.at(body.level)
    if place is not None:
        if body.place_kinds and place.kind not in body.place_kinds:
            return None
        agency = index.registry.local_agency(body.id, place)
        fitting = 3 if place is context.place or suffix is not None else 2
        fitting = fitting if holds_on(body, context.day) else 0
        return replace(made, name=agency.name, iri=str(mint("agency", agency.id)), level=body.level, fitting=fitting)
    if body.level is None:
        return None
    if context.place is None:  # nobody knows whose: the excerpt of a document that does not say its place
        name = in_full_words(made.printed, index)
        return replace(made, name=name, iri=str(mint("agency", slug(name))), resolved=False, rule="open-place")
    words = _BELOW[body.level]
    return replace(_body_group(made, body, words, context, index), rule="level-below", fitting=0)


def _body_group(
    made: AgencyMention, body: BodyPattern, words: str, context: NameContext, index: AgencyIndex
) -> AgencyMention:
    name = _join(body.name.replace("{committee}", _committee(body, words, index)).replace("{kind}", ""), words)
    known = next((target for target in _registered(name, index) if target.kind == "group"), None)
    if known is not None:
        return replace(
            _mean_group(made.printed, False, context, index, known),
            level=body.level,
            rule="body-group",
            fitting=2,
            body=made.body,
        )
    where = context.place.id if context.place is not None and context.place.parent is not None else "viet-nam"
    iri = str(mint("group", f"{where}/{slug(name)}"))
    return replace(made, name=name, iri=iri, group=True, level=body.level, rule="body-group", fitting=2)


def _at_unknown(body: BodyPattern, place: str, index: AgencyIndex) -> str:
    """Return the name of a body in a place that the registry does not have: *Đảng ủy xã Hồng Thái*, *Huyện ủy Xín Mần*."""
    kind = next((k for k in index.registry.kinds_with(body) if place.startswith(f"{k.name} ")), None)
    if kind is None or "{committee}" not in body.name:
        return _join(body.name.format(kind="", committee=""), place)
    return f"{body.name.format(kind='', committee=kind.committee)} {place.removeprefix(kind.name).strip()}"


def _committee(body: BodyPattern, words: str, index: AgencyIndex) -> str:
    """Return what the Party committees of several places are called: *Đảng ủy* of communes, *Huyện ủy* of districts."""
    kinds = index.registry.kinds_with(body)
    named = [kind for kind in kinds if kind.name in words]
    first = min(named, key=lambda kind: words.index(kind.name)) if named else kinds[0]
    return first.committee.removesuffix(f" {first.name}")


def _join(name: str, words: str) -> str:
    return f"{name.strip()} {words}".strip()


_ABBREVIATED = re.compile(r"[A-ZĐ]{2,}[\w&-]*|\bTW\b")


def name_group(text: str, start: int, end: int, vague: bool, context: NameContext, index: AgencyIndex) -> AgencyMention:
    """Return the mention of a group: the registry's words, or as printed with abbreviations written out; vague ones spell nobody out."""
    while end > start and text[end - 1] in " ,;.":
        end -= 1
    meanings = index.memory(context).meanings
    key = (text[start:end], vague)
    if key not in meanings:
        meanings[key] = _mean_group(text[start:end], vague, context, index)
    meant: AgencyMention = meanings[key]
    return meant.at(start, end, text)


_OWN_PLACE = re.compile(r"(?<![,/&])(?<!và)(?<!các)\s+(?:xã|phường|thị trấn|đặc khu)$")


def _mean_group(
    printed: str, vague: bool, context: NameContext, index: AgencyIndex, known: Named | None = None
) -> AgencyMention:
    known = known or next((target for target in _registered(printed, index) if target.kind == "group"), None)
    own = _OWN_PLACE.search(printed) if known is None else None
    if own is not None:  # "các tổ chức chính trị - xã hội xã": those of the document's own place
        return _mean_group(printed[: own.start()], vague, context, index)
    name = known.full if known is not None else in_full_words(printed, index)
    spelled_out = not vague and not _generic(printed)
    if known is not None:
        spelled_out = index.registry.group(known.id).spelled_out
    where = context.place.id if context.place is not None and context.place.parent is not None else "viet-nam"
    if known is not None and context.ministry and index.registry.group(known.id).scope == "issuer":
        where = context.ministry  # the units of each ministry are another group
    iri = str(mint("group", where, known.id if known is not None else slug(name)))
    level = index.registry.group(known.id).level if known is not None else None
    body = known.id.partition("/")[0] if known is not None and "/" in known.id else ""
    return AgencyMention(
        0, len(printed), name, iri, True, spelled_out, printed, known is not None, "group", level, body=body
    )


def in_full_words(printed: str, index: AgencyIndex) -> str:
    """Return a printed name in one line with its short forms written out."""
    name = _ABBREVIATED.sub(lambda found: index.abbreviations.get(fold(found.group()), found.group()), printed)
    name = re.sub(r"\s+", " ", name)
    return name[0].upper() + name[1:]


def within_agency(group: AgencyMention, agency: AgencyMention, text: str) -> AgencyMention:
    """Return a group narrowed to one agency: *các đơn vị có liên quan thuộc Bộ X*."""
    name = f"{group.name} thuộc {agency.name}"
    iri = f"{group.iri}/{slug(agency.name)}"
    return replace(group, end=agency.end, name=name, iri=iri, printed=text[group.start : agency.end], resolved=False)


def _registered(printed: str, index: AgencyIndex) -> tuple[Named, ...]:
    words = split_words(printed)
    return next((match.targets for match in index.names.matches(words, 0) if match.end == len(words)), ())


_GENERIC = re.compile(
    r"(?:các\s+)?(?:cơ quan|đơn vị|tổ chức|cá nhân|doanh nghiệp|ban|ngành|\W|và|khác)+(?:liên quan|có liên quan)?",
    re.IGNORECASE,
)


def _generic(printed: str) -> bool:
    return bool(_GENERIC.fullmatch(printed.strip()))


def name_open(text: str, start: int, end: int, context: NameContext, name: str | None = None) -> AgencyMention:
    """Return the mention of a name that is not in the registry: as printed (or ``name``), in the document's own place."""
    printed = text[start:end]
    name = name or re.sub(r"\s+", " ", printed)
    where = context.place.id if context.place is not None and context.place.parent is not None else context.ministry
    iri = str(mint("agency", f"{where}/{slug(name)}" if where else slug(name)))
    return AgencyMention(start, end, name, iri, False, True, printed, False, "open")
