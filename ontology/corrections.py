"""The table of corrections: what people put right in the facts that were read, each row with who, when and why.

``documents/corrections.csv`` is edited by hand, by ``daumoi correct`` or on the maintainers' page, and means the same however it
was written. A row names its fact by kind and key *and* by the words it was read from with a hash of the text under them, so that
it is never applied to a text that has changed. ``docs/corrections.md`` says what stands in each column.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from ontology.records import CorrectionAction, FactKind, Recurrence, Relation, Role
from ontology.table_reading import TableRow, read_table


class ValueKind(StrEnum):
    """What may stand in ``from`` and ``to`` of a field."""

    TEXT = "text"
    LIST = "list"
    DATE = "date"
    DAY = "day"
    NUMBER = "number"
    TRUTH = "truth"
    AGENCY = "agency"
    PLACE = "place"
    DOCUMENT = "document"
    ROLE = "role"
    RELATION = "relation"
    RECURRENCE = "recurrence"
    SOURCE = "source"


_T, _D, _A, _L = ValueKind.TEXT, ValueKind.DATE, ValueKind.AGENCY, ValueKind.LIST
FIELDS: Mapping[FactKind, Mapping[str, ValueKind]] = MappingProxyType(
    {
        FactKind.HEADER: {
            "number": _T, "type": _T, "date": _D, "issuer": _A, "jurisdiction": ValueKind.PLACE, "title": _T,
            "recipients": _L, "programmes": _L, "periods": _L, "attached_to": _T,
        },
        FactKind.CITATION: {
            "number": _T, "type": _T, "date": _D, "issuer": _A, "subject": _T, "relation": ValueKind.RELATION,
            "iri": ValueKind.DOCUMENT,
        },
        FactKind.TASK: {
            "text": _T, "component": _T, "deliverable": _T, "result_document": _T, "submit_to": _A,
        },
        FactKind.ASSIGNMENT: {"agency": _A, "role": ValueKind.ROLE},
        FactKind.TIMING: {
            "text": _T, "start": ValueKind.DAY, "end": ValueKind.DAY, "recurrence": ValueKind.RECURRENCE, "completed": ValueKind.TRUTH, "date": _D,
        },
        FactKind.COMPONENT: {"code": _T, "kind": _T, "title": _T, "parent": _T, "national": _T},
        FactKind.TARGET: {"indicator": _T, "value": _T, "unit": _T, "by": _T},
        FactKind.BUDGET: {
            "component": _T, "year": ValueKind.NUMBER, "source": ValueKind.SOURCE, "amount_million_vnd": ValueKind.NUMBER,
        },
        FactKind.REPORTING: {"from": _A, "to": _A, "frequency": _L, "deadline": _T},
        FactKind.MENTION: {"agency": _A},
    }
)  # fmt: skip
"""The fields that can be corrected, by kind of fact; they are called as in the record's JSON."""

SOURCES = ("total", "central", "local", "other")
_CODES: Mapping[ValueKind, Sequence[str]] = MappingProxyType(
    {
        ValueKind.ROLE: tuple(Role),
        ValueKind.RELATION: tuple(Relation),
        ValueKind.SOURCE: SOURCES,
        ValueKind.TRUTH: ("yes", "no"),
    }
)
COLUMNS = (
    "id", "document", "kind", "key", "field", "action", "from", "to", "quote", "text_hash",
    "who", "when", "why", "withdrawn_by", "withdrawn_on", "withdrawn_why",
)  # fmt: skip
HASH_LENGTH = 16
"""Hexadecimal digits of the SHA-256 of the text under a quote that a row keeps."""

_ID = re.compile(r"[a-z0-9][a-z0-9.-]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PARTIAL = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
_HASH = re.compile(rf"[0-9a-f]{{{HASH_LENGTH}}}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of the table.

    ``document`` is the document's IRI (or the path of it), its number as printed, or the name of its file. ``key`` finds the fact
    among those of its kind; ``quote`` are the words it was read from and ``text_hash`` the hash of the lines under them. Without
    a quote (a number that is not printed), the hash is that of the whole text. ``to`` of an added fact is ``field=value; …``.
    """

    id: str
    document: str
    kind: FactKind
    key: str
    field: str | None
    action: CorrectionAction
    from_: str
    to: str
    quote: str
    text_hash: str
    who: str
    when: str
    why: str
    withdrawn_by: str | None = None
    withdrawn_on: str | None = None
    withdrawn_why: str | None = None

    @property
    def withdrawn(self) -> bool:
        """Whether somebody took the correction back; it stays in the table and is shown."""
        return self.withdrawn_on is not None

    def cells(self) -> dict[str, str]:
        """Return the row as the table writes it, by column."""
        values = {name: getattr(self, "from_" if name == "from" else name) for name in COLUMNS}
        return {name: "" if value is None else str(value) for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a row: the column, what is wrong and what to do, in both languages."""

    column: str
    vi: str
    en: str
    remedy_vi: str
    remedy_en: str


def find_flaw(cells: Mapping[str, str]) -> Flaw | None:
    """Return the first thing that is wrong with a row's cells, ``None`` where nothing is.

    >>> blank = dict.fromkeys(COLUMNS, "")
    >>> find_flaw(blank).en
    'column “id” is empty'
    """
    for column in ("id", "document", "kind", "action", "who", "when", "why"):
        if not cells[column]:
            return Flaw(
                column, f"cột “{column}” để trống", f"column “{column}” is empty", "ghi giá trị", "write a value"
            )
    closed = (("kind", tuple(FactKind)), ("action", tuple(CorrectionAction)))
    for column, allowed in closed:
        if cells[column] not in allowed:
            return _not_among(column, cells[column], allowed)
    return _form_flaw(cells) or _withdrawal_flaw(cells) or _action_flaw(cells)


def _not_among(column: str, value: str, allowed: Sequence[str]) -> Flaw:
    listed = ", ".join(allowed)
    return Flaw(
        column,
        f"cột “{column}” ghi “{value}”",
        f"column “{column}” is “{value}”",
        f"chọn một trong: {listed}",
        f"write one of: {listed}",
    )


def _form_flaw(cells: Mapping[str, str]) -> Flaw | None:
    """Return what is wrong with the form of id, date, key, quote and hash."""
    if not _ID.fullmatch(cells["id"]):
        return Flaw(
            "id", f"mã “{cells['id']}” không hợp lệ", f"“{cells['id']}” is no id",
            "dùng chữ thường không dấu, số, dấu chấm, gạch nối", "use small letters, digits, dots and hyphens",
        )  # fmt: skip
    if not _is_day(cells["when"]):
        return _no_day("when", cells["when"])
    if cells["kind"] != FactKind.HEADER and not cells["key"]:
        return Flaw(
            "key", "cột “key” để trống", "column “key” is empty",
            "ghi khóa của dữ kiện; “daumoi correct facts TỆP” liệt kê", "write the fact’s key; “daumoi correct facts FILE” lists them",
        )  # fmt: skip
    if cells["text_hash"] and not _HASH.fullmatch(cells["text_hash"]):
        return Flaw(
            "text_hash", f"“{cells['text_hash']}” không phải mã băm", f"“{cells['text_hash']}” is no hash",
            f"ghi {HASH_LENGTH} chữ số hệ 16 mà “daumoi correct facts” in ra, hoặc để trống",
            f"write the {HASH_LENGTH} hexadecimal digits that “daumoi correct facts” prints, or nothing",
        )  # fmt: skip
    if not cells["quote"] and not cells["text_hash"]:
        return Flaw(
            "quote", "không có nguyên văn, cũng không có mã băm", "neither a quote nor a hash stands here",
            "ghi lời văn bản mà dữ kiện được đọc từ đó", "write the words of the document that the fact was read from",
        )  # fmt: skip
    return None


def _is_day(value: str) -> bool:
    """Tell whether ``value`` is a day that there is, written in full."""
    try:
        return bool(_DAY.fullmatch(value)) and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def _no_day(column: str, value: str) -> Flaw:
    return Flaw(
        column,
        f"cột “{column}” ghi “{value}”, không phải ngày",
        f"column “{column}” is “{value}”, not a day",
        "ghi NĂM-THÁNG-NGÀY, ví dụ 2026-03-09",
        "write it as YYYY-MM-DD",
    )


def _withdrawal_flaw(cells: Mapping[str, str]) -> Flaw | None:
    columns = ("withdrawn_by", "withdrawn_on", "withdrawn_why")
    given = [column for column in columns if cells[column]]
    if given and len(given) < len(columns):
        missing = next(column for column in columns if not cells[column])
        return Flaw(
            missing, f"việc rút thiếu “{missing}”", f"the withdrawal does not say “{missing}”",
            "ghi đủ ai rút, ngày nào, vì sao, hoặc để trống cả ba", "say who, when and why, or leave all three empty",
        )  # fmt: skip
    if given and not _is_day(cells["withdrawn_on"]):
        return _no_day("withdrawn_on", cells["withdrawn_on"])
    return None


def _action_flaw(cells: Mapping[str, str]) -> Flaw | None:
    """Return what does not fit together: the action with the kind, the field with the kind, the value with the field."""
    kind, action = FactKind(cells["kind"]), CorrectionAction(cells["action"])
    if kind in (FactKind.HEADER, FactKind.MENTION) and action is not CorrectionAction.CHANGE:
        return _not_among("action", action, (CorrectionAction.CHANGE,))
    if action is CorrectionAction.CHANGE:
        if cells["field"] not in FIELDS[kind]:
            return _not_among("field", cells["field"], tuple(FIELDS[kind]))
        if cells["from"] == cells["to"]:
            return Flaw(
                "to", "giá trị mới giống giá trị cũ", "the new value is the old one",
                "ghi giá trị đúng vào “to”, hoặc bỏ dòng này", "write the right value into “to”, or remove the row",
            )  # fmt: skip
        return find_value_flaw(FIELDS[kind][cells["field"]], cells["to"])
    if cells["field"]:
        return Flaw(
            "field", "cột “field” chỉ dùng với action change", "column “field” belongs to the action change only",
            "để trống", "leave it empty",
        )  # fmt: skip
    if action is CorrectionAction.ADD:
        if not cells["quote"]:
            return Flaw(
                "quote", "dữ kiện bổ sung phải có nguyên văn", "an added fact must have its quote",
                "ghi lời văn bản nói điều đó", "write the words of the document that say so",
            )  # fmt: skip
        fields = parse_fields(kind, cells["to"])
        if cells["to"] and not cells["to"].startswith(tuple(fields)):
            shape = "; ".join(f"{name}=…" for name in FIELDS[kind])
            return Flaw(
                "to", "cột “to” không có dạng trường=giá trị", "column “to” is not of the form field=value",
                f"ghi: {shape}", f"write: {shape}",
            )  # fmt: skip
        for name, value in fields.items():
            flaw = find_value_flaw(FIELDS[kind][name], value)
            if flaw is not None:
                return flaw
    return None


def find_value_flaw(kind: ValueKind, value: str) -> Flaw | None:
    """Return what is wrong with a value of this kind; nothing is a value too (*the document does not say*), save for roles.

    >>> find_value_flaw(ValueKind.DATE, "09/3/2017").en, find_value_flaw(ValueKind.DATE, "2017-03") is None
    ('column “to” is “09/3/2017”, not a date', True)
    """
    if kind in _CODES and value not in _CODES[kind]:
        return _not_among("to", value, _CODES[kind])
    if kind is ValueKind.RECURRENCE:
        return next(
            (_not_among("to", one, tuple(Recurrence)) for one in split_list(value) if one not in set(Recurrence)), None
        )
    if kind is ValueKind.DAY and value and not _is_day(value):
        return _no_day("to", value)
    if (
        kind is ValueKind.DATE
        and value
        and not (_PARTIAL.fullmatch(value) if len(value) < len("2017-03-09") else _is_day(value))
    ):
        return Flaw(
            "to", f"cột “to” ghi “{value}”, không phải ngày", f"column “to” is “{value}”, not a date",
            "ghi NĂM-THÁNG-NGÀY (hoặc NĂM-THÁNG, hoặc NĂM)", "write it as YYYY-MM-DD (or YYYY-MM, or YYYY)",
        )  # fmt: skip
    if kind is ValueKind.NUMBER and value and not _NUMBER.fullmatch(value):
        return Flaw(
            "to", f"cột “to” ghi “{value}”, không phải số", f"column “to” is “{value}”, not a number",
            "ghi chữ số, dấu chấm thập phân, ví dụ 3188 hoặc 3188.5", "write digits with a decimal point: 3188 or 3188.5",
        )  # fmt: skip
    return None


def split_list(value: str) -> tuple[str, ...]:
    """Return the parts of a cell that are separated by ``;``."""
    return tuple(part.strip() for part in value.split(";") if part.strip())


def parse_fields(kind: FactKind, text: str) -> dict[str, str]:
    """Return the values of an added fact's fields; a ``;`` inside a value does no harm, as only ``; field=`` begins another.

    >>> parse_fields(FactKind.TARGET, "value=2; 3; unit=%; by=2020")
    {'value': '2; 3', 'unit': '%', 'by': '2020'}
    """
    names = "|".join(map(re.escape, FIELDS[kind]))
    marks = list(re.finditer(rf"(?:^|;)\s*({names})\s*=", text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)][: len(marks)]
    return {mark[1]: text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)}


def parse_correction(cells: Mapping[str, str]) -> Correction:
    """Return the correction that cells without a flaw say (see :func:`find_flaw`)."""
    given = {name: cells[name] for name in COLUMNS}
    return Correction(
        id=given["id"],
        document=given["document"],
        kind=FactKind(given["kind"]),
        key=given["key"],
        field=given["field"] or None,
        action=CorrectionAction(given["action"]),
        from_=given["from"],
        to=given["to"],
        quote=given["quote"],
        text_hash=given["text_hash"],
        who=given["who"],
        when=given["when"],
        why=given["why"],
        withdrawn_by=given["withdrawn_by"] or None,
        withdrawn_on=given["withdrawn_on"] or None,
        withdrawn_why=given["withdrawn_why"] or None,
    )


def load_corrections(path: Path) -> tuple[Correction, ...]:
    """Read and check the table of corrections, rows in their order; a table that is not there has no rows.

    Raises:
        RegistryError: a row is wrong; the error names file, line, what is wrong and what to do, in both languages.
    """
    if not path.exists():
        return ()
    found: dict[str, tuple[Correction, TableRow]] = {}
    for row in read_table(path, COLUMNS):
        flaw = find_flaw(row.values)
        if flaw is not None:
            row.fail(f"{flaw.vi} / {flaw.en}", f"{flaw.remedy_vi} / {flaw.remedy_en}")
        if row["id"] in found:
            other = found[row["id"]][1].line
            row.fail(
                f"mã “{row['id']}” đã có ở dòng {other} / the id “{row['id']}” stands in line {other} already",
                "đặt mã khác / choose another id",
            )
        found[row["id"]] = parse_correction(row.values), row
    return tuple(correction for correction, _ in found.values())
