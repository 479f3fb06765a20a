"""The answer keys as a floor: what careful clerks wrote down must be read, on the five documents and on the invented ones.

``python -m benchmarks.accuracy.run`` prints the same figures; here a loss turns red.
"""

from pathlib import Path

import pytest

from loaders.reader import Reader
from loaders.scoring.answer_key import read_key
from loaders.scoring.counts import CLASSES, Scores, add_scores
from loaders.scoring.score import score_record
from loaders.source import read_source

KEYS = Path(__file__).parents[3] / "benchmarks" / "accuracy"
FLOORS = {
    "header": 1.0,
    "legal bases": 1.0,
    "citations": 1.0,
    "citation dates": 1.0,
    "citations resolved": 1.0,
    "tasks": 0.99,
    "leads": 0.99,
    "assignments": 0.98,
    "timing text": 0.99,
    "timing value": 0.99,
    "components": 1.0,
    "budgets": 1.0,
    "targets": 0.99,
    "reporting": 0.99,
    "deliverables": 0.99,
    "result documents": 1.0,
    "quotes verbatim": 1.0,
}
"""The lowest F1 of each class over the five documents."""
INVENTED_FLOOR = 0.95
BLIND_FLOORS = {
    **dict.fromkeys(("header", "citations", "citation dates", "leads", "tasks", "timing text"), 0.98),
    **dict.fromkeys(("legal bases", "citations resolved", "timing value"), 0.96),
    "assignments": 0.94,
    "quotes verbatim": 1.0,
}
"""The lowest F1 over the documents that were keyed before the reader saw them; classes not named: 0.90."""


def scores_of(folder: str, reader: Reader) -> Scores:
    found = []
    for path in sorted((KEYS / folder).glob("*.json")):
        key = read_key(path)
        record = reader.read(read_source(key.document))
        found.append(score_record(key.record, record, text=key.text, optional=key.optional))
    assert len(found) >= 4
    return add_scores(found)


@pytest.fixture(scope="module")
def five(reader: Reader) -> Scores:
    return scores_of("keys", reader)


@pytest.fixture(scope="module")
def invented(reader: Reader) -> Scores:
    return scores_of("invented", reader)


@pytest.fixture(scope="module")
def blind(reader: Reader) -> Scores:
    return scores_of("blind", reader)


def test_every_class_has_a_floor() -> None:
    assert set(FLOORS) == set(CLASSES)


@pytest.mark.parametrize("fact", CLASSES)
def test_the_five_documents_are_read_as_well_as_ever(fact: str, five: Scores) -> None:
    score = five[fact]
    assert score.expected > 0
    assert score.f1 >= FLOORS[fact], [
        f"{error.kind} {error.where}: {error.expected} / {error.found}" for error in score.errors
    ]


@pytest.mark.parametrize("fact", CLASSES)
def test_layouts_never_seen_before_are_read_too(fact: str, invented: Scores) -> None:
    score = invented[fact]
    if fact in {"components", "result documents"}:
        assert (score.expected, score.found) == (0, 0)
    else:
        assert score.expected > 0
        assert score.f1 >= INVENTED_FLOOR, [
            f"{error.kind} {error.where}: {error.expected} / {error.found}" for error in score.errors
        ]


@pytest.mark.parametrize("fact", CLASSES)
def test_documents_keyed_before_they_were_read_stay_read(fact: str, blind: Scores) -> None:
    score = blind[fact]
    assert score.expected > 0
    assert score.f1 >= BLIND_FLOORS.get(fact, 0.90), [
        f"{error.kind} {error.where}: {error.expected} / {error.found}" for error in score.errors
    ]
