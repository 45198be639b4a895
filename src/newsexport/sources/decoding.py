"""Bytes to clean text: encodings, byte order marks, line ends, characters no format can hold."""

from __future__ import annotations

import codecs
import unicodedata

from newsexport.errors import SourceError
from newsexport.plugins import UNREAD
from newsexport.protocols import Resource
from newsexport.sources.guarded_xml import is_other_xml, root_name
from newsexport.sources.language import detect
from newsexport.text.plaintext import storable
from newsexport.text.strays import mostly_utf8, telling

# Leading bytes of what people rename to .txt by mistake, and its name.
SIGNATURES = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture or a sound"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, an e-book or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "an MP3 file"),
    (b"\xff\xfb", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"fLaC", "a FLAC file"),
    (b"SQLite format 3", "a database"),
)


def unread(error: SourceError, data: bytes) -> SourceError:
    """The error; where no source reads the bytes, with what they say that they are: ``a PDF document``."""
    kind = next((kind for signature, kind in SIGNATURES if data.startswith(signature)), "")
    if not kind and is_other_xml(data):
        kind = f"XML of its own kind ({root_name(data)})"
    return SourceError(error.subject, f"is {kind}: {UNREAD}") if kind and error.reason == UNREAD else error


def is_binary(data: bytes) -> bool:
    """Whether it begins as a kind of file does that is no text, or holds what no text does."""
    known = any(data.startswith(signature) for signature, _ in SIGNATURES)
    return known or (_holds_controls(data[:SAMPLE]) and not _wide(data) and not data.startswith(WIDE_MARKS))


# The UTF-32 marks begin with the UTF-16 ones, so they are asked first.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE_MARKS = tuple(mark for mark, _ in MARKS[1:])

# Single- and multi-byte encodings that news was really published in (WHATWG Encoding
# Standard, the rows browsers still meet); DOS pages only cause mistakes, and Macintosh pages have line ends
# of their own.
LEGACY = (
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
)  # fmt: skip

# What is written with each page of Latin letters, where that is not Western Europe.
LATIN = {
    "cp1250": frozenset({"bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"}),
    "cp1254": frozenset({"az", "tr"}),
    "cp1257": frozenset({"et", "lt", "lv"}),
    "cp1252": frozenset[str](),
}
MACINTOSH = "mac_roman"
CYRILLIC = ("cp1251", "koi8_r")

SAMPLE = 65_536

# No text contains these.
CONTROLS = bytes((*range(8), *range(14, 27), *range(28, 32)))


def decode(resource: Resource) -> str:
    """The text of a resource, cleaned (see `clean`), whatever its encoding was.

    Raises:
        SourceError: there is no text, or what is there is not text.
    """
    text = clean(_decoded(resource))
    if not text.strip():
        raise SourceError(resource.reference, "is empty")
    return text


def clean(text: str) -> str:
    """Line ends as newlines, no control or unpaired characters, composed (NFC).

    Direction marks and joiners stay: Persian and Hebrew are misspelt without them.
    """
    # splitlines knows every line end of Unicode and is ten times as fast as a pattern.
    return unicodedata.normalize("NFC", storable("\n".join((text + "\n").splitlines())))


def _decoded(resource: Resource) -> str:
    data = resource.data
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise SourceError(resource.reference, f"looks like {kind}, not text")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    if _holds_controls(data[:SAMPLE]):
        raise SourceError(resource.reference, "looks like binary data, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return mostly_utf8(data) or data.decode(_legacy(data), "replace")


def _wide(data: bytes) -> str | None:
    """The byte order of UTF-16 that has no mark: the one in which spaces and line ends are."""
    sample = data[: SAMPLE & ~1]
    if b"\0" not in sample or len(data) % 2:
        return None
    best = max(("utf-16-le", "utf-16-be"), key=lambda order: _blanks(sample.decode(order, "replace")))
    text = sample.decode(best, "replace")
    readable = sum(
        unicodedata.category(character)[0] in "LMNPSZ" or character in "\t\r\n" for character in text
    )
    return best if _blanks(text) and readable >= 0.95 * len(text) else None


def _blanks(text: str) -> int:
    return text.count(" ") + text.count("\n")


def _holds_controls(sample: bytes) -> bool:
    """More than one byte in fifty, and more than a slip or two, is a control that no text contains."""
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    return controls > 8 and controls * 50 > len(sample)


def _legacy(data: bytes) -> str:
    """The encoding of text that is not UTF-8."""
    sample = telling(data)
    from charset_normalizer import from_bytes  # noqa: PLC0415 - costs time that UTF-8 texts need not pay

    best = from_bytes(sample, cp_isolation=list(LEGACY)).best()
    encoding = best.encoding if best else "cp1252"
    if encoding in LATIN:
        return MACINTOSH if b"\r" in sample and b"\n" not in sample else _latin(sample)
    return _cased(sample) if encoding in CYRILLIC else encoding


def _latin(sample: bytes) -> str:
    """Of the pages of Latin letters, the one whose languages the text, read by it, is in.

    They share most bytes, so the letters alone fit several; "è" would come out as "č".
    """
    for page, languages in LATIN.items():
        if detect(sample.decode(page, "replace"), "") in languages:
            return page
    return "cp1252"


def _cased(sample: bytes) -> str:
    """Of the two Cyrillic pages, which swap capitals and small letters, the one with fewer capitals."""
    return max(CYRILLIC, key=lambda page: sum(map(str.islower, sample.decode(page, "replace"))))
