"""The words of one part of a message: decoded, unwrapped, out of the armour of a signature."""

from __future__ import annotations

import re
from email.message import Message
from itertools import groupby

from newsexport.text.plaintext import storable
from newsexport.text.strays import mostly_utf8

# White space that gateways put at the ends of lines is none of the text (RFC 2045, 6.7, rule 3).
PADDING = re.compile(rb"[ \t]+(?=\r?$)", re.MULTILINE)

# A text signed in the clear (RFC 9580, 7), and what is encrypted.
SIGNED = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[A-Za-z-]+: .*\n)*\s*\n(?P<text>[\s\S]*?)"
    r"-----BEGIN PGP SIGNATURE-----[\s\S]*?(?:-----END PGP SIGNATURE-----|\Z)"
)
ENCRYPTED = re.compile(r"-----BEGIN PGP MESSAGE-----[\s\S]*?(?:-----END PGP MESSAGE-----|\Z)")

# A file in the text itself, as before MIME (POSIX uuencode).
UUENCODED = re.compile(r"^begin [0-7]{3,4} \S.*\n(?:[ -`]{1,61}\n)+?[` ]?\n?end[ \t]*$", re.MULTILINE)

SIGNATURE = "-- "
DEPTH = re.compile(r">*")


def decoded(part: Message) -> bytes | None:
    """The bytes that a part holds; None where it holds others."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "quoted-printable":
        held = part.get_payload()
        if isinstance(held, str):
            import quopri  # noqa: PLC0415 - few letters need it

            return quopri.decodestring(PADDING.sub(b"", held.encode("utf-8", "surrogateescape")))
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else None


def words(part: Message) -> str:
    """The text of a part in whatever encoding it has, as far as it can be made out."""
    data = decoded(part)
    if data is None:
        return ""
    return storable(read_as_it_may_be(data, part.get_content_charset() or "")).replace("\r\n", "\n")


def read_as_it_may_be(data: bytes, charset: str = "") -> str:
    """The text of bytes in the encoding that is told, in UTF-8, or in Windows-1252."""
    for name in (charset, "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return mostly_utf8(data) or data.decode("cp1252", "replace")


def plain_words(part: Message) -> str:
    """The same of a part of plain text: its soft line ends joined, without the armour of a signature."""
    text = words(part)
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, deleting=str(part.get_param("delsp", "")).lower() == "yes")
    return SIGNED.sub(lambda found: re.sub(r"(?m)^- ", "", found["text"]), text)


def _unflowed(text: str, *, deleting: bool) -> str:
    """A text with its soft line ends joined, in each depth of quotation by itself (RFC 3676).

    The space that makes an end soft goes where the sender is `deleting` such.
    """
    told: list[str] = []
    for depth, lines in groupby(text.split("\n"), lambda line: DEPTH.match(line)[0]):  # type: ignore[index]  # matches
        open_ended = False
        for line in lines:
            words = line[len(depth) :].removeprefix(" ")
            said = f"{depth} {words}" if depth and not open_ended else words
            if open_ended and words != SIGNATURE:
                told[-1] += said
            else:
                told.append(said)
            open_ended = words.endswith(" ") and words != SIGNATURE
            if open_ended and deleting:
                told[-1] = told[-1][:-1]
    return "\n".join(told)
