"""The command `script`: what will be spoken of an edition, printed form beside spoken form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from newsexport import pipeline
from newsexport.cli.commands.export import arrangement_of, export_formats
from newsexport.cli.console import printable
from newsexport.cli.context import newsroom, selection
from newsexport.cli.exits import run
from newsexport.cli.exporter_options import configured
from newsexport.cli.lexicons import with_lexicons
from newsexport.cli.options import Inputs, Placing, Reading, Running, Scripting, ScriptOptions, Wishes
from newsexport.cli.ordering import Order
from newsexport.exporters.script import ScriptExporter
from newsexport.narration.omissions import Unspoken, unspoken
from newsexport.narration.script import Passage, script, telling_silent
from newsexport.narration.script_file import utterance_facts


def show_script(
    inputs: Inputs, options: ScriptOptions, placing: Scripting, wishes: Wishes, reading: Reading
) -> None:
    """Print the script, or write it where `placing` says. Ends the run with its exit code."""
    if placing.output:
        running = Running(**asdict(reading))
        export_formats(["script"], inputs, wishes, Placing(placing.output), options, running)
    with run(reading, strict=reading.strict, placed=True) as console:
        (exporter,) = configured([Order("script", "script")], with_lexicons(options, ["script"])).values()
        if not isinstance(exporter, ScriptExporter):
            raise TypeError("another exporter goes by the name of script")
        wanted = selection(wishes, datetime.now().astimezone())
        arrangement = arrangement_of(wishes)
        with newsroom(wishes, console.report) as room:
            collected = pipeline.collect(inputs.references, console.report, room.means, wanted)
            edition = pipeline.arrange(collected, arrangement)
            room.commit()
        direction = exporter.direction()
        for passage in telling_silent(script(edition, direction), edition, console.report):
            for text, facts in _lines(passage):
                console.show(text, facts)
        for article in edition.articles():
            for one in unspoken(article, direction):
                console.show(*_left_out(article.title, one))


def _lines(passage: Passage) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each utterance in words and as facts."""
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
