"""From the bytes of a saved page to its characters: the page out of an archive of one file, its encoding told or found.

An archive (``.mht``, ``.mhtml``) is a mail message whose first part of HTML is the page, those behind it its frames.
"""

import email
import email.policy
import re

_HEADERS = re.compile(rb"(?:From|MIME-Version|Subject|Date|Snapshot-Content-Location|Content-Type):", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)


def decode_page(data: bytes) -> str:
    """Return the characters of a page; those of old tables are still to be converted."""
    declared = _CHARSET.search(data[:4096])
    charset = declared.group(1).decode("ascii") if declared else None
    if _HEADERS.match(data.lstrip()[:200]):
        for part in email.message_from_bytes(data.lstrip(), policy=email.policy.default).walk():
            payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
            if isinstance(payload, bytes) and payload.strip():
                declared = _CHARSET.search(payload[:4096])
                data, charset = payload, part.get_content_charset() or (declared and declared.group(1).decode("ascii"))
                break
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
    except LookupError:
        return data.decode("cp1252", errors="replace")
