"""A word to the one who set a daily post up: privately where the platform can, else in the channel.

What is to be told is a note, written in the transaction that found it out, so that no crash loses it; told, the note goes.
"""

import json
import logging
from datetime import datetime, timedelta
from typing import Final

from bot.app.cards import notice
from bot.app.core import Core
from bot.app.phrases import say
from bot.domain.daily import Daily
from bot.domain.ids import ChannelId, GameId
from bot.domain.language import Language
from bot.ports.cards import Button, ButtonStyle, Card, Tone
from bot.ports.chat import ChatGateway, DeliveryError
from bot.ports.store import Post, Work

log = logging.getLogger(__name__)

TRY_AGAIN: Final = timedelta(minutes=1)
_TO_TELL: Final = "daily-tell:"
_FAILING: Final = "failing"
_LOW: Final = "low"


async def owe_failing(work: Work, daily: Daily, *, missing: str, is_empty: bool = False) -> None:
    """It failed several days running and is off; ``missing`` is what the platform asked for, if it said so."""
    note = {"missing": missing, "is_empty": is_empty}
    await work.notes.put(f"{_TO_TELL}{_FAILING}:{daily.channel}", json.dumps(note))


async def owe_running_low(work: Work, daily: Daily, turn: str) -> None:
    """In about a week its facts are used up; told once for each turn of its pool."""
    told = f"daily-low:{daily.channel}"
    if await work.notes.get(told) != turn:
        await work.notes.put(told, turn)
        await work.notes.put(f"{_TO_TELL}{_LOW}:{daily.channel}", "{}")


async def tell_managers(core: Core) -> None:
    """All that is to be told, by this process's platforms."""
    async with core.store.view() as work:
        notes = await work.notes.starting(_TO_TELL)
    for key, _ in notes:
        what, _, channel = key.removeprefix(_TO_TELL).partition(":")
        gateway = core.outbox.gateway_of(ChannelId(channel))
        if gateway is not None:
            await _tell(core, gateway, ChannelId(channel), key, what)


async def tell_host(core: Core, game_id: GameId, missing: str) -> None:
    """A game ended because the platform lets the bot post no longer: who started it hears what is missing, where that is possible."""
    game = await core.games.find(game_id)
    gateway = core.outbox.gateway_of(game.channel) if game else None
    if game is None or gateway is None:
        return
    text = say(game.language, "undelivered.body", missing=missing)
    card = notice(game.language, say(game.language, "undelivered.title"), text, tone=Tone.BAD)
    try:
        await gateway.whisper(game.channel, game.host, card)
    except DeliveryError as error:
        log.info("a host could not be told", extra={"game": game_id, "why": str(error)})


async def _tell(core: Core, gateway: ChatGateway, channel: ChannelId, key: str, what: str) -> None:
    now = core.clock.now()
    async with core.store.begin() as work:
        # Held, so that of two processes one tells.
        daily = await work.dailies.load(channel)
        note = json.loads(await work.notes.get(key) or "{}")
        if daily is None:
            await work.notes.remove(key)
        if daily is None or now < datetime.fromisoformat(note.get("after", "1970-01-01T00:00+00:00")):
            return
        await work.notes.put(key, json.dumps(note | {"after": (now + TRY_AGAIN).isoformat()}))
        language = (await work.channels.load(channel, daily.community)).language or daily.language
        link = await _link(work, gateway, channel, language)
    card = _low_card(language, link) if what == _LOW else _failing_card(language, note, link)
    is_told = await _whispered(gateway, daily, card)
    async with core.store.begin() as work:
        if not is_told:
            post = Post(f"{key}:{daily.next.local_date.isoformat()}", channel, card)
            await work.posts.add((post,), now=core.clock.now())
        await work.notes.remove(key)
    core.outbox.kick(channel)


async def _whispered(gateway: ChatGateway, daily: Daily, card: Card) -> bool:
    try:
        return await gateway.whisper(daily.channel, daily.set_by, card)
    except DeliveryError as error:
        log.info("a manager could not be told privately", extra={"channel": daily.channel, "why": str(error)})
        return False


def _failing_card(language: Language, note: dict[str, str], link: tuple[Button, ...]) -> Card:
    if note.get("is_empty"):
        why = say(language, "daily.failing_empty")
    elif missing := note.get("missing"):
        why = say(language, "undelivered.body", missing=missing)
    else:
        why = say(language, "daily.failing_unknown")
    title, body = say(language, "daily.status"), say(language, "daily.failing")
    return notice(language, title, body, why, say(language, "daily.failing_remedy"), tone=Tone.BAD, buttons=link)


def _low_card(language: Language, link: tuple[Button, ...]) -> Card:
    title, body = say(language, "daily.status"), say(language, "daily.running_low")
    return notice(language, title, body, tone=Tone.WARNING, buttons=link)


async def _link(work: Work, gateway: ChatGateway, channel: ChannelId, language: Language) -> tuple[Button, ...]:
    """To the newest post, for a private word does not say which channel it is about."""
    for day in await work.dailies.last_days(channel, limit=7):
        stored = await work.posts.load(f"daily:{day.local_date.isoformat()}:{channel}")
        address = gateway.link(channel, stored.message) if stored and stored.message else None
        if address:
            return (Button("link", say(language, "daily.link"), ButtonStyle.SECONDARY, address),)
    return ()
