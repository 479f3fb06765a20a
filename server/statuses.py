"""Which HTTP status an error of ours is."""

from ontology.errors import (
    CorrectionError,
    DaumoiError,
    DrawError,
    ParameterError,
    QueryBusy,
    QueryError,
    QueryOverrun,
    QueryTimeout,
    ReleaseError,
    UnknownQuery,
)


def status_of(error: DaumoiError) -> int:
    """Return the HTTP status of ``error``.

    >>> status_of(UnknownQuery("there is no query 'x'"))
    404
    """
    match error:
        case UnknownQuery():
            return 404
        case ParameterError() | QueryError() | CorrectionError():
            return 400
        case QueryTimeout() | QueryOverrun() | QueryBusy() | ReleaseError() | DrawError():
            return 503
    return 500
