"""Who signed, in which capacity, and who receives the document (*Nơi nhận*).

A signature is one or more lines in capitals that name offices or bodies (*TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH*), then, after the
room for the hand, a person's name. Offices are written in running text as ``ontology/tables/signing_words.csv`` has them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from loaders.heads.head_cells import Cell
from loaders.text.wordlists import any_of, load_words
from ontology.folding import UPPER, fold
from ontology.records import Signer, Span

_KINDS = ("office", "mark", "body", "noise", "surname")
_NAME = re.compile(rf"[{UPPER}][^\W\d_{UPPER}]*(?:['’]\w+)?(?:\s+[{UPPER}][^\W\d_{UPPER}]*(?:['’]\w+)?){{1,5}}")
_RANK = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|BS|KS|LS|Ths|Đại tá|Thượng tá|Trung tá|Thiếu tướng|Trung tướng|Thượng tướng|Đại tướng)\.?\s*)+"
)
_BULLET = re.compile(r"^\s*(?:[-–—−+•●*·]|\d{1,2}[.)])\s*")
_RECEIVERS = re.compile(r"^\W*nơi\s+(?:nhận|gửi)\s*:?\W*", re.IGNORECASE)
_MARKS = frozenset({"TM.", "KT.", "TL.", "TUQ.", "Q."})
_CLOSE = 6
"""Lines between two lines of one signature."""
_LONGEST_LINE = 400
"""Characters of a line that is looked at: no signature is longer."""
_GLANCE, _FEW_SMALL = 24, 9
"""So many small letters among the first characters, and the line is not in capitals, which are nine tenths of at most 90 letters."""
_REACH = 16
"""Lines between the office and the name: room for hand and stamp."""


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class SigningWords:
    """The rows of the table, compiled."""

    token: re.Pattern[str]
    offices: Mapping[str, str]
    marks: Mapping[str, str]
    bodies: Mapping[str, str]
    noise: frozenset[str]
    surnames: frozenset[str]

    def capacity_of(self, text: str, write: Callable[[str], str] = _sentence_case) -> tuple[str, ...]:
        """Return the capacities that a line in capitals names, in running text; ``()`` if it is no such line.

        ``write`` writes a body that the table does not list, given in small letters (*bộ y tế*).

        >>> load_signing_words().capacity_of("KT. BỘ TRƯỞNG THỨ TRƯỞNG")
        ('KT. Bộ trưởng', 'Thứ trưởng')
        >>> load_signing_words().capacity_of("BỘ TRƯỞNG BỘ Y TẾ"), load_signing_words().capacity_of("Bộ trưởng (để b/c)")
        ((), ())
        """
        if len(text) > _LONGEST_LINE:
            return ()
        if sum(map(str.islower, text[:_GLANCE])) > _FEW_SMALL:
            return ()
        letters, capitals = sum(map(str.isalpha, text)), sum(map(str.isupper, text))
        if not 3 < letters < 90 or capitals < 0.9 * letters:
            return ()
        flat = re.sub(r"[^\w/]+", " ", fold(text)).strip()
        found: list[str] = []
        mark, at = "", 0
        while at < len(flat):
            token = self.token.match(flat, at)
            if token is None:
                break
            words = " ".join(token.group().split())
            at = token.end()
            while at < len(flat) and flat[at] == " ":
                at += 1
            if words in self.marks and at < len(flat):
                mark = self.marks[words] + " "
            elif written := self.offices.get(words) or self.bodies.get(words):
                found.append(mark + written)
                mark = ""
            else:
                return ()
        if at < len(flat):
            rest = flat[at:]
            if mark.startswith("TM"):
                found.append(mark + write(rest))
            elif (
                found and found[-1].split()[0] in _MARKS
            ):  # "KT. BỘ TRƯỞNG BỘ Y TẾ"; without a mark it heads the document
                found[-1] = f"{found[-1]} {write(rest)}"
            else:
                return ()
        return tuple(found)

    def is_name(self, text: str) -> bool:
        """Tell whether a line is a person's name."""
        name = _RANK.sub("", text.strip(" *_./"))
        if _NAME.fullmatch(name):
            return not self.capacity_of(name.upper()) and len(name) > 4
        first = fold(name.split(" ")[0]) if name else ""
        return (
            name.isupper()
            and 2 <= len(name.split()) <= 5
            and first in self.surnames
            and all(word.isalpha() for word in name.split())
            and not self.capacity_of(name)
        )


@cache
def load_signing_words() -> SigningWords:
    """Read the table; a wrong row raises :class:`ontology.errors.RegistryError`."""
    known = load_words("signing_words", _KINDS)
    tokens = any_of(row.words for row in known.of("office", "mark", "body"))
    return SigningWords(
        token=re.compile(rf"{tokens}(?!\w)"),
        offices=known.values("office"),
        marks=known.values("mark"),
        bodies=known.values("body"),
        noise=frozenset(row.words for row in known.of("noise")),
        surnames=frozenset(row.words for row in known.of("surname")),
    )


@dataclass(slots=True)
class _Office:
    """The lines of one signature so far: the cells that name offices, and their capacities."""

    cells: list[Cell]
    parts: list[str]

    @property
    def last(self) -> Cell:
        return self.cells[-1]


def find_signers(cells: Sequence[Cell], write: Callable[[str], str] = _sentence_case) -> tuple[Signer, ...]:
    """Return the signers in the order of the text, each once; side by side, each column has its own.

    ``write`` gives the official spelling of an agency named in small letters (the lines themselves are in capitals).
    """
    words = load_signing_words()
    found: list[Signer] = []
    open_: list[_Office] = []
    for cell in cells:
        open_ = [one for one in open_ if cell.line - one.last.line <= _REACH]
        if capacity := words.capacity_of(cell.text, write):
            _add_office(open_, cell, capacity)
        elif open_ and words.is_name(cell.text):
            office = next((one for one in open_ if one.last.column == cell.column), open_[0])
            open_.remove(office)
            signer = _signer(office, cell, words)
            if signer is not None and all(signer.name != other.name for other in found):
                found.append(signer)
        elif open_ and not _may_stand_between(cell, words):
            open_ = []
    return tuple(found)


def _add_office(open_: list[_Office], cell: Cell, capacity: tuple[str, ...]) -> None:
    """Add a line to the signature it belongs to: that of its column, else the only one open; beside another, it begins its own."""
    near = [one for one in open_ if cell.line - one.last.line <= _CLOSE]
    beside = any(one.last.line == cell.line for one in near)
    same = [one for one in near if one.last.column == cell.column and one.last.line != cell.line]
    if same or (near and not beside):
        office = (same or near)[-1]
        office.cells.append(cell)
        office.parts.extend(capacity)
        return
    if not near:
        open_.clear()
    open_.append(_Office([cell], list(capacity)))


def _signer(office: _Office, cell: Cell, words: SigningWords) -> Signer | None:
    """Return the signer; ``None`` where the lines name bodies only, as an issuing authority in the head does."""
    if not any(part.split()[0] in _MARKS or part in words.offices.values() for part in office.parts):
        return None
    name = _RANK.sub("", cell.text.strip(" *_./"))
    name = name.title() if name.isupper() else name
    span = Span(office.cells[0].passage.span().start, cell.passage.span().end)
    return Signer(name, ", ".join(office.parts), span)


def _may_stand_between(cell: Cell, words: SigningWords) -> bool:
    """Tell whether a cell may stand between office and name: the left column's recipients, *(Đã ký)*, a stamp."""
    flat = re.sub(r"\W+", " ", fold(cell.text)).strip()
    return flat in words.noise or bool(_BULLET.match(cell.text)) or bool(_RECEIVERS.match(cell.text)) or len(flat) < 4


def find_recipients(cells: Sequence[Cell]) -> tuple[tuple[str, ...], Span | None]:
    """Return the lines of the first *Nơi nhận* without dash and end mark, and the stretch they stand in."""
    words = load_signing_words()
    start = next((i for i, cell in enumerate(cells) if _RECEIVERS.match(cell.text)), None)
    if start is None:
        return (), None
    items: list[str] = []
    end = cells[start].passage.span().end
    behind = _RECEIVERS.sub("", cells[start].text)
    if behind:
        items.extend(part for part in re.split(r";\s*(?:[-–+]\s*)?", _BULLET.sub("", behind)) if part)
    last_line, last_text, column = cells[start].line, behind, cells[start].column
    for cell in cells[start + 1 :]:
        text = cell.text
        if words.capacity_of(text) or (words.is_name(text) and not _BULLET.match(text)):
            if cell.line == last_line or cell.column > column:
                continue
            break
        if cell.line - last_line > 3:
            break
        if _BULLET.match(text):
            items.append(_BULLET.sub("", text))
        elif (
            items
            and cell.line > last_line
            and not last_text.rstrip().endswith((".", "./."))
            and _goes_on(text, last_text)
        ):
            items[-1] = f"{items[-1]} {text}"
        elif text.rstrip().endswith(";") or (items and last_text.rstrip().endswith(";")) or not items:
            if len(text) > 200:
                break
            items.append(text)
        elif cell.column > column:
            continue
        else:
            break
        last_line, last_text, end = cell.line, text, cell.passage.span().end
    cleaned = tuple(item for item in (_end_mark(item) for item in items) if item)
    return cleaned, Span(cells[start].passage.span().start, end)


def _goes_on(text: str, above: str) -> bool:
    """Tell whether a line without a bullet continues the one above."""
    return not above.rstrip().endswith(";") and (
        text[0].islower() or text[0] in "(" or above.rstrip().endswith((",", "-"))
    )


def _end_mark(item: str) -> str:
    return re.sub(r"(?:\s*(?:\./\.|[;,.]))+\s*$", "", item).strip(" *_")
