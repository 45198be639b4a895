"""The addresses in a book: whether they are any, and what they lead to.

Sources: URL Living Standard (WHATWG), sections 3.1 and 4.4, whose validation errors are EPUBCheck's RSC-020;
EPUB 3.3, section 4.2.5 (URLs in the container).
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from epubpreflight.document_schema import fits, words
from epubpreflight.rules import Rule

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# What the standard calls URL code points, and what is written with a percent sign.
UNITS = (
    r"(?:[A-Za-z0-9!$&'()*+,./:;=?@_~\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    r"\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U000efffd]|%[0-9A-Fa-f]{2})"
)
RELATIVE = rf"{UNITS}*(?:#{UNITS}*)?"
AUTHORITY = re.compile(r"//([^/?#\\]*)")
HOST = re.compile(
    r"(?:[^\s#%/:<>?@\[\\\]^|\x00-\x20]|%[0-9A-Fa-f]{2})+(?::[0-9]{0,5})?|\[[0-9A-Fa-f:.]+\](?::[0-9]{0,5})?"
)
SPECIAL = frozenset({"http", "https", "ftp", "ws", "wss"})


# Schemes registered with the IANA that links in books are met with, and the permanent ones.
SCHEMES = frozenset(
    words(
        "aaa aaas about acap acct acr adiumxtra afp afs aim amss android appdata apt attachment aw barion "
        "beshare bitcoin blob bolo browserext callto cap chrome chrome-extension cid coap coap+tcp coap+ws "
        "coaps coaps+tcp coaps+ws com-eventbrite-attendee content cool crid cvs data dav diaspora dict dis "
        "dlna-playcontainer dlna-playsingle dns dntp doi dtn dvb ed2k example facetime fax feed feedready "
        "file filesystem finger fish ftp geo gg git gizmoproject go gopher graph gtalk h323 ham hcp http "
        "https hxxp hxxps hydrazone iax icap icon im imap info iotdisco ipn ipp ipps irc irc6 ircs iris "
        "iris.beep iris.lwz iris.xpc iris.xpcs isostore itms jabber jar jms keyparc lastfm ldap ldaps lvlt "
        "magnet mailserver mailto maps market message mid mms modem mongodb moz msnim msrp msrps mtqp "
        "mumble mupdate mvn news nfs ni nih nntp notes ocf oid onenote onenote-cmd opaquelocktoken "
        "openpgp4fpr pack palm paparazzi pkcs11 platform pop pres prospero proxy pwid psyc qb query redis "
        "rediss reload res resource rmi rsync rtmfp rtmp rtsp rtsps rtspu secondlife service session sftp "
        "sgn shttp sieve sip sips skype smb sms smtp snews snmp soap.beep soap.beeps soldat spotify ssh "
        "steam stun stuns submit svn tag teamspeak tel teliaeid telnet tftp things thismessage tip tn3270 "
        "tool turn turns tv udp unreal urn ut2004 v-event vemmi ventrilo videotex vnc view-source wais "
        "webcal wpid ws wss wtai wyciwyg xcon xcon-userid xfire xmlrpc.beep xmlrpc.beeps xmpp xri ymsgr "
        "z39.50 z39.50r z39.50s"
    )
)


class Target(NamedTuple):
    """Where an address leads: to the file of the book called `name`, or out of the book when `scheme` is set.

    `fragment` is None when the address has none. `rule` says what is wrong with the address.
    """

    name: str
    fragment: str | None
    scheme: str
    rule: Rule | None = None


# A file in the same folder and perhaps a place in it: nearly every address of nearly every book.
PLAIN = re.compile(r"([A-Za-z0-9_-]+\.[A-Za-z0-9]+)(?:#([A-Za-z0-9_.-]+))?")


@lru_cache(maxsize=4096)
def resolve(base: str, address: str) -> Target:
    """Where an address in the file `base` leads."""
    if plain := PLAIN.fullmatch(address):
        folder, slash, _ = base.rpartition("/")
        return Target(f"{folder}{slash}{plain[1]}", plain[2], "")
    scheme = SCHEME.match(address)
    if scheme and len(scheme.group(1)) > 1:
        return _elsewhere(scheme.group(1).lower(), address)
    if address.startswith("//"):
        return Target(address, None, "https", None if HOST.match(address[2:]) else Rule.ADDRESS_MALFORMED)
    rule = None if fits(RELATIVE, address) else Rule.ADDRESS_MALFORMED
    path, mark, fragment = address.strip().partition("#")
    path, question, _ = path.partition("?")
    rule = rule or (Rule.ADDRESS_WITH_QUESTION if question else None)
    name = base if not path else _joined(base, unquote(path))
    if path and (
        name.startswith("../") or path.startswith("/") or name in {"..", "."} or _climbs(base, path)
    ):
        rule = rule or Rule.ADDRESS_LEAVES_THE_BOOK
        name = re.sub(r"^(?:\.\./|/)+", "", name)
    return Target(name, fragment if mark else None, "", rule)


def _joined(base: str, path: str) -> str:
    path = unicodedata.normalize("NFC", path)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
    return joined + "/" if path.endswith("/") and joined != "." else joined


def _climbs(base: str, path: str) -> bool:
    """Whether the path goes above the top of the book, even if it comes back down."""
    depth = base.count("/")
    for step in unquote(path).split("/")[:-1]:
        depth += -1 if step == ".." else 0 if step in {"", "."} else 1
        if depth < 0:
            return True
    return False


def _elsewhere(scheme: str, address: str) -> Target:
    rest = address[len(scheme) + 1 :]
    rule: Rule | None = None
    if scheme == "file":
        rule = Rule.ADDRESS_ON_THIS_MACHINE
    elif scheme in SPECIAL:
        authority = AUTHORITY.match(rest)
        user, _, host = authority.group(1).rpartition("@") if authority else ("", "", "")
        path = rest[authority.end() :] if authority else ""
        if not HOST.fullmatch(host) or not fits(RELATIVE, user + path):  # only hosts have brackets
            rule = Rule.ADDRESS_MALFORMED
    elif scheme == "data":
        rest = re.sub(r"\s", "", rest)
    elif not fits(RELATIVE, rest):
        rule = Rule.ADDRESS_MALFORMED
    fragment = address.partition("#")[2] if "#" in address else None
    return Target(address.partition("#")[0], fragment, scheme, rule)
