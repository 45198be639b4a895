"""A paper of what a real Tiny Tiny RSS has, by `newsexport run`; and what that says of it afterwards."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.machine.tiny_tiny_rss import PASSWORD, TinyTinyRss, tiny_tiny_rss
from tests.newsexport.cli.cli_runs import furnish, newsexport
from tests.newsexport.sources.services.service_servers import text

from newsexport.interchange import from_json
from newsexport.model import plain_blocks
from newsexport.net.secrets import Literal
from newsexport.protocols import Resource
from newsexport.sources.services import tiny_tiny_rss as service
from newsexport.sources.services.accounts import Accounts
from newsexport.sources.services.telling import Told, after_of

pytestmark = pytest.mark.slow

CONFIGURATION = """
[service.ttrss]
address = "{url}"
user = "admin"
password = {{ env = "TTRSS_PASSWORD" }}
after = "read"
[paper.morning]
sources = ["ttrss:category/News"]
new = true
epub = {{}}
json = {{}}
"""

# It fetches no feed from this machine, nor from any port but 80 and 443.
FEEDS = """
INSERT INTO ttrss_feed_categories (id, owner_uid, title) VALUES (1, 1, 'News'), (2, 1, 'Sport');
INSERT INTO ttrss_feeds (id, owner_uid, title, cat_id, feed_url, site_url) VALUES
  (1, 1, 'The Courier', 1, 'https://courier.example/feed', 'https://courier.example/'),
  (2, 1, 'The Goal', 2, 'https://goal.example/feed', 'https://goal.example/');
INSERT INTO ttrss_labels2 (id, owner_uid, caption) VALUES (1, 1, 'sea'), (2, 1, 'on paper');
"""
LABELLED = """
INSERT INTO ttrss_user_labels2 VALUES (1, 7);
INSERT INTO ttrss_tags (owner_uid, tag_name, post_int_id) VALUES (1, 'boats', 7), (1, 'boats', 8), (1, 'harbour', 9);
"""


def entry(number: int, feed: int, *, unread: bool) -> str:
    """The statements that put an article into a feed."""
    minute = f"2026-11-29 06:{number:02}:00"
    return f"""
INSERT INTO ttrss_entries (id, title, guid, link, updated, content, content_hash, date_entered, date_updated,
    author, lang)
  VALUES ({number}, 'Tiny {number}', 'SHA1:{number}', 'https://courier.example/{number}', '{minute}',
    '{text(f"Tiny {number}")}', '{number}', '{minute}', '{minute}', 'Gil Dale', 'en');
INSERT INTO ttrss_user_entries (int_id, ref_id, uuid, feed_id, owner_uid, unread, marked, tag_cache, label_cache)
  VALUES ({number}, {number}, '', {feed}, 1, {unread}, {number % 3 == 0}, 'harbour,boats', '');
"""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TinyTinyRss]:
    """Thirty articles to be read in one category, some more that were read, or are in another."""
    furnish(tmp_path, monkeypatch)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TTRSS_PASSWORD", PASSWORD)
    monkeypatch.setenv("no_proxy", "*")
    with tiny_tiny_rss() as server:
        entries = [entry(number, 1, unread=True) for number in range(1, 31)]
        entries += [entry(31, 1, unread=False), entry(32, 2, unread=True)]
        server.sql("".join((FEEDS, *entries, LABELLED)))
        (tmp_path / "newsexport.toml").write_text(CONFIGURATION.format(url=server.url))
        yield server


def unread(server: TinyTinyRss) -> list[str]:
    return server.sql("SELECT ref_id FROM ttrss_user_entries WHERE unread ORDER BY ref_id")


def test_thirty_articles_are_printed_and_then_read(server: TinyTinyRss) -> None:
    ran = newsexport("run", "morning")
    assert ran.exit_code == 0, ran.output
    (edition,) = Path("library").rglob("morning*.json")
    articles = [*from_json(edition.read_bytes()).articles()]
    assert [article.title for article in articles] == [f"Tiny {number}" for number in range(30, 0, -1)]
    assert {article.section for article in articles} == {"News"}
    for article in articles:
        *_, last = plain_blocks(article.body)
        assert last == f"The last line of {article.title}."
        assert (article.byline, article.site, article.language) == (("Gil Dale",), "The Courier", "en")
    assert {article.title for article in articles if "sea" in article.tags} == {"Tiny 7"}
    (book,) = Path("library").rglob("morning-*.epub")
    assert sum(name.startswith("EPUB/a") for name in zipfile.ZipFile(book).namelist()) == 30
    assert unread(server) == ["32"]
    again = newsexport("run", "morning")
    assert "nothing" in again.output
    assert unread(server) == ["32"]


def test_places_and_labels_are_those_of_the_server(server: TinyTinyRss) -> None:
    account = service.TinyTinyRss(server.url, "admin", Literal(PASSWORD))
    accounts = Accounts({"home": account})

    def titles(words: str) -> list[int]:
        found = [*accounts.resources(f"home:{words}")]
        assert all(isinstance(each, Resource) for each in found), found
        return [
            record["id"] for each in found if isinstance(each, Resource) for record in json.loads(each.data)
        ]

    assert titles("label/sea") == titles("feed/the courier,since/2026-11-29T06:07:00Z")[-1:] == [7]
    assert titles("starred,category/News") == [*range(30, 0, -3)]
    assert titles("category/sport,all") == titles("feed/The Goal") == [32]
    assert titles("tag/boats") == [8, 7]
    assert len(titles("all")) == 32
    for _ in range(2):
        assert [*accounts.told("home", ["7", "8", "999"], after_of("tag:on paper"))] == [
            Told(("7", "8", "999"))
        ]
        assert titles("label/on paper") == [8, 7]
    wrong = Accounts({"home": service.TinyTinyRss(server.url, "admin", Literal("wrong"))})
    (told,) = wrong.resources("home:all")
    assert str(told).endswith("takes neither this token nor this password")
