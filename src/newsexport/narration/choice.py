"""Which engine speaks: the one that was named, or the best that can, told before the first word."""

from __future__ import annotations

from collections.abc import Mapping

from newsexport import plugins
from newsexport.errors import SpeechError, UsageError
from newsexport.events import Noted, Report
from newsexport.protocols import ChecksReadiness, SpeechEngine

AUTO = "auto"

# The online voices are the more pleasant, the embedded one is always there.
PREFERRED = ("gtts", "espeak")


def choose_engine(name: str, options: Mapping[str, object], report: Report) -> SpeechEngine:
    """Make the engine with its options (``voice``, ``speed`` and others that are its fields).

    ``auto`` takes the first of `PREFERRED` that is ready, and reports which and why: an
    edition is never begun in one voice and ended in another.

    Raises:
        UnknownPluginError: no engine has that name.
        UsageError: the engine has no such option.
        SpeechError: it is not ready to speak.
    """
    if name != AUTO:
        return _ready(name, options)
    refusals = []
    for candidate in PREFERRED:
        try:
            engine = _ready(candidate, options)
        except SpeechError as error:
            refusals.append(error)
            continue
        because = f" ({'; '.join(map(str, refusals))})" if refusals else ""
        report(Noted(f"speaking with {candidate}{because}"))
        return engine
    raise refusals[-1]


def _ready(name: str, options: Mapping[str, object]) -> SpeechEngine:
    try:
        engine = plugins.engines[name](**options)
    except TypeError as error:
        raise UsageError(f"engine {name}: {error}") from error
    if isinstance(engine, ChecksReadiness):
        engine.check()
    return engine
