"""The house is one that a newcomer finds the way in: short functions, rooms of one size, one name for one thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[1] / "src"
PACKAGES = ("newsexport", "epubpreflight", "spokenform")

LONGEST_FUNCTION = 40
LONGEST_FILE = 400
LONGER = {
    "newsexport/model.py": "plug-ins import every value from here, and what walks through them belongs to them"
}


def modules(package: str) -> Iterator[tuple[str, str]]:
    for path in sorted((SOURCES / package).rglob("*.py")):
        yield path.relative_to(SOURCES).as_posix(), path.read_text("utf-8")


@pytest.mark.parametrize("package", PACKAGES)
def test_a_file_is_one_room_and_no_more(package: str) -> None:
    lengths = {name: len(text.splitlines()) for name, text in modules(package)}
    assert lengths
    assert {
        name: length for name, length in lengths.items() if length > LONGEST_FILE and name not in LONGER
    } == {}


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("package", PACKAGES)
def test_a_function_fits_on_a_screen(package: str) -> None:
    lengths = {
        f"{name}: {node.name}": _lines(node)
        for name, text in modules(package)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert lengths
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_no_two_classes_have_one_name() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for name, text in modules("newsexport"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(name)
    assert places
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
