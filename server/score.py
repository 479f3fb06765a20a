"""Score the reader against answer keys, and show the figures as a table or as JSON.

Every key names its document; the document is read as ``daumoi read`` reads it and compared fact by fact.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from loaders.scoring.answer_key import AnswerKey, read_key
from loaders.scoring.counts import BESIDE, CLASSES, Score, Scores, add_scores
from loaders.scoring.score import score_record
from ontology.records import Record

ReadDocument = Callable[[Path], Record]

_TOTAL = "all"


def score_keys(paths: Sequence[Path], read_document: ReadDocument) -> dict[str, Scores]:
    """Return the scores of each key's document by the key's name; raise ``AnswerKeyError`` if a key is wrong.

    ``read_document`` is told the path of a document and gives its record.
    """
    keys: list[AnswerKey] = [read_key(path) for path in paths]
    return {
        key.name: score_record(key.record, read_document(key.document), text=key.text, optional=key.optional)
        for key in keys
    }


def print_scores(scores: dict[str, Scores], console: Console, *, errors: bool = False) -> None:
    """Print F1 and the counts it comes from per class and document, and on demand every error."""
    columns = dict(scores)
    if len(scores) > 1:
        columns[_TOTAL] = add_scores(list(scores.values()))
    table = Table(title="F1, đúng/có/đọc được — F1, right/there/read", title_justify="left")
    table.add_column("lớp dữ kiện / facts", no_wrap=True)
    for name in columns:
        table.add_column(name, justify="right")
    for facts in (CLASSES, BESIDE):
        for fact in facts:
            table.add_row(fact, *(_cell(one[fact]) for one in columns.values()))
        table.add_section()
    console.print(table)
    if errors:
        for name, one in scores.items():
            _print_errors(name, one, console)


def _cell(score: Score) -> str:
    if not score.expected and not score.found:
        return "–"
    colour = "green" if score.f1 >= 0.98 else "yellow" if score.f1 >= 0.9 else "red"
    return f"[{colour}]{score.f1:.3f}[/]\n[dim]{score.correct}/{score.expected}/{score.found}[/]"


def _print_errors(name: str, scores: Scores, console: Console) -> None:
    console.rule(name)
    for error in scores.errors():
        words = {
            "missing": f"thiếu / missing: {error.expected}",
            "extra": f"thừa / extra: {error.found}",
            "wrong": f"sai / wrong: {error.expected}  ≠  {error.found}",
        }[error.kind]
        console.print(f"{error.fact} · {error.where} · {words}", markup=False, highlight=False, soft_wrap=True)


def format_scores(scores: dict[str, Scores]) -> str:
    """Return the scores with all errors as JSON text."""
    total = {_TOTAL: add_scores(list(scores.values()))} if len(scores) > 1 else {}
    shown = {
        name: {fact: _numbers(score) for fact, score in one.classes.items()} for name, one in (scores | total).items()
    }
    return json.dumps(shown, ensure_ascii=False, indent=1)


def _numbers(score: Score) -> dict[str, object]:
    return {
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "right": score.correct,
        "there": score.expected,
        "read": score.found,
        "errors": [
            {"kind": error.kind, "where": error.where, "expected": error.expected, "found": error.found}
            for error in score.errors
        ],
    }
