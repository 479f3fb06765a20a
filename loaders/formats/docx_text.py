"""The text of a Word paragraph as it is printed: insertions kept, deletions dropped, results of fields, not their codes.

What stands in a text box is handed back apart, for it is a paragraph of its own.
"""

import unicodedata
from dataclasses import dataclass, field

from lxml import etree

from loaders.formats.docx_styles import Styles, W, child
from loaders.formats.legacy_fonts import FontReader

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"

_SKIPPED = frozenset(
    {W + "del", W + "moveFrom", W + "pPr", W + "rPr", W + "instrText", W + "delText", W + "rt", W + "sectPr"}
)
_PICTURES = frozenset({W + "drawing", W + "pict", W + "object"})
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_TAB_IN_TEXT = "      "
"""A tab in running text only moves to the right; in the text layer a tab parts the cells of a table."""


@dataclass(slots=True)
class Tracked:
    """What was noticed in the whole document: insertions, deletions, pictures."""

    inserted: int = 0
    deleted: int = 0
    pictures: int = 0


@dataclass(slots=True)
class ParagraphText:
    """The text of one paragraph, a line break inside it as ``\\n``, and the text boxes anchored in it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All parts joined, in NFC."""
        return unicodedata.normalize("NFC", "".join(self.parts))


class TextReader:
    """Reads the paragraphs of one document in order; fields may reach over several of them."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[str] = []
        self.tracked = Tracked()
        self.fonts = FontReader()
        self.notes: list[tuple[str, str]] = []
        """The footnotes and endnotes that the text refers to, in order: the name of their part, and their id in it."""

    @property
    def in_contents(self) -> bool:
        """Whether the next paragraph is inside an automatic table of contents."""
        return "contents" in self._fields

    def read(self, paragraph: etree._Element) -> ParagraphText:
        """Return the text of a paragraph."""
        found = ParagraphText()
        self._collect(paragraph, found, self._styles.style_of(paragraph))
        if not self.in_contents:
            self._fields.clear()
        return found

    def _collect(self, element: etree._Element, found: ParagraphText, style: str | None) -> None:
        for part in element.iterchildren(etree.Element):
            tag = part.tag
            if tag == W + "r":
                if not self._styles.shows(part, style, "vanish"):
                    self._run(part, found, style)
            elif tag in (W + "del", W + "moveFrom"):
                self.tracked.deleted += 1
            elif tag not in _SKIPPED:
                if tag in (W + "ins", W + "moveTo"):
                    self.tracked.inserted += 1
                if tag == _MATHS + "t":
                    found.parts.append(part.text or "")
                self._collect(part, found, style)

    def _run(self, run: etree._Element, found: ParagraphText, style: str | None) -> None:
        capitals = self._styles.shows(run, style, "caps")
        for part in run.iterchildren(etree.Element):
            tag = part.tag
            if tag == W + "fldChar":
                self._field(part.get(W + "fldCharType"))
            elif tag == W + "instrText":
                if self._fields and (part.text or "").strip().upper().startswith("TOC"):
                    self._fields[-1] = "contents"
            elif "code" in self._fields or self.in_contents:
                continue
            elif tag == W + "t":
                text = (part.text or "").replace("\t", _TAB_IN_TEXT).replace("\n", " ")
                text = self.fonts.read(text, self._styles.font_of(run, style))
                found.parts.append(text.upper() if capitals else text)
            elif tag in _NOTES:
                self.notes.append((_NOTES[tag], part.get(W + "id", "")))
            elif tag in _PICTURES or tag == _COMPATIBLE + "AlternateContent":
                self._picture(part, found)
            else:
                found.parts.append(_SIGNS.get(str(tag), ""))
                if tag == W + "sym":
                    found.parts.append(_symbol(part))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append("code")
        elif self._fields and kind == "separate":
            if self._fields[-1] == "code":
                self._fields[-1] = "result"
        elif self._fields and kind == "end":
            self._fields.pop()

    def _picture(self, part: etree._Element, found: ParagraphText) -> None:
        """Note a picture; of the two forms that Word writes for a text box, take one."""
        forms = [part]
        if part.tag == _COMPATIBLE + "AlternateContent":
            forms = [
                f for f in (part.find(_COMPATIBLE + "Choice"), part.find(_COMPATIBLE + "Fallback")) if f is not None
            ]
        for form in forms:
            boxes = [box for box in form.iter(W + "txbxContent") if not _inside_box(box, form)]
            if boxes:
                found.boxes.extend(boxes)
                return
        self.tracked.pictures += any(
            True for form in forms for _ in form.iter(_VML + "imagedata", "{*}blip", W + "object")
        )


def _inside_box(box: etree._Element, top: etree._Element) -> bool:
    """Tell whether a text box is inside another one, or in the form for old programs of one that was taken."""
    for above in box.iterancestors():
        if above is top:
            return False
        if above.tag in (W + "txbxContent", _COMPATIBLE + "Fallback"):
            return True
    return False


_SIGNS = {
    W + "tab": _TAB_IN_TEXT,
    W + "ptab": _TAB_IN_TEXT,
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
SYMBOLS = {
    0xF02A: "*",
    0xF02B: "+",
    0xF02D: "-",
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF0D8: "►",
    0xF0FC: "✓",
    0xF0B3: "≥",
    0xF0A3: "≤",
    0xF0B1: "±",
}
"""Signs of symbol fonts by the private numbers under which they are stored."""


def _symbol(part: etree._Element) -> str:
    try:
        return SYMBOLS.get(int(part.get(W + "char", ""), 16), "")
    except ValueError:
        return ""


def mark_is_deleted(paragraph: etree._Element) -> bool:
    """Tell whether the end of a paragraph was deleted, so that the next one goes on with it."""
    mark = child(paragraph, "pPr", "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None
