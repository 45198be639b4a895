"""Letters in a folder of a mailbox, by IMAP (RFC 9051, and 3501 as most servers have it)."""

from __future__ import annotations

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from newsexport.errors import NewsExportError, UsageError
from newsexport.net.environment import is_loopback, trusted
from newsexport.net.retry import RequestError
from newsexport.net.secrets import Secret, revealed

SECONDS = 30.0
TLS_PORT = 993
# Letters asked for in one search, and the numbers that are sent in one command.
MOST, TOGETHER = 500, 100

ADDRESS = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[^\s:/@]+)(?::(?P<port>[0-9]{1,5}))?", re.IGNORECASE)
SIZE = re.compile(rb"RFC822\.SIZE ([0-9]+)")
UNPLAIN = re.compile(r"[^\x20-\x7e]+|&")


class MailboxError(NewsExportError):
    """A mailbox that cannot be read; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A folder at a server: ``imap.example.org``, with its port where that is not 993.

    A letter that was printed is marked as read, or put into another folder where one is told. Without TLS
    nothing is sent to another machine unless the user says so: `unencrypted`. On every port but 993 the
    connection begins in the clear, and goes on in TLS where the server offers that; its certificate is not
    asked for where it need not.
    """

    address: str
    user: str
    password: Secret
    folder: str = "INBOX"
    printed: str = ""
    unencrypted: bool = False

    @property
    def name(self) -> str:
        """What tells it from other mailboxes."""
        return f"{self.user}@{self.address}/{self.folder}"


@dataclass(frozen=True, slots=True)
class OpenFolder:
    """A folder that was opened; `validity` tells whether numbers of letters are those of an earlier time."""

    mailbox: Mailbox
    validity: str
    _session: imaplib.IMAP4 = field(repr=False)

    @property
    def name(self) -> str:
        """What the numbers of letters belong to."""
        return f"{self.mailbox.name};{self.validity}"

    def unread(self) -> list[int]:
        """The numbers of letters that were not read, the oldest first."""
        (found, *_) = _asked(self._session, "SEARCH", "UNSEEN", "UNDELETED")
        return sorted(int(number) for number in (found or b"").split())[:MOST]

    def letter(self, number: int, most: int) -> bytes | None:
        """A letter as it came, which does not count as read by that; None where it is gone.

        Raises:
            UsageError: it has more than `most` bytes.
        """
        told = SIZE.search(b" ".join(_bytes(_asked(self._session, "FETCH", str(number), "(RFC822.SIZE)"))))
        if told and int(told[1]) > most:
            raise UsageError(f"is larger than a letter may be: {most // 1_000_000} MB")
        answer = _asked(self._session, "FETCH", str(number), "(BODY.PEEK[])")
        return next((part[1] for part in answer if isinstance(part, tuple)), None)

    def settle(self, numbers: Sequence[int]) -> None:
        """Mark letters as read, and put them where printed ones go; those that are gone are no matter."""
        for first in range(0, len(numbers), TOGETHER):
            run = ",".join(map(str, numbers[first : first + TOGETHER]))
            _asked(self._session, "STORE", run, "+FLAGS.SILENT", r"(\Seen)")
            if not self.mailbox.printed:
                continue
            folder = _quoted(self.mailbox.printed)
            if "MOVE" in self._session.capabilities:
                _asked(self._session, "MOVE", run, folder)
            else:
                _asked(self._session, "COPY", run, folder)
                _asked(self._session, "STORE", run, "+FLAGS.SILENT", r"(\Deleted)")


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[OpenFolder]:
    """The folder of a mailbox, while the block lasts.

    Raises:
        MailboxError: it cannot be reached, or read; the password is in no message.
        UsageError: the password cannot be had.
    """
    password = revealed(mailbox.password).strip()
    host, port = _server(mailbox)
    try:
        with _connected(mailbox, host, port) as session:
            _sign_in(session, mailbox.user, password)
            told, answer = session.select(_quoted(mailbox.folder))
            if told != "OK":
                raise MailboxError(f"{host}: the folder {mailbox.folder} cannot be opened: {_words(answer)}")
            yield OpenFolder(mailbox, _words(session.response("UIDVALIDITY")[1]), session)
    except (ssl.SSLError, RequestError) as error:
        raise MailboxError(f"{host}:{port}: no safe connection: {error}") from error
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise MailboxError(
            f"{host}:{port}: {reason.replace(password, '***') if password else reason}"
        ) from error


def _sign_in(session: imaplib.IMAP4, user: str, password: str) -> None:
    """Raises `MailboxError`, with neither name nor password in it."""
    try:
        if "AUTH=PLAIN" in session.capabilities:  # which alone takes what is no ASCII
            session.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
        else:
            session.login(user, password)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeError) as error:
        raise MailboxError(f"{session.host} takes neither this user nor this password") from error


def _server(mailbox: Mailbox) -> tuple[str, int]:
    """Raises `MailboxError`."""
    found = ADDRESS.fullmatch(mailbox.address)
    if found is None or int(found["port"] or TLS_PORT) > 65535:
        raise MailboxError(
            f"expected a server such as imap.example.org or imap.example.org:143, not {mailbox.address!r}"
        )
    return found["host"].strip("[]"), int(found["port"] or TLS_PORT)


def _connected(mailbox: Mailbox, host: str, port: int) -> imaplib.IMAP4:
    if port == TLS_PORT:
        return imaplib.IMAP4_SSL(host, port, ssl_context=trusted(), timeout=SECONDS)
    session = imaplib.IMAP4(host, port, timeout=SECONDS)
    try:
        if "STARTTLS" in session.capabilities:
            session.starttls(_unproven() if mailbox.unencrypted else trusted())
        else:
            _check_clear(mailbox, host, port)
    except BaseException:
        with suppress(OSError, imaplib.IMAP4.error):
            session.shutdown()
        raise
    return session


def _unproven() -> ssl.SSLContext:
    """For who would send the password unencrypted: encrypted is better, whoever vouches for the server."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _check_clear(mailbox: Mailbox, host: str, port: int) -> None:
    """Raises `MailboxError` where the password is not to be sent as it is."""
    if not (mailbox.unencrypted or is_loopback(host)):
        raise MailboxError(
            f"the password is not sent to {host} unencrypted, which offers no TLS on port {port}; "
            "unencrypted = true says that this may be"
        )


def _asked(session: imaplib.IMAP4, command: str, *arguments: str) -> list[Any]:
    """What is answered to a command about letters by their numbers. Raises `imaplib.IMAP4.error`."""
    told, answer = session.uid(command, *arguments)
    if told != "OK":
        raise imaplib.IMAP4.error(f"{command}: {_words(answer)}")
    return answer


def _bytes(answer: Sequence[Any]) -> Iterator[bytes]:
    for part in answer:
        yield from (one for one in (part if isinstance(part, tuple) else (part,)) if isinstance(one, bytes))


def _words(answer: Sequence[Any]) -> str:
    text = b" ".join(_bytes(answer or ())).decode("utf-8", "replace")
    return " ".join(text.split())[:200]


def _quoted(folder: str) -> str:
    """The name of a folder, quoted, in the UTF-7 that IMAP has for it (RFC 3501, section 5.1.3)."""

    def shifted(found: re.Match[str]) -> str:
        if found[0] == "&":
            return "&-"
        return f"&{base64.b64encode(found[0].encode('utf-16-be')).decode().rstrip('=').replace('/', ',')}-"

    plain = UNPLAIN.sub(shifted, folder).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
