"""Old tables known by their fonts: a run in ``.VnTime`` is TCVN3, one in ``VNI-Times`` is VNI, whatever the rest of the document is in.

Where a file names its fonts nothing need be guessed, and a single old line in a new document is converted too. Fonts such as
``.VnTimeH`` draw small letters as capitals, so their text is written in capitals.
"""

import re
from dataclasses import dataclass, field

from loaders.formats.decoding import tell_converted
from loaders.formats.legacy import from_tcvn3, from_vni, is_unicode
from ontology.records import Finding

_TCVN3 = re.compile(r"\.vn\w", re.IGNORECASE)
_VNI = re.compile(r"vni[-_ ]\w", re.IGNORECASE)
_CAPITALS = re.compile(r"\.vn[\w ]*h", re.IGNORECASE)


def table_of_font(font: str | None) -> str | None:
    """Return the old table that a font draws, ``None`` for one that draws Unicode.

    >>> table_of_font(".VnTimeH"), table_of_font("VNI-Times"), table_of_font("Times New Roman")
    ('TCVN3', 'VNI', None)
    """
    name = (font or "").strip("\"' ")
    return "TCVN3" if _TCVN3.match(name) else "VNI" if _VNI.match(name) else None


@dataclass(slots=True)
class FontReader:
    """Converts runs by their fonts, and counts them."""

    converted: dict[str, list[str]] = field(default_factory=dict)

    def read(self, text: str, font: str | None) -> str:
        """Return the text of a run in Unicode."""
        table = table_of_font(font)
        if table is None or is_unicode(text):
            return text
        unicode = from_tcvn3(text) if table == "TCVN3" else from_vni(text)
        if unicode != text:
            self.converted.setdefault(table, []).append(unicode)
        if font is not None and _CAPITALS.fullmatch(font.strip("\"' ")) and (unicode != text or self.converted):
            return unicode.upper()
        return unicode

    def findings(self) -> tuple[Finding, ...]:
        """Return what a reader must know: from which tables how many runs were converted."""
        return tuple(tell_converted(table, len(runs), "\n".join(runs)) for table, runs in self.converted.items())
