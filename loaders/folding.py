"""Fold words as people write them: case, tone placement (*hoà/hòa*), and, more strongly, all diacritics.

``fold`` keeps the accents, because *bộ* is not *bổ*; ``fold_plain`` drops them, for text that OCR has damaged.
"""

import re
from functools import lru_cache

from ontology.folding import bare_letters

# New style puts the tone on the second vowel (hoà, thuý), old style on the first (hòa, thúy); the old one is the key.
_NEW_TO_OLD = dict(
    zip(
        ["oà", "oá", "oã", "oả", "oạ", "oè", "oé", "oẽ", "oẻ", "oẹ", "uỳ", "uý", "uỹ", "uỷ", "uỵ"],
        ["òa", "óa", "õa", "ỏa", "ọa", "òe", "óe", "õe", "ỏe", "ọe", "ùy", "úy", "ũy", "ủy", "ụy"],
        strict=True,
    )
)
_NEW_STYLE = re.compile(r"(?<!q)(?:" + "|".join(_NEW_TO_OLD) + r")(?![a-zà-ỹđ])")


UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""Vietnamese capitals for the inside of a character class; ``À-Ỹ`` would hold small letters too."""


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return ``text`` in lower case with the tone mark on the first vowel of *oa, oe, uy* at the end of a syllable.

    The look-alike *Ð* (eth), which old fonts and OCR put for *Đ*, is read as *đ*.

    >>> fold("Uỷ ban"), fold("Hoà"), fold("quý"), fold("Hoàn")
    ('ủy ban', 'hòa', 'quý', 'hoàn')
    """
    return _NEW_STYLE.sub(lambda found: _NEW_TO_OLD[found.group()], text.lower().replace("ð", "đ"))


@lru_cache(maxsize=65536)
def fold_plain(text: str) -> str:
    """Return ``text`` in lower case without any diacritics, *đ* as *d*.

    >>> fold_plain("Tiểu dự án, Đề nghị")
    'tieu du an, de nghi'
    """
    return bare_letters(text.lower())


_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the folded words of ``text``; ``&`` counts as *và*, other signs are dropped.

    >>> words("Sở NN&PTNT, Lao động - TBXH")
    ['sở', 'nn', 'và', 'ptnt', 'lao', 'động', 'tbxh']
    """
    return _WORD.findall(fold(text.replace("&", " và ")))
