"""How an address is fetched: guarded, in turn, asked again where that helps, and only for what is new."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from newsexport.errors import SourceError
from newsexport.net.cookies import Cookies, PassingCookies
from newsexport.net.guard import GuardError, checked
from newsexport.net.http_cache import CachedResponse, HttpCache
from newsexport.net.redirects import (
    MOST_REDIRECTS,
    REDIRECTS,
    NotFetchedError,
    redirected,
    refreshed,
    refuse,
)
from newsexport.net.retry import PASSING, RequestError, RetryPolicy, retry_after
from newsexport.net.settings import ACCEPT, LARGEST, FetchSettings
from newsexport.net.transport import ENCODINGS, HttpRequest, HttpResponse, Limits, Transport
from newsexport.protocols import Kind, Request, Resource
from newsexport.text.addresses import redacted
from newsexport.work.containment import contained

ROBOTS_AGE = 86_400  # seconds (RFC 9309, section 2.4)

# What a robots.txt calls this program, and how much of the file and of its wishes is heeded.
ROBOTS_NAME, LARGEST_ROBOTS, LONGEST_CRAWL_DELAY = "newsexport", 500_000, 10.0
ALL_ALLOWED, NONE_ALLOWED = "", "User-agent: *\nDisallow: /\n"

# Requests in a row that may run out of time before their host is given up.
MOST_TIMEOUTS = 2

# Seconds after which a request that is still under way gives its place to others.
SLOW = 3.0


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site asks of programs (RFC 9309), for addresses that no person chose."""

    rules: Any

    @classmethod
    def parse(cls, text: str) -> Robots:
        """The rules of a robots.txt, as much of it as RFC 9309 has a program read."""
        from protego import Protego  # noqa: PLC0415 - only crawling needs it

        return cls(Protego.parse(text[:LARGEST_ROBOTS]))

    def allow(self, url: str) -> bool:
        """Whether the address may be fetched."""
        return bool(self.rules.can_fetch(url, ROBOTS_NAME))

    @property
    def delay(self) -> float:
        """Seconds to leave between two requests."""
        return min(float(self.rules.crawl_delay(ROBOTS_NAME) or 0), LONGEST_CRAWL_DELAY)


def _robots_text(status: int, body: bytes) -> str:
    """The rules an answer stands for: RFC 9309, section 2.3.1. Unavailable is all, unreachable nothing."""
    if status == 200:
        return body.decode("utf-8", "replace")
    return ALL_ALLOWED if 400 <= status < 500 and status != 429 else NONE_ALLOWED


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses for one run. `chance` gives numbers in [0, 1) for the jitter of retries."""

    transport: Transport
    settings: FetchSettings
    cache: HttpCache
    cookies: Cookies | None
    chance: Callable[[], float] = random.random
    _host_limits: dict[str, asyncio.Semaphore] = field(default_factory=dict)
    _total_limit: asyncio.Semaphore = field(init=False)
    _robots: dict[str, asyncio.Task[Robots]] = field(default_factory=dict)
    _delays: dict[str, float] = field(default_factory=dict)
    _next_request: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _timeouts: Counter[str] = field(default_factory=Counter)
    _ends: float | None = None

    def __post_init__(self) -> None:
        self._total_limit = asyncio.Semaphore(self.settings.in_all)

    async def fetch(self, request: Request) -> Resource:
        """What is at the address. Raises `SourceError`, in which no secret of the address is told."""
        named = redacted(request.address)[:300]
        try:
            with contained(partial(SourceError, named), NotFetchedError, GuardError, RequestError):
                kept = await self._fetched_in_time(request)
        except (NotFetchedError, GuardError, RequestError) as error:
            raise SourceError(named, str(error)) from error
        return Resource(
            redacted(request.address), kept.body, media_type=kept.media_type, address=kept.address
        )

    async def _fetched_in_time(self, request: Request) -> CachedResponse:
        """The version there is now, unless the time for all requests is over first."""
        now = asyncio.get_running_loop().time()
        self._ends = self._ends if self._ends is not None else now + self.settings.deadline
        try:
            async with asyncio.timeout_at(self._ends):
                return await self._fetched(request)
        except TimeoutError:
            refuse(f"was not there when the time for fetching ({_minutes(self.settings.deadline)}) was over")

    async def _fetched(self, request: Request) -> CachedResponse:
        """The version there is now, fetched or known before."""
        known = self.cache.get(request.address)
        if self.settings.offline:
            return known if known is not None else refuse("is not in the cache, and the run is offline")
        url, passing = request.address, PassingCookies()
        for _ in range(MOST_REDIRECTS + 1):
            if request.crawled and not await self._may_crawl(url):
                refuse("the site's robots.txt asks programs not to fetch it")
            there = known if known and known.address == url else None
            answer = await self._get(url, request, there, passing)
            if answer.status == HTTPStatus.NOT_MODIFIED and known is not None:
                return known
            following = _following(url, request, answer)
            if not following:
                return self._cached(request, url, answer)
            passing.take(url, answer.cookies)
            url = following
        return refuse(f"was redirected more than {MOST_REDIRECTS} times")

    def _cached(self, request: Request, url: str, answer: HttpResponse) -> CachedResponse:
        if answer.status != HTTPStatus.OK:
            refuse(f"the server answered {_named(answer.status)}")
        headers = answer.headers
        kept = CachedResponse(
            url,
            headers.get("content-type", ""),
            headers.get("etag", ""),
            headers.get("last-modified", ""),
            time.time(),
            answer.body,
        )
        self.cache.put(request.address, kept)
        return kept

    async def _get(
        self, url: str, request: Request, known: CachedResponse | None, passing: PassingCookies
    ) -> HttpResponse:
        """The answer at last, after as many attempts as are worth making."""
        headers = self._headers(url, request, passing) | (known.validators if known else {})
        sent, limits = HttpRequest("GET", url, headers), Limits(LARGEST[request.kind], self.settings.seconds)
        policy = RetryPolicy(self.settings.attempts)
        for attempt in range(1, policy.attempts + 1):
            last, after = attempt == policy.attempts, 0.0
            try:
                answer = await self._get_in_turn(sent, limits)
            except RequestError as error:
                if last or not error.passing or self._timeouts[_host(url)] >= MOST_TIMEOUTS:
                    raise
            else:
                if answer.status not in PASSING:
                    return answer
                after = self._note_retry_after(url, answer)
                if last or after > self.settings.longest_wait:
                    return answer
            await asyncio.sleep(policy.pause(attempt, after, self.chance()))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _note_retry_after(self, url: str, answer: HttpResponse) -> float:
        """The seconds the server asks to be left alone, which every later request to it then heeds."""
        seconds = retry_after(answer.headers, time.time())
        if not seconds:
            return 0
        self.cache.postpone(_host(url), time.time() + seconds)
        return seconds

    async def _get_in_turn(self, request: HttpRequest, limits: Limits) -> HttpResponse:
        """One request in its turn: first at its host, then in all, so that no host holds up others."""
        host = _host(request.url)
        host_limit = self._host_limits.setdefault(host, asyncio.Semaphore(self.settings.per_host))
        async with host_limit:
            if self._timeouts[host] >= MOST_TIMEOUTS:
                reason = (
                    f"its host let {MOST_TIMEOUTS} requests run out of time, and is left alone for this run"
                )
                refuse(reason)
            await self._wait_for_host(host)
            try:
                answer = await self._with_a_place(partial(self.transport.send, request, limits))
            except RequestError as error:
                self._timeouts[host] = self._timeouts[host] + 1 if error.late else 0
                raise
            self._timeouts[host] = 0
            return answer

    async def _with_a_place(self, ask: Callable[[], Coroutine[object, object, HttpResponse]]) -> HttpResponse:
        """The answer to a request that takes one of the places for all of them as long as it is not slow."""
        async with self._total_limit:
            under_way = asyncio.ensure_future(ask())
            try:
                await asyncio.wait({under_way}, timeout=SLOW)
            except asyncio.CancelledError:
                under_way.cancel()
                raise
        return await under_way

    async def _wait_for_host(self, host: str) -> None:
        """Wait until the host may be asked again, if that is soon."""
        wait = max(self.cache.wait_until(host) - time.time(), self._next_request[host] - time.monotonic())
        if wait > self.settings.longest_wait:
            until = time.strftime("%H:%M", time.localtime(time.time() + wait))
            refuse(f"the server asked to be left alone until {until}")
        if wait > 0:
            await asyncio.sleep(wait)
        self._next_request[host] = time.monotonic() + self._delays.get(host, 0)

    def _headers(self, url: str, request: Request, passing: PassingCookies) -> dict[str, str]:
        checked(url)
        headers = {
            "user-agent": self.settings.agent,
            "accept": ACCEPT[request.kind],
            "accept-encoding": ENCODINGS,
        }
        if request.kind is Kind.PICTURE and request.referer:
            headers["referer"] = _referer(request.referer, url)
        cookies = [self.cookies.header(url)] if self.cookies else []
        told = "; ".join(filter(None, (*cookies, passing.header(url))))
        return headers | ({"cookie": told} if told else {})

    async def _may_crawl(self, url: str) -> bool:
        parts = checked(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = asyncio.ensure_future(self._rules(origin))
        rules = await asyncio.shield(self._robots[origin])  # others wait for the same
        if self._timeouts[_host(url)] >= MOST_TIMEOUTS:
            refuse("its host did not answer when it was asked for its robots.txt")
        self._delays[_host(url)] = rules.delay
        return rules.allow(url)

    async def _rules(self, origin: str) -> Robots:
        """The robots.txt of a site, asked for at most once a day."""
        address = f"{origin}/robots.txt"
        known = self.cache.get(address)
        if known and 0 <= time.time() - known.fetched < ROBOTS_AGE:
            return Robots.parse(known.body.decode("utf-8", "replace"))
        try:
            url, passing = address, PassingCookies()
            answer = await self._get(url, Request(address), None, passing)
            for _ in range(MOST_REDIRECTS):
                if answer.status not in REDIRECTS:
                    break
                passing.take(url, answer.cookies)
                url = redirected(url, answer)
                answer = await self._get(url, Request(address), None, passing)
        except (NotFetchedError, GuardError, RequestError):
            return Robots.parse(_robots_text(503, b""))
        text = _robots_text(answer.status, answer.body)
        self.cache.put(address, CachedResponse(address, "text/plain", "", "", time.time(), text.encode()))
        return Robots.parse(text)


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:g} min" if seconds >= 60 else f"{seconds:g} s"


def _following(url: str, request: Request, answer: HttpResponse) -> str:
    """Where an answer leads on to; empty when it is what was asked for, or all that can be had."""
    if answer.status in REDIRECTS:
        return redirected(url, answer)
    is_page = request.kind is Kind.PAGE and answer.status == HTTPStatus.OK
    return refreshed(url, answer) if is_page else ""


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
