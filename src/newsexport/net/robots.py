"""What a site asks of programs (RFC 9309), for addresses that no person chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NAME = "newsexport"
LARGEST = 500_000
LONGEST_DELAY = 10.0

ALL_ALLOWED = ""
NONE_ALLOWED = "User-agent: *\nDisallow: /\n"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site."""

    rules: Any

    @classmethod
    def parse(cls, text: str) -> Robots:
        """The rules of a robots.txt, as much of it as RFC 9309 has a program read."""
        from protego import Protego  # noqa: PLC0415 - only crawling needs it

        return cls(Protego.parse(text[:LARGEST]))

    def allow(self, url: str) -> bool:
        """Whether the address may be fetched."""
        return bool(self.rules.can_fetch(url, NAME))

    @property
    def delay(self) -> float:
        """Seconds to leave between two requests."""
        return min(float(self.rules.crawl_delay(NAME) or 0), LONGEST_DELAY)


def text_of(status: int, body: bytes) -> str:
    """The rules an answer stands for: RFC 9309, section 2.3.1. Unavailable is all, unreachable nothing."""
    if status == 200:
        return body.decode("utf-8", "replace")
    return ALL_ALLOWED if 400 <= status < 500 and status != 429 else NONE_ALLOWED
