"""The artwork of a paper: its masthead as squares, for podcast apps and catalogues."""

from __future__ import annotations

from functools import lru_cache, partial

from newsexport.library.entries import Making, Recipe, stamped
from newsexport.library.issue import Paper
from newsexport.text.wording import direction

# Apple asks for 1400 to 3000 pixels a side; the small ones are for lists.
LARGEST = 3000
SIDES = (LARGEST, 1400, 600, 300)


def artwork_path(paper: Paper, side: int = LARGEST) -> str:
    """Where artwork of that side lies, relative to the root of the library."""
    return f"{paper.key}/artwork.jpg" if side == LARGEST else f"{paper.key}/artwork-{side}.jpg"


def artwork(paper: Paper) -> Making:
    """The artwork in every size as RGB JPEG by its path."""
    stamp = stamped("artwork", paper.key, paper.title, paper.description, paper.language)
    return Making({artwork_path(paper, side): Recipe(stamp, partial(_drawn, paper, side)) for side in SIDES})


@lru_cache(maxsize=32)
def _drawn(paper: Paper, side: int) -> bytes:
    # what was drawn once is drawn no more for as long as a paper is called what it is
    from newsexport.artwork import cover_layout, pictures, themes  # noqa: PLC0415 - idem
    from newsexport.artwork.cover import listed  # noqa: PLC0415 - idem
    from newsexport.artwork.shaping import is_rightward  # noqa: PLC0415 - idem
    from newsexport.artwork.text_layout import printable  # noqa: PLC0415 - idem
    from newsexport.artwork.themes import CoverStory, FrontPage  # noqa: PLC0415 - idem

    title = printable(paper.title[:300], paper.language) or paper.key
    description = printable(paper.description[:200], paper.language)
    front = FrontPage(
        title=title,
        dated="",
        stories=(CoverStory("", description, "", paper.language),) if description else (),
        picture=None,
        grey=False,
        language=paper.language,
        rightward=is_rightward(title) or direction(paper.language) == "rtl",
    )
    drawn = pictures.jpeg(cover_layout.drawn(front, themes.PLAIN, (side, side)))
    return listed(drawn) if side == SIDES[-1] else drawn
