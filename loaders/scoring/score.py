"""Score a record against an answer key: precision, recall and every error, per class of facts.

A pure comparison of two records. The program's record is never consulted to decide what is right: facts are paired one to
one (citations by number and place, tasks by text, place and id, assignments within paired tasks), then compared. What a
key marks as optional is neither owed nor an error.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from rapidfuzz import fuzz

from loaders.scoring.answer_key import FactPath
from loaders.scoring.counts import BESIDE, CLASSES, Score, Scores
from loaders.scoring.facts import (
    identity_of,
    like_budget,
    like_citation,
    like_component,
    like_report,
    like_target,
    like_task,
    same_budget,
    same_component,
    same_report,
    same_target,
    show_budget,
    show_citation,
    show_component,
    show_relation,
    show_report,
    show_target,
)
from loaders.scoring.matching import match_pairs
from loaders.scoring.names import plain_recurrence, same_agency, same_name, same_number, same_phrase
from loaders.scoring.quotes import holds_print, iter_quotes
from ontology.folding import accent_key
from ontology.records import Assignment, Citation, Record, Role, Span, Task


class _Fact(Protocol):
    @property
    def span(self) -> Span: ...


F = TypeVar("F", bound=_Fact)

_OPTIONAL_LAST = 0.25
"""How much less an optional fact of the key attracts a reading than an owed one that says the same."""

_SAME_TASK = 0.62
"""Least likeness of two task texts that can be one task (a task read with half of its words missing is below it)."""


def score_record(
    key: Record, read: Record, *, text: str | None = None, optional: frozenset[FactPath] = frozenset()
) -> Scores:
    """Compare the record ``read`` with the answer ``key``.

    ``optional`` are paths into ``key`` of facts that may be read or left out. With ``text`` (the NFC text layer) every span of
    ``read`` is checked to lie in it and to hold what was printed.
    """
    return _Comparison(key, read, text, optional).compare()


class _Comparison:
    def __init__(self, key: Record, read: Record, text: str | None, optional: frozenset[FactPath]) -> None:
        self._key, self._read, self._text, self._optional = key, read, text, optional
        self._scores = {name: Score(name) for name in (*CLASSES, *BESIDE)}

    def compare(self) -> Scores:
        self._header()
        self._citations()
        self._components()
        self._tasks()
        self._flat("budgets", self._key.budgets, self._read.budgets, like_budget, show_budget, same_budget)
        self._flat("targets", self._key.targets, self._read.targets, like_target, show_target, same_target)
        self._flat("reporting", self._key.reporting, self._read.reporting, like_report, show_report, same_report)
        self._links()
        if self._text is not None:
            self._quotes(self._text)
        return Scores(self._scores)

    def _header(self) -> None:
        key, read = self._key.document, self._read.document
        header = self._scores["header"]
        header.value("number", key.number, read.number, same=same_number(key.number, read.number))
        for name in ("type", "date", "issuer"):
            one, other = getattr(key, name), getattr(read, name)
            header.value(name, one, other, same=same_name(one, other))
        masthead = self._scores["masthead"]
        for name in ("title", "attached_to", "jurisdiction"):
            one, other = getattr(key, name), getattr(read, name)
            masthead.value(name, one, other, same=same_name(one, other))
        _score_sets(masthead, "signers", [s.name for s in key.signers], [s.name for s in read.signers])
        _score_sets(masthead, "capacity", [s.capacity for s in key.signers], [s.capacity for s in read.signers])
        for name in ("recipients", "programmes", "periods"):
            _score_sets(masthead, name, getattr(key, name), getattr(read, name))
        _score_sets(self._scores["legal bases"], "legal_bases", key.legal_bases, read.legal_bases)

    def _citations(self) -> None:
        key, read = self._key.citations, self._read.citations
        pairs = match_pairs(key, read, like_citation, 0.05)
        for i, one in enumerate(key):
            free = ("citations", i) in self._optional
            if i in pairs:
                if not free:
                    self._scores["citations"].right()
                    self._citation_details(one, read[pairs[i]])
            elif not free:
                where = self._place(one.span)
                self._scores["citations"].missing(where, show_citation(one))
                if one.date:
                    self._scores["citation dates"].missing(where, show_citation(one))
                if identity_of(one):
                    self._scores["citations resolved"].missing(where, show_citation(one))
        for j in sorted(set(range(len(read))) - set(pairs.values())):
            where = self._place(read[j].span)
            self._scores["citations"].extra(where, show_citation(read[j]))
            if read[j].date:
                self._scores["citation dates"].extra(where, show_citation(read[j]))
            if read[j].iri:
                self._scores["citations resolved"].extra(where, show_citation(read[j]))

    def _citation_details(self, key: Citation, read: Citation) -> None:
        where = self._place(key.span)
        if key.number is not None:  # a law known only by name has an identity that the text does not give
            self._scores["citation dates"].value(where, key.date, read.date, same=key.date == read.date)
            identity = identity_of(key)
            if identity:
                resolved = read.iri is not None and read.iri.endswith(identity) and same_name(key.issuer, read.issuer)
                found = f"{read.iri} ({read.issuer})" if read.iri else None
                self._scores["citations resolved"].value(where, f"{key.issuer} {identity}", found, same=resolved)
        same = key.relation == read.relation and key.self == read.self
        self._scores["citation relations"].value(where, show_relation(key), show_relation(read), same=same)

    def _components(self) -> None:
        self._flat(
            "components", self._key.components, self._read.components, like_component, show_component, same_component
        )

    def _tasks(self) -> None:
        key, read = self._key.tasks, self._read.tasks
        pairs = match_pairs(key, read, like_task, _SAME_TASK)
        tasks = self._scores["tasks"]
        for i, one in enumerate(key):
            other = read[pairs[i]] if i in pairs else None
            free = ("tasks", i) in self._optional
            if other is None and free:
                continue
            where = one.id if other is None or other.id == one.id else f"{one.id} (read as {other.id})"
            if other is None:
                tasks.missing(where, one.text)
            elif not free:
                tasks.right()
                self._scores["task texts"].value(where, one.text, other.text, same=_same_text(one.text, other.text))
            self._task_details(i, one, other, where)
        for j in sorted(set(range(len(read))) - set(pairs.values())):
            one = read[j]
            tasks.extra(f"{one.id} {self._place(one.span)}", one.text)
            for assignment in one.assignments:
                self._count_extra(f"{one.id}", assignment)
            for name, value in _task_values(one):
                if value is not None:
                    self._scores[name].extra(one.id, value)

    def _task_details(self, i: int, key: Task, read: Task | None, where: str) -> None:
        self._assignments(i, key, read, where)
        free = {step[2] for step in self._optional if step[:2] == ("tasks", i) and len(step) == 3}
        timing, other = key.timing, read.timing if read else None
        tolerated = "timing" in free
        text, other_text = timing and timing.text, other and other.text
        same = bool(text and other_text) and same_phrase(text or "", other_text or "")
        self._scores["timing text"].value(where, text, other_text, same=same, tolerated=tolerated)
        value, other_value = _timing_value(key), _timing_value(read) if read else None
        self._scores["timing value"].value(where, value, other_value, same=value == other_value, tolerated=tolerated)
        for fact, name in (("deliverables", "deliverable"), ("submission levels", "submit_to")):
            one, two = getattr(key, name), getattr(read, name) if read else None
            same = one is not None and two is not None and same_phrase(one, two)
            self._scores[fact].value(where, one, two, same=same, tolerated=name in free)
        number, other_number = key.result_document, read.result_document if read else None
        same = same_number(number, other_number)
        self._scores["result documents"].value(where, number, other_number, same=same)
        component, other_component = key.component, read.component if read else None
        self._scores["task components"].value(
            where, component, other_component, same=same_name(component, other_component), tolerated="component" in free
        )

    def _assignments(self, i: int, key: Task, read: Task | None, where: str) -> None:
        left = list(read.assignments) if read else []
        places = self._key.document
        unread: list[tuple[int, Assignment]] = []
        owed_first = sorted(
            enumerate(key.assignments), key=lambda item: ("tasks", i, "assignments", item[0]) in self._optional
        )
        for k, one in owed_first:
            match = next(
                (
                    other
                    for other in left
                    if other.role == one.role
                    and same_agency(one, other, issuer=places.issuer, jurisdiction=places.jurisdiction)
                ),
                None,
            )
            if match is None:
                unread.append((k, one))
                continue
            left.remove(match)
            if ("tasks", i, "assignments", k) not in self._optional:
                for fact in _classes_of(one):
                    self._scores[fact].right()
        for k, one in unread:
            if ("tasks", i, "assignments", k) not in self._optional:
                for fact in _classes_of(one):
                    self._scores[fact].missing(where, f"{one.role.value}: {one.agency}")
        for other in left:
            self._count_extra(where, other)

    def _count_extra(self, where: str, one: Assignment) -> None:
        for fact in _classes_of(one):
            self._scores[fact].extra(where, f"{one.role.value}: {one.agency}")

    def _flat(
        self,
        fact: str,
        key: Sequence[F],
        read: Sequence[F],
        likeness: Callable[[F, F], float],
        show: Callable[[F], str],
        same: Callable[[F, F], bool],
    ) -> None:
        score = self._scores[fact]
        optional = {i for i in range(len(key)) if (fact, i) in self._optional}
        pairs = match_pairs(
            range(len(key)),
            read,
            lambda i, other: likeness(key[i], other) - (_OPTIONAL_LAST if i in optional else 0),
            0.3,
        )
        for i, one in enumerate(key):
            if i in optional:
                continue
            other = read[pairs[i]] if i in pairs else None
            found = show(other) if other is not None else None
            score.value(self._place(one.span), show(one), found, same=other is not None and same(one, other))
        for j in sorted(set(range(len(read))) - set(pairs.values())):
            score.extra(self._place(read[j].span), show(read[j]))

    def _links(self) -> None:
        def show(record: Record) -> list[str]:
            return [f"{link.subject} {link.relation.value} {link.object}" for link in record.links]

        _score_sets(self._scores["document links"], "links", show(self._key), show(self._read))

    def _quotes(self, text: str) -> None:
        score = self._scores["quotes verbatim"]
        for where, span, printed in iter_quotes(self._read):
            if not 0 <= span.start < span.end <= len(text):
                score.wrong(where, "a stretch of the text", f"[{span.start}, {span.end})")
            elif printed is not None and not holds_print(text[span.start : span.end], printed):
                score.wrong(where, printed, text[span.start : span.end])
            else:
                score.right()

    def _place(self, span: Span) -> str:
        if self._text is None:
            return f"at {span.start}"
        return f"line {self._text.count(chr(10), 0, span.start) + 1}"


def _same_text(key: str, read: str) -> bool:
    """Return whether two task texts are one; the agency or caption that opens the line may be left out (*Sở Y tế: …*)."""
    one, other = sorted((accent_key(key), accent_key(read)), key=len)
    return fuzz.ratio(one, other) >= 97 or (other.endswith(one) and len(one) >= 0.6 * len(other))


def _score_sets(score: Score, where: str, key: Sequence[str], read: Sequence[str]) -> None:
    left = list(read)
    for one in key:
        match = next((other for other in left if same_number(one, other) or same_phrase(one, other)), None)
        if match is None:
            score.missing(where, one)
        else:
            left.remove(match)
            score.right()
    for other in left:
        score.extra(where, other)


def _classes_of(assignment: Assignment) -> tuple[str, ...]:
    return ("leads", "assignments") if assignment.role is Role.LEAD else ("assignments",)


def _timing_value(task: Task) -> str | None:
    timing = task.timing
    if timing is None:
        return None
    codes = ", ".join(sorted(plain_recurrence(timing.recurrence)))
    done = f"completed {timing.date or ''}".strip() if timing.completed else ""
    interval = f"{timing.start or ''}..{timing.end or ''}" if timing.start or timing.end else ""
    return "; ".join(part for part in (interval, codes, done) if part) or None


def _task_values(task: Task) -> Iterator[tuple[str, str | None]]:
    yield "timing text", task.timing.text if task.timing else None
    yield "timing value", _timing_value(task)
    yield "deliverables", task.deliverable
    yield "result documents", task.result_document
