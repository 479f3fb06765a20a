"""Read the documents of all answer keys and print how well they were read.

.venv/bin/python -m benchmarks.accuracy.run [--errors] [--json] [KEY…]
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.accuracy.place_quotes import find_keys
from loaders.reader import build_reader
from loaders.source import read_source
from ontology.registry import load_registry
from server.score import format_scores, print_scores, score_keys


def main(arguments: Sequence[str] | None = None) -> int:
    """Score all keys, or those named (a path, or the beginning of a key's file name)."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy.run", description=__doc__)
    parser.add_argument("keys", nargs="*", help="keys to score (default: all)")
    parser.add_argument("--errors", action="store_true", help="print every error")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    paths = [path for path in find_keys() if not options.keys or any(_is_meant(path, word) for word in options.keys)]
    reader = build_reader(load_registry())
    scores = score_keys(paths, lambda path: reader.read(read_source(path)))
    if options.json:
        print(format_scores(scores))
    else:
        for folder in sorted(
            {path.parent.name for path in paths}, reverse=True
        ):  # the five documents, then the invented
            group = {path.stem: scores[path.stem] for path in paths if path.parent.name == folder}
            print_scores(group, Console(width=max(100, 24 + 18 * len(group))), errors=options.errors)
    return 0


def _is_meant(path: Path, word: str) -> bool:
    return path.name.startswith(word) or path == Path(word).resolve()


if __name__ == "__main__":
    raise SystemExit(main())
