"""How an edition is read aloud: what is said of it, what is announced, when nothing is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from string import Formatter
from typing import TypeAlias

from newsexport.errors import UsageError
from newsexport.model import Block, Code, Figure, Paragraph, Quote, Table, plain
from spokenform import EMPTY, Lexicon, Spoken, for_the_eye, speak

Say: TypeAlias = Callable[[str, str, Lexicon], Spoken]


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence in seconds after each kind of thing said; before a heading no less than after it.

    What an engine leaves of silence at its edges is cut, but for some hundredths of a second that
    are heard beside these (``benchmarks/prosody.py`` measures them).
    """

    sentence: float = 0.45
    paragraph: float = 0.75
    heading: float = 1.0
    headline: float = 1.0
    article: float = 1.8
    section: float = 1.2


def check_pauses(pauses: Pauses) -> None:
    """Refuse what is no length of silence. Raises `UsageError`."""
    for name, value in asdict(pauses).items():
        if not 0 <= value <= 60:  # false for what is not a number, too
            raise UsageError(f"pauses.{name}: expected 0 to 60, not {value}")


@dataclass(frozen=True, slots=True)
class Parts:
    """What of an article is said beside its headline, its standfirst and its text.

    `credits` are author, source and whether the text is whole; `links` are addresses that
    stand in the text as such.
    """

    credits: bool = True
    captions: bool = False
    tables: bool = True
    code: bool = False
    links: bool = True

    def silent(self, block: Block) -> str:
        """What kind of thing a block is that nobody says; empty for one that is said."""
        match block:
            case Quote(pulled=True):  # which repeats what the text says
                return "pulled quotation"
            case Paragraph(spans) if for_the_eye(plain(spans)):
                return "credit or address"
            case Table() if not self.tables:
                return "table"
            case Figure() if not self.captions:
                return "caption"
            case Code() if not self.code:
                return "code"
            case _:
                return ""


# What a template may name: a title, the number of a section or article and how many there
# are, and the date of the edition as it is said.
FIELDS = ("title", "number", "count", "date")


@dataclass(frozen=True, slots=True)
class Announcements:
    """What is said at the head of an edition, a section, an article; nothing where empty.

    A template may name ``{title}``, ``{number}``, ``{count}`` and ``{date}``. What is
    announced of an article by number is spoken anew when its place in the edition changes.
    """

    edition: str = "{title}. {date}."
    section: str = "{title}"
    article: str = "{title}"

    def __post_init__(self) -> None:
        """Refuse a template that could not be filled in. Raises `UsageError`."""
        for name, template in asdict(self).items():
            try:
                parsed = list(Formatter().parse(template))
            except ValueError as error:
                raise UsageError(f"announcements.{name}: {template!r}: {error}") from error
            for _, named, how, turned in parsed:
                if named is not None and (named not in FIELDS or how or turned):
                    known = ", ".join(f"{{{one}}}" for one in FIELDS)
                    raise UsageError(f"announcements.{name}: {{{named}}} means nothing; there is {known}")


@dataclass(frozen=True, slots=True)
class Position:
    """Where something stands: the so many-th of so many, in an edition of a date as it is said."""

    number: int = 1
    count: int = 1
    date: str = ""

    def announced(self, template: str, title: str) -> str:
        """A template of `Announcements`, filled in."""
        return template.format(title=title, number=self.number, count=self.count, date=self.date)


@dataclass(frozen=True, slots=True)
class Direction:
    """Everything that a script depends on beside the edition. `say` is who knows the rules."""

    pauses: Pauses = field(default_factory=Pauses)
    parts: Parts = field(default_factory=Parts)
    announcements: Announcements = field(default_factory=Announcements)
    lexicon: Lexicon = EMPTY
    say: Say = field(default=partial(speak, marks=True), repr=False, compare=False)
