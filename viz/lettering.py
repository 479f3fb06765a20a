"""How wide a text runs, near enough to break lines in a picture without asking a font.

The server does not know which font a reader's screen has. Widths here are those of a wide sans serif (DejaVu Sans), so a
text set in any usual sans serif fits the box it was measured for. Vietnamese marks sit above and below their letter and add
no width.
"""

from ontology.folding import bare_letters

_CLASSES = (
    ("fijltIJ.,:;!|'()[]/- ", 0.42),
    ("mwMW@%", 1.0),
    ("ABCDEGHKNOPQRUVXYZĐ&+=<>", 0.77),
    ("rst", 0.55),
)
_WIDTHS = {letter: width for letters, width in _CLASSES for letter in letters}
_DEFAULT = 0.65


def text_width(text: str, size: float = 1.0) -> float:
    """Return the width of ``text`` at font size ``size``, an upper estimate.

    >>> text_width("Quyết định") == text_width("Quyet dinh")
    True
    """
    return size * sum(_WIDTHS.get(letter, _DEFAULT) for letter in bare_letters(text))


def wrap_text(text: str, width: float, size: float = 1.0, lines: int | None = None) -> list[str]:
    """Break ``text`` between words into lines of at most ``width``; a word wider than that is broken where it must be.

    With ``lines``, what does not fit in so many lines is dropped and the last line ends with an ellipsis.

    >>> wrap_text("Chương trình mục tiêu quốc gia", 8)
    ['Chương trình', 'mục tiêu', 'quốc gia']
    >>> wrap_text("Chương trình mục tiêu quốc gia", 8, lines=2)
    ['Chương trình', 'mục tiêu…']
    >>> wrap_text("", 8)
    []
    """
    made: list[str] = []
    for word in text.split():
        joined = f"{made[-1]} {word}" if made else word
        if made and text_width(joined, size) <= width:
            made[-1] = joined
            continue
        while text_width(word, size) > width and len(word) > 1:
            cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or text_width(word[:n], size) <= width)
            made.append(word[:cut])
            word = word[cut:]
        made.append(word)
    if lines is None or len(made) <= lines:
        return made
    kept = made[:lines]
    while " " in kept[-1] and text_width(kept[-1] + "…", size) > width:
        kept[-1] = kept[-1].rsplit(" ", 1)[0]
    kept[-1] = kept[-1].rstrip(",;:-– ") + "…"
    return kept
