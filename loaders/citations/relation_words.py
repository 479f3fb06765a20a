"""Which words make a relation: the rows of ``ontology/tables/relation_words.csv`` as questions one can ask of a text.

*Căn cứ* opens a basis, *triển khai thực hiện* before a mention makes it what is implemented, *được sửa đổi, bổ sung bởi* between two
mentions lets the second act on the first. Commas do not matter: *sửa đổi, bổ sung* and *sửa đổi bổ sung* are one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from loaders.text.wordlists import any_of, load_words
from ontology.folding import fold
from ontology.records import Relation

KINDS = (
    *("opening", "proposal", "heading", "purpose", "before", "filler"),
    *("after", "passive", "caption", "completed", "subject", "ending", "generic", "uncited", "intent"),
)
_SIGNS = re.compile(r"[^\w/]+")
_LABEL = re.compile(r"^(?:[\s\-–+*•(“\"]|(?:[IVX]{1,5}|\d{1,2}|[a-zđ])[.)]\s)+")
_FIRST = re.compile(rf"(?:{_LABEL.pattern})?[^\w/]*([\w/]+)")
_WINDOW = 110
_ACTS = frozenset({Relation.REPEALS, Relation.REPLACES, Relation.AMENDS})


def flatten(text: str) -> str:
    """Return ``text`` folded, with every sign but the slash read as one blank."""
    return _SIGNS.sub(" ", fold(text)).strip()


@dataclass(frozen=True, slots=True)
class RelationWords:
    """The rows, compiled."""

    openings: tuple[tuple[str, Relation], ...]
    opening_words: tuple[str, ...]
    """Their words, each with the blank behind it."""
    opening_firsts: frozenset[str]
    headings: frozenset[str]
    purposes: frozenset[str]
    proposals: frozenset[str]
    before: tuple[tuple[str, Relation], ...]
    tail: re.Pattern[str]
    after: tuple[tuple[str, Relation], ...]
    passives: tuple[tuple[str, Relation], ...]
    captions: tuple[str, ...]
    completed: tuple[str, ...]
    subject: re.Pattern[str]
    dropped: frozenset[str]
    """Words that begin a subject and do not belong to it (*về việc*)."""
    ending: re.Pattern[str]
    generic: Mapping[str, str]
    """Words for a document of any type (*văn bản*) → the type where its symbol tells none."""
    intent: re.Pattern[str]
    """Words that make an act only wished for (*đề xuất sửa đổi Nghị định …*)."""
    uncited: frozenset[str]
    """Types that are numbered but never cited (*hợp đồng*)."""

    def opening_of(self, text: str) -> tuple[str, Relation] | None:
        """Return the words that open a paragraph, and the relation they give; ``None`` for other paragraphs.

        >>> load_relation_words().opening_of("- Căn cứ Nghị định số 14/2017/NĐ-CP")
        ('căn cứ', <Relation.BASED_ON: 'based_on'>)
        """
        first = _FIRST.match(text)
        if first is None or fold(first[1]) not in self.opening_firsts:
            return None
        flat = flatten(_LABEL.sub("", text[:80])) + " "
        if not flat.startswith(self.opening_words):
            return None
        return next(((words, relation) for words, relation in self.openings if flat.startswith(words + " ")), None)

    def is_heading(self, text: str) -> bool:
        """Tell whether a heading's title says that its section lists the bases (*I. CĂN CỨ PHÁP LÝ*)."""
        return len(text) < 80 and flatten(_LABEL.sub("", text)) in self.headings

    def is_purpose(self, text: str) -> bool:
        """Tell whether a heading's title says that its section is about the purpose (*1. Mục đích*)."""
        return len(text) < 60 and flatten(_LABEL.sub("", text)) in self.purposes

    def is_caption(self, text: str) -> bool:
        """Tell whether a paragraph is a note that ties the text to its instrument: *(Kèm theo Quyết định số …)*."""
        flat = flatten(text[:60])
        return any(flat.startswith(words) for words in self.captions)

    def is_completed(self, text: str) -> bool:
        """Tell whether a cell says that its task is done."""
        folded = fold(text)
        if not any(words.partition(" ")[0] in folded for words in self.completed):
            return False
        flat = " " + flatten(text) + " "
        return any(f" {words} " in flat for words in self.completed)

    def relation_before(self, text: str) -> Relation | None:
        """Return the relation that the last words of ``text`` give to a mention right behind them.

        Only words that may stand between the two are skipped: *giao tại* is not *thực hiện*.

        >>> known = load_relation_words()
        >>> known.relation_before("Kế hoạch triển khai thực hiện các nội dung của"), known.relation_before("được giao tại")
        (<Relation.ENSURES_IMPLEMENTATION_OF: 'ensures_implementation_of'>, None)
        >>> known.relation_before("Quyết định này sửa đổi"), known.relation_before("nghiên cứu, đề xuất sửa đổi")
        (<Relation.AMENDS: 'amends'>, None)
        """
        clause = re.split(r"[;.](?=\s|$)|[(]", text[-_WINDOW:])[-1]
        flat = self.tail.sub("", flatten(clause))
        found = next((relation for words, relation in self.before if flat == words or flat.endswith(" " + words)), None)
        return None if found in _ACTS and self.intent.search(flat) else found

    def relation_of_list(self, text: str) -> Relation | None:
        """Return what a lead-in line says of the documents listed below it: *Bãi bỏ các Quyết định sau:*."""
        flat = f" {flatten(text)} "
        acts = _ACTS - {Relation.AMENDS}
        return next((rel for words, rel in (*self.after, *self.before) if rel in acts and f" {words} " in flat), None)

    def relation_after(self, text: str) -> Relation | None:
        """Return the relation that the words right behind a mention give to it (*hết hiệu lực*)."""
        flat = flatten(text[:40]) + " "
        return next((relation for words, relation in self.after if flat.startswith(words + " ")), None)

    def relation_passive(self, between: str) -> Relation | None:
        """Return what the second of two mentions does to the first, by the words between them."""
        flat = flatten(between)
        return next((relation for words, relation in self.passives if flat.endswith(words)), None)


@cache
def load_relation_words() -> RelationWords:
    """Read the table; a wrong row raises :class:`ontology.errors.RegistryError`."""
    known = load_words("relation_words", KINDS)

    def pairs(kind: str) -> tuple[tuple[str, Relation], ...]:
        rows = [(flatten(row.words), Relation(row.value)) for row in known.of(kind)]
        return tuple(sorted(rows, key=lambda item: (-len(item[0]), item[0])))

    def flat(kind: str) -> tuple[str, ...]:
        return tuple(flatten(row.words) for row in known.of(kind))

    fillers = any_of(row.words for row in known.of("filler"))
    return RelationWords(
        openings=pairs("opening"),
        opening_words=tuple(f"{words} " for words in flat("opening")),
        opening_firsts=frozenset(words.split()[0] for words in flat("opening")),
        headings=frozenset(flat("heading")),
        purposes=frozenset(flat("purpose")),
        proposals=frozenset(flat("proposal")),
        before=pairs("before"),
        tail=re.compile(rf"(?:(?:^|\s)(?:{fillers}|\d{{1,3}}[a-zđ]?|[a-zđ]))*\s*$"),
        after=pairs("after"),
        passives=pairs("passive"),
        captions=flat("caption"),
        completed=flat("completed"),
        subject=re.compile(rf"{known.pattern('subject')}(?!\w)"),
        dropped=frozenset(row.words for row in known.of("subject") if row.value == "drop"),
        ending=re.compile(rf"{known.pattern('ending')}(?!\w)"),
        generic=known.values("generic"),
        intent=re.compile(rf"(?<!\w){known.pattern('intent')}(?!\w)"),
        uncited=frozenset(row.words for row in known.of("uncited")),
    )
