"""What pages write below their pictures, in all their ways, brought into one: a figure with a caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from newsexport.markup.embeds import EMBEDDED
from newsexport.markup.parsing import Element, text_in
from newsexport.text.counting import extent

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# What elements are called that hold a picture and its caption, and nothing else.
PICTURES = frozenset((
    "photo", "picture", "image", "img", "pic", "illustration", "figure", "thumb", "bild", "foto", "imagen",
    "imagem", "immagine", "afbeelding", "zdjecie", "obrazek", "kuva", "billede", "bilde", "illustratie",
    "photograph", "shashin",
))  # fmt: skip
# Words of names of what is a picture's in another sense: of a writer, or of a story elsewhere.
OTHERS = frozenset((
    "author", "avatar", "profile", "bio", "byline", "logo", "card", "cards", "teaser", "related", "product",
    "promo", "ad", "ads", "text", "content", "body", "grid", "list", "item", "items", "recommended", "nav",
    "menu", "comment", "comments", "link", "links", "overlay", "hero", "banner", "header",
))  # fmt: skip
CAPTIONS = frozenset((
    "caption", "captions", "credit", "credits", "legend", "legende", "bildunterschrift", "bildtext",
    "didascalia", "legenda", "pie", "piedefoto", "onderschrift", "podpis", "bildnachweis", "copyright",
    "attribution", "attributions", "source", "quelle", "fotograf", "photographer", "photocredit",
    "imagecredit", "imgcredit", "figcaption",
))  # fmt: skip
# Who made a picture, as captions say it.
MADE_BY = re.compile(
    r"(?i)(?:^|[\s(|/–—-])(?:photo(?:graph|s)?|image|picture|illustration|fotos?|bild|grafik|imagen|imagem"
    r"|immagine|beeld|fot|zdjęcie|kuva|фото|fotoğraf|crédit photo|photographie)"
    r"(?:\s+(?:by|courtesy|credit|von|par|por|di|de|door))?\s*[:.©/]"
    r"|\bphoto(?:s|graph)? (?:by|courtesy)\b|\bcourtesy of\b"
    r"|[(（](?:写真|撮影|図)|撮影[)）]?$|(?:写真|画像|图|图源|사진)[:：=＝]"
)
SAYING = frozenset(("small", "em", "i", "cite"))
# What holds more than a picture and a line.
MORE = (
    "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr", "form",
    "figure", "video", "audio", "time", "article", "section", "aside", "nav",
)  # fmt: skip
# What more stands in than a picture and what is around it.
OUTSIDE = frozenset((
    "html", "body", "main", "article", "section", "li", "td", "th", "figure", "blockquote", "dd",
))  # fmt: skip
# Letters of the longest line below a picture.
LONGEST = 300


def joined(root: Element) -> None:
    """Change the tree so that pictures and the lines below them are figures.

    Such lines are small, named so, in an element that is named after pictures, or say who made the picture.
    """
    for image in list(root.iter("img")):
        if image.getparent() is None or image.get(EMBEDDED) is not None:
            continue
        box = _alone(image)
        if box is None:
            continue
        lines = list(_inside(box)) or list(_behind(box))
        if lines:
            _join(box, lines)


def _alone(image: Element) -> Element | None:
    """The picture with all that is only around it; nothing of one in a figure or in a link with a text."""
    box = image
    while (around := box.getparent()) is not None:
        if around.tag == "figure" or (around.tag == "a" and not _holds_only(around, box)):
            return None
        if around.tag in OUTSIDE or not _holds_only(around, box):
            break
        box = around
    return None if any(True for _ in box.iterancestors("figure", "a", "td")) else box


def _holds_only(around: Element, box: Element) -> bool:
    if (around.text or "").strip() or (box.tail or "").strip():
        return False
    return all(each is box or (not _text(each) and not len(each)) for each in around)


def _inside(box: Element) -> Iterator[Element]:
    """The lines behind the picture in the same element, as one, if that holds nothing else."""
    around = box.getparent()
    if around is None or around.tag not in {"p", "div", "span", "center"}:
        return
    if (around.text or "").strip() or _has_more(around):
        return
    text = _text(around)
    if not 0 < extent(text) <= LONGEST:
        return
    before = [each for each in box.itersiblings(preceding=True) if _text(each)]
    if before or _is_linked(around, text) or sum(1 for _ in around.iter("img")) > 1:
        return
    own = _words(around)
    behind = [each for each in box.itersiblings() if isinstance(each.tag, str) and _text(each)]
    loose = bool((box.tail or "").strip()) or any((each.tail or "").strip() for each in box.itersiblings())
    said = (own & PICTURES and not own & OTHERS) or MADE_BY.search(text) is not None
    if said or (behind and not loose and all(_is_line(each) for each in behind)):
        yield from _wrapped(box)


def _wrapped(box: Element) -> Iterator[Element]:
    """All that is behind it, as one element."""
    line = box.makeelement("span")
    line.text, box.tail = box.tail, None
    line.extend(list(box.itersiblings()))
    box.addnext(line)
    while len(line) and line[0].tag == "br" and not (line.text or "").strip():
        line.text = line[0].tail
        line.remove(line[0])
    yield line


def _behind(box: Element) -> Iterator[Element]:
    """The elements right behind the picture that are captions by what they are or are called."""
    before = box
    for each in list(box.itersiblings()):
        if (before.tail or "").strip() or not isinstance(each.tag, str):
            return
        if each.tag == "br" or (not _text(each) and not len(each)):
            before = each
            continue
        if each.tag not in {"p", "div", "span", "small", "em", "cite", "aside"} or not _is_line(each):
            return
        if each.tag in {"em", "cite"} and (each.tail or "").strip():
            return
        yield each
        before = each


def _is_line(element: Element) -> bool:
    """Whether it is short, and all of it small, slanted within a line, or named after captions."""
    if _has_more(element) or next(element.iter("img"), None) is not None:
        return False
    text = _text(element)
    if not 0 < extent(text) <= LONGEST or _is_linked(element, text):
        return False
    if element.tag in SAYING or _is_named(element):
        return True
    inside = [each for each in element if isinstance(each.tag, str) and each.tag != "br"]
    loose = (element.text or "").strip() or any((each.tail or "").strip() for each in element)
    if len(inside) != 1 or loose:
        return False
    return inside[0].tag in (SAYING if element.tag == "font" else {"small"}) or _is_named(inside[0])


def _is_named(element: Element) -> bool:
    return bool(_words(element) & CAPTIONS) and not _words(element) & OTHERS


def _join(box: Element, lines: Sequence[Element]) -> None:
    """Put the picture and its lines into a figure where the picture stands."""
    around = box.getparent()
    figure, caption = box.makeelement("figure"), box.makeelement("figcaption")
    box.addprevious(figure)
    figure.tail, lines[-1].tail = lines[-1].tail, None
    box.tail = None
    figure.append(box)
    figure.append(caption)
    caption.extend(lines)
    for line in {*lines, *caption.iter("p", "div", "aside")}:
        line.tag = line.tag if line.tag in SAYING else "span"
        line.tail = f"{line.tail or ''} "
    if around.tag == "p":
        around.tag = "div"


def _has_more(element: Element) -> bool:
    return next(element.iter(*MORE), None) is not None


def _is_linked(element: Element, text: str) -> bool:
    return 2 * sum(len(_text(link)) for link in element.iter("a")) > len(text)


def _text(element: Element) -> str:
    return " ".join(text_in(element).split()) if isinstance(element.tag, str) else ""


def _words(element: Element) -> frozenset[str]:
    return _words_of(f"{element.get('class') or ''} {element.get('id') or ''}")


@lru_cache(maxsize=4096)
def _words_of(names: str) -> frozenset[str]:
    return frozenset(word.lower() for word in WORD.findall(names[:1000]))
