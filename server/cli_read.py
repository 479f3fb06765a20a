"""``daumoi read`` and ``daumoi check``: look at documents without storing anything."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from loaders.explaining.explain import ALL, explain_what
from ontology.records import Finding, Record, Severity, format_record
from server.cli import CorrectionTable, Ocr
from server.correcting import correct_reading, read_table
from server.explanation_text import describe_explanations, draw_explanations
from server.places import CORRECTIONS
from server.reading_files import Failure, Reading, read_file, this_reader
from server.terminal import Format, format_csv, format_json, to_stderr, write, write_table

Files = Annotated[list[Path], typer.Argument(help="Tệp văn bản / document files.", show_default=False)]
Form = Annotated[Format, typer.Option("--format", "-f", help="Dạng kết quả / form of the result.")]

_TASK_COLUMNS = (
    "document",
    "task",
    "text",
    "role",
    "agency",
    "agency_iri",
    "timing",
    "start",
    "end",
    "deliverable",
    "printed",
)
_FINDING_COLUMNS = ("document", "severity", "code", "message", "message_en", "remedy", "start", "end")


def register(app: typer.Typer) -> None:
    """Add ``read`` and ``check``."""

    @app.command(
        cls=ReadCommand,
        help="Đọc văn bản và in bản ghi, không lưu gì. / Read documents and print their records; nothing is stored.",
        epilog="Ví dụ / examples:  daumoi read documents/000_276e5b30e4b533c3.txt --format json\n\n"
        "daumoi read documents/000_276e5b30e4b533c3.txt --explain B.I.4.a",
    )
    def read(
        files: Files,
        form: Form = Format.TABLE,
        explain: Annotated[
            str | None,
            typer.Option(
                "--explain",
                metavar="[WHAT]",
                help="Giải thích vì sao đọc ra dữ kiện: mã nhiệm vụ, vị trí ký tự, đoạn chữ, hoặc tất cả (mặc định). / "
                "Explain how facts were read: a task’s id, an offset, words of the text, or all (default).",
                show_default=False,
            ),
        ] = None,
        ocr: Ocr = False,
        corrections: CorrectionTable = CORRECTIONS,
    ) -> None:
        readings = _read(files, ocr)
        if explain is not None:
            _explain(readings, explain, form)
            return
        table = read_table(corrections)
        readings = [correct_reading(one, table) for one in readings]
        match form:
            case Format.JSON:
                for one in readings:
                    write(format_record(one.record))
            case Format.CSV:
                write(format_csv(_TASK_COLUMNS, [row for one in readings for row in _task_rows(one)]))
            case Format.TTL:
                write(_turtle(readings))
            case Format.TABLE:
                for one in readings:
                    _write_record(one)

    @app.command(
        help="Tìm lỗi và chỗ còn bỏ ngỏ trong văn bản. / Find what is wrong or open in documents. Exit code 1 if anything is.",
        epilog="Ví dụ / example:  daumoi check documents --severity warning",
    )
    def check(
        files: Files,
        form: Form = Format.TABLE,
        severity: Annotated[
            Severity, typer.Option("--severity", help="Chỉ từ mức này trở lên / this level and above.")
        ] = Severity.INFO,
        ocr: Ocr = False,
        corrections: CorrectionTable = CORRECTIONS,
    ) -> None:
        wanted = list(Severity)[: list(Severity).index(severity) + 1]
        found = [(name, finding) for name, finding in _findings(files, ocr, corrections) if finding.severity in wanted]
        rows = [_finding_row(name, finding) for name, finding in found]
        match form:
            case Format.JSON:
                write(format_json([dict(zip(_FINDING_COLUMNS, row, strict=True)) for row in rows]))
            case Format.CSV:
                write(format_csv(_FINDING_COLUMNS, rows))
            case Format.TTL:
                raise typer.BadParameter("findings have no Turtle of their own; use: daumoi export --format ttl")
            case Format.TABLE:
                write_table("Phát hiện / findings", _FINDING_COLUMNS[:4], [row[:4] for row in rows])
        if found:
            raise typer.Exit(1)


class ReadCommand(TyperCommand):
    """The command ``read``, whose ``--explain`` may stand without a value and then means *all*."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put *all* behind an ``--explain`` that has no value of its own: at the end, before an option, before a file."""
        if "--explain" in args:
            after = args.index("--explain") + 1
            if after == len(args) or args[after].startswith("-") or Path(args[after]).exists():
                args = [*args[:after], ALL, *args[after:]]
        return super().parse_args(ctx, args)


def _explain(readings: Sequence[Reading], what: str, form: Format) -> None:
    """Write why facts were read; words that are in no document end with code 1."""
    if form not in {Format.TABLE, Format.JSON}:
        raise typer.BadParameter("giải thích in dạng table hoặc json / explanations are shown as table or json")
    found = {one.name: explain_what(one.record, one.text, this_reader(), what) for one in readings}
    if form is Format.JSON:
        write(format_json({name: describe_explanations(explanations) for name, explanations in found.items()}))
    else:
        for name, explanations in found.items():
            write(
                f"── {name}\n\n{draw_explanations(explanations)}" if len(found) > 1 else draw_explanations(explanations)
            )
    if not any(found.values()):
        to_stderr().print(
            f"Không có “{what}” trong văn bản / “{what}” is not in the document", markup=False, soft_wrap=True
        )
        raise typer.Exit(1)


def _open(files: Sequence[Path], ocr: bool) -> list[Reading | Failure]:
    from server.pipeline import collect_files

    return [read_file(path, ocr) for path in collect_files(files, ocr=ocr)]


def _read(files: Sequence[Path], ocr: bool) -> list[Reading]:
    readings: list[Reading] = []
    for path, one in zip(files, _open(files, ocr), strict=False):
        if isinstance(one, Failure):
            if len(files) == 1:
                raise one.to_error(path)
            to_stderr().print(f"daumoi: {one.finding.message} — {one.finding.remedy}")
        else:
            readings.append(one)
    return readings


def _findings(files: Sequence[Path], ocr: bool, corrections: Path) -> list[tuple[str, Finding]]:
    found: list[tuple[str, Finding]] = []
    table = read_table(corrections)
    for one in _open(files, ocr):
        own = (one.finding,) if isinstance(one, Failure) else correct_reading(one, table).record.findings
        found += [(one.name, finding) for finding in own]
    return found


def _finding_row(name: str, finding: Finding) -> tuple[str | int | None, ...]:
    start, end = finding.span or (None, None)
    return name, finding.severity.value, finding.code, finding.message, finding.message_en, finding.remedy, start, end


def _task_rows(one: Reading) -> list[tuple[str | None, ...]]:
    rows: list[tuple[str | None, ...]] = []
    number = one.record.document.number or one.name
    for task in one.record.tasks:
        when = task.timing
        end = (when.text, when.start, when.end) if when else (None, None, None)
        for who in task.assignments:
            rows.append(
                (number, task.id, task.text, who.role.value, who.agency, who.iri, *end, task.deliverable, who.printed)
            )
        if not task.assignments:
            rows.append((number, task.id, task.text, None, None, None, *end, task.deliverable, None))
    return rows


def _turtle(readings: Sequence[Reading]) -> str:
    from rdflib import Graph

    from loaders.statements.state import state_record
    from ontology.registry import load_registry
    from server.prefixes import PREFIXES

    registry = load_registry()
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for one in readings:
        for s, p, o, _ in state_record(one.record, one.text, registry):
            graph.add((s, p, o))
    return graph.serialize(format="turtle")


def _write_record(one: Reading) -> None:
    record: Record = one.record
    document = record.document
    facts = [
        ("Số / number", document.number),
        ("Loại / type", document.type),
        ("Ngày / date", document.date),
        ("Cơ quan ban hành / issuer", document.issuer),
        ("Tên / title", document.title),
        ("Giai đoạn / periods", ", ".join(document.periods)),
        ("Căn cứ / legal bases", ", ".join(document.legal_bases)),
        ("Viện dẫn / citations", len(record.citations)),
        ("Thành phần / components", len(record.components)),
        ("Nhiệm vụ / tasks", len(record.tasks)),
        ("Phân công / assignments", sum(len(task.assignments) for task in record.tasks)),
        ("Mục tiêu / targets", len(record.targets)),
        ("Kinh phí / budget lines", len(record.budgets)),
        ("Báo cáo / reporting duties", len(record.reporting)),
        ("Phát hiện / findings", len(record.findings)),
    ]
    write_table(one.name, ("", ""), facts)
    header = ("Nhiệm vụ / task", "Vai trò / role", "Cơ quan / agency", "Thời gian / when")
    rows = [
        # A task is said once, with its first assignment.
        (None if i else f"{task.id} {task.text}", who.role.value, who.agency, task.timing.text if task.timing else None)
        for task in record.tasks
        for i, who in enumerate(task.assignments)
    ]
    write_table("", header, rows)
