"""From a template and values to a page: language, addresses and wording are bound once per answer."""

from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.filters import do_mark_safe
from starlette.requests import Request
from starlette.responses import HTMLResponse

from server.field_names import say_field, say_value
from server.languages import choose_language, read_catalogue
from server.links import Links
from server.places import TEMPLATES
from server.wording import write_date, write_interval, write_number
from viz.graph import RELATIONS


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(read_catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters["day"] = lambda iso: write_date(iso, language)
    environment.filters["called"] = lambda label, length=90: _called(label, length, read_catalogue(language).gettext)
    environment.filters["number"] = lambda value: write_number(value, language)
    environment.globals["interval"] = lambda start, end: write_interval(start, end, language)
    environment.globals["lang"] = language
    return environment


def _called(label: object, length: int, say: Callable[[str], str]) -> str:
    """Return what a document is called in a table: its number on one line, or the beginning of its title."""
    text = str(label or "")
    if text and not any(map(str.isspace, text)):
        return do_mark_safe(f'<span class="nowrap">{escape(text)}</span>')
    if not text:
        return say("văn bản không số")
    return text if len(text) <= length else text[:length].rsplit(None, 1)[0] + " …"


class Reader:
    """Who asks: the language they read, and the addresses made for them."""

    def __init__(self, request: Request) -> None:
        asked = request.query_params.get("lang")
        self.language = choose_language(asked, request.headers.get("accept-language"))
        self.links = Links(asked if asked == self.language else None)
        self._path = request.url.path
        self._parameters = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]

    def say(self, message: str) -> str:
        """Return ``message`` (its Vietnamese text) in the reader's language."""
        return read_catalogue(self.language).gettext(message)

    def pick(self, vietnamese: object, english: object) -> str:
        """Return the label in the reader's language, the other one where it is missing."""
        first, second = (english, vietnamese) if self.language == "en" else (vietnamese, english)
        return str(first or second or "")

    def switch(self, language: str) -> str:
        """Return the address of this page in ``language``."""
        given: dict[str, object] = {}
        for name, value in self._parameters:
            given.setdefault(name, value)
        return self.links.url(self._path, {**given, "lang": language})


def render_page(
    request: Request,
    template: str,
    values: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Render ``template`` for the reader of ``request``; ``request.state`` says which release answers."""
    reader = Reader(request)
    links = reader.links
    text = (
        _environment(reader.language)
        .get_template(template)
        .render(
            {
                "reader": reader,
                "url": links.url,
                "page": links.page,
                "place": links.place,
                "pick": reader.pick,
                "say_field": lambda name: say_field(name, reader.say),
                "say_value": lambda kind, name, value: say_value(kind, name, value, reader.say),
                "relation_name": lambda code: RELATIONS[code].label(reader.language),
                "path": request.url.path,
                "release": getattr(request.state, "release", ""),
                "maintained": request.app.state.site.settings.maintained,
                "search_text": request.query_params.get("q", "") if request.url.path == "/search" else "",
                **values,
            }
        )
    )
    return HTMLResponse(
        text,
        status,
        headers={"Content-Language": reader.language, "Vary": "Accept-Language, Accept", **(headers or {})},
    )
