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
from ontology.errors import ParameterError
from ontology.records import Record
from server.places import ANSWER_KEYS
from server.reading_files import Failure, read_file

ReadDocument = Callable[[Path], Record]

_TOTAL = "all"
_ABREAST = 5
"""Documents side by side in one table."""


def find_keys(words: Sequence[str] = (), folder: Path = ANSWER_KEYS) -> list[Path]:
    """Return the answer keys that ``words`` name: files, folders of keys, or beginnings of the names of keys below ``folder``.

    Without words all keys below ``folder``: of the real documents, the invented ones, those keyed blindly. Raise :class:`ParameterError`
    for a word that names none.
    """
    known = [path for name in ("keys", "invented", "blind") for path in sorted((folder / name).glob("*.json"))]
    if not words:
        return known
    found: dict[Path, None] = {}
    for word in words:
        path = Path(word)
        if path.is_dir():
            meant = sorted(path.glob("*.json"))
        else:
            meant = [path] if path.is_file() else [key for key in known if key.name.startswith(word)]
        if not meant:
            names = ", ".join(key.stem for key in known)
            raise ParameterError(
                f"không có đáp án “{word}” / there is no answer key “{word}”",
                remedy=f"nêu tệp, thư mục, hoặc một trong / name a file, a folder, or one of: {names}",
            )
        found.update(dict.fromkeys(meant))
    return list(found)


def read_document(path: Path) -> Record:
    """Read a document as ``daumoi read`` does; the reader is prepared once. Raise :class:`SourceError` where it cannot be read."""
    one = read_file(path)
    if isinstance(one, Failure):
        raise one.to_error(path)
    return one.record


def score_keys(paths: Sequence[Path], read: ReadDocument = read_document) -> dict[str, Scores]:
    """Return the scores of each key's document by the key's name; raise ``AnswerKeyError`` if a key is wrong.

    ``read`` is told the path of a document and gives its record. Two keys of one name are told apart by their folders.
    """
    keys: list[AnswerKey] = [read_key(path) for path in paths]
    stems = [key.name for key in keys]
    names = [
        key.name if stems.count(key.name) == 1 else f"{path.parent.name}/{key.name}"
        for key, path in zip(keys, paths, strict=True)
    ]
    return {
        name: score_record(key.record, read(key.document), text=key.text, optional=key.optional)
        for name, key in zip(names, keys, strict=True)
    }


def count_errors(scores: dict[str, Scores]) -> int:
    """Return how many facts are missing, extra or wrong in all documents together."""
    return sum(1 for one in scores.values() for _ in one.errors())


def print_scores(scores: dict[str, Scores], console: Console, *, errors: bool = False) -> None:
    """Print precision, recall, F1 and counts per class, F1 per document where there are several, on demand every error."""
    if len(scores) > 1:
        _print_documents(scores, console)
    _print_total(scores, console)
    if errors:
        for name, one in scores.items():
            _print_errors(name, one, console)


def _print_documents(scores: dict[str, Scores], console: Console) -> None:
    names = list(scores)
    for first in range(0, len(names), _ABREAST):
        abreast = names[first : first + _ABREAST]
        table = Table(title="F1, đúng/có/đọc được — F1, right/there/read", title_justify="left")
        table.add_column("lớp dữ kiện / facts", no_wrap=True)
        for name in abreast:
            table.add_column(name, justify="right", overflow="fold")
        for facts in (CLASSES, BESIDE):
            for fact in facts:
                table.add_row(fact, *(_cell(scores[name][fact]) for name in abreast))
            table.add_section()
        console.print(table)


def _print_total(scores: dict[str, Scores], console: Console) -> None:
    total = add_scores(list(scores.values()))
    title = next(iter(scores)) if len(scores) == 1 else f"{len(scores)} văn bản / documents"
    table = Table(title=title, title_justify="left")
    table.add_column("lớp dữ kiện / facts", no_wrap=True)
    for name in ("chính xác / precision", "đầy đủ / recall", "F1", "đúng / right", "có / there", "đọc được / read"):
        table.add_column(name, justify="right")
    for facts in (CLASSES, BESIDE):
        for fact in facts:
            table.add_row(fact, *_row(total[fact]))
        table.add_section()
    console.print(table)


def _row(score: Score) -> tuple[str, ...]:
    counts = (str(score.correct), str(score.expected), str(score.found))
    if not score.expected and not score.found:
        return ("–", "–", "–", *counts)
    return (f"{score.precision:.3f}", f"{score.recall:.3f}", f"[{_colour(score)}]{score.f1:.3f}[/]", *counts)


def _cell(score: Score) -> str:
    if not score.expected and not score.found:
        return "–"
    return f"[{_colour(score)}]{score.f1:.3f}[/]\n[dim]{score.correct}/{score.expected}/{score.found}[/]"


def _colour(score: Score) -> str:
    return "green" if score.f1 >= 0.98 else "yellow" if score.f1 >= 0.9 else "red"


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
