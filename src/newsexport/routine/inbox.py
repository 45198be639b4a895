"""The inbox in a run: letters into it, out of it what was printed, and why the rest could not be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsexport.errors import UsageError
from newsexport.events import Lost, Noted, Report
from newsexport.letters.parts import LetterError
from newsexport.net.mailbox import Mailbox, MailboxError, OpenFolder, opened
from newsexport.routine.record import LeftOut
from newsexport.sources.inbox import LARGEST_LETTER, Shared, letter_name, saving_of_letter
from newsexport.sources.services.choice import INBOX
from newsexport.sources.services.telling import After, Told
from newsexport.storage.inbox import Inbox, InboxEntry, InboxFullError, Saved
from newsexport.text.addresses import redacted
from newsexport.text.counting import counted

FROM_MAIL = Shared(origin="mail")


@dataclass(frozen=True, slots=True)
class InboxRoom:
    """The inbox as a run sees it, and the mailbox that letters come into it from, if any does.

    An `offline` run asks no mailbox, and what it cannot read it has not tried to.
    """

    inbox: Inbox
    mailbox: Mailbox | None
    report: Report
    offline: bool = False

    def fetch(self, sources: Iterable[str], now: datetime) -> None:
        """Put letters into the inbox where a run is to read it."""
        if self.mailbox and not self.offline and INBOX in sources:
            fetch_letters(self.inbox, self.mailbox, now, self.report)

    def take_out(self, ids: Sequence[str], after: After) -> Iterator[Told]:  # noqa: ARG002 - as any place
        """Take out what was printed, whatever is done with it elsewhere; what is gone already is gone.

        What somebody added something to meanwhile stays, for the next issue.
        Its letters are marked as read now, or before the next are fetched.

        Raises:
            UsageError: the inbox cannot be written.
        """
        if stays := self.inbox.take_out(ids):
            number = counted(stays, "entry", "entries")
            self.report(Noted(f"inbox: {number} left there to which something was added during the run"))
        yield Told(tuple(ids))
        if self.mailbox and not self.offline:
            try:
                with opened(self.mailbox) as folder:
                    _settle(self.inbox, folder)
            except (MailboxError, UsageError) as error:
                self.report(Noted(f"inbox: printed letters are not marked as read yet: {error}"))

    def note_attempts(self, sources: Iterable[str], lost: Iterable[LeftOut]) -> None:
        """Note of entries that could not be read why, where a run was to read the inbox. They stay in it."""
        if self.offline or INBOX not in sources:
            return
        reasons = {each.reference: each.reason for each in lost if each.whole}
        try:
            entries = self.inbox.entries() if reasons else []
            failed = [(entry.id, reasons[name]) for entry in entries if (name := _name(entry)) in reasons]
            self.inbox.attempted(failed)
        except UsageError as error:
            self.report(Noted(str(error)))
            return
        if failed:
            number = counted(len(failed), "entry", "entries")
            self.report(
                Noted(f"inbox: {number} left there that could not be read; `newsexport inbox` tells why")
            )


def _name(entry: InboxEntry) -> str:
    """What an entry is called where it is told that it was lost."""
    return redacted(entry.text) if entry.kind is Saved.ADDRESS else letter_name(entry)


def fetch_letters(inbox: Inbox, mailbox: Mailbox, now: datetime, report: Report) -> list[InboxEntry]:
    """Put letters into the inbox that nobody has read; what is new in it.

    They are marked as read when they were printed, or taken out. What cannot be kept is reported as `Lost`,
    as is a mailbox that cannot be read.
    """
    fresh: list[InboxEntry] = []
    try:
        with opened(mailbox) as folder:
            _settle(inbox, folder)
            known = inbox.letters(folder.name)
            numbers = (number for number in folder.unread() if number not in known)
            fresh.extend(filter(None, (_put_in(inbox, folder, each, now, report) for each in numbers)))
    except (MailboxError, UsageError) as error:
        report(Lost(INBOX, f"letters: {error}"))
    return fresh


def _put_in(
    inbox: Inbox, folder: OpenFolder, number: int, now: datetime, report: Report
) -> InboxEntry | None:
    try:
        letter = folder.letter(number, LARGEST_LETTER)
        if letter is None:
            return None
        entry, is_new = inbox.add_letter(saving_of_letter(letter, FROM_MAIL), folder.name, number, now)
    except InboxFullError:
        raise
    except (LetterError, UsageError) as error:
        report(Lost(f"{folder.mailbox.name} letter {number}", str(error)))
        return None
    return entry if is_new else None


def _settle(inbox: Inbox, folder: OpenFolder) -> None:
    """Tell of letters whose entries are not in any more that they are done with."""
    done = [number for number, is_in in inbox.letters(folder.name).items() if not is_in]
    if done:
        folder.settle(done)
        inbox.forget_letters(folder.name, done)
