"""Check every answer key: each quote must stand in its document, once or at the place the key says.

.venv/bin/python -m benchmarks.accuracy.place_quotes [KEY…]
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from loaders.scoring.answer_key import read_key
from ontology.errors import AnswerKeyError
from server.score import find_keys


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line per key; return 1 if a key is wrong."""
    names = sys.argv[1:] if arguments is None else list(arguments)
    wrong = 0
    for path in [Path(name) for name in names] or find_keys():
        try:
            key = read_key(path)
        except AnswerKeyError as error:
            wrong += 1
            print(error, file=sys.stderr)
            continue
        record = key.record
        assignments = sum(len(task.assignments) for task in record.tasks)
        print(
            f"{path.name}: {len(record.tasks)} tasks, {assignments} assignments, {len(record.citations)} citations, "
            f"{len(record.components)} components, {len(record.budgets)} budgets, {len(record.targets)} targets, "
            f"{len(record.reporting)} reporting, {len(key.optional)} optional"
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
