"""Folding: how words are compared when people leave out diacritics, or place them otherwise.

SQLite's own removal of diacritics does not know *đ*, and Unicode does not decompose it either; both are folded here once,
for the index and for what people type.
"""

import re
import unicodedata

_WORDS = re.compile(r"[^\W_]+")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""huyền, sắc, ngã, hỏi, nặng: the tone of a syllable, whichever of its vowels carries the mark (*hoà*, *hòa*)."""


def fold(text: str) -> str:
    """Return ``text`` in lower case without diacritics, *đ* as *d*.

    >>> fold("Sở Lao động - Thương binh và Xã hội")
    'so lao dong - thuong binh va xa hoi'
    """
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def fold_words(text: str) -> list[str]:
    """Return the folded words of ``text``; a document number falls into its parts.

    >>> fold_words("Quyết định 90/QĐ-TTg")
    ['quyet', 'dinh', '90', 'qd', 'ttg']
    """
    return _WORDS.findall(fold(text))


def accented_words(text: str) -> list[str]:
    """Return the words of ``text`` in lower case, vowels as written and the tone at the end of its word.

    >>> accented_words("Uỷ ban") == accented_words("Ủy ban")
    True
    >>> accented_words("bộ") == accented_words("bổ")
    False
    """
    words = _WORDS.findall(unicodedata.normalize("NFC", text).lower())
    return [_tone_last(word) for word in words]


def _tone_last(word: str) -> str:
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in letters if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES)) + tones
