"""Addresses of the web as names of articles: normal forms, comparison, what may be shown.

All functions take any text and raise nothing; what is no address of the web comes back
as it is.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from contextlib import suppress
from functools import lru_cache
from posixpath import normpath
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

from newsexport.text.patterns import pattern

# Parameters by which campaigns, mail programs and networks follow a reader. What a name
# stands for is told by those who set it; none of them chooses what a page shows.
TRACKING = pattern(
    r"""(?ix) utm_\w* | fbclid | gclid | gclsrc | dclid | gbraid | wbraid | msclkid | twclid | ttclid | yclid
      | igshid | igsh | li_fat_id | mc_[ce]id | mkt_tok | _hs(?:enc|mi) | hsctatracking | vero_\w+
      | oly_\w+_id | cmp(?:id|_ref)? | icid | ncid | ito | xtor | wt[._]\w+ | rss_?id | trk\w* | mbid | smid
      | at_(?:medium|campaign|custom\d|link\w*|format|ptr\w*|bbc\w*) | _g[al] | s_cid | spm | scm
      | ns_(?:campaign|source|mchannel|fee|linkname) | ref_?src | ref_url | __twitter_impression
      | guccounter | guce_referr\w+ | ck_subscriber_id"""
)

# Secrets that addresses of private feeds and saved articles carry.
SECRET = pattern(
    r"""(?ix) key | sig | pwd | pass | sid | code | hash
      | .*(?:token|secret|passw|signature|session|api_?key|access_?key|auth|credential).*"""
)

# Query parameters of redirectors that hold where they lead.
TARGETS = ("url", "u", "q", "target", "to", "redirect", "redirect_url", "dest", "destination", "link", "goto")
REDIRECTORS = pattern(
    r"(?ix) (?:www\.)?google\.[a-z.]+/url | (?:l|lm)\.(?:facebook|instagram)\.com/l\.php"
    r" | [a-z0-9]+\.safelinks\.protection\.outlook\.com/ | out\.reddit\.com/ | t\.umblr\.com/redirect"
    r" | (?:www\.)?youtube\.com/redirect | (?:click|track|trk|links?|email|go)\.[^/]+/.*"
)

# Schemes that programs for feeds and podcasts registered; how addresses are misspelt, or cut off in copying.
FEED_SCHEME = re.compile(r"(?i)(?:feeds?|pcast|podcast|itpc|rss|webcal):(?=/*\w)(?://)?")
MISSPELT = pattern(r"(?i)(?:h?t{1,3}ps?|https?):?/{1,3}(?=[\w\[])|https?:(?=\w)|//(?=\w)")
HOST = pattern(
    r"""(?ix) (?P<host> localhost | \d{1,3}(?:\.\d{1,3}){3}
      | (?:[^\W_](?:[\w-]{0,61}\w)?\.){1,20} (?P<last>[^\W\d_]{2,24}|xn--[\w-]{1,59}) )
      (?::\d{1,5})? (?P<rest>[/?\#].*)?"""
)
# Ends of names that are those of files rather than of hosts, where nothing follows them.
FILES = pattern(
    r"""(?ix) te?xt | md | markdown | mdown | x?html? | mht(?:ml)? | xml | opml | rss | atom | rdf | jsonl?
      | [ct]sv | eml | mbo?x | zip | gz | tar | epub | mobi | pdf | docx? | odt | rtf | toml | ya?ml | ini
      | log | jpe?g | png | gif | webp | svg | mp3 | m4[ab] | ogg | wav | py | sh"""
)
# How the address of a feed ends, where it says what it is: ``/feed/``, ``/rss.xml``, ``/news.atom``.
FEED = pattern(
    r"""(?ix) .*/ (?: (?:feeds?|rss2?|atom) (?:\.(?:xml|php|json))? | index\.(?:xml|rdf)
      | [^/]+\.(?:rss|atom|rdf|opml) ) /?"""
)
# Who has no certificate.
LOCAL = re.compile(r"(?i)localhost|\d{1,3}(?:\.\d{1,3}){3}")

PORTS = {"http": 80, "https": 443}
KEPT = "%/:@!$&'()*+,;=~-._"


@lru_cache(maxsize=4096)
def is_web(url: str) -> bool:
    """Whether it is an absolute address of the web with a host."""
    parts = _split(url)
    return parts is not None and parts.scheme in PORTS and bool(parts.hostname)


def address_meant(text: str) -> str:
    """The address of the web that somebody means who types something like one; empty when it is like none.

    ``gazette.example/feed.xml``, ``www.gazette.example``, ``feed://…`` and ``localhost:8080`` are like one,
    ``monday.txt`` is not. What already is one is meant itself.
    """
    bare = text.strip().strip("<>\"'“”„«»‘’").strip()
    if is_web(bare):
        return bare
    scheme = FEED_SCHEME.match(bare) or MISSPELT.match(bare)
    rest = bare[scheme.end() :] if scheme else bare
    if scheme and is_web(rest):
        return rest
    found = HOST.fullmatch(rest)
    if not found or (not scheme and not found["rest"] and FILES.fullmatch(found["last"] or "")):
        return ""
    address = f"{'http' if LOCAL.fullmatch(found['host']) else 'https'}://{rest}"
    return address if is_web(address) else ""


def names_feed(url: str) -> bool:
    """Whether an address says that it is that of a feed, by how its path ends."""
    parts = _split(url)
    return parts is not None and FEED.fullmatch(parts.path) is not None


def is_front(url: str) -> bool:
    """Whether it is the address of a site and of nothing in it."""
    parts = _split(url)
    return parts is not None and parts.path in {"", "/"} and not parts.query


@lru_cache(maxsize=4096)
def canonical(url: str) -> str:
    """The address in normal form (RFC 3986, section 6.2), without fragment and tracking parameters.

    The order of the other parameters is kept: to some servers it matters.
    """
    parts = _split(url)
    if parts is None or parts.scheme not in PORTS or not parts.hostname:
        return url
    query = "&".join(part for part in parts.query.split("&") if part and not _is_tracking(part))
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit(
        (parts.scheme, _netloc(parts), _path(parts.path), _encoded(query, KEPT + "?"), fragment)
    )


@lru_cache(maxsize=4096)
def same_story_key(url: str) -> str:
    """Equal for addresses that lead to the same story: a key to compare, not an address to fetch.

    Beyond the normal form, the scheme, ``www.``, mobile and AMP variants, an index page
    and a slash at the end make no difference.
    """
    parts = _split(canonical(url))
    if parts is None or not parts.hostname:
        return url
    host = re.sub(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.)", "", parts.netloc)
    path = re.sub(r"(?:/(?:index\.(?:html?|php)|amp(?:\.html)?))?/*$", "", parts.path)
    query = "&".join(sorted(part for part in parts.query.split("&") if part and part not in {"amp", "amp=1"}))
    return f"{host}{path}{'?' if query else ''}{query}{parts.fragment}"


def absolute(base: str, address: str) -> str:
    """The address as seen from `base`; empty when it is empty, or the two make none."""
    try:
        return urljoin(base, address.strip()) if address.strip() else ""
    except ValueError:
        return ""


def unwrapped(url: str) -> str:
    """Where a redirector leads, when its address says so; any other address as it is."""
    for _ in range(3):
        parts = _split(url)
        if parts is None or not REDIRECTORS.match(f"{parts.hostname}{parts.path}"):
            return url
        inside = dict(parse_qsl(parts.query))
        target = next((inside[name] for name in TARGETS if is_web(inside.get(name, ""))), None)
        if target is None:
            return url
        url = target
    return url


def redacted(url: str) -> str:
    """The address as it may be shown: without a name, a password or a secret parameter."""
    parts = _split(url)
    if parts is None or not parts.netloc:
        return url
    query = "&".join(_hidden(part) for part in parts.query.split("&"))
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=query))


def secret_parts(url: str) -> frozenset[str]:
    """The parameters of an address that are secrets, each as it stands there: ``token=…``."""
    parts = _split(url)
    if parts is None or not parts.netloc:
        return frozenset()
    return frozenset(part for part in parts.query.split("&") if _hidden(part) != part)


def without_parts(url: str, left_out: AbstractSet[str]) -> str:
    """The address without these of its parameters, each as `secret_parts` has them."""
    parts = _split(url)
    if parts is None or left_out.isdisjoint(parts.query.split("&")):
        return url
    query = "&".join(part for part in parts.query.split("&") if part not in left_out)
    return urlunsplit(parts._replace(query=query))


@lru_cache(maxsize=4096)
def site_of(url: str) -> str:
    """The host of an address for people to read, or the address when it has none."""
    parts = _split(url)
    return ((parts.hostname if parts else None) or url).removeprefix("www.")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 - raises when it is no number
    except ValueError:
        return None
    return parts


def _netloc(parts: SplitResult) -> str:
    host = parts.hostname or ""
    with suppress(UnicodeError):
        host = host.encode("idna").decode("ascii") if not host.isascii() and len(host) < 256 else host
    host = f"[{host}]" if ":" in host else host.rstrip(".")
    return host if parts.port in {None, PORTS[parts.scheme]} else f"{host}:{parts.port}"


def _path(path: str) -> str:
    """Dot segments resolved, percent-encoding in one form."""
    path = _encoded(path, KEPT)
    plain = normpath(f"/{path.lstrip('/')}")
    return plain + "/" if path.endswith(("/", "/.", "/..")) and plain != "/" else plain


def _encoded(text: str, safe: str) -> str:
    """Reserved characters as they were, unreserved ones plain, all others as UTF-8 in upper-case hex."""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    text = re.sub(
        r"%([0-9A-Fa-f]{2})",
        lambda found: (
            char if re.fullmatch(r"[A-Za-z0-9._~-]", char := unquote(found[0])) else found[0].upper()
        ),
        text,
    )
    return quote(text, safe=safe, errors="replace")


def _is_tracking(part: str) -> bool:
    return TRACKING.fullmatch(part.partition("=")[0]) is not None


def _hidden(part: str) -> str:
    name, equals, _ = part.partition("=")
    return f"{name}=***" if equals and SECRET.fullmatch(name) else part
