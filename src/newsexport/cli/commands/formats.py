"""The command `formats`: what can be made, and with which options."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from newsexport import plugins
from newsexport.cli.command import command
from newsexport.cli.console import printable
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Telling
from newsexport.configuration.option_kinds import about, defaults
from newsexport.errors import NewsExportError
from newsexport.events import Noted
from newsexport.plugins import PluginError
from newsexport.work.containment import contained


@dataclass(frozen=True, slots=True)
class ListedFormat:
    """An exporter as the user sees it: `options` are names and defaults for ``--set``."""

    name: str
    suffix: str
    about: str
    options: dict[str, bool | float | str | None]


@command(examples=("", "--json"))
def formats(telling: Telling) -> None:
    """List every exporter with its suffix and options. Ends the run."""
    with reporting(telling) as console:
        facts = []
        for name in plugins.exporters:
            try:
                facts.append(_format(name))
            except NewsExportError as error:
                console.report(Noted(str(error)))
        console.show("\n".join(map(_format_text, facts)), {"formats": [asdict(each) for each in facts]})


def _format(name: str) -> ListedFormat:
    factory = plugins.exporters[name]
    with contained(lambda reason: PluginError(f"exporter {name}: {reason}"), quitting=True):
        try:
            suffix = factory().suffix
        except TypeError:  # it has options that must be given, on which its suffix may depend
            suffix = ""
        return ListedFormat(name, suffix, about(factory), dict(defaults(factory)))


def _format_text(form: ListedFormat) -> str:
    lines = [f"{form.name}  {form.suffix}  {form.about}"]
    lines += [f"    --set {form.name}.{option}={_shown(value)}" for option, value in form.options.items()]
    return "\n".join(map(printable, lines))


def _shown(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
