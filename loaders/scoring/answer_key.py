"""Read an answer key: the record of a document made by hand, in which quotes stand for spans.

A clerk who writes a key copies words and never counts characters; this module finds the words in the text. It refuses a
quote that is not there, or that is there several times without saying which is meant: a key that points nowhere proves
nothing. The format is told in ``benchmarks/accuracy/README.md``.

Guaranteed afterwards: every fact has a span, and ``text[start:end]`` is the quote, runs of white space aside.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ontology.errors import AnswerKeyError
from ontology.records import Record, Span, parse_record

FactPath = tuple[str | int, ...]
"""Where a fact stands in a record: ``("citations", 3)``, ``("tasks", 5, "assignments", 2)``, ``("tasks", 5, "timing")``."""

_FACTS = ("citations", "components", "tasks", "targets", "budgets", "reporting", "findings", "links")
_PLACING = ("quote", "quotes", "occurrence", "context", "after", "heading", "optional", "tolerate")


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """A key with its document. ``optional`` holds the facts that careful clerks may read or leave out."""

    name: str
    document: Path
    text: str
    record: Record
    optional: frozenset[FactPath]


def read_key(path: Path) -> AnswerKey:
    """Read the key at ``path`` and find its quotes; raise :class:`AnswerKeyError` naming the fact that is wrong.

    ``"file"`` is looked for beside the key and in each folder above it, so that keys and documents move together.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AnswerKeyError(
            f"not a readable JSON file ({error})", path=path, fact="", remedy="see the format"
        ) from error
    if not isinstance(raw, dict) or "file" not in raw:
        raise AnswerKeyError("no document is named", path=path, fact="file", remedy='write "file": "documents/….txt"')
    document = _find_document(path, str(raw.pop("file")))
    text = unicodedata.normalize("NFC", document.read_text(encoding="utf-8-sig"))
    record, optional = _Placer(text, path).place(raw)
    return AnswerKey(path.stem, document, text, record, optional)


def _find_document(path: Path, name: str) -> Path:
    for folder in path.resolve().parents:
        if (folder / name).is_file():
            return folder / name
    raise AnswerKeyError(f"the document {name} is not there", path=path, fact="file", remedy="write its path from here")


class _Placer:
    """Finds the quotes of one key in one text and gathers the optional facts on the way."""

    def __init__(self, text: str, path: Path) -> None:
        self._text = text
        self._path = path
        self._optional: set[FactPath] = set()

    def place(self, raw: dict[str, Any]) -> tuple[Record, frozenset[FactPath]]:
        document = dict(raw.get("document", {}))
        filled: dict[str, Any] = {"document": _with_defaults(document, _DOCUMENT)}
        for kind in _FACTS:
            facts = []
            for index, fact in enumerate(raw.get(kind, [])):
                place = (kind, index)
                facts.append(self._task(fact, place) if kind == "tasks" else self._fact(kind, fact, place))
            filled[kind] = facts
        try:
            return parse_record(json.dumps(filled, ensure_ascii=False)), frozenset(self._optional)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(step) for step in first["loc"])
            raise AnswerKeyError(first["msg"], path=self._path, fact=where, remedy="compare with the record") from error

    def _fact(self, kind: str, fact: dict[str, Any], place: FactPath) -> dict[str, Any]:
        if fact.get("optional"):
            self._optional.add(place)
        spans = self._spans(fact, place, _words_of(fact, place))
        return {**_with_defaults(fact, _DEFAULTS.get(kind, {})), "span": _longest(spans)}

    def _task(self, task: dict[str, Any], place: FactPath) -> dict[str, Any]:
        spans = self._spans(task, place, _words_of(task, place))
        if task.get("optional"):
            self._optional.add(place)
        self._optional.update((*place, name) for name in task.get("tolerate", ()))
        start = spans[0].start
        filled = _with_defaults(task, _DEFAULTS["tasks"])
        filled |= {"span": _longest(spans), "spans": spans}
        filled["assignments"] = [
            self._assignment(one, (*place, "assignments", i), start)
            for i, one in enumerate(task.get("assignments", ()))
        ]
        timing = task.get("timing")
        if timing is not None:
            where = (*place, "timing")
            found = self._spans(timing, where, _words_of(timing, where, timing["text"]), start)
            filled["timing"] = {**_with_defaults(timing, {}), "span": _longest(found)}
        for name in ("deliverable", "submit_to", "result_document"):
            if task.get(name) is None:
                continue
            quote = task.get(f"{name}_quote", task[name])
            parts = tuple(quote) if isinstance(quote, list) else (quote,)
            found = self._spans({}, (*place, name), parts, start)
            if name == "deliverable":
                filled["deliverable_span"] = _longest(found)
        return {name: value for name, value in filled.items() if not name.endswith("_quote")}

    def _assignment(self, one: dict[str, Any], place: FactPath, start: int) -> dict[str, Any]:
        if one.get("optional"):
            self._optional.add(place)
        spans = self._spans(one, place, _words_of(one, place, one["agency"]), start)
        printed = " ".join(" ".join(self._text[low:high].split()) for low, high in spans)
        return {**_with_defaults(one, _DEFAULTS["assignments"]), "span": _longest(spans), "printed": printed}

    def _spans(
        self, fact: dict[str, Any], place: FactPath, quotes: tuple[str, ...], start: int | None = None
    ) -> list[Span]:
        """Return the spans of the fact's quotes; ``start`` is where its task begins, if it belongs to one."""
        low, high = 0, len(self._text)
        number = fact.get("occurrence")
        if "context" in fact:
            low, high = self._only(fact["context"], place)
            number = number or 1
        elif "after" in fact:
            low = self._only(fact["after"], place)[1]
            number = number or 1
        elif fact.get("heading") and start is not None:
            hits = list(self._hits(quotes[0], 0, start))
            if not hits:
                raise self._error(quotes[0], place, "does not stand before its task")
            return [hits[-1]]
        elif start is not None:
            low = start
            number = number or 1
        found: list[Span] = []
        for quote in quotes:
            hits = list(self._hits(quote, low, high))
            if not hits:
                raise self._error(quote, place, "is not in the document (or not where it is looked for)")
            if number is None and len(hits) > 1:
                raise self._error(quote, place, f"stands {len(hits)} times in the document")
            if number is not None and number > len(hits):
                raise self._error(quote, place, f"stands only {len(hits)} times, not {number}")
            found.append(hits[(number or 1) - 1])
            low, number = found[-1].end, 1
        return found

    def _only(self, quote: str, place: FactPath) -> Span:
        hits = list(self._hits(quote, 0, len(self._text)))
        if len(hits) != 1:
            raise self._error(quote, place, f"stands {len(hits)} times in the document, and must be unique")
        return hits[0]

    def _hits(self, quote: str, low: int, high: int) -> Iterator[Span]:
        parts = [re.escape(part) for part in unicodedata.normalize("NFC", quote).split()]
        for found in re.compile(r"\s+".join(parts)).finditer(self._text, low, high):
            yield Span(*found.span())

    def _error(self, quote: str, place: FactPath, what: str) -> AnswerKeyError:
        return AnswerKeyError(
            f"“{quote}” {what}",
            path=self._path,
            fact=".".join(str(step) for step in place),
            remedy="copy the words as printed; say which place with occurrence, context or after",
        )


def _words_of(fact: dict[str, Any], place: FactPath, default: str | None = None) -> tuple[str, ...]:
    if "quotes" in fact:
        return tuple(fact["quotes"])
    return (fact.get("quote") or default or f"(no quote at {place})",)


def _with_defaults(fact: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    return defaults | {name: value for name, value in fact.items() if name not in _PLACING}


def _longest(spans: list[Span]) -> Span:
    return max(spans, key=lambda span: span.end - span.start)


# What a clerk may leave out, because nobody scores it or because it is so nearly always.
_DOCUMENT = dict.fromkeys(("number", "type", "date", "issuer", "jurisdiction", "title"))
_DEFAULTS: dict[str, dict[str, Any]] = {
    "citations": {"number": None, "date": None, "issuer": None, "subject": None, "iri": None, "self": False},
    "components": {"parent": None, "national": None},
    "tasks": {"section": [], "component": None},
    "assignments": {"iri": None, "group": False, "spelled_out": True},
    "targets": {"unit": None, "by": None},
    "budgets": {"component": None, "year": None, "source": "total"},
    "reporting": {"from": None, "to": None, "frequency": [], "deadline": None},
}
