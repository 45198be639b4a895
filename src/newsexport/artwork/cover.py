"""The cover of an edition, drawn from its title, its date and its first headlines.

A dark band carries the masthead, as large as it will go, because a library shows covers
a hundred pixels wide. Under it stand the date and the headlines, one section after
another. The same edition gives the same bytes.

The fonts have Latin, Greek, Cyrillic, Hebrew and Arabic letters; headlines in other
scripts are left out, and for a title in one the date stands in. Such an edition is best
given a picture of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest

from PIL import Image, ImageDraw

from newsexport.artwork import pictures
from newsexport.artwork.lettering import DISPLAY, TEXT, Lettering, is_rightward, printable, visual
from newsexport.dateline import dateline
from newsexport.model import Article, Edition

PAPER, INK, FAINT, ACCENT, WHITE = "#faf6ee", "#17191d", "#b9b2a5", "#a3201b", "#ffffff"

PORTRAIT = (1200, 1600)

# A podcast client shows chapter pictures small and loads them all, so each is kept light.
HEAVIEST_THUMBNAIL = 60_000

HEADLINES = 6


def draw(edition: Edition, size: tuple[int, int] = PORTRAIT) -> bytes:
    """The cover as JPEG of that size in pixels, made for portrait (3:4). Never fails."""
    image = Image.new("RGB", size, PAPER)
    sheet = _Sheet(ImageDraw.Draw(image), size, size[0] / PORTRAIT[0])
    title, dated = printable(edition.title[:300]), dateline(edition.issued, edition.language)
    top = _masthead(sheet, title or dated)
    top = _strip(sheet, top, dated if title else "")
    _headlines(sheet, top, list(_chosen(edition)))
    return pictures.jpeg(image)


def draw_square(edition: Edition, side: int = 1400) -> bytes:
    """The cover as a square JPEG, as podcast clients want it (1400 to 3000 pixels)."""
    return draw(edition, (side, side))


def thumbnail(data: bytes, side: int = 600) -> bytes:
    """The middle of a picture as a square JPEG of at most 60 kB.

    Raises:
        PictureError: as `newsexport.artwork.pictures.prepare`.
    """
    image = pictures.square(data, side)
    for quality in (80, 65, 50, 35, 20):
        small = pictures.jpeg(image, quality)
        if len(small) <= HEAVIEST_THUMBNAIL:
            return small
    return thumbnail(data, side * 2 // 3)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is drawn on; lengths in the code are those of the portrait cover times `unit`."""

    canvas: ImageDraw.ImageDraw
    size: tuple[int, int]
    unit: float

    def px(self, length: float) -> int:
        return round(length * self.unit)

    @property
    def margin(self) -> int:
        return self.px(84)

    @property
    def measure(self) -> int:
        return self.size[0] - 2 * self.margin

    def letters(self, face: str, size: float) -> Lettering:
        return Lettering(face, self.px(size))

    def centre(self, letters: Lettering, baseline: float, line: str, ink: str) -> None:
        letters.draw(self.canvas, ((self.size[0] - letters.width(line)) / 2, baseline), line, ink)

    def align(self, letters: Lettering, baseline: float, line: str, ink: str, *, rightward: bool) -> None:
        """A line of a headline at the side where its script begins."""
        left = self.size[0] - self.margin - letters.width(line) if rightward else self.margin
        letters.draw(self.canvas, (left, baseline), visual(line, rightward=rightward), ink)

    def rule(self, top: float) -> None:
        box = (self.margin, round(top), self.size[0] - self.margin, round(top) + self.px(3) - 1)
        self.canvas.rectangle(box, fill=FAINT)


def _masthead(sheet: _Sheet, title: str) -> float:
    """The band with the title in it; gives where it ends."""
    letters, lines = _fitted(sheet, title)
    rightward = is_rightward(title)
    step = letters.size * 1.06
    band = sheet.px(170) + step * len(lines)
    sheet.canvas.rectangle((0, 0, sheet.size[0], round(band)), fill=INK)
    for row, line in enumerate(lines):
        baseline = sheet.px(85) + step * row + letters.size * 0.84
        sheet.centre(letters, baseline, visual(line, rightward=rightward), WHITE)
    return band


def _fitted(sheet: _Sheet, title: str) -> tuple[Lettering, list[str]]:
    """The title as large as it can be: in one line if that is large, else in two or three."""
    for size, most in ((250, 1), (220, 1), (190, 1), (190, 2), (160, 2), (160, 3), (130, 3), (104, 4)):
        letters = sheet.letters(DISPLAY, size)
        lines = letters.lines(title, sheet.measure, most + 1)
        if len(lines) <= most and " ".join(lines) == title:  # no word had to be cut to fit
            return letters, _balanced(letters, title, lines, sheet.measure)
    letters = sheet.letters(DISPLAY, 88)
    return letters, letters.lines(title, sheet.measure, 5)


def _balanced(letters: Lettering, title: str, lines: list[str], measure: int) -> list[str]:
    """The same number of lines, as nearly of one width as the words allow."""
    for narrower in range(measure, measure // 2, -measure // 24):
        tighter = letters.lines(title, narrower, len(lines) + 1)
        if len(tighter) > len(lines) or " ".join(tighter) != title:
            return lines
        lines = tighter
    return lines


def _strip(sheet: _Sheet, top: float, text: str) -> float:
    """The strip with the date in it; gives where it ends."""
    letters = sheet.letters(TEXT, 54)
    bottom = top + sheet.px(100)
    sheet.canvas.rectangle((0, round(top), sheet.size[0], round(bottom)), fill=ACCENT)
    sheet.centre(letters, top + sheet.px(69), text, WHITE)
    return bottom


def _headlines(sheet: _Sheet, top: float, headlines: list[tuple[str, str]]) -> None:
    """The first headline large, those after it smaller, as many as there is room for."""
    lowest = sheet.size[1] - sheet.px(50)
    baseline = top + sheet.px(24)
    for number, (kicker, headline) in enumerate(headlines):
        letters = sheet.letters(DISPLAY, 66 if number else 104)
        lines = letters.lines(headline, sheet.measure, 2 if number else 5)
        step = letters.size * 1.12
        if baseline + sheet.px(88 if kicker else 26) + step * len(lines) > lowest:
            return
        if number:
            baseline += sheet.px(26)
            sheet.rule(baseline)
        baseline = _entry(sheet, baseline, kicker, (letters, lines))


def _entry(sheet: _Sheet, baseline: float, kicker: str, headline: tuple[Lettering, list[str]]) -> float:
    """One headline under the name of its section; gives the last baseline."""
    letters, lines = headline
    rightward = is_rightward(" ".join(lines))
    if kicker:
        baseline += sheet.px(62)
        sheet.align(sheet.letters(TEXT, 36), baseline, kicker, ACCENT, rightward=rightward)
    for line in lines:
        baseline += letters.size * 1.12
        sheet.align(letters, baseline - sheet.px(8), line, INK, rightward=rightward)
    return baseline


def _chosen(edition: Edition) -> Iterator[tuple[str, str]]:
    """Section and headline: the first article of each section, then the second of each.

    An edition of one article often bears its headline; the standfirst then says more.
    """
    ranks = zip_longest(
        *([(section, article) for article in section.articles] for section in edition.sections)
    )
    entries = (
        (printable(section.title[:60]), printable(_words(article, edition)[:300]))
        for rank in ranks
        for section, article in filter(None, rank)
    )
    return islice(((kicker, headline) for kicker, headline in entries if headline), HEADLINES)


def _words(article: Article, edition: Edition) -> str:
    return article.standfirst if article.title == edition.title else article.title
