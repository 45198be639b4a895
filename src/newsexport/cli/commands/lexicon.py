"""The command `lexicon`: several lexicons as one, in the form that another program reads."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

from newsexport.cli.command import command
from newsexport.cli.console import shown
from newsexport.cli.context import lexicons
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Panel, Telling, argument, option
from newsexport.errors import UsageError
from newsexport.events import Wrote
from newsexport.exporters.format_choice import check_ending
from newsexport.narration.lexicons import read
from newsexport.storage.staging import staged
from newsexport.text.languages import is_tag
from spokenform.lexicon import EMPTY, PLS_SUFFIXES, Lexicon, starter, to_toml
from spokenform.lexicon.pls import to_pls


@dataclass(frozen=True)
class Merging:
    """Which lexicons, and as what."""

    files: Annotated[
        list[Path] | None,
        argument("Lexicons, of which later ones win.  [default: your lexicon.toml]", "FILE"),
    ] = None
    output: Annotated[
        str,
        option(
            "Write them to this file: as PLS if it ends in .pls or .xml, and as TOML otherwise.",
            "--output",
            "-o",
            panel=Panel.PLACE,
            metavar="FILE",
        ),
    ] = ""
    language: Annotated[
        str,
        option("Take only what holds in this language; a PLS has one.", panel=Panel.CHOOSE, metavar="TAG"),
    ] = ""
    starter: Annotated[
        bool, option("Add the list that comes with the program.", "--starter", panel=Panel.CHOOSE)
    ] = False


@command(examples=("names.toml places.pls -o all.toml", "names.toml --language en -o names.pls"))
def lexicon(merging: Merging, telling: Telling) -> None:
    """Print lexicons as one, or write them. Ends the run with its exit code."""
    with reporting(telling, placed=True) as console:
        merged = _merged(merging)
        if merging.output:
            target = Path(merging.output)
            check_ending(merging.output, "a lexicon", (".toml", *sorted(PLS_SUFFIXES)))
            data = _written(merged, target, merging.language)
            replaced = target.exists()
            with staged(target) as draft:
                draft.write_bytes(data)
            console.report(Wrote(target, replaced))
            return
        for entry in merged.entries:
            console.show(shown(to_toml(Lexicon((entry,)))), asdict(entry))


def _merged(merging: Merging) -> Lexicon:
    if merging.language and not is_tag(merging.language):
        raise UsageError(f"--language: expected a tag such as en or pt-BR, not {merging.language!r}")
    merged = starter() if merging.starter else EMPTY
    files = lexicons(merging.files)
    if not files and not merging.starter:
        raise UsageError("name a lexicon, or ask for --starter")
    for file in files:
        merged = merged.under(read(file))
    if merging.language:
        merged = Lexicon(tuple(one for one in merged.entries if one.speaks(merging.language)))
    return merged


def _written(merged: Lexicon, target: Path, language: str) -> bytes:
    if target.suffix.lower() not in PLS_SUFFIXES:
        return to_toml(merged).encode()
    own = {entry.language for entry in merged.entries} - {""}
    if not language and len(own) != 1:
        raise UsageError(f"{target}: a PLS is in one language; give --language")
    return to_pls(merged, language or own.pop())
