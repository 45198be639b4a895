"""Where an answer leads on to: by its status, or as pages say it themselves."""

from __future__ import annotations

import html
import re
from typing import NoReturn
from urllib.parse import urljoin, urlsplit, urlunsplit

from newsexport.net.guard import GuardError, checked
from newsexport.net.transport import HttpResponse
from newsexport.text.addresses import redacted

MOST_REDIRECTS = 10
REDIRECTS = frozenset({301, 302, 303, 307, 308})

# Of a page that only leads on this is more than all; what a browser shows longer than so is a page.
BEGINNING, LONGEST_DELAY = 20_000, 10.0  # bytes, seconds
UNSEEN = re.compile(rb"(?is)<!--.*?-->|<noscript\b.*?</noscript")
META = re.compile(rb"(?i)<meta\s[^>]{0,2000}>")
EQUIV = re.compile(rb"""(?i)\bhttp-equiv\s*=\s*["']?\s*refresh\b""")
CONTENT = re.compile(rb"""(?i)\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
REFRESH = re.compile(r"(?i)\s*(\d{1,6}(?:\.\d{0,6})?)\s*(?:[;,\s]\s*(?:url\s*=\s*)?[\"']?([^\"']*))?")


class NotFetchedError(Exception):
    """The address is not fetched; the message is the reason."""


def refuse(reason: str) -> NoReturn:
    """Give an address up. Raises `NotFetchedError`."""
    raise NotFetchedError(reason)


def redirected(url: str, answer: HttpResponse) -> str:
    """Where an answer leads on to. From encrypted to plain is a way that nobody should be led.

    Raises:
        NotFetchedError: it leads nowhere, or where it should not.
    """
    location = answer.headers.get("location", "")
    if not location:
        refuse("was redirected to nowhere")
    target = urljoin(url, location)
    try:
        parts = checked(target)
    except GuardError as error:
        refuse(f"was redirected to {redacted(target)[:100]}, which {error}")
    if urlsplit(url).scheme == "https" and parts.scheme == "http":
        refuse("was redirected from https to http")
    return urlunsplit(parts._replace(fragment=""))


def refreshed(url: str, answer: HttpResponse) -> str:
    """Where a page sends browsers by ``Refresh`` (HTML, 4.2.5.3), soon and elsewhere; empty when nowhere.

    To itself it may send them when it has just set a cookie.
    """
    told = answer.headers.get("refresh", "") or _meta(answer)
    found = REFRESH.match(told[:4000])
    if not found or float(found[1]) > LONGEST_DELAY:
        return ""
    try:
        parts = checked(urljoin(url, html.unescape((found[2] or "").strip())))
    except (GuardError, ValueError):
        return ""
    target = urlunsplit(parts._replace(fragment=""))
    if (urlsplit(url).scheme, parts.scheme) == ("https", "http"):
        return ""
    return "" if target == url and not answer.cookies else target


def _meta(answer: HttpResponse) -> str:
    """What a page says in place of that header, where scripts do not matter."""
    if "html" not in answer.headers.get("content-type", "html").lower():
        return ""
    for tag in META.findall(UNSEEN.sub(b"", answer.body[:BEGINNING])):
        content = CONTENT.search(tag)
        if content and EQUIV.search(tag):
            return (content[1] or content[2] or content[3] or b"").decode("utf-8", "replace")
    return ""
