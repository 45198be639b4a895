"""What is put aside on the command line, listed, taken out, and made into an edition."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from tests.newsexport.cli.cli_runs import furnish, newsexport
from tests.newsexport.net.web_server import Page, Route, Site, serving
from typer.testing import Result

from newsexport.storage.inbox import Inbox, Saved, Saving

PAGE = b"""<html><head><title>The ferry | Gazette</title></head><body><article><h1>The ferry</h1>
<p>The ferry between Oldhaven and the islands sails again after two years, says the mayor of the town.</p>
<p>Nobody was late this morning, and nobody had to wait on the quay for the first boat of the day.</p>
</article></body></html>"""


@pytest.fixture
def routes() -> dict[str, Route]:
    return {"/ferry": Page(PAGE), "/robots.txt": Page(b"User-agent: *\nDisallow: /\n")}


@pytest.fixture
def site(routes: dict[str, Route], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    furnish(tmp_path, monkeypatch)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("no_proxy", "*")
    with serving(routes) as site:
        yield site


def listed() -> list[dict[str, object]]:
    line = newsexport("inbox", "--json").stdout.splitlines()[0]
    found: list[dict[str, object]] = json.loads(line)["entries"]
    return found


def test_what_is_added_is_an_input_like_any_other(site: Site) -> None:
    result = newsexport("add", f"{site.url}/ferry", "--note", "For the crossing", "--tag", "sea")
    assert (result.exit_code, result.stdout) == (0, f"added: {site.url}/ferry\n")
    assert newsexport("add", "-", stdin="# Milk\n\nTwo bottles of milk.\n").stdout == "added: Milk (note)\n"
    assert site.visits == []
    made = newsexport("text", "inbox", "news/1-port", "--allow-host", site.host, "-o", "-")
    assert made.exit_code == 0
    for told in ("The ferry", "For the crossing", "sea", "Two bottles of milk.", "The harbour opens again"):
        assert told in made.stdout


def test_an_address_inside_the_network_is_kept_and_refused_when_it_is_to_be_fetched(site: Site) -> None:
    assert newsexport("add", f"{site.url}/ferry").exit_code == 0
    made = newsexport("text", "inbox", "news", "-o", "-")
    assert made.exit_code == 1
    assert "leads to a private" in " ".join(made.stderr.split())
    assert site.visits == []
    assert [entry["address"] for entry in listed()] == [f"{site.url}/ferry"]


@pytest.mark.usefixtures("site")
def test_notes_and_letters_are_given_no_pictures_of_the_folder_the_program_runs_in() -> None:
    """Whoever may put something in could have any of them printed."""
    Image.new("RGB", (600, 400), "gold").save("mine.png")
    newsexport("add", "-", stdin="# Milk\n\nTwo bottles of milk.\n\n![](mine.png)\n\nAnd bread.\n")
    page = (
        '<p>Dear reader, the ferry sails again.</p><img src="mine.png"><p>Until soon, Ada of the harbour.</p>'
    )
    head = "From: Ada <ada@example.org>\nSubject: The ferry\nMessage-ID: <1@a>\nMIME-Version: 1.0\n"
    newsexport("add", "-", stdin=f"{head}Content-Type: text/html\n\n{page}\n")
    made = newsexport("export", "inbox", "--to", "json", "--letter-pictures", "-o", ".")
    assert made.stderr.count("picture mine.png: is no address of the web") == 2
    (file,) = Path().glob("*.json")
    assert "image/png" not in file.read_text()


@pytest.mark.usefixtures("site")
def test_lists_letters_and_what_is_nothing() -> None:
    Path("list.txt").write_text(
        "https://a.example/1\nhttps://a.example/1?utm_source=x\nhttps://a.example/2\n"
    )
    result = newsexport("add", "list.txt", "--tag", "sea")
    assert result.stdout.splitlines() == [
        "added: https://a.example/1",
        "there already: https://a.example/1",
        "added: https://a.example/2",
    ]
    refused = newsexport("add", "https://a.example/3", "nonsense")
    assert refused.exit_code == 2 and "is neither an address nor a file" in refused.stderr
    assert newsexport("add", "https://a.example/3", "https://a.example/4", "--title", "X").exit_code == 2
    Path("x.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    partly = newsexport("add", "x.png", "https://a.example/5")
    assert partly.exit_code == 1 and "x.png: is neither a text nor a letter" in partly.stderr
    assert [entry["address"] for entry in listed()] == [f"https://a.example/{number}" for number in (1, 2, 5)]
    assert [entry["tags"] for entry in listed()] == [["sea"], ["sea"], []]


@pytest.mark.usefixtures("site")
def test_a_line_that_is_no_address_makes_no_note_of_a_list() -> None:
    Path("list.txt").write_text("https://a.example/1\nsee below, perhaps\n\nhttps://a.example/2\n")
    result = newsexport("add", "list.txt")
    assert (result.exit_code, result.stdout.count("added: https")) == (1, 2)
    assert "list.txt:2: is no address of the web" in result.stderr
    ways = "Two ways to go there:\n\nhttps://b.example/1\n\nThe other is dull.\n\nhttps://b.example/2"
    links = "# Links\n\nhttps://c.example/1\nhttps://c.example/2\nAnd more.\n"
    for note in (ways, links):
        assert "(note)" in newsexport("add", "-", stdin=note).stdout


@pytest.mark.usefixtures("site")
def test_what_is_in_is_listed_and_taken_out() -> None:
    assert "nothing is in the inbox" in newsexport("inbox").stdout
    newsexport("add", "https://a.example/1?token=hidden", "https://a.example/2", "--tag", "sea")
    shown = newsexport("inbox").stdout
    assert "2 entries" in shown and "sea" in shown
    gone = newsexport("inbox", "--remove", "1", "--remove", "9")
    assert gone.exit_code == 2
    assert "took out: https://a.example/1" in gone.stdout and "--remove 9: there is no entry" in gone.stderr
    assert newsexport("inbox", "--clear").stdout == "took out 1 entry\n"
    assert newsexport("inbox", "--path").stdout.endswith("inbox.sqlite3\n")
    assert newsexport("text", "inbox", "-o", "-").exit_code == 3


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("--remove 1 --clear", "--clear and --remove do not go together"),
        ("--path --clear", "--path and --clear do not go together"),
        ("--lan", "--lan and --port go with --token"),
        ("--clear --port 5", "--lan and --port go with --token"),
    ],
)
def test_what_cannot_be_meant_at_once_takes_nothing_out(typed: str, told: str) -> None:
    newsexport("add", "https://a.example/1")
    refused = newsexport("inbox", *typed.split())
    assert (refused.exit_code, told in refused.stderr) == (2, True)
    assert len(listed()) == 1


@pytest.mark.usefixtures("site")
def test_addresses_are_told_as_the_server_is_told_to_have_them() -> None:
    shown = newsexport("inbox", "--token", "--lan", "--port", "8000", "--json")
    told = json.loads(shown.stdout.splitlines()[0])
    assert len(told["addresses"]) > 1
    assert all(each.endswith(f":8000/{told['token']}/") for each in told["addresses"])
    renewed = json.loads(newsexport("inbox", "--new-token", "--json").stdout.splitlines()[0])
    assert renewed["addresses"] == [f"http://localhost:8643/{renewed['token']}/"]
    assert renewed["token"] != told["token"]


@pytest.mark.usefixtures("site")
def test_a_folder_of_that_name_is_read_instead() -> None:
    newsexport("add", "-", stdin="Milk\n\nTwo bottles.\n")
    Path("inbox").mkdir()
    Path("inbox/note.txt").write_text("A file\n\nIt lies in a folder that is called so.\n")
    made = newsexport("text", "inbox", "-o", "-").stdout
    assert "A file" in made and "Two bottles" not in made


CONFIGURATION = """[paper.morning]
sources = ["inbox"]
allow_host = ["{}"]
text = {{}}
"""
LETTER = (
    """From: Ada Fenn <ada@a.example>
Subject: A letter of the week
Message-ID: <1@a.example>
Date: Mon, 23 Nov 2026 06:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

"""
    + "The market moves indoors, and the traders are not sure that they like it, they say.\n\n" * 9
)


def run(folder: Path, *more: str) -> Result:
    return newsexport("run", "morning", "--config", str(folder / "newsexport.toml"), *more)


def test_what_is_printed_is_taken_out_and_what_is_not_stays_with_its_attempts(
    site: Site, tmp_path: Path
) -> None:
    newsexport("add", f"{site.url}/ferry", f"{site.url}/gone?key=hidden", "https://10.0.0.7/x")
    newsexport("add", "-", stdin="# Milk\n\nTwo bottles of milk.\n")
    Path("letter.eml").write_text(LETTER)
    newsexport("add", "letter.eml")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "newsexport.toml").write_text(CONFIGURATION.format(site.host))
    assert newsexport("text", "inbox", "--allow-host", site.host, "-o", "-").exit_code == 1
    assert run(folder, "--dry-run").exit_code == 0
    assert len(listed()) == 5
    told = run(folder)
    assert told.exit_code == 1, told.output
    assert "/gone?key=***: the server answered 404" in told.stderr
    assert "inbox: 3 articles taken out" in told.stderr
    assert "inbox: 2 entries left there that could not be read" in told.stderr
    text = next((folder / "library").rglob("*.txt")).read_text("utf-8")
    for words in ("Nobody was late this morning", "Two bottles of milk.", "A letter of the week"):
        assert words in text
    gone, inside = listed()
    assert (gone["attempts"], inside["attempts"]) == (1, 1)
    assert "the server answered 404" in str(gone["reason"])
    assert "private" in str(inside["reason"])
    assert run(folder, "--date", "2026-11-25").exit_code == 9
    assert [entry["attempts"] for entry in listed()] == [2, 2]
    assert run(folder, "--date", "2026-11-25", "--offline").exit_code == 9
    assert "2 times: the server answered 404" in newsexport("inbox").stdout
    assert "hidden" not in newsexport("inbox").stdout


def test_what_a_paper_leaves_out_stays_and_is_no_attempt(site: Site, tmp_path: Path) -> None:
    newsexport("add", f"{site.url}/ferry")
    newsexport("add", "-", stdin="# Milk\n\nTwo bottles of milk.\n")
    (tmp_path / "newsexport.toml").write_text(
        CONFIGURATION.format(site.host).replace("text =", "max_articles = 1\ntext =")
    )
    assert run(tmp_path).exit_code == 0
    (note,) = listed()
    assert (note["title"], note["attempts"]) == ("Milk", 0)


def test_what_is_put_in_again_with_a_note_is_printed_again(site: Site, tmp_path: Path) -> None:
    (tmp_path / "newsexport.toml").write_text(
        CONFIGURATION.format(site.host).replace("text =", "new = true\ntext =")
    )
    for day, note in (("2026-11-25", ""), ("2026-11-26", "Look at the quay"), ("2026-11-27", "")):
        newsexport("add", f"{site.url}/ferry", *(("--note", note) if note else ()))
        assert run(tmp_path, "--date", day).exit_code == (3 if day.endswith("27") else 0)
        assert listed() == []
    text = next((tmp_path / "library/morning/2026-11-26").glob("*.txt")).read_text("utf-8")
    assert "Look at the quay" in text


def test_what_is_added_to_an_entry_while_it_is_printed_comes_with_the_next_issue(
    site: Site, routes: dict[str, Route], tmp_path: Path
) -> None:
    (tmp_path / "newsexport.toml").write_text(
        CONFIGURATION.format(site.host).replace("text =", "new = true\ntext =")
    )
    inbox = Inbox(tmp_path / "state/newsexport/inbox.sqlite3")
    meanwhile = ["Look at the quay"]

    def added_to(_: object) -> Page:
        if meanwhile:
            said = Saving(Saved.ADDRESS, f"{site.url}/ferry".encode(), note=meanwhile.pop())
            inbox.add([said], datetime.now(UTC))
        return Page(PAGE)

    routes["/ferry"] = added_to
    newsexport("add", f"{site.url}/ferry")
    told = run(tmp_path, "--date", "2026-11-25")
    assert told.exit_code == 0, told.output
    assert "inbox: 1 entry left there to which something was added during the run" in told.stderr
    assert [entry["note"] for entry in listed()] == ["Look at the quay"]
    assert run(tmp_path, "--date", "2026-11-26").exit_code == 0
    assert "Look at the quay" in next((tmp_path / "library/morning/2026-11-26").glob("*.txt")).read_text(
        "utf-8"
    )
    assert listed() == []


def test_a_paper_may_leave_it_where_it_is(site: Site, tmp_path: Path) -> None:
    newsexport("add", f"{site.url}/ferry")
    text = CONFIGURATION.format(site.host)
    (tmp_path / "newsexport.toml").write_text(text.replace("text =", 'after = "nothing"\ntext ='))
    assert run(tmp_path).exit_code == 0
    assert len(listed()) == 1


@pytest.mark.usefixtures("site")
def test_a_configuration_says_where_it_is_served_and_each_mistake_is_told() -> None:
    path = Path("newsexport.toml")
    path.write_text(
        '[inbox]\nport = 99999\nfoo = 1\n[inbox.imap]\naddress = "x"\n[paper.m]\nsources = ["inbox"]\n'
    )
    refused = newsexport("inbox", "--fetch")
    assert refused.exit_code == 2
    for told in (":3: inbox.foo: there is no such key", ":2: inbox.port:", ":4: inbox.imap: needs user"):
        assert told in refused.stderr
    path.write_text('[inbox]\nbase = "https://i.example/in"\nport = 8000\n[paper.m]\nsources = ["inbox"]\n')
    shown = newsexport("inbox", "--token").stdout.splitlines()
    token = Path("state/newsexport/inbox-token").read_text().strip()
    assert shown == [
        f"https://i.example/in/{token}/",
        f"http://localhost:8000/{token}/",
        f"token: {token}",
    ]
    assert token not in newsexport("inbox", "--new-token").stdout
    assert "no mailbox is configured" in newsexport("inbox", "--fetch").stderr
    assert newsexport("serve", "library", "--inbox").exit_code == 2
