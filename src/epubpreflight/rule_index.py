"""All the rules of preflight, by subject."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from epubpreflight import vendors
from epubpreflight.fault import Rule
from epubpreflight.rules import (
    addresses,
    book,
    container,
    content,
    encryption,
    layout,
    links,
    manifest,
    metadata,
    nav,
    ncx,
    overlays,
    pictures,
    styles,
    vocabulary,
)

RULES: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "The file": container.RULES,
        "Locked and signed files": encryption.RULES,
        "The package": book.RULES,
        "Metadata": metadata.RULES,
        "Lists of the package": manifest.RULES,
        "Prefixes": vocabulary.RULES,
        "Pages": content.RULES,
        "Navigation": nav.RULES,
        "NCX": ncx.RULES,
        "Addresses": addresses.RULES,
        "Links and resources": links.RULES,
        "Pictures": pictures.RULES,
        "Style sheets": styles.RULES,
        "Fixed layout and recordings": layout.RULES,
        "Media overlays": overlays.RULES,
        "Shops and readers": vendors.RULES,
    }
)


def every_rule() -> tuple[Rule, ...]:
    """All rules."""
    return tuple(rule for rules in RULES.values() for rule in rules)
