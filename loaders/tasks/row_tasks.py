"""One table row as a task: its agents by column, when, what comes out, to whom it goes.

The words inside the content cell add what the columns cannot say (*Phối hợp với Bộ Y tế …* names a counterpart).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.figures.component_names import find_component_mentions
from loaders.figures.timing import parse_timing
from loaders.figures.timing_mentions import find_first_timing
from loaders.names.agency_cells import read_agency_cell
from loaders.names.agency_names import AgencyMention
from loaders.tasks.duties import read_duty
from loaders.tasks.duty_marks import mark_behind, read_marks
from loaders.tasks.duty_values import Agent, DutyGrammar, RoleGiven, as_assignment, is_front, once
from loaders.text.blocks import Node
from loaders.text.passage import Passage, join_passages
from ontology.folding import fold
from ontology.records import Finding, Role, Severity, Task, Timing
from ontology.registry import NationalComponent

_COLUMN_ROLES: dict[str, tuple[Role, ...]] = {
    "lead": (Role.LEAD,),
    "lead_advise": (Role.LEAD, Role.ADVISE),
    "coordinate": (Role.COORDINATE,),
    "implement": (Role.IMPLEMENT,),
    "advise": (Role.ADVISE,),
}
_LABELLED = re.compile(r"(?:(?:cơ quan|đơn vị)\s+)?(?P<what>chủ trì|phối hợp)\s*:\s*")
_SUM = re.compile(
    r"\W*(?:tổng cộng|tổng số|tổng kinh phí|tổng|cộng)(?:\s*(?:\([^)]*\)|[:=].*|[IVX]+(?:\s*\+\s*[IVX]+)*))?\W*",
    re.IGNORECASE,
)
"""The content of a row that sums the others: no task."""
_ASKED = re.compile(r"đề nghị\s+(?:[^;.,]{0,40}\s)?$")


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads row nodes in one document's setting."""

    grammar: DutyGrammar
    year: int | None
    national: Sequence[NationalComponent] = ()

    def read(
        self, node: Node, component: str | None, above: Passage | None = None
    ) -> tuple[Task | None, list[Finding]]:
        """Return the task of a row and what is wrong with it; ``None`` for a row without content or agents.

        ``above`` is the content of the row above, which a row of agents alone shares (its cell was merged). Id and
        section are left to the caller, who knows where the row stands.
        """
        assert node.paragraph is not None
        content = node.paragraph.passage
        given = self._given(node)
        if not given and _SUM.fullmatch(fold(content.text)) is not None:
            return None, []
        timing = self._timing(node)
        if timing is None and "time" not in node.cells and content.text:
            timing = find_first_timing(content, default_year=self.year)
        product = _joined(node.cells.get("product", ()))
        submit = self._submit(node)
        if not content.has_words:
            if not given:
                return None, []
            content = (
                above
                if above is not None and above.has_words
                else _joined([p for column in _COLUMN_ROLES for p in node.cells.get(column, ())])
            )
        given = [*given, *self._from_content(content, given)] if content.text else given
        named = find_component_mentions(content.text, within=component, national=self.national)
        codes = list(dict.fromkeys(mention.code for mention in named))
        task = Task(
            "",
            (),
            codes[0] if len(codes) == 1 and not (component or "").startswith(f"{codes[0]}.") else component,
            content.text.strip(" ;"),
            content.span(),
            "row",
            tuple(as_assignment(item) for item in once(given)),
            timing,
            product.text or None,
            product.span() if product.text else None,
            submit_to=submit.name if submit else None,
            submit_to_iri=submit.iri if submit else None,
            spans=content.spans(),
            rule="table-row",
        )
        return task, self._findings(node, task)

    def _given(self, node: Node) -> list[RoleGiven]:
        found: list[RoleGiven] = []
        for column, roles in _COLUMN_ROLES.items():
            for passage in node.cells.get(column, ()):
                mentions = read_agency_cell(passage.text, self.grammar.context, self.grammar.index)
                if marked := read_marks(passage, mentions):
                    found.extend(marked)
                    continue
                for mention in mentions:
                    agent = Agent(mention, passage.span(mention.start, mention.end))
                    own = self._cell_roles(passage.text, mention, roles)
                    found.extend(RoleGiven(agent, role, f"column:{column}") for role in own)
        return found

    def _cell_roles(self, text: str, mention: AgencyMention, roles: Sequence[Role]) -> Sequence[Role]:
        """Return the column's roles unless the cell itself says another one (*Chủ trì: A; phối hợp: B*, *Đề nghị Mặt trận …*)."""
        folded = fold(text)
        before = folded[: mention.start]
        if (mark := mark_behind(folded, mention.end)) is not None:
            return (mark[0],)  # "Sở X (chủ trì), Sở Y (phối hợp)"
        if _ASKED.search(before) and is_front(mention):
            return (Role.REQUEST,)
        labels = list(_LABELLED.finditer(before))
        if labels:
            return (Role.LEAD,) if labels[-1]["what"] == "chủ trì" else (Role.COORDINATE,)
        return roles

    def _from_content(self, content: Passage, given: Sequence[RoleGiven]) -> list[RoleGiven]:
        """Return what the content cell's words add: agencies named with a role, never a second role for those of the columns."""
        owners = [
            RoleGiven(item.agent, Role.IMPLEMENT, item.rule)
            for item in given
            if item.role in {Role.LEAD, Role.IMPLEMENT}
        ]
        known = {item.agent.mention.iri for item in given}
        leads = {item.agent.mention.iri for item in given if item.role is Role.LEAD}
        found: list[RoleGiven] = []
        for duty in read_duty(content, self.grammar, owners, objects_only=True):
            for item in duty.given:
                advises = item.role is Role.ADVISE and item.agent.mention.iri in leads
                if advises or item.agent.mention.iri not in known:
                    found.append(item)
        return found

    def _timing(self, node: Node) -> Timing | None:
        passage = _joined(node.cells.get("time", ()))
        if not passage.text:
            return None
        parsed = parse_timing(passage.text, default_year=self.year)
        timing = parsed or Timing(passage.text)
        return Timing(
            passage.text, timing.start, timing.end, timing.recurrence, timing.completed, timing.date, passage.span()
        )

    def _submit(self, node: Node) -> AgencyMention | None:
        passage = _joined(node.cells.get("submit_to", ()))
        if not passage.text:
            return None
        found = read_agency_cell(passage.text, self.grammar.context, self.grammar.index)
        if found:
            return found[0]
        return AgencyMention(0, len(passage), passage.text, None, False, True, passage.text, False, "as-printed")

    def _findings(self, node: Node, task: Task) -> list[Finding]:
        columns = set(node.cells)
        roles = {a.role for a in task.assignments}
        found: list[Finding] = []
        name = _short(task.text)
        if columns & {"lead", "lead_advise"} and not roles & {Role.LEAD, Role.REQUEST}:
            found.append(
                Finding(
                    "row-without-lead",
                    Severity.WARNING,
                    f"Dòng “{name}” không có cơ quan chủ trì (ô bị gộp hoặc bị mất).",
                    task.span,
                    "Xem bản gốc; nếu ô được gộp với dòng trên, ghi vào bảng hiệu đính.",
                    f"Row “{name}” has no lead agency (its cell was merged or lost).",
                    remedy_en="Look at the original; if the cell was merged with the one above, say so in the table of corrections.",
                )
            )
        assert node.paragraph is not None
        if not node.paragraph.passage.text and task.assignments:
            first = task.assignments[0]
            found.append(
                Finding(
                    "row-without-content",
                    Severity.WARNING,
                    f"Dòng của “{first.printed}” không có nội dung nhiệm vụ (ô gộp hoặc bị mất); nội dung lấy theo dòng trên: “{name}”.",
                    first.span,
                    "Xem bản gốc; nếu nội dung khác, ghi vào bảng hiệu đính.",
                    f"The row of “{first.printed}” has no content (its cell was merged or lost); that of the row above is taken: “{name}”.",
                    remedy_en="Look at the original; if the content is another, say so in the table of corrections.",
                )
            )
        return found


_LONGEST_NAME = 60


def _short(text: str) -> str:
    """Return the first words of a task, to name it by."""
    return text if len(text) <= _LONGEST_NAME else text[:_LONGEST_NAME].rpartition(" ")[0] + " …"


def _joined(passages: Sequence[Passage]) -> Passage:
    """Join the cells of one kind; a dash or dots say that there is nothing."""
    filled = [passage for passage in passages if passage.has_words]
    return join_passages(filled) if filled else Passage("", ())
