"""Mail: newsletters, digests and what friends pass on, as .eml files or whole mailboxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from newsexport import plugins
from newsexport.errors import SourceError
from newsexport.events import ARTICLE, Cause, omit
from newsexport.extraction.site_names import folded
from newsexport.model import Article, Block, Heading, Note, called_notes, figures, plain, plain_blocks
from newsexport.protocols import Entry, Item, Resource
from newsexport.sources.portions import in_portions, messages_of
from newsexport.text.counting import first_words

if TYPE_CHECKING:
    from newsexport.letters.masthead import Masthead
    from newsexport.letters.newsletter import Forwarded
    from newsexport.letters.parts import Attachment, Letter

HEADER = re.compile(
    rb"(?im)^(?:return-path|received|delivered-to|mime-version|message-id|from|to|subject|date|content-type|reply-to"
    rb"|list-unsubscribe|dkim-signature|x-[\w-]+):[ \t]"
)
SURE = re.compile(rb"(?im)^(?:return-path|received|delivered-to|mime-version|message-id|dkim-signature):")
MBOX = re.compile(rb"^From \S+.*\d{4}\s*$", re.MULTILINE)
MOST_MESSAGES = 20_000
SUFFIXES = frozenset((".eml", ".mbox", ".mbx"))
# Kinds of files that are read where they come with a letter.
READ = frozenset(("text", "markdown", "page", "document"))
# Why a letter that has but a part of such a kind has no text.
SEALED = {
    "application/pgp-encrypted": "is encrypted (PGP): only who has its key can read it",
    **dict.fromkeys(
        ("application/pkcs7-mime", "application/x-pkcs7-mime"),
        "is sealed (S/MIME): save it without its seal by a program that can open it",
    ),
    "application/ms-tnef": "has its text in a form of Outlook's own (winmail.dat)",
}


@dataclass(frozen=True, slots=True)
class MailSource:
    """An article from each message, several from a digest.

    Pictures that lie elsewhere are left out unless `remote_pictures` says otherwise: to
    fetch them tells the sender who reads. `follow` makes entries of the teasers of a
    digest, so that their pages are fetched; their addresses, too, are known to the sender.
    """

    remote_pictures: bool = False
    follow: bool = False
    isolated: ClassVar[bool] = True

    def accepts(self, resource: Resource) -> float:
        """By the headers a message begins with."""
        start = resource.data[:4000].lstrip(b"\xef\xbb\xbf\r\n")
        if MBOX.match(start) and HEADER.search(start):
            return 1
        head = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
        if b"snapshot-content-location:" in head.lower():
            return 0
        headers = len(HEADER.findall(head))
        begins = HEADER.match(start) is not None
        if begins and headers >= 3 and (SURE.search(head) or resource.suffix in SUFFIXES):
            return 0.95
        return 0.6 if resource.suffix in SUFFIXES else 0

    def read(self, resource: Resource) -> Iterator[Item]:
        """Every message in order; one that cannot be read is yielded as its error. Raises `SourceError`."""
        count = 0
        for number, data in enumerate(_messages(resource.data), 1 + resource.before):
            reference = resource.reference if number == 1 else f"{resource.reference} › message {number}"
            items: list[Item] = []
            try:
                items.extend(self._letter(data, replace(resource, reference=reference)))
            except SourceError as error:
                items.append(error)
            count += len(items)
            yield from items
        if not count:
            raise SourceError(resource.reference, "holds no message that can be read")

    def portions(
        self, beginning: Resource, lines: Iterator[bytes]
    ) -> Iterator[Resource | SourceError] | None:
        """A mailbox some messages at a time; None for a single message."""
        is_mailbox = MBOX.match(beginning.data[:4000].lstrip(b"\xef\xbb\xbf\r\n"))
        return in_portions(beginning, messages_of(lines, beginning.reference)) if is_mailbox else None

    def _letter(self, data: bytes, resource: Resource) -> Iterator[Item]:
        from newsexport.letters.parts import LetterError, read_letter  # noqa: PLC0415 - many runs have no mail

        try:
            letter = read_letter(data)
        except LetterError as error:
            raise SourceError(resource.reference, str(error)) from error
        for kind in letter.skipped:
            omit(f"of letters, which are no text ({kind})", Cause.FORMAT, "attachment")
        if letter.html or letter.plain:
            yield from self._articles(letter, resource)
        elif not letter.enclosed and not letter.attached:
            sealed = next(filter(None, map(SEALED.get, letter.skipped)), "is a message without a text")
            raise SourceError(resource.reference, sealed)
        for inner in letter.enclosed:
            yield from self._articles(inner, resource)
        for file in letter.attached:
            yield from _read_file(file, letter, resource)

    def _articles(self, letter: Letter, resource: Resource) -> Iterator[Item]:
        """The article of each who speaks in a letter, or the stories it is."""
        from newsexport.letters import newsletter  # noqa: PLC0415 - many runs have no mail
        from newsexport.letters.masthead import Masthead  # noqa: PLC0415 - many runs have no mail

        body, notes, own = _body(letter)
        url = newsletter.browser_link(body) or own.url or None
        for number, (said, words) in enumerate(newsletter.voices(letter, body)):
            article = self._article(letter, said, (words, notes, Masthead() if number else own))
            if not any(text.strip() for text in plain_blocks(article.body)):
                raise SourceError(resource.reference, "is a message without a text")
            guid = f"mid:{letter.id}{f'#{number}' if number else ''}" if letter.id else ""
            section = resource.section or said.sender
            placed = replace(article, url=url, section=section, reference=resource.reference, guid=guid)
            yield from self._parted(placed)

    def _article(
        self, letter: Letter, said: Forwarded, held: tuple[tuple[Block, ...], tuple[Note, ...], Masthead]
    ) -> Article:
        """What one says in a letter; `held` are the blocks, the notes of the letter, and its headline."""
        from newsexport.letters import newsletter  # noqa: PLC0415 - many runs have no mail
        from newsexport.letters.masthead import bare  # noqa: PLC0415 - many runs have no mail
        from newsexport.letters.parts import headline  # noqa: PLC0415 - many runs have no mail

        body, notes, own = held
        here = partial(newsletter.only_own_pictures, remote=self.remote_pictures)
        person, house = newsletter.person_and_house(said.sender)
        site = (letter.list_name if said.sender == letter.sender else "") or house
        body = newsletter.without_machinery(here(body), (said.sender, person, house, site))
        subject = headline(said.subject)
        title = own.title if bare(own.title) != bare(subject) else ""
        return Article(
            title or subject or first_words(" ".join(plain_blocks(body))),
            body,
            standfirst=own.standfirst,
            byline=(person,) if person and person != site else (),
            published=said.sent,
            site=site or None,
            media=letter.pictures,
            notes=tuple(Note(note.id, here(note.blocks)) for note in notes),
        )

    def _parted(self, article: Article) -> Iterator[Item]:
        """The article, or each story of the digest it is."""
        from newsexport.extraction.refusing import refused, without_wall  # noqa: PLC0415 - loads the parser
        from newsexport.letters.newsletter import stories  # noqa: PLC0415 - many runs have no mail

        parts = stories(article.body)
        if not parts:
            if reason := refused(article.title, article.body):
                raise SourceError(article.reference, f"holds no article: {reason}")
            body, walled = without_wall(_without_headline(article))
            yield _with_its_own(replace(article, body=body, partial=walled))
            return
        article = replace(article, standfirst="")
        for number, story in enumerate(parts, 1):
            guid = f"{article.guid}#{number}" if article.guid else ""
            part = replace(
                article, title=story.title, body=story.body, url=story.url, guid=guid, partial=story.teaser
            )
            part = _with_its_own(part)
            yield Entry(story.url, part, chosen=True) if self.follow and story.teaser and story.url else part


def _read_file(file: Attachment, letter: Letter, resource: Resource) -> Iterator[Item]:
    """What a file that came with a letter holds, by the source that is surest of it."""
    section = resource.section or letter.sender
    inside = Resource(f"{resource.reference} › {file.name}", file.data, section)
    sources = [source for kind, source in plugins.sources.made({}).items() if kind in READ]
    try:
        for item in plugins.surest(sources, inside)[0].read(inside):
            yield replace(item, section=item.section or section) if isinstance(item, Article) else item
    except SourceError as error:
        yield error


def _without_headline(article: Article) -> tuple[Block, ...]:
    """The body without a heading at its top that only repeats the headline."""
    title = folded(article.title)
    headings = (block for block in article.body[:3] if isinstance(block, Heading))
    repeated = next((each for each in headings if folded(plain(each.spans)) == title), None)
    return tuple(block for block in article.body if block is not repeated)


def _with_its_own(article: Article) -> Article:
    """The article with only those notes that it calls and those pictures that it shows."""
    article = replace(article, notes=called_notes(article))
    shown = {figure.media for figure in figures(article)}
    return replace(article, media=tuple(media for media in article.media if media.name in shown))


def _body(letter: Letter) -> tuple[tuple[Block, ...], tuple[Note, ...], Masthead]:
    """The blocks, notes and headline of the fuller text: some send HTML that says only where to look."""
    from newsexport.letters.masthead import Masthead, masthead  # noqa: PLC0415 - many runs have no mail
    from newsexport.letters.newsletter import without_unseen  # noqa: PLC0415 - many runs have no mail
    from newsexport.markup import MarkupError, blocks_and_notes, parse, prepared  # noqa: PLC0415 - loads the parser
    from newsexport.sources import layout  # noqa: PLC0415 - only plain letters need it

    found: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    own = Masthead()
    if letter.html.strip():
        try:
            root = prepared(without_unseen(parse(letter.html)))
            own = masthead(root, (letter.sender, letter.list_name))
            found, notes = blocks_and_notes(root)
        except MarkupError:
            found = ()
    if sum(map(len, plain_blocks(found))) * 3 >= len(letter.plain):
        return found, notes, own
    laid_out = layout.blocks(letter.plain.split("\n-- \n", 1)[0])
    return (laid_out, (), Masthead()) if laid_out else (found, notes, own)


def _messages(data: bytes) -> Iterator[bytes]:
    """The messages of a mailbox, or the one there is."""
    start = data.lstrip(b"\xef\xbb\xbf\r\n")
    if not MBOX.match(start[:4000]):
        yield start
        return
    bounds = [
        found.start() for found in re.finditer(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From \S+.*\d{4}\s*\n", start)
    ]
    beyond = len(bounds) - MOST_MESSAGES
    omit(f"beyond the {MOST_MESSAGES} of one mailbox that are taken", Cause.LIMIT, ARTICLE, beyond)
    for begin, end in zip(bounds[:MOST_MESSAGES], [*bounds[1:], len(start)], strict=False):
        message = start[begin:end].partition(b"\n")[2]
        yield re.sub(rb"(?m)^>(>*From )", rb"\1", message)
