"""Parameters of named queries: from what people type to the term that is bound.

Each type knows what it accepts and says so when it refuses. Documents and agencies are looked up in the store that is
asked; roles and other concepts are given by their code.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ontology.errors import ParameterError
from ontology.namespaces import ID, slug
from ontology.records import Recurrence, Relation, Role, Severity
from queries.answer import Iri, Value
from queries.lookup import Outcome, Resolution, resolve_agency, resolve_document
from queries.store import GraphStore

_PERIOD = re.compile(r"\s*(?P<first>(?:19|20)\d\d)\s*[-–—]\s*(?P<last>(?:19|20)\d\d)\s*")
_SCHEMES: Mapping[str, tuple[str, ...]] = {
    "role": tuple(Role),
    "relation": tuple(Relation),
    "recurrence": tuple(Recurrence),
    "severity": tuple(Severity),
    "level": ("national", "province", "district", "commune"),
    "funding-source": ("total", "central", "local", "other"),
}
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query. ``type`` is one of :data:`TYPES`; one that is not required restricts nothing if absent."""

    name: str
    type: str
    required: bool
    default: str | None
    label_vi: str
    label_en: str
    example: str

    def label(self, language: str = "vi") -> str:
        """Return what the parameter is called in ``language``."""
        return self.label_en if language == "en" else self.label_vi

    def parse(self, given: Value, store: GraphStore) -> Value:
        """Return the term to bind for ``given``; raise :class:`ParameterError` where it is not of this type."""
        if options := self.choices() if self.type.startswith("choice") else ():
            if str(given) not in options:
                raise _refuse(self, given, f"choose from: {', '.join(options)}", f"chọn một: {', '.join(options)}")
            return str(given)
        return TYPES[self.type](self, given, store)

    def choices(self) -> tuple[str, ...]:
        """Return all codes that the parameter accepts, ``()`` where they cannot be counted."""
        if choice := _CHOICE.fullmatch(self.type):
            return tuple(choice["options"].split("/"))
        return LANGUAGES if self.type == "language" else _SCHEMES.get(self.type, ())


def _refuse(parameter: Parameter, given: object, remedy: str, vi: str) -> ParameterError:
    return ParameterError(
        f"{str(given)!r} is no {parameter.type}",
        where=parameter.name,
        remedy=remedy,
        vi=f"{parameter.label_vi}: “{given}” chưa đúng — {vi}",
    )


def _looked_up(parameter: Parameter, given: Value, found: Resolution) -> Iri:
    if found.iri is not None:
        return found.iri
    names = "; ".join(str(candidate) for candidate in found.candidates[:8])
    choices = tuple((candidate.iri, str(candidate)) for candidate in found.candidates[:8])
    if found.outcome is Outcome.AMBIGUOUS:
        raise ParameterError(
            f"{str(given)!r} may mean several things",
            where=parameter.name,
            remedy=f"say which: {names}",
            vi=f"{parameter.label_vi}: “{given}” có thể là nhiều thứ — hãy nói rõ: {names}",
            choices=choices,
        )
    raise ParameterError(
        f"no {parameter.type} is called {str(given)!r}",
        where=parameter.name,
        remedy=f"did you mean: {names}" if names else "search for it first",
        vi=f"{parameter.label_vi}: kho không có tên “{given}” — " + (f"có phải: {names}" if names else "hãy tìm trước"),
        choices=choices,
    )


def _document(parameter: Parameter, given: Value, store: GraphStore) -> Value:
    return _looked_up(parameter, given, resolve_document(store, str(given)))


def _agency(parameter: Parameter, given: Value, store: GraphStore) -> Value:
    return _looked_up(parameter, given, resolve_agency(store, str(given)))


def _iri(parameter: Parameter, given: Value, _store: GraphStore) -> Value:
    text = str(given).strip()
    if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE):
        return Iri(text)
    if re.fullmatch(r"[a-z-]+(?:/[\w.-]+)+", text):
        return Iri(ID[text])
    raise _refuse(
        parameter,
        given,
        "give a full IRI, or the part of it behind /id/, such as task/…",
        "ghi IRI đầy đủ, hoặc phần sau /id/, như task/…",
    )


def _string(_parameter: Parameter, given: Value, _store: GraphStore) -> Value:
    return str(given)


def _int(parameter: Parameter, given: Value, _store: GraphStore) -> Value:
    try:
        return int(str(given))
    except ValueError:
        raise _refuse(parameter, given, "give a whole number", "ghi một số nguyên") from None


def _date(parameter: Parameter, given: Value, _store: GraphStore) -> Value:
    if isinstance(given, datetime.datetime):
        return given.date()
    if isinstance(given, datetime.date):
        return given
    text = str(given).strip()
    try:
        if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
            day, month, year = map(int, match.groups())
            return datetime.date(year, month, day)
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise _refuse(parameter, given, "write 2017-06-30 or 30/6/2017", "ghi 30/6/2017 hoặc 2017-06-30") from None


def _period(parameter: Parameter, given: Value, _store: GraphStore) -> Value:
    match = _PERIOD.fullmatch(str(given))
    if match is None or match["first"] > match["last"]:
        raise _refuse(parameter, given, "write first and last year: 2016-2020", "ghi năm đầu và năm cuối: 2016-2020")
    return f"{match['first']}-{match['last']}"


def _concept(parameter: Parameter, given: Value, _store: GraphStore) -> Value:
    codes = _SCHEMES[parameter.type]
    code = str(given).removeprefix(f"{ID}{parameter.type}/").strip().lower().replace("-", "_")
    if code not in codes:
        near = get_close_matches(code, codes) or codes
        raise _refuse(parameter, given, f"choose from: {', '.join(near)}", f"chọn một: {', '.join(near)}")
    return Iri(ID[f"{parameter.type}/{slug(code)}"])


def _language(parameter: Parameter, given: Value, _store: GraphStore) -> Value:
    if str(given) not in LANGUAGES:
        raise _refuse(parameter, given, f"choose from: {', '.join(LANGUAGES)}", f"chọn một: {', '.join(LANGUAGES)}")
    return str(given)


TYPES: Mapping[str, Callable[[Parameter, Value, GraphStore], Value]] = {
    "document": _document,
    "agency": _agency,
    "iri": _iri,
    "string": _string,
    "int": _int,
    "date": _date,
    "period": _period,
    "language": _language,
    **dict.fromkeys(_SCHEMES, _concept),
}
"""The types a header may name, and how a value of each is parsed."""


_CHOICE = re.compile(r"choice\((?P<options>[^()]+)\)")
"""A type that lists its values: ``choice(lead/product/date)``."""


def is_type(name: str) -> bool:
    """Return whether a header may name this type.

    >>> is_type("choice(lead/product)"), is_type("document"), is_type("number")
    (True, True, False)
    """
    return name in TYPES or _CHOICE.fullmatch(name) is not None


def parse_parameters(
    parameters: Sequence[Parameter], given: Mapping[str, Value | Sequence[Value] | None], store: GraphStore
) -> dict[str, Value | Sequence[Value] | None]:
    """Return the terms to bind; several values of one parameter stay several, empty text counts as not given.

    Raise :class:`ParameterError` for a value of the wrong type, an unknown name, or a required one that is absent.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            near = get_close_matches(name, known) or sorted(known)
            raise ParameterError(f"there is no parameter {name!r}", remedy=f"there are: {', '.join(near) or 'none'}")
    bound: dict[str, Value | Sequence[Value] | None] = {}
    for name, parameter in known.items():
        value = given.get(name)
        if value is None or value == "" or (isinstance(value, Sequence) and not value):
            value = parameter.default
        if value is None:
            if parameter.required:
                example = (
                    f"for example {parameter.example}" if parameter.example else f"a value of type {parameter.type}"
                )
                raise ParameterError(
                    f"the parameter {name!r} is needed",
                    where=name,
                    remedy=example,
                    vi=f"{parameter.label_vi}: cần có" + (f", ví dụ {parameter.example}" if parameter.example else ""),
                )
            continue
        if isinstance(value, Sequence) and not isinstance(value, str):
            bound[name] = [parameter.parse(one, store) for one in value]
        else:
            bound[name] = parameter.parse(value, store)
    return bound
