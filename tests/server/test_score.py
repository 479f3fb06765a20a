"""Scores are shown with every error in words, and as JSON that tools can read."""

import io
import json
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from loaders.scoring.answer_key import read_key
from loaders.scoring.counts import BESIDE, CLASSES
from ontology.records import Record
from server.score import format_scores, print_scores, score_keys

KEYS = sorted((Path(__file__).parents[2] / "benchmarks" / "accuracy" / "invented").glob("*.json"))


def read_without_the_first_task(path: Path) -> Record:
    """Answer with the key itself, less its first task: a reader with one known error."""
    record = next(key.record for key in map(read_key, KEYS) if key.document == path)
    return replace(record, tasks=record.tasks[1:])


def test_keys_are_scored_against_the_documents_they_name() -> None:
    assert len(KEYS) >= 3
    scores = score_keys(KEYS, read_without_the_first_task)
    assert set(scores) == {path.stem for path in KEYS}
    for one in scores.values():
        assert one["tasks"].correct == one["tasks"].expected - 1
        assert [error.kind for error in one["tasks"].errors] == ["missing"]


def test_the_table_names_every_class_and_every_error() -> None:
    out = io.StringIO()
    scores = score_keys(KEYS[:2], read_without_the_first_task)
    print_scores(scores, Console(file=out, width=160), errors=True)
    shown = out.getvalue()
    assert all(name in shown for name in (*CLASSES, *BESIDE))
    for path in KEYS[:2]:
        assert f"thiếu / missing: {read_key(path).record.tasks[0].text}" in shown


def test_the_json_has_figures_counts_and_errors() -> None:
    shown = json.loads(format_scores(score_keys(KEYS, read_without_the_first_task)))
    assert set(shown) == {*(path.stem for path in KEYS), "all"}
    tasks = shown["all"]["tasks"]
    assert tasks["there"] - tasks["right"] == len(KEYS)
    assert tasks["precision"] == 1
    assert tasks["recall"] == round(tasks["right"] / tasks["there"], 4)
    assert all(len(shown[path.stem]["tasks"]["errors"]) == 1 for path in KEYS)
