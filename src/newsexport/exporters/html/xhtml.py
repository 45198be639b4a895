"""Text and attributes of XHTML, written by joining strings.

Whatever an article holds, what these functions give is well-formed: characters that XML
1.0 (fifth edition, section 2.2) has no place for are dropped here, once and for all.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from urllib.parse import quote, urlsplit

from newsexport.text.languages import is_within
from newsexport.text.plaintext import UNSTORABLE
from newsexport.text.wording import direction

# Addresses as a book may link to them, whatever an article says they are.

# Nearly every link of nearly every article is of this form and is taken as it stands.
PLAIN = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?:/[A-Za-z0-9._~/-]*)?")

HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
MAILBOX = re.compile(r"mailto:[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII | re.IGNORECASE)
STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

# RFC 3986, appendix A: what may stand in a path, a query and a fragment unencoded.
PATH, QUERY = "%/:@!$&'()*+,;=~", "%/:@!$&'()*+,;=~?"


@lru_cache(maxsize=4096)
def address(href: str) -> str | None:
    """The address as a URI of a scheme that is safe to open, or None.

    Web and mail addresses remain; scripts, files, fragments and relative references,
    which would point at nothing inside a book, do not. A name and password before the
    host are dropped.
    """
    href = href.strip()
    if PLAIN.fullmatch(href) or MAILBOX.fullmatch(href):
        return href
    try:
        parts = urlsplit(href)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or host is None:
        return None
    return "".join(
        (
            f"{parts.scheme}://{host}",
            f":{port}" if port is not None else "",
            _encoded(parts.path, PATH),
            f"?{_encoded(parts.query, QUERY)}" if parts.query else "",
            f"#{_encoded(parts.fragment, QUERY)}" if parts.fragment else "",
        )
    )


def _host(name: str) -> str | None:
    """The host as it goes over the wire; None when there is no such host name."""
    try:
        number = ip_address(name)
    except ValueError:
        pass
    else:
        return f"[{number}]" if isinstance(number, IPv6Address) else str(number)
    wired = name.encode("idna").decode("ascii").lower()  # UnicodeError is a ValueError
    return wired if HOST.fullmatch(wired) else None


def _encoded(part: str, safe: str) -> str:
    return quote(STRAY_PERCENT.sub("%25", part), safe=safe, errors="replace")


# What XML does not take, and the controls and noncharacters that it takes and discourages; and soft hyphens,
# which keep words from a device's dictionary while the device hyphenates by itself.
UNWANTED = re.compile(f"\xad|{UNSTORABLE.pattern}")

# A letter or sign that can be seen; a title or a link needs one, or it has no name to be read out by.
SEEN = re.compile("[^\\s\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def legal(value: str) -> str:
    """The text without what XML has no place for."""
    # The test is much faster than the search, and nearly every text passes it.
    return value if value.isprintable() else UNWANTED.sub("", value)


def text(value: str) -> str:
    """Character data."""
    return legal(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """An attribute's value, on one line, to stand between double quotes."""
    return text(" ".join(value.split())).replace('"', "&quot;")


def is_seen(value: str) -> bool:
    """Whether anything of the text can be seen."""
    return SEEN.search(legal(value)) is not None


def label(value: str, longest: int = 160) -> str:
    """Plain text on one line for a list of contents, shortened at a word; not escaped.

    Nothing, when nothing of it can be seen.
    """
    line = " ".join(legal(value[: 8 * longest]).split())  # a paragraph need not be read to its end
    if not SEEN.search(line):
        return ""
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


@lru_cache(maxsize=256)
def language_attributes(tag: str, around: str, *, xml: bool = True) -> str:
    """The attributes of an element whose language may differ from the text around it.

    Without those of XML for a page of the web.
    """
    if is_within(tag, around):
        return ""
    turned = f' dir="{direction(tag)}"' if direction(tag) != direction(around) else ""
    again = f' xml:lang="{tag}"' if xml else ""
    return f' lang="{tag}"{again}{turned}'
