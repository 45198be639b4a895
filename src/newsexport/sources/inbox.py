"""The inbox: what somebody shares as what is kept there, and what is kept as bytes that sources read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from newsexport.errors import NewsExportError, SourceError, UsageError
from newsexport.protocols import Entry, Resource
from newsexport.sources.address_list import AddressListSource
from newsexport.sources.decoding import decode, is_binary
from newsexport.sources.mail import MailSource
from newsexport.sources.services.choice import INBOX, RECORDS
from newsexport.sources.tags import tags_of
from newsexport.storage.inbox import Inbox, InboxEntry, Saved, Saving
from newsexport.text.addresses import address_meant, canonical, is_web, redacted, unwrapped
from newsexport.text.counting import first_words
from newsexport.text.plaintext import storable

# Bytes of an address and of a text, characters of a title.
LONGEST_ADDRESS = 64_000
LONGEST_TEXT = 1_000_000
LONGEST_TITLE = 500
LARGEST_LETTER = 20_000_000

# Characters beside an address that may be the title of what is there; more is a text which names an address.
LITTLE = 300

ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
BEHIND = ".,;:!?)]}»”’"
# What nobody writes who only shares an address: a heading or front matter, a link that is set.
WRITTEN = re.compile(r"\A(?:#{1,6} |---\s)|\]\(https?://", re.IGNORECASE)

# Where what a mail program puts below a letter begins.
SIGNATURE = re.compile(
    r"""(?imx) ^ (?: --[ ]?$ | (?:sent|get)[ ](?:from|via|with|outlook)\b | gesendet[ ](?:von|mit)\b
      | von[ ]meine[mr]\b.*gesendet | envoyé[ ](?:de|depuis)\b | enviado[ ](?:desde|do)\b | inviato[ ]da\b
      | verzonden[ ](?:vanaf|met)\b )"""
)

# How a page of the web begins, and where a note tells its title before its text.
PAGE = re.compile(rb"(?i)[\xef\xbb\xbf\s]*<(?:!doctype|html|\?xml)\b")
TITLE = re.compile(r"(?im)\A---\s*$(?:.*\n)*?title:\s*[\"']?(?P<title>.*?)[\"']?\s*$")

# How sure it must be that a file is a letter.
SURELY = 0.9

# Entries in one resource.
TOGETHER = 100


@dataclass(frozen=True, slots=True)
class Shared:
    """What somebody shares, as programs tell it; the address may stand in the text.

    `note` is what they say of it themselves, `origin` what it came by.
    """

    url: str = ""
    text: str = ""
    title: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    origin: str = ""


def saving_of(shared: Shared) -> Saving:
    """What is kept of what somebody shares: an address as collecting cleans it, or a note.

    Nothing is looked up: where an address leads is found out when an issue is made.

    Raises:
        UsageError: it is nothing, no address of the web, or too long.
    """
    url, text, title, note = (
        storable(each).strip() for each in (shared.url, shared.text, shared.title, shared.note)
    )
    title = " ".join(title.split())[:LONGEST_TITLE]
    if not url:
        url, text = _named_in(text)
    if not url and not text:
        raise UsageError("there is nothing to keep: neither an address nor a text")
    if not url:
        return _checked(Saving(Saved.NOTE, text.encode(), title, note, tags_of(shared.tags), shared.origin))
    address = address_meant(url)
    if not address:
        raise UsageError(f"{url[:100]!r} is no address of the web")
    said = "" if text in {url, address, title} else " ".join(text.split()) if len(text) < LITTLE else text
    if not title and len(said) < LITTLE:
        title, said = said, ""
    told = "\n\n".join(dict.fromkeys(filter(None, (note, said))))
    kept = canonical(unwrapped(address)).encode()
    return _checked(Saving(Saved.ADDRESS, kept, title, told, tags_of(shared.tags), shared.origin))


def _named_in(text: str) -> tuple[str, str]:
    """The address that is meant by a text with little beside it, and the rest; else nothing, and the text."""
    if len(text.split()) == 1 and (address := address_meant(text)):
        return address, ""
    found = ADDRESS.findall(text)
    if len(found) != 1 or len(text) - len(found[0]) > LITTLE or WRITTEN.search(text):
        return "", text
    address = found[0].rstrip(BEHIND)
    return (address, text.replace(found[0], " ").strip(" \t\r\n-–—:|")) if is_web(address) else ("", text)


def _checked(saving: Saving) -> Saving:
    most = LONGEST_ADDRESS if saving.kind is Saved.ADDRESS else LONGEST_TEXT
    what = "an address" if saving.kind is Saved.ADDRESS else "a note"
    if len(saving.content) > most or len(saving.note.encode()) > LONGEST_TEXT:
        raise UsageError(f"is longer than {what} may be: {most // 1000} kB")
    return saving


def savings_in(resource: Resource, said: Shared) -> Iterator[Saving | SourceError]:
    """What is kept of a file: every address that it lists, or the letter or the note that it is.

    `said` is what is said of each; what cannot be kept comes as the reason.
    """
    listing = AddressListSource()
    if listing.accepts(resource) or _is_list(listing, resource):
        for item in listing.read(resource):
            if isinstance(item, Entry):
                told = replace(said, url=item.address, title=said.title or item.article.title)
                yield _saving_or_reason(told, item.address)
            elif isinstance(item, SourceError):
                yield item
    elif MailSource().accepts(resource) >= SURELY:
        yield _letter_or_reason(resource, said)
    elif is_binary(resource.data) or PAGE.match(resource.data):
        yield SourceError(
            resource.reference, "is neither a text nor a letter; give it to `newsexport` itself"
        )
    else:
        try:
            yield _saving_or_reason(replace(said, text=decode(resource)), resource.reference)
        except SourceError as error:
            yield error


def _is_list(listing: AddressListSource, resource: Resource) -> bool:
    """Whether a text that nobody wrote to be read lists addresses, though not in every line."""
    try:
        text = "" if is_binary(resource.data) or PAGE.match(resource.data) else decode(resource)
    except SourceError:
        return False
    return listing.is_meant(text) and not WRITTEN.search(text)


def _saving_or_reason(shared: Shared, reference: str) -> Saving | SourceError:
    try:
        return saving_of(shared)
    except UsageError as error:
        return SourceError(reference, str(error))


def _letter_or_reason(resource: Resource, said: Shared) -> Saving | SourceError:
    try:
        return saving_of_letter(resource.data, said)
    except NewsExportError as error:
        return SourceError(resource.reference, str(error))


def saving_of_letter(data: bytes, said: Shared) -> Saving:
    """What is kept of a letter: the address that is all there is in it, or the letter.

    Raises:
        LetterError: it cannot be read.
        UsageError: it is too large.
    """
    from newsexport.letters.parts import headline, read_letter  # noqa: PLC0415 - many runs have no mail
    from newsexport.markup import text  # noqa: PLC0415 - idem, loads the parser

    letter = read_letter(data)
    words = letter.plain or text(letter.html)
    told = SIGNATURE.split(words, maxsplit=1)[0].strip()
    title = said.title or headline(letter.subject)
    url, rest = _named_in(told)
    if url and not letter.enclosed and not letter.attached:
        return saving_of(replace(said, url=url, text=rest, title=title))
    if len(data) > LARGEST_LETTER:
        raise UsageError(f"is larger than a letter may be: {LARGEST_LETTER // 1_000_000} MB")
    return Saving(Saved.LETTER, data, title, said.note, tags_of(said.tags), said.origin, letter.id)


def resources(inbox: Inbox) -> Iterator[Resource | SourceError]:
    """What is in an inbox, in the order in which it was put in."""
    try:
        entries = inbox.entries()
    except UsageError as error:
        yield SourceError(INBOX, str(error))
        return
    records: list[dict[str, Any]] = []
    for entry in entries:
        if entry.kind is Saved.LETTER or len(records) == TOGETHER:
            yield from _listed(records)
            records = []
        if entry.kind is Saved.LETTER:
            yield Resource(letter_name(entry), entry.content, place=INBOX, kept_as=entry.handle)
        else:
            records.append(_record(entry))
    yield from _listed(records)


def _listed(records: list[dict[str, Any]]) -> Iterator[Resource]:
    if records:
        data = json.dumps(records, ensure_ascii=False).encode()
        yield Resource(INBOX, data, media_type=RECORDS, place=INBOX)


def _record(entry: InboxEntry) -> dict[str, Any]:
    """An entry as `saved` takes it, to which titles are HTML that may have been escaped twice."""
    told = {
        "id": entry.handle,
        "title": escape(escape(entry.title, quote=False), quote=False),
        "note": entry.note,
        "tags": [*entry.tags],
    }
    if entry.kind is Saved.ADDRESS:
        return {**told, "url": entry.text}
    return {**told, "type": "text", "text": entry.text}


def letter_name(entry: InboxEntry) -> str:
    """What a letter is called where it is read."""
    return f"{INBOX}-{entry.id}.eml"


def facts(entry: InboxEntry) -> dict[str, Any]:
    """An entry for programs; of a letter not the letter."""
    name = {Saved.ADDRESS: "address", Saved.NOTE: "text"}.get(entry.kind)
    return {
        "id": entry.id,
        "kind": str(entry.kind),
        "title": shown(entry),
        **({name: entry.text} if name else {}),
        "note": entry.note,
        "tags": [*entry.tags],
        "origin": entry.origin,
        "added": entry.added.isoformat(),
        "attempts": entry.attempts,
        "reason": entry.reason,
    }


def shown(entry: InboxEntry) -> str:
    """What to call an entry in a list of them."""
    if entry.title or entry.kind is Saved.ADDRESS:
        return entry.title or redacted(entry.text)
    if titled := TITLE.match(entry.text[:LONGEST_TITLE]):
        return titled["title"]
    lines = (line.strip("#- ") for line in entry.text.splitlines())
    return first_words(next(filter(None, lines), ""))
