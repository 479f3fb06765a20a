"""From the source text to blocks: wrapped lines joined to paragraphs, labels split off, tables read.

Texts come in three habits, which are measured, not assumed: a paragraph a line; lines wrapped at a width; wrapped lines with an
empty line after each (text pulled from a PDF). A line is joined to the one above where the one above cannot have ended.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from loaders.text.blocks import Block, Paragraph
from loaders.text.columns import ColumnWords
from loaders.text.labels import parse_label
from loaders.text.lines import Line, read_lines
from loaders.text.page_numbers import drop_page_numbers
from loaders.text.passage import join_passages
from loaders.text.tables import read_table_at
from loaders.text.wordlists import load_words
from ontology.folding import UPPER, fold

_ENDED = (".", ";", ":", "./.", "!", "?")
_CLAUSE_ENDED = (*_ENDED, ",")
_CAPITALS_ALONE = re.compile(
    r"^(?:CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|ĐẢNG CỘNG SẢN|KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|QUYẾT NGHỊ|CHỈ THỊ|THÔNG TƯ|NGHỊ ĐỊNH|KẾT LUẬN|"
    r"CHƯƠNG TRÌNH|ĐỀ ÁN|HƯỚNG DẪN|QUY CHẾ|QUY ĐỊNH|THÔNG BÁO|BÁO CÁO|DANH MỤC|PHỤ LỤC(?:\s+\w+)?|TM\.|KT\.|TL\.|TUQ\.|Q\.|CHỦ TỊCH|PHÓ CHỦ TỊCH|"
    r"THỨ TRƯỞNG|BỘ TRƯỞNG|GIÁM ĐỐC|PHÓ GIÁM ĐỐC|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|CHÍNH PHỦ)\s*:?$"
)
_SIGNING = re.compile(r"^(?:TM\.|KT\.|TL\.|TUQ\.|Nơi nhận)", re.IGNORECASE)
_DOCUMENT_LINE = re.compile(r"^(?:Số\s*:|Căn cứ|Xét |Theo đề nghị|Nơi nhận|Kính gửi)", re.IGNORECASE)


_LABELLED = re.compile(
    r"(?:Cơ quan|Đơn vị|Chủ trì|Phối hợp|Thời gian|Thời hạn|Sản phẩm|Kết quả|Tiến độ|Kinh phí|Lộ trình)[^:.;]{0,30}:\s"
)
"""A line of its own, whatever the line above ends in: *Cơ quan chủ trì: Cục Y tế dự phòng / Cơ quan phối hợp: …*."""
_TELEGRAM = re.compile(rf"[{UPPER}][{UPPER}\s,-]{{6,80}}\s+điện\s*:")
"""*THỦ TƯỚNG CHÍNH PHỦ điện:* opens the addresses of a telegram."""
_OPENS_DUTY = re.compile(
    r"(?:Giao\s+|Đề nghị\s+)?(?:Các\s+[sS]ở|Sở|Bộ|Ban|Cục|Vụ|Phòng|Văn phòng|UBND|[UỦ][ỷy] ban|Uỷ ban|Công an|Hội|Liên minh|Liên đoàn)\s[^.;:]{2,90}?\s(?:chủ trì|có trách nhiệm|có nhiệm vụ)(?!\w)"
)
"""A line that begins with an agency and its verb, below a title that no stop ended: *Tiểu dự án 1: … / Sở X chủ trì …*."""


_COMPONENT = re.compile(
    r"(?:Dự án|Ti[eêể]u dự án|Nội dung thành phần|Hoạt động)\s+(?:số\s+)?(?:\d{1,2}|[IVXl]{1,4})\s*[:.]\s"
)
"""*Dự án 5: … / Tiểu dự án 3: …*: a heading right below another one."""


_LABEL_ALONE = re.compile(
    r"(?:(?:Điều|ĐIỀU)\s+\d{1,3}|\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-HĐ]|\(?[a-zđ]\)|[-–—+•*])\s?[.:)/]?"
)


@dataclass(frozen=True, slots=True)
class LineWords:
    """Words that tell that a paragraph goes on behind a line break (``ontology/tables/line_words.csv``), as patterns."""

    leaning: re.Pattern[str]
    counting: re.Pattern[str]
    heading: re.Pattern[str]
    listed: re.Pattern[str]
    clause: re.Pattern[str]

    def leans(self, above: str, below: str) -> bool:
        """Tell whether the words at the end of ``above`` ask for what begins ``below``.

        >>> words = load_line_words()
        >>> words.leans("Căn cứ Nghị định số", "42/2016/NĐ-CP ngày 01/7/2016"), words.leans("trên địa bàn tỉnh", "Sở Y tế")
        (True, False)
        """
        tail = fold(above[-_TAIL:])
        if self.counting.search(tail):
            return below[0].isdigit() and not (_NUMBERED.match(below) and _PERIODS.search(tail))
        if self.leaning.search(tail):
            return True
        return below[0].isupper() and bool(self.heading.search(tail) or self.listed.search(tail))


_NUMBERED = re.compile(rf"\d{{1,2}}[.)]\s+[{UPPER}]")
_PERIODS = re.compile(r"\b(?:năm|tháng|quý|ngày)$")
"""Behind *Thời gian: Hằng năm* stands the number of the next item, not of a year."""
_READABLE = re.compile(r"[^\W_]")
"""A line without a letter or digit (rules, lone bars between columns) says nothing."""
_TAIL = 24
"""Characters at the end of a line that are looked at; no entry of the table is longer."""


@cache
def load_line_words() -> LineWords:
    """Read the table; a wrong row raises :class:`ontology.errors.RegistryError`."""
    known = load_words("line_words", ("lean", "count", "head", "listed", "clause"))

    def at_end(kind: str) -> re.Pattern[str]:
        return re.compile(rf"(?<![^\W_]){known.pattern(kind)}$")

    listed = re.compile(rf"[,;]\s+{known.pattern('listed')}$")
    return LineWords(
        at_end("lean"), at_end("count"), at_end("head"), listed, re.compile(rf"{known.pattern('clause')}(?!\w)")
    )


@dataclass(frozen=True, slots=True)
class Habit:
    """How a text breaks its lines: the width it wraps at (``None`` if it does not), and whether empty lines mean nothing."""

    width: int | None
    blanks_between: bool


def measure_habit(lines: Sequence[Line]) -> Habit:
    """Measure how a text breaks its lines.

    It wraps if a good part of its longer lines stop near one width although their sentence goes on.
    """
    prose = [line for line in lines if line.text and "\t" not in line.raw.strip()]
    lengths = sorted(len(line.text) for line in prose if len(line.text) > 30)
    if len(lengths) < 8:
        return Habit(None, False)
    width = lengths[int(len(lengths) * 0.9)]
    if width > 160:
        return Habit(None, False)
    full = going_on = singles = pairs = 0
    for above, below in pairwise(prose):
        if len(above.text) >= 0.8 * width:
            full += 1
            going_on += not above.text.endswith(_ENDED) and not parse_label(below.text)[0]
            pairs += 1
            singles += below.number - above.number == 2
    if full < 6 or going_on < 0.4 * full:
        return Habit(None, False)
    return Habit(width, singles > 0.6 * pairs)


def layout_blocks(text: str, known: ColumnWords, split_names: Iterable[str] = ()) -> tuple[Block, ...]:
    """Return the paragraphs and tables of a text, in order.

    ``split_names`` are registered names with a hyphen inside (*Lao động - Thương binh và Xã hội*): a line that begins with the
    second half of one, below a line that ends with the first half, is no bullet.
    """
    lines = drop_page_numbers(read_lines(text))
    habit = measure_habit(lines)
    names = tuple(split_names)
    halves = cache(lambda: _halves(names))
    blocks: list[Block] = []
    open_lines: list[Line] = []

    def close() -> None:
        if open_lines:
            blocks.append(_paragraph(open_lines))
            open_lines.clear()

    i = 0
    while i < len(lines):
        if (found := read_table_at(lines, i, known)) is not None:
            close()
            blocks.append(found[0])
            i = found[1]
            continue
        line = lines[i]
        if _READABLE.search(line.text):
            if open_lines and not _goes_on(open_lines, line, habit, halves):
                close()
            open_lines.append(line)
        i += 1
    close()
    return tuple(blocks)


_Halves = Callable[[], frozenset[tuple[str, str]]]
"""Gives the halves of names with a hyphen; few texts need them."""


@lru_cache(maxsize=8)
def _halves(names: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    found = set()
    for name in names:
        parts = re.split(r"\s+[-–]\s+", name)
        for i in range(1, len(parts)):
            before, after = fold(parts[i - 1]).split()[-2:], fold(parts[i]).split()[:2]
            found.add((" ".join(before), " ".join(after)))
    return frozenset(found)


def _is_split_name(above: str, below: str, halves: _Halves) -> bool:
    known = halves()
    tail = fold(above).rstrip(" -–").split()
    head = re.sub(r"^[-–\s]+", "", fold(below)).split()
    return any((" ".join(tail[-n:]), " ".join(head[:m])) in known for n in (1, 2) for m in (1, 2) if len(tail) >= n)


def _goes_on(open_lines: Sequence[Line], line: Line, habit: Habit, halves: _Halves) -> bool:
    """Tell whether ``line`` belongs to the paragraph of the lines above it."""
    last = open_lines[-1]
    above, below = last.text, line.text
    gap = line.number - last.number - 1
    if gap > (2 if habit.blanks_between else 1) or _SIGNING.match(below):
        return False
    if len(open_lines) == 1 and gap == 0 and _LABEL_ALONE.fullmatch(above):
        return not _LABEL_ALONE.fullmatch(below)
    near = gap == 0 or (habit.blanks_between and gap == 1)
    known = load_line_words()
    leans = near and not _shouts(above) and known.leans(above, below)
    if leans and below[0].isdigit():
        return True
    label, style, _ = parse_label(below)
    if label:
        if style == "dash" and gap <= 1 and not above.endswith(_ENDED) and _is_split_name(above, below, halves):
            return True
        full = habit.width is not None and len(above) >= 0.8 * habit.width
        broken_dash = style == "dash" and full and above[-1].isalnum() and below.lstrip("-–— ")[:1].islower()
        return broken_dash or (above.endswith(("-", "–")) and style not in {"dash", "plus", "star"})
    if _open_mark(open_lines) and gap == 0:
        return True
    if not leans and _COMPONENT.match(below) and _heads_component(open_lines[0].text):
        return False
    if _DOCUMENT_LINE.match(below) or _TELEGRAM.match(below):
        return False
    if _CAPITALS_ALONE.match(above) or _CAPITALS_ALONE.match(below):
        return False
    if leans and _LABELLED.match(below):
        return False
    if leans or (near and _is_open_clause(open_lines, below, known)):
        return True
    separated = gap > 0 and not habit.blanks_between and habit.width is None
    if _shouts(above) or _shouts(below):
        both = _shouts(above) and _shouts(below) and not above.endswith(_ENDED)
        return both and not separated and not _SIGNING.match(above) and len(above) > 25
    if habit.width is not None:
        if gap > (1 if habit.blanks_between else 0):
            return False
        if below[0].islower():
            return len(above) >= 0.55 * habit.width or not above.endswith(_ENDED)
        if above.endswith((".", ";", ":")):
            return above.endswith(".") and len(above) >= 0.93 * habit.width and len(below) > 0.6 * habit.width
        if len(above) + 1 + len(below.split()[0]) <= habit.width and _OPENS_DUTY.match(below):
            return False
        # A line ended early if the next word would have fitted; inside a running paragraph the benefit of the doubt is larger.
        return len(above) + 1 + len(below.split()[0]) > (0.8 if len(open_lines) > 1 else 0.9) * habit.width
    return not separated and below[0].islower() and not above.endswith(_ENDED)


def _is_open_clause(open_lines: Sequence[Line], below: str, known: LineWords) -> bool:
    """Tell whether the paragraph opens like a basis (*Căn cứ …*), whose end always has a sign, and has none yet."""
    first, last = open_lines[0].text, open_lines[-1].text
    shouting = _shouts(first) or _shouts(below)
    if below[0].isupper() and known.clause.match(fold(below[:40])):
        return False  # the next basis, below a title that opens like one
    return not shouting and not last.endswith(_CLAUSE_ENDED) and bool(known.clause.match(fold(first[:40])))


def _heads_component(text: str) -> bool:
    """Tell whether a paragraph begins as the heading of a component, whatever its number."""
    return _COMPONENT.match(text[parse_label(text)[2] :]) is not None


def _shouts(text: str) -> bool:
    """Tell whether a line is set in capitals as a title is; a number or an abbreviation alone is not."""
    return text.isupper() and len(text.split()) > 1


_MARKED_LINES = 40
"""Lines that bold type or a bracket may go over; a longer stretch was never closed."""


def _open_mark(open_lines: Sequence[Line]) -> bool:
    """Tell whether bold type or a bracket that the paragraph opened is still open at its last line's end."""
    begins = open_lines[0].raw.lstrip()
    if not begins.startswith(("**", "*(", "(")) or len(open_lines) > _MARKED_LINES:
        return False
    raw = "\n".join(line.raw for line in open_lines)
    if len(raw) > 1200:
        return False
    return (begins.startswith("**") and raw.count("**") % 2 == 1) or (
        begins.startswith(("*(", "(")) and raw.count("(") > raw.count(")")
    )


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    pages = [[[lines[0].passage]]]
    for above, line in pairwise(lines):
        if line.on_new_page:
            pages.append([[line.passage]])
        elif _splits_word(above.text, line.text):
            pages[-1].append([line.passage])
        else:
            pages[-1][-1].append(line.passage)
    whole = join_passages((join_passages([join_passages(run) for run in page], "") for page in pages), longest_gap=0)
    _label, _style, used = parse_label(whole.text)
    return Paragraph(_label, whole.cut(used) if used else whole, whole, lines[0].number)


_NUMBER_TAIL = re.compile(r"(?:/[\w-]*|\d/?|[A-ZĐ]{3,})-$")


def _splits_word(above: str, below: str) -> bool:
    """Tell whether a line break stands inside a document number: ``10/2022/TT-`` / ``BLĐTBXH``."""
    return bool(_NUMBER_TAIL.search(above)) and below[:1].isalnum()
