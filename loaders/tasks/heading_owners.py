"""Headings that name bodies: what stands under *2. Sở Y tế* or *Các bộ tập trung thực hiện các nhiệm vụ sau:* is theirs to do."""

import re

from loaders.names.agencies import find_agencies
from loaders.names.place_agents import find_place_agent
from loaders.tasks.duties import read_duty
from loaders.tasks.duty_values import Agent, DutyGrammar, RoleGiven, group_mentions, is_front, with_role
from loaders.text.passage import Passage
from ontology.folding import fold
from ontology.records import Role

_HEADING_PREFIX = re.compile(
    r"(?:trách nhiệm|nhiệm vụ|phân công|phân công thực hiện|cơ quan thực hiện|tổ chức thực hiện|giao|đề nghị|yêu cầu|đối với)?\s*(?:của|cho|thực hiện)?\s*:?\s*"
)
_HEADING_REST = re.compile(
    r"\s*(?:\((?P<inside>[^()]*)\))?\s*(?:,?\s*(?:là|với vai trò(?: là)?|[-–])\s+(?!(?:cơ quan|đơn vị) (?:đầu mối|chủ trì))(?:cơ quan|đơn vị|thường trực)\s[^;.:]{0,120}?)?,?\s*(?:được (?:giao|phân công)[^;.]*|có (?:nhiệm vụ|trách nhiệm)[^;.]*|theo chức năng[^;.]*|căn cứ[^;.]*|chịu trách nhiệm|tập trung)?\s*(?:\((?P<late>[^()]*)\))?\s*[:.;]*\s*"
)
_LISTING = re.compile(r"\s(?:nhiệm vụ|nội dung|công việc|việc|giải pháp|yêu cầu|biện pháp)(?:\s[^;.:]{0,60})?\s*:\s*$")
_ACTING = re.compile(
    r"\s*,?\s*(?:cần |phải )?(?:tập trung|khẩn trương|chủ động|nghiêm túc|tích cực|tiếp tục|tổ chức|triển khai|thực hiện|theo|căn cứ)(?![^\W_])"
)
"""What may follow the bodies of such a heading; *Hội đồng nhân dân tỉnh tán thành …:* tells nobody to act."""


def heading_owners(
    passage: Passage, grammar: DutyGrammar, above: tuple[RoleGiven, ...]
) -> tuple[RoleGiven, ...] | None:
    """Return the agents that a heading makes the owners of what stands under it, ``None`` if it names none."""
    text, folded = passage.text, fold(passage.text)
    prefix = _HEADING_PREFIX.match(folded)
    at = prefix.end() if prefix is not None else 0
    lists = group_mentions(text, find_agencies(text, grammar.context, grammar.index), semicolons=True)
    first = lists[0] if lists and lists[0].start - at <= 1 else None
    if first is not None and (rest := _HEADING_REST.fullmatch(folded, first.end)) is not None:
        agents = tuple(Agent(m, passage.span(m.start, m.end)) for m in first.mentions)
        named = [m for found in lists[1:] for m in found.mentions]
        if named and (rest["inside"] or rest["late"]) and all(agent.mention.group for agent in agents):
            agents = tuple(Agent(m, passage.span(m.start, m.end)) for m in named)
        asked = folded.startswith("đề nghị")
        return tuple(
            RoleGiven(agent, Role.REQUEST if asked and is_front(agent.mention) else Role.IMPLEMENT, "heading")
            for agent in agents
        )
    if folded.startswith("đối với") and not lists:
        place = find_place_agent(text, at, grammar.context, grammar.index)
        if place is not None and _HEADING_REST.fullmatch(folded, place.end) is not None:
            return (RoleGiven(Agent(place, passage.span(place.start, place.end)), Role.IMPLEMENT, "heading"),)
    if not text.rstrip().endswith(":"):
        return None
    duties = read_duty(passage, grammar, above, subject_required=True)
    given = [item for duty in duties for item in duty.given]
    if any(item.role in {Role.LEAD, Role.COORDINATE, Role.ADVISE} for item in given):
        return tuple(given)
    acts = first is not None and len(lists) == 1 and _ACTING.match(folded, first.end) is not None
    if first is None or not acts or _LISTING.search(folded) is None:
        return None
    agents = tuple(Agent(m, passage.span(m.start, m.end)) for m in first.mentions)
    return with_role(agents, Role.IMPLEMENT, "heading")  # "Các bộ tập trung thực hiện các nhiệm vụ sau:"
