"""Sources, exporters and engines by name, found through entry points.

Loading waits until a plug-in is asked for, so ``newsexport epub`` never imports a speech
engine. A plug-in that cannot be imported is told when it is used, not before, and where all
of a kind are used the others do the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Generic, TypeVar

from newsexport.errors import NewsExportError, SourceError, UnknownPluginError
from newsexport.protocols import Exporter, Resource, Source, SpeechEngine
from newsexport.work.containment import contained, lost_alone

T = TypeVar("T")

KINDS = ("source", "exporter", "engine")
UNREAD = "no source reads this kind of file"


class PluginError(NewsExportError):
    """A plug-in is announced but cannot be loaded."""


@cache
def announced() -> Mapping[str, Sequence[EntryPoint]]:
    """What there is of each kind; all that is installed is looked through once for it."""
    installed = entry_points()
    return {kind: tuple(installed.select(group=f"newsexport.{kind}s")) for kind in KINDS}


def _ignored(error: PluginError) -> None:
    """Leave it to whoever uses that plug-in by name."""


class Registry(Mapping[str, Callable[..., T]], Generic[T]):
    """The plug-ins of one kind: name to class. Iteration is in order of name."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    @cached_property
    def _points(self) -> dict[str, EntryPoint]:
        points = sorted(announced()[self.kind], key=lambda point: point.name)
        return {point.name: point for point in points}

    def __getitem__(self, name: str) -> Callable[..., T]:
        point = self._points.get(name) or self._points.get(name.lower())
        if point is None:
            raise UnknownPluginError(self.kind, name, self._points)
        with contained(lambda reason: self._broken(point, f"cannot be loaded: {reason}"), quitting=True):
            loaded: Any = point.load()
        factory: Callable[..., T] = loaded
        return factory

    def made(
        self, options: Mapping[str, Mapping[str, object]], broken: Callable[[PluginError], object] = _ignored
    ) -> dict[str, T]:
        """One of each by name, with its options, and all others where one cannot be loaded or made.

        That one is told to `broken`. Raises `UsageError` for options that cannot be meant.
        """
        found: dict[str, T] = {}
        for name in self:
            try:
                found[name] = self._made(name, options.get(name, {}))
            except PluginError as error:
                broken(error)
        return found

    def _made(self, name: str, options: Mapping[str, object]) -> T:
        point = self._points[name]
        factory = self[name]
        with contained(lambda reason: self._broken(point, f"cannot be used: {reason}"), quitting=True):
            return factory(**options)

    def _broken(self, point: EntryPoint, reason: str) -> PluginError:
        return PluginError(f"{self.kind} {point.name} ({point.value}) {reason}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._points)

    def __len__(self) -> int:
        return len(self._points)

    def __contains__(self, name: object) -> bool:
        return name in self._points


sources: Registry[Source] = Registry("source")
exporters: Registry[Exporter] = Registry("exporter")
engines: Registry[SpeechEngine] = Registry("engine")


# Which source reads what: the one that is surest of it.


def surest(sources: Iterable[Source], resource: Resource) -> tuple[Source, float]:
    """The source that is surest of the resource, and how sure; one that fails at looking is passed over.

    Raises:
        SourceError: none reads it. Where one failed, its reason is told.
    """
    best: Source | None = None
    sureness: float = 0
    failed: SourceError | None = None
    for source in sources:
        try:
            with lost_alone(resource.reference):
                sure = float(source.accepts(resource))
        except SourceError as error:
            failed = error
            continue
        if sure > sureness:
            best, sureness = source, sure
    if best is not None:
        return best, sureness
    raise failed or SourceError(resource.reference, UNREAD)
