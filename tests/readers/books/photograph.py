"""A picture of a book's page as a reader shows it.

    python tests/readers/books/photograph.py BOOK HREF OUT.png [--size 536x724] [--dark] [--scale 2]

HREF is the end of a page's path in the book, such as ``a0001.xhtml`` or ``a0001.xhtml#h3``.
"""

import argparse
from pathlib import Path

from tests.readers.books.reader import Screen, window


def photograph(book: Path, href: str, screen: Screen, *, scale: float = 2) -> bytes:
    """The page as PNG, ``scale`` dots to each pixel of the screen."""
    with window() as shown, shown.reader(screen, scale=scale) as reader:
        reader.open(book)
        reader.turn_to(href)
        return reader.screenshot()


def main() -> None:
    """Takes the picture that the command line asks for."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("book", type=Path)
    asked.add_argument("href")
    asked.add_argument("out", type=Path)
    asked.add_argument("--size", default="536x724", help="of the screen, in CSS pixels")
    asked.add_argument("--dark", action="store_true")
    asked.add_argument("--scale", type=float, default=2)
    given = asked.parse_args()
    if not given.book.is_file():  # for which a browser would wait
        asked.error(f"{given.book}: no such book")
    width, height = map(int, given.size.split("x"))
    screen = Screen("as asked", width, height, dark=given.dark)
    given.out.write_bytes(photograph(given.book, given.href, screen, scale=given.scale))


if __name__ == "__main__":
    main()
