"""Pictures made fit for devices, and those that are refused."""

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageOps, ImageStat

from newsexport.artwork.cover import thumbnail
from newsexport.artwork.image_limits import Fit
from newsexport.artwork.pictures import PictureError, SpacerError, as_jpeg, greyed, prepare, settle

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
    layer = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    layer.paste((200, 0, 0, 255), (0, 0, 8, 8))
    image = opened(prepare(written(layer, kind)).data)
    assert image.mode == "RGB"
    assert image.getpixel((30, 20)) == WHITE


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


def damages(data: bytes) -> Iterator[bytes]:
    """The bytes with something changed, taken out, or missing at the end, everywhere in turn."""
    for at in range(0, len(data), len(data) // 40):
        yield data[:at]
        yield data[:at] + b"\xff\xd9"
        yield data[:at] + b"\xff\x02" + data[at + 2 :]
        yield data[:at] + data[at + 700 :]
        yield data[:at] + bytes(90) + data[at + 90 :]


def test_a_fit_jpeg_is_refused_where_decoding_all_of_it_fails() -> None:
    data = written(noise(160), "JPEG")
    refused = 0
    for damaged in damages(data):
        try:
            opened(damaged)
        except (OSError, SyntaxError):
            refused += 1
            with pytest.raises(PictureError):
                prepare(damaged)
        else:
            assert prepare(damaged).data == damaged
    assert 60 < refused < 180


def test_a_picture_as_jpeg_is_one_whatever_it_was() -> None:
    jpeg = written(gradient(), "JPEG")
    assert as_jpeg(jpeg) == jpeg
    assert opened(as_jpeg(written(gradient(), "PNG"))).format == "JPEG"


@pytest.mark.slow
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


def photograph(width: int = 1600, height: int = 1100) -> Image.Image:
    """Something with the grain of a photograph, of little contrast."""
    soft = gradient(width, height).point(lambda shade: 70 + shade * 100 // 255)
    return Image.blend(soft, Image.effect_noise((width, height), 60).convert("RGB"), 0.1)


def chart(width: int = 1200, height: int = 900) -> Image.Image:
    """Bars and small print, over so much ground that a PNG is not small."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    for row in range(0, height, 18):
        pen.text((10, row), f"{row} tons of salt in the warehouses of Sallow " * 5, fill=(20, 20, 60))
    for bar in range(10):
        pen.rectangle((bar * 110, height - bar * 80, bar * 110 + 60, height), fill=(30, 90, 25 * bar))
    return image


@pytest.mark.slow
def test_a_photograph_kept_as_png_becomes_jpeg() -> None:
    for image in (photograph(), photograph(900, 700)):
        data = written(image, "PNG")
        media = prepare(data)
        assert media.media_type == "image/jpeg"
        assert len(media.data) < len(data) / 3
        assert prepare(media.data) == media


@pytest.mark.slow
def test_a_chart_stays_sharp_however_large() -> None:
    for image in (chart(), chart(3000, 2200)):
        data = written(image, "PNG")
        assert len(data) > 64_000
        media = prepare(data)
        assert media.media_type == "image/png"
        assert prepare(media.data) == media


def test_a_screen_in_black_and_white_is_kept_in_grey_and_is_small() -> None:
    screen = chart().convert("L").convert("RGB").convert("P")
    media = prepare(written(screen, "PNG"))
    assert opened(media.data).mode == "L"
    assert len(media.data) < len(written(screen.convert("RGB"), "PNG"))


@pytest.mark.slow
@pytest.mark.parametrize("most", [200_000, 60_000, 20_000, 5_000, 2_000])
@pytest.mark.parametrize("grey", [False, True])
def test_a_picture_keeps_to_its_budget(most: int, *, grey: bool) -> None:
    for kind, image in (("JPEG", photograph()), ("PNG", photograph()), ("PNG", chart())):
        fit = Fit(grey=grey, most=most)
        media = prepare(written(image, kind), fit)
        assert len(media.data) <= most
        assert min(opened(media.data).size) >= 48
        assert prepare(media.data, fit) == media


def test_quality_gives_way_before_size() -> None:
    data = written(photograph(), "JPEG", quality=95)
    whole = len(prepare(data).data)
    assert opened(prepare(data, Fit(most=whole * 3 // 4)).data).size == opened(prepare(data).data).size
    assert opened(prepare(data, Fit(most=whole // 10)).data).width < opened(prepare(data).data).width


def test_a_chart_within_its_budget_stays_as_it_is() -> None:
    data = written(chart(), "PNG")
    assert prepare(data, Fit(most=len(data))).data == data


def contrast(image: Image.Image) -> float:
    return ImageStat.Stat(image).stddev[0]


def test_what_loses_its_colours_is_given_a_little_contrast() -> None:
    for image in (photograph(), photograph().point(lambda shade: 100 + shade // 4)):
        before = contrast(image.convert("L"))
        after = contrast(opened(prepare(written(image, "JPEG"), Fit(2000, 2000, grey=True)).data))
        assert before * 1.1 < after < before * 1.4


@pytest.mark.slow
def test_a_picture_of_full_contrast_or_of_no_colour_is_not_spread() -> None:
    fit = Fit(2000, 2000, grey=True)
    full = ImageOps.autocontrast(photograph().convert("L"), cutoff=1)
    shown = opened(prepare(written(full.convert("RGB"), "PNG"), fit).data)
    assert abs(contrast(shown) - contrast(full)) < 1
    dull = photograph().convert("L")
    assert prepare(written(dull, "JPEG"), fit).data == written(dull, "JPEG")


@given(low=st.integers(0, 254), span=st.integers(0, 255))
def test_in_grey_what_was_lighter_stays_lighter(low: int, span: int) -> None:
    ramp = (
        Image.linear_gradient("L").resize((8, 256)).point(lambda shade: min(255, low + shade * span // 255))
    )
    shades = list(greyed(ramp.convert("RGB")).crop((0, 0, 1, 256)).tobytes())
    assert shades == sorted(shades)
    assert shades[-1] - shades[0] <= (ramp.getextrema()[1] - ramp.getextrema()[0]) * 1.36 + 1  # type: ignore[operator]  # grey has one pair


def sixteen_bits(interlaced: int = 0, bits: int = 16) -> bytes:
    """A PNG in RGB as Pillow does not write it: of so many bits a colour, or in Adam7 passes."""
    side, colour = 16, b"\xc8\x00" if bits == 16 else b"\xc8"
    passes = [(2, 2), (2, 2), (4, 2), (4, 4), (8, 4), (8, 8), (16, 8)] if interlaced else [(side, side)]
    raw = b"".join((b"\0" + colour * 3 * wide) * high for wide, high in passes)
    head = struct.pack(">IIBBBBB", side, side, bits, 2, 0, 0, interlaced)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    body = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


@pytest.mark.parametrize(
    "data", [sixteen_bits(), sixteen_bits(1, 8), sixteen_bits(1)], ids=["16 bits", "in passes", "both"]
)
def test_a_png_of_sixteen_bits_or_in_passes_becomes_a_plain_one(data: bytes) -> None:
    media = prepare(data)
    assert media.data[24] == 8
    assert media.data[28] == 0
    assert settle(data) == media
    assert opened(media.data).convert("RGB").getpixel((8, 8)) == (200, 200, 200)


EVERY_KIND = [
    (mode, kind, options)
    for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16")
    for kind, options in (
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("WEBP", {}),
        ("GIF", {"interlace": True}),
    )
    if (kind, mode)
    not in {("JPEG", "RGBA"), ("JPEG", "LA"), ("JPEG", "P"), ("JPEG", "I;16"), ("PNG", "CMYK")}
    and (kind == "PNG" or mode not in {"I;16", "1", "P", "CMYK", "LA"})
]


@pytest.mark.slow
@pytest.mark.parametrize(
    "fit", [Fit(), Fit(300, 300, grey=True), Fit(most=6_000), Fit(grey=True, most=6_000)]
)
@pytest.mark.parametrize(("mode", "kind", "options"), EVERY_KIND)
def test_whatever_comes_in_what_goes_out_is_plain(
    mode: str, kind: str, options: dict[str, bool], fit: Fit
) -> None:
    image = photograph(500, 400)
    shown = image.convert("L").convert("I;16") if mode == "I;16" else image.convert(mode)
    exif = Image.Exif()
    exif[0x010E] = "Ada's garden"
    media = prepare(written(shown, kind, exif=exif, **options), fit)
    found = opened(media.data)
    assert (found.format, found.mode) in {
        ("JPEG", "L"),
        ("PNG", "L"),
        *(() if fit.grey else {("JPEG", "RGB"), ("PNG", "RGB")}),
    }
    assert not found.getexif()
    assert not {"progressive", "transparency", "exif", "icc_profile", "interlace"} & {
        key for key, value in found.info.items() if value
    }
    assert found.format != "PNG" or (media.data[24] <= 8 and media.data[28] == 0)
    assert fit.most is None or len(media.data) <= fit.most
    assert prepare(media.data, fit) == media
