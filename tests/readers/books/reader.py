"""A reader of EPUB in a browser without a window: foliate-js in Chromium, cut off from every network."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Route, sync_playwright
from tests.readers.books.findings import Finding
from tests.readers.books.reading_tools import CHROMIUM_OPTIONS, HERE, chromium, node_modules

ORIGIN = "http://reader.localhost/"
"""Where the reader's page seems to come from; each request is answered by this module."""

SANDBOX = "both allow-scripts and allow-same-origin"
"""What Chromium says of the engine whatever the book; see allow-scripts in foliate-js's paginator.js."""

OWN_FILES = frozenset({"reader.html", "reader.js", "faults.js"})


# What foliate-js says when it is slow, and measures a page that it has put away meanwhile.
PUT_AWAY = "Cannot destructure property 'style' of 'el'"


@dataclass(frozen=True, slots=True)
class Screen:
    """A device's page, in CSS pixels, by day or by night."""

    name: str
    width: int
    height: int
    dark: bool = False

    def __str__(self) -> str:
        return f"{self.name} {self.width}x{self.height}{', dark' if self.dark else ''}"


E_INK = Screen("e-ink", 536, 724)  # 1072 x 1448 at 300 dots to the inch, the commonest 6-inch reader
COARSE_E_INK = Screen("coarse e-ink", 758, 1024)
PHONE = Screen("phone", 390, 844)
TABLET = Screen("tablet", 834, 1112)
BY_DAY = (E_INK, COARSE_E_INK, PHONE, TABLET)
BY_NIGHT = tuple(replace(screen, dark=True) for screen in BY_DAY)
SCREENS = (*BY_DAY, *BY_NIGHT)

MANY_PAGES = 150
FEW_SCREENS = (E_INK, replace(PHONE, dark=True))


@dataclass(slots=True)
class Reader:
    """One page of the browser with the reader in it."""

    page: Page
    book: Path | None = None
    asked: list[str] = field(default_factory=list)  # addresses that a book asked for and did not get
    complaints: list[str] = field(default_factory=list)  # of the engine and the browser

    def open(self, book: Path) -> list[str]:
        """Opens a book; the paths of its pages in reading order."""
        self.book = book
        self.asked.clear()
        self.complaints.clear()
        pages: list[str] = self.page.evaluate("() => reader.fetchBook('book.epub').then(reader.open)")
        return pages

    def change_to(self, screen: Screen) -> None:
        """Opens the same book anew on another screen."""
        self.page.set_viewport_size({"width": screen.width, "height": screen.height})
        self.page.emulate_media(color_scheme="dark" if screen.dark else "light")
        self.page.evaluate("() => reader.open()")

    def turn_to(self, href: str) -> None:
        """Shows a page of the book, by the end of its path and perhaps ``#`` and a place on it."""
        self.page.evaluate("href => reader.turnTo(href)", href)

    def lines(self, selector: str) -> list[dict[str, Any]]:
        """How the lines of some elements of the open page run.

        For each its text, direction and writing mode, and how far its first character is from the left, the
        right and the top of its box, in pixels.
        """
        found: list[dict[str, Any]] = self.page.evaluate("selector => reader.lines(selector)", selector)
        return found

    def read_aloud(self, last: str) -> list[dict[str, Any]]:
        """Reads the open book aloud up to a place: each that was marked, its line, and the second of the sound."""
        marked: list[dict[str, Any]] = self.page.evaluate("last => reader.readAloud(last)", last)
        return marked

    def inspect(self, *, contents: bool = True) -> list[Finding]:
        """Turns every page, follows every entry of the contents if asked, and tells what is wrong."""
        told = self.page.evaluate("contents => reader.inspect(contents)", contents)
        found = [Finding(place, fault) for place, fault in told]
        found += [Finding("the book", f"asks for {address}") for address in self.asked]
        found += [Finding("the book", complaint) for complaint in self.complaints]
        return found

    def screenshot(self) -> bytes:
        """What the screen shows, as PNG."""
        return self.page.screenshot()

    def answer(self, route: Route) -> None:
        """Gives the browser the reader's own files and the open book, and nothing else."""
        address = route.request.url
        name = address.removeprefix(ORIGIN)
        if not address.startswith(ORIGIN):
            self.asked.append(address)
            route.abort()
        elif name == "book.epub" and self.book:
            route.fulfill(path=self.book, content_type="application/epub+zip")
        elif name.startswith("foliate-js/"):
            route.fulfill(path=node_modules() / name)
        elif name in OWN_FILES:
            route.fulfill(path=HERE / name)
        else:
            route.fulfill(status=404)

    def hear(self, message: ConsoleMessage) -> None:
        """Keeps what the engine and the browser complain of."""
        if message.type in ("warning", "error") and SANDBOX not in message.text:
            self.complaints.append(message.text)


@dataclass(frozen=True, slots=True)
class Window:
    """A browser without a window."""

    browser: Browser

    @contextmanager
    def reader(self, screen: Screen, *, scale: float = 1) -> Iterator[Reader]:
        """A reader on a screen; ``scale`` is how many dots of a picture make a CSS pixel."""
        context = self.browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            device_scale_factor=scale,
            color_scheme="dark" if screen.dark else "light",
            service_workers="block",
        )
        reader = Reader(context.new_page())
        # playwright marks the functions it is given, which methods of slotted objects do not bear
        context.route("**/*", lambda route: reader.answer(route))  # noqa: PLW0108
        reader.page.on("console", lambda message: reader.hear(message))  # noqa: PLW0108
        reader.page.on(
            "pageerror",
            lambda error: None if PUT_AWAY in str(error) else reader.complaints.append(str(error)),
        )
        reader.page.goto(f"{ORIGIN}reader.html")
        reader.page.wait_for_function("window.reader")
        yield reader
        context.close()

    def faults(self, book: Path, screens: Sequence[Screen] = SCREENS) -> list[Finding]:
        """What is wrong with a book on the screens; what is wrong on several is told once, with the first.

        The contents are followed on the first screen. A book of many pages is tried on the smallest screens only.
        """
        found: dict[tuple[str, str], Finding] = {}
        with self.reader(screens[0]) as reader:
            try:
                pages = reader.open(book)
                for screen in screens if len(pages) <= MANY_PAGES else FEW_SCREENS:
                    reader.change_to(screen)
                    for fault in reader.inspect(contents=screen is screens[0]):
                        told = Finding(f"{fault.place}, {screen}", fault.told)
                        found.setdefault((fault.place, fault.told.rpartition(": ")[2]), told)
            except Error as error:  # the engine cannot make a book of it
                return [Finding("the book", f"does not open: {error.message}")]
        return list(found.values())


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


def reader_on(books: Sequence[Path]) -> Iterator[tuple[Path, list[Finding]]]:
    """What is wrong with books on every screen, one after the other."""
    with window() as shown:
        for book in books:
            yield book, shown.faults(book)
