"""Short forms written out: what people type (*so ldtbxh binh thuan*) in the words of full names.

The tables of the registry say what is short for what and which kinds of place there are; upper case and accents are not needed.
"""

import re
from functools import lru_cache
from pathlib import Path

from ontology.folding import UPPER, fold_plain, plain_words
from ontology.registry_tables import parse_abbreviation, parse_place_kind, read_entries
from ontology.table_reading import TABLES

_SHORTEST = 3
"""Letters a short form must have to be known without its capitals: *tư* is a word, *TƯ* is short for *Trung ương*."""

_TORN = re.compile(rf"(?<![\w/&-])[{UPPER}]{{1,6}}(?:(?:\s*[,&–-]\s*|\s+(?:và|&)\s+)[{UPPER}]{{1,6}})+(?![\w/&-])")
"""Capitals with signs between them that may be one short form: *LĐ,TB&XH*, *LĐ - TB và XH*."""
_BETWEEN = re.compile(r"[\s,&–-]+|và")


class ShortForms:
    """The short forms of words inside names, and the words before the names of places."""

    def __init__(self, folder: Path = TABLES) -> None:
        entries = read_entries(folder, "abbreviations", parse_abbreviation, lambda one: f"{one.scope} {one.expansion}")
        pairs = [
            (form, one.expansion) for one in entries.values_only().values() if one.scope == "name" for form in one.forms
        ]
        self._as_printed = dict(pairs)
        folded: dict[str, set[str]] = {}
        for form, expansion in pairs:
            folded.setdefault(fold_plain(form), set()).add(expansion)
        # A form that stands for two things once folded is left as it is: nothing is guessed.
        self._folded = {form: next(iter(them)) for form, them in folded.items() if len(them) == 1}
        longest = sorted({*self._folded, *map(fold_plain, self._as_printed)}, key=lambda form: (-len(form), form))
        self._pattern = re.compile(rf"(?<![\w&/-])(?:{'|'.join(map(re.escape, longest))})(?![\w&/])")
        kinds = read_entries(folder, "place_kinds", parse_place_kind, lambda one: one.id).values_only().values()
        self._kinds = {" ".join(plain_words(word)) for kind in kinds for word in (kind.name, *kind.names)}

    def write_out(self, text: str) -> str:
        """Return ``text`` with its short forms written out; a document number stays a number.

        >>> ShortForms().write_out("Sở LĐTBXH Bình Thuận")
        'Sở Lao động - Thương binh và Xã hội Bình Thuận'
        >>> ShortForms().write_out("phong ld-tb&xh"), ShortForms().write_out("293/QĐ-LĐTBXH")
        ('phong Lao động - Thương binh và Xã hội', '293/QĐ-LĐTBXH')
        >>> ShortForms().write_out("Sở LĐ, TB và XH"), ShortForms().write_out("UBND, HĐND tỉnh")
        ('Sở Lao động - Thương binh và Xã hội', 'Ủy ban nhân dân, Hội đồng nhân dân tỉnh')
        """
        text, parts, at = _TORN.sub(self._joined, text.strip()), [], 0
        plain = fold_plain(text)
        if len(plain) != len(text):
            return text
        for match in self._pattern.finditer(plain):
            printed = text[match.start() : match.end()]
            expansion = self._as_printed.get(printed)
            if expansion is None and sum(map(str.isalpha, printed)) >= _SHORTEST:
                expansion = self._folded.get(match.group())
            if expansion is not None:
                parts += [text[at : match.start()], expansion]
                at = match.end()
        return "".join([*parts, text[at:]])

    def _joined(self, found: re.Match[str]) -> str:
        """Return a short form without the signs inside it, if there is one so spelt."""
        letters = _BETWEEN.sub("", found.group())
        return letters if fold_plain(letters) in self._folded or letters in self._as_printed else found.group()

    def without_kind(self, place: str) -> str:
        """Return the name of a place without its kind.

        >>> ShortForms().without_kind("tỉnh Bình Thuận"), ShortForms().without_kind("Việt Nam")
        ('Bình Thuận', 'Việt Nam')
        """
        words = place.split()
        for length in range(len(words) - 1, 0, -1):
            if " ".join(plain_words(" ".join(words[:length]))) in self._kinds:
                return " ".join(words[length:])
        return place


@lru_cache(maxsize=1)
def short_forms() -> ShortForms:
    """Return the short forms of the project's own registry, read once."""
    return ShortForms()
