"""The engines that may be cast, made with what was asked for."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from newsexport import plugins
from newsexport.engines.voice_selection import VoiceRule
from newsexport.engines.voice_selection import cast as cast_voices
from newsexport.errors import SpeechError, UsageError
from newsexport.events import Report
from newsexport.narration.casting import AUTO, Candidate, Cast
from newsexport.plugins import PluginError
from newsexport.protocols import Auditions, ChecksReadiness, HasVoices, OffersVoices, SpeechEngine
from newsexport.speech import MANY, Voice
from newsexport.text.languages import alike
from newsexport.text.nearest import nearest, there_is
from newsexport.work.containment import contained

# How much faster than one listens a voice has to be for `auto`.
FAST_ENOUGH = 2.0


def casting(name: str, options: Mapping[str, object], report: Report, *, offline: bool = False) -> Cast:
    """Those of a run: the engine of that name and who speaks what it cannot; for ``auto`` all that audition.

    `options` (``voice``, ``speed`` and others) are fields of the engine. With ``auto`` a voice belongs to the
    engine that lists it, and other options to those that have them. When `offline`, no service is asked that
    was not named.

    Raises:
        UnknownPluginError: no engine has that name.
        UsageError: no engine has such an option or voice.
        SpeechError: the engine that was named is not ready to speak.
    """
    if name.lower() != AUTO:
        first = Candidate(name, _ready(name, options), named=True)
        first.voices = _best(first.engine) if isinstance(first.engine, HasVoices) else {}
        shared = {key: value for key, value in options.items() if key == "speed"}

        def others() -> list[Candidate]:
            return [one for one in _auditioning(shared) if one.name != name.lower()]

        return Cast(others, report, named=first, offline=offline)
    plain = {key: value for key, value in options.items() if key != "voice"}
    candidates = list(_auditioning(plain))
    _refuse_unknown(plain, candidates)
    for rule in str(options.get("voice") or "").split(","):
        if rule.strip():
            _give(rule.strip(), candidates)
    return Cast(lambda: candidates, report, offline=offline)


def _auditioning(options: Mapping[str, object]) -> Iterator[Candidate]:
    """Every engine that auditions, with those of the options that it has."""
    for name in plugins.engines:
        try:
            with contained(partial(SpeechError, name), quitting=True):
                factory = plugins.engines[name]
                engine = factory(**{key: value for key, value in options.items() if _takes(factory, key)})
                if not isinstance(engine, Auditions) or engine.speedup < FAST_ENOUGH:
                    continue
        except (SpeechError, PluginError):
            continue
        try:
            with contained(partial(SpeechError, name), quitting=True):
                voices = _best(engine)
        except SpeechError as error:
            yield Candidate(name, engine, refusal=error, asked=True)
        else:
            if voices:
                yield Candidate(name, engine, voices)


def _best(engine: HasVoices) -> dict[str, Voice]:
    """The best voice for each language."""
    best: dict[str, Voice] = {}
    for voice in engine.voices():
        language = MANY if voice.language == MANY else alike(voice.language)
        if language not in best or voice.quality > best[language].quality:
            best[language] = voice
    return best


def _give(rule: str, candidates: Sequence[Candidate]) -> None:
    """Give a voice, with the language and role it is for, to the engine that lists it."""
    (parsed,) = cast_voices(rule).rules
    owner, voice = next(_owners(parsed, candidates), (None, None))
    if owner is None or voice is None:
        _refuse_unfetched(parsed.voice)
        near = nearest(parsed.voice, [voice.name for _, voice in _listed(candidates)])
        meant = f"; do you mean {near}?" if near else ""
        raise SpeechError(AUTO, f"no voice named {parsed.voice!r} (see: newsexport voices){meant}")
    before = getattr(owner.engine, "voice", "")
    owner.engine = replace(owner.engine, voice=f"{before},{rule}" if before else rule)  # type: ignore[type-var]  # engines are values
    owner.wanted.add(alike(parsed.language or voice.language))


class _UnreadError(Exception):
    """A catalogue would have to be read."""


def _refuse_unfetched(name: str) -> None:
    """Raise `SpeechError` when somebody could fetch this voice; nobody is asked for a catalogue."""

    def read(address: str) -> bytes:
        raise _UnreadError(address)

    for engine_name in plugins.engines:
        brings = "brings"
        try:
            with contained(partial(SpeechError, engine_name), _UnreadError, quitting=True):
                engine = plugins.engines[engine_name]()
                offered = engine.offered(read, name) if isinstance(engine, OffersVoices) else ()
            if not any(each.voice.name == name for each in offered):
                continue
        except (SpeechError, PluginError):
            continue
        except _UnreadError:
            brings = "may bring"
        raise SpeechError(
            engine_name, f"{name} is not here yet; `newsexport voices --get {name}` {brings} it"
        )


def _owners(rule: VoiceRule, candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, Voice]]:
    """Who lists the voice: under just this name first, then in other letters or with a variant."""
    listed = _listed(sorted(candidates, key=lambda one: one.rank(rule.language or "en")))
    yield from (pair for pair in listed if pair[1].name == rule.voice)
    yield from (pair for pair in listed if pair[1].name.lower() == rule.voice.lower())
    for one, voice in listed:  # de+f3 and NAME#SPEAKER are here, en@co.nz is online
        if voice.name.lower() == re.split("[+#]" if voice.offline else "@", rule.voice.lower())[0]:
            yield one, voice


def _listed(candidates: Iterable[Candidate]) -> list[tuple[Candidate, Voice]]:
    """Every voice of those that can speak."""
    able = [one for one in candidates if one.refusal is None]
    return [
        (one, voice) for one in able if isinstance(one.engine, HasVoices) for voice in one.engine.voices()
    ]


def _refuse_unknown(options: Mapping[str, object], candidates: Sequence[Candidate]) -> None:
    factories = [plugins.engines[one.name] for one in candidates]
    for option in options:
        if not any(_takes(factory, option) for factory in factories):
            raise UsageError(f"engine {AUTO}: no engine takes an option {option!r}")


def _takes(factory: object, option: str) -> bool:
    known = inspect.signature(factory).parameters  # type: ignore[arg-type]  # entry points are callables
    return option in known or any(one.kind is one.VAR_KEYWORD for one in known.values())


def _ready(name: str, options: Mapping[str, object]) -> SpeechEngine:
    try:
        factory = plugins.engines[name]
    except PluginError as error:
        raise SpeechError(name, str(error).removeprefix(f"engine {name} ")) from error
    for option in options:
        if not _takes(factory, option):
            known = inspect.signature(factory).parameters
            raise UsageError(f"engine {name}: takes no option {option!r}{there_is(option, known)}")
    try:
        with contained(partial(SpeechError, name), TypeError, quitting=True):
            engine = factory(**options)
            if isinstance(engine, ChecksReadiness):
                engine.check()
    except TypeError as error:
        raise UsageError(f"engine {name}: {error}") from error
    return engine
