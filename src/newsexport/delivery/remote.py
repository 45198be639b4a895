"""A server that finished files are sent to: asked again where that helps, every trouble one line.

It was named by the user, so it may lie in the network at home; nothing that it leads to is asked.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from newsexport import __version__
from newsexport.errors import DeliveryError
from newsexport.net.retry import PASSING, Pacer, RequestError, RetryPolicy, Timing, retry_after

if TYPE_CHECKING:  # few send anything, and the client takes a while to load
    from newsexport.net.login import Login
    from newsexport.net.service_client import ServiceClient
    from newsexport.net.transport import FileBody, HttpResponse

T = TypeVar("T")

# A device that sleeps may wake: some seconds between four tries, and not much longer in all.
PATIENT = RetryPolicy(attempts=4, total=150.0, first_pause=2.0)

# Seconds for an answer and, on top, bytes a second of what is sent: a small device manages ten times that.
SECONDS, SLOWEST = 90.0, 20_000
# Seconds of silence, in which a server may be busy with what it was sent.
SILENCE = 30.0
# Bytes of an answer: an issue, read back.
LARGEST = 1_000_000_000
REDIRECTS = 3
LOCKED = 423


@dataclass(frozen=True, slots=True)
class Remote:
    """A server at an address; `hint` is what to look at when nobody answers.

    After `silence` seconds without a byte it counts as silent. A password goes to another machine only
    over TLS, unless the user says that it may go `unencrypted`.
    """

    address: str
    hint: str = ""
    login: Login | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    unencrypted: bool = False
    timing: Timing = field(default_factory=Timing, repr=False)
    policy: RetryPolicy = PATIENT
    silence: float = SILENCE
    _pacer: Pacer = field(default_factory=Pacer, repr=False)

    @property
    def host(self) -> str:
        """What it is called in messages, without a password that somebody put there."""
        return urlsplit(self.address).netloc.rpartition("@")[2]

    def until_done(self, attempt: Callable[[], T]) -> T:
        """What `attempt` returns, which is tried again after trouble that may pass.

        Raises:
            DeliveryError: it did not succeed.
        """
        try:
            return self.policy.ask(attempt, self._pacer, self.timing)
        except RequestError as error:
            hint = f"; {self.hint}" if self.hint and not error.status and error.passing else ""
            host = f"{self.host} "
            raise DeliveryError(self.host, error.reason.removeprefix(host) + hint) from error

    def ask(
        self,
        method: str,
        path: str,
        wanted: Collection[int] = (200,),
        headers: Mapping[str, str] | None = None,
        body: bytes | FileBody = b"",
    ) -> HttpResponse:
        """The answer of one attempt, if its status is one that is `wanted`.

        Raises:
            RequestError: there is none, or another, with the server's own words.
        """
        answer = self._sent(method, path, headers or {}, body)
        challenge = answer.headers.get("www-authenticate", "")
        if answer.status == HTTPStatus.UNAUTHORIZED and self.login and self.login.heard(challenge):
            answer = self._sent(method, path, headers or {}, body)
        if answer.status in wanted:
            return answer
        raise RequestError(
            self._refusal(answer),
            passing=answer.status in PASSING or answer.status == LOCKED,
            status=answer.status,
            after=retry_after(answer.headers, self.timing.now()),
        )

    def path_of(self, path: str) -> str:
        """A path below the address as a server calls it."""
        return urlsplit(self.address).path.rstrip("/") + path

    def _sent(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | FileBody
    ) -> HttpResponse:
        from newsexport.net.transport import HttpRequest, Limits  # noqa: PLC0415 - as said above

        client, target = self._client(), self.path_of(path)
        shown = self.login.shown(method, target) if self.login else {}
        told = {"User-Agent": f"newsexport/{__version__}", **self.headers, **headers, **shown}
        url = client.origin + target
        if isinstance(body, bytes):
            request = HttpRequest(method, url, told, body)
        else:
            request = HttpRequest(method, url, told, file=body)
        seconds = SECONDS + len(body) / SLOWEST
        return client.send(request, Limits(LARGEST, seconds, silence=self.silence), REDIRECTS)

    def _client(self) -> ServiceClient:
        from newsexport.net.service_client import service_client  # noqa: PLC0415 - as said above

        try:
            client = service_client(self.address)
        except RequestError as error:
            raise error.reworded(error.reason.replace("its url", "its address")) from error
        if self.login and not client.is_private and not self.unencrypted:
            raise RequestError(
                "its password is not sent unencrypted; its address must begin with https://, or"
                " unencrypted = true (--unencrypted) says that this may be",
                passing=False,
            )
        return client

    def _refusal(self, answer: HttpResponse) -> str:
        if answer.status == HTTPStatus.UNAUTHORIZED:
            if self.login is None:
                return f"{self.host} wants a name and a password"
            return f"{self.host} takes neither this name nor this password"
        if answer.status == HTTPStatus.INSUFFICIENT_STORAGE:
            return f"{self.host} has no room left ({answer.status})"
        return f"{self.host} answers {answer.status} {in_words(answer)}".rstrip()


def in_words(answer: HttpResponse) -> str:
    """What a server says in an answer, in one line that steers no terminal; nothing where it is a page."""
    kind = answer.headers.get("content-type", "text/plain").partition(";")[0].strip().lower()
    text = answer.body.decode("utf-8", "replace") if kind == "text/plain" else ""
    said = " ".join("".join(each if each.isprintable() else " " for each in text or answer.phrase).split())
    return f"({said[:200]})" if said else ""


def form_of(file: Path, name: str, kind: str) -> tuple[Mapping[str, str], FileBody]:
    """Headers and body of a form with one file, in the field ``file``, under a name (RFC 7578)."""
    from newsexport.net.transport import FileBody  # noqa: PLC0415 - as said above

    edge = f"newsexport-{secrets.token_hex(16)}"
    told = name.replace("\\", "\\\\").replace('"', "%22")
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{told}"\r\n'
        f"Content-Type: {kind}\r\n\r\n"
    )
    body = FileBody(file, head.encode(), f"\r\n--{edge}--\r\n".encode())
    return {"Content-Type": f"multipart/form-data; boundary={edge}"}, body
