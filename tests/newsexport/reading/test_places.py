"""From what a reader tells of its place to articles."""

from __future__ import annotations

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsexport.reading.files import document_ids, partial_md5
from newsexport.reading.places import (
    Stretch,
    Whereabouts,
    joined,
    of_pages,
    of_sound,
    of_words,
    places_json,
    read_places,
)

# Cover, title and contents, then three articles; the second has two pages.
BOOK = Whereabouts(
    ("a", "b", "c"),
    (
        Stretch(0, 0.0),
        Stretch(0, 0.0),
        Stretch(0, 0.0),
        Stretch(1, 100.0, {"article[1]": 0, "article[1]/p[1]": 10, "article[1]/p[2]": 60, "nav[1]": 100}),
        Stretch(2, 100.0, {"article[1]": 0, "article[1]/p[1]": 0}),
        Stretch(2, 300.0),
        Stretch(3, 50.0),
    ),
)


@pytest.mark.parametrize(
    ("progress", "percentage", "told"),
    [
        ("/body/DocFragment[1]", 0.0, {}),
        ("/body/DocFragment[4]/body/article/p[2]/text().20", 0.2, {"a": 0.8}),
        (
            "/body/DocFragment[4]/body/article/p[2]/span[3]/text()[2].5",
            0.2,
            {"a": 0.6},
        ),  # the paragraph's begin
        ("/body/DocFragment[4]/body/autoBoxing/article[1]/p[1].0", 0.1, {"a": 0.1}),
        ("/body/DocFragment[4]/body/nav/p/a/text().3", 0.3, {"a": 1.0}),
        ("/body/DocFragment[5]", 0.3, {"a": 1.0}),
        ("/body/DocFragment[6].0", 0.5, {"a": 1.0, "b": 0.25}),
        ("/body/DocFragment[7]/body/gone/p[9]/text().3", 0.9, {"a": 1.0, "b": 1.0}),
        ("/body/DocFragment[7]/body/p/text().99999", 0.9, {"a": 1.0, "b": 1.0}),
        ("/body/DocFragment[4]/body", 1.0, {"a": 1.0, "b": 1.0, "c": 1.0}),  # the last page is shown
        # nonsense goes by the share of the whole
        ("/body/DocFragment[99]/body", 0.5, {"a": 1.0, "b": 175 / 400}),
        ("/body/DocFragment[0]/body", 0.5, {"a": 1.0, "b": 175 / 400}),
        ("12", 0.5, {"a": 1.0, "b": 175 / 400}),
        ("", 0.5, {"a": 1.0, "b": 175 / 400}),
        ("../../etc/passwd", 0.0, {}),
        ("/body/DocFragment[4]/body/" + "article/" * 100_000, 0.0, {}),
    ],
)
def test_a_place_in_a_book_is_articles(progress: str, percentage: float, told: dict[str, float]) -> None:
    assert BOOK.read(0.0, BOOK.at(progress, percentage)) == pytest.approx(told)


def test_a_share_that_is_no_number_is_the_beginning() -> None:
    assert BOOK.at("", float("nan")) == BOOK.at("", float("-inf")) == 0.0


def test_what_is_read_of_pages_ends_where_the_next_article_begins() -> None:
    paper = of_pages(("a", "b", "c"), [1, 1, 3], 4)
    assert paper is not None
    assert paper.read(0.0, 2.0) == {"b": 0.5}  # a has no page of its own
    assert of_pages(("a", "b"), [1, None], 4) is None
    assert of_pages(("a", "b"), [3, 1], 4) is None
    assert of_pages(("a",), [4], 4) is None


def test_what_was_heard_counts_once_and_what_was_skipped_not() -> None:
    sound = of_sound(("a", "b", "c"), [10.0, 40.0, None], 100.0)
    spans = list(joined([(5, 30), (20, 25), (50, 100), (10, 20)]))
    assert spans == [(0.0, 0.0), (5, 30), (50, 100)]
    told = [sound.read(*span) for span in spans]
    assert told == [{}, {"a": 20 / 30}, {"b": 50 / 60}]


steps = st.sampled_from(["article", "article[1]", "p[1]", "p[2]", "nav", "text().3", "x", "text()", ""])
pointers = st.builds(
    lambda fragment, inner: (fragment, f"/body/DocFragment[{fragment}]/body/{'/'.join(inner)}"),
    st.integers(1, len(BOOK.stretches)),
    st.lists(steps, max_size=4),
)


@given(pointers, pointers, st.floats(0, 0.99))
def test_who_is_further_has_read_no_less(
    one: tuple[int, str], other: tuple[int, str], percentage: float
) -> None:
    (first, near), (last, far) = sorted((one, other), key=lambda pointer: pointer[0])
    before = BOOK.read(0.0, BOOK.at(near, percentage))
    after = BOOK.read(0.0, BOOK.at(far, percentage))
    assert first == last or all(after.get(name, 0.0) >= share for name, share in before.items())


@given(st.floats(0, 1), st.floats(0, 1), st.lists(st.integers(0, 500), min_size=1, max_size=9))
def test_a_larger_share_is_no_less_of_any_article(one: float, other: float, words: list[int]) -> None:
    text = of_words([f"{number}" for number in range(len(words))], words)
    less, more = (text.read(0.0, text.at("", share)) for share in sorted((one, other)))
    assert all(more.get(name, 0.0) >= share - 1e-9 for name, share in less.items())


def test_places_are_kept_as_they_are() -> None:
    assert read_places(places_json(BOOK)) == BOOK


@pytest.mark.parametrize("size", [0, 1, 1023, 1024, 1500, 4096, 5000, 70_000])
def test_a_document_is_known_by_samples_of_its_bytes(size: int) -> None:
    """As KOReader's `util.partialMD5` takes them: 1024 bytes at 0, 1024, 4096, 16384 …"""
    data = bytes(number * number % 251 for number in range(size))
    at = [0, *(1024 * 4**number for number in range(11))]
    expected = hashlib.md5(b"".join(data[begin : begin + 1024] for begin in at)).hexdigest()
    assert partial_md5(io.BytesIO(data)) == expected


def test_a_document_is_known_by_the_name_of_its_download_too() -> None:
    _, published, kept = document_ids(io.BytesIO(b"x"), "morning-2026-11-23.3fa9c1d0.epub")
    assert published == hashlib.md5(b"morning-2026-11-23.3fa9c1d0.epub").hexdigest()
    assert kept == hashlib.md5(b"morning-2026-11-23.epub").hexdigest()
