"""How dates, numbers and periods are written for a reader, in Vietnamese office style and in English."""

from decimal import Decimal

from babel.dates import get_month_names
from babel.numbers import format_decimal

from server.languages import locale_of


def write_date(iso: object, language: str = "vi") -> str:
    """Write an ISO date, full or partial. Vietnamese office style pads the day, and the months January and February.

    >>> write_date("2016-09-02"), write_date("2017-02-17"), write_date("2022-08"), write_date("2022")
    ('02/9/2016', '17/02/2017', '8/2022', '2022')
    >>> write_date("2016-09-02", "en"), write_date("2022-08", "en")
    ('2 September 2016', 'August 2022')
    >>> write_date("không rõ")
    'không rõ'
    """
    text = str(iso or "")
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
        return text
    year, month, day = (*map(int, parts), 0, 0)[:3]
    if not 0 <= month <= 12:
        return text
    if language == "en":
        name = get_month_names("wide", locale=locale_of("en"))[month] if month else ""
        return " ".join(part for part in (str(day or ""), name, str(year)) if part)
    shown_month = f"{month:02}" if month < 3 else str(month)
    return "/".join(part for part in (f"{day:02}" if day else "", shown_month if month else "", str(year)) if part)


def write_interval(start: object, end: object, language: str = "vi") -> str:
    """Write an interval of dates; one of its ends may be open.

    >>> write_interval("2017-04-01", "2017-06-30")
    '01/4/2017 – 30/6/2017'
    >>> write_interval(None, "2017-06-30"), write_interval(None, None)
    ('… – 30/6/2017', '')
    """
    if not start and not end:
        return ""
    if start == end:
        return write_date(start, language)
    return f"{write_date(start, language) if start else '…'} – {write_date(end, language) if end else '…'}"


def write_number(value: float | Decimal | None, language: str = "vi") -> str:
    """Write a number with the separators of the language.

    >>> write_number(12345.5), write_number(12345.5, "en")
    ('12.345,5', '12,345.5')
    """
    return format_decimal(value, locale=locale_of(language)) if value is not None else ""
