"""Annexes that are said to be attached and are not there, and numbers of annexes that nobody mentions."""

import re
from collections.abc import Iterator

from loaders.explaining.ground import Ground
from loaders.review.draft_remark import Remark, make_remark
from loaders.text.labels import ordinal
from loaders.text.outline import walk
from ontology.records import Record, Span

ANNEX_MISSING = "annex-missing"
"""The reader's finding; a draft shows all of them as one."""
_NO_NUMBER = "một phụ lục không ghi số"
_NAMED = re.compile(
    r"\([^()]{0,40}phụ lục(?:\s+(?:chi tiết|số|kèm theo))*\s*(?P<number>\d{1,2})?[^()]{0,60}(?:kèm|đính)[^()]{0,30}\)",
    re.IGNORECASE,
)


def check_annexes(record: Record, ground: Ground) -> Iterator[Remark]:
    """Yield one remark for all annexes that are missing, and one for the numbers left out between those mentioned."""
    missing = [finding for finding in record.findings if finding.code == ANNEX_MISSING and finding.span is not None]
    spans = [finding.span for finding in missing if finding.span is not None]
    if missing:
        names = ", ".join(dict.fromkeys(_number(ground.text[span.start : span.end]) for span in spans))
        yield make_remark(
            ANNEX_MISSING,
            f"Văn bản nói có phụ lục kèm theo nhưng tệp không có: {names}.",
            f"The text says that annexes are attached; the file does not hold them: {names.replace(_NO_NUMBER, 'one without number')}.",
            spans,
        )
    yield from _gaps(ground)


def _number(quote: str) -> str:
    found = re.search(r"(?i:phụ lục)\D{0,20}?(\d{1,2}|\b[IVX]{1,4}\b)", quote)
    return found[1] if found else _NO_NUMBER


def _gaps(ground: Ground) -> Iterator[Remark]:
    """Annexes 1, 3 and 4 are mentioned or attached: where is 2?"""
    places: dict[int, Span] = {}
    for found in _NAMED.finditer(ground.text):
        if found["number"]:
            places.setdefault(int(found["number"]), Span(*found.span()))
    for node in walk(ground.root):
        if node.kind == "annex" and node.paragraph is not None and (number := ordinal(node.label)) is not None:
            places.setdefault(number, node.paragraph.whole.span())
    absent = [n for n in range(1, max(places, default=0)) if n not in places]
    if absent and len(places) > 1:
        after = places[min(n for n in places if n > absent[0])]
        listed = ", ".join(map(str, absent))
        yield make_remark(
            "annex-gap",
            f"Có nhắc hoặc kèm Phụ lục {', '.join(map(str, sorted(places)))}, không thấy Phụ lục {listed}.",
            f"Annexes {', '.join(map(str, sorted(places)))} are mentioned or attached, annex {listed} is not.",
            (after,),
        )
