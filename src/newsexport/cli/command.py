"""A command: a function, its options in panels, and what its help ends with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import typer
from typer.core import TyperCommand

from newsexport.cli import guidance
from newsexport.cli.option_groups import Panel, spread

# Columns of names beside what they mean; longer names have a line of their own.
NAMES = 25


class HelpfulCommand(TyperCommand):
    """A command with help in panels, and with a hint for an option that it does not have."""

    used_most: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As click does it, but for what is said of a mistake."""
        convert_sparingly(self.get_params(ctx))
        try:
            return super().parse_args(ctx, args)
        except guidance.TypedWrongly as error:
            if hint := guidance.of_option(error, self, ctx):
                ctx.fail(hint)
            raise

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ARG002 - as click calls it
        """``[OPTIONS] INPUT...``: who must be there stands bare, who may be in brackets."""
        pieces = [_named(each) for each in self.params if each.param_type_name == "argument"]
        return ["[OPTIONS]", *pieces]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The options in their panels, those that are used most before the others."""
        panels: dict[str, list[tuple[str, str]]] = {panel: [] for panel in Panel}
        shown = [each for each in self.get_params(ctx) if not getattr(each, "hidden", False)]
        order = {name: at for at, name in enumerate(self.used_most)}
        for each in sorted(shown, key=lambda each: order.get(each.name, len(order))):
            own = getattr(each, "rich_help_panel", None) or Panel.RUN
            panels[Panel.USED if each.name in order else own].append(_record(each))
        for panel, records in panels.items():
            if records:
                with formatter.section(panel):
                    formatter.write_dl([(name.ljust(NAMES), text) for name, text in records], col_max=NAMES)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Two examples."""
        if self.examples:
            with formatter.section("Examples"):
                for line in self.examples:
                    formatter.write(
                        f"{'':{formatter.current_indent}}{ctx.command_path} {line}".rstrip() + "\n"
                    )


@dataclass(frozen=True, slots=True)
class Conversion:
    """What was typed, or is meant where nothing was, as the kind of value that a parameter takes.

    From 0.20 on typer has pydantic do it, which takes longer to load than a small book to make: here it is
    loaded for what is no such value yet.
    """

    kind: object
    load: Callable[[], Any]

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """As typer calls it, and with what it would return."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        if self.kind == list[str] and several and all(type(each) is str for each in value):
            return list(value)
        if type(value) is self.kind and self.kind in PLAIN:
            return value
        return self.load().coerce(value, param=param, ctx=ctx)


# Kinds of values that are what they are; a bound of a number is for one that was typed, which is text.
PLAIN = (str, int, float, bool)


def convert_sparingly(parameters: Sequence[Any]) -> None:
    """Have parameters load what converts their values only for values that need it."""
    for each in parameters:
        load = getattr(each, "get_runtime_param", None)  # older versions of typer have none
        if load and "get_runtime_param" not in vars(each):
            vars(each)["get_runtime_param"] = partial(Conversion, each.type_descriptor.annotation, load)


def _named(parameter: Any) -> str:
    """An argument as it stands in the usage."""
    name = f"{parameter.metavar}{'...' if parameter.nargs != 1 else ''}"
    return name if parameter.required else f"[{name}]"


def _record(parameter: Any) -> tuple[str, str]:
    """A parameter as it is typed, and what it means."""
    if parameter.param_type_name == "argument":
        return _named(parameter), parameter.help
    names = ", ".join(sorted(parameter.opts, key=len))
    if parameter.secondary_opts:
        names += f" / {', '.join(parameter.secondary_opts)}"
    if not getattr(parameter, "is_flag", False) and parameter.metavar:
        names += f" {parameter.metavar}"
    text = parameter.help or ""
    if parameter.show_default and parameter.default not in (None, "", False):
        text += f"  [default: {_plain(parameter.default)}]"
    return names, text


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A function of groups of options, and how its help shows them."""

    function: Callable[..., None]
    used_most: tuple[str, ...]
    examples: tuple[str, ...]

    def build(self, name: str, text: str) -> TyperCommand:
        """The command by its name, with what is said of it first."""
        shown = {"used_most": self.used_most, "examples": self.examples}
        app = typer.Typer(rich_markup_mode=None, add_completion=False)
        app.command(name, cls=type("Command", (HelpfulCommand,), shown), help=text)(spread(self.function))
        built = typer.main.get_command(app)
        if not isinstance(built, TyperCommand):
            raise TypeError(f"{name} is no command")
        return built


def command(
    *, used_most: str = "", examples: Sequence[str] = ()
) -> Callable[[Callable[..., None]], CommandSpec]:
    """Make a command of a function.

    `used_most` are names of fields with spaces between, `examples` what is typed behind the name of the
    command.
    """
    return lambda function: CommandSpec(function, tuple(used_most.split()), tuple(examples))
