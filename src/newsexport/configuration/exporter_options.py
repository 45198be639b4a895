"""Names and words to exporters: which option belongs to whom, and what its words mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, get_args

from newsexport import plugins
from newsexport.configuration.names import CALLED
from newsexport.configuration.option_kinds import Kinds, Values, kind_of, kinds, made, parse_option
from newsexport.errors import UsageError
from newsexport.exporters.format_choice import Order
from newsexport.protocols import Exporter
from newsexport.text.nearest import there_is


def configured(
    orders: Sequence[Order], options: Mapping[str, object], settings: Iterable[str] = ()
) -> dict[Order, Exporter]:
    """The exporter of each order, with those of the options that it takes; None and [] are not given.

    `settings` are ``NAME=VALUE`` or ``FORMAT.NAME=VALUE``.

    Raises:
        UsageError: an option that none of them takes, a value of the wrong kind, or one that is at odds
            with how the format or the file is called.
    """
    factories = {order: plugins.exporters[order.format] for order in orders}
    takes = {order: kinds(factory) for order, factory in factories.items()}
    values: dict[Order, Values] = {order: {} for order in orders}
    for option, value in options.items():
        if value in (None, []):
            continue
        takers = [order for order in orders if option in takes[order]]
        if not takers:
            raise UsageError(f"--{_flag(option)} means nothing to {_named(orders)}")
        for order in takers:
            values[order][option] = _chosen(value, takes[order][option], f"--{_flag(option)}")
    for setting in settings:
        _apply(setting, takes, values)
    _agree(values)
    refuse_pipes(value for told in values.values() for value in told.values())
    return {order: made(order.format, factory, values[order]) for order, factory in factories.items()}


def refuse_pipes(values: Iterable[object]) -> None:
    """Refuse files among the options that would be waited for. Raises `UsageError`."""
    for value in values:
        if isinstance(value, Path) and value.exists() and not (value.is_file() or value.is_dir()):
            raise UsageError(f"{value}: is a device or a pipe, not a file")


def _named(orders: Iterable[Order]) -> str:
    return ", ".join(dict.fromkeys(order.format for order in orders))


def _flag(option: str) -> str:
    """What an option of an exporter is called on the command line."""
    return next((called for called, name in CALLED.items() if name == option), option).replace("_", "-")


def _agree(values: Mapping[Order, Values]) -> None:
    """Let what formats and files are called decide what was left open. Raises `UsageError` at odds."""
    for order, told in values.items():
        for option, value in order.given:
            first, *others = value if isinstance(value, tuple) else (value,)
            if told.setdefault(option, first) not in (first, *others):
                raise UsageError(
                    f"{order.named or order.word}: that name asks for --{_flag(option)} {first}, "
                    f"and --{_flag(option)} {told[option]} was given"
                )


def _chosen(value: object, kind: Any, option: str) -> object:
    """A word for one of several choices becomes that choice; other values are what they should be."""
    if isinstance(value, list):
        inner = next(iter(get_args(kind)), str)
        return tuple(parse_option(one, inner, option) if isinstance(one, str) else one for one in value)
    is_choice = isinstance(kind, type) and issubclass(kind, Enum)
    return parse_option(value, kind, option) if is_choice and isinstance(value, str) else value


def _apply(setting: str, takes: Mapping[Order, Kinds], values: Mapping[Order, Values]) -> None:
    """Note ``NAME=VALUE`` for every format that takes it, ``FORMAT.NAME=VALUE`` for that one."""
    path, equals, words = setting.partition("=")
    if not equals:
        raise UsageError(f"--set {setting}: expected NAME=VALUE or FORMAT.NAME=VALUE")
    path = path.strip().replace("-", "_")
    first, _, rest = path.partition(".")
    its_own = [order for order in takes if rest and first in (order.format, order.word)]
    orders, option = (its_own, rest) if its_own else (list(takes), path)
    takers = [order for order in orders if kind_of(option, takes[order]) is not None]
    if not takers:
        known = sorted({known for order in orders for known in takes[order]})
        raise UsageError(f"--set {setting}: {_named(orders)} takes no such option{there_is(option, known)}")
    for order in takers:
        values[order][option] = parse_option(words, kind_of(option, takes[order]), f"{order.format}.{option}")
