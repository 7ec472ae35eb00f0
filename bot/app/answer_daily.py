"""An answer to the question of a daily post: its buttons live until the next post."""

from datetime import date

from bot.app.cards import LETTERS, notice, refusal_card
from bot.app.core import Core, scene_of
from bot.app.phrases import say
from bot.domain.daily import DayAnswer
from bot.domain.errors import Reason, Refused
from bot.domain.guesses import GuessOutcome
from bot.ports.cards import Tone
from bot.ports.chat import Answer, Press, Reply

_PHRASES = {
    GuessOutcome.ACCEPTED: "daily.answered",
    GuessOutcome.CHANGED: "daily.changed",
    GuessOutcome.LOCKED: "daily.final",
    GuessOutcome.CLOSED: "daily.over",
}


async def press_daily(core: Core, press: Press, arguments: list[str]) -> Answer:
    """``v1:daily:<local date>:<option>``: the channel is the one that it was pressed in."""
    scene = await scene_of(core, press)
    local_date, option = date.fromisoformat(arguments[0]), int(arguments[1])
    async with core.store.begin() as work:
        day = await work.dailies.day(scene.channel.id, local_date)
        if day is None or not 0 <= option < len(day.order):
            return Reply(refusal_card(scene.private, Refused(Reason.UNKNOWN_BUTTON)))
        answer = DayAnswer(scene.player, scene.actor.name, option, day.order[option] == 0, press.at)
        outcome = await work.dailies.answer(scene.channel.id, local_date, answer, dedupe_key=press.dedupe_key)
    taken = outcome in {GuessOutcome.ACCEPTED, GuessOutcome.CHANGED}
    text = say(scene.private, _PHRASES[outcome], letter=LETTERS[option])
    return Reply(notice(scene.private, text, tone=Tone.GOOD if taken else Tone.WARNING))
