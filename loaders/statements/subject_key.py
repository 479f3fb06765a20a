"""What a document is about, as a key under which two periods of the same matter meet.

*quy định định mức phân bổ vốn NSTW thực hiện CTMTQG GNBV giai đoạn 2021-2025* and *Xây dựng định mức phân bổ vốn ngân sách
Trung ương … 2016-2020* get nearly the same key: short forms written out, the period cut out and kept aside, the programme
replaced by its id, words dropped that say only that something is regulated, built or issued.

Guaranteed: the key holds only lower-case ASCII words, single blanks, and ``@programme-id`` marks at its end.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ontology.folding import plain_key
from ontology.registry import Abbreviation, Programme
from ontology.table_reading import TABLES, read_table

# «giai đoạn 2021 - 2025», «2016-2020»; «giai đoạn 2022-2025» in running text.
_PERIOD = re.compile(r"(?:giai đoạn\s*)?\b(20\d\d)\s*[-–—]\s*(20\d\d)\b", re.IGNORECASE)
_SINGLE_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)

FRAMES = "subject_frames"
"""The table of phrases that say only that a document does something with a matter."""


class SubjectKey(NamedTuple):
    """The key, and the period that was cut out (``2016-2020``, a single year, or ``None``)."""

    key: str
    period: str | None


@dataclass(frozen=True, slots=True)
class SubjectKeys:
    """Makes subject keys with the abbreviations and programmes of a registry."""

    short_forms: tuple[tuple[re.Pattern[str], str], ...]
    programmes: tuple[tuple[str, str], ...]
    frames: re.Pattern[str]

    @classmethod
    def of(
        cls, abbreviations: Iterable[Abbreviation], programmes: Iterable[Programme], folder: Path = TABLES
    ) -> "SubjectKeys":
        """Prepare the tables; of forms and phrases the longest is tried first."""
        rows = read_table(folder / f"{FRAMES}.csv", ("phrase", "note"))
        phrases = sorted({plain_key(row.text("phrase")) for row in rows}, key=lambda one: (-len(one), one))
        frames = re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")
        forms = sorted(((form, a.expansion) for a in abbreviations for form in a.forms), key=lambda f: (-len(f[0]), f))
        patterns = tuple((re.compile(rf"(?<![\w&]){re.escape(form)}(?![\w&])"), full) for form, full in forms)
        made = cls(patterns, (), frames)
        names = {
            (plain_key(made._expand(name)), programme.id)
            for programme in programmes
            for name in (programme.name, *programme.names)
        }
        return cls(patterns, tuple(sorted(names, key=lambda n: (-len(n[0]), n))), frames)

    def _expand(self, text: str) -> str:
        if text.isupper() and len(text.split()) > 4:  # in a title in capitals *ĐẦU TƯ* is no short form of *Trung ương*
            return text
        for pattern, full in self.short_forms:
            text = pattern.sub(full, text)
        return text

    def key(self, text: str) -> SubjectKey:
        """Return the key of a subject.

        >>> keys = SubjectKeys.of(
        ...     [Abbreviation("ngân sách trung ương", "", ("NSTW",), "text")],
        ...     [Programme("gnbv", "Chương trình mục tiêu quốc gia Giảm nghèo bền vững", "", ())])
        >>> keys.key("quy định định mức phân bổ vốn NSTW thực hiện "
        ...          "Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021-2025")
        SubjectKey(key='dinh muc phan bo von ngan sach trung uong @gnbv', period='2021-2025')
        >>> keys.key("phê duyệt Đề án X năm 2022").period
        '2022'
        """
        found, year = _PERIOD.search(text), _SINGLE_YEAR.search(text)
        period = f"{found[1]}-{found[2]}" if found else year[1] if year else None
        plain = plain_key(self._expand(_SINGLE_YEAR.sub(" ", _PERIOD.sub(" ", text))))
        marks: list[str] = []
        for name, programme in self.programmes:
            if re.search(rf"\b{re.escape(name)}\b", plain):
                plain = re.sub(rf"\b{re.escape(name)}\b", " ", plain)
                marks.append(f"@{programme}")
        plain = " ".join(self.frames.sub(" ", plain).split())
        return SubjectKey(" ".join([plain, *dict.fromkeys(marks)]).strip(), period)
