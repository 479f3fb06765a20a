"""A large corpus of plans that nobody wrote: of every length and layout, each with its own agencies, places, numbers and sentences.

The same seed makes the same corpus. No two documents share a sentence but by chance, so that nothing kept from one helps with the
next more than it would in real life. The words stand in ``corpus_words.csv``; agencies, places and laws come from the registry.
"""

import csv
import random
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ontology.entities import Level
from ontology.registry import Registry

_WORDS = Path(__file__).parent / "corpus_words.csv"
LAYOUTS = ("tabs", "cells", "pipes", "labels", "prose")
"""How the annex of tasks is set: cells parted by tabs, one a line, by bars, as label lines; or as paragraphs under agencies alone."""


@cache
def _words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with _WORDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["kind"], []).append(row["words"])
    return found


@dataclass(frozen=True, slots=True)
class Made:
    """A document of the corpus."""

    name: str
    text: str


def make_corpus(registry: Registry, count: int, seed: int = 20260) -> list[Made]:
    """Return ``count`` documents, from a page to a hundred pages, most of them short, in all layouts."""
    return [
        make_document(registry, seed + n, int(4 * 2 ** random.Random(seed + n).uniform(0, 5))) for n in range(count)
    ]


def make_document(registry: Registry, seed: int, tasks: int) -> Made:
    """Return one document with about so many tasks; a longer one of the same seed has the same head and layout."""
    writer = _Writer(registry, random.Random(seed))
    layout = writer.dice.choice(LAYOUTS)
    width = writer.dice.choice((None, None, 84, 100))
    lines = [*writer.head(), *writer.sections(tasks), *writer.foot()]
    if width is not None:
        lines = [
            part for line in lines for part in (textwrap.wrap(line, width) if "\t" not in line else [line]) or [""]
        ]
    if layout != "prose":
        lines += writer.annex(layout, tasks)
    return Made(f"{seed}-{layout}-{width or 'lines'}.txt", "\n".join(lines) + "\n")


class _Writer:
    """Writes one document; every sentence is drawn anew."""

    def __init__(self, registry: Registry, dice: random.Random) -> None:
        self.dice = dice
        places = [place for place in registry.jurisdictions.values() if place.level is Level.PROVINCE]
        self.place = dice.choice(places)
        below = [place.full_name for place in registry.jurisdictions.values() if place.parent == self.place.id]
        self.below = below or ["huyện Tân An", "huyện Đồng Phú", "thị xã Hòa Bình"]
        bodies = [
            body.name for body in registry.bodies.values() if body.level is Level.PROVINCE and "{" not in body.name
        ]
        self.agencies = dice.sample(bodies, min(24, len(bodies)))
        self.ministries = [one.name for one in registry.agencies.values() if one.kind == "ministry"]
        self.laws = [law.name for law in registry.laws.values()]
        self.year = dice.randint(2016, 2026)
        self.subject = f"{self.word('subject')} {dice.choice(('', 'trên địa bàn tỉnh '))}năm {self.year}".replace(
            "  ", " "
        )

    def word(self, kind: str) -> str:
        """Return a word of a kind of the table."""
        return self.dice.choice(_words()[kind])

    def day(self) -> str:
        """Return a date in one of the ways they are printed."""
        day, month, year = self.dice.randint(1, 28), self.dice.randint(1, 12), self.year - self.dice.randint(0, 4)
        return self.dice.choice((f"{day:02}/{month}/{year}", f"{day:02} tháng {month} năm {year}"))

    def cited(self) -> str:
        """Return a citation in full."""
        serial = self.dice.randint(2, 2900)
        year = self.year - self.dice.randint(0, 4)
        return self.dice.choice(
            (
                f"Nghị định số {serial % 180 + 1}/{year}/NĐ-CP ngày {self.day()} của Chính phủ quy định về {self.word('subject')}",
                f"Quyết định số {serial}/QĐ-TTg ngày {self.day()} của Thủ tướng Chính phủ phê duyệt Chương trình {self.word('subject')}",
                f"Nghị quyết số {serial % 200}/NQ-HĐND ngày {self.day()} của Hội đồng nhân dân {self.place.full_name}",
                f"Thông tư số {serial % 40 + 1}/{year}/TT-BTC ngày {self.day()} của {self.dice.choice(self.ministries)}",
            )
        )

    def sentence(self) -> str:
        """Return what is to be done, as one clause."""
        words = f"{self.word('verb')} {self.word('object')}"
        if self.dice.random() < 0.5:
            words += f" tại {self.dice.choice(self.below)}"
        if self.dice.random() < 0.4:
            words += f" cho {self.dice.randint(12, 9800)} hộ"
        words += f" {self.word('manner')}"
        if self.dice.random() < 0.5:
            words += f" {self.word('purpose')}"
        if self.dice.random() < 0.15:
            words += f", thực hiện {self.cited()}"
        return words

    def agency(self) -> str:
        """Return an agency of the place, short or in full."""
        return self.dice.choice(self.agencies)

    def due(self) -> str:
        """Return a deadline or rhythm."""
        return self.dice.choice(
            (
                f"Quý {self.dice.choice(('I', 'II', 'III', 'IV'))}/{self.year}",
                f"Trước ngày {self.dice.randint(1, 28)}/{self.dice.randint(1, 12)}/{self.year}",
                f"Tháng {self.dice.randint(1, 12)}/{self.year}",
                *("Hằng năm", "6 tháng, năm", "Thường xuyên", f"Năm {self.year}"),
            )
        )

    def head(self) -> list[str]:
        """Return masthead, title and bases; the two columns of the masthead stand in one of three ways."""
        body = f"ỦY BAN NHÂN DÂN\n{self.place.full_name.upper()}"
        number = f"Số: {self.dice.randint(1, 900)}/KH-UBND"
        motto = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
        where = f"{self.place.name}, ngày {self.dice.randint(1, 28)} tháng {self.dice.randint(1, 12)} năm {self.year}"
        masthead = self.dice.choice(
            (
                [*body.split("\n"), number, *motto, where],
                [f"{left}\t{right}" for left, right in zip((*body.split("\n"), number), (*motto, where), strict=True)],
                [
                    f"{left}            {right}"
                    for left, right in zip((*body.split("\n"), number), (*motto, where), strict=True)
                ],
            )
        )
        bases = [f"Căn cứ {self.cited()};" for _ in range(self.dice.randint(2, 6))]
        bases.append(f"Căn cứ {self.dice.choice(self.laws)};")
        opening = f"Ủy ban nhân dân {self.place.full_name} ban hành Kế hoạch {self.subject} như sau:"
        return [*masthead, "", "KẾ HOẠCH", f"Thực hiện nhiệm vụ {self.subject}", "", *bases, "", opening, ""]

    def sections(self, tasks: int) -> list[str]:
        """Return purpose, goals, measures, funds and the duties of agencies."""
        dice = self.dice
        lines = ["I. MỤC ĐÍCH, YÊU CẦU", *(f"- {self.sentence()}." for _ in range(3)), "", "II. MỤC TIÊU"]
        lines += [f"- Tỷ lệ {self.word('goal')} {dice.randint(2, 99)}%." for _ in range(2 + tasks // 12)]
        lines += ["", "III. NHIỆM VỤ, GIẢI PHÁP"]
        for n in range(1, 2 + tasks // 6):
            lines.append(f"{n}. {self.sentence()}")
            lines += [f"{letter}) {self.sentence()};" for letter in "abcd"[: dice.randint(0, 4)]]
            lines += [f"- {self.sentence()}. {self.sentence()}." for _ in range(dice.randint(1, 3))]
        central, local = dice.randint(100, 9000), dice.randint(100, 9000)
        lines += [
            "",
            "IV. KINH PHÍ THỰC HIỆN",
            f"Tổng kinh phí thực hiện năm {self.year} là {central + local} triệu đồng, trong đó:",
        ]
        lines += [f"- Ngân sách trung ương: {central} triệu đồng;", f"- Ngân sách địa phương: {local} triệu đồng."]
        lines += ["", "V. TỔ CHỨC THỰC HIỆN"]
        for n in range(1, 2 + tasks // 4):
            lines.append(f"{n}. {self.agency()}")
            lines.append(
                f"- Chủ trì, phối hợp với {self.agency()}, {self.agency()} và các đơn vị liên quan {self.sentence().lower()}."
            )
            lines += [f"- {self.sentence()}." for _ in range(dice.randint(0, 2))]
            lines.append(f"- {self.due()} tổng hợp, báo cáo UBND tỉnh kết quả thực hiện.")
        lines.append(f"{1 + tasks // 4 + 1}. Ủy ban nhân dân {self.dice.choice(self.below)}")
        lines.append(
            f"- Chỉ đạo các xã, phường, thị trấn {self.sentence().lower()}; báo cáo {self.agency()} trước ngày 15/12/{self.year}."
        )
        return lines

    def foot(self) -> list[str]:
        """Return recipients and signature."""
        return [
            *("", "Nơi nhận:", "- Văn phòng Chính phủ;", f"- {self.agency()};", "- Lưu: VT.", ""),
            *("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Nguyễn Văn Minh", ""),
        ]

    def annex(self, layout: str, tasks: int) -> list[str]:
        """Return the table of tasks in a layout."""
        header = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm")
        rows: list[Sequence[str]] = [
            (
                str(n),
                self.sentence(),
                self.agency(),
                ", ".join({self.agency(): None, self.agency(): None}),
                self.due(),
                self.word("product"),
            )
            for n in range(1, tasks + 1)
        ]
        title = ["PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ"]
        if layout == "tabs":
            return [*title, "\t".join(header), *("\t".join(row) for row in rows)]
        if layout == "pipes":
            rule = "|" + "---|" * len(header)
            return [*title, f"| {' | '.join(header)} |", rule, *(f"| {' | '.join(row)} |" for row in rows)]
        if layout == "cells":
            return [*title, *header, *(cell for row in rows for cell in row)]
        labels = ("Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", "Sản phẩm")
        return [
            *title,
            *(
                line
                for row in rows
                for line in (
                    f"{row[0]}. {row[1]}",
                    *(f"- {label}: {cell}." for label, cell in zip(labels, row[2:], strict=True)),
                )
            ),
        ]
