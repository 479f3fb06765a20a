"""Where in a document a paragraph stands, as far as that decides what a citation in it means.

The head runs from the title to the first numbered section; a second head begins where an annexed text has its own title. Numbered
paragraphs that open with *Căn cứ* are still head.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from loaders.citations.citation_grammar import CitationGrammar
from loaders.names.agency_index import split_words
from loaders.text.blocks import Paragraph, Table
from loaders.text.labels import RANK, parse_label
from ontology.folding import fold_plain_in_place
from ontology.records import Relation


class Zone(Enum):
    """A part of the document."""

    HEAD = auto()
    PURPOSE = auto()
    ARTICLE_1 = auto()
    ANNEX_HEAD = auto()
    BASES = auto()
    BODY = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """The zone of a paragraph, the relation its opening words (or the list it is in) give, and whether it is a *kèm theo* caption."""

    zone: Zone
    frame: Relation | None
    caption: bool
    before_title: bool = False


_HEADING_STYLES = frozenset({"part", "chapter", "mục", "upper", "roman", "decimal1", "decimal2", "decimal3"})
_ITEM = re.compile(
    r"\W*(?:quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|ke hoach|ket luan|chuong trinh|cong van|thong bao|cong dien)\s+so\s*:?\s*\d"
)
"""A line that begins with a numbered document: where a clause of bases is open, it is one more."""
_MASTHEAD = re.compile(r"hanh\s*phuc|viet\s*nam\s*$|^\W*so\s*:")
_HEAD_ROWS = 24
"""Rows of a table in which a masthead is looked for: a law portal puts its own list of data before it."""
_BULLETS = frozenset({"dash", "plus", "star"})
_SOFT_OPENINGS = re.compile(r"^(?:căn|can|cãn)\s+c", re.IGNORECASE)


class ZoneReader:
    """Follows the zones of a document, paragraph by paragraph."""

    def __init__(self, grammar: CitationGrammar) -> None:
        self._words = grammar.words
        self._index = grammar.index
        self._type_names = frozenset(fold_plain_in_place(name) for name in grammar.types.values())
        self._zone = Zone.HEAD
        self._rank = 0
        self._list: tuple[Relation, str] | None = None
        self._bases_of_another = False
        self._title_next = False
        self._title_seen = False
        self._clause_open = False

    def meet_table(self, table: Table) -> None:
        """Note a table: what follows is no head any more, unless it is the masthead's own, or a new title says so."""
        self._list = None
        cells = [*table.header, *(cell for row in table.rows[:_HEAD_ROWS] for cell in row.cells)]
        if any(_MASTHEAD.search(fold_plain_in_place(cell.text)) for cell in cells):
            return
        if self._zone in {Zone.HEAD, Zone.ANNEX_HEAD}:
            self._zone = Zone.BODY

    def meet(self, paragraph: Paragraph) -> Place:
        """Return the place of the next paragraph."""
        text = paragraph.whole.text
        style = parse_label(text)[1]
        opening = self._words.opening_of(text)
        is_title, self._title_next = self._title_next, self._is_type_line(text)
        self._title_seen = self._title_seen or is_title
        if self._title_next:
            self._zone, self._list = Zone.HEAD, None
        elif style == "annex" and len(text) < 400:
            self._zone, self._list = Zone.ANNEX_HEAD, None
        elif style == "article":
            self._zone = Zone.ARTICLE_1 if re.match(r"\D+1\b", paragraph.label) else Zone.BODY
        elif style in _HEADING_STYLES and (
            self._words.is_heading(paragraph.passage.text) or not (opening and self._is_basis(text))
        ):
            self._meet_heading(paragraph, style)
        frame = None if is_title and not _SOFT_OPENINGS.match(text) else self._frame(paragraph, opening, style)
        if frame is None and self._clause_open and not opening and _ITEM.match(fold_plain_in_place(text)):
            frame = Relation.BASED_ON  # "Căn cứ Nghị định A …;" above, "Thông tư số B …;" below
        self._clause_open = frame is Relation.BASED_ON and text.rstrip().endswith(";")
        zone = Zone.BODY if self._zone is Zone.PURPOSE and self._is_duty(paragraph.passage.text) else self._zone
        return Place(zone, frame, self._is_caption(text), self._zone is Zone.HEAD and not self._title_seen)

    def _is_duty(self, text: str) -> bool:
        """Tell whether a paragraph among the purposes says what someone has to do (*Cấp ủy, chính quyền các cấp xây dựng …*)."""
        return bool(self._index.names.matches(split_words(text[:120]), 0))

    def _is_type_line(self, text: str) -> bool:
        """Tell whether a line is a type in capitals (*KẾ HOẠCH*): the title of the document, or of an attached text, follows."""
        return len(text) < 40 and text.isupper() and fold_plain_in_place(text).strip(" :*") in self._type_names

    def _is_caption(self, text: str) -> bool:
        return text.lstrip("* ").startswith("(") and self._words.is_caption(text)

    def _is_basis(self, text: str) -> bool:
        """Tell whether a numbered paragraph of the head is one of its bases (*1. Căn cứ Luật …*), not a section."""
        return self._zone is Zone.HEAD and bool(_SOFT_OPENINGS.match(re.sub(r"^\W*(?:\w{1,3}[.)]\s*)?", "", text)))

    def _meet_heading(self, paragraph: Paragraph, style: str) -> None:
        title, rank = paragraph.passage.text, RANK[style]
        if self._words.is_heading(title):
            self._zone, self._rank = Zone.BASES, rank
        elif self._words.is_purpose(title) and (self._zone is not Zone.PURPOSE or rank <= self._rank):
            self._zone, self._rank = Zone.PURPOSE, rank
        elif self._zone not in {Zone.PURPOSE, Zone.BASES} or rank <= self._rank:
            self._zone = Zone.BODY
        self._list = None

    def _frame(self, paragraph: Paragraph, opening: tuple[str, Relation] | None, style: str) -> Relation | None:
        text = paragraph.whole.text
        if re.search(r"có căn cứ ban hành như sau", text, re.IGNORECASE):
            self._bases_of_another = True  # a consolidated text: the bases of the amending document follow
            return None
        if self._bases_of_another and opening is not None:
            return None
        self._bases_of_another = False
        if self._zone is Zone.BASES:
            return Relation.BASED_ON if not self._words.is_heading(paragraph.passage.text) else None
        if self._zone is not Zone.HEAD:
            return self._frame_of_list(text, style)
        if opening is not None and not (self._list and style in _BULLETS):
            words, relation = opening
            if relation is Relation.BASED_ON and not self._begins_with_citation(text, words):
                self._list = None
                return None
            self._list = (relation, style) if text.rstrip().endswith(":") else None
            return relation
        if self._list and style in _BULLETS:
            return self._list[0]
        self._list = None
        return None

    def _frame_of_list(self, text: str, style: str) -> Relation | None:
        """Return what the lead-in line above says of a list: *Các Quyết định sau hết hiệu lực:* makes its items repealed."""
        if text.rstrip().endswith(":"):
            relation = self._words.relation_of_list(text)
            self._list = (relation, style) if relation else None
            return relation
        if self._list and style and style != self._list[1]:
            return self._list[0]
        self._list = None
        return None

    def _begins_with_citation(self, text: str, words: str) -> bool:
        """Tell whether *Thực hiện*, *Triển khai* are followed by a document and not by a task."""
        if words.endswith(("cứ", "cư")) or text.rstrip().endswith(":"):
            return True
        if not text.rstrip(" *").endswith((";", ",", ".", ":", "/")):
            return False  # a title: "Triển khai thực hiện Quyết định số …"
        rest = fold_plain_in_place(text)[len(words) : 160 + len(words)]
        return bool(
            re.search(
                r"\b(?:quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|ke hoach|ket luan|chuong trinh|cong van|van ban|thong bao|luat|cong dien|de an)\s+(?:so|\d)",
                rest[:70],
            )
        )
