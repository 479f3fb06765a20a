"""Why a file is not read and what to do about it, in Vietnamese: rows of ``ontology/tables/refusals.csv``.

The readers say it once, in English, where they find it; what varies in a sentence (a number, a command, the words of a library)
stands in its place in both.
"""

import re
from functools import cache
from pathlib import Path

from ontology.table_reading import TABLES, read_table

_GAP = "{}"


@cache
def load_refusals(folder: Path = TABLES) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return each sentence as a pattern, with what it is in Vietnamese, the longest first; raise ``RegistryError`` for a wrong row."""
    found = []
    for row in read_table(folder / "refusals.csv", ("english", "vietnamese", "note")):
        english, vietnamese = row.text("english"), row.text("vietnamese")
        if english.count(_GAP) != vietnamese.count(_GAP):
            row.fail("the two sentences have not the same number of {}", "write {} once for each thing that varies")
        parts = "(.*?)".join(map(re.escape, english.split(_GAP)))
        found.append((len(english), re.compile(parts, re.DOTALL), vietnamese))
    return tuple((pattern, vietnamese) for _, pattern, vietnamese in sorted(found, key=lambda one: -one[0]))


def in_vietnamese(sentence: str) -> str:
    """Return what a reader said in Vietnamese; a sentence that the table does not have stays as it is.

    >>> in_vietnamese("the PDF is damaged (it has no pages)")
    'tệp PDF bị hỏng (không có trang nào)'
    """
    for pattern, vietnamese in load_refusals():
        found = pattern.fullmatch(sentence)
        if found is not None:
            parts = vietnamese.split(_GAP)
            inner = [in_vietnamese(part) for part in found.groups()] + [""]
            return "".join(part + said for part, said in zip(parts, inner, strict=True))
    return sentence
