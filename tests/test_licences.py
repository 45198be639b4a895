"""Everything that is installed with newsexport stands in the notice of licences, and nothing else does."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def _named(requirement: str) -> str:
    return re.split(r"[ \[<>=!~;]", requirement, maxsplit=1)[0].lower()


def test_each_dependency_is_listed_with_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    notice = (ROOT / "THIRD-PARTY.md").read_text("utf-8").partition("## Installed with it")[2]
    rows = dict(re.findall(r"^\| ([\w.-]+) \| [^|]+ \| ([^|]+) \|$", notice, re.MULTILINE))
    rows.pop("package")
    assert sorted(rows) == sorted(_named(requirement) for requirement in project["dependencies"])
