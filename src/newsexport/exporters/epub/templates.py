"""The templates of pages, ours or the user's own, by Jinja.

A user's folder may hold any of our templates under its own name; what it does not hold
is ours. ``{% extends "newsexport/article.xhtml" %}`` builds on ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from markupsafe import Markup

from newsexport import resources
from newsexport.errors import UsageError
from newsexport.exporters.epub.xhtml import language_attributes

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
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        if folder is None:
            raise
        raise UsageError(f"{folder / name}.xhtml: {error}") from error
