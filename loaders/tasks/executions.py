"""Clauses that give a duty in so many words, outside any section of duties: execution clauses and orders.

*Điều 3. Chánh Văn phòng, Giám đốc các sở … chịu trách nhiệm thi hành Quyết định này* binds every body it names; *Giao Sở X chủ trì …*, *Đề nghị
Mặt trận …* in a letter or a closing paragraph binds the one it is said to.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from loaders.figures.timing_mentions import find_first_timing
from loaders.names.agencies import find_agencies
from loaders.names.agency_names import AgencyMention
from loaders.tasks.duties import read_duty
from loaders.tasks.duty_clauses import opens_with_subject
from loaders.tasks.duty_values import Agent, Duty, DutyGrammar, group_mentions, once, with_role
from loaders.text.passage import Passage
from ontology.folding import UPPER, fold
from ontology.records import Role

_ACT = r"(?:quyết định|nghị quyết|chỉ thị|kế hoạch|thông tư|nghị định|chương trình|quy chế|quy định|đề án)"
_EXECUTION = re.compile(
    rf"(?:chịu|có) trách nhiệm (?:tổ chức )?(?:thi hành|thực hiện|triển khai)|thi hành {_ACT} này"
    rf"|căn cứ (?:vào )?(?:nội dung )?{_ACT}(?: này)? (?:để )?(?:tổ chức )?(?:thi hành|thực hiện|triển khai)"
)
_ORDER = re.compile(
    r"(?<![^\W_])(?<!theo )(?<!có )(?:giao(?!\s+(?:thông|ban|dịch|lưu|tiếp|nộp|đất|rừng))|đề nghị|yêu cầu)\s+(?!của\b)(?=\S)"
)
_NO_ORDER = re.compile(r"\W*(?:căn cứ|xét|theo đề nghị|kính gửi|tại)\b")
_NARRATED = re.compile(
    r"\W*(?:(?:sáng|chiều|tối|vào)\s+)?(?:ngày\s+\d{1,2}(?:\s*(?:và|,|-)\s*\d{1,2})?\s*(?:[/-]|tháng)|thời gian qua\b|trong thời gian qua\b|những năm qua\b)"
)
_CONVEYED = re.compile(
    r"(?<![^\W_])(?:xin\s+)?thông báo\s(?:[^.;]{0,160}\s)?(?:để|đến|tới)\s[^.;]{1,160}\sbiết(?![^\W_])"
)
"""*Văn phòng Chính phủ thông báo để các bộ biết, thực hiện*: who tells, and nothing to do."""
_TASKED = re.compile(r"\s*(?:\([^()]{0,80}\)\s*)?(?:(?:có|chịu) trách nhiệm|có nhiệm vụ|được giao)\b")


def is_execution(text: str) -> bool:
    """Tell whether a text says who executes the document it stands in.

    >>> is_execution("Giám đốc Sở Y tế căn cứ Quyết định thi hành."), is_execution("Sở Y tế có trách nhiệm chủ trì.")
    (True, False)
    """
    return _EXECUTION.search(fold(text)) is not None


_ORDERING = re.compile(
    r"(?<![^\W_])(?:giao|yêu cầu|chỉ đạo|đề nghị|chỉ thị|kết luận|quyết nghị|có ý kiến)(?![^\W_])(?:[^.;:]{0,200}(?:sau|việc|nhiệm vụ|nội dung|giải pháp)(?: đây)?)?\s*:\s*$"
)


def orders_what_follows(text: str) -> bool:
    """Tell whether a paragraph makes orders of the items behind it.

    >>> orders_what_follows("Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:"), orders_what_follows("Căn cứ Luật Đầu tư;")
    (True, False)
    """
    return text.rstrip().endswith(":") and _ORDERING.search(fold(text)) is not None


_SHORT_REST = 60


def only_executes(text: str) -> bool:
    """Tell whether a text says who executes a document and nothing more: no further clause follows.

    >>> only_executes("Các sở có trách nhiệm thi hành Quyết định này."), only_executes("Các sở có trách nhiệm thực hiện; báo cáo Sở Y tế.")
    (True, False)
    """
    found = _EXECUTION.search(fold(text))
    return found is not None and ";" not in text[found.end() :] and len(text) - found.end() < _SHORT_REST


_ORDER_WORD = re.compile(r"(?<![^\W_])(?:giao|yêu cầu|chỉ đạo|đề nghị)(?![^\W_])")


def names_whom(text: str, grammar: DutyGrammar) -> bool:
    """Tell whether bodies stand behind the last word of order of a paragraph; in *Thủ tướng Chính phủ yêu cầu:* they do not."""
    mentions = find_agencies(text, grammar.context, grammar.index)
    orders = [found.end() for found in _ORDER_WORD.finditer(fold(text))]
    return bool(orders) and any(mention.start >= orders[-1] for mention in mentions)


def is_narrated(text: str) -> bool:
    """Tell whether a paragraph tells what happened (*Ngày 01/7/2013, Bộ X ban hành …*), or only conveys it."""
    return _NARRATED.match(fold(text[:60])) is not None or _CONVEYED.search(fold(text)) is not None


def is_tasked(text: str, grammar: DutyGrammar) -> bool:
    """Tell whether a sentence begins with bodies and says that something is their responsibility."""
    mentions = find_agencies(text, grammar.context, grammar.index)
    if not mentions or not opens_with_subject(text, mentions, grammar.index):
        return False
    folded, first = fold(text), mentions[0].end
    return any(_TASKED.match(folded, one.end) for one in mentions if one.start - first < _LIST_REACH)


def read_article(passage: Passage, grammar: DutyGrammar, *, responsible: bool = False) -> tuple[Duty, ...]:
    """Read an article or a paragraph right under one: who leads, whose responsibility it states, or who executes the document.

    ``responsible``: the article is about responsibilities (*Điều 8. Trách nhiệm thi hành*), so that any verb of duty states one.
    """
    mentions = find_agencies(passage.text, grammar.context, grammar.index)
    folded = fold(passage.text)
    if (found := _EXECUTION.search(folded)) is not None:
        agents = tuple(Agent(m, passage.span(m.start, m.end)) for m in mentions if m.end <= found.start())
        given = with_role(agents, Role.IMPLEMENT, "phrase:chịu trách nhiệm thi hành")
        unique = {(g.agent.mention.iri, g.role): g for g in given}
        return (Duty(0, len(passage), tuple(unique.values())),) if unique else ()
    if _opens_with_order(folded, mentions):
        return read_orders(passage, grammar)
    tasked = is_tasked(passage.text, grammar) or (
        responsible
        and (opens_with_subject(passage.text, mentions, grammar.index) or _names_at_once(passage.text, mentions))
    )
    tasked = tasked or tells_at_once(passage.text, grammar)
    duties = read_duty(passage, grammar, subject_required=not tasked)
    return tuple(duty for duty in duties if tasked or any(given.role is Role.LEAD for given in duty.given))


def _opens_with_order(folded: str, mentions: Sequence[AgencyMention]) -> bool:
    """Tell whether a paragraph begins with an order, or with the one who gives it: *Hội đồng nhân dân tỉnh giao Ủy ban nhân dân tỉnh …*."""
    order = _ORDER.search(folded)
    if order is None:
        return False
    by = mentions[0].end if mentions and not folded[: mentions[0].start].strip() else 0
    return not folded[by : order.start()].strip() and (by == 0 or folded.startswith("giao", order.start()))


def _names_at_once(text: str, mentions: Sequence[AgencyMention]) -> bool:
    """Tell whether a paragraph is headed by bodies and a colon: *Các bộ, UBND các tỉnh: Xây dựng kế hoạch …*."""
    lists = group_mentions(text, mentions, semicolons=True)
    return bool(lists) and not text[: lists[0].start].strip() and re.match(r"\s*:", text[lists[0].end :]) is not None


_LIST_REACH = 200
"""Characters within which the last name of a subject stands that is a list."""


def tells_at_once(text: str, grammar: DutyGrammar) -> bool:
    """Tell whether a paragraph begins with an order and the one it is given to: *Giao Sở X …*, *Yêu cầu các sở …*."""
    order = _TELLS_AT_ONCE.match(fold(text[:40]))
    mentions = find_agencies(text, grammar.context, grammar.index) if order is not None else ()
    return bool(mentions) and order is not None and mentions[0].start <= order.end()


def has_order(text: str) -> bool:
    """Tell whether a paragraph orders something: *Giao …*, *Đề nghị …*, *Yêu cầu …*."""
    return _ORDER.search(fold(text)) is not None


def is_basis(text: str) -> bool:
    """Tell whether a paragraph of the head is a basis, an address or a title, where words of order order nothing."""
    return text.isupper() or _NO_ORDER.match(fold(text[:40])) is not None


def ends_basis(text: str) -> bool:
    """Tell whether a paragraph is one of a list of bases: it opens as one, and more follows behind its semicolon or comma."""
    return text.rstrip().endswith((";", ",")) and is_basis(text)


_OPENING = re.compile(r"\W*trên đây là\b[^.]*?,\s*")


def _without_opening(sentence: Passage, grammar: DutyGrammar) -> Passage:
    """Return a sentence without *Trên đây là Kế hoạch …,* before who orders, or before the order."""
    folded = fold(sentence.text)
    order = _ORDER.search(folded)
    if order is None or not _OPENING.match(folded, 0, order.start()):
        return sentence
    mentions = find_agencies(sentence.text, grammar.context, grammar.index)
    by = next((m for m in mentions if not folded[m.end : order.start()].strip() and m.end <= order.start()), None)
    return sentence.cut(by.start if by is not None else order.start())


def read_orders(passage: Passage, grammar: DutyGrammar) -> tuple[Duty, ...]:
    """Read a paragraph sentence by sentence: each *giao / đề nghị / yêu cầu X …* is a duty of X.

    Orders that a semicolon parts are duties of their own; a sentence that names nobody but says by when belongs to the one before.
    """
    duties: list[Duty] = []
    start = 0
    for end in [m.end() for m in re.finditer(rf"\.\s+(?=[{UPPER}])|$", passage.text)]:
        part = _without_opening(passage.cut(start, end), grammar)
        at = passage.text.index(part.text, start)
        read = [duty for low, high in _order_stretches(part.text) for duty in _read_stretch(part, low, high, grammar)]
        if read:
            duties += [replace(duty, start=at + duty.start, end=at + duty.end) for duty in read]
        elif duties and duties[-1].end >= len(passage.text[:start].rstrip()) and find_first_timing(part) is not None:
            duties[-1] = replace(duties[-1], end=at + len(part))  # "Thời hạn: trước ngày 28/9."
        start = end
    return tuple(duties)


def _order_stretches(text: str) -> list[tuple[int, int]]:
    """Return the parts of a sentence that begin with an order behind a semicolon; the first has what comes before."""
    folded = fold(text)
    cuts = [m.start() for m in _ORDER.finditer(folded) if folded[: m.start()].rstrip().endswith(";")]
    return list(pairwise([0, *cuts, len(text)]))


def _read_stretch(sentence: Passage, low: int, high: int, grammar: DutyGrammar) -> list[Duty]:
    """Return the duty of one order, with all whom its words tell to act."""
    part = sentence.cut(low, high)
    at = sentence.text.index(part.text, low)
    orders = [*(m.start() for m in _ORDER.finditer(fold(part.text))), len(part)]
    pieces = [part.cut(start, end) for start, end in pairwise(orders)]
    if len(orders) == 1 and is_tasked(part.text, grammar):
        pieces = [part]
    read = [duty for piece in pieces for duty in read_duty(piece, grammar)]
    given = once([item for duty in read for item in duty.given])
    submit = next((duty.submit_to for duty in read if duty.submit_to is not None), None)
    return [Duty(at, at + len(part), given, submit)] if given else []


def read_among_figures(passage: Passage, grammar: DutyGrammar, *, ordered: bool) -> tuple[Duty, ...]:
    """Read a paragraph about money: the sentences that say who leads or that order somebody.

    ``ordered``: it is one of a list of orders, so that a subject with any verb of duty has one.
    """
    duties: list[Duty] = []
    start = 0
    for end in [m.end() for m in re.finditer(rf"\.\s+(?=[{UPPER}])|$", passage.text)]:
        part = passage.cut(start, end)
        mentions = find_agencies(part.text, grammar.context, grammar.index)
        bare = is_tasked(part.text, grammar) or (ordered and opens_with_subject(part.text, mentions, grammar.index))
        if _FIRST_ORDER.match(fold(part.text[:20])):
            read = read_orders(part, grammar)
        else:
            read = read_duty(part, grammar, subject_required=not bare)
            read = tuple(d for d in read if bare or any(given.role is Role.LEAD for given in d.given))
        at = passage.text.index(part.text, start)
        duties += [replace(duty, start=at + duty.start, end=at + duty.end) for duty in read]
        start = end
    return tuple(duties)


_FIRST_ORDER = re.compile(r"\W*(?:giao|yêu cầu)\s+(?!của\b)")
_TELLS_AT_ONCE = re.compile(r"\W*(?:giao(?:\s+(?:nhiệm vụ|trách nhiệm))?(?:\s+cho)?|yêu cầu|đề nghị)\s*:?\s*")
"""*Đề nghị Mặt trận … tham gia giám sát*, *Giao Sở X theo dõi …*: nothing but the order before the one it is given to."""
