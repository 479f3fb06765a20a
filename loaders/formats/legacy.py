"""Texts from before Unicode: TCVN3 (*ABC*, fonts ``.VnTime``), VNI (fonts ``VNI-Times``) and Windows-1258, found and converted.

They reach us as text in which every accented letter is some Western one: ``QuyÕt ®Þnh`` (TCVN3), ``Quyeát ñònh`` (VNI). Which table a text
was written in is decided by counting the Vietnamese syllables that each would give; lines that are Unicode already stay as they are.

Tables: TCVN 5712:1993 (VN3), and the VNI-Windows keyboard's letters, where a mark follows its vowel.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache

from loaders.formats.syllables import count_syllables

_TCVN3_FROM_A1 = "ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
_ROUND, _BREVE = "\u0302", "\u0306"
_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_VNI_MARKS = {
    "ø": _GRAVE, "ù": _ACUTE, "õ": _TILDE, "û": _HOOK, "ï": _DOT,
    "â": _ROUND, "à": _ROUND + _GRAVE, "á": _ROUND + _ACUTE, "ã": _ROUND + _TILDE, "å": _ROUND + _HOOK, "ä": _ROUND + _DOT,
    "ê": _BREVE, "è": _BREVE + _GRAVE, "é": _BREVE + _ACUTE, "ü": _BREVE + _TILDE, "ú": _BREVE + _HOOK, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_MARKED = re.compile(rf"([aeouyôö])([{''.join(_VNI_MARKS)}])", re.IGNORECASE)
_FOREIGN = re.compile("[¡¢£¤¥¦©ª®¯¶¸¹¼¾ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñö÷øûüþÿ]")
"""Letters and signs that Vietnamese never writes and that the old tables use for its commonest vowels."""

_SURELY_UNICODE = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_WESTERN = re.compile("[\u00a0-\u00ff]")

Converts = Callable[[str], str]


@cache
def _windows_1252() -> Mapping[int, str]:
    """Return what each byte from 0x80 on was shown as by a Western system."""
    return {byte: bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x80, 0x100)}


@cache
def _table(name: str) -> dict[int, str]:
    if name == "tcvn3":
        return {0xA1 + i: letter for i, letter in enumerate(_TCVN3_FROM_A1)}
    shown = _windows_1252()
    return {
        ord(shown[byte]): bytes([byte]).decode("cp1258", errors="ignore") or shown[byte] for byte in range(0x80, 0x100)
    }


def from_tcvn3(text: str) -> str:
    """Convert TCVN3 to Unicode; accented capitals, which its fonts for capitals draw with small letters, are restored.

    >>> from_tcvn3("QuyÕt ®Þnh vÒ viÖc"), from_tcvn3("KÕ HO¹CH")
    ('Quyết định về việc', 'KẾ HOẠCH')
    """
    converted = unicodedata.normalize("NFC", text.translate(_table("tcvn3")))
    return "".join(_capitals(line) for line in converted.splitlines(keepends=True))


_PLAIN_SMALL = re.compile("[a-z]")
_PLAIN_CAPITAL = re.compile("[A-Z]")
_LETTERS = re.compile(r"[^\W\d_]+")


def _capitals(line: str) -> str:
    """Write the small letters in words of capitals as capitals; ``KÕ`` is one if the word beside it is."""
    if not _PLAIN_SMALL.search(line):
        return line.upper() if _PLAIN_CAPITAL.search(line) else line
    words = list(_LETTERS.finditer(line))
    plain = [0 if _PLAIN_SMALL.search(word.group()) else len(_PLAIN_CAPITAL.findall(word.group())) for word in words]
    drawn = [count >= 2 and not word.group().isupper() for count, word in zip(plain, words, strict=True)]
    for i, word in reversed(list(enumerate(words))):
        beside = any(drawn[max(0, i - 1) : i + 2])
        if drawn[i] or (plain[i] == 1 and beside and len(word.group()) > 1):
            line = line[: word.start()] + word.group().upper() + line[word.end() :]
    return line


def from_vni(text: str) -> str:
    """Convert VNI to Unicode.

    >>> from_vni("Quyeát ñònh veà vieäc"), from_vni("KEÁ HOAÏCH cuûa Uyû ban")
    ('Quyết định về việc', 'KẾ HOẠCH của Uỷ ban')
    """

    def marked(found: re.Match[str]) -> str:
        vowel, mark = found.group(1), _VNI_MARKS[found.group(2).lower()]
        return unicodedata.normalize("NFC", _vni_letter(vowel) + mark)

    return re.sub("[ôöñæóòî]", lambda found: _vni_letter(found.group()), _VNI_MARKED.sub(marked, text), flags=re.I)


def _vni_letter(letter: str) -> str:
    written = _VNI_LETTERS.get(letter.lower(), letter.lower())
    return written.upper() if letter.isupper() else written


def from_windows_1258(text: str) -> str:
    """Convert Windows-1258 that was shown as Western text: letters with their own marks, tones behind them."""
    return unicodedata.normalize("NFC", text.translate(_table("windows-1258")))


TABLES: dict[str, Converts] = {"TCVN3": from_tcvn3, "VNI": from_vni, "Windows-1258": from_windows_1258}


def is_unicode(text: str) -> bool:
    """Tell whether a text has letters that no old table can hold.

    >>> is_unicode("Quyết định"), is_unicode("QuyÕt ®Þnh")
    (True, False)
    """
    return bool(_SURELY_UNICODE.search(text))


def find_table(text: str, *, enough: float = 0.85) -> str | None:
    """Return the name of the table that ``text`` was written in, ``None`` for Unicode and for what no table explains.

    A table explains a text if ``enough`` of the marked words that it gives are Vietnamese syllables, and clearly more than before.
    """
    old = "\n".join(line for line in text.splitlines() if _WESTERN.search(line) and not _SURELY_UNICODE.search(line))
    old = old[:200_000]
    marked, before = count_syllables(old)
    if before >= 0.8 * marked and len(_FOREIGN.findall(old)) < max(4, 0.01 * len(old)):
        return None
    best, best_share = None, 0.0
    for name, convert in TABLES.items():
        marked, right = count_syllables(convert(old))
        share = right / marked if marked else 0.0
        if share > best_share and right > 1.2 * before:
            best, best_share = name, share
    return best if best_share >= enough else None


def convert_legacy(text: str) -> tuple[str, str | None, int]:
    """Return ``text`` in Unicode, the name of the table that was needed, and how many lines were converted.

    >>> convert_legacy("Kế hoạch số 12")
    ('Kế hoạch số 12', None, 0)
    """
    name = find_table(text)
    if name is None:
        return text, None, 0
    convert = TABLES[name]
    lines = text.splitlines(keepends=True)
    mixed = any(_SURELY_UNICODE.search(line) for line in lines)
    count = 0
    for i, line in enumerate(lines):
        if _SURELY_UNICODE.search(line) or not (_WESTERN.search(line) or name == "TCVN3"):
            continue
        new = convert(line)
        if new != line and (not mixed or count_syllables(new)[1] > count_syllables(line)[1]):
            lines[i] = new
            count += 1
    return "".join(lines), name, count
