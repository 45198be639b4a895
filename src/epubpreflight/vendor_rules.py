"""The rules of each shop, and where they were learned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from epubpreflight import accessibility, devices
from epubpreflight.book import Book
from epubpreflight.fault import Gravity, Rule
from epubpreflight.vendor import ADOBE, APPLE, KINDLE, NAMES, Shop

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

Finder = Callable[[Book], Iterator[tuple[str, tuple[object, ...]]]]
"""Finds places and details in a book."""


@dataclass(frozen=True, slots=True)
class ShopRule:
    """A rule of some shops; none means that it holds wherever the book goes."""

    rule: Rule
    find: Finder
    shops: frozenset[Shop] = frozenset()


def _rule(name: str, gravity: Gravity, words: str, source: str) -> Rule:
    return Rule(name, gravity, "", words, source)


SHOP_RULES: tuple[ShopRule, ...] = (
    ShopRule(
        _rule(
            "shop-language",
            _WRONG,
            "{0} does not know the language “{1}” and may refuse the book.",
            "kindle-epub-fix, list of 2022; Send-to-Kindle E999",
        ),
        devices.unknown_language,
        KINDLE,
    ),
    ShopRule(
        _rule(
            "shop-no-declaration",
            _WRONG,
            "{0} shows the letters of the page wrong, because it does not begin by saying that it is UTF-8.",
            "kindle-epub-fix: pages without an XML declaration are read as ISO-8859-1",
        ),
        devices.undeclared_pages,
        KINDLE,
    ),
    ShopRule(
        _rule(
            "shop-link-to-body",
            _REFUSED,
            "{0} refuses books with links to the body of a page, such as {1}.",
            "kindle-epub-fix; Send-to-Kindle E999",
        ),
        devices.body_links,
        KINDLE,
    ),
    ShopRule(
        _rule(
            "shop-contents-order",
            _REFUSED,
            "{0} refuses books whose contents are not in the order in which they are read: {1} comes too "
            "late.",
            "mobileread p4233972; Send-to-Kindle E999",
        ),
        devices.disordered_contents,
        KINDLE,
    ),
    ShopRule(
        _rule(
            "shop-size",
            _REFUSED,
            "{0} takes no books over 50 MB by mail; this one has {1} MB.",
            "Amazon's help on Send to Kindle",
        ),
        devices.mail_size,
        KINDLE,
    ),
    ShopRule(
        _rule(
            "shop-picture-format",
            _WRONG,
            "{0} cannot show the picture, which is a {1}.",
            "kobolabs 74; natolambert 247; Google Play: processing failed",
        ),
        devices.modern_pictures,
        frozenset(NAMES) - APPLE,
    ),
    ShopRule(
        _rule(
            "shop-picture-colours",
            _WRONG,
            "{0} shows the colours of the picture wrong, which are made for print (CMYK).",
            "Kobo's specification of EPUBs; Kindle Publishing Guidelines",
        ),
        devices.printed_colours,
        frozenset(NAMES),
    ),
    ShopRule(
        _rule(
            "shop-picture-size",
            _ADVICE,
            "{0} makes the picture smaller; it has {1} by {2} pixels.",
            "KCC 514: at most 1440 by 1920",
        ),
        devices.large_pictures,
        KINDLE,
    ),
    ShopRule(
        _rule(
            "shop-picture-transparent",
            _ADVICE,
            "{0} may show what is transparent in the picture as black.",
            "Kobo's specification of EPUBs",
        ),
        devices.transparent_pictures,
        KINDLE | ADOBE,
    ),
    ShopRule(
        _rule(
            "shop-script",
            _WRONG,
            "{0} runs no scripts, so that part of the page does not work.",
            "Kindle Publishing Guidelines; Kobo's specification of EPUBs",
        ),
        devices.scripts,
        KINDLE | ADOBE,
    ),
    ShopRule(
        _rule(
            "shop-formula",
            _WRONG,
            "{0} does not show formulas (MathML); make a picture of it.",
            "natolambert 247",
        ),
        devices.formulas,
        KINDLE | ADOBE,
    ),
    ShopRule(
        _rule(
            "shop-media",
            _WRONG,
            "{0} does not play what the page wants to play.",
            "Kindle Publishing Guidelines; Kobo's specification of EPUBs",
        ),
        devices.media,
        KINDLE | ADOBE,
    ),
    ShopRule(
        _rule(
            "shop-picture-element",
            _WRONG,
            "{0} does not know <picture>; use a plain <img>.",
            "KindleEar 691",
        ),
        devices.picture_elements,
        KINDLE | ADOBE,
    ),
    ShopRule(
        _rule(
            "shop-srcset",
            _WRONG,
            "{0} stumbles over pictures that come in several sizes (srcset).",
            "Launchpad 1713986",
        ),
        devices.source_sets,
        KINDLE | APPLE | ADOBE,
    ),
    ShopRule(
        _rule(
            "shop-empty-alt",
            _ADVICE,
            "{0} is said to refuse books with pictures whose description is empty.",
            "kindle-epub-fix 25 (E21018), not confirmed by Amazon",
        ),
        devices.empty_descriptions,
        KINDLE,
    ),
    ShopRule(
        _rule(
            "shop-amazon-attribute",
            _ADVICE,
            "{0} is said to refuse books with traces of its own conversion, such as {1}.",
            "kindle-epub-fix 25 (E21018), not confirmed by Amazon",
        ),
        devices.amazon_attributes,
        KINDLE,
    ),
    ShopRule(
        _rule(
            "shop-no-ncx",
            _WRONG,
            "{0} finds no contents, because it reads the NCX and there is none.",
            "Kobo's specification of EPUBs, sideloading",
        ),
        devices.without_ncx,
        KINDLE | ADOBE,
    ),
    ShopRule(
        _rule(
            "shop-contents-depth",
            _ADVICE,
            "{0} shows two levels of contents; there are {1}.",
            "Standard Ebooks, notes on Kindle",
        ),
        devices.deep_contents,
        KINDLE,
    ),
    ShopRule(
        _rule(
            "shop-play-order",
            _ADVICE,
            "{0} is said to mind entries of the NCX that are not numbered one after the other.",
            "kindle-epub-fix 25 (E21018), not confirmed by Amazon",
        ),
        devices.jumping_contents,
        KINDLE,
    ),
    ShopRule(
        _rule(
            "shop-no-guide",
            _WRONG,
            "{0} may freeze where it shows the current chapter, because the book has no guide to its text.",
            "Standard Ebooks, notes on Kindle, August 2024",
        ),
        devices.without_guide,
        KINDLE,
    ),
    ShopRule(
        _rule("shop-no-cover", _WRONG, "{0} finds no cover.", "bookcard 137"),
        devices.without_cover,
        frozenset(NAMES),
    ),
    ShopRule(
        _rule(
            "shop-cover-marks",
            _ADVICE,
            "{0} may not find the cover, which should be marked in both ways, those of EPUB 2 and of EPUB 3.",
            "bookcard 137",
        ),
        devices.half_marked_cover,
        KINDLE | ADOBE,
    ),
    ShopRule(
        _rule(
            "shop-cover-format",
            _ADVICE,
            "{0} may not show the cover, which should be a JPEG and is a {1}.",
            "ebookmaker 234; Kobo's specification of EPUBs",
        ),
        devices.odd_covers,
        KINDLE | APPLE | ADOBE,
    ),
    ShopRule(
        _rule(
            "shop-comment",
            _REFUSED,
            "{0} takes the book for a locked one, because its zip file has a comment.",
            "rust-wildbow 7; epub-builder 10",
        ),
        devices.commented,
        frozenset({Shop.KOBO}),
    ),
    ShopRule(
        _rule(
            "shop-style",
            _WRONG,
            "{0} may ignore all of the styles, because they use {1}.",
            "pandoc 8379; Standard Ebooks, compatibility.css",
        ),
        devices.modern_styles,
        ADOBE,
    ),
    ShopRule(
        _rule(
            "shop-background",
            _ADVICE,
            "{0} shows backgrounds as grey patches, and the styles set some.",
            "Kobo's specification of EPUBs",
        ),
        devices.backgrounds,
        ADOBE,
    ),
    ShopRule(
        _rule(
            "shop-page-size",
            _ADVICE,
            "{0} is slow with pages over 260 kB; this one has {1} kB.",
            "calibre, flow_size for Adobe Digital Editions",
        ),
        devices.long_pages,
        ADOBE,
    ),
    ShopRule(
        _rule(
            "shop-page-too-large",
            _REFUSED,
            "{0} takes no files over 10 MB in a book; this one has {1} MB.",
            "Kobo's specification of EPUBs",
        ),
        devices.huge_files,
        frozenset({Shop.KOBO}),
    ),
    ShopRule(
        _rule(
            "shop-name",
            _WRONG,
            "{0} may not find the file, whose name should be of plain letters, digits and - _ only.",
            "Kobo's specification of EPUBs; wallabag 2296; bookfere",
        ),
        devices.odd_names,
        KINDLE | ADOBE,
    ),
    ShopRule(
        _rule(
            "shop-landmark-types",
            _WRONG,
            "{0} does not understand a landmark of several kinds at once, “{1}”.",
            "Standard Ebooks, notes on Apple Books",
        ),
        devices.double_landmarks,
        APPLE,
    ),
    ShopRule(
        _rule(
            "shop-no-landmarks",
            _ADVICE,
            "{0} does not know where the text begins, because there are no landmarks.",
            "Standard Ebooks, notes on Apple Books",
        ),
        devices.without_landmarks,
        APPLE,
    ),
    ShopRule(
        _rule(
            "shop-marked-contents",
            _WRONG,
            "{0} breaks contents whose entries hold more than words.",
            "Standard Ebooks, notes on iOS 18",
        ),
        devices.marked_contents,
        APPLE,
    ),
    ShopRule(
        _rule(
            "bytes-after-end",
            _ADVICE,
            "The file goes on behind its end, and some readers refuse to open it.",
            "Thorium 2474",
        ),
        devices.trailing_bytes,
    ),
    ShopRule(
        _rule(
            "picture-ending",
            _ADVICE,
            "Some readers do not know pictures whose names end with .jpeg.",
            "Moon+ Reader",
        ),
        devices.long_endings,
    ),
    ShopRule(
        _rule(
            "accessibility-metadata",
            _ADVICE,
            "The book does not tell readers with disabilities what they will find in it ({1}).",
            "EPUB Accessibility 1.1, section 2; European Accessibility Act",
        ),
        accessibility.untold_accessibility,
    ),
    ShopRule(
        _rule(
            "page-language",
            _ADVICE,
            "The page does not tell its language, so it may be read aloud in a wrong one.",
            "WCAG 2.2, 3.1.1; EPUB Accessibility 1.1, section 3",
        ),
        accessibility.pages_without_language,
    ),
    ShopRule(
        _rule(
            "picture-undescribed",
            _ADVICE,
            "A picture has no description for those who cannot see it.",
            "WCAG 2.2, 1.1.1; HTML Living Standard, section 4.8.4.4",
        ),
        accessibility.undescribed_pictures,
    ),
)
