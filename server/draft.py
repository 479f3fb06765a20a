"""Review a plan before it is signed: what the draft itself shows (:mod:`loaders.review.draft`), and what the corpus knows of its bases.

The corpus is the current release. It can say that a basis was replaced, that another period's document carries on the same
matter, that a number is known with another date, or that it has never seen a document; it cannot say that a basis is good.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz

import queries
from loaders.citations.document_dates import vi_date
from loaders.explaining.ground import Ground, Place, lay_ground
from loaders.names.programmes import find_periods
from loaders.reader import Reader
from loaders.review.draft import review_draft
from loaders.review.draft_citations import written
from loaders.review.draft_remark import Remark, make_remark, merge_remarks
from ontology.folding import fold_plain
from ontology.namespaces import ID, number_key
from ontology.records import Citation, Record, Relation, Severity
from ontology.registry import Registry
from queries.answer import Value
from queries.catalogue import Catalogue, load_catalogue
from queries.release import Release

Row = dict[str, Value | None]
_ALIKE = 85
"""Least likeness of a basis' subject to the title of a document that may be meant."""
_OF_CONCERN = frozenset({Relation.BASED_ON, Relation.ENSURES_IMPLEMENTATION_OF})
_FULL_DATE = 10
_NOBODY = str(ID["document/draft"])
"""Stands for a draft that has no identity yet."""


@dataclass(frozen=True, slots=True)
class Review:
    """A reviewed draft: the document, its remarks with their places, and the release that was asked (``None``: none there)."""

    name: str
    title: str
    release: str | None
    remarks: tuple[Remark, ...]
    ground: Ground

    def places(self, remark: Remark) -> tuple[Place, ...]:
        """Return the places of a remark, in order."""
        return tuple(self.ground.place(span) for span in remark.spans)

    def count(self, severity: Severity) -> int:
        """Return how many remarks are of this severity."""
        return sum(one.severity is severity for one in self.remarks)


def review(
    name: str, record: Record, text: str, reader: Reader, release: Release | None, *, day: str | None = None
) -> Review:
    """Review a draft against itself, the registry and, where there is one, the corpus.

    ``day`` (ISO) is the day that bases and agencies are looked at for; default: the date that the draft bears.
    """
    if day is not None:
        record = replace(record, document=replace(record.document, date=day))
    ground = lay_ground(text, reader)
    remarks = review_draft(record, ground)
    if release is not None:
        found = tuple(_ask_corpus(record, reader.registry, release))
        remarks = merge_remarks([*remarks, *_new(found, remarks)])
    document = record.document
    title = " ".join(filter(None, (document.type, document.number, document.title)))
    return Review(name, title, release.id if release is not None else None, remarks, ground)


def _new(found: Sequence[Remark], known: Sequence[Remark]) -> Iterator[Remark]:
    """Yield what the registry has not said already of the same place."""
    said = {(one.code, span) for one in known for span in one.spans}
    yield from (one for one in found if not any((one.code, span) in said for span in one.spans))


@lru_cache(maxsize=1)
def _catalogue() -> Catalogue:
    return load_catalogue(Path(queries.__file__).parent / "drafts")


def _ask(release: Release, name: str, **given: Value | Sequence[Value]) -> list[Row]:
    return [dict(row) for row in _catalogue()[name].ask(release.store, given)]


def _ask_corpus(record: Record, registry: Registry, release: Release) -> Iterator[Remark]:
    cited = list(_first_mentions(record))
    yield from _acts(record, cited, release)
    unknown: list[Citation] = []
    for one in cited:
        if not one.number or one.relation not in _OF_CONCERN:
            continue
        known = _ask(release, "known-documents", number=one.number, draft=record.document.iri or _NOBODY)
        is_known = any(_is_known(row, one) for row in known) or _registered(one, registry)
        remark = _differs(one, known) or (None if is_known else _other_number(one, record, release))
        if remark is not None:
            yield remark
        elif not is_known:
            unknown.append(one)
    if unknown:
        listed = "; ".join(written(one) for one in unknown)
        yield make_remark(
            "base-unknown",
            f"{len(unknown)} căn cứ chưa gặp trong kho và danh mục, nên chưa đối chiếu được: {listed}.",
            f"Unknown to the corpus and the registry, so not compared ({len(unknown)}): {listed}.",
            [one.span for one in unknown],
        )


def _first_mentions(record: Record) -> Iterator[Citation]:
    """Yield each cited document once, by its first mention as a basis, else by its first mention."""
    rank = {Relation.BASED_ON: 0, Relation.ENSURES_IMPLEMENTATION_OF: 1}
    ordered = sorted(record.citations, key=lambda one: (rank.get(one.relation, len(rank)), one.span))
    seen: set[str] = set()
    for one in ordered:
        key = one.iri or (one.number or "").casefold()
        if key and key not in seen and not one.self:
            seen.add(key)
            yield one


def _is_known(row: Row, one: Citation) -> bool:
    return str(row["document"]) == one.iri and bool(row["held"] or row["cited_by"])


def _registered(one: Citation, registry: Registry) -> bool:
    """Tell whether the registry lists a document: a law, or the instrument of a programme's phase."""
    if any(law.number == one.number for law in registry.laws.values()):
        return True
    return any(
        number_key(phase.instrument) == number_key(one.number or "")
        and (one.date is None or phase.instrument_date == one.date)
        for phase in registry.phases.values()
    )


# --- replaced, succeeded ---


def _acts(record: Record, cited: Sequence[Citation], release: Release) -> Iterator[Remark]:
    by_iri = {one.iri: one for one in cited if one.iri is not None}
    date = record.document.date
    if not by_iri or date is None:
        return
    for row in _ask(release, "acts-on-document", document=sorted(by_iri)):
        one = by_iri[str(row["document"])]
        later_date = str(row["later_date"] or "")
        if (
            not later_date
            or later_date[: len(date)] > date[: len(later_date)]
            or str(row["later"]) == record.document.iri
        ):
            continue
        label = f"{row['later_label'] or row['later']} ngày {vi_date(later_date)}"
        label_en = f"{row['later_label'] or row['later']} of {later_date}"
        if row["act"] in {"replaces", "repeals"}:
            yield make_remark(
                "base-replaced",
                f"{written(one)} đã bị {'thay thế' if row['act'] == 'replaces' else 'bãi bỏ'} bởi {label} (nêu trong kho).",
                f"{written(one)} was {'replaced' if row['act'] == 'replaces' else 'repealed'} by {label_en} (stated in the corpus).",
                (one.span,),
            )
        elif row["act"] == "succeeds" and not _of_own_period(one, record):
            why, why_en = row["explanation_vi"] or "", row["explanation_en"] or ""
            yield make_remark(
                "base-superseded",
                f"{written(one)}: {label} kế tục cùng nội dung ở giai đoạn sau (suy luận: {why}).",
                f"{written(one)}: {label_en} carries on the same matter in the later period (inferred: {why_en}).",
                (one.span,),
            )
        elif row["act"] == "amends" and one.relation is Relation.BASED_ON and not _cites(record, str(row["later"])):
            yield make_remark(
                "base-amended",
                f"{written(one)} đã được sửa đổi, bổ sung bởi {label}; dự thảo không nhắc.",
                f"{written(one)} was amended by {label_en}; the draft does not mention it.",
                (one.span,),
            )


def _of_own_period(one: Citation, record: Record) -> bool:
    return bool(set(find_periods([one.subject or ""])) & set(record.document.periods))


def _cites(record: Record, iri: str) -> bool:
    return any(one.iri == iri for one in record.citations)


# --- the same document with another date or number ---


def _differs(one: Citation, known: Sequence[Row]) -> Remark | None:
    """Return a remark where the corpus knows this number of this issuer and subject with other dates only."""
    if one.date is None or len(one.date) < _FULL_DATE:
        return None
    same = [
        row
        for row in known
        if (row["held"] or row["cited_by"]) and len(str(row["date"] or "")) == _FULL_DATE and _same_matter(one, row)
    ]
    dates = sorted({str(row["date"]) for row in same})
    if not dates or one.date in dates:
        return None
    return make_remark(
        "base-differs",
        f"{written(one)} ghi ngày {vi_date(one.date)}; trong kho văn bản số này ngày {', '.join(map(vi_date, dates))}.",
        f"{written(one)} is dated {one.date}; the corpus knows this number of {', '.join(dates)}.",
        (one.span,),
    )


def _other_number(one: Citation, record: Record, release: Release) -> Remark | None:
    """Return a remark where the corpus knows a document of the same day, issuer and subject under another number."""
    if one.date is None or len(one.date) < _FULL_DATE or one.subject is None:
        return None
    rows = _ask(release, "documents-of-day", date=one.date, draft=record.document.iri or _NOBODY)
    for row in rows:
        number = str(row["number"] or "")
        if not (row["held"] or row["cited_by"]) or not number or number_key(number) == number_key(one.number or ""):
            continue
        alike = fuzz.token_sort_ratio(fold_plain(one.subject), fold_plain(str(row["title"] or ""))) >= _ALIKE
        if alike and _same_matter(one, row) and not _cites(record, str(row["document"])):
            return make_remark(
                "base-differs",
                f"{written(one)} ngày {vi_date(one.date)}: trong kho văn bản cùng ngày, cùng trích yếu mang số {number}.",
                f"{written(one)} of {one.date}: in the corpus the document of that day and subject bears the number {number}.",
                (one.span,),
            )
    return None


def _same_issuer(one: Citation, row: Row) -> bool:
    issuer = str(row["issuer"] or "").partition("/id/agency/")[2]
    return bool(issuer) and f"/id/document/{issuer}/" in (one.iri or "")


def _same_matter(one: Citation, row: Row) -> bool:
    """Tell whether a citation's subject is that of a known document: alike in words, and of the same period."""
    title = str(row["title"] or "")
    if not _same_issuer(one, row) or not title:
        return False
    if str(row["document"]) == one.iri:
        return True
    if not one.subject or set(find_periods([one.subject])) != set(find_periods([title])):
        return False
    return fuzz.token_set_ratio(fold_plain(one.subject), fold_plain(title)) >= _ALIKE
