"""Events to words: bars on a terminal, plain lines elsewhere, JSON lines for programs.

Results go to standard output, everything else to standard error; with `--json` all of
it goes to standard output, one object a line. Names of files come from anywhere, so
what would steer a terminal is escaped before it is shown.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, assert_never

from newsexport.cli.option_groups import Telling
from newsexport.collecting.tally import EDITION
from newsexport.collecting.tally import in_words as sum_in_words
from newsexport.events import (
    ARTICLE,
    PICTURE,
    Advanced,
    Cause,
    Counted,
    Event,
    Finished,
    Folded,
    Lost,
    Made,
    Noted,
    Omitted,
    Started,
    Wrote,
)
from newsexport.text.counting import agreeing, counted
from newsexport.work.time_left import Clock, Steps, in_words

if TYPE_CHECKING:
    from newsexport.cli.progress import Bars

# Characters that reorder or hide what stands around them (Unicode Standard Annex #9).
STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def printable(text: str) -> str:
    """The text with everything that could steer a terminal written as an escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode()
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in STEERING
        else character
        for character in text
    )


def shown(text: str) -> str:
    """Lines for a file as they are, and on a terminal such as cannot steer it."""
    return "\n".join(map(printable, text.split("\n"))) if sys.stdout.isatty() else text


class OutputStyle(Protocol):
    """One way of telling."""

    def tell(self, event: Event) -> None:
        """Tell what happens."""
        ...

    def fail(self, message: str, code: int, hint: str) -> None:
        """Tell why the run ends early."""
        ...

    def show(self, text: str, facts: Mapping[str, Any]) -> None:
        """Tell a result, in words or as facts."""
        ...

    def close(self, code: int) -> None:
        """Tell the end."""
        ...

    def pause(self) -> None:
        """Take down what is drawn, if anything is."""
        ...


class Console:
    """Tells in one style, and remembers what the end of the run depends on.

    `code` is an exit code that a command sets when it is more than a matter of losses.
    """

    def __init__(self, style: OutputStyle) -> None:
        self.style = style
        self.losses: list[Lost] = []
        self.missed = 0  # things left out that the user did not ask to leave out
        self.code = 0

    @classmethod
    def of(cls, telling: Telling) -> Console:
        """The console for what the user asked and for where the output goes."""
        if telling.json:
            return cls(JsonLines(monotonic))
        if telling.quiet or telling.verbose or not sys.stderr.isatty():
            return cls(Lines(monotonic, quiet=telling.quiet, verbose=telling.verbose))
        from newsexport.cli.progress import Bars  # noqa: PLC0415 - rich is loaded for terminals only

        return cls(Lines(monotonic, quiet=True, bars=Bars(monotonic)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.style.pause()

    def report(self, event: Event) -> None:
        """What the library calls with each event."""
        if isinstance(event, Lost):
            self.losses.append(event)
        if isinstance(event, Omitted) and not event.accepted:
            self.missed += event.count
        self.style.tell(event)

    def show(self, text: str, facts: Mapping[str, Any]) -> None:
        """Tell a result: the text to people, the facts to programs."""
        self.style.pause()
        self.style.show(text, facts)

    def fail(self, message: str, code: int, hint: str = "") -> None:
        """Tell why the run ends early."""
        self.style.pause()
        self.style.fail(message, code, hint)

    def close(self, code: int) -> None:
        """Tell the end."""
        self.style.close(code)


class JsonLines:
    """Every event, result and error as one JSON object a line on standard output."""

    def __init__(self, clock: Clock) -> None:
        self.steps = Steps(clock)

    def tell(self, event: Event) -> None:
        """The event's fields, its name under `event`, and how far its step is, if it is of one."""
        facts = asdict(event)
        if isinstance(event, Started | Advanced | Finished):
            pace = self.steps.tell(event)
            if isinstance(event, Advanced):
                left = pace.left(self.steps.clock())
                rounded = None if left is None else round(left, 1)
                facts |= {"done": pace.done, "total": pace.total, "seconds_left": rounded}
        self._line(type(event).__name__.lower(), facts)

    def fail(self, message: str, code: int, hint: str) -> None:
        """An object of the event `failed`."""
        self._line("failed", {"message": message, "hint": hint, "exit_code": code})

    def show(self, text: str, facts: Mapping[str, Any]) -> None:  # noqa: ARG002 - programs get the facts
        """An object of the event `result`."""
        self._line("result", facts)

    def close(self, code: int) -> None:
        """An object of the event `ended`, always the last."""
        self._line("ended", {"exit_code": code})

    def pause(self) -> None:
        """Nothing is drawn."""

    def _line(self, name: str, facts: Mapping[str, Any]) -> None:
        self.write({"event": name, **facts})

    def write(self, facts: Mapping[str, Any]) -> None:
        """One object on a line of its own."""
        # ASCII, so that neither encodings nor control characters can spoil a line
        sys.stdout.write(json.dumps(facts, default=_plain) + "\n")
        sys.stdout.flush()


def _plain(value: object) -> str:
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form here")


class Lines:
    """Lines of words. With `bars`, progress is drawn; when `quiet`, it is not told at all.

    What is left out as it was asked for is told by one line with its sum at the end, only when `verbose`
    one by one.
    """

    def __init__(
        self, clock: Clock, *, quiet: bool = False, verbose: bool = False, bars: Bars | None = None
    ) -> None:
        self.quiet = quiet
        self.verbose = verbose
        self.bars = bars
        self.steps = Steps(clock)
        self.left_out = 0
        self.sums: list[str] = []
        self.usual: set[str] = set()  # reasons for what no file of a format has

    def tell(self, event: Event) -> None:
        """One line, or a step of a bar."""
        match event:
            case Started() | Advanced() | Finished():
                self._progress(event)
            case Noted(text):
                if self.bars or not self.quiet:
                    self._aside(text)
            case Lost(reference, reason, whole):
                self.left_out += whole
                self._aside(f"{'left out' if whole else 'lost'}: {reference}: {reason}")
            case Omitted() | Folded() | Made() | Counted():
                self._gone(event)
            case Wrote(path, replaced):
                self.pause()
                self._result(printable(str(path)) + (" (replaced)" if replaced else ""))
            case _:
                assert_never(event)

    def fail(self, message: str, code: int, hint: str) -> None:  # noqa: ARG002 - the shell has the code
        """The reason, of several each on a line of its own, and so the hint; sums are not told besides."""
        self.sums.clear()
        for line in message.split("\n"):
            self._aside(f"newsexport: {line}")
        if hint:
            self._aside(f"hint: {hint}")

    def show(self, text: str, facts: Mapping[str, Any]) -> None:  # noqa: ARG002 - people get the text
        """The text as it is."""
        self._result(text)

    def close(self, code: int) -> None:  # noqa: ARG002 - the shell has the code
        """What became of all that was found, where something is missing."""
        if self.left_out:
            self._aside(f"{self.left_out} left out, each with its reason above")
        if self.sums and (self.bars or not self.quiet):
            self._aside("; ".join(self.sums))

    def pause(self) -> None:
        """Take the bars down."""
        if self.bars:
            self.bars.stop()

    def _gone(self, event: Omitted | Folded | Made | Counted) -> None:
        match event:
            case Omitted(reference, reason, thing, count):
                summed = thing in {ARTICLE, PICTURE}  # and so told in a sum at the end
                usual = event.cause is Cause.FORMAT
                if usual:
                    self.usual.add(reason)
                if self.verbose or not event.accepted or not (summed or usual or self.quiet):
                    where = f"{reference}: " if reference else ""
                    self._aside(f"left out: {where}{counted(count, thing)} {reason}")
            case Folded(reference, twin, same):
                if self.bars or not self.quiet:
                    told = f"article as {twin}, taken once" if same else f"story as {twin}, named there"
                    self._aside(f"{reference}: the same {told}")
            case Counted(step, left_out=left_out):
                usual = not event.folded and not event.lost and self.usual.issuperset(dict(left_out))
                if event.found != event.kept and (self.verbose or not usual):
                    self.sums.append(("" if step == EDITION else f"{step}: ") + sum_in_words(event))
            case Made():
                pass
            case _:
                assert_never(event)

    def _progress(self, event: Started | Advanced | Finished) -> None:
        if self.bars:
            self.bars.tell(event)
        elif not self.quiet:
            self._count(event)

    def _count(self, event: Started | Advanced | Finished) -> None:
        """A line when a step begins, at each tenth of a long one, and when it ends."""
        pace = self.steps.tell(event)
        done, whole = pace.done, pace.total or 0
        match event:
            case Started(step, total, unit):
                self._aside(f"{step} ({agreeing(total, unit)})" if total else step)
            case Advanced(step, by):
                if whole >= 20 and done * 10 // whole > (done - by) * 10 // whole and done < whole:
                    left = pace.left(self.steps.clock())
                    ahead = "" if left is None else f", {in_words(left)} left"
                    self._aside(f"{step}: {done} of {whole}{ahead}")
            case Finished(step):
                self._aside(f"{step}: {done} done" if done else f"{step}: done")

    def _aside(self, text: str) -> None:
        if self.bars:
            self.bars.line(printable(text))
        else:
            sys.stderr.write(printable(text) + "\n")
            sys.stderr.flush()

    def _result(self, text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
