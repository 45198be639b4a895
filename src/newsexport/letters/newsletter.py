"""What is to be read of a letter: without the machinery, the forwarded one, a digest in its parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr
from functools import partial

from newsexport.events import Cause, omit
from newsexport.letters.masthead import is_bar
from newsexport.letters.parts import PART, Letter
from newsexport.markup.parsing import Element
from newsexport.model import (
    Block,
    Figure,
    Heading,
    Mark,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    plain,
    plain_blocks,
    rebuilt,
    runs,
)
from newsexport.text.boilerplate import is_boilerplate
from newsexport.text.counting import extent
from newsexport.text.dates import dated
from newsexport.text.people import is_name
from newsexport.text.plaintext import holding

# Blocks at the top of a letter, among which its names and its day may stand.
ABOVE = 4
LONGEST_MACHINERY = 600

BROWSER = re.compile(
    r"(?i)view (?:this |it |email |message )*(?:online|in (?:your |a |the )?(?:web )?browser)"
    r"|read (?:this )?online|view on (?:the )?web"
    r"|im browser (?:ansehen|anzeigen|öffnen|lesen)|online(?:version| lesen| ansehen)"
    r"|voir (?:cet? (?:e-?mail|message|courriel) )?(?:la version|dans (?:le|votre|un) navigateur|en ligne)"
    r"|ver (?:este (?:e-?mail|correo|mensaje) )?(?:en (?:el|tu|su)|no(?: seu)?) navegador"
    r"|visualizza (?:questa e-?mail )?nel (?:tuo )?browser"
    r"|bekijk (?:deze e-?mail )?(?:online|in (?:je|uw) browser)"
    r"|open in browser|browser ?version|open in app"
)
MACHINERY = re.compile(
    r"(?i)unsubscribe|opt[- ]?out|manage (?:your |my )?(?:subscription|preference|email)"
    r"|update (?:your |my )?(?:preference|profile)|email preferences|notification settings"
    r"|you(?:'re| are) receiving this|you received this (?:e-?mail|message)"
    r"|this (?:e-?mail|message) was sent to|forward(?:ed)? (?:this|to a friend)|add us to your address book"
    r"|abbestellen|abmelden|se désabonner|désinscri|darse de baja|cancelar (?:la )?suscripci|disiscriv"
    r"|afmelden|sent (?:with|by|via) (?:mailchimp|substack|beehiiv|mailerlite|sendgrid)"
    r"|privacy policy|terms of (?:service|use)|all rights reserved"
    r"|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados"
    r"|^\s*(?:copyright\s*)?(?:©|\(c\)|copyright)\s*\d{4}"
)
MORE = re.compile(
    r"(?i)^\W*(?:read|continue reading|read more|full story|read the (?:full|whole) .*|weiterlesen|mehr"
    r"|lire (?:la suite|plus)|leer más|read on).{0,40}$"
)
REPLY = re.compile(
    r"(?i)^\s*(?:\[[^\]]*\]\s*)?(?:re|aw|sv|vs|antw|odp|rif|res|回复|答复)\s*(?:\[\d+\])?\s*[:：]"
)
# Letters above a letter that is passed on, from which on they are no word to go with it.
A_LETTER = 280
FORWARDED = re.compile(
    r"(?i)^-{2,}\s*(?:forwarded|original|weitergeleitete|message transféré|mensaje reenviado).*"
    r"|^begin forwarded message:?|^anfang der weitergeleiteten"
)
FIELD = re.compile(
    r"(?im)^\s*\*?(?P<name>from|von|de|sent|date|datum|gesendet|envoyé|enviado|fecha|to|an|à|para|cc|subject|betreff|objet|asunto|reply-to)\s*\*?\s*:\*?\s*(?P<value>.*)$"
)
NAMES = {
    "from": "from", "von": "from", "de": "from",
    "subject": "subject", "betreff": "subject", "objet": "subject", "asunto": "subject",
    "date": "date", "sent": "date", "datum": "date", "gesendet": "date", "envoyé": "date",
    "enviado": "date", "fecha": "date",
}  # fmt: skip


# What hides a preview where letters may not say that nothing is displayed.
UNSEEN = re.compile(r"(?i)(?:^|;)\s*(?:max-height\s*:\s*0(?:px)?|opacity\s*:\s*0(?:\.0+)?)\s*(?:!|;|$)")
TINY = re.compile(r"(?i)(?:^|;)\s*font-size\s*:\s*0(?:px|pt|em)?\s*(?:!|;|$)")


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What the forwarded letter says of itself."""

    subject: str = ""
    sender: str = ""
    sent: datetime | None = None


@dataclass(frozen=True, slots=True)
class DigestStory:
    """One story of a digest. `url` is where all of it is; `teaser` when this is not all of it."""

    title: str
    body: tuple[Block, ...]
    url: str | None = None
    teaser: bool = False


def without_unseen(root: Element) -> Element:
    """The tree without what the style of a letter keeps from being seen: previews, words for filters."""
    for element in list(root.iter("div", "span", "p", "td")):
        style = element.get("style") or ""
        if style and (UNSEEN.search(style) or (TINY.search(style) and not _has_its_own_size(element))):
            element.drop_tree()
    return root


def _has_its_own_size(element: Element) -> bool:
    """Whether something in an element is seen though its letters have no size."""
    return any(
        each.tag == "img" or "font-size" in (each.get("style") or "") for each in element.iterdescendants()
    )


def person_and_house(sender: str) -> tuple[str, str]:
    """Whoever wrote, and for what: ``Ada Fenn from The Oldhaven Letter``; else both are the sender."""
    person, of, house = sender.partition(" from ")
    return (person, house) if of and is_name(person) else (sender, sender)


def browser_link(blocks: Iterable[Block]) -> str | None:
    """Where the letter can be read on the web."""
    for spans in runs(blocks):
        for span in spans:
            if span.href and BROWSER.search(span.text) and not MACHINERY.search(span.text):
                return span.href
    return None


def without_machinery(blocks: Sequence[Block], names: Collection[str] = ()) -> tuple[Block, ...]:
    """Without what only serves the mailing; after the way out of it, near the end, nothing is kept.

    `names` are those of whoever sent it.
    """
    kept: list[Block] = []
    told = max((number for number, block in enumerate(blocks) if not _leads_away(block)), default=0)
    for number, block in enumerate(blocks):
        text = " ".join(plain_blocks([block])).strip()
        if len(text) < LONGEST_MACHINERY and MACHINERY.search(text):
            if number >= 0.6 * len(blocks):
                break
            continue
        if BROWSER.search(text) and len(text) < 200:
            continue
        if is_bar(block, names, above=len(kept) < ABOVE):
            continue
        if number > told and isinstance(block, Heading) and is_boilerplate(text):
            break  # what follows are other letters
        kept.append(_unlinked(block))
    omit("that only serve the mailing", Cause.FORMAT, PART, len(blocks) - len(kept))
    while kept and isinstance(kept[-1], Rule | Heading):
        kept.pop()
    return tuple(kept)


def _leads_away(block: Block) -> bool:
    """Whether it is mostly links, or about the mailing; of a heading what follows tells."""
    if isinstance(block, Heading):
        return True
    text = " ".join(plain_blocks([block]))
    linked = sum(len(span.text) for spans in runs([block]) for span in spans if span.href)
    return 2 * linked >= len(text) or (len(text) < LONGEST_MACHINERY and MACHINERY.search(text) is not None)


def only_own_pictures(blocks: Iterable[Block], *, remote: bool) -> tuple[Block, ...]:
    """Without pictures that lie elsewhere: to ask for one tells its sender who reads, and when.

    What is printed below them stays.
    """
    kept: list[Block] = []
    for block in blocks:
        if remote or not isinstance(block, Figure) or block.media.startswith(("cid:", "data:")):
            kept.append(rebuilt(block, _as_it_is, partial(only_own_pictures, remote=remote)))
            continue
        omit("of letters, which lie elsewhere (--letter-pictures)", Cause.CAUTION)
        if plain(block.caption).strip():
            kept.append(
                Paragraph(tuple(replace(span, marks=span.marks | {Mark.EMPHASIS}) for span in block.caption))
            )
    return tuple(kept)


def _as_it_is(spans: Spans) -> Spans:
    return spans


def voices(letter: Letter, blocks: tuple[Block, ...]) -> Iterator[tuple[Forwarded, tuple[Block, ...]]]:
    """Whoever speaks in a letter, and what they say.

    A letter that was passed on is that of its author; so many words above it are a letter of their own. What
    is answered stands behind the answer, as a quotation.
    """
    own = Forwarded(letter.subject, letter.sender, letter.sent)
    told = _forwarded(blocks)
    if told is None:
        yield own, blocks
        return
    said, inside, above = told
    letters = extent("".join(plain_blocks(above)))
    if letters and REPLY.match(letter.subject):
        yield own, (*above, Quote(inside, attribution=(Span(said.sender),) if said.sender else ()))
        return
    if letters >= A_LETTER:
        yield own, above
    else:
        omit("above a letter that was passed on", Cause.FORMAT, PART, len(above))
    yield Forwarded(said.subject or own.subject, said.sender or own.sender, said.sent or own.sent), inside


def _forwarded(blocks: Sequence[Block]) -> tuple[Forwarded, tuple[Block, ...], tuple[Block, ...]] | None:
    """The letter inside this one, if there is one: its headers, its blocks, and those above it."""
    flat = list(_opened(blocks))
    for number, block in enumerate(flat[:12]):
        text = plain(block.spans) if isinstance(block, Paragraph) else ""
        marked = FORWARDED.match(text.strip())
        if not marked and len(FIELD.findall(text)) < 3:
            continue
        head, end = text, number + 1
        while end < len(flat) and end < number + 8 and isinstance(following := flat[end], Paragraph):
            if not FIELD.match(plain(following.spans)):
                break
            head += "\n" + plain(following.spans)
            end += 1
        fields = {
            NAMES.get(found["name"].lower(), ""): found["value"].strip(" *") for found in FIELD.finditer(head)
        }
        if "subject" in fields or "from" in fields:
            name, address = parseaddr(re.sub(r"\[mailto:(.*?)\]", r"<\1>", fields.get("from", "")))
            said = Forwarded(fields.get("subject", ""), name or address, dated(fields.get("date", "")))
            return said, tuple(flat[end:]), tuple(flat[:number])
    return None


def stories(blocks: Sequence[Block]) -> tuple[DigestStory, ...]:
    """The stories of a digest; none when the letter is not one.

    A digest has at least three headings of one level with text below each, and most of
    them lead to where the story is.
    """
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    for level in sorted(set(levels)):
        parts = _split(blocks, level)
        told = [part for part in parts if part.body]
        linked = sum(part.url is not None for part in told)
        if len(told) >= 3 and len(told) >= 0.7 * len(parts) and linked >= 0.6 * len(told):
            return tuple(told)
    return ()


def _split(blocks: Sequence[Block], level: int) -> list[DigestStory]:
    parts: list[tuple[Heading, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            parts.append((block, []))
        elif parts:
            parts[-1][1].append(block)
    return [_story(heading, body) for heading, body in parts]


def _story(heading: Heading, body: Sequence[Block]) -> DigestStory:
    links = [span.href for span in heading.spans if span.href]
    kept = []
    more = False
    for block in body:
        if isinstance(block, Paragraph) and MORE.match(plain(block.spans)):
            more = True
            links += [span.href for span in block.spans if span.href]
        elif not isinstance(block, Rule):
            kept.append(block)
    short = sum(map(extent, plain_blocks(kept))) < 1500
    return DigestStory(
        holding(heading.spans),
        tuple(kept),
        next(iter(links), None),
        bool(links) and (more or short),
    )


def _unlinked(block: Block) -> Block:
    """Links that end a subscription are never followed, so they are no links here."""
    if isinstance(block, Paragraph):
        spans = tuple(
            replace(span, href=None)
            if span.href and re.search(r"(?i)unsub|opt-?out|/preferences", span.href)
            else span
            for span in block.spans
        )
        return Paragraph(spans)
    return block


def _opened(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks with the outermost quotations opened: mail programs quote what they forward."""
    for block in blocks:
        if isinstance(block, Quote) and not block.pulled:
            yield from _opened(block.blocks)
            if block.attribution:
                yield Paragraph(block.attribution)
        else:
            yield block
