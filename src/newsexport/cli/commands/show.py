"""The command `show`: an edition at a glance, before anything is made of it."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Annotated

from newsexport.cli.command import command
from newsexport.cli.console import printable
from newsexport.cli.exits import reporting
from newsexport.cli.option_groups import Inputs, Judging, Panel, WordsOnly, collecting_options, option
from newsexport.cli.tables import Column, tabulated
from newsexport.model import Article, Edition
from newsexport.text.counting import counted, reading_minutes, word_count

if TYPE_CHECKING:
    from newsexport.extraction.reasons import BlockVerdict

# What the embedded voices read of news at speed 1, with headlines and all pauses: medians of 134 to 148, by
# voice and by kind of article (benchmarks/prosody.py).
WORDS_A_MINUTE_HEARD = 142

# So many letters of a block are shown.
SHOWN = 70

# For a number that nobody knows.
UNKNOWN = "–"

COLUMNS = (
    Column("Section"),
    Column("Title", flexible=True),
    Column("Lang."),
    Column("Words", right=True),
    Column("Read", right=True),
    Column("Hear", right=True),
)


@dataclass(frozen=True, slots=True)
class Glance:
    """One article at a glance; of one whose page is not fetched nobody knows how long it is."""

    section: str
    title: str
    reference: str
    language: str
    words: int | None
    reading_minutes: int | None
    listening_minutes: int | None


@dataclass(frozen=True)
class Listening:
    """How fast the edition would be heard."""

    speed: Annotated[
        float,
        option(
            "Tell how long it takes to hear at this speed; 2 is twice as fast.",
            panel=Panel.SOUND,
            min=0.1,
            metavar="NUMBER",
            show_default=True,
        ),
    ] = 1.0


@dataclass(frozen=True)
class Explaining:
    """Whether it is asked why."""

    why: Annotated[
        bool, option("Tell of every block of a page whether it is kept, and why.", "--why", panel=Panel.READ)
    ] = False


@command(
    used_most="since new max_articles minutes sort speed why json",
    examples=("subscriptions.opml --since 24h --minutes 25", "page.html --why"),
)
def show(
    inputs: Inputs, listening: Listening, explaining: Explaining, reading: WordsOnly, judging: Judging
) -> None:
    """Show what would be exported, as far as files and lists tell it. Ends the run with its exit code."""
    from newsexport.cli.editions import read_edition  # noqa: PLC0415 - keeps --help and completion fast
    from newsexport.pipeline import glance as at_a_glance  # noqa: PLC0415 - as above

    if explaining.why:
        _explain(inputs, reading, judging)
        return
    with reporting(judging, strict=judging.strict) as console:
        options = collecting_options(reading)
        collected, edition = read_edition(inputs.references, options, console, at_a_glance)
        glances = [
            unread(article, section.title)
            if article.id in collected.listed
            else glance(article, section.title, listening.speed)
            for section in edition.sections
            for article in section.articles
        ]
        console.show(_text(edition, glances), _facts(edition, glances))


def _explain(inputs: Inputs, reading: WordsOnly, judging: Judging) -> None:
    """Show every block of the pages, kept or dropped, with the reason."""
    from newsexport.cli.context import user_folders  # noqa: PLC0415 - keeps --help and completion fast
    from newsexport.collecting.explaining import explained  # noqa: PLC0415 - as above
    from newsexport.routine.collecting_session import collecting_session  # noqa: PLC0415 - as above

    with reporting(judging, strict=judging.strict) as console:
        options = collecting_options(reading)
        with collecting_session(options, user_folders(), console.report) as session:
            pages = list(explained(inputs.references, console.report, session.means))
        text = "\n\n".join("\n".join((printable(name), *map(_line, blocks))) for name, blocks in pages)
        facts = [{"reference": name, "blocks": [asdict(each) for each in blocks]} for name, blocks in pages]
        console.show(text, {"pages": facts})


def _line(verdict: BlockVerdict) -> str:
    """One block: what becomes of it, how likely it is the article's, what it is and begins with, and why."""
    fate = "kept   " if verdict.kept else "dropped"
    shown = verdict.text if len(verdict.text) <= SHOWN else f"{verdict.text[: SHOWN - 1]}…"
    return f"  {fate} {verdict.probability:4.0%}  {verdict.tag:<6} {printable(shown)}\n{'':22}{verdict.why}"


def glance(article: Article, section: str, speed: float) -> Glance:
    """The article's figures, heard at this speed; a minute is the least of each, where there is a word."""
    words = word_count(article)
    return replace(
        unread(article, section),
        words=words,
        reading_minutes=reading_minutes(article) if words else 0,
        listening_minutes=max(1, round(words / (WORDS_A_MINUTE_HEARD * speed))) if words else 0,
    )


def unread(article: Article, section: str) -> Glance:
    """An article of which no more is known than what its list tells."""
    return Glance(section, article.title, article.reference, article.language, None, None, None)


def _facts(edition: Edition, glances: list[Glance]) -> dict[str, object]:
    return {
        "title": edition.title,
        "issued": edition.issued.isoformat(),
        "language": edition.language,
        "articles": [asdict(each) for each in glances],
        "totals": {"articles": len(glances), "not_fetched": _not_fetched(glances), **_sums(glances)},
    }


def _sums(glances: list[Glance]) -> dict[str, int]:
    return {
        "words": sum(each.words or 0 for each in glances),
        "reading_minutes": sum(each.reading_minutes or 0 for each in glances),
        "listening_minutes": sum(each.listening_minutes or 0 for each in glances),
    }


def _not_fetched(glances: list[Glance]) -> int:
    return sum(each.words is None for each in glances)


def _figures(words: int | None, *minutes: int | None) -> tuple[str, ...]:
    """Words and minutes as they are shown; a dash is what nobody knows."""
    return (
        UNKNOWN if words is None else str(words),
        *(UNKNOWN if number is None else f"{number} min" for number in minutes),
    )


def _text(edition: Edition, glances: list[Glance]) -> str:
    rows = [
        (
            each.section,
            each.title,
            each.language,
            *_figures(each.words, each.reading_minutes, each.listening_minutes),
        )
        for each in glances
    ]
    words, reading, listening = _sums(glances).values()
    articles = counted(len(glances), "article")
    missing = _not_fetched(glances)
    known = (words, reading, listening) if missing < len(glances) else (None, None, None)
    totals = ("Total", articles, edition.language, *_figures(*known))
    table = tabulated(COLUMNS, rows, totals, terminal=sys.stdout.isatty())
    return f"{printable(edition.title)}, {edition.issued.isoformat()}\n\n{table}{_told(missing)}"


def _told(missing: int) -> str:
    """That pages are not fetched, and so not counted."""
    if not missing:
        return ""
    pages, they = ("page is", "its length is") if missing == 1 else ("pages are", "their length is")
    return f"\n\n{missing} {pages} not fetched to show this: {they} not known, and not in the total."
