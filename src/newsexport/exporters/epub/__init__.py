"""An edition as an EPUB 3.3 that older reading systems understand as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from newsexport import resources
from newsexport.artwork import cover as covers
from newsexport.artwork import pictures
from newsexport.errors import UsageError
from newsexport.events import Advanced, Finished, Started
from newsexport.exporters.epub import package
from newsexport.exporters.epub.contents import contents, ncx
from newsexport.exporters.epub.description import describe
from newsexport.exporters.epub.layout import Layout, Leaf, Part, lay_out
from newsexport.exporters.epub.package import File
from newsexport.exporters.epub.pages import COVER, NAV, Pages
from newsexport.exporters.epub.xhtml import Sheet
from newsexport.job import Job
from newsexport.model import Edition, Media

STEP = "epub"
OUR_STYLE, USER_STYLE = "style.css", "user.css"
COVER_PICTURE = "cover.jpg"
HEADLINES = "fonts/NotoSerifDisplay-CondensedExtraBold.ttf"  # as `epub.css` asks for it


@dataclass(frozen=True, slots=True)
class EpubExporter:
    """Makes one EPUB, valid whatever the articles hold.

    `cover` is a picture to use instead of the drawn cover, `style` a CSS file whose rules
    come after ours.
    """

    cover: Path | None = None
    style: Path | None = None

    @property
    def suffix(self) -> str:
        """``.epub``."""
        return ".epub"

    def write(self, edition: Edition, target: Path, job: Job) -> None:
        """Make the book at `target`. Pictures that had to be left out are reported.

        Raises:
            UsageError: the cover or the style cannot be used.
            OSError: the file system refuses.
        """
        picture, styles = self._picture(edition), self._styles()
        layout = lay_out(edition, job.report)
        job.report(Started(STEP, sum(1 for _ in layout.leaves())))
        files = _files(layout, picture, styles, lambda: job.report(Advanced(STEP)))
        describe(layout, tuple(files)).write(target)
        job.report(Finished(STEP))

    def _picture(self, edition: Edition) -> bytes:
        if self.cover is None:
            return covers.draw(edition)
        try:
            return pictures.as_jpeg(_bytes(self.cover))
        except pictures.PictureError as error:
            raise UsageError(f"{self.cover}: {error}") from error

    def _styles(self) -> dict[str, bytes]:
        """The style sheets by name. The user's is a file of its own, so that a fault in it spares ours."""
        styles = {OUR_STYLE: resources.read("epub.css")}
        if self.style is not None:
            styles[USER_STYLE] = _bytes(self.style)
        return styles


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error


def _files(
    layout: Layout, picture: bytes, styles: dict[str, bytes], advance: Callable[[], None]
) -> Iterator[File]:
    """Every file of the book; pages are drawn when they are written, and not kept."""
    entries = contents(layout)
    files = {name: placed.file for name, placed in layout.pictures.items()}
    places = {leaf.article.url: leaf.file for _, leaf in layout.leaves() if leaf.article.url}
    pages = Pages(layout, Sheet(tuple(styles)), files, places)
    yield _page("cover", COVER, partial(pages.cover, COVER_PICTURE))
    yield _page("title", layout.front, pages.front)
    yield _page("nav", NAV, partial(pages.contents, entries), "nav")
    yield from _articles(pages, advance)
    yield File(
        "ncx", "toc.ncx", package.NCX, partial(ncx, entries, layout.title, layout.language, layout.identifier)
    )
    for name, style in styles.items():
        yield File(name.removesuffix(".css"), name, package.CSS, partial(bytes, style))
    yield File("headlines", "headlines.ttf", "font/ttf", partial(resources.read, HEADLINES))
    yield File("cover-image", COVER_PICTURE, "image/jpeg", partial(bytes, picture), ("cover-image",))
    for placed in layout.pictures.values():
        media = placed.media
        yield File(placed.file.partition(".")[0], placed.file, media.media_type, partial(_data, media))


def _data(media: Media) -> bytes:
    return media.data


def _articles(pages: Pages, advance: Callable[[], None]) -> Iterator[File]:
    """The front page of each section and its articles, each knowing its neighbours."""
    run: list[tuple[Part, Leaf]] = list(pages.layout.leaves())
    begun: Part | None = None
    for number, (section, leaf) in enumerate(run):
        if section is not begun and section.file:
            yield _page(section.file.partition(".")[0], section.file, partial(pages.section, section))
        begun = section
        before = run[number - 1][1] if number else None
        after = run[number + 1][1] if number + 1 < len(run) else None
        yield _page(
            leaf.file.partition(".")[0],
            leaf.file,
            partial(_article, advance, pages, (section, leaf), (before, after)),
        )


def _article(
    advance: Callable[[], None],
    pages: Pages,
    own: tuple[Part, Leaf],
    neighbours: tuple[Leaf | None, Leaf | None],
) -> bytes:
    advance()
    return pages.article(*own, *neighbours)


def _page(name: str, file: str, render: Callable[[], bytes], *properties: str) -> File:
    return File(name, file, package.XHTML, render, properties)
