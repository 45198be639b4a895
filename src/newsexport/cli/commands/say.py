"""The command `say`: how a text is spoken, rule by rule, and what that sounds like."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Annotated, Any

from newsexport.cli import completion
from newsexport.cli.command import command
from newsexport.cli.console import Console, JsonLines, printable, shown
from newsexport.cli.context import lexicons
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Lexicons, Panel, Telling, argument, option
from newsexport.configuration.collecting_options import CollectingOptions
from newsexport.errors import UsageError
from newsexport.events import Event, Noted, Wrote
from newsexport.exporters.format_choice import STANDARD_OUTPUT, check_ending
from newsexport.narration.lexicons import with_starter
from newsexport.speech import Pronunciation
from newsexport.storage import staging
from newsexport.text.languages import is_tag
from spokenform import Explanation, Lexicon, explain


class Answers(JsonLines):
    """One object a text and nothing beside, so that lines in are lines out. Errors are told all the same."""

    def show(self, text: str, facts: Mapping[str, Any]) -> None:  # noqa: ARG002 - programs get the facts
        """The facts as they are."""
        self.write(facts)

    def tell(self, event: Event) -> None:
        """Progress is not told."""

    def close(self, code: int) -> None:
        """The end of the output is the end."""


@dataclass(frozen=True)
class Saying:
    """What to say, and in what voice."""

    text: Annotated[
        list[str] | None, argument("What to say; the lines of standard input if nothing is given.", "TEXT")
    ] = None
    language: Annotated[
        str,
        option(
            "Say it in this language, such as en-GB or de.",
            panel=Panel.SOUND,
            metavar="TAG",
            show_default=True,
        ),
    ] = "en"
    output: Annotated[
        str,
        option(
            "Speak it into a WAV or MP3 file; - writes a WAV to standard output.",
            "--output",
            "-o",
            panel=Panel.PLACE,
            metavar="FILE",
        ),
    ] = ""
    engine: Annotated[
        str,
        option(
            "Speak with this engine; `newsexport engines` lists them.",
            panel=Panel.SOUND,
            metavar="NAME",
            show_default=True,
            autocompletion=completion.engines,
        ),
    ] = "auto"
    voice: Annotated[
        str,
        option(
            "Speak with this voice of the engine; `newsexport voices` lists them.",
            panel=Panel.SOUND,
            metavar="NAME",
            autocompletion=completion.voices,
        ),
    ] = ""
    speed: Annotated[
        float,
        option(
            "Speak at this speed; 2 is twice as fast.",
            panel=Panel.SOUND,
            min=0.25,
            max=4,
            metavar="NUMBER",
            show_default=True,
        ),
    ] = 1.0
    lexicon: Lexicons = None
    unknown: Annotated[
        bool,
        option(
            "Take TEXT for articles, and list the names in them that no lexicon has.",
            "--unknown",
            panel=Panel.READ,
        ),
    ] = False


@command(examples=("'Dr. Osei paid $4.5bn on Nov. 3' -o heard.wav", "--unknown articles/ >> lexicon.toml"))
def say(saying: Saying, telling: Telling) -> None:
    """Show how each text is spoken; with an output, speak them all into it. Ends the run."""
    with reporting(telling, placed=True) as console:
        if not is_tag(saying.language):
            raise UsageError(f"{saying.language!r} is no language tag, such as en or pt-BR")
        if telling.json:
            console.style = Answers(monotonic)
        if saying.unknown:
            _show_unknown(saying, console)
            return
        if saying.output and saying.output != STANDARD_OUTPUT:
            check_ending(saying.output, "speech", (".wav", ".mp3"))
            staging.check(Path(saying.output))
        lexicon = with_starter(lexicons(saying.lexicon))
        prints = saying.output != STANDARD_OUTPUT
        heard = []
        for text in _texts(saying):
            heard.append(text)
            if prints:
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
    from newsexport.narration import saying as aloud  # noqa: PLC0415 - keeps --help and completion fast
    from newsexport.narration.auditions import casting  # noqa: PLC0415 - idem

    options = {"voice": saying.voice, "speed": saying.speed}
    cast = casting(saying.engine, options, console.report)
    cast.announce((saying.language,))
    engine = cast.chosen(saying.language).engine
    said = tuple(one for text in texts for one in aloud.utterances(text, saying.language, lexicon))
    if not said:
        raise UsageError("there is nothing in it that can be spoken")
    if saying.output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(aloud.as_wave(said, engine))
        return
    target = Path(saying.output)
    replaced = target.exists()
    make = aloud.as_mp3 if target.suffix.lower() == ".mp3" else aloud.as_wave
    with staging.staged(target) as draft:
        draft.write_bytes(make(said, engine))
    console.report(Wrote(target, replaced))


def _show_unknown(saying: Saying, console: Console) -> None:
    """List the names in some articles that no lexicon has, as entries to be filled in."""
    if not saying.text:
        raise UsageError("--unknown: give files or folders with articles")
    from newsexport.cli.editions import read_edition  # noqa: PLC0415 - as above
    from newsexport.narration.unknown_names import unknown  # noqa: PLC0415 - as above
    from newsexport.pipeline import collect  # noqa: PLC0415 - as above

    options = CollectingOptions(no_pictures=True)
    lexicon = with_starter(lexicons(saying.lexicon))
    _, edition = read_edition(saying.text, options, console, collect)
    for one in unknown(edition, lexicon):
        console.show(shown(one.to_toml()), asdict(one))
