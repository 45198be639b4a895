"""The pages of the inbox in a real browser, served by the program itself: pasted into, pressed and shared with."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.machine.system_tools import needed
from tests.newsexport.net.web_server import Page as WebPage
from tests.newsexport.net.web_server import Site, serving
from tests.readers.books.reading_tools import CHROMIUM_OPTIONS, chromium

from newsexport.storage.inbox import Inbox

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOSTILE = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"


@dataclass(frozen=True)
class Served:
    base: str
    port: int
    inbox: Inbox

    def last(self) -> tuple[str, str, str]:
        entry = self.inbox.entries()[-1]
        return entry.text, entry.title, entry.note


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    room = tmp_path_factory.mktemp("room")
    environment = {
        **os.environ,
        "XDG_STATE_HOME": str(room / "state"),
        "XDG_CONFIG_HOME": str(room / "config"),
    }
    program = [sys.executable, "-m", "newsexport"]
    command = [*program, "serve", "--inbox", "--port", "0", "--json"]
    with subprocess.Popen(command, cwd=room, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            first = server.stdout.readline()
            port = json.loads(first)["port"]
            shown = subprocess.run(
                [*program, "inbox", "--token", "--json"],
                cwd=room,
                env=environment,
                check=True,
                capture_output=True,
            )
            token = json.loads(shown.stdout.splitlines()[0])["token"]
            assert token not in first
            path = room / "state" / "newsexport" / "inbox.sqlite3"
            yield Served(f"http://localhost:{port}/{token}/", port, Inbox(path))
        finally:
            server.terminate()
            assert server.wait(10) == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    needed("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_OPTIONS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def site() -> Iterator[Site]:
    """Somebody else's page, as strict as can be."""
    body = f"<title>Ferry</title><p id=p>The ferry sails again.</p><!-- {HOSTILE} -->".encode()
    policy = {
        "Content-Security-Policy": "default-src 'none'; form-action 'none'",
        "Content-Type": "text/html",
    }
    with serving({"/ferry": WebPage(body, headers=policy)}) as site:
        yield site


def test_what_is_pasted_is_kept_and_shown_as_the_words_that_it_is(served: Served, page: Page) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(served.base)
    page.get_by_label("Address or note").fill("https://a.example/pasted")
    page.get_by_label("Title").fill(HOSTILE)
    page.get_by_role("button", name="Keep").click()
    assert page.get_by_role("status").inner_text() == HOSTILE
    assert page.title() == "Inbox"
    assert page.locator("main script, main img").count() == 0
    assert served.last() == ("https://a.example/pasted", HOSTILE, "")
    page.go_back()
    page.get_by_label("Address or note").fill(
        "javascript:alert(1) and https://a.example/1 https://a.example/2"
    )
    page.get_by_role("button", name="Keep").click()
    assert page.get_by_role("heading").inner_text() == "Kept"
    assert told == []


def test_the_button_keeps_the_page_on_which_it_is_pressed_whatever_that_forbids(
    served: Served, page: Page, site: Site
) -> None:
    page.goto(served.base)
    page.get_by_text("From anywhere").click()
    script = page.get_by_role("link", name="Keep this page").get_attribute("href") or ""
    page.goto(f"{site.url}/ferry?a=1&b=2")
    page.evaluate(
        "document.title = 'Ferry & \"boat\" <b>#1</b>'; getSelection().selectAllChildren(document.getElementById('p'))"
    )
    with page.context.expect_page() as opened:
        # as a browser does it with a bookmark: in the page, whatever its policy says of scripts
        page.evaluate(script.removeprefix("javascript:"))
    window = opened.value
    assert window.get_by_role("status").inner_text() == 'Ferry & "boat" <b>#1</b>'
    assert served.last() == (
        f"{site.url}/ferry?a=1&b=2",
        'Ferry & "boat" <b>#1</b>',
        "The ferry sails again.",
    )
    if not window.is_closed():
        window.wait_for_event("close")
    assert all("/ferry" in visit.path for visit in site.visits if "favicon" not in visit.path)


def test_it_can_be_installed_and_is_shared_with_as_its_manifest_says(served: Served, page: Page) -> None:
    page.goto(served.base)
    devtools = page.context.new_cdp_session(page)
    found: dict[str, Any] = devtools.send("Page.getAppManifest")
    assert found["errors"] == []
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [],
        [{"errorId": "in-incognito", "errorArguments": []}],
    )
    target = json.loads(found["data"])["share_target"]
    names, shared = target["params"], {"title": "Ferry", "text": "Look: https://a.example/shared", "url": ""}
    page.evaluate(
        """([action, method, fields]) => {
            const form = Object.assign(document.createElement("form"), {action, method});
            for (const [name, value] of Object.entries(fields))
                form.append(Object.assign(document.createElement("input"), {name, value}));
            document.body.append(form);
            form.submit();
        }""",
        [target["action"], target["method"], {names[name]: value for name, value in shared.items()}],
    )
    assert page.get_by_role("status").inner_text() == "Ferry"
    assert served.last() == ("https://a.example/shared", "Ferry", "Look")


def test_no_other_site_can_put_anything_in_or_read_an_answer(served: Served, page: Page, site: Site) -> None:
    before = len(served.inbox.entries())
    page.goto(f"{site.url}/nothing")
    for address in (f"http://localhost:{served.port}/add", f"http://127.0.0.1:{served.port}/"):
        failed = page.evaluate(
            "address => fetch(address, {method: 'POST', body: new URLSearchParams({url: 'https://a.example/x'})}).then(() => '', String)",
            address,
        )
        assert "TypeError" in failed
    assert len(served.inbox.entries()) == before
