"""Which document a citation means: issuer, year and number together, never the number alone.

What a mention does not say is taken, in this order, from a fuller mention of the same number in the same text, from the number itself
(its year, its symbols), and from the registry (laws by name, instruments of programmes). What is still open stays open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.citations.citation_grammar import Cited
from loaders.names.issuers import above, agency_on_day, is_central, resolve_issuer
from ontology.entities import Agency, Jurisdiction, Level, NamedLaw
from ontology.folding import fold
from ontology.namespaces import mint, mint_document, number_key, slug
from ontology.registry import Registry

ASSEMBLY = "quoc-hoi"


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a cited document, and by which rule its identity is (``None`` while it has none)."""

    number: str | None
    date: str | None
    issuer: str | None
    iri: str | None
    resolved_by: str | None


@dataclass(frozen=True, slots=True)
class Home:
    """Where a document speaks from: its registry, place, issuer and date."""

    registry: Registry
    place: Jurisdiction | None
    agency: Agency | None
    date: str | None

    def issuer_of(self, cited: Cited) -> Agency | None:
        """Return the issuer that the mention's words name."""
        if cited.issuer is None:
            return None
        return resolve_issuer(cited.issuer, self.registry, self.place, agency=self.agency)

    def issuer_that_counts(self, cited: Cited) -> Agency | None:
        """Return the issuer of the mention's words, unless the number's symbol says another of the state's national bodies.

        People write *Quyết định số 800/QĐ-TTg của Chính phủ*; the symbol says who signed.
        """
        printed = self.issuer_of(cited)
        if printed is not None and printed.level is Level.NATIONAL and printed.kind != "party":
            by_symbol = self.issuer_of_symbols(cited.symbols)
            if by_symbol is not None and by_symbol.level is Level.NATIONAL and by_symbol.kind != "party":
                return by_symbol
        return printed

    def issuer_of_symbols(self, symbols: Sequence[str]) -> Agency | None:
        """Return the issuer that the symbols of a number name, if only one can be meant.

        A local body (``UBND``) is that of the document's own place, where the document is itself one of a province.
        """
        typed = bool(self.registry.types_of_symbol(symbols[0])) if symbols else False
        for suffix in _suffixes(symbols if typed else ["", *symbols]):
            targets = self.registry.issuer_of_symbol(suffix)
            agencies = [target.id for target in targets if target.kind == "agency"]
            if agencies:
                return self.registry.agency(agencies[0])
            places = above(self.place, self.registry)
            if len(places) == 1:
                for target in targets:
                    if target.kind == "body" and self.registry.bodies[target.id].level is places[0].level:
                        return self.registry.local_agency(target.id, places[0])
        return None


def joint_issuers(cited: Cited, registry: Registry) -> tuple[str, ...]:
    """Return the issuers that the symbols of a joint document name (``26/2014/TTLT-BNNPTNT-BKHĐT-BTC``), ``()`` for other documents."""
    if len(cited.symbols) < 3 or not cited.symbols[0].endswith(("LT", "LB")):
        return ()
    found: dict[str, None] = {}
    for symbol in cited.symbols[1:]:
        agencies = [target.id for target in registry.issuer_of_symbol(symbol) if target.kind == "agency"]
        if agencies:
            found.setdefault(registry.agency(agencies[0]).name)
    return tuple(found) if len(found) > 1 else ()


def _suffixes(symbols: Sequence[str]) -> Iterable[str]:
    """Yield the parts of a number's symbols that may name its issuer: ``TT-BLĐTBXH`` → ``BLĐTBXH``; of a letter's, the first."""
    behind = list(symbols[1:])
    if len(behind) > 1:
        yield "-".join(behind)
    yield from behind[:1]


def law_named(name: str, day: str | None, registry: Registry, before: str | None) -> NamedLaw | None:
    """Return the registered law of that name and date; without a date, the latest one not after ``before``.

    A year alone picks the law of that year, and so does a slip in day or month where the year had one such law only; a date in
    another year gives ``None``.
    """
    same = registry.laws_named(name)
    if day is not None:
        exact = next((law for law in same if law.date.startswith(day) or day.startswith(law.date)), None)
        of_year = [law for law in same if law.date[:4] == day[:4]]
        return exact or (of_year[0] if len(of_year) == 1 else None)
    known = sorted((law for law in same if before is None or law.date <= before), key=lambda law: law.date)
    return known[-1] if known else None


def identify_law(cited: Cited, home: Home) -> Identity:
    """Identify a law cited by name. Its official number is given where name and date make it certain, else only the IRI."""
    name = cited.name or ""
    if cited.number is not None:
        number = cited.number
        by = "printed" if cited.date else "number-year"
        year = cited.year or (cited.date or "")[:4]
        issuer = home.issuer_of(cited) or home.issuer_of_symbols(cited.symbols)
        agency_id = issuer.id if issuer else ASSEMBLY
        iri = str(mint_document(agency_id, year, number)) if year else None
        return Identity(number, cited.date, issuer.name if issuer else None, iri, by if iri else None)
    law = law_named(name, cited.date, home.registry, home.date)
    if law is not None:
        iri = str(mint_document(_issuer_id(law.issuer, home.registry), law.date, law.number))
        certain = cited.date is not None or len(home.registry.laws_named(name)) == 1  # the registry knows no other
        issuer_name = _issuer_name(law.issuer, home.registry) if certain else None
        return Identity(law.number if certain else None, cited.date, issuer_name, iri, "registry")
    if cited.date is not None:
        issuer = home.issuer_of(cited) or home.registry.agencies.get(ASSEMBLY)
        iri = str(mint("document", issuer.id if issuer else ASSEMBLY, cited.date[:4], slug(name)))
        return Identity(None, cited.date, issuer.name if issuer else None, iri, "printed")
    return Identity(None, None, None, None, None)


def _issuer_id(issuer: str, registry: Registry) -> str:
    if issuer in registry.agencies:
        return issuer
    return next((a.id for a in registry.agencies.values() if fold(a.name) == fold(issuer)), slug(issuer))


def _issuer_name(issuer: str, registry: Registry) -> str:
    return registry.agencies[issuer].name if issuer in registry.agencies else issuer


def identify_numbered(cited: Cited, fuller: Identity | None, home: Home) -> Identity:
    """Identify a mention with a number; ``fuller`` is what other mentions of the same number in the text say."""
    number = cited.number
    if number is None:
        return Identity(None, cited.date, cited.issuer.printed if cited.issuer else None, None, None)
    agency = home.issuer_that_counts(cited)
    printed = cited.issuer.printed if cited.issuer and agency is None and not cited.issuer.targets else None
    by = "printed"
    if fuller is not None and agency is not None and _is_wider(cited, agency, fuller, home.registry):
        agency = None  # "của Trung ương", "của Tỉnh ủy": the fuller mention names the body in it that decided
    day = cited.date
    if day is None and fuller is not None and fuller.date is not None:
        day, by = fuller.date, "same-text"
    if agency is None and printed is None and fuller is not None and fuller.issuer is not None:
        year = cited.year or (day or "")[:4]
        iri = fuller.iri if day == fuller.date or cited.date is None else None
        if iri is not None and year:
            return Identity(number, day, fuller.issuer, iri, "same-text" if cited.date is None else "printed")
    agency = agency or (home.issuer_of_symbols(cited.symbols) if printed is None else None)
    agency = agency_on_day(agency, day or cited.year, home.registry) if agency is not None else None
    issuer_id = agency.id if agency else slug(printed) if printed else None
    issuer = agency.name if agency else printed
    year = cited.year or (day or "")[:4]
    if not year and issuer_id is not None and (known := _instrument_year(number, issuer_id, home.registry)):
        year, by = known, "registry"
    if not year or not issuer_id:
        return Identity(number, day, issuer, None, None)
    if day is None and by == "printed":
        by = "number-year"
    return Identity(number, day, issuer, str(mint_document(issuer_id, year, number)), by)


def _is_wider(cited: Cited, agency: Agency, fuller: Identity, registry: Registry) -> bool:
    """Tell whether a mention names the Party committee whose standing body the fuller mention of the number names."""
    if agency.kind != "party" or fuller.iri is None or fuller.issuer in {None, agency.name}:
        return False
    if cited.issuer is not None and is_central(cited.issuer):
        return True
    issuer_id = fuller.iri.partition("/id/document/")[2].rsplit("/", 2)[0]
    try:
        return registry.agency(issuer_id).parent == agency.id
    except KeyError:
        return False


def _instrument_year(number: str, issuer_id: str, registry: Registry) -> str | None:
    """Return the year of a programme's instrument of that number, if the registry knows exactly one."""
    years = {
        phase.instrument_date[:4]
        for phase in registry.phases.values()
        if number_key(phase.instrument) == number_key(number)
        and _issuer_id(phase.instrument_issuer, registry) == issuer_id
    }
    return years.pop() if len(years) == 1 else None
