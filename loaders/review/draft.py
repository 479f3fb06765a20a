"""Review a plan before it is signed: what the draft itself, and the registry, show to be wrong or open.

What needs the corpus (bases that are unknown, replaced or succeeded) is asked in :mod:`server.draft`, which puts both together.
"""

from loaders.explaining.ground import Ground
from loaders.review.draft_agencies import check_agencies
from loaders.review.draft_amounts import check_amounts
from loaders.review.draft_annexes import ANNEX_MISSING, check_annexes
from loaders.review.draft_bases import check_bases
from loaders.review.draft_citations import check_citations
from loaders.review.draft_dates import check_dates
from loaders.review.draft_numbering import check_numbering
from loaders.review.draft_remark import Remark, from_finding, merge_remarks
from loaders.review.draft_tasks import check_tasks
from loaders.review.draft_words import check_words
from ontology.records import Record


def review_draft(record: Record, ground: Ground) -> tuple[Remark, ...]:
    """Return the remarks on a draft, ordered by what to do and then by place; the reader's own findings are among them.

    ``ground`` is the text of ``record``, laid out by the reader that read it.
    """
    registry = ground.reader.registry
    dates = tuple(check_dates(ground))
    return merge_remarks(
        [
            *(from_finding(finding) for finding in record.findings if finding.code != ANNEX_MISSING),
            *check_annexes(record, ground),
            *check_citations(record, ground),
            *check_bases(record, registry),
            *check_agencies(record, registry),
            *check_tasks(record, ground, [span for one in dates for span in one.spans]),
            *check_amounts(ground),
            *dates,
            *check_numbering(ground),
            *check_words(ground),
        ]
    )
