"""Which format a file has: by its first bytes, and by its ending where the bytes say nothing.

Law portals hand out web pages named ``.doc``, and offices rename what they convert, so the bytes have the last word. A format that
is not read here is refused with the command that turns it into one that is.
"""

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from ontology.errors import SourceError

DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError, OSError)
"""What :mod:`zipfile` raises on a damaged or hostile archive: a member cut off or encrypted, a compression it does not have, offsets out of it."""

MEDIA_TYPES = {
    "text": "text/plain",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
}
"""The formats that are read, with their media types."""

_TEXT_ENDINGS = frozenset({".txt", ".md", ".text", ""})
_HTML_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".mht", ".mhtml"})
PICTURES = frozenset({"png", "jpeg", "tiff"})
"""The formats whose text must be recognised."""

_PICTURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"II*\0": "tiff", b"MM\0*": "tiff"}
_OTHER_PICTURES = (b"GIF8", b"BM", b"RIFF")
_PICTURE_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SAVED_PAGE = re.compile(rb"(?:From|MIME-Version|Subject|Date|Snapshot-Content-Location|Content-Type):", re.I)


def find_format(data: bytes, path: Path) -> str:
    """Return the format of a file, a key of :data:`MEDIA_TYPES`.

    Raises:
        SourceError: the format is not read here; the remedy says what to do with this file.

    >>> find_format(b"%PDF-1.7", Path("ke-hoach.txt")), find_format(b"<html><p>1", Path("ke-hoach.doc"))
    ('pdf', 'html')
    """
    ending = path.suffix.lower()
    head = data[:4096].lstrip(b"\xef\xbb\xbf")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data, path)
    if head.startswith(_OLE):
        raise _old_office(data, path)
    if head.startswith(b"{\\rtf"):
        raise _refusal("an RTF file is not read", path, _convert(path))
    for mark, kind in _PICTURES.items():
        if head.startswith(mark):
            return kind
    if ending in _PICTURE_ENDINGS or (head.startswith(_OTHER_PICTURES) and ending not in _TEXT_ENDINGS):
        raise _refusal("this picture is not read", path, f"save {path.stem} as .png or .pdf, and read that with --ocr")
    if ending in _HTML_ENDINGS or (ending not in _TEXT_ENDINGS and (_PAGE.match(head) or _SAVED_PAGE.match(head))):
        return "html"
    if ending in _TEXT_ENDINGS:
        return "text"
    known = {".docx": "a Word document", ".pdf": "a PDF"}.get(ending)
    if known:
        raise _refusal(
            f"the file is named {ending} but is not {known}", path, "get it again; it may be cut off or damaged"
        )
    raise _refusal(f"no reader for “{ending}” files", path, "save the document as .docx, .pdf, .html or .txt (UTF-8)")


def _zipped(data: bytes, path: Path) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()[:20_000]
    except DAMAGED_ZIP as error:
        raise _refusal(
            f"the file is damaged ({error})",
            path,
            "get it again; open and save it in Word or LibreOffice if that works",
        ) from error
    if any(name.startswith("word/") for name in names) or {"[Content_Types].xml", "_rels/.rels"} <= set(names):
        if any(name.startswith(("xl/", "ppt/")) for name in names):
            raise _refusal("a workbook or slides are not read", path, _convert(path, "pdf"))
        return "docx"
    if "content.xml" in names:
        raise _refusal("an OpenDocument file is not read", path, _convert(path))
    raise _refusal("an archive is not read", path, "unpack it and read the documents in it")


def _old_office(data: bytes, path: Path) -> SourceError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _refusal(
            "the document is protected by a password", path, "open it with the password and save it without one"
        )
    return _refusal("a Word 97-2003 file (.doc) is not read", path, _convert(path))


def _convert(path: Path, to: str = "docx") -> str:
    command = f'soffice --headless --convert-to {to} "{path.name}"'
    return (
        f"convert it: {command} (LibreOffice: apt-get install libreoffice-writer), and read {path.stem}.{to}; "
        f"or save it in Word as .{to}"
    )


def _refusal(what: str, path: Path, remedy: str) -> SourceError:
    return SourceError(what, path=path, remedy=remedy)
