"""Files of any size: what has many records is read some at a time, and nothing swells beyond what is honest."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.collecting import parse
from newsexport.collecting.context import OfflineWeb
from newsexport.collecting.fetch import MANY, FetchContext, Find
from newsexport.collecting.parse import Readers, read_whole
from newsexport.errors import SourceError
from newsexport.events import Event, Lost
from newsexport.job import Inline
from newsexport.model import Article
from newsexport.protocols import Entry, Resource
from newsexport.sources import opening, portions
from newsexport.sources.mail import MailSource
from newsexport.sources.opening import opened, unpacked
from newsexport.sources.page import PageSource
from newsexport.sources.portions import messages_of, rows_of
from newsexport.sources.saved import SavedCsvSource

WORDS = "The ferry to Skerry sails again, and nobody is late. " * 40


def mailbox(count: int) -> bytes:
    return b"".join(
        f"From ada@a.example Mon Nov 23 08:00:00 2026\nFrom: Ada <ada@a.example>\nSubject: Letter {number}\n"
        f"Message-ID: <{number}@a.example>\nMIME-Version: 1.0\n\n{WORDS}\n>From there on.\n\n".encode()
        for number in range(1, count + 1)
    )


def table(count: int) -> bytes:
    rows = (
        f'"Story\n{number}, ""quoted""",https://a.example/{number},{WORDS[:250]}\n' for number in range(count)
    )
    return ("title,url,note\n" + "".join(rows)).encode()


class Counted(io.BytesIO):
    """A file that knows how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data

    def readline(self, size: int | None = -1, /) -> bytes:
        data = super().readline(size)
        self.taken += len(data)
        return data


def pieces(data: bytes, name: str) -> list[Resource | SourceError]:
    found: list[Resource | SourceError] = []
    try:
        found.extend(opened(Resource(name, b""), io.BytesIO(data)))
    except SourceError as error:
        found.append(error)
    return found


def titles(items: Iterable[object]) -> list[str]:
    articles = (item.article if isinstance(item, Entry) else item for item in items)
    return [each.title for each in articles if isinstance(each, Article)]


@pytest.mark.parametrize("packing", [bytes, gzip.compress])
def test_a_mailbox_is_read_some_letters_at_a_time(packing: Callable[[bytes], bytes]) -> None:
    data = mailbox(1500)
    assert len(data) > 3 * portions.PORTION
    parts = pieces(packing(data), "box.mbox")
    assert all(isinstance(part, Resource) and len(part.data) < 2 * portions.PORTION for part in parts)
    read = [item for part in parts if isinstance(part, Resource) for item in read_whole(MailSource(), part)]
    assert [each.title for each in read if isinstance(each, Article)] == [
        f"Letter {n}" for n in range(1, 1501)
    ]
    assert [each.reference for each in read if isinstance(each, Article)][1499] == "box.mbox › message 1500"


def test_a_table_is_read_some_rows_at_a_time_and_every_row_has_its_line() -> None:
    parts = pieces(table(9_000), "export.csv")
    assert len(parts) > 2
    read = [
        item for part in parts if isinstance(part, Resource) for item in read_whole(SavedCsvSource(), part)
    ]
    assert titles(read) == [f'Story {number}, "quoted"' for number in range(9_000)]
    broken = table(9_000).replace(b"https://a.example/8998", b"nowhere")
    lost = [
        item.subject
        for part in pieces(broken, "export.csv")
        if isinstance(part, Resource)
        for item in read_whole(SavedCsvSource(), part)
        if isinstance(item, SourceError)
    ]
    assert lost == [f"export.csv:{1 + 2 * 8_999}"]


def test_nothing_is_read_before_it_is_wanted() -> None:
    file = Counted(mailbox(5000))
    first = next(opened(Resource("box.mbox", b""), file))
    assert isinstance(first, Resource)
    assert file.taken < 3 * portions.PORTION < len(file.getvalue())


def test_what_is_no_list_of_records_is_read_whole() -> None:
    letter = (
        b"From: a@a.example\nSubject: One\nMIME-Version: 1.0\nMessage-ID: <1@a>\n\n" + b"Ferry. " * 200_000
    )
    for name, data in (
        ("one.eml", letter),
        ("a.txt", b"Ferry\n\nIt sails. " * 90_000),
        ("a.bin", bytes(2_000_000)),
    ):
        assert pieces(data, name) == [Resource(name, data)]


def test_a_letter_beyond_reason_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "LARGEST_MESSAGE", 20_000)
    data = mailbox(600) + mailbox(1).replace(b"ferry", b"ferry " * 5000) + mailbox(2)
    parts = pieces(data, "box.mbox")
    assert [str(part) for part in parts if isinstance(part, SourceError)] == [
        "box.mbox › message 601: is larger than 0 MB"
    ]
    read = [item for part in parts if isinstance(part, Resource) for item in read_whole(MailSource(), part)]
    assert [item.reference for item in read if isinstance(item, Article)][-2:] == [
        "box.mbox › message 602",
        "box.mbox › message 603",
    ]


def test_a_quotation_that_nobody_closes_is_no_row_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "LARGEST_ROW", 100)
    rows = list(rows_of([b'"a,b\n', *[b"1,2\n"] * 100]))
    assert max(len(data) for _, data in rows) < 110
    assert sum(count for count, _ in rows) == 101


@given(st.lists(st.sampled_from([b"From a 2026\n", b"\n", b"\r\n", b"From b\n", b'a,"b\n', b'"\n', b"x"])))
def test_no_line_of_a_file_is_lost_on_the_way(lines: list[bytes]) -> None:
    whole = b"".join(lines)
    messages = [record for record in messages_of(lines, "box") if not isinstance(record, SourceError)]
    assert b"".join(data for _, data in messages) == whole
    assert b"".join(data for _, data in rows_of(lines)) == whole
    assert sum(count for count, _ in rows_of(lines)) == len(lines)


def test_gzip_that_swells_breaks_off_or_is_of_crumbs_is_refused() -> None:
    zeros = gzip.compress(bytes(opening.HARMLESS + 1))
    swollen = gzip.compress(mailbox(1) + b"." * 2 * opening.HARMLESS)
    cut = gzip.compress(mailbox(1500))[:-9]
    crumbs = gzip.compress(b"") * (opening.MOST_MEMBERS + 1)
    for data, reason in (
        (zeros, "is compressed beyond what is honest"),
        (swollen, "is compressed beyond what is honest"),
        (cut, "is gzip data that breaks off"),
        (crumbs, f"is gzip data of more than {opening.MOST_MEMBERS} members"),
        (gzip.compress(b"A story. " * 900)[:12] + b"\xff" * 90, "is damaged gzip data"),
    ):
        last = pieces(data, "box.mbox.gz")[-1]
        assert isinstance(last, SourceError)
        assert last.reason == reason
    assert len(pieces(cut, "box.mbox.gz")) > 2  # what came before is there


@given(st.binary(max_size=300), st.integers(0, 40), st.binary(max_size=8))
def test_damaged_gzip_is_its_content_or_one_plain_error(content: bytes, place: int, noise: bytes) -> None:
    data = bytearray(gzip.compress(content))
    data[place : place + len(noise)] = noise
    try:
        assert unpacked(Resource("a.gz", bytes(data))).reference == "a.gz"
    except SourceError as error:
        assert error.subject == "a.gz"


def test_what_follows_the_last_member_is_padding() -> None:
    packed = gzip.compress(b"One ") + gzip.compress(b"two.") + bytes(512)
    assert unpacked(Resource("a.gz", packed)).data == b"One two."
    assert unpacked(Resource("a.gz", packed + zlib.compress(b"x"))).data == b"One two."


def test_what_is_read_without_a_guard_may_not_be_large() -> None:
    text = Resource("a.txt", b"x" * (parse.LARGEST_TRUSTED + 1))
    ((_, (lost,)),) = Readers.installed(Inline()).read_each([("", text)])
    assert str(lost) == "a.txt: is larger than 20 MB"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"%PDF-1.4", "a PDF document"),
        (
            "a.fb2",
            b"<?xml version='1.0'?><FictionBook><body><p>It sails.</p></body></FictionBook>",
            "(fictionbook)",
        ),
        ("a.xml", b"<nitf><head><title>Ferry</title></head><body><p>It sails.</p></body></nitf>", "(nitf)"),
        ("a.html", b"<?xml version='1.0'?><article><body><p>It sails.</p></body></article>", "(article)"),
    ],
)
def test_what_no_source_reads_is_called_what_it_is(name: str, data: bytes, kind: str) -> None:
    ((_, (lost,)),) = Readers.installed(Inline()).read_each([("", Resource(name, data))])
    assert kind in str(lost)
    assert str(lost).endswith("no source reads this kind of file")


def test_a_page_of_xml_is_a_page() -> None:
    page = b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>"
    assert isinstance(Readers.installed(Inline()).of(Resource("a.xml", page)), PageSource)


def test_of_many_articles_only_those_that_may_be_wanted_are_kept() -> None:
    asked: list[int] = []

    def newest(finds: list[Find]) -> list[Find]:
        asked.append(len(finds))
        return finds[-10:]

    told: list[Event] = []
    context = FetchContext(Readers.installed(Inline()), OfflineWeb(), told.append)
    leads = list(opened(Resource("rows.csv", b""), io.BytesIO(table(3 * MANY))))
    finds = context.found(leads, newest)
    assert len(finds) < MANY
    assert max(asked) <= MANY
    assert not [event for event in told if isinstance(event, Lost)]
