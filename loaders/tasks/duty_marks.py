"""Roles that stand in brackets behind a name: *Giao: Sở X (chủ trì), Sở Y, Sở Z (phối hợp) …*, *… (Sở X)* at the end of a task."""

import re
from collections.abc import Sequence

from loaders.names.agencies import find_agencies
from loaders.names.agency_names import AgencyMention
from loaders.tasks.duty_values import Agent, Duty, DutyGrammar, RoleGiven, group_mentions, once
from loaders.text.passage import Passage
from ontology.folding import fold
from ontology.records import Role

_MARK = re.compile(
    r"\s*\(\s*(?:là\s+)?(?:(?:cơ quan|đơn vị)\s+)?(?P<what>(?:đồng\s+)?chủ trì|phối hợp|đầu mối)(?:\s+(?:thực hiện|triển khai|chính))?\s*\)"
)
_BETWEEN = re.compile(r"(?:\s|[,;&/]|và|cùng|với)*")
_CLOSING = re.compile(r"\((?P<inside>[^()]*)\)\W*$")


def mark_behind(folded: str, end: int) -> tuple[Role, str, int] | None:
    """Return the role that brackets at ``end`` give, the words that say it, and where they end.

    >>> mark_behind("sở y tế (chủ trì)", 7)
    (<Role.LEAD: 'lead'>, 'chủ trì', 17)
    """
    found = _MARK.match(folded, end)
    if found is None:
        return None
    role = Role.COORDINATE if found["what"] == "phối hợp" else Role.LEAD
    return role, found["what"], found.end()


def read_marks(passage: Passage, mentions: Sequence[AgencyMention]) -> list[RoleGiven]:
    """Return what brackets behind names give; names listed before one that has brackets share its role.

    Nothing where no name has such brackets, or only one of a single name (an aside: *Sở X (đơn vị chủ trì) phối hợp với …*).
    """
    folded = fold(passage.text)
    marks = [mark_behind(folded, mention.end) for mention in mentions]
    if sum(mark is not None for mark in marks) < 2:
        return []
    given: list[RoleGiven] = []
    waiting: list[AgencyMention] = []
    for mention, mark in zip(mentions, marks, strict=True):
        if waiting and not _BETWEEN.fullmatch(folded, waiting[-1].end, mention.start):
            waiting = []
        waiting.append(mention)
        if mark is not None:
            given += [
                RoleGiven(Agent(one, passage.span(one.start, one.end)), mark[0], f"phrase:{mark[1]}") for one in waiting
            ]
            waiting = []
    return given


_ROLE_WORDS: tuple[tuple[re.Pattern[str], Role, str], ...] = (
    (re.compile(r"\s*(?:đồng\s+)?chủ trì(?![^\W_])"), Role.LEAD, "phrase:chủ trì"),
    (re.compile(r"\s*(?:cùng\s+)?phối hợp(?![^\W_])"), Role.COORDINATE, "phrase:phối hợp"),
    (re.compile(r"\s*tham mưu(?![^\W_])"), Role.ADVISE, "phrase:tham mưu"),
    (re.compile(r"\s*(?:tổ chức\s+)?(?:triển khai\s+)?(?:thực hiện|triển khai)(?![^\W_])"), Role.IMPLEMENT, "brackets"),
)
"""What may stand behind names in a closing bracket."""
_JOINING = re.compile(r"[^;()]*?(?<![^\W_])phối hợp(?:\s+[^\W\d_]+)?\s+(?:với|cùng)\s+$|\W*phối hợp\s*:\s*$")
_ADVISING = re.compile(r"\W*tham mưu(?![^\W_])")


def read_bracket_roles(passage: Passage, grammar: DutyGrammar) -> tuple[Duty, ...]:
    """Return the duty of a measure whose closing bracket says who does what: *Mở chuyên mục (Sở X chủ trì; Báo Y phối hợp; hằng năm)*.

    Nothing where names in the bracket have no such word, or where the words before it say themselves whose duty it is.
    """
    bracket = _CLOSING.search(passage.text)
    if bracket is None or not bracket.start():
        return ()
    folded = fold(passage.text)
    low, high = bracket.span("inside")
    mentions = find_agencies(passage.text, grammar.context, grammar.index)
    if any(mention.end <= low and not folded[: mention.start].strip(" -–") for mention in mentions):
        return ()
    given: list[RoleGiven] = []
    for found in group_mentions(passage.text, [m for m in mentions if low <= m.start and m.end <= high]):
        behind = next((word for word in _ROLE_WORDS if word[0].match(folded, found.end)), None)
        part = max(low, folded.rfind(";", low, found.start) + 1)
        if behind is None and _JOINING.fullmatch(folded, part, found.start):
            behind = _ROLE_WORDS[1]
        if behind is None:
            return ()
        for one in found.mentions:
            given.append(RoleGiven(Agent(one, passage.span(one.start, one.end)), behind[1], behind[2]))
    if _ADVISING.match(folded):
        given += [RoleGiven(one.agent, Role.ADVISE, "phrase:tham mưu") for one in given if one.role is Role.LEAD]
    return (Duty(0, len(passage), once(given)),) if given else ()


def read_closing_bracket(passage: Passage, grammar: DutyGrammar) -> tuple[Duty, ...]:
    """Return the duty of those whom a closing bracket names and nobody else: *Nâng cấp Cổng dịch vụ công (Sở X, Sở Y)*."""
    bracket = _CLOSING.search(passage.text)
    if bracket is None:
        return ()
    low, high = bracket.span("inside")
    mentions = [
        m for m in find_agencies(passage.text, grammar.context, grammar.index) if low <= m.start and m.end <= high
    ]
    lists = group_mentions(passage.text, mentions, semicolons=True)
    if len(lists) != 1 or passage.text[low : lists[0].start].strip() or passage.text[lists[0].end : high].strip():
        return ()
    agents = [Agent(m, passage.span(m.start, m.end)) for m in mentions]
    return (Duty(0, len(passage), once([RoleGiven(agent, Role.IMPLEMENT, "brackets") for agent in agents])),)
