"""The commands. Each hands what was typed to one function and does nothing itself.

Whatever is heavy is imported inside the commands, so that ``--help`` and shell
completion answer at once.
"""

import io
import sys
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import typer

from newsexport.cli.dispatching import Dispatch
from newsexport.cli.guidance import Guide, Guided
from newsexport.cli.hosting import Hosting
from newsexport.cli.keeping import Clearing, Forgetting
from newsexport.cli.merging import Merging
from newsexport.cli.option_groups import spread
from newsexport.cli.options import (
    AudioOptions,
    EpubOptions,
    EveryOption,
    Finished,
    Formats,
    Hearing,
    Inputs,
    Placing,
    Reading,
    Running,
    Saying,
    Scripting,
    ScriptOptions,
    Settings,
    Telling,
    TextOptions,
    VoiceChoice,
    Wishes,
)
from newsexport.cli.routines import Beginning, Issuing, Papers, Scheduling

app = typer.Typer(
    name="newsexport",
    cls=Guide,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: drawing it with rich takes as long as all the rest
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
command = partial(app.command, cls=Guided)


def main() -> None:
    """The entry point of the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a poor terminal is no reason to fail
    app()


def _version(asked: bool) -> None:  # noqa: FBT001 - typer calls it with the flag
    if asked:
        from newsexport import __version__  # noqa: PLC0415 - looked up only when asked

        typer.echo(f"newsexport {__version__}")
        raise typer.Exit


@dataclass(frozen=True)
class About:
    """What the program says of itself."""

    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Tell the version.")
    ] = False


@app.callback()
@spread
def newsexport(about: About) -> None:
    """News articles to an EPUB, a chaptered MP3 or a text file."""


@command()
@spread
def epub(
    inputs: Inputs,
    options: EpubOptions,
    placing: Placing,
    wishes: Wishes,
    running: Running,
) -> None:
    """Make an EPUB for the e-reader."""
    _export(["epub"], inputs, wishes, placing, options, running)


@command()
@spread
def audio(
    inputs: Inputs,
    options: AudioOptions,
    placing: Placing,
    wishes: Wishes,
    running: Running,
) -> None:
    """Make an MP3 with chapters for the podcast app."""
    _export(["audio"], inputs, wishes, placing, options, running)


@command()
@spread
def text(
    inputs: Inputs,
    options: TextOptions,
    placing: Placing,
    wishes: Wishes,
    running: Running,
) -> None:
    """Make a text file to read on anything."""
    _export(["text"], inputs, wishes, placing, options, running)


@command()
@spread
def export(
    inputs: Inputs,
    formats: Formats,
    options: EveryOption,
    placing: Placing,
    wishes: Wishes,
    running: Running,
) -> None:
    """Make several formats, reading once."""
    _export(formats.to or [], inputs, wishes, placing, options, running)


def _export(
    formats: list[str],
    inputs: Inputs,
    wishes: Wishes,
    placing: Placing,
    options: Settings,
    running: Running,
) -> None:
    from newsexport.cli.commands.export import export_formats  # noqa: PLC0415 - keeps --help fast

    export_formats(formats, inputs, wishes, placing, options, running)


@command()
@spread
def show(inputs: Inputs, hearing: Hearing, wishes: Wishes, reading: Reading) -> None:
    """Tell what would be exported, and how long it takes to read and to hear."""
    from newsexport.cli.commands.show import show_edition  # noqa: PLC0415 - keeps --help fast

    show_edition(inputs, hearing, wishes, reading)


@command()
@spread
def formats(telling: Telling) -> None:
    """List the formats and their options."""
    from newsexport.cli.commands.listing import show_formats  # noqa: PLC0415 - keeps --help fast

    show_formats(telling)


@command()
@spread
def engines(telling: Telling) -> None:
    """List the speech engines, and which can speak here and now."""
    from newsexport.cli.commands.listing import show_engines  # noqa: PLC0415 - keeps --help fast

    show_engines(telling)


@command()
@spread
def voices(choice: VoiceChoice, telling: Telling) -> None:
    """List the voices by language."""
    from newsexport.cli.commands.listing import show_voices  # noqa: PLC0415 - keeps --help fast

    show_voices(choice, telling)


@command()
@spread
def say(saying: Saying, telling: Telling) -> None:
    """Show how a text is spoken, rule by rule; -o FILE speaks it."""
    from newsexport.cli.commands.say import say as say_texts  # noqa: PLC0415 - keeps --help fast

    say_texts(saying, telling)


@command()
@spread
def lexicon(merging: Merging, telling: Telling) -> None:
    """Show lexicons as one, or write them for other programs."""
    from newsexport.cli.commands.lexicon import show_lexicon  # noqa: PLC0415 - keeps --help fast

    show_lexicon(merging, telling)


@command()
@spread
def script(
    inputs: Inputs, options: ScriptOptions, placing: Scripting, wishes: Wishes, reading: Reading
) -> None:
    """Print what will be spoken, or write it to be edited and spoken."""
    from newsexport.cli.commands.script import show_script  # noqa: PLC0415 - keeps --help fast

    show_script(inputs, options, placing, wishes, reading)


@command()
@spread
def seen(forgetting: Forgetting, telling: Telling) -> None:
    """List what editions made with --new had, or forget it."""
    from newsexport.cli.commands.seen import show_seen  # noqa: PLC0415 - keeps --help fast

    show_seen(forgetting, telling)


@command()
@spread
def cache(clearing: Clearing, telling: Telling) -> None:
    """Tell what was spoken before and is kept, or remove it."""
    from newsexport.cli.commands.cache import show_cache  # noqa: PLC0415 - keeps --help fast

    show_cache(clearing, telling)


@command()
@spread
def init(beginning: Beginning, telling: Telling) -> None:
    """Write a first newsexport.toml from a few answers."""
    from newsexport.cli.commands.init import begin  # noqa: PLC0415 - keeps --help fast

    begin(beginning, telling)


@command()
@spread
def send(dispatch: Dispatch, telling: Telling) -> None:
    """Bring finished files to an e-reader, into a folder or by mail."""
    from newsexport.cli.commands.send import send_files  # noqa: PLC0415 - keeps --help fast

    send_files(dispatch, telling)


@command()
@spread
def status(papers: Papers, telling: Telling) -> None:
    """Tell what became of the last runs, what was left out and why, and when the next is due."""
    from newsexport.cli.commands.status import show_status  # noqa: PLC0415 - keeps --help fast

    show_status(papers, telling)


@command()
@spread
def schedule(scheduling: Scheduling, telling: Telling) -> None:
    """Print what makes a paper come out by itself, for cron and others."""
    from newsexport.cli.commands.schedule import show_schedule  # noqa: PLC0415 - keeps --help fast

    show_schedule(scheduling, telling)


@command("run")
@spread
def run_(issuing: Issuing, telling: Telling) -> None:
    """Make papers as newsexport.toml says: fetch, export, publish, deliver."""
    from newsexport.cli.commands.run import run_papers  # noqa: PLC0415 - keeps --help fast

    run_papers(issuing, telling)


@command()
@spread
def verify(finished: Finished, telling: Telling) -> None:
    """Read finished files back: what is in them, and whether they are sound."""
    from newsexport.cli.commands.verify import verify_files  # noqa: PLC0415 - keeps --help fast

    verify_files(finished, telling)


@command()
@spread
def serve(hosting: Hosting, telling: Telling) -> None:
    """Serve a library: podcast feeds, a catalogue for e-readers, and pages to listen and read."""
    from newsexport.cli.commands.serve import serve_library  # noqa: PLC0415 - keeps --help fast

    serve_library(hosting, telling)


if __name__ == "__main__":
    main()
