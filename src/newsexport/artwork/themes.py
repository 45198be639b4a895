"""What stands on a cover, and what tells one design of it from another."""

from __future__ import annotations

from dataclasses import dataclass

from newsexport.artwork.fonts import DISPLAY, HEADLINE, SANS, TEXT
from newsexport.artwork.leadpicture import LeadPicture


@dataclass(frozen=True, slots=True)
class Manner:
    """What tells one design from another. Sizes are of letters, on a cover 1200 wide."""

    masthead: str
    display: str
    text: str
    most: int  # stories
    lead: tuple[int, ...]  # sizes of the first headline, the largest that fits is taken
    second: int
    kicker: int
    dated: int
    body: int
    banded: bool = False  # the masthead white on black and the picture from edge to edge
    abreast: bool = False  # the stories after the first in columns


CLASSIC = Manner(DISPLAY, HEADLINE, TEXT, 3, (112, 102, 92, 82, 74), 46, 34, 40, 32, abreast=True)
PLAIN = Manner(SANS, SANS, SANS, 3, (96, 88, 80, 72, 66), 46, 32, 42, 30, banded=True, abreast=True)
LARGE_PRINT = Manner(SANS, SANS, SANS, 2, (150, 138, 126, 114, 102, 90), 92, 54, 72, 52)
GROWN = 1.6  # of the first headline where there is neither a picture nor a text, at most


@dataclass(frozen=True, slots=True)
class CoverStory:
    """A headline under the name of its section, and how its text begins, in letters that can be drawn."""

    kicker: str
    headline: str
    standfirst: str
    language: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What stands on a cover. An empty `dated` means that the date is the title."""

    title: str
    dated: str
    stories: tuple[CoverStory, ...]
    picture: LeadPicture | None
    grey: bool
    language: str
    rightward: bool
