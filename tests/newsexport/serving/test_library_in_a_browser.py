"""The pages of a library in a real browser: held to the rules of axe, and asked for no sound that nobody hears."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.machine.system_tools import ToolMissingError, lacking
from tests.newsexport.serving.serving_rigs import Running, running
from tests.readers.books.reading_tools import CHROMIUM_OPTIONS, chromium, node_modules

from newsexport.artwork import COVER
from newsexport.artwork.cover import draw_square, listed
from newsexport.exporters.audio import AudioExporter
from newsexport.exporters.epub.exporter import EpubExporter
from newsexport.exporters.json import JsonExporter
from newsexport.job import Job
from newsexport.library.describing import describe
from newsexport.library.issue import Paper
from newsexport.library.library import Library
from newsexport.library.store import FolderStore
from newsexport.model import Article, Edition, Paragraph, Section, Span
from newsexport.pipeline import export
from newsexport.publishing.documents import Publications
from newsexport.publishing.pages import Pages
from newsexport.publishing.site import Site
from newsexport.serving.editions import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DAY = date(2026, 11, 25)
# A paper that is read from the left, one that is read from the right.
PAPERS = {
    "morning": ("en", "The Oldhaven Morning", "The ferry is back. ", "Harbour"),
    "sabah": ("ar", "صباح المدينة", "عادت السفينة إلى الميناء. ", "الميناء"),
}
PLACES = ["", *(f"{key}/{page}" for key in PAPERS for page in ("", f"{DAY}/", "listen.html", "read.html"))]


def publish(root: Path, work: Path, key: str) -> None:
    language, title, said, section = PAPERS[key]
    body = (Paragraph((Span(said * 20),)),)
    articles = tuple(Article(f"{said.strip(' .')} {number}", body, language=language) for number in range(3))
    edition = Edition(title, DAY, language, (Section(section, articles),))
    stem = work / f"{key}-{DAY}"
    export(edition, AudioExporter(engine="silent", chapters_json=True), stem.with_suffix(".mp3"), Job())
    export(edition, EpubExporter(), stem.with_suffix(".epub"), Job())
    export(edition, JsonExporter(), stem.with_suffix(".json"), Job())
    cover = draw_square(edition, COVER)
    stem.with_suffix(".jpg").write_bytes(cover)
    stem.with_suffix(".thumbnail.jpg").write_bytes(listed(cover))
    paper = Paper(key, title, language=language, description=said)
    draft = describe(paper, edition, sorted(work.glob(f"{key}*")), datetime(2026, 11, 25, 6, tzinfo=UTC))
    Library(FolderStore(root), print).publish(paper, draft, Publications(Site("http://nowhere.example/")))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root, work = tmp_path_factory.mktemp("library"), tmp_path_factory.mktemp("work")
    for key in PAPERS:
        publish(root, work, key)
    with running(
        root, holdings=served(root, lambda site: Publications(site, pages=Pages(site)), print)
    ) as server:
        yield server


@pytest.fixture(scope="module")
def axe() -> str:
    """The rules of axe, as a script."""
    try:
        chromium()
        return (node_modules() / "axe-core" / "axe.min.js").read_text("utf-8")
    except ToolMissingError as missing:
        lacking(str(missing))


@pytest.fixture(scope="module")
def browser(axe: str) -> Iterator[Browser]:
    assert axe
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_OPTIONS))
        yield browser
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_of_a_page(server: Running, browser: Browser, axe: str, scheme: str) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": 412, "height": 823},
        bypass_csp=True,  # for what looks at the page; the page itself has no need of it
    )
    page = context.new_page()
    for place in PLACES:
        page.goto(f"http://127.0.0.1:{server.port}/{place}")
        page.evaluate(axe)
        found = page.evaluate("axe.run()")
        told = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
        assert told == [], place
        assert len(found["passes"]) > 15
    context.close()


def test_no_sound_is_asked_for_before_somebody_listens(server: Running, browser: Browser) -> None:
    context = browser.new_context(bypass_csp=True)  # for what looks at the sound
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition(".")[2]))
    page.goto(f"http://127.0.0.1:{server.port}/morning/{DAY}/#t=12.5", wait_until="load")
    time = page.locator("[data-do=time]")
    assert time.inner_text().startswith("0:12 / "), "it is known where it would begin, and how long it is"
    assert "mp3" not in asked
    assert asked.count("jpg") == 1, "the cover, in one of its sizes"
    page.locator("[data-do=play]").click()
    page.wait_for_function("document.querySelector('audio').currentTime > 12.6")
    assert "mp3" in asked
    context.close()
