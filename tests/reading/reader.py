"""A reader of EPUB in a browser without a window: foliate-js in Chromium, cut off from every network."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright
from reading_tools import CHROMIUM_OPTIONS, HERE, chromium, node_modules

ORIGIN = "http://reader.localhost/"
"""Where the reader's page seems to come from; each request is answered by this module."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A device's page, in CSS pixels."""

    name: str
    width: int
    height: int


SCREENS = (
    Screen("e-ink", 536, 724),  # 1072 x 1448 at 300 dots to the inch, the commonest 6-inch reader
    Screen("e-ink, coarse", 758, 1024),
    Screen("phone", 390, 844),
    Screen("tablet", 834, 1112),
)


@dataclass(slots=True)
class Reader:
    """One open page of the browser with the reader in it."""

    page: Page
    refused: list[str] = field(default_factory=list)  # addresses that a book asked for and did not get
    book: Path | None = None

    def open(self, book: Path) -> list[str]:
        """Opens a book; the paths of its pages in reading order."""
        self.book = book
        pages: list[str] = self.page.evaluate("name => reader.open(name)", "book.epub")
        return pages

    def turn_to(self, href: str) -> None:
        """Shows a page of the book, by the end of its path and perhaps ``#`` and a place on it."""
        self.page.evaluate("href => reader.turnTo(href)", href)

    def screenshot(self) -> bytes:
        """What the screen shows, as PNG."""
        return self.page.screenshot()

    def answer(self, route: Route) -> None:
        """Gives the browser the reader's own files and the open book, and nothing else."""
        address = route.request.url
        name = address.removeprefix(ORIGIN)
        if not address.startswith(ORIGIN):
            self.refused.append(address)
            route.abort()
        elif name == "book.epub" and self.book:
            route.fulfill(path=self.book, content_type="application/epub+zip")
        elif name.startswith("foliate-js/"):
            route.fulfill(path=node_modules() / name)
        elif name in ("reader.html", "reader.js"):
            route.fulfill(path=HERE / name)
        else:
            route.fulfill(status=404)


@dataclass(slots=True)
class Window:
    """A browser without a window."""

    browser: Browser

    @contextmanager
    def reader(self, screen: Screen, *, dark: bool = False, scale: float = 1) -> Iterator[Reader]:
        """A reader on a screen; ``scale`` is how many dots of a picture make a CSS pixel."""
        context = self.browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            device_scale_factor=scale,
            color_scheme="dark" if dark else "light",
            service_workers="block",
        )
        reader = Reader(context.new_page())
        context.route("**/*", lambda route: reader.answer(route))  # noqa: PLW0108 - playwright marks what it is given
        reader.page.goto(f"{ORIGIN}reader.html")
        reader.page.wait_for_function("window.reader")
        yield reader
        context.close()


@contextmanager
def window() -> Iterator[Window]:
    """Starts the browser, and ends it.

    Raises:
        ToolMissingError: there is no Chromium on this machine, or npm fetches nothing.
    """
    node_modules()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_OPTIONS))
        yield Window(browser)
        browser.close()
