"""Two languages: Vietnamese is what the templates say, English is a catalogue beside them.

A message is its Vietnamese text. ``server/catalogues/en.po`` holds the English of each; a test reads all messages out of
templates and code and fails where one has no English, or where the catalogue holds one that nobody says any more. The
catalogue is read when the site starts, so there is nothing to compile.
"""

import gettext
import io
from functools import cache
from typing import Final

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from server.negotiation import rank_languages
from server.places import CATALOGUES

LANGUAGES: Final = ("vi", "en")
"""The languages of the site, the first one the default."""


@cache
def read_catalogue(language: str) -> gettext.NullTranslations:
    """Return the messages of ``language``; Vietnamese needs none."""
    if language == "vi":
        return gettext.NullTranslations()
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def locale_of(language: str) -> Locale:
    """Return the locale that dates and numbers are written in."""
    return Locale.parse("en_GB" if language == "en" else "vi_VN")


def choose_language(asked: str | None, accept_language: str | None) -> str:
    """Return the language to answer in: the one asked for, else the reader's preferred one, else Vietnamese.

    >>> choose_language("en", "vi")
    'en'
    >>> choose_language(None, "fr, en;q=0.8, vi;q=0.5")
    'en'
    >>> choose_language("xx", None)
    'vi'
    """
    if asked in LANGUAGES:
        return asked
    return next((code for code in rank_languages(accept_language or "") if code in LANGUAGES), LANGUAGES[0])


def mark(message: str) -> str:
    """Return ``message`` unchanged: marks a text that is translated later, where it is shown."""
    return message
