"""Letters to articles: the words without the machinery, and nothing asked of anybody."""

import plistlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.newsexport.sources.oldhaven_letters import (
    DIGEST,
    FLOWED,
    FOOT,
    FORWARDED,
    HEAD,
    JAPANESE,
    MBOX,
    MHTML,
    NEWSLETTER,
    PICTURED,
)

from newsexport.errors import SourceError
from newsexport.events import Cause, Omitted, noticed
from newsexport.letters.parts import MOST_PARTS
from newsexport.model import Article, Heading, figures, plain_blocks
from newsexport.protocols import Entry, Item, Resource
from newsexport.sources.mail import MailSource
from newsexport.sources.page import MhtmlSource, WebArchiveSource


def read(letter: str | bytes, source: MailSource | None = None) -> list[Item]:
    data = letter.encode() if isinstance(letter, str) else letter
    resource = Resource("letter.eml", data)
    return list((source or MailSource()).read(resource))


def article(letter: str | bytes) -> Article:
    (found,) = (item for item in read(letter) if isinstance(item, Article))
    return found


def words(found: Article) -> str:
    return "\n".join(plain_blocks(found.body))


def test_a_newsletter_is_its_article() -> None:
    found = article(NEWSLETTER)
    assert found.title == "The ferry sails — again"
    assert (found.site, found.section, found.byline) == ("The Oldhaven Letter", "The Oldhaven Letter", ())
    assert found.url == "https://oldhaven.example/letters/1?utm_source=mail"
    assert found.guid == "mid:n1@oldhaven.example"
    assert found.published is not None
    assert found.published.isoformat() == "2026-11-23T08:00:00+01:00"
    assert "first to board was a dog" in words(found)
    for stray in ("Hidden words", "View in browser", "receiving this", "Unsubscribe", "Quay Street"):
        assert stray not in words(found)


def test_em_03_pictures_elsewhere_are_not_asked_for_unless_wanted() -> None:
    assert list(figures(article(NEWSLETTER))) == []
    (wanted,) = read(NEWSLETTER, MailSource(remote_pictures=True))
    assert isinstance(wanted, Article)
    assert [figure.media for figure in figures(wanted)] == ["https://cdn.example/ferry.jpg"]


def test_em_06_no_link_ends_a_subscription() -> None:
    assert "unsub" not in repr(article(NEWSLETTER))


def test_a_digest_is_its_stories() -> None:
    found = read(DIGEST)
    assert [each.title for each in found if isinstance(each, Article)] == [
        f"Story number {n}" for n in range(1, 6)
    ]
    first = found[0]
    assert isinstance(first, Article)
    assert (first.url, first.partial) == ("https://oldhaven.example/1", True)
    assert "Read more" not in words(first)
    assert len({each.guid for each in found if isinstance(each, Article)}) == 5
    assert all(isinstance(each, Entry) for each in read(DIGEST, MailSource(follow=True)))


def test_a_forwarded_letter_is_that_of_its_author() -> None:
    found = article(FORWARDED)
    assert found.title == "Tolls on Marrow Bridge"
    assert found.site == "Bo Lind"
    assert words(found).startswith("Whoever crosses Marrow Bridge")
    assert "Have you seen" not in words(found)


def test_soft_line_ends_are_joined_and_signatures_go() -> None:
    found = article(FLOWED)
    assert found.title == "A walk"
    assert words(found).splitlines()[0] == (
        "The walk from the harbour to the mill takes an hour, and the way back takes two, because of the hill."
    )
    assert "Ada Fenn" not in words(found)


def test_em_04_letters_of_other_scripts_are_read() -> None:
    found = article(JAPANESE)
    assert found.title == "フェリー"
    assert words(found) == "フェリーが二年ぶりに運航を再開した。"


def test_em_01_and_03_pictures_inside_come_along_and_attachments_are_told() -> None:
    with noticed("letter.eml") as told:
        found = read(PICTURED)
    reason = "of letters, which are no text (application/zip)"
    assert told == [Omitted("letter.eml", reason, "attachment", 1, Cause.FORMAT)]
    (letter,) = (item for item in found if isinstance(item, Article))
    assert [(media.name, media.data) for media in letter.media] == [("cid:crane", b"picture")]


def test_a_mailbox_is_its_letters_and_a_bad_one_costs_only_itself() -> None:
    assert [each.title for each in read(MBOX) if isinstance(each, Article)] == [
        "Letter 1",
        "Letter 2",
        "Letter 3",
    ]
    assert "From here on" in words(next(each for each in read(MBOX) if isinstance(each, Article)))
    broken = MBOX.replace(
        "The text of letter number 2, which is not long.\n\n>From here on it is quoted.\n", ""
    )
    kinds = [type(each).__name__ for each in read(broken)]
    assert kinds == ["Article", "SourceError", "Article"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "letter",
    [
        "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(1000)),
        "Content-Type: multipart/mixed\n\nno boundary\n",
        'Content-Type: multipart/mixed; boundary="b"\n\n' + "--b\nContent-Type: text/plain\n\nx\n" * 50_000,
        "Content-Transfer-Encoding: base64\nContent-Type: text/html\n\n!!!not base64!!!\n",
        "Content-Type: text/plain; charset=x-foo\n\nWords in an encoding nobody knows.\n",
        "Subject: " + "x" * 1_000_000 + "\n\nText of a letter with a long subject.\n",
        "Subject: a\x00b\n\tc: d\n\nText of a letter.\n",
    ],
    ids=["deep", "no boundary", "many parts", "base64", "charset", "subject", "controls"],
)
def test_em_02_monsters_are_letters_or_one_plain_error(letter: str) -> None:
    head = "From: a@b.example\nDate: Mon, 23 Nov 2026 08:00:00 +0100\nMIME-Version: 1.0\n"
    try:
        found = read(head + letter)
    except SourceError as error:
        assert "\n" not in str(error)
    else:
        assert all(
            isinstance(item, SourceError) or len(item.title) <= 1000
            for item in found
            if not isinstance(item, Entry) and hasattr(item, "title")
        )


@given(st.integers(0, 2**32), st.sampled_from([NEWSLETTER, DIGEST, FORWARDED, PICTURED, MBOX]))
def test_damaged_letters_are_letters_or_one_plain_error(seed: int, letter: str) -> None:
    chance = random.Random(seed)
    for _ in range(10):
        start = chance.randrange(len(letter))
        letter = (
            letter[:start]
            + chance.choice(["", "\n", "--b1", ":", "\0", "=", "<"])
            + letter[start + chance.randrange(30) :]
        )
    try:
        read(letter)
    except SourceError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("data", "sure"),
    [
        (NEWSLETTER.encode(), True),
        (MBOX.encode(), True),
        (b"Title: A bridge\nAuthor: Ada Fenn\nDate: 23 November 2026\n\nText.", False),
        (b"Source: army to withdraw\n\nText.", False),
        (b"From here to there\n\nA walk in 2026", False),
        (MHTML.encode(), False),
    ],
)
def test_a_letter_is_known_by_its_headers(data: bytes, sure: bool) -> None:  # noqa: FBT001 - a table
    assert (MailSource().accepts(Resource("a.txt", data)) > 0.8) == sure


def test_a_page_saved_whole_has_its_pictures() -> None:
    resource = Resource("ferry.mhtml", MHTML.encode())
    assert MhtmlSource().accepts(resource) == 1
    (found,) = MhtmlSource().read(resource)
    assert isinstance(found, Article)
    assert found.title == "The ferry to Skerry sails again at last"
    assert found.url == "https://gazette.example/harbour/ferry"
    assert [(media.name, media.data) for media in found.media] == [
        ("https://gazette.example/ferry.png", b"picture")
    ]
    with pytest.raises(SourceError, match="holds no page"):
        list(MhtmlSource().read(Resource("a.mhtml", b"Subject: x\n\n")))


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML], ids=["binary", "XML"])
def test_a_page_saved_by_safari_has_its_pictures(form: plistlib.PlistFormat) -> None:
    page = MHTML.partition("ferry\n\n")[2].partition("\n--b3")[0].encode()
    record = {"WebResourceMIMEType": "text/html", "WebResourceURL": "https://gazette.example/harbour/ferry"}
    picture = {"WebResourceMIMEType": "image/png", "WebResourceURL": "https://gazette.example/ferry.png"}
    archive = {
        "WebMainResource": {**record, "WebResourceData": page, "WebResourceTextEncodingName": "UTF-8"},
        "WebSubresources": [{**picture, "WebResourceData": b"picture"}],
    }
    resource = Resource("ferry.webarchive", plistlib.dumps(archive, fmt=form))
    assert [
        WebArchiveSource().accepts(each) for each in (resource, Resource("a.plist", plistlib.dumps([])))
    ] == [1, 0]
    (found,) = WebArchiveSource().read(resource)
    assert isinstance(found, Article)
    assert (found.title, found.url) == ("The ferry to Skerry sails again at last", record["WebResourceURL"])
    assert [(media.name, media.data) for media in found.media] == [(picture["WebResourceURL"], b"picture")]
    with pytest.raises(SourceError, match="damaged web archive"):
        list(WebArchiveSource().read(Resource("a.webarchive", resource.data[: len(resource.data) // 2])))


def test_a_letter_has_the_notes_that_it_calls_and_asks_for_no_picture_in_them() -> None:
    noted = NEWSLETTER.replace("was a dog.", 'was a dog<sup><a href="#n1">1</a></sup>.').replace(
        "late and well.</p>",
        'late and well.</p><p id="n1">1. Its name is Salt.<img src="https://cdn.example/salt.jpg"></p>',
    )
    found = article(noted)
    assert [list(plain_blocks(note.blocks)) for note in found.notes] == [["Its name is Salt."]]
    assert list(figures(found)) == []


def test_each_story_of_a_digest_has_its_own_notes() -> None:
    noted = DIGEST.replace("elsewhere.</p>", "elsewhere<sup><a href='#n1'>1</a></sup>.</p>", 1).replace(
        FOOT, f"<tr><td><p id='n1'>In another paper.</p></td></tr>{FOOT}"
    )
    first, *others = [each for each in read(noted) if isinstance(each, Article)]
    assert [list(plain_blocks(note.blocks)) for note in first.notes] == [["In another paper."]]
    assert all(other.notes == () for other in others)


def test_a_headline_that_a_letter_repeats_stands_once() -> None:
    text = "<p>The ferry to Skerry sails again after two years, and the first to board was a dog.</p>" * 3
    for subject, heading, title in (
        ("Tides", "Tides", "Tides"),
        ("Tides!", " <b>TIDES</b>", "Tides!"),
        ("Tides", "Ebb", "Ebb"),
    ):
        head = HEAD.format(subject=subject, id="t1")
        letter = f"{head}Content-Type: text/html; charset=utf-8\n\n<html><body><h1>{heading}</h1>{text}</body></html>"
        assert article(letter).title == title
        assert not any(isinstance(block, Heading) for block in article(letter).body)


def test_what_is_beyond_the_bounds_of_a_letter_is_told() -> None:
    head = HEAD.format(subject="Tides", id="t1")
    part = "--b\nContent-Type: text/plain\n\nThe ferry to Skerry sails again after two years.\n"
    many = part * (MOST_PARTS + 3)
    letter = f"{head}Content-Type: multipart/mixed; boundary=b\n\n{many}--b--\n"
    with noticed("letter.eml") as told:
        read(letter.encode())
    reason = f"beyond the {MOST_PARTS} of one letter that are taken"
    assert told == [Omitted("letter.eml", reason, "part of a letter", 3, Cause.LIMIT)]
