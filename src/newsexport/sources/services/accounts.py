"""The services that somebody has, by the names under which their articles are asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable
from urllib.parse import urlsplit

from newsexport.errors import SourceError, UsageError
from newsexport.interchange.json_reader import JsonError
from newsexport.job import Cache, Forgetful
from newsexport.net.retry import Timing
from newsexport.protocols import Resource
from newsexport.sources.services.asking import Asking, ServiceError
from newsexport.sources.services.choice import (
    INBOX,
    RECORDS,
    REFERENCE,
    Choice,
    UnclearWordError,
    choice_of,
)
from newsexport.sources.services.telling import After, TakesDeeds, Told, takes
from newsexport.text.nearest import there_is

if TYPE_CHECKING:  # loads a database
    from newsexport.storage.inbox import Inbox

# Articles that are taken of one service at most.
MOST = 5000


class ServiceAccount(Protocol):
    """Somebody's account of a service."""

    @property
    def address(self) -> str:
        """Where the service is."""
        ...

    @property
    def unencrypted(self) -> bool:
        """Whether its secret may be sent unencrypted to another machine."""
        ...

    @property
    def places(self) -> tuple[str, ...]:
        """Which of `PLACES` the service has."""
        ...

    def pages(self, asking: Asking, wanted: Choice) -> Iterator[list[dict[str, Any]] | ServiceError]:
        """What is wanted, as records that `saved` reads, and why one of them is missing.

        Raises `ServiceError`, and `JsonError` for an answer of another form than the service documents.
        """
        ...


@dataclass(frozen=True, slots=True)
class EpisodeProgress:
    """How far somebody is in an episode, in seconds: the address of its sound as its feed gave it."""

    address: str
    guid: str
    position: float
    length: float


@runtime_checkable
class TellsListening(Protocol):
    """An account that tells what was heard, and has no articles."""

    def heard(self, asking: Asking) -> Iterator[EpisodeProgress]:
        """How far somebody is. Raises `ServiceError` and `JsonError`."""
        ...


NO_ARTICLES = "has no articles; it tells what was heard of those of papers"


# The services there are, by what a configuration calls their kind: a module here, and in it the class.
CLASSES = {
    "audiobookshelf": ("audiobookshelf", "Audiobookshelf"),
    "freshrss": ("google_reader", "GoogleReader"),
    "greader": ("google_reader", "GoogleReader"),
    "instapaper": ("instapaper", "Instapaper"),
    "karakeep": ("karakeep", "Karakeep"),
    "linkwarden": ("linkwarden", "Linkwarden"),
    "miniflux": ("miniflux", "Miniflux"),
    "raindrop": ("raindrop", "Raindrop"),
    "readeck": ("readeck", "Readeck"),
    "readwise": ("readwise", "Readwise"),
    "ttrss": ("tiny_tiny_rss", "TinyTinyRss"),
    "wallabag": ("wallabag", "Wallabag"),
}


class Kinds(Mapping[str, Callable[..., ServiceAccount]]):
    """What makes an account of each kind; a module is loaded when it is looked up."""

    def __getitem__(self, kind: str) -> Callable[..., ServiceAccount]:
        module, name = CLASSES[kind]
        made: Callable[..., ServiceAccount] = getattr(
            import_module(f"newsexport.sources.services.{module}"), name
        )
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(CLASSES)

    def __len__(self) -> int:
        return len(CLASSES)

    def __contains__(self, kind: object) -> bool:
        return kind in CLASSES


KINDS = Kinds()


@dataclass(frozen=True, slots=True)
class Accounts:
    """Accounts by name, and what opens the `inbox` here.

    A request may take `seconds`; `offline` none is made. `cache` keeps texts from one run to the next.
    """

    by_name: Mapping[str, ServiceAccount] = field(default_factory=dict)
    offline: bool = False
    seconds: float = 30.0
    cache: Cache = field(default_factory=Forgetful, repr=False)
    timing: Timing = field(default_factory=Timing, repr=False)
    inbox: Callable[[], Inbox] | None = None

    def names(self, reference: str) -> bool:
        """Whether a reference asks for the inbox, or a service, be it one that nobody told us of."""
        if reference == INBOX:
            return True
        found = REFERENCE.fullmatch(reference)
        return found is not None and (found["name"] in self.by_name or found["name"].lower() in KINDS)

    @property
    def hosts(self) -> list[str]:
        """Where they are: services keep the pictures of what they saved, often in a private network."""
        return sorted({_host(account.address) for account in self.by_name.values()})

    def is_at(self, name: str, address: str) -> bool:
        """Whether an address is at the service of that name."""
        account = self.by_name.get(name)
        return account is not None and _host(account.address) == _host(address)

    def resources(self, reference: str) -> Iterator[Resource | SourceError]:
        """What a service has of what is asked for, a page at a time; what keeps it from that comes last."""
        if reference == INBOX:
            from newsexport.sources.inbox import resources  # noqa: PLC0415 - loads a database

            yield from resources(self.inbox()) if self.inbox else ()
            return
        before = 0
        try:
            for page in self._pages(reference):
                if isinstance(page, ServiceError):
                    yield SourceError(reference, str(page))
                    continue
                data = json.dumps(page, ensure_ascii=False).encode("utf-8", "replace")
                name = reference.partition(":")[0]
                yield Resource(reference, data, media_type=RECORDS, before=before, place=name)
                before += len(page)
        except JsonError as error:
            yield SourceError(reference, f"answers otherwise than it should: {error}"[:200])
        except (ServiceError, UsageError, UnclearWordError) as error:
            yield SourceError(reference, str(error))

    def fault(self, reference: str) -> str:
        """Why a reference cannot be asked for, as far as that is known without asking; empty where it can."""
        if reference == INBOX:
            return ""
        try:
            self._account(reference)
        except (ServiceError, UnclearWordError) as error:
            return f"{reference}: {error}"
        return ""

    def told(self, name: str, ids: Sequence[str], after: After) -> Iterator[Told]:
        """Do with articles of an account what is to be done with them, and tell of each when it is done.

        Raises:
            ServiceError: it could not be done with the others, which may be tried again.
            UsageError, JsonError: the same; its secret cannot be had, its answer is not what it should be.
        """
        account = self.by_name[name]
        if not isinstance(account, TakesDeeds) or after.deed not in account.deeds:
            yield Told(tuple(ids), f"cannot be done there; it takes {takes(account)}")
            return
        yield from account.told(self._asking(account), ids, after)

    @property
    def listening(self) -> list[str]:
        """The names of those that tell what was heard."""
        return [name for name, account in self.by_name.items() if isinstance(account, TellsListening)]

    def heard(self, name: str) -> Iterator[EpisodeProgress]:
        """How far somebody is in what an account has. Raises as `told`."""
        account = self.by_name[name]
        if isinstance(account, TellsListening):
            yield from account.heard(self._asking(account))

    def _asking(self, account: ServiceAccount) -> Asking:
        """Raises `ServiceError`."""
        if self.offline:
            raise ServiceError("nothing is fetched in this run")
        return Asking(
            account.address,
            unencrypted=account.unencrypted,
            seconds=self.seconds,
            cache=self.cache,
            timing=self.timing,
        )

    def _account(self, reference: str) -> tuple[ServiceAccount, Choice]:
        """The account that is meant, and what is asked for. Raises `ServiceError`, `UnclearWordError`."""
        found = REFERENCE.fullmatch(reference)
        if found is None or found["name"] not in self.by_name:
            told = there_is(found["name"] if found else reference, self.by_name)
            raise ServiceError(f"no service of this name is configured{told}")
        account, choice = self.by_name[found["name"]], choice_of(found["words"])
        if isinstance(account, TellsListening):
            raise ServiceError(NO_ARTICLES)
        if choice.place and choice.place not in account.places:
            kinds = " or ".join(f"{place}/NAME" for place in account.places)
            raise ServiceError(f"has no {choice.place}/{choice.name}; it takes {kinds}")
        return account, choice

    def _pages(self, reference: str) -> Iterator[list[dict[str, Any]] | ServiceError]:
        """Raises `ServiceError`, `UnclearWordError`, `JsonError` and `UsageError`."""
        account, choice = self._account(reference)
        taken = 0
        for page in account.pages(self._asking(account), choice):
            taken += 1 if isinstance(page, ServiceError) else len(page)
            if taken > MOST:
                raise ServiceError(f"has more than {MOST} articles of that; ask for fewer, as by since/DATE")
            if page:
                yield page


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
