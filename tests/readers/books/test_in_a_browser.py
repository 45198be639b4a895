"""The page of an issue in a real browser, served by the program itself: it plays, follows and leads."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from tests.machine.system_tools import needed
from tests.readers.books.reading_tools import CHROMIUM_OPTIONS, chromium, node_modules

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CONFIGURATION = """
[library]
folder = "library"
[paper.morning]
title = "The Morning"
sources = ["news"]
[paper.morning.epub]
[paper.morning.audio]
engine = "espeak"
[paper.zeitung]
title = "Der Morgen"
sources = ["nachrichten"]
[paper.zeitung.audio]
engine = "espeak"
"""
STORIES = {
    "news/1-world/harbour.md": "---\ntitle: The harbour opens\nbyline: By Jo Reed\nurl: https://gazette.example/harbour\n---\n"
    "The harbour of Norwick opened on Tuesday. Its *mayor* said that **ferries** sail again.\n\n"
    "> Nobody was late, said a captain.\n\n| Ferry | Time |\n|---|---|\n| One | 9:00 |\n\n"
    "See [the timetable](https://ferries.example/times). More boats come in spring.\n",
    "news/2-sport/rowing.md": "---\ntitle: '<script>canary()</script> Rowers win'\n---\n"
    "The rowers of Oldhaven won by a length. Rain fell for an hour. Nobody minded.\n",
    "nachrichten/faehre.md": "---\ntitle: Die Fähre fährt wieder\nlanguage: de\n---\n"
    "Die Fähre von Norwick fährt wieder. Am Dienstag legte sie zum ersten Mal nach einem Monat ab.\n",
}


@dataclass(frozen=True)
class Visit:
    page: Page
    asked: list[str]
    told: list[str]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    room = tmp_path_factory.mktemp("room")
    (room / "newsexport.toml").write_text(CONFIGURATION, "utf-8")
    for name, text in STORIES.items():
        (room / name).parent.mkdir(parents=True, exist_ok=True)
        (room / name).write_text(text, "utf-8")
    environment = {**os.environ, "XDG_STATE_HOME": str(room / "state"), "XDG_CACHE_HOME": str(room / "cache")}
    program = [sys.executable, "-m", "newsexport"]
    subprocess.run([*program, "run", "--date", "2026-11-25", "-q"], cwd=room, env=environment, check=True)
    command = [*program, "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=room, env=environment, stdout=subprocess.PIPE, text=True) as serving:
        try:
            assert serving.stdout is not None
            address = next(found[0] for line in serving.stdout if (found := re.search(r"http://\S+/", line)))
            yield address
        finally:
            serving.terminate()
            assert serving.wait(10) == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    needed("chromium")
    with sync_playwright() as playwright:
        options = [*CHROMIUM_OPTIONS, "--autoplay-policy=no-user-gesture-required", "--mute-audio"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=options)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    asked: list[str] = []
    told: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        told.append(message.text)

    page.on("request", lambda request: asked.append(request.url))
    page.on("console", hear)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(f"{served}morning/2026-11-25/index.html")
    until(page, "!document.querySelector('.bar').hidden")
    yield Visit(page, asked, told)
    assert told == []
    assert [address for address in asked if not address.startswith((served, "data:"))] == []
    context.close()


def time_of(page: Page) -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime"))


def current(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.s[aria-current]')?.textContent ?? ''"))


def until(page: Page, condition: str) -> None:
    """Ask until it is so. The page's own policy forbids what a browser's driver would do for it."""
    for _ in range(300):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


@pytest.mark.slow
def test_it_plays_and_the_sentence_follows(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("button", name="Play").click()
    until(page, "document.querySelector('audio').currentTime > 0.5")
    page.evaluate("document.querySelector('audio').playbackRate = 4")
    until(page, "document.querySelector('.s[aria-current]')?.textContent.includes('opened on Tuesday')")
    until(page, "document.querySelector('.s[aria-current]')?.textContent.includes('ferries sail again')")
    page.get_by_role("button", name="Pause").click()
    assert page.evaluate("document.querySelector('audio').paused")


def test_a_story_and_a_sentence_move_the_sound_to_the_second(visit: Visit) -> None:
    page = visit.page
    link = page.locator(".at").nth(1)
    link.click()
    page.evaluate("document.querySelector('audio').pause()")
    assert abs(time_of(page) - float(link.get_attribute("data-at") or 0)) < 1
    sentence = page.locator(".s", has_text="Nobody minded")
    sentence.click()
    page.evaluate("document.querySelector('audio').pause()")
    assert abs(time_of(page) - float(sentence.get_attribute("data-start") or 0)) < 1
    until(page, "document.querySelector('.s[aria-current]')?.textContent.includes('Nobody minded')")


def test_the_word_that_is_heard_is_marked(visit: Visit) -> None:
    page = visit.page
    sentence = page.locator(".s", has_text="ferries sail again")
    words = [word.split(":") for word in (sentence.get_attribute("data-words") or "").split()]
    words = [word for word in words if word[0] != "0"]  # where the first begins later than its sentence
    start = float(sentence.get_attribute("data-start") or 0)
    text = (sentence.text_content() or "").split()
    assert [int(letters) for letters, _ in words] == [len("".join(text[:at])) for at in range(1, len(text))]
    sentence.click()
    page.evaluate("document.querySelector('audio').pause()")
    for word, (_, at) in zip(text[1:], words, strict=True):
        page.evaluate(f"document.querySelector('audio').currentTime = {start + int(at) / 1000 + 0.02}")
        until(page, f"[...CSS.highlights.get('word')].join('|').trim() === {json.dumps(word)}")


def test_there_is_one_set_of_controls_and_the_speed_is_remembered(visit: Visit) -> None:
    page = visit.page
    assert not page.evaluate("document.querySelector('audio').controls")
    page.locator("[data-do=speed]").select_option("1.5")
    page.reload()
    until(page, "document.querySelector('audio').playbackRate === 1.5")
    page.locator("[data-do=seek]").fill("5")
    until(page, "Math.abs(document.querySelector('audio').currentTime - 5) < 0.5")
    until(page, "document.querySelector('[data-do=time]').textContent.startsWith('0:05 / ')")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.querySelector('.player').getBoundingClientRect().height") < 844 / 6


def test_the_first_page_leads_to_apps_and_readers_and_never_to_raw_xml(visit: Visit, served: str) -> None:
    page = visit.page
    page.goto(served)
    leads = page.evaluate("[...document.querySelectorAll('a')].map((link) => link.href)")
    assert not [address for address in leads if address.endswith(".xml")]
    page.get_by_role("link", name="Listen in your podcast app").first.click()
    page.wait_for_url("**/listen.html")
    assert page.get_by_text("/morning/feed.xml").count() == 1
    for scan in page.locator("summary").all():
        scan.click()
    codes = page.evaluate("[...document.querySelectorAll('.code')].map((code) => code.naturalWidth)")
    assert len(codes) >= 5
    assert all(width > 100 for width in codes)


def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("k")
    until(page, "!document.querySelector('audio').paused")
    page.keyboard.press("k")
    until(page, "document.querySelector('audio').paused")
    page.keyboard.press("]")
    first = float(page.locator(".at").nth(0).get_attribute("data-at") or 0)
    until(page, f"Math.abs(document.querySelector('audio').currentTime - {first}) < 0.5")
    page.keyboard.press(".")
    until(page, f"document.querySelector('audio').currentTime > {first}")
    page.keyboard.press("j")
    until(page, f"document.querySelector('audio').currentTime < {first}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.do || document.activeElement.className"))
    assert {"back", "play", "forward", "previous", "next", "speed", "follow", "at"} <= reached


def test_the_place_is_remembered(visit: Visit) -> None:
    page = visit.page
    page.locator(".s", has_text="won by a length").click()
    page.evaluate("document.querySelector('audio').pause()")
    until(page, "document.querySelector('audio').paused")
    before = time_of(page)
    page.reload()
    until(page, f"Math.abs(document.querySelector('audio').currentTime - {before}) < 2")


@pytest.mark.slow
def test_a_german_page_names_its_buttons_in_german_and_goes_on_to_do_so(visit: Visit, served: str) -> None:
    page = visit.page
    page.goto(f"{served}zeitung/2026-11-25/index.html")
    until(page, "!document.querySelector('.bar').hidden")
    assert page.evaluate("document.documentElement.lang") == "de"
    bar = page.get_by_role("region", name="Audioplayer")
    more = page.get_by_role("region", name="Tempo")
    names = [button.text_content() for each in (bar, more) for button in each.get_by_role("button").all()]
    assert names == ["−15", "Abspielen", "+30", "Vorheriger Artikel", "Nächster Artikel"]
    assert bar.get_by_role("button", name="15 Sekunden zurück").count() == 1
    assert more.get_by_role("combobox", name="Tempo").count() == 1
    assert more.get_by_role("checkbox", name="Mitlesen").count() == 1
    assert page.get_by_role("navigation", name="Inhalt").get_by_text("Die Fähre fährt wieder").is_visible()
    assert page.get_by_role("link", name="Zum Text springen").count() == 1
    assert page.locator("[lang]").count() == 1, "all of it is German"
    bar.get_by_role("button", name="Abspielen").click()
    until(page, "!document.querySelector('audio').paused")
    bar.get_by_role("button", name="Pause", exact=True).click()
    until(page, "document.querySelector('[data-do=play]').textContent === 'Abspielen'")
    until(page, "document.querySelector('.now').lang === 'de'")


def test_the_list_of_an_english_and_a_german_paper_says_which_is_which(visit: Visit, served: str) -> None:
    visit.page.goto(served)
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    assert [part.get_attribute("lang") for part in visit.page.locator(".paper").all()] == ["de", None]
    assert visit.page.get_by_text("25. November 2026").is_visible()


def test_a_key_that_takes_a_modifier_on_some_keyboards_works(visit: Visit) -> None:
    page = visit.page
    pressed = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: ']', bubbles: true, ctrlKey: true, %s}))"
    first = float(page.locator(".at").nth(0).get_attribute("data-at") or 0)
    page.evaluate(pressed % "altKey: true")
    assert time_of(page) == 0
    page.evaluate(pressed % "altKey: true, modifierAltGraph: true")
    until(page, f"Math.abs(document.querySelector('audio').currentTime - {first}) < 0.5")


def test_nothing_that_others_wrote_is_run(visit: Visit) -> None:
    assert "canary" in visit.page.content()
    assert visit.page.evaluate("typeof canary") == "undefined"


def test_no_width_makes_it_scroll_sideways(visit: Visit) -> None:
    for width in (320, 390, 758, 1280):
        visit.page.set_viewport_size({"width": width, "height": 800})
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
def test_axe_finds_nothing(visit: Visit, served: str) -> None:
    axe = (node_modules() / "axe-core/axe.min.js").read_text("utf-8")
    for address in ("morning/2026-11-25/index.html", "zeitung/2026-11-25/index.html", "index.html"):
        for scheme in ("light", "dark"):
            visit.page.emulate_media(color_scheme=scheme)
            visit.page.goto(f"{served}{address}")
            visit.page.evaluate(axe)
            found = visit.page.evaluate("axe.run().then((result) => result.violations)")
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_without_scripts_it_is_all_there(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}morning/2026-11-25/index.html")
    assert page.locator("audio").get_attribute("controls") is not None
    assert all(bar.is_hidden() for bar in page.locator(".bar").all())
    assert page.get_by_text("The rowers of Oldhaven won by a length.").is_visible()
    context.close()


@pytest.mark.slow
def test_a_library_made_here_can_be_found_from_its_first_page(
    browser: Browser, served: str, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.goto(served)
    page.locator("main a[href*='morning/2026-11-25']").first.click()
    page.wait_for_url("**/morning/2026-11-25/index.html")
    page.screenshot(path=tmp_path / "issue.png")
    assert (tmp_path / "issue.png").stat().st_size > 10_000
    page.close()
