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
