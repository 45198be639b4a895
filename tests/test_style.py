"""The house is one that a newcomer finds the way in: short functions, rooms of one size, one name for one thing."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]  # nothing public tells what a pattern says
from typing import Any

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


def _repeats_possessively(pattern: str) -> bool:
    """Is more than one character repeated by ``*+``, ``++``, ``?+`` or ``{m,n}+``?"""
    try:
        parsed = _parser.parse(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    waiting = list(parsed)
    while waiting:
        operation, value = waiting.pop()
        if operation is _constants.POSSESSIVE_REPEAT and value[2].getwidth() not in ((0, 0), (1, 1)):
            return True
        waiting += _inside(value)
    return False


def _inside(value: object) -> Iterator[tuple[object, Any]]:
    """The operations within what an operation has to say."""
    if isinstance(value, _parser.SubPattern):
        yield from value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _inside(part)


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.filterwarnings("ignore:Possible nested set:FutureWarning", "ignore::DeprecationWarning")
def test_groups_are_atomic_and_not_possessive(package: str) -> None:
    """Before Python 3.11.5 a possessive repetition of a group may end too soon: CPython's gh-106052."""
    assert _repeats_possessively("(?:a|bc?)*+d")
    assert not _repeats_possessively("(?>(?:a|bc?)*)d[ef]*+")
    assert {
        f"{name}: {node.value}"
        for name, text in modules(package)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if "+" in node.value and _repeats_possessively(node.value)
    } == set()
