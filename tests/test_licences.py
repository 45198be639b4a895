"""Everything that is installed with newsexport stands in the notice of licences, and nothing else does."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


# For working on newsexport, not for using it.
OURS = {"test", "lint", "mutation"}


def _named(requirement: str) -> str:
    return re.split(r"[ \[<>=!~;]", requirement, maxsplit=1)[0].lower()


def test_each_dependency_is_listed_with_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    always, extras = _notices()
    assert sorted(_rows(always)) == sorted(_named(requirement) for requirement in project["dependencies"])
    listed = project["optional-dependencies"]
    wanted = {_named(one) for extra in listed.keys() - OURS for one in listed[extra]}
    assert sorted(_rows(extras)) == sorted(wanted)


def test_what_an_extra_brings_is_listed_under_its_name() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    _, extras = _notices()
    for package, (told, _) in _rows(extras).items():
        brought = {extra for extra in listed.keys() - OURS if package in map(_named, listed[extra])}
        assert set(re.findall(r"`([a-z]+)`", told)) == brought, package


def _notices() -> tuple[str, str]:
    """The part of the notice on what is always installed, and that on extras."""
    notice = (ROOT / "THIRD-PARTY.md").read_text("utf-8").partition("## Installed with it")[2]
    always, heading, extras = notice.partition("## Installed with an extra")
    assert heading
    return always, extras


def _rows(notice: str) -> dict[str, tuple[str, str]]:
    """What each package is for, and its licence."""
    rows = re.findall(r"^\| ([\w.-]+) \| ([^|]+) \| ([^|]+) \|$", notice, re.MULTILINE)
    found = {package: (told, licence) for package, told, licence in rows}
    found.pop("package")
    return found
