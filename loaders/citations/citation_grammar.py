"""How one citation is written: type word, number, date, issuer, subject, in the orders that drafters use.

A citation is read outwards from its number: the type word is looked for in a short window before it, date and issuer are parsed
right behind it, so reading takes time in proportion to the text. Nothing here decides relations or identities.
"""

import re
from dataclasses import dataclass, replace

from loaders.citations.document_dates import parse_date_at
from loaders.citations.document_numbers import DocumentNumber, SymbolTable, find_numbers
from loaders.citations.relation_words import RelationWords, load_relation_words
from loaders.names.agency_index import AgencyIndex, NameTree
from loaders.names.issuers import IssuerPhrase, find_issuer
from loaders.names.programmes import build_programme_tree
from loaders.text.wordlists import any_of
from ontology.folding import UPPER, fold, fold_plain, fold_plain_in_place

_BEFORE = 76
_SUBJECT_REACH = 900
_OF = re.compile(r"\s{0,3},?\s{0,3}(?:của|CỦA|do|DO)\s+", re.UNICODE)
_LEAD_IN = re.compile(r"\s{0,4}[,(]?\s{0,3}(?:(?:được\s+)?(?:ban\s+hành|ký)\s+)?(?=ngày|NGÀY|Ngày|ngay\s)")
_LEAD_IN_LOOSE = re.compile(r"\s{0,4}[,(]?\s{0,3}(?=năm\s|tháng\s|NĂM\s|THÁNG\s)")
_PASSED = re.compile(
    r"\s{0,3},?\s{0,3}(?:đã\s+)?được\s+(?:Quốc\s+hội|Ủy\s+ban\s+[Tt]hường\s+vụ\s+Quốc\s+hội)(?P<between>[^;.]{0,120}?)\s"
    r"thông\s+qua\s+(?=ngày)"
)
# What may stand between an issuer and the subject: the term of a council or congress, the number of a session.
_TERM = re.compile(
    r"(?:\s*(?:,\s*)?(?:\(\s*)?(?:khóa|khoá|nhiệm\s+kỳ|kỳ\s+họp(?:\s+thứ)?|lần\s+thứ)\s+(?:[IVXL]+\b|\d[\d\s–-]{0,12}|thứ\s+\w+)(?:\s*\))?){1,3}",
    re.IGNORECASE,
)
_SUBJECT_END = re.compile(
    r";|\.(?=\s|$)|\./|\n|\s\((?:sau\s+đây|viết\s+tắt|gọi\s+tắt|dưới\s+đây|Sau\s+đây)|\)(?=\s*[;.,]|\s*$)"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as printed at ``text[start:end]``; ``name`` is that of a law cited by name (*Luật Tổ chức Chính phủ*).

    ``topic`` is the end of its subject, ``end`` where there is none; ``inner`` are laws named inside the name of this one.
    """

    start: int
    end: int
    number: str | None
    type: str | None
    serial: str = ""
    year: str | None = None
    symbols: tuple[str, ...] = ()
    date: str | None = None
    issuer: IssuerPhrase | None = None
    subject: str | None = None
    topic: int = 0
    name: str | None = None
    inner: tuple[str, ...] = ()
    worded: bool = True
    """Whether a type word is printed; without one, *Số: 293/QĐ-LĐTBXH* at the top of a page is no citation."""
    short: bool = False
    """Named by type and serial alone (*Quyết định 1722*): only a fuller mention in the same text makes it a citation."""


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands behind a number or a law's name: date, issuer, and where they end."""

    end: int
    date: str | None
    issuer: IssuerPhrase | None


@dataclass(frozen=True, slots=True)
class CitationGrammar:
    """The registry prepared for reading citations; built once and passed along."""

    index: AgencyIndex
    words: RelationWords
    symbols: SymbolTable
    types: dict[str, str]
    """Folded type words (accents dropped) → official name of the type."""
    generic: dict[str, str]
    """Folded words for a document of any type → the type where the symbol tells none."""
    type_before: re.Pattern[str]
    type_loose: re.Pattern[str]
    """A type word with words between it and *số*: *Kế hoạch liên ngành số …*."""
    type_word: re.Pattern[str]
    type_of: re.Pattern[str]
    laws: dict[str, str]
    """Folded names of laws, longest first → official name."""
    programmes: NameTree

    def type_of_symbol(self, symbol: str) -> str | None:
        """Return the type that the first symbol of a number stands for, if it is one."""
        found = self.index.registry.types_of_symbol(symbol)
        exact = [type_ for type_ in found if symbol in type_.symbols] or found  # HĐ is no HD
        return next((type_.name for type_ in exact if fold(type_.name) not in self.words.uncited), None)


def build_citation_grammar(index: AgencyIndex) -> CitationGrammar:
    """Prepare a registry for reading citations."""
    registry, known = index.registry, load_relation_words()
    types: dict[str, str] = {}
    for type_ in registry.document_types.values():
        for word in (type_.name, *type_.short_forms):
            if fold(type_.name) not in known.uncited:
                types.setdefault(fold_plain(word), type_.name)
    generic = {fold_plain(word): type_ for word, type_ in known.generic.items()}
    bodies = (*registry.bodies.values(), *registry.units.values())
    symbols = SymbolTable(
        (symbol for type_ in registry.document_types.values() for symbol in type_.symbols),
        (
            *(symbol for agency in registry.agencies.values() for symbol in agency.symbols),
            *(symbol for body in bodies for symbol in body.symbols),
        ),
    )
    any_type = any_of([*types, *generic])
    numbered = any_of(plain for t in registry.document_types.values() if (plain := fold_plain(t.name)) in types)
    laws: dict[str, str] = {}
    for law in registry.laws.values():
        for name in (law.name, *law.names):
            laws.setdefault(fold(name), law.name)
    return CitationGrammar(
        index=index,
        words=known,
        symbols=symbols,
        types=types,
        generic=generic,
        type_before=re.compile(rf"(?<![^\W\d])(?P<type>{any_type})\s{{0,3}}(?P<so>s[o06]\b)?\s{{0,3}}[:.]?\s{{0,3}}$"),
        type_loose=re.compile(
            rf"(?<!\w)(?P<type>{numbered})(?P<extra>(?:\s+(?!cua\b|so\b|nay\b|va\b)[a-z]+){{1,4}})\s+so\s{{0,2}}:?\s{{0,3}}$"
        ),
        type_word=re.compile(rf"(?<!\w){numbered}(?!\w)"),
        type_of=re.compile(
            rf"(?<!\w)(?P<type>{numbered})\s+cua\s+(?P<of>[^\s;:.(][^;:.(]{{1,88}}?[^\s;:.(])\s+\(?so\s{{0,2}}:?\s{{0,3}}$"
        ),
        laws=dict(sorted(laws.items(), key=lambda item: (-len(item[0]), item[0]))),
        programmes=build_programme_tree(registry),
    )


def find_numbered(text: str, grammar: CitationGrammar) -> list[Cited]:
    """Return the citations with a number in ``text``, in order."""
    if "/" not in text:
        return []
    found: list[Cited] = []
    for number in find_numbers(text, grammar.symbols):
        floor = found[-1].end if found else 0
        if (serials := _SHARED.search(text, max(floor, number.start - _BEFORE), number.start)) is not None:
            found.extend(_with_one_tail(text, number, serials, grammar, floor))
        elif (cited := _around(text, number, grammar, floor)) is not None:
            found.append(cited)
    return found


# "các Nghị quyết số 09, 10/2022/NQ-HĐND": several serials before one tail.
_SHARED = re.compile(
    r"(?<=[sS]ố)\s{0,3}:?\s{0,3}(?P<serials>(?:\d{1,4}[a-z]?\s{0,2}(?:[,;]|\svà|[,;]\s{0,2}và)\s{0,3}(?:số\s{1,3})?){1,12})$"
)


def _with_one_tail(
    text: str, number: DocumentNumber, serials: re.Match[str], grammar: CitationGrammar, floor: int
) -> list[Cited]:
    """Return a citation for each serial of a list whose tail (year, symbols, date, issuer) stands behind the last."""
    whole = _around(text, replace(number, start=serials.start("serials")), grammar, floor)
    if whole is None or number.value is None:
        return []
    tail = number.value[len(number.serial) :]
    found: list[Cited] = []
    for printed in re.finditer(r"\d+[a-z]?", text[: serials.end("serials")][serials.start("serials") :]):
        start, end = serials.start("serials") + printed.start(), serials.start("serials") + printed.end()
        one = replace(whole, start=start, end=end, number=printed.group() + tail, serial=printed.group())
        found.append(replace(one, start=start if found else whole.start, subject=None, topic=end))
    return [*found, replace(whole, start=number.start)]


# "mẫu số 01/BC-GN" numbers a form, "mã số" a file.
_FORM = re.compile(r"(?<!\w)(?:mau|bieu|bieu mau|ma|bang|quyen|phu luc|ho so)\s+so\s{0,3}:?\s{0,3}$")


def _around(text: str, number: DocumentNumber, grammar: CitationGrammar, floor: int) -> Cited | None:
    low = max(floor, number.start - _BEFORE)
    plain = fold_plain_in_place(text[low : number.start])
    if number.value is None:  # "số      /KH-UBND": the word *số* is part of the match
        plain += "so "
    type_, start, before = None, number.start, None
    if _FORM.search(plain):
        return None
    if word := grammar.type_before.search(plain):
        start = low + word.start()
        plain_word = " ".join(word["type"].split())
        type_ = grammar.types.get(plain_word)
        if type_ is None:
            type_ = grammar.type_of_symbol(number.symbol) or grammar.generic[plain_word]
        elif wider := _said_before(plain, word.start(), number, type_, grammar):
            type_, start = wider[0], low + wider[1]
    elif loose := grammar.type_loose.search(plain):
        type_, start = grammar.types[" ".join(loose["type"].split())], low + loose.start()
    elif inverted := _inverted(text, number, grammar, floor):
        type_, start, before = inverted
    elif label := re.search(r"(?<!\w)so\s{0,3}[:.]?\s{0,3}$", plain):
        start = low + label.start()
    if number.value is None:
        start = min(start, number.start)
    worded = type_ is not None
    if type_ is None:
        type_ = grammar.type_of_symbol(number.symbol)
        assembly = "QH" in number.symbol
        if not number.sure or (len(number.symbols) < 2 and not number.year) or (type_ is None and not assembly):
            return None
    tail = read_tail(text, number.end, grammar, joint=_is_joint(type_, number))
    if tail.issuer is not None and _belongs_elsewhere(number, tail.issuer, grammar):
        tail = read_tail(text[: tail.issuer.start], number.end, grammar)
    issuer = tail.issuer or before or _submitter(text, start, grammar) or _who_issues(text, start, grammar)
    subject, topic = read_subject(text, tail.end, grammar)
    return Cited(
        start,
        tail.end,
        number.value,
        type_,
        number.serial,
        number.year,
        number.symbols,
        tail.date,
        issuer,
        subject,
        topic,
        worded=worded,
    )


_SUBMITTED = re.compile(r"\stại\s+(?:các\s+)?$")


def _submitter(text: str, start: int, grammar: CitationGrammar) -> IssuerPhrase | None:
    """Read *đề nghị của Sở Nội vụ tại Tờ trình số …*: who speaks in a document is named before it."""
    low = max(0, start - 130)
    window = text[low:start]
    at = window.rfind("của ")
    end = _SUBMITTED.search(window)
    if end is None or at < 0:
        return None
    issuer = find_issuer(text, low + at + 4, grammar.index, grammar.words)
    return issuer if issuer is not None and issuer.end == low + end.start() else None


_ISSUED = re.compile(r"(?:\s+(?:đã|vừa|mới))?\s+(?:ký\s+)?(?:ban hành|thông qua)\s+(?:các\s+)?$")
_CAPITAL = re.compile(rf"(?<!\w)(?=[{UPPER}])")


def _who_issues(text: str, start: int, grammar: CitationGrammar) -> IssuerPhrase | None:
    """Read *Bộ Chính trị đã ban hành Nghị quyết số …*: who issues a document is the subject before it."""
    low = max(0, start - 90)
    said = _ISSUED.search(text, low, start)
    if said is None:
        return None
    for opening in _CAPITAL.finditer(text, low, said.start()):
        issuer = find_issuer(text, opening.start(), grammar.index, grammar.words)
        if issuer is not None and issuer.targets and issuer.end == said.start():
            return issuer
    return None


def _said_before(
    plain: str, end: int, number: DocumentNumber, type_: str, grammar: CitationGrammar
) -> tuple[str, int] | None:
    """Return the type of the symbol where its word stands before another: *Thông báo kết luận số 123-TB/TU* is a *Thông báo*."""
    by_symbol = grammar.type_of_symbol(number.symbol)
    if by_symbol is None or by_symbol == type_:
        return None
    at = plain.rfind(fold_plain(by_symbol), max(0, end - 26), end)
    joined = at >= 0 and re.fullmatch(r"[a-z\s]*", plain[at:end]) and (at == 0 or not plain[at - 1].isalnum())
    return (by_symbol, at) if joined else None


def _belongs_elsewhere(number: DocumentNumber, issuer: IssuerPhrase, grammar: CitationGrammar) -> bool:
    """Tell whether a state body stands behind a Party number: *Kế hoạch thực hiện Chỉ thị số 05-CT/TW của Chính phủ* is the Chính phủ's plan."""
    agencies = grammar.index.registry.agencies
    kinds = {agencies[target.id].kind for target in issuer.targets if target.id in agencies}
    return number.is_party and bool(kinds) and "party" not in kinds


def _is_joint(type_: str | None, number: DocumentNumber) -> bool:
    return number.symbol.endswith("LT") or len(number.symbols) > 2 or (type_ is not None and "liên tịch" in type_)


def _inverted(
    text: str, number: DocumentNumber, grammar: CitationGrammar, floor: int
) -> tuple[str, int, IssuerPhrase] | None:
    """Read *Quyết định của Thủ tướng Chính phủ số 1722/QĐ-TTg*: the issuer between type and number."""
    low = max(floor, number.start - 2 * _BEFORE)
    window = fold_plain_in_place(text[low : number.start])
    found = grammar.type_of.search(window)
    if found is None:
        return None
    issuer = find_issuer(text, low + found.start("of"), grammar.index, grammar.words)
    if issuer is None or issuer.end != low + found.end("of"):
        return None
    return grammar.types[" ".join(found["type"].split())], low + found.start(), issuer


def read_tail(text: str, at: int, grammar: CitationGrammar, *, joint: bool = False) -> Tail:
    """Read date and issuer behind a number or name, in either order, each at most once."""
    day: str | None = None
    issuer: IssuerPhrase | None = None
    while day is None or issuer is None:
        if day is None and (printed := _date_at(text, _behind_term(text, at))) is not None:
            day, at = printed
        elif issuer is None and (of := _OF.match(text, at)) is not None:
            issuer = find_issuer(text, of.end(), grammar.index, grammar.words, joint=joint)
            if issuer is None:
                break
            at = issuer.end
        else:
            break
    return Tail(at, day, issuer)


def _behind_term(text: str, at: int) -> int:
    """Return where the words *khóa XIII*, *kỳ họp thứ 7* behind an issuer end; ``at`` where there are none."""
    term = _TERM.match(text, at)
    return term.end() if term else at


def _date_at(text: str, at: int) -> tuple[str, int] | None:
    if passed := _PASSED.match(text, at):
        lead = passed.end()
    elif found := _LEAD_IN.match(text, at) or _LEAD_IN_LOOSE.match(text, at):
        lead = found.end()
    else:
        return None
    printed = parse_date_at(text, lead)
    if printed is None:
        return None
    end = printed.end
    if "(" in text[at:lead] and text[end : end + 1] == ")":
        end += 1
    return printed.value, end


def read_subject(text: str, at: int, grammar: CitationGrammar) -> tuple[str | None, int]:
    """Read the subject behind a citation: *phê duyệt Chương trình …*, *(về) quy định …*; return it with its end."""
    start = _behind_term(text, at)
    window = text[start : start + _SUBJECT_REACH]
    lead = len(window) - len(window.lstrip(" ,"))
    folded = fold(window)
    opener = grammar.words.subject.match(folded, lead)
    if opener is None:
        return None, at
    stop = _SUBJECT_END.search(window, lead)
    end = stop.start() if stop else len(window)
    low = opener.end() if " ".join(opener.group().split()) in grammar.words.dropped else lead
    subject = window[low:end].strip(" ,-–")
    return subject or None, start + end
