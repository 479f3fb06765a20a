"""All agents of a table cell: what is found, and each rest between separators as a name that nobody registered."""

import re
from collections.abc import Iterator, Sequence

from loaders.names.agencies import find_agencies
from loaders.names.agency_grammar import OPEN_HEAD
from loaders.names.agency_index import AgencyIndex
from loaders.names.agency_names import AgencyMention, name_open
from loaders.names.agency_places import NameContext
from ontology.folding import UPPER

_SEPARATOR = re.compile(r"\s*(?:[,;/•\n]|\+|-\s|(?:\(?\d{1,2}[).])|\bvà\b|&)\s*", re.IGNORECASE)
_NAME_LIKE = re.compile(
    rf"{OPEN_HEAD.pattern}|Dự án\b|Nhà\b|Tổ\b|Chi\b|Thôn\b|[{UPPER}][{UPPER}&-]{{2,}}\b|(?:[{UPPER}]\w+\s+){{2,}}"
)
_BARE_GROUP = re.compile(
    r"(?:viện nghiên cứu|(?:các )?trường (?:đại học|cao đẳng|trung cấp|mầm non|tiểu học|học)|cơ sở (?:đào tạo|y tế|giáo dục)|hộ gia đình|tổ chức tín dụng)"
)
_FILLER = re.compile(
    r"^[\s,;./•:()\-–+&\d]*(?:và|cùng|chủ trì|phối hợp|với|thực hiện)?[\s,;./•:()\-–+&]*$", re.IGNORECASE
)


def read_agency_cell(text: str, context: NameContext, index: AgencyIndex) -> tuple[AgencyMention, ...]:
    """Return all agents of a table cell: what is found, and each rest between separators as a name not registered.

    A rest that begins with a capital and has a letter is a name; anything else in the cell (remarks in brackets) is left.
    """
    cells = index.memory(context).cells
    known: tuple[AgencyMention, ...] | None = cells.get(text)
    if known is None:
        known = cells[text] = _read_cell(text, context, index)
    return known


def _read_cell(text: str, context: NameContext, index: AgencyIndex) -> tuple[AgencyMention, ...]:
    mentions = find_agencies(text, context, index)
    ends = [*(mention.start for mention in mentions[1:]), len(text)]
    found = [_to_separator(text, mention, end, context) for mention, end in zip(mentions, ends, strict=False)]
    rests: list[AgencyMention] = []
    for start, end in _gaps(text, found):
        for low, high in _parts(text, start, end):
            printed = text[low:high]
            if _BARE_GROUP.fullmatch(printed):  # "viện nghiên cứu, trường đại học": groups without "các"
                named = "Các " + " ".join(printed.removeprefix("các ").split())
                rests.append(name_open(text, low, high, context).as_group(named))
                continue
            if in_brackets(text, low) and not OPEN_HEAD.match(printed):
                continue  # "Sở Y tế (GPMB, thuê đất)": a remark
            if _FILLER.match(printed) or not _NAME_LIKE.match(printed):
                continue
            rests.append(name_open(text, low, high, context))
    agents = [one for one in found if not _only_belongs(text, one)]
    return tuple(sorted([*agents, *rests], key=lambda mention: mention.start))


_SUPERIOR = re.compile(r"(?:Bộ|Sở|UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s")
_INFERIOR_BEFORE = re.compile(
    r"(?:Tổng cục|Cục|Vụ|Viện|Trung tâm|Chi cục|Trường|Học viện|Bệnh viện|Ban|Báo|Thanh tra)\s[^;()\n]{2,80}\(\s*(?:thuộc\s+)?$"
)
_ASKED_OF = re.compile(r"(?:lấy ý kiến|tham vấn|hỗ trợ|tư vấn cho|phục vụ|hướng dẫn|vận động)\s+$", re.IGNORECASE)


def _only_belongs(text: str, mention: AgencyMention) -> bool:
    """Tell whether a cell names somebody who has no part in it.

    That is the body which the one before belongs to (*Tổng cục Thống kê (Bộ Kế hoạch và Đầu tư)*), and whom a group is spoken of to
    (*lấy ý kiến người dân*).
    """
    before = text[: mention.start]
    if mention.group:
        return _ASKED_OF.search(before) is not None
    alone = re.match(r"\s*\)", text[mention.end :]) is not None
    return bool(alone and _SUPERIOR.match(mention.printed) and _INFERIOR_BEFORE.search(before))


def in_brackets(text: str, at: int) -> bool:
    """Tell whether a bracket that opens before ``at`` is still open there."""
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


_REST_OF_GROUP = re.compile(r"(?:\s+(?!(?:chủ trì|phối hợp|thực hiện|và|các)\b)[a-zà-ỹđ]+){1,4}(?=\s*(?:[,;.\n]|$))")


def _to_separator(text: str, mention: AgencyMention, before: int, context: NameContext) -> AgencyMention:
    """Let a group that a cell qualifies by words of its own keep them, up to ``before``: *các doanh nghiệp viễn thông*."""
    rest = _REST_OF_GROUP.match(text, mention.end) if mention.group else None
    if rest is None or rest.end() > before:
        return mention
    name = f"{mention.name}{re.sub(r' +', ' ', rest.group())}"
    return name_open(text, mention.start, rest.end(), context).as_group(name)


def _gaps(text: str, found: Sequence[AgencyMention]) -> Iterator[tuple[int, int]]:
    at = 0
    for mention in found:
        yield at, mention.start
        at = mention.end
    yield at, len(text)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for sign in _SEPARATOR.finditer(text, start, end):
        yield from _trimmed(text, at, sign.start())
        at = sign.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    if start < end:
        yield start, end
