"""What is done with an article where it is kept, once it was printed.

A place can be told which of its articles were printed: a service of `accounts`, or whatever else gives
articles an `Origin`. Nothing is sent at once. A run writes down what is to be done in
`newsexport.storage.outbox`, before anything is sent, and `newsexport.routine.afterwards` does it, now or in a
later run. So a new place

1. gives its articles their origin: its `Resource` has the name of the `place`, which `Accounts` gives to
   those of services, and each record in it an ``id``, which comes back in 3;
2. says with `deeds` what it can be asked for, so that a configuration that asks for more is refused;
3. does it in `told`, which may be asked for the same again: a run that was killed does not know whether it
   was heard. What is done twice must be as if it was done once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias, runtime_checkable

from newsexport.errors import UsageError
from newsexport.net.retry import TOO_MANY
from newsexport.sources.services.asking import DOWN, REFUSED, Asking, ServiceError
from newsexport.text.nearest import there_is


class Deed(StrEnum):
    """What can be done with an article where it is kept."""

    NOTHING = "nothing"
    READ = "read"
    ARCHIVE = "archive"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class After:
    """What is to be done with an article once it was printed. The `tag` is that of `Deed.TAG`."""

    deed: Deed = Deed.NOTHING
    tag: str = ""

    def __str__(self) -> str:
        """As a configuration has it: ``archive``, ``tag:printed``."""
        return f"{self.deed}:{self.tag}" if self.tag else str(self.deed)


WORDS = {Deed.NOTHING: "nothing", Deed.READ: "read", Deed.ARCHIVE: "archive", Deed.TAG: "tag:NAME"}
# What a service answers of what it has not any more, and what is not about one article: nothing at all, that
# it does not know who asks, or is asked too often.
GONE = frozenset({404, 410})
OF_ALL = REFUSED | {0, TOO_MANY}
# What begins with this is a fault of the service.
FAULT = 500
# A tag with a comma would be two in some services.
PATTERN = r"^(nothing|read|archive|tag:[^,\s][^,\n\r]*)$"


def after_of(words: str) -> After:
    """What ``archive``, ``read``, ``nothing`` or ``tag:printed`` means. Raises `UsageError`."""
    said, _, tag = words.strip().partition(":")
    deed, tag = said.strip().lower(), tag.strip()
    if deed not in set(Deed) or (deed == Deed.TAG) != bool(tag) or set(tag) & set(",\n\r"):
        near = "" if deed in set(Deed) else there_is(deed, WORDS)
        raise UsageError(f"expected {' or '.join(WORDS.values())}, not {words!r}{near}")
    return After(Deed(deed), tag)


@dataclass(frozen=True, slots=True)
class Told:
    """Articles, by their ids, that need not be told of again; `refused` why it cannot be done with them."""

    ids: tuple[str, ...]
    refused: str = ""


@runtime_checkable
class TakesDeeds(Protocol):
    """An account at a service whose articles can be changed."""

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What can be done with them, beside nothing."""
        ...

    def told(self, asking: Asking, ids: Sequence[str], after: After) -> Iterator[Told]:
        """Do it, and tell of each article as soon as it is done. Doing it again changes nothing.

        Raises `ServiceError` where the service is down or does not answer as it should; what was not told
        of by then is done another time.
        """
        ...


# Where articles are kept, ready to be told; as `TakesDeeds.told`.
Place: TypeAlias = Callable[[Sequence[str], After], Iterator[Told]]


def many_at_a_time(
    ids: Sequence[str], most: int, change: Callable[[Sequence[str]], object], alive: Callable[[], object]
) -> Iterator[Told]:
    """Articles that one request can be about, `most` in each; where it is refused, one by one.

    Raises:
        ServiceError: as `one_at_a_time`, as which it takes `alive`.
    """
    for first in range(0, len(ids), most):
        run = tuple(ids[first : first + most])
        try:
            change(run)
        except ServiceError as error:
            if error.status in OF_ALL:
                raise
            yield from one_at_a_time(run, lambda one: change((one,)), alive)
        else:
            yield Told(run)


def one_at_a_time(
    ids: Iterable[str], change: Callable[[str], object], alive: Callable[[], object]
) -> Iterator[Told]:
    """Articles one by one, of which some may be gone, or not be taken.

    That one is gone is believed where the service answers `alive`, which asks for what it always has: else it
    may be the service that is not there.

    Raises:
        ServiceError: the service is down, also where `DOWN` in a row make it fail; or else, when all were
            tried, what it said of the first that it may take another time.
    """
    failed = list[ServiceError]()
    in_a_row, sound = 0, False
    for one in ids:
        try:
            change(one)
        except ServiceError as error:
            if error.status in OF_ALL:
                raise
            if error.status in GONE:
                sound = sound or alive() is not None
                yield Told((one,), "not there any more")
                continue
            failed.append(error)
            in_a_row += error.status >= FAULT
            if in_a_row == DOWN:
                raise
        else:
            in_a_row, sound = 0, True
            yield Told((one,))
    if failed:
        raise failed[0]


def takes(kind: object) -> str:
    """What can be done with the articles of a service, as a configuration would ask for it."""
    deeds = kind.deeds if isinstance(kind, TakesDeeds) else ()
    return " or ".join(WORDS[deed] for deed in (*deeds, Deed.NOTHING))
