"""The room in a real browser: what two players see, do and never see."""

import asyncio
from datetime import timedelta

import pytest
from playwright.async_api import expect

from bot.app.commands import SPECS
from bot.domain.ids import ChannelId
from tests.adapters.web import peer
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOBBY = ChannelId("web/lobby")
FIRST = peer.OPTIONS[0]


def box(page):
    return page.get_by_role("textbox", name="Message")


def option(page, text):
    return page.get_by_role("button", name=text, exact=True)


async def write(page, text):
    """Key by key, as one types."""
    await box(page).press_sequentially(text)
    await page.keyboard.press("Enter")


async def ask(served, *, ago_s=0, key="q", **question):
    began = served.gateway.hub.clock.now() - timedelta(seconds=ago_s)
    return await served.gateway.post(LOBBY, peer.question_card(began, **question), key=key)


async def is_narrow_enough(page):
    return await page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth"
    )


async def test_what_one_writes_the_other_reads_as_text(enter):
    ana, bia = await enter("Ana"), await enter("Bia")
    await write(ana, "Hello <img src=x onerror=alert(1)> & all")
    message = bia.get_by_role("article").filter(has_text="Hello <img src=x onerror=alert(1)> & all")
    await expect(message).to_be_visible()
    await expect(message).to_contain_text("Ana")
    assert await bia.locator("img[src=x]").count() == 0
    await expect(box(ana)).to_have_value("")


async def test_a_name_of_markup_is_only_a_name(enter):
    evil, bia = await enter("%3Cimg src=x onerror=alert(1)%3E"), await enter("Bia")
    await write(evil, "it is me")
    await expect(bia.get_by_role("article").filter(has_text="it is me")).to_contain_text("<img src=x")
    assert await bia.locator("img[src=x]").count() == 0


async def test_a_question_is_answered_by_keyboard_and_the_word_is_private(served, enter):
    ana, bia = await enter("Ana"), await enter("Bia")
    await ask(served)
    for page in (ana, bia):
        for text in peer.OPTIONS:
            await expect(option(page, text)).to_be_visible()
    await box(ana).focus()
    for _ in range(20):
        await ana.keyboard.press("Shift+Tab")
        if await option(ana, FIRST).evaluate("button => button === document.activeElement"):
            break
    await ana.keyboard.press("Enter")
    word = ana.get_by_role("article").filter(has_text="A is locked in")
    await expect(word).to_contain_text("Only you can see this")
    await expect(option(ana, FIRST)).to_have_attribute("aria-pressed", "true")
    await write(bia, "done?")
    await expect(ana.get_by_role("article").filter(has_text="done?")).to_be_visible()
    assert await bia.get_by_text("locked in").count() == 0
    assert served.peer.seen[0].button == "v1:answer:game000001:3:0"


async def test_an_edit_changes_the_message_in_place_and_leaves_the_focus(served, enter):
    ana = await enter("Ana")
    posted = await ask(served)
    await option(ana, FIRST).focus()
    article = await ana.locator(f"#m{posted.message}").element_handle()
    now = served.gateway.hub.clock.now()
    await served.gateway.edit(LOBBY, posted.message, peer.question_card(now, answered=3))
    await expect(ana.get_by_text("3 players have answered")).to_be_visible()
    await expect(option(ana, FIRST)).to_be_focused()
    await served.gateway.edit(LOBBY, posted.message, peer.closed_card())
    await expect(ana.locator(f"#m{posted.message}")).to_contain_text("Right answer")
    assert await article.evaluate("element => element.isConnected")
    assert await option(ana, FIRST).count() == 0
    await expect(ana.locator(f"#m{posted.message}")).to_be_focused()


async def test_before_the_reveal_the_page_holds_nothing_that_tells_the_options_apart(served, enter):
    ana = await enter("Ana")
    await ask(served)
    await option(ana, FIRST).wait_for()
    shapes = await ana.locator(".choice").evaluate_all(
        "all => all.map(one => [...one.attributes].map(a => `${a.name}=${a.value.replace(/:[0-3]$/, '')}`).join(' '))"
    )
    assert len(shapes) == 4
    assert len(set(shapes)) == 1


async def test_the_reveal_marks_the_right_option_in_words(served, enter):
    ana = await enter("Ana")
    await served.gateway.post(LOBBY, peer.reveal_card(), key="r")
    right = ana.get_by_role("listitem").filter(has_text="✓ Right answer")
    await expect(right).to_have_count(1)
    await expect(right).to_contain_text(FIRST)
    await expect(ana.get_by_role("listitem").filter(has_text="Not this one")).to_have_count(3)


async def test_a_count_down_runs_and_a_wrong_clock_of_the_reader_does_no_harm(served, enter, open_page):
    ana = await enter("Ana")
    await ask(served, ago_s=8)
    digits = ana.get_by_role("timer").locator(".digits")
    await expect(digits).to_have_text("12")
    await expect(digits).to_have_text("11")
    late = await open_page(f"{served.address}/")
    await late.add_init_script("const real = Date.now; Date.now = () => real() + 3600000;")
    await late.goto(f"{served.address}/room/lobby?player=Late")
    await expect(late.get_by_role("timer").locator(".digits")).to_have_text("10")


async def test_a_reloaded_page_shows_the_room_as_it_is_without_private_words(served, enter):
    ana = await enter("Ana")
    posted = await ask(served)
    await option(ana, FIRST).click()
    await expect(ana.get_by_text("A is locked in")).to_be_visible()
    await served.gateway.edit(LOBBY, posted.message, peer.question_card(served.gateway.hub.clock.now(), answered=1))
    await ana.reload()
    await expect(option(ana, FIRST)).to_be_visible()
    await expect(ana.get_by_text("1 players have answered")).to_be_visible()
    assert await ana.get_by_text("locked in").count() == 0
    await expect(ana.get_by_role("article")).to_have_count(1)


async def test_a_page_whose_connection_broke_catches_up_and_sends_what_it_held(served, enter):
    ana = await enter("Ana")
    for connection in tuple(served.server._connections):
        connection._drop()
    await write(ana, "held back")
    await served.gateway.post(LOBBY, peer.board_card(), key="b")
    await expect(ana.get_by_role("article").filter(has_text="held back")).to_have_count(1)
    await expect(ana.get_by_role("article").filter(has_text="Standings")).to_have_count(1)
    ana.complaints.clear()


async def test_typing_a_slash_opens_the_menu_and_tab_completes_command_option_and_value(served, enter):
    ana = await enter("Ana")
    menu = ana.get_by_role("listbox")
    await box(ana).press_sequentially("/")
    await expect(menu.get_by_role("option")).to_have_count(len(SPECS))
    await box(ana).press_sequentially("la")
    await ana.keyboard.press("Tab")
    await expect(box(ana)).to_have_value("/lalafact ")
    await expect(menu.get_by_role("option")).to_have_count(3)
    await box(ana).press_sequentially("to")
    await ana.keyboard.press("Enter")
    await expect(box(ana)).to_have_value("/lalafact topic=")
    await expect(menu.get_by_role("option", name="The dance")).to_be_visible()
    await box(ana).press_sequentially("the")
    await expect(menu.get_by_role("option")).to_have_count(1)
    await ana.keyboard.press("Enter")
    await expect(box(ana)).to_have_value("/lalafact topic=the-dance ")
    await ana.keyboard.press("Enter")
    await expect(ana.get_by_role("article").filter(has_text="Ana used /lalafact")).to_be_visible()
    assert dict(served.peer.seen[0].options) == {"topic": "the-dance"}


async def test_arrow_keys_choose_and_escape_closes_the_menu(enter):
    ana = await enter("Ana")
    await box(ana).press_sequentially("/quiz ")
    menu = ana.get_by_role("listbox")
    await ana.keyboard.press("ArrowDown")
    await ana.keyboard.press("ArrowDown")
    await expect(menu.get_by_role("option", selected=True)).to_contain_text("/quiz stop")
    await ana.keyboard.press("ArrowUp")
    await ana.keyboard.press("ArrowUp")
    await expect(menu.get_by_role("option", selected=True)).to_contain_text("/quiz me")
    await ana.keyboard.press("Escape")
    await expect(menu).to_be_hidden()
    await expect(box(ana)).to_have_value("/quiz ")


@pytest.mark.parametrize(
    ("line", "path", "options"),
    [
        ("/quiz start", "quiz start", {}),
        ("/quiz start questions=3 seconds=5", "quiz start", {"questions": "3", "seconds": "5"}),
        ("/quiz start answers=typed", "quiz start", {"answers": "typed"}),
        ("/lalafact topic=music", "lalafact", {"topic": "music"}),
        ("/lalafact private", "lalafact", {"private": "yes"}),
        ("/lalafact", "lalafact", {}),
        ("/quiz 5 music", "quiz start", {"questions": "5", "topic": "music"}),
        ("/quiz iniciar", "quiz start", {}),
    ],
)
async def test_a_line_that_is_complete_is_sent_by_one_enter(served, enter, line, path, options):
    ana = await enter("Ana")
    await box(ana).fill(line)
    await asyncio.sleep(0.2)  # the completions of a value may come meanwhile
    await ana.keyboard.press("Enter")
    await expect(box(ana)).to_have_value("")
    await expect(ana.get_by_role("article").first).to_be_visible()
    assert (served.peer.seen[0].path, dict(served.peer.seen[0].options)) == (path, options)


async def test_the_buttons_send_the_same_commands(served, enter):
    ana = await enter("Ana")
    for name in ("A fact", "Start a quiz", "Hint", "Skip", "Scores", "Help"):
        await ana.get_by_role("button", name=name, exact=True).click()
    await expect(ana.get_by_text("You said lala help")).to_be_visible()
    paths = ["lalafact", "quiz start", "quiz hint", "quiz skip", "quiz scores", "lala help"]
    assert [call.path for call in served.peer.seen] == paths


async def test_a_form_is_filled_by_keyboard_with_its_errors_in_words(served, enter):
    ana = await enter("Ana")
    await write(ana, "/lala settings")
    await ana.get_by_role("button", name="Change").focus()
    await ana.keyboard.press("Enter")
    dialog = ana.get_by_role("dialog", name="Settings")
    await expect(dialog).to_be_visible()
    await expect(dialog.get_by_label("Language")).to_be_focused()
    questions = dialog.get_by_label("Questions")
    await questions.fill("")
    await ana.keyboard.press("Enter")
    await expect(dialog).to_contain_text("This is needed.")
    await expect(questions).to_be_focused()
    await expect(questions).to_have_attribute("aria-invalid", "true")
    await questions.press_sequentially("x")
    await ana.keyboard.press("Enter")
    await expect(dialog.get_by_role("alert")).to_contain_text("A whole number from 1 to 50.")
    await questions.fill("12")
    await dialog.get_by_label("Note").fill("Two\nlines")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_hidden()
    await expect(ana.get_by_text("Two\nlines")).to_be_visible()
    assert served.peer.seen[-1].values == {"language": "en", "questions": "12", "note": "Two\nlines"}


async def test_escape_leaves_a_form_without_sending(served, enter):
    ana = await enter("Ana")
    await write(ana, "/lala settings")
    await ana.get_by_role("button", name="Change").click()
    await ana.get_by_role("dialog").wait_for()
    await ana.keyboard.press("Escape")
    await expect(ana.get_by_role("dialog")).to_be_hidden()
    assert len(served.peer.seen) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_phone_shows_everything_without_scrolling_sideways(served, open_page, enter, scheme):
    door = await open_page(f"{served.address}/", viewport=PHONE, color_scheme=scheme)
    assert await is_narrow_enough(door)
    ana = await enter("A" * 40, viewport=PHONE, color_scheme=scheme, has_touch=True)
    await ask(served, options=("w" * 75, "A long option with many words that goes over two lines", "C", "D"))
    await served.gateway.post(LOBBY, peer.reveal_card(), key="r")
    await served.gateway.post(LOBBY, peer.podium_card(), key="p")
    await write(ana, "x" * 300)
    await write(ana, "/lalafact")
    await expect(ana.get_by_role("article")).to_have_count(5)
    assert await is_narrow_enough(ana)
    widths = await ana.locator("#log").evaluate("log => [log.scrollWidth, log.clientWidth]")
    assert widths[0] <= widths[1]
    await box(ana).fill("/")
    await expect(ana.get_by_role("listbox")).to_be_visible()
    assert await is_narrow_enough(ana)


async def test_the_door_leads_in_by_keyboard_and_in_portuguese(served, open_page):
    page = await open_page(f"{served.address}/", locale="pt-BR")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Uma sala para La La Land")
    await page.keyboard.type("Ana")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Mensagem")).to_be_focused()
    await page.keyboard.type("/lalaf")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article").filter(has_text="Ana usou /lalafact")).to_contain_text("rodovia")
    assert await page.evaluate("document.documentElement.lang") == "pt-BR"


async def test_new_messages_are_announced_and_a_reader_of_old_ones_is_left_in_peace(served, enter):
    ana = await enter("Ana", viewport={"width": 800, "height": 500}, reduced_motion="reduce")
    log = ana.get_by_role("log", name="Conversation")
    await expect(log).to_have_attribute("aria-relevant", "additions")
    for number in range(8):
        await served.gateway.post(LOBBY, peer.board_card(), key=f"b{number}")
    await expect(ana.get_by_role("article")).to_have_count(8)
    await expect(ana.get_by_role("article").last).to_be_in_viewport()
    await log.hover()
    await ana.mouse.wheel(0, -5000)
    await expect(ana.get_by_role("article").first).to_be_in_viewport()
    await asyncio.sleep(0.1)  # a scroll event is on its way
    await served.gateway.post(LOBBY, peer.fact_card(), key="f")
    newest = ana.get_by_role("button", name="To the newest")
    await expect(newest).to_be_visible()
    await expect(ana.get_by_role("article").first).to_be_in_viewport()
    await newest.click()
    await expect(ana.get_by_role("article").last).to_be_in_viewport()
    await expect(newest).to_be_hidden()


async def test_a_question_that_shrinks_when_it_is_closed_does_not_stop_the_page_from_following(served, enter):
    ana = await enter("Ana", viewport={"width": 600, "height": 500})
    for number in range(3):
        await served.gateway.post(LOBBY, peer.board_card(), key=f"b{number}")
    for number in range(4):
        posted = await ask(served, key=f"q{number}", game=f"game00000{number}")
        await option(ana, FIRST).click()
        await expect(ana.get_by_role("article").filter(has_text="A is locked in")).to_have_count(number + 1)
        await served.gateway.edit(LOBBY, posted.message, peer.board_card())
        last = await served.gateway.post(LOBBY, peer.reveal_card(), key=f"r{number}")
        await expect(ana.locator(f"#m{last.message}").get_by_role("button", name="Report")).to_be_in_viewport()
        await expect(ana.get_by_role("button", name="To the newest")).to_be_hidden()


async def test_whoever_wants_no_motion_gets_none(served, enter):
    ana = await enter("Ana", reduced_motion="reduce")
    await served.gateway.post(LOBBY, peer.fact_card(), key="f")
    article = ana.get_by_role("article")
    await article.wait_for()
    assert await article.evaluate("one => getComputedStyle(one).animationName") == "none"


async def test_focus_is_seen(served, enter):
    ana = await enter("Ana")
    await ana.keyboard.press("Tab")
    outline = await ana.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
