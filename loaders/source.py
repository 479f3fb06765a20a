"""From a file to its text layer: what every span points into.

The text layer of a ``.txt`` file is the file's text in Unicode NFC. Other formats are laid out as text by their reader in
:mod:`loaders.formats`: a paragraph a line, automatic numbers written out, a table row a line with tabs between cells.
"""

import codecs
import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

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

_TEXT_ENDINGS = frozenset({".txt", ".md", ".text", ""})


def read_source(path: Path) -> Source:
    """Read a file into its text layer.

    Raises:
        SourceError: the file is missing, too large, empty, not text, or of a format without a reader; with the remedy.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise SourceError(
                f"the file has {size:,} bytes, more than {LARGEST_FILE:,}",
                path=path,
                remedy="split it, or give the text layer alone",
            )
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"the file cannot be read ({error.strerror})", path=path, remedy="check the path and the rights"
        ) from error
    if path.suffix.lower() not in _TEXT_ENDINGS:
        raise SourceError(
            f"no reader for “{path.suffix}” files",
            path=path,
            remedy="save the document as plain text (.txt, UTF-8) and read that",
        )
    return text_source(_decoded(data, path), name=path.name, media_type="text/plain", data=data)


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


def _decoded(data: bytes, path: Path) -> str:
    if not data.strip():
        raise SourceError("the file is empty", path=path, remedy="look whether the download or the conversion failed")
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strictly(data, encoding, path)
    if b"\0" in data[:4096]:
        raise SourceError("the file is binary, not text", path=path, remedy="give the document as .txt in UTF-8")
    return _strictly(data, "utf-8", path)


def _strictly(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"the text is not {encoding.upper().removesuffix('-SIG')} (byte {error.start:,})",
            path=path,
            remedy="save it as UTF-8; texts in TCVN3 or VNI fonts must be converted to Unicode first",
        ) from error
