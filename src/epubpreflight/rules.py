"""Every rule, in one table: how bad it is to break it, who asks for it, and what is said of it.

The columns are the severity; EPUBCheck's id for the same fault (empty where it has none) or, for what only
some vendors mind, who they are; the source; and the message. In a message ``{}`` stands for a detail, such
as an address; in those of vendors ``{0}`` stands for the vendor's name, and details follow from ``{1}``.

No vendor publishes a complete list of what it refuses, so the sources of their rules are makers' own guides,
and threads in which people and the authors of other programs found it out.
"""

from __future__ import annotations

from enum import Enum, unique

from epubpreflight.fault import LABELS, Fault, Severity, Vendor, shortened

REFUSED, WRONG, ADVICE = Severity.REFUSED, Severity.SHOWN_WRONG, Severity.ADVICE
KINDLE, KOBO, APPLE = (frozenset({one}) for one in (Vendor.KINDLE, Vendor.KOBO, Vendor.APPLE))
# Whose renderers are Adobe's, or as old as that one.
ADOBE = KOBO | {Vendor.TOLINO, Vendor.POCKETBOOK, Vendor.REMARKABLE}
KINDLE_ADOBE, KINDLE_APPLE_ADOBE = KINDLE | ADOBE, KINDLE | APPLE | ADOBE
ALL = frozenset(LABELS)
ALL_BUT_APPLE = ALL - APPLE
# Good advice wherever the book goes.
ANYONE: frozenset[Vendor] = frozenset()


@unique
class Rule(Enum):
    """What may be wrong with a book. A rule's public name is the one here in small letters, with hyphens."""

    def __init__(
        self, severity: Severity, minded_by: str | frozenset[Vendor], source: str, message: str
    ) -> None:
        self.severity = severity
        self.epubcheck = minded_by if isinstance(minded_by, str) else ""
        self.vendors = None if isinstance(minded_by, str) else minded_by
        self.source = source
        self.message = message

    @property
    def id(self) -> str:
        """The public name, such as ``picture-missing``."""
        return self.name.lower().replace("_", "-")

    def at(self, place: str, *details: object) -> Fault:
        """The fault at this place, with details for the gaps in the message."""
        shown = (shortened(str(detail)) for detail in details)
        return Fault(self.id, place, self.message.format(*shown), self.severity, self.epubcheck)

    def applies_to(self, vendor: Vendor | None) -> bool:
        """Whether the rule holds for a book for this vendor, or for none in particular."""
        return not self.vendors or vendor in self.vendors

    # fmt: off
    # The file
    ZIP_UNREADABLE = REFUSED, "PKG-008", "EPUB 3.3, section 4.2.4", "The file cannot be opened as a book: {}."
    ZIP_DAMAGED = REFUSED, "", "EPUB 3.3, section 4.2.4", "A file in the book is damaged or locked: {}."
    ZIP_BOMB = REFUSED, "", "decompression bombs", "The book unpacks to more than 2000 MB and is not read."
    MIMETYPE_NOT_FIRST = REFUSED, "PKG-006", "EPUB 3.3, section 4.2.3", "Its first file is not mimetype, so that readers may not see that it is a book."
    MIMETYPE_EXTRA = REFUSED, "PKG-005", "EPUB 3.3, section 4.2.4.2", "Its mimetype is not stored plainly at the start: it has an extra field."
    MIMETYPE_COMPRESSED = REFUSED, "", "EPUB 3.3, section 4.2.4.2", "Its mimetype is not stored plainly at the start: it is compressed."
    MIMETYPE_WRONG = REFUSED, "PKG-007", "EPUB 3.3, section 4.2.3", "Its mimetype is not application/epub+zip."
    NAME_ENCODING = REFUSED, "PKG-027", "EPUB 3.3, section 4.2.2", "Names of files in the book are not written in UTF-8."
    NAME_TWICE = REFUSED, "OPF-060", "EPUB 3.3, section 4.2.2", "Two of its files have the same name, or names that differ in capitals only: {}."
    NAME_CHARACTERS = REFUSED, "PKG-009", "EPUB 3.3, section 4.2.2", "The name of the file has characters that no name may have: {}."
    NAME_SPACES = WRONG, "PKG-010", "Kobo, wallabag 2296", "The name of the file has spaces, which some readers cannot find."
    NAME_ENDS_WITH_DOT = REFUSED, "PKG-011", "EPUB 3.3, section 4.2.2", "The name of the file ends with a dot."
    NAME_OUTSIDE = REFUSED, "", "EPUB 3.3, section 4.2.2", "The name of the file points outside of the book."
    FOLDER_EMPTY = WRONG, "PKG-014", "EPUBCheck", "The book has an empty folder."
    ZIP_ENCRYPTED = REFUSED, "PKG-027", "EPUB 3.3, section 4.2.4.1", "The file is encrypted."
    ZIP_COMPRESSION = REFUSED, "PKG-027", "EPUB 3.3, section 4.2.4.1", "The file is compressed in a way readers do not know."
    EXTENSION_CAPITALS = WRONG, "PKG-016", "EPUBCheck", "The name of the book should end with .epub in small letters."
    EXTENSION_ODD = WRONG, "PKG-017", "EPUBCheck", "The name of the book should end with .epub."
    CONTAINER_MISSING = REFUSED, "RSC-002", "EPUB 3.3, section 4.2.6.3.1", "META-INF/container.xml is missing, so nothing in the book is found."
    CONTAINER_SHAPE = REFUSED, "RSC-005", "EPUB 3.3, section 4.2.6.3.1", "The container file is wrong: {}."
    ROOTFILE_MISSING = REFUSED, "RSC-003", "EPUB 3.3, section 4.2.6.3.1", "The container file names no package document."
    ROOTFILE_WITHOUT_PATH = REFUSED, "OPF-016", "EPUB 3.3, section 4.2.6.3.1", "The container file does not say where the package document is."
    ROOTFILE_EMPTY_PATH = REFUSED, "OPF-017", "EPUB 3.3, section 4.2.6.3.1", "The container file says nothing where the package document is."
    PACKAGE_MISSING = REFUSED, "OPF-002", "EPUB 3.3, section 4.2.6.3.1", "The container file names {}, which is missing."
    RENDITIONS_OLD = REFUSED, "PKG-013", "OCF 2.0.1", "The book has two package documents, and EPUB 2 readers know one."
    RENDITIONS_UNTOLD = WRONG, "RSC-019", "EPUB Multiple-Rendition Publications 1.1", "The book has several renditions and does not describe them."

    # Locked and signed files
    ENCRYPTION_SHAPE = REFUSED, "RSC-005", "EPUB 3.3, section 4.2.6.3.2", "The list of locked files is wrong: {}."
    ENCRYPTION_MISSING = REFUSED, "RSC-007", "EPUB 3.3, section 4.2.6.3.2", "The list of locked files names {}, which is missing."
    OBFUSCATED_NO_FONT = REFUSED, "PKG-026", "EPUB 3.3, section 4.4", "{} is disguised as only fonts may be."
    FILE_LOCKED = ADVICE, "RSC-004", "EPUB 3.3, section 4.2.6.3.2; EPUBCheck (information)", "{} is locked, so it was not looked at."
    SIGNATURES_SHAPE = REFUSED, "RSC-005", "EPUB 3.3, section 4.2.6.3.6", "The list of signatures is a <{}>."

    # The package
    PACKAGE_VERSION = REFUSED, "OPF-001", "EPUB 3.3, section 5.4", "The package says it is of the version “{}”, which is unknown."
    PACKAGE_ROOT = REFUSED, "OPF-001", "EPUB 3.3, section 5.4", "The package document is not one, but a <{}>."
    PACKAGE_NAMESPACE = REFUSED, "RSC-005", "EPUB 3.3, section 5.3", "The package document is written as those of EPUB are not."
    PACKAGE_SHAPE = REFUSED, "RSC-005", "EPUB 3.3, section 5.3; OPF 2.0.1", "The package document is wrong: {}."

    # Metadata
    METADATA_TITLE = REFUSED, "RSC-005", "EPUB 3.3, section 5.5.3.2.1", "The book has no title (dc:title)."
    METADATA_LANGUAGE = REFUSED, "RSC-005", "EPUB 3.3, section 5.5.3.3.1", "The book does not tell its language (dc:language)."
    METADATA_IDENTIFIER = REFUSED, "RSC-005", "EPUB 3.3, section 5.5.3.1", "The book has no identifier (dc:identifier)."
    METADATA_EMPTY = REFUSED, "RSC-005", "EPUB 3.3, section 5.5.3", "The metadata say nothing in <{}>."
    METADATA_EMPTY_OLD = WRONG, "OPF-055", "OPF 2.0.1", "The metadata say nothing in <{}>."
    UNIQUE_IDENTIFIER = REFUSED, "OPF-030", "EPUB 3.3, section 5.4; EPUBCheck also RSC-005", "The package names “{}” as its unique-identifier, which is none of its identifiers."
    UNIQUE_IDENTIFIER_MISSING = REFUSED, "OPF-048", "EPUB 3.3, section 5.4", "The package does not say which identifier is its own."
    MODIFIED_COUNT = REFUSED, "RSC-005", "EPUB 3.3, section 5.5.5", "The book must tell once when it was last changed (dcterms:modified), and tells it {} times."
    MODIFIED_FORM = REFUSED, "RSC-005", "EPUB 3.3, section 5.5.5", "The time of the last change must be like 2026-01-31T12:00:00Z and is “{}”."
    REFINES_MISSING = REFUSED, "RSC-005", "EPUB 3.3, section 5.3.4", "Metadata say more about “{}”, which is not there."
    REFINES_BY_NAME = WRONG, "RSC-017", "EPUB 3.3, section 5.3.4", "Metadata should name a file by the id of its item, not by “{}”."
    REFINES_WRONG = REFUSED, "RSC-005", "EPUB 3.3, appendix D.3", "The property {} says more about something it has nothing to do with."
    PROPERTY_TWICE = REFUSED, "RSC-005", "EPUB 3.3, appendix D.3", "The property {} is told twice of the same thing."
    PROPERTY_VALUE = REFUSED, "RSC-005", "EPUB 3.3, appendix D", "The property {} cannot be “{}”."
    PROPERTY_UNKNOWN = REFUSED, "OPF-027", "EPUB 3.3, appendix D", "The property “{}” is unknown."
    PROPERTY_SEVERAL = REFUSED, "OPF-025", "EPUB 3.3, appendix D.1", "Only one property may be told at a time, not “{}”."
    PROPERTY_OBSOLETE = WRONG, "OPF-086", "EPUB 3.3, appendix D", "The property “{}” is no longer used."
    META_AUTH_OBSOLETE = WRONG, "RSC-017", "EPUB 3.3, appendix D", "The property meta-auth is no longer used."
    META_INCOMPLETE = REFUSED, "RSC-005", "EPUB 3.3, section 5.5.4", "A <meta> of the package is incomplete: {}."
    DATE_FORM = WRONG, "OPF-053", "EPUB 3.3, section 5.5.3.3.2", "The date “{}” is not in the form 2026-01-31."
    DATE_FORM_OLD = REFUSED, "OPF-054", "OPF 2.0.1, section 2.2.7", "The date “{}” is not in the form 2026-01-31."
    LANGUAGE_TAG = REFUSED, "OPF-092", "BCP 47", "“{}” is not a language tag such as en or pt-BR."
    IDENTIFIER_UUID = WRONG, "OPF-085", "RFC 9562", "The identifier “{}” says it is a UUID and is none."
    CREATOR_ROLE = REFUSED, "OPF-052", "OPF 2.0.1, section 2.2.6", "“{}” is no role of a creator."
    PACKAGE_ID_TWICE = REFUSED, "RSC-005", "EPUB 3.3, section 5.3.2", "Two parts of the package document have the id “{}”."
    REFINES_CYCLE = REFUSED, "OPF-065", "EPUB 3.3, section 5.3.4", "Metadata say more about each other in a circle, from “{}” on."
    DURATION_SUM = WRONG, "MED-016", "EPUB 3.3, section 9.3.5", "The whole recording does not last as long as its parts together."
    SUBJECT_AUTHORITY = REFUSED, "RSC-005", "EPUB 3.3, appendix D.3", "A subject must have one authority and one term, or neither."

    # Lists of the package
    ITEM_TWICE = REFUSED, "OPF-074", "EPUB 3.3, section 5.6.2", "The manifest lists {} twice."
    ITEM_PACKAGE = REFUSED, "OPF-099", "EPUB 3.3, section 5.6.1", "The manifest lists the package document, which it is in."
    ITEM_FRAGMENT = REFUSED, "OPF-091", "EPUB 3.3, section 5.6.2", "The manifest names a place in a file, {}, and not a file."
    ITEM_IN_META_INF = REFUSED, "PKG-025", "EPUB 3.3, section 4.2.6.1", "{} lies in META-INF, where no part of the book may be."
    ITEM_MISSING = REFUSED, "RSC-001", "EPUB 3.3, section 5.6.2", "{} is in the manifest and missing."
    FILE_UNDECLARED = ADVICE, "OPF-003", "EPUB 3.3, section 5.6.1; EPUBCheck (usage)", "The file is not in the manifest, so readers will not show it."
    ITEM_PROPERTY_TYPE = REFUSED, "OPF-012", "EPUB 3.3, appendix D.6.2", "{} is said of a file of the type {}, of which it cannot be true."
    NAV_COUNT = REFUSED, "RSC-005", "EPUB 3.3, section 5.6.2", "The book has {} navigation documents where there must be one."
    COVER_COUNT = REFUSED, "RSC-005", "EPUB 3.3, appendix D.6.2", "The manifest names {} covers."
    FALLBACK_MISSING = REFUSED, "OPF-040", "EPUB 3.3, section 3.5", "A file falls back on “{}”, which is not in the manifest."
    FALLBACK_CYCLE = REFUSED, "OPF-045", "EPUB 3.3, section 3.5.1", "Files fall back on each other in a circle."
    SPINE_TYPE = REFUSED, "OPF-043", "EPUB 3.3, section 5.7.2", "The reading order holds {}, a {}, with nothing to fall back on."
    SPINE_FALLBACK = REFUSED, "OPF-044", "EPUB 3.3, section 5.7.2", "The reading order holds {}, a {}, that never falls back on a page."
    SPINE_TYPE_OLD = REFUSED, "OPF-042", "OPF 2.0.1, section 2.4", "The reading order holds {}, a {}, which is no page."
    SPINE_MISSING = REFUSED, "OPF-049", "EPUB 3.3, section 5.7.2", "Its reading order (spine) names “{}”, which is not in the manifest."
    SPINE_TWICE = REFUSED, "RSC-005", "EPUB 3.3, section 5.7.2", "The reading order names “{}” twice."
    SPINE_TWICE_OLD = REFUSED, "OPF-034", "OPF 2.0.1, section 2.4", "The reading order names “{}” twice."
    SPINE_NOT_LINEAR = REFUSED, "OPF-033", "EPUB 3.3, section 5.7.1", "Nothing in the reading order is to be read in order."
    TOC_ATTRIBUTE = REFUSED, "RSC-005", "EPUB 3.3, section 5.7.1", "Its spine names “{}” as the NCX, which is none."
    TOC_ATTRIBUTE_OLD = REFUSED, "OPF-050", "OPF 2.0.1, section 2.4.1", "Its spine names “{}” as the NCX, which is none."
    TOC_ATTRIBUTE_MISSING = REFUSED, "RSC-005", "EPUB 3.3, section 5.7.1", "Its spine does not name its NCX, so older readers find no contents."
    NCX_MISSING_OLD = REFUSED, "RSC-005", "OPF 2.0.1, section 2.4.1", "It has no NCX, which older readers need."
    SPINE_PROPERTIES = REFUSED, "RSC-005", "EPUB 3.3, appendix D.7", "A page of the reading order has properties that exclude each other: {}."
    GUIDE_UNDECLARED = REFUSED, "OPF-031", "OPF 2.0.1, section 2.6", "The guide leads to {}, which is not in the manifest."
    GUIDE_TYPE = REFUSED, "OPF-032", "OPF 2.0.1, section 2.6", "The guide leads to {}, which is no page."
    GUIDE_TWICE = WRONG, "RSC-017", "OPF 2.0.1, section 2.6", "The guide leads twice to {} for the same reason."
    BINDINGS_OBSOLETE = WRONG, "RSC-017", "EPUB 3.3, appendix A", "The package uses bindings, which readers no longer understand."
    ITEM_TYPE_OBSOLETE = WRONG, "OPF-035", "OPF 2.0.1, section 1.3.7", "{} is of the type {}; pages of books must be XHTML."
    LINK_LISTED = REFUSED, "OPF-067", "EPUB 3.3, section 5.5.6", "{} is linked from the metadata and is in the manifest too."
    LINK_WITHOUT_TYPE = REFUSED, "OPF-093", "EPUB 3.3, section 5.5.6", "A link of the metadata does not say of what type it is."
    LINK_RECORD_WITHOUT_TYPE = REFUSED, "OPF-094", "EPUB 3.3, appendix D.4", "A link to a record does not say of what type it is."
    LINK_VOICE_TYPE = REFUSED, "OPF-095", "EPUB 3.3, appendix D.4", "A link to a spoken name is of the type {}, which is no sound."
    FALLBACK_STYLE_MISSING = REFUSED, "OPF-041", "OPF 2.0.1, section 2.3.1.2", "A file falls back on the style “{}”, which is not in the manifest."
    ITEM_TYPE_DEPRECATED = WRONG, "OPF-037", "OPF 2.0.1, section 1.3.7", "{} is of the type {}, which is no longer used."
    PAGE_MAP_MISSING = WRONG, "OPF-063", "EPUBCheck", "The spine names “{}” as its map of pages, which is not in the manifest."
    LINK_TO_PACKAGE = REFUSED, "OPF-098", "EPUB 3.3, section 5.5.6", "A link of the metadata leads into the package document."
    LINK_ALTERNATE = REFUSED, "OPF-089", "EPUB 3.3, appendix D.4", "A link of the metadata says more than that it is an alternative."
    LINK_RELATION = REFUSED, "RSC-005", "EPUB 3.3, appendix D.4; EPUBCheck also OPF-095", "A link of the metadata of the kind {} says more about the wrong thing."
    COLLECTION_ROLE = WRONG, "OPF-070", "EPUB 3.3, section 5.9", "A collection has the kind {}, which is no address."
    COLLECTION_PLACE = REFUSED, "RSC-005", "EPUB 3.3, section 5.9", "A manifest stands alone that belongs into a collection."
    OVERLAY_ATTRIBUTE = REFUSED, "RSC-005", "EPUB 3.3, section 9.3", "A page names a recording that is not described as it must be: {}."

    # Prefixes
    PREFIXES_SPACED = WRONG, "OPF-004", "EPUB 3.3, appendix D.1.4", "The list of prefixes begins or ends with a space."
    PREFIX_EMPTY = REFUSED, "OPF-004a", "EPUB 3.3, appendix D.1.4", "A prefix is declared that has no name."
    PREFIX_NAME = REFUSED, "OPF-004b", "EPUB 3.3, appendix D.1.4", "“{}” is not a proper name for a prefix."
    PREFIX_COLON = REFUSED, "OPF-004c", "EPUB 3.3, appendix D.1.4", "A colon must stand right behind the prefix “{}”."
    PREFIX_SPACE = REFUSED, "OPF-004d", "EPUB 3.3, appendix D.1.4", "A space must stand between the prefix “{}” and its address."
    PREFIX_ODD_SPACE = WRONG, "OPF-004e", "EPUB 3.3, appendix D.1.4", "Behind the prefix “{}” stands something other than a space."
    PREFIX_ODD_GAP = WRONG, "OPF-004f", "EPUB 3.3, appendix D.1.4", "Two prefixes are parted by something other than a space."
    PREFIX_ADDRESS = REFUSED, "OPF-005", "EPUB 3.3, appendix D.1.4", "The prefix “{}” has no address."
    PREFIX_BAD_ADDRESS = REFUSED, "OPF-006", "EPUB 3.3, appendix D.1.4", "The address {} of a prefix is none."
    PREFIX_RESERVED = WRONG, "OPF-007", "EPUB 3.3, appendix D.1.4", "The prefix “{}” is given another meaning than it has."
    PREFIX_UNDERSCORE = REFUSED, "OPF-007a", "EPUB 3.3, appendix D.1.4", "“_” cannot be a prefix."
    PREFIX_OF_DEFAULT = REFUSED, "OPF-007b", "EPUB 3.3, appendix D.1.4", "The prefix “{}” stands for names that need no prefix."
    PREFIX_OF_DUBLIN_CORE = REFUSED, "OPF-007c", "EPUB 3.3, appendix D.1.4", "Dublin Core has elements of its own and no prefix."

    # Pages
    NOT_WELL_FORMED = REFUSED, "RSC-016", "EPUB 3.3, section 3.9", "The file is not proper XML ({}), so readers show an error instead of it."
    ENTITY_BOMB = REFUSED, "", "XML 1.0, section 4.4; entity expansion attacks", "The file is not read, because {}; such files can be made to fill any memory."
    NESTED_TOO_DEEPLY = REFUSED, "", "readers and EPUBCheck end with an error", "The elements of the file stand in each other too deeply to be read."
    PAGE_DOCUMENT_TYPE = REFUSED, "HTM-004", "EPUB 3.3, section 6.1.2", "The page says it is of the document type {}, which pages of this kind of book may not be."
    DOCUMENT_TYPE = REFUSED, "OPF-073", "EPUB 3.3, section 3.9", "The file names a document type that lies outside of the book."
    PAGE_EXTERNAL_ENTITY = REFUSED, "HTM-003", "EPUB 3.3, section 3.9", "The page wants to take in another file as part of itself."
    PAGE_UTF_16 = REFUSED, "HTM-058", "EPUB 3.3, section 6.1.1", "The page is in UTF-16; it must be in UTF-8, or its letters come out wrong."
    DOCUMENT_UTF_16 = WRONG, "RSC-027", "EPUB 3.3, section 3.9", "The file is in UTF-16; UTF-8 is what every reader understands."
    DOCUMENT_ENCODING = REFUSED, "RSC-028", "EPUB 3.3, section 3.9", "The file is in {}; it must be in UTF-8, or its letters come out wrong."
    PAGE_ROOT = REFUSED, "RSC-005", "EPUB 3.3, section 6.1.2", "The file should be a page and is a <{}>."
    ELEMENT_UNKNOWN = REFUSED, "RSC-005", "HTML Living Standard, section 4", "Readers do not know <{}>."
    ELEMENT_MISPLACED = REFUSED, "RSC-005", "HTML Living Standard, section 3.2.5", "<{}> may not stand in <{}>."
    WORDS_MISPLACED = REFUSED, "RSC-005", "HTML Living Standard, section 3.2.5", "Words stand directly in <{}>, where only other elements may."
    CHILDREN_INCOMPLETE = REFUSED, "RSC-005", "HTML Living Standard, section 3.2.5", "What <{}> holds is incomplete or in the wrong order."
    ELEMENT_NESTED = REFUSED, "RSC-005", "HTML Living Standard, section 4", "<{}> stands inside of <{}>, where it may not be."
    ATTRIBUTE_UNKNOWN = REFUSED, "RSC-005", "HTML Living Standard, section 4", "<{}> may not have the attribute {}."
    ATTRIBUTE_VALUE = REFUSED, "RSC-005", "HTML Living Standard, section 4", "The {} of <{}> cannot be “{}”."
    ATTRIBUTE_MISSING = REFUSED, "RSC-005", "HTML Living Standard, section 4", "<{}> must have the attribute {}."
    PICTURE_WITHOUT_SOURCE = REFUSED, "RSC-005", "HTML Living Standard, section 4.8.3; Kindle refuses such books", "A picture does not say which file it is."
    ID_TWICE = REFUSED, "RSC-005", "HTML Living Standard, section 3.2.6", "Two places of the page have the name “{}”, so links to it may lead to the wrong one."
    LANGUAGES_DIFFER = REFUSED, "RSC-005", "HTML Living Standard, section 3.2.6.2", "An element says two different languages of itself: {} and {}."
    ID_REFERRED_MISSING = REFUSED, "RSC-005", "WAI-ARIA 1.2, section 6; HTML", "The {} of <{}> names “{}”, which is not on the page."
    PAGE_WITHOUT_TITLE = WRONG, "RSC-017", "HTML Living Standard, section 4.2.2", "The page has no title."
    PAGE_TITLE_EMPTY = REFUSED, "RSC-005", "HTML Living Standard, section 4.2.2", "The page has an empty title."
    META_WRONG = REFUSED, "RSC-005", "HTML Living Standard, section 4.2.5", "A <meta> of the page is wrong: {}."
    ATTRIBUTE_DATA = REFUSED, "HTM-061", "HTML Living Standard, section 3.2.6.6", "“{}” is not a proper name for an attribute with data."
    ATTRIBUTE_NAMESPACE = REFUSED, "HTM-054", "EPUB 3.3, section 6.1.3.7", "An attribute of one's own may not pretend to come from {}."
    PREFIX_UNDECLARED = REFUSED, "OPF-028", "EPUB 3.3, appendix D.1", "The prefix “{}” is used and not declared."
    PROPERTY_MALFORMED = REFUSED, "OPF-026", "EPUB 3.3, appendix D.1", "“{}” is not a proper name of a property."
    STYLE_ALTERNATE_UNTITLED = REFUSED, "CSS-015", "HTML Living Standard, section 4.6.7.18", "A style sheet to choose instead has no title to choose it by."
    SPEECH_EMPTY = WRONG, "HTM-007", "EPUB 3 Text-to-Speech Enhancements", "An element says how it is pronounced, and says nothing."
    XML_VERSION = REFUSED, "HTM-001", "EPUB 3.3, section 3.9", "The file is in XML {}; books must be in XML 1.0."
    PACKAGE_DOCTYPE = REFUSED, "HTM-009", "OPF 2.0.1", "The package document names a document type that is none of its own."
    SWITCH_OBSOLETE = WRONG, "RSC-017", "EPUB 3.3, appendix A", "The page uses <epub:{}>, which readers no longer understand."
    ROLE_OBSOLETE = WRONG, "RSC-017", "Digital Publishing WAI-ARIA 1.1", "The role “{}” is no longer used."
    DRAWING_CONTENT = REFUSED, "RSC-005", "EPUB 3.3, section 6.2", "A drawing holds what it may not: {}."
    FORMULA_CONTENT = REFUSED, "RSC-005", "MathML 3.0, chapter 3; EPUB 3.3, section 6.1.3.5", "A formula holds what it may not: {}."

    # Navigation
    NAV_WITHOUT_CONTENTS = REFUSED, "RSC-005", "EPUB 3.3, section 7.4.2", "The navigation document has {} tables of contents where there must be one."
    NAV_REPEATED = REFUSED, "RSC-005", "EPUB 3.3, section 7.4.3", "The navigation document has more than one list of the kind “{}”."
    NAV_SHAPE = REFUSED, "RSC-005", "EPUB 3.3, section 7.3; Kindle refuses such books", "The list of the kind “{}” is not a list of links: {}."
    NAV_EMPTY_LABEL = REFUSED, "RSC-005", "EPUB 3.3, section 7.3", "An entry of the navigation has no words."
    NAV_EMPTY_HEADING = REFUSED, "RSC-005", "EPUB 3.3, section 7.3", "A heading of the navigation document has no words."
    NAV_WITHOUT_HEADING = REFUSED, "RSC-005", "EPUB 3.3, section 7.3", "A list of a kind of its own must begin with a heading that tells what it is."
    LANDMARK_WITHOUT_TYPE = REFUSED, "RSC-005", "EPUB 3.3, section 7.4.4", "A landmark does not say what it is."
    LANDMARK_TWICE = REFUSED, "RSC-005", "EPUB 3.3, section 7.4.4", "Two landmarks of the same kind lead to {}."
    NAV_NOT_FLAT = WRONG, "RSC-017", "EPUB 3.3, sections 7.4.3 and 7.4.4", "The list of the kind “{}” must be flat, and has lists inside of it."

    # NCX
    NCX_SHAPE = REFUSED, "RSC-005", "ANSI/NISO Z39.86-2005, section 8", "The NCX is wrong: {}."
    NCX_ID_TWICE = REFUSED, "RSC-005", "ANSI/NISO Z39.86-2005, section 8", "Two entries of the NCX have the id “{}”."
    NCX_PLAY_ORDER = REFUSED, "RSC-005", "ANSI/NISO Z39.86-2005, section 8", "The order of the NCX is broken: {}."
    NCX_PAGE_TWICE = REFUSED, "RSC-005", "ANSI/NISO Z39.86-2005, section 8", "The page {} is listed twice in the NCX."
    NCX_IDENTIFIER = REFUSED, "NCX-001", "OPF 2.0.1, section 2.4.1.2; Kindle", "The NCX says it belongs to another book ({})."
    NCX_EMPTY_LABEL = ADVICE, "NCX-006", "ANSI/NISO Z39.86-2005, section 8; EPUBCheck (usage)", "An entry of the NCX has no words."

    # Addresses
    ADDRESS_MALFORMED = REFUSED, "RSC-020", "URL Living Standard, section 4.4", "The address {} is not a proper address, so nothing can be found under it."
    ADDRESS_ON_THIS_MACHINE = REFUSED, "RSC-030", "EPUB 3.3, section 3.7", "The address {} leads to a file on the machine where the book was made."
    ADDRESS_LEAVES_THE_BOOK = REFUSED, "RSC-026", "EPUB 3.3, section 4.2.5", "The address {} leads out of the book file."
    ADDRESS_WITH_QUESTION = REFUSED, "RSC-033", "EPUB 3.3, section 4.2.5", "The address {} has a part behind a question mark, which a file in a book cannot answer."
    LINK_TO_DATA = REFUSED, "RSC-029", "EPUB 3.3, section 3.8", "A link leads to data written into the address itself, which readers do not open."

    # Links and resources
    TARGET_MISSING = REFUSED, "RSC-007", "EPUB 3.3, section 3.1", "It leads to {}, which is missing."
    PICTURE_MISSING = REFUSED, "RSC-007", "EPUB 3.3, section 3.1; Kindle refuses such books", "It shows the picture {}, which is missing."
    LINKED_MISSING = WRONG, "RSC-007w", "EPUB 3.3, section 5.5.6", "The metadata link to {}, which is missing."
    TARGET_UNDECLARED = REFUSED, "RSC-008", "EPUB 3.3, section 5.6.1", "It uses {}, which is not in the manifest."
    PLACE_MISSING = REFUSED, "RSC-012", "EPUB 3.3, section 3.1", "It leads to {}, a place that is missing."
    PLACE_KIND = REFUSED, "RSC-014", "EPUBCheck", "It leads to {}, which is not a place of the kind that is meant."
    PLACE_UNTOLD = REFUSED, "RSC-015", "EPUBCheck", "A drawing uses {} without saying which part of it."
    PICTURE_PLACE = WRONG, "RSC-009", "EPUBCheck", "It shows a place in the picture {}, which has no places."
    STYLE_PLACE = REFUSED, "RSC-013", "EPUBCheck", "It uses a place in the style sheet {}, which has no places."
    LINK_TO_NO_PAGE = REFUSED, "RSC-010", "EPUB 3.3, section 3.4", "A link leads to {}, which is no page."
    LINK_OUT_OF_ORDER = REFUSED, "RSC-011", "EPUB 3.3, section 5.7.1", "A link leads to {}, which is not in the reading order."
    RESOURCE_FOREIGN = REFUSED, "RSC-032", "EPUB 3.3, section 3.4", "It uses {}, of the type {}, which readers need not know, with nothing to show instead."
    RESOURCE_REMOTE = REFUSED, "RSC-006", "EPUB 3.3, section 3.6", "It takes {} from the web; it must be in the book."
    RESOURCE_INSECURE = WRONG, "RSC-031", "EPUB 3.3, section 3.6", "It takes {} from the web without https."
    LINK_SCHEME = WRONG, "HTM-025", "EPUBCheck", "A link leads to {}, of a kind that is unknown."
    RESOURCE_TYPE_DIFFERS = WRONG, "OPF-013", "EPUB 3.3, section 5.6.2", "A page says that {} is of the type {}, the manifest says {}."
    PICTURE_FALLBACK_FOREIGN = REFUSED, "MED-003", "EPUB 3.3, section 3.5.2", "The picture {} is of the type {}, which readers need not know."
    PICTURE_SOURCE_UNTYPED = REFUSED, "MED-007", "EPUB 3.3, section 3.5.2", "The picture {} is of the type {}, and the page does not say so."
    OVERLAY_PLACE = WRONG, "MED-017", "EPUB 3.3, section 9.2.2.5", "A recording goes with {}, which does not name a place in a page."
    OVERLAY_PART = WRONG, "MED-018", "EPUB 3.3, section 9.2.2.5", "A recording goes with {}, which does not name a part of a drawing."
    ITEM_REMOTE = REFUSED, "RSC-006", "EPUB 3.3, section 3.6", "The manifest takes {} from the web; it must be in the book."
    PAGE_UNREACHABLE = REFUSED, "OPF-096", "EPUB 3.3, section 5.7.2", "{} is left out of the reading order, and no link leads to it."
    NAV_REMOTE = REFUSED, "NAV-010", "EPUB 3.3, section 7.4", "The contents lead to the web: {}."
    NAV_ORDER = WRONG, "NAV-011", "EPUB 3.3, section 7.4.2; Kindle refuses such books", "The contents are not in the order in which the book is read: {} comes too late."
    ITEM_PROPERTY_MISSING = REFUSED, "OPF-014", "EPUB 3.3, appendix D.6.2", "The manifest must say of the page that it has “{}”."
    ITEM_PROPERTY_UNTRUE = REFUSED, "OPF-015", "EPUB 3.3, appendix D.6.2", "The manifest says of the page that it has “{}”, and it has not."
    ITEM_REMOTE_UNTRUE = WRONG, "OPF-018", "EPUB 3.3, appendix D.6.2", "The manifest says that the file uses the web, and it does not."

    # Pictures
    PICTURE_TYPE = REFUSED, "OPF-029", "EPUB 3.3, section 5.6.2", "The file is said to be {} and is {}."
    PICTURE_DAMAGED = REFUSED, "PKG-021", "EPUBCheck", "The picture is damaged and cannot be shown."
    PICTURE_EMPTY = REFUSED, "MED-004", "EPUBCheck", "The picture is empty."
    PICTURE_EXTENSION = WRONG, "PKG-022", "EPUBCheck", "The picture is a {} and its name ends with .{}."

    # Style sheets
    STYLE_SYNTAX = REFUSED, "CSS-008", "CSS Syntax Module Level 3", "The style sheet has a mistake: {}. Some readers ignore all of it then."
    STYLE_DIRECTION = REFUSED, "CSS-001", "EPUB 3.3, section 6.3.1", "The style sheet sets {}; the direction of writing must be told by the pages themselves."
    STYLE_EMPTY_ADDRESS = REFUSED, "CSS-002", "EPUBCheck", "The style sheet refers to an address that is empty."
    STYLE_UTF_16 = WRONG, "CSS-003", "EPUB 3.3, section 6.3.1", "The style sheet is in UTF-16, which some readers cannot read; it should be UTF-8."
    STYLE_ENCODING = REFUSED, "CSS-004", "EPUB 3.3, section 6.3.1", "The style sheet is in {}; it must be UTF-8."
    STYLE_EMPTY_FONT = WRONG, "CSS-019", "EPUBCheck", "The style sheet declares a font and says nothing about it."
    STYLE_POSITION_FIXED = ADVICE, "CSS-006", "EPUB 3.3, section 6.3.1; EPUBCheck (usage)", "The style sheet fixes something to the screen, which most readers cannot show."

    # Fixed layout and recordings
    VIEWPORT_MISSING = REFUSED, "HTM-046", "EPUB 3.3, section 8.2.2.6", "A page of fixed layout does not tell its size."
    VIEWPORT_SYNTAX = REFUSED, "HTM-047", "EPUB 3.3, appendix F", "The size of the page, “{}”, cannot be read."
    VIEWPORT_PART = REFUSED, "HTM-056", "EPUB 3.3, section 8.2.2.6", "The size of the page has no {}."
    VIEWPORT_VALUE = REFUSED, "HTM-057", "EPUB 3.3, section 8.2.2.6", "The {} of the page is not a number."
    VIEWPORT_TWICE = REFUSED, "HTM-059", "EPUB 3.3, section 8.2.2.6", "The {} of the page is told twice."
    VIEW_BOX_MISSING = REFUSED, "HTM-048", "EPUB 3.3, section 8.2.3", "A drawing of fixed layout does not tell its size."
    OVERLAY_UNTOLD = REFUSED, "MED-010", "EPUB 3.3, section 9.3.3", "A recording goes with the page, and the manifest does not say so."
    OVERLAY_OTHER = REFUSED, "MED-012", "EPUB 3.3, section 9.3.3", "The manifest names another recording for the page."
    OVERLAY_TWICE = REFUSED, "MED-011", "EPUB 3.3, section 9.3.1", "Two recordings go with the page."
    OVERLAY_SILENT = REFUSED, "MED-013", "EPUB 3.3, section 9.3.3", "The manifest names a recording that does not speak of the page."
    OVERLAY_UNSTYLED = REFUSED, "CSS-030", "EPUB 3.3, section 9.4", "What is read aloud is to be marked, and the page has no styles."
    OVERLAY_AUDIO_TYPE = REFUSED, "MED-005", "EPUB 3.3, section 3.2", "The recording {} is of the type {}, which readers need not know."

    # Media overlays
    OVERLAY_SHAPE = REFUSED, "RSC-005", "EPUB 3.3, section 9.2", "The media overlay is wrong: {}."
    OVERLAY_TIMES = REFUSED, "MED-008", "EPUB 3.3, section 9.2.2.7; EPUBCheck also MED-009", "A clip of the recording ends before it begins, or as it does."
    OVERLAY_AUDIO_FRAGMENT = REFUSED, "MED-014", "EPUB 3.3, section 9.2.2.7", "A recording is named with a place in it."

    # Shops and readers
    SHOP_LANGUAGE = WRONG, KINDLE, "kindle-epub-fix, list of 2022; Send-to-Kindle E999", "{0} does not know the language “{1}” and may refuse the book."
    SHOP_NO_DECLARATION = WRONG, KINDLE, "kindle-epub-fix: pages without an XML declaration are read as ISO-8859-1", "{0} shows the letters of the page wrong, because it does not begin by saying that it is UTF-8."
    SHOP_LINK_TO_BODY = REFUSED, KINDLE, "kindle-epub-fix; Send-to-Kindle E999", "{0} refuses books with links to the body of a page, such as {1}."
    SHOP_CONTENTS_ORDER = REFUSED, KINDLE, "mobileread p4233972; Send-to-Kindle E999", "{0} refuses books whose contents are not in the order in which they are read: {1} comes too late."
    SHOP_SIZE = REFUSED, KINDLE, "Amazon's help on Send to Kindle", "{0} takes no books over 50 MB by mail; this one has {1} MB."
    SHOP_PICTURE_FORMAT = WRONG, ALL_BUT_APPLE, "kobolabs 74; natolambert 247; Google Play: processing failed", "{0} cannot show the picture, which is a {1}."
    SHOP_PICTURE_COLOURS = WRONG, ALL, "Kobo's specification of EPUBs; Kindle Publishing Guidelines", "{0} shows the colours of the picture wrong, which are made for print (CMYK)."
    SHOP_PICTURE_SIZE = ADVICE, KINDLE, "KCC 514: at most 1440 by 1920", "{0} makes the picture smaller; it has {1} by {2} pixels."
    SHOP_PICTURE_TRANSPARENT = ADVICE, KINDLE_ADOBE, "Kobo's specification of EPUBs", "{0} may show what is transparent in the picture as black."
    SHOP_SCRIPT = WRONG, KINDLE_ADOBE, "Kindle Publishing Guidelines; Kobo's specification of EPUBs", "{0} runs no scripts, so that part of the page does not work."
    SHOP_FORMULA = WRONG, KINDLE_ADOBE, "natolambert 247", "{0} does not show formulas (MathML); make a picture of it."
    SHOP_MEDIA = WRONG, KINDLE_ADOBE, "Kindle Publishing Guidelines; Kobo's specification of EPUBs", "{0} does not play what the page wants to play."
    SHOP_PICTURE_ELEMENT = WRONG, KINDLE_ADOBE, "KindleEar 691", "{0} does not know <picture>; use a plain <img>."
    SHOP_SRCSET = WRONG, KINDLE_APPLE_ADOBE, "Launchpad 1713986", "{0} stumbles over pictures that come in several sizes (srcset)."
    SHOP_EMPTY_ALT = ADVICE, KINDLE, "kindle-epub-fix 25 (E21018), not confirmed by Amazon", "{0} is said to refuse books with pictures whose description is empty."
    SHOP_AMAZON_ATTRIBUTE = ADVICE, KINDLE, "kindle-epub-fix 25 (E21018), not confirmed by Amazon", "{0} is said to refuse books with traces of its own conversion, such as {1}."
    SHOP_NO_NCX = WRONG, KINDLE_ADOBE, "Kobo's specification of EPUBs, sideloading", "{0} finds no contents, because it reads the NCX and there is none."
    SHOP_CONTENTS_DEPTH = ADVICE, KINDLE, "Standard Ebooks, notes on Kindle", "{0} shows two levels of contents; there are {1}."
    SHOP_PLAY_ORDER = ADVICE, KINDLE, "kindle-epub-fix 25 (E21018), not confirmed by Amazon", "{0} is said to mind entries of the NCX that are not numbered one after the other."
    SHOP_NO_GUIDE = WRONG, KINDLE, "Standard Ebooks, notes on Kindle, August 2024", "{0} may freeze where it shows the current chapter, because the book has no guide to its text."
    SHOP_NO_COVER = WRONG, ALL, "bookcard 137", "{0} finds no cover."
    SHOP_COVER_MARKS = ADVICE, KINDLE_ADOBE, "bookcard 137", "{0} may not find the cover, which should be marked in both ways, those of EPUB 2 and of EPUB 3."
    SHOP_COVER_FORMAT = ADVICE, KINDLE_APPLE_ADOBE, "ebookmaker 234; Kobo's specification of EPUBs", "{0} may not show the cover, which should be a JPEG and is a {1}."
    SHOP_COMMENT = REFUSED, KOBO, "rust-wildbow 7; epub-builder 10", "{0} takes the book for a locked one, because its zip file has a comment."
    SHOP_STYLE = WRONG, ADOBE, "pandoc 8379; Standard Ebooks, compatibility.css", "{0} may ignore all of the styles, because they use {1}."
    SHOP_BACKGROUND = ADVICE, ADOBE, "Kobo's specification of EPUBs", "{0} shows backgrounds as grey patches, and the styles set some."
    SHOP_PAGE_SIZE = ADVICE, ADOBE, "calibre, flow_size for Adobe Digital Editions", "{0} is slow with pages over 260 kB; this one has {1} kB."
    SHOP_PAGE_TOO_LARGE = REFUSED, KOBO, "Kobo's specification of EPUBs", "{0} takes no files over 10 MB in a book; this one has {1} MB."
    SHOP_NAME = WRONG, KINDLE_ADOBE, "Kobo's specification of EPUBs; wallabag 2296; bookfere", "{0} may not find the file, whose name should be of plain letters, digits and - _ only."
    SHOP_LANDMARK_TYPES = WRONG, APPLE, "Standard Ebooks, notes on Apple Books", "{0} does not understand a landmark of several kinds at once, “{1}”."
    SHOP_NO_LANDMARKS = ADVICE, APPLE, "Standard Ebooks, notes on Apple Books", "{0} does not know where the text begins, because there are no landmarks."
    SHOP_MARKED_CONTENTS = WRONG, APPLE, "Standard Ebooks, notes on iOS 18", "{0} breaks contents whose entries hold more than words."
    BYTES_AFTER_END = ADVICE, ANYONE, "Thorium 2474", "The file goes on behind its end, and some readers refuse to open it."
    PICTURE_ENDING = ADVICE, ANYONE, "Moon+ Reader", "Some readers do not know pictures whose names end with .jpeg."
    ACCESSIBILITY_METADATA = ADVICE, ANYONE, "EPUB Accessibility 1.1, section 2; European Accessibility Act", "The book does not tell readers with disabilities what they will find in it ({1})."
    PAGE_LANGUAGE = ADVICE, ANYONE, "WCAG 2.2, 3.1.1; EPUB Accessibility 1.1, section 3", "The page does not tell its language, so it may be read aloud in a wrong one."
    PICTURE_UNDESCRIBED = ADVICE, ANYONE, "WCAG 2.2, 1.1.1; HTML Living Standard, section 4.8.4.4", "A picture has no description for those who cannot see it."
    # fmt: on


Note = tuple[Rule, int, tuple[object, ...]]
"""A rule that is broken, the number of the element that breaks it (-1: none), and details."""
