"""From a source to its record: every stage in order, each a pure function of the one before.

:class:`Reader` holds what does not change between documents (the registry prepared for finding, the word tables), so that a
thousand documents pay for it once. ``Reader(registry).read(source)`` never raises for what a *document* gets wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.citations.citation_grammar import CitationGrammar, build_citation_grammar
from loaders.citations.citations import find_citations
from loaders.citations.resolution import home_of, resolve_citations
from loaders.figures.budgets import find_budgets
from loaders.figures.components import find_components
from loaders.figures.moments import money_year, plan_year
from loaders.figures.reporting import read_reporting
from loaders.figures.targets import due_year, find_targets
from loaders.heads.header import read_header
from loaders.names.agency_index import AgencyIndex, build_agency_index
from loaders.names.agency_places import NameContext
from loaders.review.contradictions import find_contradictions
from loaders.review.damage import GenreWords, find_damage, find_missing_annexes, load_genre_words
from loaders.review.near_names import find_near_names
from loaders.source import Source
from loaders.tasks.duty_values import DutyGrammar
from loaders.tasks.role_phrases import RolePhrase, load_role_phrases
from loaders.tasks.task_ids import find_sections
from loaders.tasks.tasks import TaskSetting, read_tasks
from loaders.text.blocks import Block, Node
from loaders.text.columns import ColumnWords, load_column_words
from loaders.text.layout import layout_blocks
from loaders.text.outline import build_outline, walk
from loaders.text.rows import add_row_nodes, is_task_table
from loaders.text.sections import SectionWords, load_section_words
from ontology.entities import Level
from ontology.records import (
    Budget,
    Citation,
    Document,
    Finding,
    Record,
    Relation,
    Severity,
    Span,
    Target,
    Task,
)
from ontology.registry import NationalComponent, Registry


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of documents: the registry and the word tables, prepared."""

    registry: Registry
    index: AgencyIndex
    citations: CitationGrammar
    columns: ColumnWords
    phrases: tuple[RolePhrase, ...]
    sections: SectionWords
    genre: GenreWords

    def read(self, source: Source, header: Document | None = None) -> Record:
        """Return the record of a source; what could not be read is a finding in it.

        ``header`` is what a person says of the document: then the rest is read as that of such a document.
        """
        self.index.found.clear()
        blocks = self.lay_out(source.text)
        mentions = find_citations(blocks, self.citations, self.columns)
        document, header_findings = read_header(source.text, blocks, mentions, self.citations)
        document = header or document
        citations, links, citation_findings = resolve_citations(mentions, document, self.registry)
        root = self.outline(blocks)
        national = self._national(document)
        components, places = find_components(
            root,
            national=national,
            programme=document.programmes[0] if document.programmes else None,
            period=document.periods[0] if document.periods else None,
        )
        grammar = DutyGrammar(self.index, self.context(document), self.phrases)
        year = plan_year(document.title, document.date)
        reading = read_tasks(root, TaskSetting(grammar, self.sections, places, national, self.columns, year))
        for_money = money_year(document.title or _period_words(document), document.date)
        budgets = find_budgets(root, places, default_year=for_money, known=self.columns)
        results = [one for one in citations if one.relation is Relation.RESULT_DOCUMENT]
        tasks = tuple(
            _with_result(task, cell, results) for task, cell in zip(reading.tasks, reading.time_cells, strict=True)
        )
        record = Record(
            document=document,
            citations=citations,
            components=components,
            tasks=tasks,
            targets=find_targets(
                root,
                self.sections,
                default_by=due_year(document.title, document.periods, document.date),
                known=self.columns,
            ),
            budgets=budgets.budgets,
            reporting=read_reporting(root, reading, grammar, self.sections),
            links=links,
            sections=find_sections(root),
            source=source.info,
        )
        findings = [
            *source.findings,
            *header_findings,
            *citation_findings,
            *reading.findings,
            *_unread_tables(root, self.columns, [*record.budgets, *record.targets]),
            *budgets.findings,
            *find_contradictions(record),
            *find_damage(blocks, self.genre),
            *find_missing_annexes(root),
            *_unknown_agencies(tasks),
            *find_near_names(tasks, self.index),
        ]
        return replace(record, findings=tuple(sorted(findings, key=lambda f: (f.span or Span(0, 0), f.code))))

    def lay_out(self, text: str) -> tuple[Block, ...]:
        """Return the paragraphs and tables of a text layer."""
        return layout_blocks(text, self.columns, self.index.split_names)

    def outline(self, blocks: Sequence[Block]) -> Node:
        """Return the tree of headings, items and table rows."""
        root = build_outline(blocks)
        for node in list(walk(root)):
            if node.table is not None:
                add_row_nodes(node, self.columns)
        return root

    def context(self, document: Document) -> NameContext:
        """Return where the document speaks from: its place, those above it, and the ministry that issued it."""
        home = home_of(document, self.registry)
        place = home.place or (self.registry.jurisdictions["viet-nam"] if document.jurisdiction else None)
        above = []
        parent = place.parent if place is not None else None
        while parent is not None:
            above.append(self.registry.jurisdictions[parent])
            parent = above[-1].parent
        agency = home.agency
        ministry = (
            agency.id if agency is not None and agency.level is Level.NATIONAL and agency.kind in _MINISTRIES else None
        )
        return NameContext(place, tuple(above), agency.id if agency is not None else None, ministry, document.date)

    def _national(self, document: Document) -> tuple[NationalComponent, ...]:
        """Return the components of the phase that the document is about."""
        programmes = {p.id for p in self.registry.programmes.values() if p.name in document.programmes}
        found = [c for c in self.registry.components.values() if c.programme in programmes]
        of_period = [c for c in found if c.period in document.periods]
        return tuple(of_period or found)


_MINISTRIES = frozenset({"ministry", "ministry-level"})


def _period_words(document: Document) -> str:
    """Return what a document without title (an annex alone) says of its time: *giai đoạn 2026-2030*."""
    return " ".join(f"giai đoạn {period}" for period in document.periods)


def build_reader(registry: Registry) -> Reader:
    """Prepare a reader; raise ``RegistryError`` for a wrong word table."""
    index = build_agency_index(registry)
    return Reader(
        registry,
        index,
        build_citation_grammar(index),
        load_column_words(),
        load_role_phrases(),
        load_section_words(),
        load_genre_words(),
    )


def read_record(source: Source, registry: Registry) -> Record:
    """Read one source; for more than one, build a :class:`Reader` once."""
    return build_reader(registry).read(source)


def _with_result(task: Task, cell: Sequence[Span], results: Sequence[Citation]) -> Task:
    """Add the document that a finished task produced: the one that its time cell (torn or not) names."""
    for citation in results:
        if any(part.start <= citation.span.start < part.end for part in cell):
            return replace(task, result_document=citation.number, result_document_iri=citation.iri)
    return task


def _unread_tables(root: Node, known: ColumnWords, figures: Sequence[Budget | Target]) -> list[Finding]:
    """Report each table whose columns are not understood: it gave neither tasks nor figures."""
    found = []
    for node in walk(root):
        if node.table is None or is_task_table(node.table, known):
            continue
        cells = [cell for cell in (*node.table.header, *(c for row in node.table.rows for c in row.cells)) if cell.text]
        if not cells:
            continue
        low, high = min(cell.span().start for cell in cells), max(cell.span().end for cell in cells)
        if any(low <= figure.span.start < high for figure in figures):
            continue
        first = cells[0].text if len(cells[0].text) <= 40 else cells[0].text[:40].rpartition(" ")[0] + " …"
        found.append(
            Finding(
                "table-not-understood",
                Severity.INFO,
                f"Bảng bắt đầu bằng “{first}” không phải bảng phân công nhiệm vụ hoặc có cột chưa hiểu; không đọc nhiệm vụ từ bảng này.",
                Span(low, high),
                "Nếu đây là bảng nhiệm vụ, thêm tên cột vào column_words.csv.",
                f"The table that begins with “{first}” is no task table or has columns that are not understood; no tasks were read from it.",
                remedy_en="If it is a table of tasks, add the names of its columns to column_words.csv.",
            )
        )
    return found


def _unknown_agencies(tasks: Sequence[Task]) -> list[Finding]:
    """Report each agency that the registry does not have, once a name."""
    seen: set[str] = set()
    found = []
    for task in tasks:
        for assignment in task.assignments:
            if assignment.resolved or assignment.agency in seen:
                continue
            seen.add(assignment.agency)
            found.append(
                Finding(
                    "unresolved-agency",
                    Severity.INFO if assignment.group else Severity.WARNING,
                    f"{'Nhóm' if assignment.group else 'Cơ quan'} “{assignment.agency}” chưa có trong danh mục.",
                    assignment.span,
                    "Thêm tên vào agencies.csv, bodies.csv hoặc groups.csv.",
                    f"{'Group' if assignment.group else 'Agency'} “{assignment.agency}” is not in the registry.",
                    remedy_en="Add the name to agencies.csv, bodies.csv or groups.csv.",
                )
            )
    return found
