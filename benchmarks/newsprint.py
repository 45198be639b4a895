"""Articles to measure with: invented words that compress like English, pictures that do like photographs.

Everything follows from the number of an article, so every run has the same input. A
fourth of the articles has a picture. The same articles are made three ways: Markdown, and
HTML pages with a package document that lists them, for those that read no Markdown.
"""

from __future__ import annotations

import itertools
import random
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path

import numpy as np
from markdown_it import MarkdownIt
from PIL import Image

SECTIONS = ("world", "business", "culture", "sport")
WORDS = 450
PICTURE = (1200, 800)

# A little under half of running English is made of these.
ENGLISH = (
    "the of and to in a is that for it was on with as by at from its which has have are he she but not "
    "were been had their who will one would there when an or his her they this said"
)
LITTLE = ENGLISH.split()

# Of these all other words are made.
HEADS = "b br c ch cl d f fr g gr h j k l m n p pl pr qu r s sh st str t th tr v w"
HEARTS = "a e i o u ai ea ee ou oa"
TAILS = "n r s t l m nd nt ck rd st th ng re se ve ment tion er ly ing ed"

PAGE = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head><body>
{body}</body></html>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>News</dc:title><dc:language>en</dc:language>
<dc:identifier id="id">urn:uuid:5f0a4b62-8a8c-4b52-9f2f-6b1f6f0a1c11</dc:identifier></metadata>
<manifest>
{items}
</manifest>
<spine>
{spine}
</spine></package>
"""


def newspaper(folder: Path, count: int) -> None:
    """Fill a folder: `markdown/SECTION/0001.md` with pictures beside, `pages/book.opf` with its pages."""
    for section in SECTIONS:
        (folder / "markdown" / section).mkdir(parents=True, exist_ok=True)
    pages = folder / "pages"
    pages.mkdir()
    render = MarkdownIt("commonmark", {"xhtmlOut": True}).enable("table").render
    for number in range(count):
        written = folder / "markdown" / SECTIONS[number % 4] / f"{number:05}.md"
        title, text = article(number)
        if number % 16 < 4:  # all sections have their share
            picture = written.with_suffix(".jpg")
            picture.write_bytes(photograph(number))
            (pages / picture.name).hardlink_to(picture)
        written.write_text(text, encoding="utf-8")
        page = PAGE.format(title=escape(title), body=render(text))
        (pages / f"{number:05}.html").write_text(page, encoding="utf-8")
    names = sorted(path.name for path in pages.iterdir())
    (pages / "book.opf").write_text(_package(names), encoding="utf-8")


def _package(names: list[str]) -> str:
    types = {".html": "application/xhtml+xml", ".jpg": "image/jpeg"}
    items = [
        f'<item id="i{at}" href="{name}" media-type="{types[Path(name).suffix]}"/>'
        for at, name in enumerate(names)
    ]
    spine = [f'<itemref idref="i{at}"/>' for at, name in enumerate(names) if name.endswith(".html")]
    return PACKAGE.format(items="\n".join(items), spine="\n".join(spine))


def article(number: int) -> tuple[str, str]:
    """The headline and the Markdown of an article of about 450 words."""
    chance = random.Random(number)
    title = _sentence(chance, 4, 9).rstrip(".")
    parts = [f"# {title}"]
    if number % 16 < 4:
        parts.append(f"![{_sentence(chance, 5, 9)}]({number:05}.jpg)")
    words = 0
    for at in itertools.count():
        part = _part(chance, at)
        words += len(part.split())
        parts.append(part)
        if words > WORDS:
            break
    return title, "\n\n".join(parts) + "\n"


def _part(chance: random.Random, at: int) -> str:
    if at and at % 4 == 0:
        return f"## {_sentence(chance, 2, 5).rstrip('.')}"
    kind = chance.random() if at > 1 else 1.0
    if kind < 0.06:
        return "\n".join(f"- {_sentence(chance, 5, 12)}" for _ in range(chance.randint(3, 6)))
    if kind < 0.12:
        return f"> {_sentence(chance, 10, 25)}"
    if kind < 0.15:
        rows = [f"| {_word(chance)} | {chance.randint(1, 9999)} |" for _ in range(chance.randint(3, 7))]
        return "\n".join((f"| {_word(chance)} | {_word(chance)} |", "|---|---|", *rows))
    return " ".join(_sentence(chance, 8, 26) for _ in range(chance.randint(2, 4)))


def _sentence(chance: random.Random, least: int, most: int) -> str:
    words = [_word(chance) for _ in range(chance.randint(least, most))]
    look = chance.random()
    if look < 0.04:
        words[-1] = f"[{words[-1]}](https://{_word(chance)}.example/{chance.randint(1, 10**6)})"
    elif look < 0.08:
        words[-1] = f"*{words[-1]}*"
    elif look < 0.3:
        words[len(words) // 2] += ","
    return " ".join((words[0].capitalize(), *words[1:])) + "."


def _word(chance: random.Random) -> str:
    if chance.random() < 0.45:
        return LITTLE[int(len(LITTLE) * chance.random() ** 2)]
    vocabulary = _vocabulary()
    return vocabulary[int(len(vocabulary) * chance.random() ** 3)]  # few are common, most are rare


@cache
def _vocabulary() -> list[str]:
    chance = random.Random("vocabulary")
    heads, hearts, tails = HEADS.split(), HEARTS.split(), TAILS.split()
    made: dict[str, None] = {}
    while len(made) < 5000:
        syllables = (
            chance.choice(heads) + chance.choice(hearts) for _ in range(chance.choice((1, 1, 2, 2, 3)))
        )
        made["".join(syllables) + chance.choice(tails)] = None
    return list(made)


def photograph(number: int) -> bytes:
    """A baseline JPEG of 1200 x 800 pixels and some 110 kB, which compresses no further."""
    chance = random.Random(f"picture {number}")
    canvases = _canvases()
    canvas = canvases[number % len(canvases)]
    left, top = chance.randint(0, canvas.width - PICTURE[0]), chance.randint(0, canvas.height - PICTURE[1])
    picture = canvas.crop((left, top, left + PICTURE[0], top + PICTURE[1]))
    if chance.random() < 0.5:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    written = BytesIO()
    picture.save(written, "JPEG", quality=85)
    return written.getvalue()


@cache
def _canvases() -> list[Image.Image]:
    """Noise of which each octave is two thirds as strong as the one before, as in pictures of nature."""
    return [_canvas(np.random.default_rng(seed)) for seed in range(12)]


def _canvas(noise: np.random.Generator) -> Image.Image:
    width, height = PICTURE[0] * 5 // 4, PICTURE[1] * 5 // 4
    total = np.zeros((height, width, 3), np.float32)
    for octave in range(8, -1, -1):
        shape = (max(2, height >> octave), max(2, width >> octave), 3)
        grain = Image.fromarray(noise.integers(0, 256, shape, np.uint8))
        spread = grain.resize((width, height), Image.Resampling.BICUBIC)
        total += (np.asarray(spread, np.float32) - 128) * 0.64 ** (8 - octave) * 0.8
    grey = total.mean(axis=2, keepdims=True)
    toned = 128 + 0.7 * grey + 0.3 * total
    return Image.fromarray(np.clip(toned, 0, 255).astype(np.uint8))
