"""Foreign sentences in the languages that an engine has, and the others in the article's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from newsexport.languages import primary
from newsexport.narration.choice import ALIKE
from newsexport.narration.script import Passage
from newsexport.protocols import HasVoices, SpeechEngine
from newsexport.speech import MANY, Utterance


def voiced(passages: Iterable[Passage], engine: SpeechEngine) -> Iterator[Passage]:
    """The passages, with nothing in them for which an article would be lost.

    A sentence in a language that the engine has no voice for is said by the voice of its
    article: one quotation is no reason to leave a whole article out.
    """
    if not isinstance(engine, HasVoices):
        yield from passages
        return
    known = {_alike(voice.language) for voice in engine.voices()}
    for passage in passages:
        if passage.article is None or MANY in known:
            yield passage
            continue
        own = passage.article.language
        said = tuple(_in_known(one, own, known) for one in passage.utterances)
        yield replace(passage, utterances=said)


def _in_known(one: Utterance, own: str, known: set[str]) -> Utterance:
    return one if one.language == own or _alike(one.language) in known else replace(one, language=own)


def _alike(tag: str) -> str:
    return ALIKE.get(primary(tag), primary(tag))
