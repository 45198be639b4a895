"""What the documentation shows is what works."""

import inspect
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsexport import protocols
from newsexport.interchange import from_json, to_json
from newsexport.narration.script_file import from_json as script_from_json
from newsexport.verify.files import verify
from spokenform.lexicon import from_toml

ROOT = Path(__file__).parents[1]
PAGES = [
    *(ROOT / f"{name}.md" for name in ("README", "ARCHITECTURE", "CONTRIBUTING", "THIRD-PARTY")),
    *sorted((ROOT / "docs").glob("*.md")),
]


def snippets(page: str, language: str) -> list[str]:
    """The code of one language in a page, in order."""
    return re.findall(
        rf"^```{language}\n(.*?)^```$", (ROOT / page).read_text("utf-8"), re.MULTILINE | re.DOTALL
    )


def run(code: str, folder: Path) -> str:
    program = folder / "program.py"
    program.write_text(code, encoding="utf-8")
    done = subprocess.run([sys.executable, program], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_program_of_the_library_page_makes_a_book_and_an_episode(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds" / "4-sport", tmp_path / "articles")
    told = run(snippets("docs/library.md", "python")[0], tmp_path)
    made = [tmp_path / name for name in told.splitlines()]
    assert [path.suffix for path in made] == [".epub", ".mp3"]
    assert all(verify(path).sound for path in made)


def test_the_program_of_the_library_page_makes_publishes_and_delivers_a_paper(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds" / "4-sport", tmp_path / "articles")
    (tmp_path / "newsexport.toml").write_text(
        '[paper.morning]\nsources = ["articles"]\n[paper.morning.text]\n'
        '[[paper.morning.deliver]]\nby = "folder"\npath = "reader"\n'
    )
    told = run(snippets("docs/library.md", "python")[1], tmp_path)
    title, *names = told.split()
    assert title == "Morning"
    assert {Path(name).suffix for name in names} >= {".txt", ".json"}
    (issue,) = (tmp_path / "library/morning").glob("*-*-*")
    assert {path.name for path in issue.iterdir()} >= set(names)
    assert [path.suffix for path in (tmp_path / "reader").glob("[!.]*")] == [".txt"]
    assert {path.name for path in tmp_path.joinpath("state/papers").iterdir()} >= {"morning.json"}


def test_an_edition_made_in_python_is_exported_read_back_and_delivered(tmp_path: Path) -> None:
    _, _, *programs = snippets("docs/library.md", "python")
    run("\n".join(programs), tmp_path)
    assert "By Ada Fenn" in (tmp_path / "evening.txt").read_text("utf-8")
    assert (tmp_path / "reader/evening.txt").read_bytes() == (tmp_path / "evening.txt").read_bytes()


def test_the_plug_ins_of_the_page_are_those_of_the_package_that_is_tested() -> None:
    package = (ROOT / "tests/plugin/src/newsexport_headlines.py").read_text("utf-8")
    shown = snippets("docs/extending.md", "python")
    assert len(shown) == 3
    assert [code for code in shown if code not in package] == []
    (announced,) = snippets("docs/extending.md", "toml")
    project = (ROOT / "tests/plugin/pyproject.toml").read_text("utf-8")
    assert [line for line in announced.splitlines() if line not in project] == []


def test_methods_stand_on_the_page_as_they_are_called() -> None:
    page = (ROOT / "docs/extending.md").read_text("utf-8")
    methods: dict[str, set[str]] = {}
    for shape in vars(protocols).values():
        for name, method in vars(shape).items() if isinstance(shape, type) else ():
            if inspect.isfunction(method):
                methods.setdefault(name, set()).add(", ".join([*inspect.signature(method).parameters][1:]))
    shown = [call for call in re.findall(r"`(\w+)\(([\w, ]*)\)`", page) if call[0] in methods]
    assert {name for name, _ in shown} >= {"offered", "speaker", "voices", "check", "say_many"}
    assert [f"{name}({given})" for name, given in shown if given not in methods[name]] == []


def test_the_program_of_the_lexicon_page_says_its_names(tmp_path: Path) -> None:
    (code,) = snippets("docs/lexicon.md", "python")
    assert run(code, tmp_path).splitlines() == ["The mayor of Wex-kum", "True"]


def test_the_lexicons_and_the_script_of_the_pages_are_ones() -> None:
    entries = [from_toml(shown.encode(), "shown").entries for shown in snippets("docs/lexicon.md", "toml")]
    assert list(map(len, entries)) == [4, 1]
    (shown,) = snippets("docs/script.md", "json")
    assert len(script_from_json(shown.encode()).passages) == 2


def test_the_edition_of_the_json_page_is_one() -> None:
    (shown,) = snippets("docs/json.md", "json")
    edition = from_json(shown.encode())
    assert json.loads(to_json(edition))["title"] == "The Oldhaven Gazette"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_of_the_documentation_lead_to_files(page: Path) -> None:
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\((?!https?://)([^)#\s]+)", prose)
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/decisions.md"])
def test_files_that_are_named_are_there(page: str) -> None:
    named = re.findall(r"`([\w./-]+\.(?:py|toml|css|json|txt|md))`", (ROOT / page).read_text("utf-8"))
    paths = [name for name in named if "/" in name and "TAG" not in name]
    roofs = (ROOT, ROOT / "src", ROOT / "src" / "newsexport")
    assert paths
    assert [name for name in paths if not any((roof / name).is_file() for roof in roofs)] == []
