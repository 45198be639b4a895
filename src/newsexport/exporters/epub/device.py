"""What each maker's devices and shops ask of a book, as data.

None of this is written down by the makers in one place. The sizes are those of their
largest screens of electronic ink; what each quirk rests on stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from epubpreflight import KINDLE_LANGUAGES
from newsexport.artwork.image_limits import DEFAULT, Fit
from newsexport.text.languages import primary


class Device(StrEnum):
    """For whom a book is made."""

    GENERIC = "generic"
    KINDLE = "kindle"
    KOBO = "kobo"
    APPLE = "apple"
    POCKETBOOK = "pocketbook"
    TOLINO = "tolino"
    REMARKABLE = "remarkable"

    @property
    def needs(self) -> Needs:
        """What this device asks for."""
        return NEEDS[self]


MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Needs:
    """`fit` is the form of its pictures. A book of more than `most` bytes is split into parts.

    `depth` is how many levels of contents it shows, `languages` the primary subtags it
    takes, or None for all; `kepub` when its own renderer reads Kobo's form of EPUB. Without `sound`
    what is heard of a book is lost on the way to it, or it has no loudspeaker; `heard` says which of the
    maker's readers read aloud, where not all do.
    """

    fit: Fit = DEFAULT
    most: int | None = None
    depth: int = 6
    languages: frozenset[str] | None = None
    kepub: bool = False
    sound: bool = True
    heard: str = ""

    def takes(self, language: str) -> bool:
        """Whether a book may say that it is in this language."""
        return self.languages is None or primary(language) in self.languages


# Mail is the way to a Kindle for most, and most providers take 25 MB, of which the encoding of
# attachments needs a quarter. Larger pictures than 1440 x 1920 are scaled down when Amazon converts a book;
# its contents show two levels, and there are no media overlays in what it makes of it.
KINDLE = Needs(Fit(1440, 1920), 18 * MEGABYTE, depth=2, languages=KINDLE_LANGUAGES, sound=False)

# Elipsa and Sage have 1404 x 1872 and 1440 x 1920. Books of more than 100 MB open slowly; nested contents are
# flattened by the device itself. What Kobo says of overlays: kobolabs/epub-spec, "Kobo Supports SMIL".
KOBO = Needs(
    Fit(1440, 1920),
    100 * MEGABYTE,
    kepub=True,
    heard="Kobo's app for iPhone and iPad; its e-readers show the book alone",
)

NEEDS = {
    Device.GENERIC: Needs(),
    Device.KINDLE: KINDLE,
    Device.KOBO: KOBO,
    Device.APPLE: Needs(Fit(2048, 2732)),
    Device.POCKETBOOK: Needs(Fit(1404, 1872), 100 * MEGABYTE),
    Device.TOLINO: Needs(Fit(1264, 1680), 100 * MEGABYTE),
    # Grey screens for the most part, no loudspeaker; the synchronisation refuses files of more than 100 MB.
    Device.REMARKABLE: Needs(Fit(1404, 1872, grey=True), 100 * MEGABYTE, sound=False),
}
