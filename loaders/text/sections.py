"""What a section is about, by the words of its heading: purpose, goals, measures, organisation, funds, reporting.

The words are rows of ``ontology/tables/section_words.csv``; the longest one that begins a heading counts, else the section above decides.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from ontology.folding import fold, fold_words
from ontology.table_reading import TABLES, read_table

_REACH = 300
"""Characters that hold more words than any heading of a table has."""
_WORD = re.compile(r"[^\W_]+|&")
LONGEST_HEADING = 14
"""Words a heading may have to be known by its first words; longer ones are statements."""


_SHORT = frozenset({"purpose", "background", "time"})
"""Kinds of sections whose headings say no more than that; statements begin with the same words (*Yêu cầu các địa phương …*)."""
_FEW_WORDS = 4


def _is_sentence(title: str, more: int) -> bool:
    """Tell whether a text is a sentence that goes on for ``more`` words behind those of a heading."""
    return more > _FEW_WORDS and ":" not in title and title.rstrip().endswith((".", ";", "./."))


@dataclass(frozen=True, slots=True)
class SectionWords:
    """Folded heading forms with the kind of section they open."""

    forms: dict[tuple[str, ...], str]
    longest: int
    firsts: frozenset[str]
    """The words that forms begin with."""

    def kind_of(self, title: str) -> str | None:
        """Return the kind of section that a heading (or the words before its colon) opens, or ``None``.

        >>> known = load_section_words()
        >>> known.kind_of("MỤC ĐÍCH, YÊU CẦU"), known.kind_of("Mục tiêu: Hỗ trợ đa dạng hóa"), known.kind_of("Sở Y tế")
        ('purpose', 'goals', None)
        """
        head = title.split(":", 1)[0]
        first = _WORD.search(head)
        if first is None or fold(first.group()) not in self.firsts:
            return None
        folded = fold_words(head[:_REACH])
        if not folded or (len(folded) > LONGEST_HEADING and not head.isupper()):
            return None
        for size in range(min(self.longest, len(folded)), 0, -1):
            kind = self.forms.get(tuple(folded[:size]))
            if kind is not None and (size > 1 or len(folded) <= LONGEST_HEADING):
                return None if kind in _SHORT and _is_sentence(title, len(folded) - size) else kind
        return None


def load_section_words(folder: Path | None = None) -> SectionWords:
    """Read ``section_words.csv``; raise ``RegistryError`` for a wrong row."""
    rows = read_table((folder or TABLES) / "section_words.csv", ("form", "section", "note"))
    forms = {tuple(fold_words(row.text("form"))): row.text("section") for row in rows}
    return SectionWords(forms, max(map(len, forms)), frozenset(form[0] for form in forms))
