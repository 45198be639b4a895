"""The sheet a cover is drawn on, and letters set on it, in lengths that any size of it shares."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw

from newsexport.artwork import pictures
from newsexport.artwork.leadpicture import LeadPicture
from newsexport.artwork.text_layout import Lettering
from newsexport.artwork.themes import FrontPage, Manner

# Electronic ink has sixteen greys and shows a cover at half these sizes or less: so there is
# black on white and one accent that is dark in grey, no tint, and no rule thinner than four
# of the 1200 pixels that lengths here are counted in.

PAPER, INK, ACCENT = "#ffffff", "#141414", "#a3201b"

WIDTH, MARGIN = 1200, 60
FINE, STOUT, HEAVY = 4, 10, 28


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on. Places and lengths are in 1200ths of its width."""

    image: Image.Image
    canvas: ImageDraw.ImageDraw
    front: FrontPage
    manner: Manner

    @property
    def unit(self) -> float:
        """How many pixels of the picture one 1200th of its width is."""
        return self.image.width / WIDTH

    @property
    def height(self) -> float:
        """How high it is, in 1200ths of its width."""
        return self.image.height / self.unit

    @property
    def is_square(self) -> bool:
        """Whether it is too low for the order of a page, as a podcast wants it."""
        return self.height < WIDTH * 1.2

    @property
    def measure(self) -> int:
        """The width between the margins."""
        return WIDTH - 2 * MARGIN

    @property
    def accent(self) -> str:
        """The one colour beside black and white; black where there are no colours."""
        return INK if self.front.grey else ACCENT

    def letters(self, face: str, size: float, language: str) -> Letters:
        """Letters of that size for text of that language."""
        return Letters(Lettering(face, round(size * self.unit), language), self.unit)

    def box(self, left: float, top: float, right: float, bottom: float, ink: str = INK) -> None:
        """Fill a box; what is right of it and below it is spared."""
        corners = [round(place * self.unit) for place in (left, top, right, bottom)]
        self.canvas.rectangle((corners[0], corners[1], corners[2] - 1, corners[3] - 1), fill=ink)

    def rule(self, top: float, weight: float = FINE) -> float:
        """Draw a rule from margin to margin; gives where it ends."""
        self.box(MARGIN, top, WIDTH - MARGIN, top + weight)
        return top + weight

    def frame(self) -> None:
        """An edge for a white cover on a white shelf."""
        weight = round(FINE * self.unit)
        self.canvas.rectangle((0, 0, self.image.width - 1, self.image.height - 1), outline=INK, width=weight)

    def paste(self, picture: LeadPicture, left: float, top: float, size: tuple[float, float]) -> None:
        """Show what there is to see of a picture, in a box of that size."""
        cropped = picture.cropped(round(size[0] * self.unit), round(size[1] * self.unit))
        shown = pictures.greyed(cropped) if self.front.grey else cropped
        self.image.paste(shown.convert("RGB"), (round(left * self.unit), round(top * self.unit)))


@dataclass(frozen=True, slots=True)
class Letters:
    """Lettering measured in 1200ths of the sheet's width."""

    lettering: Lettering
    unit: float

    @property
    def size(self) -> float:
        """The size of the letters."""
        return self.lettering.size / self.unit

    def width(self, line: str) -> float:
        """How wide the line is."""
        return self.lettering.width(line) / self.unit

    def lines(self, text: str, width: float, most: int) -> list[str]:
        """The text in lines, as `Lettering.lines`."""
        return self.lettering.lines(text, width * self.unit, most)

    def holds(self, text: str, width: float) -> bool:
        """Whether no word need be cut, as `Lettering.holds`."""
        return self.lettering.holds(text, width * self.unit)

    def extent(self, lines: list[str]) -> tuple[float, float]:
        """How far ink goes above the baseline and below it in any of the lines."""
        extents = [self.lettering.extent(line) for line in lines]
        return (
            max(above for above, _ in extents) / self.unit,
            max(below for _, below in extents) / self.unit,
        )

    def put(self, sheet: Sheet, at: tuple[float, float], line: str, ink: str) -> None:
        """Draw a line with its left end and baseline at a point."""
        self.lettering.draw(sheet.canvas, (at[0] * self.unit, at[1] * self.unit), line, ink)
