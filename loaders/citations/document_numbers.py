"""Numbers of documents as printed: ``1722/QĐ-TTg``, ``10/2022/TT-BLĐTBXH``, ``24/2021/QH15``, ``05-CT/TW``, ``    /KH-UBND``.

A number is anchored on its digits and the sign behind them; what follows is verified piece by piece, so reading is linear.
Guaranteed for each number found: ``text[start:end]`` is the number as printed, and ``value`` has no blanks, one kind of hyphen,
*Đ* for the look-alike *Ð*, and known symbols in their official letters (``QĐ-TTG`` in a heading is ``QĐ-TTg``).
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.text.anchors import Anchored
from ontology.folding import fold_plain

_HYPHEN = r"[-–—‐‑−]"
# The letters of symbols: Latin capitals, Đ (and Ð, which OCR and old fonts put for it), Ư (TƯ, MTTƯ), small letters as in TTg.
_SEGMENT = r"[A-ZĐÐƯ][A-Za-zĐÐđƯư&]{0,17}(?:\.(?=[A-ZĐÐ])[A-Za-zĐÐđ]{1,8}){0,2}\d{0,3}"
_YEAR = r"(?:1\s?9|2\s?0)\s?\d\s?\d"
_NUMBER = re.compile(
    rf"""
    (?: (?<![\w/])(?<!\d[.,]) | (?<=[sS]ố) | (?<=SỐ) )       # "số1722"
    (?P<serial>\d{{1,5}}(?:[a-zđ]|bis)?|\d{{1,3}}\.\d{{1,3}}(?=/\d{{4}}/))   # 30a/2008/NQ-CP, 66.25/2026/NQ-CP
    \s{{0,12}}
    (?: (?P<slash>/) \s{{0,3}} (?: (?P<year>{_YEAR}) \s{{0,2}} [/–-] \s{{0,3}} )?
      | (?P<hyphen>{_HYPHEN}) \s{{0,3}}                        # 05-CT/TW, 26 - NQ/TW
      | (?P<bare>(?<=\s)) (?=[A-ZĐÐ]{{2,4}}r?\s?/\s?[TĐHB])    # 15 NQ/TW
      | (?P<lost>(?=[A-ZĐÐ]{{2,4}}/T[WUƯ]\b)) )                 # 20NQ/TW: the hyphen was lost
    (?P<symbol>{_SEGMENT})
    """,
    re.VERBOSE,
)
_BLANK = re.compile(
    rf"""
    (?P<label>[Ss]ố|SỐ)\s{{0,3}}:?[\s.…_]{{0,60}}
    (?: / \s{{0,3}} (?: (?P<year>{_YEAR}) \s{{0,2}} / \s{{0,3}} )? | {_HYPHEN} )
    (?P<symbol>{_SEGMENT})
    """,
    re.VERBOSE,
)
_NUMBERS = Anchored(re.compile(r"\d(?<!\d\d)"), _NUMBER)
_BLANKS = Anchored(re.compile(r"[Ss](?=ố)|S(?=Ố)"), _BLANK)
_NEXT = re.compile(rf"(?P<before>\s?)(?P<sign>/|{_HYPHEN})(?P<after>\s{{0,2}})(?P<segment>{_SEGMENT})")
_LOST_HYPHEN = re.compile(rf"[ \u00a0](?P<segment>{_SEGMENT})(?![\w/&-])")
_GLUED = re.compile(r"^(?:ày|ủa|ề\b)")  # "QĐ-TTgngày", "NĐ-CPcủa": the word begins with the letters before
_GLUED_HEADS = {"ày": "ng", "ủa": "c", "ề": "v"}


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number found at ``text[start:end]``; ``value`` is ``None`` where its place was left blank.

    ``symbols`` are the pieces behind the serial: ``("QĐ", "TTg")``; ``year`` is the year inside the number.
    """

    start: int
    end: int
    value: str | None
    serial: str
    year: str | None
    symbols: tuple[str, ...]
    sure: bool
    """The first symbol is a known type or the National Assembly's; otherwise only a type word or *số* before it makes it one."""

    @property
    def is_party(self) -> bool:
        """Whether it is written as the Party's bodies write numbers (``05-CT/TW``)."""
        return self.value is not None and self.value.startswith(f"{self.serial}-")

    @property
    def symbol(self) -> str:
        """The first symbol, as a rule that of the type (``QĐ``)."""
        return self.symbols[0]


class SymbolTable:
    """The official letters of known symbols, looked up without regard to case and, where no two clash, to diacritics."""

    def __init__(self, types: Iterable[str], others: Iterable[str]) -> None:
        self.types = frozenset(types)
        self._by_case: dict[str, str] = {}
        self._by_plain: dict[str, str | None] = {}
        for symbol in (*sorted(self.types), *sorted(set(others) - self.types)):
            self._by_case.setdefault(symbol.casefold(), symbol)
            plain = fold_plain(symbol)
            self._by_plain[plain] = symbol if self._by_plain.get(plain, symbol) == symbol else None

    def official(self, printed: str) -> str:
        """Return the official letters of a symbol, or the symbol as printed with *Ð* read as *Đ*."""
        clean = printed.replace("Ð", "Đ")
        found = self._by_case.get(clean.casefold())
        if found is None and clean.isascii():
            found = self._by_plain.get(fold_plain(clean))
        return found or clean

    def apart(self, printed: str) -> tuple[str, str] | None:
        """Return the two symbols that lost the hyphen between them (``QĐUBND``), ``None`` where it is one symbol or unknown.

        >>> SymbolTable(["QĐ", "NĐ"], ["UBND", "CP"]).apart("QĐUBND"), SymbolTable(["QĐ"], ["UBND"]).apart("UBND")
        (('QĐ', 'UBND'), None)
        """
        clean = printed.replace("Ð", "Đ")
        if len(clean) < 4 or clean.casefold() in self._by_case:
            return None
        for size in range(len(clean) - 2, 1, -1):
            if clean[:size] in self.types and clean[size].isupper() and clean[size:].casefold() in self._by_case:
                return clean[:size], self._by_case[clean[size:].casefold()]
        return None

    def known(self, printed: str) -> str | None:
        """Return the official letters of a symbol that is printed just so, small letters included; ``None`` for other words."""
        found = self._by_case.get(printed.replace("Ð", "Đ").casefold())
        return found if found == printed.replace("Ð", "Đ") else None

    def before_word(self, printed: str) -> str | None:
        """Return the known symbol that a word without a blank before it follows (*UBND* in ``UBNDSóc Trăng``), the longest.

        >>> SymbolTable(["KH"], ["UBND", "UB"]).before_word("UBNDS"), SymbolTable(["KH"], ["UB"]).before_word("VX")
        ('UBND', None)
        """
        for size in range(len(printed) - 1, 1, -1):
            if printed[size].isupper() and printed[:size].casefold() in self._by_case:
                return printed[:size]
        return None

    def knows_type(self, symbol: str) -> bool:
        """Tell whether a symbol stands for a type of document, or for a term of the National Assembly (``QH15``)."""
        return symbol in self.types or bool(re.fullmatch(r"(?:UBTV)?QH(?:\d{1,2}|K\d)?", symbol))


def find_numbers(text: str, symbols: SymbolTable) -> Iterator[DocumentNumber]:
    """Yield the document numbers in ``text``, in order, blank ones included; the caller checks those that are not ``sure``.

    >>> known = SymbolTable(["QĐ", "KH", "CT", "TT"], ["TTg", "UBND", "TW"])
    >>> [n.value for n in find_numbers("QĐ SỐ 1722 /QĐ- TTG, Chỉ thị 05-CT/TW, ngày 02/9/2016, 2-2,5%/năm", known)]
    ['1722/QĐ-TTg', '05-CT/TW']
    >>> [(n.value, n.symbols) for n in find_numbers("Số:        /KH-UBND", known)]
    [(None, ('KH', 'UBND'))]
    """
    at = 0
    blanks = deque(_BLANKS.finditer(text))
    for found in _NUMBERS.finditer(text):
        if found.start() < at:
            continue
        while blanks and blanks[0].end() <= found.start():
            if (blank := blanks.popleft()).start() >= at:
                yield _number(text, blank, symbols)
        number = _number(text, found, symbols)
        if _is_plausible(text, number, found, symbols):
            yield number
            at = number.end
    for blank in blanks:
        if blank.start() >= at:
            yield _number(text, blank, symbols)


def _is_plausible(text: str, number: DocumentNumber, found: re.Match[str], symbols: SymbolTable) -> bool:
    if number.end == found.end() and text[number.end : number.end + 1].isalpha():
        return False  # a word: "Dự án 3/Tiểu dự án 2"
    if any(found[name] is not None for name in ("hyphen", "bare", "lost")):
        return symbols.knows_type(number.symbol) and len(number.symbols) > 1
    letters = [char for char in number.symbol if char.isalpha()]
    return sum(char.isupper() for char in letters) * 2 >= len(letters)


def _number(text: str, found: re.Match[str], symbols: SymbolTable) -> DocumentNumber:
    pieces, signs, end = _symbols(text, found, symbols)
    groups = found.groupdict()
    serial = groups.get("serial") or ""
    year = re.sub(r"\s", "", found["year"]) if found["year"] else None
    party = any(groups.get(name) is not None for name in ("hyphen", "bare", "lost"))
    first = "-" if party else "/"
    tail = pieces[0] + "".join(sign + piece for sign, piece in zip(signs, pieces[1:], strict=True))
    value = f"{serial}/{year}/{tail}" if year else f"{serial}{first}{tail}"
    sure = symbols.knows_type(pieces[0])
    start = found.start("serial") if serial else found.start()
    return DocumentNumber(start, end, value if serial else None, serial, year, tuple(pieces), sure)


def _symbols(text: str, found: re.Match[str], symbols: SymbolTable) -> tuple[list[str], list[str], int]:
    """Read the symbols from the first on; return them, the signs between them, and where they end."""
    first, end = _unglue(text, found["symbol"], found.end("symbol"))
    pieces, signs = [symbols.official(first)], []
    while len(pieces) < 7 and (more := _NEXT.match(text, end)):
        segment, stop = _unglue(text, more["segment"], more.end())
        official = symbols.official(segment)
        spaced = bool(more["before"]) + bool(more["after"])
        if spaced and not _belongs(official, pieces, spaced == 2):
            break
        if stop == more.end() and stop < len(text) and text[stop].isalpha():
            known = symbols.before_word(segment) if not spaced else None
            if known is None:
                break  # a word that begins like a symbol: "QĐ-TTg- Kế hoạch"
            official, stop = symbols.official(known), more.start("segment") + len(known)  # "KH-UBNDSóc Trăng, ngày …"
        pieces.append(official)
        signs.append("/" if more["sign"] == "/" else "-")
        end = stop
    if not signs and (apart := symbols.apart(first)) is not None:
        return list(apart), ["-"], end  # "QĐUBND": the hyphen was lost
    if not signs and symbols.knows_type(pieces[0]) and (lost := _LOST_HYPHEN.match(text, end)) is not None:
        named = symbols.known(lost["segment"])  # "QĐ TTg": a blank for the hyphen
        if named is not None:
            return [*pieces, named], ["-"], lost.end()
    return pieces, signs, end


def _belongs(segment: str, before: list[str], both_sides: bool) -> bool:
    """Tell whether a symbol set off by blanks (``223/KH- UBND``) still belongs to the number."""
    capitals = sum(char.isupper() for char in segment)
    return len(segment) > 1 and capitals * 2 > len(segment) and not (both_sides and len(before) > 1)


def _unglue(text: str, segment: str, end: int) -> tuple[str, int]:
    """Give back the letters of a word that was printed without a blank (``QĐ-TTgngày``)."""
    if glued := _GLUED.match(text[end : end + 3]):
        head = _GLUED_HEADS[glued.group()]
        if segment.endswith(head) and len(segment) > len(head):
            return segment[: -len(head)], end - len(head)
    return segment, end
