"""The vocabulary's acceptance test: questions that must have their known answer on the five documents.

The questions are ``queries/competency/*.rq``; the answers, checked against the paper, are ``tests/cases/competency.csv``.
"""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph

from ontology.errors import QueryFileError
from ontology.namespaces import DM, ID
from queries.answer import Value
from queries.competency import FOLDER, THEMES, Question, load_questions
from queries.guard import check_query
from queries.release import Release
from queries.store import GraphStore
from tests.case_tables import read_cases

ROOT = Path(__file__).parents[2]
QUESTIONS = load_questions()
_NOT_ASKED = {"noDomainReason", "noRangeReason"}
"""Annotations of the vocabulary itself, which no fact carries."""
_NONE_YET = {10, 15, 45, 68}
"""Questions whose answer on the five documents is that there is none."""


def _expected() -> dict[int, list[tuple[str, str]]]:
    expected: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in read_cases("competency", 380):
        expected[int(row["id"].partition(".")[0])].append((row["expects"], row["cells"]))
    return expected


EXPECTED = _expected()


def _cell(value: Value | None) -> str:
    return "" if value is None else " ".join(str(value).removeprefix(str(ID)).split())


def _is_like(row: tuple[str, ...], cells: str) -> bool:
    """Tell whether a row is as a line of the table says.

    >>> _is_like(("a", "b c"), "* | b …"), _is_like(("a", ""), "a | "), _is_like(("a", "b"), "a")
    (True, True, False)
    """
    wanted = [cell.strip() for cell in f" {cells} ".split(" | ")]
    return len(wanted) == len(row) and all(
        cell.startswith(want.removesuffix("…").rstrip()) if want.endswith("…") else want in ("*", cell)
        for cell, want in zip(row, wanted, strict=True)
    )


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.name)
def test_the_answer_is_the_known_one(five_documents: Release, question: Question) -> None:
    rows = [tuple(map(_cell, row)) for row in question.query.ask(five_documents.store, {}).rows]
    lines = EXPECTED[question.number]
    told = f"{question.number}. {question.query.summary_vi}\n   {question.query.summary_en}\n"
    shown = told + "".join(f"   {' | '.join(row)}\n" for row in rows)
    missing = [cells for what, cells in lines if what == "row" and not any(_is_like(row, cells) for row in rows)]
    assert missing == [], f"{shown}   missing: {missing}"
    wrong = [row for row in rows for what, cells in lines if what == "never" and _is_like(row, cells)]
    assert wrong == [], f"{shown}   must not be there: {wrong}"
    exact = next((int(cells) for what, cells in lines if what == "rows"), None)
    least = next((int(cells) for what, cells in lines if what == "least"), None)
    if exact is None and least is None:
        exact = sum(what == "row" for what, _ in lines)
    assert exact is None or len(rows) == exact, f"{shown}   {len(rows)} rows, not {exact}"
    assert least is None or len(rows) >= least, f"{shown}   {len(rows)} rows, fewer than {least}"
    assert len(set(rows)) == len(rows), f"{shown}   a row stands there twice"


_MADE = """
PREFIX dm: <https://w3id.org/daumoi/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX id: <https://w3id.org/daumoi/id/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
id:document eli:id_local "7/KH-X" .
id:task a dm:Task ; dm:taskKind id:row ; dm:inDocument id:document ; eli:number "I.1" ; dcterms:description "Rà soát"@vi .
id:row skos:notation "row" . id:citation skos:notation "citation" . id:change skos:notation "change" . id:withdrawn skos:notation "withdrawn" .
id:somebody a dm:UnresolvedAgent ; skos:prefLabel "Cục Không Rõ"@vi .
id:assignment a dm:Assignment ; dm:agency id:somebody ; dm:task id:other .
id:mention dm:citedJointIssuer "Bộ A", "Bộ B" ; dm:citedNumber "13/2014/TTLT-BA-BB" ; dm:inDocument id:document .
id:fact dm:correction id:correction .
id:correction a dm:Correction ; dm:corrects id:fact ; dm:factKind id:citation ; dm:factKey "0-9" ; dm:correctedField "date" ;
  dm:correctedProperty dm:citedDate ; dm:correctionAction id:change ; dm:originalValue "2016" ; dm:correctedValue "2017" ;
  dm:correctedBy "A" ; dm:correctedOn "2026-01-02"^^xsd:date ; dm:reason "in sai"@vi ; dm:correctionStatus id:withdrawn ;
  dm:flagged false ; dm:outcome "đã rút"@vi ; dm:withdrawn true ; dm:withdrawnBy "B" ; dm:withdrawnOn "2026-01-03"^^xsd:date ;
  dm:withdrawalReason "bản gốc đúng"@vi .
"""
"""What the five documents have none of yet: a row without a lead, a name that is not in the registry, a joint document, a correction."""


@pytest.mark.parametrize(
    ("number", "row"),
    [
        (10, "7/KH-X | I.1 | Rà soát"),
        (15, "Cục Không Rõ | 1"),
        (68, "13/2014/TTLT-BA-BB | Bộ A; Bộ B | 1"),
        (45, "citation | 0-9 | date | https://w3id.org/daumoi/ontology#citedDate | change | 2016 | 2017 | A | 2026-01-02 | in sai"
         " | withdrawn | False | đã rút | B, 2026-01-03: bản gốc đúng"),
    ],
)  # fmt: skip
def test_what_is_not_there_yet_would_be_found(number: int, row: str) -> None:
    store = GraphStore.in_memory(Graph().parse(data=_MADE, format="turtle").serialize(format="nt"))
    question = next(one for one in QUESTIONS if one.number == number)
    assert [" | ".join(map(_cell, found)) for found in question.query.ask(store, {}).rows] == [row]


def test_every_question_has_an_answer_in_the_table() -> None:
    assert set(EXPECTED) == {one.number for one in QUESTIONS}
    assert {what for lines in EXPECTED.values() for what, _ in lines} == {"row", "never", "rows", "least"}
    empty = {number for number, lines in EXPECTED.items() if not any(what == "row" for what, _ in lines)}
    assert empty == _NONE_YET


def test_there_are_enough_questions_of_every_theme() -> None:
    assert len(QUESTIONS) >= 36
    assert [one.number for one in QUESTIONS] == list(range(1, len(QUESTIONS) + 1))
    assert {one.theme for one in QUESTIONS} == set(THEMES)
    assert len({one.query.summary_vi for one in QUESTIONS} | {one.query.summary_en for one in QUESTIONS}) == 2 * len(
        QUESTIONS
    )


def test_every_class_and_property_is_asked_for() -> None:
    vocabulary = Graph().parse(ROOT / "ontology" / "daumoi.ttl")
    terms = {
        str(term).removeprefix(str(DM))
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
        for term in vocabulary.subjects(RDF.type, kind)
        if str(term).startswith(str(DM))
    }
    assert len(terms) > 100
    asked = {name for one in QUESTIONS for name in re.findall(r"\bdm:(\w+)", one.query.text)}
    assert terms - asked == _NOT_ASKED
    assert asked <= terms


def test_the_page_on_the_graph_has_every_prefix() -> None:
    """A question is written from the published page alone: what it declares, the page or the house's list declares."""
    page = (ROOT / "docs" / "graph.md").read_text("utf-8")
    for one in QUESTIONS:
        for name, namespace in re.findall(r"^PREFIX (\w+): <(.+)>$", one.query.text, re.MULTILINE):
            assert f"`{name}:" in page or f"PREFIX {name}: <{namespace}>" in page, f"{one.name}: {name}"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.name)
def test_a_question_is_plain_sparql(question: Question) -> None:
    assert question.query.parameters == ()
    check_query(question.sparql)
    assert question.sparql.startswith(f"# {question.query.summary_vi}\n")


def test_a_file_of_no_theme_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / f"{QUESTIONS[0].name}.rq").read_text("utf-8")
    (tmp_path / f"{QUESTIONS[0].name}.rq").write_text(text.replace("theme: duties", "theme: pastimes"), "utf-8")
    with pytest.raises(QueryFileError, match="pastimes"):
        load_questions(tmp_path)
