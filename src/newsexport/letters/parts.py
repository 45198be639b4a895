"""A message taken apart (RFC 5322, MIME): its words, its pictures, and whose they are."""

from __future__ import annotations

import email
import email.header
import email.policy
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message
from email.utils import parseaddr
from typing import Any
from urllib.parse import unquote

from newsexport.errors import NewsExportError
from newsexport.events import Cause, omit
from newsexport.letters.wordings import ENCRYPTED, UUENCODED, decoded, plain_words, read_as_it_may_be, words
from newsexport.model import Media
from newsexport.text.dates import mail_date
from newsexport.text.plaintext import storable

MOST_PARTS = 2000
MOST_ENCLOSED = 100
DEEPEST = 30
PART = "part of a letter"
LONGEST_HEADER = 1000
LARGEST_PICTURE = 15_000_000
# What mail programs call what they know no kind of, and how names of pictures end.
UNTOLD = "application/octet-stream"
PICTURES = frozenset(("png", "jpg", "jpeg", "gif", "webp", "avif", "svg"))
# How names of files end that may be articles.
ARTICLES = (".txt", ".md", ".markdown", ".html", ".htm", ".docx")
CID = re.compile(r"(?i)cid:[^\s\"'<>()]+")

PREFIX = re.compile(
    r"(?i)^\s*(?:(?:re|fw|fwd|wg|tr|rv|aw|sv|vs|i|enc|doorst|转发|転送)\s*(?:\[\d+\])?\s*[:：]\s*)+"
)
LIST = re.compile(r"^\s*\[[^\]]{1,40}\]\s*")


class LetterError(NewsExportError):
    """The bytes are no message that can be read; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a letter and may be an article: its name, its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A message: headers made readable, the best text of each kind, pictures named ``cid:…``.

    `enclosed` are messages inside it, `attached` files that may be articles, `skipped` the types of what
    else was attached.
    """

    subject: str = ""
    sender: str = ""
    address: str = ""
    sent: datetime | None = None
    id: str = ""
    list_name: str = ""
    html: str = ""
    plain: str = ""
    pictures: tuple[Media, ...] = ()
    enclosed: tuple[Letter, ...] = ()
    attached: tuple[Attachment, ...] = ()
    skipped: tuple[str, ...] = ()


def read_letter(data: bytes) -> Letter:
    """The letter in a message. Raises `LetterError`."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise LetterError("is no message that can be read") from error
    return _letter(message, 0)


def _letter(message: Message, depth: int) -> Letter:
    letter = _headed(message)
    try:
        for part in _parts(message, 0):
            letter = _with_part(letter, part, depth)
    except RecursionError as error:
        raise LetterError("is nested too deeply") from error
    return _called_as_shown(letter)


def _headed(message: Message) -> Letter:
    name, address = parseaddr(_header(message, "From"))
    return Letter(
        subject=_header(message, "Subject"),
        sender=" ".join(name.split()) or address.partition("@")[0],
        address=address,
        sent=_moment(_header(message, "Date")) or _moment(_header(message, "Received").rpartition(";")[2]),
        id=_header(message, "Message-ID").strip("<> "),
        list_name=_header(message, "List-Id").partition("<")[0].strip(' "'),
    )


def headline(subject: str) -> str:
    """The subject without the marks of replies, of forwarding and of lists."""
    return LIST.sub("", PREFIX.sub("", LIST.sub("", PREFIX.sub("", subject)))).strip()


def _parts(message: Message, depth: int) -> Iterator[Message]:
    """The parts that are no containers. Of alternatives all are given; the letter takes one of each kind."""
    if depth > DEEPEST:
        omit(f"within more than {DEEPEST} others", Cause.LIMIT, PART)
        return
    payload = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(payload, list):
        beyond = len(payload) - MOST_PARTS
        omit(f"beyond the {MOST_PARTS} of one letter that are taken", Cause.LIMIT, PART, beyond)
        for part in payload[:MOST_PARTS]:
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)
    else:
        yield message


def _with_part(letter: Letter, part: Message, depth: int) -> Letter:
    kind = part.get_content_type()
    attached = part.get_content_disposition() == "attachment"
    if kind == "message/rfc822" and isinstance(part.get_payload(), list) and depth < 3:
        inner = [each for each in part.get_payload() if isinstance(each, Message)]
        beyond = len(inner) - MOST_ENCLOSED
        omit(f"beyond the {MOST_ENCLOSED} enclosed in one that are taken", Cause.LIMIT, "letter", beyond)
        taken = tuple(_letter(each, depth + 1) for each in inner[:MOST_ENCLOSED])
        return replace(letter, enclosed=letter.enclosed + taken)
    if kind == "text/html" and not attached:
        return replace(letter, html=letter.html + words(part))
    if kind == "text/plain" and not attached:
        said, sealed = ENCRYPTED.subn("", plain_words(part))
        said, coded = UUENCODED.subn("", said)
        skipped = (
            *letter.skipped,
            *["application/pgp-encrypted"] * sealed,
            *["application/x-uuencode"] * coded,
        )
        return replace(letter, plain=f"{letter.plain}\n\n{said}".strip("\n"), skipped=skipped)
    if part.get_content_maintype() == "image" or _is_pictured(part):
        return _with_picture(letter, part)
    if (attachment := _attachment(part)) is not None:
        return replace(letter, attached=(*letter.attached, attachment))
    return replace(letter, skipped=(*letter.skipped, storable(kind)[:60]))


def _attachment(part: Message) -> Attachment | None:
    """The file that a part is, where its name says that it may be an article."""
    name = storable(part.get_filename() or "").replace("/", "_")[:120]
    data = decoded(part) if name.lower().endswith(ARTICLES) else None
    return Attachment(name, data) if data else None


def _is_pictured(part: Message) -> bool:
    """Whether a part of no kind that is told is a picture that the text can show, by its name."""
    suffix = _header(part, "Content-Type").strip('"').lower().rpartition(".")[2]
    return part.get_content_type() == UNTOLD and bool(part.get("Content-ID")) and suffix in PICTURES


def _with_picture(letter: Letter, part: Message) -> Letter:
    named = _header(part, "Content-ID").strip("<> ")
    located = _header(part, "Content-Location")
    data = decoded(part)
    if data is None or len(data) > LARGEST_PICTURE or not (named or located):
        return letter
    name = f"cid:{named}" if named else located
    if any(media.name == name for media in letter.pictures):
        return letter
    return replace(letter, pictures=(*letter.pictures, Media(name, part.get_content_type(), data)))


def _called_as_shown(letter: Letter) -> Letter:
    """The letter, its pictures by the names that its text has for them, which may be escaped (RFC 2392)."""
    known = {media.name.lower(): media for media in letter.pictures}
    shown = {html.unescape(name) for name in CID.findall(letter.html)} - {
        each.name for each in letter.pictures
    }
    others = tuple(
        replace(media, name=name) for name in sorted(shown) if (media := known.get(unquote(name).lower()))
    )
    return replace(letter, pictures=letter.pictures + others)


def _header(message: Message, name: str) -> str:
    """A header decoded (RFC 2047), on one line; what cannot be decoded as it stands."""
    raw: Any = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    text = read_as_it_may_be(str(raw)[:50_000].encode("utf-8", "surrogateescape"))
    try:
        decoded = email.header.decode_header(text)
        text = "".join(
            part.decode(charset or "utf-8", "replace") if isinstance(part, bytes) else part
            for part, charset in decoded
        )
    except (LookupError, ValueError, UnicodeError):
        pass
    return " ".join(storable(text).split())[:LONGEST_HEADER]


def _moment(text: str) -> datetime | None:
    moment = mail_date(text.strip())
    return moment if moment and 1980 <= moment.year <= 2100 else None
