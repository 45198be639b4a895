"""The pages of a library: what others wrote is shown and not run; the same values, the same bytes."""

from datetime import UTC, date, datetime

from newsexport.library.issue import File, Issue, Paper, Role, Story
from newsexport.publishing import pages
from newsexport.publishing.pages.whole import Pages
from newsexport.publishing.site import Site

HOSTILE = "<script>canary()</script>"
PAPER = Paper("morning", HOSTILE)
SOUND = File("morning.3fa9c1d0.mp3", Role.SOUND, "audio/mpeg", 9, "0" * 64, 70.0)
ISSUE = Issue(
    "urn:x", "morning", HOSTILE, date(2026, 11, 25), datetime(2026, 11, 25, tzinfo=UTC), "en", "",
    (Story(HOSTILE, start=65.0),), (SOUND,),
)  # fmt: skip
SITE = Site("https://paper.example/")


def test_titles_are_shown_and_not_run() -> None:
    for page in (pages.index([PAPER], [ISSUE], SITE), pages.issue(PAPER, ISSUE, SITE)):
        assert b"<script" not in page
        assert b"&lt;script&gt;" in page


def test_contents_lead_to_the_second_in_the_sound() -> None:
    page = pages.issue(PAPER, ISSUE, SITE).decode()
    assert "morning.3fa9c1d0.mp3#t=65.0" in page
    assert ">1:05</a>" in page


def test_every_page_names_a_style_that_is_among_the_assets() -> None:
    (style,) = pages.assets()
    assert SITE.address(style).encode() in pages.issue(PAPER, ISSUE, SITE)


def test_apps_are_handed_the_address_of_the_feed() -> None:
    page = pages.issue(PAPER, ISSUE, SITE).decode()
    assert "podcast://paper.example/morning/feed.xml" in page
    assert "overcast://x-callback-url/add?url=https%3A%2F%2Fpaper.example%2Fmorning%2Ffeed.xml" in page


def test_a_library_is_given_its_pages_with_their_style() -> None:
    made = Pages(SITE).of_library([])
    assert set(made) == {"index.html", *pages.assets()}
