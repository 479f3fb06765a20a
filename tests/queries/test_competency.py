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
from tests.case_tables import read_cases

ROOT = Path(__file__).parents[2]
QUESTIONS = load_questions()
_NOT_ASKED = {"noDomainReason", "noRangeReason"}
"""Annotations of the vocabulary itself, which no fact carries."""
_NONE_YET = {10, 15, 45}
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
