"""Which programmes a document is about, and for which periods: from its title, else from its bases, else from its body."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from loaders.names.agency_index import Named, NameTree, split_words
from ontology.folding import UPPER, fold
from ontology.registry import Registry

_YEAR = r"20[0-4]\d|199\d"
_PERIOD = re.compile(rf"(?<!\d)(?P<a>{_YEAR})\s*[-–—−]\s*(?P<b>{_YEAR})(?!\d)")
_AFTER_WORD = re.compile(
    rf"(?:giai\s+đoạn|thời\s+kỳ|nhiệm\s+kỳ)\s+(?P<a>{_YEAR})\s*(?:[-–—−]|đến\s+(?:năm\s+)?)?\s*(?P<b>{_YEAR})(?!\d)",
    re.IGNORECASE,
)
_MEDIUM_TERM = 4
"""Last year less first year of a medium-term plan: programmes run in phases of five years."""


def build_programme_tree(registry: Registry) -> NameTree:
    """Prepare the programmes' names, short forms put in, for finding."""
    return NameTree(
        (spelling, Named("programme", programme.id, programme.name))
        for programme in registry.programmes.values()
        for name in (programme.name, *programme.names)
        for spelling in registry.speller.spellings(name)
    )


def find_programmes(texts: Iterable[str], registry: Registry, tree: NameTree) -> tuple[str, ...]:
    """Return the names of the programmes that ``texts`` are about, in order: not those named less than half as often as another."""
    found: Counter[str] = Counter()
    for text in texts:
        if not any(map(fold(text).__contains__, tree.firsts)):
            continue
        words = split_words(text)
        behind = 0
        for at in [at for at, word in enumerate(words) if word.key in tree.firsts]:
            if at >= behind and (matches := tree.matches(words, at)):
                found[registry.programmes[matches[0].targets[0].id].name] += 1
                behind = matches[0].end
    most = max(found.values(), default=0)
    return tuple(name for name, count in found.items() if 2 * count >= most)


_NAMED = re.compile(
    r"Chương\s+trình\s+(?P<name>(?!(?:hành\s+động|phối\s+hợp|công\s+tác|làm\s+việc|hội\s+nghị|số)\b)[^;.:()“”]{6,160}?)"
    r"(?=,?\s+(?:giai\s+đoạn|thời\s+kỳ|(?:đến\s+)?năm\s+\d|định\s+hướng|tầm\s+nhìn|trên\s+địa\s+bàn|tỉnh|thành\s+phố|huyện|thị\s+xã|quận)\b"
    rf"|,?\s+(?:của|do|tại|theo)\s+(?-i:[{UPPER}]+[^\W\d_{UPPER}]|UBND|HĐND)|\s*(?:[;.:()“”]|$))",
    re.IGNORECASE,
)


def find_named_programmes(title: str) -> tuple[str, ...]:
    """Return the programmes that a title names and the registry does not have, in small letters behind the word.

    >>> find_named_programmes("Ban hành Kế hoạch triển khai Chương trình sức khỏe học đường giai đoạn 2023-2026 của Bộ Y tế")
    ('Chương trình sức khỏe học đường',)
    >>> find_named_programmes("Thực hiện Chương trình hành động số 05-CTr/TU của Tỉnh ủy")
    ()
    """
    found: dict[str, None] = {}
    for named in _NAMED.finditer(title):
        name = " ".join(named["name"].split())
        if " " in name:
            found.setdefault(f"Chương trình {name.lower() if name.isupper() else name}")
    return tuple(found)


def find_periods(texts: Sequence[str], *, bare: bool = False, medium_term: bool = False) -> tuple[str, ...]:
    """Return the periods that ``texts`` name (*giai đoạn 2016 - 2020*), in order, each once.

    ``bare`` also takes years without the word; ``medium_term`` only periods of five years.

    >>> find_periods(["giai đoạn 2021 - 2025 và giai đoạn 2021-2030", "giai đoạn 20212025"], medium_term=True)
    ('2021-2025',)
    """
    found: dict[str, None] = {}
    for text in texts:
        if "20" not in text and "199" not in text:
            continue
        for match in (_PERIOD if bare else _AFTER_WORD).finditer(text):
            first, last = int(match["a"]), int(match["b"])
            if first < last and (not medium_term or last - first == _MEDIUM_TERM):
                found.setdefault(f"{first}-{last}")
    return tuple(found)
