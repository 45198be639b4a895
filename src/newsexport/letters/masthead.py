"""What stands around the text of a letter: its own headline, its standfirst, and bars of buttons.

Substack, Ghost, beehiiv and Mailchimp print them in much the same way, and name little of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from newsexport.model import Block, Heading, Listing, Paragraph, Table, plain, plain_blocks
from newsexport.text.addresses import is_web, unwrapped
from newsexport.text.boilerplate import is_boilerplate
from newsexport.text.dates import MONTHS

TITLES = frozenset(("post-title", "post-title-link", "email-title", "entry-title", "article-title"))
STANDFIRSTS = frozenset(("subtitle", "post-subtitle", "post-excerpt", "subheader", "standfirst"))
LONGEST = 250  # characters of a headline; twice as many of a standfirst
ABOVE, LEAST_ABOVE = (
    0.25,
    120,
)  # of the text of a letter, and in characters, what may stand before its headline


def _any_of(patterns: str) -> re.Pattern[str]:
    """One of the patterns, each in a line of its own or behind a bar."""
    return re.compile("|".join(line.strip() for line in patterns.strip().splitlines()), re.IGNORECASE)


# A heading that greets, or names what kind of thing it heads.
NO_HEADLINE = _any_of(r"""
    (?:hello|hi|hey|dear|good (?:morning|afternoon|evening)|welcome)\b
    (?:hallo|guten|liebe[rs]?|bonjour|hola|ciao)\b
    (?:today|this week|this month|in this (?:issue|edition)|contents?|what[’']s inside|inhalt|sommaire)\b
    .{0,40}\b(?:newsletter|digest|edition|issue|ausgabe|número)\b.{0,20}$
""")

# What can be done with a letter, as the whole of a button says it.
ACTION = _any_of(r"""
    subscribe(?: now| here| today| for free)?|sign (?:up|in)(?: here| now| for free)?|log ?in
    share(?: (?:this|it|on|via|with|post)\b.{0,40})?|forward(?: (?:this|to).{0,30})?|like|restack
    (?:read|open|view|listen|watch) (?:(?:it|this|post|e-?mail) )*(?:in|on) (?:the |your )?(?:app|browser|web)
    read online|listen(?: now| to (?:this )?post)?|watch(?: now)?|(?:get|download) the app|website
    (?:leave a |add a |view |\d+ )?comments?|join the (?:chat|discussion|conversation)|(?:more|less) like this
    upgrade(?: now| to paid| subscription)?|pledge your support|get \d+% off.{0,40}
    give a gift(?: subscription)?
    (?:refer|invite|tell) (?:a )?friends?|start (?:writing|a substack)|advertise(?: with us)?
    [⭐★☆👍👎]+ ?.{0,40}|(?:e-?mail )?preferences|manage (?:subscription|preferences)s?
    (?:im browser|in der app|online) (?:ansehen|anzeigen|öffnen|lesen)|(?:jetzt )?abonnieren|teilen
    kommentieren|(?:mehr|weniger) davon
    (?:lire|ouvrir|voir) (?:dans|en|sur) .{1,30}|s[’']abonner|je m[’']abonne|partager|commenter|transférer
    (?:leer|ver|abrir) en .{1,30}|suscrib(?:irse|irte|ir|ete)|compartir|comentar
    (?:leggi|apri) (?:nell|sul|nel).{1,20}|iscriviti|condividi
    (?:ler|abrir) n[oa] .{1,20}|assinar|subscrever|partilhar|compartilhar
    (?:lees|open|bekijk) .{0,20}(?:app|browser|online)|abonneren|delen
""")

# Rows of them, and of places where one might be followed.
PLACE = (
    r"(?:facebook|twitter|x|instagram|linkedin|youtube|tiktok|mastodon|bluesky|threads|whatsapp|telegram"
    r"|share|tweet|like|comment|restack|e-?mail|web|website|link|forward|partager|tweeter|transférer|teilen"
    r"|weiterleiten|compartir|reenviar|condividi|inoltra|delen|doorsturen|partilhar|encaminhar)\b"
)
SOCIAL = re.compile(rf"\W*(?:{PLACE}\W+){{0,9}}{PLACE}\W*", re.IGNORECASE)

# Those that nobody would write as a line of a letter, whether it is a link or not.
CERTAIN = _any_of(r"""
    (?:read|open|view|listen) (?:\w+ )?(?:in|on) (?:the |your )?(?:app|browser)
    restack|(?:more|less) like this|upgrade to paid
""")

# What asks the reader for something in a paragraph, wherever that stands in a letter.
INVITATION = _any_of(r"""
    is a reader-supported publication|consider becoming a (?:free or )?paid subscriber|to receive new posts
    you[’']re (?:currently )?(?:a free subscriber|reading a free)|this post is public so feel free to share
    thanks for reading .{1,80}[!.] ?(?:subscribe|this post)|if you enjoyed this (?:post|issue).{0,40}share
    (?:e-?mail|newsletter) forwarded to you|forwarded this (?:e-?mail|newsletter)
    login or subscribe to participate|what did you think of (?:today|this)
    how did you like (?:today[’']s|this) \w+(?: \w+)?\?
    wie hat (?:ihnen|dir|euch) (?:diese|der|die) .{1,40} gefallen
    want to change how you receive these
    powered by (?:beehiiv|ghost|substack|mailchimp|buttondown|kit|convertkit)
""")
LONGEST_INVITATION, LONGEST_BAR = 400, 300
APART = re.compile(r"\s*[|·•∙⋅‧/\n→]\s*|\s+[–—]\s+|\s{3,}")

JOINT = re.compile(r",\s*|\s+(?:and|und|et|y|e|en|&)\s+")

# The day of a letter, how long it takes to read, how many liked it.
DAY = _any_of(r"""
    (?:\w{3,12}\.?,? )?\d{1,2}(?:st|nd|rd|th|\.)? \w{3,12}\.?(?:,? \d{4})?
    (?:\w{3,12}\.?,? )?\w{3,12}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?
    \d+ min(?:ute)? read|\d{1,6}
""")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a letter calls itself; `url` is where its headline leads. What is not there is empty."""

    title: str = ""
    standfirst: str = ""
    url: str = ""


def masthead(root: Any, names: Collection[str]) -> Masthead:
    """The headline of a letter and its standfirst, taken out of it; `names` are those of its sender."""
    from newsexport.markup.preparing import drop  # noqa: PLC0415 - loads the parser

    heading = next(_of_class(root, TITLES), None)
    if heading is None:
        heading = _only(root, {bare(name) for name in names})
    if heading is None:
        return Masthead()
    below = next(_of_class(root, STANDFIRSTS), None)
    links = (*heading.iter("a"), *heading.iterancestors("a"))
    url = next((href for link in links if is_web(href := link.get("href") or "")), "")
    found = Masthead(_text(heading), _text(below) if below is not None else "", unwrapped(url))
    for element in (heading, below):
        if element is not None:
            drop(element)
    return found


def _of_class(root: Any, names: frozenset[str]) -> Iterator[Any]:
    longest = LONGEST if names is TITLES else 2 * LONGEST
    for element in root.iter("h1", "h2", "h3", "h4", "p", "td", "div"):
        named = not names.isdisjoint((element.get("class") or "").lower().split())
        if named and 2 < len(_text(element)) <= longest:
            yield element


def _only(root: Any, names: Collection[str]) -> Any:
    """The only heading of the first level, where it stands above the text and is not just a name."""
    first = [heading for heading in root.iter("h1") if _text(heading)]
    if len(first) != 1:
        return None
    title = _text(first[0])
    if not 2 < len(title) <= LONGEST or bare(title) in names or NO_HEADLINE.match(title):
        return None
    whole, before, around = len(_text(root)), 0, set(first[0].iterancestors())
    for element in root.iter():
        if element is first[0]:
            break
        before += len((element.text or "").strip())
        before += 0 if element in around else len((element.tail or "").strip())
    return first[0] if before <= max(ABOVE * whole, LEAST_ABOVE) else None


def bare(text: str) -> str:
    """The words of a text without marks and capitals, to compare."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def is_bar(block: Block, names: Collection[str], *, above: bool) -> bool:
    """Whether a block only says what can be done with the letter, or asks to do it.

    `above` the text it may also be the names and the day of the letter.
    """
    texts = [" ".join(text.split(" ")) for text in plain_blocks([block])]
    whole = "\n".join(texts)
    if (
        isinstance(block, Paragraph | Heading)
        and len(whole) <= LONGEST_INVITATION
        and INVITATION.search(whole)
    ):
        return True
    if len(whole) > LONGEST_BAR or not isinstance(block, Paragraph | Heading | Listing | Table):
        return False
    if not isinstance(block, Heading) and SOCIAL.fullmatch(whole):
        return True
    apart = (part for each in _buttons(block) or (whole,) for part in APART.split(each))
    parts = [part for each in apart if (part := each.strip(" \t.…!»›>←⟶()[]"))]
    known = {bare(name) for name in names}
    named = [part for part in parts if not known.isdisjoint(map(bare, JOINT.split(part)))]
    acts = [part for part in parts if ACTION.fullmatch(part) or is_boilerplate(part) or _shares(part, known)]
    if any(part not in acts and part not in named and not _is_day(part) for part in parts):
        return False
    if not acts:
        return above and bool(parts) and not whole.isdecimal()
    return len(parts) > 1 or _is_linked(block) or CERTAIN.fullmatch(parts[0]) is not None


def _buttons(block: Block) -> tuple[str, ...]:
    """The words of each link of a line that is several and nothing else, with or without a space between."""
    if not isinstance(block, Paragraph) or not _is_linked(block):
        return ()
    hrefs = {span.href for span in block.spans if span.href}
    return tuple(span.text for span in block.spans if span.href) if len(hrefs) > 1 else ()


def _is_day(part: str) -> bool:
    """Whether it is a day, with a year or without; or how long reading takes, or how many liked it."""
    if not DAY.fullmatch(part):
        return False
    return part[0].isdigit() or any(word[:3].lower() in MONTHS for word in part.split())


def _shares(part: str, names: Collection[str]) -> bool:
    verb, _, name = part.partition(" ")
    return verb.lower() in {"share", "message", "subscribe"} and bare(name.removeprefix("to ")) in names


def _is_linked(block: Block) -> bool:
    """Whether all of its words are links, as those of a button are."""
    if not isinstance(block, Paragraph | Heading):
        return not isinstance(block, Listing)
    return all(span.href for span in block.spans if span.text.strip()) and bool(plain(block.spans).strip())
