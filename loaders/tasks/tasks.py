"""From the outline to tasks: table rows, duty statements under agencies, assignments under components, measures.

The walk carries what the headings say: the kind of section, the agencies that own what follows with the roles that the heading gives
them, and the component.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from loaders.figures.component_names import find_component_mentions, refers_back
from loaders.figures.components import ComponentMap
from loaders.figures.timing_mentions import find_first_timing
from loaders.names.agencies import find_agencies
from loaders.tasks.duties import read_duty
from loaders.tasks.duty_clauses import opens_with_subject
from loaders.tasks.duty_marks import read_bracket_roles, read_closing_bracket
from loaders.tasks.duty_values import (
    Agent,
    Duty,
    DutyGrammar,
    RoleGiven,
    as_assignment,
)
from loaders.tasks.executions import (
    ends_basis,
    has_order,
    is_basis,
    is_execution,
    is_narrated,
    names_whom,
    only_executes,
    orders_what_follows,
    read_among_figures,
    read_article,
    read_orders,
    tells_at_once,
)
from loaders.tasks.heading_owners import heading_owners
from loaders.tasks.row_tasks import RowReader
from loaders.tasks.task_ids import section_path, task_path, unique_ids
from loaders.text.blocks import Node
from loaders.text.columns import ColumnWords
from loaders.text.label_lines import as_row, gather_labels, names_agents, read_labels, without_label
from loaders.text.labels import BULLETS
from loaders.text.passage import Passage
from loaders.text.rows import is_caption_row
from loaders.text.sections import SectionWords
from ontology.folding import UPPER, fold
from ontology.records import Finding, Role, Span, Task
from ontology.registry import NationalComponent

_SKIPPED = frozenset({"purpose", "goals", "audience", "funds", "background", "time"})
_FIRST_WORDS = 60
"""A duty is about several components as wholes only if it names them at once, within this many characters."""
_OUTSIDE_BODY = frozenset({"recipients", "signature", "part_title", "annex", "plain", "article", "table"})
"""Kinds of nodes that stand in heads as well and do not show that the body has begun."""
_BRACKETED = re.compile(r"^\(.*\)[./]*$")


@dataclass(frozen=True, slots=True)
class TaskSetting:
    """What reading tasks needs besides the outline."""

    grammar: DutyGrammar
    sections: SectionWords
    components: ComponentMap
    national: Sequence[NationalComponent]
    columns: ColumnWords
    year: int | None


@dataclass(slots=True)
class _State:
    kind: str | None = None
    owners: tuple[RoleGiven, ...] = ()
    component: str | None = None
    in_body: bool = False
    annex: int | None = None
    """The annex one is in, by the ``id`` of its node."""


@dataclass(slots=True)
class TaskReading:
    """Tasks in document order, findings about them, and the duties behind them (for the reporting reader)."""

    tasks: list[Task] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    time_cells: list[tuple[Span, ...]] = field(default_factory=list)
    """Where the time cell of each task stands (in the order of the tasks); empty for statements."""
    statements: list[tuple[Passage, tuple[Agent, ...]]] = field(default_factory=list)


def read_tasks(root: Node, setting: TaskSetting) -> TaskReading:
    """Return all tasks of an outline."""
    reader = _TaskReader(setting)
    reader.visit(root, _State())
    reading = reader.reading
    reading.tasks = unique_ids(reading.tasks, reader.annexes)
    return reading


class _TaskReader:
    def __init__(self, setting: TaskSetting) -> None:
        self.setting = setting
        self.reading = TaskReading()
        self.rows = RowReader(setting.grammar, setting.year, setting.national)
        self.annexes: list[int | None] = []
        self.named: dict[int, str] = {}
        """The component that the last duty below a heading named, by ``id`` of the heading's node."""

    def visit(self, node: Node, state: _State) -> None:
        if node.kind in {"recipients", "signature"}:
            return
        here = replace_state(state)
        if node.kind in {"part_title", "annex"}:
            here.in_body = False
            here.annex = id(node) if node.kind == "annex" else None
        elif node.paragraph is not None and node.kind not in {"plain", "article"}:
            here.in_body = True
        if node.paragraph is not None and node.table is None:
            here.component = self.setting.components.by_node.get(id(node))
            if node.cells:
                self._row(node, here)
            else:
                self._paragraph(node, here)
        body_seen = here.in_body
        for child in self._unlabelled(node, here):
            here.in_body = body_seen
            known = len(self.reading.tasks)
            self.visit(child, here)
            letter = child.kind == "plain" and len(self.reading.tasks) > known  # its body has begun
            body_seen = body_seen or letter or bool(child.children) or child.kind not in _OUTSIDE_BODY
            leading = child.kind == "plain" and (body_seen or here.kind in {"measures", "organisation"})
            if leading and (lead_in := self._lead_in(child, here)) is not None:
                here.owners = lead_in
            if child.kind == "plain" and here.kind is None and orders_what_follows(child.title):
                here.kind = "organisation"

    def _lead_in(self, node: Node, state: _State) -> tuple[RoleGiven, ...] | None:
        """Return the owners that a paragraph gives its followers: *Các sở … triển khai các nhiệm vụ sau:*."""
        if state.kind in _SKIPPED or not node.title.rstrip().endswith(":"):
            return None
        assert node.paragraph is not None
        if orders_what_follows(node.title) and not names_whom(node.paragraph.passage.text, self.setting.grammar):
            return None  # "Thủ tướng Chính phủ yêu cầu:" is who orders
        duties = read_duty(node.paragraph.passage, self.setting.grammar, state.owners)
        given = tuple(item for duty in duties for item in duty.given)
        return given if any(item.rule == "subject" or item.role is Role.LEAD for item in given) else None

    # --- label lines ---

    def _unlabelled(self, node: Node, state: _State) -> list[Node]:
        """Read the label lines under a node, and return its children that are still to be read."""
        if node.paragraph is None or node.cells or state.kind in _SKIPPED:
            return node.children
        cells, others = gather_labels(node.children, self.setting.columns)
        if not names_agents(cells):
            if "time" not in cells or state.kind != "measures":
                return node.children
            if not others and node.title:  # a measure with nothing but *Thời gian: …* under it
                self._labelled(node, node.paragraph.passage, cells, state, kind="content")
            return others
        content = cells.pop("content", (node.paragraph.passage,))[0]
        above = node.parent.paragraph if node.parent is not None else None
        if content is node.paragraph.passage and _names_assignment(content.text) and above is not None and not others:
            content = above.passage  # "b) Phân công thực hiện" with labels: of the measure above
        what = [
            other for other in others if other.children and self.setting.sections.kind_of(other.title) == "measures"
        ]
        below = (
            what[0].children if len(what) == 1 == len(others) else others
        )  # "1.1. Nội dung" with the bullets under it
        bullets = [other for other in below if other.kind != "plain" and not other.children]
        if bullets and content is node.paragraph.passage:
            for bullet in bullets:
                if bullet.paragraph is not None:
                    self._labelled(bullet, without_label(bullet.paragraph.passage), cells, state)
            return [other for other in others if other not in bullets and other not in what]
        self._labelled(node, content, cells, state)
        return others if bullets else []

    def _labelled(
        self,
        node: Node,
        content: Passage,
        cells: dict[str, tuple[Passage, ...]],
        state: _State,
        *,
        kind: str = "duty",
    ) -> None:
        task, findings = self.rows.read(as_row(node, content, cells), state.component)
        if task is not None:
            self._add(
                replace(task, id=task_path(node), section=section_path(node), kind=kind, rule="label-lines"), state
            )
        self.reading.findings.extend(findings)

    # --- rows ---

    def _row(self, node: Node, state: _State) -> None:
        if is_caption_row(node):
            return
        above = _merged_above(node)
        task, findings = self.rows.read(node, state.component, above)
        if task is not None:
            cells = tuple(s for p in node.cells.get("time", ()) if p.text for s in p.spans())
            self._add(replace(task, id=task_path(node), section=section_path(node)), state, cells)
        self.reading.findings.extend(findings)

    # --- paragraphs ---

    def _paragraph(self, node: Node, state: _State) -> None:
        assert node.paragraph is not None
        passage = node.paragraph.passage
        kind = self.setting.sections.kind_of(passage.text) if node.kind != "plain" or node.children else None
        if kind is None and node.kind == "plain" and ":" in passage.text[:40]:
            kind = self.setting.sections.kind_of(passage.text)
        if kind is None and self.setting.sections.kind_of(passage.text) == "funds":
            kind = "funds"
        if kind == "purpose" and tells_at_once(passage.text, self.setting.grammar):
            kind = None  # "Yêu cầu Sở X …" is no heading
        ordered = state.kind == "organisation"
        state.kind = kind or state.kind
        if state.kind == "funds" and not node.children and state.in_body:
            duties = read_among_figures(passage, self.setting.grammar, ordered=ordered)
            for n, duty in enumerate(duties, 1):
                self._add_duty(node, passage, state, duty, n if len(duties) > 1 else None)
        if state.kind in _SKIPPED or not passage.has_words or _BRACKETED.match(passage.text):
            return
        if node.kind == "plain" and passage.text.rstrip().endswith(":") and not node.children:
            return
        inline = read_labels(passage, self.setting.columns)
        if inline.head.text and names_agents(inline.cells):
            self._labelled(node, inline.head, inline.cells, state)
            return
        if node.children and (owners := heading_owners(passage, self.setting.grammar, state.owners)) is not None:
            state.owners = owners
            if kind is None and state.kind != "reporting":
                state.kind = "organisation"
            return
        if (
            node.children
            and not self._is_statement(node)
            and not _has_ended(node)
            and not (node.kind == "article" and is_execution(passage.text))
        ):
            return
        self._statement(node, passage, state)

    def _is_statement(self, node: Node) -> bool:
        return (
            not node.title.rstrip().endswith(":")
            and len(node.title) > 120
            and node.kind not in {"roman", "upper", "annex", "part_title", "article"}
        )

    def _statement(self, node: Node, passage: Passage, state: _State) -> None:
        if node.kind in {"roman", "upper", "part_title", "annex"} and not state.owners:
            return
        if node.kind == "plain" and (is_narrated(passage.text) or (not state.owners and ends_basis(passage.text))):
            return
        loose = node.kind == "plain" and not (state.in_body or state.owners or _is_article(node))
        if loose and (is_basis(passage.text) or not has_order(passage.text)):
            return
        passage = _behind_closing_formula(passage)
        duties = self._duties(node, passage, state)
        if loose:  # a letter's paragraph: an order to somebody, not a courtesy
            duties = tuple(duty for duty in duties if any(_is_ordered(given) for given in duty.given))
        if not duties and state.kind == "measures" and not node.children and state.in_body:
            duties = read_closing_bracket(passage, self.setting.grammar)
        if duties:
            for n, duty in enumerate(duties, 1):
                self._add_duty(node, passage, state, duty, n if len(duties) > 1 else None)
        elif state.kind == "measures" and not node.children and state.in_body and not _only_announces(node):
            self._add(
                Task(
                    task_path(node),
                    section_path(node),
                    state.component,
                    passage.text,
                    passage.span(),
                    "content",
                    timing=find_first_timing(passage, default_year=self.setting.year),
                    spans=passage.spans(),
                    rule="measure",
                ),
                state,
            )

    def _duties(self, node: Node, passage: Passage, state: _State) -> tuple[Duty, ...]:
        grammar = self.setting.grammar
        if _is_article(node):
            return read_article(passage, grammar, responsible=_is_about_duties(node))
        if state.owners and not self._stands_apart(node, passage):
            return read_duty(passage, grammar, state.owners)
        if state.kind in {"measures", None} and (duties := read_bracket_roles(passage, grammar)):
            return duties
        if only_executes(passage.text):
            return read_article(passage, grammar)
        if node.kind == "plain" and has_order(passage.text):
            return read_orders(passage, grammar)
        if state.kind in {"organisation", "measures", "reporting", None} or node.kind in {"star", *BULLETS}:
            required = state.kind != "organisation" and not _names_assignment(passage.text)
            duties = read_duty(passage, grammar, subject_required=required)
            behind = not duties and state.kind != "measures" and has_order(passage.text)
            return read_orders(passage, grammar) if behind else duties  # "Đồng ý với …; giao Bộ X hoàn thiện hồ sơ"
        return ()

    def _stands_apart(self, node: Node, passage: Passage) -> bool:
        """Tell whether a paragraph behind the bullets of a heading has a subject of its own and none of the heading's owners."""
        if node.kind != "plain" or not node.follows_marked:
            return False
        grammar = self.setting.grammar
        mentions = find_agencies(passage.text, grammar.context, grammar.index)
        return opens_with_subject(passage.text, mentions, grammar.index) or has_order(passage.text)

    # --- writing down ---

    def _add_duty(self, node: Node, passage: Passage, state: _State, duty: Duty, part: int | None) -> None:
        text = passage.text[duty.start : duty.end]
        before = self.named.get(id(node.parent)) if state.component is None and refers_back(text) else None
        pieces = self._by_component(passage, duty, state.component or before)
        if pieces[-1][1] is not None:
            self.named[id(node.parent)] = pieces[-1][1]
        for n, (piece, code) in enumerate(pieces, 1):
            cut = passage.cut(piece.start, piece.end)
            timing = find_first_timing(cut, default_year=self.setting.year)
            numbers = (part, n if len(pieces) > 1 else None)
            task = Task(
                task_path(node) + "".join(f".{k}" for k in numbers if k is not None),
                section_path(node),
                code,
                cut.text.rstrip(" ;,"),
                cut.span(),
                "duty",
                tuple(as_assignment(given) for given in piece.given),
                timing,
                submit_to=piece.submit_to.mention.name if piece.submit_to else None,
                submit_to_iri=piece.submit_to.mention.iri if piece.submit_to else None,
                spans=cut.spans(),
                rule="duty",
            )
            self._add(task, state)
            self.reading.statements.append((cut, _bearers(piece)))

    def _by_component(self, passage: Passage, duty: Duty, within: str | None) -> list[tuple[Duty, str | None]]:
        """Return a duty with its component, or, where it leads several (*Chủ trì thực hiện Dự án 1 và Dự án 5; …*), one for each.

        Each part has its own words; what follows the last component (reporting, monitoring) belongs to the last part.
        """
        text = passage.text[duty.start : duty.end]
        found = find_component_mentions(text, within=within, national=self.setting.national)
        codes = list(dict.fromkeys(mention.code for mention in found))
        if len(codes) == 1:
            nested = within is not None and within.startswith(f"{codes[0]}.")
            return [(duty, within if nested else codes[0])]
        leads = [given for given in duty.given if given.role is Role.LEAD]
        if not codes or not leads or found[0].start > _FIRST_WORDS:
            return [(duty, within)]
        starts = {mention.code: duty.start + mention.start for mention in reversed(found)}
        cuts = [duty.start, *(starts[code] for code in codes[1:]), duty.end]
        parts = [Duty(low, high, tuple(leads)) for low, high in pairwise(cuts)]
        parts[-1] = Duty(parts[-1].start, duty.end, duty.given, duty.submit_to)
        return list(zip([*(self._trimmed(passage, part) for part in parts[:-1]), parts[-1]], codes, strict=True))

    def _trimmed(self, passage: Passage, part: Duty) -> Duty:
        words = re.sub(r"[\s,;]*(?:và)?\s*$", "", passage.text[part.start : part.end])
        return replace(part, end=part.start + len(words))

    def _add(self, task: Task, state: _State, time_cell: tuple[Span, ...] = ()) -> None:
        self.reading.tasks.append(task)
        self.reading.time_cells.append(time_cell)
        self.annexes.append(state.annex)


def _merged_above(node: Node) -> Passage | None:
    """Return the content of the row above in the same table."""
    siblings = node.parent.children if node.parent is not None else []
    for at in range(node.place - 1, -1, -1):
        if (paragraph := siblings[at].paragraph) is not None and paragraph.passage.text:
            return paragraph.passage
    above = node.parent
    return above.paragraph.passage if above is not None and above.cells and above.paragraph else None


_ELSEWHERE = re.compile(
    r"(?:chi tiết|cụ thể|phân công|được nêu|kèm|đính kèm)[^.;]{0,60}\s(?:tại|theo|ở|trong|như|xem)\s+(?:các\s+)?(?:phụ lục|phụ biểu|biểu|bảng|danh mục)(?![^\W_])"
)
_LONGEST_REFERENCE = 200


def _only_announces(node: Node) -> bool:
    """Tell whether a paragraph says where the tasks are instead of one: *Nhiệm vụ cụ thể được phân công tại Phụ lục*, a table's caption."""
    text = node.title
    return _captions_table(node) or (len(text) < _LONGEST_REFERENCE and _ELSEWHERE.search(fold(text)) is not None)


def _captions_table(node: Node) -> bool:
    """Tell whether a paragraph without a stop stands right above a table (*Bảng phân công nhiệm vụ*)."""
    if node.kind != "plain" or node.parent is None or node.title.endswith((".", ";")):
        return False
    behind = node.parent.children[node.place + 1 : node.place + 2]
    return bool(behind) and behind[0].table is not None


def _has_ended(node: Node) -> bool:
    """Tell whether an item is a sentence of its own, and what stands under it only follows it (a closing paragraph)."""
    return node.title.rstrip().endswith((".", ";")) and all(child.kind == "plain" for child in node.children)


def replace_state(state: _State) -> _State:
    """Return a copy of the state for the nodes below."""
    return _State(state.kind, state.owners, state.component, state.in_body, state.annex)


def _is_article(node: Node) -> bool:
    return node.kind == "article" or (node.parent is not None and node.parent.kind == "article")


_CLOSING_FORMULA = re.compile(rf"Trên đây là\s[^.]{{1,300}}\.\s+(?=[{UPPER}])")


def _behind_closing_formula(passage: Passage) -> Passage:
    """Return a closing paragraph from its second sentence on: *Trên đây là Kế hoạch …. Trong quá trình thực hiện, các sở phản ánh về …*."""
    found = _CLOSING_FORMULA.match(passage.text)
    return passage.cut(found.end()) if found is not None else passage


def _is_about_duties(node: Node) -> bool:
    """Tell whether a paragraph stands under an article whose heading announces duties."""
    above = node.parent
    heading = fold(above.title[:60]) if above is not None and above.kind == "article" and above.paragraph else ""
    return re.match(r"(?:trách nhiệm|tổ chức thực hiện|phân công|nhiệm vụ của)", heading) is not None


def _is_ordered(given: RoleGiven) -> bool:
    return given.role not in {Role.COUNTERPART, Role.RECEIVE_REPORT}


def _names_assignment(text: str) -> bool:
    return bool(re.match(r"(?:phân công|cơ quan thực hiện|đơn vị thực hiện|tổ chức thực hiện)", fold(text[:40])))


def _bearers(duty: Duty) -> tuple[Agent, ...]:
    """Return whose duty it is: who leads, carries out, advises or directs; else who coordinates."""
    others = {Role.COORDINATE, Role.COUNTERPART, Role.RECEIVE_REPORT}
    main = tuple(given.agent for given in duty.given if given.role not in others)
    return main or tuple(given.agent for given in duty.given if given.role is Role.COORDINATE)
