"""What the file shows of its own losses: words that OCR damaged, annexes that are named but not there.

A phrase of the genre (``ontology/tables/genre_words.csv``) printed with other accents is damage, not another word; two years run
together (*20212025*) lost their hyphen. Nothing is mended: the reader of the finding sees the place and what was probably meant.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from loaders.text.blocks import Block, Node, Paragraph
from loaders.text.outline import walk
from loaders.text.passage import Passage
from loaders.text.wordlists import squeeze, whole_words
from ontology.folding import UPPER, bare_letters, fold, fold_plain
from ontology.records import Finding, Severity
from ontology.table_reading import TABLES, read_table

_YEARS = re.compile(r"(?:1(?<!\d1)9|2(?<!\d2)0)\d\d(?:19|20)\d\d(?!\d)")
_ANNEX_NAMED = re.compile(
    r"\([^()]{0,40}phụ lục(?:\s+(?:chi tiết|số|kèm theo))*\s*(?P<number>\d{1,2}|[ivx]{1,4})?[^()]{0,60}(?:kèm|đính)[^()]{0,30}\)"
)
_ANNEX_REFERRED = re.compile(
    r"(?<![^\W_])(?:tại|theo|ở|trong|xem)\s+(?:các\s+)?phụ lục\s+(?:(?:số\s+)?(?P<number>\d{1,2}|[ivx]{1,4})(?![^\W_])(?!\s*,?\s*(?:của|ban hành|kèm theo|nghị|thông tư|quyết định|luật|văn bản))"
    r"|(?P<attached>đính kèm|kèm theo)(?:\s+(?:kế hoạch|quyết định|chương trình|văn bản|công văn|chỉ thị)\s+này)?(?!\s+(?:nghị|thông tư|quyết định|kế hoạch|luật)))"
)
"""*theo Phụ lục 2*, *tại Phụ lục kèm theo Kế hoạch này*; the annex of another document is none of this one's."""


@dataclass(frozen=True, slots=True)
class GenreWords:
    """Phrases of the genre by their letters without accents, and a pattern that finds any of them."""

    right: dict[str, tuple[str, ...]]
    """By the letters without accents: the phrase, then other words of the same letters."""
    pattern: re.Pattern[str]
    written: frozenset[str]
    """All the phrases and words, as they are rightly written."""


def load_genre_words(folder: Path | None = None) -> GenreWords:
    """Read ``genre_words.csv``; raise ``RegistryError`` for a wrong row."""
    right: dict[str, list[str]] = {}
    for row in read_table((folder or TABLES) / "genre_words.csv", ("phrase", "also", "note")):
        for form in (row.text("phrase"), *row.forms("also")):
            right.setdefault(fold_plain(row["phrase"]), []).append(fold(form))
    written = frozenset(form for forms in right.values() for form in forms)
    return GenreWords(
        {key: tuple(forms) for key, forms in right.items()}, re.compile(_however_accented(whole_words(right))), written
    )


def _however_accented(pattern: str) -> str:
    """Return a pattern of bare letters as one of letters with any marks, so that it is looked for in the text itself."""
    return re.sub(r"(?<!\\)[adeiouy]", lambda letter: f"[{_MARKED[letter.group()]}]", pattern)


_MARKED = {
    bare: bare + "".join(sorted({char for char in UPPER[3:].lower() if bare_letters(char) == bare}))
    for bare in "adeiouy"
}
"""The letters that a bare one may stand for."""


def find_damage(blocks: Sequence[Block], known: GenreWords) -> Iterator[Finding]:
    """Yield a finding for each place where a phrase of the genre carries other accents, or two years run together."""
    for passage in _passages(blocks):
        for hit in known.pattern.finditer(fold(passage.text)):
            printed = squeeze(hit.group())
            if printed in known.written:
                continue
            plain = fold_plain(printed)
            right = known.right[plain]
            if printed != plain:
                yield _finding(passage, hit.start(), hit.end(), right[0])
        for hit in _YEARS.finditer(passage.text) if "20" in passage.text or "19" in passage.text else ():
            years = hit.group()
            yield _finding(passage, hit.start(), hit.end(), f"{years[:4]}-{years[4:]}")


def _passages(blocks: Sequence[Block]) -> Iterator[Passage]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.whole
        else:
            yield from (cell for row in block.rows for cell in row.cells if cell.text)


def _finding(passage: Passage, start: int, end: int, meant: str) -> Finding:
    printed = passage.text[start:end]
    return Finding(
        "damaged-text",
        Severity.INFO,
        f"“{printed}” có lẽ là “{meant}” (lỗi nhận dạng hoặc lỗi đánh máy).",
        passage.span(start, end),
        "Đối chiếu với bản gốc; chữ in trong tệp được giữ nguyên.",
        f"“{printed}” probably stands for “{meant}” (a slip of OCR or typing).",
        remedy_en="Compare with the original; the file’s own words are kept as they are.",
    )


def find_missing_annexes(root: Node) -> Iterator[Finding]:
    """Yield a finding for each annex that the text says is attached and that the file does not hold."""
    annexes = [node for node in walk(root) if node.kind == "annex"]
    held = {number.group() for node in annexes for number in [re.search(r"\d+|[ivx]+$", fold(node.label))] if number}
    for node in walk(root):
        if node.paragraph is None or node.cells:
            continue
        passage = node.paragraph.whole
        folded = fold(passage.text)
        if "phụ lục" not in folded:
            continue
        named = list(_ANNEX_NAMED.finditer(folded))
        referred = [
            hit
            for hit in _ANNEX_REFERRED.finditer(folded)
            if not any(other.start() < hit.end() and hit.start() < other.end() for other in named)
        ]
        for hit in sorted((*named, *referred), key=lambda hit: hit.start()):
            number = hit["number"]
            if (number in held) if number else annexes:
                continue
            what = f"Phụ lục {number}" if number else "Phụ lục"
            yield Finding(
                "annex-missing",
                Severity.INFO,
                f"{what} được nói là kèm theo nhưng không có trong tệp.",
                passage.span(hit.start(), hit.end()),
                "Tìm phụ lục và đọc cùng văn bản.",
                f"{f'Annex {number}' if number else 'An annex'} is said to be attached and is not in the file.",
                remedy_en="Look for the annex and read it with the document.",
            )
