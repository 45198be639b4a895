"""The inbox as a place that is told what was printed, and what is noted of what could not be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsexport.errors import UsageError
from newsexport.events import Noted, Report
from newsexport.routine.record import LeftOut
from newsexport.sources.inbox import REFERENCE, letter_name
from newsexport.sources.services.telling import After, Told
from newsexport.storage.inbox import Inbox, InboxEntry, Saved
from newsexport.text.addresses import redacted
from newsexport.text.counting import counted


def take_out(inbox: Inbox, ids: Sequence[str], after: After) -> Iterator[Told]:  # noqa: ARG001 - as any place
    """Take out what was printed, whatever is done with it elsewhere; what is gone already is gone.

    Raises:
        UsageError: the inbox cannot be written.
    """
    inbox.remove(int(one) for one in ids if one.isdecimal())
    yield Told(tuple(ids))


def note_attempts(inbox: Inbox, sources: Iterable[str], lost: Iterable[LeftOut], report: Report) -> None:
    """Note of entries that could not be read why, where a run was to read the inbox. They stay in it."""
    if REFERENCE not in sources:
        return
    reasons = {each.reference: each.reason for each in lost if each.whole}
    try:
        entries = inbox.entries() if reasons else []
        failed = [(entry.id, reasons[name]) for entry in entries if (name := _name(entry)) in reasons]
        inbox.attempted(failed)
    except UsageError as error:
        report(Noted(str(error)))
        return
    if failed:
        number = counted(len(failed), "entry", "entries")
        report(Noted(f"inbox: {number} left there that could not be read; `newsexport inbox` tells why"))


def _name(entry: InboxEntry) -> str:
    """What an entry is called where it is told that it was lost."""
    return redacted(entry.text) if entry.kind is Saved.ADDRESS else letter_name(entry)
