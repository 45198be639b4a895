"""What is ordered: formats by the words they were asked for, and what the name of the file says of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from newsexport import plugins
from newsexport.errors import NewsExportError, UsageError
from newsexport.protocols import Exporter, NamesSuffixes
from newsexport.text.nearest import there_is

STANDARD_OUTPUT = "-"

# What the end of a name looks like that says what the file is: `.pdf`, `.azw3`, but no `.2026`, no `. Ives`.
TELLING = re.compile(r"\.(?=[0-9]*[a-z])[a-z0-9]{1,5}")

Given: TypeAlias = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Order:
    """A format, the word it was asked for by, and the options which that and the name of the file ask for.

    `named` is that file, where its name asks for something.
    """

    word: str
    format: str
    given: Given = ()
    named: str = ""


def ordered(words: Sequence[str], output: str) -> list[Order]:
    """What was asked for, each once; where nothing was, what the name of the file says.

    A word is the name of a format, or the suffix of a file that one makes (``mp3``); several stand in one
    with commas between.

    Raises:
        UsageError: nobody makes that, or the file would not be what its name says.
    """
    asked = [part.strip() for word in words for part in word.split(",") if part.strip()]
    orders = [_order(word) for word in asked] if asked else [_by_name(output)]
    once = list({(order.format, order.given): order for order in orders}.values())
    return [_named(once[0], output)] if len(once) == 1 and is_file(output) else once


def is_folder(output: str) -> bool:
    """Whether a path means a folder: it is one, or is written as one."""
    # of a path that no file system takes, os.path says no where a Path raises
    return output.endswith(("/", os.sep)) or os.path.isdir(output)  # noqa: PTH112


def is_file(output: str) -> bool:
    """Whether a path means a file that has a name."""
    return output != STANDARD_OUTPUT and not is_folder(output)


def ending(output: str) -> str:
    """What the name of a file ends in, if that says what the file is: in small letters with its dot."""
    suffix = Path(output).suffix.lower()
    return suffix if TELLING.fullmatch(suffix) else ""


def suffixes_of(name: str) -> Mapping[str, Mapping[str, object]]:
    """The suffixes of files that a format makes, each with the options it takes. Raises `NewsExportError`."""
    factory = plugins.exporters[name]
    told = getattr(factory, "suffixes", None)
    if isinstance(told, Mapping):
        return told
    try:
        made = factory()
    except (TypeError, ValueError):  # it has options that must be given, on which its suffix may depend
        return {}
    if isinstance(made, NamesSuffixes):
        return made.suffixes
    return {made.suffix: {}, Path(f"x{made.suffix}").suffix: {}}  # what ends in .headlines.txt is a .txt


def _every() -> Iterator[tuple[str, str]]:
    """Every suffix with a format that makes it; a plug-in that is broken makes none."""
    for name in plugins.exporters:
        try:
            yield from ((suffix, name) for suffix in suffixes_of(name))
        except NewsExportError:
            continue


def _order(word: str) -> Order:
    names = {name.lower(): name for name in plugins.exporters}
    if word in plugins.exporters or word.lower() in names:
        return Order(word.lower(), word if word in plugins.exporters else names[word.lower()])
    suffix = "." + word.lower().removeprefix(".")
    for known, name in sorted(_every(), key=_own):
        if suffix in (known, known.removesuffix(".epub")):  # kepub.epub is called kepub for short
            return Order(word.lower(), name, tuple(_own_options(suffixes_of(name), known)))
    raise UsageError(f"no format named {word!r}{there_is(word, plugins.exporters)}")


def _own_options(suffixes: Mapping[str, Mapping[str, object]], suffix: str) -> Iterator[tuple[str, object]]:
    """What a suffix used as a word asks for: not what every file of the format has that is called by one.

    An MP3 may be in parts (``--to mp3 --split section``), a file called ``morning.mp3`` is whole.
    """
    for option, value in suffixes[suffix].items():
        if any((option, value) not in each.items() for each in suffixes.values()):
            yield option, value


def _own(one: tuple[str, str]) -> bool:
    """Whether a suffix is only the second of its format; `.json` is an edition before it is a script."""
    suffix, name = one
    return next(iter(suffixes_of(name))) != suffix


def _longest(output: str, asked: str = "") -> tuple[str, str] | None:
    """The suffix that a name ends in, of all that are known the longest, and who makes it.

    Where all behind the first dot is a suffix of the format that was `asked` for, no other is longer; the
    others need not be loaded for that.
    """
    name = Path(output).name.lower()
    whole = name[name.find(".") :]
    if asked and whole in suffixes_of(asked):
        return whole, asked
    fitting = [one for one in _every() if name.endswith(one[0])]
    return min(fitting, key=lambda one: (-len(one[0]), _own(one)), default=None)


def is_made(name: str) -> bool:
    """Whether a name is written like that of a file which a format makes."""
    return "://" not in name and _longest(name) is not None


def _by_name(output: str) -> Order:
    found = _longest(output) if is_file(output) else None
    if found is not None:
        return Order(found[1], found[1])
    known = ", ".join(plugins.exporters)
    if is_file(output) and ending(output):
        raise UsageError(f"{output}: no format here makes {ending(output)[1:]} files (there is: {known})")
    raise UsageError(f"say what to make, such as --to epub or -o book.epub (there is: {known})")


def _named(order: Order, output: str) -> Order:
    """The order with what the name of the file asks for. Raises `UsageError` if its word asks for another."""
    known = suffixes_of(order.format)
    longest = _longest(output, order.format)
    if longest is None or longest[0] not in known:
        return order
    wanted, word = known[longest[0]], dict(order.given)
    if any(word.get(option, value) != value for option, value in wanted.items()):
        raise UsageError(f"{output}: {order.word} was asked for, and the name says {longest[0][1:]}")
    return replace(order, given=tuple({**wanted, **word}.items()), named=output)


def check_name(order: Order, exporter: Exporter, output: str) -> None:
    """Refuse a name that says the file is what it will not be. Raises `UsageError`."""
    known, longest = suffixes_of(order.format), _longest(output, order.format)
    own = (*known, exporter.suffix)
    if (longest[0] in own) if longest else not ending(output):
        return
    if exporter.suffix not in known and Path(output).name.lower().endswith(exporter.suffix):
        return  # known only now that its options are
    raise UsageError(
        f"{output}: {order.format} is written as {told_suffixes(known or {exporter.suffix: {}})}"
    )


def check_ending(output: str, what: str, known: Sequence[str]) -> None:
    """The same for a command that makes files of these kinds only. Raises `UsageError`."""
    if ending(output) not in ("", *known):
        raise UsageError(
            f"{output}: {what} is written as {told_suffixes({each: {each: 1} for each in known})}"
        )


def told_suffixes(known: Mapping[str, Mapping[str, object]]) -> str:
    """``mp3, m4b or opus``: of several names for one form the first."""
    firsts: dict[tuple[tuple[str, object], ...], str] = {}
    for suffix, options in known.items():
        firsts.setdefault(tuple(options.items()), suffix.removeprefix("."))
    *others, last = firsts.values()
    return f"{', '.join(others)} or {last}" if others else last
