"""The document itself: number, type, date, issuer and place, title, signers, recipients, programme and periods, legal bases.

The head is read first; what it lacks is taken from the captions of the annexes (*Kèm theo Kế hoạch số …*), then from the signature and the
body. A file that holds only the annexed text of a decision *is* that decision (``attached_to`` says so). Nothing is invented: what the
file does not say stays ``None`` and becomes a finding.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.citations.citation_grammar import CitationGrammar
from loaders.citations.citation_relations import Mention
from loaders.citations.citation_zones import Zone
from loaders.citations.citations import Mentions
from loaders.citations.document_dates import vi_date
from loaders.citations.identity import Home, identify_law
from loaders.heads.head_cells import Cell, find_cells
from loaders.heads.header_issuer import Issued, find_issued
from loaders.heads.header_title import find_title
from loaders.heads.masthead import Masthead, read_masthead
from loaders.heads.signatures import find_recipients, find_signers
from loaders.names.issuers import find_issuer, resolve_issuer
from loaders.names.programmes import find_named_programmes, find_periods, find_programmes
from loaders.text.blocks import Block, Paragraph
from ontology.entities import Agency
from ontology.folding import fold_words
from ontology.namespaces import mint, mint_document, slug
from ontology.records import Document, Finding, Relation, Severity, Span


@dataclass(frozen=True, slots=True)
class _Named:
    """Number, type and date of the document, and how the file tells them."""

    number: str | None
    year: str | None
    type: str | None
    date: str | None
    attached_to: str | None
    caption: Mention | None


def read_header(
    text: str, blocks: Sequence[Block], mentions: Mentions, grammar: CitationGrammar
) -> tuple[Document, tuple[Finding, ...]]:
    """Read the document that ``text`` holds, and what its head lacks.

    ``blocks`` and ``mentions`` are those of the same text; spans point into ``text``.
    """
    cells = find_cells(text)
    masthead = read_masthead(cells, grammar)
    named = _named(masthead, mentions, grammar)
    title = find_title(blocks, masthead, grammar)
    issued = find_issued(text, masthead, title, named.caption, mentions, cells, grammar, named.date)
    registry = grammar.index.registry
    signers = find_signers(cells, lambda name: _official(name, grammar))
    recipients, recipients_span = find_recipients(cells)
    spans = dict(masthead.spans)
    if named.caption is not None:
        for field in ("number", "date", "issuer"):
            spans.setdefault(field, named.caption.span)
    if title.span is not None:
        spans["title"] = title.span
    if issued.span is not None:
        spans.setdefault("issuer", issued.span)
    if recipients_span is not None:
        spans["recipients"] = recipients_span
    if signers and signers[0].span is not None:
        spans["signers"] = signers[0].span
    home = Home(registry, issued.place, issued.agency, named.date)
    bases = _legal_bases(mentions, home)
    programmes, periods = _programmes(title.text, blocks, mentions, grammar)
    document = Document(
        number=named.number,
        type=named.type,
        date=named.date,
        issuer=issued.name,
        jurisdiction=issued.place_name,
        title=title.text,
        signers=signers,
        recipients=recipients,
        programmes=programmes,
        periods=periods,
        legal_bases=bases,
        attached_to=named.attached_to,
        iri=_iri(text, named, issued),
        issuer_iri=_agency_iri(issued.agency, issued.name),
        jurisdiction_iri=str(mint("place", issued.place_id)) if issued.place_id else None,
        spans=dict(sorted(spans.items())),
    )
    return document, tuple(_findings(document, masthead, cells))


def _official(name: str, grammar: CitationGrammar) -> str:
    """Return an agency's name as the registry writes it, else with a capital at its head."""
    phrase = find_issuer(name, 0, grammar.index, grammar.words)
    if phrase is not None and phrase.end == len(name):
        agency = resolve_issuer(phrase, grammar.index.registry, None)
        if agency is not None:
            return agency.name
    return name[:1].upper() + name[1:]


def _named(masthead: Masthead, mentions: Mentions, grammar: CitationGrammar) -> _Named:
    """Combine what the masthead says with the captions that name the instrument."""
    number = masthead.number
    type_ = masthead.type
    if number is not None and (by_symbol := grammar.type_of_symbol(number.symbol)) is not None:
        type_ = type_ if _allows(type_, number.symbol, grammar) else by_symbol
    if number is not None and type_ is None:
        type_ = next(
            iter(grammar.generic.values())
        )  # an official letter bears no type, neither above nor in its number
    captions = [m for m in mentions.items if m.caption and not m.nested and m.relation is Relation.ANNEX]
    if number is not None and number.value is not None:
        return _Named(number.value, number.year, type_, masthead.date, None, None)
    same = [m for m in captions if m.cited.type == type_ or type_ is None]
    for caption in same:
        if caption.cited.number is not None:
            cited = caption.cited
            day = masthead.date if len(masthead.date or "") > len(cited.date or "") else cited.date or masthead.date
            return _Named(cited.number, cited.year, cited.type, day, None, caption)
    if number is None and captions and not same:
        cited = captions[0].cited
        return _Named(cited.number, cited.year, cited.type, cited.date, cited.number, captions[0])
    day = masthead.date or next((m.cited.date for m in same if m.cited.date), None)
    type_ = type_ or (same[0].cited.type if same else None)  # the annex of a plan whose number is blank
    return _Named(None, number.year if number else None, type_, day, None, same[0] if same else None)


def _allows(type_: str | None, symbol: str, grammar: CitationGrammar) -> bool:
    """Tell whether a type printed above the title fits the symbol in the number."""
    names = {one.name for one in grammar.index.registry.types_of_symbol(symbol)}
    return type_ in names or any((type_ or "").startswith(f"{name} ") for name in names)  # "Chương trình công tác"


def _legal_bases(mentions: Mentions, home: Home) -> tuple[str, ...]:
    """Return the numbers of the bases in order, each once; the name of a law whose number is not certain.

    Where no clause says *Căn cứ*, they are what the sentence that opens the document carries out (*Thực hiện A và B, UBND tỉnh chỉ thị:*).
    """
    found: dict[str, None] = {}
    bases = [one for one in mentions.items if one.relation is Relation.BASED_ON]
    for mention in bases or [one for one in mentions.items if one.zone is Zone.HEAD and _opens(one)]:
        cited = mention.cited
        if mention.nested:
            continue
        if cited.name:
            found.setdefault(identify_law(cited, home).number or cited.name)
        elif cited.number:
            found.setdefault(cited.number)
    return tuple(found)


_OPENS = re.compile(
    r"\W*(?:triển\s+khai\s+|tổ\s+chức\s+|để\s+)?(?:thực\s+hiện|thi\s+hành|triển\s+khai)\s", re.IGNORECASE
)


_SENTENCE = re.compile(r"[.;]\s+")


def _opens(mention: Mention) -> bool:
    """Tell whether a mention stands in the sentence that leads from what is carried out to what the document orders."""
    text = mention.passage.text
    sentence = _SENTENCE.split(text[: mention.cited.start])[-1]
    return _OPENS.match(sentence) is not None and text.rstrip().endswith(":")


def _programmes(
    title: str | None, blocks: Sequence[Block], mentions: Mentions, grammar: CitationGrammar
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    registry = grammar.index.registry
    bases = list(dict.fromkeys(m.passage.text for m in mentions.items if m.relation is Relation.BASED_ON))
    body = [block.whole.text for block in blocks if isinstance(block, Paragraph)]
    programmes: tuple[str, ...] = ()
    for texts in ([title or ""], bases, body):
        programmes = find_programmes(texts, registry, grammar.programmes)
        if not programmes and title and texts == [title]:
            programmes = find_named_programmes(title)
        if programmes:
            break
    cells = [
        cell.text for block in blocks if not isinstance(block, Paragraph) for row in block.rows for cell in row.cells
    ]
    periods = (
        find_periods([title or ""], bare=True)
        or find_periods(bases, medium_term=True)
        or find_periods([*body, *cells], medium_term=True)
    )
    return programmes, periods


def _iri(text: str, named: _Named, issued: Issued) -> str | None:
    """Return the document's IRI: issuer, year and number; of a document without number, a mark of its words instead.

    The words alone, in whatever order the columns of its head were read, so that it has one name in all formats.
    """
    issuer_id = issued.agency.id if issued.agency else slug(issued.name) if issued.name else None
    year = named.year or (named.date or "")[:4]
    number = named.number or "khong-so-" + hashlib.sha256(" ".join(sorted(fold_words(text))).encode()).hexdigest()[:8]
    return str(mint_document(issuer_id or "khong-ro", year or "khong-ro", number))


def _agency_iri(agency: Agency | None, name: str | None) -> str | None:
    if agency is not None:
        return str(mint("agency", agency.id))
    return str(mint("agency", slug(name))) if name else None


def _findings(document: Document, masthead: Masthead, cells: Sequence[Cell]) -> list[Finding]:
    found: list[Finding] = []
    top = cells[0].passage.span() if cells else Span(0, 0)

    def note(code: str, severity: Severity, vi: str, en: str, remedy: str, remedy_en: str, span: Span | None) -> None:
        found.append(Finding(code, severity, f"{vi}.", span or top, f"{remedy}.", f"{en}.", remedy_en=f"{remedy_en}."))

    if document.number is None:
        note(
            "missing-number",
            Severity.WARNING,
            "Văn bản không có số: chỗ ghi số để trống" if masthead.blank else "Không tìm thấy số của văn bản",
            "The document’s number is blank" if masthead.blank else "No number of the document was found",
            "Bổ sung số khi văn bản được ban hành, hoặc ghi vào bảng hiệu đính",
            "Add the number when the document is issued, or write it into the table of corrections",
            document.spans.get("number"),
        )
    if document.date is None or len(document.date) < 10:
        printed = f" ({vi_date(document.date)})" if document.date else ""
        printed_en = f" ({document.date})" if document.date else ""
        note(
            "missing-date",
            Severity.WARNING,
            f"Ngày ban hành không ghi đủ{printed}",
            f"The date of issue is not complete{printed_en}",
            "Bổ sung ngày ban hành, hoặc ghi vào bảng hiệu đính",
            "Add the date, or write it into the table of corrections",
            document.spans.get("date"),
        )
    if document.issuer is None:
        note(
            "missing-issuer",
            Severity.WARNING,
            "Không xác định được cơ quan ban hành",
            "The issuer could not be determined",
            "Thêm cơ quan vào bảng agencies.csv hoặc bodies.csv",
            "Add the agency to agencies.csv or bodies.csv",
            None,
        )
    if document.attached_to is not None:
        note(
            "annex-only",
            Severity.INFO,
            f"Tệp chỉ có phần kèm theo {document.type} số {document.attached_to}",
            f"The file holds only the text attached to {document.type} {document.attached_to}",
            "Tìm văn bản ban hành để bổ sung căn cứ và người ký",
            "Look for the instrument that issues it: its bases and its signer are there",
            document.spans.get("number"),
        )
    elif masthead.number is None and not masthead.blank:
        note(
            "missing-masthead",
            Severity.INFO,
            "Tệp không còn phần đầu văn bản (tên cơ quan, số, ngày)",
            "The file has lost its masthead (issuer, number, date)",
            "Đối chiếu với bản gốc",
            "Compare with the original",
            None,
        )
    return found
