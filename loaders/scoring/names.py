"""Say whether two readings mean the same: agencies, groups, printed phrases, recurrences, document numbers.

Names are compared folded (case, tone placement, hyphens, *và/&*), never fuzzily: *Sở Y tế* is not *Sở Nội vụ*, and a name
without its place is not the name with it.
"""

import re

from ontology.folding import accent_key
from ontology.records import Assignment, Recurrence

_FILLERS = frozenset(accent_key(word) for word in ("các", "có", "những", "khác", "thuộc", "cùng", "của"))
_OF_THE_CENTRE = " " + accent_key("trực thuộc trung ương")
_LEADING = re.compile(r"^(?:theo|vào|trong|kể từ|từ)\s+", re.IGNORECASE)
_END_MARKS = " .;:,/\t\n"


def _name_key(name: str) -> str:
    """Fold a name; *trực thuộc trung ương* behind *các tỉnh, thành phố* names no other group."""
    return accent_key(name).removesuffix(_OF_THE_CENTRE)


def same_agency(key: Assignment, read: Assignment, *, issuer: str | None, jurisdiction: str | None) -> bool:
    """Return whether both mean one agency or one group.

    Groups also meet under the words printed on the paper, with or without the document's place, and, where neither names
    anybody in particular, when one list of words holds the other (*các đơn vị liên quan thuộc Bộ*).
    """
    one, other = _name_key(key.agency), _name_key(read.agency)
    if one == other:
        return True
    if not (key.group and read.group):
        return _without(one, issuer) == _without(other, issuer)
    if _without(one, jurisdiction) == _without(other, jurisdiction):
        return True
    if key.printed and accent_key(key.printed) == accent_key(read.printed):
        return True
    if key.spelled_out or read.spelled_out:
        return False
    words, others = set(one.split()) - _FILLERS, set(other.split()) - _FILLERS
    return bool(words) and bool(others) and (words <= others or others <= words)


def same_name(key: str | None, read: str | None) -> bool:
    """Return whether two names are one, folded; ``None`` only equals ``None``."""
    return read is None if key is None else read is not None and _name_key(key) == _name_key(read)


def _without(name: str, ending: str | None) -> str:
    """Drop the document's own issuer or place from the end of a unit's name (*Vụ Pháp chế Bộ …* is *Vụ Pháp chế*)."""
    if not ending:
        return name
    tail = " " + accent_key(ending)
    return name.removesuffix(tail) if len(name.removesuffix(tail).split()) > 1 else name


def same_phrase(key: str, read: str) -> bool:
    """Return whether two phrases are the same print, end marks and a leading *theo* or *vào* aside.

    >>> same_phrase("Quý II/2017", "quý II/ 2017"), same_phrase("định kỳ", "theo định kỳ;"), same_phrase("2017", "2018")
    (True, True, False)
    """
    return _plain(key) == _plain(read)


def _plain(phrase: str) -> str:
    return "".join(accent_key(_LEADING.sub("", phrase.strip(_END_MARKS))).split())


def same_number(key: str | None, read: str | None) -> bool:
    """Return whether two document numbers are one: case, blanks and leading zeros aside.

    >>> same_number("160/NQ-CP", "160 /NQ-CP"), same_number("02/2022/QĐ-TTg", "2/2022/QĐ-TTg"), same_number(None, "1")
    (True, True, False)
    """
    return read is None if key is None else read is not None and _number(key) == _number(read)


def _number(number: str) -> str:
    return re.sub(r"^0+(?=\d)", "", "".join(number.upper().split()))


def plain_recurrence(codes: tuple[Recurrence, ...]) -> frozenset[Recurrence]:
    """Return the codes as a set; *periodic* says nothing more where a period is named."""
    named = frozenset(codes) - {Recurrence.PERIODIC, Recurrence.ADHOC}
    return frozenset(codes) - ({Recurrence.PERIODIC} if named else set())


def plain_frequency(words: tuple[str, ...]) -> frozenset[str]:
    """Return reporting frequencies as a set of plain words: *hằng năm*, *hàng năm* and *năm* are one."""
    plain = {re.sub(r"^(?:hằng|hàng|mỗi|định kỳ)\s+(?=\S)", "", word.strip().lower()) for word in words}
    plain = {re.sub(r"^0(?=\d)", "", word) for word in plain}
    return frozenset(plain - {"định kỳ"} if plain - {"định kỳ", "đột xuất"} else plain)
