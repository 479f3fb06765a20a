"""How words are compared: the one home of every folding, from the one that keeps most to the one that keeps least.

======================  ==================================================  ============================================
function                what stays                                          what for
======================  ==================================================  ============================================
``fold``                accents, signs, every offset                        reading text as clerks print it
``accented_words``      accents; the tone at the end of its word            ranking what was typed with its accents first
``accent_key``          the same without *và* and signs                     names that are one name
``fold_plain``          letters and signs                                   text that OCR has damaged
``fold_plain_in_place`` the same, and every offset                          finding in such text
``plain_words``         letters                                             search by people who type no accents
``plain_key``           letters without *và* and signs                      document symbols, titles
``bare_letters``        letters, signs and capitals                         slugs, widths
======================  ==================================================  ============================================

``fold`` keeps the accents because *bộ* is not *bổ*. None of these is for showing.
"""

import re
import unicodedata
from functools import lru_cache

UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""Vietnamese capitals for the inside of a character class; ``À-Ỹ`` would hold small letters too."""

# New style puts the tone on the second vowel (hoà, thuý), old style on the first (hòa, thúy); the old one is the key.
_NEW_TO_OLD = dict(
    zip(
        ["oà", "oá", "oã", "oả", "oạ", "oè", "oé", "oẽ", "oẻ", "oẹ", "uỳ", "uý", "uỹ", "uỷ", "uỵ"],
        ["òa", "óa", "õa", "ỏa", "ọa", "òe", "óe", "õe", "ỏe", "ọe", "ùy", "úy", "ũy", "ủy", "ụy"],
        strict=True,
    )
)
_NEW_STYLE = re.compile(r"[ou](?<!q[ou])[àáãảạèéẽẻẹỳýỹỷỵ](?![a-zà-ỹđ])")
_WORD = re.compile(r"[^\W_]+")
_DECOMPOSED_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""huyền, sắc, ngã, hỏi, nặng: the tone of a syllable, whichever of its vowels carries the mark (*hoà*, *hòa*)."""
_GLUE = frozenset({"va\u0300"})


def _bare_table() -> dict[int, str | None]:
    """Map every Latin letter with diacritics to its bare letter, and combining marks to nothing."""
    table: dict[int, str | None] = {ord("đ"): "d", ord("Đ"): "D", ord("ð"): "d", ord("Ð"): "D"}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) > 1 and parts[0].isascii():
            table.setdefault(code, parts[0])
    table.update((code, None) for code in range(0x0300, 0x0370))
    return table


_BARE = _bare_table()
_BARE_IN_PLACE = {code: letter or " " for code, letter in _BARE.items()}


def _lower(text: str) -> str:
    """Return ``text`` in small letters, of the same length: *İ* is the one capital whose small letter has two characters."""
    return text.replace("İ", "i").lower()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return ``text`` in small letters with the tone mark on the first vowel of *oa, oe, uy* at the end of a syllable.

    The result is as long as the text, so offsets hold in both. The look-alike *Ð* (eth), which old fonts and OCR put for
    *Đ*, is read as *đ*.

    >>> fold("Uỷ ban"), fold("Hoà"), fold("quý"), fold("Hoàn")
    ('ủy ban', 'hòa', 'quý', 'hoàn')
    """
    return _NEW_STYLE.sub(_old_style, _lower(text).replace("ð", "đ"))


def _old_style(found: re.Match[str]) -> str:
    return _NEW_TO_OLD.get(found[0], found[0])


def fold_words(text: str) -> list[str]:
    """Return the folded words of ``text``; ``&`` counts as *và*, other signs are dropped.

    >>> fold_words("Sở NN&PTNT, Lao động - TBXH")
    ['sở', 'nn', 'và', 'ptnt', 'lao', 'động', 'tbxh']
    """
    return _WORD.findall(fold(text.replace("&", " và ")))


def bare_letters(text: str) -> str:
    """Return ``text`` without diacritics, *đ* (and its look-alike *ð*) as *d*; composed letters map one to one.

    >>> bare_letters("Tiểu dự án, Đề nghị")
    'Tieu du an, De nghi'
    """
    return text if text.isascii() else text.translate(_BARE)


@lru_cache(maxsize=65536)
def fold_plain(text: str) -> str:
    """Return ``text`` in small letters without any diacritics, *đ* as *d*.

    >>> fold_plain("Tiểu dự án, Đề nghị")
    'tieu du an, de nghi'
    """
    return bare_letters(_lower(text))


def fold_plain_in_place(text: str) -> str:
    """Return ``text`` in small letters without any diacritics, of the same length: a mark on its own becomes a blank.

    >>> fold_plain_in_place("Đề nghị"), len(fold_plain_in_place("e\\u0302"))
    ('de nghi', 2)
    """
    return _lower(text).translate(_BARE_IN_PLACE)


def plain_words(text: str) -> list[str]:
    """Return the words of ``text`` without diacritics; a document number falls into its parts.

    >>> plain_words("Quyết định 90/QĐ-TTg")
    ['quyet', 'dinh', '90', 'qd', 'ttg']
    """
    return _WORD.findall(fold_plain(text))


def accented_words(text: str) -> list[str]:
    """Return the words of ``text`` in small letters, vowels as written and the tone at the end of its word.

    >>> accented_words("Uỷ ban") == accented_words("Ủy ban"), accented_words("bộ") == accented_words("bổ")
    (True, False)
    """
    return [_tone_last(word) for word in _DECOMPOSED_WORD.findall(unicodedata.normalize("NFD", text.lower()))]


def _tone_last(word: str) -> str:
    if word.isascii():
        return word
    tones = "".join(c for c in word if c in _TONES)
    return unicodedata.normalize("NFD", "".join(c for c in word if c not in _TONES) + tones)


def accent_key(text: str) -> str:
    """Return the key under which differently written names meet: case, tone placement, hyphens, *và* and *&*.

    It holds only letters, digits, marks and single blanks; equal keys imply equal :func:`plain_key`.

    >>> accent_key("Sở Lao động Thương binh & Xã hội") == accent_key("Sở Lao động - Thương binh và Xã hội")
    True
    >>> accent_key("Sở Y tế") == accent_key("Số y tế")
    False
    """
    return " ".join(word for word in accented_words(text) if word not in _GLUE)


def plain_key(text: str) -> str:
    """Return :func:`accent_key` without accents; *đ* is read as *d*.

    >>> plain_key("Sở Kế hoạch và Đầu tư"), plain_key("Số y tế") == plain_key("Sở Y tế")
    ('so ke hoach dau tu', True)
    """
    return bare_letters(accent_key(text))
