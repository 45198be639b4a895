"""One service being asked: politely, again where that helps, and with its secret in no message."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from newsexport import __version__
from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.job import Cache, Forgetful
from newsexport.net.retry import LONGEST_REST, PASSING, Pacer, RequestError, RetryPolicy, Timing, retry_after

if TYPE_CHECKING:  # few ask a service, and the client takes a while to load
    from newsexport.net.service_client import ServiceClient
    from newsexport.net.transport import HttpRequest, HttpResponse

# Bytes of one answer: a hundred articles with all their text.
LARGEST = 100_000_000
# Articles asked for at a time.
TOGETHER = 100
# Redirects within the service.
REDIRECTS = 3
FORBIDDEN = 403
REFUSED = frozenset({401, FORBIDDEN})
DONE = frozenset({200, 201, 202, 204})
NEITHER = "neither this token nor this password"
# Texts in a row that cannot be had, after which a service counts as down.
DOWN = 3

# What services call the questions that they still take, and when they take more of them.
LEFT = ("x-ratelimit-remaining", "ratelimit-remaining")
MORE = ("x-ratelimit-reset", "ratelimit-reset")

POLITE = RetryPolicy(attempts=4, total=120.0, adapts=True)


class ServiceError(Exception):
    """A service that cannot be asked, or whose answer means nothing; the message is the reason.

    `status` is what it answered, 0 where that is not what is wrong.
    """

    def __init__(self, reason: str, status: int = 0) -> None:
        self.status = status
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Asking:
    """A service at an address, and what is sent with every request to it.

    `headers` may hold a secret, which is sent unencrypted to another machine only where the user says so:
    `unencrypted`. A request may take `seconds`; with its repetitions and pauses as long as `policy` says.
    `cache` has texts that were asked for earlier.
    """

    address: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    unencrypted: bool = False
    seconds: float = 30.0
    cache: Cache = field(default_factory=Forgetful, repr=False)
    timing: Timing = field(default_factory=Timing, repr=False)
    policy: RetryPolicy = POLITE
    pacer: Pacer = field(default_factory=Pacer, repr=False)

    def showing(self, headers: Mapping[str, str]) -> Asking:
        """The same service, asked with these headers as well.

        A secret may have been written down with the end of its line.
        """
        told = {name: value.strip() for name, value in headers.items()}
        return replace(self, headers={**self.headers, **told})

    def json(self, path: str, **query: str | int | None) -> JsonValue:
        """What is at a path, as JSON. Raises `ServiceError`."""
        return self.parsed(self.get(path, **query))

    def get(self, path: str, **query: str | int | None) -> HttpResponse:
        """The answer to a question; what is None is not asked. Raises `ServiceError`."""
        told = urlencode({name: value for name, value in query.items() if value is not None})
        return self._answer("GET", f"{path}?{told}" if told else path, b"")

    def text(self, path: str, version: str) -> str:
        """A text, which is asked for once in each `version`; where there is none, every time.

        Raises:
            ServiceError: it cannot be had.
        """
        key = f"text/{self.address}{path}@{version}"
        known = self.cache.get(key) if version else None
        if known is None:
            known = self.get(path).body
            if version:
                self.cache.put(key, known)
        return known.decode("utf-8", "replace")

    def logged_in(self, path: str, form: Mapping[str, str]) -> HttpResponse:
        """The answer to a form with a name and a password. Raises `ServiceError`."""
        try:
            return self.posted(path, list(form.items()))
        except ServiceError as error:
            if error.status == 400:
                raise ServiceError(f"{self._host} takes {NEITHER}") from error
            raise

    def posted(self, path: str, form: Sequence[tuple[str, str]]) -> HttpResponse:
        """The answer to a form. Raises `ServiceError`."""
        asking = self.showing({"Content-Type": "application/x-www-form-urlencoded"})
        return asking._answer("POST", path, urlencode(form).encode())  # noqa: SLF001 - another of our own

    def changed(self, method: str, path: str, told: object) -> HttpResponse:
        """The answer to a change, which is told as JSON and may be told again. Raises `ServiceError`."""
        asking = self.showing({"Content-Type": "application/json"})
        try:
            return asking._answer(method, path, json.dumps(told).encode())  # noqa: SLF001 - another of our own
        except ServiceError as error:
            if error.status == FORBIDDEN:
                reason = f"{self._host} lets this token change nothing; may it only read?"
                raise ServiceError(reason, FORBIDDEN) from error
            raise

    def parsed(self, answer: HttpResponse) -> JsonValue:
        """An answer as JSON. Raises `ServiceError`."""
        try:
            return document(answer.body, ours=False)
        except JsonError as error:
            raise ServiceError(f"{self._host} sent what is not JSON; is its address right?") from error

    def asked(self, path: str, told: Mapping[str, object]) -> JsonValue:
        """The answer to a question that is itself JSON, as JSON. Raises `ServiceError`."""
        return self.parsed(self.changed("POST", path, told))

    def _answer(self, method: str, path: str, body: bytes) -> HttpResponse:
        from newsexport.net.transport import HttpRequest  # noqa: PLC0415 - as said above

        client = self._client()
        base = urlsplit(self.address).path.rstrip("/")
        headers = {"Accept": "application/json, */*;q=0.5", "User-Agent": f"newsexport/{__version__}"}
        request = HttpRequest(method, f"{client.origin}{base}{path}", {**headers, **self.headers}, body)
        try:
            return self.policy.ask(lambda: self._sent(client, request), self.pacer, self.timing)
        except RequestError as error:
            raise ServiceError(error.reason, error.status) from error

    def _sent(self, client: ServiceClient, request: HttpRequest) -> HttpResponse:
        from newsexport.net.transport import Limits  # noqa: PLC0415 - as said above

        answer = client.send(request, Limits(LARGEST, self.seconds, silence=self.seconds), REDIRECTS)
        rest = _rest(answer.headers, self.timing.now())
        if answer.status in REFUSED:
            raise RequestError(f"{client.host} takes {NEITHER}", passing=False, status=answer.status)
        if answer.status not in DONE:
            after = retry_after(answer.headers, self.timing.now())
            after = rest if after is None else after
            passing = answer.status in PASSING
            raise RequestError(
                f"{client.host} answers {answer.status}", passing=passing, status=answer.status, after=after
            )
        if rest is not None and rest <= self.policy.total and _is_used_up(answer.headers):
            self.pacer.hold(self.timing.clock() + rest)
        return answer

    def _client(self) -> ServiceClient:
        from newsexport.net.service_client import service_client  # noqa: PLC0415 - as said above

        try:
            client = service_client(self.address)
        except RequestError as error:
            raise ServiceError(error.reason.replace("its url", "its address")) from error
        if not client.is_private and not self.unencrypted:
            raise ServiceError(
                f"its secret is not sent to {client.host} unencrypted; its address must begin with https://, "
                "or unencrypted = true says that this may be"
            )
        return client

    @property
    def _host(self) -> str:
        return urlsplit(self.address).netloc.rpartition("@")[2]


def _is_used_up(headers: Mapping[str, str]) -> bool:
    """Whether a service that counts our questions says that this was the last for now."""
    return next((headers[name].strip() for name in LEFT if name in headers), "") == "0"


def _rest(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds until it takes more of them, which it tells, or the moment; None where it does not say."""
    told = next((headers[name].strip() for name in MORE if name in headers), "")
    if not told.isdecimal():
        return None
    return max(0.0, int(told) - now) if int(told) > LONGEST_REST else float(told)


def one_by_one(
    found: Iterable[Mapping[str, Any]], record: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> Iterator[list[dict[str, Any]] | ServiceError]:
    """The `record` of each that was found, for which the service is asked again, or why there is none.

    Raises:
        ServiceError: it is the last of `DOWN` in a row.
    """
    failed = 0
    for each in found:
        try:
            yield [record(each)]
            failed = 0
        except ServiceError as error:
            failed += 1
            if failed == DOWN:
                raise
            yield ServiceError(f"{each.get('title') or each.get('name')}: {error}")
