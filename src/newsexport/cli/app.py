"""The program: its commands by name, each loaded when it is called.

What is heavy is imported by the commands, and by most of them only when they run, so that ``--help`` and
the shell's completion answer at once.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from newsexport import __version__
from newsexport.cli import guidance
from newsexport.cli.command import convert_sparingly

# The commands in the order of their help: each in a module of its name, with what it does in one sentence.
COMMANDS: Mapping[str, Mapping[str, str]] = {
    "Make an edition": {
        "epub": "Make an EPUB for an e-reader.",
        "audio": "Make an MP3 with chapters for a podcast app.",
        "readaloud": "Make an EPUB that is read aloud, each sentence marked while it is heard.",
        "pdf": "Make a newspaper in columns, to print or to read on a screen.",
        "text": "Make a text file that can be read anywhere.",
        "export": "Make several formats from one reading.",
        "show": "Show what would be exported, and how long it takes to read and to hear.",
        "script": "Print what would be spoken, or write it to a file that can be edited and spoken.",
    },
    "Make a paper that comes out by itself": {
        "init": "Write a first newsexport.toml from a few answers.",
        "run": "Make papers as newsexport.toml says: fetch, export, publish and deliver them.",
        "status": "Show how the last runs went, what was left out and why, and when the next is due.",
        "schedule": "Print what cron, systemd and others need to make a paper regularly.",
        "add": "Put an address, a note or a letter into the inbox, to be printed in the next issue.",
        "inbox": "List what is in the inbox, take it out, or show where others put something in.",
    },
    "Bring it to its readers": {
        "send": "Send finished files to an e-reader, to a folder or by mail.",
        "serve": "Serve a library: podcast feeds, a catalogue for e-readers, and pages to read and hear.",
        "verify": "Check finished files: what is in them, and whether they are sound.",
    },
    "Choose voices and pronunciations": {
        "engines": "List the speech engines, and which of them can speak here and now.",
        "voices": "List the voices by language.",
        "say": "Show how a text is pronounced, rule by rule, or speak it into a file with -o.",
        "lexicon": "Merge pronunciation lexicons, or convert them for other programs.",
    },
    "See what is installed and remembered": {
        "formats": "List the formats and their options.",
        "seen": "List the articles of editions made with --new, or forget them.",
        "cache": "Show how much speech is kept from earlier runs, or remove it.",
    },
}
NAMES = {name: text for group in COMMANDS.values() for name, text in group.items()}


class Program(TyperGroup):
    """The group of all commands. Those it lists are names with a sentence; one that is called is loaded."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = {name: TyperCommand(name, help=text) for name, text in NAMES.items()}

    def load(self, name: str) -> TyperCommand:
        """The command with its options."""
        spec = getattr(import_module(f"newsexport.cli.commands.{name}"), name)
        built: TyperCommand = spec.build(name, NAMES[name])
        return built

    def every(self) -> Mapping[str, TyperCommand]:
        """All commands, loaded."""
        return {name: self.load(name) for name in self.commands}

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As click does it; an option before any command is put behind one."""
        typed = list(args)
        convert_sparingly(self.get_params(ctx))
        try:
            return super().parse_args(ctx, args)
        except guidance.TypedWrongly as error:
            if hasattr(error, "possibilities"):
                ctx.fail(guidance.before_command(ctx.command_path, typed, self))
            raise

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As click does it, but for what is said of a command that there is not; the one that is, loaded."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            lowered = args[0].lower()
            if lowered not in self.commands:
                ctx.fail(guidance.no_command(ctx.command_path, args, list(self.commands)))
            args = [lowered, *args[1:]]
        name, found, rest = super().resolve_command(ctx, args)
        return name, found and self.load(found.name or ""), rest

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - as click calls it
        """The commands in groups, with whole sentences."""
        for title, commands in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl(list(commands.items()))


app = typer.Typer(
    name="newsexport",
    cls=Program,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: drawing it with rich takes as long as all the rest
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """The entry point of the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a poor terminal is no reason to fail
    app()


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the flag
    if wanted:
        typer.echo(f"newsexport {__version__}")
        raise typer.Exit


@app.callback()
def newsexport(
    version: Annotated[  # noqa: ARG001, FBT002 - its callback answers
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turn news articles into an EPUB, a chaptered MP3 or a text file."""
    from newsexport.cli.context import tell_voices_folder  # noqa: PLC0415 - keeps --help and completion fast

    tell_voices_folder()


if __name__ == "__main__":
    main()
