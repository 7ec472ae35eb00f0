"""A word to the one who set a daily post up: privately where the platform can, else in the channel."""

from bot.app.cards import notice
from bot.app.core import Core
from bot.app.phrases import say
from bot.domain.daily import Daily
from bot.domain.language import Language
from bot.ports.cards import Card, Tone
from bot.ports.store import Post


async def tell_failing(core: Core, daily: Daily, language: Language, missing: str | None) -> None:
    """It failed several days running and is off; ``missing`` is what the platform asked for, if it said so."""
    text = say(language, "daily.failing", missing=missing or say(language, "daily.unknown"))
    card = notice(language, say(language, "undelivered.title"), text, tone=Tone.BAD)
    await _tell(core, daily, card, "off")


async def tell_running_low(core: Core, daily: Daily, language: Language) -> None:
    """In about a week its facts are used up."""
    text = say(language, "daily.running_low")
    await _tell(core, daily, notice(language, say(language, "daily.status"), text, tone=Tone.WARNING), "low")


async def _tell(core: Core, daily: Daily, card: Card, what: str) -> None:
    gateway = core.outbox.gateway_of(daily.channel)
    if gateway is not None and await gateway.whisper(daily.channel, daily.set_by, card):
        return
    key = f"daily-{what}:{daily.next.local_date.isoformat()}:{daily.channel}"
    async with core.store.begin() as work:
        await work.posts.add((Post(key, daily.channel, card),), now=core.clock.now())
    core.outbox.kick(daily.channel)
