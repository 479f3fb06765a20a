"""The title of a document (*trích yếu*): what stands between the type and the body, line breaks removed, capitals kept as printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.citations.citation_grammar import CitationGrammar
from loaders.heads.masthead import Masthead
from loaders.names.issuers import find_issuer
from loaders.text.blocks import Block, Paragraph
from loaders.text.labels import parse_label
from loaders.text.passage import Passage, join_passages
from ontology.folding import fold_plain_in_place
from ontology.records import Span

_MOST_PARAGRAPHS = 6
_CONNECTORS = re.compile(
    r"(?:[,\-–]|\b(?:về|của|và|các|trong|theo|tại|cho|với|việc|số|ngày|năm|giai đoạn|tỉnh|huyện|thành phố))$",
    re.IGNORECASE,
)
_SUBJECT_LINE = re.compile(r"^\W*v\s*/\s*v\W+|^\W*ve\s+viec\s", re.IGNORECASE)
_STOP = re.compile(
    r"^\W*(?:kinh\s+gui|noi\s+nhan|can\s+cu\b|xet\s|theo\s+de\s+nghi|quyet\s+(?:dinh|nghi)\s*:?\W*$|ha\s+noi,|so\s*:|phan\s+thu|bo\s+truong\s+bo\s|chu\s+tich\s+uy\s)"
)
_DATE_LINE = re.compile(r"^[^,]{0,40},\s*ngay\b")
_RULE = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class Title:
    """The title, where it stands, and the paragraph in capitals behind it that names the issuing authority."""

    text: str | None
    span: Span | None
    authority: Passage | None


def find_title(blocks: Sequence[Block], masthead: Masthead, grammar: CitationGrammar) -> Title:
    """Return the title behind the type line; of an official letter, its subject line (*V/v …*)."""
    paragraphs = [block for block in blocks if isinstance(block, Paragraph) and not _RULE.fullmatch(block.whole.text)]
    start = _title_start(paragraphs, masthead)
    if start is None:
        subject = _subject_line(paragraphs)
        start = _behind_head(paragraphs, masthead) if subject.text is None else None
        if start is None:
            return subject
    at, first = start
    parts: list[Passage] = [first] if first.text else []
    authority: Passage | None = None
    for paragraph in paragraphs[at + 1 : at + 1 + _MOST_PARAGRAPHS]:
        text = paragraph.whole.text
        if _is_authority(text, grammar):
            authority = paragraph.whole
            break
        if _ends_title(paragraph, parts):
            break
        parts.append(paragraph.whole)
    if not parts:
        return Title(None, None, authority)
    whole = join_passages(parts)
    if authority is None and (cut := _authority_at_end(whole, grammar)) is not None:
        whole, authority = whole.cut(0, cut), whole.cut(cut)
    if not whole.text.strip(" *_"):
        return Title(None, None, authority)
    stretches = whole.spans()
    return Title(
        whole.text.strip(" *_"),
        Span(stretches[0].start, stretches[-1].end),
        authority or _authority_inside(whole, grammar),
    )


def _authority_at_end(title: Passage, grammar: CitationGrammar) -> int | None:
    """Return where the authority begins that stands below a title in capitals without an empty line between."""
    if not title.text.isupper():
        return None
    for piece in title.pieces:
        if piece.length != piece.width or piece.length == 1:  # a line break read as a blank
            at = piece.at + piece.length
            if at < len(title.text) and _is_authority(title.text[at:], grammar):
                return at
    return None


def _authority_inside(title: Passage, grammar: CitationGrammar) -> Passage | None:
    """Return the authority that begins a Party title: *CHỈ THỊ / CỦA BAN BÍ THƯ / về …*."""
    of = re.match(r"(?:của|CỦA)\s+", title.text)
    issuer = find_issuer(title.text, of.end(), grammar.index, grammar.words) if of else None
    return title.cut(issuer.start, issuer.end) if issuer is not None and issuer.targets else None


def _title_start(paragraphs: Sequence[Paragraph], masthead: Masthead) -> tuple[int, Passage] | None:
    """Return the paragraph of the type line, and what stands behind the type in it."""
    place = masthead.spans.get("type")
    if place is None:
        return None
    for i, paragraph in enumerate(paragraphs):
        span = paragraph.whole.span()
        if span.start <= place.start < max(span.end, span.start + 1):
            return i, paragraph.whole.cut(_behind_type(paragraph.whole.text, masthead.type or ""))
    return None


def _behind_type(text: str, type_: str) -> int:
    """Return where the type ends that a line begins with; its letters may be drawn apart (*K Ế H O Ạ C H*)."""
    left = sum(char.isalnum() for char in type_)
    for at, char in enumerate(text):
        if left == 0:
            return at
        left -= char.isalnum()
    return len(text)


def _behind_head(paragraphs: Sequence[Paragraph], masthead: Masthead) -> tuple[int, Passage] | None:
    """Return the paragraph that ends the head where the type line is lost: the one that holds number or date, the later of them."""
    ends = [masthead.spans[field].start for field in ("number", "date") if field in masthead.spans]
    if not ends:
        return None
    at = [i for i, paragraph in enumerate(paragraphs) if paragraph.whole.spans()[0].start <= max(ends)]
    return at[-1] if at else -1, Passage("", ())  # the whole head may stand in a table


def _is_authority(text: str, grammar: CitationGrammar) -> bool:
    """Tell whether a paragraph in capitals is the issuing authority (*BỘ TRƯỞNG BỘ Y TẾ*, *CHÍNH PHỦ*), nothing else."""
    letters = [char for char in text if char.isalpha()]
    if not letters or not all(char.isupper() for char in letters) or len(text) > 160:
        return False
    start = len(text) - len(text.lstrip(" *"))
    issuer = find_issuer(text, start, grammar.index, grammar.words)
    return issuer is not None and bool(issuer.targets) and len(text) - issuer.end < 40


def _ends_title(paragraph: Paragraph, parts: Sequence[Passage]) -> bool:
    text = paragraph.whole.text
    plain = fold_plain_in_place(text)
    label, style, _ = parse_label(text)
    if (
        _STOP.match(plain)
        or _DATE_LINE.match(plain)
        or text.lstrip("* ").startswith("(")
        or (label and style not in {"dash", "plus"})
    ):
        return True
    if not parts:
        return len(text) > 700
    above = parts[-1].text
    if text.isupper() and above.isupper():
        return False
    goes_on = text[:1].islower() or _CONNECTORS.search(above) is not None
    return not goes_on or above.endswith((".", ";", ":"))


def _subject_line(paragraphs: Sequence[Paragraph]) -> Title:
    for i, paragraph in enumerate(paragraphs[:25]):
        plain = fold_plain_in_place(paragraph.whole.text)
        if (found := _SUBJECT_LINE.match(plain)) is not None and len(plain) < 500:
            passage = paragraph.whole.cut(found.end() if "/" in found.group() else 0)
            for above, below in pairwise(paragraphs[i : i + 3]):
                text = below.whole.text
                stops = (
                    text.isupper()
                    or _STOP.match(fold_plain_in_place(text))
                    or _DATE_LINE.match(fold_plain_in_place(text))
                    or (text[:1].isupper() and below.first_line - above.first_line > 2)
                )
                if stops or below.label or passage.text.endswith((".", ":", ";")):
                    break
                passage = join_passages([passage, below.whole], "" if passage.text.endswith(("/", "-")) else " ")
            if passage.text.strip(" *_"):
                return Title(passage.text.strip(" *_"), passage.span(), None)
    return Title(None, None, None)
