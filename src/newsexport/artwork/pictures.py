"""Pictures made fit for every e-reader and player: JPEG or PNG, no larger than they can show."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from newsexport.artwork import vector
from newsexport.artwork.image_limits import Fit
from newsexport.errors import NewsExportError
from newsexport.model import Media

# Only these readers of Pillow are ever reached, whatever a file claims to be. Each has a
# signature at the beginning of the bytes; names and declared types are not looked at.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}

# 40 Mpx is 160 MB decoded, and more than any news picture has.
MOST_PIXELS = 40_000_000

# Bytes in which a picture without metadata has told what it is.
HEAD = 4096

# What ends the coded data of a scan (ITU-T T.81, section B.1.1): any marker that is neither a stuffed byte, a
# restart nor a fill byte. In a JPEG of one scan that is the end of the picture.
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
END = b"\xff\xd9"

# Bytes of coded data by which a decoder has looked at all tables.
BEGINNING = 2048

# Smaller than this is no picture but a spacer, or a pixel that tells who has read.
SMALLEST = 3

# What Pillow found besides pixels: where and by whom a picture was taken has no place in a book.
TOLD = ("exif", "xmp", "icc_profile", "photoshop", "comment", "XML:com.adobe.xmp")

DEFAULT = Fit()

# A PNG of fewer bytes stays one: there is too little to gain. A larger one is taken for a
# photograph when it has this many times the bytes of the JPEG; drawings and screens do not.
SMALL_PNG = 64_000
PHOTOGRAPHIC = 3

# What a picture over its budget is tried in: first worse, then smaller as well.
QUALITIES = (75, 65, 55, 45)
SHRINKING, LEAST_SIDE = 0.8, 48

# Of the shades of a picture this share at either end may turn black or white when it is
# made grey, and no difference grows more than this: a fog stays a fog.
CLIPPED, MOST_GAIN = 0.005, 1.35

# EXIF tag of the orientation (CIPA DC-008), and the value of a picture that stands upright.
ORIENTATION, UPRIGHT = 0x0112, 1


class PictureError(NewsExportError):
    """The bytes are no picture that can be used; the message is the reason."""


class SpacerError(PictureError):
    """A picture so small that it shows nothing; leaving it out is no loss."""


def is_of_one_colour(data: bytes) -> bool:
    """Whether every pixel is the same. Raises `PictureError` as `prepare` does."""
    with _opened(data) as image:
        extremes = _flat(image).getextrema()
    return all(low == high for low, high in (extremes if isinstance(extremes[0], tuple) else (extremes,)))


def settle(data: bytes, fit: Fit = DEFAULT) -> Media:
    """The picture as `prepare` gives it, a fit one at the word of its header.

    For pictures that most likely went through `prepare` before: nothing is decoded then.

    Raises:
        PictureError: as `prepare`.
    """
    with _opened(data) as image:
        if _is_fit(image, data, len(data), fit):
            return Media.named(MEDIA_TYPES[image.format or ""], data)
    return prepare(data, fit)


def fit_file(path: Path, fit: Fit = DEFAULT) -> tuple[str, tuple[int, int]] | None:
    """Media type and pixels of a picture in a file that `prepare` would leave; its header is believed.

    Only the beginning of the file is read. Raises `PictureError` as `prepare` does.
    """
    with path.open("rb") as file:
        head, size = file.read(HEAD), file.seek(0, 2)
    with _opened(head) as image:
        return (MEDIA_TYPES[image.format or ""], image.size) if _is_fit(image, head, size, fit) else None


def prepare(data: bytes, fit: Fit = DEFAULT) -> Media:
    """The picture as JPEG or PNG, upright, RGB or grey, opaque, no larger than it should be.

    A picture that is all that already, and says nothing of where it was taken, is left
    untouched, byte for byte. Of an animation the first frame is taken; what is transparent
    becomes white; colours become sRGB, or grey of a little more contrast. A JPEG or a
    photograph becomes a baseline JPEG, whatever it was kept in; a chart or a screen in PNG
    or GIF stays sharp as PNG. A drawing (`vector`) is painted. With `fit.most` the quality
    gives way first and then the size, down to 48 pixels; only a smaller budget is overrun.

    Raises:
        SpacerError: it is less than three pixels wide or high.
        PictureError: not a picture of a kind we read, damaged, or over 40 megapixels.
    """
    if vector.is_drawing(data):
        try:
            data = vector.painted(data, fit)
        except vector.DrawingError as error:
            raise PictureError(str(error)) from error
    with _opened(data) as image:
        if min(image.size) < SMALLEST:
            raise SpacerError("shows nothing: it is a spacer")
        sharp = image.format in {"PNG", "GIF"}
        if _is_fit(image, data, len(data), fit):
            if sharp:
                image.load()  # raises when the rest of the bytes is not there
            else:
                _check_jpeg(image, data)
            if not (sharp and _is_photograph(image, len(data), fit)):
                return Media.named(MEDIA_TYPES[image.format or ""], data)
        image.draft("RGB", (fit.width, fit.height))
        ready = _flat(_in_srgb(image))
        ready = greyed(ready) if fit.grey else ready
        ready.thumbnail((fit.width, fit.height), Image.Resampling.LANCZOS)
        return _written(ready, fit, sharp=sharp)


def _check_jpeg(image: ImageFile.ImageFile, data: bytes) -> None:
    """Raise what decoding raises of a JPEG of which something is missing.

    Where its one scan goes on to the end of the bytes nothing is, and its beginning is decoded for what
    cannot be decoded at all: a tenth of the work.
    """
    at = image.fp.tell() if image.fp else 0
    end = MARKER.search(data, at)
    if end and end[0] == END and end.end() == len(data) > at + BEGINNING:
        with Image.open(io.BytesIO(data[: at + BEGINNING] + END), formats=("JPEG",)) as beginning:
            _load_small(beginning)
    else:
        _load_small(image)


def _load_small(image: Image.Image) -> None:
    """Decode a JPEG at an eighth of its size, which takes every byte of it, and half the time."""
    image.draft(None, (1, 1))
    image.load()


def greyed(image: Image.Image) -> Image.Image:
    """A flat picture in grey, its shades spread over the few that electronic ink tells apart.

    Grey is less than colours were, so a little contrast is given back: black and white
    are set where the darkest and lightest half per cent of the picture are. One that was
    grey before is left as it is.
    """
    if image.mode == "L":
        return image
    grey = image.convert("L")
    shades = grey.histogram()
    spared = CLIPPED * grey.width * grey.height
    low, high = _first_over(shades, spared), 255 - _first_over(shades[::-1], spared)
    gain = min(255 / max(high - low, 1), MOST_GAIN)
    # What the limit keeps from reaching both ends is shared between them as it was before.
    ends = 255 - (high - low)
    base = (255 - gain * (high - low)) * low / ends if ends else 0.0
    return grey.point([round(min(max((shade - low) * gain + base, 0), 255)) for shade in range(256)])


def size(data: bytes) -> tuple[int, int]:
    """Width and height as the header tells them, before the picture is stood up.

    Raises:
        PictureError: as `prepare`.
    """
    with _opened(data) as image:
        return image.size


def decoded(data: bytes, near: tuple[int, int]) -> Image.Image:
    """The picture upright, opaque, RGB or grey, of at least about the size it is wanted in.

    Raises:
        PictureError: as `prepare`.
    """
    with _opened(data) as image:
        image.draft("RGB", near)
        return _flat(image)


def square(data: bytes, side: int) -> Image.Image:
    """The middle of the picture as a square of `side` pixels, opaque and RGB.

    Raises:
        PictureError: as `prepare`.
    """
    with _opened(data) as image:
        image.draft("RGB", (side, side))
        return ImageOps.fit(_flat(image).convert("RGB"), (side, side), Image.Resampling.LANCZOS)


def as_jpeg(data: bytes) -> bytes:
    """The bytes of any picture as the JPEG that `prepare` would make of it.

    Raises:
        PictureError: as `prepare`.
    """
    media = prepare(data)
    if media.media_type == "image/jpeg":
        return media.data
    with _opened(media.data) as image:
        return jpeg(_flat(image))


def jpeg(image: Image.Image, quality: int = DEFAULT.quality) -> bytes:
    """Baseline JPEG without metadata: the same pixels give the same bytes."""
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    return written.getvalue()


def png(image: Image.Image) -> bytes:
    """PNG without metadata: the same pixels give the same bytes."""
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def _written(image: Image.Image, fit: Fit, *, sharp: bool) -> Media:
    """The flat picture in the kind that suits it, and in the budget if there is one."""
    if sharp:
        image = _without_idle_colour(image)
        sharp = not _is_photograph(image, _hasty_size(image), fit)
    data = png(image) if sharp else jpeg(image, fit.quality)
    if fit.most is not None and len(data) > fit.most:
        data = _within(fit.most, image, fit, sharp=sharp)
    return Media.named("image/png" if data.startswith(b"\x89PNG") else "image/jpeg", data)


def _within(most: int, image: Image.Image, fit: Fit, *, sharp: bool) -> bytes:
    """The picture in falling quality, then in falling size, until it keeps to the budget."""
    data = b""
    for quality in QUALITIES:
        data = jpeg(image, min(quality, fit.quality))
        if len(data) <= most:
            return data
    scale = 1.0
    while True:
        # Bytes go with the area; what is left to take away tells how far to go at least.
        scale *= min(SHRINKING, (most / len(data)) ** 0.5)
        if min(image.size) * scale < LEAST_SIDE:
            return data
        box = (round(image.width * scale), round(image.height * scale))
        smaller = image.resize(box, Image.Resampling.LANCZOS)
        data = jpeg(smaller, min(QUALITIES[-2], fit.quality))
        if sharp:
            data = min(png(smaller), data, key=len)
        if len(data) <= most:
            return data


def _is_photograph(image: Image.Image, as_png: int, fit: Fit) -> bool:
    """Whether so many bytes of PNG are a waste."""
    return as_png >= SMALL_PNG and as_png > PHOTOGRAPHIC * len(jpeg(image, fit.quality))


def _hasty_size(image: Image.Image) -> int:
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=1)
    return written.tell()


def _without_idle_colour(image: Image.Image) -> Image.Image:
    """In grey, if every pixel is grey."""
    if image.mode == "L":
        return image
    red, green, blue = image.split()
    idle = all(ImageChops.difference(red, other).getbbox() is None for other in (green, blue))
    return red if idle else image


def _first_over(shades: list[int], spared: float) -> int:
    """The first shade with which more than the spared number of pixels is counted."""
    counted = 0
    for shade, pixels in enumerate(shades):
        counted += pixels
        if counted > spared:
            return shade
    return 0


@contextmanager
def _opened(data: bytes) -> Iterator[ImageFile.ImageFile]:
    """The picture with its header read and found harmless; its errors become ours."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # warnings about odd metadata are of no use to anyone here
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise PictureError(f"has {image.width} x {image.height} pixels, too many to decode")
                yield image
    except UnidentifiedImageError as error:
        raise PictureError("is not a JPEG, PNG, WebP, GIF or AVIF picture") from error
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, MemoryError) as error:
        # Pillow's readers raise any of these on damaged bytes.
        raise PictureError(f"is damaged: {error}") from error


def _is_fit(image: Image.Image, head: bytes, size: int, fit: Fit) -> bool:
    return (
        image.format in MEDIA_TYPES
        and not (image.format == "PNG" and _is_unusual(head))
        and image.mode in ({"L"} if fit.grey else {"RGB", "L"})
        and not any(name in image.info for name in (*TOLD, "transparency"))
        and not image.info.get("progressive")
        and not getattr(image, "is_animated", False)
        and image.width <= fit.width
        and image.height <= fit.height
        and image.getexif().get(ORIENTATION, UPRIGHT) == UPRIGHT
        and (fit.most is None or size <= fit.most)
    )


def _is_unusual(head: bytes) -> bool:
    """Whether a PNG has 16 bits a colour, or comes in passes; its header says (PNG 3, section 11.2.1).

    Pillow tells neither: it reads such a picture as any other.
    """
    bits, interlaced = head[24], head[28]
    return bits > 8 or bool(interlaced)


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture in the colours every screen assumes; its profile, if it has one, is applied."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "CMYK", "L"}:
        return image
    image = ImageOps.exif_transpose(image)  # now, because what is converted forgets how it stood
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return (
            ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            or image
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile that does not fit its picture is worth nothing


def _flat(image: Image.Image) -> Image.Image:
    """Upright, on white, RGB or grey."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"RGB", "L"} and "transparency" not in upright.info:
        return upright
    if upright.mode.startswith("I"):  # 16 bits a pixel, which convert("L") would clip
        return upright.convert("I").point(lambda shade: shade * (1 / 257)).convert("L")
    if upright.mode == "1":
        return upright.convert("L")
    layer = upright.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    ground.alpha_composite(layer)
    return ground.convert("RGB")
