"""All errors of the program, as one tree.

::

    DaumoiError                 anything this program raises on purpose
    ├── RegistryError           a table of the registry is wrong: file, line, remedy
    ├── QueryFileError          a query or rule file is wrong: file, line, remedy
    ├── SourceError             a document cannot be read at all: path, reason, remedy
    ├── AnswerKeyError          an answer key is wrong: file, fact, remedy
    ├── CorrectionError         a correction cannot be taken as it stands, or the table cannot be written
    ├── QueryError              a question cannot be asked as it stands
    │   ├── UnknownQuery        no named query of that name
    │   ├── ParameterError      a parameter is missing, unknown or malformed
    │   └── QueryRefused        it must not reach the engine: too long, too deep, SERVICE, an update
    ├── QueryTimeout            a query was stopped at its limit
    ├── QueryOverrun            a query took more memory or gave a larger result than is allowed
    ├── QueryBusy               too many queries are waiting already
    ├── ReleaseError            a release is absent, damaged or cannot be written
    ├── DrawError               a picture cannot be laid out (no layout engine, or it refused)
    └── ServeError              the site cannot start (for example, the port is taken)

Each carries fields, not only words; ``str(error)`` says what, where and what to do. What a *document* gets wrong is
never an exception but a :class:`ontology.records.Finding`.
"""

from pathlib import Path


class DaumoiError(Exception):
    """Anything this program raises on purpose.

    Attributes:
        what: what is wrong, one sentence.
        where: where it is wrong (a file with its line, a parameter, an address), or ``""``.
        remedy: what the reader of the message can do about it, or ``""``.
    """

    exit_code = 3

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        parts = [f"{where}: {what}" if where else what]
        if remedy:
            parts.append(remedy)
        super().__init__(" — ".join(parts))

    def __reduce__(self) -> tuple[object, ...]:
        """Let an error raised in a worker process arrive whole: fields by keyword would not survive pickling by themselves."""
        return _revive, (type(self), self.args, self.__dict__)


def _revive(kind: type[DaumoiError], args: tuple[object, ...], fields: dict[str, object]) -> DaumoiError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(fields)
    return error


class RegistryError(DaumoiError):
    """A table of the registry is wrong; the program stops at start rather than answer from a wrong table."""

    def __init__(self, what: str, *, file: Path, line: int, remedy: str) -> None:
        self.file = file
        self.line = line
        super().__init__(what, where=f"{file}:{line}", remedy=remedy)


class QueryFileError(DaumoiError):
    """A query or rule file is wrong (its header, its parameters); the program stops at start."""

    def __init__(self, what: str, *, file: Path, line: int, remedy: str) -> None:
        self.file = file
        self.line = line
        super().__init__(what, where=f"{file}:{line}", remedy=remedy)


class SourceError(DaumoiError):
    """A document cannot be read at all (not text, encrypted, too large, a scan).

    Attributes:
        path: the file.
        vi: what is wrong and what to do, in Vietnamese, or ``""`` where nobody has said it yet.
    """

    def __init__(self, what: str, *, path: Path, remedy: str, vi: str = "") -> None:
        self.path = path
        self.vi = vi
        super().__init__(what, where=str(path), remedy=remedy)


class AnswerKeyError(DaumoiError):
    """A hand-made answer key is wrong: a quote that its document does not hold, or a field that a record has not."""

    def __init__(self, what: str, *, path: Path, fact: str, remedy: str) -> None:
        self.path = path
        self.fact = fact
        super().__init__(what, where=f"{path}: {fact}" if fact else str(path), remedy=remedy)


class CorrectionError(DaumoiError):
    """A correction cannot be taken as it stands; whoever wrote it reads it in their own language.

    Attributes:
        vi: what is wrong and what to do, in Vietnamese.
        column: the column of the table that is wrong, or ``""``.
    """

    exit_code = 2

    def __init__(self, what: str, *, vi: str, column: str = "", where: str = "", remedy: str = "") -> None:
        self.vi = vi
        self.column = column
        super().__init__(what, where=where, remedy=remedy)


class QueryError(DaumoiError):
    """A question cannot be asked as it stands."""

    exit_code = 2


class UnknownQuery(QueryError):
    """No named query of that name."""


class ParameterError(QueryError):
    """A parameter is missing, unknown or malformed; whoever asked reads it in their own language.

    Attributes:
        vi: what is wrong and what to do, in Vietnamese, or ``""`` where only a program can have asked so.
        choices: what may be meant, each an IRI with what it is called.
    """

    def __init__(
        self, what: str, *, where: str = "", remedy: str = "", vi: str = "", choices: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.vi = vi
        self.choices = choices
        super().__init__(what, where=where, remedy=remedy)


class QueryRefused(QueryError):
    """A query must not reach the engine; ``reason`` is ``length``, ``depth``, ``service`` or ``update``."""

    def __init__(self, what: str, *, reason: str, remedy: str = "") -> None:
        self.reason = reason
        super().__init__(what, remedy=remedy)


class QueryTimeout(DaumoiError):
    """A query was stopped at its limit."""

    def __init__(self, limit_seconds: float) -> None:
        self.limit_seconds = limit_seconds
        super().__init__(
            f"the query did not finish within {limit_seconds:g} seconds and was stopped",
            remedy="ask for less (add a LIMIT, bind more terms), or replace FILTER NOT EXISTS by MINUS",
        )


class QueryOverrun(DaumoiError):
    """A query took more memory, or gave a larger result, than is allowed, and was stopped."""


class QueryBusy(DaumoiError):
    """Too many queries are waiting already; ``retry_after`` says in how many seconds to come again."""

    def __init__(self, what: str, *, retry_after: int = 5) -> None:
        self.retry_after = retry_after
        super().__init__(what, remedy=f"ask again in {retry_after} seconds")


class ReleaseError(DaumoiError):
    """A release is absent, damaged or cannot be written."""


class DrawError(DaumoiError):
    """A picture cannot be laid out; the table beside it says the same."""


class ServeError(DaumoiError):
    """The site cannot start."""
