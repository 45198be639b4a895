"""A lexicon as PLS, the form in which speech programs exchange pronunciations.

W3C Recommendation, Pronunciation Lexicon Specification 1.0, 14 October 2008. A document is
for one language and one alphabet; patterns and words whose capitals do not matter have no
form in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from spokenform.lexicon.entries import Entry, Lexicon, LexiconError
from spokenform.lexicon.files import entry, fault, words
from spokenform.tags import is_tag

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_P = f"{{{NAMESPACE}}}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def from_pls(data: bytes, name: str) -> Lexicon:
    """The lexicon in a PLS document; `name` is the file's, for errors.

    Each grapheme is an entry. Of several pronunciations the preferred or else the first is
    taken (PLS 4.9.3), of a phoneme and an alias both. Entities are refused, not resolved.

    Raises:
        LexiconError: it is no PLS, or an entry cannot be meant.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LexiconError(name, "", f"is not XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise LexiconError(name, "", "a document type is not taken, for it may hold entities")
    if root.tag != _P + "lexicon":
        raise LexiconError(name, "", f"is no PLS: its root is not a lexicon of {NAMESPACE}")
    language = (root.get(_LANGUAGE) or "").strip()
    if not is_tag(language):
        raise LexiconError(name, "", f"xml:lang: {language!r} is no language tag, such as en or pt-BR")
    entries = (
        one
        for number, lexeme in enumerate(root.iterfind(_P + "lexeme"), 1)
        for one in _entries(lexeme, language, name, number)
    )
    return Lexicon(tuple(entries))


def _entries(lexeme: etree._Element, language: str, file: str, number: int) -> Iterator[Entry]:
    graphemes = [words(_text(one)) for one in lexeme.iterfind(_P + "grapheme")]
    called = f"entry {number}{f' ({graphemes[0]})' if graphemes and graphemes[0].isprintable() else ''}"
    phoneme, alias = _preferred(lexeme, "phoneme"), _preferred(lexeme, "alias")
    if not graphemes:
        raise LexiconError(file, called, "has no grapheme")
    if phoneme is None and alias is None:
        raise LexiconError(file, called, "has neither phoneme nor alias")
    alphabet = _alphabet(phoneme) if phoneme is not None else "ipa"
    if alphabet != "ipa":
        raise LexiconError(file, called, f"alphabet: only ipa is understood, not {alphabet!r}")
    for grapheme in graphemes:
        made = entry(grapheme, spoken=_text(alias), ipa=_text(phoneme), language=language)
        if problem := fault(made):
            raise LexiconError(file, called, problem)
        yield made


def _preferred(lexeme: etree._Element, kind: str) -> etree._Element | None:
    found = list(lexeme.iterfind(_P + kind))
    return next((one for one in found if one.get("prefer") == "true"), found[0] if found else None)


def _alphabet(phoneme: etree._Element) -> str:
    root = phoneme.getroottree().getroot()
    return (phoneme.get("alphabet") or root.get("alphabet") or "").strip().lower()


def _text(element: etree._Element | None) -> str:
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def to_pls(lexicon: Lexicon, language: str) -> bytes:
    """The entries that hold in a language, as a PLS document. Patterns are left out."""
    root = etree.Element(_P + "lexicon", nsmap={None: NAMESPACE})  # type: ignore[dict-item] # lxml takes it, its stubs do not
    for name, value in (("version", "1.0"), ("alphabet", "ipa"), (_LANGUAGE, language)):
        root.set(name, value)
    for one in lexicon.entries:
        if one.pattern or not one.speaks(language) or not (one.ipa or one.spoken):
            continue
        lexeme = etree.SubElement(root, _P + "lexeme")
        for kind, text in (("grapheme", one.written), ("phoneme", one.ipa), ("alias", one.spoken)):
            if text:
                etree.SubElement(lexeme, _P + kind).text = text
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
