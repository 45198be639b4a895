"""The cover of an edition: the front page of its paper, drawn from what is in it.

Masthead, date, the lead picture and the first headlines, legible a hundred pixels wide,
because that is how a library shows a cover. The same edition gives the same bytes on every
machine. The fonts have the scripts of Europe, Hebrew, Arabic, Devanagari, Bengali,
Gujarati, Tamil, Telugu, Thai, and the Chinese, Japanese and Korean characters that news is
written in; a headline in another script gives way to the next one, and for such a title
the date stands in the masthead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from PIL import Image

from newsexport.artwork import LISTED, cover_layout, leadpicture, pictures, themes
from newsexport.artwork.leadpicture import LeadPicture
from newsexport.artwork.shaping import is_rightward
from newsexport.artwork.text_layout import printable
from newsexport.artwork.themes import CoverStory, FrontPage, Manner
from newsexport.model import Article, Edition, Paragraph, Section, plain
from newsexport.text.dates import dateline
from newsexport.text.wording import direction

PORTRAIT = (1200, 1600)

# A podcast client shows chapter pictures small and loads them all, so each is kept light.
HEAVIEST_THUMBNAIL = 60_000

# That of the first story on a page of the web.
WIDE, HEAVIEST_LEAD = (1200, 800), 120_000

# Of a picture as large as an app shows that of an episode.
HEAVIEST_PICTURE = 400_000

# How many articles are looked at for headlines and for the picture that leads.
READ, PICTURED = 40, 10
# Letters of a text that a cover has room for.
SHOWN = 2400


class Style(StrEnum):
    """The designs of a book, and of its cover."""

    CLASSIC = "classic"
    PLAIN = "plain"
    LARGE_PRINT = "large-print"


MANNERS = {
    Style.CLASSIC: themes.CLASSIC,
    Style.PLAIN: themes.PLAIN,
    Style.LARGE_PRINT: themes.LARGE_PRINT,
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cover is drawn: its style, grey or in colour, with a picture other than the edition's own."""

    style: Style = Style.CLASSIC
    grey: bool = False
    picture: bytes | None = None


PLAINLY = Look()


def draw(edition: Edition, size: tuple[int, int] = PORTRAIT, look: Look = PLAINLY) -> bytes:
    """The cover as a baseline JPEG of that size in pixels, at best portrait (3:4) or square. Never fails."""
    manner = MANNERS[look.style]
    image = cover_layout.drawn(_front(edition, look, manner), manner, size)
    return pictures.jpeg(image.convert("L") if look.grey else image)


def draw_square(edition: Edition, side: int = 1400, look: Look = PLAINLY) -> bytes:
    """The cover as a square JPEG, as podcast clients want it (1400 to 3000 pixels)."""
    return draw(edition, (side, side), look)


def draw_article(edition: Edition, article: Article, side: int = 1400) -> bytes:
    """A square JPEG of one article of an edition: its picture, or else the front page as if that were all."""
    picture = leadpicture.chosen([article])
    if picture is not None:
        return _light(picture.cropped(side, side), HEAVIEST_PICTURE)
    within = (one.title for one in edition.sections if any(each is article for each in one.articles))
    alone = Section(next(within, ""), (article,))
    return draw_square(replace(edition, sections=(alone,)), side)


def draw_lead(edition: Edition) -> bytes | None:
    """The picture of the first article as a front page on the web shows it; None where it has none."""
    picture = leadpicture.chosen(islice(edition.articles(), 1))
    return _light(picture.cropped(*WIDE), HEAVIEST_LEAD) if picture is not None else None


def thumbnail(data: bytes, side: int = 600, heaviest: int = HEAVIEST_THUMBNAIL) -> bytes:
    """The middle of a picture as a square JPEG of at most so many bytes.

    Raises:
        PictureError: as `newsexport.artwork.pictures.prepare`.
    """
    return _light(pictures.square(data, side), heaviest)


def _light(image: Image.Image, heaviest: int) -> bytes:
    """A picture as a JPEG of at most so many bytes: coarser as need be, and then smaller."""
    for quality in (80, 65, 50, 35, 20):
        small = pictures.jpeg(image, quality)
        if len(small) <= heaviest:
            return small
    return _light(image.resize((image.width * 2 // 3, image.height * 2 // 3), reducing_gap=2.0), heaviest)


def listed(data: bytes) -> bytes:
    """A picture as it is listed in the catalogue of an e-reader."""
    return thumbnail(data, *LISTED)


def _front(edition: Edition, look: Look, manner: Manner) -> FrontPage:
    """What stands on the cover. The story that the picture belongs to leads."""
    title = printable(edition.title[:300], edition.language)
    dated = (
        printable(dateline(edition.issued, edition.language), edition.language) or edition.issued.isoformat()
    )
    entries = list(islice(_ranked(edition), READ))
    picture = _picture(entries, look)
    if picture is not None and picture.article is not None:
        entries.sort(key=lambda entry: entry[1] is not picture.article)
    stories = (_story(section, article, edition) for section, article in entries)
    return FrontPage(
        title=title or dated,
        dated=dated if title else "",
        stories=tuple(islice((story for story in stories if story.headline), manner.most)),
        picture=picture,
        grey=look.grey,
        language=edition.language,
        rightward=is_rightward(title) or direction(edition.language) == "rtl",
    )


def _picture(entries: list[tuple[str, Article]], look: Look) -> LeadPicture | None:
    own = leadpicture.given(look.picture) if look.picture is not None else None
    return own or leadpicture.chosen(article for _, article in entries[:PICTURED])


def _ranked(edition: Edition) -> Iterator[tuple[str, Article]]:
    """Section and article: the first article of each section, then the second of each."""
    longest = max((len(section.articles) for section in edition.sections), default=0)
    for rank in range(longest):
        for section in edition.sections:
            if rank < len(section.articles):
                yield section.title, section.articles[rank]


def _story(section: str, article: Article, edition: Edition) -> CoverStory:
    """What is told of an article.

    An edition of one article often bears its headline; the standfirst then says more.
    """
    language = article.language or edition.language
    paragraphs = tuple(_beginning(article, language))
    standfirst = printable(article.standfirst[:400], language)
    if article.title == edition.title:
        return CoverStory(printable(section[:60], language), standfirst, "", language, paragraphs)
    headline = printable(article.title[:300], language)
    return CoverStory(printable(section[:60], language), headline, standfirst, language, paragraphs)


def _beginning(article: Article, language: str) -> Iterator[str]:
    """The first paragraphs, as far as a cover could show them."""
    left = SHOWN
    for block in article.body:
        if (
            left > 0
            and isinstance(block, Paragraph)
            and (text := printable(plain(block.spans)[:left], language))
        ):
            left -= len(text)
            yield text
