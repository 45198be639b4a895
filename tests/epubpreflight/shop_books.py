"""Books that EPUBCheck has nothing against and that some shop or reader stumbles over, or that could be better."""

from io import BytesIO

from PIL import Image
from tests.epubpreflight.broken_books import Broken
from tests.epubpreflight.sound_books import (
    JPEG,
    PNG,
    SOUND,
    Change,
    Packing,
    body,
    css,
    drop,
    has,
    item,
    nav,
    ncx,
    opf,
    put,
    swap,
)

from epubpreflight import Vendor

A = "EPUB/a.xhtml"
COVER = '<item id="cover" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>'
NCX_ITEM = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
LARGE = PNG[:16] + (3000).to_bytes(4, "big") * 2 + PNG[24:]
CLEAR = PNG[:25] + b"\x06" + PNG[26:]


def printed() -> bytes:
    """A picture in the colours of print."""
    data = BytesIO()
    Image.new("CMYK", (1, 1)).save(data, "JPEG")
    return data.getvalue()


WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00"


def minds(vendor: Vendor | None, rule: str, *changes: Change, packing: Packing | None = None) -> Broken:
    return Broken(rule, changes, packing=packing or Packing(), vendor=vendor)


KINDLE, KOBO, APPLE, GOOGLE = Vendor.KINDLE, Vendor.KOBO, Vendor.APPLE, Vendor.GOOGLE
SHOPS: tuple[Broken, ...] = (
    minds(KINDLE, "shop-language", opf("<dc:language>en", "<dc:language>tlh")),
    minds(KINDLE, "shop-no-declaration", swap(A, '<?xml version="1.0" encoding="UTF-8"?>\n', "")),
    minds(KINDLE, "shop-link-to-body", swap(A, "<body>", '<body id="top">'), body('<p><a href="#top">up</a></p>')),
    minds(
        KINDLE, "shop-contents-order", ncx('<content src="a.xhtml"/>', '<content src="b.xhtml"/>'),
        ncx('<content src="b.xhtml"/></navPoint>\n</navMap>', '<content src="a.xhtml"/></navPoint>\n</navMap>'),
    ),
    minds(KINDLE, "shop-size", put("EPUB/big.bin", bytes(60_000_000)), packing=Packing(method=0)),
    minds(
        GOOGLE, "shop-picture-format", item('<item id="w" href="w.webp" media-type="image/webp"/>'),
        put("EPUB/w.webp", WEBP), body('<p><img src="w.webp" alt="w"/></p>'),
    ),
    minds(KOBO, "shop-picture-colours", put("EPUB/cover.jpg", printed())),
    minds(KINDLE, "shop-picture-size", put("EPUB/pic.png", LARGE)),
    minds(KOBO, "shop-picture-transparent", put("EPUB/pic.png", CLEAR)),
    minds(KINDLE, "shop-script", has("scripted"), body("<script>1</script>")),
    minds(
        KINDLE, "shop-formula", has("mathml"),
        body('<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mn>1</mn></math></p>'),
    ),
    minds(
        KOBO, "shop-media", item('<item id="m" href="a.mp3" media-type="audio/mpeg"/>'), put("EPUB/a.mp3", SOUND),
        body('<audio src="a.mp3"></audio>'),
    ),
    minds(KINDLE, "shop-picture-element", body('<p><picture><img src="pic.png" alt="a"/></picture></p>')),
    minds(APPLE, "shop-srcset", body('<p><img src="pic.png" srcset="pic.png 1x" alt="a"/></p>')),
    minds(KINDLE, "shop-empty-alt", body('<p><img src="pic.png" alt=""/></p>')),
    minds(KINDLE, "shop-amazon-attribute", body('<p data-amznremoved="x">a</p>')),
    minds(KOBO, "shop-no-ncx", drop("EPUB/toc.ncx"), opf(NCX_ITEM, ""), opf(' toc="ncx"', "")),
    minds(
        KINDLE, "shop-contents-depth",
        ncx(
            '<content src="b.xhtml"/>',
            '<content src="b.xhtml"/><navPoint id="n3"><navLabel><text>x</text></navLabel><content src="b.xhtml#x"/>'
            '<navPoint id="n4"><navLabel><text>x</text></navLabel><content src="b.xhtml#y"/></navPoint></navPoint>',
        ),
        swap("EPUB/b.xhtml", "<h1>", '<h1 id="x">'), swap("EPUB/b.xhtml", "<p>", '<p id="y">'),
    ),
    minds(KINDLE, "shop-play-order", ncx('playOrder="1"', 'playOrder="2"'), ncx('playOrder="2"><navLabel><text>T', 'playOrder="1"><navLabel><text>T')),
    minds(KINDLE, "shop-no-guide", opf('<guide><reference type="text" title="Text" href="a.xhtml"/></guide>', "")),
    minds(APPLE, "shop-no-cover", opf(COVER, COVER.replace(' properties="cover-image"', "")), opf('<meta name="cover" content="cover"/>', "")),
    minds(KINDLE, "shop-cover-marks", opf('<meta name="cover" content="cover"/>', "")),
    minds(APPLE, "shop-cover-format", opf(COVER, COVER.replace("cover.jpg", "cover.png").replace("jpeg", "png")), drop("EPUB/cover.jpg"), put("EPUB/cover.png", PNG)),
    minds(KOBO, "shop-comment", packing=Packing(comment=b"made by hand")),
    minds(KOBO, "shop-style", css(".a { display: flex }")),
    minds(KOBO, "shop-style", css(".a { margin: var(--a) }")),
    minds(Vendor.TOLINO, "shop-style", css("@supports (display: block) { .a { margin: 0 } }")),
    minds(Vendor.POCKETBOOK, "shop-background", css(".a { background-color: yellow }")),
    minds(Vendor.REMARKABLE, "shop-page-size", body(f"<p>{'words ' * 50_000}</p>")),
    minds(KOBO, "shop-page-too-large", put("EPUB/big.bin", bytes(11_000_000))),
    minds(KOBO, "shop-name", item('<item id="u" href="%C3%BC.png" media-type="image/png"/>'), put("EPUB/ü.png", PNG)),
    minds(APPLE, "shop-landmark-types", nav('epub:type="bodymatter"', 'epub:type="bodymatter chapter"')),
    minds(APPLE, "shop-no-landmarks", nav('epub:type="landmarks" hidden=""><ol>', 'epub:type="loi" hidden=""><h2>x</h2><ol>')),
    minds(APPLE, "shop-marked-contents", nav(">Town<", "><abbr>Town</abbr><")),
    minds(None, "bytes-after-end", packing=Packing(behind=b"more")),
    minds(None, "picture-ending", item('<item id="j" href="j.jpeg" media-type="image/jpeg"/>'), put("EPUB/j.jpeg", JPEG)),
    minds(None, "accessibility-metadata", opf('<meta property="schema:accessMode">textual</meta>', "")),
    minds(None, "page-language", swap(A, ' xml:lang="en" lang="en"', "")),
    minds(None, "picture-undescribed", body('<p><img src="pic.png"/></p>')),
)  # fmt: skip
