"""A large file from an address that comes with its hash: in portions, so that it can be gone on with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from newsexport.net.retry import PASSING, Pacer, RequestError, RetryPolicy, Timing
from newsexport.net.service_client import REDIRECTS, service_client
from newsexport.net.transport import HttpRequest, HttpResponse, Limits
from newsexport.storage.atomic import lock, put_in_place, sync

# Bytes that are asked for at a time, and seconds that they may take.
PORTION, SECONDS = 4_000_000, 300.0
# How often an answer may lead elsewhere, how often a portion is asked for, and seconds for one in all.
MOST_HOPS, ATTEMPTS, PATIENCE = 5, 4, 600.0
# The file beside those that are fetched whose lock is held meanwhile.
GUARD = ".fetching"
WHOLE, PART, BEYOND = 200, 206, 416


class DownloadError(Exception):
    """A file that could not be had, or is not the one that it should be; the message is the reason."""


def download(
    address: str, target: Path, size: int, digest: str, progress: Callable[[int], object] = lambda _: None
) -> None:
    """Put the file of an address at `target`, where it appears whole or not at all.

    `size` is in bytes, `digest` its hash with its kind in front, such as ``sha256:5f70…``. What has come
    stays beside the target when the rest does not, and is gone on with the next time. What is there already
    is not asked for. `progress` is told how many bytes more there are.

    Raises:
        DownloadError: it cannot be had whole, or is another file.
        OSError: it cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with (target.parent / GUARD).open("ab") as guard:
        with suppress(OSError):  # where the file system has no locks, nobody is waited for
            lock(guard)
        if _is(target, size, digest):  # since a run that held the lock has brought it
            progress(size)
        else:
            _bring(address, target, size, digest, progress)


def _bring(address: str, target: Path, size: int, digest: str, progress: Callable[[int], object]) -> None:
    part = target.with_name(f"{target.name}.part")
    begun = part.stat().st_size if part.is_file() else 0
    if begun >= size and not _is(part, size, digest):
        begun = 0
    with part.open("ab") as file:
        have = file.truncate(begun)
        progress(have)
        while have < size:
            more = _portion(address, have, size)
            file.write(more)
            file.flush()
            have += len(more)
            progress(len(more))
    if _is(part, size, digest):
        sync(part)
        put_in_place(part, target)
        return
    part.unlink()
    if not begun:
        raise DownloadError(f"{urlsplit(address).netloc} sent another file than the one that was promised")
    _bring(address, target, size, digest, lambda _: None)  # that was perhaps the beginning of another


def _is(path: Path, size: int, digest: str) -> bool:
    """Whether a file is there, and the one that is meant."""
    if not path.is_file() or path.stat().st_size != size:
        return False
    kind, _, wanted = digest.partition(":")
    with path.open("rb") as file:
        return (
            hashlib.file_digest(file, partial(hashlib.new, kind, usedforsecurity=False)).hexdigest() == wanted
        )


def fetched(address: str, largest: int = PORTION) -> bytes:
    """All of a small file. Raises `DownloadError`."""
    return _asked(HttpRequest("GET", address), largest).body


def _portion(address: str, have: int, size: int) -> bytes:
    """The next bytes of a file; all that are left from a server that does not do portions."""
    last = min(have + PORTION, size) - 1
    answer = _asked(HttpRequest("GET", address, {"Range": f"bytes={have}-{last}"}), size)
    if answer.status == BEYOND:
        raise DownloadError(f"{urlsplit(address).netloc} has a shorter file than the one that was promised")
    more = answer.body if answer.status == PART else answer.body[have:]
    if not more:
        raise DownloadError(f"{urlsplit(address).netloc} sent less than the file is long")
    return more


def _asked(request: HttpRequest, largest: int) -> HttpResponse:
    """The answer to a request, or to the one that it leads to. Raises `DownloadError`."""
    policy = RetryPolicy(ATTEMPTS, PATIENCE, 1.0)
    for _ in range(MOST_HOPS):
        try:
            answer = policy.ask(partial(_answered, request, largest), Pacer(), Timing())
        except RequestError as error:
            raise DownloadError(error.reason) from error
        if answer.status not in REDIRECTS:
            return answer
        there = urljoin(request.url, answer.headers.get("location", ""))
        if not there.startswith("https://"):
            raise DownloadError(f"{urlsplit(request.url).netloc} leads to an address that is not https")
        request = HttpRequest(request.method, there, request.headers)
    raise DownloadError(f"{urlsplit(request.url).netloc} leads us round in circles")


def _answered(request: HttpRequest, largest: int) -> HttpResponse:
    client = service_client(request.url)
    if not client.is_private:
        raise RequestError(
            f"{client.host} is not asked over http: nobody can be sure who it is", passing=False
        )
    answer = client.send(request, Limits(largest, SECONDS))
    told = f"{urlsplit(request.url).netloc} answers {answer.status} {answer.phrase}".rstrip()
    if answer.status in PASSING:
        raise RequestError(told, status=answer.status)
    if answer.status not in {WHOLE, PART, BEYOND, *REDIRECTS}:
        raise RequestError(told, passing=False, status=answer.status)
    return answer
