"""Books that are read aloud: what is heard is where it is printed, and no moment of it is lost."""

import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.newsexport.exporters.epub.epub_editions import (
    ARABIC,
    BREAD,
    EMPTY,
    GERMAN,
    HARBOUR,
    ISSUED,
    RICH,
    p,
)
from tests.newsexport.exporters.epub.test_check import messages

from epubpreflight import check
from newsexport.audio import mp3
from newsexport.events import Event, Lost, Noted, ignore
from newsexport.exporters.audio.exporter import AudioExporter
from newsexport.exporters.epub.articles import RenderJob, pages
from newsexport.exporters.epub.device import Device
from newsexport.exporters.epub.outline import survey
from newsexport.exporters.epub.pages import Book
from newsexport.exporters.readaloud import ReadAloudExporter
from newsexport.job import Job
from newsexport.model import Article, Edition, Figure, Paragraph, Section, Span
from newsexport.narration.options import Direction, Parts
from newsexport.narration.parting import Split
from newsexport.narration.script import credit, script
from newsexport.verify.files import verify

SMIL = "{http://www.w3.org/ns/SMIL}"
SEEDS = Path(__file__).parents[3] / "seeds"

PICTURED = Article(
    "A wall for six towns",
    (
        Figure(HARBOUR.name, "A wall", (Span("The old wall at Oldhaven."),)),
        Paragraph((Span("It is "), Span("long. It is", href="https://x.example/"), Span(" low."))),
    ),
    standfirst="Stones come in spring.",
    byline=("Ada Fenn",),
    language="en",
    media=(HARBOUR,),
)
MUTE = Article("* * *", (p("…"),), language="en", reference="mute.txt")
EDITION = Edition(
    "The Morning Ledger",
    ISSUED,
    "en",
    (Section("World", (PICTURED, MUTE, ARABIC)), Section("Business", (BREAD, GERMAN))),
)
JAPANESE = Edition(
    "朝の新聞",
    ISSUED,
    "ja",
    (
        Section(
            "世界",
            (Article("港の壁", (p("壁を建てる。「長い道のりだった。」と港長は語った。"),), language="ja"),),
        ),
    ),
)
ESPEAK = ReadAloudExporter(engine="espeak")

Clip = tuple[str, str, int, int]


class ReadBook:
    """A book as a reading system opens it."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)
        self.package = self.read("content.opf")
        self.items = {
            item["id"]: item
            for tag in re.findall(r"<item [^>]*>", self.package)
            for item in [dict(re.findall(r'([\w-]+)="([^"]*)"', tag))]
        }
        self.spine = [self.items[name] for name in re.findall(r'<itemref idref="([^"]*)"', self.package)]

    def read(self, name: str) -> str:
        return self.zip.read(f"EPUB/{name}").decode()

    def clips(self, page: dict[str, str]) -> list[Clip]:
        """Text, sound, begin and end in milliseconds."""
        smil = ET.fromstring(self.read(self.items[page["media-overlay"]]["href"]))
        assert smil.find(f"./{SMIL}body/{SMIL}seq").attrib.popitem()[1] == page["href"]  # type: ignore[union-attr]
        return [
            (
                text.attrib["src"],
                audio.attrib["src"],
                *map(_ms, (audio.attrib["clipBegin"], audio.attrib["clipEnd"])),
            )  # type: ignore[misc]
            for text, audio in smil.iter(f"{SMIL}par")
        ]

    def length(self, sound: str) -> int:
        """Samples of a sound that a player plays, and its rate."""
        frames = list(mp3.frames(self.zip.read(f"EPUB/{sound}")))
        return (len(frames) - 1) * 576 - mp3.DELAY


def _ms(clock: str) -> int:
    return round(float(clock.removesuffix("s")) * 1000)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Event]]:
    told: list[Event] = []
    target = tmp_path_factory.mktemp("books") / "day.readaloud.epub"
    ESPEAK.write(EDITION, target, Job(report=told.append))
    return target, told


@pytest.fixture(scope="module")
def book(made: tuple[Path, list[Event]]) -> ReadBook:
    return ReadBook(made[0])


def test_every_page_is_heard_and_every_clip_is_on_its_page(book: ReadBook) -> None:
    assert len(book.spine) == 3 + 2 + 5
    for page in book.spine:
        clips = book.clips(page)
        ids = re.findall(r'\bid="([^"]*)"', book.read(page["href"]))
        places = [text.partition("#") for text, *_ in clips]
        assert {file for file, _, _ in places} == {page["href"]}
        found = [ids.index(name) for _, _, name in places]
        assert found == sorted(set(found))


def test_the_clips_of_a_sound_are_all_of_it_to_a_frame(book: ReadBook) -> None:
    by_sound: dict[str, list[Clip]] = {}
    for page in book.spine:
        for clip in book.clips(page):
            by_sound.setdefault(clip[1], []).append(clip)
    assert sorted(by_sound) == [f"sound000{number}.mp3" for number in (1, 3, 4, 5)]
    for sound, clips in by_sound.items():
        times = sorted((begin, end) for _, _, begin, end in clips)
        assert times[0][0] == 0
        assert all(begin < end for begin, end in times)
        assert all(before[1] == after[0] for before, after in pairwise(times))
        beyond = book.length(sound) - times[-1][1] * 22.05
        assert 0 <= beyond < 576


def test_the_sound_is_that_of_the_narration(book: ReadBook, tmp_path: Path) -> None:
    narration = AudioExporter(engine="espeak", parts=ESPEAK.parts, split=Split.ARTICLE)
    narration.write(EDITION, tmp_path / "day.m3u8", Job())
    for number, file in zip((1, 3, 4, 5), sorted(tmp_path.glob("*.mp3")), strict=True):
        assert file.read_bytes().endswith(book.zip.read(f"EPUB/sound{number:04}.mp3"))


def test_headlines_captions_and_rows_are_heard_where_they_are_printed(book: ReadBook) -> None:
    page = book.read("a0001.xhtml")
    link = '<a href="https://x.example/">{}</a>'
    assert '<h1 id="heard"><span id="s0">A wall for six towns</span></h1>' in page
    assert '<p class="standfirst"><span id="s2">Stones come in spring.</span></p>' in page
    assert '<figcaption><span id="s3">The old wall at Oldhaven.</span></figcaption>' in page
    assert (
        f'<p><span id="s4">It is {link.format("long.")}</span> '
        f'<span id="s5">{link.format("It is")} low.</span></p>'
    ) in page
    bread = book.read("a0004.xhtml")
    assert re.search(r'<tr id="s\d+"><td>White</td>', bread)
    heard = [text for text, *_ in book.clips(book.spine[3])]
    assert heard == ["s01.xhtml#heard"]
    assert [text for text, *_ in book.clips(book.spine[1])] == ["title.xhtml#heard"]


@pytest.mark.java
@pytest.mark.slow
def test_words_are_marked_where_they_are_printed_when_they_are_said(tmp_path: Path) -> None:
    target = tmp_path / "day.readaloud.epub"
    replace(ESPEAK, words=True).write(EDITION, target, Job())
    assert check(target) == ()
    assert messages(target) == []
    book = ReadBook(target)
    test_every_page_is_heard_and_every_clip_is_on_its_page(book)
    test_the_clips_of_a_sound_are_all_of_it_to_a_frame(book)
    page = next(
        page for page in book.spine if "six towns" in book.read(page["href"]) and book.clips(page)[3:]
    )
    shown = ET.fromstring(book.read(page["href"]))
    texts = {one.attrib["id"]: "".join(one.itertext()) for one in shown.iter() if "id" in one.attrib}
    words = [texts[text.partition("#")[2]] for text, *_ in book.clips(page)]
    assert words[-6:] == ["It", "is", "long.", "It", "is", "low."]
    assert all(end - begin >= 40 for _, _, begin, end in book.clips(page))


def test_durations_are_those_of_the_clips(book: ReadBook) -> None:
    told = dict(re.findall(r'<meta property="media:duration" refines="#([^"]*)">([^<]*)<', book.package))
    lengths = {}
    for page in book.spine:
        lengths[page["media-overlay"]] = sum(end - begin for _, _, begin, end in book.clips(page))
    assert {name: _ms(clock) for name, clock in told.items()} == lengths
    (total,) = re.findall(r'<meta property="media:duration">([^<]*)<', book.package)
    assert _ms(total) == sum(lengths.values())
    assert re.search(r"\.-epub-media-overlay-active\b[^{]*{ background", book.read("style.css"))
    for said in (
        '<meta property="media:active-class">-epub-media-overlay-active<',
        '<meta property="schema:accessMode">auditory<',
        '<meta property="schema:accessibilityFeature">synchronizedAudioText<',
        '<meta property="media:narrator">espeak',
    ):
        assert said in book.package


def test_what_cannot_be_said_is_printed_and_told(made: tuple[Path, list[Event]]) -> None:
    lost = [event for event in made[1] if isinstance(event, Lost)]
    assert [(event.reference, event.whole) for event in lost] == [("mute.txt", False)]
    assert "* * *" in ReadBook(made[0]).read("a0002.xhtml")


def test_the_preflight_finds_nothing_and_the_bytes_are_the_same(
    made: tuple[Path, list[Event]], tmp_path: Path
) -> None:
    assert check(made[0]) == ()
    ESPEAK.write(EDITION, tmp_path / "again.epub", Job())
    assert (tmp_path / "again.epub").read_bytes() == made[0].read_bytes()


@pytest.mark.java
@pytest.mark.slow
def test_epubcheck_has_nothing_to_say(made: tuple[Path, list[Event]], tmp_path: Path) -> None:
    assert messages(made[0]) == []
    silent = ReadAloudExporter(engine="silent", vertical=True)
    for edition in (RICH, JAPANESE, EMPTY):
        silent.write(edition, tmp_path / "book.epub", Job())
        assert messages(tmp_path / "book.epub") == []


def test_verify_tells_that_it_is_read_aloud(made: tuple[Path, list[Event]], book: ReadBook) -> None:
    told = [
        re.findall(rf'<meta property="media:{name}">([^<]*)<', book.package)
        for name in ("duration", "narrator")
    ]
    ((length,), (narrator,)) = told
    assert ("read aloud", f"{length} on 10 pages by {narrator}") in verify(made[0]).facts


@pytest.mark.parametrize("device", [Device.KINDLE, Device.REMARKABLE])
def test_what_plays_no_sound_gets_a_plain_book_and_is_told(device: Device, tmp_path: Path) -> None:
    told: list[Event] = []
    replace(ESPEAK, device=device).write(EDITION, tmp_path / "k.epub", Job(report=told.append))
    assert Noted(f"{device} plays no books that are read aloud: this one is a plain EPUB") in told
    with zipfile.ZipFile(tmp_path / "k.epub") as made:
        assert not [name for name in made.namelist() if name.endswith((".smil", ".mp3"))]


def test_it_is_told_that_not_all_readers_of_a_maker_read_aloud(tmp_path: Path) -> None:
    told: list[Event] = []
    replace(ESPEAK, device=Device.KOBO).write(EDITION, tmp_path / "k.epub", Job(report=told.append))
    reader = "Kobo's app for iPhone and iPad; its e-readers show the book alone"
    assert Noted(f"it is read aloud by {reader}") in told
    with zipfile.ZipFile(tmp_path / "k.epub") as made:
        assert "EPUB/sound0001.mp3" in made.namelist()


def test_a_large_book_is_parted_by_its_sound(tmp_path: Path) -> None:
    long = tuple(
        Article(f"Story {number}", (p("The ferry sailed again. " * 300),), language="en")
        for number in range(4)
    )
    edition = Edition("The Ledger", ISSUED, "en", (Section("", long),))
    ReadAloudExporter(engine="silent", part_size=6).write(edition, tmp_path / "x.epub", Job())
    books = [ReadBook(tmp_path / name) for name in ("x.epub", "x-2.epub")]
    assert all(page.get("media-overlay") for one in books for page in one.spine)
    assert [check(tmp_path / name) for name in ("x.epub", "x-2.epub")] == [(), ()]


def test_nearly_every_sentence_of_the_samples_is_found() -> None:
    from newsexport.pipeline import Arrangement, arrange, collect

    edition = arrange(collect([str(SEEDS)], ignore), Arrangement(today=ISSUED))
    said: dict[int, list[str]] = {}
    for passage in script(edition, Direction(parts=Parts(captions=True))):
        if passage.article:
            said.setdefault(id(passage.article), []).extend(one.printed for one in passage.utterances)
    spoken = found = 0
    for neighbours, article in zip(survey(edition).neighbours(), edition.articles(), strict=True):
        sentences = said[id(article)]
        task = RenderJob(replace(article, media=()), neighbours, {}, {}, tuple((one,) for one in sentences))
        printed = b"".join(data for _, data in pages(task, Book("", "", "en", ())))
        found += len(set(re.findall(rb'id="s\d+"', printed)))
        spoken += sum(one not in credit(article) for one in sentences)
    assert spoken > 200
    assert found >= 0.98 * spoken
