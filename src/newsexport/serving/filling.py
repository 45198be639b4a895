"""What is made once, for whoever asks under whatever name: the address of the library is filled in.

Making the feeds and catalogues of a large library takes seconds, and a household knows its server by
several names. So everything is made under a name that nothing else has, and that is replaced.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from html import escape
from urllib.parse import quote

from newsexport.publishing.site import Site

# Nobody who writes what is published can know it.
NEUTRAL = Site(f"http://{secrets.token_hex(16)}.invalid/")


def filled(body: bytes, media_type: str, site: Site) -> bytes:
    """What was made for `NEUTRAL`, as it is for a site: the same bytes as if it had been made for that.

    The address stands there whole, without its scheme (the links of apps have one of their own), or
    inside another address.
    """
    written = _as_text(media_type)
    whole, inside = NEUTRAL.base, quote(NEUTRAL.base, safe="")
    bare = whole.partition("://")[2]
    for form, value in (
        (inside, quote(site.base, safe="")),
        (whole, written(site.base)),
        (bare, written(site.base.partition("://")[2])),
    ):
        body = body.replace(form.encode(), value.encode())
    return body


def _as_text(media_type: str) -> Callable[[str], str]:
    """How an address is written into a document of a type."""
    if "json" in media_type:
        return lambda text: json.dumps(text)[1:-1]
    return escape if "ml" in media_type else str
