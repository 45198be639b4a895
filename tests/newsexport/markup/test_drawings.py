"""Drawings in a page are pictures, where they need nothing of the page to be seen."""

import base64

import pytest

from newsexport.artwork.image_limits import Fit
from newsexport.artwork.vector import painted
from newsexport.events import Cause, Omitted, noticed
from newsexport.markup import blocks, parse, prepared
from newsexport.model import Block, Figure

BAR = '<rect width="90" height="90" fill="#36c"/><text x="1" y="9">3 m</text>'


def read(inside: str, size: str = 'viewBox="0 0 300 200"', around: str = "figure") -> tuple[Block, ...]:
    drawing = f"<svg {size} onload='x()'><title>The river</title>{inside}<script>x()</script></svg>"
    page = f"<html><body><p>It rose.</p><{around}>{drawing}<figcaption>In metres.</figcaption></{around}></body></html>"
    return blocks(prepared(prepared(parse(page))))


def test_a_drawing_in_a_figure_is_its_picture() -> None:
    _, figure = read(f'<defs><linearGradient id="g"></linearGradient></defs><use xlink:href="#g"/>{BAR}')
    assert isinstance(figure, Figure)
    assert (figure.alt, figure.caption[0].text) == ("The river", "In metres.")
    drawing = base64.b64decode(figure.media.removeprefix("data:image/svg+xml;base64,"))
    assert all(word in drawing for word in (b"viewBox=", b"linearGradient", b"xlink", b"#g", b"3 m"))
    assert not any(word in drawing for word in (b"script", b"onload"))
    assert painted(drawing, Fit(width=600, height=600)).startswith(b"\x89PNG")


def test_what_has_its_look_from_its_page_is_told() -> None:
    with noticed("a.html") as told:
        found = read('<rect class="bar" width="90" height="90"/>')
    assert not any(isinstance(block, Figure) for block in found)
    assert told == [Omitted("a.html", "of a kind that is not read", "picture", 1, Cause.LIMIT)]


@pytest.mark.parametrize(
    ("inside", "size", "around"),
    [(BAR, 'width="24" height="24"', "figure"), (BAR, "", "div"), ("<g></g>", "", "figure")],
)
def test_what_is_a_sign_or_no_figure_is_none(inside: str, size: str, around: str) -> None:
    with noticed("a.html") as told:
        found = read(inside, size or 'viewBox="0 0 300 200"', around)
    assert not any(isinstance(block, Figure) for block in found)
    assert told == []
