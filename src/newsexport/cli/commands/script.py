"""The command `script`: what would be spoken of an edition, printed form beside spoken form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

from newsexport.cli.command import command
from newsexport.cli.console import Console, printable
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import (
    Inputs,
    Judging,
    Lexicons,
    Panel,
    Placing,
    Running,
    Settings,
    WordsOnly,
    collecting_options,
    option,
)

if TYPE_CHECKING:
    from newsexport.narration.omissions import Unspoken
    from newsexport.narration.script import Passage


@dataclass(frozen=True)
class ScriptOptions(Settings):
    """How names are said."""

    lexicon: Lexicons = None


@dataclass(frozen=True)
class ScriptPlace:
    """Where a script goes."""

    output: Annotated[
        str,
        option(
            "Write it to this file, to be edited and spoken by `newsexport audio`; - is standard output.",
            "--output",
            "-o",
            panel=Panel.PLACE,
            metavar="PATH",
        ),
    ] = ""


@command(
    used_most="output lexicon title language since new max_articles minutes",
    examples=("articles/", "articles/ -o morning.script.json"),
)
def script(
    inputs: Inputs, options: ScriptOptions, place: ScriptPlace, reading: WordsOnly, judging: Judging
) -> None:
    """Print the script, or write it where `place` says. Ends the run with its exit code."""
    from newsexport.cli.editions import export  # noqa: PLC0415 - keeps --help and completion fast

    if place.output:
        running = Running(**asdict(judging))
        export(["script"], inputs, collecting_options(reading), Placing(place.output), options, running)
    with reporting(judging, strict=judging.strict, placed=True) as console:
        _print(inputs, options, reading, console)


def _print(inputs: Inputs, options: ScriptOptions, reading: WordsOnly, console: Console) -> None:
    """What is said, utterance by utterance, and then what is not."""
    from newsexport.cli.editions import exporter_values, read_edition  # noqa: PLC0415 - as above
    from newsexport.configuration.exporter_options import configured  # noqa: PLC0415 - as above
    from newsexport.exporters.format_choice import Order  # noqa: PLC0415 - as above
    from newsexport.exporters.script import ScriptExporter  # noqa: PLC0415 - as above
    from newsexport.narration.omissions import unspoken  # noqa: PLC0415 - as above
    from newsexport.narration.script import script as spoken_script  # noqa: PLC0415 - as above
    from newsexport.narration.script import telling_silent  # noqa: PLC0415 - as above
    from newsexport.pipeline import collect  # noqa: PLC0415 - as above

    values = exporter_values(options, ["script"])
    (exporter,) = configured([Order("script", "script")], values, options.settings or ()).values()
    if not isinstance(exporter, ScriptExporter):
        raise TypeError("another exporter goes by the name of script")
    _, edition = read_edition(inputs.references, collecting_options(reading), console, collect)
    direction = exporter.direction()
    for passage in telling_silent(spoken_script(edition, direction), edition, console.report):
        for text, facts in _lines(passage):
            console.show(text, facts)
    for article in edition.articles():
        for one in unspoken(article, direction):
            console.show(*_left_out(article.title, one))


def _lines(passage: Passage) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each utterance in words and as facts."""
    from newsexport.narration.script_file import utterance_facts  # noqa: PLC0415 - as above

    title = passage.article.title if passage.article else None
    for at, one in enumerate(passage.utterances):
        openings = [opening for opening in passage.openings if opening.at == at]
        lines = [f"# {opening.level.name.lower()}: {opening.title}" for opening in openings]
        lines.append(f"{one.role:9}  {one.language:5}  {one.pause:4.2f} s  {one.printed}")
        if one.spoken.rstrip(".") != one.printed.rstrip("."):
            lines.append(f"{'':18} says  {one.spoken}")
        lines += (
            f"{'':23}  {one.spoken[each.offset :][: each.length]} /{each.ipa}/" for each in one.pronunciations
        )
        yield "\n".join(map(printable, lines)), {"article": title, **utterance_facts(one, openings)}


def _left_out(title: str, one: Unspoken) -> tuple[str, dict[str, Any]]:
    text = " ".join(one.text.split())
    return printable(f"not spoken: {one.kind}: {text}"), {
        "article": title,
        "unspoken": one.kind,
        "text": text,
    }
