"""The header of a query file: what the query is for, in lines that begin ``#+``, before the query itself.

::

    #+ name: leads
    #+ summary_vi: Ai chủ trì việc gì
    #+ summary_en: Who leads what
    #+ params:
    #+   decree: document, required | Văn bản | Decree | 1722/QĐ-TTg
    #+ columns:
    #+   agency: Cơ quan | Agency

A line is ``key: value``; a key without a value opens a block, whose lines are indented by two blanks more. Anything else is
reported with its file and line.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from ontology.errors import QueryFileError

_LINE = re.compile(r"#\+ (?P<indent> *)(?P<key>[a-z][a-z0-9_-]*):(?:[ \t]+(?P<value>.*?))?[ \t]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a block: its key, its value, and its line number from 1."""

    key: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Header:
    """Fields (value and line number) and blocks of a header."""

    fields: dict[str, tuple[str, int]] = field(default_factory=dict)
    blocks: dict[str, tuple[Entry, ...]] = field(default_factory=dict)


def read_header(text: str, file: Path) -> Header:
    """Read the header of a query file; raise :class:`QueryFileError` where a line of it is malformed or said twice.

    >>> read_header("#+ name: x\\n#+ params:\\n#+   a: iri\\nASK {}", Path("x.rq")).blocks["params"]
    (Entry(key='a', value='iri', line=3),)
    >>> read_header("#+ name x", Path("x.rq"))
    Traceback (most recent call last):
    ontology.errors.QueryFileError: x.rq:1: '#+ name x' is no header line — write '#+ key: value'
    """
    fields: dict[str, tuple[str, int]] = {}
    blocks: dict[str, list[Entry]] = {}
    open_block: list[Entry] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#+"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise QueryFileError(f"{line!r} is no header line", file=file, line=number, remedy="write '#+ key: value'")
        key, value = match["key"], match["value"] or ""
        if match["indent"]:
            if open_block is None:
                raise QueryFileError(
                    f"{key!r} is indented under nothing", file=file, line=number, remedy="open a block: '#+ params:'"
                )
            if any(entry.key == key for entry in open_block):
                raise QueryFileError(f"{key!r} is said twice", file=file, line=number, remedy="keep one of them")
            open_block.append(Entry(key, value, number))
        else:
            if key in fields or key in blocks:
                raise QueryFileError(f"{key!r} is said twice", file=file, line=number, remedy="keep one of them")
            if value:
                fields[key] = (value, number)
                open_block = None
            else:
                open_block = blocks[key] = []
    return Header(fields, {key: tuple(entries) for key, entries in blocks.items()})
