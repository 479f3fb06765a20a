"""Is a word a Vietnamese syllable? The measure by which a wrong decoding is told from the right one.

Vietnamese writes syllables, each an onset, a vowel group and an ending out of short lists, with at most one tone. Text decoded by
the wrong table breaks these rules in almost every word that carries a mark.
"""

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
_VOWELS = r"(?:i[aê]u?|yêu?|u[aâêôơ]|uy[êa]?|ươ|ưa|o[aăe]|oo|uô|uơ|uâ|uê|(?:oa|oe|uâ|uê|ươ|uô|â|ê|a|e|o|ô|ơ|u|ư)[iyou]|[aăâeêioôơuưy])"
_ENDING = r"(?:ch|ng|nh|[ckmnptiyou])?"
_SYLLABLE = re.compile(_ONSET + _VOWELS + _ENDING)
_WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Tell whether ``word`` could be a Vietnamese syllable, in either case and with either placing of the tone.

    >>> [is_syllable(word) for word in ("Quyết", "nghiệp", "hoà", "hòa", "ĐỊNH")]
    [True, True, True, True, True]
    >>> [is_syllable(word) for word in ("QuyÕt", "ñònh", "œuvre", "Ä‘á»‹nh")]
    [False, False, False, False]
    """
    apart = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", "".join(char for char in apart if char not in _TONES))
    return sum(char in _TONES for char in apart) <= 1 and bool(_SYLLABLE.fullmatch(bare))


def count_syllables(text: str) -> tuple[int, int]:
    """Return how many words of ``text`` carry a letter beyond ASCII, and how many of these are syllables.

    >>> count_syllables("Kế hoạch số 92 của naïve UBND")
    (5, 4)
    """
    words = _WORD.findall(text)
    return len(words), sum(map(is_syllable, words))
