"""The words for components: *Dự án 1*, *Tiểu dự án 4* (OCR: *Tiêu dự án*, *Tiêu dự 2*), *Hoạt động 2*, *Nội dung thành phần số 3*.

A code is a path: ``DA1``, ``DA1.TDA4``, ``DA5.HD1``. The words are rows of ``ontology/tables/component_words.csv``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from loaders.text.wordlists import WordList, load_words, squeeze
from ontology.folding import fold, fold_words
from ontology.registry import NationalComponent

KINDS = ("project", "subproject", "activity")
"""From the highest to the lowest."""

KIND_NAMES = {"DA": "Dự án", "NDTP": "Nội dung thành phần", "TDA": "Tiểu dự án", "HD": "Hoạt động"}


@cache
def component_words() -> WordList:
    """Return ``ontology/tables/component_words.csv``."""
    return load_words("component_words", KINDS)


def _kind_of(printed: str) -> tuple[str, str]:
    """Return the kind and the code's prefix of printed words (*Tiêu dự án* → ``subproject``, ``TDA``)."""
    folded = squeeze(fold(printed))
    return next((row.kind, row.value) for row in component_words().rows if row.words == folded)


@dataclass(frozen=True, slots=True)
class ComponentHeading:
    """A heading that opens a component; ``number`` is ``None`` for an activity without one.

    ``start`` is where it begins in the text (behind a label that stands in the same cell), ``title`` its title as printed.
    """

    kind: str
    prefix: str
    number: int | None
    title: str
    start: int
    end: int


@cache
def _heading() -> re.Pattern[str]:
    any_kind = component_words().pattern(*KINDS)
    return re.compile(
        rf"\s*(?:[ivx]{{1,5}}[.)]?\s+|\d{{1,2}}(?:\.\d{{1,2}})*[.)]?\s+|[a-zđ]\)\s*)?"
        rf"(?P<all>(?P<kind>{any_kind})\s+(?P<number>\d{{1,2}}|[ivxl]{{1,4}}(?=\s*[:.–-]))\s*(?P<mark>[:.–-]|\(|$)\s*)"
    )


def parse_heading(text: str) -> ComponentHeading | None:
    """Read the heading of a numbered component, ``None`` if ``text`` is none.

    >>> parse_heading("IV Dự án 4: Truyền thông và giảm nghèo về thông tin").title
    'Truyền thông và giảm nghèo về thông tin'
    >>> parse_heading("Tiêu dự án 4: Hỗ trợ lao động").prefix
    'TDA'
    >>> parse_heading("Tiểu dự án l: Đầu tư cơ sở hạ tầng").number
    1
    >>> parse_heading("Dự án 2 do Ban Dân tộc chủ trì") is None
    True
    """
    folded = fold(text)
    found = _heading().match(folded)
    if found is None:
        return None
    if _heading().match(folded, found.end()) is not None and found["mark"] in {"-", "–"}:
        return None  # "Tiểu dự án 1 - Dự án 3: Hướng dẫn …" speaks of one
    kind, prefix = _kind_of(found["kind"])
    end = len(text.rstrip(" \t\n:."))
    title = text[found.end() : end]
    if found["mark"] == "(":
        title = title.rstrip(")")
    number = int(found["number"]) if found["number"].isdigit() else _roman(found["number"])
    return ComponentHeading(kind, prefix, number, squeeze(title), found.start("all"), end)


def _roman(text: str) -> int:
    values = [{"i": 1, "l": 1, "v": 5, "x": 10}[char] for char in text]  # OCR: "Tiểu dự án l"
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def parse_activity(text: str) -> ComponentHeading | None:
    """Read the heading of an activity without a number (*Hoạt động nâng cao năng lực*); its title keeps the word."""
    if len(text) > 200 or text.rstrip().endswith((".", ";")) or fold_words(text)[:2] != ["hoạt", "động"]:
        return None
    title = text.strip().rstrip(": ")
    if len(fold_words(title)) < 4:
        return None
    start = len(text) - len(text.lstrip())
    return ComponentHeading("activity", "HD", None, squeeze(title), start, start + len(title))


# --- titles --------------------------------------------------------------------------------------------------------


def title_similarity(title: str, component: NationalComponent, least: float = 0.0) -> float:
    """Return how alike a title and a national component's title (or another of its names) are, from 0 to 1.

    What is below ``least`` may be returned as 0.
    """
    return compare_titles(
        plain_title(title), [plain_title(name) for name in (component.title, *component.names)], least
    )


class PlainTitle(NamedTuple):
    """A title as it is compared: folded words in order, and as a set."""

    text: str
    words: frozenset[str]


def compare_titles(own: PlainTitle, names: Sequence[PlainTitle], least: float = 0.0) -> float:
    """Return how alike a title and the most alike of several names are; below ``least`` it may be 0.

    Titles that have not one word in five in common are not alike, whatever OCR did to the others.
    """
    if least > _LOW:
        mine = own.words
        names = [name for name in names if 5 * len(mine & name.words) >= min(len(mine), len(name.words))]
    return max((_similarity(own.text, name.text, least) for name in names), default=0.0)


@lru_cache(maxsize=4096)
def plain_title(title: str) -> PlainTitle:
    """Return a title as it is compared, without the component's number before it."""
    found = _heading().match(fold(title))
    words = fold_words(title[found.end() :] if found else title)
    return PlainTitle(" ".join(words), frozenset(words))


_LOW = 0.41


def _similarity(one: str, other: str, least: float = 0.0) -> float:
    if not one or not other:
        return 0.0
    own = fuzz.token_sort_ratio(one, other, score_cutoff=(100 * least - 40) / 0.6 if least > _LOW else 0.0)
    if least > _LOW and not own:
        return 0.0  # however alike the sets of words are
    return (0.6 * own + 0.4 * fuzz.token_set_ratio(one, other)) / 100


def best_national(title: str, candidates: Iterable[NationalComponent]) -> tuple[NationalComponent | None, float]:
    """Return the national component whose title is most alike, with the similarity; the first of equals."""
    best: NationalComponent | None = None
    score = 0.0
    for candidate in candidates:
        if (value := title_similarity(title, candidate)) > score:
            best, score = candidate, value
    return best, score


# --- mentions in running text --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ComponentMention:
    """A mention of components at ``text[start:end]``; ``rule`` says how the code was found."""

    start: int
    end: int
    code: str
    rule: str


@cache
def _mention() -> re.Pattern[str]:
    any_kind = component_words().pattern(*KINDS)
    more = r"(?:\s*(?:,|và|;)\s*[1-9]\d?(?=\s*(?:[,;.):]|$|và\s+\d|thuộc|của)))*"
    return re.compile(rf"\b(?P<kind>{any_kind})\s*(?P<numbers>\d{{1,2}}{more})(?![\d/%]|[.,]\d|\s*%)\b")


_DIGIT = re.compile(r"\d")
_LISTED = re.compile(r"\s*(?:,|và|;)\s*")


def component_mentions(
    text: str, *, within: str | None = None, national: Sequence[NationalComponent] = ()
) -> tuple[str, ...]:
    """Return the codes of :func:`find_component_mentions`, each once.

    >>> component_mentions("Chủ trì thực hiện Dự án 1 và Dự án 5"), component_mentions("Tiểu dự án 2 thuộc Dự án 4")
    (('DA1', 'DA5'), ('DA4.TDA2',))
    """
    return tuple(dict.fromkeys(one.code for one in find_component_mentions(text, within=within, national=national)))


def find_component_mentions(
    text: str, *, within: str | None = None, national: Sequence[NationalComponent] = ()
) -> list[ComponentMention]:
    """Return the components that running text names by number, in order, one entry for each number.

    A bare *Tiểu dự án 4* is that of the *Dự án* named right beside it, else of the component ``within`` which the text stands,
    else the national one with that number whose title follows, else the only one with that number; else it is left out.
    """
    if _DIGIT.search(text) is None:
        return []
    folded = fold(text)
    found = [
        m for m in _mention().finditer(folded) if m["kind"] not in {"da", "tda"} or text[m.start() : m.end()].isupper()
    ]
    owners = _owners(folded, found)
    mentions: list[ComponentMention] = []
    for i, match in enumerate(found):
        kind, prefix = _kind_of(match["kind"])
        for number in re.findall(r"\d+", match["numbers"]):
            tail = f"{prefix}{int(number)}"
            if kind == "project":
                if i not in owners.values():
                    mentions.append(ComponentMention(*match.span(), tail, "stated"))
            elif i in owners:
                project = found[owners[i]]
                of = int(re.findall(r"\d+", project["numbers"])[0])
                low, high = min(match.start(), project.start()), max(match.end(), project.end())
                mentions.append(ComponentMention(low, high, f"{_kind_of(project['kind'])[1]}{of}.{tail}", "stated"))
            elif (resolved := _resolve(text, match, tail, within, national)) is not None:
                mentions.append(resolved)
    return mentions


_OF = re.compile(r"\s*(?:,?\s*(?:thuộc|của)|)\s*")
_DASH = re.compile(r"\s*[-–:(]?\s*")
_COMMA = re.compile(r"\s*[,;]?\s*[-–(]?\s*")


def _owners(folded: str, found: Sequence[re.Match[str]]) -> dict[int, int]:
    """Return which *Dự án* each *Tiểu dự án* belongs to, by their places in ``found``.

    *Tiểu dự án 2 thuộc Dự án 4* binds closest, then *Dự án 3 - Tiểu dự án 1*, then a mere comma; a list shares the owner of its neighbour.
    """
    is_project = [_kind_of(match["kind"])[0] == "project" for match in found]
    owners: dict[int, int] = {}
    for gap, step in ((_OF, 1), (_DASH, -1), (_COMMA, 1), (_COMMA, -1)):
        for i in range(len(found)):
            j = i + step
            if is_project[i] or i in owners or not 0 <= j < len(found) or not is_project[j] or j in owners.values():
                continue
            first, last = sorted((found[i], found[j]), key=lambda match: match.start())
            if gap.fullmatch(folded, first.end(), last.start()):
                owners[i] = j
    for indices, step in ((range(len(found) - 2, -1, -1), 1), (range(1, len(found)), -1)):
        for i in indices:
            first, last = sorted((found[i], found[i + step]), key=lambda match: match.start())
            listed = _LISTED.fullmatch(folded, first.end(), last.start())
            if listed and not is_project[i] and i not in owners and i + step in owners:
                owners[i] = owners[i + step]
    return owners


def _resolve(
    text: str, match: re.Match[str], tail: str, within: str | None, national: Sequence[NationalComponent]
) -> ComponentMention | None:
    """Return the component that a bare *Tiểu dự án 4* means: by its section, by the title behind it, or as the only one."""
    same = [one for one in national if one.code.split(".")[-1] == tail]
    here = None
    if within is not None and not within.split(".")[0].startswith(tail.rstrip("0123456789")):
        here = ComponentMention(*match.span(), f"{within.split('.')[0]}.{tail}", "section")
        if not same or any(one.code == here.code for one in same):
            return here
    behind = re.match(r"\s*[(:–-]\s*(?P<title>[^();]{8,220})", text[match.end() :])
    if behind is not None:
        best, score = best_national(behind["title"], same)
        if best is not None and score >= 0.5:
            return ComponentMention(*match.span(), best.code, "title")
    if here is None and len(same) == 1:
        return ComponentMention(*match.span(), same[0].code, "only")
    return here


@cache
def _first_words() -> tuple[str, ...]:
    return tuple(sorted({row.words.split()[0] for row in component_words().rows}))


@cache
def _again() -> re.Pattern[str]:
    sub = component_words().pattern("subproject")
    any_kind = component_words().pattern(*KINDS)
    plural = r"(?<!các\s)(?<!từng\s)(?<!mỗi\s)(?<!,\s)(?<!và\s)(?<!hoặc\s)(?<!một\s)"
    return re.compile(
        rf"(?<![^\W_]){plural}{sub}(?![^\W_])(?!\s*(?:\d|,|thành\s+phần|thuộc|hoặc|và\b))|(?<![^\W_]){any_kind}\s+(?:này|trên|nêu\s+trên)\b"
    )


def refers_back(text: str) -> bool:
    """Tell whether a text speaks of a component that was named just before (*kết quả thực hiện Tiểu dự án*, *Dự án này*).

    >>> refers_back("tổng hợp báo cáo kết quả thực hiện tiêu Dự án theo định kỳ"), refers_back("chủ trì Dự án, tiểu dự án")
    (True, False)
    """
    folded = fold(text)
    return any(map(folded.__contains__, _first_words())) and _again().search(folded) is not None
