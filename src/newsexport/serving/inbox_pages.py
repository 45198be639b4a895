"""The pages of the inbox: a form, a button for a browser's bookmarks, and what installs it on a telephone."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined

from newsexport import assets
from newsexport.publishing.site import Site
from newsexport.publishing.ways import code
from newsexport.serving.responses import GUARDED, Headers, Response
from newsexport.serving.routes import GeneratedResource, RouteTable, StoredResource

# Where something is put in, beside the front page.
ADD = "add"
PATHS = ("", ADD)

# No script, style or picture but ours; nothing is sent elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

# What a browser runs when the button is pressed on any page: a small window of ours, told in the part of its
# address that no server sees.
BOOKMARKLET = (
    "javascript:(()=>{{window.open('{base}#'+new URLSearchParams({{url:location.href,title:document.title,"
    "text:String(getSelection()).slice(0,5000)}}),'','width=480,height=420')}})()"
)

BLUE, PAPER = "#1d4e6b", "#fdfcf8"
ICONS = (192, 512)

MANIFEST = {
    "id": "newsexport-inbox",
    "name": "newsexport inbox",
    "short_name": "Inbox",
    "start_url": "./",
    "scope": "./",
    "display": "standalone",
    "background_color": PAPER,
    "theme_color": BLUE,
    "icons": [
        {"src": f"icon-{side}.png", "sizes": f"{side}x{side}", "type": "image/png", "purpose": "any maskable"}
        for side in ICONS
    ],
    "share_target": {
        "action": ADD,
        "method": "POST",
        "enctype": "application/x-www-form-urlencoded",
        "params": {"title": "title", "text": "text", "url": "url"},
    },
}


@dataclass(frozen=True, slots=True)
class InboxPages:
    """What a browser is shown; `since` is when the server began to show it."""

    since: datetime

    def table(self) -> RouteTable:
        """What lies beside the front page, for whom the address with the token leads there."""
        files: dict[str, tuple[str, bytes]] = {
            "manifest.webmanifest": ("application/manifest+json", json.dumps(MANIFEST).encode()),
            "inbox.css": ("text/css; charset=utf-8", assets.read("web/inbox.css")),
            "inbox.js": ("text/javascript; charset=utf-8", assets.read("web/inbox.js")),
            **{f"icon-{side}.png": ("image/png", icon(side)) for side in ICONS},
        }
        return RouteTable({name: self._made(*file) for name, file in files.items()})

    def open(self, stored: StoredResource) -> io.FileIO | None:  # noqa: ARG002 - there are no files
        """Nothing: all of it is made."""
        return None

    def front(self, site: Site) -> Response:
        """The form, the button and the code for a telephone."""
        shown = {
            "bookmarklet": BOOKMARKLET.format(base=site.base),
            "address": site.base,
            "code": code(site.base),
        }
        return _page("inbox.html", 200, shown)

    def answer(self, status: int, facts: Mapping[str, Any], headers: Headers = ()) -> Response:
        """What became of what was sent."""
        shown = {"error": "", "new": True, "title": "", "address": "", "text": "", **facts}
        return _page("kept.html", status, shown, headers)

    def _made(self, kind: str, data: bytes) -> GeneratedResource:
        return GeneratedResource(
            kind, lambda _: data, self.since, "default-src 'none'", sha256(data).hexdigest()[:16]
        )


def _page(name: str, status: int, shown: Mapping[str, Any], headers: Headers = ()) -> Response:
    """A page that is kept nowhere: its address has the token in it."""
    html = _environment().get_template(name).render(**shown)
    told = (
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("content-security-policy", POLICY),
    )
    return Response(status, told + GUARDED + headers, (html.encode("utf-8", "replace"),))


@cache
def _environment() -> Environment:
    shipped = {name: assets.read(f"web/{name}").decode() for name in ("inbox.html", "kept.html")}
    return Environment(
        loader=DictLoader(shipped),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def icon(side: int) -> bytes:
    """A tray with a sheet above it, as PNG; all of it within the circle that a telephone may cut out."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - drawn once

    unit = side / 32
    picture = Image.new("RGB", (side, side), BLUE)
    draw = ImageDraw.Draw(picture)

    def rectangle(*corners: float, fill: str) -> None:
        draw.rectangle([corner * unit for corner in corners], fill=fill)

    rectangle(11, 6, 21, 19, fill=PAPER)
    for line in (9, 12, 15):
        rectangle(13, line, 19, line + 1, fill=BLUE)
    draw.polygon(
        [
            (x * unit, y * unit)
            for x, y in ((7, 16), (7, 25), (25, 25), (25, 16), (22, 16), (22, 20), (10, 20), (10, 16))
        ],
        fill=PAPER,
    )
    data = io.BytesIO()
    picture.save(data, "PNG", optimize=True)
    return data.getvalue()
