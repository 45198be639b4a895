"""The rules for addresses."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

BAD_ADDRESS = Rule(
    "address-malformed",
    Gravity.REFUSED,
    "RSC-020",
    "The address {} is not a proper address, so nothing can be found under it.",
    "URL Living Standard, section 4.4; EPUBCheck RSC-020",
)
FILE_ADDRESS = Rule(
    "address-on-this-machine",
    Gravity.REFUSED,
    "RSC-030",
    "The address {} leads to a file on the machine where the book was made.",
    "EPUB 3.3, section 3.7; EPUBCheck RSC-030",
)
LEAVING_ADDRESS = Rule(
    "address-leaves-the-book",
    Gravity.REFUSED,
    "RSC-026",
    "The address {} leads out of the book file.",
    "EPUB 3.3, section 4.2.5; EPUBCheck RSC-026",
)
QUERY_ADDRESS = Rule(
    "address-with-question",
    Gravity.REFUSED,
    "RSC-033",
    "The address {} has a part behind a question mark, which a file in a book cannot answer.",
    "EPUB 3.3, section 4.2.5; EPUBCheck RSC-033",
)
DATA_LINK = Rule(
    "link-to-data",
    Gravity.REFUSED,
    "RSC-029",
    "A link leads to data written into the address itself, which readers do not open.",
    "EPUB 3.3, section 3.8; EPUBCheck RSC-029",
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
