"""A fault of a book: what is wrong, where, how bad that is, and who minds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What comes of a fault."""

    REFUSED = "refused"
    """A shop or a reader refuses the book: what EPUBCheck calls an error."""
    SHOWN_WRONG = "shown wrong"
    """The book opens, but something in it looks or works wrong: what EPUBCheck calls a warning."""
    ADVICE = "advice"
    """The book is sound and could be better."""


class Vendor(StrEnum):
    """The shop, or the maker of the reader, that a book is for."""

    GENERIC = "generic"
    KINDLE = "kindle"
    KOBO = "kobo"
    APPLE = "apple"
    POCKETBOOK = "pocketbook"
    TOLINO = "tolino"
    REMARKABLE = "remarkable"
    GOOGLE = "google"

    @property
    def label(self) -> str:
        """The name as the vendor writes it; empty for none in particular."""
        return LABELS.get(self, "")


LABELS = {
    Vendor.KINDLE: "Kindle",
    Vendor.KOBO: "Kobo",
    Vendor.APPLE: "Apple Books",
    Vendor.POCKETBOOK: "PocketBook",
    Vendor.TOLINO: "Tolino",
    Vendor.REMARKABLE: "reMarkable",
    Vendor.GOOGLE: "Google Play",
}


# The languages that Kindle's converter knows, by the list in kindle-epub-fix, and "no", which is its "nor"; a
# book in any other comes back from Send-to-Kindle with error E999.
KINDLE_LANGUAGES = frozenset(
    {
        "af", "gsw", "ar", "eu", "nb", "br", "ca", "zh", "kw", "co", "da", "nl", "stq", "en", "fi", "fr",
        "fy", "gl", "de", "gu", "hi", "is", "ga", "it", "ja", "lb", "mr", "ml", "gv", "frr", "nn", "pl",
        "pt", "oc", "rm", "sco", "gd", "es", "sv", "ta", "cy", "afr", "ara", "eus", "baq", "bre", "cat",
        "zho", "chi", "cor", "cos", "dan", "nld", "dut", "eng", "fin", "fra", "fre", "fry", "glg", "deu",
        "ger", "guj", "hin", "isl", "ice", "gle", "ita", "jpn", "ltz", "mar", "mal", "glv", "nor", "nob",
        "nno", "pol", "por", "oci", "roh", "gla", "spa", "swe", "tam", "cym", "wel", "no",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    `rule` is a stable name such as ``picture-missing``, `place` the file in the book and, where
    it is known, the line, `message` a sentence for people who are no engineers, and `epubcheck`
    the id of the message of EPUBCheck that corresponds, such as ``RSC-001``.
    """

    rule: str
    place: str
    message: str
    severity: Severity
    epubcheck: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


def place(name: str, line: int = 0) -> str:
    """Where in a book: a file, and the line where it is known."""
    return f"{name}, line {line}" if line > 0 else name


LONGEST_DETAIL = 120


def shortened(text: str) -> str:
    """One line of at most 120 characters, all of which can be shown."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: LONGEST_DETAIL * 4]).split())
    return line if len(line) <= LONGEST_DETAIL else line[: LONGEST_DETAIL - 1] + "…"
