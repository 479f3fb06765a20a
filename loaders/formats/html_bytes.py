"""From the bytes of a saved page to its characters: the page out of an archive of one file, its encoding told or found.

An archive (``.mht``, ``.mhtml``) is a mail message whose first part of HTML is the page, those behind it its frames.
"""

import email
import email.policy
import re
from pathlib import Path

from ontology.errors import SourceError

_HEADERS = re.compile(rb"(?:From|MIME-Version|Subject|Date|Snapshot-Content-Location|Content-Type):", re.IGNORECASE)
_MOST_PARTS = 2000
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)


def decode_page(data: bytes, path: Path) -> str:
    """Return the characters of a page; those of old tables are still to be converted.

    Raises:
        SourceError: it is an archive without a page in it.
    """
    charset = _declared(data)
    if _HEADERS.match(data.lstrip()[:200]):
        data, charset = _page_in(data.lstrip(), path)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    head = data[:4096]
    if head.count(0) > 0.3 * len(head):
        return data.decode("utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(charset or "cp1252", errors="replace")
    except (LookupError, UnicodeError):  # no such encoding, or none of characters
        return data.decode("cp1252", errors="replace")


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def _page_in(data: bytes, path: Path) -> tuple[bytes, str | None]:
    """Return the page of an archive and the encoding that is declared for it."""
    parts = 0
    try:
        for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
            parts += 1
            payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
            if isinstance(payload, bytes) and payload.strip():
                return payload, part.get_content_charset() or _declared(payload)
            if parts > _MOST_PARTS:
                break
    except (RecursionError, ValueError, LookupError) as error:
        raise _no_page(str(error)[:80], path) from error
    raise _no_page("none of its parts is HTML", path)


def _no_page(what: str, path: Path) -> SourceError:
    return SourceError(
        f"there is no page in the archive ({what})",
        path=path,
        remedy="save the page anew in the browser (Save as, complete or one file)",
    )
