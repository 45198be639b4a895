"""Times of words as services tell them: the words one by one, with seconds, beside the sound."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsexport.engines.word_marks import one_for_each_word
from newsexport.interchange.json_reader import JsonValue, document
from newsexport.speech import WordMark

# Characters that a service may have left out, or said otherwise, between two words that it tells.
REACH = 40
# Seconds that nothing asked for at a time lasts.
LONGEST = 36_000.0


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word as a service calls it, and the second at which it begins."""

    text: str
    seconds: float


def captioned(body: bytes) -> tuple[bytes, list[TimedWord]]:
    """A sound file and its words, from an answer of Kokoro-FastAPI's ``/dev/captioned_speech``.

    Raises `JsonError` when it is none (its schemas.py, 2026-08: ``CaptionedSpeechResponse``).
    """
    answer = document(body, ours=False)
    encoded = answer.member("audio")
    try:
        sound = base64.b64decode(encoded.text(), validate=True)
    except binascii.Error as error:
        raise encoded.wrong("sound in base64") from error
    none: list[JsonValue] = []
    told = answer.optional("timestamps", JsonValue.items, none)
    return sound, [
        TimedWord(one.member("word").text(), one.member("start_time").number(0, LONGEST)) for one in told
    ]


def located(text: str, words: Iterable[TimedWord], rate: int) -> tuple[WordMark, ...]:
    """The words that stand in the text, each once; one that was said otherwise marks nothing."""
    return tuple(one_for_each_word(text, _found(text, words, rate)))


def _found(text: str, words: Iterable[TimedWord], rate: int) -> Iterator[WordMark]:
    at = 0
    for word in words:
        sought = re.escape(word.text.strip())
        whole = re.compile(rf"(?<!\w)({sought})(?!\w)", re.IGNORECASE)
        joined = re.compile(rf"\W*({sought})", re.IGNORECASE)  # to the next, as in scripts without spaces
        there = whole.search(text, at, at + REACH + len(sought)) or joined.match(text, at)
        if there and any(map(str.isalnum, there[1])):
            yield WordMark(there.start(1), len(there[1]), round(word.seconds * rate))
            at = there.end(1)
