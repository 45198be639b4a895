"""What the shops and the makers of readers refuse or show wrongly, beyond what EPUBCheck finds."""

from __future__ import annotations

from enum import StrEnum


class Shop(StrEnum):
    """Who is to take the book."""

    GENERIC = "generic"
    KINDLE = "kindle"
    KOBO = "kobo"
    APPLE = "apple"
    POCKETBOOK = "pocketbook"
    TOLINO = "tolino"
    REMARKABLE = "remarkable"
    GOOGLE = "google"


def shop_faults(book, shop):
    return iter(())
