"""Letters of a real mailbox are put into the inbox, printed, and only then marked as read."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.newsexport.net.dovecot import PASSWORD, Post, post_office

from newsexport.configuration.planning import read_mailbox, read_plan
from newsexport.events import Event, Lost
from newsexport.net.mailbox import Mailbox, MailboxError, opened
from newsexport.net.secrets import Literal
from newsexport.routine import Folders, PaperRun, run_paper
from newsexport.routine.inbox import fetch_letters
from newsexport.storage.inbox import Inbox

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)
CONFIGURATION = """
[inbox.imap]
address = "localhost:{port}"
user = "ada"
password = {{ env = "POST" }}
{more}
[paper.morning]
sources = ["inbox", "note.txt"]
text = {{}}
"""
HEAD = "From: Ada Fenn <ada@a.example>\nSubject: {subject}\nMessage-ID: <{id}@a.example>\nDate: Mon, 23 Nov 2026 06:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
NEWS = "The ferry between Oldhaven and the islands sails again, says the mayor of the town.\n\n" * 9


def letter(subject: str, id_: str, text: str) -> str:
    return HEAD.format(subject=subject, id=id_) + text


@dataclass
class Household:
    post: Post
    folder: Path
    events: list[Event] = field(default_factory=list)

    @property
    def inbox(self) -> Inbox:
        return Folders(self.folder / "cache", self.folder / "state").inbox()

    def configured(self, more: str = "") -> Mailbox:
        path = self.folder / "newsexport.toml"
        path.write_text(CONFIGURATION.format(port=self.post.port, more=more))
        mailbox = read_mailbox(path)
        assert mailbox is not None
        return mailbox

    def run(self, day: int = 25) -> PaperRun:
        plan = read_plan(self.folder / "newsexport.toml")
        folders = Folders(self.folder / "cache", self.folder / "state")
        at = datetime(2026, 11, day, 6, tzinfo=UTC)
        return run_paper(plan, "morning", folders, report=self.events.append, clock=lambda: at)

    def lost(self) -> list[str]:
        return [f"{event.reference}: {event.reason}" for event in self.events if isinstance(event, Lost)]


@pytest.fixture
def household(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Household]:
    with post_office() as post:
        monkeypatch.setenv("POST", PASSWORD)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(post.certificates))
        (tmp_path / "note.txt").write_text("Milk\n\nTwo bottles of milk.\n")
        yield Household(post, tmp_path)


def test_what_is_printed_is_marked_as_read_and_nothing_else(household: Household) -> None:
    household.configured()
    post = household.post
    post.bring("1", letter("Weekly", "1", NEWS))
    post.bring("2", letter("Fwd: Boats", "2", "http://10.0.0.7/boats\n\n-- \nAda\n"))
    post.bring("3", letter("Photo", "3", "").replace("text/plain; charset=utf-8", "image/png"))
    issue = household.run().issue
    assert [story.title for story in issue.stories] == ["Weekly", "Milk"]
    assert (post.seen(), post.unseen()) == (["1"], ["2", "3"])
    boats, photo = household.inbox.entries()
    assert (boats.text, boats.title, boats.attempts) == ("http://10.0.0.7/boats", "Boats", 1)
    assert (photo.title, photo.attempts, photo.reason) == ("Photo", 1, "is a message without a text")
    post.bring("4", letter("Second", "4", NEWS.replace("ferry", "boat")))
    assert [story.title for story in household.run(26).issue.stories] == ["Second", "Milk"]
    assert (post.seen(), post.unseen()) == (["1", "4"], ["2", "3"])
    household.inbox.clear()
    household.run(27)
    assert post.unseen() == []


def test_printed_letters_go_into_another_folder(household: Household) -> None:
    household.configured('folder = "INBOX"\nprinted = "Gedrückt & weg"')
    household.post.make(".Gedr&APw-ckt &- weg")
    household.post.bring("1", letter("Weekly", "1", NEWS))
    household.run()
    assert household.post.seen() == household.post.unseen() == []
    assert len(household.post.seen(".Gedr&APw-ckt &- weg")) == 1


def test_letters_are_put_in_once_and_stay_unread(household: Household) -> None:
    mailbox = household.configured()
    household.post.bring("1", letter("Weekly", "1", NEWS))
    fetched = [fetch_letters(household.inbox, mailbox, NOW, household.events.append) for _ in range(2)]
    assert [[entry.title for entry in each] for each in fetched] == [["Weekly"], []]
    assert household.post.unseen() == ["1"]
    household.inbox.remove([1])
    assert fetch_letters(household.inbox, mailbox, NOW, household.events.append) == []
    assert household.post.seen() == ["1"]
    assert household.lost() == []


def test_who_may_send_a_password_unencrypted_still_does_not_where_there_is_tls(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also to a server for which nobody vouches, as at home."""
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    mailbox = replace(household.configured(), unencrypted=True)
    household.post.bring("1", letter("Weekly", "1", NEWS))
    with opened(mailbox) as folder:
        assert folder.unread() == [1]
        assert isinstance(folder._session.sock, ssl.SSLSocket)  # noqa: SLF001 - nobody else can tell


def test_a_mailbox_that_cannot_be_read_is_a_source_that_cannot_be_read(
    household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = household.configured()
    household.post.bring("1", letter("Weekly", "1", NEWS))
    monkeypatch.setenv("POST", "wrong")
    assert [story.title for story in household.run().issue.stories] == ["Milk"]
    (told,) = household.lost()
    assert "localhost takes neither this user nor this password" in told and "wrong" not in told
    with (
        pytest.raises(MailboxError, match=r"the folder Newspaper cannot be opened"),
        opened(replace(mailbox, password=Literal(PASSWORD), folder="Newspaper")),
    ):
        pass
    with pytest.raises(MailboxError, match="localhost:1: "), opened(replace(mailbox, address="localhost:1")):
        pass
    with pytest.raises(MailboxError, match="expected a server"), opened(replace(mailbox, address="a b")):
        pass
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with pytest.raises(MailboxError, match="no safe connection"), opened(mailbox):
        pass
    assert household.post.unseen() == ["1"]
