"""The rules for the zip file of a book."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

UNREADABLE = Rule(
    "zip-unreadable",
    _REFUSED,
    "PKG-008",
    "The file cannot be opened as a book: {}.",
    "EPUB 3.3, section 4.2.4",
)
DAMAGED = Rule(
    "zip-damaged", _REFUSED, "", "A file in the book is damaged or locked: {}.", "EPUB 3.3, section 4.2.4"
)
OUTSIZED = Rule(
    "zip-bomb", _REFUSED, "", "The book unpacks to more than 2000 MB and is not read.", "decompression bombs"
)
MIMETYPE_FIRST = Rule(
    "mimetype-not-first",
    _REFUSED,
    "PKG-006",
    "Its first file is not mimetype, so that readers may not see that it is a book.",
    "EPUB 3.3, section 4.2.3; EPUBCheck PKG-006",
)
MIMETYPE_EXTRA = Rule(
    "mimetype-extra",
    _REFUSED,
    "PKG-005",
    "Its mimetype is not stored plainly at the start: it has an extra field.",
    "EPUB 3.3, section 4.2.4.2; EPUBCheck PKG-005",
)
MIMETYPE_PACKED = Rule(
    "mimetype-compressed",
    _REFUSED,
    "",
    "Its mimetype is not stored plainly at the start: it is compressed.",
    "EPUB 3.3, section 4.2.4.2",
)
MIMETYPE_WRONG = Rule(
    "mimetype-wrong",
    _REFUSED,
    "PKG-007",
    "Its mimetype is not application/epub+zip.",
    "EPUB 3.3, section 4.2.3; EPUBCheck PKG-007",
)
NAME_ENCODING = Rule(
    "name-encoding",
    _REFUSED,
    "PKG-027",
    "Names of files in the book are not written in UTF-8.",
    "EPUB 3.3, section 4.2.2; EPUBCheck PKG-027",
)
NAME_TWICE = Rule(
    "name-twice",
    _REFUSED,
    "OPF-060",
    "Two of its files have the same name, or names that differ in capitals only: {}.",
    "EPUB 3.3, section 4.2.2; EPUBCheck OPF-060",
)
NAME_CHARACTERS = Rule(
    "name-characters",
    _REFUSED,
    "PKG-009",
    "The name of the file has characters that no name may have: {}.",
    "EPUB 3.3, section 4.2.2; EPUBCheck PKG-009",
)
NAME_SPACES = Rule(
    "name-spaces",
    _WRONG,
    "PKG-010",
    "The name of the file has spaces, which some readers cannot find.",
    "EPUBCheck PKG-010; Kobo, wallabag 2296",
)
NAME_DOT = Rule(
    "name-ends-with-dot",
    _REFUSED,
    "PKG-011",
    "The name of the file ends with a dot.",
    "EPUB 3.3, section 4.2.2; EPUBCheck PKG-011",
)
NAME_OUTSIDE = Rule(
    "name-outside",
    _REFUSED,
    "",
    "The name of the file points outside of the book.",
    "EPUB 3.3, section 4.2.2",
)
EMPTY_FOLDER = Rule("folder-empty", _WRONG, "PKG-014", "The book has an empty folder.", "EPUBCheck PKG-014")
ENCRYPTED = Rule("zip-encrypted", _REFUSED, "PKG-027", "The file is encrypted.", "EPUB 3.3, section 4.2.4.1")
ODDLY_PACKED = Rule(
    "zip-compression",
    _REFUSED,
    "PKG-027",
    "The file is compressed in a way readers do not know.",
    "EPUB 3.3, section 4.2.4.1",
)
EXTENSION = Rule(
    "extension-capitals",
    _WRONG,
    "PKG-016",
    "The name of the book should end with .epub in small letters.",
    "EPUBCheck PKG-016",
)
OLD_EXTENSION = Rule(
    "extension-odd", _WRONG, "PKG-017", "The name of the book should end with .epub.", "EPUBCheck PKG-017"
)
NO_CONTAINER = Rule(
    "container-missing",
    _REFUSED,
    "RSC-002",
    "META-INF/container.xml is missing, so nothing in the book is found.",
    "EPUB 3.3, section 4.2.6.3.1; EPUBCheck RSC-002",
)
CONTAINER_SHAPE = Rule(
    "container-shape",
    _REFUSED,
    "RSC-005",
    "The container file is wrong: {}.",
    "EPUB 3.3, section 4.2.6.3.1; EPUBCheck RSC-005",
)
NO_ROOTFILE = Rule(
    "rootfile-missing",
    _REFUSED,
    "RSC-003",
    "The container file names no package document.",
    "EPUB 3.3, section 4.2.6.3.1; EPUBCheck RSC-003",
)
NO_PATH = Rule(
    "rootfile-without-path",
    _REFUSED,
    "OPF-016",
    "The container file does not say where the package document is.",
    "EPUB 3.3, section 4.2.6.3.1; EPUBCheck OPF-016",
)
EMPTY_PATH = Rule(
    "rootfile-empty-path",
    _REFUSED,
    "OPF-017",
    "The container file says nothing where the package document is.",
    "EPUB 3.3, section 4.2.6.3.1; EPUBCheck OPF-017",
)
NO_PACKAGE = Rule(
    "package-missing",
    _REFUSED,
    "OPF-002",
    "The container file names {}, which is missing.",
    "EPUB 3.3, section 4.2.6.3.1; EPUBCheck OPF-002",
)
SEVERAL_OLD = Rule(
    "renditions-old",
    _REFUSED,
    "PKG-013",
    "The book has two package documents, and EPUB 2 readers know one.",
    "OCF 2.0.1; EPUBCheck PKG-013",
)
SEVERAL = Rule(
    "renditions-untold",
    _WRONG,
    "RSC-019",
    "The book has several renditions and does not describe them.",
    "EPUB Multiple-Rendition Publications 1.1; EPUBCheck RSC-019",
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
