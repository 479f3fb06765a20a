"""The words that give an agency its role: which stand in a text, where, and whom they concern.

The words are rows of ``ontology/tables/role_words.csv``. ``*`` in a phrase stands for up to six words without a stop between
(*phối hợp chặt chẽ với*). A phrase counts only as a verb: *cơ quan chủ trì*, *được giao chủ trì*, *chủ trì cuộc họp* give no role.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ontology.folding import fold
from ontology.records import Role
from ontology.table_reading import TABLES, read_table

SUBMIT = "submit"
_ROLES = {str(role) for role in Role} | {SUBMIT}

# Nouns and passives before *chủ trì*, *phối hợp*, *tham mưu*, *báo cáo* that make it no duty of the one spoken of.
_NOUN_BEFORE = re.compile(
    r"(?:cơ quan|đơn vị|cơ chế|sự|công tác|quy chế|việc|(?<!có )(?<!chịu )trách nhiệm|chế độ|được (?:giao|phân công)|được giao nhiệm vụ|phân công|các|bộ|do (?:bộ|sở|tỉnh|huyện)|thời gian gửi|thời hạn gửi|đơn vị nhận|mẫu|biểu|hệ thống|nội dung|vai trò|cán bộ|hội nghị)\s+$"
)
_LAST_REFUSED = 8
"""Phrases refused last that one may be chained to: they stand right before it."""
_CHAIN = re.compile(r"[\s,]*(?:và\s+)?")
_CHAIRING = re.compile(
    r"(?:\s*,?\s*(?:và\s+)?điều hành)?\s+(?:các\s+)?(?:cuộc họp|họp|hội nghị|phiên họp|buổi làm việc|hội thảo|phiên)\b"
)


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """A phrase of the table, compiled: roles of the one who acts and of the ones it names."""

    phrase: str
    pattern: re.Pattern[str]
    subject_role: Role | None
    object_role: str | None
    objects: str
    opening: str
    """The folded word it begins with: a text without them does not hold it."""


@dataclass(frozen=True, slots=True)
class RoleEvent:
    """A phrase found in a text, ``[start, end)`` in characters."""

    start: int
    end: int
    phrase: RolePhrase


def load_role_phrases(folder: Path | None = None) -> tuple[RolePhrase, ...]:
    """Read ``role_words.csv``, longest phrases first; raise ``RegistryError`` for a wrong row."""
    rows = read_table(
        (folder or TABLES) / "role_words.csv", ("phrase", "subject_role", "object_role", "objects", "note")
    )
    phrases = []
    for row in rows:
        for column in ("subject_role", "object_role"):
            if row[column] and row[column] not in _ROLES:
                row.fail(f"“{row[column]}” is no role", f"write one of: {', '.join(sorted(_ROLES))}")
        if row["objects"] not in {"none", "optional", "required"}:
            row.fail(f"“{row['objects']}” does not say whether objects follow", "write none, optional or required")
        opening, *others = fold(row["phrase"]).split()
        words = [r"\s+" + (r"(?:[^\W_]+[\s,]+){0,12}?" if word == "*" else re.escape(word)) for word in others]
        whole = "".join(words).replace(r"{0,12}?\s+", "{0,12}?")
        pattern = re.compile(rf"{opening}(?<![^\W_]{opening}){whole}(?![^\W_])")  # its first word finds it
        subject = Role(row["subject_role"]) if row["subject_role"] else None
        phrases.append(RolePhrase(row["phrase"], pattern, subject, row["object_role"] or None, row["objects"], opening))
    return tuple(sorted(phrases, key=lambda item: (-len(item.phrase), item.phrase)))


_ASIDE = re.compile(r"\([^()]*\d[^()]*\)")


def _without_asides(folded: str, taken: Sequence[tuple[int, int]]) -> str:
    """Blank out brackets that hold figures and no name: *báo cáo định kỳ 6 tháng (trước ngày 10/6) về Phòng Y tế*."""

    if "(" not in folded:
        return folded

    def blank(found: re.Match[str]) -> str:
        named = any(found.start() < high and low < found.end() for low, high in taken)
        return found.group() if named else " " * len(found.group())

    return _ASIDE.sub(blank, folded)


def find_role_events(
    text: str, phrases: Sequence[RolePhrase], taken: Sequence[tuple[int, int]] = ()
) -> list[RoleEvent]:
    """Return the role phrases of a text in order; those inside ``taken`` stretches (names) or used as nouns are left out."""
    taken = sorted(taken)
    folded = _without_asides(fold(text), taken)
    starts = [low for low, _ in taken]
    found: list[RoleEvent] = []
    refused: list[int] = []
    hits = [
        (hit.span(), phrase)
        for phrase in phrases
        if phrase.opening in folded
        for hit in phrase.pattern.finditer(folded)
    ]
    for (start, end), phrase in sorted(hits, key=lambda hit: hit[0][0]):
        name = bisect_right(starts, start)
        if (name and start < taken[name - 1][1]) or (found and start < found[-1].end):
            continue
        if "*" in phrase.phrase and name < len(starts) and starts[name] < end:
            continue
        chained = any(low <= start and _CHAIN.fullmatch(folded, low, start) for low in refused[-_LAST_REFUSED:])
        if (
            chained
            or _is_noun(folded, start, phrase)
            or (phrase.subject_role is Role.LEAD and _CHAIRING.match(folded, end))
        ):
            refused.append(end)
            continue
        found.append(RoleEvent(start, end, phrase))
    return found


def _is_noun(folded: str, start: int, phrase: RolePhrase) -> bool:
    acts = phrase.subject_role is not None or phrase.phrase.startswith("báo cáo")
    return acts and _NOUN_BEFORE.search(folded, max(0, start - 40), start) is not None
