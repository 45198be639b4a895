"""Articles get their pictures from wherever they lie, and lose nothing else when one cannot be had."""

import base64
import io
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from newsexport.artwork.image_limits import Fit
from newsexport.collecting.context import CollectingContext
from newsexport.collecting.pictures import MOST, Illustrator, aside
from newsexport.errors import SourceError
from newsexport.events import PICTURE, Cause, Event, Lost, Omitted
from newsexport.model import Article, Block, Figure, Listing, Media, Note, Origin, Paragraph, Quote, Span
from newsexport.protocols import Kind, Request, Resource

CAPTION = (Span("The crane"),)


def drawn(colour: str = "navy", kind: str = "PNG", size: tuple[int, int] = (8, 6)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, kind)
    return data.getvalue()


def striped() -> bytes:
    image = Image.new("RGB", (8, 6), "navy")
    image.paste("gold", (2, 1, 5, 4))
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


class Shelf:
    """A web of a few addresses, which keeps what was asked of it."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[Request] = []

    def fetch(self, request: Request) -> Future[Resource]:
        self.asked.append(request)
        answer: Future[Resource] = Future()
        if request.address in self.pages:
            answer.set_result(Resource(request.address, self.pages[request.address]))
        else:
            answer.set_exception(SourceError(request.address, "the server answered 404 Not Found"))
        return answer


def illustrated(
    body: Sequence[Block], means: CollectingContext | None = None, **fields: object
) -> tuple[Article, list[Event]]:
    events: list[Event] = []
    article = Article("Cranes", tuple(body), **fields)  # type: ignore[arg-type]
    (ready,) = Illustrator(means or CollectingContext(), events.append).illustrated([article])
    return ready, events


def test_a_picture_beside_the_article_is_taken_in(tmp_path: Path) -> None:
    (tmp_path / "crane.png").write_bytes(drawn())
    ready, events = illustrated([Figure("crane.png", "A crane", CAPTION)], reference=str(tmp_path / "a.md"))
    (media,) = ready.media
    assert ready.body == (Figure(media.name, "A crane", CAPTION),)
    assert (media.media_type, media.data, events) == ("image/png", drawn(), [])


@pytest.mark.parametrize(
    "target", ["none.png", "../crane.png", "file:///etc/passwd", "/etc/passwd", "broken.png"]
)
def test_a_picture_that_cannot_be_had_leaves_its_caption_and_is_told(tmp_path: Path, target: str) -> None:
    (tmp_path / "crane.png").write_bytes(drawn())
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "broken.png").write_bytes(b"no picture")
    reference = str(tmp_path / "paper" / "a.md")
    ready, events = illustrated([Figure(target, "A crane", CAPTION)], reference=reference)
    assert ready.body == (Figure(target, "A crane", CAPTION),)
    assert ready.media == ()
    (lost,) = events
    assert isinstance(lost, Lost)
    assert not lost.whole
    assert lost.reference == reference
    assert lost.reason.startswith(f"picture {target}: ")


def test_htm_01_a_page_from_the_web_never_reaches_a_file(tmp_path: Path) -> None:
    canary = tmp_path / "canary.png"
    canary.write_bytes(drawn("gold"))
    web = Shelf({})
    for target in (str(canary), f"file://{canary}", "canary.png", "//etc/passwd"):
        ready, events = illustrated(
            [Figure(target)],
            CollectingContext(web=web),
            url="https://a.example/story",
            reference="https://a.example/story",
        )
        assert ready.media == ()
        assert len(events) == 1
    assert all(request.address.startswith("https://") for request in web.asked)


def test_what_a_service_or_the_inbox_has_never_reaches_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its reference is no path, and would be one in the folder where the program runs."""
    monkeypatch.chdir(tmp_path)
    Path("canary.png").write_bytes(drawn("gold"))
    for target in ("canary.png", "./canary.png", str(tmp_path / "canary.png")):
        for distant in (False, True):
            ready, events = illustrated(
                [Figure(target)],
                CollectingContext(distant=distant),
                reference="inbox",
                origin=Origin("inbox", "1"),
            )
            assert ready.media == ()
            (lost,) = events
            assert isinstance(lost, Lost) and lost.reason == f"picture {target}: is no address of the web"
    assert illustrated([Figure("canary.png")], reference="a.md")[0].media


def test_pictures_of_the_web_are_fetched_once_with_their_page_as_referer() -> None:
    web = Shelf({"https://a.example/img/crane.webp": drawn("red", "WEBP")})
    story = "https://a.example/story"
    body: list[Block] = [Figure("/img/crane.webp"), Quote((Figure("https://a.example/img/crane.webp"),))]
    ready, events = illustrated(body, CollectingContext(web=web), url=story, reference=story)
    (media,) = ready.media
    assert media.media_type == "image/jpeg"
    assert ready.body == (Figure(media.name), Quote((Figure(media.name),)))
    assert web.asked == [Request("https://a.example/img/crane.webp", Kind.PICTURE, story)]
    assert events == []


def test_a_picture_may_be_in_the_address_itself_or_come_with_the_article() -> None:
    inline = f"data:image/png;base64,{base64.b64encode(striped()).decode()}"
    raw = Media("cid:crane@oldhaven", "image/png", drawn("green"))
    ready, events = illustrated([Figure(inline), Listing(((Figure(raw.name),),))], media=(raw,))
    assert [media.data for media in ready.media] == [striped(), drawn("green")]
    assert events == []


@pytest.mark.parametrize("target", ["img/blank.gif", "grey-300x200.png", "lazy-placeholder.png", "data:"])
def test_what_is_called_a_placeholder_is_one_only_when_it_is_of_one_colour(
    tmp_path: Path, target: str
) -> None:
    (tmp_path / "img").mkdir()
    for data, count in ((drawn("grey"), 0), (striped(), 1)):
        named = target
        if target == "data:":
            named = f"data:image/png;base64,{base64.b64encode(data).decode()}"
        else:
            (tmp_path / target).write_bytes(data)
        ready, events = illustrated([Figure(named, "", CAPTION)], reference=str(tmp_path / "a.md"))
        assert len(ready.media) == count
        told = [Omitted(ready.reference, "with nothing to see", PICTURE, 1, Cause.EMPTY)]
        assert events == ([] if count else told)
        assert (ready.body == (Paragraph(CAPTION),)) is not bool(count)


def test_a_picture_of_one_colour_under_a_name_of_its_own_stays(tmp_path: Path) -> None:
    (tmp_path / "lady-jane-grey.png").write_bytes(drawn("grey"))
    ready, events = illustrated([Figure("lady-jane-grey.png")], reference=str(tmp_path / "a.md"))
    assert (len(ready.media), events) == (1, [])


def test_of_more_pictures_than_are_taken_the_rest_is_told(tmp_path: Path) -> None:
    for number in range(MOST + 3):
        (tmp_path / f"{number}.png").write_bytes(drawn())
    body = [Figure(f"{number}.png") for number in range(MOST + 3)]
    ready, events = illustrated(body, reference=str(tmp_path / "a.md"))
    assert len(ready.body) == MOST
    (told,) = events
    assert isinstance(told, Omitted)
    assert (told.count, told.cause, told.accepted) == (3, Cause.LIMIT, False)


@pytest.mark.parametrize(
    "target", ["data:text/html,<script>", "data:image/png;base64,a", "data:image/png,abc"]
)
def test_htm_15_what_is_no_picture_in_an_address_is_told_shortly(target: str) -> None:
    ready, events = illustrated([Figure(target)])
    assert ready.media == ()
    (lost,) = events
    assert isinstance(lost, Lost)
    assert len(lost.reason) < 300


def test_a_pixel_that_tracks_a_reader_vanishes_and_is_told() -> None:
    pixel = Media("pixel", "image/gif", drawn("white", "GIF", (1, 1)))
    text = Paragraph((Span("Text."),))
    ready, events = illustrated([text, Figure("pixel")], media=(pixel,))
    assert (ready.body, ready.media) == ((text,), ())
    assert events == [Omitted("", "with nothing to see", PICTURE, 1, Cause.EMPTY)]


def test_pictures_wait_in_the_spool_and_not_in_memory(tmp_path: Path) -> None:
    raw = Media("crane", "image/png", drawn())
    ready, _ = illustrated([Figure("crane")], CollectingContext(spool=tmp_path), media=(raw,))
    (media,) = ready.media
    assert media.held == tmp_path / media.name
    assert media.data == drawn()
    assert [path.name for path in tmp_path.iterdir()] == [media.name]


def test_all_pictures_can_be_left_out() -> None:
    raw = Media("crane", "image/png", drawn())
    ready, events = illustrated(
        [Figure("crane"), Figure("b", caption=CAPTION)], CollectingContext(fit=None), media=(raw,)
    )
    assert (ready.body, ready.media) == ((Paragraph(CAPTION),), ())
    assert events == [Omitted("", "left out (--no-pictures)", PICTURE, 2, Cause.ASKED)]


def test_pictures_are_grey_and_small_when_asked() -> None:
    raw = Media("crane", "image/png", drawn("red", size=(800, 400)))
    ready, _ = illustrated([Figure("crane")], CollectingContext(fit=Fit(200, 200, grey=True)), media=(raw,))
    image = Image.open(io.BytesIO(ready.media[0].data))
    assert (image.mode, image.size) == ("L", (200, 100))


def test_a_picture_in_a_note_is_taken_in_and_pulled_quotations_stay_pulled() -> None:
    raw = Media("crane", "image/png", drawn())
    quotation = Quote((Paragraph((Span("Text."),)),), pulled=True)
    ready, _ = illustrated([quotation], media=(raw,), notes=(Note("1", (Figure("crane"),)),))
    (media,) = ready.media
    assert ready.body == (quotation,)
    assert ready.notes == (Note("1", (Figure(media.name),)),)


def test_pictures_that_came_with_an_article_wait_in_files(tmp_path: Path) -> None:
    large, small = Media("cid:1", "image/png", bytes(9000)), Media("cid:2", "image/png", b"little")
    kept = aside(Article("A", (), media=(large, small, replace(large, name="cid:3"))), tmp_path)
    assert [isinstance(media.held, Path) for media in kept.media] == [True, False, True]
    assert [media.data for media in kept.media] == [large.data, b"little", large.data]
    assert len(list(tmp_path.iterdir())) == 1  # of equal pictures one
