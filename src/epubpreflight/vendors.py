"""What the shops and the makers of readers refuse or show wrongly, beyond what EPUBCheck finds.

None of them publishes a complete list, so each rule names where it was learned: a maker's own guide, or the
threads in which people and the authors of other programs found it out.
"""

from __future__ import annotations

from collections.abc import Iterator

from epubpreflight.book import Book
from epubpreflight.fault import Fault
from epubpreflight.vendor import NAMES, Shop
from epubpreflight.vendor_rules import SHOP_RULES

__all__ = ["NAMES", "RULES", "SHOP_RULES", "Shop", "shop_faults"]


def shop_faults(book: Book, shop: Shop | None) -> Iterator[Fault]:
    """What one shop minds, or with none of them what is good advice for any."""
    for one in SHOP_RULES:
        if not one.shops or shop in one.shops:
            name = NAMES.get(shop, "") if shop else ""
            yield from (one.rule.at(place, name, *details) for place, details in one.find(book))


RULES = tuple(one.rule for one in SHOP_RULES)
