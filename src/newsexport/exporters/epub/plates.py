"""The pictures of an edition in the form its book needs, kept out of memory until they are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from newsexport.artwork import pictures
from newsexport.artwork.fit import Fit
from newsexport.events import Lost
from newsexport.job import Job, Work, inline
from newsexport.model import Edition, Media, figures

# Pictures for which it is worth to start other processes.
MANY = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture an article shows, under the name its figures know, and where the article came from."""

    name: str
    media: Media
    reference: str


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture as the book has it: its file, and where its bytes wait."""

    file: str
    media_type: str
    size: int
    held: bytes | Path | int

    @property
    def id(self) -> str:
        """The name of the file without its kind."""
        return self.file.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Plates:
    """Every picture that can be shown, by the name its figures know. `spool` is where bytes wait."""

    plates: dict[str, Plate]
    spool: IO[bytes]

    def data(self, plate: Plate) -> bytes:
        """The bytes of a picture. Raises `OSError`."""
        match plate.held:
            case bytes():
                return plate.held
            case Path():
                return plate.held.read_bytes()
            case int():
                self.spool.seek(plate.held)
                return self.spool.read(plate.size)

    @property
    def sizes(self) -> dict[str, int]:
        """Bytes of each picture by its name."""
        return {name: plate.size for name, plate in self.plates.items()}


@contextmanager
def plates(edition: Edition, fit: Fit, job: Job) -> Iterator[Plates]:
    """Every picture of the edition made fit, for as long as the block lasts.

    What cannot be shown is reported; the same picture under two names is one file.
    """
    with closing(TemporaryFile()) as spool:
        made: dict[str, Plate] = {}
        wanted = list(_wanted(edition))
        how = job if len(wanted) >= MANY else replace(job, executors=inline)
        for one, plate in zip(wanted, how.each(partial(_plate, fit=fit), wanted, Work.COMPUTE), strict=True):
            if isinstance(plate, str):
                job.report(Lost(one.reference, f"picture {one.name} {plate}", whole=False))
            else:
                made[one.name] = _spooled(plate, one.media, spool)
        yield Plates(made, spool)


def _wanted(edition: Edition) -> Iterator[Wanted]:
    """Each picture once. One that an article does not have was told when the article was read."""
    seen = set[str]()
    for article in edition.articles():
        for figure in figures(article):
            media = None if figure.media in seen else article.picture(figure.media)
            if media is not None:
                seen.add(figure.media)
                yield Wanted(figure.media, media, article.reference or article.title)


def _plate(wanted: Wanted, fit: Fit) -> Plate | str:
    """The picture made fit, or the reason why it cannot be. One that is fit stays where it waits."""
    try:
        data = wanted.media.data
        media = pictures.settle(data, fit)
    except (pictures.PictureError, OSError) as error:
        return str(error)
    suffix = ".png" if media.media_type == "image/png" else ".jpg"
    held = wanted.media.held if media.data == data and isinstance(wanted.media.held, Path) else media.data
    return Plate(f"p{media.name.partition('.')[0]}{suffix}", media.media_type, len(media.data), held)


def _spooled(plate: Plate, media: Media, spool: IO[bytes]) -> Plate:
    """The plate with its bytes in the spool, unless they wait in a file or in the edition anyway."""
    if not isinstance(plate.held, bytes):
        return plate
    if plate.held == media.held:
        return replace(plate, held=media.held)
    offset = spool.seek(0, 2)
    spool.write(plate.held)
    return replace(plate, held=offset)
