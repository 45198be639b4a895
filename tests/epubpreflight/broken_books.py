"""Books with one fault each, and the rule that finds it. Packages and containers; pages are in `broken_pages`."""

from dataclasses import dataclass
from zipfile import ZIP_LZMA

from tests.epubpreflight.sound_books import (
    GIF,
    JPEG,
    OLD,
    PLAIN,
    PNG,
    WELL,
    Change,
    Files,
    Packing,
    changed,
    drop,
    item,
    meta,
    ncx,
    opf,
    put,
    swap,
)  # fmt: skip
from tests.epubpreflight.variants import FIXED, SPOKEN, SVG

from epubpreflight import Vendor


@dataclass(frozen=True, slots=True)
class Broken:
    """A book with a fault, which `rule` finds; `vendor` when only that one minds."""

    rule: str
    changes: tuple[Change, ...] = ()
    files: Files | None = None
    packing: Packing = WELL
    vendor: Vendor | None = None

    def made(self) -> Files:
        return changed(PLAIN if self.files is None else self.files, self.changes)


def broken(rule: str, *changes: Change, files: Files | None = None, packing: Packing = WELL) -> Broken:
    return Broken(rule, changes, files, packing)


def last(name: str) -> Change:
    def change(files: Files) -> None:
        files[name] = files.pop(name)

    return change


ENCRYPTION = """<?xml version="1.0" encoding="UTF-8"?>
<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">
<enc:EncryptedData><enc:EncryptionMethod Algorithm="%s"/>
<enc:CipherData><enc:CipherReference URI="%s"/></enc:CipherData></enc:EncryptedData></encryption>"""
ROOTFILE = '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>'
FULL_PATH = ' full-path="EPUB/package.opf"'
CONTAINER = "META-INF/container.xml"
TITLE = '<dc:title id="title">The Harbour Post</dc:title>'
UID = '<dc:identifier id="uid">urn:uuid:123e4567-e89b-42d3-a456-426614174000</dc:identifier>'
MODIFIED = '<meta property="dcterms:modified">2026-01-02T00:00:00Z</meta>'
GUIDE = '<reference type="text" title="Text" href="a.xhtml"/>'
PREFIXED = 'unique-identifier="uid"'


def prefix(value: str) -> Change:
    return opf(PREFIXED, f'{PREFIXED} prefix="{value}"')


CONTAINERS: tuple[Broken, ...] = (
    broken("zip-unreadable", packing=Packing(cut=200)),
    broken("zip-damaged", packing=Packing(method=0, renamed=(b"text-indent: 1em", b"text-indent: 2em"))),
    broken("zip-bomb", packing=Packing(claimed="EPUB/pic.png")),
    broken("mimetype-not-first", last("mimetype")),
    broken("mimetype-extra", packing=Packing(extra=b"UT\x01\x00\x00")),
    broken("mimetype-compressed", packing=Packing(compressed=True)),
    broken("mimetype-wrong", put("mimetype", "application/zip")),
    broken("mimetype-wrong", put("mimetype", "application/epub+zip\n")),
    broken(
        "name-encoding", put("EPUB/x1.txt", ""), packing=Packing(renamed=(b"EPUB/x1.txt", b"EPUB/x\xff.txt"))
    ),
    broken("name-twice", packing=Packing(twice="EPUB/A.xhtml")),
    broken("name-characters", put("EPUB/a|b.txt", "")),
    broken("name-characters", put("EPUB/a\x85b.txt", "")),
    broken("name-spaces", put("EPUB/a b.txt", "")),
    broken("name-ends-with-dot", put("EPUB/a.", "")),
    broken("name-outside", put("../evil.txt", "")),
    broken("folder-empty", packing=Packing(folder="EPUB/empty/")),
    broken("zip-encrypted", packing=Packing(locked="EPUB/style.css")),
    broken("zip-compression", packing=Packing(method=ZIP_LZMA)),
    broken("extension-capitals", packing=Packing(suffix=".EPUB")),
    broken("extension-odd", files=OLD, packing=Packing(suffix=".zip")),
    broken("container-missing", drop(CONTAINER)),
    broken("container-shape", swap(CONTAINER, "<rootfiles>", '<rootfiles id="x">')),
    broken("rootfile-missing", swap(CONTAINER, ROOTFILE, "")),
    broken("rootfile-missing", swap(CONTAINER, "oebps-package+xml", "oepbs-package+xml")),
    broken("rootfile-without-path", swap(CONTAINER, FULL_PATH, "")),
    broken("rootfile-empty-path", swap(CONTAINER, FULL_PATH, ' full-path=""')),
    broken("package-missing", swap(CONTAINER, "EPUB/package.opf", "EPUB/content.opf")),
    broken("renditions-old", swap(CONTAINER, ROOTFILE, ROOTFILE * 2), files=OLD),
    broken("renditions-untold", swap(CONTAINER, ROOTFILE, ROOTFILE * 2)),
    broken("encryption-shape", put("META-INF/encryption.xml", "<encryption/>")),
    broken("encryption-missing", put("META-INF/encryption.xml", ENCRYPTION % ("urn:x", "EPUB/gone.css"))),
    broken(
        "obfuscated-no-font",
        put("META-INF/encryption.xml", ENCRYPTION % ("http://www.idpf.org/2008/embedding", "EPUB/pic.png")),
    ),
    broken("file-locked", put("META-INF/encryption.xml", ENCRYPTION % ("urn:x", "EPUB/style.css"))),
    broken("signatures-shape", put("META-INF/signatures.xml", "<signatures/>")),
)
METADATA: tuple[Broken, ...] = (
    broken("package-version", opf('version="3.0"', 'version="4.0"')),
    broken("package-root", put("EPUB/package.opf", "<parcel/>")),
    broken("package-namespace", opf("http://www.idpf.org/2007/opf", "http://www.idpf.org/2007/o")),
    broken("package-shape", opf("<guide>", "<tours/><guide>")),
    broken("package-shape", opf("<spine ", '<spine page-progression-direction="down" ')),
    broken("metadata-title", opf(TITLE, "")),
    broken("metadata-language", opf("<dc:language>en</dc:language>", "")),
    broken("metadata-identifier", opf(UID, "")),
    broken("metadata-empty", opf(TITLE, '<dc:title id="title"> </dc:title>')),
    broken("metadata-empty-old", opf("<dc:title>The Harbour Post</dc:title>", "<dc:title/>"), files=OLD),
    broken("unique-identifier", opf(PREFIXED, 'unique-identifier="none"')),
    broken("unique-identifier-missing", opf(PREFIXED, "")),
    broken("modified-count", opf(MODIFIED, "")),
    broken("modified-count", meta(MODIFIED)),
    broken("modified-form", opf("2026-01-02T00:00:00Z", "2026-01-02")),
    broken("refines-missing", meta('<meta property="file-as" refines="#nobody">x</meta>')),
    broken("refines-by-name", meta('<meta property="file-as" refines="a.xhtml">x</meta>')),
    broken("refines-wrong", meta('<meta property="title-type" refines="#creator">main</meta>')),
    broken("property-twice", meta('<meta property="file-as" refines="#title">x</meta>' * 2)),
    broken("property-value", meta('<meta property="rendition:layout">fixed</meta>')),
    broken("property-unknown", meta('<meta property="rendition:shape">round</meta>')),
    broken("property-unknown", meta('<meta property="series">x</meta>')),
    broken("property-several", meta('<meta property="own:a own:b">x</meta>'), prefix("own: urn:x")),
    broken("property-obsolete", meta('<meta property="rendition:viewport">width=1, height=1</meta>')),
    broken("property-malformed", meta('<meta property="own:">x</meta>')),
    broken("meta-auth-obsolete", meta('<meta property="meta-auth" refines="#title">x</meta>')),
    broken("meta-incomplete", meta('<meta property="schema:accessibilitySummary"> </meta>')),
    broken("meta-incomplete", meta('<meta name="cover"/>')),
    broken("date-form", opf("<dc:date>2026-01-02", "<dc:date>2 January 2026")),
    broken("date-form", opf("<dc:date>2026-01-02", "<dc:date>2026-02-30")),
    broken("date-form-old", opf("<dc:date>2026-01-02", "<dc:date>soon"), files=OLD),
    broken("language-tag", opf("<dc:language>en", "<dc:language>the English")),
    broken("language-tag", opf("<dc:language>en", "<dc:language>en_US")),
    broken("identifier-uuid", opf("123e4567-e89b-42d3-a456-426614174000", "not-a-uuid"),
           ncx("123e4567-e89b-42d3-a456-426614174000", "not-a-uuid")),
    broken("creator-role", opf('opf:role="aut"', 'opf:role="writer"'), files=OLD),
    broken("package-id-twice", opf('<dc:creator id="creator">', '<dc:creator id="title">')),
    broken(
        "refines-cycle",
        meta('<meta property="schema:x" id="x" refines="#y">1</meta><meta property="schema:x" id="y" refines="#x">1</meta>'),
    ),
    broken("duration-sum", swap("EPUB/package.opf", 'media:duration">0:00:02', 'media:duration">0:01:02'), files=SPOKEN),
    broken("subject-authority", meta('<meta property="authority" refines="#subject">BISAC</meta>')),
    broken("prefixes-spaced", prefix(" own: urn:x")),
    broken("prefix-empty", prefix(": urn:x")),
    broken("prefix-name", prefix("1own: urn:x")),
    broken("prefix-colon", prefix("own urn:x")),
    broken("prefix-space", prefix("own:urn:x")),
    broken("prefix-odd-space", opf(PREFIXED, f'{PREFIXED} prefix="own:&#9;urn:x"')),
    broken("prefix-odd-gap", opf(PREFIXED, f'{PREFIXED} prefix="own: urn:x&#8195;two: urn:y"')),
    broken("prefix-address", prefix("own:")),
    broken("prefix-bad-address", prefix("own: urn:x|y")),
    broken("prefix-reserved", prefix("dcterms: urn:x")),
    broken("prefix-underscore", prefix("_: urn:x")),
    broken("prefix-of-default", prefix("own: http://idpf.org/epub/vocab/package/meta/#")),
    broken("prefix-of-dublin-core", prefix("own: http://purl.org/dc/elements/1.1/")),
    broken("prefix-undeclared", meta('<meta property="own:x">x</meta>')),
    broken("package-doctype", opf("<package", '<!DOCTYPE package PUBLIC "own" "http://openebook.org/dtds/oeb-1.2/oebpkg12.dtd"><package'), files=OLD),
    broken("document-utf-16", put("EPUB/package.opf", PLAIN["EPUB/package.opf"].decode().replace('"UTF-8"', '"UTF-16"')
           .encode("utf-16"))),
)  # fmt: skip
PIC = '<item id="pic" href="pic.png" media-type="image/png"/>'
LINK = '<link rel="record" href="r.xml" media-type="application/xml"/>'
LISTS: tuple[Broken, ...] = (
    broken("item-twice", item('<item id="again" href="pic.png" media-type="image/png"/>')),
    broken("item-package", item('<item id="own" href="package.opf" media-type="application/oebps-package+xml"/>')),
    broken("item-fragment", opf('href="pic.png"', 'href="pic.png#x"')),
    broken("item-in-meta-inf", item('<item id="m" href="../META-INF/x.css" media-type="text/css"/>'), put("META-INF/x.css", "")),
    broken("item-missing", drop("EPUB/pic.png")),
    broken("file-undeclared", put("EPUB/left-over.txt", "?")),
    broken("item-property-type", opf(PIC, PIC.replace("/>", ' properties="nav"/>'))),
    broken("nav-count", opf(' properties="nav"', "")),
    broken("cover-count", opf(PIC, PIC.replace("/>", ' properties="cover-image"/>'))),
    broken("property-unknown", opf(PIC, PIC.replace("/>", ' properties="pretty"/>'))),
    broken("fallback-missing", opf(PIC, PIC.replace("/>", ' fallback="none"/>'))),
    broken(
        "fallback-cycle",
        opf(PIC, PIC.replace("/>", ' fallback="cover"/>')),
        opf('<item id="cover"', '<item id="cover" fallback="pic"'),
    ),
    broken("spine-type", opf("</spine>", '<itemref idref="pic"/></spine>')),
    broken("spine-fallback", opf(PIC, PIC.replace("/>", ' fallback="cover"/>')), opf("</spine>", '<itemref idref="pic"/></spine>')),
    broken("spine-type-old", opf("</spine>", '<itemref idref="cover"/></spine>'), files=OLD),
    broken("spine-missing", opf("</spine>", '<itemref idref="nobody"/></spine>')),
    broken("spine-twice", opf("</spine>", '<itemref idref="a"/></spine>')),
    broken("spine-twice-old", opf("</spine>", '<itemref idref="a"/></spine>'), files=OLD),
    broken("spine-not-linear", opf('<itemref idref="a"/>', '<itemref idref="a" linear="no"/>'),
           opf('<itemref idref="b"/>', '<itemref idref="b" linear="no"/>')),
    broken("package-shape", opf('<itemref idref="a"/>\n<itemref idref="b"/>', "")),
    broken("toc-attribute", opf('toc="ncx"', 'toc="style"')),
    broken("toc-attribute-old", opf('toc="ncx"', 'toc="cover"'), files=OLD),
    broken("toc-attribute-missing", opf(' toc="ncx"', "")),
    broken("ncx-missing-old", opf(' toc="ncx"', ""), files=OLD),
    broken("spine-properties", opf('<itemref idref="a"/>', '<itemref idref="a" properties="page-spread-left page-spread-right"/>')),
    broken("guide-undeclared", opf(GUIDE, '<reference type="text" href="gone.xhtml"/>')),
    broken("guide-type", opf(GUIDE, '<reference type="text" href="pic.png"/>')),
    broken("guide-twice", opf(GUIDE, GUIDE * 2)),
    broken("bindings-obsolete", opf("</package>", '<bindings><mediaType media-type="x/y" handler="a"/></bindings></package>')),
    broken("item-type-obsolete", item('<item id="h" href="h.html" media-type="text/html"/>'), put("EPUB/h.html", OLD["EPUB/a.xhtml"]), files=OLD),
    broken("item-type-deprecated", item('<item id="h" href="h.css" media-type="text/x-oeb1-css"/>'), put("EPUB/h.css", ""), files=OLD),
    broken("fallback-style-missing", item('<item id="h" href="h.xml" media-type="text/xml" fallback-style="no"/>'), put("EPUB/h.xml", "<h/>"), files=OLD),
    broken("page-map-missing", opf("<spine ", '<spine page-map="map" '), files=OLD),
    broken("link-listed", meta('<link rel="record" href="pic.png" media-type="image/png"/>')),
    broken("link-without-type", meta('<link rel="alternate" href="r.xml"/>'), put("EPUB/r.xml", "<r/>")),
    broken("link-record-without-type", meta('<link rel="record" href="https://example.org/r.xml"/>')),
    broken("link-voice-type", meta('<link rel="voicing" refines="#title" href="https://example.org/r" media-type="text/plain"/>')),
    broken("link-to-package", meta('<link rel="alternate" href="#title" media-type="text/plain"/>')),
    broken("link-alternate", meta(LINK.replace("record", "alternate record")), put("EPUB/r.xml", "<r/>")),
    broken("link-relation", meta(LINK.replace("/>", ' refines="#title"/>')), put("EPUB/r.xml", "<r/>")),
    broken("linked-missing", meta(LINK)),
    broken("collection-role", opf("</package>", '<collection role="http://a%b"><link href="a.xhtml"/></collection></package>')),
    broken("collection-place", opf("</package>", '<collection role="manifest"><link href="a.xhtml"/></collection></package>')),
    broken("overlay-attribute", swap("EPUB/package.opf", 'media-overlay="smil"', 'media-overlay="pic"'), files=SPOKEN),
    broken("overlay-untold", swap("EPUB/package.opf", ' media-overlay="smil"', ""), files=SPOKEN),
    broken(
        "overlay-other",
        item('<item id="s2" href="b.smil" media-type="application/smil+xml"/>'),
        put("EPUB/b.smil", SPOKEN["EPUB/a.smil"].replace(b"a.xhtml#later", b"b.xhtml")),
        swap("EPUB/package.opf", 'media-overlay="smil"', 'media-overlay="s2"'),
        meta('<meta property="media:duration" refines="#s2">0s</meta>'),
        files=SPOKEN,
    ),
    broken(
        "overlay-twice",
        item('<item id="s2" href="b.smil" media-type="application/smil+xml"/>'),
        put("EPUB/b.smil", SPOKEN["EPUB/a.smil"]),
        files=SPOKEN,
    ),
    broken("overlay-silent", swap("EPUB/a.smil", "a.xhtml#later", "b.xhtml"), files=SPOKEN),
    broken(
        "overlay-unstyled",
        meta('<meta property="media:active-class">now</meta>'),
        swap("EPUB/a.xhtml", '<link rel="stylesheet" href="style.css"/>', ""),
        files=SPOKEN,
    ),
    broken("overlay-audio-type", opf("audio/mpeg", "audio/wav"), files=SPOKEN),
    broken("overlay-shape", swap("EPUB/a.smil", "<audio", "<sound/><audio"), files=SPOKEN),
    broken("overlay-times", swap("EPUB/a.smil", 'clipEnd="2s"', 'clipEnd="0s"'), files=SPOKEN),
    broken("overlay-audio-fragment", swap("EPUB/a.smil", "a.mp3", "a.mp3#t=1"), files=SPOKEN),
    broken("overlay-place", swap("EPUB/a.smil", "a.xhtml#later", "a.xhtml#xpointer(id('later'))"), files=SPOKEN),
    broken(
        "overlay-part",
        item('<item id="svg" media-overlay="smil" href="d.svg" media-type="image/svg+xml"/>'),
        opf("</spine>", '<itemref idref="svg"/></spine>'),
        put("EPUB/d.svg", SVG),
        swap("EPUB/a.smil", "</par>", '</par><par><text src="d.svg#box=1"/></par>'),
        files=SPOKEN,
    ),
    broken("viewport-missing", swap("EPUB/a.xhtml", '<meta name="viewport" content="width=600, height=800"/>', ""), files=FIXED),
    broken("viewport-syntax", swap("EPUB/a.xhtml", "width=600, height=800", "width=, height=800"), files=FIXED),
    broken("viewport-part", swap("EPUB/a.xhtml", "width=600, height=800", "width=600"), files=FIXED),
    broken("viewport-value", swap("EPUB/a.xhtml", "width=600", "width=600px"), files=FIXED),
    broken("viewport-twice", swap("EPUB/a.xhtml", "width=600", "width=600, width=700"), files=FIXED),
    broken(
        "view-box-missing",
        item('<item id="svg" href="d.svg" media-type="image/svg+xml"/>'),
        opf("</spine>", '<itemref idref="svg"/></spine>'),
        put("EPUB/d.svg", SVG.replace(' viewBox="0 0 9 9"', "")),
        files=FIXED,
    ),
    broken("picture-type", put("EPUB/pic.png", JPEG)),
    broken("picture-damaged", put("EPUB/pic.png", PNG[:12])),
    broken("picture-damaged", put("EPUB/cover.jpg", JPEG[:20])),
    broken("picture-empty", put("EPUB/pic.png", b"")),
    broken("picture-extension", opf(PIC, '<item id="pic" href="pic.png" media-type="image/gif"/>'), put("EPUB/pic.png", GIF)),
    broken("document-type", ncx("<ncx", '<!DOCTYPE ncx SYSTEM "x.dtd"><ncx')),
    broken("item-remote", item('<item id="far" href="https://example.org/p.png" media-type="image/png"/>')),
    broken("link-to-data", item('<item id="d" href="data:image/png,x" media-type="image/png"/>')),
)  # fmt: skip
