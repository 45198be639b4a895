"""The guides to services are followed at servers that answer as their descriptions say."""

import os
import re
import shlex
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.newsexport.cli.cli_runs import newsexport
from tests.newsexport.net.web_server import Page, Route, serving
from tests.newsexport.sources.services import further_servers as further
from tests.newsexport.sources.services import service_servers as servers
from tests.newsexport.sources.services.service_servers import SECRET

from newsexport.configuration.planning import read_plan
from newsexport.sources.services.accounts import KINDS
from newsexport.sources.services.telling import WORDS, TakesDeeds

GUIDES = Path(__file__).parents[3] / "docs" / "guides"
# What the sections and rows of the guide are called, by the kind of service.
SECTIONS = {
    "readeck": "Readeck",
    "wallabag": "wallabag",
    "karakeep": "Karakeep",
    "linkwarden": "Linkwarden",
    "miniflux": "Miniflux",
    "freshrss": "FreshRSS and other Google Readers",
    "ttrss": "Tiny Tiny RSS",
    "instapaper": "Instapaper",
    "readwise": "Readwise Reader",
    "raindrop": "Raindrop.io",
}
ROUTES: dict[str, Callable[[int], dict[str, Route]]] = {
    "readeck": servers.readeck,
    "wallabag": servers.wallabag,
    "karakeep": servers.karakeep,
    "linkwarden": servers.linkwarden,
    "miniflux": servers.miniflux,
    "freshrss": servers.google_reader,
    "ttrss": further.tiny_tiny_rss,
    "instapaper": further.instapaper,
    "readwise": further.readwise,
}


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("STATE", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def blocks(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^```(sh|toml)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def section(kind: str) -> str:
    text = (GUIDES / "services.md").read_text("utf-8")
    return text.partition(f"\n## {SECTIONS[kind]}\n")[2].partition("\n## ")[0]


def follow(kind: str, url: str, work: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is told when all is written and typed that stands there; the secrets are those of the servers."""
    told = []
    for language, block in blocks(section(kind)):
        if language == "toml":
            text = re.sub(r'"https://[^/"]*(?:/tt-rss)?', f'"{url}', block).replace(
                'user = "ada"', 'user = "reader"'
            )
            text = text if "address" in text else text.replace("token =", f'address = "{url}"\ntoken =')
            (work / "newsexport.toml").write_text(text)
            continue
        for line in block.splitlines():
            first, *words = shlex.split(line)
            if first == "export":
                for word in words:
                    monkeypatch.setenv(word.partition("=")[0], SECRET)
            else:
                assert first == "newsexport"
                told.append((done := newsexport(*words)).output)
                assert done.exit_code == 0, done.output
    return told


@pytest.mark.parametrize("kind", ROUTES)
def test_a_guide_makes_a_paper_of_what_was_saved_and_tells_the_service(
    kind: str, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(ROUTES[kind](6)) as site:
        (told,) = follow(kind, site.url, work, monkeypatch)
        assert list((work / "library/morning").glob("*/*.epub"))
        assert "left out" not in told
        # What is marked as read or put into the archive is not unread any more.
        left = newsexport("text", f"{kind}:unread", "-o", "left.txt")
        assert left.exit_code == (0 if kind == "linkwarden" else 3), left.output


def test_the_guide_to_raindrop_is_a_configuration_of_it(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (written, _) = blocks(section("raindrop"))
    (work / "newsexport.toml").write_text(written[1])
    plan = read_plan(work / "newsexport.toml")
    assert list(plan.services) == ["raindrop"]
    monkeypatch.setenv("RAINDROP_TOKEN", SECRET)
    assert newsexport("run", "morning", "--dry-run").exit_code == 0


def test_the_table_says_of_each_service_what_can_be_done_there() -> None:
    rows = re.findall(
        r"^\| \[(.*?)\]\(.*\| ([^|]*) \|$", (GUIDES / "services.md").read_text("utf-8"), re.MULTILINE
    )
    shown = {name: set(re.findall(r"`(\w+)", words)) for name, words in rows}
    expected: dict[str, set[str]] = {}
    for kind, heading in SECTIONS.items():
        made = KINDS[kind]
        assert isinstance(made, TakesDeeds)
        expected[heading.partition(" and ")[0]] = {WORDS[deed].partition(":")[0] for deed in made.deeds}
    assert shown == expected


def test_the_guide_from_pocket_is_followed_to_its_end(work: Path) -> None:
    pages = {
        f"/{n}": Page(f"<!doctype html><title>Story {n}</title>{servers.text(f'Story {n}')}".encode())
        for n in range(2)
    }
    with serving(pages) as site:
        rows = "".join(f"Story {n},{site.url}/{n},1700000000,,unread\n" for n in range(2))
        with zipfile.ZipFile(work / "pocket.zip", "w") as archive:
            archive.writestr("part_000000.csv", f"title,url,time_added,tags,status\n{rows}")
        done = []
        for language, block in blocks((GUIDES / "pocket.md").read_text("utf-8")):
            if language == "toml":
                (work / "newsexport.toml").write_text(block)
                continue
            for line in block.splitlines():
                _, *words = shlex.split(line)
                here = ("--allow-host", site.host) if words[0] == "epub" else ()
                done.append(newsexport(*words, *here))
    assert [each.exit_code for each in done] == [0] * 6, "".join(each.output for each in done)
    assert len(list(work.glob("dist/*.epub"))) == 1
    assert "https://gazette.example/ferry" in done[3].output
    assert "30 6 * * *" in done[5].output
