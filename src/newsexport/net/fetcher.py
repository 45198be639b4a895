"""A visit to an address: guarded, in turn, with patience, and only for what is new."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import NoReturn
from urllib.parse import urljoin, urlsplit, urlunsplit

from newsexport.errors import SourceError
from newsexport.net.cookies import Cookies
from newsexport.net.guard import GuardError, checked
from newsexport.net.http_cache import Kept, Memory
from newsexport.net.retry import PASSING, backoff, retry_after
from newsexport.net.robots import Robots, text_of
from newsexport.net.settings import ACCEPT, LARGEST, Manners
from newsexport.net.transport import Answer, Wire, WireError
from newsexport.protocols import Kind, Request, Resource
from newsexport.text.addresses import redacted
from newsexport.work.containment import contained

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
ROBOTS_AGE = 86_400  # seconds (RFC 9309, section 2.4)

# Requests in a row that may run out of time before their host is given up.
MOST_LATE = 2

# Seconds after which a request that is still under way gives its place to others.
SLOW = 3.0


class NoVisitError(Exception):
    """The visit ends here; the message is the reason."""


@dataclass(slots=True)
class Visitor:
    """Visits addresses for one run. `chance` gives numbers in [0, 1) for the jitter of retries."""

    wire: Wire
    manners: Manners
    memory: Memory
    cookies: Cookies | None
    chance: Callable[[], float] = random.random
    _turns: dict[str, asyncio.Semaphore] = field(default_factory=dict)
    _all: asyncio.Semaphore = field(init=False)
    _robots: dict[str, asyncio.Task[Robots]] = field(default_factory=dict)
    _delays: dict[str, float] = field(default_factory=dict)
    _free: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _late: Counter[str] = field(default_factory=Counter)
    _ends: float | None = None

    def __post_init__(self) -> None:
        self._all = asyncio.Semaphore(self.manners.in_all)

    async def visit(self, request: Request) -> Resource:
        """What is at the address. Raises `SourceError`, in which no secret of the address is told."""
        named = redacted(request.address)[:300]
        try:
            with contained(partial(SourceError, named), NoVisitError, GuardError, WireError):
                kept = await self._found_in_time(request)
        except (NoVisitError, GuardError, WireError) as error:
            raise SourceError(named, str(error)) from error
        return Resource(
            redacted(request.address), kept.body, media_type=kept.media_type, address=kept.address
        )

    async def _found_in_time(self, request: Request) -> Kept:
        """The version there is now, unless the time for all visits is over first."""
        now = asyncio.get_running_loop().time()
        self._ends = self._ends if self._ends is not None else now + self.manners.deadline
        try:
            async with asyncio.timeout_at(self._ends):
                return await self._found(request)
        except TimeoutError:
            _refuse(f"was not there when the time for fetching ({_minutes(self.manners.deadline)}) was over")

    async def _found(self, request: Request) -> Kept:
        """The version there is now, fetched or known before."""
        known = self.memory.get(request.address)
        if self.manners.offline:
            return known if known is not None else _refuse("is not in the cache, and the run is offline")
        url = request.address
        for _ in range(MOST_REDIRECTS + 1):
            if request.crawled and not await self._may_crawl(url):
                _refuse("the site's robots.txt asks programs not to fetch it")
            answer = await self._asked(url, request, known if known and known.address == url else None)
            if answer.status == HTTPStatus.NOT_MODIFIED and known is not None:
                return known
            if answer.status not in REDIRECTS:
                return self._kept(request, url, answer)
            url = _redirected(url, answer)
        return _refuse(f"was redirected more than {MOST_REDIRECTS} times")

    def _kept(self, request: Request, url: str, answer: Answer) -> Kept:
        if answer.status != HTTPStatus.OK:
            _refuse(f"the server answered {_named(answer.status)}")
        headers = answer.headers
        kept = Kept(
            url,
            headers.get("content-type", ""),
            headers.get("etag", ""),
            headers.get("last-modified", ""),
            time.time(),
            answer.body,
        )
        self.memory.put(request.address, kept)
        return kept

    async def _asked(self, url: str, request: Request, known: Kept | None) -> Answer:
        """The answer at last, after as many attempts as are worth making."""
        headers = self._headers(url, request) | (known.validators if known else {})
        for attempt in range(1, self.manners.attempts + 1):
            last = attempt == self.manners.attempts
            try:
                answer = await self._in_turn(url, headers, LARGEST[request.kind])
            except WireError as error:
                if last or not error.passing or self._late[_host(url)] >= MOST_LATE:
                    raise
                await asyncio.sleep(backoff(attempt, self.chance()))
                continue
            if answer.status not in PASSING:
                return answer
            asked = self._heed(url, answer)
            if last or asked > self.manners.longest_wait:
                return answer
            await asyncio.sleep(max(asked, backoff(attempt, self.chance())))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _heed(self, url: str, answer: Answer) -> float:
        """The seconds the server wants to be left alone, which every visit to it then keeps."""
        seconds = retry_after(answer.headers.get("retry-after", ""), answer.headers.get("date", ""))
        if not seconds:
            return 0
        self.memory.postpone(_host(url), time.time() + seconds)
        return seconds

    async def _in_turn(self, url: str, headers: dict[str, str], largest: int) -> Answer:
        """One request in its turn: first at its host, then in all, so that no host holds up others."""
        host = _host(url)
        turn = self._turns.setdefault(host, asyncio.Semaphore(self.manners.per_host))
        async with turn:
            if self._late[host] >= MOST_LATE:
                _refuse(f"its host let {MOST_LATE} requests run out of time, and is left alone for this run")
            await self._rest(host)
            try:
                answer = await self._among_others(partial(self._get, url, headers, largest))
            except WireError as error:
                self._late[host] = self._late[host] + 1 if error.late else 0
                raise
            self._late[host] = 0
            return answer

    async def _get(self, url: str, headers: dict[str, str], largest: int) -> Answer:
        return await self.wire.get(url, headers, largest, self.manners.seconds)

    async def _among_others(self, ask: Callable[[], Coroutine[object, object, Answer]]) -> Answer:
        """The answer to a request that takes one of the places for all of them as long as it is not slow."""
        async with self._all:
            under_way = asyncio.ensure_future(ask())
            try:
                await asyncio.wait({under_way}, timeout=SLOW)
            except asyncio.CancelledError:
                under_way.cancel()
                raise
        return await under_way

    async def _rest(self, host: str) -> None:
        """Wait until the host may be asked again, if that is soon."""
        wait = max(self.memory.wait_until(host) - time.time(), self._free[host] - time.monotonic())
        if wait > self.manners.longest_wait:
            until = time.strftime("%H:%M", time.localtime(time.time() + wait))
            _refuse(f"the server asked to be left alone until {until}")
        if wait > 0:
            await asyncio.sleep(wait)
        self._free[host] = time.monotonic() + self._delays.get(host, 0)

    def _headers(self, url: str, request: Request) -> dict[str, str]:
        parts = checked(url)
        headers = {
            "host": parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc,
            "user-agent": self.manners.agent,
            "accept": ACCEPT[request.kind],
            "accept-encoding": "gzip, deflate",
        }
        if request.kind is Kind.PICTURE and request.referer:
            headers["referer"] = _referer(request.referer, url)
        return headers | (self.cookies.headers(url) if self.cookies else {})

    async def _may_crawl(self, url: str) -> bool:
        parts = checked(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = asyncio.ensure_future(self._rules(origin))
        rules = await asyncio.shield(self._robots[origin])  # others wait for the same
        if self._late[_host(url)] >= MOST_LATE:
            _refuse("its host did not answer when it was asked for its robots.txt")
        self._delays[_host(url)] = rules.delay
        return rules.allow(url)

    async def _rules(self, origin: str) -> Robots:
        """The robots.txt of a site, asked for at most once a day."""
        address = f"{origin}/robots.txt"
        known = self.memory.get(address)
        if known and 0 <= time.time() - known.fetched < ROBOTS_AGE:
            return Robots.parse(known.body.decode("utf-8", "replace"))
        try:
            answer = await self._asked(address, Request(address), None)
            for _ in range(MOST_REDIRECTS):
                if answer.status not in REDIRECTS:
                    break
                answer = await self._asked(_redirected(address, answer), Request(address), None)
        except (NoVisitError, GuardError, WireError):
            return Robots.parse(text_of(503, b""))
        text = text_of(answer.status, answer.body)
        self.memory.put(address, Kept(address, "text/plain", "", "", time.time(), text.encode()))
        return Robots.parse(text)


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:g} min" if seconds >= 60 else f"{seconds:g} s"


def _refuse(reason: str) -> NoReturn:
    raise NoVisitError(reason)


def _redirected(url: str, answer: Answer) -> str:
    """Where an answer leads on to. From encrypted to plain is a way that nobody should be led."""
    location = answer.headers.get("location", "")
    if not location:
        _refuse("was redirected to nowhere")
    target = urljoin(url, location)
    try:
        parts = checked(target)
    except GuardError as error:
        _refuse(f"was redirected to {redacted(target)[:100]}, which {error}")
    if urlsplit(url).scheme == "https" and parts.scheme == "http":
        _refuse("was redirected from https to http")
    return urlunsplit(parts._replace(fragment=""))


def _referer(page: str, url: str) -> str:
    """The page for its own site, its origin for others, as browsers do by default (Referrer Policy, 3.9)."""
    own, other = urlsplit(page), urlsplit(url)
    origin = f"{own.scheme}://{own.netloc.rpartition('@')[2]}/"
    same = (own.scheme, own.netloc) == (other.scheme, other.netloc)
    return redacted(page).partition("#")[0] if same and page.isascii() else origin if origin.isascii() else ""


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
