"""Pictures of articles: got from wherever they lie, made fit, and put where memory is not needed."""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar
from urllib.parse import unquote_to_bytes

from newsexport.artwork.image_limits import Fit
from newsexport.collecting.context import CollectingContext
from newsexport.collecting.inputs import beside
from newsexport.errors import SourceError
from newsexport.events import PICTURE, Cause, Lost, Omitted, Report
from newsexport.job import Inline
from newsexport.model import Article, Block, Figure, Media, Note, Paragraph, figures, rebuilt
from newsexport.protocols import Kind, Request, Web
from newsexport.shelf import TextShelf, like
from newsexport.storage.atomic import put_in_place
from newsexport.text.addresses import absolute, is_web, redacted
from newsexport.work.containment import contained, lost_alone
from newsexport.work.isolation import Together

T = TypeVar("T")

# Pictures that may be on their way, or be here and wait for their turn, before another article begins.
AHEAD = 96

# So many pictures are made fit sooner than processes to do it would have started.
FEW = 64

# No honest article has more; a page of thumbnails has.
MOST = 200

LARGEST_INLINE = 15_000_000

# Bytes of a picture that may stay in memory.
LITTLE = 4096
DATA_URI = re.compile(r"data:(?P<type>image/[\w.+-]+)?(?P<parameters>(?:;[\w=.+-]*)*),", re.IGNORECASE)


@dataclass(slots=True)
class Illustrator:
    """Gives articles their pictures. Each picture is fetched and decoded once a run.

    Where there are `many`, also those that lie beside articles are made fit by others.
    """

    means: CollectingContext
    report: Report
    known: dict[tuple[Web, str], Future[Media | None]] = field(default_factory=dict)
    many: bool = False
    together: Together = field(init=False)

    def __post_init__(self) -> None:
        """Have pictures made fit where the means say."""
        self.together = Together(self.means.isolated)

    def illustrated(self, articles: Sequence[Article]) -> Iterator[Article]:
        """The articles in order, every figure named by the picture it shows.

        A picture that cannot be had is reported; its figure keeps the target for a name,
        so that text and caption still stand. What shows nothing, as pixels that only track
        a reader, goes without a trace in the article, and is told.
        """
        ahead: deque[tuple[Article, dict[str, Future[Media | None]]]] = deque()
        begun = 0
        for article in articles:
            ahead.append((article, self._begun(article)))
            begun += len(ahead[-1][1])
            while begun >= AHEAD or (ahead and not ahead[0][1]):
                begun -= len(ahead[0][1])
                yield self._finished(*ahead.popleft())
        while ahead:
            yield self._finished(*ahead.popleft())

    def _begun(self, article: Article) -> dict[str, Future[Media | None]]:
        if self.means.fit is None:
            return {}
        targets = list(dict.fromkeys(figure.media for figure in figures(article)))[:MOST]
        return {target: self._asked(target, article, self.means.fit) for target in targets}

    def _asked(self, target: str, article: Article, fit: Fit) -> Future[Media | None]:
        try:
            with lost_alone(target):
                return self._picture(target, article, fit)
        except SourceError as error:
            return _failed(error)

    def _tell(self, article: Article, pictures: Mapping[str, Media | None]) -> None:
        """What of its pictures an article goes without, and why."""
        missing = (figure.media for figure in figures(article) if pictures.get(figure.media) is None)
        reasons = Counter(_why_not(target, pictures, self.means.fit) for target in missing)
        for (reason, cause), count in reasons.items():
            self.report(Omitted(article.reference, reason, PICTURE, count, cause))

    def _picture(self, target: str, article: Article, fit: Fit) -> Future[Media | None]:
        raw = article.picture(target)
        base = article.reference if is_web(article.reference) else ""
        if raw is None and base and not target.lower().startswith("data:"):
            target = absolute(base, target)
        if raw is not None or not is_web(target):
            return self._at_hand(raw, target, article, fit)
        web = self.means.web_for(target, article)
        if (web, target) not in self.known:
            fetched = web.fetch(Request(target, Kind.PICTURE, referer=article.url or base))
            self.known[web, target] = _then(
                fetched, lambda resource: self._prepared(resource.data, fit, target)
            )
        return self.known[web, target]

    def _at_hand(self, raw: Media | None, target: str, article: Article, fit: Fit) -> Future[Media | None]:
        """A picture that came with its article, or lies beside it."""
        if raw is None and target[:5].lower() != "data:":
            return self._own(target, article, fit)
        try:
            data = raw.data if raw is not None else inline_picture(target)
        except (SourceError, OSError) as error:
            return _failed(error)
        return self._prepared(data, fit, target)

    def _own(self, target: str, article: Article, fit: Fit) -> Future[Media | None]:
        """The user's own file, which may take the time and memory it takes.

        What comes from the web, a service or the inbox lies in no folder: whoever wrote it is given no files.
        """
        if is_web(article.reference) or article.origin is not None:
            return _failed(SourceError(target[:100], "is no address of the web"))
        if self.means.distant:
            return self._prepared(beside(target, article.reference), fit, target)
        work = partial(_from_file, target, article.reference, fit, self.means.spool)
        return self.together.submit(work) if self.many else Inline().submit(work)

    def _prepared(self, data: bytes, fit: Fit, target: str) -> Future[Media | None]:
        doubtful = _is_placeholder(target)
        return self.means.isolated.submit(prepared, data, fit, reached(self.means), doubtful)

    def _finished(self, article: Article, begun: dict[str, Future[Media | None]]) -> Article:
        if self.means.fit and not begun and not article.media:
            return article
        pictures: dict[str, Media | None] = {}
        shown_there = Counter(figure.media for figure in figures(article))
        for target, future in begun.items():
            try:
                with lost_alone(target):
                    made = future.result()
                    pictures[target] = made and spooled(made, self.means.spool)
            except SourceError as error:
                shown = redacted(target)[:200]
                told = f"picture {shown}: {error.reason}"
                self.report(Lost(article.reference, told, whole=False, pictures=shown_there[target]))
                pictures[target] = Media(target[:200], "", b"")
        self._tell(article, pictures)
        return _illustrated(article, pictures)


def _why_not(target: str, pictures: Mapping[str, Media | None], fit: Fit | None) -> tuple[str, Cause]:
    """Why nothing is shown at a figure."""
    if fit is None:
        return "left out (--no-pictures)", Cause.ASKED
    if target not in pictures:
        return f"beyond the {MOST} of one article that are taken", Cause.LIMIT
    return "with nothing to see", Cause.EMPTY


def reached(means: CollectingContext) -> Path | None:
    """The spool, where whoever makes pictures fit can put them into it."""
    return None if means.distant else means.spool


def prepared(data: bytes, fit: Fit, spool: Path | None, doubtful: bool = False) -> Media | None:  # noqa: FBT001, FBT002 - executors take no keywords
    """The picture made fit, in the spool when there is one; None for a pixel that shows nothing.

    One that is `doubtful`, because it is called as placeholders are, shows nothing when it is of one colour.

    Raises:
        PictureError: it is no picture that can be used.
    """
    from newsexport.artwork.pictures import (  # noqa: PLC0415 - loads Pillow
        PictureError,
        SpacerError,
        is_of_one_colour,
        prepare,
    )

    try:
        with contained(PictureError, quitting=True):
            media = prepare(data, fit)
    except SpacerError:
        return None
    if doubtful and is_of_one_colour(media.data):
        return None
    return spooled(media, spool)


def spooled(media: Media, spool: Path | None) -> Media:
    """The picture as a file of the spool, under its name, unless it is one."""
    if spool is None or isinstance(media.held, Path):
        return media
    place = spool / media.name
    if not place.exists():
        with NamedTemporaryFile(dir=spool, delete=False) as draft:
            draft.write(media.data)
        try:
            put_in_place(Path(draft.name), place, patience=0)
        except PermissionError:  # on Windows, where another has put the same there and has it open
            if not place.is_file():
                raise
            Path(draft.name).unlink(missing_ok=True)
    return replace(media, held=place)


def aside(article: Article, spool: Path | None, shelf: TextShelf | None = None) -> Article:
    """The article with what waits until it is its turn elsewhere.

    Pictures that came with it are in files of the spool, the texts of many articles on the shelf.
    """
    if spool:
        article = replace(article, media=tuple(_aside(media, spool) for media in article.media))
    return replace(article, body=shelf.kept(article.body)) if shelf else article


def _aside(media: Media, spool: Path) -> Media:
    if not isinstance(media.held, bytes) or len(media.held) < LITTLE:
        return media
    place = spool / f"raw-{sha256(media.held).hexdigest()}"
    if not place.exists():
        place.write_bytes(media.held)
    return replace(media, held=place)


def _from_file(target: str, reference: str, fit: Fit, spool: Path | None) -> Media | None:
    return prepared(beside(target, reference), fit, spool, _is_placeholder(target))


def inline_picture(target: str) -> bytes:
    """The bytes of a ``data:`` URI (RFC 2397). Raises `SourceError`."""
    head = DATA_URI.match(target)
    if head is None:
        raise SourceError(target[:40], "is not a picture we can use")
    if len(target) > LARGEST_INLINE * 4 // 3:
        raise SourceError(head[0], f"is larger than {LARGEST_INLINE // 1_000_000} MB")
    raw = unquote_to_bytes(target[head.end() :])
    if not head["parameters"].lower().endswith(";base64"):
        return raw
    try:
        return base64.b64decode(raw)
    except binascii.Error as error:
        raise SourceError(head[0], "is not base64") from error


def _failed(error: Exception) -> Future[Media | None]:
    failed: Future[Media | None] = Future()
    failed.set_exception(error)
    return failed


def _then(first: Future[T], follow: object) -> Future[Media | None]:
    """The future of what follows the first; its error when the first fails."""
    outcome: Future[Media | None] = Future()

    def hand_on(done: Future[Media | None]) -> None:
        error = done.exception()
        if error is None:
            outcome.set_result(done.result())
        else:
            outcome.set_exception(error)

    def go_on(done: Future[T]) -> None:
        error = done.exception()
        if error is None:
            follow(done.result()).add_done_callback(hand_on)  # type: ignore[operator]
        else:
            outcome.set_exception(error)

    first.add_done_callback(go_on)
    return outcome


def _illustrated(article: Article, pictures: dict[str, Media | None]) -> Article:
    if not pictures and not article.media and next(figures(article), None) is None:
        return article
    lead = _shown(article.lead, pictures) if article.lead else None
    used = {media.name: media for media in pictures.values() if media is not None and media.media_type}
    return replace(
        article,
        lead=lead,
        body=like(article.body, tuple(_blocks(article.body, pictures))),
        media=tuple(used.values()),
        notes=tuple(Note(note.id, tuple(_blocks(note.blocks, pictures))) for note in article.notes),
    )


def renamed(article: Article, names: Mapping[str, str]) -> Article:
    """The article with its figures under other names; one that has none keeps its own."""
    pictures: dict[str, Media | None] = {
        figure.media: Media(names.get(figure.media, figure.media), "", b"") for figure in figures(article)
    }
    return replace(_illustrated(article, pictures), media=article.media)


def _shown(figure: Figure, pictures: dict[str, Media | None]) -> Figure | None:
    """The figure under the name of its picture; None when there is nothing to show of it."""
    media = pictures.get(figure.media)
    return replace(figure, media=media.name) if media is not None else None


def _blocks(blocks: Iterable[Block], pictures: dict[str, Media | None]) -> Iterator[Block]:
    for block in blocks:
        if not isinstance(block, Figure):
            yield rebuilt(block, lambda spans: spans, lambda inner: tuple(_blocks(inner, pictures)))
        elif shown := _shown(block, pictures):
            yield shown
        elif block.caption:
            yield Paragraph(block.caption)


def _is_placeholder(address: str) -> bool:
    from newsexport.markup.preparing import is_placeholder  # noqa: PLC0415 - loads all that reads pages

    return is_placeholder(address)
