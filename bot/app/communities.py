"""What becomes of a community that takes the bot in, or puts it out, and of a channel that is gone.

Put out, its schedules pause and its data is kept for thirty days, for one that comes back; then it is deleted. The day it left is a note.
"""

import json
import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.app.advance_game import lose_channel
from bot.app.cards import notice
from bot.app.commands import command_label
from bot.app.core import Core
from bot.app.phrases import say
from bot.domain.calendar import next_occurrence
from bot.domain.daily import DailyState
from bot.domain.ids import ChannelId, CommunityId
from bot.domain.language import Language
from bot.ports.cards import Card
from bot.ports.store import Post, Work

log = logging.getLogger(__name__)

KEPT: Final = timedelta(days=30)
PURGE_EVERY: Final = timedelta(hours=1)
_LEFT: Final = "community-left:"
_MANY: Final = 10_000
GREETED_WITHIN: Final = timedelta(days=1)
"""Told again of a joining later than that, nobody remembers the greeting any more."""


async def community_joined(
    core: Core, community: CommunityId, *, greet_in: ChannelId | None, language: Language, joined_at: datetime
) -> None:
    """Greets, once a joining, where the bot may speak (``None``: nowhere), and takes up what paused when it left."""
    async with core.store.begin() as work:
        await _come_back(core, work, community)
        is_new = core.clock.now() - joined_at < GREETED_WITHIN
        if greet_in is not None and is_new:
            key = f"greeting:{community}:{int(joined_at.timestamp())}"
            await work.posts.add((Post(key, greet_in, greeting_card(language)),), now=core.clock.now())
    if greet_in is not None:
        core.outbox.kick(greet_in)


def greeting_card(language: Language) -> Card:
    commands = {name: command_label(path, language) for name, path in _GREETED.items()}
    return notice(language, say(language, "greeting.title"), say(language, "greeting.body", **commands))


_GREETED: Final = {"fact": "lalafact", "quiz": "quiz start", "daily": "lala daily on"}


async def community_left(core: Core, community: CommunityId) -> None:
    """The first time counts: being told again moves nothing."""
    async with core.store.begin() as work:
        if await work.notes.get(_LEFT + community):
            return
        paused = []
        for daily in await work.dailies.of_community(community, limit=_MANY):
            if daily.state is DailyState.ON:
                await work.dailies.save(replace(daily, state=DailyState.PAUSED))
                paused.append(daily.channel)
        note = {"at": core.clock.now().isoformat(), "paused": paused}
        await work.notes.put(_LEFT + community, json.dumps(note))
        running = await work.communities.running_games(community)
    for game in running:
        await lose_channel(core, game)


async def communities_present(core: Core, present: Collection[CommunityId]) -> None:
    """Takes up again what paused in those that had left."""
    async with core.store.view() as work:
        left = [CommunityId(key.removeprefix(_LEFT)) for key, _ in await work.notes.starting(_LEFT)]
    for community in left:
        if community in present:
            async with core.store.begin() as work:
                await _come_back(core, work, community)


async def channel_gone(core: Core, channel: ChannelId) -> None:
    """Its game ends with its scores; its schedule is kept, and off."""
    async with core.store.begin() as work:
        running = await work.games.running_in(channel)
        daily = await work.dailies.load(channel)
        if daily is not None and daily.state is DailyState.ON:
            await work.dailies.save(replace(daily, state=DailyState.FAILED))
    if running is not None:
        await lose_channel(core, running.game.id)


async def purge_left(core: Core) -> Sequence[CommunityId]:
    """Deletes what is stored of the communities that left thirty days ago."""
    now = core.clock.now()
    async with core.store.view() as work:
        notes = await work.notes.starting(_LEFT)
    gone = [
        CommunityId(key.removeprefix(_LEFT))
        for key, note in notes
        if now - datetime.fromisoformat(json.loads(note)["at"]) >= KEPT
    ]
    for community in gone:
        async with core.store.begin() as work:
            await work.communities.forget(community)
            await work.notes.remove(_LEFT + community)
        log.info("a community that left was deleted", extra={"community": community})
    return gone


async def _come_back(core: Core, work: Work, community: CommunityId) -> None:
    note = await work.notes.get(_LEFT + community)
    if note is None:
        return
    await work.notes.remove(_LEFT + community)
    for channel in json.loads(note)["paused"]:
        daily = await work.dailies.load(ChannelId(channel))
        if daily is not None and daily.state is DailyState.PAUSED:
            ahead = next_occurrence(daily.schedule, after=core.clock.now())
            upcoming = max(daily.next, ahead, key=lambda occurrence: occurrence.local_date)
            await work.dailies.save(replace(daily, state=DailyState.ON, failures=0, next=upcoming))
