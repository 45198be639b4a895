"""The web pages of a library: a list of its issues, and a page to listen to each.

They work without scripts, ask nobody else for anything, and are functions of their values.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from urllib.parse import quote

from jinja2 import DictLoader, Environment, StrictUndefined

from newsexport import resources
from newsexport.languages import direction
from newsexport.library.issue import PAGE, Issue, Paper, Role
from newsexport.publishing.site import Site

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


def assets() -> Mapping[str, bytes]:
    """What all pages share, by its path relative to the root of the library."""
    style = resources.read("web/page.css")
    return {f"_/newsexport.{hashlib.sha256(style).hexdigest()[:8]}.css": style}


def index(papers: Sequence[Paper], issues: Sequence[Issue], site: Site) -> bytes:
    """The page that lists the issues of papers, newest first, as UTF-8."""
    lists = [
        (paper, sorted((i for i in issues if i.paper == paper.key), key=_age, reverse=True))
        for paper in papers
    ]
    return _page("index.html", site, lists=lists)


def issue(paper: Paper, one: Issue, site: Site) -> bytes:
    """The page of one issue: its sound, its contents with times, its files; as UTF-8."""
    sounds, covers = one.of(Role.SOUND), one.of(Role.COVER)
    links = subscriptions(site.address(f"{paper.key}/feed.xml"))
    values = {"sounds": sounds, "covers": covers, "links": links}
    return _page("issue.html", site, paper=paper, issue=one, **values)


def subscriptions(feed: str) -> tuple[tuple[str, str], ...]:
    """How apps subscribe to a feed at an ``http`` or ``https`` address: the app's name, the link."""
    bare, quoted = feed.partition("://")[2], quote(feed, safe="")
    return (
        ("Podcasts", f"podcast://{bare}"),
        ("pcast", f"pcast://{bare}"),
        ("Overcast", f"overcast://x-callback-url/add?url={quoted}"),
        ("Pocket Casts", f"pktc://subscribe/{bare}"),
        ("AntennaPod", f"https://antennapod.org/deeplink/subscribe?url={quoted}"),
        ("RSS", feed),
    )


def _age(one: Issue) -> tuple[str, str]:
    return one.issued.isoformat(), one.id


def clock(seconds: float) -> str:
    """A time in the sound as people write it: ``1:02:03``, ``4:05``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _page(name: str, site: Site, **values: object) -> bytes:
    (style,) = assets()
    written = (
        _environment()
        .get_template(name)
        .render(site=site, style=style, policy=POLICY, clock=clock, direction=direction, page=PAGE, **values)
    )
    return written.encode()


@cache
def _environment() -> Environment:
    names = ("index.html", "issue.html")
    shipped = {name: resources.read(f"web/{name}").decode() for name in names}
    return Environment(
        loader=DictLoader(shipped), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
