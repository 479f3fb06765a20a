"""The head of a document before its title: issuing body, number, place and date, type; however its two columns were laid out.

What is read is what is printed. A blank number stays ``None`` although its symbols are kept (they tell type and issuer); a blank day
leaves a partial date.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from loaders.citations.citation_grammar import CitationGrammar
from loaders.citations.document_dates import PrintedDate, find_date
from loaders.citations.document_numbers import DocumentNumber, find_numbers
from loaders.heads.head_cells import Cell
from loaders.text.passage import Passage, join_passages
from ontology.folding import fold_plain, fold_plain_in_place
from ontology.records import Span

_HEAD_CELLS = 90
# "CỘNG HÒA …", "Độc lập - …", "ĐẢNG CỘNG SẢN VIỆT NAM", without accents, whatever blanks and dashes OCR left.
_MOTTO = re.compile(
    r"c[o0]ng\s*h[o0]a\s*xa\s*h[o0]i\s*chu\s*nghia\s*viet\s*nam|d[o0]c\s*lap\W*tu\s*d[o0]\W*hanh\s*phuc|dang\s*c[o0]ng\s*san\s*viet\s*nam"
)
# Half of a motto that was broken, and stamps: "HỎA TỐC", "DỰ THẢO".
_NO_ISSUER = re.compile(
    r"\W*(?:c[o0]ng\s+h[o0]a(?:\s+xa\s+h[o0]i)?|(?:xa\s+h[o0]i\s+)?chu\s+nghia\s+viet\s+nam|d[o0]c\s+lap|tu\s+d[o0]|hanh\s+phuc"
    r"|hoa\s+toc|thuong\s+khan|khan|(?:toi\s+|tuyet\s+)?mat|ban\s+sao|sao\s+(?:y|luc)|du\s+thao(?:\s+lan\s+\d)?|(?:cong\s+van\s+)?den)\W*"
)
_LABEL = re.compile(r"(?:luat\s+|bo\s+luat\s+|phap\s+lenh\s+)?s[o06]\s{0,3}[:.]?\s{0,3}(?=[\d/.…_\s])")
_BODY = re.compile(
    r"^\W*(?:can\s+cu\b|dieu\s+1\b|kinh\s+gui\b|i\s*[.\-]\s|chuong\s+i\b|phan\s+(?:i|thu\s+nhat)\b|thuc\s+hien\s+(?:quyet|nghi|chi|ke|thong|cong)\b.{60})"
)
_HASHES = re.compile(r"^[#>\s]+")
_DATE_CELL = re.compile(r"(?:^|[,.\s])(?:ngay|thang)(?![a-z])")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the head says before the title. ``issuing`` is the masthead's text in capitals; ``end`` the line where the title begins."""

    number: DocumentNumber | None
    blank: bool
    """The number's place is there and empty."""
    date: str | None
    type: str | None
    place: str | None
    """The place before the date (*Phú Yên, ngày …*)."""
    issuing: tuple[Passage, ...]
    type_line: int | None
    spans: dict[str, Span]


def read_masthead(cells: Sequence[Cell], grammar: CitationGrammar) -> Masthead:
    """Read the masthead from the cells of the whole text; only its head is looked at, and lines stamped below the signature."""
    head = list(cells[: _body_at(cells)])
    spans: dict[str, Span] = {}
    type_, type_at = _type_of(head, grammar, spans)
    number, blank = _number_of(head, grammar, spans)
    if number is None or number.value is None:
        stamped, is_blank = _stamped_number(cells[len(head) :], grammar, spans, number)
        number, blank = (stamped, is_blank) if stamped is not None else (number, blank)
    day = _date_of(head, type_at, spans)
    if day is None and (head and (number is not None or blank)):
        day = _date_beside_signature(cells[len(head) :], spans)
    issuing = _issuing(head[:type_at] if type_at is not None else head)
    line = head[type_at].line if type_at is not None else None
    return Masthead(number, blank, day, type_, _place_before(cells, spans), issuing, line, spans)


def _body_at(cells: Sequence[Cell]) -> int:
    """Return the index of the first cell of the body: *Căn cứ*, *Điều 1*, *Kính gửi*, section I."""
    for i, cell in enumerate(cells[:_HEAD_CELLS]):
        if _BODY.match(fold_plain_in_place(cell.text)):
            return i
    return min(len(cells), 40)


def _type_of(head: Sequence[Cell], grammar: CitationGrammar, spans: dict[str, Span]) -> tuple[str | None, int | None]:
    """Find the line in capitals that names the type (*QUYẾT ĐỊNH*), alone or with the title behind it."""
    names = {fold_plain(t.name): t.name for t in grammar.index.registry.document_types.values()}
    for i, cell in enumerate(head):
        plain = " ".join(_HASHES.sub("", fold_plain(cell.text)).rstrip(" :.*_").split())
        tight = plain.replace(" ", "")
        name = names.get(plain) or next((n for p, n in names.items() if p.replace(" ", "") == tight), None)
        if name is not None and cell.text.upper() == cell.text:
            spans["type"] = cell.passage.span()
            return name, i
    for i, cell in enumerate(head):
        bare = cell.text.strip(" *_#")
        if bare in names.values() and i:  # "Kế hoạch" alone on a line below the masthead
            spans["type"] = cell.passage.span()
            return bare, i
    for i, cell in enumerate(head):
        for plain, name in sorted(names.items(), key=lambda item: -len(item[0])):
            text = fold_plain(cell.text)
            if (
                text.startswith(plain)
                and cell.text[: len(plain)].isupper()
                and text[len(plain) : len(plain) + 1] in {" ", ":"}
            ):
                spans["type"] = cell.passage.span(0, len(plain))
                return name, i
    return None, None


def _number_of(
    head: Sequence[Cell], grammar: CitationGrammar, spans: dict[str, Span]
) -> tuple[DocumentNumber | None, bool]:
    """Find the document's own number: behind *Số:*, on the next line, or alone on a line; not in a caption or title."""
    for i, cell in enumerate(head):
        plain = fold_plain_in_place(cell.text)
        label = _LABEL.search(plain)
        if label is None and re.search(r"(?:^|\s)s[o06]\s*:?\s*$", plain) and i + 1 < len(head):
            found = _whole_number(head[i + 1], grammar)
            if found is not None:
                spans["number"] = head[i + 1].passage.span(found.start, found.end)
                return found, False
        if label is None or not _is_own_label(plain, label, grammar.types):
            continue
        for number in find_numbers(cell.text, grammar.symbols):
            if number.value is None:
                spans["number"] = cell.passage.span(number.start, number.end)
                return number, True
            if number.start <= label.end() + 3:
                spans["number"] = cell.passage.span(number.start, number.end)
                return number, False
    for cell in head:
        if (
            (found := _whole_number(cell, grammar)) is not None
            and found.sure
            and cell.text.strip() == cell.text[found.start : found.end]
        ):
            spans["number"] = cell.passage.span(found.start, found.end)
            return found, False
    return None, False


def _is_own_label(plain: str, label: re.Match[str], types: Collection[str]) -> bool:
    """Tell whether *Số* begins a cell, or stands behind motto or issuer run together with it; not *Quyết định số …* in a title."""
    before = plain[: label.start()].strip(" *_-:.")
    if not before or (before in types and not re.search(r"[a-z]{2}\s|[,;]", plain[label.end() :])):
        return True  # "Nghị quyết số: 24/2021/QH15" alone on a line
    return (
        bool(_MOTTO.search(before))
        and len(before) < 140
        and not before.endswith(("quyet dinh", "nghi quyet", "ke hoach"))
    )


def _whole_number(cell: Cell, grammar: CitationGrammar) -> DocumentNumber | None:
    for number in find_numbers(cell.text, grammar.symbols):
        outside = cell.text[: number.start] + cell.text[number.end :]
        if number.value is not None and not re.search(r"[^\W_]", outside):
            return number
    return None


def _stamped_number(
    cells: Sequence[Cell], grammar: CitationGrammar, spans: dict[str, Span], above: DocumentNumber | None
) -> tuple[DocumentNumber | None, bool]:
    """Find a number stamped below the text: a line that holds *Số: …* and nothing else.

    Where the head has left a place for it (``above``), the stamp fills that place: it has the same symbols.
    """
    for cell in cells:
        if len(cell.text) < 60 and (label := _LABEL.match(fold_plain_in_place(cell.text))) is not None:
            for number in find_numbers(cell.text, grammar.symbols):
                if (
                    number.start <= label.end() + 1
                    and number.sure
                    and not re.search(r"[^\W_]", cell.text[number.end :])
                    and (above is None or (number.value is not None and number.symbols == above.symbols))
                ):
                    spans["number"] = cell.passage.span(number.start, number.end)
                    return number, number.value is None
    return None, False


def _date_of(head: Sequence[Cell], type_at: int | None, spans: dict[str, Span]) -> str | None:
    """Find *Hà Nội, ngày … tháng … năm …*: a short line that ends with the date; before the title if there is one."""
    order = [*head[:type_at], *head[type_at:]] if type_at is not None else list(head)
    for cell, below in zip(order, [*order[1:], None], strict=False):
        passage = cell.passage
        if below is not None and re.search(r"\bngay\s*$", fold_plain_in_place(passage.text)):
            passage = join_passages([passage, below.passage])  # "Hà Nội, ngày" / "05 tháng 11 năm 2021"
        text = passage.text
        if not _DATE_CELL.search(fold_plain_in_place(text)) or text.lstrip("* ").startswith("("):
            continue
        printed = find_date(text)
        if printed is not None and _is_date_line(text, printed):
            spans["date"] = passage.span(printed.start, printed.end)
            return printed.value
    return None


_PLACE = re.compile(r"([^\W\d_][^\W\d_.’' -]*(?:[\s.’'-]+[^\W\d_]+){0,4})\s*,\s*$")


def _place_before(cells: Sequence[Cell], spans: dict[str, Span]) -> str | None:
    """Return the place before the date that was found."""
    if "date" not in spans:
        return None
    for cell in cells[:_HEAD_CELLS]:
        for start, stretch in enumerate(cell.passage.spans()):
            if start == 0 and stretch.start <= spans["date"].start <= cell.passage.spans()[-1].end:
                printed = find_date(cell.text)
                found = _PLACE.search(cell.text[: printed.start]) if printed else None
                return found[1] if found else None
    return None


_NO_PLACE = re.compile(r"\b(?:so|ky|hop|tu|den|truoc|sau|chieu|sang)\s*$")
_NUMBER_LABEL = re.compile(r"\bs[o06]\s{0,3}[:.]?\s{0,3}[\d/.…_]")


def _is_date_line(text: str, printed: PrintedDate) -> bool:
    """Tell whether a cell holds a place and a date and nothing else (*Tam Kỳ, ngày …*; not *… hoàn thành trước ngày …*)."""
    before, behind = text[: printed.start], text[printed.end :]
    motto = _MOTTO.sub(" ", fold_plain_in_place(before))
    place = re.sub(r"[\W_]+", " ", motto).strip()
    if _NUMBER_LABEL.search(motto):
        place = re.sub(r"[\W_]+", " ", motto[motto.rfind("  ") :]).strip()
    if len(place) >= 45 or re.search(r"[^\W_]", behind):
        return False
    return not _NO_PLACE.search(place) or (before.rstrip().endswith(",") and len(place) < 20)


def _date_beside_signature(cells: Sequence[Cell], spans: dict[str, Span]) -> str | None:
    for cell in cells:
        if len(cell.text) < 70 and "," in cell.text and _DATE_CELL.search(fold_plain_in_place(cell.text)):
            printed = find_date(cell.text)
            if printed is not None and _is_date_line(cell.text, printed) and cell.text[0].isupper():
                spans["date"] = cell.passage.span(printed.start, printed.end)
                return printed.value
    return None


def _issuing(head: Sequence[Cell]) -> tuple[Passage, ...]:
    """Return the stretches in capitals that are neither motto nor number nor date: the issuing bodies, upper one first."""
    return _in_capitals(head) or _in_title_case(head)


def _in_title_case(head: Sequence[Cell]) -> tuple[Passage, ...]:
    """Return the first lines of a masthead that was retyped in small letters (*Ủy Ban Nhân Dân / Huyện Mù Cang Chải*)."""
    found: list[Passage] = []
    for cell in head[:6]:
        words = re.findall(r"[^\W\d_]+", cell.text)
        plain = fold_plain_in_place(cell.text)
        if _MOTTO.search(plain) or any(char.isdigit() for char in plain):
            break
        if len(words) > 1 and all(word[0].isupper() or word in {"và", "của"} for word in words):
            found.append(cell.passage)
    return tuple(found)


def _in_capitals(head: Sequence[Cell]) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for cell in head[:30]:
        plain = fold_plain_in_place(cell.text)
        if _NO_ISSUER.fullmatch(plain):
            continue
        at = 0
        for motto in [*_MOTTO.finditer(plain), None]:
            part = cell.passage.cut(at, motto.start() if motto else len(plain))
            at = motto.end() if motto else at
            letters = [char for char in part.text if char.isalpha()]
            capitals = len(letters) > 3 and sum(char.isupper() for char in letters) >= 0.85 * len(letters)
            if capitals and not re.match(r"\W*s[o06]\s*(?::|[.]?\s*\d)", fold_plain_in_place(part.text)):
                found.append(part)
    return tuple(found)
