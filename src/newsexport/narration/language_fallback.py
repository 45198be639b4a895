"""Foreign sentences in the languages that an engine has, and the others in the article's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from newsexport.narration.engine_choice import ALIKE
from newsexport.narration.script import Passage
from newsexport.protocols import HasVoices, SpeechEngine
from newsexport.speech import MANY, Utterance
from newsexport.text.languages import primary


def voiced(passages: Iterable[Passage], engine: SpeechEngine) -> Iterator[Passage]:
    """The passages, with nothing in them for which an article would be lost.

    A sentence in a language that the engine has no voice for is said by the voice of its
    article: one quotation is no reason to leave a whole article out.
    """
    known: set[str] | None = None  # asked for when it matters, for an engine may have to ask a server
    for passage in passages:
        own = passage.article.language if passage.article else None
        if own is None or all(one.language == own for one in passage.utterances):
            yield passage
            continue
        if known is None:
            known = _known(engine)
        yield replace(passage, utterances=tuple(_in_known(one, own, known) for one in passage.utterances))


def _known(engine: SpeechEngine) -> set[str]:
    """The languages that an engine has voices for; one that lists none speaks whatever it is given."""
    return {_alike(voice.language) for voice in engine.voices()} if isinstance(engine, HasVoices) else {MANY}


def _in_known(one: Utterance, own: str, known: set[str]) -> Utterance:
    return one if one.language == own or known & {MANY, _alike(one.language)} else replace(one, language=own)


def _alike(tag: str) -> str:
    return ALIKE.get(primary(tag), primary(tag))
