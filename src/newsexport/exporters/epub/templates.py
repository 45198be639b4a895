"""The templates of pages, ours or the user's own, by Jinja.

A user's folder may hold any of our templates under its own name; what it does not hold
is ours. ``{% extends "newsexport/article.xhtml" %}`` builds on ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from traceback import extract_tb

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from markupsafe import Markup

from newsexport import resources
from newsexport.errors import UsageError
from newsexport.exporters.html.xhtml import language_attributes

# What a template can raise that is compiled and has a fault.
FAULTS = (
    TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError
)  # fmt: skip

NAMES = ("page", "cover", "front", "section", "article", "contents")


@cache
def environment(folder: Path | None) -> Environment:
    """The templates, those in the folder before ours."""
    ours = DictLoader(
        {f"{name}.xhtml": resources.read(f"epub/{name}.xhtml").decode() for name in NAMES},
    )
    own: list[BaseLoader] = [] if folder is None else [FileSystemLoader(folder)]
    made = Environment(
        loader=ChoiceLoader([*own, ours, PrefixLoader({"newsexport": ours})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["spoken"] = spoken
    return made


def spoken(language: str, around: str) -> Markup:
    """The attributes of an element in a language, within text in another; for use in templates."""
    return Markup(language_attributes(language, around))  # noqa: S704 - made of tags that were checked


def check(folder: Path) -> None:
    """Find the errors of a user's templates before anything is made.

    Raises:
        UsageError: there is no template of ours in the folder, or one cannot be compiled.
    """
    found = [name for name in NAMES if (folder / f"{name}.xhtml").is_file()]
    if not found:
        raise UsageError(
            f"{folder}: holds no template; there can be {', '.join(f'{name}.xhtml' for name in NAMES)}"
        )
    for name in found:
        try:
            environment(folder).get_template(f"{name}.xhtml")
        except TemplateSyntaxError as error:
            raise UsageError(
                f"{error.filename or folder / name}, line {error.lineno}: {error.message}"
            ) from error
        except (TemplateError, OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{folder / name}.xhtml: {error}") from error


def render(folder: Path | None, name: str, values: Mapping[str, object]) -> bytes:
    """A page.

    Raises:
        UsageError: a user's template fails with these values.
    """
    try:
        return environment(folder).get_template(f"{name}.xhtml").render(values).encode("utf-8", "replace")
    except FAULTS as error:
        if folder is None:
            raise
        raise UsageError(f"{_place(error, folder, name)}: {_words(error)}") from error


def _place(error: Exception, folder: Path, name: str) -> str:
    """The file and line of the user's template that failed; Jinja names them in its tracebacks."""
    frames = [frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).parent == folder]
    return f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else f"{folder / name}.xhtml"


def _words(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it extends itself"
    return f"there is no template {error}" if isinstance(error, TemplateNotFound) else str(error)
