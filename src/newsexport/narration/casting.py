"""Who speaks which language: the best engine that is ready for each, and who stands in when one is gone.

Nothing is sent to a service that nobody was told of: only the languages that are announced may be spoken
online, beside an engine that was named the others stay on this machine, and so does what stands in for a
voice of this machine.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from newsexport.errors import SpeechError
from newsexport.events import Noted, Report
from newsexport.job import Work
from newsexport.narration.orders import Ensemble
from newsexport.narration.script import Passage
from newsexport.protocols import (
    Auditions,
    ChecksReadiness,
    SpeechEngine,
    TellsSpeaker,
)
from newsexport.speech import MANY, Quality, Voice
from newsexport.text.languages import alike, primary
from newsexport.work.containment import contained

AUTO = "auto"

# Languages that are listed one by one.
MOST_LISTED = 8
# Refusals of an online engine one after another that mean it is gone, whatever it says.
GONE_AFTER = 3


@dataclass
class Candidate:
    """An engine that may speak: the best of its voices for each language, and whether it was asked for.

    `named` as a whole, `wanted` for some languages. One that lists no voices speaks every language.
    """

    name: str
    engine: SpeechEngine
    voices: Mapping[str, Voice] = field(default_factory=dict)
    named: bool = False
    wanted: set[str] = field(default_factory=set)
    refusals: int = 0
    refusal: SpeechError | None = None
    asked: bool = False

    def speaks(self, language: str) -> bool:
        """Whether it has a voice for a language, or has not said that it has none."""
        return not self.voices or MANY in self.voices or alike(language) in self.voices

    def is_wanted(self, language: str) -> bool:
        """Whether one of its voices was asked for, for this language."""
        return bool(self.wanted & {MANY, alike(language)})

    def is_local(self, language: str) -> bool:
        """Whether the text stays on this machine."""
        if isinstance(self.engine, TellsSpeaker):
            return not self.engine.destination
        voice = self.voices.get(alike(language)) or self.voices.get(MANY)
        return voice.offline if voice else self.engine.work is not Work.WAIT

    def rank(self, language: str) -> tuple[object, ...]:
        """The less the better: what was asked for, then quality, then what is local, then what is fast."""
        voice = self.voices.get(alike(language)) or self.voices.get(MANY)
        speedup = self.engine.speedup if isinstance(self.engine, Auditions) else 0.0
        quality = voice.quality if voice else 0
        return (
            not self.named,
            not self.is_wanted(language),
            -quality,
            not self.is_local(language),
            -speedup,
            self.name,
        )

    def would_be_missed(self, language: str, other: Candidate) -> bool:
        """Whether it cannot speak, and would be, or may be, better than the other."""
        better = self.rank(language) < other.rank(language)
        return self.refusal is not None and self.speaks(language) and (better or other.is_robot(language))

    def is_robot(self, language: str) -> bool:
        """Whether its voice is one of the poorest."""
        voice = self.voices.get(alike(language)) or self.voices.get(MANY)
        return voice is not None and voice.quality <= Quality.LOW

    def is_ready(self) -> bool:
        """Whether it can speak here and now; it is asked once."""
        if not self.asked and isinstance(self.engine, ChecksReadiness) and not self.named:
            try:
                with contained(partial(SpeechError, self.name), quitting=True):
                    self.engine.check()
            except SpeechError as error:
                self.refusal = error
        self.asked = True
        return self.refusal is None

    def speaker(self, language: str) -> str:
        """Who is heard, as listeners are told."""
        if not isinstance(self.engine, TellsSpeaker):
            return self.name
        try:
            return self.engine.speaker(language)
        except SpeechError:
            return self.name

    def told(self, language: str) -> str:
        """Who is heard, and where the text goes."""
        speaker = self.speaker(language)
        if self.is_local(language):
            return f"{speaker} (on this machine)"
        destination = self.engine.destination if isinstance(self.engine, TellsSpeaker) else speaker
        there = "there" if destination == speaker else f"to {destination}"
        return f"{speaker} (your text is sent {there})"


class Cast:
    """Who speaks which language in a run, from the first word to the last."""

    def __init__(
        self,
        auditions: Callable[[], Sequence[Candidate]],
        report: Report,
        *,
        named: Candidate | None = None,
        offline: bool = False,
    ) -> None:
        self.named = named
        self.handed_over = False
        self._auditions = auditions
        self._report, self._offline = report, offline
        self._announced: list[str] = []
        self._chosen: dict[str, Candidate] = {}

    @cached_property
    def candidates(self) -> Sequence[Candidate]:
        """All who may speak; beside an engine that was named, others are only asked when they are needed."""
        return (*((self.named,) if self.named else ()), *self._auditions())

    def announce(self, languages: Sequence[str]) -> None:
        """Choose who speaks these languages, and say so. Raises `SpeechError`."""
        self._announced = list(dict.fromkeys(languages))
        told: dict[str, list[str]] = {}
        refusals: dict[str, None] = {}
        for language in self._announced:
            chosen = self.chosen(language)
            labels = told.setdefault(chosen.told(language), []) if chosen.speaks(language) else []
            if primary(language) not in labels:
                labels.append(primary(language))
            asked = () if self.named else self.candidates
            refusals |= dict.fromkeys(
                str(one.refusal) for one in asked if one.would_be_missed(language, chosen)
            )
        if self.named and all(one is self.named and one.is_local(tag) for tag, one in self._chosen.items()):
            return  # as was asked for
        line = "; ".join(f"{_listed(labels)}: {who}" for who, labels in told.items())
        if line:
            self._report(Noted(f"{line} ({'; '.join(refusals)})" if refusals else line))

    @property
    def rate(self) -> int:
        """Samples a second of the whole: those of the engine that was named, else the most that is spoken."""
        if self.named:
            return self.named.engine.rate
        return max(self.chosen(language).engine.rate for language in self._announced)

    def chosen(self, language: str) -> Candidate:
        """Who speaks a language; whoever speaks the most of them where nobody has a voice for it.

        Raises:
            SpeechError: nobody is ready.
        """
        if language not in self._chosen:
            self._chosen[language] = self._first(language, ())
        return self._chosen[language]

    def _first(self, language: str, without: Collection[str]) -> Candidate:
        named, refusal = self.named, None
        if named and named.name not in without and named.speaks(language) and named.is_ready():
            return named
        for one in self._ranked(language):
            if one.name not in without and one.is_ready():
                return one
            refusal = one.refusal or refusal
        if not without and (
            able := [one for one in self.candidates if one.is_local(language) and one.is_ready()]
        ):
            return max(able, key=lambda one: len(one.voices))  # which says what it has no voice for
        raise refusal or SpeechError(AUTO, f"no engine here speaks the language {language!r}")

    def _ranked(self, language: str) -> list[Candidate]:
        """Those who may speak a language, the best first."""
        before = self._chosen.get(language)
        stays = self._offline or self.named or language not in self._announced
        stays = stays or (before is not None and before.is_local(language))
        may = (
            one
            for one in self.candidates
            if one.speaks(language)
            and (one.named or one.is_wanted(language) or not stays or one.is_local(language))
        )
        return sorted(may, key=lambda one: one.rank(language))

    def speaks(self, language: str) -> bool:
        """Whether somebody has a voice for a language."""
        if self.named and self.named.speaks(language):
            return True
        return any(one.is_ready() for one in self._ranked(language))

    def engine(self, passage: Passage, without: Collection[str] = ()) -> SpeechEngine:
        """Who speaks a passage: an engine, or several where it has several languages."""
        own = passage.article.language if passage.article else ""
        tags = dict.fromkeys(one.language for one in passage.utterances)
        cast = [
            (tag, self._speaking(tag, without).engine) for tag in sorted(tags, key=lambda tag: tag != own)
        ]
        if len({id(engine) for _, engine in cast}) > 1:
            return Ensemble(tuple(cast))
        return cast[0][1] if cast else self.chosen(self._announced[0]).engine

    def _speaking(self, language: str, without: Collection[str]) -> Candidate:
        chosen = self.chosen(language)
        return self._first(language, without) if chosen.name in without else chosen

    def voice(self, passage: Passage, without: Collection[str] = ()) -> str:
        """Who is heard in a passage, as listeners are told; of several languages in that of the article."""
        if not passage.utterances:
            return ""
        own = passage.article.language if passage.article else passage.utterances[0].language
        return self._speaking(own, without).speaker(own)

    def stands_in(self, error: SpeechError, passage: Passage) -> set[str]:
        """Who is not to speak a passage that was refused; nobody when it is to be left out.

        An engine that is gone hands over what it speaks, for good; that is told once. What one of this
        machine that was asked for by name cannot say by the way is left out.
        """
        refused, language = self._culprit(error, passage)
        if refused is self.named and refused.is_local(language) and not error.lasting:
            return set()
        refused.refusals += 1
        if refused.refusal:
            return {refused.name}
        try:
            other = self._first(language, {refused.name})
        except SpeechError:
            return set()
        self.handed_over = True
        if error.lasting or refused.refusals >= GONE_AFTER:
            refused.refusal, refused.asked = error, True
            for tag, one in list(self._chosen.items()):
                if one is refused:
                    self._chosen[tag] = self._first(tag, ())
            self._report(Noted(f"{error}; from here on {primary(language)}: {other.told(language)}"))
        elif passage.article:
            self._report(Noted(f"{passage.article.title}: spoken by {other.told(language)}; {error}"))
        return {refused.name}

    def answered(self, passage: Passage) -> None:
        """An engine that has spoken a passage is not gone."""
        for language in {one.language for one in passage.utterances}:
            if language in self._chosen:
                self._chosen[language].refusals = 0

    def _culprit(self, error: SpeechError, passage: Passage) -> tuple[Candidate, str]:
        """Who refused, and what language: engines call themselves by their name or that of their class."""
        own = passage.article.language if passage.article else passage.utterances[0].language
        tags = sorted({one.language for one in passage.utterances}, key=lambda tag: (tag != own, tag))
        for tag in tags:
            one = self.chosen(tag)
            if error.subject in {one.name, type(one.engine).__name__}:
                return one, tag
        return self._named_in(error) or self.chosen(own), own

    def _named_in(self, error: SpeechError) -> Candidate | None:
        """The candidate that an error is of, which need not speak any more."""
        named = (one for one in self.candidates if error.subject in {one.name, type(one.engine).__name__})
        return next(named, None)


def _listed(languages: Sequence[str]) -> str:
    return ", ".join(languages) if len(languages) <= MOST_LISTED else f"{len(languages)} languages"


# Foreign sentences in the languages that somebody speaks, and the others in the article's own.


def voiced(passages: Iterable[Passage], cast: Cast) -> Iterator[Passage]:
    """The passages, with nothing in them for which an article would be lost.

    A sentence in a language that nobody has a voice for is said by the voice of its
    article: one quotation is no reason to leave a whole article out.
    """
    for passage in passages:
        own = passage.article.language if passage.article else None
        if own is None or all(one.language == own or cast.speaks(one.language) for one in passage.utterances):
            yield passage
            continue
        kept = (
            one if one.language == own or cast.speaks(one.language) else replace(one, language=own)
            for one in passage.utterances
        )
        yield replace(passage, utterances=tuple(kept))
