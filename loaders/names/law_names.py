"""Laws cited by name: *Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015*, *Luật Đầu tư công số 39/2019/QH14*, *Bộ luật Lao động năm 2019*.

A name has no closing mark. It ends where a registered name ends, or before its date or number, or at the first word or sign that
no name of a law goes over. *Luật sửa đổi, bổ sung một số điều của Luật A và Luật B* is one law; the laws inside its name are kept.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.citations.citation_grammar import CitationGrammar, Cited, find_numbered, read_subject, read_tail
from loaders.names.agency_index import split_words
from loaders.text.anchors import Anchored
from ontology.folding import UPPER, fold, fold_plain_in_place

_LAW = re.compile(
    rf"(?<![^\W\d])(?<!/)(?:Bộ\s+[Ll]uật|BỘ\s+LUẬT|Luật|LUẬT|Pháp\s+lệnh|PHÁP\s+LỆNH|Hiến\s+pháp|HIẾN\s+PHÁP)(?:\s{{1,3}}(?=\w)|(?<=[Ll]uật)(?=\s?:\s)|(?<=Luật)(?=[{UPPER}][^\W\d_{UPPER}]))"  # "LuậtTổ chức …": a lost blank
)
_LAWS = Anchored(re.compile(r"B(?=[ộỘ]\s)|L(?=[uU][ậẬ])|P(?=[hH][áÁ])|H(?=[iI][ếẾ])"), _LAW)
_MANY = re.compile(r"(?:các|CÁC|Các)\s$")
_COLON = re.compile(rf"\s?:\s{{1,3}}(?=[{UPPER}])")
_JOINT = re.compile(rf"\s{{0,3}}(?:[;,]|\svà|[;,]\s{{0,3}}và)\s{{1,3}}(?=[{UPPER}])")
_NOT_A_LAW = re.compile(
    r"(?:pháp|hội|học|khoa|trường|viện|ngành|nhà|tiến\s+sĩ|thạc\s+sĩ|cử\s+nhân|dự\s+án|dự\s+thảo|hệ\s+thống|báo)\s{1,3}$"
)
_REACH = 260
_AMENDING = re.compile(r"(?:sửa\s+đổi|bổ\s+sung)")
_ANCHOR = re.compile(
    r"\s*,?\s*\(?(?=(?:luật\s+)?(?:số|so)\s{0,3}:?\s{0,3}\d|ngày\s|năm\s+\d{4}|(?:đã\s+)?được\s+(?:quốc\s+hội|ủy\s+ban\s+thường\s+vụ))"
    r"|\s+(?=(?:19|20)\d\d(?![\d/.]))"
)
_CAPITAL = re.compile(rf"(?:Bộ luật|Luật|Pháp lệnh)\s+[{UPPER}]")
_SIGN = re.compile(r"[;:()\n“”\"]|\.(?=\s|$)|\./")
# What no name of a law goes over, although it may hold "theo", "của", "về": a verb with its object begins here.
_VERB = re.compile(
    r"\s(?:quy\s+định\s+(?:tại|về|chi\s+tiết)|được|đã|nhằm|để|có\s+hiệu\s+lực|hiện\s+hành|này|nêu|thì|là|phải|do|khi|trên\s+địa\s+bàn|trong\s+việc|"
    r"và\s+(?:các|quy|những|văn\s+bản|pháp\s+luật|hướng\s+dẫn)|cùng|và\s+theo)(?=\s|$)"
)
_BARE_YEAR = re.compile(r"\s+(?P<year>(?:19|20)\d\d)(?![\d/.])")
_NUMBER_LEAD = re.compile(r"\s*,?\s*\(?(?:[Ll]uật\s+)?(?:số|SỐ)\s{0,3}:?\s{0,3}")


def find_laws(text: str, grammar: CitationGrammar) -> list[Cited]:
    """Return the laws cited by name in ``text``, in order; laws inside the name of another are its ``inner``."""
    found: list[Cited] = []
    at = 0
    for opening in _LAWS.finditer(text):
        if opening.start() < at:
            continue
        listed = _MANY.search(text, max(0, opening.start() - 5), opening.start()) is not None
        colon = _COLON.match(text, opening.end())
        if colon is not None and listed:
            law = _listed_law(text, opening.start(), colon.end(), grammar)
        else:
            law = _law_at(text, opening, grammar) if text[opening.end()].isalnum() else None
        while law is not None:
            found.append(law)
            at = law.end
            more = _JOINT.match(text, at) if listed else None
            law = _listed_law(text, more.end(), more.end(), grammar) if more is not None else None
    return found


def _listed_law(text: str, start: int, begin: int, grammar: CitationGrammar) -> Cited | None:
    """Read a law in a list whose word stands once (*các Luật: Đầu tư công ngày …; Ngân sách nhà nước ngày …*).

    Its name begins at ``begin``, the citation at ``start``; only a registered name, or one with its date or number behind it, is a law.
    """
    window = fold(text[begin : begin + _REACH])
    if _LAW.match(text, begin) or grammar.type_word.match(fold_plain_in_place(text[begin : begin + 40])):
        return None
    listed = _registered_end(window, "luật", grammar)
    if listed is None and grammar.index.names.matches(split_words(text[begin : begin + 80]), 0):
        return None  # "các Luật Đầu tư công, Sở Tài chính báo cáo ngày …"
    end, anchored = _name_end(window, listed, False)
    if end < 3 or not (anchored or listed is not None):
        return None
    printed = text[begin : begin + end].rstrip(" ,")
    return _with_tail(text, start, begin + len(printed), "Luật", printed, False, grammar)


def _law_at(text: str, opening: re.Match[str], grammar: CitationGrammar) -> Cited | None:
    begin = opening.end()
    if _NOT_A_LAW.search(fold(text[max(0, opening.start() - 16) : opening.start()])):
        return None
    word = fold(" ".join(opening.group().split()))
    window = fold(text[begin : begin + _REACH])
    amending = bool(_AMENDING.match(window))
    capitals = opening.group().isupper()
    if word == "hiến pháp":
        return _constitution(text, opening, window, grammar)
    listed = _registered_end(window, word, grammar)
    if not (text[begin].isupper() or amending or listed is not None):
        return None
    name_end, anchored = _name_end(window, listed, amending)
    if name_end < 3 or (capitals and not anchored and listed is None):
        return None
    printed = text[begin : begin + name_end].rstrip(" ,")
    type_ = word[0].upper() + word[1:]
    return _with_tail(text, opening.start(), begin + len(printed), type_, printed, amending, grammar)


_STATE = re.compile(r"(?:của\s+)?nước\s+cộng\s+hòa\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam")


def _constitution(text: str, opening: re.Match[str], window: str, grammar: CitationGrammar) -> Cited | None:
    """Read *Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam*, *Hiến pháp năm 2013*; *Hiến pháp và pháp luật* cites nothing in particular."""
    if state := _STATE.match(window):
        printed = text[opening.end() : opening.end() + state.end()]
        return _with_tail(text, opening.start(), opening.end() + state.end(), "Hiến pháp", printed, False, grammar)
    if re.match(r"(?:năm\s+)?(?:19|20)\d\d", window):
        return _with_tail(text, opening.start(), opening.end() - 1, "Hiến pháp", "", False, grammar)
    return None


def _registered_end(window: str, word: str, grammar: CitationGrammar) -> int | None:
    """Return where a registered name ends in the folded window behind the type word."""
    flat = " ".join(f"{word} {window}".split())
    for name in grammar.laws:
        if flat.startswith(name) and not flat[len(name) : len(name) + 1].isalnum():
            pattern = r"\s+".join(map(re.escape, name.split()[len(word.split()) :]))
            found = re.match(pattern, window)
            return found.end() if found else None
    return None


def _name_end(window: str, listed: int | None, amending: bool) -> tuple[int, bool]:
    """Return where the name ends, and whether a date or number stands right behind it."""
    sign = _SIGN.search(window)
    limit = sign.start() if sign else len(window)
    if listed is not None and _ANCHOR.match(window, listed):
        return listed, True
    for joint in re.finditer(
        r"(?:,|\svà|\scủa|\stheo|\stại)\s+(?:các\s+)?(?=luật\s|bộ\s+luật\s|pháp\s+lệnh\s|nghị\s|thông\s|quyết\s|hiến\s)",
        window[:limit],
    ):
        if not (amending and re.match(r"luật|bộ|pháp", window[joint.end() :])):
            limit = joint.start()
            break
    verb = _VERB.search(window, 0, limit)
    while verb is not None and amending and verb.group().strip() == "được":
        verb = None
    if verb is not None:
        limit = verb.start() if not _ANCHOR.match(window, verb.start()) else limit
    anchor = _ANCHOR.search(window, 0, limit + 1)
    while anchor is not None and anchor.start() == 0:
        anchor = _ANCHOR.search(window, 1, limit + 1)
    if anchor is not None and anchor.start() <= limit and not (listed and "," in window[listed : anchor.start()]):
        return anchor.start(), True
    if listed is not None:
        return listed, False
    comma = window.find(",", 0, limit)
    if comma >= 0 and not amending:
        limit = comma
    return limit, False


def _with_tail(
    text: str, start: int, end: int, type_: str, printed: str, amending: bool, grammar: CitationGrammar
) -> Cited:
    number = next(_number_behind(text, end, grammar), None)
    day = None
    at = number.end if number else end
    if number and "(" in text[end : number.start + 2] and text[at : at + 1] == ")":
        at += 1
    tail = read_tail(text, at, grammar)
    day, issuer, at = (number.date if number else None) or tail.date, tail.issuer, tail.end
    if number is not None and number.issuer is not None:
        issuer = issuer or number.issuer
    if day is None and (year := _BARE_YEAR.match(text, at)):
        day, at = year["year"], year.end()
    subject, topic = read_subject(text, at, grammar)
    return Cited(
        start,
        at,
        number.number if number else None,
        type_,
        number.serial if number else "",
        number.year if number else None,
        number.symbols if number else (),
        day,
        issuer,
        subject if subject and not amending else None,
        topic,
        name=" ".join(f"{type_} {printed}".split()),
        inner=tuple(_inner_laws(printed)) if amending else (),
    )


def _number_behind(text: str, end: int, grammar: CitationGrammar) -> Iterator[Cited]:
    """Yield the number right behind the name (*Luật Đầu tư công số 39/2019/QH14*), read as a citation of its own."""
    lead = _NUMBER_LEAD.match(text, end)
    if lead is None:
        return
    for cited in find_numbered(text[end : end + 140], grammar):
        if cited.number is not None and end + cited.start <= lead.end():
            yield replace(cited, start=cited.start + end, end=cited.end + end, subject=None, topic=0)
        return


def _inner_laws(printed: str) -> Iterator[str]:
    """Yield the names of the laws inside the name of an amending law."""
    parts = re.split(r"(?:,|\svà|\scủa(?:\scác)?)\s+(?=(?:Bộ luật|Luật|Pháp lệnh)\s)", printed)
    for part in parts[1:]:
        name = re.split(r",\s+(?=[A-ZĐ])|\s(?:ngày|số|năm)\s", part)[0].strip(" ,")
        if _CAPITAL.match(name):
            yield " ".join(name.split())
