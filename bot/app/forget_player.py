"""``/lala forget-me``: everything about a player goes, after a confirmation."""

from collections.abc import Mapping

from bot.app.cards import button_id, notice
from bot.app.core import Core, scene_of
from bot.app.options import Value
from bot.app.phrases import say
from bot.ports.cards import Button, ButtonStyle, Tone
from bot.ports.chat import Answer, Call, Press, Reply

ALIAS = "—"
"""What stands in place of a forgotten player's name in a game that still runs."""


async def ask_forget(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    language = (await scene_of(core, call)).private
    confirm = Button(button_id("forget"), say(language, "forget.confirm"), ButtonStyle.DANGER)
    text = say(language, "forget.body")
    return Reply(notice(language, say(language, "forget.title"), text, tone=Tone.WARNING, buttons=(confirm,)))


async def forget(core: Core, press: Press, _: list[str]) -> Answer:
    """``v1:forget``: always about the one who presses."""
    scene = await scene_of(core, press)
    async with core.store.begin() as work:
        await work.players.forget(scene.player, alias=ALIAS)
    title = say(scene.private, "forget.done")
    return Reply(notice(scene.private, title, tone=Tone.GOOD))
