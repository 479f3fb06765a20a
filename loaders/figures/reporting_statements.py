"""One statement that says who reports to whom.

*báo cáo … với X*, *gửi Y để tổng hợp* make X and Y recipients of the one whose duty it is; in *gửi Y để tổng hợp, báo cáo Z* it is Y who
reports to Z, how often is not said. A duty that says how often but not to whom has no recipient, and is kept only where reporting is what the
statement begins with. *(qua Phòng X)* names a way, not a recipient.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from loaders.figures.moments import masked_text
from loaders.figures.report_frequency import find_deadline, frequency_words, parse_frequency, reporting_words
from loaders.names.agency_names import AgencyMention
from loaders.text.passage import Passage
from ontology.records import Recurrence, Reporting, Span


@dataclass(frozen=True, slots=True)
class AgentList:
    """Mentions that stand together (*A, B và C*) at ``[start, end)``."""

    start: int
    end: int
    mentions: tuple[AgencyMention, ...]


_BETWEEN = re.compile(r"(?:\s|,|/|&|\b(?:và|cùng|hoặc|đồng thời|trưởng|phó|đồng chí|lãnh đạo)\b)*")


def listed(masked: str, mentions: Iterable[AgencyMention]) -> list[AgentList]:
    """Join mentions with only list words between them; those behind *qua* are a way, not an address."""
    lists: list[AgentList] = []
    for mention in mentions:
        if re.search(r"\b(?:thông\s+)?qua\s*$", masked[max(0, mention.start - 16) : mention.start]):
            continue
        if lists and _BETWEEN.fullmatch(masked, lists[-1].end, mention.start):
            lists[-1] = AgentList(lists[-1].start, mention.end, (*lists[-1].mentions, mention))
        else:
            lists.append(AgentList(mention.start, mention.end, (mention,)))
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


_NOT_A_REPORT = re.compile(
    r"\bphối hợp\b|\bchủ trì\b|\bđề nghị\b|(?<!chương )(?<!quy )(?<!công )(?<!quá )(?<!tiến )(?<!lộ )\btrình\b"
)


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
    lists = listed(masked, mentions)
    frequency = parse_frequency(passage.text) or tuple(frequency_words()[code] for code in rhythm)
    deadline = find_deadline(passage)
    found: list[Reporting] = []
    reached: AgentList | None = None
    for verb in _verb().finditer(masked):
        addressed = _addressed(masked, verb, lists, reached)
        if addressed is None:
            continue
        onward = reached is not None and _gathered(masked, reached, verb)
        senders = (
            reached.mentions if onward and reached is not None else tuple(owners) or _subjects(masked, lists, verb)
        )
        span = passage.span(verb.start(), addressed.end)
        when: tuple[tuple[str, ...], str | None] = ((), None) if onward else (frequency, deadline)
        for sender in senders:
            found += [make_reporting(sender, to, *when, span) for to in addressed.mentions if to.name != sender.name]
        reached = addressed
    if not found and frequency and _BEGINS_WITH_REPORT.match(masked):
        senders = tuple(owners) or tuple(lists[0].mentions if lists else ())
        end = len(passage.text.rstrip(" .;/"))
        found += [make_reporting(sender, None, frequency, deadline, passage.span(0, end)) for sender in senders]
    return tuple(found)


_BEGINS_WITH_REPORT = re.compile(r"\W*(?:(?:định kỳ|thực hiện|chế độ|tổ chức)\s+(?:việc\s+)?)*báo cáo\b")


def make_reporting(
    sender: AgencyMention, to: AgencyMention | None, frequency: tuple[str, ...], deadline: str | None, span: Span
) -> Reporting:
    """Return the duty of one sender to one recipient."""
    return Reporting(
        sender.name,
        to.name if to is not None else None,
        frequency,
        deadline,
        span,
        sender.iri,
        to.iri if to is not None else None,
    )


def _addressed(
    masked: str, verb: re.Match[str], lists: Sequence[AgentList], reached: AgentList | None
) -> AgentList | None:
    """Return the agents that a verb reports to: the first list behind it, if nothing but its object stands between."""
    first = bisect_left(lists, verb.end(), key=lambda one: one.start)
    target = lists[first] if first < len(lists) else None
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


def _gathered(masked: str, reached: AgentList, verb: re.Match[str]) -> bool:
    """Tell whether the ones reached before gather and report on: *gửi Y (để) tổng hợp, báo cáo Z*."""
    between = masked[reached.end : verb.start()]
    gather = rf"(?:\([^()]{{0,60}}\)|[^;.()]){{0,80}}?(?<![^\W_]){reporting_words().pattern('gather')}\s*(?:,|và)?\s*(?:trình\s*,?\s*)?"
    return re.fullmatch(gather, between) is not None


def _subjects(masked: str, lists: Sequence[AgentList], verb: re.Match[str]) -> tuple[AgencyMention, ...]:
    """Return the first agents named in the sentence of the verb, before it."""
    begin = max(masked.rfind(";", 0, verb.start()), masked.rfind(". ", 0, verb.start())) + 1
    at = bisect_left(lists, begin, key=lambda one: one.start)
    return lists[at].mentions if at < len(lists) and lists[at].end <= verb.start() else ()
