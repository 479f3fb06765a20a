"""How a field of a fact is written in the table of corrections, and when two ways to write it say the same."""

from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from ontology.corrections import ValueKind, split_list


def attribute_of(name: str) -> str:
    """Return the attribute behind a field's JSON name: ``from`` is a word of Python's own."""
    return "from_" if name == "from" else name


def show_field(value: Any, name: str) -> str:
    """Return the field ``name`` of a fact as the table writes it, ``""`` where the document says nothing.

    >>> from ontology.records import Recurrence, Timing
    >>> timing = Timing("6 tháng, hằng năm", recurrence=(Recurrence.SEMIANNUAL, Recurrence.ANNUAL))
    >>> show_field(timing, "recurrence"), show_field(timing, "completed"), show_field(timing, "end")
    ('semiannual; annual', 'no', '')
    """
    return show_value(getattr(value, attribute_of(name)))


def show_value(value: object) -> str:
    """Return a value as the table writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    if isinstance(value, tuple):
        return "; ".join(map(show_value, value))
    return " ".join(str(value).split())


def same(kind: ValueKind, one: str, other: str) -> bool:
    """Tell whether two cells say the same: blanks and the way a number is written do not matter.

    >>> same(ValueKind.NUMBER, "3188.0", "3188"), same(ValueKind.LIST, "năm;6 tháng", "năm; 6 tháng")
    (True, True)
    """
    if kind is ValueKind.NUMBER and one and other:
        try:
            return Decimal(one) == Decimal(other)
        except InvalidOperation:
            return False
    if kind in (ValueKind.LIST, ValueKind.RECURRENCE):
        return split_list(one) == split_list(other)
    return " ".join(one.split()) == " ".join(other.split())
