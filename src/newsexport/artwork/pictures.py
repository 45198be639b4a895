"""Pictures made fit for every e-reader and player: JPEG or PNG, no larger than they can show."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps, UnidentifiedImageError

from newsexport.errors import NewsExportError
from newsexport.model import Media

# Only these readers of Pillow are ever reached, whatever a file claims to be. Each has a
# signature at the beginning of the bytes; names and declared types are not looked at.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}

# 40 Mpx is 160 MB decoded, and more than any news picture has.
MOST_PIXELS = 40_000_000

# Kindle scales anything larger down to this when it converts a book.
LARGEST = (1440, 1920)

# EXIF tag of the orientation (CIPA DC-008), and the value of a picture that stands upright.
ORIENTATION, UPRIGHT = 0x0112, 1

QUALITY = 85


class PictureError(NewsExportError):
    """The bytes are no picture that can be used; the message is the reason."""


def settle(data: bytes) -> Media:
    """The picture as `prepare` gives it, a fit one at the word of its header.

    For pictures that most likely went through `prepare` before: nothing is decoded then.

    Raises:
        PictureError: as `prepare`.
    """
    with _opened(data) as image:
        if _is_fit(image):
            return Media.named(MEDIA_TYPES[image.format or ""], data)
    return prepare(data)


def prepare(data: bytes) -> Media:
    """The picture as JPEG or PNG, upright, RGB or grey, opaque, at most 1440 x 1920 pixels.

    A picture that is all that already is left untouched, byte for byte. Of an animation
    the first frame is taken; what is transparent becomes white. A JPEG or a photograph
    becomes a baseline JPEG, a PNG or GIF stays sharp as PNG.

    Raises:
        PictureError: not a picture of a kind we read, damaged, or over 40 megapixels.
    """
    with _opened(data) as image:
        if _is_fit(image):
            image.load()  # raises when the rest of the bytes is not there
            return Media.named(MEDIA_TYPES[image.format or ""], data)
        image.draft("RGB", LARGEST)
        sharp = image.format in {"PNG", "GIF"}
        ready = _flat(image)
        ready.thumbnail(LARGEST, Image.Resampling.LANCZOS)
        return Media.named("image/png", png(ready)) if sharp else Media.named("image/jpeg", jpeg(ready))


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


def jpeg(image: Image.Image, quality: int = QUALITY) -> bytes:
    """Baseline JPEG without metadata: the same pixels give the same bytes."""
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    return written.getvalue()


def png(image: Image.Image) -> bytes:
    """PNG without metadata: the same pixels give the same bytes."""
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
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


def _is_fit(image: Image.Image) -> bool:
    return (
        image.format in MEDIA_TYPES
        and image.mode in {"RGB", "L"}
        and "transparency" not in image.info
        and not image.info.get("progressive")
        and not getattr(image, "is_animated", False)
        and image.width <= LARGEST[0]
        and image.height <= LARGEST[1]
        and image.getexif().get(ORIENTATION, UPRIGHT) == UPRIGHT
    )


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
