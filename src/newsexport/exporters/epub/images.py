"""The pictures of an edition in the form its book needs, kept out of memory until they are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from newsexport.artwork import pictures
from newsexport.artwork.image_limits import Fit
from newsexport.events import Lost
from newsexport.job import Job, Work, inline
from newsexport.model import Edition, Media, figures

# Pictures to be made anew for which it is worth to start other processes.
MANY = 40

# How many times as high as it is wide a picture of each class is at least. The style makes it so narrow that
# it leaves room for its caption on a page of three to four, as 6-inch readers have it.
SHAPES = (("strip", 2.2), ("tallest", 1.7), ("taller", 1.4), ("tall", 1.15))

# The name of a picture that was made fit before, for some device: it is called by its bytes.
FIT = re.compile(r"([0-9a-f]{16})\.(?:jpg|png)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture an article shows, under the name its figures know, and where the article came from."""

    name: str
    media: Media
    reference: str


@dataclass(frozen=True, slots=True)
class BookImage:
    """A picture as the book has it: its file, where its bytes wait, and the class of its shape."""

    file: str
    media_type: str
    size: int
    held: bytes | Path | int
    shape: str = ""


@dataclass(frozen=True, slots=True)
class BookImages:
    """Every picture that can be shown, by the name its figures know. `spool` is where bytes wait."""

    images: dict[str, BookImage]
    spool: IO[bytes]

    def data(self, image: BookImage) -> bytes:
        """The bytes of a picture. Raises `OSError`."""
        match image.held:
            case bytes():
                return image.held
            case Path():
                return image.held.read_bytes()
            case int():
                self.spool.seek(image.held)
                return self.spool.read(image.size)

    @property
    def sizes(self) -> dict[str, int]:
        """Bytes of each picture by its name."""
        return {name: image.size for name, image in self.images.items()}


@contextmanager
def images(edition: Edition, fit: Fit, job: Job) -> Iterator[BookImages]:
    """Every picture of the edition made fit, for as long as the block lasts.

    What cannot be shown is reported; the same picture under two names is one file.
    """
    with closing(TemporaryFile()) as spool:
        made: dict[str, BookImage | str] = {}
        unfit: list[Wanted] = []
        for one in _wanted(edition):
            image = _as_it_is(one.media, fit)
            if image is None:
                unfit.append(one)
            made[one.name] = image or ""
        uses = _uses(edition) if unfit else Counter()
        how = job if len(unfit) >= MANY else replace(job, executors=inline)
        for one, remade in zip(
            unfit, how.each(partial(_book_image, fit=fit), unfit, Work.COMPUTE_WITH_FILES), strict=True
        ):
            made[one.name] = _spooled(remade, one.media, spool)
            if isinstance(remade, str):
                told = f"picture {one.name} {remade}"
                job.report(Lost(one.reference, told, whole=False, pictures=uses[one.name]))
        shown = {name: image for name, image in made.items() if isinstance(image, BookImage)}
        yield BookImages(shown, spool)


def _as_it_is(media: Media, fit: Fit) -> BookImage | None:
    """The picture where it waits, when it is fit by its name and its header; nothing is decoded."""
    named = FIT.fullmatch(media.name)
    if named is None or not isinstance(media.held, Path):
        return None
    with suppress(pictures.PictureError, OSError):
        if fitting := pictures.fit_file(media.held, fit):
            media_type, pixels = fitting
            size = media.held.stat().st_size
            return BookImage(f"p{media.name}", media_type, size, media.held, shape(*pixels))
    return None


def _wanted(edition: Edition) -> Iterator[Wanted]:
    """Each picture once. One that an article does not have was told when the article was read."""
    seen = set[str]()
    for article in edition.articles():
        for figure in figures(article) if article.media else ():
            media = None if figure.media in seen else article.picture(figure.media)
            if media is not None:
                seen.add(figure.media)
                yield Wanted(figure.media, media, article.reference or article.title)


def _uses(edition: Edition) -> Counter[str]:
    """How many times each picture is shown."""
    return Counter(
        figure.media
        for article in edition.articles()
        if article.media
        for figure in figures(article)
        if article.picture(figure.media) is not None
    )


def _book_image(wanted: Wanted, fit: Fit) -> BookImage | str:
    """The picture made fit, or the reason why it cannot be. One that is fit stays where it waits."""
    try:
        data = wanted.media.data
        media = pictures.settle(data, fit)
    except (pictures.PictureError, OSError) as error:
        return str(error)
    suffix = ".png" if media.media_type == "image/png" else ".jpg"
    held = wanted.media.held if media.data == data and isinstance(wanted.media.held, Path) else media.data
    file = f"p{media.name.partition('.')[0]}{suffix}"
    tall = shape(*pictures.size(media.data))
    return BookImage(file, media.media_type, len(media.data), held, tall)


def shape(width: int, height: int) -> str:
    """The class of a picture that would be higher than a page with its caption if it were as wide as one."""
    return next((name for name, least in SHAPES if height > least * width), "")


def _spooled(image: BookImage | str, media: Media, spool: IO[bytes]) -> BookImage | str:
    """The plate with its bytes in the spool, unless they wait in a file or in the edition anyway."""
    if isinstance(image, str) or not isinstance(image.held, bytes):
        return image
    if image.held == media.held:
        return replace(image, held=media.held)
    offset = spool.seek(0, 2)
    spool.write(image.held)
    return replace(image, held=offset)
