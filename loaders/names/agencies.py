"""Find agencies and groups in running text, and say which agency each mention means in this document.

A mention is a registered name (longest first), with its title before it and its place behind it; a member of a list whose head
word stands once (*Các Bộ: Tài chính, Y tế và …*); a group by its grammar (*các sở, ngành liên quan*); or, as a last resort, a head word
with capitalised words behind it, which is reported as not in the registry.
"""

import re
from collections.abc import Sequence

from loaders.names.agency_grammar import (
    GROUP,
    GROUP_STARTS,
    INNER_HEAD,
    INNER_STARTS,
    LIST_HEADS,
    LONG_HEAD,
    OPEN_HEAD,
    OPEN_STARTS,
    PLURAL_STARTS,
    STARTS,
    TITLE_STARTS,
    TITLES,
)
from loaders.names.agency_index import JOINTS, AgencyIndex, Match, SplitText, Word
from loaders.names.agency_names import AgencyMention, name_group, name_open, name_target, within_agency
from loaders.names.agency_places import NameContext, PlaceSuffix, begins_name, find_place_suffix
from loaders.names.agency_regions import find_region
from loaders.names.agency_shared import share_places
from loaders.names.agency_siblings import find_siblings
from ontology.folding import UPPER, fold_plain

_BESIDE_HEADS = frozenset({",", "và", "ban", "ngành"})
_BELONGING = re.compile(r"\s+(?:trực )?thuộc\s+")
_PLACES = re.compile(
    r"(?:các|những|một số)\s+(?:tỉnh|huyện|thị xã|thành phố|quận|xã|phường|thị trấn|thôn|bản|ấp)\b", re.IGNORECASE
)
_NEED = re.compile(r"\s+(?:nghèo|khó khăn|đặc biệt|miền núi|biên giới|vùng)\b")
_OF_PLACE = re.compile(
    r"(?:thực tế|thực tiễn|tình hình|điều kiện|đặc điểm|đặc thù|tiềm năng|lợi thế|từng|mỗi)(?: (?:của|ở|tại))? $"
)
_IN_NUMBER = re.compile(r"\d\s?/(?:[\w/-]*-)?$")
_SHORT_FORM = re.compile(r"[A-ZĐ&-]{2,}")
_SET = re.compile(
    r"\s+(?:phận|máy|đội|tiêu chí|chỉ số|chỉ tiêu|hồ sơ|luật|quy tắc|tài liệu|mã|câu hỏi|thủ tục|công cụ|dữ liệu|môn)\b"
)


def find_agencies(text: str, context: NameContext, index: AgencyIndex) -> tuple[AgencyMention, ...]:
    """Return the mentions of agencies and groups in a clean text, in order, never overlapping.

    Offsets count characters of ``text``. A title before a name belongs to the mention (*Giám đốc Sở Tài chính* is the Sở).
    """
    texts = index.memory(context).texts
    known: tuple[AgencyMention, ...] | None = texts.get(text)
    if known is None:
        known = texts[text] = _find_all(SplitText(text), context, index)
    return known


def _find_all(given: SplitText, context: NameContext, index: AgencyIndex) -> tuple[AgencyMention, ...]:
    found: list[AgencyMention] = []
    behind = 0
    for i in _places_to_look(given.words, index):
        if i < behind:
            continue
        mentions, behind = _find_at(given, i, context, index)
        for mention in mentions:
            if (
                found
                and found[-1].group
                and not mention.group
                and _BELONGING.fullmatch(given.text, found[-1].end, mention.start)
            ):
                found[-1] = within_agency(found[-1], mention, given.text)
            else:
                found.append(mention)
    return tuple(share_places(found, given.text, index, lambda name: find_agencies(name, context, index)))


_NO_WORD = Word(0, 0, "", False)


def _places_to_look(words: Sequence[Word], index: AgencyIndex) -> list[int]:
    """Return the words that a mention can begin with at all; nine in ten are passed over by this."""
    names, plain_names, groups = index.names.firsts, index.plain_names.firsts, index.group_firsts
    found: list[int] = []
    for i, ((_, _, key, capital), behind) in enumerate(zip(words, [*words[1:], _NO_WORD], strict=False)):
        if key in STARTS and ((seconds := STARTS[key]) is None or behind.key in seconds):
            found.append(i)
        elif key in names and (capital or behind.capital or key in groups):
            found.append(i)  # of names only those of groups are written without capitals
        elif capital and (key in OPEN_STARTS or fold_plain(key) in plain_names):
            found.append(i)
    return found


def _find_at(given: SplitText, i: int, context: NameContext, index: AgencyIndex) -> tuple[list[AgencyMention], int]:
    words = given.words
    if not words[i].key[0].isalpha():
        return [], i + 1
    start = words[i].start
    if given.text[start - 1 : start] in {"-", "/"} and _IN_NUMBER.search(
        given.text, max(0, start - _LONGEST_SYMBOL), start
    ):
        return [], i + 1  # the symbol in "90/QĐ-TTg" is part of a number
    if words[i].key in TITLE_STARTS and (titled := TITLES.match(given.text, start)):
        j = _word_at(words, titled.end(), i)
        if j < len(words):
            mentions, behind = _find_name(given, j, context, index, titled=True)
            if mentions:
                first = mentions[0]
                return [first.with_start(start, given.text), *mentions[1:]], behind
    return _find_name(given, i, context, index)


def _find_name(
    given: SplitText, i: int, context: NameContext, index: AgencyIndex, *, titled: bool = False
) -> tuple[list[AgencyMention], int]:
    words = given.words
    if listed := _find_list(given, i, context, index):
        return listed
    best = _best_match(given, i, index.names.matches(words, i), context, index)
    group = None
    if words[i].key in GROUP_STARTS and (titled or words[i].key in PLURAL_STARTS or _RELATED in given.folded):
        group = GROUP.match(given.text, words[i].start)
    if group is not None and _is_group(group, given, best, titled):
        behind = _word_at(words, group.end(), i)
        starts = _group_starts(given, i, behind, index)
        ends = [words[start - 1].start for start in starts[1:]]
        named = [
            name_group(given.text, words[start].start, end, bool(group["vague"]) and n == len(ends), context, index)
            for n, (start, end) in enumerate(zip(starts, [*ends, group.end()], strict=True))
        ]
        return named, behind
    if best is not None and best.group and _PLACES.match(best.printed) and _NEED.match(given.text, best.end):
        return [], _word_at(words, best.end, i)  # "các huyện nghèo" are places, not agents
    if best is not None and best.group and words[i].key == "địa" and _OF_PLACE.search(given.folded, 0, words[i].start):
        return [], _word_at(words, best.end, i)  # "tình hình thực tế địa phương"
    if words[i].key in INNER_STARTS and (inner := _find_inner(given, i, best, context, index)) is not None:
        return [inner], _word_at(words, inner.end, i)
    if best is not None and (longer := _find_longer(given, i, best, context, index)) is not None:
        return [longer], _word_at(words, longer.end, i)
    if best is not None:
        every = find_siblings(given, best, context, index)
        return every, _word_at(words, every[-1].end, i)
    if titled and not words[i].capital:  # "Hiệu trưởng trường Mầm non …"
        opened = _find_open(given, i, context, index, titled=True)
        if opened is not None:
            return [opened], _word_at(words, opened.end, i)
    if words[i].capital:
        fuzzy = _best_match(given, i, index.plain_names.matches(words, i), context, index, fuzzy=True)
        if fuzzy is not None:
            return [fuzzy], _word_at(words, fuzzy.end, i)
        if (opened := _find_open(given, i, context, index)) is not None:
            return [opened], _word_at(words, opened.end, i)
    return [], i + 1


_RELATED = "liên"
"""*các đơn vị liên quan*: without *các* only these words make a group."""


def _group_starts(given: SplitText, i: int, behind: int, index: AgencyIndex) -> list[int]:
    """Return the words at which groups begin that run on, where the registry has one of them: *các cơ quan báo chí, các bộ, ngành trung ương*."""
    words = given.words
    for at in range(i + 2, behind - _LEAST_GROUP):
        if words[at].key != "các" or words[at - 1].key not in {",", "và", ";"}:
            continue
        if _is_registered_group(given, i, behind, index):
            break
        if _is_registered_group(given, at, behind, index) or (
            at - i > _LEAST_GROUP + 1 and _is_registered_group(given, i, at - 1, index)
        ):
            return [i, *_group_starts(given, at, behind, index)]
    return [i]


def _is_registered_group(given: SplitText, start: int, behind: int, index: AgencyIndex) -> bool:
    here = (match for match in index.names.matches(given.words, start) if match.end == behind)
    return any(target.kind == "group" for match in here for target in match.targets)


_LEAST_GROUP = 3
"""A group that is told apart from another has more words than this (*các sở, các ngành* are one)."""


def _is_group(group: "re.Match[str]", given: SplitText, best: AgencyMention | None, titled: bool) -> bool:
    """Tell whether the grammar's reading is a group: it says *các* or *liên quan*, and no longer registered name stands there."""
    if best is not None and best.end >= group.end():
        return False
    if group["many"]:  # "các Bộ Tài chính, Y tế" is a list of names
        return not _NEED.match(given.text, group.end())
    return bool(group["vague"]) or (titled and " " in group.group().strip())


def _best_match(
    given: SplitText,
    i: int,
    matches: Sequence[Match],
    context: NameContext,
    index: AgencyIndex,
    *,
    fuzzy: bool = False,
) -> AgencyMention | None:
    """Return the reading that covers most text; a shorter name with its place behind it may beat a longer bare one."""
    start = given.words[i].start
    best: AgencyMention | None = None
    for match in matches:
        named = given.words[i : min(i + 2, match.end)]
        proper = any(word.capital for word in named)  # "báo cáo" is no newspaper, "phòng Tài chính" is a division
        behind = find_place_suffix(given, match.end, context, index) if match.end < len(given.words) else None
        suffixes: list[PlaceSuffix | None] = [None, behind]
        last = given.words[match.end - 1]
        if last.key == "ủy" and match.end < len(given.words) and given.words[match.end].key == "viên":
            continue  # "Tỉnh ủy viên" is a member
        region = find_region(given.text, start, last.end, match.targets, context, index) if proper else None
        if region is not None and (best is None or region.end > best.end):
            best = region
        if last.key in {"tỉnh", "huyện", "xã", "phố"} and match.end - 1 > i:
            inner = match.end - (2 if last.key == "phố" else 1)
            suffixes.append(find_place_suffix(given, inner, context, index))
        for suffix in suffixes:
            if suffix is behind and suffix is not None and _is_other_kind(last.key, suffix):
                continue  # "UBND thành phố Bến Tre" is not the province's
            for target in match.targets:
                if not proper and target.kind != "group":
                    continue
                if (
                    target.kind == "group"
                    and last.key in LIST_HEADS
                    and index.names.matches(given.words, match.end - 1)
                ):
                    continue  # "các đơn vị thuộc Bộ Quốc phòng" are not those of the issuing ministry
                if target.kind == "group" and last.key == "bộ" and _SET.match(given.text, last.end):
                    continue  # "các bộ tiêu chí" are no ministries
                if suffix is None and target.kind == "body" and _goes_on(given, i, match):
                    continue  # "Bệnh viện Phổi Trung ương" is not the district's hospital
                if target.kind == "body" and "và" not in target.full and _joins_two(given, i, match.end, index):
                    continue  # "Đảng ủy và Ủy ban nhân dân" are two
                if target.kind == "group" and begins_name(given.text, given.words, match.end, index):
                    continue  # in "UBND các huyện, thành phố Mỹ Tho" the last kind begins a name
                if (
                    match.end - i == 1
                    and suffix is None
                    and target.kind == "body"
                    and not _SHORT_FORM.fullmatch(given.text, start, last.end)
                ):
                    continue  # "Báo cáo" is no newspaper
                end = max(last.end, suffix.end) if suffix is not None else last.end
                if best is not None and end < best.end and target.kind != "unit":
                    continue  # a unit may go on with its ministry; of others the longest counts
                mention = name_target(given.text, start, end, target, suffix, context, index, fuzzy=fuzzy)
                if mention is not None and (best is None or mention.rank() > best.rank()):
                    best = mention
    return best


def _goes_on(given: SplitText, i: int, match: Match) -> bool:
    """Tell whether what was matched is only the common noun that a longer name begins with (*Bệnh viện*, *Trường* + a name)."""
    behind = given.words[match.end] if match.end < len(given.words) else None
    if behind is None or not behind.capital:
        return False
    head = OPEN_HEAD.match(given.text, given.words[i].start)
    return head is not None and head.end() == given.words[match.end - 1].end


def _joins_two(given: SplitText, i: int, end: int, index: AgencyIndex) -> bool:
    """Tell whether words that a name's *và* joins are two names: behind it one begins with a capital and ends where they do."""
    words = given.words
    return any(
        words[k - 1].key == "và" and words[k].capital and any(m.end == end for m in index.names.matches(words, k))
        for k in range(i + 2, end)
    )


_KINDS_AT_END = {"tỉnh": "tỉnh", "huyện": "huyện", "phố": "thành phố"}


def _is_other_kind(last: str, suffix: PlaceSuffix) -> bool:
    """Tell whether the place behind a name that ends in a kind of place is of another kind."""
    kind = _KINDS_AT_END.get(last)
    return kind is not None and suffix.place is not None and suffix.place.kind != kind


def _find_list(
    given: SplitText, i: int, context: NameContext, index: AgencyIndex
) -> tuple[list[AgencyMention], int] | None:
    """Read a list whose head word stands once: ``Các Bộ: A, B và C``; items with a head word of their own may follow.

    ``Sở: A, B`` and ``Các sở, ban, ngành: A, B`` are such lists too.
    """
    words = given.words
    j = i + 1 if words[i].key in {"các", "liên"} and i + 1 < len(words) else i
    if words[j].key not in LIST_HEADS:
        return None
    head = words[j].key
    k = j + 1
    while k < len(words) and words[k].key in _BESIDE_HEADS:
        k += 1
    while k < len(words) and words[k].key in {"có", "liên", "quan"}:
        k += 1
    if k < len(words) and words[k].key == ":":
        k += 1
    elif j == i:
        return None
    else:
        k = j + 1
    found: list[AgencyMention] = []
    while k < len(words) and words[k].key[0].isalpha() and words[k].key not in JOINTS:
        own = _best_match(given, k, index.names.matches(words, k), context, index) if found else None
        item = own or _best_match(given, k, index.names.matches(words, k, head), context, index)
        if item is None or item.rule == "title" or (item.group and own is None):
            break
        found.append(item)
        behind = _word_at(words, item.end, k)
        if behind + 1 < len(words) and words[behind].key in {",", ";", "và", "-", "–"}:
            nxt = behind + (2 if words[behind].key in {",", ";"} and words[behind + 1].key == "và" else 1)
            k = nxt
            if (
                nxt < len(words)
                and (index.names.matches(words, nxt, head) or index.names.matches(words, nxt))
                and not GROUP.match(given.text, words[nxt].start)
            ):
                continue
        k = behind
        break
    if not found:
        return None
    return [found[0].with_start(words[i].start, given.text), *found[1:]], k


def _capital_at(text: str, start: int) -> str:
    return f"{text[:start]}{text[start : start + 1].upper()}{text[start + 1 :]}"


def _find_open(
    given: SplitText, i: int, context: NameContext, index: AgencyIndex, *, titled: bool = False
) -> AgencyMention | None:
    """Read a name that the registry does not have: a head word, a word in capitals, and what follows up to a verb or a stop."""
    start = given.words[i].start
    long_head = LONG_HEAD.match(given.text, start)
    if long_head is not None and _JOINED.match(given.text, long_head.end()):
        long_head = None  # "Ban Chỉ đạo và Sở Y tế"
    head = long_head or OPEN_HEAD.match(_capital_at(given.text, start) if titled else given.text, start)
    if head is None:
        return None
    first = _word_at(given.words, head.end(), i)
    if (
        first >= len(given.words)
        or not (given.words[first].capital or (long_head and given.words[first].key[0].isalpha()))
        or (long_head and index.verbs.matches(given.words, first))
        or given.text[head.end() : given.words[first].start].strip()
        or given.words[first].key == "luật"  # "Bộ Luật Lao động"
    ):
        return None
    end = given.words[first].end
    inner = LONG_HEAD.match(given.text, given.words[first].start)  # "Văn phòng Ban chỉ đạo …"
    if inner is not None:
        first, end = _word_at(given.words, inner.end(), first) - 1, inner.end()
    for k in range(first + 1, min(first + _LONGEST_OPEN_NAME, len(given.words))):
        word = given.words[k]
        if not (word.key[0].isalnum() or word.key in {"-", "–", "&"}) or index.verbs.matches(given.words, k):
            break
        if places := index.places.matches(given.words, k):
            end = given.words[places[0].end - 1].end  # a name ends with its place
            break
        if word.key == "và" and (
            k + 1 >= len(given.words)
            or OPEN_HEAD.match(given.text, given.words[k + 1].start)
            or given.words[k + 1].key == "các"
        ):
            break
        end = word.end if word.key not in {"-", "–", "&", "và"} else end
    name = " ".join(_capital_at(given.text[start:end], 0).split())
    return name_open(given.text, start, end, context, name)


_AND_MORE = re.compile(rf"\s+và\s+(?=[{UPPER}][^\W\d_{UPPER}])")
_ONE_HEAD = frozenset({"vụ", "cục", "sở", "phòng", "chi", "trung"})
_PLACED = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp|huyện|thị xã|quận|xã|phường)(?!\w)", re.IGNORECASE)


def _find_longer(
    given: SplitText, i: int, best: AgencyMention, context: NameContext, index: AgencyIndex
) -> AgencyMention | None:
    """Read the longer name that a registered one only begins (*Vụ Khoa học Công nghệ* of *… và Môi trường*).

    It goes on with *và* and a word in capitals that begins no name of its own, with the head word or without.
    """
    words, head = given.words, given.words[i].key
    more = _AND_MORE.match(given.text, best.end) if head in _ONE_HEAD and not best.group else None
    if more is None or best.rule != "registry" or _PLACED.search(best.printed):
        return None
    k = _word_at(words, more.end(), i)
    if k >= len(words) or any(
        (
            index.names.matches(words, k),
            index.names.matches(words, k, head),
            index.places.matches(words, k),
            OPEN_HEAD.match(given.text, words[k].start),
            TITLES.match(given.text, words[k].start),
        )
    ):
        return None
    opened = _find_open(given, i, context, index)
    return opened if opened is not None and opened.end > best.end else None


def _find_inner(
    given: SplitText, i: int, best: AgencyMention | None, context: NameContext, index: AgencyIndex
) -> AgencyMention | None:
    """Read a body inside a registered one that has its name behind its head: *Đảng ủy cơ quan Văn phòng Quốc hội*."""
    start = given.words[i].start
    head = INNER_HEAD.match(given.folded, start)
    if head is None or not (given.words[i].capital or head["many"]):
        return None
    k = _word_at(given.words, head.end(), i)
    if k >= len(given.words) or not given.words[k].capital:
        return None
    outer = _best_match(given, k, index.names.matches(given.words, k), context, index)
    if outer is None or outer.group or not outer.resolved or (best is not None and best.end >= outer.end):
        return None
    own = outer.name if outer.body or re.search(r"[A-ZĐ]{2}", outer.printed) else outer.printed
    name = " ".join(f"{given.text[start : head.end()].strip()} {own}".split())
    mention = name_open(given.text, start, outer.end, context, name[0].upper() + name[1:])
    return mention.as_group(mention.name) if "thành viên" in head.group() else mention


_JOINED = re.compile(r"\s*(?:và|hoặc)\s")
_LONGEST_OPEN_NAME = 14
_LONGEST_SYMBOL = 40


def _word_at(words: Sequence[Word], offset: int, since: int) -> int:
    """Return the index of the first word that begins at or behind ``offset``."""
    i = since
    while i < len(words) and words[i].start < offset:
        i += 1
    return i
