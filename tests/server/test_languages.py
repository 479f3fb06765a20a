"""Both languages say everything: each message of templates and code has its English, and nobody is left over."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from server.languages import choose_language, read_catalogue
from server.places import CATALOGUES, SERVER


def said_messages() -> Iterator[str]:
    """Yield the Vietnamese text of every message that templates and code say."""
    found = extract_from_dir(
        SERVER,
        method_map=[("**.py", "python"), ("templates/**.html", "jinja2")],
        keywords={"_": None, "gettext": None, "ngettext": (1, 2), "mark": None},
        options_map={
            "templates/**.html": {"silent": "false", "extensions": "jinja2.ext.i18n", "newstyle_gettext": "true"}
        },
    )
    for _file, _line, message, _comments, _context in found:
        yield message if isinstance(message, str) else message[0]


def english_messages() -> dict[str, tuple[str, ...]]:
    with (CATALOGUES / "en.po").open("rb") as file:
        catalogue = read_po(file, locale="en", abort_invalid=True)
    texts = {}
    for message in catalogue:
        if message.id:
            vietnamese, *_ = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
            english = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
            texts[vietnamese] = tuple(text or "" for text in english)
    return texts


def test_every_message_has_its_english_and_none_is_left_over() -> None:
    said = set(said_messages())
    assert len(said) > 200
    translated = {message for message, english in english_messages().items() if all(english)}
    assert said == translated


def test_placeholders_survive_translation() -> None:
    for vietnamese, english in english_messages().items():
        wanted = sorted(re.findall(r"%\(\w+\)s|%s", vietnamese))
        assert all(sorted(re.findall(r"%\(\w+\)s|%s", text)) == wanted for text in english), vietnamese


def test_plurals_in_english() -> None:
    say = read_catalogue("en").ngettext
    assert say("%(num)s dòng", "%(num)s dòng", 1) == "%(num)s row"
    assert say("%(num)s dòng", "%(num)s dòng", 2) == "%(num)s rows"


@pytest.mark.parametrize(
    ("asked", "accepted", "expected"),
    [
        (None, None, "vi"),
        ("en", "vi", "en"),
        (None, "en-GB,vi;q=0.5", "en"),
        ("de", "de", "vi"),
        (None, "vi;q=0", "vi"),
    ],
)
def test_the_language_is_the_one_asked_for_then_the_preferred_then_vietnamese(
    asked: str | None, accepted: str | None, expected: str
) -> None:
    assert choose_language(asked, accepted) == expected
