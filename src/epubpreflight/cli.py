"""The command `epubpreflight`: books checked one after the other, and their faults said in plain words."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from io import TextIOWrapper
from pathlib import Path

from epubpreflight.book_checker import check
from epubpreflight.epubcheck import EpubCheckError, require_epubcheck, run_epubcheck
from epubpreflight.fault import Fault, Severity, Vendor
from epubpreflight.rules import Rule

SOUND, FAULT_FOUND = 0, 7
# 128 and the number of SIGINT and of SIGPIPE, as shells count them.
INTERRUPTED, PIPE_CLOSED = 130, 141

EXIT_CODES = """\
exit codes:
  0    every book is sound, though there may be advice
  2    the command line cannot be understood, or EPUBCheck cannot be run
  7    a book cannot be read, or something in one is refused or shown wrong

examples:
  epubpreflight book.epub
  epubpreflight --for kindle *.epub
  epubpreflight --json book.epub | jq '.faults[].rule'
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not options.books and not options.list_rules:
        parser.error("which book? Give the path of at least one EPUB")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = _run(options)
        sys.stdout.flush()
    except EpubCheckError as error:
        parser.error(str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever reads has enough, as `head` has; nothing is left to flush at the exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return code


def _run(options: argparse.Namespace) -> int:
    vendor = Vendor(options.vendor) if options.vendor else None
    if options.list_rules:
        _print(_rule_lines(vendor, as_json=options.json))
        return SOUND
    if options.epubcheck:
        require_epubcheck()
    return max(_check(path, vendor, options) for path in options.books)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="epubpreflight",
        description="Say what readers and shops would refuse or show wrong in an EPUB.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("books", nargs="*", type=Path, metavar="BOOK", help="An EPUB file.")
    parser.add_argument(
        "--for",
        dest="vendor",
        choices=[vendor.value for vendor in Vendor],
        metavar="VENDOR",
        help=f"Also say what this shop or reader would refuse: {', '.join(Vendor)}.",
    )
    parser.add_argument("--json", action="store_true", help="Print one JSON object for each book.")
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="Leave out advice, and books that are sound."
    )
    parser.add_argument(
        "--epubcheck",
        action="store_true",
        help="Ask EPUBCheck as well, which has to be installed and needs Java.",
    )
    parser.add_argument("--list-rules", action="store_true", help="List every rule and its source, and stop.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    return parser


def _version() -> str:
    try:
        return version("newsexport")  # the distribution that carries this package
    except PackageNotFoundError:
        return "unknown"


def _check(path: Path, vendor: Vendor | None, options: argparse.Namespace) -> int:
    """Check one book and print what is found."""
    try:
        faults = check(path, vendor)
        if options.epubcheck:
            faults += tuple(run_epubcheck(path))
    except OSError as error:
        faults = (Rule.ZIP_UNREADABLE.at("", error.strerror or str(error)),)
    sound = all(fault.severity is Severity.ADVICE for fault in faults)
    shown = [fault for fault in faults if not options.quiet or fault.severity is not Severity.ADVICE]
    if options.json:
        found = {"path": str(path), "sound": sound, "faults": [asdict(fault) for fault in shown]}
        _print([json.dumps(found)])
    elif shown or not options.quiet:
        _print(_book_lines(path, shown, sound=sound))
    return SOUND if sound else FAULT_FOUND


def _book_lines(path: Path, faults: Sequence[Fault], *, sound: bool) -> Iterator[str]:
    yield _printable(f"{path}: {'sound' if sound else 'NOT SOUND'}")
    for fault in faults:
        names = ", ".join(filter(None, (fault.rule, fault.epubcheck)))
        yield _printable(f"  {fault.severity}: {fault} [{names}]")


def _printable(line: str) -> str:
    """The line without control characters: names of files in a book may hold anything."""
    return "".join(c if c.isprintable() else " " for c in line)


def _rule_lines(vendor: Vendor | None, *, as_json: bool) -> Iterator[str]:
    """The rules that a book for this vendor is held to; for none, those of all vendors too."""
    for rule in Rule:
        if vendor and not rule.applies_to(vendor):
            continue
        vendors = sorted(rule.vendors or ())
        if as_json:
            row = {
                "rule": rule.id,
                "severity": rule.severity,
                "epubcheck": rule.epubcheck,
                "vendors": vendors,
            }
            yield json.dumps(row | {"message": rule.message, "source": rule.source})
        else:
            yield f"{rule.id}: {rule.severity} [{rule.epubcheck or ', '.join(vendors) or 'any reader'}]"
            yield f"    {rule.message}"
            yield f"    {rule.source}"


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)  # noqa: T201 - a command's output
