"""Each guide is tried from its first command to its last, as somebody would who follows it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import feedparser
import pytest
import yaml
from tests.machine.system_tools import needed, small_disk

ROOT = Path(__file__).parents[3]
GUIDES = ROOT / "docs" / "guides"
STORIES = {
    "harbour": "# The harbour opens\n\nThe ferry left Oldhaven at dawn, with a band on the quay.\n",
    "market": "# A market moves\n\nThe traders of Long Street have a roof at last.\n",
}


def blocks(guide: str) -> list[tuple[str, str]]:
    """What the guide says to type (``sh``) and to write into the configuration (``toml``), in its order."""
    text = (GUIDES / guide).read_text("utf-8")
    return re.findall(r"^```(sh|toml)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with articles, a program called newsexport, and places that guides speak of."""
    for name in ("STATE", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    for name in ("KOBO", "HOST"):
        monkeypatch.setenv(name, str(tmp_path / name))
        (tmp_path / name).mkdir()
    program = tmp_path / "bin" / "newsexport"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m newsexport "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    work = tmp_path / "work"
    (work / "articles").mkdir(parents=True)
    for name, text in STORIES.items():
        (work / "articles" / f"{name}.md").write_text(text, "utf-8")
    return work


def follow(guide: str, work: Path) -> str:
    """Do as the guide says, and return all that was told."""
    return "".join(
        _typed(block, work) if kind == "sh" else _written(block, work) for kind, block in blocks(guide)
    )


def _written(block: str, work: Path) -> str:
    """What the guide adds stands in the table of its only paper."""
    configuration = work / "newsexport.toml"
    text, times = re.subn(
        r"^\[paper\.\w+\]\n", rf"\g<0>{block}", configuration.read_text("utf-8"), flags=re.MULTILINE
    )
    assert times == 1
    configuration.write_text(text, "utf-8")
    return ""


def _typed(block: str, work: Path) -> str:
    told = []
    for command in block.splitlines():
        # The articles of a folder stand for those of feeds, loopback for the household, a folder for the Kobo.
        here = command.replace("subscriptions.opml", "articles").replace("serve --lan", "serve")
        here = here.replace("newsexport send ", 'newsexport send --to "$KOBO" ')
        if here == "newsexport serve":
            served(work)
            continue
        done = subprocess.run(
            [needed("sh"), "-c", here], cwd=work, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        told.append(done.stdout)
    return "".join(told)


def served(work: Path) -> None:
    """A catalogue is to be had at the address that is told."""
    process = subprocess.Popen(
        [sys.executable, "-m", "newsexport", "serve", "--port", "0"],
        cwd=work,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+/", line)))
        with urllib.request.urlopen(f"{address}opds.xml", timeout=20) as answer:
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


@pytest.mark.slow
def test_the_paper_comes_onto_the_kobo(home: Path) -> None:
    kobo = home.parent / "KOBO"
    with small_disk(kobo, "size=8m"):
        (kobo / ".kobo").mkdir()
        (kobo / ".kobo" / "version").write_text("N000,4.9.77,4.38.21908,4.9.77,4.9.77,390\n")
        told = follow("kobo.md", home)
        (book,) = (kobo / "newsexport").iterdir()
    assert book.name.endswith(".kepub.epub")
    assert "OnCalendar=*-*-* 06:30:00" in told


@pytest.mark.slow
def test_the_family_has_a_podcast(home: Path) -> None:
    told = follow("raspberry-pi.md", home)
    feed = feedparser.parse((home / "library/family-news/feed.xml").read_bytes())
    assert [entry.enclosures[0].type for entry in feed.entries] == ["audio/mpeg"]
    assert "30 5 * * *" in told


@pytest.mark.slow
def test_the_newsroom_has_an_edition_on_a_static_host(home: Path) -> None:
    assert needed("sed") and needed("mkdir") and needed("rsync")
    follow("newsroom.md", home)
    host = home.parent / "HOST"
    (episode,) = feedparser.parse((host / "edition/feed.xml").read_bytes()).entries
    address = episode.enclosures[0].href
    assert address.startswith("https://audio.example.org/")
    there = host / address.removeprefix("https://audio.example.org/")
    assert there.stat().st_size == int(episode.enclosures[0].length)
    workflow = yaml.safe_load((home / ".github/workflows/edition.yml").read_text("utf-8"))
    assert workflow["name"] == "edition"
    installs = [
        step["run"] for step in workflow["jobs"]["issue"]["steps"] if "install" in step.get("run", "")
    ]
    assert [line.split("#")[0].strip() for line in installs] == ["pip install wheels/newsexport-*.whl"]
    (begins,) = workflow[True]["schedule"]  # YAML 1.1 takes the key "on" for a truth
    assert re.fullmatch(r"30 [34] \* \* 1,2,3,4,5", begins["cron"])
    assert '"articles"' in (home / "newsexport.toml").read_text("utf-8")


@pytest.mark.parametrize("guide", sorted(path.name for path in GUIDES.glob("*.md")))
def test_links_of_a_guide_lead_to_files(guide: str) -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#\s]+)", (GUIDES / guide).read_text("utf-8"))
    assert [target for target in targets if not (GUIDES / target).exists()] == []
