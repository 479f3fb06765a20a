"""Who reports to whom, how often and by when: from duty statements, table rows, and sections on the reporting regime.

One fact for each pair of a sender and a recipient in a document.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from loaders.figures.moments import masked_text
from loaders.figures.report_frequency import find_deadline, parse_frequency, reporting_words
from loaders.figures.reporting_statements import find_reporting, listed, make_reporting
from loaders.names.agencies import find_agencies
from loaders.names.agency_names import AgencyMention
from loaders.tasks.duty_values import Agent, DutyGrammar
from loaders.tasks.tasks import TaskReading
from loaders.text.blocks import Node
from loaders.text.outline import walk
from loaders.text.passage import Passage
from loaders.text.sections import SectionWords
from ontology.records import Reporting, Role, Span, Task


@cache
def _label(kind: str) -> re.Pattern[str]:
    return re.compile(
        r"(?<![^\W_])" + reporting_words().pattern(kind) + r"(?:\s+(?:định kỳ|đột xuất))?[^:.;]{0,30}[:;]?"
    )


def find_reporting_regime(lines: Sequence[tuple[Passage, Sequence[AgencyMention]]]) -> tuple[Reporting, ...]:
    """Return the duties of a section with *Đơn vị báo cáo*, *Đơn vị nhận báo cáo*, *Thời gian gửi*: each sender with each recipient.

    ``()`` where the section does not name both: its lines are then statements like any other.
    """
    senders: list[AgencyMention] = []
    receivers: list[AgencyMention] = []
    frequency: list[str] = []
    deadlines: list[str] = []
    span: Span | None = None
    for passage, mentions in lines:
        masked = masked_text(passage.text)
        for kind, into in (("to_label", receivers), ("from_label", senders)):
            label = _label(kind).search(masked)
            if label is None:
                continue
            stop = re.compile(r"\.(?=\s|$)").search(masked, label.end())
            end = stop.start() if stop else len(masked)
            inside = [m for m in mentions if label.start() <= m.start and m.end <= end]
            into += [m for one in listed(masked, inside) for m in one.mentions]
            if kind == "to_label":
                span = passage.span(label.start(), len(passage.text.rstrip(" .;")))
                break  # "Đơn vị nhận báo cáo" is no "đơn vị báo cáo"
        frequency += parse_frequency(passage.text)
        deadline = find_deadline(passage)
        deadlines += [deadline] if deadline else []
    if not senders or not receivers or span is None:
        return ()
    often = tuple(dict.fromkeys(frequency))
    if len(often) > 1 and set(often) - {"định kỳ", "đột xuất"}:
        often = tuple(word for word in often if word != "định kỳ")
    due = "; ".join(dict.fromkeys(deadlines)) or None
    return tuple(make_reporting(sender, to, often, due, span) for sender in senders for to in receivers)


def read_reporting(
    root: Node, reading: TaskReading, grammar: DutyGrammar, sections: SectionWords
) -> tuple[Reporting, ...]:
    """Return the reporting duties of a document in order, one for each pair."""
    found: list[Reporting] = []
    regime = _regime_nodes(root, sections)
    for nodes in regime:
        lines = [(p, find_agencies(p.text, grammar.context, grammar.index)) for p in _passages(nodes)]
        found += find_reporting_regime(lines) or [
            one for p, mentions in lines for one in find_reporting(p, (), mentions)
        ]
    for passage, agents in reading.statements:
        mentions = find_agencies(passage.text, grammar.context, grammar.index)
        found += find_reporting(passage, _owners(agents), mentions)
    rows = {task.span: task for task in reading.tasks if task.kind == "row"}
    for node in walk(root):
        if node.cells and node.paragraph is not None and (task := rows.get(node.paragraph.passage.span())) is not None:
            found += _row_reporting(node.paragraph.passage, task, grammar)
    return merge_reporting(sorted(found, key=lambda one: one.span))


def _owners(agents: Sequence[Agent]) -> tuple[AgencyMention, ...]:
    return tuple({agent.mention.name: agent.mention for agent in agents}.values())


def _row_reporting(passage: Passage, task: Task, grammar: DutyGrammar) -> tuple[Reporting, ...]:
    """A row's lead reports; how often is in its time cell unless its content says so."""
    leads = [a for a in task.assignments if a.role in {Role.LEAD, Role.IMPLEMENT} and a.rule.startswith("column")]
    owners = [AgencyMention(0, 0, a.agency, a.iri, a.group, a.spelled_out, a.printed) for a in leads]
    if not owners:
        return ()
    rhythm = task.timing.recurrence if task.timing is not None else ()
    return find_reporting(passage, owners, find_agencies(passage.text, grammar.context, grammar.index), rhythm=rhythm)


def _regime_nodes(root: Node, sections: SectionWords) -> list[list[Node]]:
    """Return the sections on reporting, each as the nodes below its heading; a heading that says all itself is its own section."""
    return [
        list(walk(node))[1:] if node.children else [node]
        for node in walk(root)
        if node.paragraph is not None
        and (node.children or ":" in node.title)
        and not node.cells
        and sections.kind_of(node.title) == "reporting"
    ]


def _passages(nodes: Sequence[Node]) -> list[Passage]:
    return [node.paragraph.passage for node in nodes if node.paragraph is not None and node.paragraph.passage.text]


def merge_reporting(found: Iterable[Reporting]) -> tuple[Reporting, ...]:
    """Keep one duty for each pair: the first place, all frequencies (*định kỳ* only where none is more precise), the first deadline.

    A duty without recipient is dropped where the same sender has the same place with one.
    """
    merged: dict[tuple[str | None, str | None], Reporting] = {}
    for one in found:
        known = merged.get((one.from_, one.to))
        if known is None:
            merged[one.from_, one.to] = one
            continue
        frequency = tuple(dict.fromkeys((*known.frequency, *one.frequency)))
        if set(frequency) - {"định kỳ", "đột xuất"}:
            frequency = tuple(word for word in frequency if word != "định kỳ")
        merged[one.from_, one.to] = replace(known, frequency=frequency, deadline=known.deadline or one.deadline)
    return tuple(merged.values())
