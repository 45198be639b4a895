"""An edition to one book, or to the parts it has to be split into."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from epubpreflight import EpubCheckError, require_epubcheck, run_epubcheck
from newsexport import assets
from newsexport.artwork import cover as covers
from newsexport.artwork import pictures
from newsexport.artwork.cover import Look, Style
from newsexport.artwork.fonts import DISPLAY, has
from newsexport.artwork.image_limits import Fit
from newsexport.errors import UsageError
from newsexport.events import PICTURE, Cause, Finished, Lost, Noted, Omitted, Started
from newsexport.exporters.epub import pages
from newsexport.exporters.epub.articles import is_repeated
from newsexport.exporters.epub.assemble import Volume, bind, pressing
from newsexport.exporters.epub.contents import Layout
from newsexport.exporters.epub.device import Device
from newsexport.exporters.epub.images import images
from newsexport.exporters.epub.outline import identity_of, survey, volumes
from newsexport.exporters.epub.pages import Book
from newsexport.exporters.html.inline import Links
from newsexport.job import Job
from newsexport.model import Edition
from newsexport.storage.atomic import read_named
from newsexport.text.dates import dateline
from newsexport.text.quotation_marks import typographic

if TYPE_CHECKING:  # loaded for books that are heard
    from newsexport.exporters.epub.overlays import Recital

STEP = "epub"
OUR_STYLE, USER_STYLE = "style.css", "user.css"
HEADLINES = "fonts/NotoSerifDisplay-CondensedExtraBold.ttf"  # as the fonts' style asks for it

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class EpubExporter:
    """Makes a book, valid whatever the articles hold. The fields are the options of ``newsexport epub``.

    `device` is for whom it is made. `style` is one of ours; `css` a file whose rules come
    after it, `templates` a folder with pages of the user's own, `cover` a picture to use
    instead of the drawn cover. `fonts` puts the font of our headlines into the book;
    left open, it does so in the classic style where the headlines are in letters that it has.
    `links` is what becomes of links that lead out of it; with `codes` each of those notes
    has a QR code, for a reader who is offline. `vertical` sets Japanese and Chinese from
    top to bottom. A book larger than `part_size` megabytes is split (0: as the device
    asks). With `epubcheck` EPUBCheck is asked about the finished book as well. Without `kepub` a
    Kobo's book is a plain EPUB, too.
    """

    device: Device = Device.GENERIC
    style: Style = Style.CLASSIC
    css: Path | None = None
    templates: Path | None = None
    cover: Path | None = None
    fonts: bool | None = None
    links: Links = Links.INLINE
    codes: bool = False
    vertical: bool = False
    part_size: float = 0
    straight_quotes: bool = False
    epubcheck: bool = False
    kepub: bool = True

    suffixes: ClassVar[Mapping[str, Mapping[str, object]]] = {
        ".epub": {"kepub": False},
        ".kepub.epub": {"device": Device.KOBO, "kepub": True},
    }

    def __post_init__(self) -> None:
        """Refuse what no book can have. Raises `UsageError`."""
        if self.part_size and not 1 <= self.part_size <= 2000:
            raise UsageError(f"part_size: expected 1 to 2000 megabytes, not {self.part_size}")

    @property
    def suffix(self) -> str:
        """``.epub``, or ``.kepub.epub`` by which Kobo knows its own form."""
        return ".kepub.epub" if self._is_kepub else ".epub"

    @property
    def _is_kepub(self) -> bool:
        return self.kepub and self.device.needs.kepub

    @property
    def fit(self) -> Fit:
        """The form in which the device shows pictures."""
        return self.device.needs.fit

    def check(self) -> None:
        """Raise `UsageError` when a file that is named cannot be used, or EPUBCheck is not there."""
        if self.epubcheck:
            with _epubcheck_needed():
                require_epubcheck()
        self._sheets()
        if self.cover is not None:
            self._brought(self.cover)

    def write(self, edition: Edition, target: Path, job: Job, recital: Recital | None = None) -> None:
        """Make the book at `target`, and further parts beside it. What had to be left out is reported.

        With a `recital` it is read aloud.

        Raises:
            UsageError: the cover, a style or a template cannot be used.
            OSError: the file system refuses.
        """
        count = sum(1 for _ in edition.articles())
        with pressing(count, job, with_files=self.templates is not None) as begun:
            self._write(edition, target, begun, recital)

    def _write(self, edition: Edition, target: Path, job: Job, recital: Recital | None) -> None:
        identity = identity_of(edition)
        if not self.straight_quotes:
            edition = typographic(edition)
        sheets, picture = self._sheets(edition), self._picture(edition)
        layout, needs = replace(survey(edition), identity=identity), self.device.needs
        if not needs.takes(layout.language):
            job.report(
                Noted(f"{self.device} takes no books in {layout.language}: this one says it is English")
            )
        if self.device.needs.kepub and not self.kepub:
            job.report(Noted("a plain EPUB, as it is named; Kobo's own renderer reads names in .kepub.epub"))
        job.report(Started(STEP, len(layout.entries), "articles"))
        with images(edition, needs.fit, job) as made:
            layout = recital.laid_out(layout) if recital else layout
            parts = volumes(layout, made.sizes, int(self.part_size * MEGABYTE) or needs.most)
            articles = edition.articles()
            _tell_repeated(edition, made.sizes, job)
            for part in parts:
                volume = Volume(part, self.device, made, sheets, picture, self._book(part, tuple(sheets)))
                if recital and not recital.readings.keys().isdisjoint(one.number for one in part.entries):
                    volume = _read_aloud(volume, recital)
                place = self._place(target, part.part)
                bind(volume, islice(articles, len(part.entries)), place, job)
                self._check(place, job)
        if len(parts) > 1:
            job.report(Noted(f"{target.name}: split into {len(parts)} parts, to keep each small"))
        job.report(Finished(STEP))

    def _check(self, book: Path, job: Job) -> None:
        if self.epubcheck:
            with _epubcheck_needed():
                for fault in run_epubcheck(book):
                    job.report(Lost(book.name, str(fault), whole=False))

    def _book(self, layout: Layout, sheets: tuple[str, ...]) -> Book:
        return Book(
            title=layout.title,
            dated=dateline(layout.issued, layout.language),
            language=layout.language,
            sheets=tuple(name for name in sheets if name.endswith(".css")),
            templates=self.templates,
            links=self.links,
            codes=self.codes,
            vertical=self.vertical,
            kepub=self._is_kepub,
        )

    def _place(self, target: Path, part: int) -> Path:
        """The first part is the target; those after it bear their number."""
        if part == 1:
            return target
        return target.with_name(f"{target.name.removesuffix(self.suffix)}-{part}{self.suffix}")

    def _embeds(self, edition: Edition | None) -> bool:
        if self.fonts is not None:
            return self.fonts
        return self.style is Style.CLASSIC and edition is not None and _serves(edition)

    def _picture(self, edition: Edition) -> bytes:
        if self.cover is None:
            look = Look(self.style, grey=self.device.needs.fit.grey)
            return covers.draw(edition, look=look)
        return self._brought(self.cover)

    def _brought(self, cover: Path) -> bytes:
        try:
            return pictures.as_jpeg(read_named(cover))
        except pictures.PictureError as error:
            raise UsageError(f"{cover}: {error}") from error

    def _sheets(self, edition: Edition | None = None) -> dict[str, bytes]:
        """Style sheets and the font they ask for, by name.

        The user's is a file of its own, so that a fault in it spares ours.
        """
        look = assets.read(f"epub/{self.style}.css")
        sheets = {OUR_STYLE: assets.read("epub/base.css") + b"\n" + look}
        if self._embeds(edition):
            sheets[OUR_STYLE] = assets.read("epub/fonts.css") + b"\n" + sheets[OUR_STYLE]
            sheets["headlines.ttf"] = assets.read(HEADLINES)
        if self.css is not None:
            sheets[USER_STYLE] = read_named(self.css)
        if self.templates is not None:
            pages.check(self.templates)
        return sheets


def _serves(edition: Edition) -> bool:
    """Whether the font of our headlines has most letters of the first ones."""
    titles = "".join(article.title for article in islice(edition.articles(), 20))
    letters = [letter for letter in titles if letter.isalpha()]
    return 2 * sum(has(DISPLAY, letter) for letter in letters) > len(letters)


def _read_aloud(volume: Volume, recital: Recital) -> Volume:
    """The same book, heard, with a look for what is being heard."""
    look = volume.sheets[OUR_STYLE] + b"\n" + assets.read("epub/readaloud.css")
    return replace(
        volume,
        sheets={**volume.sheets, OUR_STYLE: look},
        book=replace(volume.book, spoken=True),
        recital=recital,
    )


@contextmanager
def _epubcheck_needed() -> Iterator[None]:
    """Raise `UsageError` when EPUBCheck cannot be run."""
    try:
        yield
    except EpubCheckError as error:
        raise UsageError(str(error)) from error


def _tell_repeated(edition: Edition, shown: Container[str], job: Job) -> None:
    """How many leading pictures stand in the text alone, because it shows them again."""
    leads = (article.lead.media for article in edition.articles() if article.lead and is_repeated(article))
    if count := sum(name in shown for name in leads):
        job.report(Omitted("", "that stand in the text again", PICTURE, count, Cause.FORMAT))
