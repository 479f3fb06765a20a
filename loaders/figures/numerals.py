"""Numbers as Vietnamese documents print them: a dot parts thousands, a comma the decimals (``1.234,5``)."""

import re
from decimal import Decimal

NUMERAL = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2}(?!\d))?|\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?"
"""A pattern for one number; dates and document numbers must be ruled out around it."""

_GROUPED_BY_DOT = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_GROUPED_BY_COMMA = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+")
_GROUPED_BY_BLANK = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")


def parse_number(text: str) -> Decimal | None:
    """Return the number that ``text`` prints, ``None`` if it prints none.

    A single comma is always decimal (``7,603`` is seven and a bit); a dot before exactly three digits parts thousands, unless
    the number begins with 0; other dots are decimal (``3.5``).

    >>> [str(parse_number(t)) for t in ("3.188", "3,5", "1.234,5", "06", "3.5", "0.250", "7,603,000")]
    ['3188', '3.5', '1234.5', '6', '3.5', '0.250', '7603000']
    >>> parse_number("30a") is None
    True
    """
    text = text.strip()
    if _GROUPED_BY_DOT.fullmatch(text) and not text.startswith("0"):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _GROUPED_BY_COMMA.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _GROUPED_BY_BLANK.fullmatch(text):
        return Decimal(re.sub(r"[ \u00a0]", "", text).replace(",", "."))
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return None


def format_number(number: Decimal) -> str:
    """Print a number the Vietnamese way, without superfluous zeros.

    >>> format_number(Decimal("7604")), format_number(Decimal("2.50"))
    ('7.604', '2,5')
    """
    digits = f"{number:,f}"
    whole, _, part = digits.partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + ("," + part if part else "")


def format_number_en(number: Decimal) -> str:
    """Print a number the English way.

    >>> format_number_en(Decimal("7604.50"))
    '7,604.5'
    """
    digits = f"{number:,f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
