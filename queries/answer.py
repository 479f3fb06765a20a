"""Answers as plain values: what a question gives back, whatever asked it and whichever store held it.

A cell is a Python value: :class:`Iri`, :class:`Text` (a string with its language), ``str``, ``int``, ``float``,
:class:`decimal.Decimal`, :class:`datetime.date`, :class:`datetime.datetime`, ``bool``, or ``None`` where nothing is stated.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal


class Iri(str):
    """An IRI: a string that knows it is a name and not a text.

    >>> Iri("https://example.org/a") == "https://example.org/a"
    True
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Iri({str.__repr__(self)})"


class Text(str):
    """A text in a stated language.

    >>> Text("Sở Tài chính", "vi").language
    'vi'
    """

    language: str

    def __new__(cls, text: str, language: str) -> "Text":
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __reduce__(self) -> tuple[type["Text"], tuple[str, str]]:
        return Text, (str(self), self.language)

    def __repr__(self) -> str:
        return f"Text({str.__repr__(self)}, {self.language!r})"


Value = Iri | Text | str | int | float | Decimal | datetime.date | datetime.datetime | bool
"""What can stand in a cell, ``None`` aside; also what can be bound to a parameter."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer, with its heading in both languages."""

    name: str
    label_vi: str = ""
    label_en: str = ""

    def label(self, language: str = "vi") -> str:
        """Return the heading in ``language`` (``vi`` or ``en``), the name where none was given.

        >>> Column("agency", "Cơ quan", "Agency").label("en")
        'Agency'
        >>> Column("agency").label()
        'agency'
        """
        return (self.label_en if language == "en" else self.label_vi) or self.name


Row = tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns and rows, complete: nothing is cut. ``query`` is the SPARQL that was put, ``release`` to what."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    query: str = ""
    release: str = ""

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Mapping[str, Value | None]]:
        return (dict(zip(self.names, row, strict=True)) for row in self.rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> tuple[Value | None, ...]:
        """Return the cells of one column; raise ``ValueError`` where there is no such column."""
        if name not in self.names:
            raise ValueError(f"there is no column {name!r}; there are {', '.join(self.names)}")
        at = self.names.index(name)
        return tuple(row[at] for row in self.rows)
