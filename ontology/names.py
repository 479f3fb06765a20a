"""Keys under which differently written names meet: case, tone placement, hyphens, *và* and *&*, and (second key) accents.

Guaranteed: both keys hold only letters, digits, tone marks and single blanks; equal keys with accents imply equal keys
without. They are for comparing, never for showing.
"""

import re
import unicodedata

from ontology.folding import bare_letters

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_GLUE = frozenset({"va\u0300"})


def _tone_last(word: str) -> str:
    tones = "".join(c for c in word if c in _TONES)
    return unicodedata.normalize("NFD", "".join(c for c in word if c not in _TONES) + tones)


def accent_key(text: str) -> str:
    """Return the key that keeps accents: words in lower case, tone moved to the word's end, *và* and punctuation dropped.

    >>> accent_key("Uỷ ban Nhân dân") == accent_key("Ủy ban nhân dân")
    True
    >>> accent_key("Sở Lao động Thương binh & Xã hội") == accent_key("Sở Lao động - Thương binh và Xã hội")
    True
    >>> accent_key("Sở Y tế") == accent_key("Số y tế")
    False
    """
    words = _WORD.findall(unicodedata.normalize("NFD", text.lower()))
    return " ".join(_tone_last(word) for word in words if word not in _GLUE)


def plain_key(text: str) -> str:
    """Return the key without accents; *đ* is read as *d*.

    >>> plain_key("Sở Kế hoạch và Đầu tư")
    'so ke hoach dau tu'
    >>> plain_key("Số y tế") == plain_key("Sở Y tế")
    True
    """
    return bare_letters(accent_key(text))
