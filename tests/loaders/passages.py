"""Passages for tests, as if their text stood in a source."""

from loaders.text.passage import Passage, Piece


def passage_of(text: str, at: int = 0) -> Passage:
    """Return a passage of ``text`` that stands unbroken at offset ``at`` of its source."""
    return Passage(text, (Piece(0, len(text), at, len(text)),) if text else ())
