"""From a file to its text layer: what every span points into.

The text layer of a ``.txt`` file is the file's text in Unicode NFC. Other formats are laid out as text by their reader in
:mod:`loaders.formats`: a paragraph a line, automatic numbers written out, a table row a line with tabs between cells.
"""

from dataclasses import dataclass

from ontology.records import Finding, SourceInfo


@dataclass(frozen=True, slots=True)
class Source:
    """The text layer of one file, in NFC, with what is known of the file."""

    text: str
    info: SourceInfo
    findings: tuple[Finding, ...] = ()
