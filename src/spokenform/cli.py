"""The command `spokenform`: a text or lines in, the same as they are said out."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from spokenform import Explanation, explain, languages_known
from spokenform.lexicon import EMPTY, Lexicon, LexiconError, read, starter
from spokenform.tags import is_tag

DONE, INTERRUPTED = 0, 130
# What a shell reports when the reader of a pipe went away (128 + SIGPIPE).
BROKEN_PIPE = 141

EPILOG = """\
exit codes:
  0    every text was said
  2    the command line or a lexicon cannot be used

examples:
  spokenform 'Dr. Osei paid $4.5bn on Nov. 3'
  spokenform --language de --steps < artikel.txt
  spokenform --json --starter < lines.txt | jq .spoken
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = _parser()
    options = parser.parse_args(arguments)
    if not is_tag(options.language):
        parser.error(f"--language: {options.language!r} is no language tag, such as en or pt-BR")
    if not options.text and sys.stdin.isatty():
        parser.error("give a text to say, or lines on standard input")
    try:
        lexicon = _lexicon(options.lexicon, wanted=options.starter)
        for text in _texts(options.text):
            # whoever waits for a line gets it before the next is given
            print(_told(explain(text, options.language, lexicon), options), flush=True)  # noqa: T201
    except LexiconError as error:
        parser.error(str(error))
    except BrokenPipeError:
        # so that nothing more is written when Python closes its standard output
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="spokenform",
        description="Say printed text as a newsreader would: figures, dates, money and signs in words.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("text", nargs="*", metavar="TEXT", help="The text; else each line of standard input.")
    parser.add_argument(
        "-l",
        "--language",
        default="en",
        metavar="TAG",
        help="The language of the text, such as en-GB (default: en). There are rules for "
        f"{', '.join(languages_known())}; text in another language has its numbers and signs said "
        "where their words are known.",
    )
    parser.add_argument(
        "--lexicon",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="Your own pronunciations, as TOML or PLS. May be repeated; later files win.",
    )
    parser.add_argument(
        "--starter", action="store_true", help="Use the list of names in the news that comes along."
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--steps", action="store_true", help="Show what each rule changed.")
    shown.add_argument("--json", action="store_true", help="Print one JSON object for each text.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    return parser


def _version() -> str:
    try:
        return version("newsexport")  # the distribution that carries this package
    except PackageNotFoundError:
        return "unknown"


def _lexicon(files: Iterable[Path], *, wanted: bool) -> Lexicon:
    merged = starter() if wanted else EMPTY
    for file in files:
        merged = merged.under(read(file))
    return merged


def _texts(given: Sequence[str]) -> Iterator[str]:
    if given:
        yield " ".join(given)
        return
    for line in sys.stdin:
        yield line.rstrip("\r\n")


def _told(told: Explanation, options: argparse.Namespace) -> str:
    if options.json:
        return json.dumps(asdict(told), ensure_ascii=False)
    if not options.steps:
        return told.spoken
    width = max((len(step.rule) for step in told.steps), default=0)
    steps = (f"  {step.rule:{width}}  {step.after}" for step in told.steps)
    return "\n".join((told.printed, *steps, f"= {told.spoken}"))
