"""Who issued the document, and for which place: by masthead, authority line, caption, symbols, signature, body, in this order.

A place that the head does not name is the one that the text speaks of (*trên địa bàn tỉnh Bắc Kạn*); the province above a district that the
registry does not list is the one that the text cites.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.citations.citation_grammar import CitationGrammar
from loaders.citations.citation_relations import Mention
from loaders.citations.citations import Mentions
from loaders.citations.identity import Home
from loaders.heads.head_cells import Cell
from loaders.heads.header_title import Title
from loaders.heads.masthead import Masthead
from loaders.names.agency_index import split_words
from loaders.names.issuers import IssuerPhrase, agency_on_day, find_issuer, place_named, place_on_day, resolve_issuer
from loaders.text.passage import Passage, join_passages
from ontology.entities import Agency, Jurisdiction, Level
from ontology.folding import UPPER, fold
from ontology.records import Span
from ontology.registry import Registry
from ontology.registry_members import COUNTRY


@dataclass(frozen=True, slots=True)
class Issued:
    """The issuer and the place of the document; ``name`` is kept as printed where the registry has no such agency."""

    agency: Agency | None
    name: str | None
    place: Jurisdiction | None
    place_id: str | None
    place_name: str | None
    span: Span | None


def find_issued(
    text: str,
    masthead: Masthead,
    title: Title,
    caption: Mention | None,
    mentions: Mentions,
    cells: Sequence[Cell],
    grammar: CitationGrammar,
    day: str | None = None,
) -> Issued:
    """Find the issuer and the place of the document; of places of one name, those that stood on its ``day``."""
    registry = grammar.index.registry
    phrases = [
        *_phrases(join_passages(masthead.issuing), grammar, _line_starts(masthead.issuing)),
        *(_phrases(title.authority, grammar) if title.authority else ()),
    ]
    captioned = caption.cited.issuer if caption is not None else None
    symbols = masthead.number.symbols if masthead.number else caption.cited.symbols if caption is not None else ()
    home = _home(text, [phrase for phrase, _ in phrases], captioned, masthead, title, symbols, mentions, grammar)
    home = place_on_day(home, day, registry) if home is not None else None
    agency, span = _issuer(phrases, captioned, symbols, home, registry)
    if agency is None and (signed := _by_signature(cells, home, grammar)) is not None:
        agency, span = signed
    if agency is None:
        agency, span = _by_body(text, home, grammar)
    agency = agency_on_day(agency, day, registry) if agency is not None else None
    name: str | None
    if agency is not None:
        place = home if home is not None and home.id == agency.jurisdiction else None
        place = place or registry.jurisdictions.get(agency.jurisdiction) or home
        name = agency.name
    else:
        place, name = home, _printed_name(masthead, title)
    if place is None and agency is not None and agency.level is Level.NATIONAL:
        place = registry.jurisdictions.get(COUNTRY)
    return Issued(
        agency,
        name,
        place,
        place.id if place else None,
        place.full_name if place else None,
        span or (caption.span if caption is not None else None),
    )


def _line_starts(lines: Sequence[Passage]) -> list[int]:
    """Return where the lines begin in the text that they make when joined."""
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line.text) + 1)
    return starts


def _phrases(
    passage: Passage, grammar: CitationGrammar, lines: Sequence[int] = ()
) -> Iterator[tuple[IssuerPhrase, Span]]:
    """Yield the agencies named in a stretch in capitals, upper one first (*UBND TỈNH NINH BÌNH / SỞ NỘI VỤ*)."""
    text = passage.text
    at = 0
    above: IssuerPhrase | None = None
    for word in split_words(text):
        if word.start < at or not word.capital:
            continue
        phrase = find_issuer(text, word.start, grammar.index, grammar.words)
        if phrase is not None and phrase.targets:
            phrase = _within_line(phrase, text, lines, grammar)
            stretches = passage.spans(phrase.start, phrase.end)
            yield phrase, Span(stretches[0].start, stretches[-1].end)
            at = phrase.end
            above = phrase
        elif above is not None and (unit := _UNIT.match(text, word.start)) is not None:
            whole = f"{unit.group()} {above.printed}"
            phrase = find_issuer(whole, 0, grammar.index, grammar.words)
            if phrase is not None and phrase.end > len(unit.group()) and phrase.targets:
                stretches = passage.spans(unit.start(), unit.end())
                yield phrase, Span(stretches[0].start, stretches[-1].end)
                at = unit.end()


def _within_line(phrase: IssuerPhrase, text: str, lines: Sequence[int], grammar: CitationGrammar) -> IssuerPhrase:
    """Return a phrase cut at the end of its line where a longer name begins with the words it took from the next one.

    *BAN CHẤP HÀNH TRUNG ƯƠNG / ĐẢNG ĐOÀN QUỐC HỘI* is no *Ban Chấp hành Trung ương Đảng*.
    """
    line = next((start for start in reversed(lines) if phrase.start < start < phrase.end), None)
    if line is None:
        return phrase
    below = find_issuer(text, line, grammar.index, grammar.words)
    heads = phrase.place_words is not None and _INNER_LINE.match(fold(text[line : line + 20])) is not None
    if not heads and (below is None or not below.targets or below.end <= phrase.end):
        return phrase
    cut = find_issuer(text[:line], phrase.start, grammar.index, grammar.words)
    return cut if cut is not None and cut.targets else phrase


_INNER_LINE = re.compile(r"ban\s|văn phòng|phòng\s|trung tâm|thường trực|hội đồng|tổ\s")
"""Folded words that begin the line of a body, no part of the place above it: *XÃ SUỐI MƠ / BAN THƯỜNG TRỰC*."""
_UNIT = re.compile(r"VĂN PHÒNG(?=\W*$)")
"""What stands below the body that it is the office of, and has no name without it."""


def _issuer(
    phrases: Sequence[tuple[IssuerPhrase, Span]],
    captioned: IssuerPhrase | None,
    symbols: Sequence[str],
    home: Jurisdiction | None,
    registry: Registry,
) -> tuple[Agency | None, Span | None]:
    """Choose among masthead, authority line, caption and symbols; a national symbol in the number outweighs a masthead that differs."""
    by_symbol = Home(registry, home, None, None).issuer_of_symbols(symbols) if symbols else None
    agency: Agency | None = None
    span: Span | None = None
    for phrase, place in phrases:
        found = resolve_issuer(phrase, registry, home, agency=agency)
        if found is not None and not _is_above(found, agency) and not _is_beside(found, agency):
            agency, span = found, place
    if agency is None and captioned is not None:
        agency = resolve_issuer(captioned, registry, home)
    if by_symbol is not None and (agency is None or _outweighs(by_symbol, agency)):
        return by_symbol, span if agency is not None and agency.id == by_symbol.id else None
    return agency, span


def _outweighs(by_symbol: Agency, agency: Agency) -> bool:
    """Tell whether the symbol knows better than the masthead; the Party's ``TW`` stands for several bodies and does not."""
    return by_symbol.level is Level.NATIONAL and agency.level is Level.NATIONAL and by_symbol.kind != "party"


def _is_above(found: Agency, held: Agency | None) -> bool:
    """Tell whether a later name is only the place's committee again while a body of it was already read."""
    return held is not None and held.parent == found.id


def _is_beside(found: Agency, held: Agency | None) -> bool:
    """Tell whether a later name is a second issuer of a joint document (*SỞ Y TẾ - SỞ GIÁO DỤC VÀ ĐÀO TẠO*): the first one leads."""
    return (
        held is not None
        and held.id != found.id
        and (found.parent, found.kind, found.jurisdiction)
        == (
            held.parent,
            held.kind,
            held.jurisdiction,
        )
    )


def _by_signature(
    cells: Sequence[Cell], home: Jurisdiction | None, grammar: CitationGrammar
) -> tuple[Agency, Span] | None:
    """Read *TM. ỦY BAN NHÂN DÂN*, *TM. HỘI ĐỒNG NHÂN DÂN*: the body in whose name the document is signed."""
    for cell in cells:
        signed = re.match(r"\W*T\s*/?M\s*\.?\s*", cell.text)
        if signed is None:
            continue
        phrase = find_issuer(cell.text, signed.end(), grammar.index, grammar.words)
        if phrase is not None and phrase.targets:
            agency = _at_home(phrase, home, grammar.index.registry)
            if agency is not None:
                return agency, cell.passage.span()
    return None


def _at_home(phrase: IssuerPhrase, home: Jurisdiction | None, registry: Registry) -> Agency | None:
    """Resolve a body without place at the level of the document's own place."""
    if home is not None:
        for target in phrase.targets:
            if target.kind == "body" and registry.bodies[target.id].level is home.level:
                return registry.local_agency(target.id, home)
    return resolve_issuer(phrase, registry, home)


_ISSUES = re.compile(
    r"\s+(?:[Bb]an hành|[Xx]ây dựng|[Đđ]ề ra|[Tt]riển khai)\s+(?:Kế hoạch|kế hoạch|Chương trình|Quyết định|Chỉ thị|Nghị quyết|Đề án)"
)


def _by_body(text: str, home: Jurisdiction | None, grammar: CitationGrammar) -> tuple[Agency | None, Span | None]:
    """Read *Ủy ban nhân dân tỉnh ban hành Kế hoạch*: the subject of the sentence that issues the text."""
    for issuing in _ISSUES.finditer(text[:12000]):
        low = max(0, issuing.start() - 90)
        window = text[low : issuing.start()]
        for word in split_words(window):
            if not word.capital:
                continue
            phrase = find_issuer(window, word.start, grammar.index, grammar.words)
            if phrase is not None and phrase.targets and len(window) - phrase.end < 2:
                agency = _at_home(phrase, home, grammar.index.registry)
                if agency is not None:
                    return agency, Span(low + phrase.start, low + phrase.end)
    return None, None


def _printed_name(masthead: Masthead, title: Title) -> str | None:
    """Return the issuing body as printed where the registry has none such."""
    if masthead.issuing:
        return " ".join(passage.text.strip(" *_") for passage in masthead.issuing)
    return title.authority.text.strip(" *_") if title.authority else None


def _home(
    text: str,
    phrases: Sequence[IssuerPhrase],
    captioned: IssuerPhrase | None,
    masthead: Masthead,
    title: Title,
    symbols: Sequence[str],
    mentions: Mentions,
    grammar: CitationGrammar,
) -> Jurisdiction | None:
    """Return the place of the document: printed in the head, else spoken of; ``None`` for a national issuer."""
    registry = grammar.index.registry
    every = [*phrases, *([captioned] if captioned else [])]
    printed = _printed_place(phrases, text, mentions, grammar) or _printed_place(every, text, mentions, grammar)
    if printed is not None:
        return printed
    local = any(target.kind == "body" for phrase in every for target in phrase.targets)
    if not local and (every or _is_national(symbols, registry)):
        national = [t for phrase in every for t in phrase.targets if t.kind == "agency"]
        if national or _is_national(symbols, registry):
            return None
    return _dated_at(masthead.place, grammar) or _spoken_of(title.text or "", grammar) or _spoken_of(text, grammar)


def _printed_place(
    phrases: Sequence[IssuerPhrase], text: str, mentions: Mentions, grammar: CitationGrammar
) -> Jurisdiction | None:
    """Return the lowest place that the issuers are of: *ĐẢNG BỘ TỈNH A / ĐẢNG ỦY XÃ B* speaks from the commune."""
    registry = grammar.index.registry
    held: Jurisdiction | None = None
    for phrase in phrases:
        found: Jurisdiction | None = None
        if phrase.place is not None:
            found = registry.jurisdictions[phrase.place]
        elif phrase.place_words is not None:
            found = place_named(*phrase.place_words, registry, held) if held is not None else None
            found = found or _unlisted(*phrase.place_words, text, mentions, grammar)
        if found is not None and (held is None or _LEVELS.index(found.level) > _LEVELS.index(held.level)):
            held = found
    return held


_LEVELS = tuple(Level)


def _dated_at(name: str | None, grammar: CitationGrammar) -> Jurisdiction | None:
    """Return the listed place before the date (*Phú Yên, ngày …*), a province before a district of the same name."""
    if not name:
        return None
    words = split_words(name)
    for match in grammar.index.places.matches(words, 0):
        if match.end == len(words):
            listed = [grammar.index.registry.jurisdictions[target.id] for target in match.targets]
            return min(listed, key=lambda place: (place.level is not Level.PROVINCE, place.id))
    return None


def _is_national(symbols: Sequence[str], registry: Registry) -> bool:
    found = Home(registry, None, None, None).issuer_of_symbols(symbols) if symbols else None
    return found is not None and found.level is Level.NATIONAL


def _unlisted(kind: str, name: str, text: str, mentions: Mentions, grammar: CitationGrammar) -> Jurisdiction | None:
    """Return a place that the registry does not list, below the province that the text's citations or words name."""
    registry = grammar.index.registry
    provinces: list[Jurisdiction] = []
    for mention in mentions.items:
        issuer = mention.cited.issuer
        if issuer is not None and issuer.place is not None:
            provinces.append(registry.jurisdictions[issuer.place])
    province = next((p for p in provinces if p.level is Level.PROVINCE), None) or _spoken_of(text, grammar)
    same_name = [
        place
        for place in registry.jurisdictions.values()
        if place.level is Level.PROVINCE and fold(place.name) == fold(name)
    ]
    return place_named(kind, name, registry, province or next(iter(same_name), None))


_ON = re.compile(r"(?:trên\s+)?địa\s+bàn\s+$", re.IGNORECASE)
_PLACE_WORD = re.compile(
    rf"(?<!\w)(?:tỉnh|thành phố|huyện|thị xã|quận|TỈNH|THÀNH PHỐ|HUYỆN|Tỉnh|Thành phố|Huyện|TP\.?)\s+(?=[{UPPER}])"
)


def _spoken_of(text: str, grammar: CitationGrammar) -> Jurisdiction | None:
    """Return the listed place that a text names most often; *trên địa bàn tỉnh …* counts three times."""
    registry = grammar.index.registry
    votes: Counter[str] = Counter()
    text = text.replace("_", " ")  # word-segmented text joins the syllables of a word so
    for found in _PLACE_WORD.finditer(text):
        words = split_words(text[found.start() : found.start() + 60])
        matches = grammar.index.places.matches(words, 0)
        for match in matches[:1]:
            place = registry.jurisdictions[match.targets[0].id]
            weight = 3 if _ON.search(text[max(0, found.start() - 20) : found.start()]) else 1
            votes[place.id] += weight
    if not votes:
        return None
    best, _ = min(votes.items(), key=lambda item: (-item[1], item[0]))
    return registry.jurisdictions[best]
