"""A first configuration, with a word on everything in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsexport.exporters.epub.device import Device

WIDTH = 78


@dataclass(frozen=True, slots=True)
class FirstConfiguration:
    """What somebody answered who begins. `deliver` is a kind of destination, or nothing.

    `formats` have by their names the options that were answered with them, `device` and `format`.
    `at` and `on` are when the paper comes out, as `timetable` takes them; `on` may be left open, or both.
    `goes_on` when a source is one that leads to other articles every day, of which the old are not wanted.
    """

    key: str
    title: str
    guid: str
    sources: Sequence[str]
    formats: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: {"epub": {}, "audio": {}})
    device: str = ""
    library: str = "library"
    base: str = ""
    timezone: str = ""
    at: str = ""
    on: str = ""
    deliver: str = ""
    goes_on: bool = True


def written(beginning: FirstConfiguration) -> str:
    """The text of a configuration that can be read back as it stands."""
    parts = [
        "# What `newsexport run` makes. Every option of the command line has the same name here;",
        "# `newsexport formats` lists those of the formats, docs/daily.md tells all.",
        "",
        "[library]",
        f"folder = {_text(beginning.library)}          # where issues, feed, catalogue and pages are kept",
        *_base(beginning),
        "",
        f"[paper.{beginning.key}]",
        f"title = {_text(beginning.title)}",
        f"guid = {_text(beginning.guid)}   # never change it: apps know the podcast by it",
        *(
            [f"timezone = {_text(beginning.timezone)}"]
            if beginning.timezone
            else ['# timezone = "Europe/Berlin"   # else that of this machine']
        ),
        *_when(beginning),
        "sources = [",
        *(f"  {_text(source)}," for source in beginning.sources),
        "]",
        f'{"" if beginning.goes_on else "# "}since = "36h"            # leave out what is older',
        "new = true               # leave out what an earlier issue had",
        "max_articles = 40",
        "# minutes = 30           # or what can be read in so many minutes",
        "keep = 14                # issues that stay",
        "# private = false        # let podcast directories list it",
        '# feed = "both"          # a second podcast, in which each article is an episode',
        "",
        *_formats(beginning),
        *_delivery(beginning),
        "# A section with sources of its own:",
        f"# [[paper.{beginning.key}.section]]",
        '# title = "World"',
        '# sources = ["https://example.org/world.xml"]',
        "",
    ]
    return "\n".join(parts)


def _base(beginning: FirstConfiguration) -> list[str]:
    if beginning.base:
        return [f"base = {_text(beginning.base)}   # where the folder is served"]
    return [
        '# base = "https://paper.example.org/"   # where the folder is served; `newsexport serve` needs none'
    ]


def _when(beginning: FirstConfiguration) -> list[str]:
    at = f"at = {_text(beginning.at)}" if beginning.at else '# at = "06:30"'
    on = f"on = {_text(beginning.on)}" if beginning.on else '# on = "weekdays"'
    return [
        f"{at:<24} # when it comes out: what `schedule` goes by, and `status` tells",
        f"{on:<24} # daily unless told; or weekends, or days such as mon,thu",
    ]


def _formats(beginning: FirstConfiguration) -> list[str]:
    lines = []
    for name, options in beginning.formats.items():
        lines.append(f"[paper.{beginning.key}.{name}]")
        if name == "epub":
            lines.append(
                f"for = {_text(beginning.device or options.get('device', Device.GENERIC))}"
                f"   # {', '.join(device for device in Device if device is not Device.GENERIC)}"
            )
        if name == "audio":
            lines.append('engine = "auto"          # the best voice that is ready; see `newsexport engines`')
            if "format" in options:
                lines.append(f"format = {_text(options['format'])}")
        lines.append("")
    return lines


def _delivery(beginning: FirstConfiguration) -> list[str]:
    head = f"[[paper.{beginning.key}.deliver]]"
    kinds = {
        "device": ['by = "device"            # the e-reader that is plugged in', "keep = 7"],
        "folder": ['by = "folder"', 'path = "to-sync"'],
        "mail": [
            'by = "mail"',
            'to = "reader@kindle.example"',
            'sender = "me@example.org"',
            'host = "smtp.example.org"',
            'user = "me@example.org"',
            'password = { env = "NEWSEXPORT_SMTP_PASSWORD" }',
        ],
        "crosspoint": ['by = "crosspoint"', 'address = "http://crosspoint.local"', "keep = 7"],
        "remarkable": ['by = "remarkable"     # by its USB web interface'],
        "webdav": [
            'by = "webdav"',
            'address = "https://cloud.example.org/remote.php/dav/files/me/News"',
            'user = "me"',
            'password = { env = "NEWSEXPORT_WEBDAV_PASSWORD" }',
        ],
    }
    if beginning.deliver:
        return [head, *kinds[beginning.deliver], ""]
    return [f"# {line}" for line in (head, *kinds["device"])] + [""]


def _text(text: str) -> str:
    """A basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
