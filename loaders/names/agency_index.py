"""All registered names as one tree of words, for finding the longest name that begins at a word.

A word tree reads a text in time that does not grow with the number of names. Commas and *và* inside names (*huyện, thị xã và thành phố*)
are joints: a name that has one may be written without it, and one joint stands for the other; a comma that no registered name has
at that place ends the name, so that a list of agencies never melts into one.
"""

import re
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from ontology.folding import fold, fold_plain, fold_plain_in_place
from ontology.registry import Registry
from ontology.table_reading import TABLES, read_table

_TOKEN = re.compile(r"([^\W_]+|[,;:.&/()\[\]\n•+*]|[-–—])")
JOINTS = frozenset({",", "và", "&"})
_SOFT = frozenset({"-", "–", "—"})
_TURNS = JOINTS | _SOFT
"""Words and signs at which a name may go on in more than one way."""


class Named(NamedTuple):
    """What a name form stands for, and the full words that a record shows for it."""

    kind: str
    id: str
    full: str


class Word(NamedTuple):
    """A word or sign of the text: offsets in the clean text, the folded key, and whether it begins with a capital."""

    start: int
    end: int
    key: str
    capital: bool


_word: Callable[[tuple[int, int, str, bool]], Word] = partial(tuple.__new__, Word)
"""``Word._make`` at half its price: words are what is made most."""


def split_words(text: str) -> list[Word]:
    """Split a text into words and signs.

    >>> [word.key for word in split_words("Sở LĐ-TB&XH, UBND")]
    ['sở', 'lđ', '-', 'tb', '&', 'xh', ',', 'ubnd']
    """
    parts = _TOKEN.split(fold(text))
    words: list[Word] = []
    end = 0
    for gap, key in zip(parts[::2], parts[1::2], strict=False):  # the last part is a gap
        start = end + len(gap)
        end = start + len(key)
        words.append(_word((start, end, key, text[start].isupper())))
    return words


def without_dots(words: list[Word]) -> list[Word]:
    """Drop the dot of a short form (*TP. Hồ Chí Minh*, *H. Bảo Yên*, *TT. Tỉnh ủy*)."""
    return [
        w
        for i, w in enumerate(words)
        if not (w.key == "." and i and words[i - 1].capital and len(words[i - 1].key) < 3)
    ]


class SplitText:
    """A text with its words, dots of short forms dropped, and (made when it is first asked for) without diacritics, character by character."""

    __slots__ = ("_plain", "folded", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.words = without_dots(split_words(text))
        self._plain: str | None = None

    @property
    def plain(self) -> str:
        """The text in small letters without diacritics; offsets hold in both."""
        if self._plain is None:
            self._plain = fold_plain_in_place(self.text)
        return self._plain


class Match(NamedTuple):
    """A name found: the index behind its last word, and what it may stand for."""

    end: int
    targets: tuple[Named, ...]


class NameTree:
    """A word tree over name forms; ``plain`` ignores diacritics (for text that OCR has damaged).

    The tree is kept flat, every beginning of a name as a string of words with blanks between; the names that begin with a word are
    put in when a text first has that word.
    """

    def __init__(self, forms: Iterable[tuple[str, Named]], *, plain: bool = False) -> None:
        self._plain = plain
        self._waiting: dict[str, list[tuple[str, Named]]] = {}
        self._beginnings: set[str] = set()
        self._jointed: set[str] = set()
        self._targets: dict[str, tuple[Named, ...]] = {}
        for text, target in forms:
            first = next(self._keys(text, 1), None)
            if first is not None:
                self._waiting.setdefault(first, []).append((text, target))
        self.firsts = frozenset(self._waiting)
        """The words that names begin with; without diacritics in a plain tree."""

    def _keys(self, text: str, most: int = sys.maxsize) -> Iterator[str]:
        for found in islice(_TOKEN.finditer(text), most):
            key = fold(found[0])
            if key in JOINTS:
                yield ","
            elif key not in _SOFT:
                yield fold_plain(key) if self._plain else key

    def _grow(self, first: str) -> None:
        """Put in the names that begin with a word; to do so twice does no harm."""
        for text, target in self._waiting[first]:
            beginning = ""
            for key in self._keys(text):
                if key == ",":
                    self._jointed.add(beginning)
                beginning = f"{beginning} {key}" if beginning else key
                self._beginnings.add(beginning)
            known = self._targets.get(beginning, ())
            if target not in known:
                self._targets[beginning] = (*known, target)
        self._waiting.pop(first, None)

    def begins(self, key: str) -> bool:
        """Tell whether a name begins with the word ``key``."""
        return (fold_plain(key) if self._plain else key) in self.firsts

    def matches(self, text_words: Sequence[Word], at: int, head: str | None = None) -> list[Match]:
        """Return all names that begin at word ``at`` (or at ``head`` followed by word ``at``), longest first."""
        if head is None:
            if at >= len(text_words):
                return []
            head = text_words[at].key
            at += 1
        first = fold_plain(head) if self._plain else head
        if first not in self.firsts:
            return []
        if first in self._waiting:
            self._grow(first)
        found: dict[int, Match] = {}
        self._walk(first, text_words, at, found)
        every = [found[end] for end in sorted(found, reverse=True)] if len(found) > 1 else list(found.values())
        return [one for one in every if not _runs_on(text_words, at, one)]

    def _walk(self, beginning: str, text_words: Sequence[Word], i: int, found: dict[int, Match]) -> None:
        """Go down word by word as long as there is one way, then by :meth:`_descend`."""
        beginnings, targets, jointed = self._beginnings, self._targets, self._jointed
        size = len(text_words)
        while True:
            key = text_words[i].key if i < size else ""
            if beginning in jointed or key in _TURNS:
                self._descend(beginning, text_words, i, found)
                return
            if beginning in targets and i not in found:
                found[i] = Match(i, targets[beginning])
            beginning = f"{beginning} {fold_plain(key) if self._plain else key}"
            if i >= size or beginning not in beginnings:
                return
            i += 1

    def _descend(self, beginning: str, text_words: Sequence[Word], i: int, found: dict[int, Match]) -> None:
        if beginning in self._targets and i not in found:
            found[i] = Match(i, self._targets[beginning])
        joint = f"{beginning} ," if beginning in self._jointed else None
        if joint is not None and (i >= len(text_words) or text_words[i].key not in JOINTS):
            self._descend(joint, text_words, i, found)
        if i >= len(text_words):
            return
        key = text_words[i].key
        if key in JOINTS and joint is not None:
            self._descend(joint, text_words, i + 1, found)
        if key in _SOFT or key in {"và", "&"}:  # "Phát thanh và Truyền hình" stands for "Phát thanh - Truyền hình"
            i += 1
            if i >= len(text_words) or text_words[i].key in _TURNS:
                return
            if key not in _SOFT and text_words[i].key == "các":
                return  # "Sở Y tế và các địa phương" are two
            key = text_words[i].key
        elif key in JOINTS:
            return
        below = f"{beginning} {fold_plain(key) if self._plain else key}"
        if below in self._beginnings:
            self._walk(below, text_words, i + 1, found)


def _runs_on(words: Sequence[Word], at: int, match: Match) -> bool:
    """Tell whether a match goes over *và* and then a comma, as no name does: *Thương binh và Xã hội, Dân tộc* are two."""
    keys = [word.key for word in words[at : match.end]]
    if "," not in keys or not any(key in {"và", "&"} for key in keys):
        return False
    first = next(i for i, key in enumerate(keys) if key in {"và", "&"})
    return "," in keys[first:] and not any(" và " in target.full.partition(",")[0] for target in match.targets)


@dataclass(frozen=True, slots=True)
class Memory:
    """What was found so far in texts that speak from one place: mentions by text, and what names mean there."""

    texts: dict[str, Any] = field(default_factory=dict)  # mentions are known one floor up
    cells: dict[str, Any] = field(default_factory=dict)
    meanings: dict[Hashable, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgencyIndex:
    """The registry prepared for finding: names with accents, names without (three words at least), and places."""

    registry: Registry
    names: NameTree
    plain_names: NameTree
    places: NameTree
    verbs: NameTree
    """Verbs and connectives that end a name which is not registered."""
    group_firsts: frozenset[str]
    """The words that names of groups begin with."""
    abbreviations: dict[str, str]
    split_names: tuple[str, ...]
    found: dict[Hashable, Memory] = field(default_factory=dict, compare=False)
    """What was found in the document at hand, by where it speaks from; the reader empties it between documents."""

    def memory(self, context: Hashable) -> Memory:
        """Return what was found so far for ``context``."""
        known = self.found.get(context)
        if known is None:
            known = self.found[context] = Memory()
        return known


def _as_list(name: str) -> str | None:
    """Return a name whose parts a hyphen and *và* join as the list that people write of it, ``None`` for other names.

    >>> _as_list("Sở Lao động - Thương binh và Xã hội"), _as_list("Phòng Tài chính - Kế hoạch")
    ('Sở Lao động, Thương binh và Xã hội', None)
    """
    head, hyphen, tail = name.partition(" - ")
    return f"{head}, {tail}" if hyphen and " và " in tail and "," not in name and " - " not in tail else None


def build_agency_index(registry: Registry) -> AgencyIndex:
    """Prepare a registry for finding names; built once a process and passed along."""
    named: dict[Named, Named] = {}
    forms = [
        (form.text, named.setdefault(target := Named(form.kind, form.id, form.full), target))
        for form in registry.name_forms()
    ]
    forms += [(listed, target) for text, target in forms if (listed := _as_list(text)) is not None]
    long_forms = [(text, target) for text, target in forms if text.count(" ") > 1 and target.kind != "title"]
    places = [(form.text, Named("place", form.id, form.text)) for form in registry.place_forms()]
    abbreviations = {fold(form): entry.expansion for entry in registry.abbreviations for form in entry.forms}
    hyphened = sorted({text for text, _ in forms if " - " in text or " – " in text})
    return AgencyIndex(
        registry,
        NameTree(forms),
        NameTree(long_forms, plain=True),
        NameTree(places),
        NameTree(
            (row["form"], Named("verb", row["form"], row["form"]))
            for row in read_table(TABLES / "duty_verbs.csv", ("form", "note"))
        ),
        frozenset(split_words(text)[0].key for text, target in forms if target.kind == "group"),
        abbreviations,
        tuple(hyphened),
    )
