"""Books by mail, to a Kindle or any reader with an address.

TLS always, and verified: from the first byte, or by STARTTLS, without which nothing is sent.
A message goes out at most once unless somebody asks: trouble before the last byte is tried
again, trouble after it leaves the message in doubt, and that is told.

Sources: RFC 5321, sections 4.2.1 and 4.5.4; RFC 3207; RFC 8314; RFC 1870 (SIZE); Amazon,
Send to Kindle by e-mail (50 MB and 25 files a message).
"""

from __future__ import annotations

import hashlib
import json
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.utils import make_msgid
from enum import StrEnum
from pathlib import Path

from newsexport.errors import DeliveryError, UsageError
from newsexport.events import Noted, Report
from newsexport.interchange.json_reader import JsonError, document
from newsexport.storage.atomic import durable, file_errors, sha256_of

# What was mailed, so that nothing is sent twice by accident.
#
# A message is written down before it is sent and after it was taken. One of which only the
# first is known may or may not have arrived: it is not sent again unless somebody says so.


class Fate(StrEnum):
    """What is known of a message."""

    SENDING = "sending"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Ledger:
    """A small file with the fate of each message, by recipient and contents."""

    path: Path

    def fate(self, recipient: str, sha256: str) -> Fate | None:
        """What became of these contents on their way to somebody; None when they were never sent."""
        told = self._read().get(f"{recipient.lower()} {sha256}")
        return Fate(told) if told in set(Fate) else None

    def note(self, recipient: str, sha256: str, fate: Fate | None) -> None:
        """Write down what is known, durably; None forgets. Raises `DeliveryError`."""
        known = self._read()
        known.pop(f"{recipient.lower()} {sha256}", None)
        if fate is not None:
            known[f"{recipient.lower()} {sha256}"] = fate.value
        with file_errors(self.path, DeliveryError), durable(self.path) as draft:
            draft.write(json.dumps(known, indent=1).encode())

    def _read(self) -> dict[str, str]:
        try:
            return {key: fate.raw_text() for key, fate in document(self.path.read_bytes()).members()}
        except FileNotFoundError:
            return {}
        except JsonError as error:
            raise DeliveryError(
                str(self.path), f"is damaged ({error}); remove it if nothing may have been sent twice"
            ) from error


# Bytes of a message and files in it; a byte of a file is four thirds of one in a message, and line ends.
MOST_BYTES, MOST_FILES, GROWTH = 50_000_000, 25, 1.38

# Seconds to wait for an answer, and before each further try.
TIMEOUT, PAUSES = 60.0, (2.0, 10.0)

IN_DOUBT = (
    "the line broke while the message was handed in; whether it arrived is not known, so it is not sent again"
    " unless with --resend"
)

TYPES = {
    ".epub": ("application", "epub+zip"),
    ".pdf": ("application", "pdf"),
    ".mp3": ("audio", "mpeg"),
    ".m4b": ("audio", "mp4"),
    ".opus": ("audio", "ogg"),
    ".txt": ("text", "plain"),
    ".json": ("application", "json"),
}


@dataclass(frozen=True, slots=True)
class Account:
    """Where mail is handed in, and who hands it in. `security` is ``tls`` or ``starttls``.

    `password` is asked for when it is needed. `context` is what certificates are held against.
    """

    host: str
    sender: str
    port: int = 465
    security: str = "tls"
    user: str = ""
    password: Callable[[], str] | None = field(default=None, repr=False)
    context: ssl.SSLContext | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Postman:
    """Sends files, and writes down what it sent. `sleep` waits between tries."""

    account: Account
    ledger: Ledger
    report: Report
    sleep: Callable[[float], None]

    def send(self, files: Sequence[Path], recipient: str, *, again: bool = False) -> list[Path]:
        """Send those that were not sent before, in as few messages as they fit into; those now sent.

        Raises:
            UsageError: an address or a file that cannot be mailed.
            DeliveryError: a server that refuses, cannot be trusted, or was lost at the end.
        """
        for address in (recipient, self.account.sender):
            _check_address(address)
        due = [file for file in files if again or self._is_due(file, recipient)]
        for batch in _batches(due):
            self._post(batch, recipient)
        return due

    def _is_due(self, file: Path, recipient: str) -> bool:
        match self.ledger.fate(recipient, sha256_of(file)):
            case Fate.SENT:
                self.report(Noted(f"{file.name} was sent to {recipient} before; --resend sends it again"))
                return False
            case Fate.SENDING:
                self.report(
                    Noted(
                        f"{file.name} may have reached {recipient} when a line broke; --resend sends it again"
                    )
                )
                return False
            case None:
                return True

    def _post(self, files: Sequence[Path], recipient: str) -> None:
        message = _message(files, recipient, self.account.sender)
        hashes = [sha256_of(file) for file in files]
        for pause in (*PAUSES, None):
            try:
                with _session(self.account) as session:
                    self._hand_in(session, message, recipient, hashes)
            except _TryAgainError as error:
                if pause is None:
                    raise DeliveryError(self.account.host, error.reason) from error
                self.report(Noted(f"{self.account.host}: {error.reason}; trying again"))
                self.sleep(pause)
            else:
                return

    def _hand_in(
        self, session: smtplib.SMTP, message: EmailMessage, recipient: str, hashes: Sequence[str]
    ) -> None:
        """One message: envelope, then the text, which is written down before and after."""
        data = message.as_bytes(policy=policy.SMTP)
        size = int(session.esmtp_features.get("size") or 0)
        if size and len(data) > size:
            raise DeliveryError(
                self.account.host,
                f"takes {size:,} bytes at most, and this message has {len(data):,};"
                " --max-size makes smaller books",
            )
        _expect(session.mail(self.account.sender, [f"size={len(data)}"] if size else []), 250)
        _expect(session.rcpt(recipient), 250)
        _expect(session.docmd("data"), 354)
        for sha256 in hashes:
            self.ledger.note(recipient, sha256, Fate.SENDING)
        # A line that begins with a point gets another, and a lone one ends the text (RFC 5321, 4.5.2).
        text = re.sub(rb"(?m)^\.", b"..", data)
        try:
            session.send(text + b".\r\n")
            answer = session.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryError(self.account.host, IN_DOUBT) from error
        if answer[0] != 250:
            self._forget(recipient, hashes)
        _expect(answer, 250)
        for sha256 in hashes:
            self.ledger.note(recipient, sha256, Fate.SENT)

    def _forget(self, recipient: str, hashes: Sequence[str]) -> None:
        for sha256 in hashes:
            self.ledger.note(recipient, sha256, None)


class _TryAgainError(Exception):
    """Trouble that may pass, before anything was sent."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@contextmanager
def _session(account: Account) -> Iterator[smtplib.SMTP]:
    """A line to the server, safe and signed in."""
    context = account.context or ssl.create_default_context()
    try:
        session = _connected(account, context)
    except ssl.SSLCertVerificationError as error:
        raise DeliveryError(account.host, f"cannot be trusted: {error.verify_message}") from error
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        raise _TryAgainError(f"does not answer ({error})") from error
    except smtplib.SMTPResponseException as error:
        _expect((error.smtp_code, error.smtp_error), 220)
        raise
    try:
        yield session
    except smtplib.SMTPServerDisconnected as error:
        raise _TryAgainError("hung up") from error
    finally:
        with suppress(smtplib.SMTPException, OSError):
            session.quit()


def _connected(account: Account, context: ssl.SSLContext) -> smtplib.SMTP:
    if account.security == "tls":
        session: smtplib.SMTP = smtplib.SMTP_SSL(account.host, account.port, timeout=TIMEOUT, context=context)
    else:
        session = smtplib.SMTP(account.host, account.port, timeout=TIMEOUT)
        session.ehlo()
        if not session.has_extn("starttls"):
            session.close()
            raise DeliveryError(account.host, "offers no STARTTLS, and nothing is sent in the clear")
        session.starttls(context=context)
    session.ehlo()
    if account.user and account.password is not None:
        try:
            session.login(account.user, account.password())
        except smtplib.SMTPAuthenticationError as error:
            session.close()
            if error.smtp_code < 500:
                raise _TryAgainError(_words(error.smtp_error)) from error
            raise DeliveryError(account.host, "takes neither this name nor this password") from None
    return session


def _expect(answer: tuple[int, bytes | str], wanted: int) -> None:
    """Go on with the answer that is wanted; one of 4xx may pass, one of 5xx does not."""
    code, reply = answer
    if code == wanted:
        return
    if 400 <= code < 500:
        raise _TryAgainError(f"{code} {_words(reply)}")
    raise DeliveryError("the mail server", f"{code} {_words(reply)}")


def _words(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:200]


def _batches(files: Sequence[Path]) -> Iterator[list[Path]]:
    """Files in as few messages as they fit into. Raises `UsageError` for one that fits into none."""
    batch: list[Path] = []
    size = 0.0
    for file in files:
        grown = file.stat().st_size * GROWTH
        if grown > MOST_BYTES:
            raise UsageError(f"{file}: is too large to mail; --max-size 30MB makes a book that fits")
        if batch and (size + grown > MOST_BYTES or len(batch) == MOST_FILES):
            yield batch
            batch, size = [], 0.0
        batch.append(file)
        size += grown
    if batch:
        yield batch


def _message(files: Sequence[Path], recipient: str, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = sender, recipient
    message["Subject"] = _header(", ".join(file.stem for file in files))
    # Of the contents, so that a message sent twice is one to whoever looks.
    digest = hashlib.sha256("".join(map(sha256_of, files)).encode()).hexdigest()[:32]
    message["Message-ID"] = make_msgid(digest, domain=sender.rpartition("@")[2])
    message.set_content("The news, as asked for.\n")
    for file in files:
        major, minor = TYPES.get(file.suffix.lower(), ("application", "octet-stream"))
        message.add_attachment(file.read_bytes(), maintype=major, subtype=minor, filename=_header(file.name))
    return message


def _header(text: str) -> str:
    """Text that ends no header line."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:200]


def _check_address(address: str) -> None:
    local, at, domain = address.rpartition("@")
    bad = (
        not at
        or not local
        or "." not in domain.strip(".")
        or not address.isprintable()
        or set(address) & set(' <>,;"')
    )
    if bad:
        raise UsageError(f"{address!r} is no address to mail to")
