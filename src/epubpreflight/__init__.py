"""Finds what readers and shops would refuse in an EPUB, without Java and without a network.

    for fault in epubpreflight.check("book.epub", epubpreflight.Vendor.KINDLE):
        print(fault.severity, fault)

Everything public is here; modules are not. Each name is loaded when it is first used, so that a program
which imports this pays for what it uses.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from epubpreflight.book_checker import check
    from epubpreflight.epubcheck import EpubCheckError, require_epubcheck, run_epubcheck
    from epubpreflight.fault import KINDLE_LANGUAGES, Fault, Severity, Vendor
    from epubpreflight.package import Item, Package
    from epubpreflight.page import CheckedPage, check_page, sharing
    from epubpreflight.publication import Publication, read_publication
    from epubpreflight.rules import Rule

__all__ = [
    "KINDLE_LANGUAGES",
    "CheckedPage",
    "EpubCheckError",
    "Fault",
    "Item",
    "Package",
    "Publication",
    "Rule",
    "Severity",
    "Vendor",
    "check",
    "check_page",
    "read_publication",
    "require_epubcheck",
    "run_epubcheck",
    "sharing",
]

_MODULES = {
    "book_checker": ("check",),
    "epubcheck": ("EpubCheckError", "require_epubcheck", "run_epubcheck"),
    "fault": ("KINDLE_LANGUAGES", "Fault", "Severity", "Vendor"),
    "package": ("Item", "Package"),
    "page": ("CheckedPage", "check_page", "sharing"),
    "publication": ("Publication", "read_publication"),
    "rules": ("Rule",),
}


if not TYPE_CHECKING:  # a type checker knows the names, and that there are no others

    def __getattr__(name: str) -> object:
        for module, names in _MODULES.items():
            if name in names:
                globals()[name] = value = getattr(import_module(f"epubpreflight.{module}"), name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
