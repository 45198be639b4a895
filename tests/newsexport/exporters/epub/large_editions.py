"""Editions of any number of articles, of invented words."""

from random import Random

from tests.newsexport.exporters.epub.epub_editions import ISSUED, SEA_WALL, p, picture

from newsexport.model import Article, Edition, Figure, Heading, Section, Span

SYLLABLES = (
    "ha",
    "ven",
    "old",
    "mar",
    "row",
    "kes",
    "trel",
    "bay",
    "lin",
    "den",
    "au",
    "sal",
    "low",
    "ferr",
    "y",
    "nor",
)
SECTIONS = ("World", "Business", "Culture", "Science", "Travel", "Sport")
PICTURES = tuple(picture(600 + 20 * number, 400) for number in range(8))


def words(random: Random, count: int) -> str:
    """That many words, as a sentence."""
    made = ("".join(random.choices(SYLLABLES, k=random.randint(1, 3))) for _ in range(count))
    return f"{' '.join(made).capitalize()}."


def numbered(number: int) -> Article:
    """An article of four paragraphs under two headings; every sixth has a picture."""
    random = Random(number)
    shown = [PICTURES[number % len(PICTURES)]] if number % 6 == 0 else []
    return Article(
        title=words(random, 7).rstrip("."),
        standfirst=words(random, 14),
        byline=SEA_WALL.byline,
        url=f"https://ledger.example/{number}",
        site=SEA_WALL.site,
        language="en",
        lead=Figure(shown[0].name, "A low wall between the sea and a quay") if shown else None,
        media=tuple(shown),
        body=(
            p(words(random, 80)),
            Heading((Span(words(random, 4)),)),
            p(words(random, 120)),
            p(words(random, 60)),
            Heading((Span(words(random, 3)),)),
            p(words(random, 90)),
        ),
    )


def large(count: int) -> Edition:
    """An edition of so many articles, in six sections."""
    articles = [numbered(number) for number in range(count)]
    sections = tuple(Section(name, tuple(articles[at :: len(SECTIONS)])) for at, name in enumerate(SECTIONS))
    return Edition("The Large Ledger", ISSUED, "en", sections)
