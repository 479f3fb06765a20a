"""Citations that contradict each other, the calendar of documents, or the rule that a first mention is complete.

A number alone is no identity (``90/QĐ-TTg`` exists every year): two dates of one number are a contradiction only where the mentions
mean one document, that is, where type and issuer agree and the subjects do not differ.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from loaders.citations.document_dates import find_date, vi_date
from loaders.explaining.ground import Ground, Spot, offset_in
from loaders.review.draft_remark import Remark, make_remark
from ontology.folding import fold_plain
from ontology.records import Citation, Record

_YEAR_IN_NUMBER = re.compile(r"^\d+[a-zđ]?/((?:19|20)\d\d)/")
_FULL_DATE = 10
_ALIKE = 90
"""Least likeness of two subjects that can be one."""


def check_citations(record: Record, ground: Ground) -> Iterator[Remark]:
    """Yield what is wrong with the citations of a draft, as far as the draft itself tells."""
    cited = [one for one in record.citations if not one.self]
    yield from _number_and_date(cited)
    yield from _dates_differ(cited)
    yield from _numbers_differ(cited)
    yield from _later_than_document(cited, record.document.date)
    yield from _undated(cited, ground)


def written(one: Citation) -> str:
    """Return a citation in short: type and number, or the name of a law."""
    return " ".join(filter(None, (one.type, one.number or one.subject)))


def _number_and_date(cited: Sequence[Citation]) -> Iterator[Remark]:
    """``10/2022/TT-BLĐTBXH`` of 2021 cannot be."""
    for one in cited:
        year = _YEAR_IN_NUMBER.match(one.number or "")
        if year is None or one.date is None or one.date[:4] == year[1] or _is_assembly(one):
            continue
        yield make_remark(
            "citation-number-year",
            f"{written(one)}: số ghi năm {year[1]}, ngày ghi {vi_date(one.date)}.",
            f"{written(one)}: the number says {year[1]}, the date {one.date}.",
            (one.span,),
        )


def _is_assembly(one: Citation) -> bool:
    """A law may bear the year of the session's end; its number is no proof."""
    return bool(re.search(r"/(?:UBTV)?QH\d", one.number or ""))


def _dates_differ(cited: Sequence[Citation]) -> Iterator[Remark]:
    by_number: dict[tuple[str | None, str, str | None], list[Citation]] = defaultdict(list)
    for one in cited:
        if one.number and one.date and len(one.date) == _FULL_DATE:
            by_number[one.type, one.number.casefold(), one.issuer].append(one)
    for same in by_number.values():
        dates = list(dict.fromkeys(one.date for one in same if one.date))
        if len(dates) < 2 or not _one_subject(same):
            continue
        firsts = [next(one for one in same if one.date == day) for day in dates]
        yield make_remark(
            "citation-dates-differ",
            f"{written(same[0])} ghi các ngày khác nhau: {', '.join(map(vi_date, dates))}.",
            f"{written(same[0])} is given different dates: {', '.join(dates)}.",
            [one.span for one in firsts],
        )


def _one_subject(same: Sequence[Citation]) -> bool:
    subjects = [fold_plain(one.subject) for one in same if one.subject]
    return all(fuzz.token_set_ratio(subjects[0], other) >= _ALIKE for other in subjects[1:])


def _numbers_differ(cited: Sequence[Citation]) -> Iterator[Remark]:
    """Two numbers of one type, issuer and day with one subject: one of them is a slip."""
    by_day: dict[tuple[str | None, str | None, str | None], dict[str, Citation]] = defaultdict(dict)
    for one in cited:
        if one.number and one.subject and one.date and len(one.date) == _FULL_DATE:
            by_day[one.type, one.issuer, one.date].setdefault(one.number.casefold(), one)
    for same in by_day.values():
        numbered = list(same.values())
        for i, one in enumerate(numbered):
            for other in numbered[i + 1 :]:
                if fuzz.ratio(fold_plain(one.subject or ""), fold_plain(other.subject or "")) >= _ALIKE:
                    yield make_remark(
                        "citation-numbers-differ",
                        f"{written(one)} và {written(other)} cùng ngày {vi_date(one.date or '')}, cùng trích yếu: có thể là một văn bản.",
                        f"{written(one)} and {written(other)} have one date ({one.date}) and one subject: they may be one document.",
                        (one.span, other.span),
                    )


def _later_than_document(cited: Sequence[Citation], date: str | None) -> Iterator[Remark]:
    if date is None:
        return
    for one in cited:
        if one.date is not None and one.date[: len(date)] > date[: len(one.date)]:
            yield make_remark(
                "citation-after-document",
                f"{written(one)} ngày {vi_date(one.date)} sau ngày của văn bản ({vi_date(date)}).",
                f"{written(one)} of {one.date} is later than the document ({date}).",
                (one.span,),
            )


def _undated(cited: Sequence[Citation], ground: Ground) -> Iterator[Remark]:
    """The first mention of a document must bear its date; laws are cited by name."""
    seen: set[str] = set()
    for one in cited:
        key = one.iri
        if not one.number or key is None or key in seen or _is_assembly(one):
            continue  # one without identity has its own remark
        seen.add(key)
        if _prints_date(one, ground):
            continue
        yield make_remark(
            "citation-undated",
            f"{written(one)} viện dẫn lần đầu không ghi ngày ban hành.",
            f"{written(one)} is first cited without its date.",
            (one.span,),
        )


def _prints_date(one: Citation, ground: Ground) -> bool:
    """Tell whether a date stands in or right behind a mention (which a page break may have torn)."""
    if find_date(" ".join(ground.text[one.span.start : one.span.end].split())) is not None:
        return True
    spot = ground.spot(one.span.start)
    behind = _behind(spot, one) if spot is not None else ""
    found = find_date(behind)
    return found is not None and found.start <= 4


def _behind(spot: Spot, one: Citation) -> str:
    at = offset_in(spot.passage, one.span.end - 1)
    return spot.passage.text[at + 1 : at + 60] if at is not None else ""
