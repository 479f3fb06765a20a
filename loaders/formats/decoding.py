"""From the bytes of a plain text to its characters: UTF-8, UTF-16, and the old tables where nothing else fits.

Nothing is guessed silently: a text that had to be converted carries a finding, and one that fits no table is refused.
"""

import codecs
import re
from pathlib import Path

from loaders.formats.legacy import convert_legacy, find_table
from loaders.formats.syllables import count_syllables
from ontology.errors import SourceError
from ontology.records import Finding, Severity

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Signs that no one types."""


def decode_text(data: bytes, path: Path) -> str:
    """Return the characters of a plain text; old tables are still to be converted (:func:`convert_text`).

    Raises:
        SourceError: it is empty, not text, or in no encoding that is known here.
    """
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xfe\xff"):
        raise SourceError("the file is empty", path=path, remedy="look whether the download or the conversion failed")
    text = _decoded(data, path)
    if is_binary(text):
        raise _binary(path)
    return text


def is_binary(text: str) -> bool:
    """Tell whether decoded text is no text: it holds signs that no one types."""
    head = text[:100_000]
    return len(CONTROLS.findall(head)) > 0.005 * len(head)


def _decoded(data: bytes, path: Path) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise _wrong(encoding.removesuffix("-sig"), error.start, path) from error
    if b"\0" in data[:4096]:
        return _unmarked_utf16(data, path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        old = data.decode("cp1252", errors="replace")
        if find_table(old) is not None:
            return old
        raise _wrong("utf-8", error.start, path) from error


def _unmarked_utf16(data: bytes, path: Path) -> str:
    head = data[:4096]
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if high.count(0) < 0.4 * len(high):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _binary(path)


def _binary(path: Path) -> SourceError:
    return SourceError(
        "the file is binary, not text", path=path, remedy="give the document as .docx, .pdf, .html or .txt (UTF-8)"
    )


def _wrong(encoding: str, place: int, path: Path) -> SourceError:
    return SourceError(
        f"the text is not {encoding.upper()} (byte {place:,}) and fits no old Vietnamese table (TCVN3, VNI, Windows-1258)",
        path=path,
        remedy="open it in the program it was written with and save it as UTF-8, or convert it with UniKey (Ctrl+Shift+F6)",
    )


def convert_text(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Return ``text`` in Unicode, with a finding if an old table had to be converted; any format may carry such text."""
    converted, table, lines = convert_legacy(text)
    if table is None:
        return text, ()
    return converted, (tell_converted(table, lines, converted),)


def tell_converted(table: str, lines: int, converted: str) -> Finding:
    """Return the finding about ``lines`` of an old table that became ``converted``."""
    marked, right = count_syllables(converted)
    return Finding(
        "legacy-encoding",
        Severity.INFO if right >= 0.97 * marked else Severity.WARNING,
        f"Văn bản dùng bảng mã cũ {table}; đã chuyển {lines} dòng sang Unicode.",
        None,
        "Đối chiếu vài chỗ với bản gốc; nên lưu văn bản dưới dạng Unicode.",
        f"The text is in the old table {table}; {lines} lines were converted to Unicode.",
        remedy_en="Compare some places with the original; better save the text as Unicode.",
    )
