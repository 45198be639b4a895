"""Mail, against a real server on loopback that fails in every way a server can."""

import email
import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from newsexport.delivery.mail import Account, Fate, Ledger, Postman
from newsexport.errors import DeliveryError, UsageError
from newsexport.events import Event, Noted

READER, SENDER = "ada@kindle.example", "press@example.org"


@dataclass
class Handler:
    """Takes mail; answers what it is told to, once for each."""

    answers: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)
    hang_up: bool = False

    async def handle_RCPT(  # noqa: N802 - the name that the server calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        assert (server, session, options) is not None
        if self.recipients:
            return self.recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - idem
        assert session is not None
        if self.hang_up:
            server.transport.abort()  # type: ignore[union-attr]
            return "250 never heard"
        if self.answers:
            return self.answers.pop(0)
        self.taken.append(envelope.original_content or b"")
        return "250 OK"


def _admitted(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    assert (server, session, envelope, mechanism) is not None
    right = isinstance(data, LoginPassword) and data.password == b"correct horse"
    return AuthResult(success=right, handled=False)


@dataclass(frozen=True)
class Server:
    handler: Handler
    account: Account


AUTHORITY = trustme.CA()


def contexts(name: str = "localhost") -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """That of a server of this name, and that of a client who trusts its authority."""
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    AUTHORITY.issue_cert(name).configure_cert(server)
    AUTHORITY.configure_trust(client)
    return server, client


@pytest.fixture
def server() -> Iterator[Server]:
    handler, (own, trusting) = Handler(), contexts()
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=free_port(),
        ssl_context=own,
        data_size_limit=5_000_000,
        authenticator=_admitted,
        auth_require_tls=False,
    )
    with running(controller) as port:
        yield Server(handler, Account("localhost", SENDER, port, context=trusting))


def free_port() -> int:
    """One that nobody listens at; the server asks itself at it whether it is up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class running:  # noqa: N801 - used like a function
    """A server while the block lasts, at a port of its own."""

    def __init__(self, controller: Controller) -> None:
        self.controller = controller

    def __enter__(self) -> int:
        self.controller.start()
        return int(self.controller.port)

    def __exit__(self, *_: object) -> None:
        self.controller.stop()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "The Morning, 25 November.epub"
    path.write_bytes(b"PK a book\n.\n..\n" * 100)
    return path


def postman(account: Account, tmp_path: Path, told: list[Event] | None = None) -> Postman:
    return Postman(
        account,
        Ledger(tmp_path / "state/mailed.json"),
        (told if told is not None else []).append,
        lambda _: None,
    )


def test_a_book_arrives_as_it_is_under_its_own_type(server: Server, book: Path, tmp_path: Path) -> None:
    assert postman(server.account, tmp_path).send([book], READER) == [book]
    (message,) = (email.message_from_bytes(each, policy=policy.default) for each in server.handler.taken)
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/epub+zip"
    assert attached.get_filename() == book.name
    assert attached.get_content() == book.read_bytes()
    assert message["To"] == READER


def test_nothing_is_sent_twice_unless_somebody_asks(server: Server, book: Path, tmp_path: Path) -> None:
    told: list[Event] = []
    for again in (False, False, True):
        postman(server.account, tmp_path, told).send([book], READER, again=again)
    assert len(server.handler.taken) == 2
    assert [event.text for event in told if isinstance(event, Noted)] == [
        f"{book.name} was sent to {READER} before; --resend sends it again"
    ]


@pytest.mark.parametrize("answer", ["421 too busy", "450 try again later"])
def test_trouble_that_may_pass_is_tried_again(
    answer: str, server: Server, book: Path, tmp_path: Path
) -> None:
    server.handler.recipients.append(answer)
    server.handler.answers.append(answer)
    assert postman(server.account, tmp_path).send([book], READER) == [book]
    assert len(server.handler.taken) == 1


@pytest.mark.parametrize("answer", ["550 no such reader", "552 too big"])
def test_a_refusal_is_told_and_not_tried_again(
    answer: str, server: Server, book: Path, tmp_path: Path
) -> None:
    server.handler.answers += [answer]
    with pytest.raises(DeliveryError, match=answer):
        postman(server.account, tmp_path).send([book], READER)
    assert postman(server.account, tmp_path).send([book], READER) == [book]  # it was not sent, so it may be


def test_a_line_that_breaks_at_the_end_leaves_it_in_doubt(server: Server, book: Path, tmp_path: Path) -> None:
    server.handler.hang_up = True
    with pytest.raises(DeliveryError, match="whether it arrived is not known"):
        postman(server.account, tmp_path).send([book], READER)
    server.handler.hang_up = False
    told: list[Event] = []
    assert postman(server.account, tmp_path, told).send([book], READER) == []
    assert "--resend" in str(told)
    assert postman(server.account, tmp_path).send([book], READER, again=True) == [book]


def test_a_larger_message_than_the_server_takes_is_not_begun(server: Server, tmp_path: Path) -> None:
    large = tmp_path / "large.epub"
    large.write_bytes(bytes(4_500_000))
    with pytest.raises(DeliveryError, match="--max-size"):
        postman(server.account, tmp_path).send([large], READER)
    assert server.handler.taken == []


def test_what_is_too_large_for_any_message_is_told(server: Server, tmp_path: Path) -> None:
    large = tmp_path / "large.epub"
    large.write_bytes(bytes(40_000_000))
    with pytest.raises(UsageError, match="too large to mail"):
        postman(server.account, tmp_path).send([large], READER)


@pytest.mark.parametrize(("password", "right"), [("correct horse", True), ("canary", False)])
def test_who_signs_in_wrongly_is_refused_and_not_quoted(
    password: str,
    right: bool,  # noqa: FBT001 - a table of cases
    server: Server,
    book: Path,
    tmp_path: Path,
) -> None:
    account = Account(
        "localhost",
        SENDER,
        server.account.port,
        user="ada",
        password=lambda: password,
        context=server.account.context,
    )
    if right:
        assert postman(account, tmp_path).send([book], READER) == [book]
        return
    with pytest.raises(DeliveryError, match="neither this name nor this password") as refused:
        postman(account, tmp_path).send([book], READER)
    assert "canary" not in str(refused.value) + repr(account)


def test_a_server_under_another_name_is_not_trusted(book: Path, tmp_path: Path) -> None:
    own, trusting = contexts("mail.elsewhere.example")
    server = running(Controller(Handler(), hostname="127.0.0.1", port=free_port(), ssl_context=own))
    with server as port, pytest.raises(DeliveryError, match="cannot be trusted"):
        postman(Account("localhost", SENDER, port, context=trusting), tmp_path).send([book], READER)


def test_a_server_that_nobody_vouches_for_is_not_trusted(server: Server, book: Path, tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="cannot be trusted"):
        postman(Account("localhost", SENDER, server.account.port), tmp_path).send([book], READER)


def test_where_starttls_was_stripped_nothing_is_sent(book: Path, tmp_path: Path) -> None:
    handler = Handler()
    with running(Controller(handler, hostname="127.0.0.1", port=free_port())) as port:
        account = Account("localhost", SENDER, port, "starttls", "ada", lambda: "canary")
        with pytest.raises(DeliveryError, match="offers no STARTTLS"):
            postman(account, tmp_path).send([book], READER)
    assert handler.taken == []


def test_starttls_is_taken_where_it_is_offered(book: Path, tmp_path: Path) -> None:
    own, trusting = contexts()
    handler = Handler()
    with running(Controller(handler, hostname="127.0.0.1", port=free_port(), tls_context=own)) as port:
        account = Account("localhost", SENDER, port, "starttls", context=trusting)
        assert postman(account, tmp_path).send([book], READER) == [book]
    assert len(handler.taken) == 1


def test_a_name_cannot_bring_in_a_header(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "a\r\nBcc: x@y.example.epub"
    file.write_bytes(b"book")
    postman(server.account, tmp_path).send([file], READER)
    message = email.message_from_bytes(server.handler.taken[0], policy=policy.default)
    assert message["Bcc"] is None
    with pytest.raises(UsageError, match="no address"):
        postman(server.account, tmp_path).send([file], "ada@example.org\r\nRCPT TO:<x@y.example>")


def test_a_server_that_is_not_there_is_told(book: Path, tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="does not answer"):
        postman(Account("localhost", SENDER, 1), tmp_path).send([book], READER)


def test_a_run_killed_between_the_text_and_its_answer_leaves_it_in_doubt(book: Path, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "mailed.json")
    script = (
        "import sys, time; from pathlib import Path; from newsexport.delivery.mail import *\n"
        "Ledger(Path(sys.argv[1])).note('ada@kindle.example', 'abc', Fate.SENDING); print('noted', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(ledger.path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"noted\n"
        os.kill(other.pid, signal.SIGKILL)
    assert ledger.fate("Ada@kindle.example", "abc") is Fate.SENDING
    assert book.exists()


def test_a_damaged_ledger_is_told_and_nothing_is_sent(server: Server, book: Path, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state/mailed.json").write_text("{")
    with pytest.raises(DeliveryError, match="is damaged"):
        postman(server.account, tmp_path).send([book], READER)
    assert server.handler.taken == []
