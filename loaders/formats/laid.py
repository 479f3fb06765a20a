"""What a reader of a format hands back: the text layer and what was noticed on the way."""

from dataclasses import dataclass
from pathlib import Path

from ontology.errors import SourceError
from ontology.records import Finding

LARGEST_TEXT = 8 * 1024 * 1024
"""Characters of a text layer; the longest administrative document seen is a hundredth of it."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The text of a document, laid out; ``findings`` are about the file, so they carry no span."""

    text: str
    findings: tuple[Finding, ...] = ()


def refuse_large(text: str, path: Path) -> None:
    """Raise :class:`ontology.errors.SourceError` for a text that is longer than any document."""
    if len(text) > LARGEST_TEXT:
        raise SourceError(
            f"its text has {len(text):,} characters, more than {LARGEST_TEXT:,}", path=path, remedy="split the document"
        )


def one_line(text: str) -> str:
    """Return ``text`` with each run of blanks, tabs and line breaks as one blank: what a cell of a table may hold.

    >>> one_line(" Sở Y tế\\n\\tSở\\u00a0Tài chính ")
    'Sở Y tế Sở Tài chính'
    """
    return " ".join(text.split())
