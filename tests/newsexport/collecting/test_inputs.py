"""What the user typed leads to files, in the right order, and to one line about each that cannot be read."""

import gzip
import io
import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from newsexport.collecting.inputs import beside, in_order, natural, resources, section_title
from newsexport.errors import SourceError
from newsexport.events import Omitted
from newsexport.model import Article, plain_blocks
from newsexport.protocols import Entry, Resource
from newsexport.sources import opening
from newsexport.sources.archive import ArchiveSource


def found(*typed: str | Path, stdin: bytes = b"") -> list[Resource | SourceError | Omitted]:
    leads = list(resources([str(path) for path in typed], io.BytesIO(stdin)))
    assert not any(isinstance(lead, Entry) for lead in leads)
    return [lead for lead in leads if not isinstance(lead, Entry)]


def read(*typed: str | Path) -> list[tuple[str, str]]:
    return [(Path(one.reference).name, one.section) for one in found(*typed) if isinstance(one, Resource)]


def refusals(*typed: str | Path) -> list[str]:
    return [one.reason for one in found(*typed) if isinstance(one, SourceError)]


def lay(folder: Path, names: Sequence[str]) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"About {name}\n\nText.", encoding="utf-8")
    return folder


def test_a_folder_is_read_in_natural_order_and_its_sub_folders_are_sections(tmp_path: Path) -> None:
    lay(
        tmp_path,
        ["10 last.txt", "9 first.txt", "02-world_news/b.txt", "02-world_news/europe/a.txt", "1 sport/c.md"],
    )
    assert read(tmp_path) == [
        ("9 first.txt", ""),
        ("10 last.txt", ""),
        ("c.md", "Sport"),
        ("b.txt", "World news"),
        ("a.txt", "World news"),
    ]


def test_a_folder_of_nothing_but_folders_keeps_their_names_beside_others(tmp_path: Path) -> None:
    lay(tmp_path, ["daily/1-world/a.txt", "daily/2-sport/cup/b.txt", "more/c.txt"])
    assert read(tmp_path / "daily", tmp_path / "more") == [
        ("a.txt", "World"), ("b.txt", "Sport"), ("c.txt", "More"),
    ]  # fmt: skip


def test_folders_given_together_are_sections_themselves(tmp_path: Path) -> None:
    lay(tmp_path, ["world/a.txt", "world/europe/b.txt", "sport/c.txt"])
    sections = [("a.txt", "World"), ("b.txt", "World"), ("c.txt", "Sport")]
    assert read(tmp_path / "world", tmp_path / "sport") == sections
    assert read(tmp_path / "*") == [sections[2], *sections[:2]]


def test_hidden_files_and_companions_of_articles_are_passed_over(tmp_path: Path) -> None:
    lay(tmp_path, ["a.txt", ".hidden.txt", ".git/b.txt", "map.JPG", "song.mp3", "newsexport.toml"])
    assert read(tmp_path) == [("a.txt", "")]
    assert refusals(tmp_path) == []


def test_an_archive_in_a_folder_is_read_and_books_beside_articles_are_counted(tmp_path: Path) -> None:
    lay(tmp_path, ["a.txt", "pocket.zip", "old.epub", "sub/b.txt", "sub/new.EPUB", "sub/c.pdf", "map.jpg"])
    assert read(tmp_path) == [("a.txt", ""), ("pocket.zip", ""), ("b.txt", "Sub")]
    (told,) = [one for one in found(tmp_path) if isinstance(one, Omitted)]
    assert (told.reference, told.thing, told.count, told.accepted) == (str(tmp_path), "file", 3, True)
    assert told.reason.startswith("passed over beside the articles: 2 .epub, 1 .pdf;")


def test_an_export_that_was_unpacked_is_read_as_the_archive_it_was(tmp_path: Path) -> None:
    (tmp_path / "news/omnivore/content").mkdir(parents=True)
    record = b'[{"slug": "a", "title": "Ferry", "url": "https://a.example/a"}]'
    (tmp_path / "news/omnivore/metadata_0_to_20.json").write_bytes(record)
    (tmp_path / "news/omnivore/content/a.html").write_bytes(
        b"<div id='readability-page-1'><p>It sails.</p></div>"
    )
    (tmp_path / "news/omnivore/content/out.html").symlink_to(tmp_path / "news/a.txt")
    lay(tmp_path, ["news/a.txt", "parts/part_000000.csv"])
    assert refusals(tmp_path / "news") == ["is outside the folder of its article"]
    _, export, part = [one for one in found(tmp_path) if isinstance(one, Resource)]
    assert (export.reference, export.section) == (str(tmp_path / "news/omnivore"), "News")
    assert part.reference.endswith("part_000000.csv")  # alone it is a table
    (article,) = ArchiveSource().read(export)
    assert isinstance(article, Article)
    assert (article.title, article.url, list(plain_blocks(article.body))) == (
        "Ferry",
        "https://a.example/a",
        ["It sails."],
    )
    assert read(tmp_path / "news/omnivore") == [("omnivore", "")]


def test_a_picture_named_by_itself_is_handed_on_to_be_refused_by_name(tmp_path: Path) -> None:
    lay(tmp_path, ["map.jpg"])
    assert read(tmp_path / "map.jpg") == [("map.jpg", "")]


def test_a_pattern_the_shell_left_is_expanded(tmp_path: Path) -> None:
    lay(tmp_path, ["a.txt", "b.txt", "deep/c.txt", "[x].txt"])
    assert [name for name, _ in read(tmp_path / "?.txt")] == ["a.txt", "b.txt"]
    assert [name for name, _ in read(tmp_path / "**" / "c.txt")] == ["c.txt"]
    assert [name for name, _ in read(tmp_path / "[x].txt")] == ["[x].txt"]
    assert refusals(tmp_path / "*.pdf") == ["no such file or folder"]


def test_accents_that_a_mac_kept_apart_make_no_difference(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "Übersee")
    lay(tmp_path, [f"news/{apart}/é.txt", "news/a.txt"])
    assert ("é.txt", "Übersee") in [
        (unicodedata.normalize("NFC", name), section) for name, section in read(tmp_path / "news")
    ]
    (tmp_path / f"{apart}.jpg").write_bytes(b"picture")
    assert beside("%C3%9Cbersee.jpg", str(tmp_path / "a.txt")) == b"picture"
    assert natural(apart) == natural("Übersee")
    assert in_order(["b", "a", "A"]) == in_order(["A", "b", "a"]) == ["A", "a", "b"]


def test_a_file_met_twice_is_read_once(tmp_path: Path) -> None:
    lay(tmp_path, ["a.txt"])
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert read(tmp_path / "a.txt", tmp_path, tmp_path / "a.txt") == [("a.txt", "")]


def test_standard_input_is_read_where_it_stands(tmp_path: Path) -> None:
    lay(tmp_path, ["a.txt"])
    first, second = found("-", tmp_path / "a.txt", stdin=b"Piped\n\nText.")
    assert isinstance(first, Resource)
    assert (first.reference, first.data) == ("-", b"Piped\n\nText.")
    assert isinstance(second, Resource)
    (empty,) = found("-")
    assert str(empty) == "-: is empty"


def test_standard_input_is_read_once_and_an_empty_name_is_told_as_one() -> None:
    leads = found("-", "-", "", stdin=b"One\n\nText.")
    assert [one.data for one in leads if isinstance(one, Resource)] == [b"One\n\nText."]
    assert [str(one) for one in leads if isinstance(one, SourceError)] == [
        "'': is an empty name, and no file"
    ]


def test_what_is_missing_empty_or_unreadable_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    lay(tmp_path, ["good.txt"])
    (tmp_path / "empty.txt").touch()
    (tmp_path / "dangling.txt").symlink_to("nowhere")
    assert refusals(tmp_path / "none.txt", tmp_path) == [
        "no such file or folder",
        "no such file or folder",
        "is empty",
    ]
    assert read(tmp_path / "none.txt", tmp_path / "good.txt") == [("good.txt", "")]
    assert refusals("nul\0byte") == ["is not a path"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("gazette.example/feed.xml", "; did you mean https://gazette.example/feed.xml?"),
        ("feed://gazette.example/rss", "; did you mean https://gazette.example/rss?"),
        ("localhost:8080", "; did you mean http://localhost:8080?"),
        ("file:///no%20such/monday.txt", "; did you mean /no such/monday.txt?"),
        ("monday.txt", ""),
    ],
)
def test_what_is_missing_and_like_something_else_says_what_to_type(
    typed: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refusals(typed) == [f"no such file or folder{reason}"]


def test_pipes_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert refusals(tmp_path / "pipe.txt") == ["is a pipe, not a file"]
    assert refusals(tmp_path) == ["is a pipe, not a file"]
    assert refusals("/dev/zero") == ["is a device, not a file"]
    assert refusals("/dev/null") == ["is a device, not a file"]


def test_a_folder_that_contains_itself_is_walked_once(tmp_path: Path) -> None:
    lay(tmp_path, ["in/a.txt"])
    (tmp_path / "in" / "again").symlink_to(tmp_path)
    (tmp_path / "in" / "self").symlink_to("self")
    assert read(tmp_path) == [("a.txt", "In")]
    assert len(refusals(tmp_path)) == 1


@pytest.mark.parametrize(
    "target", ["../secret", "../secret/b.txt", "{absolute}/secret", "/etc", "/etc/passwd"]
)
@pytest.mark.parametrize("place", ["link", "sub/link", "link.txt"])
def test_a_link_in_a_folder_leads_nowhere_out_of_it(tmp_path: Path, target: str, place: str) -> None:
    folder = tmp_path / "articles"
    lay(folder, ["a.txt", "sub/c.txt"])
    lay(tmp_path / "secret", ["b.txt"])
    up = "../" * place.count("/")
    target = target.format(absolute=tmp_path) if not target.startswith("..") else f"{up}{target}"
    (folder / place).symlink_to(target)
    assert (folder / place).exists()
    assert [name for name, _ in read(folder)] == ["a.txt", "c.txt"]
    assert refusals(folder) == ["is a link that leads out of the folder"]
    (tmp_path / "way").symlink_to(folder)
    assert refusals(tmp_path / "way") == ["is a link that leads out of the folder"]


def test_a_link_that_stays_in_its_folder_is_followed_and_so_is_the_one_that_was_named(tmp_path: Path) -> None:
    lay(tmp_path / "articles", ["a.txt"])
    (tmp_path / "articles" / "kept").mkdir()
    (tmp_path / "articles" / "a.txt").rename(tmp_path / "articles" / "kept" / "a.txt")
    (tmp_path / "articles" / "b.txt").symlink_to("kept/a.txt")
    (tmp_path / "way").symlink_to(tmp_path / "articles")
    assert [name for name, _ in read(tmp_path / "way")] == ["b.txt"]
    assert refusals(tmp_path / "way") == []
    assert [name for name, _ in read(tmp_path / "articles" / "b.txt")] == ["b.txt"]


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(opening.LARGEST + 1)
    assert refusals(tmp_path) == ["is larger than 200 MB"]


def test_odd_names_are_read_and_shown_harmlessly(tmp_path: Path) -> None:
    for name in (b"\xff.txt", b"-rf", b"\x1b]0;title\x07.txt", b"two\nlines.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("Odd\n\nText.", encoding="utf-8")
    names = {Path(one.reference).name for one in found(tmp_path) if isinstance(one, Resource)}
    assert names == {r"\xff.txt", "-rf", r"\x1b]0;title\x07.txt", r"two\nlines.txt"}


def test_names_that_differ_in_their_normal_form_are_two_files(tmp_path: Path) -> None:
    lay(tmp_path, ["Caf\u00e9.txt", "Cafe\u0301.txt"])
    assert len(read(tmp_path)) == 2


def test_a_number_in_front_orders_a_section_and_is_not_shown() -> None:
    assert section_title("02-world_news") == "World news"
    assert section_title("2026") == "2026"
    assert section_title("ספורט") == "ספורט"


def test_numbers_sort_by_value() -> None:
    assert sorted(["a10", "a9", "b1", "A1", "7"], key=natural) == ["7", "A1", "a9", "a10", "b1"]


@pytest.fixture
def article(tmp_path: Path) -> Resource:
    lay(tmp_path, ["paper/a.txt", "paper/pictures/a map.png", "secret.png"])
    (tmp_path / "paper" / "way-out.png").symlink_to(tmp_path / "secret.png")
    return Resource(str(tmp_path / "paper" / "a.txt"), b"")


@pytest.mark.parametrize(
    "target", ["pictures/a map.png", "pictures/a%20map.png", "./pictures/../pictures/a map.png"]
)
def test_a_picture_is_found_in_the_folder_of_its_article(article: Resource, target: str) -> None:
    assert beside(target, article.reference).startswith(b"About")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("../secret.png", "is outside the folder of its article"),
        ("%2e%2e/secret.png", "is outside the folder of its article"),
        ("way-out.png", "is outside the folder of its article"),
        ("/etc/passwd", "is outside the folder of its article"),
        ("file:///etc/passwd", "is outside the folder of its article"),
        ("https://pictures.example/a.png", "is outside the folder of its article"),
        ("//pictures.example/a.png", "is outside the folder of its article"),
        ("none.png", "no such file beside the article"),
        ("pictures", "is a folder, not a file"),
        ("nul\0byte.png", "is not a path"),
    ],
)
def test_anything_else_is_refused_as_a_picture(article: Resource, target: str, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        beside(target, article.reference)
    assert caught.value.reason == reason


@pytest.mark.parametrize("address", ["https://a.example/feed?q=[1]", "HTTP://a.example"])
def test_an_address_is_an_entry_somebody_chose(address: str) -> None:
    (lead,) = resources([address], io.BytesIO())
    assert lead == Entry(address, Article("", (), reference=address), chosen=True, many=True)


def test_what_a_browser_saves_beside_a_page_is_none_of_the_articles(tmp_path: Path) -> None:
    lay(tmp_path, ["story.html", "story_files/ad.html", "other_files/note.txt"])
    assert [name for name, _ in read(tmp_path)] == ["story.html", "note.txt"]


def test_what_is_compressed_in_a_folder_is_read_and_what_is_packed_is_counted(tmp_path: Path) -> None:
    page = b"<html><body><p>Text.</p></body></html>"
    for name, data in {
        "page.html.gz": gzip.compress(page[:10]) + gzip.compress(page[10:]),
        "cut.txt.gz": gzip.compress(b"A story" * 900)[:-20],
        "bad.txt.gz": gzip.compress(b"A story" * 900)[:12] + b"\xff" * 90,
        "large.xml.gz": gzip.compress(bytes(opening.HARMLESS + 1)),
        "all.tar.gz": gzip.compress(b"x"),
    }.items():
        (tmp_path / name).write_bytes(data)
    ((one,), (told,)) = (
        [each for each in found(tmp_path) if isinstance(each, kind)] for kind in (Resource, Omitted)
    )
    assert isinstance(one, Resource)
    assert (one.data, one.suffix) == (page, ".html")
    assert refusals(tmp_path) == [
        "is damaged gzip data",
        "is gzip data that breaks off",
        "is compressed beyond what is honest",
    ]
    assert isinstance(told, Omitted)
    assert (told.count, told.reason.partition(";")[0]) == (1, "passed over beside the articles: 1 .gz")


def test_a_name_that_is_nearly_that_of_a_file_is_answered_with_it(tmp_path: Path) -> None:
    lay(tmp_path, ["articles/a.txt", "subscriptions.opml"])
    for typed, meant in (("artikles", "articles"), ("subscription.opml", "subscriptions.opml")):
        assert refusals(tmp_path / typed) == [f"no such file or folder; did you mean {tmp_path / meant}?"]
    assert refusals(tmp_path / "zzz") == ["no such file or folder"]
