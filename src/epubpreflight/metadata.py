"""Rules for the metadata of a package document.

Sources: EPUB 3.3, sections 5.5 and D; OPF 2.0.1, section 2.2; EPUBCheck's Schematron rules for packages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from epubpreflight.document_schema import XML, words
from epubpreflight.package import DC, OPF, Package
from epubpreflight.rules import Note, Rule
from epubpreflight.value_formats import CLOCK, RELATORS, is_date, is_language, is_uuid, seconds
from epubpreflight.vocabulary import PACKAGE_PREFIXES, known_prefixes, property_names

MODIFIED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
VOCABULARIES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "": frozenset(
            words(
                "alternate-script authority belongs-to-collection collection-type display-seq "
                "dictionary-type file-as group-position identifier-type meta-auth role source-language "
                "source-of target-language term title-type pageBreakSource"
            )
        ),
        "a11y": frozenset(("certifiedBy", "certifierCredential", "exemption")),
        "media": frozenset(("active-class", "duration", "narrator", "playback-active-class")),
        "rendition": frozenset(("layout", "orientation", "spread", "viewport", "flow")),
    }
)
# What a property may say more about: Dublin Core elements, or a property of the same metadata.
REFINING = {
    "authority": ("subject",),
    "term": ("subject",),
    "identifier-type": ("identifier", "source"),
    "role": ("creator", "contributor", "publisher"),
    "title-type": ("title",),
    "source-of": ("source",),
}
ONCE = frozenset(
    words("collection-type display-seq file-as group-position identifier-type source-of title-type")
)
VALUES = {
    "rendition:flow": ("paginated", "scrolled-continuous", "scrolled-doc", "auto"),
    "rendition:layout": ("reflowable", "pre-paginated"),
    "rendition:orientation": ("landscape", "portrait", "auto"),
    "rendition:spread": ("none", "landscape", "portrait", "both", "auto"),
}
VIEWPORT = re.compile(r"width=\d+,\s*height=\d+|height=\d+,\s*width=\d+")


def normalised(text: str | None) -> str:
    """The text without space around it and with single spaces inside."""
    return " ".join((text or "").split())


def metadata_notes(package: Package) -> Iterator[Note]:
    """Everything that is wrong with the metadata of the book."""
    for check in METADATA_CHECKS if package.epub2 else (*METADATA_CHECKS, *EPUB3_METADATA_CHECKS):
        yield from check(package)


Check = Callable[[Package], Iterator[Note]]


def _present(package: Package) -> Iterator[Note]:
    for name, rule in (
        ("title", Rule.METADATA_TITLE),
        ("language", Rule.METADATA_LANGUAGE),
        ("identifier", Rule.METADATA_IDENTIFIER),
    ):
        if package.root.find(f"{OPF}metadata//{DC}{name}") is None:
            yield rule, -1, ()


def _unique(package: Package) -> Iterator[Note]:
    named = package.root.get("unique-identifier")
    if not named:
        yield Rule.UNIQUE_IDENTIFIER_MISSING, 0, ()
        yield Rule.UNIQUE_IDENTIFIER, 0, ("",)
    elif all(
        element.get("id", "").strip() != named.strip() for element in package.root.iter(DC + "identifier")
    ):
        yield Rule.UNIQUE_IDENTIFIER, 0, (named,)


def _texts(package: Package) -> Iterator[Note]:
    for element in package.root.iter():
        if not element.tag.startswith(DC):
            continue
        name, text = element.tag.removeprefix(DC), normalised("".join(element.itertext()))
        at = package.numbers[element]
        if not text and (rule := _empty_rule(name, epub2=package.epub2)):
            yield rule, at, (f"dc:{name}",)
        if name == "date" and not is_date(text):
            yield (Rule.DATE_FORM_OLD if package.epub2 else Rule.DATE_FORM), at, (text,)
        if name == "language" and text and not package.epub2 and not is_language(text):
            yield Rule.LANGUAGE_TAG, at, (text,)
        role = element.get(OPF + "role") if name == "creator" else None
        if role and role not in RELATORS and not role.startswith("oth."):
            yield Rule.CREATOR_ROLE, at, (role,)


def _empty_rule(name: str, *, epub2: bool) -> Rule | None:
    """The rule that an empty element of Dublin Core breaks."""
    if not epub2 or name == "identifier":
        return Rule.METADATA_EMPTY
    return Rule.METADATA_EMPTY_OLD if name in {"title", "language"} else None


def _uuid(package: Package) -> Iterator[Note]:
    named = package.root.get("unique-identifier", "").strip()
    for element in package.root.iter(DC + "identifier"):
        text = (element.text or "").strip()
        is_declared = text.startswith("urn:uuid:") or element.get(OPF + "scheme", "").lower() == "uuid"
        own = element.get("id", "").strip() == named
        if own and is_declared and not is_uuid(text.replace("urn:uuid:", "")):
            yield Rule.IDENTIFIER_UUID, package.numbers[element], (text,)


def _languages(package: Package) -> Iterator[Note]:
    for element in package.root.iter():
        for key in (XML + "lang", "hreflang"):
            tag = element.get(key)
            if tag and not is_language(tag):
                yield Rule.LANGUAGE_TAG, package.numbers[element], (tag,)


def _modified(package: Package) -> Iterator[Note]:
    modified = [meta for meta in package.metas() if normalised(meta.get("property")) == "dcterms:modified"]
    count = sum(meta.get("refines") is None for meta in modified)
    if count != 1:
        yield Rule.MODIFIED_COUNT, -1, (count,)
    for meta in modified:
        if not MODIFIED.fullmatch(normalised(meta.text)):
            yield Rule.MODIFIED_FORM, package.numbers[meta], (normalised(meta.text),)


def _refines(package: Package) -> Iterator[Note]:
    ids = {normalised(element.get("id")) for element in package.root.iter() if element.get("id") is not None}
    hrefs = {item.href for item in package.items}
    for metadata in package.root.findall(OPF + "metadata"):
        for element in metadata:
            refines = element.get("refines")
            if refines is None:
                continue
            if normalised(refines).startswith("#"):
                if normalised(refines)[1:] not in ids:
                    yield Rule.REFINES_MISSING, package.numbers[element], (refines,)
            elif re.search(r"[a-zA-Z][a-zA-Z0-9+\-.]*:", refines):
                yield Rule.REFINES_MISSING, package.numbers[element], (refines,)
            elif refines in hrefs:
                yield Rule.REFINES_BY_NAME, package.numbers[element], (refines,)


def _metas(package: Package) -> Iterator[Note]:
    for meta in package.root.iter(OPF + "meta"):
        at, property_ = package.numbers[meta], meta.get("property")
        if property_ is None:
            if "name" not in meta.attrib or "content" not in meta.attrib:
                yield Rule.META_INCOMPLETE, at, ("it has no property",)
            elif set(meta.attrib) - {"name", "content"} or (meta.text or "").strip():
                yield Rule.META_INCOMPLETE, at, ("it mixes the manners of EPUB 2 and 3",)
        elif {"name", "content"} & meta.attrib.keys():
            yield Rule.META_INCOMPLETE, at, ("it mixes the manners of EPUB 2 and 3",)
        elif not normalised(meta.text):
            yield Rule.META_INCOMPLETE, at, (f"{property_} has no value",)


def _properties(package: Package) -> Iterator[Note]:
    notes: list[Note] = []
    declared = package.root.get("prefix")
    known = known_prefixes(declared, PACKAGE_PREFIXES, notes)
    yield from notes
    for meta in package.root.iter(OPF + "meta"):
        for key in ("property", "scheme"):
            value = meta.get(key)
            if value is None:
                continue
            if len(value.split()) > 1:
                yield Rule.PROPERTY_SEVERAL, package.numbers[meta], (value,)
                continue
            yield from property_notes(value, known, VOCABULARIES, package.numbers[meta])


def property_notes(
    value: str, known: Mapping[str, str], vocabularies: Mapping[str, frozenset[str]], at: int
) -> Iterator[Note]:
    """What is wrong with names of properties; those of vocabularies not listed here may be anything."""
    for prefix, name, rule in property_names(value):
        vocabulary = vocabularies.get(prefix)
        if prefix in PACKAGE_PREFIXES and known.get(prefix) != PACKAGE_PREFIXES[prefix]:
            vocabulary = None  # the book gives the prefix a meaning of its own
        if rule is not None:
            yield rule, at, (f"{prefix}:{name}",)
        elif prefix and prefix not in known:
            yield Rule.PREFIX_UNDECLARED, at, (prefix,)
        elif vocabulary is not None and name not in vocabulary:
            yield Rule.PROPERTY_UNKNOWN, at, (f"{prefix}:{name}" if prefix else name,)


def _refined(package: Package) -> Iterator[Note]:
    metas = list(package.metas())
    dc: dict[str, str] = {
        normalised(element.get("id")): element.tag.removeprefix(DC)
        for element in package.root.iter()
        if element.tag.startswith(DC) and element.get("id")
    }
    properties = {
        normalised(meta.get("id")): normalised(meta.get("property")) for meta in metas if meta.get("id")
    }
    seen: Counter[tuple[str, str]] = Counter()
    for meta in metas:
        name, target = normalised(meta.get("property")), normalised(meta.get("refines")).removeprefix("#")
        at, refines = package.numbers[meta], meta.get("refines") is not None
        if name in REFINING and dc.get(target) not in REFINING[name]:
            yield Rule.REFINES_WRONG, at, (name,)
        if name == "collection-type" and properties.get(target) != "belongs-to-collection":
            yield Rule.REFINES_WRONG, at, (name,)
        if name == "belongs-to-collection" and refines and properties.get(target) != name:
            yield Rule.REFINES_WRONG, at, (name,)
        if name == "meta-auth":
            yield Rule.META_AUTH_OBSOLETE, at, ()
        if name == "source-of" and normalised(meta.text) != "pagination":
            yield Rule.PROPERTY_VALUE, at, (name, normalised(meta.text))
        seen[name, normalised(meta.get("refines"))] += 1
        if name in ONCE and seen[name, normalised(meta.get("refines"))] > 1:
            yield Rule.PROPERTY_TWICE, at, (name,)
    for identifier, name in dc.items():
        pair = (seen["authority", f"#{identifier}"], seen["term", f"#{identifier}"])
        if name == "subject" and pair not in {(0, 0), (1, 1)}:
            yield Rule.SUBJECT_AUTHORITY, -1, ()


def _cycles(package: Package) -> Iterator[Note]:
    refining = {
        normalised(meta.get("id")): normalised(meta.get("refines")).removeprefix("#")
        for meta in package.metas()
        if meta.get("id") and meta.get("refines")
    }
    for start, target in refining.items():
        seen, current = {start}, target
        while current in refining and current not in seen:
            seen.add(current)
            current = refining[current]
        if current == start:
            yield Rule.REFINES_CYCLE, -1, (start,)
            return


def _durations(package: Package) -> Iterator[Note]:
    """A whole recording must last as long as its parts together, give or take a second."""
    whole: list[float] = []
    parts = 0.0
    for meta in package.metas():
        value = normalised(meta.text)
        if normalised(meta.get("property")) == "media:duration" and CLOCK.fullmatch(value):
            if meta.get("refines") is None:
                whole.append(seconds(value))
            else:
                parts += seconds(value)
    if whole and abs(whole[0] - parts) > 1:
        yield Rule.DURATION_SUM, -1, ()


def _rendition(package: Package) -> Iterator[Note]:
    counts: Counter[str] = Counter()
    for meta in package.metas():
        name, value, at = normalised(meta.get("property")), normalised(meta.text), package.numbers[meta]
        refines = meta.get("refines") is not None
        if name in ONCE_IN_ALL:
            counts[name] += not (refines and name == "rendition:viewport")
        if name in VALUES and refines:
            yield Rule.REFINES_WRONG, at, (name,)
        if not _may_be(name, value) or (name in CLASSES and refines):
            yield Rule.PROPERTY_VALUE, at, (name, value)
        if name == "rendition:viewport" or (name, value) == ("rendition:spread", "portrait"):
            yield Rule.PROPERTY_OBSOLETE, at, (name,)
    yield from ((Rule.PROPERTY_TWICE, -1, (name,)) for name, count in counts.items() if count > 1)


CLASSES = frozenset({"media:active-class", "media:playback-active-class"})
ONCE_IN_ALL = frozenset(VALUES) | CLASSES | {"rendition:viewport"}


def _may_be(name: str, value: str) -> bool:
    """Whether a property of layout or of recordings may have this value."""
    if name in VALUES:
        return value in VALUES[name]
    if name == "rendition:viewport":
        return VIEWPORT.fullmatch(value) is not None
    if name == "media:duration":
        return CLOCK.fullmatch(value) is not None
    return name not in CLASSES or " " not in value


METADATA_CHECKS: tuple[Check, ...] = (_present, _unique, _texts, _uuid)
EPUB3_METADATA_CHECKS: tuple[Check, ...] = (
    _languages,
    _modified,
    _refines,
    _metas,
    _properties,
    _refined,
    _cycles,
    _durations,
    _rendition,
)
