"""What tests ask of the system is in one list, is skipped with a reason where it lacks, and installed in CI."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from tests.machine import system_tools
from tests.machine.system_tools import TOOLS, find, needed

TESTS = Path(__file__).parents[1]
CI = TESTS.parent / ".ci" / "run"
STARTING = {"run", "Popen", "call", "check_call", "check_output", "which", "create_subprocess_exec", "execvp"}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(TESTS.rglob("*.py")):
        yield path.relative_to(TESTS).as_posix(), ast.parse(path.read_text("utf-8"))


def called(node: ast.Call) -> str:
    """``run`` of ``subprocess.run(…)``, ``needed`` of ``needed(…)``."""
    match node.func:
        case ast.Attribute(ast.Name("subprocess" | "shutil" | "asyncio" | "os"), name) if name in STARTING:
            return name
        case ast.Name(name):
            return name
        case _:
            return ""


def first_words(value: ast.expr, names: dict[str, list[ast.expr]]) -> Iterator[str]:
    """The literal a command begins with, looked up through names as far as they are set in the same file."""
    match value:
        case ast.Constant(str() as word):
            yield word
        case ast.List([first, *_]) | ast.Tuple([first, *_]) | ast.Starred(first):
            yield from first_words(first, names)
        case ast.Name(name):
            for known in names.get(name, ()):
                yield from first_words(known, {key: of for key, of in names.items() if key != name})
        case _:
            pass


def set_in(nodes: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    names: dict[str, list[ast.expr]] = {}
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(name)], value) | ast.AnnAssign(ast.Name(name), _, ast.expr() as value):
                names.setdefault(name, []).append(value)
            case _:
                pass
    return names


def started(tree: ast.Module) -> Iterator[str]:
    """Programs that are started by a name in the source."""
    everywhere = set_in(tree.body)
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    for scope in (tree, *functions):
        names = everywhere | (set_in(ast.walk(scope)) if scope is not tree else {})
        for node in ast.walk(scope):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and called(node):
                for argument in node.args[:1]:
                    yield from first_words(argument, names)


def asked_for(tree: ast.Module) -> Iterator[str]:
    """Programs that are looked for through the list."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Name("needed" | "find"), [ast.Constant(str() as program)]):
                yield program
            case _:
                pass


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("subprocess.run(['sort', '-n'])", ["sort"]),
        ("subprocess.Popen(('sort', *more))", ["sort"]),
        ("SORT = ('sort', '-n')\nsubprocess.check_output([*SORT, 'file'])", ["sort"]),
        ("def f():\n    command = ['sort']\n    subprocess.run(command)", ["sort"]),
        ("asyncio.create_subprocess_exec('sort')", ["sort"]),
        ("shutil.which('sort')", ["sort"]),
        ("subprocess.run([sys.executable, 'sort'])", []),
        ("subprocess.run([needed('sort'), 'file'])", []),
    ],
)
def test_a_program_that_is_started_by_its_name_is_seen(source: str, words: list[str]) -> None:
    assert sorted(set(started(ast.parse(source)))) == words


@pytest.mark.slow
def test_no_test_starts_a_program_past_the_list() -> None:
    by_name = {(file, word) for file, tree in trees() for word in started(tree)}
    by_hand = {word for word, tool in TOOLS.items() if tool.by_hand}
    assert {(file, word) for file, word in by_name if word not in by_hand} == set()


@pytest.mark.slow
def test_the_list_holds_what_tests_ask_for_and_nothing_else() -> None:
    asked = {program for _, tree in trees() for program in asked_for(tree)}
    by_hand = {word for _, tree in trees() for word in started(tree)}
    assert {word for word, tool in TOOLS.items() if not tool.by_hand} == asked
    assert {word for word, tool in TOOLS.items() if tool.by_hand} == by_hand


def test_continuous_integration_installs_what_is_missing_and_has_no_list_of_its_own(tmp_path: Path) -> None:
    command = [sys.executable, "-S", system_tools.__file__]
    told = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=True)
    missing = told.stdout.split()
    for tool in TOOLS.values():
        there = tool.by_hand or (tool.folders and any(Path("/").glob(tool.folders.lstrip("/"))))
        assert there or set(tool.packages) <= set(missing), "nothing is on this path"
    assert len(set(missing)) == len(missing)
    assert set(missing) <= {
        package for tool in TOOLS.values() if not tool.by_hand for package in tool.packages
    }
    script = CI.read_text("utf-8").replace("\\\n", " ")
    assert "python3 tests/machine/system_tools.py" in script
    (installing,) = re.findall(r"^.*apt-get\b.*\binstall\b(.*)$", script, re.MULTILINE)
    packages = [word for word in installing.partition(">")[0].split() if not word.startswith("-")]
    assert packages == ['"${packages[@]}"']


def test_a_missing_program_is_a_skip_with_its_reason_and_a_failure_in_ci(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"no rsync, which .* apt-get install rsync"):
        needed("rsync")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no rsync"):
        needed("rsync")


def test_a_disk_that_may_not_be_mounted_is_a_skip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("mount", "umount"):
        program = tmp_path / name
        program.write_text(f"#!{sys.executable}\nraise SystemExit('{name}: permission denied')\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    with (
        pytest.raises(pytest.skip.Exception, match="mounted here: mount: permission denied"),
        system_tools.small_disk(tmp_path / "disk", "size=1m"),
    ):
        pytest.fail("nothing was mounted")


def test_another_name_and_another_place_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("google-chrome", "mine"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert find("chromium") == os.fspath(tmp_path / "google-chrome")
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "mine"))
    assert find("chromium") == os.fspath(tmp_path / "mine")
