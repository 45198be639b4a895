"""Small books that are right, and how to change and pack them.

A book is its files by name. A change is a function that is given them and changes them.
"""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

Files = dict[str, bytes]
Change = Callable[[Files], None]

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC"
)
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0"
    "Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8A"
    "VN//2Q=="
)
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
SOUND = b"ID3\x03\x00\x00\x00\x00\x00\x00" + bytes(400)

CONTAINER = b"""<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
PACKAGE = b"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="uid" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="uid">urn:uuid:123e4567-e89b-42d3-a456-426614174000</dc:identifier>
<dc:title id="title">The Harbour Post</dc:title>
<dc:language>en</dc:language>
<dc:creator id="creator">Ann Other</dc:creator>
<dc:subject id="subject">News</dc:subject>
<dc:date>2026-01-02</dc:date>
<meta property="dcterms:modified">2026-01-02T00:00:00Z</meta>
<meta name="cover" content="cover"/>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="style" href="style.css" media-type="text/css"/>
<item id="cover" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>
<item id="pic" href="pic.png" media-type="image/png"/>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>
</manifest>
<spine toc="ncx">
<itemref idref="a"/>
<itemref idref="b"/>
</spine>
<guide><reference type="text" title="Text" href="a.xhtml"/></guide>
</package>"""
NAV = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en">
<head><title>Contents</title></head>
<body>
<nav epub:type="toc" id="toc"><h1>Contents</h1><ol>
<li><a href="a.xhtml">Port</a><ol><li><a href="a.xhtml#later">Later</a></li></ol></li>
<li><a href="b.xhtml">Town</a></li>
</ol></nav>
<nav epub:type="landmarks" hidden=""><ol><li><a epub:type="bodymatter" href="a.xhtml">Text</a></li></ol></nav>
<nav epub:type="page-list" hidden=""><ol><li><a href="a.xhtml#p1">1</a></li></ol></nav>
</body>
</html>"""
NCX = b"""<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="en">
<head><meta name="dtb:uid" content="urn:uuid:123e4567-e89b-42d3-a456-426614174000"/></head>
<docTitle><text>The Harbour Post</text></docTitle>
<navMap>
<navPoint id="n1" playOrder="1"><navLabel><text>Port</text></navLabel><content src="a.xhtml"/></navPoint>
<navPoint id="n2" playOrder="2"><navLabel><text>Town</text></navLabel><content src="b.xhtml"/></navPoint>
</navMap>
</ncx>"""
PAGE = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en">
<head><title>Port</title><link rel="stylesheet" href="style.css"/></head>
<body>
<section><h1>The harbour opens</h1>
<p id="later">A first <em>paragraph</em>.<span epub:type="pagebreak" id="p1" role="doc-pagebreak"/></p>
<figure><img src="pic.png" alt="A quay"/><figcaption>The quay</figcaption></figure>
<p><a href="b.xhtml">On to the town</a></p>
</section>
</body>
</html>"""
LAST_PAGE = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
<head><title>Town</title></head>
<body><h1>A market moves</h1><p>Words.</p></body>
</html>"""
STYLE = b"p { margin: 0; text-indent: 1em }\nh1, h2 > em { font-size: 1.5em }\n"

PLAIN: Files = {
    "mimetype": b"application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "EPUB/package.opf": PACKAGE,
    "EPUB/nav.xhtml": NAV,
    "EPUB/toc.ncx": NCX,
    "EPUB/style.css": STYLE,
    "EPUB/cover.jpg": JPEG,
    "EPUB/pic.png": PNG,
    "EPUB/a.xhtml": PAGE,
    "EPUB/b.xhtml": LAST_PAGE,
}

OLD_PACKAGE = b"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="uid">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:identifier id="uid" opf:scheme="UUID">123e4567-e89b-42d3-a456-426614174000</dc:identifier>
<dc:title>The Harbour Post</dc:title>
<dc:language>en</dc:language>
<dc:creator opf:role="aut">Ann Other</dc:creator>
<dc:date>2026-01-02</dc:date>
<meta name="cover" content="cover"/>
</metadata>
<manifest>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="cover" href="cover.jpg" media-type="image/jpeg"/>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
</manifest>
<spine toc="ncx"><itemref idref="a"/></spine>
<guide><reference type="text" title="Text" href="a.xhtml"/></guide>
</package>"""
OLD_PAGE = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en">
<head><title>Port</title></head>
<body><h1>The harbour opens</h1><p>A first&nbsp;paragraph.</p><div><img src="cover.jpg" alt="A quay"/></div></body>
</html>"""
OLD: Files = {
    "mimetype": b"application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "EPUB/package.opf": OLD_PACKAGE,
    "EPUB/toc.ncx": b"""<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<head><meta name="dtb:uid" content="123e4567-e89b-42d3-a456-426614174000"/></head>
<docTitle><text>The Harbour Post</text></docTitle>
<navMap><navPoint id="n1"><navLabel><text>Port</text></navLabel><content src="a.xhtml"/></navPoint></navMap>
</ncx>""",
    "EPUB/cover.jpg": JPEG,
    "EPUB/a.xhtml": OLD_PAGE,
}


def swap(name: str, old: str, new: str) -> Change:
    """One passage of a file for another; that it is there is part of the test."""

    def change(files: Files) -> None:
        assert old.encode() in files[name], f"{old} is not in {name}"
        files[name] = files[name].replace(old.encode(), new.encode(), 1)

    return change


def put(name: str, data: bytes | str) -> Change:
    """A file more, or other bytes for one."""

    def change(files: Files) -> None:
        files[name] = data.encode() if isinstance(data, str) else data

    return change


def drop(name: str) -> Change:
    """A file less."""

    def change(files: Files) -> None:
        del files[name]

    return change


def opf(old: str, new: str) -> Change:
    """A change of the package document."""
    return swap("EPUB/package.opf", old, new)


def meta(xml: str) -> Change:
    """Metadata more."""
    return opf("</metadata>", f"{xml}</metadata>")


def item(xml: str) -> Change:
    """Items more in the manifest."""
    return opf("</manifest>", f"{xml}</manifest>")


def has(properties: str) -> Change:
    """Properties of the first page."""
    return opf('href="a.xhtml" media-type="application/xhtml+xml"',
               f'href="a.xhtml" media-type="application/xhtml+xml" properties="{properties}"')  # fmt: skip


def body(xml: str) -> Change:
    """More at the end of the first page."""
    return swap("EPUB/a.xhtml", "</body>", f"{xml}</body>")


def head(xml: str) -> Change:
    """More at the end of the head of the first page."""
    return swap("EPUB/a.xhtml", "</head>", f"{xml}</head>")


def nav(old: str, new: str) -> Change:
    """A change of the navigation document."""
    return swap("EPUB/nav.xhtml", old, new)


def ncx(old: str, new: str) -> Change:
    """A change of the NCX."""
    return swap("EPUB/toc.ncx", old, new)


def css(text: str) -> Change:
    """More at the end of the style sheet."""
    return swap("EPUB/style.css", "1.5em }\n", f"1.5em }}\n{text}\n")


@dataclass(frozen=True, slots=True)
class Packing:
    """How a book is put into its zip file, when not as it should be."""

    compressed: bool = False
    extra: bytes = b""
    comment: bytes = b""
    behind: bytes = b""
    twice: str = ""
    folder: str = ""
    method: int = ZIP_DEFLATED
    locked: str = ""
    claimed: str = ""
    suffix: str = ".epub"
    renamed: tuple[bytes, bytes] = (b"", b"")
    cut: int = 0


WELL = Packing()


def changed(files: Files, changes: Iterable[Change]) -> Files:
    """A copy of a book with changes."""
    copy = dict(files)
    for change in changes:
        change(copy)
    return copy


def pack(files: Files, path: Path, packing: Packing = WELL) -> Path:
    """Put a book into a zip file, `mimetype` where it stands in the order of the files."""
    with ZipFile(path, "w") as archive:
        archive.comment = packing.comment
        for name, data in files.items():
            info = ZipInfo(name, (2026, 1, 2, 0, 0, 0))
            if name == "mimetype":
                info.compress_type = ZIP_DEFLATED if packing.compressed else ZIP_STORED
                info.extra = packing.extra
            else:
                info.compress_type = packing.method
            archive.writestr(info, data)
        if packing.twice:
            archive.writestr(packing.twice, b"")
        if packing.folder:
            archive.writestr(packing.folder, b"")
    data = path.read_bytes().replace(*packing.renamed) if packing.renamed[0] else path.read_bytes()
    data = data[: len(data) - packing.cut] if packing.cut else data
    path.write_bytes(_claimed(_locked(data, packing.locked), packing.claimed) + packing.behind)
    return path


def _claimed(data: bytes, name: str) -> bytes:
    """Let the directory say that a file has three thousand million bytes."""
    marked = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while name and at >= 0:
        if data[at + 46 :].startswith(name.encode()):
            marked[at + 24 : at + 28] = (3_000_000_000).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(marked)


def _locked(data: bytes, name: str) -> bytes:
    """Set the bit that says a file is encrypted, in its two headers."""
    if not name:
        return data
    marked = bytearray(data)
    local, central = data.find(b"PK\x03\x04"), data.find(b"PK\x01\x02")
    while local >= 0:
        if data[local + 30 :].startswith(name.encode()):
            marked[local + 6] |= 1
        local = data.find(b"PK\x03\x04", local + 1)
    while central >= 0:
        if data[central + 46 :].startswith(name.encode()):
            marked[central + 8] |= 1
        central = data.find(b"PK\x01\x02", central + 1)
    return bytes(marked)
