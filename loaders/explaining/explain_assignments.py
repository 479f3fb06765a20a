"""Why an agency has a role in a task: the column, phrase or heading that gave it, and the registered name that was recognised."""

import re
from collections.abc import Iterator, Sequence

from loaders.explaining.explanation import Reason, give_reason
from loaders.explaining.ground import Ground, Place, Spot, heading_text, offset_in
from loaders.names.agencies import find_agencies
from loaders.names.agency_cells import read_agency_cell
from loaders.names.agency_grammar import LIST_HEADS
from loaders.names.agency_index import split_words
from loaders.names.agency_names import AgencyMention
from loaders.names.agency_places import NameContext
from loaders.tasks.role_phrases import RoleEvent, find_role_events
from loaders.text.blocks import Node
from loaders.text.columns import AGENCY_COLUMNS
from loaders.text.passage import Passage
from ontology.records import Assignment, Span, Task

_LABEL = re.compile(r"[-–+*\s]*(?P<label>[^\W\d_][^:;.()]{2,60}):\s*")


class AssignmentReasons:
    """Finds the words behind assignments in one document; what is found in a passage is kept for the next question."""

    def __init__(self, ground: Ground, context: NameContext) -> None:
        self._ground = ground
        self._context = context
        self._mentions: dict[int, tuple[AgencyMention, ...]] = {}
        self._events: dict[int, list[RoleEvent]] = {}

    def explain(self, assignment: Assignment, task: Task) -> tuple[Reason, ...]:
        """Return why ``assignment`` was read: first the role, then the name."""
        return (self._role(assignment, task), *self._name(assignment))

    # --- the role ---

    def _role(self, assignment: Assignment, task: Task) -> Reason:
        role = f"role:{assignment.role.value}"
        kind, _, detail = assignment.rule.partition(":")
        if kind == "column":
            return self._column(assignment, detail, role)
        if kind == "phrase":
            return self._phrase(assignment, task, detail, role)
        place = self._ground.place(assignment.span)
        if kind == "heading":
            spot = self._ground.spot(assignment.span.start)
            heading = heading_text(spot.node) if spot is not None and spot.node is not None else place.quote
            return give_reason("heading", place, words=_short(heading), code=role)
        return give_reason(kind if kind in {"subject", "clause-subject", "brackets"} else "subject", place, code=role)

    def _column(self, assignment: Assignment, column: str, role: str) -> Reason:
        spot = self._ground.spot(assignment.span.start)
        if spot is not None and spot.column is not None:
            at = offset_in(spot.passage, assignment.span.start) or 0
            inside = [found for found in _LABEL.finditer(spot.passage.text, 0, at) if found.end() <= at]
            if inside and self._ground.reader.columns.column_of(inside[-1]["label"]) in AGENCY_COLUMNS:
                return give_reason("column:inside", self._part(spot.passage, *inside[-1].span("label")), code=role)
            if spot.header is not None:
                return give_reason("column", self._part(spot.header, 0, len(spot.header)), code=role)
        if spot is not None and (label := find_label(self._ground, spot, assignment.span, column)) is not None:
            return give_reason("column:label", self._part(spot.passage, *label), code=role)
        return give_reason("column", words=column, code=role)

    def _phrase(self, assignment: Assignment, task: Task, phrase: str, role: str) -> Reason:
        stretches = task.spans or (task.span,)
        for span in stretches:
            spot = self._ground.spot(span.start)
            if spot is not None:
                low, high = offset_in(spot.passage, span.start) or 0, offset_in(spot.passage, span.end - 1)
                events = [e for e in self._events_in(spot) if low <= e.start <= (high if high is not None else e.start)]
                if (event := _nearest(events, phrase, spot, assignment)) is not None:
                    return give_reason("phrase", self._part(spot.passage, event.start, event.end), code=role)
        for spot in self._above(assignment, task):
            if (event := _nearest(self._events_in(spot), phrase, spot, assignment)) is not None:
                return give_reason("phrase:above", self._part(spot.passage, event.start, event.end), code=role)
        for spot in filter(None, (self._ground.spot(span.start) for span in stretches)):
            if found := re.search(re.escape(phrase), spot.passage.text, re.IGNORECASE):
                return give_reason("phrase", self._part(spot.passage, *found.span()), code=role)
        return give_reason("phrase:unseen", words=phrase, code=role)

    def _above(self, assignment: Assignment, task: Task) -> Iterator[Spot]:
        """Yield where words that govern a task may stand: with the agency's name, in the headings, in the lead-in line before."""
        own = self._ground.spot(task.span.start)
        named = self._ground.spot(assignment.span.start)
        nodes: list[Node] = []
        if own is not None and own.node is not None:
            nodes = list(self._ground.headings(own.node))
        for spot in (named, *(self._spot_of(node) for node in nodes)):
            if spot is not None:
                yield spot

    def _spot_of(self, node: Node) -> Spot | None:
        passage = node.paragraph.whole if node.paragraph is not None else None
        return self._ground.spot(passage.span().start) if passage is not None and passage.text else None

    def _events_in(self, spot: Spot) -> list[RoleEvent]:
        if id(spot.passage) not in self._events:
            taken = [(mention.start, mention.end) for mention in self._mentions_in(spot)]
            text = spot.passage.text
            self._events[id(spot.passage)] = find_role_events(text, self._ground.reader.phrases, taken)
        return self._events[id(spot.passage)]

    # --- the name ---

    def _name(self, assignment: Assignment) -> tuple[Reason, ...]:
        spot = self._ground.spot(assignment.span.start)
        mention = None
        if spot is not None:
            at = offset_in(spot.passage, assignment.span.start)
            mention = next((m for m in self._mentions_in(spot) if m.start == at), None)
        rule = mention.rule if mention is not None else ""
        place = self._ground.place(assignment.span)
        words, kind, target = self._registered(assignment.printed or place.quote)
        if rule == "fuzzy":
            found = give_reason("name:fuzzy", place, name=assignment.agency)
        elif assignment.group:
            registered = kind == "group" and assignment.resolved
            found = give_reason(
                "name:group" if registered else "name:printed-group", place, name=assignment.agency, id=target
            )
        elif not assignment.resolved:
            found = give_reason("name:open", place)
        elif rule == "title" or kind == "title":
            found = give_reason("name:title", place, name=assignment.agency)
        else:
            known = kind in {"agency", "body", "unit", "listed"}
            said = words if known else None
            told = f"name:{kind}" if known else "name:known"
            found = give_reason(told, place, words=said, name=assignment.agency, id=target)
        if assignment.group and not assignment.spelled_out:
            return (found, give_reason("missing:group"))
        return (found,)

    def _mentions_in(self, spot: Spot) -> tuple[AgencyMention, ...]:
        if id(spot.passage) not in self._mentions:
            read = read_agency_cell if spot.column in AGENCY_COLUMNS else find_agencies
            self._mentions[id(spot.passage)] = read(spot.passage.text, self._context, self._ground.reader.index)
        return self._mentions[id(spot.passage)]

    def _registered(self, printed: str) -> tuple[str, str, str]:
        """Return the longest registered name in ``printed`` with the kind and id of what it stands for."""
        words = split_words(printed)
        names = self._ground.reader.index.names
        for at in range(len(words)):
            for match in names.matches(words, at):
                target = match.targets[0]
                return printed[words[at].start : words[match.end - 1].end], target.kind, target.id
        listed = any(match.end == len(words) for head in LIST_HEADS for match in names.matches(words, 0, head))
        return printed, "listed" if listed else "", ""

    def _part(self, passage: Passage, start: int, end: int) -> Place:
        return self._ground.place(passage.span(start, end))


def find_label(ground: Ground, spot: Spot, span: Span, column: str) -> tuple[int, int] | None:
    """Return where the label of a cell set as a line stands (*Cơ quan chủ trì:* before the name), in the spot's passage."""
    at = offset_in(spot.passage, span.start)
    found = None
    for label in re.finditer(r"(?:^|(?<=[-–+*.;(])|(?<=\s))[^\W\d_][^:;.()]{2,60}(?=:)", spot.passage.text[: at or 0]):
        if ground.reader.columns.column_of(label.group().strip(" -–+*")) == column:
            found = label.span()
    return found


def _nearest(events: Sequence[RoleEvent], phrase: str, spot: Spot, assignment: Assignment) -> RoleEvent | None:
    """Return the occurrence of a phrase that belongs to a name: the nearest on the side where the phrase has its subject or object."""
    same = [event for event in events if event.phrase.phrase == phrase]
    at = offset_in(spot.passage, assignment.span.start)
    if not same or at is None:
        return same[0] if same else None
    subject = same[0].phrase.subject_role is assignment.role
    sided = [event for event in same if (event.start >= at) == subject]
    return min(sided or same, key=lambda event: abs(event.start - at))


def _short(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"
