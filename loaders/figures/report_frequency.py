"""How often a report is due, and by when, in the words of the record (``6 tháng``, ``năm``, ``đột xuất``).

The words are rows of ``ontology/tables/reporting_words.csv``.
"""

import re
from functools import cache

from loaders.figures.moments import masked_text, timing_words
from loaders.figures.recurrences import codes_of, find_recurrences
from loaders.figures.timing_mentions import find_timings
from loaders.text.passage import Passage
from loaders.text.wordlists import WordList, load_words
from ontology.records import Recurrence

_KINDS = ("report", "send", "toward", "adverb", "gather", "from_label", "to_label", "when_label", "frequency")


@cache
def reporting_words() -> WordList:
    """Return ``ontology/tables/reporting_words.csv``."""
    return load_words("reporting_words", _KINDS)


@cache
def frequency_words() -> dict[Recurrence, str]:
    """Return how each recurrence is written in a reporting duty."""
    return {Recurrence(words): value for words, value in reporting_words().values("frequency").items()}


def parse_frequency(text: str) -> tuple[str, ...]:
    """Return how often, in the words of the record; *định kỳ* only where nothing more precise is said.

    >>> parse_frequency("chế độ báo cáo định kỳ (06 tháng và hàng năm), đột xuất")
    ('6 tháng', 'năm', 'đột xuất')
    """
    masked = masked_text(text)
    mentions = find_recurrences(masked)
    if len(mentions) == 1 and mentions[0].weak and not re.search(r"\bbáo cáo\b", masked):
        return ()
    dates = re.compile(
        r"\btháng\s+(?:của\s+)?$"
    )  # "trước ngày 15 tháng cuối quý": a date, unless nothing else says how often
    others = [m for m in mentions if not dates.search(masked[max(0, m.start - 16) : m.start])]
    if any(m.code not in {Recurrence.PERIODIC, Recurrence.ADHOC} for m in others):
        mentions = others
    codes = codes_of(mentions, masked)
    if len(codes) > 1 and any(code not in {Recurrence.PERIODIC, Recurrence.ADHOC} for code in codes):
        codes = tuple(code for code in codes if code is not Recurrence.PERIODIC)
    return tuple(frequency_words()[code] for code in codes)


@cache
def _due() -> re.Pattern[str]:
    bounds = timing_words().pattern("before", "until")
    return re.compile(
        rf"(?<![^\W_]){bounds}(?:\s+ngày)?\s+\d[^,;()]*|\bngày\s+\d{{1,2}}(?:\s*/\s*\d{{1,2}})?\s+(?:của\s+)?(?:h[ằà]ng|tháng)[^,;()]*"
    )


def find_deadline(passage: Passage) -> str | None:
    """Return the deadlines that a statement prints, joined where it prints several."""
    found: list[str] = []
    for mention in find_timings(passage):
        masked = masked_text(passage.text[mention.start : mention.end])
        found += [
            passage.text[mention.start + m.start() : mention.start + m.end()].strip() for m in _due().finditer(masked)
        ]
    return "; ".join(dict.fromkeys(found)) or None
