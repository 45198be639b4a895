"""Pictures to be counted, and counting them."""

import io
import zlib
from collections.abc import Iterable
from random import Random

from PIL import Image

from newsexport.events import ARTICLE, PICTURE
from newsexport.model import Article, figures


def picture(name: str, size: tuple[int, int] = (16, 12)) -> bytes:
    """A PNG that is another for every name."""
    grain = Random(zlib.crc32(name.encode())).randbytes(size[0] * size[1] * 3)
    data = io.BytesIO()
    Image.frombytes("RGB", size, grain).save(data, "PNG")
    return data.getvalue()


def sums(articles: Iterable[Article]) -> dict[str, int]:
    """How many articles there are, and how many times they show a picture that is there."""
    articles = list(articles)
    shown = sum(
        article.picture(figure.media) is not None for article in articles for figure in figures(article)
    )
    return {ARTICLE: len(articles), PICTURE: shown}
