"""A book of a given size: pictures give way in order of size, words never."""

import io
from pathlib import Path

import pytest
from PIL import Image

from newsexport.collecting.context import CollectingContext
from newsexport.collecting.picture_sizes import FIXED, within
from newsexport.events import Event, Lost
from newsexport.model import Article, Figure, Media, Paragraph, Span


def picture(side: int) -> Media:
    data = io.BytesIO()
    Image.effect_noise((side, side), 120).convert("RGB").save(data, "JPEG", quality=90)
    return Media.named("image/jpeg", data.getvalue())


def article(*pictures: Media) -> Article:
    return Article(
        "A", (Paragraph((Span("Text."),)), *(Figure(each.name) for each in pictures)), media=pictures
    )


def size(articles: tuple[Article, ...]) -> int:
    return sum({media.name: len(media.data) for one in articles for media in one.media}.values())


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.7, 0.3, 0.1])
def test_pictures_shrink_until_they_fit(tmp_path: Path, share: float) -> None:
    found = (article(picture(900), picture(300)), article(picture(600)))
    events: list[Event] = []
    most = int(size(found) * share)
    fitted = within(found, FIXED + most + 100, CollectingContext(spool=tmp_path), events.append)
    assert size(fitted) <= most + 100
    assert events == []
    for one in fitted:
        assert all(one.picture(block.media) for block in one.body if isinstance(block, Figure))


def test_what_fits_is_left_as_it_is() -> None:
    found = (article(picture(100)),)
    assert within(found, 24_000_000, CollectingContext(), lambda _: None) == found


def test_at_last_the_largest_go_and_are_told() -> None:
    found = (article(picture(400), picture(40)),)
    events: list[Event] = []
    fitted = within(found, FIXED + 2_500, CollectingContext(), events.append)
    assert size(fitted) <= 2_500
    assert [event.whole for event in events if isinstance(event, Lost)] == [False]
    assert fitted[0].body[0] == found[0].body[0]
