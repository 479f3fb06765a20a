"""Syllables that a scanner or converter drew apart: *Bộ Y t ế*, *Qu ả ng Ngãi*, *chí nh trị*.

Vietnamese writes a blank between syllables, so a blank inside one makes two words of it, of which at least one is none: an onset
without a vowel, or an ending alone. Only blanks are dropped, never letters, and only where the whole is a syllable.
"""

import re

from loaders.formats.syllables import is_syllable

_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])"
_WORD = r"[^\W\d_]+"
# "t ế", "Qu ả ng": an onset and the rest; "chí nh", "vớ i", "ơ n": the rest and an ending.
_TORN = re.compile(
    rf"(?<![^\s“\"(])(?:(?P<onset>(?i:{_ONSET})) (?P<rest>{_WORD})(?: (?P<end>ng|nh|ch|[nmctp])(?![^\W_]))?"
    rf"|(?P<head>{_WORD}) (?P<coda>ng|nh|ch)(?![^\W_])|(?P<vowel>[ơăâêôưỡờớợở]|[^\W\d_]{{2,6}}) (?P<last>[nmtcpi])(?![^\W_]))"
)
# What every match has: an onset or an ending that is a word. Most text has none and is not looked at further.
_LETTERS = "bcdđghiklmnpqrstvx"
_ALONE = re.compile(rf"[\s“\"(](?:[{_LETTERS}{_LETTERS.upper()}]|[ncgkptqNCGKPTQ][ghriuGHRIU][hH]?)(?![^\W_])")
_LABELLED = re.compile(r"(?:\d|điểm|khoản|mục|lớp|loại|nhóm|hạng|tiết|phần|cột|thứ|mẫu|ý)\s*$", re.IGNORECASE)
# Words that begin with a vowel and may stand behind a single letter that is a label or a name ("nhóm B ở xã").
_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a ai an anh ao ác ách ám án ánh áo áp ảnh ảo ăn ấm ấn ấp âm ẩm âu e em êm im in ít ích o oan ong ông ốc ốm ổ ổn ôi ôn ơn ở "
        "u út ưa ướt ưu ứng y ý yên yếu yêu uy ủy uỷ úy",
    )
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def find_torn(text: str) -> list[int]:
    """Return the offsets of the blanks that stand inside syllables.

    >>> find_torn("Bộ Y t ế và các tổ chức chí nh trị")
    [6, 27]
    >>> find_torn("theo điểm c ở trên"), find_torn("Quý I/2022"), find_torn("500 đ ở mức")
    ([], [], [])
    """
    found: list[int] = []
    if _ALONE.search(f" {text}") is None:
        return found
    at = 0
    while torn := _TORN.search(text, at):
        blanks: list[int] = []
        if not _LABELLED.search(text, max(0, torn.start() - 12), torn.start()):
            blanks = _of_onset(torn) if torn["onset"] else _of_ending(torn)
        found.extend(blanks)
        at = torn.end() if blanks else text.index(" ", torn.start()) + 1
    return found


def _of_onset(torn: re.Match[str]) -> list[int]:
    onset, rest, end = torn["onset"], torn["rest"], torn["end"]
    if len(onset) == 1 and rest.lower() in _WORDS:
        return []
    if end and _joins(onset + rest, end):
        return [torn.end("onset"), torn.end("rest")]
    if not (_BEYOND_ASCII.search(rest) or len(rest) > 1):
        return []
    return [torn.end("onset")] if _joins(onset, rest) else []


def _of_ending(torn: re.Match[str]) -> list[int]:
    if torn["head"]:
        return [torn.end("head")] if _joins(torn["head"], torn["coda"]) else []
    alone = torn["last"] == "i" or len(torn["vowel"]) == 1
    return [torn.end("vowel")] if alone and _joins(torn["vowel"], torn["last"]) else []


def _joins(left: str, right: str) -> bool:
    """Tell whether two pieces make a syllable, in one case, that carries a mark or is long enough to be no abbreviation."""
    whole = left + right
    same_case = whole.islower() or whole.isupper() or (whole[0].isupper() and whole[1:].islower())
    return same_case and is_syllable(whole) and not (left[-1:].lower() in "nmctph" and right[0].lower() in "nmctp")
