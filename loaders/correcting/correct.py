"""A record and the table's rows about it give the corrected record: pure, after reading, never blindly.

A correction is applied only where its fact is found by its words and by its key. Where the text under it has changed, where the
fact is no longer there or now reads something else, it is flagged and left alone. Later rows of the table win over earlier ones.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from loaders.correcting.added import make_fact, task_of
from loaders.correcting.facts import Fact, describe, find_quote, hash_under, list_facts, tidy
from loaders.correcting.outcomes import (
    APPLIED,
    NOT_FOUND,
    NOT_READ,
    READ_SO,
    SEVERAL,
    TAKEN,
    TEXT_CHANGED,
    WITHDRAWN,
    Words,
    flagged_finding,
    note_of,
    reads_now,
    superseded_by,
)
from loaders.correcting.rebuilt import rebuild, settle_findings
from loaders.correcting.search import find_fact, matches_text, split_ordinal
from loaders.correcting.shown import same, show_field
from loaders.correcting.values import Namer, changed
from loaders.reader import Reader
from loaders.source import Source
from ontology.corrections import FIELDS, Correction
from ontology.errors import ParameterError
from ontology.folding import fold
from ontology.namespaces import ID, mint_document, number_key
from ontology.records import (
    CorrectionAction,
    CorrectionStatus,
    Document,
    FactKind,
    Record,
    SourceInfo,
    Span,
)

_S = CorrectionStatus
_CONTEXT_FIELDS = frozenset({"number", "date", "issuer", "jurisdiction", "programmes", "periods"})
"""Fields of the header that decide how the rest of the document is understood: the text is read again with them."""

_SOURCE_FINDINGS = frozenset({"legacy-encoding", "tracked-changes", "page-without-text", "unread-text", "cut-off"})
"""What the formats report of a file; a text that is read again does not show it."""


@dataclass(slots=True, eq=False)
class _Outcome:
    """What became of one correction; ``fact`` is where it stands, if anywhere."""

    correction: Correction
    status: CorrectionStatus
    words: Words
    fact: Fact | None = None
    original: str | None = None
    corrected: str | None = None
    span: Span | None = None
    others: Sequence[Fact] = ()


@dataclass(slots=True)
class _Desk:
    """The facts of one record on the desk, and the outcomes so far."""

    record: Record
    text: str
    reader: Reader
    facts: list[Fact]
    outcomes: list[_Outcome] = field(default_factory=list)

    @property
    def namer(self) -> Namer:
        """Who knows names in this document."""
        return Namer.of(self.reader, self.record)

    def take(self, correction: Correction) -> None:
        """Deal with one correction and keep what became of it."""
        if correction.withdrawn:
            fact = find_fact(correction, self.facts, self.text)[0]
            outcome = _Outcome(
                correction, _S.WITHDRAWN, WITHDRAWN, fact, correction.from_ or None, correction.to or None
            )
        elif correction.kind is FactKind.MENTION:
            outcome = self._judge(correction)
        else:
            match correction.action:
                case CorrectionAction.CHANGE:
                    outcome = self._change(correction)
                case CorrectionAction.REMOVE:
                    outcome = self._remove(correction)
                case CorrectionAction.ADD:
                    outcome = self._add(correction)
        if outcome.fact is None and outcome.status is _S.FLAGGED:
            outcome.fact = self._named(correction)
        if outcome.span is None:
            outcome.span = self._place(correction, outcome.fact)
        self.outcomes.append(outcome)

    def _named(self, correction: Correction) -> Fact | None:
        """Return the only fact of the key, whatever its words: where a person looks first."""
        if correction.kind is FactKind.HEADER:
            return self.facts[0]
        key = split_ordinal(correction.key)[0]
        alike = [one for one in self.facts if one.kind is correction.kind and not one.removed and key in one.names()]
        return alike[0] if len(alike) == 1 else None

    def _place(self, correction: Correction, fact: Fact | None) -> Span | None:
        """Return where to look: the fact's words, else the first place of the quote."""
        spans = fact.spans_of(correction.field) if fact is not None else ()
        return spans[0] if spans else next(find_quote(self.text, correction.quote), None)

    def _flag(self, correction: Correction, words: Words, fact: Fact | None = None) -> _Outcome:
        original = (
            show_field(fact.value, correction.field) if fact is not None and correction.field else correction.from_
        )
        return _Outcome(correction, _S.FLAGGED, words, fact, original or None, correction.to or None)

    def _change(self, correction: Correction) -> _Outcome:
        name = correction.field or ""
        kind = FIELDS[correction.kind][name]
        fact, trouble = find_fact(correction, self.facts, self.text)
        if fact is None:
            already = self._already(correction)
            if already is not None:
                return _Outcome(
                    correction, _S.SUPERSEDED, READ_SO, already, correction.from_ or None, correction.to or None
                )
            return self._flag(correction, trouble or NOT_FOUND)
        now = show_field(fact.value, name)
        read = show_field(fact.first, name) if fact.first is not None else now
        if same(kind, now, correction.to):
            earlier = self._applied(fact, name)
            words = superseded_by(earlier.correction) if earlier else READ_SO
            return _Outcome(correction, _S.SUPERSEDED, words, fact, read or None, correction.to or None)
        if not (same(kind, now, correction.from_) or same(kind, read, correction.from_)):
            return self._flag(correction, reads_now(now), fact)
        try:
            fact.value = changed(correction.kind, fact.value, name, correction.to, self.namer, self.record)
        except ParameterError as error:
            return self._flag(correction, Words(error.vi, error.what), fact)
        earlier = self._applied(fact, name)
        if earlier is not None:
            earlier.status, earlier.words = _S.SUPERSEDED, superseded_by(correction)
        return _Outcome(correction, _S.APPLIED, APPLIED, fact, read or None, show_field(fact.value, name) or None)

    def _applied(self, fact: Fact, name: str) -> _Outcome | None:
        """Return the outcome of the correction that gave the field its value."""
        for outcome in reversed(self.outcomes):
            if outcome.fact is fact and outcome.correction.field == name and outcome.status is _S.APPLIED:
                return outcome
        return None

    def _already(self, correction: Correction) -> Fact | None:
        """Return the fact that would be the one meant, were it not read right by now."""
        name = correction.field or ""
        wanted = split_ordinal(correction.key)[0]
        for fact in self.facts:
            if fact.kind is correction.kind and not fact.removed and matches_text(correction, fact, self.text):
                now = show_field(fact.value, name)
                kind = FIELDS[fact.kind][name]
                if same(kind, now, correction.to) and tidy(fact.key_with(name, correction.from_)) == wanted:
                    return fact
        return None

    def _remove(self, correction: Correction) -> _Outcome:
        fact, trouble = find_fact(correction, self.facts, self.text)
        if fact is None:
            if trouble is NOT_FOUND:
                return _Outcome(correction, _S.SUPERSEDED, NOT_READ, None, correction.from_ or correction.key)
            return self._flag(correction, trouble or NOT_FOUND)
        if fact.removed:
            earlier = next(
                o for o in self.outcomes if o.fact is fact and o.correction.action is CorrectionAction.REMOVE
            )
            return _Outcome(correction, _S.SUPERSEDED, superseded_by(earlier.correction), fact)
        fact.removed = True
        return _Outcome(correction, _S.APPLIED, APPLIED, fact, describe(fact, as_read=True))

    def _add(self, correction: Correction) -> _Outcome:
        key, ordinal = split_ordinal(correction.key)
        places = list(find_quote(self.text, correction.quote))
        if correction.text_hash:
            places = [span for span in places if hash_under(self.text, (span,)) == correction.text_hash]
        if not places:
            return self._flag(correction, TEXT_CHANGED)
        if len(places) > 1 and (ordinal is None or ordinal > len(places)):
            return self._flag(correction, SEVERAL)
        span = places[(ordinal or 1) - 1]
        row = replace(correction, key=key)
        named = task_of(row)
        task = next((f for f in self.facts if f.kind is FactKind.TASK and not f.removed and named in f.names()), None)
        try:
            made = make_fact(row, self.record, self.text, span, task, self.namer)
        except ParameterError as error:
            return self._flag(correction, Words(error.vi, error.what))
        twin = self._twin(made)
        if twin is not None:
            alike = twin.kind is FactKind.ASSIGNMENT or show_field(twin.value, _SAYS[twin.kind]) == show_field(
                made.value, _SAYS[twin.kind]
            )
            if alike:
                return _Outcome(correction, _S.SUPERSEDED, READ_SO, twin, None, describe(made))
            return self._flag(correction, TAKEN, twin)
        self.facts.append(made)
        return _Outcome(correction, _S.APPLIED, APPLIED, made, None, describe(made), span)

    def _twin(self, made: Fact) -> Fact | None:
        """Return the fact that has the place of an added one: the same key, and for what may occur twice the same words."""
        unique = made.kind in (FactKind.TASK, FactKind.ASSIGNMENT, FactKind.TIMING, FactKind.COMPONENT)
        for fact in self.facts:
            if fact.kind is made.kind and not fact.removed and fact.names() & made.names():
                overlap = any(a.start < b.end and b.start < a.end for a in fact.spans for b in made.spans)
                if unique or overlap:
                    return fact
        return None

    def _judge(self, correction: Correction) -> _Outcome:
        """Apply a judgement: wherever these words are read as an agency, this one is meant."""
        words = fold(tidy(correction.key))
        meant = [
            fact
            for fact in self.facts
            if fact.kind is FactKind.ASSIGNMENT and not fact.removed and fold(tidy(fact.value.printed)) == words
        ]
        shown = [fact for fact in meant if matches_text(correction, fact, self.text)]
        if not shown:
            return self._flag(correction, NOT_FOUND if any(find_quote(self.text, correction.quote)) else TEXT_CHANGED)
        try:
            agent = self.namer.agent(correction.to)
        except ParameterError as error:
            return self._flag(correction, Words(error.vi, error.what), shown[0])
        other = [fact for fact in meant if fact.value.iri != agent.iri]
        if not other:
            return _Outcome(correction, _S.SUPERSEDED, READ_SO, shown[0], correction.from_ or None, agent.name)
        read = tidy("; ".join(dict.fromkeys(fact.first.agency for fact in other if fact.first is not None)))
        for fact in other:
            fact.value = changed(FactKind.ASSIGNMENT, fact.value, "agency", correction.to, self.namer, self.record)
        words_of = Words(
            f"Đã áp dụng cho {len(other)} phân công.",
            f"Applied to {len(other)} assignment{'s' if len(other) > 1 else ''}.",
        )
        first = shown[0] if shown[0] in other else other[0]
        others = [fact for fact in other if fact is not first]
        return _Outcome(correction, _S.APPLIED, words_of, first, read or None, agent.name, others=others)


_SAYS = {
    FactKind.TASK: "text",
    FactKind.TIMING: "text",
    FactKind.COMPONENT: "title",
    FactKind.CITATION: "number",
    FactKind.TARGET: "value",
    FactKind.BUDGET: "amount_million_vnd",
    FactKind.REPORTING: "deadline",
}
"""The field in which two facts of one key are alike or not."""


def names_of(record: Record) -> frozenset[str]:
    """Return the names that rows may call a record's document by: its IRI, its number, the name of its file."""
    document = record.document
    number = number_key(document.number) if document.number is not None else None
    given = (document.iri, number, record.source.name if record.source is not None else None)
    return frozenset(one for one in given if one)


def names_in(correction: Correction) -> frozenset[str]:
    """Return what a row's cell *document* may mean, in the form of :func:`names_of`."""
    cell = correction.document
    return frozenset({cell, number_key(cell), f"{ID}{cell.removeprefix(str(ID))}"})


def correct_record(record: Record, text: str, corrections: Sequence[Correction], reader: Reader) -> Record:
    """Return ``record`` with ``corrections`` (those about its document, in the table's order) applied, and their notes.

    ``text`` is the NFC text layer that the record's spans point into. Without corrections the record is returned as it is.
    """
    if not corrections:
        return record
    head = _Desk(record, text, reader, [fact for fact in list_facts(record) if fact.kind is FactKind.HEADER])
    for correction in corrections:
        if correction.kind is FactKind.HEADER:
            head.take(correction)
    record = _with_header(record, text, head, reader)
    desk = _Desk(record, text, reader, list_facts(record))
    for correction in corrections:
        if correction.kind is not FactKind.HEADER:
            desk.take(correction)
    corrected = rebuild(record, desk.facts)
    outcomes = {outcome.correction.id: outcome for outcome in (*head.outcomes, *desk.outcomes)}
    notes = tuple(
        note_of(
            one.correction,
            one.status,
            one.words,
            original=one.original,
            corrected=one.corrected,
            fact="/document" if one.fact is not None and one.correction.kind is FactKind.HEADER else _pointer(one.fact),
            others=tuple(sorted({fact.at for fact in one.others if fact.at})),
            span=one.span,
        )
        for one in (outcomes[correction.id] for correction in corrections)
    )
    findings = (
        *settle_findings(record, corrected, notes),
        *(flagged_finding(n) for n in notes if n.status is _S.FLAGGED),
    )
    ordered = tuple(sorted(findings, key=lambda f: (f.span or Span(0, 0), f.code)))
    return replace(corrected, corrections=notes, findings=ordered)


def _pointer(fact: Fact | None) -> str | None:
    return fact.at or None if fact is not None else None


def _with_header(record: Record, text: str, head: _Desk, reader: Reader) -> Record:
    """Return the record under its corrected header; what depends on the header (places, issuers, years) is read again."""
    applied = {one.correction.field for one in head.outcomes if one.status is _S.APPLIED}
    if not applied:
        return record
    document: Document = _identified(head.facts[0].value, record.document)
    if not applied & _CONTEXT_FIELDS:
        return replace(record, document=document)
    info = record.source or SourceInfo("", "text/plain", hashlib.sha256(text.encode()).hexdigest(), len(text))
    of_the_file = tuple(one for one in record.findings if one.code in _SOURCE_FINDINGS)
    again = reader.read(Source(text, info, of_the_file), document)
    return replace(again, source=record.source)


def _identified(document: Document, read: Document) -> Document:
    """Return the document under the IRI that its corrected issuer, year and number make."""
    same_parts = (document.number, document.date, document.issuer_iri) == (read.number, read.date, read.issuer_iri)
    if same_parts or not document.number:
        return document
    issuer = (document.issuer_iri or "").partition("/id/agency/")[2] or "khong-ro"
    year = (document.date or "")[:4] or "khong-ro"
    return replace(document, iri=str(mint_document(issuer, year, document.number)))
