"""The README's pictures: the real process, a real browser, a whole short game. ``make screenshots`` writes them anew."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from tests.acceptance.real import Bot
from tests.browser.conftest import ARGUMENTS, CHROMIUM, PHONE

PICTURES = Path(__file__).parent / "pictures"
DESKTOP = {"width": 1000, "height": 760}


async def page_of(browser, bot, player, room="lobby", **options):
    context = await browser.new_context(**options)
    page = await context.new_page()
    await page.goto(f"{bot.address}/room/{room}?player={player}")
    return page


async def say(page, line):
    box = page.get_by_role("textbox")
    await box.fill(line)
    await box.press("Enter")


async def newest(page, words):
    article = page.get_by_role("article").filter(has_text=words).last
    await article.wait_for(timeout=30_000)
    return article


async def press(message, verb, place):
    """Each another answer, so that somebody is right."""
    buttons = message.locator(f"[data-press^='v1:{verb}:']")
    await buttons.nth(place % await buttons.count()).click()


async def take(bot):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        ana = await page_of(browser, bot, "Ana", viewport=DESKTOP, locale="en-US")
        ben = await page_of(browser, bot, "Ben", viewport=DESKTOP, color_scheme="dark", locale="en-US")
        cy = await page_of(browser, bot, "Caetano", "sala", viewport=PHONE, locale="pt-BR", device_scale_factor=2)
        others = [await page_of(browser, bot, name, viewport=DESKTOP, locale="en-US") for name in ("Mia", "Seb")]
        await say(ana, "/lalafact")
        await newest(ana, "Source")
        await say(cy, "/quiz 3 segundos=20")
        await say(ana, "/quiz 2 seconds=8")
        await newest(ana, "Question 1 of 2")
        await ana.wait_for_timeout(1200)
        await ana.screenshot(path=PICTURES / "question.png")
        await newest(cy, "Pergunta 1 de 3")
        await cy.screenshot(path=PICTURES / "phone.png")
        for place, page in enumerate((ana, ben, *others)):
            await press(await newest(page, "Question 1 of 2"), "answer", place)
        await newest(ben, "Question 1 of 2: the answer")
        await ben.wait_for_timeout(600)
        await ben.screenshot(path=PICTURES / "reveal.png")
        await take_daily(browser, bot)
        await browser.close()


async def take_daily(browser, bot):
    """The second day's post, which tells who was right on the first."""
    names = ("Mia", "Seb", "Keith", "Laura")
    pages = [await page_of(browser, bot, name, "office", viewport=DESKTOP, locale="en-US") for name in names]
    await say(pages[0], "/lala daily on time=9:00 zone=Lisbon kind=fact+question")
    await newest(pages[0], "The daily post is on")
    for day in (1, 2):
        bot.kill()
        bot.bring_dailies_due(in_s=2)
        await asyncio.to_thread(bot.start)
        for place, page in enumerate(pages if day == 1 else ()):
            await press(await newest(page, "La La Land today"), "daily", place)
            await page.wait_for_timeout(300)
    await newest(pages[0], "Last time:")
    await pages[0].wait_for_timeout(600)
    await pages[0].screenshot(path=PICTURES / "daily.png")


def main():
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        bot = Bot(Path(folder)).start()
        try:
            asyncio.run(take(bot))
        finally:
            bot.stop()


if __name__ == "__main__":
    main()
