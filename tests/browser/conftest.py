"""A real browser, driven by the keyboard. Without Chromium on the machine these tests are skipped, by name.

One browser serves all tests, so they share one event loop: ``pytestmark = pytest.mark.asyncio(loop_scope="session")``.
"""

import shutil

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

from tests.adapters.web.conftest import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 5_000
PHONE = {"width": 375, "height": 760}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser():
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser):
    """``await open_page(url, viewport=…, locale=…)``: a page in a context of its own, as another person's browser would be.

    Whatever a page complains of (an exception, a refused resource, a broken policy) fails the test at its end; a page's list
    ``page.complaints`` may be cleared where a test means it.
    """
    pages = []

    async def open_one(url, **options):
        context = await browser.new_context(**({"locale": "en-US"} | options))
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.foreign = []
        host = "/".join(url.split("/")[:3])
        page.on("request", lambda request: request.url.startswith(host) or page.foreign.append(request.url))
        pages.append(page)
        await page.goto(url)
        return page

    yield open_one
    for page in pages:
        await page.context.close()
    for page in pages:
        assert page.complaints == []
        assert page.foreign == []


@pytest_asyncio.fixture(loop_scope="session")
async def enter(served, open_page):
    """``await enter("Ana", room="lobby")``: a page with its room open and connected."""

    async def enter_one(player, room="lobby", **options):
        page = await open_page(f"{served.address}/room/{room}?player={player}", **options)
        await page.locator("#here li").first.wait_for()
        return page

    return enter_one


@pytest_asyncio.fixture(loop_scope="session")
async def served():
    """The room over the tests' small core."""
    async with serving() as running:
        yield running
