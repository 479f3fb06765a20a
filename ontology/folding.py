"""Letters without their diacritics, in one pass: for slugs, for search, for text that OCR has damaged."""

import unicodedata


def _table() -> dict[int, str | None]:
    """Map every Latin letter with diacritics to its bare letter, and combining marks to nothing."""
    table: dict[int, str | None] = {ord("đ"): "d", ord("Đ"): "D", ord("ð"): "d", ord("Ð"): "D"}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) > 1 and parts[0].isascii():
            table.setdefault(code, parts[0])
    table.update((code, None) for code in range(0x0300, 0x0370))
    return table


_BARE = _table()


def bare_letters(text: str) -> str:
    """Return ``text`` without diacritics, *đ* (and its look-alike *ð*) as *d*; composed letters map one to one.

    >>> bare_letters("Tiểu dự án, Đề nghị")
    'Tieu du an, De nghi'
    """
    return text if text.isascii() else text.translate(_BARE)
