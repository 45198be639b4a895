"""Pictures made fit for every e-reader and player: JPEG or PNG, no larger than they can show."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from newsexport.artwork import vector
from newsexport.artwork.fit import Fit
from newsexport.errors import NewsExportError
from newsexport.model import Media

# Only these readers of Pillow are ever reached, whatever a file claims to be. Each has a
# signature at the beginning of the bytes; names and declared types are not looked at.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}

# 40 Mpx is 160 MB decoded, and more than any news picture has.
MOST_PIXELS = 40_000_000

# Smaller than this is no picture but a spacer, or a pixel that tells who has read.
SMALLEST = 3

# What Pillow found besides pixels: where and by whom a picture was taken has no place in a book.
TOLD = ("exif", "xmp", "icc_profile", "photoshop", "comment", "XML:com.adobe.xmp")

DEFAULT = Fit()

# EXIF tag of the orientation (CIPA DC-008), and the value of a picture that stands upright.
ORIENTATION, UPRIGHT = 0x0112, 1


class PictureError(NewsExportError):
    """The bytes are no picture that can be used; the message is the reason."""


class SpacerError(PictureError):
    """A picture so small that it shows nothing; leaving it out is no loss."""


def settle(data: bytes) -> Media:
    """The picture as `prepare` gives it, a fit one at the word of its header.

    For pictures that most likely went through `prepare` before: nothing is decoded then.

    Raises:
        PictureError: as `prepare`.
    """
    with _opened(data) as image:
        if _is_fit(image, DEFAULT):
            return Media.named(MEDIA_TYPES[image.format or ""], data)
    return prepare(data)


def prepare(data: bytes, fit: Fit = DEFAULT) -> Media:
    """The picture as JPEG or PNG, upright, RGB or grey, opaque, no larger than it should be.

    A picture that is all that already, and says nothing of where it was taken, is left
    untouched, byte for byte. Of an animation the first frame is taken; what is transparent
    becomes white; colours become sRGB. A JPEG or a photograph becomes a baseline JPEG, a
    PNG or GIF stays sharp as PNG. A drawing (`vector`) is painted.

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
        if _is_fit(image, fit):
            image.draft(None, (1, 1))  # an eighth of a JPEG's pixels take every byte of it, and half the time
            image.load()  # raises when the rest of the bytes is not there
            return Media.named(MEDIA_TYPES[image.format or ""], data)
        image.draft("RGB", (fit.width, fit.height))
        sharp = image.format in {"PNG", "GIF"}
        ready = _flat(_in_srgb(image))
        ready = ready.convert("L") if fit.grey else ready
        ready.thumbnail((fit.width, fit.height), Image.Resampling.LANCZOS)
        return (
            Media.named("image/png", png(ready))
            if sharp
            else Media.named("image/jpeg", jpeg(ready, fit.quality))
        )


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


def _is_fit(image: Image.Image, fit: Fit) -> bool:
    return (
        image.format in MEDIA_TYPES
        and image.mode in ({"L"} if fit.grey else {"RGB", "L"})
        and not any(name in image.info for name in (*TOLD, "transparency"))
        and not image.info.get("progressive")
        and not getattr(image, "is_animated", False)
        and image.width <= fit.width
        and image.height <= fit.height
        and image.getexif().get(ORIENTATION, UPRIGHT) == UPRIGHT
    )


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
