"""From a file to its text layer: what every span points into.

The text layer of a ``.txt`` file is the file's text in Unicode NFC. Other formats are laid out as text by their reader in
:mod:`loaders.formats`: a paragraph a line, automatic numbers written out, a table row a line with tabs between cells.
"""

import hashlib
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from loaders.formats.confine import RECOGNISING, Limits, read_confined
from loaders.formats.decoding import convert_text, decode_text
from loaders.formats.kinds import MEDIA_TYPES, find_format
from loaders.formats.laid import Laid, refuse_large
from ontology.errors import SourceError
from ontology.records import Finding, SourceInfo


@dataclass(frozen=True, slots=True)
class Source:
    """The text layer of one file, in NFC, with what is known of the file."""

    text: str
    info: SourceInfo
    findings: tuple[Finding, ...] = ()


LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; the largest administrative document seen is a hundredth of it."""


def read_source(path: Path, limits: Limits | None = None, *, recognise: bool = False) -> Source:
    """Read a file into its text layer.

    Plain text is read here; a Word, PDF or HTML file by a process of its own, held to ``limits``. Scanned pages and pictures are refused
    unless ``recognise`` is set; then Tesseract recognises them, and a finding says so.

    Raises:
        SourceError: the file is missing, too large, empty, damaged, a scan, or of a format without a reader; with the remedy.
    """
    data = _bytes_of(path)
    kind = find_format(data, path)
    if kind == "text":
        laid = Laid(decode_text(data, path))
    else:
        limits = limits or (RECOGNISING if recognise else Limits())
        laid = read_confined(kind, data, path, limits, recognise=recognise)
    refuse_large(laid.text, path)
    text, noticed = convert_text(laid.text)
    source = text_source(text, name=path.name, media_type=MEDIA_TYPES[kind], data=data)
    return Source(source.text, source.info, (*laid.findings, *noticed))


def text_source(text: str, *, name: str, media_type: str, data: bytes) -> Source:
    """Return the source of a text layer: put into NFC, hashed, named."""
    layer = unicodedata.normalize("NFC", text)
    info = SourceInfo(
        name,
        media_type,
        hashlib.sha256(layer.encode()).hexdigest(),
        len(layer),
        hashlib.sha256(data).hexdigest(),
    )
    return Source(layer, info)


def _bytes_of(path: Path) -> bytes:
    """Return the bytes of a file, after a look at what it is: a pipe would never end, and a giant must not be loaded."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise SourceError("this is a folder, not a file", path=path, remedy="name the document in it")
        if not stat.S_ISREG(about.st_mode):
            raise SourceError(
                "this is not a file but a device or pipe", path=path, remedy="save the document to a file first"
            )
        if about.st_size > LARGEST_FILE:
            raise SourceError(
                f"the file has {about.st_size:,} bytes, more than {LARGEST_FILE:,}",
                path=path,
                remedy="split it, or give the text layer alone",
            )
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise SourceError(
            f"the file cannot be read ({error.strerror})", path=path, remedy="check the path and the rights"
        ) from error
