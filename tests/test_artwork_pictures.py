"""Pictures made fit for devices, and those that are refused."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from newsexport.artwork.cover import thumbnail
from newsexport.artwork.pictures import PictureError, SpacerError, as_jpeg, prepare, settle

WHITE = (255, 255, 255)


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def gradient(width: int = 320, height: int = 200) -> Image.Image:
    return Image.merge(
        "RGB", [Image.linear_gradient("L").resize((width, height)).rotate(turn) for turn in (0, 90, 180)]
    )


def noise(side: int) -> Image.Image:
    return Image.effect_noise((side, side), 120).convert("RGB")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_fit_picture_is_left_untouched(kind: str) -> None:
    for image in (gradient(), gradient().convert("L")):
        data = written(image, kind)
        assert prepare(data).data == data
        assert prepare(data).media_type == f"image/{kind.lower()}"
        assert settle(data) == prepare(data)


@pytest.mark.parametrize(
    ("kind", "becomes"), [("WEBP", "image/jpeg"), ("AVIF", "image/jpeg"), ("GIF", "image/png")]
)
def test_other_kinds_become_jpeg_or_png(kind: str, becomes: str) -> None:
    data = written(gradient(), kind)
    media = prepare(data)
    assert media.media_type == becomes
    assert opened(media.data).size == (320, 200)
    assert opened(media.data).mode in {"RGB", "L"}
    assert prepare(data) == media
    assert prepare(media.data) == media


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_transparent_becomes_white(kind: str) -> None:
    image = opened(prepare(written(Image.new("RGBA", (40, 30), (0, 0, 0, 0)), kind)).data)
    assert image.mode == "RGB"
    assert image.getpixel((20, 15)) == WHITE


def test_a_palette_with_a_transparent_colour_becomes_white_there() -> None:
    image = Image.new("P", (10, 10), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    assert (
        opened(prepare(written(image, "PNG", transparency=0)).data).convert("RGB").getpixel((5, 5)) == WHITE
    )


@pytest.mark.parametrize("mode", ["CMYK", "1", "I;16", "LA"])
def test_every_mode_becomes_rgb_or_grey(mode: str) -> None:
    grey = Image.new("L", (16, 16), 200)
    image = (
        grey.convert("I").point(lambda value: value * 257).convert("I;16")
        if mode == "I;16"
        else grey.convert(mode)
    )
    found = opened(prepare(written(image, "JPEG" if mode == "CMYK" else "PNG")).data)
    assert found.mode in {"RGB", "L"}
    if mode != "1":
        shade = found.convert("L").getpixel((8, 8))
        assert isinstance(shade, int)
        assert abs(shade - 200) <= 3


@pytest.mark.parametrize("size", [(3000, 500), (500, 3000), (1441, 10)])
def test_a_large_picture_is_made_to_fit_in_its_proportions(size: tuple[int, int]) -> None:
    width, height = opened(prepare(written(gradient(*size), "JPEG")).data).size
    assert width <= 1440
    assert height <= 1920
    assert abs(width / height - size[0] / size[1]) / (size[0] / size[1]) < 0.15


def test_a_picture_that_lies_on_its_side_is_stood_up() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = opened(prepare(written(gradient(300, 200), "JPEG", exif=exif)).data)
    assert image.size == (200, 300)
    assert image.getexif().get(0x0112, 1) == 1


def test_a_progressive_jpeg_becomes_baseline() -> None:
    media = prepare(written(gradient(), "JPEG", progressive=True))
    assert "progressive" not in opened(media.data).info


def test_of_an_animation_the_first_frame_is_taken() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    for kind in ("GIF", "WEBP", "PNG"):
        data = written(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
        image = opened(prepare(data).data)
        red, _, blue = image.convert("RGB").getpixel((10, 10))  # type: ignore[misc]  # a triple in RGB
        assert not getattr(image, "is_animated", False)
        assert red > 200
        assert blue < 50


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises so many pixels and has none."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    body = zlib.compress(b"")
    data = struct.pack(">I", len(body)) + b"IDAT" + body + struct.pack(">I", zlib.crc32(b"IDAT" + body))
    return b"\x89PNG\r\n\x1a\n" + chunk + data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is not a JPEG"),
        (b"<html>not found</html>", "is not a JPEG"),
        (written(gradient(), "BMP"), "is not a JPEG"),
        (written(gradient(), "TIFF"), "is not a JPEG"),
        (png_header(10_000, 4_001), "too many"),
        (png_header(2**31 - 1, 2**31 - 1), "damaged|too many"),
        (written(noise(200), "JPEG")[:4000], "damaged"),
        (written(noise(200), "PNG")[:4000], "damaged"),
        (written(noise(200), "WEBP")[:4000], "damaged|is not"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(PictureError, match=reason):
        prepare(data)


def test_a_picture_as_jpeg_is_one_whatever_it_was() -> None:
    jpeg = written(gradient(), "JPEG")
    assert as_jpeg(jpeg) == jpeg
    assert opened(as_jpeg(written(gradient(), "PNG"))).format == "JPEG"


@pytest.mark.parametrize("make", [lambda: noise(2000), lambda: gradient(900, 300), lambda: gradient(9, 30)])
def test_a_thumbnail_is_square_and_light(make: Callable[[], Image.Image]) -> None:
    data = written(make(), "PNG")
    small = thumbnail(data, 600)
    image = opened(small)
    assert len(small) <= 60_000
    assert image.format == "JPEG"
    assert image.width == image.height
    assert small == thumbnail(data, 600)


def test_a_drawing_is_painted_and_loads_nothing(tmp_path: Path) -> None:
    canary = tmp_path / "canary.png"
    canary.write_bytes(written(Image.new("RGB", (10, 10), (255, 0, 0)), "PNG"))
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' viewBox="0 0 40 20"><script>alert(1)</script><rect width="20" height="20" fill="#0000ff"/>'
        f'<image xlink:href="{canary}" x="20" width="20" height="20"/>'
        f'<image href="file://{canary}" x="20" width="20" height="20"/></svg>'
    )
    image = opened(prepare(drawing.encode()).data)
    assert image.size == (80, 40)
    assert image.getpixel((10, 10)) == (0, 0, 255)
    assert image.getpixel((60, 20)) == WHITE


@pytest.mark.parametrize("data", [b"<svg", b"<svg xmlns='http://www.w3.org/2000/svg'><unclosed></svg>"])
def test_a_broken_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError, match="drawing"):
        prepare(data)


def test_where_a_picture_was_taken_does_not_travel() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Ada's garden"
    told = prepare(written(gradient(), "JPEG", exif=exif)).data
    assert b"Ada's garden" not in told
    assert not opened(told).getexif()


def test_a_spacer_is_told_apart_from_a_broken_picture() -> None:
    with pytest.raises(SpacerError):
        prepare(written(Image.new("RGB", (1, 400)), "PNG"))
