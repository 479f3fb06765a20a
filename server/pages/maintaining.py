"""The maintainers' pages: choose a fact, correct it or take a correction back. They exist only where a token is set."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loaders.correcting.facts import GLUE
from loaders.correcting.offered import OfferedFact
from ontology.corrections import FIELDS, SOURCES, Correction
from ontology.errors import CorrectionError, RegistryError
from ontology.records import CorrectionAction, FactKind, Recurrence, Relation, Role
from queries.catalogue import ask
from server.correction_rows import Wish, today
from server.desk import Desk
from server.field_names import CODES, KINDS
from server.pages.asking import Row, ask_page
from server.pages.missing import not_found
from server.pages.signing_in import Form, lead_to, show_page, signed_form, signed_in
from server.pages.signing_in import routes as door
from server.reading_files import Reading
from server.rendering import Reader
from server.sessions import Session

_KEYS: Mapping[FactKind, tuple[str, ...]] = {
    FactKind.CITATION: ("number",),
    FactKind.TASK: ("task",),
    FactKind.ASSIGNMENT: ("task", "role", "agency"),
    FactKind.TIMING: ("task",),
    FactKind.COMPONENT: ("code",),
    FactKind.TARGET: ("indicator",),
    FactKind.BUDGET: ("component", "year", "source"),
    FactKind.REPORTING: ("from", "to"),
}
"""What the key of an added fact is made of, each part a field of the form."""
_SHOWN = 300
"""Facts listed at once; a filter finds the others."""

# The desk ------------------------------------------------------------------------------------------------------------


def show_desk(request: Request, desk: Desk, session: Session) -> Response:
    """Show how the table stands: what is not published yet, and whether a publish is under way."""
    release = desk.site.release()
    published = list(ask(release, "corrections", language=Reader(request).language))
    shown = {str(row["id"]): row for row in published}
    try:
        rows, wrong = desk.rows(), None
    except RegistryError as error:
        rows, wrong = (), error
    waiting = [row for row in rows if not _is_shown(row, shown.get(row.id))]
    return show_page(
        request,
        "maintainer.html",
        {
            "session": session,
            "waiting": waiting,
            "kinds": KINDS,
            "flagged": [row for row in shown.values() if row["status"] == "flagged"],
            "wrong": wrong,
            "progress": desk.republisher.progress,
            "possible": desk.republisher.possible,
            "table": str(desk.table.name),
            "done": request.query_params.get("done", ""),
            "documents": ask_page(release, "held-documents", language=Reader(request).language),
        },
    )


def _is_shown(row: Correction, shown: Row | None) -> bool:
    """Tell whether the release has a row of the table as it stands now."""
    return (
        shown is not None
        and (row.who, row.why) == (shown["by"], shown["reason"])
        and row.withdrawn == (shown["withdrawn_on"] is not None)
    )


def publish_again(request: Request, desk: Desk, _session: Session, _form: Form) -> Response:
    """Publish again."""
    desk.republisher.start()
    return lead_to(request, "/maintainer")


# Correcting ----------------------------------------------------------------------------------------------------------


def show_correct(request: Request, desk: Desk, session: Session) -> Response:
    """Show the facts of a document to choose from or, for a chosen one, the form."""
    document = request.query_params.get("document", "")
    found = desk.facts(document)
    if found is None:
        return not_found(request, document)
    reading, facts = found
    given = request.query_params
    kind = given.get("kind") if given.get("kind") in set(FactKind) else None
    if given.get("action") == CorrectionAction.ADD and kind is not None:
        return _show_form(request, desk, session, reading, None, dict(given), None)
    if kind is not None and "key" in given:
        fact = _chosen(facts, FactKind(kind), given["key"], given.get("field"), given.get("hash", ""))
        if fact is not None:
            return _show_form(request, desk, session, reading, fact, dict(given), None)
    return _show_facts(request, session, reading, facts, kind)


def _chosen(
    facts: list[OfferedFact], kind: FactKind, key: str, field: str | None, text_hash: str
) -> OfferedFact | None:
    key = "" if kind is FactKind.HEADER else key
    alike = [f for f in facts if f.kind is kind and f.key == key and (kind is not FactKind.HEADER or field in f.values)]
    return next((f for f in alike if f.text_hash == text_hash), alike[0] if alike else None)


def _span(request: Request) -> tuple[int, int] | None:
    first, _, last = request.query_params.get("at", "").partition("-")
    return (int(first), int(last)) if first.isdecimal() and last.isdecimal() and len(first + last) < 18 else None


def _show_facts(
    request: Request, session: Session, reading: Reading, facts: list[OfferedFact], kind: str | None
) -> Response:
    span, words = _span(request), " ".join(request.query_params.get("find", "").casefold().split())
    wanted = [
        fact
        for fact in facts
        if (span is None or fact.touches(*span))
        and (kind is None or fact.kind == kind)
        and words in f"{fact.key} {fact.says} {fact.quote}".casefold()
    ]
    return show_page(
        request,
        "maintainer_facts.html",
        {
            "session": session,
            "document": request.query_params["document"],
            "record": reading.record,
            "file": reading.name,
            "facts": wanted[:_SHOWN],
            "more": max(0, len(wanted) - _SHOWN),
            "kind": kind,
            "kinds": KINDS,
            "find": request.query_params.get("find", ""),
            "at": request.query_params.get("at", "") if span else "",
            "quote": " ".join(reading.text[span[0] : span[1]].split()) if span else "",
        },
    )


def _show_form(
    request: Request,
    desk: Desk,
    session: Session,
    reading: Reading,
    fact: OfferedFact | None,
    given: Form,
    error: CorrectionError | None,
) -> Response:
    kind = FactKind(given["kind"])
    span = _span(request)
    quote = given.get("quote") or (" ".join(reading.text[span[0] : span[1]].split()) if span else "")
    agencies = sorted({one.agency for task in reading.record.tasks for one in task.assignments})
    rows = [row for row in desk.about(reading) if fact is not None and row.kind is kind and row.key == fact.key]
    return show_page(
        request,
        "maintainer_correct.html",
        {
            "session": session,
            "document": given["document"],
            "record": reading.record,
            "file": reading.name,
            "fact": fact,
            "kind": kind,
            "kind_name": KINDS[kind],
            "fields": FIELDS[kind],
            "key_parts": _KEYS.get(kind, ()),
            "own_fields": [name for name in FIELDS[kind] if name not in _KEYS.get(kind, ())],
            "tasks": [task.id for task in reading.record.tasks],
            "here": _task_at(reading, span),
            "codes": {
                "role": tuple(Role),
                "relation": tuple(Relation),
                "recurrence": tuple(Recurrence),
                "source": SOURCES,
                "truth": ("yes", "no"),
            },
            "given": {"action": "change", "field": "", "to": "", "why": "", "key": "", "quote": quote, **given},
            "agencies": agencies,
            "code_names": CODES,
            "earlier": rows,
            "error": error,
        },
        400 if error else 200,
    )


def _task_at(reading: Reading, span: tuple[int, int] | None) -> str:
    """Return the id of the task at a place, ``""`` where there is none."""
    if span is None:
        return ""
    found = (
        task.id
        for task in reading.record.tasks
        for one in (task.spans or (task.span,))
        if one.start < span[1] and span[0] < one.end
    )
    return next(found, "")


def _written_out(kind: FactKind, form: Form) -> dict[str, str]:
    """Return key and fields of an added fact as the table writes them, from the form's fields of their own."""
    parts = [" ".join(form.get(f"key_{name}", "").split()) for name in _KEYS[kind]]
    fields = ((name, " ".join(form.get(f"field_{name}", "").split())) for name in FIELDS[kind])
    return {"key": GLUE.join(parts).strip(), "to": "; ".join(f"{name}={value}" for name, value in fields if value)}


def take_correction(request: Request, desk: Desk, session: Session, form: Form) -> Response:
    """Write a correction into the table; where it cannot be taken, show the form again and say why."""
    document = form.get("document", "")
    found = desk.facts(document)
    if found is None or form.get("kind") not in set(FactKind):
        return not_found(request, document)
    reading, facts = found
    kind = FactKind(form["kind"])
    action = form.get("action", "")
    if action == CorrectionAction.ADD and kind in _KEYS:
        form = {**form, **_written_out(kind, form)}
    fact = _chosen(facts, kind, form.get("key", ""), form.get("field"), form.get("hash", ""))
    try:
        if action not in set(CorrectionAction):
            raise CorrectionError(
                f"“{action}” is no action", vi=f"“{action}” không phải cách hiệu đính", column="action"
            )
        wish = Wish(
            kind=kind,
            action=CorrectionAction(action),
            key=form.get("key", ""),
            field=form.get("field", "") if action == CorrectionAction.CHANGE else "",
            to="" if action == CorrectionAction.REMOVE else form.get("to", ""),
            who=session.who,
            when=today(),
            why=form.get("why", ""),
            quote=form.get("quote", ""),
            text_hash=form.get("hash", ""),
        )
        written, _note = desk.write(reading, wish)
    except CorrectionError as error:
        return _show_form(
            request, desk, session, reading, fact if action != CorrectionAction.ADD else None, form, error
        )
    return lead_to(request, "/maintainer", done=written.id)


def show_withdraw(request: Request, desk: Desk, session: Session) -> Response:
    """Show the form that takes a correction back."""
    wanted = request.query_params.get("id", "")
    row = next((one for one in desk.rows() if one.id == wanted), None)
    if row is None:
        return not_found(request, wanted)
    return show_page(
        request, "maintainer_withdraw.html", {"session": session, "kinds": KINDS, "row": row, "error": None, "why": ""}
    )


def take_withdrawal(request: Request, desk: Desk, session: Session, form: Form) -> Response:
    """Take a correction back."""
    wanted = form.get("id", "")
    row = next((one for one in desk.rows() if one.id == wanted), None)
    if row is None:
        return not_found(request, wanted)
    try:
        desk.withdraw(wanted, who=session.who, when=today(), why=form.get("why", ""))
    except CorrectionError as error:
        values = {"session": session, "kinds": KINDS, "row": row, "error": error, "why": form.get("why", "")}
        return show_page(request, "maintainer_withdraw.html", values, 400)
    return lead_to(request, "/maintainer", done=wanted)


routes = [
    *door,
    Route("/maintainer", signed_in(show_desk)),
    Route("/maintainer/publish", signed_form(publish_again), methods=["POST"]),
    Route("/maintainer/correct", signed_in(show_correct), methods=["GET"]),
    Route("/maintainer/correct", signed_form(take_correction), methods=["POST"]),
    Route("/maintainer/withdraw", signed_in(show_withdraw), methods=["GET"]),
    Route("/maintainer/withdraw", signed_form(take_withdrawal), methods=["POST"]),
]
