"""The rules for the metadata of a package document."""

from __future__ import annotations

from epubpreflight.fault import Gravity, Rule

_REFUSED, _WRONG, _ADVICE = Gravity.REFUSED, Gravity.SHOWN_WRONG, Gravity.ADVICE

NO_TITLE = Rule(
    "metadata-title", _REFUSED, "RSC-005", "The book has no title (dc:title).", "EPUB 3.3, section 5.5.3.2.1"
)
NO_LANGUAGE = Rule(
    "metadata-language",
    _REFUSED,
    "RSC-005",
    "The book does not tell its language (dc:language).",
    "EPUB 3.3, section 5.5.3.3.1",
)
NO_IDENTIFIER = Rule(
    "metadata-identifier",
    _REFUSED,
    "RSC-005",
    "The book has no identifier (dc:identifier).",
    "EPUB 3.3, section 5.5.3.1",
)
EMPTY_METADATA = Rule(
    "metadata-empty",
    _REFUSED,
    "RSC-005",
    "The metadata say nothing in <{}>.",
    "EPUB 3.3, section 5.5.3; EPUBCheck RSC-005",
)
OLD_EMPTY_METADATA = Rule(
    "metadata-empty-old",
    _WRONG,
    "OPF-055",
    "The metadata say nothing in <{}>.",
    "OPF 2.0.1; EPUBCheck OPF-055",
)
UNIQUE_IDENTIFIER = Rule(
    "unique-identifier",
    _REFUSED,
    "OPF-030",
    "The package names “{}” as its unique-identifier, which is none of its identifiers.",
    "EPUB 3.3, section 5.4; EPUBCheck RSC-005, OPF-030",
)
NO_UNIQUE_IDENTIFIER = Rule(
    "unique-identifier-missing",
    _REFUSED,
    "OPF-048",
    "The package does not say which identifier is its own.",
    "EPUB 3.3, section 5.4; EPUBCheck OPF-048",
)
MODIFIED_COUNT = Rule(
    "modified-count",
    _REFUSED,
    "RSC-005",
    "The book must tell once when it was last changed (dcterms:modified), and tells it {} times.",
    "EPUB 3.3, section 5.5.5; EPUBCheck RSC-005",
)
MODIFIED_FORM = Rule(
    "modified-form",
    _REFUSED,
    "RSC-005",
    "The time of the last change must be like 2026-01-31T12:00:00Z and is “{}”.",
    "EPUB 3.3, section 5.5.5; EPUBCheck RSC-005",
)
REFINES = Rule(
    "refines-missing",
    _REFUSED,
    "RSC-005",
    "Metadata say more about “{}”, which is not there.",
    "EPUB 3.3, section 5.3.4; EPUBCheck RSC-005",
)
REFINES_BY_NAME = Rule(
    "refines-by-name",
    _WRONG,
    "RSC-017",
    "Metadata should name a file by the id of its item, not by “{}”.",
    "EPUB 3.3, section 5.3.4; EPUBCheck RSC-017",
)
REFINED_KIND = Rule(
    "refines-wrong",
    _REFUSED,
    "RSC-005",
    "The property {} says more about something it has nothing to do with.",
    "EPUB 3.3, appendix D.3; EPUBCheck RSC-005",
)
PROPERTY_TWICE = Rule(
    "property-twice",
    _REFUSED,
    "RSC-005",
    "The property {} is told twice of the same thing.",
    "EPUB 3.3, appendix D.3; EPUBCheck RSC-005",
)
PROPERTY_VALUE = Rule(
    "property-value",
    _REFUSED,
    "RSC-005",
    "The property {} cannot be “{}”.",
    "EPUB 3.3, appendix D; EPUBCheck RSC-005",
)
UNKNOWN_PROPERTY = Rule(
    "property-unknown",
    _REFUSED,
    "OPF-027",
    "The property “{}” is unknown.",
    "EPUB 3.3, appendix D; EPUBCheck OPF-027",
)
SEVERAL_PROPERTIES = Rule(
    "property-several",
    _REFUSED,
    "OPF-025",
    "Only one property may be told at a time, not “{}”.",
    "EPUB 3.3, appendix D.1; EPUBCheck OPF-025",
)
OBSOLETE_PROPERTY = Rule(
    "property-obsolete",
    _WRONG,
    "OPF-086",
    "The property “{}” is no longer used.",
    "EPUB 3.3, appendix D; EPUBCheck OPF-086",
)
OBSOLETE_AUTHORITY = Rule(
    "meta-auth-obsolete",
    _WRONG,
    "RSC-017",
    "The property meta-auth is no longer used.",
    "EPUB 3.3, appendix D; EPUBCheck RSC-017",
)
META_EMPTY = Rule(
    "meta-incomplete",
    _REFUSED,
    "RSC-005",
    "A <meta> of the package is incomplete: {}.",
    "EPUB 3.3, section 5.5.4; EPUBCheck RSC-005",
)
DATE_FORM = Rule(
    "date-form",
    _WRONG,
    "OPF-053",
    "The date “{}” is not in the form 2026-01-31.",
    "EPUB 3.3, section 5.5.3.3.2; EPUBCheck OPF-053",
)
OLD_DATE_FORM = Rule(
    "date-form-old",
    _REFUSED,
    "OPF-054",
    "The date “{}” is not in the form 2026-01-31.",
    "OPF 2.0.1, section 2.2.7; EPUBCheck OPF-054",
)
LANGUAGE_TAG = Rule(
    "language-tag",
    _REFUSED,
    "OPF-092",
    "“{}” is not a language tag such as en or pt-BR.",
    "BCP 47; EPUBCheck OPF-092",
)
UUID_FORM = Rule(
    "identifier-uuid",
    _WRONG,
    "OPF-085",
    "The identifier “{}” says it is a UUID and is none.",
    "RFC 9562; EPUBCheck OPF-085",
)
ROLE = Rule(
    "creator-role",
    _REFUSED,
    "OPF-052",
    "“{}” is no role of a creator.",
    "OPF 2.0.1, section 2.2.6; EPUBCheck OPF-052",
)
PACKAGE_ID_TWICE = Rule(
    "package-id-twice",
    _REFUSED,
    "RSC-005",
    "Two parts of the package document have the id “{}”.",
    "EPUB 3.3, section 5.3.2; EPUBCheck RSC-005",
)
REFINES_CYCLE = Rule(
    "refines-cycle",
    _REFUSED,
    "OPF-065",
    "Metadata say more about each other in a circle, from “{}” on.",
    "EPUB 3.3, section 5.3.4; EPUBCheck OPF-065",
)
DURATION = Rule(
    "duration-sum",
    _WRONG,
    "MED-016",
    "The whole recording does not last as long as its parts together.",
    "EPUB 3.3, section 9.3.5; EPUBCheck MED-016",
)
SUBJECT = Rule(
    "subject-authority",
    _REFUSED,
    "RSC-005",
    "A subject must have one authority and one term, or neither.",
    "EPUB 3.3, appendix D.3; EPUBCheck RSC-005",
)

RULES = tuple(rule for rule in tuple(globals().values()) if isinstance(rule, Rule))
