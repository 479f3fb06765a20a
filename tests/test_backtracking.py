"""No pattern of the program runs away: pumped texts cost steps in proportion to their length, at worst to its square.

Steps are counted, not seconds, so the result is the same on every machine.
"""

import ast
import dataclasses
import functools
import importlib
import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest

from loaders.reader import build_reader
from ontology.registry import load_registry
from tests.backtracking import Counter, Runaway, attacks
from tests.test_layout import CHECKOUT, ROOMS, modules

ROUNDS = 12
"""How often an attack is pumped; then twice as often."""
BUDGET = 40_000
"""Steps of one attempt of a match; the longest attacks have some thousand characters."""
FEW = 250
"""Steps that are few however they grow: the patterns bound most repetitions."""
GROWTH = 5.0
"""Twice the length may take four times the steps (and something for small numbers), not eight."""
NOWHERE = "\x00"
"""An end that no pattern fits."""
FEWEST = 300
"""Patterns there are at least: a test that finds none proves nothing."""


def patterns_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that a value holds, as the program's values hold them: in collections and dataclasses."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, dict):
        for one in value.values():
            yield from patterns_in(one, depth + 1)
    elif depth < 4 and isinstance(value, list | tuple | set | frozenset) and len(value) < 400:
        for one in value:
            yield from patterns_in(one, depth + 1)
    elif depth < 4 and dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from patterns_in(getattr(value, field.name), depth + 1)


def made_when_asked(module: Any) -> Iterator[Any]:
    """Yield what the cached functions without parameters of a module return: patterns built from tables."""
    for value in vars(module).values():
        own = isinstance(value, functools._lru_cache_wrapper) and value.__module__ == module.__name__
        if own and not any(one.default is one.empty for one in inspect.signature(value).parameters.values()):
            yield value()


def written_out(source: str) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that stand as text in calls of ``re``."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
            and node.func.attr != "compile"
        ):
            yield re.compile(node.args[0].value)


def all_patterns() -> dict[str, tuple[re.Pattern[str], str]]:
    """Return every pattern of the program by its text, with where it was found."""
    found: dict[str, tuple[re.Pattern[str], str]] = {}
    for room in ROOMS:
        for path in modules(room):
            name = ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")
            if path.name == "__main__.py":
                continue
            module = importlib.import_module(name)
            for value in (*vars(module).values(), *made_when_asked(module), *written_out(path.read_text("utf-8"))):
                for pattern in patterns_in(value):
                    if isinstance(pattern.pattern, str):
                        found.setdefault(pattern.pattern, (pattern, name))
    reader = build_reader(load_registry())
    for pattern in patterns_in(reader):
        found.setdefault(pattern.pattern, (pattern, "loaders.reader"))
    return found


def worst_attack(pattern: re.Pattern[str]) -> str | None:
    """Return the attack that a pattern does not stand, ``None`` if it stands all."""
    counter = Counter(pattern, BUDGET)
    for before, pump in dict.fromkeys(attacks(counter.tree)):
        try:
            few = counter.count(f"{before}{pump * ROUNDS}{NOWHERE}")
            many = counter.count(f"{before}{pump * 2 * ROUNDS}{NOWHERE}")
        except Runaway:
            return f"runs away on {before + pump!r}"
        if many > GROWTH * max(few, FEW):
            return f"takes {few} steps, then {many}, on {before + pump!r}"
    return None


def test_no_pattern_runs_away() -> None:
    patterns = all_patterns()
    assert len(patterns) >= FEWEST
    found = [
        f"{where}: {text[:120]}\n    {worst}"
        for text, (pattern, where) in patterns.items()
        if (worst := worst_attack(pattern)) is not None
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("bad", [r"(?:a+)+b", r"(?:a|a)*b", r"\s*\s*\s*\s*x", r"(?:\w+\s?)*$"])
def test_a_runaway_is_seen(bad: str) -> None:
    assert worst_attack(re.compile(bad)) is not None
