"""``daumoi correct``: look at facts, correct them in the table, take a correction back, see what became of each."""

from pathlib import Path
from typing import Annotated

import typer

from loaders.correcting.offered import offer_facts
from ontology.corrections import COLUMNS
from ontology.errors import CorrectionError
from ontology.folding import fold_plain
from ontology.records import CorrectionAction, CorrectionNote, CorrectionStatus, FactKind
from server.cli import CorrectionTable
from server.correcting import correct_results, read_table, rows_about
from server.correction_rows import Wish, make_row, today
from server.correction_table import append_correction, withdraw_correction
from server.pipeline import collect_files
from server.places import CORRECTIONS
from server.reading_files import Failure, Reading, read_file, this_reader
from server.terminal import Format, format_csv, format_json, to_stderr, write, write_table

Form = Annotated[Format, typer.Option("--format", "-f", help="Dạng kết quả / form of the result.")]
Who = Annotated[
    str, typer.Option("--who", envvar="DAUMOI_WHO", help="Ai hiệu đính / who corrects.", show_default=False)
]
Why = Annotated[str, typer.Option("--why", help="Vì sao / why.", show_default=False)]
When = Annotated[
    str | None, typer.Option("--when", help="Ngày, mặc định hôm nay / the day, default today.", show_default=False)
]
File = Annotated[Path, typer.Argument(help="Tệp văn bản / document file.", show_default=False)]

_NOTE_COLUMNS = ("id", "document", "kind", "key", "field", "original", "corrected", "status", "note", "note_en")


def register(app: typer.Typer) -> None:
    """Add ``correct`` with its parts."""
    group = typer.Typer(
        name="correct",
        help="Hiệu đính dữ kiện máy đọc: ai, khi nào, vì sao; không mất khi đọc lại. / "
        "Correct what was read: who, when, why; it survives every reading.",
        no_args_is_help=True,
    )
    _add_looking(group)
    _add_writing(group)
    app.add_typer(
        group, epilog="Ví dụ / example:  daumoi correct facts documents/000_276e5b30e4b533c3.txt --find B.I.4.a"
    )


def _add_looking(group: typer.Typer) -> None:
    @group.command(
        name="list",
        help="Liệt kê bảng hiệu đính. / List the table of corrections.",
        epilog="Ví dụ / example:  daumoi correct list --format csv",
    )
    def list_rows(table: CorrectionTable = CORRECTIONS, form: Form = Format.TABLE) -> None:
        rows = [one.cells() for one in read_table(table)]
        shown = ("id", "document", "kind", "key", "field", "from", "to", "who", "when", "withdrawn_on")
        _write(form, "Hiệu đính / corrections", COLUMNS, rows, shown)

    @group.command(
        help="Liệt kê dữ kiện của một văn bản với khóa của chúng. / List a document’s facts with their keys.",
        epilog="Ví dụ / example:  daumoi correct facts documents/000_276e5b30e4b533c3.txt --kind timing",
    )
    def facts(
        file: File,
        kind: Annotated[
            FactKind | None, typer.Option("--kind", help="Chỉ loại này / this kind only.", show_default=False)
        ] = None,
        find: Annotated[
            str,
            typer.Option("--find", help="Chỉ dữ kiện có chữ này / only facts with these words.", show_default=False),
        ] = "",
        form: Form = Format.TABLE,
    ) -> None:
        reading = _reading(file)
        rows = [
            {"kind": one.kind.value, "key": one.key, "says": one.says, "quote": one.quote, "text_hash": one.text_hash}
            for one in offer_facts(reading.record, reading.text)
            if kind in (None, one.kind) and fold_plain(find) in fold_plain(f"{one.key} {one.says} {one.quote}")
        ]
        columns = ("kind", "key", "says", "quote", "text_hash")
        _write(form, f"Dữ kiện / facts · {file.name}", columns, rows, columns[:3])

    @group.command(
        help="Áp dụng bảng lên các văn bản và nói mỗi hiệu đính ra sao; mã 1 nếu có dòng cần xem lại. / "
        "Apply the table to documents and say what became of each row. Exit code 1 if one is flagged.",
        epilog="Ví dụ / example:  daumoi correct check documents",
    )
    def check(
        files: Annotated[list[Path], typer.Argument(help="Tệp hoặc thư mục / files or folders.", show_default=False)],
        table: CorrectionTable = CORRECTIONS,
        form: Form = Format.TABLE,
    ) -> None:
        corrected = correct_results([read_file(path) for path in collect_files(files)], read_table(table))
        notes = [
            (one.name, note) for one in corrected.results if isinstance(one, Reading) for note in one.record.corrections
        ]
        notes += corrected.orphans
        _write(form, "Hiệu đính / corrections", _NOTE_COLUMNS, [_note_row(*one) for one in notes], _NOTE_COLUMNS[:-1])
        if any(note.status is CorrectionStatus.FLAGGED for _, note in notes):
            raise typer.Exit(1)


def _add_writing(group: typer.Typer) -> None:
    @group.command(
        help="Ghi thêm một hiệu đính; lời văn bản và mã băm lấy từ chính tệp. / Add a correction; words and hash come from the file.",
        epilog="Ví dụ / example:  daumoi correct add documents/000_276e5b30e4b533c3.txt --kind timing --key B.I.4.a --field end "
        "--to 2017-06-30 --who 'Nguyễn Văn A' --why 'Đối chiếu bản gốc'",
    )
    def add(
        file: File,
        kind: Annotated[FactKind, typer.Option("--kind", help="Loại dữ kiện / kind of fact.", show_default=False)],
        who: Who,
        why: Why,
        key: Annotated[
            str,
            typer.Option("--key", help="Khóa, xem “correct facts” / the key, see “correct facts”.", show_default=False),
        ] = "",
        field: Annotated[str, typer.Option("--field", help="Trường cần sửa / the field.", show_default=False)] = "",
        to: Annotated[
            str,
            typer.Option(
                "--to", help="Giá trị đúng (để trống: văn bản không nêu) / the right value.", show_default=False
            ),
        ] = "",
        action: Annotated[
            CorrectionAction, typer.Option("--action", help="Sửa, bỏ, bổ sung / change, remove, add.")
        ] = CorrectionAction.CHANGE,
        quote: Annotated[
            str, typer.Option("--quote", help="Lời văn bản, khi bổ sung / the words, when adding.", show_default=False)
        ] = "",
        when: When = None,
        table: CorrectionTable = CORRECTIONS,
    ) -> None:
        reading = _reading(file)
        wish = Wish(kind, action, key, field, to, who, when or today(), why, quote)
        row, note = make_row(reading, wish, rows_about(reading.record, read_table(table)), this_reader())
        written = append_correction(table, row)
        write(written.id)
        to_stderr().print(_say(note), markup=False, soft_wrap=True)
        to_stderr().print("Phát hành lại để thấy / publish to see it: daumoi publish documents", soft_wrap=True)

    @group.command(
        help="Rút một hiệu đính; dòng vẫn còn, ghi ai rút và vì sao. / Take a correction back; the row stays, with who and why.",
        epilog="Ví dụ / example:  daumoi correct withdraw 2026-11-20-1 --who 'Nguyễn Văn A' --why 'Nhầm dòng'",
    )
    def withdraw(
        correction: Annotated[str, typer.Argument(help="Mã hiệu đính / id of the correction.", show_default=False)],
        who: Who,
        why: Why,
        when: When = None,
        table: CorrectionTable = CORRECTIONS,
    ) -> None:
        made = withdraw_correction(table, correction, who=who, when=when or today(), why=why)
        write(made.id)


def _say(note: CorrectionNote) -> str:
    before, after = note.original or "—", note.corrected or "—"
    return f"{before}  →  {after}   ({note.note} / {note.note_en})"


def _reading(file: Path) -> Reading:
    read = read_file(file)
    if isinstance(read, Failure):
        raise read.to_error(file)
    return read


def _note_row(document: str, note: CorrectionNote) -> dict[str, str]:
    values = {"document": document, **{name: getattr(note, name) for name in _NOTE_COLUMNS if name != "document"}}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _write(
    form: Format, title: str, columns: tuple[str, ...], rows: list[dict[str, str]], shown: tuple[str, ...]
) -> None:
    match form:
        case Format.JSON:
            write(format_json(rows))
        case Format.CSV:
            write(format_csv(columns, [[row[name] for name in columns] for row in rows]))
        case Format.TTL:
            raise CorrectionError(
                "the table has no Turtle of its own; publish, then: daumoi export --format ttl",
                vi="bảng không có dạng Turtle riêng; phát hành rồi dùng: daumoi export --format ttl",
            )
        case Format.TABLE:
            write_table(title, shown, [[row[name] for name in shown] for row in rows])
