"""State targets and budget lines as observations, reporting duties, and findings."""

from rdflib import URIRef
from rdflib.namespace import QB

from loaders.statements.state_evidence import Quotes
from loaders.statements.state_lookup import Lookup
from loaders.statements.state_names import DocumentNames, step
from loaders.statements.state_quads import Statements, concept, decimal, en, plain, printed_numbers, vi, whole
from loaders.statements.state_tasks import component_iri
from ontology.namespaces import DM, ID
from ontology.records import Budget, Record

TARGETS = ID["dataset/targets"]
BUDGETS = ID["dataset/budgets"]


def state_targets(record: Record, names: DocumentNames, statements: Statements, quotes: Quotes) -> None:
    """State each measurable aim; the value stays as printed, with the lowest and highest number in it beside."""
    add = statements.add
    for order, target in enumerate(record.targets, 1):
        node = names.name("target", str(order))
        names.places[f"/targets/{order - 1}"] = node
        numbers = printed_numbers(target.value)
        statements.add_type(node, DM.Target)
        add(node, QB.dataSet, TARGETS)
        add(node, DM.inDocument, names.document)
        add(node, DM.order, whole(order))
        add(node, DM.indicator, vi(target.indicator))
        add(node, DM.valueText, plain(target.value))
        add(node, DM.lowValue, decimal(min(numbers)) if numbers else None)
        add(node, DM.highValue, decimal(max(numbers)) if numbers else None)
        add(node, DM.unit, plain(target.unit))
        add(node, DM.byText, plain(target.by))
        quotes.cite(node, (target.span,))


def state_budgets(record: Record, names: DocumentNames, statements: Statements, quotes: Quotes) -> None:
    """State each budget figure in million đồng, with the words it was read from."""
    add = statements.add
    for order, budget in enumerate(record.budgets, 1):
        node = names.name("budget", str(order))
        names.places[f"/budgets/{order - 1}"] = node
        statements.add_type(node, DM.BudgetLine)
        add(node, QB.dataSet, BUDGETS)
        add(node, DM.inDocument, names.document)
        add(node, DM.order, whole(order))
        component = component_iri(names, budget.component) if budget.component else None
        add(node, DM.scope, component or names.document)
        add(node, DM.component, component)
        add(node, DM.fundingSource, concept("funding-source", budget.source))
        add(node, DM.budgetPeriod, plain(_budget_period(budget, record)))
        add(node, DM.year, whole(budget.year))
        add(node, DM.amountMillionVND, decimal(budget.amount_million_vnd))
        add(node, DM.printed, quotes.printed(budget.span))
        quotes.cite(node, (budget.span,))


def _budget_period(budget: Budget, record: Record) -> str:
    if budget.year is not None:
        return str(budget.year)
    return record.document.periods[0] if len(record.document.periods) == 1 else "không nêu"


def state_reporting(record: Record, names: DocumentNames, statements: Statements, quotes: Quotes, look: Lookup) -> None:
    """State who reports to whom, how often and by when."""
    add = statements.add
    for order, duty in enumerate(record.reporting, 1):
        node = names.name("reporting", str(order))
        names.places[f"/reporting/{order - 1}"] = node
        statements.add_type(node, DM.ReportingDuty)
        add(node, DM.inDocument, names.document)
        add(node, DM.order, whole(order))
        add(node, DM.reportFrom, look.agent(duty.from_, duty.from_iri))
        add(node, DM.reportTo, look.agent(duty.to, duty.to_iri))
        add(node, DM.reportFromText, plain(duty.from_))
        add(node, DM.reportToText, plain(duty.to))
        for frequency in duty.frequency:
            add(node, DM.frequency, vi(frequency))
        add(node, DM.deadline, vi(duty.deadline))
        quotes.cite(node, (duty.span,))


def state_findings(record: Record, names: DocumentNames, findings: Statements, quotes: Quotes) -> None:
    """State what is wrong or open. The findings of all documents share one graph; their quotes stay with the document."""
    for finding in record.findings:
        node: URIRef = names.fresh("finding", step(finding.code))
        findings.add_type(node, DM.Finding)
        findings.add(node, DM.inDocument, names.document)
        findings.add(node, DM.code, concept("finding-code", finding.code))
        findings.add(node, DM.severity, concept("severity", finding.severity))
        findings.add(node, DM.message, vi(finding.message))
        findings.add(node, DM.message, en(finding.message_en))
        findings.add(node, DM.remedy, vi(finding.remedy))
        findings.add(node, DM.remedy, en(finding.remedy_en))
        if finding.span is not None and finding.span.start != finding.span.end:
            findings.add(node, DM.evidence, quotes.evidence(finding.span))
