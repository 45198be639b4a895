"""From an edition and the files made of it to an issue, and where its files lie until published."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from newsexport.audio import playlist
from newsexport.errors import ExportError, UsageError
from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.library.issue import FileRole, Issue, IssueArticle, IssueFile, Paper, issue_id
from newsexport.model import Article, Edition, plain_blocks
from newsexport.storage.atomic import file_errors, sha256_of
from newsexport.text.counting import word_count
from newsexport.text.plaintext import running, storable
from newsexport.text.quotation_marks import curled

CHAPTERS = ".chapters.json"

# The longest first, as a name may end in two of them. `audio/mp4` is M4B's registered type (RFC 4337),
# and what players open; Podcasting 2.0 gives those of chapters and transcripts.
KINDS: tuple[tuple[str, FileRole, str], ...] = (
    (CHAPTERS, FileRole.CHAPTERS, "application/json+chapters"),
    (".transcript.json", FileRole.TRANSCRIPT, "application/json"),
    (".transcript.txt", FileRole.TRANSCRIPT, "text/plain"),
    (".words.vtt", FileRole.TRANSCRIPT, "text/vtt"),
    (".kepub.epub", FileRole.BOOK, "application/epub+zip"),
    (".readaloud.epub", FileRole.BOOK, "application/epub+zip"),
    (".epub", FileRole.BOOK, "application/epub+zip"),
    (".pdf", FileRole.BOOK, "application/pdf"),
    (".mp3", FileRole.SOUND, "audio/mpeg"),
    (".m4b", FileRole.SOUND, "audio/mp4"),
    (".m4a", FileRole.SOUND, "audio/mp4"),
    (".opus", FileRole.SOUND, "audio/ogg"),
    (".ogg", FileRole.SOUND, "audio/ogg"),
    (".vtt", FileRole.TRANSCRIPT, "text/vtt"),
    (".srt", FileRole.TRANSCRIPT, "application/x-subrip"),
    (".json", FileRole.EDITION, "application/json"),
    (".txt", FileRole.TEXT, "text/plain"),
    (".picture.jpg", FileRole.PICTURE, "image/jpeg"),
    (".thumbnail.jpg", FileRole.THUMBNAIL, "image/jpeg"),
    (".lead.jpg", FileRole.LEAD, "image/jpeg"),
    (".illustration.jpg", FileRole.ILLUSTRATION, "image/jpeg"),
    (".illustration.png", FileRole.ILLUSTRATION, "image/png"),
    (".jpg", FileRole.COVER, "image/jpeg"),
    (".png", FileRole.COVER, "image/png"),
)
OTHER = (FileRole.OTHER, "application/octet-stream")

# Characters of a summary, of a story and of an issue; podcast apps show some two lines of it.
LONGEST_SUMMARY = 300
HASH = 8  # digits of the hash that a name bears


@dataclass(frozen=True, slots=True)
class Draft:
    """An issue ready to be published; the file that will be called `name` lies at ``paths[name]``."""

    issue: Issue
    paths: Mapping[str, Path]


def describe(paper: Paper, edition: Edition, exported: Sequence[Path], now: datetime) -> Draft:
    """The issue that an edition and the files made of it are.

    `exported` are all files, companions too; roles and types follow from the ends of
    their names, the first of a role is the preferred one. The playlist of a sound in parts (``.m3u8``)
    tells what part each has, and is not published itself; what bears the name of a part belongs to it.
    `now`, with its offset from UTC, is when the issue appears, unless one of its date has appeared before.

    Raises:
        UsageError: two files have the same name, or `now` has no offset.
        ExportError: a sound or its chapters cannot be read.
        OutputError: a file cannot be read.
    """
    if now.utcoffset() is None:
        raise UsageError("when an issue appears needs an offset from UTC")
    listed = (entry for path in exported if is_playlist(path) for entry in _entries(path))
    parts = {Path(entry.name).stem: entry for entry in listed}
    digests = {path: _sha256(path) for path in exported if not is_playlist(path)}
    found = {_published_name(path, digest): (path, digest) for path, digest in digests.items()}
    if len(found) < len(digests):
        raise UsageError("two files of an issue have the same name and contents")
    files = tuple(_file(name, path, digest, parts) for name, (path, digest) in found.items())
    marks = next((_marks(path) for path in exported if _is_list_of_chapters(path, parts)), [])
    issue = Issue(
        id=issue_id(paper, edition.issued),
        paper=paper.key,
        title=edition.title,
        issued=edition.issued,
        published=now.replace(microsecond=0),
        language=edition.language,
        summary=_shortened("; ".join(article.title for article in edition.articles())),
        stories=tuple(_stories(edition, marks)),
        files=files,
    )
    return Draft(issue, {name: path for name, (path, _) in found.items()})


def kind_of(name: str) -> tuple[FileRole, str]:
    """The role and the media type of a file, by the end of its name."""
    return next(((role, media) for end, role, media in KINDS if name.lower().endswith(end)), OTHER)


def _published_name(path: Path, digest: str) -> str:
    """``morning-2026-11-25.3fa9c1d0.mp3``; without what a manifest could not keep."""
    stem, suffix = _parted(path)
    return f"{storable(stem).lstrip('.') or 'file'}.{digest[:HASH]}{suffix}"


def _parted(path: Path) -> tuple[str, str]:
    """The name without the end that tells the kind, and that."""
    ends = (path.name[-len(end) :] for end, _, _ in KINDS if path.name.lower().endswith(end))
    suffix = next(ends, path.suffix)
    return path.name[: len(path.name) - len(suffix)], suffix


def _sha256(path: Path) -> str:
    with file_errors(path):
        return sha256_of(path)


def is_playlist(path: Path) -> bool:
    """Whether it is the playlist of a sound in parts; it names files as they were called before."""
    return path.suffix == ".m3u8"


def _entries(path: Path) -> Iterator[playlist.PlaylistEntry]:
    try:
        yield from playlist.read(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"{path}: is no playlist ({error})") from error


def _file(name: str, path: Path, digest: str, parts: Mapping[str, playlist.PlaylistEntry]) -> IssueFile:
    role, media = kind_of(path.name)
    seconds = _seconds_of(path) if role is FileRole.SOUND else None
    part = parts.get(_parted(path)[0], playlist.PlaylistEntry(""))
    title = part.title if part.name == path.name else ""
    return IssueFile(name, role, media, path.stat().st_size, digest, seconds, title, part.article)


def _seconds_of(path: Path) -> float:
    from newsexport.audio.sound import DecodeError, seconds_of  # noqa: PLC0415 - papers without sound need no decoder

    try:
        return seconds_of(path)
    except DecodeError as error:
        raise ExportError(f"{path}: cannot be published as a sound: {error}") from error


def _is_list_of_chapters(path: Path, parts: Container[str]) -> bool:
    """Whether it has the chapters of the whole issue."""
    return path.name.endswith(CHAPTERS) and path.name.removesuffix(CHAPTERS) not in parts


def _marks(path: Path) -> list[tuple[str, float, str]]:
    """Title, start and voice of each chapter of a JSON chapters file."""
    try:
        return [
            (
                mark.member("title").raw_text(),
                float(mark.member("startTime").number(0, 2**31)),
                mark.optional("voice", JsonValue.text, ""),
            )
            for mark in document(path.read_bytes()).member("chapters").items()
        ]
    except (OSError, JsonError) as error:
        raise ExportError(f"{path}: is no list of chapters ({error})") from error


def _stories(edition: Edition, marks: Sequence[tuple[str, float, str]]) -> Iterator[IssueArticle]:
    """Every article, with the chapter that bears its title, looked for onwards from the one before."""
    at = 0
    for section in edition.sections:
        for article in section.articles:
            printed = curled(article.title, article.language or edition.language)
            titles = {article.title, printed}  # the user's own script may have it as it is
            place = next((n for n in range(at, len(marks)) if marks[n][0] in titles), None)
            own = article.language if article.language != edition.language else ""
            story = replace(_story(section.title, article), language=own)
            if place is not None:
                at = place + 1
                story = replace(story, start=marks[place][1], voice=marks[place][2])
            yield story


def _story(section: str, article: Article) -> IssueArticle:
    summary = article.standfirst or " ".join(running(article.body)) or " ".join(plain_blocks(article.body))
    about = IssueArticle(article.title, section, article.url, _shortened(summary), word_count(article))
    return replace(about, tags=article.tags, again=article.again)


def _shortened(text: str) -> str:
    """The beginning of a text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_SUMMARY:
        return text
    return text[:LONGEST_SUMMARY].rsplit(" ", 1)[0].rstrip(" ,;:–—") + " …"
