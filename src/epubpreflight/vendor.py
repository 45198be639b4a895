"""Who a book is for."""

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


NAMES = {
    Shop.KINDLE: "Kindle",
    Shop.KOBO: "Kobo",
    Shop.APPLE: "Apple Books",
    Shop.POCKETBOOK: "PocketBook",
    Shop.TOLINO: "Tolino",
    Shop.REMARKABLE: "reMarkable",
    Shop.GOOGLE: "Google Play",
}
ADOBE = frozenset({Shop.KOBO, Shop.TOLINO, Shop.POCKETBOOK, Shop.REMARKABLE})
"""Their renderers are Adobe's, or as old as that one."""
KINDLE = frozenset({Shop.KINDLE})
APPLE = frozenset({Shop.APPLE})
