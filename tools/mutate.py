"""Break the code in small ways, one at a time, and see whether a test notices.

``python tools/mutate.py [PATTERN…]``, where a pattern is of names such as ``newsexport.storage.atomic.*``;
without one, everything that ``[tool.mutmut]`` in pyproject.toml names is broken. mutmut does the work. Its
own command passes over whatever has a decorator, which here is every dataclass and every context manager;
that is mended below, and is the reason why its version is fixed. Afterwards ``mutmut results`` lists the
survivors, and ``mutmut show NAME`` what was changed.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

import libcst as cst
import pytest
from mutmut import __main__ as mutmut
from mutmut.mutation import file_mutation
from mutmut.mutation.file_mutation import MutationVisitor

ROOT = Path(__file__).parents[1]

# Decorators that mutmut puts on every copy of a function itself.
ITS_OWN = {"staticmethod", "classmethod"}

visited = MutationVisitor._skip_node_and_children  # noqa: SLF001 - there is no setting for it
arranged = file_mutation.function_trampoline_arrangement


def skips(visitor: MutationVisitor, node: cst.CSTNode) -> bool:
    """Whether a node stays as it is: decorators do, and what they decorate does not."""
    if isinstance(node, cst.Decorator):
        return True
    if isinstance(node, cst.ClassDef | cst.FunctionDef) and node.decorators:
        node = node.with_changes(decorators=())
    return visited(visitor, node)


def arrangement(function: cst.FunctionDef, mutants: Iterable[Any], class_name: str | None) -> tuple[Any, ...]:
    """The function that calls one of its copies keeps the decorators; the copies have none.

    A cache is left out: it would remember what the whole code answered.
    """
    names = {_name(decorator) for decorator in function.decorators}
    before, nodes, after, made = arranged(function, mutants, class_name)
    if names <= ITS_OWN:
        return before, nodes, after, made
    caller, *copies = cast("Sequence[cst.FunctionDef]", nodes)
    kept = [each for each in caller.decorators if _name(each) not in {"lru_cache", "cache"}]
    bare = (copy.with_changes(decorators=()) for copy in copies)
    return before, [caller.with_changes(decorators=kept), *bare], after, made


def _name(decorator: cst.Decorator) -> str:
    named = decorator.decorator.func if isinstance(decorator.decorator, cst.Call) else decorator.decorator
    return named.value if isinstance(named, cst.Name) else ""


def table() -> str:
    """How many mutants of each module were tried, and how many of them a test noticed."""
    lines = [f"{'module':<45} {'tried':>6} {'killed':>6} {'%':>5}"]
    for path in sorted((ROOT / "mutants" / "src").rglob("*.meta")):
        codes = json.loads(path.read_text("utf-8"))["exit_code_by_key"].values()
        found = Counter(mutmut.status_by_exit_code[code] for code in codes if code is not None)
        tried, killed = found.total(), found["killed"] + found["timeout"]
        if tried:
            name = path.relative_to(ROOT / "mutants" / "src").as_posix().removesuffix(".py.meta")
            lines.append(f"{name:<45} {tried:>6} {killed:>6} {100 * killed / tried:>5.0f}")
    return "\n".join(lines)


def main() -> None:
    """Run mutmut, and tell for each module how many mutants were noticed."""
    MutationVisitor._skip_node_and_children = skips  # type: ignore[assignment, method-assign]  # noqa: SLF001 - as above
    file_mutation.function_trampoline_arrangement = arrangement
    pytest.Item._nodeid = property(lambda item: item.nodeid)  # type: ignore[attr-defined]  # noqa: SLF001 - gone in pytest 9.2
    mutmut.cli(["run", "--max-children", "1", *sys.argv[1:]], standalone_mode=False)
    print(table())


if __name__ == "__main__":
    main()
