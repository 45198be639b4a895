"""Pictures that articles refer to."""

from __future__ import annotations

from newsexport.errors import SourceError
from newsexport.model import Figure, Media, Spans
from newsexport.protocols import Fetch, Resource


def figure(
    target: str, resource: Resource, fetch: Fetch, *, alt: str = "", caption: Spans = ()
) -> tuple[Figure, tuple[Media, ...]]:
    """The figure, and its picture made fit for devices.

    A picture that cannot be had gives no media, and the figure then names what was asked
    for: `Article.picture` finds nothing of that name, and whoever shows the article can
    tell which picture is missing while its caption still stands.
    """
    from newsexport.artwork.pictures import PictureError, prepare  # noqa: PLC0415 - loads Pillow

    try:
        media = prepare(fetch(target, resource))
    except (SourceError, PictureError):
        return Figure(target[:200], alt, caption), ()
    return Figure(media.name, alt, caption), (media,)


def why_missing(target: str, resource: Resource, fetch: Fetch) -> str:
    """Why `figure` found no picture of that name, for the report of its loss."""
    from newsexport.artwork.pictures import PictureError, prepare  # noqa: PLC0415 - loads Pillow

    try:
        prepare(fetch(target, resource))
    except SourceError as error:
        return error.reason
    except PictureError as error:
        return str(error)
    return "is not among the article's media"
