"""What a client accepts: media types and languages with their weights (RFC 9110, section 12.5)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preference:
    """One entry of an ``Accept`` header: ``value`` in lower case without parameters, and its weight."""

    value: str
    weight: float


def read_preferences(header: str) -> list[Preference]:
    """Read the entries of an ``Accept`` or ``Accept-Language`` header; malformed ones are left out.

    >>> [(p.value, p.weight) for p in read_preferences("text/html, */*;q=0.1, text/csv;q=x")]
    [('text/html', 1.0), ('*/*', 0.1)]
    """
    found: list[Preference] = []
    for entry in header.split(","):
        value, *parameters = (part.strip() for part in entry.split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, given = parameter.partition("=")
            if name.strip().lower() == "q":
                try:
                    weight = float(given)
                except ValueError:
                    weight = -1.0
        if value and 0.0 <= weight <= 1.0:
            found.append(Preference(value.lower(), weight))
    return found


def _weight(media_type: str, preferences: Sequence[Preference]) -> float:
    """Return the weight of the most specific entry that covers ``media_type``."""
    kind = media_type.partition("/")[0]
    for covering in (media_type, f"{kind}/*", "*/*"):
        weights = [p.weight for p in preferences if p.value == covering]
        if weights:
            return max(weights)
    return 0.0


def choose_media_type(header: str | None, offered: Sequence[str]) -> str | None:
    """Return the offered media type the client likes best, ``None`` where it accepts none.

    Among equals the first offered wins. No header, or an empty one, accepts anything.

    >>> offered = ("application/json", "text/csv", "text/html")
    >>> choose_media_type("text/*;q=0.5, text/csv", offered)
    'text/csv'
    >>> choose_media_type(None, offered), choose_media_type("image/png", offered)
    ('application/json', None)
    >>> choose_media_type("*/*, application/json;q=0", offered)
    'text/csv'
    """
    preferences = read_preferences(header or "*/*")
    best = max(offered, key=lambda media_type: _weight(media_type, preferences), default=None)
    return best if best is not None and _weight(best, preferences) > 0 else None


def rank_languages(header: str) -> list[str]:
    """Return the primary language codes of an ``Accept-Language`` header, the most wanted first.

    >>> rank_languages("en-US;q=0.7, vi-VN, *;q=0.1")
    ['vi', 'en']
    """
    ranked = sorted(read_preferences(header), key=lambda p: -p.weight)
    codes = [p.value.split("-")[0] for p in ranked if p.weight > 0 and p.value != "*"]
    return list(dict.fromkeys(codes))
