"""What duties are made of: agents with their places, roles given, lists of mentions that stand together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.names.agency_index import AgencyIndex
from loaders.names.agency_names import AgencyMention
from loaders.names.agency_places import NameContext
from loaders.tasks.role_phrases import RolePhrase
from ontology.folding import fold
from ontology.records import Assignment, Role, Span


@dataclass(frozen=True, slots=True)
class Agent:
    """An agency or group with the place where it is named, which may be another paragraph than the duty."""

    mention: AgencyMention
    span: Span

    def __hash__(self) -> int:
        """Hash the place alone: few agents share one, and a mention has many fields."""
        return hash(self.span)


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """An agent, its role, and the rule that gave it."""

    agent: Agent
    role: Role
    rule: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: its part ``[start, end)`` of the statement, who has which role, and to whom it is submitted."""

    start: int
    end: int
    given: tuple[RoleGiven, ...]
    submit_to: Agent | None = None


@dataclass(frozen=True, slots=True)
class DutyGrammar:
    """What reading a duty needs: names, place, role words."""

    index: AgencyIndex
    context: NameContext
    phrases: tuple[RolePhrase, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MentionList:
    """Mentions that stand together (*A, B và C*); each is one of its statement, and equal to itself alone."""

    start: int
    end: int
    mentions: tuple[AgencyMention, ...]


_WITH = re.compile(r"(?:với|cùng)\s*$")
_AND_LAST = re.compile(r"\s*;\s*và\s+")
_GLUE = re.compile(r"(?:\s|,|và|cùng|với|hoặc|/|&|\(\s*(?:thông\s+)?qua|\))*")
_GLUE_SEMICOLON = re.compile(r"(?:\s|,|và|cùng|với|hoặc|/|&|;)*")


_NEAR = 16
"""Characters before a place that are looked at for a word that ends there."""


def ends_with(word: re.Pattern[str], text: str, end: int) -> bool:
    """Tell whether ``text[:end]`` ends with a word, by a pattern that ends in ``$``."""
    return word.search(text, max(0, end - _NEAR), end) is not None


def group_mentions(text: str, mentions: Sequence[AgencyMention], *, semicolons: bool = False) -> list[MentionList]:
    """Join mentions with nothing but separators between them to lists; a semicolon parts lists in running text."""
    lists: list[MentionList] = []
    for mention in mentions:
        # "chủ trì, phối hợp với A, B; C tổ chức …": a list of those one works with goes on over a semicolon
        joins = semicolons or (bool(lists) and ends_with(_WITH, text, lists[-1].start))
        glue = _GLUE_SEMICOLON if joins else _GLUE
        between = text[lists[-1].end : mention.start].lower() if lists else ""
        joined = lists and (glue.fullmatch(between) or _AND_LAST.fullmatch(between))
        if joined:
            lists[-1] = MentionList(lists[-1].start, mention.end, (*lists[-1].mentions, mention))
        else:
            lists.append(MentionList(mention.start, mention.end, (mention,)))
    return lists


_FRONT = re.compile(
    r"mặt trận|mttq|đoàn thể|(?<!xã )(?<!^quốc )hội |liên đoàn|đoàn thanh niên|đoàn tncs|tỉnh ủy|huyện ủy|thành ủy|ban tuyên giáo|ban dân vận|tòa án|viện kiểm sát|các tổ chức chính trị"
)


def is_front(mention: AgencyMention) -> bool:
    """Tell whether a body stands outside the command line (the Front, mass organisations, Party and judicial bodies)."""
    return bool(_FRONT.search(fold(mention.name)))


def actors_of(owners: Sequence[RoleGiven]) -> tuple[Agent, ...]:
    """Return the owners who act: where a heading says who leads or advises, those it only joins to them do not."""
    main = [item.agent for item in owners if item.role not in {Role.COORDINATE, Role.COUNTERPART, Role.RECEIVE_REPORT}]
    return tuple(dict.fromkeys(main or [item.agent for item in owners]))


def once(given: Sequence[RoleGiven]) -> tuple[RoleGiven, ...]:
    """Keep an agency's role once; the first mention is the quote."""
    kept: dict[tuple[str, Role], RoleGiven] = {}
    for item in given:
        kept.setdefault((item.agent.mention.iri or item.agent.mention.name, item.role), item)
    return tuple(kept.values())


def with_role(agents: Sequence[Agent], role: Role, rule: str) -> tuple[RoleGiven, ...]:
    """Give all agents one role."""
    return tuple(RoleGiven(agent, role, rule) for agent in agents)


def as_assignment(item: RoleGiven) -> Assignment:
    """Return an assignment as the record writes it."""
    mention = item.agent.mention
    return Assignment(
        mention.name,
        mention.iri,
        item.role,
        mention.group,
        mention.spelled_out,
        item.agent.span,
        mention.printed,
        item.rule,
        mention.resolved,
    )
