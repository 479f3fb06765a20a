"""Which part of a saved web page is the document: by structure and by how much of its text is links.

A law portal puts menus, related documents, comments and advertising around the text. What HTML itself marks as not the text goes
first; then one walks down from the body as long as one child holds most of the prose, but not past the masthead or *Nơi nhận*; then
lists of links are cut out of what is left. Cited documents are links too, so a paragraph of links stays.
"""

import re

from lxml import etree

from ontology.folding import fold_plain

_NOT_TEXT = frozenset(
    {
        "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "audio", "video",
        "button", "select", "option", "input", "textarea", "nav", "aside", "footer", "head", "title", "meta",
        "link", "dialog", "map", "datalist",
    }
)  # fmt: skip
_NOT_TEXT_ROLES = frozenset(
    {
        "navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog", "alert",
        "tablist", "toolbar",
    }
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_OFFICE_MARGINS = re.compile(r"mso-element\s*:\s*(?:header|footer|comment-list)", re.IGNORECASE)
_NOTE = re.compile(r"(?:sd)?(?:foot|end)note\d+|ftn\d+|edn\d+")
_MARK = re.compile(r"#_(?:ft|ed)n\d")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that a page may hold (``&#11;``) and a tree may not be given."""
_BRACES = re.compile(r"([{}])")
_NAME = re.compile(r"[.#][\w-]+")
_LONGEST_SHEET = 200_000
_LINKS_LISTS = frozenset({"ul", "ol", "div", "table", "section", "header", "td", "dl"})
_HEAD = re.compile(r"cong hoa xa hoi chu nghia|doc lap\W{1,9}tu do\W{1,9}hanh phuc")
_END = re.compile(r"noi nhan\s*:")
_WHOLE_PAGE = 0.85
"""The share of a row's prose that is in one cell of it where the row lays out the page."""
_DESCEND = frozenset(
    {
        "body", "div", "section", "article", "main", "form", "center", "table", "tbody", "tr", "td", "span", "font",
        "header", "html",
    }
)  # fmt: skip


def is_hidden(element: etree._Element) -> bool:
    """Tell whether an element is not shown, or not text by what HTML says of it."""
    if not isinstance(element.tag, str) or element.tag.lower() in _NOT_TEXT:
        return True
    if element.tag == "a" and _is_note_mark(element):
        return True
    if "hidden" in element.attrib or element.get("role", "").lower() in _NOT_TEXT_ROLES:
        return True
    style = element.get("style", "")
    if element.tag == "div" and (element.get("title") in {"header", "footer"} or _OFFICE_MARGINS.search(style)):
        return True  # heads and feet of pages, as LibreOffice and Word write them
    return bool(_HIDDEN.search(style))


def _is_note_mark(element: etree._Element) -> bool:
    """Tell whether a link is the mark of a footnote, as LibreOffice and Word write it: no part of the word it stands at."""
    target = element.get("href", "")
    return element.get("class") == "sdfootnoteanc" or bool(_MARK.match(target))


def take_notes(root: etree._Element) -> list[etree._Element]:
    """Take the footnotes out of a page that LibreOffice or Word wrote, and return them, each beginning with its number."""
    notes = [div for div in root.iter("div") if _NOTE.fullmatch(div.get("id", ""))]
    for note in notes:
        for mark in note.iter("a"):
            if mark.get("class") == "sdfootnotesym":
                mark.text = f"[{mark.text or ''}] "
        drop_hidden(note)
        _drop(note)
    return notes


def drop_hidden(root: etree._Element) -> None:
    """Take everything out of the tree that is not shown or not text."""
    named = _hidden_names(root)
    for element in list(root.iter(etree.Element)):
        if element is not root and (is_hidden(element) or _is_named(element, named)):
            _drop(element)


def _hidden_names(root: etree._Element) -> frozenset[str]:
    """Return the classes and ids (``.x``, ``#y``) that a style sheet in the page itself hides on the screen."""
    names: set[str] = set()
    for style in root.getroottree().iter("style"):
        opened: list[str] = []
        said = ""
        for token in _BRACES.split((style.text or "")[:_LONGEST_SHEET]):
            if token == "{":
                opened.append(said)
            elif token == "}" and opened:
                selectors = opened.pop()
                if _HIDDEN.search(said) and not any("print" in outer for outer in opened):
                    names.update(one for one in map(str.strip, selectors.split(",")) if _NAME.fullmatch(one))
            said = "" if token in {"{", "}"} else token
    return frozenset(names)


def _is_named(element: etree._Element, names: frozenset[str]) -> bool:
    if not names:
        return False
    return f"#{element.get('id')}" in names or any(f".{name}" in names for name in element.get("class", "").split())


def _drop(element: etree._Element) -> None:
    """Take an element out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = _NOT_XML.sub("", (before.tail or "") + element.tail)
        else:
            parent.text = _NOT_XML.sub("", (parent.text or "") + element.tail)
    element.tail = None
    parent.remove(element)


class Weights:
    """How many letters each element holds, how many of them in links, and whether head and end of a document are in it."""

    def __init__(self, root: etree._Element) -> None:
        self.letters: dict[etree._Element, int] = {}
        self.linked: dict[etree._Element, int] = {}
        self.links: dict[etree._Element, int] = {}
        self.marks: dict[etree._Element, frozenset[str]] = {}
        for element in reversed(list(root.iter(etree.Element))):
            parts = [element.text or "", *(child.tail or "" for child in element)]
            own = " ".join(part for part in parts if part.strip())
            children = list(element.iterchildren(etree.Element))
            self.letters[element] = len(own) + sum(self.letters[child] for child in children)
            self.linked[element] = sum(self.linked[child] for child in children)
            self.links[element] = sum(self.links[child] for child in children)
            if element.tag == "a" and element.get("href") is not None:
                self.linked[element], self.links[element] = self.letters[element], 1
            marks = frozenset[str]().union(*(self.marks[child] for child in children))
            if own and len(own) < 400:
                folded = " ".join(fold_plain(own).split())
                marks |= {name for name, pattern in (("head", _HEAD), ("end", _END)) if pattern.search(folded)}
            self.marks[element] = marks

    def prose(self, element: etree._Element) -> int:
        """Return how many letters of an element are no links."""
        return self.letters[element] - self.linked[element]


def find_main(root: etree._Element) -> etree._Element:
    """Return the smallest element that holds the document."""
    weights = Weights(root)
    main = root
    while True:
        children = [child for child in main.iterchildren(etree.Element) if child.tag in _DESCEND]
        if not children:
            return main
        best = max(children, key=weights.prose)
        framed = [child for child in children if "head" in weights.marks[child]]
        if len(framed) == 1 and weights.prose(framed[0]) >= 0.35 * weights.prose(main):
            best = framed[0]
        elif weights.prose(best) < 0.7 * weights.prose(main):
            return main
        if weights.marks[main] - weights.marks[best]:
            return main
        if main.tag == "tr" and weights.marks[main] and weights.prose(best) < _WHOLE_PAGE * weights.prose(main):
            return main  # a masthead, whose cells belong together
        main = best


def drop_link_lists(main: etree._Element) -> None:
    """Cut menus and lists of other documents out of ``main``: four links and more, and hardly anything but links."""
    weights = Weights(main)
    for element in list(main.iter(etree.Element)):
        if element is main or element.tag not in _LINKS_LISTS or weights.marks[element]:
            continue
        letters, linked, links = weights.letters[element], weights.linked[element], weights.links[element]
        if links >= 4 and linked > 0.8 * letters and linked < 80 * links and not _is_clause(element):
            _drop(element)


def _is_clause(element: etree._Element) -> bool:
    """Tell whether an element begins like a clause of bases (*Căn cứ …*), whose documents are links."""
    text = fold_plain(" ".join("".join(map(str, element.itertext())).split())[:40])
    return text.startswith(("can cu", "theo", "thuc hien", "xet"))
