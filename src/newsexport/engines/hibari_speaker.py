"""A voice of hibari, loaded: text to sounds, sounds to samples, and where in them each word begins."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from newsexport.audio import pcm
from newsexport.engines.espeak import EspeakEngine
from newsexport.engines.onnx_models import Element, session
from newsexport.engines.phonemes import misaki
from newsexport.engines.word_marks import QuotationMark
from newsexport.errors import SpeechError
from newsexport.speech import WordMark
from newsexport.work.containment import in_one_line

if TYPE_CHECKING:
    from hibari.g2p import G2P
    from onnxruntime import InferenceSession

RATE = 24000

# How many units of 25 ms each sound lasts, as the models of 0.2 call it within.
DURATIONS, UNIT = "/Cast_32_output_0", RATE // 40
# A word that follows another at once begins where that one ends: what lies between, which is up to so many
# units long, is the beginning of its first sound. It is heard so many samples earlier than the durations say;
# after a pause so many, at speed 1. Kokoro, from which this model learnt, counts 75 ms (`join_timestamps` in
# its pipeline.py); benchmarks/word_times.py finds these.
JOINED, EARLY_JOINED, EARLY = 6, round(0.035 * RATE), round(0.077 * RATE)
# Sounds that are spoken at once: some twenty seconds. Beyond, memory grows and nothing is gained.
LONGEST = 300
# Silence kept on both sides of a cut within an utterance, in samples.
JOINT = round(0.06 * RATE)
# What begins the noise in the voice, the same for each utterance.
SEED = 0

# A pronunciation as the package takes it within a text; the word itself is not spoken.
INLINE = re.compile(r"\[[^\]]+\]\(/[^)]*/\)")


@dataclass(frozen=True, slots=True)
class TokenSound:
    """What is said for the characters at `offset` of a text, in the model's alphabet, and what parts it."""

    offset: int
    length: int
    phonemes: str
    spaced: bool = True

    @property
    def signs(self) -> str:
        """The phonemes with the space behind them."""
        return self.phonemes + " " * self.spaced

    @property
    def is_word(self) -> bool:
        """Whether it is said, rather than heard in how the rest is said."""
        return any(map(str.isalpha, self.phonemes))


@dataclass(frozen=True)
class Speaker:
    """A loaded voice. `marks_words` when its model tells how long each sound lasts."""

    session: InferenceSession
    g2p: G2P
    alphabet: Mapping[str, int]
    british: bool
    marks_words: bool

    def inline(self, ipa: str) -> str | None:
        """A transcription as the package takes it within a text, None when it is no IPA."""
        said = misaki(ipa, british=self.british)
        return f"[x](/{said}/)" if said else None

    def spoken(
        self, text: str, speed: float, quotes: Iterable[QuotationMark] = ()
    ) -> tuple[pcm.Samples, list[WordMark]]:
        """What is heard of a text, and where each of its words begins in it.

        Marks of quotations come beside it: the package loses those that open, and the space behind others.
        """
        pieces = divided(with_quotes(self.sounds(text), quotes))
        parts: list[pcm.Samples] = []
        marks: list[WordMark] = []
        at = 0
        for piece in pieces:
            samples, begins = self._synthesized(piece, speed)
            first, last = pcm.bounds(samples, JOINT) if len(pieces) > 1 else (0, len(samples))
            marks += (
                WordMark(one.offset, one.length, at + max(0, begin - first))
                for one, begin in zip(piece, begins, strict=False)
                if one.is_word
            )
            parts.append(pcm.faded(samples[first:last], JOINT) if len(pieces) > 1 else samples)
            at += last - first
        return np.concatenate(parts) if parts else pcm.silence(UNIT), marks

    def sounds(self, text: str) -> list[TokenSound]:
        """The sounds of each word and mark, in order."""
        g2p = self.g2p
        found: list[TokenSound] = []
        at = 0
        for token in g2p.phonemize_tokens(g2p.tokenize(text)):
            begin = text.find(token.text, at)
            end = begin + len(token.text)
            if inline := INLINE.match(text, begin - 1) if begin else None:
                begin, end = inline.span()
            at = max(at, end) if begin >= 0 else at
            phonemes = (token.phonemes or "").strip("“”")  # which it takes apostrophes for
            if phonemes:
                found.append(TokenSound(max(0, begin), end - begin, phonemes, bool(token.whitespace)))
            elif found and token.whitespace:
                found[-1] = replace(found[-1], spaced=True)
        if not found and any(map(str.isalnum, text)):  # signs that it passes over, such as ½ by itself
            found = [TokenSound(0, len(text), _by_espeak(text, british=self.british), spaced=False)]
        return found

    def _numbers(self, signs: str) -> list[int]:
        return [self.alphabet[sign] for sign in signs if sign in self.alphabet]

    def _synthesized(self, sounds: Sequence[TokenSound], speed: float) -> tuple[pcm.Samples, list[int]]:
        """The samples of some sounds, and the one that each begins with, where the model tells."""
        from hibari import dsp  # noqa: PLC0415 - heavy, and not everywhere

        signs = "".join(one.signs for one in sounds).rstrip()
        said = [0, *self._numbers(signs), 0]
        given = {"ids": np.asarray([said], np.int64), "speed": np.asarray([speed], np.float32)}
        outputs = self.session.run(None, given)
        *spectra, units = outputs if self.marks_words else (*outputs, np.zeros(0, np.int64))
        samples: pcm.Samples = dsp.synth(*(one[0] for one in spectra), np.random.default_rng(SEED))
        if not self.marks_words:
            return samples, []
        return samples, list(self._begins(sounds, units.ravel().tolist(), round(EARLY / speed)))

    def _begins(self, sounds: Sequence[TokenSound], units: Sequence[int], early: int) -> Iterator[int]:
        """The sample that each sound is heard from; `units` are those of every sign, and of both ends."""
        ends = list(accumulate(units, initial=0))
        at, ended = 1, 0
        for one in sounds:
            joined = ended and ends[at] - ended <= JOINED
            yield max(0, ended * UNIT - EARLY_JOINED if joined else ends[at] * UNIT - early)
            ended = ends[at + len(self._numbers(one.phonemes))] if one.is_word else 0
            at = min(at + len(self._numbers(one.signs)), len(ends) - 1)


@cache
def loaded(path: str, name: str, *, british: bool) -> Speaker:
    """A voice, loaded once for each process, on one thread: other processors have articles of their own."""
    from hibari.g2p import G2P  # noqa: PLC0415 - heavy, and not everywhere

    try:
        model, marks_words = session(Path(path), DURATIONS, Element.INT64)
        g2p = G2P(british=british)
        net = g2p.oov  # its rules ask espeak for what they cannot read
        g2p._oov = lambda word: net(word) or _by_espeak(word, british=british)  # noqa: SLF001 - given when made, it would be loaded twice
    except Exception as error:  # the runtime has an error of its own for every way a file can be wrong
        raise SpeechError("hibari", f"{name} cannot be loaded: {in_one_line(error)}", lasting=True) from error
    return Speaker(model, g2p, _alphabet(), british, marks_words)


@cache
def _alphabet() -> Mapping[str, int]:
    from hibari.tts import ASSETS  # noqa: PLC0415 - heavy, and not everywhere

    numbers: Mapping[str, int] = json.loads(Path(ASSETS, "vocab.json").read_bytes())
    return numbers


def _by_espeak(word: str, *, british: bool) -> str:
    """What is said for a word in a script that the package does not know."""
    language = "en-GB" if british else "en-US"
    return misaki(EspeakEngine().transcribed(word, language), british=british) or ""


def with_quotes(sounds: Sequence[TokenSound], quotes: Iterable[QuotationMark]) -> list[TokenSound]:
    """The sounds with the marks of quotations: before what they open, behind what they close."""
    found = list(sounds)
    for quote in quotes:
        if quote.opens:
            place = sum(one.offset < quote.offset for one in found)
            found.insert(place, TokenSound(quote.offset, 0, "“", spaced=False))
        elif place := sum(one.offset + one.length <= quote.offset for one in found):
            before = found[place - 1]
            found[place - 1] = replace(before, spaced=False)
            found.insert(place, TokenSound(quote.offset, 0, "”", before.spaced))
    return found


def divided(sounds: Sequence[TokenSound]) -> list[Sequence[TokenSound]]:
    """The sounds in pieces that are spoken at once, each about as long as the others.

    A cut comes at the end of a clause where one is near the middle, else between words.
    """
    ends = list(accumulate(len(one.signs) for one in sounds))
    cuts = [at for at in range(1, len(sounds)) if sounds[at - 1].spaced]
    if not ends or ends[-1] <= LONGEST or not cuts:
        return [sounds] if sounds else []

    def unfitness(at: int) -> float:
        clause = sounds[at - 1].phonemes[-1] in ",;:—.!?…)”"
        return abs(ends[at - 1] / ends[-1] - 0.5) + (0.0 if clause else 0.25)

    middle = min(cuts, key=unfitness)
    return [*divided(sounds[:middle]), *divided(sounds[middle:])]
