"""What to type instead: for options and commands that programs like this one call otherwise.

The names are those of pandoc, Calibre's ebook-convert, percollate, yt-dlp and gtts-cli for the same.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import typer

from newsexport.text.nearest import nearest

# The error of all that is typed wrongly; where it is from differs between releases of typer.
TypedWrongly: type[Exception] = typer.BadParameter.__mro__[1]

# What others call our options, each with the likeliest first.
OPTIONS: Mapping[str, tuple[str, ...]] = {
    own: tuple(instead.split())
    for others, instead in (
        ("--device --profile --output-profile --target --reader --ereader", "--for"),
        ("--out --outfile --output-file --output-dir --outdir --out-dir --dest --destination", "--output"),
        ("--directory --dir --folder --path --paths --save-as --file -d -P", "--output"),
        ("--format --formats -f -F", "--to --format --for"),
        ("--output-format --to-format --type --write -w", "--to --format"),
        ("--audio-format --extract-audio -x", "--format --to"),
        ("--stylesheet --extra-css --style-sheet", "--css"),
        ("--theme --look", "--style"),
        ("--template --data-dir", "--templates"),
        ("--cover-image --epub-cover-image --image", "--cover"),
        ("--name --book-title --metadata -M", "--title"),
        ("--lang --locale -l", "--language"),
        ("--tts --provider --model", "--engine"),
        ("--speaker --narrator", "--voice"),
        ("--rate --tempo --playback-speed", "--speed"),
        ("--audio-quality --quality", "--bitrate"),
        ("--subtitles --write-subs --captions --srt --vtt", "--transcript"),
        ("--limit --max --count --max-items --max-downloads --number -n", "--max-articles"),
        ("--after --dateafter --newer-than --days --oldest-article", "--since"),
        ("--cookies-from-browser --cookie --cookie-jar -b", "--cookies"),
        ("--no-images --without-images --skip-images --no-img", "--no-pictures"),
        ("--grayscale --greyscale --gray --bw --mono", "--grey"),
        ("--image-size --max-width --resize", "--picture-size"),
        ("--download-archive --only-new --unseen --skip-seen", "--new"),
        ("--threads --jobs --parallel -j", "--workers"),
        ("--split-chapters --split-by --chapters", "--split"),
        ("--columns --wrap --line-width", "--width"),
        ("--dictionary --pronunciation --pronunciations", "--lexicon"),
        ("--embed-fonts --embed-font --epub-embed-font", "--fonts"),
        ("--concurrency --max-connections", "--connections"),
        ("--max-filesize --size", "--max-size"),
        ("--silent --no-progress", "--quiet"),
        ("--debug --log-level", "--verbose"),
        ("--option --opt --variable -V", "--set"),
        ("--sort-by --order --order-by", "--sort"),
        ("--only --section-name --category --tag", "--section"),
    )
    for own in others.split()
}

# What needs no option here, or cannot be had by one.
NEEDLESS: Mapping[str, str] = {
    name: told
    for names, told in (
        ("--toc --table-of-contents --toc-depth", "a book always has its contents; leave it out"),
        ("--author --authors --creator --artist", "articles bear the names of their authors; leave it out"),
        ("--input --in -i --input-file --url --from --batch-file -a --urls", "inputs need no option"),
        ("--recursive -r -R", "folders are read with all that is below them; leave it out"),
        ("--force --overwrite --force-overwrites -y --yes", "an older file is replaced; leave it out"),
        ("--standalone -s --self-contained --embed-resources", "files hold all they need; leave it out"),
        ("--proxy", "proxies are taken from the variables http_proxy, https_proxy and no_proxy"),
        ("--user-agent --header -H", "we always ask by our own name; --cookies FILE sends cookies"),
        ("--mobi --azw3", "no such file is made; there are epub, pdf, audio, text and json"),
        ("--dry-run --simulate --list", "`newsexport show` tells what would be exported"),
    )
    for name in names.split()
}  # fmt: skip

# What others call our commands, or what people call the result.
COMMANDS: Mapping[str, str] = {
    name: command
    for names, command in (
        ("convert make build create generate pandoc", "export"),
        ("help", "--help"),
        ("version", "--version"),
        ("book ebook e-reader ereader", "epub"),
        ("kindle mobi azw3", "epub --for kindle"),
        ("kobo kepub", "epub --for kobo"),
        ("podcast mp3 speak read tts listen sound audiobook narrate voice", "audio"),
        ("read-aloud overlays smil immersion", "readaloud"),
        ("newspaper print typst", "pdf"),
        ("m4b m4a", "audio --format m4b"),
        ("opus ogg", "audio --format opus"),
        ("txt plain", "text"),
        ("json", "export --to json"),
        ("fetch get download scrape feed rss clip save", "epub"),
        ("list ls info inspect preview stat stats articles", "show"),
        ("check validate lint test epubcheck", "verify"),
        ("mail deliver copy push sync upload transfer kindle-mail email", "send"),
        ("start config configure setup new", "init"),
        ("web server host publish library opds", "serve"),
        ("cron timer daily systemd", "schedule"),
        ("history forget", "seen"),
        ("say-file pronounce", "say"),
        ("log logs", "status"),
    )
    for name in names.split()
}

# Values that people write as options. What a book can be made for is looked up when it is asked.
VALUES: Mapping[str, frozenset[str]] = {
    "--to": frozenset(
        ("epub", "text", "json", "audio", "txt", "mp3", "m4b", "opus", "kepub", "readaloud", "pdf")
    ),
    "--format": frozenset(("mp3", "m4b", "opus")),
}

ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)


class HasCommands(Protocol):
    """The program: its commands by name, each with its options."""

    def every(self) -> Mapping[str, Any]:
        """All of them."""
        ...


def of_option(error: Exception, command: Any, ctx: Any) -> str:
    """What to say of an option or an argument that was typed wrongly; empty where click says it well."""
    if (unknown := getattr(error, "option_name", "")) and hasattr(error, "possibilities"):
        return f"No such option: {unknown}; {_instead(unknown, command, ctx)}"
    parameter = getattr(error, "param", None)
    if type(error).__name__ == "MissingParameter" and getattr(parameter, "metavar", "") == "INPUT":
        return f"Missing argument 'INPUT': what to read, as in: {ctx.command_path} articles/"
    return ""


def before_command(program: str, typed: Sequence[str], group: HasCommands) -> str:
    """What to say of an option before any command: the same behind the first that takes it."""
    return f"name a command first, such as: {program} {_first(typed, group)}"


def _first(typed: Sequence[str], group: HasCommands) -> str:
    """The same behind the first command that takes its first option."""
    option = typed[0].partition("=")[0]
    of_export = "export" if option in {"--to", "-t"} else ""
    taken = (name for name, command in group.every().items() if option in _options(command))
    command = of_export or next(taken, "epub")
    return f"{command} {shlex.join(typed)}"


def no_command(program: str, args: Sequence[str], known: Sequence[str]) -> str:
    """What to type for a command that there is not."""
    word, rest = args[0], shlex.join(_with_output(args[1:]))
    if ADDRESS.match(word) or Path(word).exists() or Path(word).suffix:
        return f"name a command first, such as: {program} epub {shlex.join(args)}"
    command = COMMANDS.get(word.lower()) or nearest(word, known)
    if not command:
        return f"No such command {word!r}; `{program} --help` lists them"
    if command == "export" and not {"--to", "-t", "-o", "--output"} & set(_with_output(args[1:])):
        command = "epub"  # an export has to be told of what
    return f"No such command {word!r}; type: {program} {command} {rest}".rstrip()


def _with_output(args: Sequence[str]) -> list[str]:
    """What was typed, a second file that can only be the one to make marked as that."""
    if len(args) == 2 and args[1][:1] != "-" and Path(args[1]).suffix and not Path(args[1]).exists():
        return [args[0], "-o", args[1]]
    return list(args)


def _instead(unknown: str, command: Any, ctx: Any) -> str:
    """What to type for an option that a command does not have."""
    taken = _options(command)
    group = ctx.parent.command if ctx.parent is not None else None
    others = group.every() if group is not None else {}
    for own in OPTIONS.get(unknown, ()):
        if own in taken:
            return f"do you mean {own}?"
    named = unknown.lstrip("-").lower()
    from newsexport.exporters.epub.device import Device  # noqa: PLC0415 - only mistakes need it

    for own, words in {"--for": {*Device} - {Device.GENERIC}, **VALUES}.items():
        if own in taken and named in words:
            return f"do you mean {own} {named}?"
    if unknown in NEEDLESS:
        return NEEDLESS[unknown]
    having = [name for name, other in others.items() if unknown in _options(other)]
    if having:
        return f"it is an option of {', '.join(having)}"
    for own in OPTIONS.get(unknown, ()):
        having = [name for name, other in others.items() if own in _options(other)]
        if having:
            return f"{own} is meant by that, an option of {', '.join(having)}"
    near = nearest(unknown, [name for name in taken if name.startswith("--")])
    return f"do you mean {near}?" if near else f"`{ctx.command_path} --help` lists them"


def _options(command: Any) -> list[str]:
    return [
        name
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("-")
    ]
