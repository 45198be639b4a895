"""What somebody shares, however their program tells it, is an address, a note or a letter; and is read as one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsexport.errors import SourceError, UsageError
from newsexport.model import plain_blocks
from newsexport.protocols import Entry, Resource
from newsexport.sources.inbox import Shared, facts, resources, saving_of, savings_in, shown
from newsexport.sources.mail import MailSource
from newsexport.sources.saved import SavedJsonSource
from newsexport.storage.inbox import Inbox, InboxEntry, Saved

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


def kept(**said: Any) -> tuple[str, str, str]:
    saving = saving_of(Shared(**said))
    assert saving.kind is Saved.ADDRESS
    return saving.content.decode(), saving.title, saving.note


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"url": "https://a.example/x?utm_source=mail#top"}, ("https://a.example/x", "", "")),
        ({"url": "gazette.example/ferry"}, ("https://gazette.example/ferry", "", "")),
        ({"url": "https://a.example/x", "text": "https://a.example/x"}, ("https://a.example/x", "", "")),
        (
            {"url": "https://a.example/x", "title": "Ferry", "text": "It sails again.", "note": "Read"},
            ("https://a.example/x", "Ferry", "Read\n\nIt sails again."),
        ),
        ({"text": "Ferry sails - https://a.example/x."}, ("https://a.example/x", "Ferry sails", "")),
        ({"text": "https://a.example/x\n", "title": "Ferry"}, ("https://a.example/x", "Ferry", "")),
        ({"text": "www.a.example/x"}, ("https://www.a.example/x", "", "")),
        (
            {"url": "https://www.google.com/url?q=https://a.example/x&sa=D"},
            ("https://a.example/x", "", ""),
        ),
        (
            {"url": "http://10.0.0.7:8080/admin", "title": "<script>alert(1)</script>"},
            ("http://10.0.0.7:8080/admin", "<script>alert(1)</script>", ""),
        ),
        ({"url": "https://a.example/\udcff\x00x"}, ("https://a.example/x", "", "")),
    ],
)
def test_an_address_is_found_wherever_a_program_puts_it(said: dict[str, str], told: tuple[str, ...]) -> None:
    assert kept(**said) == told


@pytest.mark.parametrize(
    "text",
    [
        "Think of the ferry.",
        "monday.txt",
        "https://a.example/1 and https://a.example/2",
        "word " * 70 + "https://a.example/x",
        "# Milk\n\nTwo bottles, from https://a.example/x if they are open.",
        "---\ntitle: Milk\nsource: https://a.example/x\n---\n\nTwo bottles.",
        "Two bottles from [the dairy](https://a.example/x), and bread.",
    ],
)
def test_what_names_no_one_address_is_a_note(text: str) -> None:
    saving = saving_of(Shared(text=text))
    assert (saving.kind, saving.content.decode()) == (Saved.NOTE, text.strip())


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({}, "there is nothing to keep"),
        ({"text": " \n"}, "there is nothing to keep"),
        ({"url": "javascript:alert(1)"}, "is no address of the web"),
        ({"url": "file:///etc/passwd"}, "is no address of the web"),
        ({"url": "https://a.example/" + "x" * 64_000}, "is longer than an address may be: 64 kB"),
        ({"text": "ä" * 500_001}, "is longer than a note may be: 1000 kB"),
        ({"url": "https://a.example/", "note": "x" * 1_000_001}, "is longer than"),
    ],
)
def test_what_cannot_be_kept_is_told_why(said: dict[str, Any], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        saving_of(Shared(**said))


LETTER = """From: Ada Fenn <ada@a.example>
To: paper@a.example
Subject: Fwd: The ferry
Message-ID: <1@a.example>
Date: Mon, 23 Nov 2026 06:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{}
"""


def in_file(name: str, text: str) -> list[object]:
    said = Shared(origin="test", tags=("#sea", "read", "sea"))
    return [
        (one.kind, one.title + one.note, one.tags) if not isinstance(one, SourceError) else str(one)
        for one in savings_in(Resource(name, text.encode("latin-1")), said)
    ]


def test_a_file_is_a_list_of_addresses_a_letter_or_a_note() -> None:
    listed = "# Mine\n[Ferry](https://a.example/1)\nhttps://a.example/2\n"
    assert in_file("list.txt", listed) == [
        (Saved.ADDRESS, "Ferry", ("sea",)),
        (Saved.ADDRESS, "", ("sea",)),
    ]
    assert in_file("note.md", "# Ferry\n\nIt sails.") == [(Saved.NOTE, "", ("sea",))]
    link = LETTER.format("https://a.example/1\n\nSent from my telephone")
    assert in_file("-", link) == [(Saved.ADDRESS, "The ferry", ("sea",))]
    news = LETTER.format("The ferry sails again, says the mayor.\n\nSee https://a.example/1\n" * 20)
    assert in_file("-", news) == [(Saved.LETTER, "The ferry", ("sea",))]
    assert in_file("x", "\x89PNG\r\n\x1a\n\x00\x00") == [
        "x: is neither a text nor a letter; give it to `newsexport` itself"
    ]
    assert in_file("x.html", "<!DOCTYPE html><p>Text")[0] == (
        "x.html: is neither a text nor a letter; give it to `newsexport` itself"
    )
    assert in_file("-", "") == ["-: is empty"]


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "inbox.sqlite3")


def entries(inbox: Inbox, *shared: Shared) -> list[InboxEntry]:
    inbox.add(map(saving_of, shared), NOW)
    return inbox.entries()


def read(inbox: Inbox) -> Iterator[object]:
    for resource in resources(inbox):
        assert isinstance(resource, Resource)
        source = SavedJsonSource() if resource.media_type.endswith("json") else MailSource()
        assert source.accepts(resource) >= 0.9
        yield from source.read(resource)


def test_what_is_in_is_read_as_what_was_saved(inbox: Inbox) -> None:
    entries(
        inbox,
        Shared(url="https://a.example/1", title="A < B & <i>C</i>", note="Why", tags=("sea",)),
        Shared(text="# Ferry\n\nIt *sails*."),
    )
    letter = LETTER.format("The ferry sails again, says the mayor, and this is a long story.\n\n" * 20)
    inbox.add(
        (
            one
            for one in savings_in(Resource("-", letter.encode()), Shared())
            if not isinstance(one, SourceError)
        ),
        NOW,
    )
    entry, note, mail = read(inbox)
    assert isinstance(entry, Entry)
    assert (entry.address, entry.article.title, entry.article.tags) == (
        "https://a.example/1",
        "A < B & <i>C</i>",
        ("sea",),
    )
    assert entry.chosen and "Why" in str(entry.article.notes)
    assert getattr(note, "title", "") == "Ferry"
    assert list(plain_blocks(getattr(note, "body", ()))) == ["It sails."]
    assert getattr(mail, "title", "") == "The ferry"


def test_a_hundred_and_one_entries_are_all_read(inbox: Inbox) -> None:
    entries(inbox, *(Shared(url=f"https://a.example/{number}") for number in range(101)))
    assert [
        len(list(SavedJsonSource().read(each))) for each in resources(inbox) if isinstance(each, Resource)
    ] == [100, 1]


def test_an_inbox_that_cannot_be_read_is_a_source_that_cannot_be_read(inbox: Inbox) -> None:
    inbox.path.write_bytes(b"no database at all, but long enough to be taken for one" * 20)
    (error,) = resources(inbox)
    assert isinstance(error, SourceError) and "damaged" in error.reason


def test_an_entry_is_called_by_its_title_its_address_or_its_first_words(inbox: Inbox) -> None:
    found = entries(
        inbox,
        Shared(url="https://a.example/1"),
        Shared(url="https://a.example/2", title="Two"),
        Shared(text="# Ferry\n\nText"),
        Shared(text="---\ntags: [a]\ntitle: 'Quay'\n---\n\nText"),
        Shared(text="---\n\nA rule before it"),
    )
    assert [shown(each) for each in found] == [
        "https://a.example/1",
        "Two",
        "Ferry",
        "Quay",
        "A rule before it",
    ]
    assert facts(found[2])["text"] == "# Ferry\n\nText"
    assert facts(found[0])["address"] == "https://a.example/1"
