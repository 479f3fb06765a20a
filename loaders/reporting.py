"""Who reports to whom, how often and by when: from duty statements, table rows, and sections on the reporting regime.

*báo cáo … với X*, *gửi Y để tổng hợp* make X and Y recipients of the one whose duty it is; in *gửi Y để tổng hợp, báo cáo Z* it is Y who
reports to Z. One fact for each pair; a duty that says how often but not to whom has no recipient, and is kept only where
reporting is what the statement begins with. *(qua Phòng X)* names a way, not a recipient.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from loaders.agencies import find_agencies
from loaders.agency_names import AgencyMention
from loaders.blocks import Node
from loaders.duties import Agent, DutyGrammar
from loaders.moments import masked_text, timing_words
from loaders.outline import walk
from loaders.passage import Passage
from loaders.recurrences import codes_of, find_recurrences
from loaders.sections import SectionWords
from loaders.tasks import TaskReading
from loaders.timing import find_timings
from loaders.wordlists import WordList, load_words
from ontology.records import Recurrence, Reporting, Role, Span, Task

_KINDS = ("report", "send", "toward", "adverb", "gather", "from_label", "to_label", "when_label", "frequency")


@cache
def reporting_words() -> WordList:
    """Return ``ontology/tables/reporting_words.csv``."""
    return load_words("reporting_words", _KINDS)


@dataclass(frozen=True, slots=True)
class _Agents:
    """Mentions that stand together (*A, B và C*) at ``[start, end)``."""

    start: int
    end: int
    mentions: tuple[AgencyMention, ...]


_BETWEEN = re.compile(r"(?:\s|,|/|&|\b(?:và|cùng|hoặc|đồng thời|trưởng|phó|đồng chí|lãnh đạo)\b)*")


def _listed(masked: str, mentions: Iterable[AgencyMention]) -> list[_Agents]:
    """Join mentions with only list words between them; those behind *qua* are a way, not an address."""
    lists: list[_Agents] = []
    for mention in mentions:
        if re.search(r"\b(?:thông\s+)?qua\s*$", masked[: mention.start]):
            continue
        if lists and _BETWEEN.fullmatch(masked, lists[-1].end, mention.start):
            lists[-1] = _Agents(lists[-1].start, mention.end, (*lists[-1].mentions, mention))
        else:
            lists.append(_Agents(mention.start, mention.end, (mention,)))
    return lists


@cache
def _verb() -> re.Pattern[str]:
    table = reporting_words()
    return re.compile(
        rf"(?<![^\W_])(?:(?P<send>{table.pattern('send')})|(?P<report>{table.pattern('report')}))(?![^\W_])"
    )


@cache
def _gap() -> re.Pattern[str]:
    """What may stand between *báo cáo* and whom it goes to."""
    table = reporting_words()
    filler = rf"(?:\s|,|\bvà\b|{table.pattern('adverb')}(?![^\W_]))*"
    return re.compile(rf"{filler}(?:(?:[^;.:()]|\([^()]{{0,60}}\)){{0,110}}?(?<![^\W_]){table.pattern('toward')}\s+)?")


_NOT_A_REPORT = re.compile(r"\bphối hợp\b|\bchủ trì\b|\bđề nghị\b|\btrình\b")


def find_reporting(
    passage: Passage,
    owners: Sequence[AgencyMention],
    mentions: Sequence[AgencyMention],
    *,
    rhythm: Sequence[Recurrence] = (),
) -> tuple[Reporting, ...]:
    """Return the reporting duties of one statement.

    ``owners`` are those whose duty it is; without any, the agents named before the verb in its sentence are. ``mentions`` are those of the
    passage. ``rhythm`` is how often, where the statement itself does not say (a table's time column).
    """
    masked = masked_text(passage.text)
    lists = _listed(masked, mentions)
    frequency = parse_frequency(passage.text) or tuple(frequency_words()[code] for code in rhythm)
    deadline = _deadline(passage)
    found: list[Reporting] = []
    reached: _Agents | None = None
    for verb in _verb().finditer(masked):
        addressed = _addressed(masked, verb, lists, reached)
        if addressed is None:
            continue
        onward = reached is not None and _gathered(masked, reached, verb)
        senders = (
            reached.mentions if onward and reached is not None else tuple(owners) or _subjects(masked, lists, verb)
        )
        span = passage.span(verb.start(), addressed.end)
        for sender in senders:
            found += [
                _reporting(sender, to, frequency, deadline, span) for to in addressed.mentions if to.name != sender.name
            ]
        reached = addressed
    if not found and frequency and _BEGINS_WITH_REPORT.match(masked):
        senders = tuple(owners) or tuple(lists[0].mentions if lists else ())
        end = len(passage.text.rstrip(" .;/"))
        found += [_reporting(sender, None, frequency, deadline, passage.span(0, end)) for sender in senders]
    return tuple(found)


_BEGINS_WITH_REPORT = re.compile(r"\W*(?:(?:định kỳ|thực hiện|chế độ|tổ chức)\s+(?:việc\s+|chế độ\s+)?)*báo cáo\b")


def _reporting(
    sender: AgencyMention, to: AgencyMention | None, frequency: tuple[str, ...], deadline: str | None, span: Span
) -> Reporting:
    return Reporting(
        sender.name,
        to.name if to is not None else None,
        frequency,
        deadline,
        span,
        sender.iri,
        to.iri if to is not None else None,
    )


def _addressed(masked: str, verb: re.Match[str], lists: Sequence[_Agents], reached: _Agents | None) -> _Agents | None:
    """Return the agents that a verb reports to: the first list behind it, if nothing but its object stands between."""
    target = next((one for one in lists if one.start >= verb.end()), None)
    if target is None or target is reached:
        return None
    between = masked[verb.end() : target.start]
    if not _gap().fullmatch(between) or _NOT_A_REPORT.search(between):
        return None
    if verb["send"] and "báo cáo" not in verb.group():
        spoken = _verb_report().search(masked, 0, verb.start()) is not None
        behind = re.match(rf"\s*\)?\s*,?\s*{reporting_words().pattern('gather')}", masked[target.end :])
        if not spoken and behind is None:
            return None
    return target


@cache
def _verb_report() -> re.Pattern[str]:
    return re.compile(reporting_words().pattern("report") + r"(?![^\W_])")


def _gathered(masked: str, reached: _Agents, verb: re.Match[str]) -> bool:
    """Tell whether the ones reached before gather and report on: *gửi Y (để) tổng hợp, báo cáo Z*."""
    between = masked[reached.end : verb.start()]
    return (
        re.fullmatch(rf"\s*,?\s*{reporting_words().pattern('gather')}\s*(?:,|và)?\s*(?:trình\s*,?\s*)?", between)
        is not None
    )


def _subjects(masked: str, lists: Sequence[_Agents], verb: re.Match[str]) -> tuple[AgencyMention, ...]:
    """Return the first agents named in the sentence of the verb, before it."""
    begin = max((m.end() for m in re.finditer(r"\.\s|;", masked[: verb.start()])), default=0)
    before = [one for one in lists if begin <= one.start and one.end <= verb.start()]
    return before[0].mentions if before else ()


# --- how often, by when --------------------------------------------------------------------------------------------


@cache
def frequency_words() -> dict[Recurrence, str]:
    """Return how each recurrence is written in a reporting duty."""
    return {Recurrence(words): value for words, value in reporting_words().values("frequency").items()}


def parse_frequency(text: str) -> tuple[str, ...]:
    """Return how often, in the words of the record; *định kỳ* only where nothing more precise is said.

    >>> parse_frequency("chế độ báo cáo định kỳ (06 tháng và hàng năm), đột xuất")
    ('6 tháng', 'năm', 'đột xuất')
    """
    masked = masked_text(text)
    mentions = find_recurrences(masked)
    if len(mentions) == 1 and mentions[0].weak and not re.search(r"\bbáo cáo\b", masked):
        return ()
    mentions = [m for m in mentions if not re.search(r"\btháng\s+(?:của\s+)?$", masked[: m.start])]  # tháng cuối quý
    codes = codes_of(mentions, masked)
    if len(codes) > 1 and any(code not in {Recurrence.PERIODIC, Recurrence.ADHOC} for code in codes):
        codes = tuple(code for code in codes if code is not Recurrence.PERIODIC)
    return tuple(frequency_words()[code] for code in codes)


@cache
def _due() -> re.Pattern[str]:
    bounds = timing_words().pattern("before", "until")
    return re.compile(
        rf"(?<![^\W_]){bounds}(?:\s+ngày)?\s+\d[^,;()]*|\bngày\s+\d{{1,2}}(?:\s*/\s*\d{{1,2}})?\s+(?:của\s+)?(?:h[ằà]ng|tháng)[^,;()]*"
    )


def _deadline(passage: Passage) -> str | None:
    """Return the deadlines that a statement prints, joined where it prints several."""
    found: list[str] = []
    for mention in find_timings(passage):
        masked = masked_text(passage.text[mention.start : mention.end])
        found += [
            passage.text[mention.start + m.start() : mention.start + m.end()].strip() for m in _due().finditer(masked)
        ]
    return "; ".join(dict.fromkeys(found)) or None


# --- a section on the reporting regime -----------------------------------------------------------------------------


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
            into += [m for one in _listed(masked, inside) for m in one.mentions]
            if kind == "to_label":
                span = passage.span(label.start(), len(passage.text.rstrip(" .;")))
                break  # "Đơn vị nhận báo cáo" is no "đơn vị báo cáo"
        frequency += parse_frequency(passage.text)
        deadline = _deadline(passage)
        deadlines += [deadline] if deadline else []
    if not senders or not receivers or span is None:
        return ()
    often = tuple(dict.fromkeys(frequency))
    if len(often) > 1 and set(often) - {"định kỳ", "đột xuất"}:
        often = tuple(word for word in often if word != "định kỳ")
    due = "; ".join(dict.fromkeys(deadlines)) or None
    return tuple(_reporting(sender, to, often, due, span) for sender in senders for to in receivers)


# --- a whole document ----------------------------------------------------------------------------------------------


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
    """Return the sections on reporting, each as the nodes below its heading."""
    return [
        list(walk(node))[1:]
        for node in walk(root)
        if node.paragraph is not None
        and node.children
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
