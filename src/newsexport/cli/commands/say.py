"""The command `say`: how a text is spoken, rule by rule, and what that sounds like."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import Any

from newsexport.cli.console import Console, JsonLines, printable
from newsexport.cli.exits import run
from newsexport.cli.lexicons import lexicons, show_unknown
from newsexport.cli.options import Saying, Telling
from newsexport.cli.ordering import check_ending
from newsexport.errors import UsageError
from newsexport.events import Event, Noted
from newsexport.narration.lexicons import with_starter
from newsexport.speech import Pronunciation
from newsexport.storage import atomic
from newsexport.text.languages import is_tag
from spokenform import Explanation, Lexicon, explain

STANDARD_OUTPUT = "-"


class Answers(JsonLines):
    """One object a text and nothing beside, so that lines in are lines out. Errors are told all the same."""

    def show(self, text: str, facts: Mapping[str, Any]) -> None:  # noqa: ARG002 - programs get the facts
        """The facts as they are."""
        self.write(facts)

    def tell(self, event: Event) -> None:
        """Progress is not told."""

    def close(self, code: int) -> None:
        """The end of the output is the end."""


def say(saying: Saying, telling: Telling) -> None:
    """Show how each text is spoken; with an output, speak them all into it. Ends the run."""
    with run(telling, placed=True) as console:
        if not is_tag(saying.language):
            raise UsageError(f"{saying.language!r} is no language tag, such as en or pt-BR")
        if telling.json:
            console.style = Answers(monotonic)
        if saying.unknown:
            show_unknown(saying, console)
            return
        if saying.output and saying.output != STANDARD_OUTPUT:
            check_ending(saying.output, "speech", (".wav", ".mp3"))
            atomic.check(Path(saying.output))
        lexicon = with_starter(lexicons(saying.lexicon))
        shown = saying.output != STANDARD_OUTPUT
        heard = []
        for text in _texts(saying):
            heard.append(text)
            if shown:
                told = explain(text, saying.language, lexicon)
                console.show(_words(told, quiet=telling.quiet), _facts(told))
        if heard and not saying.output and sys.stdin.isatty():
            console.report(Noted("-o heard.wav speaks it"))
        if saying.output:
            _speak(heard, saying, lexicon, console)


def _texts(saying: Saying) -> Iterator[str]:
    """What was typed, or else the lines of standard input as they come."""
    if saying.text:
        yield " ".join(saying.text)
        return
    if sys.stdin.isatty():
        raise UsageError("give a text to say, or lines on standard input")
    for line in sys.stdin:
        yield line.rstrip("\r\n")


def _facts(told: Explanation) -> dict[str, Any]:
    return {
        "printed": told.printed,
        "spoken": told.spoken,
        "rules": [asdict(step) for step in told.steps],
        **({"ipa": [_sound(told, one) for one in told.pronunciations]} if told.pronunciations else {}),
    }


def _sound(told: Explanation, one: Pronunciation) -> dict[str, Any]:
    return {"offset": one.offset, "words": told.spoken[one.offset :][: one.length], "ipa": one.ipa}


def _words(told: Explanation, *, quiet: bool) -> str:
    if quiet:
        return printable(told.spoken)
    width = max((len(step.rule) for step in told.steps), default=0)
    lines = [
        told.printed,
        *(f"  {step.rule:{width}}  {step.after}" for step in told.steps),
        f"= {told.spoken}",
        *(f"  {told.spoken[one.offset :][: one.length]} /{one.ipa}/" for one in told.pronunciations),
    ]
    return "\n".join(map(printable, lines))


def _speak(texts: list[str], saying: Saying, lexicon: Lexicon, console: Console) -> None:
    from newsexport.events import Wrote  # noqa: PLC0415 - showing alone needs none of these
    from newsexport.narration import engine_choice  # noqa: PLC0415
    from newsexport.narration.engine_choice import choose_engine  # noqa: PLC0415
    from newsexport.storage.atomic import staged  # noqa: PLC0415

    options = {"voice": saying.voice, "speed": saying.speed}
    engine = choose_engine(saying.engine, options, console.report, (saying.language,))
    said = tuple(one for text in texts for one in engine_choice.utterances(text, saying.language, lexicon))
    if not said:
        raise UsageError("there is nothing in it that can be spoken")
    if saying.output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(engine_choice.as_wave(said, engine))
        return
    target = Path(saying.output)
    replaced = target.exists()
    make = engine_choice.as_mp3 if target.suffix.lower() == ".mp3" else engine_choice.as_wave
    with staged(target) as draft:
        draft.write_bytes(make(said, engine))
    console.report(Wrote(target, replaced))
