"""The picture on the cover: found among the first articles, and cropped to what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from PIL import Image, ImageFilter

from newsexport.artwork import pictures
from newsexport.model import Article, figures

# Narrower or lower than this it would be blown up to a blur.
LEAST_WIDTH, LEAST_HEIGHT = 480, 280

# Proportions, width by height: what can be cropped at all, and what lies rather than stands.
TALLEST, WIDEST, LANDSCAPE = 0.5, 2.8, 1.1

# How far is looked: pictures of one article, headers read, pictures decoded.
FIGURES, LOOKED_AT, DECODED = 3, 12, 3

# A picture of which so much is one and the same colour is a logo, a chart or a page of text.
# Photographs stay under a fifth, burnt-out skies included.
FLAT = 0.4

WANTED = (1400, 1000)


@dataclass(frozen=True, slots=True)
class LeadPicture:
    """A picture in pixels, with the article it belongs to, if it came with one."""

    image: Image.Image
    article: Article | None = None

    def cropped(self, width: int, height: int) -> Image.Image:
        """The part of those proportions in which there is most to see, at that size."""
        box = _window(self.image, width / height)
        return self.image.resize((width, height), Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)


def chosen(articles: Iterable[Article]) -> LeadPicture | None:
    """The first picture that makes a cover; one that lies before one that stands.

    A damaged picture is passed over. No more than a dozen headers are read and three
    pictures decoded, however many articles there are.
    """
    candidates = list(islice(_candidates(articles), LOOKED_AT))
    candidates.sort(key=lambda candidate: not candidate.lies)
    for candidate in candidates[:DECODED]:
        image = _decoded(candidate.data)
        if image is not None and not _is_flat(image):
            return LeadPicture(image, candidate.article)
    return None


def given(data: bytes) -> LeadPicture | None:
    """A picture handed over for the cover, whatever it shows; None when it cannot be read."""
    image = _decoded(data)
    return LeadPicture(image) if image is not None else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    article: Article
    data: bytes
    lies: bool


def _candidates(articles: Iterable[Article]) -> Iterator[_Candidate]:
    for article in articles:
        for figure in islice(figures(article), FIGURES):
            media = article.picture(figure.media)
            if media is None:
                continue
            try:
                data = media.data
                width, height = pictures.size(data)
            except (pictures.PictureError, OSError):
                continue
            proportion = width / max(height, 1)
            if width >= LEAST_WIDTH and height >= LEAST_HEIGHT and TALLEST <= proportion <= WIDEST:
                yield _Candidate(article, data, proportion >= LANDSCAPE)


def _decoded(data: bytes) -> Image.Image | None:
    try:
        return pictures.decoded(data, WANTED)
    except pictures.PictureError:
        return None


def _is_flat(image: Image.Image) -> bool:
    small = image.convert("RGB").resize((64, 64), Image.Resampling.NEAREST)
    colours = small.getcolors(64 * 64) or []
    return max((count for count, _ in colours), default=0) > FLAT * 64 * 64


def _window(image: Image.Image, proportion: float) -> tuple[float, float, float, float]:
    """The largest box of that proportion, laid where the picture has most edges."""
    width, height = image.size
    if width / height > proportion:
        breadth = height * proportion
        left = _busiest(image, breadth / width, across=True) * (width - breadth)
        return (left, 0.0, left + breadth, float(height))
    breadth = width / proportion
    top = _busiest(image, breadth / height, across=False) * (height - breadth)
    return (0.0, top, float(width), top + breadth)


STRIPS = 48


def _busiest(image: Image.Image, share: float, *, across: bool) -> float:
    """Where the window of that share of the picture begins, from 0 (first) to 1 (last).

    Between windows with about as much to see, that nearest to the middle is taken; of a
    picture that stands, nearest to the upper third, where faces are.
    """
    edges = image.convert("L").resize((96, 96), Image.Resampling.BOX).filter(ImageFilter.FIND_EDGES)
    inner = edges.crop((2, 2, 94, 94))  # the filter finds an edge all round
    line = inner.resize((STRIPS, 1) if across else (1, STRIPS), Image.Resampling.BOX).tobytes()
    span = max(1, min(STRIPS, round(share * STRIPS)))
    places = STRIPS - span
    if places == 0:
        return 0.5
    rest = 0.5 if across or image.width > image.height else 0.3
    total = sum(line) or 1

    def seen(start: int) -> float:
        return sum(line[start : start + span]) / total - 0.4 * abs(start / places - rest)

    return max(range(places + 1), key=seen) / places
