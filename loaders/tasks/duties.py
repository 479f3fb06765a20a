"""Read one duty statement: who leads, coordinates, advises, directs, carries out, and to whom is reported.

A statement stands under an agency's heading (its *owners*) or names its own subject (*Sở X chủ trì, phối hợp với …*). Where parts of one
statement belong to different agencies it is several duties.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from loaders.names.agencies import find_agencies
from loaders.names.agency_names import AgencyMention
from loaders.tasks.duty_clauses import ADVERBIAL, clause_starts, opens_with_subject
from loaders.tasks.duty_marks import read_marks
from loaders.tasks.duty_values import (
    Agent,
    Duty,
    DutyGrammar,
    MentionList,
    RoleGiven,
    actors_of,
    group_mentions,
    is_front,
    once,
)
from loaders.tasks.role_phrases import SUBMIT, RoleEvent, find_role_events
from loaders.text.passage import Passage
from ontology.folding import fold
from ontology.records import Role

_CLAUSE_START = re.compile(
    r"(?:^|[;:.]|,)\s*(?:và\s+)?(?:chủ động,?\s*(?:tích cực\s+)?|tích cực\s+|tập trung\s+|khẩn trương\s+|tiếp tục\s+|thường xuyên\s+|kịp thời\s+|có trách nhiệm\s+|có nhiệm vụ\s+|đồng thời,?\s*|theo chức năng[^;:.,]{0,60},?\s*|trực tiếp\s+)*$"
)
_SUBJECT_GAP = re.compile(
    r"\s*(?:\([^()]{0,80}\))?\s*,?\s*(?:là\s+(?:cơ quan|đơn vị)|làm\s+(?:cơ quan|đơn vị)|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|được giao|chủ động|sẽ|:|làm|cùng|trực tiếp)*\s*:?\s*\(?"
)
_OBJECT_GAP = re.compile(r"\s*:?\s*(?:với|cho|về|lên|là)?\s*:?\s*")
# "chỉ đạo, hướng dẫn, đôn đốc UBND các xã …": the verbs share the one they are said of
_DIRECT_GAP = re.compile(
    r"(?:\s*,?\s*(?:và\s+)?(?:hướng dẫn|định hướng|đôn đốc|kiểm tra|giám sát|yêu cầu|phân công|vận động|huy động|điều hành|tổ chức))*\s*:?\s*"
)
_REPORT_GAP = re.compile(r"[^;.:()]{0,15}?")
_WIDER_GAPS: dict[str, tuple[re.Pattern[str], ...]] = {
    str(Role.RECEIVE_REPORT): (_REPORT_GAP,),
    str(Role.IMPLEMENT): (_DIRECT_GAP,),
}
_ORDER = re.compile(r"\W*(?P<verb>giao(?:\s+trách nhiệm)?(?:\s+cho)?|đề nghị|yêu cầu)(?:\s*:\s*|\s+)")
_PAST = re.compile(r"\s+(?:đã|vừa)\s")
"""*Bộ X đã chuẩn bị báo cáo*: what was done is no duty."""
_RELATIVE = re.compile(r"\s*(?:có|được|thuộc|quản lý|phụ trách|theo|trên cơ sở|căn cứ|khi|sau khi)\b[^;:.]{0,160}\s")
# "các cơ quan căn cứ chức năng, nhiệm vụ của mình có trách nhiệm phối hợp …"; OCR writes "cần cứ"
_RESPONSIBLE = re.compile(
    r"\s*,?\s*(?:c[ăâầ]n cứ|theo|trên cơ sở)\b[^;:.]{0,120}\s(?:có|chịu) trách nhiệm\s+(?:chủ động,?\s+)?"
)
# "Sở X - Cơ quan Thường trực của Ban Chỉ đạo chủ trì …"
_APPOSITION = re.compile(
    r"\s*[-–,(]\s*(?:là\s+|với vai trò\s+)?(?:cơ quan|đơn vị|bộ phận|thường trực)\b[^;:.]{0,160}\s"
)
_WITH_AT_ONCE = re.compile(r"\W*(?:với|cùng(?: với)?)\s+")
_STOP = re.compile(r"[;.:]")
_AND = re.compile(r"[\s,]*(?:và\s+)?")
_NEAR = 16
_SUBJECT_REACH = 300
_CLAUSE_REACH = 400
"""Characters before a phrase in which its subject ends, and in which the words stand that may open its clause."""
_REQUESTED = re.compile(r"(?:^|[.;:]\s)\W*đề nghị\s+$")
_BY_FUNCTION = re.compile(
    r"\s*,?\s*(?:c[ăâầ]n cứ|theo|trên cơ sở)\s+(?:vào\s+)?(?:chức năng|nhiệm vụ|quyền hạn|lĩnh vực|thẩm quyền)[^;:.]{0,80}?[\s,]+"
)
"""*Các sở, ngành căn cứ chức năng, nhiệm vụ phối hợp với Sở X …*"""


def read_duty(
    passage: Passage,
    grammar: DutyGrammar,
    owners: Sequence[RoleGiven] = (),
    *,
    subject_required: bool = False,
    objects_only: bool = False,
) -> tuple[Duty, ...]:
    """Return the duties that a statement gives.

    ``owners`` are the agents of the heading above, each with the role that the heading gives it (``implement`` unless it says more).
    With ``subject_required`` a statement without owners must name a subject with a role word; a bare subject does not do. With
    ``objects_only`` the owners' own roles are known already (from a table's columns): only what others get is returned.
    """
    text = passage.text
    mentions = find_agencies(text, grammar.context, grammar.index)
    if objects_only:
        return _objects(passage, mentions, grammar, owners)
    if marked := read_marks(passage, mentions):
        return (Duty(0, len(text), once(marked)),)
    starts = [0, *clause_starts(text, mentions, grammar.index), len(text)]
    duties: list[Duty] = []
    for n, (start, end) in enumerate(pairwise(starts)):
        inside = [m for m in mentions if start <= m.start < end]
        above = owners if n == 0 else ()
        required = subject_required and n == 0 and not opens_with_subject(text, mentions, grammar.index)
        read = _read_part(passage, start, end, inside, grammar, above, required)
        asked = bool(duties) and any(item.rule == "phrase:đề nghị" for item in duties[0].given)
        duties.extend(_asked(duty) for duty in read) if asked else duties.extend(read)
    return tuple(duties)


def _asked(duty: Duty) -> Duty:
    """Return a clause behind *Đề nghị Mặt trận …;* as asked for too, where its subject stands outside the command line."""
    if not any(item.rule == "subject" and is_front(item.agent.mention) for item in duty.given):
        return duty
    given = (replace(i, role=Role.REQUEST, rule="phrase:đề nghị") if i.rule == "subject" else i for i in duty.given)
    return replace(duty, given=tuple(given))


def _read_part(
    passage: Passage,
    start: int,
    end: int,
    mentions: Sequence[AgencyMention],
    grammar: DutyGrammar,
    owners: Sequence[RoleGiven],
    subject_required: bool,
) -> tuple[Duty, ...]:
    """Read the part ``[start, end)`` of a statement; offsets of the duties are those of the statement."""
    whole = start == 0 and end == len(passage)
    part = passage if whole else passage.cut_raw(start, end)
    own = mentions if start == 0 else [replace(m, start=m.start - start, end=m.end - start) for m in mentions]
    events = find_role_events(part.text, grammar.phrases, [(m.start, m.end) for m in own])
    reader = _Reader(part, group_mentions(part.text, own), events, owners, subject_required)
    duties = reader.read()
    return tuple(replace(duty, start=duty.start + start, end=duty.end + start) for duty in duties) if start else duties


def _objects(
    passage: Passage, mentions: Sequence[AgencyMention], grammar: DutyGrammar, owners: Sequence[RoleGiven]
) -> tuple[Duty, ...]:
    duties = _read_part(passage, 0, len(passage), mentions, grammar, owners, False)
    own = {item.agent.mention.iri for item in owners}
    named = [item for duty in duties for item in duty.given if item.rule.startswith("phrase:")]
    return (Duty(0, len(passage), once([i for i in named if i.role is Role.ADVISE or i.agent.mention.iri not in own])),)


class _Reader:
    """The reading of one statement; kept as an object because its steps share the statement, its lists and events."""

    def __init__(
        self,
        passage: Passage,
        lists: list[MentionList],
        events: list[RoleEvent],
        owners: Sequence[RoleGiven],
        subject_required: bool,
    ) -> None:
        self.passage = passage
        self.text = passage.text
        self.folded = fold(passage.text)
        self.lists = lists
        self.events = events
        self.owners = owners
        self.subject_required = subject_required
        self.used: set[int] = set()
        self.given: list[tuple[int, int, RoleGiven]] = []  # (start of the part's subject, place, what is given)
        self.subjects: list[tuple[int, tuple[Agent, ...], set[Role]]] = []
        self.submit_to: list[tuple[int, Agent]] = []
        self._names: dict[int, list[RoleEvent]] | None = None

    def read(self) -> tuple[Duty, ...]:
        leading = self._leading_subject()
        if leading is not None:
            self.subjects.append((leading.start, self._agents(leading), set()))
        for event in self.events:
            self._read_event(event)
        if not self.given and not self.subjects:
            self._read_partner()
        return self._parts()

    def _read_partner(self) -> None:
        """Read an item that only says with whom, under a heading that says what: *b) Phối hợp: - Với Công an tỉnh kiểm tra …*."""
        joint = self.owners and all(item.role in {Role.COORDINATE, Role.REQUEST} for item in self.owners)
        if not joint or not self.lists or not _WITH_AT_ONCE.fullmatch(self.folded, 0, self.lists[0].start):
            return
        self.used.add(0)
        self.subjects.append((0, actors_of(self.owners), {Role.COORDINATE}))
        for item in self.owners:
            self._give(0, 0, item.agent, item.role, item.rule)
        for agent in self._agents(self.lists[0]):
            self._give(0, self.lists[0].start, agent, Role.COUNTERPART, "phrase:phối hợp")

    # --- whose phrase, and whom it names ---

    def _agents(self, found: MentionList) -> tuple[Agent, ...]:
        return tuple(Agent(m, self.passage.span(m.start, m.end)) for m in found.mentions)

    def _leading_subject(self) -> MentionList | None:
        """Return the list that opens the statement as its subject (*Bộ X: chỉ đạo …*, *Các sở … chủ động triển khai …*)."""
        if not self.lists:
            return None
        first = self.lists[0]
        before = self.folded[: first.start]
        opens = (
            not before.strip(" -–*:.")
            or _ORDER.fullmatch(before)
            or ADVERBIAL.fullmatch(before)
            or re.fullmatch(
                r"[^;.]{0,40}(?:phân công(?: thực hiện)?|cơ quan thực hiện|tổ chức thực hiện|trách nhiệm(?: của)?|đơn vị thực hiện)\s*:?\s*",
                before,
            )
        )
        if not opens:
            return None
        behind = self.folded[first.end :]
        if _PAST.match(behind) and not _ORDER.fullmatch(before):
            return None
        if self.owners and not _ORDER.fullmatch(before) and not re.match(r"\s*:", behind):
            lead_in = next((e for e in self.events if 0 <= e.start - first.end <= 30), None)
            if lead_in is None:
                return None
        self.used.add(self.lists.index(first))
        return first

    def _subject_of(self, event: RoleEvent) -> tuple[int, tuple[Agent, ...]] | None:
        """Return the subject of a phrase: the list right before it, or the one whose clause it goes on."""
        if 0 in self.used and _APPOSITION.fullmatch(self.folded, self.lists[0].end, event.start):
            return self.lists[0].start, self._agents(self.lists[0])
        for i, found in self._right_before(event):
            if _SUBJECT_GAP.fullmatch(self.folded, found.end, event.start):
                if any(other.start < event.start for other in self._named_by().get(i, ())):
                    continue
                self.used.add(i)
                return found.start, self._agents(found)
        return None

    def _directed(self, event: RoleEvent) -> tuple[int, tuple[Agent, ...]] | None:
        """Return the ones right before a phrase who were told to act: *chỉ đạo Sở X phối hợp với Y*."""
        for i, found in self._right_before(event):
            if _SUBJECT_GAP.fullmatch(self.folded, found.end, event.start):
                told = [e for e in self._named_by().get(i, ()) if e.end <= found.start]
                if told and told[-1].phrase.object_role == Role.IMPLEMENT:
                    return found.start, self._agents(found)
        return None

    def _right_before(self, event: RoleEvent) -> Iterator[tuple[int, MentionList]]:
        """Yield the lists that end within reach of a phrase's subject, with their indices."""
        for i in range(self._behind(event.start - _SUBJECT_REACH), len(self.lists)):
            if self.lists[i].end > event.start:
                return
            yield i, self.lists[i]

    def _behind(self, place: int) -> int:
        """Return the index of the first list that begins at or behind a place, or holds it."""
        at = bisect_left(self.lists, place, key=lambda one: one.start)
        return at - 1 if at and self.lists[at - 1].end >= place else at

    def _named_by(self) -> dict[int, list[RoleEvent]]:
        """Return by index of a list the phrases that name it as their object."""
        if self._names is None:
            self._names = {}
            for event in self.events:
                if event.phrase.objects != "none" and (found := self._object_of(event)) is not None:
                    self._names.setdefault(self.lists.index(found), []).append(event)
        return self._names

    def _behind_directed(self, event: RoleEvent) -> bool:
        """Tell whether a phrase goes on with what others were told to do: *chỉ đạo UBND các xã bố trí địa điểm, phối hợp quản lý vốn*."""
        told = [
            found
            for other in self.events
            if other.end <= event.start and other.phrase.object_role == Role.IMPLEMENT
            for found in (self._object_of(other),)
            if found is not None and found.end <= event.start
        ]
        return bool(told) and _STOP.search(self.folded, told[-1].end, event.start) is None

    def _object_of(self, event: RoleEvent) -> MentionList | None:
        gaps = (_OBJECT_GAP, *_WIDER_GAPS.get(event.phrase.object_role or "", ()))
        at = bisect_left(self.lists, event.end, key=lambda one: one.start)
        if at < len(self.lists):
            found = self.lists[at]
            if any(gap.fullmatch(self.folded, event.end, found.start) for gap in gaps):
                return found
        return None

    # --- reading a phrase ---

    def _read_event(self, event: RoleEvent) -> None:
        phrase = event.phrase
        objects = self._object_of(event) if phrase.objects != "none" else None
        if phrase.objects == "required" and objects is None:
            return
        own = self._subject_of(event) if phrase.subject_role is not None else None
        directed = self._directed(event) if own is None and phrase.subject_role is not None else None
        if directed is not None and phrase.subject_role is Role.LEAD:
            own = directed
        if own is not None and (not self.subjects or self.subjects[-1][0] != own[0]):
            self.subjects.append((own[0], own[1], set()))
        if phrase.subject_role is not None and own is None and not self._continues(event):
            return
        if phrase.subject_role is Role.COORDINATE and own is None and objects is None and self._behind_directed(event):
            return
        at, agents, roles = self._current()
        leads = Role.LEAD in roles
        own_act = own is not None or directed is None  # in "chỉ đạo A phối hợp với B" it is A who coordinates
        if phrase.subject_role is not None and own_act and not (phrase.subject_role is Role.COORDINATE and leads):
            roles.add(phrase.subject_role)
            asked = own is not None and self._is_asked([agent.mention for agent in agents])
            for agent in agents:
                if asked:  # "Đề nghị Mặt trận … phối hợp tuyên truyền"
                    self._give(at, event.start, agent, Role.REQUEST, "phrase:đề nghị")
                if not asked or phrase.subject_role is not Role.COORDINATE:
                    self._give(at, event.start, agent, phrase.subject_role, f"phrase:{phrase.phrase}")
        if objects is None:
            return
        self.used.add(self.lists.index(objects))
        for agent in self._agents(objects):
            self._give_object(at, event, agent, leads)

    def _give_object(self, at: int, event: RoleEvent, agent: Agent, leads: bool) -> None:
        rule = f"phrase:{event.phrase.phrase}"
        if event.phrase.object_role == SUBMIT:
            self.submit_to.append((event.start, agent))
            return
        role = Role(event.phrase.object_role or Role.IMPLEMENT)
        if role is Role.COUNTERPART and leads:
            role = Role.COORDINATE
        self._give(at, event.start, agent, role, rule)

    def _continues(self, event: RoleEvent) -> bool:
        """Tell whether a phrase without a list before it is a verb of the subject spoken of: at a clause's start, or after its verb."""
        if _CLAUSE_START.search(self.folded[max(0, event.start - _CLAUSE_REACH) : event.start]):
            return True
        if self._behind_relative_clause(event):
            return True
        behind = bisect_left(self.lists, event.end, key=lambda one: one.start)
        if event.phrase.subject_role is Role.ADVISE and any(
            _OBJECT_GAP.fullmatch(self.folded, event.end, found.start) for found in self.lists[behind : behind + 1]
        ):
            return True  # "… tham mưu UBND tỉnh …" is a verb wherever it stands
        if any(
            i in self.used and not self.folded[found.end : event.start].strip(" ,")
            for i, found in self._right_before(event)
        ):
            return True  # "phối hợp với A, B tham mưu …"
        at = bisect_left(self.events, event.start, key=lambda one: one.start)
        return at > 0 and _AND.fullmatch(self.folded, self.events[at - 1].end, event.start) is not None

    def _behind_relative_clause(self, event: RoleEvent) -> bool:
        """Tell whether nothing but a clause about them parts a phrase from those that open the statement: *Các sở có dự án chủ trì …*."""
        if not self.lists or 0 not in self.used:
            return False
        first = self.lists[0]
        if any(gap.fullmatch(self.folded, first.end, event.start) for gap in (_RESPONSIBLE, _BY_FUNCTION)):
            return True
        if event.phrase.subject_role is not Role.LEAD:
            return False
        other = any(first.end < found.start < event.start for found in self.lists)
        return not other and bool(_RELATIVE.fullmatch(self.folded, first.end, event.start))

    def _current(self) -> tuple[int, tuple[Agent, ...], set[Role]]:
        if self.subjects:
            return self.subjects[-1]
        roles: set[Role] = {given.role for given in self.owners if given.role is not Role.IMPLEMENT}
        entry = (0, actors_of(self.owners), roles)
        self.subjects.append(entry)
        return entry

    def _give(self, at: int, place: int, agent: Agent, role: Role, rule: str) -> None:
        self.given.append((at, place, RoleGiven(agent, role, rule)))

    # --- from what was given to duties ---

    def _parts(self) -> tuple[Duty, ...]:
        if not self.subjects:
            return self._whole(())
        leads = [subject for subject in self.subjects if Role.LEAD in subject[2]]
        cuts = self._cuts(leads)
        if len(cuts) < 2:
            return self._whole(tuple(given for _at, _place, given in self.given))
        duties = []
        for n, (start, end) in enumerate(cuts):
            own = [given for at, place, given in self.given if start <= max(at, 0) < end or (start <= place < end)]
            shared = [
                given
                for at, place, given in self.given
                if place >= cuts[-1][0] and given.role in {Role.COORDINATE, Role.RECEIVE_REPORT} and n < len(cuts) - 1
            ]
            submit = next((agent for place, agent in self.submit_to if start <= place < end), None)
            duties.append(Duty(start, end, once([*own, *shared]), submit))
        return tuple(duties)

    def _cuts(self, leads: Sequence[tuple[int, tuple[Agent, ...], set[Role]]]) -> list[tuple[int, int]]:
        """Return the parts of a statement in which different agencies lead, or a new subject acts after a semicolon."""
        starts = [at for at, _agents, _roles in leads]
        if len(starts) < 2:
            return []
        starts[0] = 0
        return [(start, end) for start, end in zip(starts, [*starts[1:], len(self.text)], strict=True)]

    def _whole(self, given: tuple[RoleGiven, ...]) -> tuple[Duty, ...]:
        collected = list(given)
        acting = {item.agent for item in collected}
        subjects = [agent for _at, agents, _roles in self.subjects for agent in agents]
        has_role = any(item.role not in {Role.RECEIVE_REPORT} for item in collected if item.agent in subjects)
        inherited = [item for item in self.owners if item.role is not Role.IMPLEMENT]
        actors = actors_of(self.owners)
        if all(agent in actors for agent in subjects):
            collected.extend(inherited)
        bare = subjects or actors
        if not has_role and not inherited and (not self.subject_required or self.owners or self._is_ordered()):
            collected[:0] = [self._bare(agent, bare) for agent in dict.fromkeys(bare) if agent not in acting]
        collected.extend(self._clause_subjects())
        if not collected:
            return ()
        submit = self.submit_to[0][1] if self.submit_to else None
        return (Duty(0, len(self.text), once(collected), submit),)

    def _is_ordered(self) -> bool:
        """Tell whether the statement begins by telling somebody to act (*Giao Sở X theo dõi …*)."""
        if not self.lists or 0 not in self.used:
            return False
        order = _ORDER.fullmatch(self.folded, 0, self.lists[0].start)
        return order is not None and (order["verb"] != "đề nghị" or self._is_asked(self.lists[0].mentions))

    def _is_asked(self, mentions: Sequence[AgencyMention]) -> bool:
        """Tell whether those that open the statement stand outside the command line, so that it can only ask them."""
        first = min((one.start for one in mentions), default=0)
        asked = _REQUESTED.search(self.folded[max(0, first - _NEAR) : first]) if first else None
        return bool(asked) and any(is_front(one) for one in mentions)

    def _bare(self, agent: Agent, together: Sequence[Agent]) -> RoleGiven:
        if agent in self._named() and self._is_asked([one.mention for one in together]):
            return RoleGiven(agent, Role.REQUEST, "phrase:đề nghị")
        return RoleGiven(agent, Role.IMPLEMENT, "heading" if agent not in self._named() else "subject")

    def _named(self) -> set[Agent]:
        return {agent for found in self.lists for agent in self._agents(found)}

    def _clause_subjects(self) -> list[RoleGiven]:
        """Return agents that open a later clause as its subject (*…; UBND các xã tổ chức thực hiện …*)."""
        found: list[RoleGiven] = []
        for i, item in enumerate(self.lists):
            before = self.folded[: item.start].rstrip()
            if i in self.used or not before.endswith(";"):
                continue
            if re.match(
                r"\s+(?:tổ chức|tố chức|triển khai|thực hiện|có trách nhiệm|chịu trách nhiệm|chỉ đạo|xây dựng)",
                self.folded[item.end :],
            ):
                found.extend(RoleGiven(agent, Role.IMPLEMENT, "clause-subject") for agent in self._agents(item))
        return found
