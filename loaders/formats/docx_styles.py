"""Styles of a Word document, as far as they change what is printed: numbering, capitals, hidden text.

A style inherits from the one it is based on; what a paragraph or run says itself comes first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset({"0", "false", "off", "none"})
_LONGEST_CHAIN = 40


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return the element at the end of the path ``names``, ``None`` where the path breaks off."""
    for name in names:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: etree._Element | None, *names: str) -> str | None:
    """Return the ``w:val`` of the element at the end of the path."""
    found = child(element, *names)
    return None if found is None else found.get(W + "val")


def whole_number(text: str | None) -> int | None:
    """Return ``text`` as an integer, ``None`` for anything else."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def switch(element: etree._Element | None, name: str) -> bool | None:
    """Return whether a property is switched on or off, ``None`` where nothing is said."""
    found = child(element, name)
    if found is None:
        return None
    return found.get(W + "val", "true").lower() not in _OFF


@dataclass(frozen=True, slots=True)
class NumberingOf:
    """The list a paragraph belongs to: its ``num`` and level; ``style`` is the style that said so, if it was one."""

    num: int
    level: int | None
    style: str | None = None


def _font(properties: etree._Element | None) -> str | None:
    fonts = child(properties, "rFonts")
    return None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")


class Styles:
    """The styles part of a document; a document without one has none."""

    def __init__(self, part: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        self._font = _font(child(part, "docDefaults", "rPrDefault", "rPr"))
        for style in part.iterfind(W + "style") if part is not None else ():
            name = style.get(W + "styleId")
            if name is None:
                continue
            self._styles.setdefault(name, style)
            if style.get(W + "type") == "paragraph" and style.get(W + "default", "0").lower() not in _OFF:
                self._default = name

    def _chain(self, name: str | None) -> Iterator[tuple[str, etree._Element]]:
        seen: set[str] = set()
        while name is not None and name not in seen and len(seen) < _LONGEST_CHAIN and name in self._styles:
            seen.add(name)
            yield name, self._styles[name]
            name = value(self._styles[name], "basedOn")

    def style_of(self, paragraph: etree._Element) -> str | None:
        """Return the id of a paragraph's style."""
        return value(paragraph, "pPr", "pStyle") or self._default

    def numbering_of(self, paragraph: etree._Element) -> NumberingOf | None:
        """Return the list that a paragraph belongs to, by its own word or its style's; ``None`` if to none."""
        own = child(paragraph, "pPr", "numPr")
        num, level = whole_number(value(own, "numId")), whole_number(value(own, "ilvl"))
        if num is not None:
            return NumberingOf(num, level) if num else None
        inherited = self.numbering_of_style(self.style_of(paragraph))
        if inherited is None or level is None:
            return inherited
        return NumberingOf(inherited.num, level)

    def numbering_of_style(self, style: str | None) -> NumberingOf | None:
        """Return the list that a style numbers its paragraphs by."""
        level: int | None = None
        for name, element in self._chain(style):
            said = child(element, "pPr", "numPr")
            level = level if level is not None else whole_number(value(said, "ilvl"))
            num = whole_number(value(said, "numId"))
            if num is not None:
                return NumberingOf(num, level, name) if num else None
        return None

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Tell whether a paragraph is a line of an automatic table of contents."""
        name = value(self._styles.get(self.style_of(paragraph) or ""), "name") or ""
        return name.lower().startswith("toc ") and name[4:].isdigit()

    def font_of(self, run: etree._Element, paragraph_style: str | None) -> str | None:
        """Return the font of a run, by its own word, its style's or its paragraph's; ``None`` where the document's is meant."""
        properties = child(run, "rPr")
        own = _font(properties)
        if own is not None:
            return own
        for style in (value(properties, "rStyle"), paragraph_style):
            for _, element in self._chain(style):
                said = _font(child(element, "rPr"))
                if said is not None:
                    return said
        return self._font

    def shows(self, run: etree._Element, paragraph_style: str | None, name: str) -> bool:
        """Tell whether a property of letters (``caps``, ``vanish``) holds for a run, by itself or by a style."""
        properties = child(run, "rPr")
        said = switch(properties, name)
        if said is not None:
            return said
        for style in (value(properties, "rStyle"), paragraph_style):
            for _, element in self._chain(style):
                said = switch(child(element, "rPr"), name)
                if said is not None:
                    return said
        return False
